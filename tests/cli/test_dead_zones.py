"""Dead zones as files: tables, polygons and rasters say the same thing."""
import json
import math
import os
import sys
import unittest

import numpy
from osgeo import gdal, ogr

import small_inputs as small
from test_command_line import Folder

ROWS, COLUMNS = 37, 61
DEFINITIONS = """
[[dead_zones]]
name = "no_mobile"
technologies = ["4g", "5g"]
[[dead_zones]]
name = "no_5g"
technologies = ["5g"]
connectivity = 4
populated_only = false
minimum_people = 20
"""
FILES = ["dead_zone_communes.csv", "dead_zone_communes.csvt", "dead_zones.csv", "dead_zones.csvt",
         "dead_zones.geojson", "dead_zones.qml", "dead_zones.tif", "dead_zones_summary.csv",
         "dead_zones_summary.csvt"]


class Ragged(Folder):
    """Blobs of service with holes, in cells of which every third has people; two communes."""

    def setUp(self):
        super().setUp()
        random = numpy.random.default_rng(20)
        people = random.integers(1, 9, (ROWS, COLUMNS)) * (random.random((ROWS, COLUMNS)) < 0.33)
        small.raster(self.path("people.tif"), people, nodata=-99999)
        for name, part in (("4g", 0.5), ("5g", 0.45)):
            small.raster(self.path(name + ".tif"), random.random((ROWS, COLUMNS)) < part, kind=gdal.GDT_Byte)
        small.communes(self.path("communes.geojson"),
                       [("00101", "Xã Tây", small.cell_box(0, 0, ROWS, 30)),
                        ("00102", "Xã Đông", small.cell_box(0, 30, ROWS, COLUMNS - 30))])
        with open(self.study, "a", encoding="utf-8") as file:
            file.write('[[coverage]]\ntechnology = "5g"\npath = "5g.tif"\nrule = "present"\n' + DEFINITIONS)

    def run_well(self, *more):
        result = self.run_study(*more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def zones(self, definition):
        return [row for row in self.rows("dead_zones.csv") if row["definition"] == definition]

    def out_path(self, name):
        return os.path.join(self.out, name)

    def geopackage(self):
        return gdal.OpenEx(self.out_path("phusong.gpkg"), gdal.OF_VECTOR)


class DeadZones(Ragged):
    def test_the_map_holds_the_ids_and_cells_of_the_table(self):
        self.run_well()
        labels = gdal.Open(self.out_path("dead_zones.tif"))
        self.assertEqual(labels.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"], "COG")
        for number, name in ((1, "no_mobile"), (2, "no_5g")):
            band = labels.GetRasterBand(number)
            self.assertEqual((band.GetDescription(), band.GetNoDataValue(), band.DataType), (name, 0, gdal.GDT_UInt32))
            values = band.ReadAsArray()
            ids, cells = numpy.unique(values[values > 0], return_counts=True)
            table = {int(row["id"]): int(row["cells"]) for row in self.zones(name)}
            self.assertGreater(len(table), 3)
            self.assertEqual(dict(zip(ids.tolist(), cells.tolist(), strict=True)), table)
            first = {int(row["id"]): int(row["first_cell"]) for row in self.zones(name)}
            for zone, cell in first.items():
                self.assertEqual(int(numpy.flatnonzero(values == zone)[0]), cell)

    def test_the_polygons_burn_to_the_map_and_are_valid(self):
        self.run_well()
        labels = gdal.Open(self.out_path("dead_zones.tif"))
        geopackage = self.geopackage()
        layer = geopackage.GetLayerByName("dead_zones")
        for number, name in ((1, "no_mobile"), (2, "no_5g")):
            memory = ogr.GetDriverByName("Memory").CreateDataSource("")
            layer.SetAttributeFilter(f"definition = '{name}'")
            polygons = memory.CopyLayer(layer, "polygons")
            for feature in polygons:
                self.assertTrue(feature.GetGeometryRef().IsValid())
            burned = gdal.GetDriverByName("MEM").Create("", COLUMNS, ROWS, 1, gdal.GDT_UInt32)
            burned.SetGeoTransform(labels.GetGeoTransform())
            burned.SetProjection(labels.GetProjection())
            gdal.RasterizeLayer(burned, [1], polygons, options=["ATTRIBUTE=id"])
            self.assertTrue((burned.ReadAsArray() == labels.GetRasterBand(number).ReadAsArray()).all())

    def test_geojson_has_all_definitions_in_degrees(self):
        self.run_well()
        dataset = ogr.Open(self.out_path("dead_zones.geojson"))
        layer = dataset.GetLayer(0)
        self.assertEqual(layer.GetFeatureCount(), len(self.rows("dead_zones.csv")))
        self.assertEqual({feature["definition"] for feature in layer}, {"no_mobile", "no_5g"})
        west, east, south, north = layer.GetExtent()
        self.assertGreaterEqual(west, small.WEST - 1e-7)
        self.assertLessEqual(north, small.NORTH + 1e-7)
        self.assertLessEqual(east - west, COLUMNS * small.CELL + 2e-7)
        self.assertLessEqual(north - south, ROWS * small.CELL + 2e-7)
        layer.ResetReading()
        for feature in layer:
            self.assertTrue(feature.GetGeometryRef().IsValid())

    def test_zones_and_remainder_are_all_unserved(self):
        summary = json.loads(self.run_well("--json").stdout)["dead_zones"]
        total = self.rows("provinces.csv")[-1]
        split = self.rows("dead_zone_communes.csv")
        with open(self.out_path("manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)["dead_zones"]
        people = gdal.Open(self.path("people.tif")).ReadAsArray()
        served = {name: gdal.Open(self.path(name + ".tif")).ReadAsArray() > 0 for name in ("4g", "5g")}
        expected = {"no_mobile": people[~(served["4g"] | served["5g"])].sum(), "no_5g": people[~served["5g"]].sum()}
        for number, row in enumerate(self.rows("dead_zones_summary.csv")):
            name = row["definition"]
            inside = sum(float(zone["people"]) for zone in self.zones(name))
            self.assertEqual(int(row["zones"]), len(self.zones(name)))
            self.assertEqual(float(row["people_in_zones"]), inside)
            self.assertEqual(inside + float(row["remainder_people"]), float(row["unserved_people"]))
            self.assertEqual(float(row["unserved_people"]), expected[name])
            self.assertEqual(sum(float(part["people"]) for part in split if part["definition"] == name), inside)
            self.assertEqual(float(total[name + "_dead_zone_people"]), inside)
            self.assertEqual(int(total[name + "_dead_zones"]), len(self.zones(name)))
            self.assertEqual(summary[number]["people"], inside)
            self.assertEqual(summary[number]["largest"][0]["id"], int(self.zones(name)[0]["id"]))
            self.assertEqual(manifest[number]["in_zones"]["people"], inside)
            units = [int(manifest[number][key]["units"]) for key in ("in_zones", "in_remainder", "unserved")]
            self.assertEqual(units[0] + units[1], units[2])
        self.assertEqual(manifest[1]["connectivity"], 4)
        self.assertGreater(int(self.rows("dead_zones_summary.csv")[1]["remainder_zones"]), 0)

    def test_the_point_lies_in_its_zone(self):
        self.run_well()
        labels = gdal.Open(self.out_path("dead_zones.tif"))
        for number, name in ((1, "no_mobile"), (2, "no_5g")):
            values = labels.GetRasterBand(number).ReadAsArray()
            for zone in self.zones(name):
                column = math.floor((float(zone["longitude"]) - small.WEST) / small.CELL)
                row = math.floor((small.NORTH - float(zone["latitude"])) / small.CELL)
                self.assertEqual(values[row, column], int(zone["id"]))

    def test_distances_are_written_on_request_in_metres(self):
        self.run_well()
        self.assertFalse(os.path.exists(self.out_path("distance.tif")))
        self.run_well("--distance", "--overwrite")
        distance = gdal.Open(self.out_path("distance.tif"))
        band = distance.GetRasterBand(2)
        self.assertEqual((band.GetDescription(), band.GetUnitType(), band.GetNoDataValue()), ("no_5g", "m", -1))
        metres = band.ReadAsArray()
        served = gdal.Open(self.path("5g.tif")).ReadAsArray() > 0
        self.assertTrue(((metres == 0) == served).all())
        # A spherical Earth is within half a per cent.
        across = small.CELL * 111320 * math.cos(math.radians(small.NORTH))
        along = small.CELL * 111320
        places = numpy.argwhere(served)
        for row, column in ((0, 0), (5, 17), (36, 60), (20, 33)):
            nearest = min(math.hypot((row - r) * along, (column - c) * across) for r, c in places)
            self.assertAlmostEqual(metres[row, column], nearest, delta=0.01 * nearest)

    def test_every_file_is_there_and_says_that_it_is_synthetic(self):
        small.raster(self.path("5g.tif"), [[0] * COLUMNS] * ROWS, kind=gdal.GDT_Byte, metadata={"SYNTHETIC": "YES"})
        self.run_well("--distance")
        for name in FILES:
            self.assertTrue(os.path.exists(self.out_path(name)), name)
        for name in ("dead_zones.tif", "distance.tif"):
            self.assertEqual(gdal.Open(self.out_path(name)).GetMetadataItem("SYNTHETIC"), "YES")
        # Nobody has 5g anywhere: there is no way to it.
        self.assertEqual(numpy.unique(gdal.Open(self.out_path("distance.tif")).ReadAsArray()[1]).tolist(), [-1])
        self.assertEqual(self.zones("no_5g")[0]["farthest_m"], "")
        for name in ("dead_zones.csv", "dead_zone_communes.csv", "dead_zones_summary.csv"):
            self.assertEqual({row["synthetic"] for row in self.rows(name)}, {"YES"})
        geopackage = self.geopackage()
        for name in ("dead_zones", "dead_zones_summary", "dead_zone_communes"):
            self.assertEqual(geopackage.GetLayerByName(name).GetMetadataItem("SYNTHETIC"), "YES")
        with open(self.out_path("dead_zones.geojson"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["SYNTHETIC"], "YES")

    def test_a_study_that_looks_for_none_gets_no_file(self):
        self.edit_study(DEFINITIONS, "")
        self.edit_study("[study]", "dead_zones = []\n[study]")
        self.assertNotIn("Dead zones", self.run_well("--distance").stdout)
        self.assertEqual([n for n in os.listdir(self.out) if n.startswith(("dead", "distance"))], [])
        self.assertNotIn("largest_dead_zone", " ".join(self.rows()[0]))
        geopackage = self.geopackage()
        self.assertIsNone(geopackage.GetLayerByName("dead_zones"))

    def test_the_summary_names_the_largest(self):
        text = self.run_well().stdout
        self.assertIn("Dead zones (no_mobile: neither 4g nor 5g)", text)
        self.assertIn("Dead zones (no_5g: without 5g)", text)
        self.assertEqual(text.count("= all unserved"), 2)
        self.assertIn("m to service", text)

    def test_where_everybody_is_served_tables_have_headings(self):
        for name in ("4g", "5g"):
            small.raster(self.path(name + ".tif"), [[1] * COLUMNS] * ROWS, kind=gdal.GDT_Byte)
        self.run_well()
        with open(self.out_path("dead_zones.csv"), encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("definition,rank,id,people,"))
        geopackage = self.geopackage()
        layer = geopackage.GetLayerByName("dead_zones")
        self.assertEqual(layer.GetFeatureCount(), 0)
        self.assertFalse(gdal.Open(self.out_path("dead_zones.tif")).ReadAsArray().any())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
