"""An event as files and on the terminal: six columns of people, two operators, four sites."""
import json
import os
import sys
import unittest

import numpy
from osgeo import gdal

import small_inputs as small
from test_command_line import Folder, digest, phusong

# Four rows of 1 2 3 | 4 5 6 people: columns of 4 8 12 | 16 20 24, the western commune and the eastern one.
SERVED = {"Anh": [1, 1, 1, 1, 0, 0], "Binh": [0, 1, 1, 1, 1, 0]}
# Site: operator, first column and number of columns that it serves.
SITES = {"S1": ("Anh", 0, 2), "S2": ("Anh", 2, 2), "S3": ("Binh", 1, 2), "S4": ("Binh", 3, 2)}
EVENT = """
[event]
name = "Bão số 1"
time = "2025-09-28T18:00:00Z"
hours = [0, 6]
[event.sites]
path = "sites.csv"
crs = "EPSG:4326"
footprints = "footprints.geojson"
footprint_id = "id"
"""
STATUS = '[event.status]\npath = "status.csv"\n'
CELLS = [f"{before}_to_{after}" for before in ("served", "unserved", "unknown")
         for after in ("served", "unserved", "unknown")]


class Storm(Folder):
    def setUp(self):
        super().setUp()
        coverage = ""
        for name, columns in SERVED.items():
            small.raster(self.path(f"4g_{name}.tif"), [columns] * 4, kind=gdal.GDT_Byte, nodata=255)
            coverage += (f'[[coverage]]\ntechnology = "4g"\noperator = "{name}"\n'
                         f'path = "4g_{name}.tif"\nrule = "present"\n')
        with open(self.study, encoding="utf-8") as file:
            self.calm = file.read().split("[[coverage]]")[0] + coverage
        self.write("study.toml", self.calm)
        self.sites({})

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def sites(self, parents):
        """The table of sites and what each serves."""
        lines, features = ["id,lon,lat,operator,technologies,footprint,parents"], []
        for name, (operator, first, columns) in SITES.items():
            ring = small.cell_box(0, first, 4, columns)
            lon, lat = (ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2
            lines.append(f"{name},{lon},{lat},{operator},4g,{name},{parents.get(name, '')}")
            features.append({"type": "Feature", "properties": {"id": name},
                             "geometry": {"type": "Polygon", "coordinates": [ring]}})
        self.write("sites.csv", "\n".join(lines) + "\n")
        self.write("footprints.geojson", json.dumps({"type": "FeatureCollection", "features": features}))

    def statuses(self, text="S1,up,\nS2,down,power\nS3,up,\nS4,down,structure\n"):
        return self.write("status.csv", "id,status,cause\n" + text)

    def storm(self, event=EVENT + STATUS):
        self.write("study.toml", self.calm + event)

    def run_well(self, *more):
        result = self.run_study(*more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def impact(self):
        return {(row["code"], row["operator"]): row for row in self.rows("impact.csv")}

    def numbers(self, row, *names):
        return tuple(float(row[name]) for name in names)


class Tables(Storm):
    def setUp(self):
        super().setUp()
        self.statuses()
        self.storm()

    def test_impact_holds_who_lost_what_by_commune_and_operator(self):
        self.run_well()
        impact = self.impact()
        self.assertEqual(list(impact), [(code, operator) for code in ("00101", "00102", "total")
                                        for operator in ("any", "Anh", "Binh")])
        people = {key: self.numbers(row, "served_before", "lost", "served_after", "people_lost")
                  for key, row in impact.items()}
        self.assertEqual(people, {("00101", "any"): (24, 0, 24, 0), ("00101", "Anh"): (24, 12, 12, 12),
                                  ("00101", "Binh"): (20, 0, 20, 0), ("00102", "any"): (36, 36, 0, 36),
                                  ("00102", "Anh"): (16, 16, 0, 16), ("00102", "Binh"): (36, 36, 0, 36),
                                  ("total", "any"): (60, 36, 24, 36), ("total", "Anh"): (40, 28, 12, 28),
                                  ("total", "Binh"): (56, 36, 20, 36)})
        east = impact["00102", "any"]
        self.assertEqual(self.numbers(east, "lost_by_damage", "lost_by_power", "lost_by_transport",
                                      "lost_by_unattributed", "lost_by_mixed"), (20, 0, 0, 0, 16))
        self.assertEqual(self.numbers(east, "people_hours", "people_hours_low", "people_hours_high"), (360,) * 3)
        self.assertEqual(self.numbers(impact["00101", "any"], "roaming_dividend"), (6,))
        self.assertEqual({row["basis"] for row in impact.values()}, {"observed"})

    def test_a_site_counts_where_it_serves_most_people(self):
        self.run_well()
        names = ("sites", "sites_out", "sites_out_damage", "sites_out_power", "sites_unknown", "sites_out_expected")
        sites = {key: self.numbers(row, *names) for key, row in self.impact().items()}
        self.assertEqual(sites["00101", "any"], (2, 0, 0, 0, 0, 0))
        self.assertEqual(sites["00102", "any"], (2, 2, 1, 1, 0, 2))
        self.assertEqual(sites["00102", "Anh"], (1, 1, 0, 1, 0, 1))
        self.assertEqual(sites["total", "any"], (4, 2, 1, 1, 0, 2))
        self.assertEqual([(row["id"], row["commune"], row["observed"], row["cause"], float(row["outage_6h"]))
                          for row in self.rows("sites.csv")],
                         [("S1", "00101", "up", "", 0), ("S2", "00102", "down", "power", 1),
                          ("S3", "00101", "up", "", 0), ("S4", "00102", "down", "damage", 1)])

    def test_before_minus_lost_plus_gained_plus_change_in_unknown_is_after(self):
        self.run_well()
        for row in self.rows("impact.csv"):
            before, lost, gained, unknown, after = self.numbers(row, "served_before", "lost", "gained",
                                                                "change_in_unknown", "served_after")
            self.assertEqual(before - lost + gained + unknown, after)
        people = {row["code"]: float(row["people"]) for row in self.rows()} | {"total": 84}
        rows = self.rows("transitions.csv")
        self.assertEqual([row["question"] for row in rows], ["mobile", "4g", "Anh", "Binh"] * 3)
        for row in rows:
            self.assertEqual(sum(self.numbers(row, *CELLS)), people[row["code"]])
        total = {row["question"]: row for row in rows if row["code"] == "total"}
        self.assertEqual(self.numbers(total["Anh"], "served_to_served", "served_to_unserved", "unserved_to_unserved"),
                         (12, 28, 44))

    def test_only_communes_in_need_have_a_rank(self):
        self.run_well()
        first, second = self.rows("ranking.csv")
        self.assertEqual((first["rank"], first["code"], first["under_floor"], first["rank_low"], first["rank_high"]),
                         ("1", "00102", "YES", "1", "1"))
        self.assertEqual((second["rank"], second["code"], second["rank_high"], second["tied_with"]),
                         ("", "00101", "", ""))
        self.assertEqual([(row["code"], float(row["hours"]), float(row["people_dark"]))
                          for row in self.rows("people_dark_over_time.csv") if row["code"] != "00101"],
                         [("00102", 0, 60), ("00102", 6, 60), ("total", 0, 60), ("total", 6, 60)])

    def test_layers_and_maps_say_the_same(self):
        self.run_well()
        package = gdal.OpenEx(os.path.join(self.out, "phusong.gpkg"), gdal.OF_VECTOR)
        impact, gaps = package.GetLayerByName("impact"), package.GetLayerByName("gaps")
        self.assertEqual([(f["code"], f["operator"], f["people_lost"]) for f in impact],
                         [("00101", "any", 0), ("00102", "any", 36)])
        self.assertEqual([(f["code"], f["rank"]) for f in gaps], [("00102", 1), ("00101", None)])
        self.assertTrue(all(f.GetGeometryRef().Area() > 0 for layer in (impact, gaps) for f in layer))
        for name in ("impact.geojson", "ranking.geojson"):
            with open(os.path.join(self.out, name), encoding="utf-8") as file:
                self.assertEqual(len(json.load(file)["features"]), 2)
        after = gdal.Open(os.path.join(self.out, "after.tif"))
        numpy.testing.assert_array_equal(after.GetRasterBand(1).ReadAsArray(), [[1, 1, 1, 0, 0, 0]] * 4)
        self.assertEqual(after.GetMetadata()["PHUSONG_AFTER_EVENT"], "Bão số 1")
        self.assertTrue(os.path.exists(os.path.join(self.out, "after.qml")))
        before = gdal.Open(os.path.join(self.out, "service.tif"))
        numpy.testing.assert_array_equal(before.GetRasterBand(1).ReadAsArray(), [[1, 1, 1, 1, 1, 0]] * 4)

    def test_the_ledger_holds_the_answers_before_and_after(self):
        self.run_well()
        lost = [row for row in self.rows("ledger.csv")
                if (row["4g_anh"], row["4g_anh_after"]) == ("served", "unserved")]
        self.assertEqual(sum(self.numbers(row, "people")[0] for row in lost), 28)
        self.assertEqual({row["4g_binh"] for row in lost}, {"served"})

    def test_the_summary_tells_people_causes_and_ranks(self):
        text = self.run_well().stdout
        for words in ("Bão số 1 of 2025-09-28T18:00:00Z", "36 people lost mobile service of the 60 who had it",
                      "damage 55.6 %, several causes 44.4 %", "would keep 6 customers connected",
                      "Observed: 4 of 4 sites\n", "Communes most in need (1 in all)", "under the floor"):
            self.assertIn(words, text)
        answer = json.loads(self.run_well("--overwrite", "--json").stdout)["event"]
        self.assertEqual(answer["people_lost"], {"low": 36, "headline": 36, "high": 36})
        # 24 more never had service: in the dark, too.
        self.assertEqual(answer["people_dark"], {"low": 60, "headline": 60, "high": 60})
        self.assertEqual([gap["code"] for gap in answer["gaps"]], ["00102"])
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)["event_result"]
        self.assertEqual((manifest["certain"], manifest["scenarios"], manifest["seed"]), (True, 1024, 1))

    def test_an_event_changes_nothing_of_what_was_before_it(self):
        self.write("study.toml", self.calm)
        self.run_well()
        names = ("communes.csv", "provinces.csv", "dead_zones.csv")
        calm, tif = {name: self.rows(name) for name in names}, digest(os.path.join(self.out, "service.tif"))
        self.storm()
        self.run_well("--overwrite")
        self.assertEqual(digest(os.path.join(self.out, "service.tif")), tif)
        for name in names:
            rows = [row for row in self.rows(name) if not row.get("definition", "").endswith("_lost")]
            self.assertEqual([{key: row[key] for key in before}
                              for row, before in zip(rows, calm[name], strict=True)], calm[name], name)
        self.write("study.toml", self.calm)
        self.run_well("--overwrite")
        self.assertEqual({name: self.rows(name) for name in names}, calm)
        for name in ("impact.csv", "after.tif", "event.phusong", "ranking.csv"):
            self.assertFalse(os.path.exists(os.path.join(self.out, name)), name)


class Damage(Storm):
    def test_a_severity_takes_its_part_of_the_people_and_says_what_is_not_known(self):
        ring = small.cell_box(0, 3, 4, 2)
        self.write("damage.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"severity": 0.5},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}]}))
        self.storm('\n[event]\nname = "flood"\nhours = [0, 2]\n'
                   '[[event.damage]]\npath = "damage.geojson"\nseverity = "severity"\n')
        text = self.run_well().stdout
        east = self.impact()["00102", "any"]
        self.assertEqual(self.numbers(east, "lost", "unclear", "lost_by_maps_low", "lost_by_maps", "lost_by_maps_most"),
                         (0, 36, 0, 18, 18))
        self.assertEqual(self.numbers(east, "people_lost_low", "people_lost", "people_lost_high", "people_hours"),
                         (0, 18, 18, 84))
        self.assertEqual((east["sites"], east["basis"]), ("", "observed"))
        self.assertFalse(os.path.exists(os.path.join(self.out, "sites.csv")))
        self.assertEqual([(row["rank"], row["code"]) for row in self.rows("ranking.csv")],
                         [("1", "00102"), ("", "00101")])
        self.assertIn("18 (0 to 18) people lost mobile service", text)
        shares = {(row["zone"], row["layer"]): float(row["served"]) for row in self.rows("ledger_shares.csv")}
        self.assertEqual(shares["00102", "severity_headline of mobile"], 18)

    def test_coverage_of_afterwards_needs_no_sites(self):
        small.raster(self.path("after.tif"), [[1, 1, 0, 0, 0, 0]] * 4, kind=gdal.GDT_Byte, nodata=255)
        small.raster(self.path("after_b.tif"), [[0, 1, 1, 0, 1, 255]] * 4, kind=gdal.GDT_Byte, nodata=255)
        self.storm('\n[event]\nname = "storm"\n' + "".join(
            f'[[event.after]]\ntechnology = "4g"\noperator = "{name}"\npath = "{path}"\nrule = "present"\n'
            for name, path in (("Anh", "after.tif"), ("Binh", "after_b.tif"))))
        self.run_well()
        east = self.impact()["00102", "any"]
        self.assertEqual(self.numbers(east, "served_before", "lost", "served_after", "unclear", "people_lost"),
                         (36, 16, 20, 24, 16))


class WhatIf(Storm):
    def ask(self, text, *more):
        self.write("down.csv", text)
        return phusong("whatif", self.out, "--down", self.path("down.csv"), *more)

    def answer(self, text, *more):
        result = self.ask(text, "--json", *more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_says_what_a_run_with_the_same_statuses_says(self):
        self.statuses()
        self.storm()
        self.run_well()
        impact = self.impact()
        self.storm(EVENT)
        self.run_well("--overwrite")
        self.assertEqual(self.numbers(self.impact()["total", "any"], "people_lost"), (0,))
        answer = self.answer("id,status,cause\nS2,down,power\nS4,,structure\n")
        self.assertEqual(answer["sites_off"], 2)
        for place in answer["communes"] + [answer["total"]]:
            row = impact[place["code"], "any"]
            self.assertEqual((place["people_lost"], place["roaming_dividend"]),
                             self.numbers(row, "people_lost", "roaming_dividend"))
            for operator, people in place["people_lost_by_operator"].items():
                self.assertEqual((people,), self.numbers(impact[place["code"], operator], "people_lost"))
        self.assertEqual([place["code"] for place in answer["communes"]], ["00102", "00101"])
        self.assertEqual(len(self.answer("id\nS2\nS4\n", "--top", "1")["communes"]), 1)
        table = self.ask("id\nS2\nS4\n").stdout
        self.assertIn("2 of 4 off the air", table)
        self.assertRegex(table, r"Xã Đông +60 +36 +16 +36 +0\n")

    def test_counts_whom_a_run_with_the_same_statuses_calls_lost_under_partial_damage_too(self):
        self.write("damage.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"severity": 0.5},
             "geometry": {"type": "Polygon", "coordinates": [small.cell_box(0, 3, 4, 2)]}}]}))
        damage = '[[event.damage]]\npath = "damage.geojson"\nseverity = "severity"\n'
        self.statuses()
        self.storm(EVENT + STATUS + damage)
        self.run_well()
        lost = self.numbers(self.impact()["00102", "any"], "lost")
        self.storm(EVENT + damage)
        self.run_well("--overwrite")
        self.assertEqual((self.answer("id\nS2\nS4\n")["communes"][0]["people_lost"],), lost)
        self.assertEqual(lost, (36,))

    def test_a_site_that_was_seen_on_the_air_goes_with_the_one_that_carries_it(self):
        self.sites({"S2": "S1", "S4": "S2"})
        self.statuses("S1,up,\nS2,up,\nS3,up,\nS4,up,\n")
        self.storm()
        self.run_well()
        self.assertEqual(self.answer("id\n")["sites_off"], 0)
        self.assertEqual(self.answer("id\nS1\n")["sites_off"], 3)
        self.assertEqual(self.answer("id,status\nS1,down\nS2,up\n")["sites_off"], 1)

    def test_writes_nothing_and_refuses_what_it_does_not_know(self):
        self.storm(EVENT)
        self.run_well()
        before = sorted(os.listdir(self.folder) + os.listdir(self.out))
        result = self.ask("id\nS2\nS9\nS8\n")
        self.assertEqual(result.returncode, 1)
        self.assertIn("the study has no site 'S9', 'S8'", result.stderr)
        self.assertEqual(sorted(os.listdir(self.folder) + os.listdir(self.out)), sorted(before + ["down.csv"]))
        self.assertEqual(phusong("whatif", self.out).returncode, 2)

    def test_says_in_a_sentence_where_there_is_nothing_to_ask(self):
        result = self.ask("id\nS2\n")
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("no folder of results", result.stderr)
        self.run_well()
        result = self.ask("id\nS2\n")
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("a study without an event", result.stderr)
        with open(os.path.join(self.out, "event.phusong"), "wb") as file:
            file.write(b"not an archive")
        self.assertEqual(self.ask("id\nS2\n").returncode, 1)


