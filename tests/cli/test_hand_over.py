"""Files for other programs: CSV as Excel in Vietnam reads it, PMTiles, cloud-optimised rasters, usage for programs."""
import csv
import gzip
import json
import os
import struct
import sys
import unittest

from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

import small_inputs as small
from test_command_line import Folder, phusong
from test_dead_zones import Ragged
from test_event import EVENT, STATUS
from test_rollout import Rollout


class Dialects(Rollout):
    """Tables of all kinds, with names that need quotes."""

    def setUp(self):
        super().setUp()
        self.statuses()
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(EVENT + STATUS + '[[target]]\ntechnology = "4g"\npercent = 90\n')
        self.vi = self.path("vi")
        self.assertEqual(phusong("run", self.study, "--out", self.out).returncode, 0)
        done = phusong("run", self.study, "--out", self.vi, "--csv-dialect", "excel-vi")
        self.assertEqual(done.returncode, 0, done.stderr)

    def table(self, folder, name, **how):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            return list(csv.reader(file, **how))

    def tables(self):
        return [name for name in os.listdir(self.out) if name.endswith(".csv")]

    def test_cells_are_the_same_but_for_the_decimal_sign(self):
        self.assertGreater(len(self.tables()), 8)
        fractions = 0
        for name in self.tables():
            with self.subTest(table=name):
                with open(os.path.join(self.vi, name), "rb") as file:
                    self.assertTrue(file.read().startswith(b"\xef\xbb\xbf"))
                kinds = self.table(self.out, name + "t")[0]
                self.assertEqual(kinds, self.table(self.vi, name + "t")[0])
                found = self.table(self.vi, name, delimiter=";")
                found[0][0] = found[0][0].removeprefix("\ufeff")
                wanted = self.table(self.out, name)
                for row in wanted[1:]:
                    for column, kind in enumerate(kinds):
                        if kind == "Real":
                            fractions += "." in row[column]
                            row[column] = row[column].replace(".", ",")
                self.assertEqual(found, wanted)
        self.assertGreater(fractions, 50)

    def test_gdal_reads_codes_as_text_and_numbers_as_numbers(self):
        vi, rfc = (gdal.OpenEx(os.path.join(folder, "communes.csv"), gdal.OF_VECTOR) for folder in (self.vi, self.out))
        rows = [row.items() for row in rfc.GetLayer(0)]
        self.assertEqual([row.items() for row in vi.GetLayer(0)], rows)
        self.assertIsInstance(rows[0]["code"], str)
        self.assertIsInstance(rows[0]["people"], float)

    def test_the_other_files_do_not_change(self):
        for name in os.listdir(self.out):
            if name.endswith(".csv") or name in ("manifest.json", "report.html"):  # which say the dialect
                continue
            with open(os.path.join(self.out, name), "rb") as one, open(os.path.join(self.vi, name), "rb") as other:
                self.assertEqual(one.read(), other.read(), name)

    def test_verify_reads_both_and_names_a_cell_that_was_altered(self):
        for folder in (self.out, self.vi):
            done = phusong("verify", folder)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        path = os.path.join(self.vi, "ledger.csv")
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        cells = lines[1].split(";")
        column = lines[0].lstrip("\ufeff").split(";").index("people")
        cells[column] = cells[column][:-1] + str((int(cells[column][-1]) + 1) % 10)
        lines[1] = ";".join(cells)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        done = phusong("verify", self.vi)
        self.assertEqual(done.returncode, 5)
        self.assertIn("column 'people'", done.stderr)

    def test_the_study_may_say_it(self):
        with open(self.study, "a", encoding="utf-8") as file:
            file.write('[output]\ncsv_dialect = "excel-vi"\n')
        said = self.path("said")
        self.assertEqual(phusong("run", self.study, "--out", said).returncode, 0)
        for name in self.tables():
            with open(os.path.join(said, name), "rb") as one, open(os.path.join(self.vi, name), "rb") as other:
                self.assertEqual(one.read(), other.read(), name)
        self.assertEqual(phusong("run", self.study, "--out", said, "--csv-dialect", "excel").returncode, 2)


def varints(data):
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number, shift = 0, 0
    return numbers


def directory(data):
    """(tile number, run, length, offset) of each entry, by the specification."""
    numbers = varints(gzip.decompress(data))
    count, rest = numbers[0], numbers[1:]
    entries, tile = [], 0
    for i in range(count):
        tile += rest[i]
        length, offset = rest[2 * count + i], rest[3 * count + i]
        offset = entries[-1][3] + entries[-1][2] if offset == 0 else offset - 1
        entries.append((tile, rest[count + i], length, offset))
    return entries


