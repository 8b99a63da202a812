"""Inputs as they come: every odd file is counted rightly, counted with a notice, or refused in one line."""
import json
import os
import shutil
import subprocess
import sys
import unicodedata
import unittest

import numpy
from osgeo import gdal

import small_inputs as small
from test_command_line import PROGRAM, Folder, digest, phusong

WHOLE = {"00101": 24, "00102": 60}  # people of the plain study
ROW = [1, 2, 3, 4, 5, 6]
NUMBERED = [[6 * row + column + 1 for column in range(6)] for row in range(4)]  # rows of 21, 57, 93 and 129 people
NORTH_SOUTH = {"00101": 21, "00102": 279}
WEST, EAST = small.cell_box(0, 0, 4, 3), small.cell_box(0, 3, 4, 3)


class Inputs(Folder):
    def communes(self, *features, **more):
        small.communes(self.path("communes.geojson"), features, **more)

    def population(self, rows, **more):
        return small.raster(self.path("people.tif"), rows, **more)

    def coverage(self, rows, **more):
        return small.raster(self.path("4g.tif"), rows, **{"kind": gdal.GDT_Byte, **more})

    def rename(self, old, new):
        os.rename(self.path(old), self.path(new))
        self.edit_study(f'path = "{old}"', f"path = {json.dumps(new)}")

    def run_well(self):
        result = self.run_study()
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def column(self, name="people", table="communes.csv"):
        return {row["code"]: float(row[name]) for row in self.rows(table)}

    def assert_people(self, expected, delta=0.0):
        self.run_well()
        people = self.column()
        self.assertEqual(sorted(people), sorted(expected))
        for code, number in expected.items():
            self.assertAlmostEqual(people[code], number, delta=delta)

    def assert_answers(self, served, unserved, unknown=(0, 0), stem="4g", delta=0.0):
        self.run_well()
        for word, expected in (("served", served), ("unserved", unserved), ("unknown", unknown)):
            for found, wanted in zip(self.column(f"{stem}_{word}").values(), expected, strict=True):
                self.assertAlmostEqual(found, wanted, delta=delta, msg=word)

    def manifest(self):
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            return json.load(file)

    def notices(self):
        return [f"{one['subject']}: {one['what']}" for one in self.manifest()["problems"]]

    def assert_notice(self, *words):
        notices = self.notices()
        self.assertTrue(any(all(word in notice for word in words) for notice in notices), (words, notices))

    def names(self):
        return [row["name"] for row in self.rows()]

    def properties(self):
        with open(os.path.join(self.out, "communes.geojson"), encoding="utf-8") as file:
            return [feature["properties"] for feature in json.load(file)["features"]]


