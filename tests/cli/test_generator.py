"""The sample's generator on a province of six communes and its storm, and get-data with a mirror that cannot be trusted."""
import csv
import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import numpy
from osgeo import gdal

gdal.UseExceptions()

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RECIPE = """seed = {seed}
[frame]
west = 103.9
north = 20.0
columns = 300
rows = 270
[province]
name = "Tỉnh nhỏ"
area_km2 = 230
communes = 6
first_code = 101
people = 40000
neighbours_km = 1.0
[coverage]
any_operator_4g = 0.95
any_operator_5g = 0.20
fibre = 0.70
crs = "EPSG:9208"
[storm]
name = "Small storm"
seed = {seed}
start = "2025-10-12T00:00:00+07:00"
crs = "EPSG:9208"
track = [[0.0, 104.20, 19.80, 40.0], [4.0, 103.90, 19.95, 32.0]]
radius_km = 12.0
gust_raster = true
deepest_m = 4.0
valleys = 0.5
generators = 0.3
damage = true
seen = {{ Viettel = 0.5, VinaPhone = 0.5, MobiFone = 0.9 }}
after = {{ technology = "4g", operator = "MobiFone", hours = 12 }}
"""


def make(folder, seed=7):
    """All files of the small province, by name."""
    recipe = folder + ".toml"
    with open(recipe, "w", encoding="utf-8") as file:
        file.write(RECIPE.format(seed=seed))
    program = os.path.join(ROOT, "tools", "synthesise", "province.py")
    subprocess.run(["/usr/bin/python3", "-B", program, folder, "--recipe", recipe], check=True, capture_output=True)
    return {name: os.path.join(folder, name) for name in sorted(os.listdir(folder))}


