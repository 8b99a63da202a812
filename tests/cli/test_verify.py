"""phusong verify: a digit that was altered in any file of a result folder is found, and said where."""
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import sys
import unittest
import zipfile

from osgeo import gdal

from test_command_line import phusong
from test_dead_zones import Ragged
from test_event import EVENT, STATUS
from test_rollout import Rollout

TARGET = '[[target]]\ntechnology = "4g"\npercent = 90\n'
# What follows from nothing else in the folder: the hashes of the manifest stand for it alone.
BY_HASH_ALONE = ("service.tif", "after.tif", "people_dark.tif", "distance.tif", "transitions.csv",
                 "stac-item.json",
                 "people_dark_over_time.csv", "sites.csv", "restoration_curve.csv", "impact.csv", "ledger_shares.csv")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def another_digit(random, content):
    """One of the digits of a text, and a different one in its place."""
    at = random.choice([match.start() for match in re.finditer(rb"[0-9]", content)])
    digit = random.choice([d for d in b"0123456789" if d != content[at]])
    return content[:at] + bytes([digit]) + content[at + 1:]


def set_field(path, layer, feature, column, value):
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    rows = dataset.GetLayerByName(layer)
    row = rows.GetFeature(feature)
    row.SetField(column, value)
    rows.SetFeature(row)


def alter_geopackage(random, path):
    """One digit of one number of one of our tables."""
    with sqlite3.connect(path) as database:
        cells = []
        for table, in database.execute("SELECT table_name FROM gpkg_contents").fetchall():
            cursor = database.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor:
                cells += [(table, row[0], names[i], value) for i, value in enumerate(row)
                          if names[i] not in ("fid", "geom") and isinstance(value, (int, float))]
    database.close()
    table, row, column, value = random.choice(cells)
    altered = value
    while altered == value:
        altered = type(value)(another_digit(random, repr(value).encode()).decode())
    set_field(path, table, row, column, altered)