class Population(Inputs):
    def test_a_south_up_raster_gives_the_same_numbers(self):
        self.communes(("00101", "Bắc", small.cell_box(0, 0, 1, 6)), ("00102", "Nam", small.cell_box(1, 0, 3, 6)))
        self.population(NUMBERED)
        self.assert_people(NORTH_SOUTH)
        shutil.rmtree(self.out)
        south = small.NORTH - 4 * small.CELL
        self.population(NUMBERED[::-1], geotransform=(small.WEST, small.CELL, 0, south, 0, small.CELL))
        self.assertGreater(gdal.Open(self.path("people.tif")).GetGeoTransform()[5], 0)
        self.assert_people(NORTH_SOUTH)

    def test_pixel_is_point_shifts_nothing(self):
        self.population([ROW] * 4, metadata={"AREA_OR_POINT": "Point"})
        self.assert_people(WHOLE)

    def test_a_rotated_raster_is_refused(self):
        tilt = small.CELL / 10
        self.population([ROW] * 4, geotransform=(small.WEST, small.CELL, tilt, small.NORTH, tilt, -small.CELL))
        self.assert_refused(self.run_study(), 1, "people.tif", "rotat")

    def test_declared_nodata_counts_nobody(self):
        for mark in (-99999, 0, float("nan"), 255):
            with self.subTest(nodata=mark):
                shutil.rmtree(self.out, ignore_errors=True)
                self.population([[1, mark, 3, 4, 5, 6]] * 4, nodata=mark)
                self.assert_people({"00101": 16, "00102": 60})

    def test_nan_counts_nobody_undeclared(self):
        self.population([[1, float("nan"), 3, 4, 5, 6]] * 4)
        self.assert_people({"00101": 16, "00102": 60})

    def test_the_lowest_float_counts_nobody_though_declared_with_fewer_digits(self):
        lowest = float(numpy.finfo(numpy.float32).min)
        self.population([[1, lowest, 3, 4, 5, 6]] * 4, nodata=-3.40282e+38)
        self.assert_people({"00101": 16, "00102": 60})

    def test_an_internal_mask_is_honoured(self):
        self.population([ROW] * 4)
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
        self.addCleanup(gdal.SetConfigOption, "GDAL_TIFF_INTERNAL_MASK", None)
        dataset = gdal.Open(self.path("people.tif"), gdal.GA_Update)
        dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
        dataset.GetRasterBand(1).GetMaskBand().WriteArray(numpy.array([[255, 0] + [255] * 4] * 4, numpy.uint8))
        dataset = None
        self.assertFalse(os.path.exists(self.path("people.tif.msk")))
        self.assert_people({"00101": 16, "00102": 60})

    def test_a_scale_is_applied(self):
        self.population([[1000 * people for people in ROW]] * 4, kind=gdal.GDT_Int32, scale=0.001)
        self.assert_people(WHOLE, delta=1e-6)

    def test_bytes_hold_people(self):
        self.population([ROW] * 4, kind=gdal.GDT_Byte)
        self.assert_people(WHOLE)

    def test_thirty_million_people_in_a_cell(self):
        self.population([[30e6] * 6] * 4)
        # The border, a float64 in degrees, misses the lattice line by some 1e-11 of a cell; nobody is lost over it.
        self.assert_people({"00101": 360e6, "00102": 360e6}, delta=1e-2)
        self.assertEqual(self.manifest()["balance"]["raster"]["people"], 720e6)

    def test_infinite_people_are_refused(self):
        self.population([[1, 2, float("inf"), 4, 5, 6]] * 4)
        self.assert_refused(self.run_study(), 1, "people.tif", "inf in 4 cells")

    def test_an_undeclared_mark_is_refused_with_its_value(self):
        self.population([[1, 2, -99999, 4, 5, 6]] * 4)
        self.assert_refused(self.run_study(), 1, "people.tif", "-99999", "nodata")

    def test_of_two_bands_one_must_be_named(self):
        self.population([ROW] * 4, bands=2)
        dataset = gdal.Open(self.path("people.tif"), gdal.GA_Update)
        dataset.GetRasterBand(2).WriteArray(numpy.array([[10 * people for people in ROW]] * 4))
        dataset = None
        self.assert_refused(self.run_study(), 1, "2 bands", "people.tif[1]")
        self.edit_study('path = "people.tif"', 'path = "people.tif[2]"')
        self.assert_people({"00101": 240, "00102": 600})

    def test_a_missing_crs_can_be_stated(self):
        self.population([ROW] * 4, epsg=None)
        self.assert_refused(self.run_study(), 1, "people.tif", "CRS")
        self.edit_study('path = "people.tif"', 'path = "people.tif"\ncrs = "EPSG:4326"')
        self.assert_people(WHOLE)


