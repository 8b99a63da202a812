"""Real communes and real people against sums that others computed: every cell clipped by GEOS in double precision."""
import csv
import json
import os
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["PHUSONG"]
MIRROR = os.environ["PHUSONG_MIRROR"]
PROJECT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))


def mirror(*parts):
    return os.path.join(MIRROR, *parts)


class References(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="phusong-real-")
        self.addCleanup(shutil.rmtree, self.folder)

    def count(self, communes, code, name, population, coverage, *more):
        out = os.path.join(self.folder, "out")
        result = subprocess.run([PROGRAM, "run", "--communes", communes, "--code", code, "--name", name, "--population",
                                 population, "--coverage", "4g=" + coverage, "--out", out, "--overwrite",
                                 "--service-raster", "none", "--quiet", *more],
                                capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(os.path.join(out, "manifest.json"), encoding="utf-8") as file:
            self.assertTrue(json.load(file)["balance"]["holds"])
        with open(os.path.join(out, "communes.csv"), encoding="utf-8", newline="") as file:
            return {row["code"]: float(row["people"]) for row in csv.DictReader(file)}

    def compare(self, ours, reference):
        with open(mirror("reference", reference), encoding="utf-8", newline="") as file:
            expected = {row["code"]: float(row["people_exact_fraction"]) for row in csv.DictReader(file)}
        self.assertEqual(set(ours), set(expected))
        worst = max(abs(ours[code] - people) / people for code, people in expected.items())
        # The reference is printed with nine decimals: 5e-10 people of the smallest commune's 4,149 at most.
        self.assertLess(worst, 1e-9)
        return sum(ours.values())

    def test_nghe_an_at_full_resolution(self):
        for refine in ("1", "16"):
            ours = self.count(mirror("nghe-an/communes_full.topojson"), "code", "name",
                              mirror("nghe-an/population_worldpop_2020_1km.tif"),
                              os.path.join(PROJECT, "datasets/nghe-an/data/4g_viettel.tif"), "--refine", refine,
                              "--communes-crs", "EPSG:4326")
            self.assertAlmostEqual(self.compare(ours, "nghe_an_full_geos.csv"), 2885798.0197, delta=0.0003)

    def test_nghe_an_simplified(self):
        ours = self.count(mirror("nghe-an/communes.geojson"), "code", "name",
                          mirror("nghe-an/population_worldpop_2020_1km.tif"),
                          os.path.join(PROJECT, "datasets/nghe-an/data/4g_viettel.tif"), "--refine", "4")
        self.compare(ours, "nghe_an_simplified_geos.csv")

    def test_sao_miguel(self):
        ours = self.count(mirror("sao-miguel/concelhos.gpkg"), "name", "name",
                          mirror("sao-miguel/gpw_v411_2020_count_2020.tif"),
                          os.path.join(PROJECT, "datasets/sao-miguel/data/4g_operator_a.tif"))
        self.assertEqual(len(ours), 6)
        self.compare(ours, "sao_miguel_geos.csv")

    def test_the_study_of_nghe_an_rakes_to_the_official_number(self):
        out = os.path.join(self.folder, "study")
        result = subprocess.run([PROGRAM, "run", os.path.join(PROJECT, "datasets/nghe-an/study.toml"), "--out", out,
                                 "--json"], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        summary = json.loads(result.stdout)
        self.assertEqual(summary["people"], 3831694)
        self.assertTrue(summary["balance"]["holds"])
        # Published for October 2025: 4G 99.97 % of people, 5G about 20 %, fibre about 70 % of households.
        for technology, published, margin in (("4g", 99.97, 0.05), ("5g", 20, 2), ("fibre_passed", 70, 2)):
            level = summary["technologies"][technology]
            self.assertLess(abs(level["low_pct"] - published), margin)
            self.assertLessEqual(level["low_pct"], level["high_pct"])
        with open(os.path.join(out, "communes.csv"), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.assertEqual(float(row["people"]), float(row["official_people"]))


if __name__ == "__main__":
    unittest.main()