class WebTiles(Ragged):
    def test_a_reader_finds_communes_and_dead_zones_where_they_are(self):
        self.run_well("--pmtiles")
        with open(self.out_path("phusong.pmtiles"), "rb") as file:
            archive = file.read()
        self.assertEqual(archive[:8], b"PMTiles\x03")
        root, root_size, about, about_size, leaves, leaves_size, tiles, tiles_size = struct.unpack("<8Q", archive[8:72])
        self.assertLessEqual(root + root_size, 16384)
        self.assertEqual((leaves_size, tiles + tiles_size), (0, len(archive)))
        west, south, east, north = (value / 1e7 for value in struct.unpack("<4i", archive[102:118]))
        self.assertAlmostEqual(west, small.WEST, 6)
        self.assertAlmostEqual(north, small.NORTH, 6)
        self.assertTrue(west < east and south < north)
        metadata = json.loads(gzip.decompress(archive[about:about + about_size]))
        self.assertEqual([layer["id"] for layer in metadata["vector_layers"]], ["communes", "dead_zones"])
        entries = directory(archive[root:root + root_size])
        self.assertEqual(struct.unpack("<3Q", archive[72:96]), (len(entries),) * 3)
        self.assertEqual(entries, sorted(entries))
        # All of the study lies in one tile of the coarsest zoom, 4: the first of them.
        _, run, length, offset = entries[0]
        self.assertEqual(run, 1)
        path = self.path("tile.pbf")
        with open(path, "wb") as file:
            file.write(gzip.decompress(archive[tiles + offset:tiles + offset + length]))
        tile = gdal.OpenEx(path, gdal.OF_VECTOR, allowed_drivers=["MVT"])
        people = {feature["code"]: feature["people"] for feature in tile.GetLayerByName("communes")}
        self.assertEqual(people, {row["code"]: float(row["people"]) for row in self.rows()})
        finest = directory(archive[root:root + root_size])[-1]
        with open(path, "wb") as file:
            file.write(gzip.decompress(archive[tiles + finest[3]:tiles + finest[3] + finest[2]]))
        self.assertIsNotNone(gdal.OpenEx(path, gdal.OF_VECTOR, allowed_drivers=["MVT"]))

    def test_the_same_run_gives_the_same_bytes_and_leaves_no_tiles_behind(self):
        self.run_well("--pmtiles")
        with open(self.out_path("phusong.pmtiles"), "rb") as file:
            before = file.read()
        self.run_well("--pmtiles", "--overwrite", "--threads", "3")
        with open(self.out_path("phusong.pmtiles"), "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual([name for name in os.listdir(self.out) if name.endswith((".tiles", ".db"))], [])
        self.assertEqual(phusong("verify", self.out).returncode, 0)


class Rasters(Ragged):
    def test_every_raster_is_a_valid_cloud_optimised_geotiff_with_named_bands(self):
        self.run_well("--distance")
        names = [name for name in os.listdir(self.out) if name.endswith(".tif")]
        self.assertEqual(sorted(names), ["dead_zones.tif", "distance.tif", "service.tif"])
        for name in names:
            warnings, errors, _ = validate(self.out_path(name), full_check=True)
            self.assertEqual((warnings, errors), ([], []), name)
            raster = gdal.Open(self.out_path(name))
            for number in range(1, raster.RasterCount + 1):
                self.assertNotEqual(raster.GetRasterBand(number).GetDescription(), "")
                self.assertNotIn(raster.GetRasterBand(number).GetColorInterpretation(),
                                 (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand))

    def test_a_single_band_of_classes_has_colours(self):
        with open(self.study, encoding="utf-8") as file:
            study = file.read()
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(study[:study.index('[[coverage]]\ntechnology = "5g"')])
        self.run_well()
        raster = gdal.Open(self.out_path("service.tif"))
        table = raster.GetRasterBand(1).GetColorTable()
        self.assertNotEqual(table.GetColorEntry(0), table.GetColorEntry(1))


class Catalogue(Ragged):
    def test_the_item_names_every_table_and_map_and_where_the_study_lies(self):
        self.run_well("--pmtiles")
        with open(self.out_path("stac-item.json"), encoding="utf-8") as file:
            item = json.load(file)
        self.assertEqual((item["type"], item["stac_version"], item["links"]), ("Feature", "1.0.0", []))
        for member in ("id", "bbox", "geometry", "properties", "assets"):
            self.assertIn(member, item)
        kinds = (".tif", ".gpkg", ".geojson", ".csv", ".xlsx", ".pmtiles", ".qgz")
        self.assertEqual(set(item["assets"]), {name for name in os.listdir(self.out) if name.endswith(kinds)})
        for name, asset in item["assets"].items():
            self.assertTrue(os.path.exists(os.path.join(self.out, asset["href"])), name)
        raster = gdal.Open(self.out_path("service.tif"))
        left, width, _, top, _, height = raster.GetGeoTransform()
        self.assertEqual(item["properties"]["proj:transform"], [width, 0, left, 0, height, top])
        self.assertEqual(item["properties"]["proj:shape"], [raster.RasterYSize, raster.RasterXSize])
        self.assertEqual(item["properties"]["proj:epsg"], 4326)
        box = [left, top + height * raster.RasterYSize, left + width * raster.RasterXSize, top]
        for found, wanted in zip(item["bbox"], box):
            self.assertAlmostEqual(found, wanted, 9)
        self.assertRegex(item["properties"]["datetime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class Usage(Folder):
    def test_the_usage_for_programs_names_what_the_help_names(self):
        usage = json.loads(phusong("--json-usage").stdout)
        self.assertEqual(usage["name"], "phusong")
        overview = phusong("--help").stdout
        for command in usage["commands"]:
            self.assertIn(command["name"], overview)
            page = phusong(command["name"], "--help").stdout
            for option in command["options"]:
                for name in option["names"]:
                    self.assertIn(name, page)
        run = next(command for command in usage["commands"] if command["name"] == "run")
        options = {option["names"][-1]: option for option in run["options"]}
        self.assertTrue(options["--overwrite"]["flag"])
        self.assertTrue(options["--coverage"]["repeatable"])
        self.assertTrue(options["--output"]["required"])
        self.assertIn("{rfc,excel-vi}", options["--csv-dialect"]["values"])

    def test_progress_for_programs_is_an_object_a_line(self):
        done = self.run_study("--progress", "json", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        steps = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
        counted = [step for step in steps if "all" in step]
        self.assertEqual(counted[-1]["done"], counted[-1]["all"])


del Ragged, Rollout  # their own tests run elsewhere

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
