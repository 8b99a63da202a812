"""Inputs in a store that speaks S3, on the loopback: the results are those of the same files on the disk, or a sentence."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from osgeo import gdal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
import small_inputs as small  # noqa: E402
from test_command_line import phusong  # noqa: E402
from test_update import Kept, SIDE  # noqa: E402

ACCOUNT = {"AWS_ACCESS_KEY_ID": "S3RVER", "AWS_SECRET_ACCESS_KEY": "S3RVER", "AWS_HTTPS": "NO",
           "AWS_VIRTUAL_HOSTING": "FALSE"}
# What tells where inputs came from, and what is made of it.
TELLS_NAMES = ("manifest.json", "report.html")


class Store:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="phusong-store-")
        self.log = os.path.join(self.folder, "log")
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(["node", os.path.join(HERE, "server.mjs"), os.path.join(self.folder, "data")],
                                            stdout=log)
        end = time.monotonic() + 60
        while not self.requests() and time.monotonic() < end:
            time.sleep(0.05)
        self.address = "127.0.0.1:" + self.requests()[0].strip()

    def requests(self):
        """Lines of the log, whole ones."""
        with open(self.log, encoding="utf-8") as log:
            return [line for line in log if line.endswith("\n")]

    def tell(self, *words):
        request = urllib.request.Request(f"http://{self.address}/-/" + "/".join(map(str, words)), method="POST")
        with urllib.request.urlopen(request):
            pass

    def put(self, path, key):
        with open(path, "rb") as file:
            data = file.read()
        stored = gdal.VSIFOpenL("/vsis3/maps/" + key, "wb")
        gdal.VSIFWriteL(data, 1, len(data), stored)
        gdal.VSIFCloseL(stored)

    def stop(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


STORE = None


def setUpModule():
    global STORE  # pylint: disable=global-statement
    STORE = Store()
    for name, value in {**ACCOUNT, "AWS_S3_ENDPOINT": STORE.address}.items():
        os.environ[name] = value
        gdal.SetConfigOption(name, value)


def tearDownModule():
    STORE.stop()


class Stored(Kept):
    """The study of nine tiles with a study file beside it, `stored`, whose inputs are in the store."""

    def setUp(self):
        super().setUp()
        STORE.tell("mend")
        small.vectors(self.path("communes.gpkg"),
                      [("00101", "Xã Tây", small.cell_box(0, 0, SIDE, 700)),
                       ("00102", "Xã Đông", small.cell_box(0, 700, SIDE, SIDE - 700))])
        self.edit_study('"communes.geojson"', '"communes.gpkg"')
        for name in ("communes.gpkg", "people.tif", "4g.tif"):
            STORE.put(self.path(name), name)
        with open(self.study, encoding="utf-8") as file:
            text = file.read()
        self.stored = self.write_study("stored.toml", text.replace('path = "', 'path = "/vsis3/maps/'))

    def write_study(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def changed_study(self, old, new):
        with open(self.stored, encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        return self.write_study("changed.toml", text.replace(old, new))

    def tables(self, folder):
        return {name: digest for name, digest in self.files(folder).items() if name not in TELLS_NAMES}

    def input_digests(self, folder):
        with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            return {row["role"]: row["sha256"] for row in json.load(file)["inputs"]}

    def assert_as_on_the_disk(self, folder):
        whole = self.path("whole")
        self.well("run", self.study, "--out", whole, "--overwrite", "-q")
        self.assertEqual(self.tables(folder), self.tables(whole))
        self.assertEqual(self.input_digests(folder), self.input_digests(whole))
        self.well("verify", folder)


class Run(Stored):
    def test_a_study_leads_nowhere_unless_that_is_allowed(self):
        before = STORE.requests()
        for command in (["run", self.stored, "--out", self.out], ["check", self.stored],
                        ["plan", self.stored, "-o", self.path("plan.json")]):
            self.assert_refused(phusong(*command), 1, "/vsis3/maps/", "--allow-remote")
        self.assertEqual(STORE.requests(), before)

    def test_results_are_those_of_the_files_on_the_disk(self):
        self.well("run", self.stored, "--out", self.out, "--allow-remote")
        self.assert_as_on_the_disk(self.out)

    def test_only_the_objects_that_are_named_are_asked_for(self):
        before = len(STORE.requests())
        self.well("run", self.stored, "--out", self.out, "--allow-remote", "-q")
        asked = {line.split()[1] for line in STORE.requests()[before:]}
        self.assertEqual(asked, {"/maps/communes.gpkg", "/maps/people.tif", "/maps/4g.tif"})

    def test_named_on_the_command_line_and_over_plain_http(self):
        web = f"/vsicurl/http://{STORE.address}/maps/"
        self.well("run", "--communes", web + "communes.gpkg", "--population", "/vsis3/maps/people.tif",
                  "--coverage", f"4g={web}4g.tif", "--out", self.out, "-q")
        self.well("run", "--communes", self.path("communes.gpkg"), "--population", self.path("people.tif"),
                  "--coverage", "4g=" + self.path("4g.tif"), "--out", self.path("disk"), "-q")
        self.assertEqual(self.tables(self.out), self.tables(self.path("disk")))
        self.assertIn("1030 rows x 1030 columns", self.well("describe", web + "4g.tif").stdout)

    def test_a_kept_run_counts_again_what_changed_in_the_store(self):
        self.well("run", self.stored, "--out", self.out, "--keep", self.kept, "--allow-remote", "-q")
        STORE.put(self.changed_corner(), "4g.tif")
        shutil.copy(self.path("new.tif"), self.path("4g.tif"))
        result = self.well("update", self.kept, "--allow-remote", "--overwrite")
        self.assertIn("1 of 9 tiles", result.stderr)
        self.assert_as_on_the_disk(self.out)


class Shards(Stored):
    def setUp(self):
        super().setUp()
        self.plan_file, self.parts = self.path("plan.json"), self.path("parts")

    def plan(self):
        self.well("plan", self.stored, "-o", self.plan_file, "--shards", "4", "--allow-remote")

    def count(self, *more):
        return phusong("run-shard", "--plan", self.plan_file, "--shard", "0-3", "-o", self.parts, *more)

    def merge(self, *more):
        parts = [os.path.join(self.parts, name) for name in os.listdir(self.parts)]
        return phusong("merge", "--plan", self.plan_file, *parts, "--out", self.out, *more)

    def test_shards_of_a_study_in_the_store_merge_to_a_run(self):
        self.plan()
        self.assert_refused(self.count(), 1, "--allow-remote")
        self.assertEqual(self.count("--allow-remote").returncode, 0)
        self.assert_refused(self.merge(), 1, "--allow-remote")
        result = self.merge("--allow-remote")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_as_on_the_disk(self.out)

    def test_another_object_of_the_same_name_is_not_counted(self):
        self.plan()
        STORE.put(self.changed_corner(), "4g.tif")
        self.assert_refused(self.count("--allow-remote"), 1, "/vsis3/maps/4g.tif", "planned")

    def test_the_same_bytes_stored_anew_are_counted(self):
        self.plan()
        STORE.tell("touch", 1, "4g.tif")
        self.assertEqual(self.count("--allow-remote").returncode, 0)

    def test_slurm_is_told_that_the_network_is_allowed(self):
        script = self.path("submit.sh")
        self.well("plan", self.stored, "-o", self.plan_file, "--slurm", script, "--allow-remote")
        with open(script, encoding="utf-8") as file:
            self.assertEqual(file.read().count("--allow-remote"), 2)


class Refusals(Stored):
    def test_an_object_that_is_not_there(self):
        study = self.changed_study("maps/4g.tif", "maps/3g.tif")
        self.assert_refused(phusong("run", study, "--out", self.out, "--allow-remote"), 1, "/vsis3/maps/3g.tif")

    def test_an_account_that_may_not_read(self):
        home, key = os.environ.get("HOME", "/"), os.environ.pop("AWS_SECRET_ACCESS_KEY")
        self.addCleanup(os.environ.update, {"HOME": home, "AWS_SECRET_ACCESS_KEY": key})
        os.environ["HOME"] = self.folder  # no ~/.aws either
        result = phusong("run", self.stored, "--out", self.out, "--allow-remote")
        self.assert_refused(result, 1, "/vsis3/maps/", "AWS_SECRET_ACCESS_KEY")

    def test_a_shapefile_and_a_table_are_to_be_had_on_the_disk_only(self):
        STORE.put(self.path("people.tif"), "communes.shp")
        study = self.changed_study("communes.gpkg", "communes.shp")
        self.assert_refused(phusong("run", study, "--out", self.out, "--allow-remote"), 1, "communes.shp", "GeoPackage")
        STORE.put(self.study, "sites.csv")
        study = self.changed_study("[[coverage]]", '[sites]\npath = "/vsis3/maps/sites.csv"\n[[coverage]]')
        self.assert_refused(phusong("run", study, "--out", self.out, "--allow-remote"), 1, "sites.csv", "download it")

    def test_a_folder_of_the_store_and_a_name_that_hides_another(self):
        for name in ("/vsis3/maps/", "/vsizip//vsis3/maps/4g.tif", "/vsis3_streaming/maps/4g.tif", "/vsicurl?url=x"):
            study = self.changed_study("/vsis3/maps/4g.tif", name)
            self.assert_refused(phusong("run", study, "--out", self.out, "--allow-remote"), 1, name)

    def test_a_store_that_stops_answering_leaves_nothing_behind(self):
        STORE.tell("break", 12)
        result = phusong("run", self.stored, "--out", self.out, "--allow-remote", "-q")
        self.assert_refused(result, 1, "/vsis3/maps/", "cannot")

    def test_an_object_that_is_stored_anew_during_the_run_is_noticed(self):
        STORE.tell("touch", 3, "4g.tif")
        self.assert_refused(phusong("run", self.stored, "--out", self.out, "--allow-remote", "-q"), 1,
                            "/vsis3/maps/4g.tif", "changed while")


if __name__ == "__main__":
    unittest.main()
