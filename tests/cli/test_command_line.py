"""The program as a user meets it: exit codes, messages, outputs that appear whole or not at all."""
import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from osgeo import gdal, ogr

import small_inputs as small

PROGRAM = os.environ["PHUSONG"]


def phusong(*arguments, cwd=None):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, cwd=cwd, check=False)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="phusong-cli-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.study = small.plain_study(self.folder)
        self.out = os.path.join(self.folder, "out")

    def path(self, name):
        return os.path.join(self.folder, name)

    def edit_study(self, old, new):
        with open(self.study, encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))

    def run_study(self, *more):
        return phusong("run", self.study, "--out", self.out, *more)

    def rows(self, name="communes.csv"):
        with open(os.path.join(self.out, name), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def assert_refused(self, result, code, *words):
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertFalse(os.path.exists(self.out), "something was published")
        self.assertEqual([n for n in os.listdir(self.folder) if "stage" in n], [], "litter")
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)


class Run(Folder):
    def test_counts_every_person_of_a_small_study(self):
        result = self.run_study()
        self.assertEqual(result.returncode, 0, result.stderr)
        west, east = self.rows()
        self.assertEqual((west["code"], west["name"], float(west["people"])), ("00101", "Xã Tây", 24))
        self.assertEqual(float(west["4g_served"]), 24)
        self.assertEqual((float(east["people"]), float(east["4g_unserved"]), float(east["4g_unknown"])), (60, 36, 24))
        self.assertEqual((float(east["4g_low_pct"]), float(east["4g_high_pct"])), (0, 40))
        self.assertIn("balances exactly", result.stdout)

    def test_columns_begin_as_documented(self):
        self.run_study()
        with open(os.path.join(self.out, "communes.csv"), encoding="utf-8") as file:
            self.assertTrue(file.readline().startswith("code,name,province,people,"))

    def test_every_output_opens_in_its_reader(self):
        self.run_study()
        geopackage = ogr.Open(os.path.join(self.out, "phusong.gpkg"))
        layer = geopackage.GetLayerByName("communes")
        self.assertEqual(layer.GetFeatureCount(), 2)
        self.assertEqual(layer.GetNextFeature().GetField("code"), "00101")
        self.assertIsNotNone(geopackage.GetLayerByName("provinces"))
        geojson = ogr.Open(os.path.join(self.out, "communes.geojson"))
        self.assertEqual(geojson.GetLayer(0).GetFeatureCount(), 2)
        service = gdal.Open(os.path.join(self.out, "service.tif"))
        self.assertEqual(service.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"], "COG")
        self.assertEqual(service.GetRasterBand(1).GetDescription(), "4g")
        self.assertEqual(service.ReadAsArray()[0].tolist(), [1, 1, 1, 0, 0, 255])

    def test_a_manifest_names_inputs_by_their_checksums(self):
        self.run_study()
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        for entry in manifest["inputs"]:
            self.assertEqual(entry["sha256"], digest(entry["path"]))
        self.assertTrue(manifest["balance"]["holds"])
        self.assertEqual(manifest["layers"][0]["alignment"], "same lattice (exact)")

    def test_the_ledger_adds_up_to_the_table(self):
        self.run_study()
        units = sum(int(row["people_units"]) for row in self.rows("ledger.csv") if row["booking"] == "commune")
        self.assertEqual(units / 2**24, sum(float(row["people"]) for row in self.rows()))

    def test_the_same_bytes_on_any_number_of_threads(self):
        digests = []
        for threads in ("1", "2", "3", "8"):
            out = self.path("out" + threads)
            self.assertEqual(phusong("run", self.study, "--out", out, "--threads", threads, "-q").returncode, 0)
            digests.append({name: digest(os.path.join(out, name)) for name in sorted(os.listdir(out))})
        for other in digests[1:]:
            self.assertEqual(other, digests[0])

    def test_flags_do_without_a_study_file(self):
        result = phusong("run", "--communes", "communes.geojson", "--population", "people.tif[1]", "--coverage",
                         "4g:Viettel=4g.tif", "--coverage", "4g:MobiFone=4g.tif", "--out", "out", cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(float(self.rows()[0]["4g_viettel_served"]), 24)

    def test_json_summary_is_one_object(self):
        summary = json.loads(self.run_study("--json").stdout)
        self.assertEqual(summary["people"], 84)
        self.assertEqual(summary["technologies"]["4g"]["unknown"], 24)

    def test_quiet_is_quiet(self):
        small.raster(self.path("4g.tif"), [[1, 1, 1, 0, 0, 0]] * 4, kind=gdal.GDT_Byte)
        result = self.run_study("--quiet")
        self.assertEqual((result.stdout, result.stderr), ("", ""))

    def test_an_older_result_is_replaced_only_on_request(self):
        self.run_study()
        before = digest(os.path.join(self.out, "communes.csv"))
        refused = self.run_study()
        self.assertEqual(refused.returncode, 3)
        self.assertIn("--overwrite", refused.stderr)
        self.edit_study('name = "small"', 'name = "second"')
        self.assertEqual(self.run_study("--overwrite").returncode, 0)
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["study"]["name"], "second")
        self.assertEqual(digest(os.path.join(self.out, "communes.csv")), before)

    def test_a_failed_run_leaves_the_older_result(self):
        self.run_study()
        small.raster(self.path("people.tif"), [[-5] * 6] * 4)
        before = sorted(os.listdir(self.out))
        self.assertEqual(self.run_study("--overwrite").returncode, 1)
        self.assertEqual(sorted(os.listdir(self.out)), before)

    def test_population_share_and_no_map_on_request(self):
        self.run_study("--service-raster", "population_share")
        self.assertEqual(gdal.Open(os.path.join(self.out, "service.tif")).ReadAsArray()[0].tolist(),
                         [1, 1, 1, 0, 0, -1])
        self.run_study("--service-raster", "none", "--overwrite")
        self.assertEqual([n for n in os.listdir(self.out) if n.startswith("service")], [])

    def test_synthetic_inputs_are_said_in_every_output(self):
        small.raster(self.path("4g.tif"), [[1, 1, 1, 0, 0, 255]] * 4, kind=gdal.GDT_Byte, nodata=255,
                     metadata={"SYNTHETIC": "YES"})
        self.assertIn("SYNTHETIC", self.run_study().stdout)
        self.assertEqual(self.rows()[0]["synthetic"], "YES")
        with open(os.path.join(self.out, "communes.geojson"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["SYNTHETIC"], "YES")
        self.assertEqual(gdal.Open(os.path.join(self.out, "service.tif")).GetMetadataItem("SYNTHETIC"), "YES")
        geopackage = ogr.Open(os.path.join(self.out, "phusong.gpkg"))
        self.assertEqual(geopackage.GetLayerByName("communes").GetMetadataItem("SYNTHETIC"), "YES")
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            self.assertTrue(json.load(file)["study"]["synthetic_inputs"])


class Refusals(Folder):
    def test_negative_people(self):
        small.raster(self.path("people.tif"), [[1, 1, -5, 1, 1, 1]] * 4)
        self.assert_refused(self.run_study(), 1, "people.tif", "-5", "negative")

    def test_an_unknown_class_value(self):
        self.edit_study('rule = "present"', 'rule = "classes"\nserved = [1]\nunserved = [0]')
        small.raster(self.path("4g.tif"), [[1, 1, 7, 0, 0, 0]] * 4, kind=gdal.GDT_Byte)
        self.assert_refused(self.run_study(), 1, "4g.tif", "7 in 4 cells")

    def test_positive_dbm(self):
        self.edit_study('rule = "present"', 'rule = "signal"\nprofile = "trai-2024"')
        small.raster(self.path("4g.tif"), [[95.0] * 6] * 4)
        self.assert_refused(self.run_study(), 1, "4g.tif", "95", "dBm")

    def test_a_raster_without_crs(self):
        small.raster(self.path("4g.tif"), [[1] * 6] * 4, epsg=None)
        self.assert_refused(self.run_study(), 1, "4g.tif", "CRS")

    def test_a_file_cut_off(self):
        with open(self.path("people.tif"), "rb+") as file:
            file.truncate(os.path.getsize(self.path("people.tif")) // 2)
        self.assert_refused(self.run_study(), 1, "people.tif")

    def test_a_commune_field_that_is_not_there(self):
        self.edit_study('code = "code"', 'code = "ma_xa"')
        self.assert_refused(self.run_study(), 1, "ma_xa", "name")

    def test_maps_that_do_not_meet(self):
        small.raster(self.path("4g.tif"), [[1] * 6] * 4, geotransform=(10, 0.001, 0, 50, 0, -0.001))
        self.assert_refused(self.run_study(), 1, "4g.tif", "overlap")

    def test_an_input_in_the_output_folder(self):
        result = phusong("run", self.study, "--out", self.folder, "--overwrite")
        self.assertEqual(result.returncode, 3)
        self.assertTrue(os.path.exists(self.path("people.tif")))

    def test_a_folder_that_cannot_be_written(self):
        result = phusong("run", self.study, "--out", "/proc/nowhere/out")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("/proc/nowhere", result.stderr)

    def test_usage(self):
        self.assertEqual(phusong().returncode, 2)
        self.assertEqual(phusong("run", self.study).returncode, 2)
        self.assertEqual(phusong("run", "--out", "x", "--communes", "c").returncode, 2)
        self.assertEqual(phusong("run", self.study, "--out", "x", "--treads", "2").returncode, 2)
        self.assertEqual(phusong("run", self.study, "--out", "x", "--threads", "-1").returncode, 2)
        self.assertEqual(phusong("run", self.study, "--out", "x", "--memory", "0").returncode, 2)
        unknown = phusong("drow", "results")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn("there is no command 'drow'", unknown.stderr)

    def test_a_terminated_run_publishes_nothing(self):
        people = [[1.0] * 3000] * 3000
        small.raster(self.path("people.tif"), people, geotransform=(105, 1e-4, 0, 19, 0, -1e-4))
        self.edit_study('name = "small"', 'name = "small"\nrefine = 16')
        process = subprocess.Popen([PROGRAM, "run", self.study, "--out", self.out], stderr=subprocess.PIPE)
        time.sleep(1.0)
        process.send_signal(signal.SIGTERM)
        _, message = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 143, message)
        self.assertFalse(os.path.exists(self.out))
        self.assertEqual([n for n in os.listdir(self.folder) if "stage" in n], [])


class Check(Folder):
    def check(self):
        return phusong("check", self.study)

    def test_a_good_study_is_said_to_be_good(self):
        result = self.check()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("2 communes", result.stdout)
        self.assertIn("4g: same lattice (exact)", result.stdout)

    def test_all_faults_are_said_one_line_each(self):
        small.raster(self.path("4g.tif"), [[1] * 6] * 4, epsg=None)
        with open(self.study, "a", encoding="utf-8") as file:
            file.write('[[coverage]]\ntechnology = "5g"\npath = "5g.tif"\n')
        small.communes(self.path("communes.geojson"), [("1", "a", small.cell_box(0, 0, 4, 3)),
                                                       (None, "b", small.cell_box(0, 3, 4, 3))])
        result = self.check()
        self.assertEqual(result.returncode, 1)
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 3, result.stderr)
        for word in ("4g.tif", "5g.tif", "communes.geojson"):
            self.assertEqual(sum(word in line for line in lines), 1, result.stderr)

    def test_a_broken_study_file_names_its_line(self):
        self.edit_study("values =", "value =")
        result = self.check()
        self.assertEqual(result.returncode, 1)
        self.assertIn("line 9", result.stderr)


class Others(Folder):
    def test_init_writes_a_study_that_runs(self):
        study = self.path("new.toml")
        result = phusong("init", "--communes", self.path("communes.geojson"), "--population", self.path("people.tif"),
                         "--coverage", "4g=" + self.path("4g.tif"), "-o", study)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(phusong("run", study, "--out", self.out).returncode, 0)
        self.assertEqual(phusong("init", "--communes", "c", "--population", "p", "--coverage", "4g=x", "-o", study)
                         .returncode, 3)

    def test_describe_says_what_is_understood(self):
        raster = phusong("describe", self.path("4g.tif"))
        self.assertEqual(raster.returncode, 0, raster.stderr)
        for word in ("EPSG:4326", "255", "Byte"):
            self.assertIn(word, raster.stdout)
        vector = phusong("describe", self.path("communes.geojson"))
        for word in ("code", "name", "2"):
            self.assertIn(word, vector.stdout)
        self.assertEqual(phusong("describe", self.path("none")).returncode, 1)

    def test_help_has_examples_and_version_has_libraries(self):
        self.assertIn("Examples:", phusong("run", "--help").stdout)
        version = phusong("--version")
        self.assertEqual(version.returncode, 0)
        for word in ("phusong", "GDAL", "GEOS", "PROJ"):
            self.assertIn(word, version.stdout)


class TwoParts(Folder):
    """The program that a user starts has no library of maps; its other part lies beside it, or in libexec."""

    def test_the_program_that_a_user_starts_loads_no_library_of_maps(self):
        loaded = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        for library in ("libgdal", "libproj", "libgeos"):
            self.assertNotIn(library, loaded)

    def test_alone_it_answers_what_needs_no_map_and_says_what_is_missing(self):
        alone = self.path("phusong")
        shutil.copy2(PROGRAM, alone)

        def ask(*arguments):
            return subprocess.run([alone, *arguments], capture_output=True, text=True, check=False)

        self.assertIn("GDAL", ask("--version").stdout)
        self.assertEqual(ask("run", "--help").returncode, 0)
        self.assertEqual(ask("whatif", self.folder, "--down", "none.csv").returncode, 1)
        self.assertEqual(ask("run", self.study).returncode, 2)
        self.assert_refused(ask("run", self.study, "--out", self.out), 3, alone + "-maps", "libexec")

    def test_a_link_and_odd_arguments_reach_the_other_part(self):
        link = self.path("sóng")
        os.symlink(PROGRAM, link)
        odd = self.path("bản đồ 'hai' [1] *.tif")
        shutil.copy(self.path("people.tif"), odd)
        told = subprocess.run([link, "describe", odd], capture_output=True, text=True, check=False)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("EPSG:4326", told.stdout)

    def test_the_other_part_is_the_same_program(self):
        found = [subprocess.run([PROGRAM + part, "run", "--help"], capture_output=True, text=True, check=True).stdout
                 for part in ("", "-maps")]
        self.assertEqual(*found)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