class Restore(Storm):
    """S2 lacks power: a generator takes 4 h and brings 16 people back. S4 is damaged: 24 h, 36 or the other 20."""
    SECTION = "[restoration]\ncrews = 1\nsite_hours = 24\ngenerator_hours = 4\n"

    def setUp(self):
        super().setUp()
        self.statuses()
        self.storm(EVENT + STATUS + self.SECTION)
        self.run_well()

    def restore(self, *more):
        result = phusong("restore", self.out, "--json", *more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_the_run_writes_the_order_of_work_as_table_map_and_curve(self):
        rows = self.rows("restoration.csv")
        self.assertEqual([(row["kind"], row["name"]) for row in rows], [("generator", "S2"), ("site", "S4")])
        self.assertEqual([self.numbers(row, "start_hours", "end_hours", "people_restored", "people_per_hour")
                          for row in rows], [(0, 4, 16, 4), (4, 28, 20, 20 / 24)])
        self.assertEqual([self.numbers(row, "hours", "people_served") for row in self.rows("restoration_curve.csv")],
                         [(0, 24), (4, 40), (28, 60)])
        with open(os.path.join(self.out, "restoration.geojson"), encoding="utf-8") as file:
            features = json.load(file)["features"]
        package = gdal.OpenEx(os.path.join(self.out, "phusong.gpkg"))
        points = [feature.geometry().GetPoint_2D() for feature in package.GetLayerByName("restoration")]
        self.assertEqual(len(points), 2)
        for row, feature, point in zip(rows, features, points):
            place = self.numbers(row, "longitude", "latitude")
            self.assertEqual((tuple(feature["geometry"]["coordinates"]), point), (place, place))

    def test_the_workbook_has_the_rows_of_the_tables_that_people_read(self):
        book = gdal.OpenEx(os.path.join(self.out, "phusong.xlsx"), allowed_drivers=["XLSX"])
        sheets = [book.GetLayer(i) for i in range(book.GetLayerCount())]
        self.assertEqual([sheet.GetName() for sheet in sheets],
                         ["communes", "provinces", "dead_zones", "ranking", "restoration"])
        for sheet in sheets:
            rows = self.rows(sheet.GetName() + ".csv")
            key = "main_commune" if sheet.GetName() == "dead_zones" else "name"
            self.assertEqual([feature[key] for feature in sheet], [row[key] or None for row in rows])
        self.assertEqual([feature["code"] for feature in sheets[0]], ["00101", "00102"])

    def test_the_plan_says_what_it_saves_and_how_far_from_the_best_it_can_be(self):
        with open(os.path.join(self.out, "manifest.json"), encoding="utf-8") as file:
            plan = json.load(file)["event_result"]["restoration"]
        self.assertEqual(plan["people_hours"], 36 * 4 + 20 * 24)
        self.assertEqual(plan["people_hours_of_other_orders"]["biggest_first"], 36 * 24)
        self.assertLessEqual(plan["people_hours_at_least"], plan["people_hours"])
        self.assertAlmostEqual(plan["gap"], 1 - plan["people_hours_at_least"] / plan["people_hours"])
        answer = self.restore()
        self.assertEqual({key: answer[key] for key in plan}, plan)
        self.assertEqual([step["name"] for step in answer["order"]], ["S2", "S4"])

    def test_another_number_of_crews_is_answered_from_the_saved_run(self):
        before = {name: digest(os.path.join(self.out, name)) for name in os.listdir(self.out)}
        self.assertEqual(self.restore("--crews", "2")["people_hours"], 36 * 4 + 20 * 20)
        self.assertEqual(self.restore("--generator-hours", "100")["people_hours"], 36 * 24)
        self.assertEqual({name: digest(os.path.join(self.out, name)) for name in os.listdir(self.out)}, before)
        text = phusong("restore", self.out, "--top", "1").stdout
        self.assertIn("generator S2", text)
        self.assertNotIn("site S4", text)
        self.assertIn("gap", text)
        for wrong in (("--crews", "0"), ("--hour", "-5"), ("--site-hours", "0")):
            self.assertEqual(phusong("restore", self.out, *wrong).returncode, 2, wrong)

    def test_without_sites_or_an_event_it_says_so_in_a_sentence(self):
        self.write("study.toml", self.calm + self.SECTION)
        result = self.run_study("--overwrite")
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("[event.sites]", result.stderr)
        self.write("study.toml", self.calm)
        self.run_well("--overwrite")
        result = phusong("restore", self.out)
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))
        self.assertIn("a study without an event", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