def digests(files):
    found = {}
    for name, path in files.items():
        with open(path, "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


class Generator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="phusong-generator-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.files = make(os.path.join(cls.folder, "first"))
        cls.rasters = {name: path for name, path in cls.files.items() if name.endswith(".tif")}

    def communes(self):
        dataset = gdal.OpenEx(self.files["communes.gpkg"], gdal.OF_VECTOR)
        return [(one.GetField("code"), one.GetGeometryRef().Clone()) for one in dataset.GetLayer(0)]

    def test_the_same_recipe_gives_the_same_bytes(self):
        second = make(os.path.join(self.folder, "second"))
        self.assertEqual(digests(second), digests(self.files))

    def rows(self, name):
        with open(self.files[name], encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def values(self, name):
        return gdal.Open(self.files[name]).ReadAsArray()

    def test_another_seed_gives_another_province(self):
        other = digests(make(os.path.join(self.folder, "other"), seed=8))
        first = digests(self.files)
        for name in ("communes.gpkg", "population.tif", "4g_viettel.tif", "fibre.tif", "stations.csv", "gust.tif",
                     "flood_depth.tif", "power_outages.gpkg", "status.csv"):
            self.assertNotEqual(other[name], first[name], name)

    def test_a_second_run_touches_nothing(self):
        before = {name: os.stat(path).st_mtime_ns for name, path in self.files.items()}
        again = make(os.path.join(self.folder, "first"))
        self.assertEqual({name: os.stat(path).st_mtime_ns for name, path in again.items()}, before)

    def test_neighbours_share_their_borders_exactly(self):
        communes = self.communes()
        self.assertEqual([code for code, _ in communes], ["00101", "00104", "00107", "00110", "00113", "00116"])
        whole = communes[0][1]
        for _, shape in communes:
            self.assertTrue(shape.IsValid())
            whole = whole.Union(shape)
        areas = sum(shape.GetArea() for _, shape in communes)
        self.assertAlmostEqual(areas / whole.GetArea(), 1, delta=1e-9)
        # No gap either: the union is one piece without a hole.
        parts = [whole.GetGeometryRef(i) for i in range(whole.GetGeometryCount())] \
            if whole.GetGeometryName() == "MULTIPOLYGON" else [whole]
        self.assertEqual([part.GetGeometryCount() for part in parts], [1])

    def test_everything_says_that_it_is_synthetic(self):
        self.assertEqual(sorted(self.rasters), ["4g_mobifone.tif", "4g_mobifone_after.tif", "4g_viettel.tif",
                                                "4g_vinaphone.tif", "5g_mobifone.tif", "5g_viettel.tif",
                                                "5g_vinaphone.tif", "fibre.tif", "flood_depth.tif", "gust.tif",
                                                "population.tif"])
        for name, path in self.rasters.items():
            self.assertEqual(gdal.Open(path).GetMetadataItem("SYNTHETIC"), "YES", name)
        for name in ("communes.gpkg", "power_outages.gpkg", "damage.gpkg"):
            dataset = gdal.OpenEx(self.files[name], gdal.OF_VECTOR)
            self.assertEqual(dataset.GetLayer(0).GetMetadataItem("SYNTHETIC"), "YES", name)
        for name in ("stations.csv", "status.csv"):
            with open(self.files[name + ".aux.xml"], encoding="utf-8") as file:
                self.assertIn('<MDI key="SYNTHETIC">YES</MDI>', file.read(), name)

    def test_coverage_holds_yes_no_and_unknown_only(self):
        for name, path in self.rasters.items():
            if name[:2] in ("4g", "5g"):
                self.assertLessEqual(set(numpy.unique(gdal.Open(path).ReadAsArray())), {0, 1, 255}, name)
        fibre = gdal.Open(self.rasters["fibre.tif"]).ReadAsArray()
        self.assertTrue(((fibre <= 100) | (fibre == 255)).all())

    def test_people_are_as_many_as_the_recipe_says(self):
        people = gdal.Open(self.rasters["population.tif"]).ReadAsArray().astype(numpy.float64)
        self.assertTrue(((people >= 0) | (people == -99999)).all())
        # The raster goes on beyond the border, so it holds the province's people and some neighbours.
        self.assertGreaterEqual(people[people >= 0].sum(), 40000 * (1 - 1e-6))

    def test_every_station_reaches_the_one_root_of_its_operator(self):
        stations = {row["id"]: row for row in self.rows("stations.csv")}
        parents = {name: [one for one in row["parents"].split(";") if one] for name, row in stations.items()}
        for name, above in parents.items():
            self.assertLessEqual(len(above), 2)
            self.assertEqual(len(above), len(set(above)), name)
            self.assertNotIn(name, above)
            for parent in above:
                self.assertEqual(stations[parent]["operator"], stations[name]["operator"])
        roots = {name for name, above in parents.items() if not above}
        self.assertEqual(sorted(stations[name]["operator"] for name in roots), ["MobiFone", "Viettel", "VinaPhone"])
        reached = set()
        while roots:
            reached |= roots
            roots = {name for name, above in parents.items() if name not in reached and reached & set(above)}
        self.assertEqual(reached, set(stations))

    def test_the_table_of_stations_tells_what_a_planner_would_and_leaves_gaps(self):
        stations = self.rows("stations.csv")
        self.assertEqual(list(stations[0]), ["id", "operator", "lon", "lat", "technologies", "radius_m", "parents",
                                             "power_zone", "battery_hours", "generator", "plinth_m", "design_gust_ms"])
        self.assertEqual({row["technologies"] for row in stations}, {"4g", "4g;5g"})
        self.assertEqual({row["generator"] for row in stations}, {"yes", "no", ""})
        self.assertTrue(all(float(row["radius_m"]) > 500 and row["power_zone"].startswith("TBA-") for row in stations))
        for column in ("battery_hours", "plinth_m", "design_gust_ms"):
            told = [float(row[column]) for row in stations if row[column]]
            self.assertTrue(0.7 * len(stations) < len(told) < len(stations), column)
            self.assertGreater(min(told), 0)

    def test_the_storm_takes_service_and_gives_none(self):
        before, after = self.values("4g_mobifone.tif"), self.values("4g_mobifone_after.tif")
        self.assertFalse(((before == 0) & (after == 1)).any())
        self.assertTrue(((before == 1) & (after == 0)).any())

    def test_wind_and_water_are_believable(self):
        gust, depth = self.values("gust.tif"), self.values("flood_depth.tif")
        self.assertTrue(((gust > 0) & (gust < 60)).all())
        self.assertTrue(((depth == 0) | ((depth > 0.15) & (depth <= 4.01))).all())
        self.assertTrue((depth > 0).any() and (depth == 0).any())

    def test_power_comes_back_after_it_was_lost(self):
        dataset = gdal.OpenEx(self.files["power_outages.gpkg"], gdal.OF_VECTOR)
        zones = {row["power_zone"] for row in self.rows("stations.csv")}
        for one in dataset.GetLayer(0):
            self.assertTrue(one.GetGeometryRef().IsValid())
            self.assertIn(one.GetField("power_zone"), zones)
            lost = datetime.datetime.fromisoformat(one.GetField("lost"))
            self.assertIsNotNone(lost.utcoffset())
            if one.GetField("restored"):
                self.assertGreater(datetime.datetime.fromisoformat(one.GetField("restored")), lost)

    def test_damage_names_what_it_hits_and_how_much(self):
        dataset = gdal.OpenEx(self.files["damage.gpkg"], gdal.OF_VECTOR)
        seen = {(one.GetField("technology"), one.GetField("loss")) for one in dataset.GetLayer(0)}
        self.assertEqual({technology for technology, _ in seen}, {"fibre", "5g"})
        self.assertTrue(all(0 < loss < 1 for _, loss in seen))

    def test_the_status_of_many_stations_is_unknown(self):
        status = self.rows("status.csv")
        self.assertEqual([row["id"] for row in status], [row["id"] for row in self.rows("stations.csv")])
        self.assertEqual({row["status"] for row in status}, {"up", "down", "unknown"})
        for row in status:
            self.assertEqual(bool(row["cause"]), row["status"] == "down")
            if row["status"] == "down":
                self.assertIn(row["cause"], {"structure", "power", "transport", "unknown"})
                since = datetime.datetime.fromisoformat(row["since"])
                self.assertIsNotNone(since.utcoffset())

    @unittest.skipUnless("PHUSONG" in os.environ, "needs the program")
    def test_phusong_finds_the_people_of_the_recipe_in_the_communes(self):
        out = os.path.join(self.folder, "out")
        result = subprocess.run([os.environ["PHUSONG"], "run", "--communes", self.files["communes.gpkg"],
                                 "--population", self.files["population.tif"], "--coverage",
                                 "4g=" + self.files["4g_viettel.tif"], "--out", out, "--json"],
                                capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        summary = json.loads(result.stdout)
        self.assertTrue(summary["synthetic_inputs"])
        # The recipe counts cells; drawn borders leave the cells by less than a quarter of a border step.
        self.assertAlmostEqual(summary["people"] / 40000, 1, delta=0.01)


class GetData(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="phusong-get-data-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.mirror = os.path.join(self.folder, "mirror")
        self.to = os.path.join(self.folder, "to")
        os.makedirs(os.path.join(self.mirror, "ibiza"))

    def get(self, *arguments):
        return subprocess.run([os.path.join(ROOT, "tools", "get-data"), *arguments], capture_output=True, text=True,
                              check=False, env={**os.environ, "PHUSONG_MIRROR": self.mirror})

    def put(self, name, data):
        with open(os.path.join(self.mirror, "ibiza", name), "wb") as file:
            file.write(data)

    def kept(self):
        return os.listdir(self.to) if os.path.isdir(self.to) else []

    def test_a_wrong_checksum_is_refused_and_nothing_stays(self):
        for data in (b"not the file", b""):
            with self.subTest(size=len(data)):
                self.put("mobile-coverage.gpkg", data)
                self.put("population.tif", data)
                result = self.get("ibiza", "--to", self.to)
                self.assertEqual(result.returncode, 1, result.stderr)
                self.assertIn("mobile-coverage.gpkg", result.stderr)
                self.assertIn(hashlib.sha256(data).hexdigest(), result.stderr)
                self.assertEqual(self.kept(), [])
                self.assertNotIn("ready", result.stdout)

    def test_a_mirror_without_the_file_is_an_input_that_failed(self):
        result = self.get("ibiza", "--to", self.to)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("ibiza/mobile-coverage.gpkg", result.stderr)
        self.assertEqual(self.kept(), [])

    def test_a_data_set_that_is_not_there_is_wrong_usage(self):
        for arguments in ([], ["atlantis"], ["../ibiza"], ["ibiza", "--to"], ["ibiza", "--form"]):
            self.assertEqual(self.get(*arguments).returncode, 2, arguments)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
