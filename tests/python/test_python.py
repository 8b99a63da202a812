"""The package phusong: the same numbers as the program's, from files, dicts, arrays and shapes."""
import json
import os
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.environ["PHUSONG_PYTHON"], os.path.join(ROOT, "tests", "cli")]

import numpy  # noqa: E402
try:
    import geopandas
    import pandas
except ImportError:
    geopandas = None
from osgeo import gdal  # noqa: E402

import small_inputs as small  # noqa: E402
from test_command_line import Folder, digest  # noqa: E402
from test_command_line import phusong as phusong_program  # noqa: E402
from test_event import Storm  # noqa: E402

import phusong  # noqa: E402

TRANSFORM = (small.WEST, small.CELL, 0, small.NORTH, 0, -small.CELL)


class Shapes:
    """As GeoDataFrames are: features and a CRS."""

    class Crs:
        def to_epsg(self):
            return 4326

    crs = Crs()

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.__geo_interface__ = json.load(file)


class Run(Folder):
    def in_memory(self):
        return {
            "study": {"name": "small"},
            "communes": {"path": Shapes(self.path("communes.geojson")), "code": "code", "name": "name"},
            "population": {"path": phusong.Raster(gdal.Open(self.path("people.tif")).ReadAsArray(), TRANSFORM, "EPSG:4326",
                                                  nodata=-99999), "values": "people_per_cell"},
            "coverage": [{"technology": "4g", "rule": "present", "path": phusong.Raster(
                numpy.array([[1, 1, 1, 0, 0, 255]] * 4, numpy.uint8), TRANSFORM, "EPSG:4326", nodata=255)}],
        }

    def test_a_study_file_gives_the_files_of_the_program(self):
        self.run_study()
        result = phusong.run(self.study, self.path("python"), threads=2)
        names = sorted(os.listdir(self.out))
        self.assertEqual(sorted(os.listdir(result.folder)), names)
        for name in names:
            self.assertEqual(digest(os.path.join(result.folder, name)), digest(os.path.join(self.out, name)), name)
        with self.assertRaises(phusong.StorageError):
            phusong.run(self.study, self.path("python"))
        phusong.run(self.study, self.path("python"), overwrite=True)

    def test_what_is_in_memory_counts_as_files_do(self):
        self.run_study()
        result = phusong.run(self.in_memory())
        table = result.table("communes")
        self.assertEqual(table.shape, (2,))
        for row, wanted in zip(table, self.rows()):
            self.assertEqual((row["code"], row["name"]), (wanted["code"], wanted["name"]))
            for column in ("people", "4g_served", "4g_unserved", "4g_unknown", "4g_low_pct", "4g_high_pct", "area_km2"):
                self.assertEqual(row[column], float(wanted[column]), column)
        self.assertEqual([feature["properties"]["code"] for feature in result.geojson()["features"]], ["00101", "00102"])
        self.assertEqual(result.summary["people"], 84)
        self.assertTrue(result.summary["balance"]["holds"])
        self.assertIn("ledger", result.tables)
        self.assertEqual(sum(int(row["people_units"]) for row in result.table("ledger")
                             if "people_units" in result.table("ledger").dtype.names) % 2**24, 0)
        for name in result.tables:
            self.assertEqual(len(result.table(name)), len(self.rows(name + ".csv")), name)
        folder = result.folder
        del result
        self.assertFalse(os.path.exists(folder))

    def test_arrays_of_any_layout_and_type_are_rasters(self):
        study = self.in_memory()
        people = study["population"]["path"]
        for kind in ("int16", "int32", "uint16", "float32", "float64"):
            for cells in (people.cells.astype(kind), numpy.asfortranarray(people.cells.astype(kind)),
                          people.cells.astype(kind)[::-1][::-1]):
                study["population"]["path"] = phusong.Raster(cells, TRANSFORM, "EPSG:4326", nodata=-9)
                if kind == "uint16":
                    study["population"]["path"].nodata = 65535
                self.assertEqual(phusong.run(study).summary["people"], 84, kind)
        for cells in (people.cells.astype(complex), people.cells[0], people.cells[:0]):
            study["population"]["path"] = phusong.Raster(cells, TRANSFORM, "EPSG:4326")
            with self.assertRaises(phusong.InputError):
                phusong.run(study)

    def test_masked_cells_hold_nobody(self):
        study = self.in_memory()
        people = study["population"]["path"].cells
        for kind, nodata in (("float32", None), ("float64", -1), ("int16", -1), ("uint8", 255)):
            cells = numpy.ma.MaskedArray(people.astype(kind), mask=people == 6)
            study["population"]["path"] = phusong.Raster(cells, TRANSFORM, "EPSG:4326", nodata=nodata)
            self.assertEqual(phusong.run(study).summary["people"], 84 - 24, kind)
        for kind, nodata in (("int16", None), ("uint8", -1), ("int32", 0.5), ("int32", float("nan"))):
            cells = numpy.ma.MaskedArray(people.astype(kind), mask=people == 6)
            study["population"]["path"] = phusong.Raster(cells, TRANSFORM, "EPSG:4326", nodata=nodata)
            with self.assertRaisesRegex(phusong.InputError, "nodata"):
                phusong.run(study)

    def test_inputs_in_the_folder_of_results_are_not_replaced(self):
        phusong.run(self.study, self.out)
        os.rename(self.path("people.tif"), os.path.join(self.out, "people.tif"))
        self.edit_study("people.tif", "out/people.tif")
        with self.assertRaisesRegex(phusong.StorageError, "lies in the output folder"):
            phusong.run(self.study, self.out, overwrite=True)
        self.assertTrue(os.path.exists(os.path.join(self.out, "people.tif")))

    def test_progress_is_told_and_may_stop_the_run(self):
        seen = []
        phusong.run(self.study, progress=lambda done, everything: seen.append((done, everything)))
        self.assertEqual(seen[-1][0], seen[-1][1])

        def stop(done, everything):
            raise RuntimeError(f"enough after {done} of {everything}")

        with self.assertRaisesRegex(RuntimeError, "enough after 1"):
            phusong.run(self.study, self.out, progress=stop)
        self.assertFalse(os.path.exists(self.out))

    def test_other_threads_go_on(self):
        """The run waits in its progress for the other thread, whose own run then needs the lock too."""
        done = threading.Event()
        other = threading.Thread(target=lambda: (phusong.run(self.study), done.set()))

        def wait(*_):
            if not other.ident:
                other.start()
            self.assertTrue(done.wait(60))

        phusong.run(self.study, progress=wait)
        other.join()

    def test_bad_studies_are_refused_in_a_sentence(self):
        study = self.in_memory()
        study["coverage"][0]["rul"] = "present"
        with self.assertRaisesRegex(phusong.InputError, "rul"):
            phusong.run(study)
        with self.assertRaisesRegex(ValueError, "no.toml"):
            phusong.run(self.path("no.toml"))
        study = self.in_memory()
        study["population"]["path"].crs = "EPSG:0"
        with self.assertRaises(phusong.InputError):
            phusong.run(study)
        with self.assertRaises(KeyError):
            phusong.run(self.study).table("targets")

    @unittest.skipUnless(geopandas, "geopandas is not installed")
    def test_geodataframes_go_in_and_come_out(self):
        communes = geopandas.GeoDataFrame.from_features(Shapes(self.path("communes.geojson")).__geo_interface__["features"],
                                                        crs="EPSG:4326")
        communes["surveyed"] = pandas.Timestamp("2025-07-01")
        communes["note"] = [numpy.nan, "x"]
        study = self.in_memory()
        for frame in (communes, communes.to_crs(32648)):
            study["communes"]["path"] = frame
            result = phusong.run(study)
            self.assertAlmostEqual(result.summary["people"], 84, places=4)
        found = result.geodataframe()
        self.assertEqual(found.crs.to_epsg(), 4326)
        self.assertEqual(list(found["code"]), ["00101", "00102"])
        self.assertEqual(list(found["4g_served"]), list(result.table()["4g_served"]))
        # Straight edges of the one CRS are not quite straight in the other.
        self.assertLess(max(shape.area for shape in found.geometry.symmetric_difference(communes.geometry)), 1e-9)

    def test_a_study_leads_over_the_network_only_when_that_is_allowed(self):
        for name in ("/vsicurl/http://127.0.0.1:9/people.tif", "PG:host=127.0.0.1 port=9 dbname=gis"):
            study = self.in_memory()
            study["population" if name.startswith("/vsi") else "communes"]["path"] = name
            with self.assertRaisesRegex(phusong.InputError, "allow_remote=True"):
                phusong.run(study)
            with self.assertRaisesRegex(phusong.InputError, "cannot be"):
                phusong.run(study, allow_remote=True)

    def test_the_example_runs(self):
        result = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "python", "examples", "in_memory.py")], capture_output=True,
                                text=True, check=False, env={**os.environ, "PYTHONPATH": os.environ["PHUSONG_PYTHON"]})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("00101 Xã Tây", result.stdout)
        self.assertIn("dead zone", result.stdout)


