"""Files that somebody else made: nothing outside them is opened, nothing is called, nothing of ours is written over."""
import json
import os
import resource
import shutil
import socket
import stat
import subprocess
import sys
import time
import unittest

import numpy
from osgeo import gdal, ogr

import small_inputs as small
from test_command_line import PROGRAM, Folder, phusong

SECRET = "a word that is in no result"
MiB = 1 << 20


class Untrusted(Folder):
    def setUp(self):
        super().setUp()
        # The folder that a stranger's study lies in, and one beside it that is none of its business.
        self.secret = self.path("secret.txt")
        with open(self.secret, "w", encoding="utf-8") as file:
            file.write(SECRET)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def assert_tells_no_secret(self, result):
        self.assertNotIn(SECRET, result.stdout + result.stderr)
        for folder, _, names in os.walk(self.out):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(SECRET.encode(), file.read(), name)


class Listener:
    """A port of this machine, and who called it."""

    def __enter__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(0)
        self.address = f"http://127.0.0.1:{self.server.getsockname()[1]}/"
        return self

    def __exit__(self, *_):
        self.server.close()

    def was_called(self):
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return False
        return True


class Reach(Untrusted):
    def opened(self):
        """Files under the test's folder that a run opens, and whether it made a socket for a network."""
        trace = self.path("trace")
        result = subprocess.run(["strace", "-f", "-o", trace, "-e", "trace=open,openat,connect,socket", PROGRAM, "run",
                                 self.study, "--out", self.out], capture_output=True, text=True, check=False)
        with open(trace, encoding="utf-8", errors="replace") as file:
            return result, file.read()

    def test_a_run_opens_no_network_and_no_file_that_the_study_does_not_name(self):
        result, trace = self.opened()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertNotIn("AF_INET", trace)
        self.assertNotIn("secret.txt", trace)

    def test_a_crs_that_is_an_address_is_not_fetched(self):
        with Listener() as listener:
            crs = {"type": "link", "properties": {"href": listener.address + "crs.wkt", "type": "esriwkt"}}
            small.communes(self.path("communes.geojson"), [("00101", "a", small.cell_box(0, 0, 4, 6))])
            with open(self.path("communes.geojson"), encoding="utf-8") as file:
                communes = json.load(file)
            names = [{"type": "name", "properties": {"name": before + listener.address + "crs.wkt"}}
                     for before in ("", "/vsicurl/")]
            for value in (crs, *names):
                with self.subTest(crs=value):
                    self.write("communes.geojson", json.dumps({"crs": value, **communes}))
                    phusong("check", self.study)
                    self.assertFalse(listener.was_called())
            self.write("4g.tif.aux.xml", f"<PAMDataset><SRS>{listener.address}crs.wkt</SRS></PAMDataset>")
            small.communes(self.path("communes.geojson"), [("00101", "a", small.cell_box(0, 0, 4, 6))])
            phusong("check", self.study)
            self.assertFalse(listener.was_called())
            self.edit_study('path = "4g.tif"', f'path = "4g.tif"\ncrs = "{listener.address}crs.wkt"')
            phusong("check", self.study)
            self.assertFalse(listener.was_called())

    def test_xml_that_grows_or_leads_elsewhere_beside_a_raster_does_neither(self):
        bomb = "".join(f'<!ENTITY x{i} "{f"&x{i - 1};" * 10}">' for i in range(1, 12))
        for body in (f"<!DOCTYPE p [<!ENTITY x0 \"ha\">{bomb}]><PAMDataset><Metadata><MDI key=\"a\">&x11;</MDI>"
                     "</Metadata></PAMDataset>",
                     f'<!DOCTYPE p [<!ENTITY x SYSTEM "file://{self.secret}">]><PAMDataset><Metadata>'
                     '<MDI key="SYNTHETIC">&x;</MDI></Metadata></PAMDataset>'):
            self.write("4g.tif.aux.xml", body)
            shutil.rmtree(self.out, ignore_errors=True)
            start = time.monotonic()
            result = subprocess.run([PROGRAM, "run", self.study, "--out", self.out], capture_output=True, text=True,
                                    check=False, timeout=30,
                                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (3000 * MiB,) * 2))
            self.assertIn(result.returncode, (0, 1), result.stderr)
            self.assertLess(time.monotonic() - start, 20)
            self.assert_tells_no_secret(result)

    def test_sql_in_a_geopackage_loads_no_library(self):
        """A view and a trigger are SQL that a stranger wrote."""
        path = small.vectors(self.path("c.gpkg"), [("00101", "a", small.cell_box(0, 0, 4, 6))])
        package = ogr.Open(path, 1)
        package.ExecuteSQL(f"CREATE VIEW more AS SELECT load_extension('{self.path('other.so')}') AS code, geom "
                           "FROM communes")
        package.ExecuteSQL("INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) "
                           "VALUES ('more', 'more', 'features', 4326)")
        package.ExecuteSQL("INSERT INTO gpkg_geometry_columns VALUES ('more', 'geom', 'POLYGON', 4326, 0, 0)")
        package.ExecuteSQL("CREATE TRIGGER spoil AFTER INSERT ON communes BEGIN DELETE FROM communes; END")
        package = None
        self.edit_study('path = "communes.geojson"', 'path = "c.gpkg[communes]"')
        result = self.run_study()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(self.rows()), 1)
        shutil.rmtree(self.out)
        self.edit_study("c.gpkg[communes]", "c.gpkg[more]")
        result, trace = self.opened()
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertNotIn("other.so", trace)

    def test_formats_that_name_other_files_are_refused(self):
        self.write("c.vrt", '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>communes.geojson</SrcDataSource>'
                            "</OGRVRTLayer></OGRVRTDataSource>")
        self.write("c.kml", f'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file://{self.secret}">]>'
                            '<kml><NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>&x;</kml>')
        for name in ("c.vrt", "c.kml"):
            for disguise in (name, "c.gpkg", "c.geojson"):
                with self.subTest(file=name, called=disguise):
                    if disguise != name:
                        shutil.copy(self.path(name), self.path(disguise))
                    with open(self.study, encoding="utf-8") as file:
                        text = file.read()
                    self.edit_study('path = "communes.geojson"', f'path = "{disguise}"')
                    result = self.run_study()
                    self.write("study.toml", text)
                    self.assert_refused(result, 1, disguise)
                    self.assert_tells_no_secret(result)