def alter_workbook(random, path):
    """One digit of one number or text of one sheet."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = random.choice([name for name in parts if "worksheets/sheet" in name])
    value = random.choice([m for m in re.finditer(rb"<(?:v|t)>([^<]*[0-9][^<]*)</", parts[sheet])])
    text = another_digit(random, value.group(1))
    parts[sheet] = parts[sheet][:value.start(1)] + text + parts[sheet][value.end(1):]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


def alter_raster(random, path):
    """One cell of one band."""
    raster = gdal.OpenEx(path, gdal.OF_UPDATE, open_options=["IGNORE_COG_LAYOUT_BREAK=YES"])
    band = raster.GetRasterBand(random.randint(1, raster.RasterCount))
    column, row = random.randrange(raster.RasterXSize), random.randrange(raster.RasterYSize)
    cell = band.ReadAsArray(column, row, 1, 1)
    cell[0][0] = cell[0][0] + 1 if cell[0][0] < 200 else 0
    band.WriteArray(cell, column, row)


def alter(random, path):
    before = read(path)
    if path.endswith(".gpkg"):
        alter_geopackage(random, path)
    elif path.endswith(".xlsx"):
        alter_workbook(random, path)
    elif path.endswith(".tif"):
        alter_raster(random, path)
    elif path.endswith(".phusong"):
        at = random.randrange(len(before))
        write(path, before[:at] + bytes([before[at] ^ (1 << random.randrange(8))]) + before[at + 1:])
    elif re.search(rb"[0-9]", before):
        write(path, another_digit(random, before))
    else:
        write(path, before.replace(b"Real", b"String", 1) if b"Real" in before else before + b" ")
    assert read(path) != before, path


def seal(text):
    """The manifest with its own SHA-256 put right, as somebody would who hides an alteration."""
    mark = b'"manifest_sha256": "'
    at = text.rindex(mark) + len(mark)
    digits = hashlib.sha256(text[:at] + b"0" * 64 + text[at + 64:]).hexdigest().encode()
    return text[:at] + digits + text[at + 64:]


class Verify:
    """Mixed into a study that ran well."""

    def verify(self):
        return phusong("verify", self.out)

    def files(self):
        return sorted(os.listdir(self.pristine))

    def setUp(self):
        super().setUp()
        self.prepare()
        self.run_well()
        self.pristine = self.path("pristine")
        shutil.copytree(self.out, self.pristine)

    def restore(self):
        shutil.rmtree(self.out)
        shutil.copytree(self.pristine, self.out)

    def hide(self, name):
        """Writes the hash of an altered file into the manifest."""
        path = os.path.join(self.out, "manifest.json")
        before = hashlib.sha256(read(os.path.join(self.pristine, name))).hexdigest().encode()
        after = hashlib.sha256(read(os.path.join(self.out, name))).hexdigest().encode()
        write(path, seal(read(path).replace(before, after)))

    def altered(self, seed, name):
        self.restore()
        alter(random.Random(seed), os.path.join(self.out, name))

    def assert_found(self, name):
        result = self.verify()
        self.assertEqual(result.returncode, 5, f"{name}: {result.stdout}{result.stderr}")
        self.assertEqual(result.stdout, "")

    def test_an_untouched_folder_passes_and_is_left_as_it_was(self):
        result = self.verify()
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stderr)
        self.assertEqual({name: read(os.path.join(self.out, name)) for name in os.listdir(self.out)},
                         {name: read(os.path.join(self.pristine, name)) for name in self.files()})

    def test_every_file_is_watched_by_its_hash(self):
        for name in self.files():
            with self.subTest(file=name):
                self.altered(1, name)
                self.assert_found(name)

    def test_numbers_are_found_that_do_not_follow_though_their_hash_was_put_right(self):
        for name in self.files():
            if name in BY_HASH_ALONE or name.endswith((".csvt", ".qml", ".qgz")) or name == "manifest.json":
                continue
            for seed in range(2):
                with self.subTest(file=name, seed=seed):
                    self.altered(100 + seed, name)
                    self.hide(name)
                    self.assert_found(name)


class OfMaps(Verify, Ragged):
    def prepare(self):
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(TARGET)

    def edit(self, name, old, new):
        path = os.path.join(self.out, name)
        content = read(path)
        self.assertIn(old, content)
        write(path, content.replace(old, new, 1))

    def test_the_sentence_names_file_row_column_wanted_and_found(self):
        row = self.rows()[1]
        wanted = row["4g_low_pct"]
        found = wanted[:-1] + str((int(wanted[-1]) + 5) % 10)
        self.edit("communes.csv", f",{wanted},".encode(), f",{found},".encode())
        self.hide("communes.csv")
        said = self.verify().stderr.splitlines()[0]
        for word in ("'communes.csv'", "row 3", "'4g_low_pct'", f"wanted '{wanted}'", f"found '{found}'"):
            self.assertIn(word, said)

    def test_a_lie_told_in_all_files_alike_is_found_by_the_ledger(self):
        """People move from unserved to served in the GeoPackage, the CSV file and the GeoJSON file."""
        row = self.rows()[0]
        found = repr(float(row["4g_served"]) + 1)
        set_field(os.path.join(self.out, "phusong.gpkg"), "communes", 1, "4g_served", float(found))
        wanted = row["4g_served"]
        self.edit("communes.csv", f",{wanted},".encode(), f",{found.removesuffix('.0')},".encode())
        self.edit("communes.geojson", f'"4g_served":{float(wanted)!r}'.encode(), f'"4g_served":{found}'.encode())
        os.remove(os.path.join(self.out, "phusong.xlsx"))
        said = self.verify().stderr.splitlines()[0]
        for word in ("'communes.csv'", "row 2", "'4g_served'", f"wanted '{wanted}'", "ledger.csv"):
            self.assertIn(word, said)

    def test_the_balance_of_the_manifest_follows_from_the_ledger(self):
        path = os.path.join(self.out, "manifest.json")
        manifest = json.loads(read(path))
        for part in ("communes", "outside", "counted_twice", "raster"):
            with self.subTest(part=part):
                self.restore()
                units = manifest["balance"][part]["units"]
                text = read(path)
                at = text.index(b'"balance"') + text[text.index(b'"balance"'):].index(f'"{part}"'.encode())
                head, tail = text[:at], text[at:]
                write(path, seal(head + tail.replace(f'"{units}"'.encode(), f'"{int(units) + 1}"'.encode(), 1)))
                self.assert_found("manifest.json")

    def test_an_input_that_changed_is_named_and_one_that_is_gone_is_told(self):
        os.remove(self.path("5g.tif"))
        result = self.verify()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("5g.tif", result.stdout)
        with open(self.path("4g.tif"), "ab") as file:
            file.write(b"\0")
        result = self.verify()
        self.assertEqual(result.returncode, 5)
        self.assertIn("4g.tif", result.stderr)

    def test_missing_and_added_files_are_told(self):
        write(os.path.join(self.out, "notes.txt"), b"mine")
        result = self.verify()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("notes.txt", result.stdout)
        os.remove(os.path.join(self.out, "service.qml"))
        self.assertIn("'service.qml' is not there", self.verify().stderr)

    def test_a_manifest_leads_to_no_file_outside_its_folder(self):
        path = os.path.join(self.out, "manifest.json")
        write(path, seal(read(path).replace(b'"service.qml"', b'"../4g.tif"')))
        result = self.verify()
        self.assertEqual(result.returncode, 5)
        self.assertIn("no file of the folder", result.stderr)

    def test_raked_results_follow_from_the_unraked_ledger(self):
        path = self.path("communes.geojson")
        communes = json.loads(read(path))
        for feature, people in zip(communes["features"], (1234.5, 987)):
            feature["properties"]["official"] = people
        write(path, json.dumps(communes).encode())
        self.edit_study('values = "people_per_cell"', 'values = "people_per_cell"\nadjust_to = "official"')
        self.run_well("--overwrite")
        result = self.verify()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(float(self.rows()[0]["people"]), 1234.5)

    def test_a_folder_without_results_is_refused(self):
        self.assertEqual(phusong("verify", self.folder).returncode, 1)
        self.assertEqual(phusong("verify").returncode, 2)


class OfAnEvent(Verify, Rollout):
    def prepare(self):
        self.statuses()
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(EVENT + STATUS + "[restoration]\ncrews = 2\n")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