class WhatIf(Storm):
    def test_many_suppositions_at_once_are_what_the_program_says_of_each(self):
        self.statuses("S1,up,\nS2,,\nS3,up,\nS4,down,structure\n")
        self.storm()
        self.run_well()
        what_if = phusong.WhatIf(self.out)
        self.assertEqual(sorted(what_if.sites), ["S1", "S2", "S3", "S4"])
        self.assertEqual(what_if.questions[0], "mobile")
        down = numpy.array([[bits >> site & 1 for site in range(4)] for bits in range(16)], bool)
        lost, total = what_if.lost(down)
        self.assertEqual((lost.shape, total.shape), ((16, len(what_if.questions), 2), (16, len(what_if.questions))))
        for scenario in range(16):
            ids = [site for site, off in zip(what_if.sites, down[scenario]) if off]
            answer = phusong_program("whatif", self.out, "--json", "--down",
                                     self.write("down.csv", "\n".join(["id", *ids]) + "\n"))
            answer = json.loads(answer.stdout)
            self.assertEqual(total[scenario, 0], answer["total"]["people_lost"], ids)
            named = {place["code"]: place["people_lost"] for place in answer["communes"]}
            self.assertEqual(list(lost[scenario, 0]), [named.get(code, 0) for code in what_if.communes], ids)
        self.assertGreater(total[15, 0], total[0, 0])
        again = what_if.lost(down[::-1])
        self.assertTrue((again[0][::-1] == lost).all() and (again[1][::-1] == total).all())
        with self.assertRaisesRegex(phusong.InputError, "4 sites"):
            what_if.lost(down[:, :3])
        with self.assertRaises(phusong.InputError):
            phusong.WhatIf(self.folder)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