class Size(Untrusted):
    def limited(self, *arguments, seconds=60, memory=3000):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, timeout=seconds,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory * MiB,) * 2))

    def test_a_raster_of_more_cells_than_anybody_has_is_refused_at_once(self):
        for rows, columns in ((2_000_000, 2_000_000), (1, 2_000_000_000)):
            with self.subTest(rows=rows, columns=columns):
                path = self.path("people.tif")
                os.remove(path)
                raster = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, gdal.GDT_Byte, [
                    "TILED=YES", "BLOCKXSIZE=16384", "BLOCKYSIZE=16384", "SPARSE_OK=TRUE", "BIGTIFF=YES"])
                raster.SetGeoTransform((105, 1e-7, 0, 19, 0, -1e-7))
                raster.SetProjection(small.crs(4326).ExportToWkt())
                raster = None
                result = self.limited("run", self.study, "--out", self.out)
                self.assertIn(result.returncode, (1, 4), result.stderr)
                self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
                self.assertFalse(os.path.exists(self.out))

    def test_blocks_of_gigabytes_are_refused_or_read_in_bounded_memory(self):
        path = self.path("4g.tif")
        os.remove(path)
        raster = gdal.GetDriverByName("GTiff").Create(path, 65536, 65536, 1, gdal.GDT_Float64, [
            "TILED=YES", "BLOCKXSIZE=65536", "BLOCKYSIZE=65536", "SPARSE_OK=TRUE", "BIGTIFF=YES", "COMPRESS=DEFLATE"])
        raster.SetGeoTransform((105, 1e-6, 0, 19, 0, -1e-6))
        raster.SetProjection(small.crs(4326).ExportToWkt())
        raster = None
        result = self.limited("run", self.study, "--out", self.out)
        self.assertIn(result.returncode, (0, 1, 4), result.stderr)
        self.assertNotEqual(result.stderr + result.stdout, "")

    def test_any_cut_or_altered_beginning_of_a_file_is_read_or_refused_in_a_sentence(self):
        """A hundred files with altered headers: none ends the program by a signal, or without a word."""
        numbers = numpy.random.default_rng(7)
        small.vectors(self.path("c.gpkg"), [("00101", "a", small.cell_box(0, 0, 4, 6))])
        with open(self.study, encoding="utf-8") as file:
            study = file.read()
        for name, instead_of in (("people.tif", "people.tif"), ("4g.tif", "4g.tif"), ("c.gpkg", "communes.geojson")):
            with open(self.path(name), "rb") as file:
                whole = file.read()
            for turn in range(12):
                broken = bytearray(whole)
                for at in numbers.integers(0, min(len(whole), 600), 4):
                    broken[at] = numbers.integers(0, 256)
                if turn % 4 == 3:
                    del broken[numbers.integers(1, len(whole)):]
                with open(self.path("odd-" + name), "wb") as file:
                    file.write(broken)
                self.write("study.toml", study.replace(f'"{instead_of}"', f'"odd-{name}"'))
                shutil.rmtree(self.out, ignore_errors=True)
                with self.subTest(file=name, turn=turn):
                    result = self.limited("run", self.study, "--out", self.out)
                    self.assertIn(result.returncode, (0, 1, 3, 4), result.stderr)
                    if result.returncode != 0:
                        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)