class Communes(Inputs):
    def use(self, name):
        self.edit_study('path = "communes.geojson"', f'path = "{name}"')

    def test_projected_communes_hold_the_same_people(self):
        # Off the lattice: columns 0.5..3 and 3..5.5, rows 0.5..3.5, so 3 x (0.5 + 2 + 3) and 3 x (4 + 5 + 3).
        self.use("c.gpkg")
        for epsg, operation in ((4326, None), (32648, None), (3405, small.TO_VN2000)):
            with self.subTest(epsg=epsg):
                small.vectors(self.path("c.gpkg"), [("00101", "a", small.cell_box(0.5, 0.5, 3, 2.5)),
                                                    ("00102", "b", small.cell_box(0.5, 3, 3, 2.5))],
                              epsg, operation=operation)
                self.assert_people({"00101": 16.5, "00102": 36}, delta=1e-6)
                if epsg == 3405:
                    self.assertIn("EPSG:6960", self.manifest()["communes"]["coordinate_operation"])
            shutil.rmtree(self.out, ignore_errors=True)
            os.remove(self.path("c.gpkg"))

    def test_communes_elsewhere_are_refused(self):
        self.communes(("00101", "a", small.cell_box(0, 100, 4, 3)))
        self.assert_refused(self.run_study(), 1, "communes.geojson", "overlap")

    def test_codes_as_integers_are_padded_with_a_notice(self):
        self.communes((101, "a", WEST), (12345, "b", EAST))
        self.assert_people({"00101": 24, "12345": 60})
        self.assert_notice("communes.geojson", "padded to 5 digits")

    def test_a_fraction_is_no_code(self):
        self.communes((101.5, "a", WEST), (102.0, "b", EAST))
        self.assert_refused(self.run_study(), 1, "communes.geojson", "101.5", "code")

    def test_more_people_in_a_cell_than_on_earth_are_refused_by_name(self):
        self.population([[1e20] + ROW[1:]] * 4)
        self.assert_refused(self.run_study(), 1, "people.tif", "e+20 in 4 cells")

    def test_leading_zeros_stay_in_every_table(self):
        self.run_well()
        codes = ["00101", "00102"]
        self.assertEqual([row["code"] for row in self.rows()], codes)
        self.assertEqual([one["code"] for one in self.properties()], codes)
        geopackage = gdal.OpenEx(os.path.join(self.out, "phusong.gpkg"))
        self.assertEqual(sorted(one.GetField("code") for one in geopackage.GetLayerByName("communes")), codes)

    def test_the_same_commune_twice_is_refused(self):
        self.communes(("00101", "a", WEST), ("00101", "a", WEST), ("00102", "b", EAST))
        self.assert_refused(self.run_study(), 1, "communes.geojson", "00101", "duplicate")

    def test_parts_of_one_code_are_one_commune(self):
        self.communes(("00101", "a", WEST), ("00101", "a", EAST))
        self.assert_people({"00101": 84})
        self.assert_notice("00101", "2 features", "one commune")

    def test_a_commune_without_code_is_refused(self):
        self.communes(("00101", "a", WEST), (None, "b", EAST))
        self.assert_refused(self.run_study(), 1, "communes.geojson", "no code")

    def test_a_commune_without_geometry_keeps_its_row(self):
        self.communes(("00101", "a", WEST), ("00102", "b", None))
        self.run_well()
        self.assertEqual([(row["code"], row["people"]) for row in self.rows()], [("00101", "24"), ("00102", "")])
        self.assert_notice("00102", "no geometry")

    def test_both_lobes_of_a_bow_tie_count(self):
        # Corners (column, row) 0,0 - 0,4 - 4,0 - 4,4; of columns 0..3 it holds 3, 1, 1 and 3 cells.
        corners = [(0, 0), (0, 4), (4, 0), (4, 4), (0, 0)]
        self.communes(("00101", "a", [[small.WEST + x * small.CELL, small.NORTH - y * small.CELL]
                                      for x, y in corners]))
        self.assert_people({"00101": 1 * 3 + 2 * 1 + 3 * 1 + 4 * 3}, delta=1e-6)
        self.assert_notice("00101", "geometry")

    def test_people_in_an_overlap_count_once_in_the_total(self):
        self.communes(("00101", "a", small.cell_box(0, 0, 4, 4)), ("00102", "b", EAST))
        self.assert_people({"00101": 40, "00102": 60})
        self.assertEqual(self.column(table="provinces.csv")["total"], 84)
        self.assertEqual(self.column("4g_served", "provinces.csv")["total"], 24)
        self.assert_notice("overlap")

    def test_people_in_a_gap_are_said(self):
        self.communes(("00101", "a", WEST), ("00102", "b", small.cell_box(0, 4, 4, 2)))
        self.assert_people({"00101": 24, "00102": 44})
        self.assert_notice("people.tif", "outside every commune")
        self.assertEqual(self.manifest()["balance"]["outside"]["people"], 16)

    def test_an_enclave_fills_its_hole(self):
        enclave = small.cell_box(1, 1, 2, 2)
        around = {"type": "Polygon", "coordinates": [small.cell_box(0, 0, 4, 6), enclave[::-1]]}
        self.communes(("00101", "a", around), ("00102", "b", enclave))
        self.assert_people({"00101": 74, "00102": 10})

    def test_lines_are_refused(self):
        self.communes(("00101", "a", {"type": "LineString", "coordinates": WEST}))
        self.assert_refused(self.run_study(), 1, "communes.geojson", "polygon")

    def test_of_two_polygon_layers_one_must_be_named(self):
        small.vectors(self.path("c.gpkg"), [("00101", "a", WEST)], layer="old")
        small.vectors(self.path("c.gpkg"), [("00101", "a", WEST), ("00102", "b", EAST)], layer="new")
        self.use("c.gpkg")
        self.assert_refused(self.run_study(), 1, "old, new", "c.gpkg[old]")
        self.edit_study('"c.gpkg"', '"c.gpkg[new]"')
        self.assert_people(WHOLE)


