"""A study as a dict, turned into the text of a study file; inputs in memory into files."""
from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Union

import numpy

from . import _engine


@dataclass
class Raster:
    """A raster in memory.

    cells: array of shape (rows, columns), row 0 in the north, column 0 in the west; uint8, int16, uint16, int32, uint32,
        float32 or float64. Cells that a masked array masks are unknown; one of whole numbers needs `nodata` for
        that. Of a population: people per cell or per km2, as the study says.
    transform: (x of the north-west corner, width of a cell, 0, y of that corner, 0, minus its height) in units of the CRS, as
        GDAL has it; or an affine.Affine, as rasterio has it.
    crs: authority code such as "EPSG:4326", WKT, or an object with `to_wkt()`.
    nodata: value of cells that are unknown; nan is unknown anyway.
    """

    cells: numpy.ndarray
    transform: Union[Sequence[float], Any]
    crs: Union[str, Any]
    nodata: Optional[float] = None

    def write(self, path: str) -> None:
        """As a GeoTIFF."""
        to_gdal = getattr(self.transform, "to_gdal", None)
        transform = tuple(float(number) for number in (to_gdal() if to_gdal else self.transform))
        if len(transform) != 6:
            raise _engine.InputError("the transform of a raster has six numbers, or is an affine.Affine")
        crs = self.crs if isinstance(self.crs, str) else self.crs.to_wkt()
        _engine.write_array(path, self._unmasked(), transform, crs, self.nodata)

    def _unmasked(self) -> numpy.ndarray:
        """The cells as an ordinary array, in which what was masked is no data."""
        if not numpy.ma.is_masked(self.cells):
            return numpy.asarray(self.cells)
        kind = self.cells.dtype
        if numpy.issubdtype(kind, numpy.floating):
            return self.cells.filled(numpy.nan)
        if self.nodata is None or not _holds(kind, self.nodata):
            raise _engine.InputError(f"a masked array of {kind} needs a nodata value of that type, for the cells that are masked")
        return self.cells.filled(kind.type(self.nodata))


def _holds(kind: numpy.dtype, value: float) -> bool:
    """Whether the value is one of that type of whole numbers."""
    if not numpy.issubdtype(kind, numpy.integer):
        return False
    return float(value).is_integer() and numpy.iinfo(kind).min <= value <= numpy.iinfo(kind).max


def study_text(study: Mapping[str, Any], folder: str) -> str:
    """The study as TOML, with inputs that are in memory written into `folder`."""
    files: list[str] = []

    def new_file(ending: str) -> str:
        files.append(os.path.join(folder, f"input-{len(files) + 1}{ending}"))
        return files[-1]

    def in_file(value: Any) -> Any:
        if isinstance(value, Raster):
            path = new_file(".tif")
            value.write(path)
            return path
        if isinstance(value, Mapping) and value.get("type") == "FeatureCollection":
            return _written(new_file(".geojson"), dict(value))
        if hasattr(value, "__geo_interface__"):
            return _written(new_file(".geojson"), _collection(value))
        return value

    def walked(value: Any) -> Any:
        value = in_file(value)
        if isinstance(value, Mapping):
            return {str(key): walked(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [walked(inner) for inner in value]
        return value

    return "".join(f"{_key(key)} = {_toml(walked(value))}\n" for key, value in study.items())


def _collection(value: Any) -> dict[str, Any]:
    """What `__geo_interface__` gives, as a FeatureCollection that says its CRS."""
    shapes = dict(value.__geo_interface__)
    if shapes.get("type") == "Feature":
        shapes = {"type": "FeatureCollection", "features": [shapes]}
    if shapes.get("type") != "FeatureCollection":
        raise _engine.InputError("communes need features with properties: give a FeatureCollection or a GeoDataFrame")
    crs = getattr(value, "crs", None)
    if crs is None:
        return shapes
    epsg = crs.to_epsg()
    if epsg is None:
        raise _engine.InputError(f"the CRS {crs} has no EPSG code; bring the shapes to another one: to_crs(4326)")
    if epsg != 4326:
        shapes["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}
    return shapes


def _written(path: str, shapes: dict[str, Any]) -> str:
    with open(path, "w", encoding="utf-8") as file:
        json.dump(shapes, file, ensure_ascii=False, default=_plain)
    return path


def _plain(value: Any) -> Any:
    """A column's value that JSON has no word for: numbers of numpy as numbers, dates and the rest as text."""
    return value.item() if isinstance(value, numpy.generic) else str(value)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def _toml(value: Any) -> str:
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (str, os.PathLike)):
        return json.dumps(os.fspath(value), ensure_ascii=False)
    if hasattr(value, "isoformat"):
        return _key(value.isoformat())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items() if inner is not None) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(inner) for inner in value) + "]"
    raise _engine.InputError(f"a study cannot hold {value!r}")