class Outputs(Untrusted):
    def test_a_study_file_in_the_output_folder_is_not_replaced(self):
        self.assertEqual(self.run_study().returncode, 0)
        inside = os.path.join(self.out, "study.toml")
        with open(self.study, encoding="utf-8") as file:
            text = file.read().replace('path = "', f'path = "{self.folder}/')
        with open(inside, "w", encoding="utf-8") as file:
            file.write(text)
        result = phusong("run", inside, "--out", self.out, "--overwrite")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("study.toml", result.stderr)
        self.assertTrue(os.path.exists(inside))

    def test_inputs_are_found_behind_links(self):
        """The output folder by another name, and inputs that it holds by links."""
        os.symlink(self.folder, self.path("here"))
        self.write("manifest.json", "{}")
        result = phusong("run", self.study, "--out", self.path("here"), "--overwrite")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertTrue(os.path.exists(self.path("people.tif")))

    def test_links_in_an_older_result_are_removed_and_not_followed(self):
        self.assertEqual(self.run_study().returncode, 0)
        kept = self.path("kept")
        os.mkdir(kept)
        with open(os.path.join(kept, "mine"), "w", encoding="utf-8") as file:
            file.write("mine")
        os.remove(os.path.join(self.out, "communes.csv"))
        os.symlink(self.secret, os.path.join(self.out, "communes.csv"))
        os.symlink(kept, os.path.join(self.out, "more"))
        self.assertEqual(self.run_study("--overwrite").returncode, 0)
        self.assertFalse(os.path.islink(os.path.join(self.out, "communes.csv")))
        self.assertEqual(os.listdir(kept), ["mine"])
        with open(self.secret, encoding="utf-8") as file:
            self.assertEqual(file.read(), SECRET)

    def test_an_output_folder_that_is_a_link_is_refused(self):
        os.mkdir(self.path("elsewhere"))
        os.symlink(self.path("elsewhere"), self.out)
        result = self.run_study("--overwrite")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(os.listdir(self.path("elsewhere")), [])

    def test_results_are_as_private_as_the_user_wants_files_to_be(self):
        for mask in (0o022, 0o077):
            before = os.umask(mask)
            try:
                self.assertEqual(self.run_study("--overwrite").returncode, 0)
            finally:
                os.umask(before)
            self.assertEqual(stat.S_IMODE(os.stat(self.out).st_mode), 0o777 & ~mask)
            for name in os.listdir(self.out):
                mode = stat.S_IMODE(os.stat(os.path.join(self.out, name)).st_mode)
                self.assertEqual(mode, 0o666 & ~mask, name)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