class Text(Inputs):
    def test_a_shapefile_in_cp1258_keeps_its_names(self):
        wanted = ["Phường Tây Hồ", "Xã Mường Xén Thượng Mỹ"]
        small.shapefile_cp1258(self.folder, [("00101", wanted[0], WEST), ("00102", wanted[1], EAST)])
        self.edit_study('path = "communes.geojson"', 'path = "c.shp"')
        self.assert_refused(self.run_study(), 1, "c.shp", "CP1258")  # nothing states it yet
        with open(self.path("c.cpg"), "w", encoding="ascii") as file:
            file.write("CP1258")
        self.assert_people(WHOLE)
        self.assertEqual(self.names(), wanted)
        shutil.rmtree(self.out)
        os.remove(self.path("c.cpg"))
        self.edit_study('path = "c.shp"', 'path = "c.shp"\nencoding = "CP1258"')
        self.assert_people(WHOLE)
        self.assertEqual(self.names(), wanted)

    def test_decomposed_names_come_out_composed(self):
        wanted = ["Xã Quỳ Hợp", "Xã Nghĩa Đàn"]
        split = [unicodedata.normalize("NFD", name) for name in wanted]
        self.assertNotEqual(split, wanted)
        self.communes(("00101", split[0], WEST), ("00102", split[1], EAST))
        self.run_well()
        self.assertEqual(self.names(), wanted)
        self.assertEqual([one["name"] for one in self.properties()], wanted)

    def test_control_characters_break_no_table(self):
        odd = 'Xã\t"Tây",\nmột\x07\x1b[31m'
        self.communes(("00101", odd, WEST), ("00102", "b", EAST))
        result = self.run_well()
        self.assertEqual([row["code"] for row in self.rows()], ["00101", "00102"])
        self.assertEqual(self.names()[0], 'Xã\t"Tây",\nmột\u2407\u241b[31m')
        self.assertEqual(self.properties()[0]["name"], odd)
        self.assertEqual(self.in_geopackage(), [odd, "b"])
        self.assertNotIn("\x1b", result.stdout + result.stderr)
        self.assertIn("\\x1b[31m", result.stdout)
        self.assertEqual(phusong("verify", self.out).returncode, 0)

    def in_geopackage(self):
        dataset = gdal.OpenEx(os.path.join(self.out, "phusong.gpkg"), gdal.OF_VECTOR)
        return [feature["name"] for feature in dataset.GetLayerByName("communes")]

    def test_a_name_is_no_sql(self):
        odd = """Bobby'); DROP TABLE communes;-- "x\""""
        self.communes(("00101", odd, WEST), ("00102", "b", EAST))
        self.run_well()
        self.assertEqual(self.in_geopackage(), [odd, "b"])
        self.assertEqual(phusong("verify", self.out).returncode, 0)

    def test_a_description_obeys_no_name(self):
        self.communes(("00101", "a", WEST), ("00102", "b", EAST))
        with open(self.path("communes.geojson"), encoding="utf-8") as file:
            text = file.read()
        with open(self.path("communes.geojson"), "w", encoding="utf-8") as file:
            file.write(text.replace('"name":', '"n\\u001b[2Jme":'))
        said = phusong("describe", self.path("communes.geojson")).stdout
        self.assertNotIn("\x1b", said)
        self.assertIn("n\\x1b[2Jme", said)

    def test_a_formula_is_disarmed_in_csv_only(self):
        self.communes(("00101", "=1+1", WEST), ("00102", "@b", EAST))
        self.run_well()
        self.assertEqual(self.names(), ["'=1+1", "'@b"])
        self.assertEqual([one["name"] for one in self.properties()], ["=1+1", "@b"])


