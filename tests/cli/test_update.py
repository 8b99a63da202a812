"""A pass that is kept: runs that go on, results that are brought up to date. Nine tiles of 512 cells a side."""
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

import numpy
from osgeo import gdal

import small_inputs as small
from test_command_line import PROGRAM, Folder, digest, phusong

SIDE = 1030
TILES = 9
DAMAGE = """
[event]
name = "Bão số 1"
[[event.damage]]
path = "flood.geojson"
cause = "flood"
"""


class Kept(Folder):
    def setUp(self):
        super().setUp()
        random = numpy.random.default_rng(3)
        people = numpy.add.outer(numpy.arange(SIDE) % 7, numpy.arange(SIDE) // 100).astype(numpy.float32) + 1
        self.tiled("people.tif", people, gdal.GDT_Float32)
        self.covered = numpy.kron(random.integers(0, 2, (21, 21)), numpy.ones((50, 50)))[:SIDE, :SIDE].astype(numpy.uint8)
        self.tiled("4g.tif", self.covered)
        small.communes(self.path("communes.geojson"),
                       [("00101", "Xã Tây", small.cell_box(0, 0, SIDE, 700)),
                        ("00102", "Xã Đông", small.cell_box(0, 700, SIDE, SIDE - 700))])
        self.kept = self.path("kept")

    def tiled(self, name, values, kind=gdal.GDT_Byte, block=256):
        dataset = gdal.GetDriverByName("GTiff").Create(
            self.path(name), values.shape[1], values.shape[0], 1, kind,
            ["COMPRESS=DEFLATE", "TILED=YES", f"BLOCKXSIZE={block}", f"BLOCKYSIZE={block}"])
        dataset.SetGeoTransform((small.WEST, small.CELL, 0, small.NORTH, 0, -small.CELL))
        dataset.SetProjection(small.crs(4326).ExportToWkt())
        dataset.GetRasterBand(1).WriteArray(values)
        dataset = None
        return self.path(name)

    def changed_corner(self, name="new.tif"):
        """Another map of 4G: in the first tile alone."""
        changed = self.covered.copy()
        changed[100:200, 100:300] = 1 - changed[100:200, 100:300]
        return self.tiled(name, changed)

    def well(self, *arguments):
        result = phusong(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def keep(self, *more):
        return self.well("run", self.study, "--out", self.out, "--keep", self.kept, *more)

    def shards(self):
        folder = os.path.join(self.kept, "shards")
        return sorted(os.path.join(folder, name) for name in os.listdir(folder)) if os.path.isdir(folder) else []

    def files(self, folder):
        return {name: digest(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}

    def assert_as_whole_run(self, folder=None):
        """The results are, byte for byte, those of a run of the study file that keeps nothing."""
        whole = self.path("whole")
        self.well("run", self.study, "--out", whole, "--overwrite", "-q")
        self.assertEqual(self.files(folder or self.out), self.files(whole))


class Resume(Kept):
    def test_a_kept_run_writes_what_a_plain_run_writes(self):
        result = self.keep()
        self.assertEqual(len(self.shards()), TILES)
        self.assertNotIn("kept", result.stderr)
        self.assert_as_whole_run()

    def test_a_run_that_is_killed_goes_on_to_the_same_bytes(self):
        for wanted in (1, 3, 6):
            shutil.rmtree(self.kept, ignore_errors=True)
            process = subprocess.Popen([PROGRAM, "run", self.study, "--out", self.out, "--keep", self.kept,
                                        "--threads", "1", "-q"], stderr=subprocess.DEVNULL)
            while process.poll() is None and len(self.shards()) < wanted:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.keep("--resume", "--overwrite")
            self.assert_as_whole_run()
            self.assertEqual([name for name in self.shards() if "/." in name], [])

    def test_ctrl_c_says_where_to_go_on_from(self):
        process = subprocess.Popen([PROGRAM, "run", self.study, "--out", self.out, "--keep", self.kept,
                                    "--threads", "1"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while process.poll() is None and not self.shards():
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()
        if process.returncode != 0:  # it was not quicker than the signal
            self.assertEqual(process.returncode, 130, stderr)
            self.assertFalse(os.path.exists(self.out))
            if "stopped before" in stderr and "kept" in stderr:
                self.assertIn("--resume", stderr)
        self.keep("--resume", "--overwrite")
        self.assert_as_whole_run()

    def test_only_what_is_there_and_whole_is_taken(self):
        self.keep()
        shards = self.shards()
        os.remove(shards[0])
        with open(shards[4], "r+b") as file:
            file.seek(1000)
            byte = file.read(1)[0]
            file.seek(1000)
            file.write(bytes([byte ^ 16]))
        os.truncate(shards[8], 100)
        with open(os.path.join(self.kept, "shards", ".000000.phusong"), "wb") as file:
            file.write(b"half made")
        result = self.keep("--resume", "--overwrite")
        self.assertIn(f"counted 3 of {TILES} tiles", result.stderr)
        self.assertIn("(2 were kept, but damaged)", result.stderr)
        self.assertEqual(self.shards(), shards)
        self.assert_as_whole_run()
        self.assertIn(f"counted 0 of {TILES} tiles", self.keep("--resume", "--overwrite").stderr)

    def test_folders_that_cannot_be_kept_in_are_refused(self):
        self.keep()
        shutil.rmtree(self.out)
        full = self.path("full")
        os.mkdir(full)
        with open(os.path.join(full, "mine.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        for folder, code, word in ((self.kept, 3, "--resume"), (full, 3, "no kept pass"),
                                   (os.path.join(self.out, "kept"), 3, "lies in"), (self.study, 3, "not a folder")):
            result = phusong("run", self.study, "--out", self.out, "--keep", folder)
            self.assert_refused(result, code, word)
        self.assertEqual(phusong("run", self.study, "--out", self.out, "--resume").returncode, 2)


class Update(Kept):
    def test_another_file_is_counted_only_where_it_differs(self):
        self.keep()
        result = self.well("update", self.kept, "--replace", "4g=" + self.changed_corner())
        self.assertIn(f"counted 1 of {TILES} tiles; the other 8 are as they were kept", result.stderr)
        self.edit_study("4g.tif", "new.tif")
        self.assert_as_whole_run()

    def test_replacements_stay(self):
        self.keep()
        self.well("update", self.kept, "--replace", "4g=" + self.changed_corner())
        people = gdal.Open(self.path("people.tif")).ReadAsArray()
        people[1028, 1028] += 7
        self.tiled("census.tif", people, gdal.GDT_Float32)
        result = self.well("update", self.kept, "--replace", "population=" + self.path("census.tif"),
                           "--out", self.path("second"))
        self.assertIn(f"counted 1 of {TILES} tiles", result.stderr)
        self.edit_study("4g.tif", "new.tif")
        self.edit_study("people.tif", "census.tif")
        self.assert_as_whole_run(self.path("second"))

    def test_a_file_that_was_written_over_is_noticed(self):
        self.keep()
        self.changed_corner("4g.tif")
        result = self.keep("--resume", "--overwrite")
        self.assertIn(f"counted 1 of {TILES} tiles", result.stderr)
        self.assert_as_whole_run()

    def test_the_same_cells_stored_in_another_way_give_the_same(self):
        """Blocks are compared as they are stored: what cannot be told to be equal is counted."""
        self.keep()
        self.tiled("blocks.tif", self.covered, block=128)
        result = self.well("update", self.kept, "--replace", "4g=" + self.path("blocks.tif"))
        self.assertIn(f"counted {TILES} of {TILES} tiles", result.stderr)
        self.edit_study("4g.tif", "blocks.tif")
        self.assert_as_whole_run()

    def test_files_without_blocks_of_their_own_are_compared_cell_by_cell(self):
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
        self.addCleanup(gdal.SetConfigOption, "GDAL_TIFF_INTERNAL_MASK", None)
        for name in ("masked.tif", "remasked.tif"):
            dataset = gdal.Open(self.tiled(name, self.covered), gdal.GA_Update)
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            mask = numpy.full((SIDE, SIDE), 255, numpy.uint8)
            if name == "remasked.tif":
                mask[1028, 1028] = 0
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(mask)
            dataset = None
        self.edit_study("4g.tif", "masked.tif")
        self.keep()
        result = self.well("update", self.kept, "--replace", "4g=" + self.path("remasked.tif"))
        self.assertIn(f"counted 1 of {TILES} tiles", result.stderr)
        self.edit_study("masked.tif", "remasked.tif")
        self.assert_as_whole_run()

    def test_another_area_of_damage_is_counted_where_it_lies(self):
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(DAMAGE)
        def flood(name, *boxes):
            small.communes(self.path(name), [(str(i), "", small.cell_box(*box)) for i, box in enumerate(boxes)])
        flood("flood.geojson", (600, 600, 50, 50))
        flood("higher.geojson", (600, 600, 50, 50), (50, 50, 100, 100))
        self.keep()
        result = self.well("update", self.kept, "--replace", "damage=" + self.path("higher.geojson"))
        self.assertIn(f"counted 1 of {TILES} tiles", result.stderr)
        self.edit_study("flood.geojson", "higher.geojson")
        self.assert_as_whole_run()

    def test_another_question_takes_everything(self):
        self.keep()
        with open(self.study, encoding="utf-8") as file:
            text = file.read()
        for more, counted in (('[[dead_zones]]\nname = "no_mobile"\ntechnologies = ["4g"]\nminimum_people = 50\n', 0),
                              ('[[dead_zones]]\nname = "no_mobile"\ntechnologies = ["4g"]\nconnectivity = 4\n', TILES)):
            with open(self.study, "w", encoding="utf-8") as file:
                file.write(text + more)
            result = self.well("update", self.kept, "--study", self.study)
            if counted:
                self.assertIn(f"nothing kept in '{self.kept}' could be used", result.stderr)
                self.assertIn(f"all {TILES} tiles were counted", result.stderr)
            else:
                self.assertIn(f"counted 0 of {TILES} tiles", result.stderr)
            self.assert_as_whole_run()

    def test_a_map_on_another_lattice_is_counted_whole(self):
        self.keep()
        half = numpy.kron(self.covered, numpy.ones((2, 2), numpy.uint8))
        small.raster(self.path("fine.tif"), half, kind=gdal.GDT_Byte,
                     geotransform=(small.WEST, small.CELL / 2, 0, small.NORTH, 0, -small.CELL / 2))
        result = self.well("update", self.kept, "--replace", "4g=" + self.path("fine.tif"))
        self.assertIn("nothing kept", result.stderr)
        self.edit_study("4g.tif", "fine.tif")
        self.assert_as_whole_run()

    def test_a_study_of_flags_is_updated_from_anywhere(self):
        flags = ["--communes", "communes.geojson", "--population", "people.tif", "--coverage"]
        first = phusong("run", *flags, "4g=4g.tif", "--out", "out", "--keep", "kept", "--distance", cwd=self.folder)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.changed_corner()
        result = phusong("update", "kept", "--replace", "4g=new.tif", cwd=self.folder)
        self.assertIn(f"counted 1 of {TILES} tiles", result.stderr)
        whole = phusong("run", *flags, "4g=new.tif", "--out", "whole", "--distance", cwd=self.folder)
        self.assertEqual(whole.returncode, 0, whole.stderr)
        self.assertIn("distance.tif", self.files(self.out))
        self.assertEqual(self.files(self.out), self.files(self.path("whole")))
        result = phusong("update", self.kept, cwd="/")
        self.assertIn(f"counted 0 of {TILES} tiles", result.stderr)

    def test_what_cannot_be_updated_is_refused_in_a_sentence(self):
        self.keep()
        before = self.files(self.out)
        notes = digest(os.path.join(self.kept, "kept.json"))
        self.tiled("odd.tif", self.covered + 250)
        for arguments, words in (((self.folder,), ("holds no kept pass", "--keep")),
                                 ((self.kept, "--replace", "5g=x.tif"), ("no input '5g'", "4g, population, communes")),
                                 ((self.kept, "--replace", "4g"), ("INPUT=FILE",)),
                                 ((self.kept, "--replace", "4g=" + self.path("no.tif")), ("no.tif",))):
            result = phusong("update", *arguments)
            self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1), result.stderr)
            for word in words:
                self.assertIn(word, result.stderr)
        result = phusong("update", self.kept, "--out", self.out)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("--overwrite", result.stderr)
        self.assertEqual(self.files(self.out), before)
        self.assertEqual(digest(os.path.join(self.kept, "kept.json")), notes)
        with open(os.path.join(self.kept, "kept.json"), "w", encoding="utf-8") as file:
            json.dump({"format": "phusong kept pass 0"}, file)
        result = phusong("update", self.kept)
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1), result.stderr)
        self.assertIn("another version", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
