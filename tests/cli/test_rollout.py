"""A rollout as files and on the terminal: 24 of 84 people, all of the last column, have no 4g."""
import json
import os
import sys
import unittest

from osgeo import gdal

import small_inputs as small
from test_command_line import digest, phusong
from test_event import EVENT, Storm

SECTION = """
[rollout]
technology = "4g"
currency = "tỷ đồng"
percent = 90
budget = 3
sites = 1
satellite_cost_per_person = 0.3
[rollout.candidates]
path = "candidates.csv"
crs = "EPSG:4326"
"""
TARGET = '[[target]]\ntechnology = "4g"\npercent = 90\n'


def middle(first_row, rows):
    ring = small.cell_box(first_row, 5, rows, 1)
    return (ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2


class Rollout(Storm):
    """a and c reach one cell of six people each, b two cells; 90 % are 75.6 people, 15.6 more than there are."""

    def setUp(self):
        super().setUp()
        self.candidates([("a", middle(0, 1), 1, 30), ("b", middle(1, 2), 5, 60), ("c", middle(3, 1), 2, 30)])
        self.write("study.toml", self.calm + SECTION + TARGET)

    def candidates(self, sites):
        lines = ["id,lon,lat,cost,radius_m"]
        lines += [f"{name},{lon!r},{lat!r},{cost},{radius}" for name, (lon, lat), cost, radius in sites]
        return self.write("candidates.csv", "\n".join(lines) + "\n")

    def plan(self, name, folder=None):
        rows = [row for row in self.rows("rollout.csv") if row["plan"] == name]
        return [(row["site"], *self.numbers(row, "cost", "people_added")) for row in rows]

    def rollout(self, *more):
        result = phusong("rollout", self.out, "--json", *more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def refused(self, word):
        result = self.run_study("--overwrite")
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1), result.stderr)
        self.assertIn(word, result.stderr)