class Coverage(Inputs):
    def rule(self, text):
        self.edit_study('rule = "present"', text)

    def test_polygons_cover_the_cells_inside_them(self):
        small.vectors(self.path("4g.gpkg"), [("in", "4G", small.cell_box(0, 0, 4, 2)),
                                             ("in", "3G", small.cell_box(0, 3, 4, 1))])
        self.edit_study('path = "4g.tif"', 'path = "4g.gpkg"')
        self.assert_answers((12, 16), (12, 44))
        shutil.rmtree(self.out)
        self.edit_study('"4g.gpkg"', '"4g.gpkg"\nwhere = { field = "name", values = ["4G"] }')
        self.assert_answers((12, 0), (12, 60))

    def test_a_map_finer_by_three_is_exact(self):
        third = small.CELL / 3
        self.coverage([[1, 0, 0] * 6] * 12, geotransform=(small.WEST, third, 0, small.NORTH, 0, -third))
        self.assert_answers((8, 20), (16, 40), delta=1e-4)
        self.assertEqual(self.manifest()["layers"][0]["alignment"], "same lattice (exact)")

    def test_a_map_coarser_by_two_is_exact(self):
        double = small.CELL * 2
        self.coverage([[1, 0, 1]] * 2, geotransform=(small.WEST, double, 0, small.NORTH, 0, -double))
        self.assert_answers((12, 44), (12, 16))
        self.assertEqual(self.manifest()["layers"][0]["alignment"], "same lattice (exact)")

    def test_beyond_a_map_service_is_unknown_and_said(self):
        self.coverage([[1, 1, 0]] * 4)
        self.assert_answers((12, 0), (12, 0), (0, 60))
        self.assert_notice("4g.tif", "unknown")

    def test_classes(self):
        self.rule('rule = "classes"\nserved = [2, 3]\nunserved = [0, 1]')
        self.coverage([[0, 1, 2, 3, 0, 255]] * 4, nodata=255)
        self.assert_answers((12, 16), (12, 20), (0, 24))

    def test_a_signal_at_the_threshold_serves(self):
        self.rule('rule = "signal"\nprofile = "trai-2024"')
        self.coverage([[-100, -110, -110.5, -80, -120, -9999]] * 4, kind=gdal.GDT_Float32, nodata=-9999)
        self.assert_answers((12, 16), (12, 20), (0, 24))

    def test_a_share_counts_parts_of_people(self):
        self.rule('rule = "share"\nfull_value = 100')
        self.edit_study('technology = "4g"', 'technology = "fibre"\nmeaning = "passed"')
        self.coverage([[100, 50, 0, 25, 255, 100]] * 4, nodata=255)
        self.assert_answers((8, 28), (16, 12), (0, 20), stem="fibre_passed", delta=1e-5)


