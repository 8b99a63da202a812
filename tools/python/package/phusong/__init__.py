"""phusong: who is covered by 4G, 5G and fibre, commune by commune, from one exact pass over the maps.

    import phusong
    result = phusong.run("study.toml")
    result.table("communes")["4g_low_pct"]          # numpy, one element a commune
    result.geojson("dead_zones")                    # a GeoJSON-like dict

A study is a file (TOML) or a dict of the same keys, in which an input may be a file name, a `Raster` (a numpy
array with its place on the Earth), or anything with `__geo_interface__`. Results are those of `phusong run`, to the bit.

The engine settles GDAL's options for the whole process, as `phusong` does: no network, one set of drivers and options.
Where `osgeo` must keep its own, run the engine in a process of its own.
"""
from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from typing import TYPE_CHECKING, Any, Callable, Mapping, Optional, Union

import numpy

from . import _engine
from ._engine import InputError, LimitError, StorageError
from ._study import Raster, study_text

if TYPE_CHECKING:
    import geopandas

__all__ = ["InputError", "LimitError", "Raster", "Result", "StorageError", "WhatIf", "run", "versions"]

_TABLES = ("communes", "provinces", "dead_zones", "dead_zones_summary", "dead_zone_communes", "targets", "ledger",
           "ledger_shares")


class Result:
    """What a run found. Files of a run without `out` live as long as this object.

    folder: path of the result folder, as `phusong run` writes it.
    """

    def __init__(self, done: "_engine.Run", folder: str, temporary: Optional[str]):
        self._done, self.folder = done, folder
        if temporary:
            weakref.finalize(self, shutil.rmtree, temporary, ignore_errors=True)

    def __repr__(self) -> str:
        return f"<phusong.Result in {self.folder!r}>"

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers in short: people and percentages of everything, dead zones, the balance of people.

        `people` in persons, `..._pct` in percent of people, areas in km2; `balance` in persons and in units of 2^-24 person.
        """
        return json.loads(_engine.summary(self._done, self.folder))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names that `table` knows for this study."""
        return tuple(name for name in _TABLES if self._has(name))

    def _has(self, name: str) -> bool:
        return os.path.exists(os.path.join(self.folder, name + ".csv"))

    def table(self, name: str = "communes") -> numpy.ndarray:
        """A table as a structured array of shape (rows,), fields as the columns that the README documents.

        Texts are str ("" where there is none), whole numbers int64, others float64; nan: unknown. A column of whole
        numbers in which one is unknown is float64. Units as in the README: people in persons, `_km2` in km2, `_pct` in percent.
        Raises KeyError of a table that the study has not.
        """
        columns = [(column, _as_array(values)) for column, values in _engine.table(self._done, name)]
        rows = len(columns[0][1]) if columns else 0
        table = numpy.empty(rows, [(column, values.dtype) for column, values in columns])
        for column, values in columns:
            table[column] = values
        return table

    def geojson(self, name: str = "communes") -> dict[str, Any]:
        """A table with shapes as a GeoJSON FeatureCollection (RFC 7946): longitude and latitude in degrees of WGS 84.

        "communes" and "dead_zones", with an event "impact" and "ranking". Raises KeyError of one that is not there.
        """
        path = os.path.join(self.folder, name + ".geojson")
        if not os.path.exists(path):
            raise KeyError(f"this study has no shapes '{name}'")
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def geodataframe(self, name: str = "communes") -> "geopandas.GeoDataFrame":
        """`geojson` as a GeoDataFrame in EPSG:4326. Raises ImportError where geopandas is not installed."""
        import geopandas  # pylint: disable=import-outside-toplevel
        return geopandas.GeoDataFrame.from_features(self.geojson(name)["features"], crs="EPSG:4326")


class WhatIf:
    """Who would lose service if sites were off the air, for any number of suppositions: as `phusong whatif`, one for each.

    Reads what a run of a study with an event left in its folder, and no raster. For one thread at a time.
    sites: ids, in the order of the columns of `lost`. communes: codes; questions: "mobile" (no operator any more), then technologies
    and operators; people: persons of each commune, shape (communes,).
    """

    def __init__(self, folder: Union[str, "os.PathLike[str]"]):
        self._event = _engine.Event(os.fspath(folder))
        self.sites: list[str] = self._event.sites
        self.communes: list[str] = self._event.communes
        self.questions: list[str] = self._event.questions
        self.people: numpy.ndarray = self._event.people

    def lost(self, down: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Persons who lost service.

        down: bool of shape (scenarios, sites), True where a site is off the air. Sites that were seen down stay down.
        Returns float64 of shape (scenarios, questions, communes), and of everything (scenarios, questions): where communes overlap
        that is less than their sum.
        """
        return self._event.lost(down)


def _as_array(values: Any) -> numpy.ndarray:
    if isinstance(values, numpy.ndarray):
        return values
    texts = ["" if text is None else text for text in values]
    return numpy.array(texts, dtype=f"U{max([1, *map(len, texts)])}")


def run(study: Union[str, "os.PathLike[str]", Mapping[str, Any]], out: Union[None, str, "os.PathLike[str]"] = None, *,
        overwrite: bool = False, threads: int = 0, memory_mib: int = 1024,
        progress: Optional[Callable[[int, int], Any]] = None, allow_remote: bool = False) -> Result:
    """Counts a study.

    study: path of a study file (TOML), or a dict of its keys: {"study": {"name": ...}, "communes": {"path": ..., "code": ...},
        "population": {"path": ..., "values": "people_per_cell"}, "coverage": [{"technology": "4g", "path": ...,
        "rule": "present"}]}. A "path" may be a file name; for rasters a `Raster`; for polygons and points a dict of GeoJSON or
        anything with `__geo_interface__`, in longitude and latitude unless it has a `crs`.
    out: folder for the results, which appears whole or not at all; None: a temporary one.
    overwrite: whether an older result in `out` is replaced.
    threads: 0: one a processor. No number of threads changes a bit of the result.
    memory_mib: memory to aim at, in MiB.
    progress: called with (tiles done, all tiles) on this thread; what it raises stops the run.
    allow_remote: whether the study may name databases ("PG:...") and objects of stores ("/vsis3/bucket/people.tif").
    Other Python threads go on meanwhile. Raises InputError (a ValueError), StorageError (an OSError), LimitError (a MemoryError).
    """
    temporary = tempfile.mkdtemp(prefix="phusong-") if out is None else None
    folder = os.path.join(temporary, "results") if temporary else os.fspath(out)
    try:
        with tempfile.TemporaryDirectory(prefix="phusong-inputs-") as inputs:
            if isinstance(study, Mapping):
                asked = _engine.parse_study(study_text(study, inputs), "the study", "")
            else:
                asked = _engine.read_study(os.fspath(study))
            if not allow_remote:
                _engine.refuse_remote(asked, "allow_remote=True")
            done = _engine.run(asked, folder, overwrite, threads, memory_mib, progress)
    except BaseException:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
        raise
    return Result(done, folder, temporary)


def versions() -> dict[str, str]:
    """Name and version of each library that decides a result."""
    return dict(_engine.versions())