class Plans(Rollout):
    def setUp(self):
        super().setUp()
        self.said = self.run_well().stdout

    def test_each_question_has_its_plan(self):
        self.assertEqual(self.plan("target"), [("a", 1, 6), ("b", 5, 12)])
        self.assertEqual(self.plan("budget"), [("a", 1, 6), ("c", 2, 6)])
        self.assertEqual(self.plan("sites"), [("b", 5, 12)])
        last = [row for row in self.rows("rollout.csv") if row["plan"] == "target"][-1]
        self.assertEqual(self.numbers(last, "cost_so_far", "people_served"), (6, 78))
        self.assertAlmostEqual(float(last["low_pct"]), 100 * 78 / 84)
        self.assertEqual((last["code"], last["commune"], last["origin"]), ("00102", "Xã Đông", "given"))

    def test_sites_lie_where_the_candidates_do_in_every_file(self):
        rows = self.rows("rollout.csv")
        with open(os.path.join(self.out, "rollout.geojson"), encoding="utf-8") as file:
            features = json.load(file)["features"]
        package = gdal.OpenEx(os.path.join(self.out, "phusong.gpkg"))
        points = [feature.geometry().GetPoint_2D() for feature in package.GetLayerByName("rollout")]
        self.assertEqual((len(features), len(points)), (len(rows), len(rows)))
        for row, feature, point in zip(rows, features, points):
            place = self.numbers(row, "longitude", "latitude")
            self.assertEqual((tuple(feature["geometry"]["coordinates"]), point), (place, place))
        for got, meant in zip(self.numbers(rows[0], "longitude", "latitude"), middle(0, 1)):
            self.assertAlmostEqual(got, meant, 6)

    def test_the_workbook_has_sheets_of_plans_and_curve(self):
        book = gdal.OpenEx(os.path.join(self.out, "phusong.xlsx"), allowed_drivers=["XLSX"])
        for name in ("rollout", "cost_curve"):
            sheet, rows = book.GetLayerByName(name), self.rows(name + ".csv")
            self.assertEqual([(feature["site"], feature["code"]) for feature in sheet],
                             [(row["site"], row["code"]) for row in rows])

    def test_the_curve_tells_what_each_person_costs_and_where_a_satellite_is_cheaper(self):
        rows = self.rows("cost_curve.csv")
        self.assertEqual([(row["site"], row["alternative_is_cheaper"]) for row in rows],
                         [("a", ""), ("c", "YES"), ("b", "YES")])
        self.assertEqual([self.numbers(row, "cost_so_far", "people_served") for row in rows],
                         [(1, 66), (3, 72), (8, 84)])
        self.assertIn("after 1 sites of the curve (78.57 %)", self.said)

    def test_the_summary_tells_sites_cost_people_gap_and_the_last_per_cent(self):
        self.assertIn("Target of 90 %: 2 sites for 6 tỷ đồng, 18 people added, 92.86 % then", self.said)
        self.assertIn("Budget of 3 tỷ đồng: 2 sites for 3 tỷ đồng, 12 people added", self.said)
        self.assertIn("gap", self.said)
        # 0.84 people: of a 6 for 1, of b 12 for 5.
        self.assertIn("the first per cent of the people costs 0.14 tỷ đồng", self.said)
        self.assertIn("the last one on the way to 90 % 0.35, 2.5 times as much", self.said)

    def test_targets_name_the_sites_and_dead_zones_that_close_them(self):
        west, east, _, total = self.rows("targets.csv")
        self.assertEqual((west["sites_to_close"], west["closing_sites"], west["dead_zones_to_close"]),
                         ("0", "", "0"))
        # 54 of 60 people in the east: 18 more, which is all that a and b reach.
        self.assertEqual((east["closing_sites"], *self.numbers(east, "sites_to_close", "cost_to_close",
                                                               "people_beyond_reach", "dead_zones_to_close")),
                         ("a b", 2, 6, 0, 1))
        cost, least = self.numbers(total, "cost_to_close", "cost_at_least")
        self.assertEqual((total["closing_sites"], cost), ("a b", 6))
        self.assertTrue(4 < least <= 6, least)

    def test_a_saved_run_gives_the_same_plans_and_others(self):
        before = {name: digest(os.path.join(self.out, name)) for name in os.listdir(self.out)}
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            kept = json.load(file)["rollout"]
        answer = self.rollout()
        self.assertEqual({name: [site["site"] for site in plan.pop("order")]
                          for name, plan in answer["plans"].items()},
                         {"target": ["a", "b"], "budget": ["a", "c"], "sites": ["b"]})
        self.assertEqual({key: answer[key] for key in kept if key in answer},
                         {key: kept[key] for key in kept if key in answer})
        cheap = self.rollout("--percent", "80")["plans"]  # 7.2 more: a and c
        self.assertEqual(([site["site"] for site in cheap["target"]["order"]], list(cheap)),
                         (["a", "c"], ["target"]))
        floor = self.rollout("--percent", "80", "--floor", "90")["plans"]["target"]
        self.assertEqual([site["site"] for site in floor["order"]], ["a", "b"])
        none = self.rollout("--percent", "50")["plans"]["target"]
        self.assertEqual((none["sites"], none["met"], none["gap"]), (0, True, 0))
        self.assertEqual({name: digest(os.path.join(self.out, name)) for name in os.listdir(self.out)}, before)

    def test_plans_of_a_saved_run_go_to_a_new_folder(self):
        folder = self.path("plan")
        result = phusong("rollout", self.out, "--out", folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        for name in ("rollout.csv", "rollout.geojson", "cost_curve.csv"):
            self.assertEqual(digest(os.path.join(folder, name)), digest(os.path.join(self.out, name)), name)
        again = phusong("rollout", self.out, "--out", folder)
        self.assertEqual((again.returncode, again.stderr.count("\n")), (3, 1))
        self.assertIn("exists", again.stderr)

    def test_the_question_goes_to_solvers_as_a_linear_program(self):
        path = self.path("question.lp")
        self.assertEqual(phusong("rollout", self.out, "--budget", "3", "--lp", path).returncode, 0)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertTrue(text.lstrip().startswith(("\\", "Maximize")), text[:80])
        self.assertIn("budget: x0 + 5 x1 + 2 x2 <= 3", text)
        self.assertEqual(phusong("rollout", self.out, "--budget", "3", "--lp", path).returncode, 3)

    def test_a_floor_without_a_level_is_refused(self):
        result = phusong("rollout", self.out, "--budget", "3", "--floor", "50")
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("--percent", result.stderr)

    def test_slips_of_the_command_line_are_refused(self):
        for wrong in (("--sites", "-1"), ("--percent", "0"), ("--percent", "101"), ("--budget", "-1"),
                      ("--satellite", "x")):
            self.assertEqual(phusong("rollout", self.out, *wrong).returncode, 2, wrong)


class Inputs(Rollout):
    def test_a_target_of_the_study_is_the_level_of_a_rollout_that_names_none(self):
        self.write("study.toml", self.calm + SECTION.replace("percent = 90\n", "") + TARGET)
        self.run_well()
        self.assertEqual(self.plan("target"), [("a", 1, 6), ("b", 5, 12)])

    def test_sites_that_will_be_there_cost_nothing(self):
        self.write("candidates.csv", "id,lon,lat,cost,radius_m,existing\n"
                   "b,{},{},5,60,yes\nc,{},{},2,30,no\na,{},{},1,30,\n".format(
                       *middle(1, 2), *middle(3, 1), *middle(0, 1)))
        self.run_well()
        self.assertEqual(self.plan("target"), [("a", 1, 6)])
        self.assertEqual(self.plan("budget"), [("a", 1, 6), ("c", 2, 6)])

    def test_without_candidates_masts_and_found_places_are_taken(self):
        self.write("study.toml", self.calm + '[sites]\npath = "masts.csv"\ncrs = "EPSG:4326"\nid = "id"\n'
                   '[rollout]\ntechnology = "4g"\nradius_m = 40\nsite_cost = 4\nmast_cost = 1\npercent = 100\n')
        self.write("masts.csv", "id,lon,lat\nM1,{},{}\n".format(*middle(0, 1)))
        self.run_well()
        rows = self.rows("rollout.csv")
        self.assertEqual([row["origin"] for row in rows], ["mast", "found", "found", "found"])
        self.assertEqual(sum(float(row["people_added"]) for row in rows), 24)

    def test_no_candidate_adds_nobody(self):
        self.candidates([])
        result = self.run_well()
        self.assertIn("Target of 90 % cannot be reached: 0 of the 16 people still needed can be", result.stdout)
        self.assertEqual(self.rows("rollout.csv"), [])
        self.assertEqual(self.rollout("--sites", "5")["plans"]["sites"]["people_added"], 0)

    def test_what_cannot_be_is_refused_in_a_sentence(self):
        good = SECTION
        for wrong, word in ((good.replace('"4g"', '"6g"'), "6g"), (good.replace("percent = 90", "percent = 0"), "percent"),
                            (good.replace("budget = 3", "budget = -3"), "budget"),
                            (good.replace("currency", "money"), "money"),
                            (good.replace("sites = 1", "masts = true"), "masts"),
                            (good.replace("candidates.csv", "nowhere.csv"), "nowhere.csv")):
            self.write("study.toml", self.calm + wrong)
            self.refused(word)
        self.write("study.toml", self.calm + good)
        for sites, word in (([("a", middle(0, 1), -1, 30)], "cost"), ([("a", middle(0, 1), 1, 0)], "radius"),
                            ([("a", middle(0, 1), "dear", 30)], "dear"),
                            ([("a", middle(0, 1), 1, 30), ("a", middle(1, 1), 1, 30)], "row 2"),
                            ([("a", (20, 50), 1, 30)], "outside")):
            self.candidates(sites)
            self.refused(word)

    def test_a_run_without_a_rollout_says_so(self):
        self.write("study.toml", self.calm)
        self.run_well()
        result = phusong("rollout", self.out)
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("a study without a rollout", result.stderr)


class Hardening(Storm):
    def test_every_commune_gets_a_hardened_site(self):
        self.statuses()
        self.storm(EVENT.replace("[event]\n", "[event]\none_hardened_site_per_commune = true\n"))
        result = self.run_well()
        # S3 serves columns 1 and 2, 20 people, in the west; S4 columns 3 and 4, 36 people, in the east.
        self.assertEqual([(row["site"], row["code"], *self.numbers(row, "people_added", "people_kept"))
                          for row in self.rows("hardening.csv")],
                         [("S4", "00102", 36, 36), ("S3", "00101", 20, 56)])
        self.assertIn("One hardened site per commune: 2 sites keep 56 of 60 people", result.stdout)
        book = gdal.OpenEx(os.path.join(self.out, "phusong.xlsx"), allowed_drivers=["XLSX"])
        self.assertEqual([feature["site"] for feature in book.GetLayerByName("hardening")], ["S4", "S3"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