class Places(Inputs):
    def setUp(self):
        super().setUp()
        self.table("thon.csv", "ma_thon,ten_thon,lon,lat,grid_power\n01,Bản Xốp,105.001,18.999,không\n")
        self.table("tram.csv", "site_id,lon,lat\nS1,105.002,18.998\nS2,105.004,18.997\n")

    def table(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def with_places(self):
        with open(self.study, "a", encoding="utf-8") as file:
            file.write('[settlements]\npath = "thon.csv"\n[sites]\npath = "tram.csv"\n')

    def test_settlements_and_sites_are_in_the_manifest(self):
        self.with_places()
        self.assert_people(WHOLE)
        manifest = self.manifest()
        self.assertEqual((manifest["settlements"]["count"], manifest["sites"]["count"]), (1, 2))
        self.assertEqual(manifest["sites"]["coordinate_operation"], "none, same CRS")
        digests = {entry["role"]: entry["sha256"] for entry in manifest["inputs"]}
        self.assertEqual(digests["settlements"], digest(self.path("thon.csv")))
        self.assertEqual(digests["sites"], digest(self.path("tram.csv")))
        self.assert_notice("thon.csv", "'ma_thon' as id")

    def test_flags_name_them_too(self):
        inputs = ["--communes", "communes.geojson", "--population", "people.tif", "--coverage", "4g=4g.tif",
                  "--settlements", "thon.csv", "--sites", "tram.csv"]
        result = phusong("run", *inputs, "--distance", "--out", "out", cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.manifest()["sites"]["count"], 2)
        self.assertTrue(self.manifest()["study"]["distance_raster"])
        result = phusong("init", *inputs, "-o", "new.toml", cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        result = phusong("check", "new.toml", cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("tram.csv", result.stdout)

    def test_every_fault_of_them_is_checked_on_its_own(self):
        self.with_places()
        self.table("thon.csv", "id,lon,lat,grid_power\n1,105.001,18.999,solar\n")
        self.table("tram.csv", "id,x,y\n1,552700,2089750\n")
        small.raster(self.path("4g.tif"), [[1] * 6] * 4, epsg=None)
        result = phusong("check", self.study)
        self.assertEqual(result.returncode, 1)
        lines = sorted(result.stderr.strip().splitlines())
        self.assertEqual(len(lines), 3, result.stderr)
        for line, words in zip(lines, (("4g.tif", "CRS"), ("thon.csv", "solar"), ("tram.csv", "CRS")), strict=True):
            for word in words:
                self.assertIn(word, line)

    def test_places_elsewhere_are_refused(self):
        self.with_places()
        self.table("tram.csv", "id,lon,lat\n1,2,48\n")
        self.assert_refused(self.run_study(), 1, "tram.csv", "overlap")

    def test_a_table_holds_no_communes(self):
        self.edit_study('path = "communes.geojson"', 'path = "tram.csv"')
        self.assert_refused(self.run_study(), 1, "tram.csv", "no polygon layer")

    def test_they_are_described(self):
        for word in ("EPSG:4326", "site_id", "settlements or sites"):
            self.assertIn(word, phusong("describe", self.path("tram.csv")).stdout)

    def test_they_are_not_replaced_by_results(self):
        os.mkdir(self.out)
        os.rename(self.path("tram.csv"), os.path.join(self.out, "tram.csv"))
        with open(self.study, "a", encoding="utf-8") as file:
            file.write('[sites]\npath = "out/tram.csv"\n')
        result = self.run_study("--overwrite")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(os.listdir(self.out), ["tram.csv"])


class Paths(Inputs):
    def test_odd_file_names_are_only_names(self):
        self.rename("people.tif", "-people 'of' \"all\" 100%20.tif")
        self.rename("4g.tif", "--help %s; $(x) & phủ sóng.tif")
        self.rename("communes.geojson", "- a[1] b.geojson")
        self.assert_people(WHOLE)

    def test_what_is_no_plain_file_is_refused_at_once(self):
        os.mkfifo(self.path("pipe.tif"))
        os.mkdir(self.path("folder.tif"))
        with open(self.path("empty.tif"), "wb"):
            pass
        virtual = gdal.GetDriverByName("VRT").CreateCopy(self.path("virtual.tif"), gdal.Open(self.path("4g.tif")))
        virtual = None
        paths = ["/vsimem/a.tif", "/vsicurl/http://127.0.0.1:9/a.tif", "/vsistdin/", "folder.tif", "pipe.tif",
                 "empty.tif", "virtual.tif", "none.tif"]
        with open(self.study, encoding="utf-8") as file:
            study = file.read()
        for own in ("communes.geojson", "people.tif", "4g.tif"):
            for path in paths:
                with self.subTest(instead_of=own, path=path):
                    with open(self.study, "w", encoding="utf-8") as file:
                        file.write(study.replace(f'"{own}"', f'"{path}"'))
                    result = subprocess.run([PROGRAM, "run", self.study, "--out", self.out], capture_output=True,
                                            text=True, timeout=10, check=False)
                    self.assert_refused(result, 1, os.path.basename(path))

    def test_a_run_leaves_its_inputs_alone(self):
        inputs = os.path.join(self.folder, "in")
        os.mkdir(inputs)
        for name in ("study.toml", "people.tif", "4g.tif", "communes.geojson"):
            os.rename(self.path(name), os.path.join(inputs, name))
        self.study = os.path.join(inputs, "study.toml")
        before = {name: digest(os.path.join(inputs, name)) for name in os.listdir(inputs)}
        self.run_well()
        self.assertEqual({name: digest(os.path.join(inputs, name)) for name in os.listdir(inputs)}, before)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
