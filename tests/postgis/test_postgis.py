"""A real PostgreSQL with PostGIS, started here on the loopback: what goes in comes out, to the last digit."""
import csv
import io
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

from osgeo import gdal, ogr, osr

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from small_inputs import raster  # noqa: E402
from test_command_line import phusong  # noqa: E402
from test_dead_zones import Ragged  # noqa: E402

BIN = "/usr/lib/postgresql/15/bin"
SECRET = "mật khẩu'\\ 7"  # of the kind that quoting goes wrong on


class Server:
    """Runs as the user postgres where this runs as root, whom the server refuses."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="phusong-postgis-")
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = os.path.join(self.folder, "data")
        with open(os.path.join(self.folder, "secret"), "w", encoding="utf-8") as file:
            file.write(SECRET + "\n")
        os.chmod(os.path.join(self.folder, "secret"), 0o644)
        self.do(f"{BIN}/initdb -D {self.data} -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 "
                f"--pwfile={self.folder}/secret --no-sync")
        self.do(f"{BIN}/pg_ctl -D {self.data} -w -l {self.folder}/log -o '-p {self.port} -c fsync=off "
                f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}' start")
        self.environment = {**os.environ, "PGPASSWORD": SECRET, "PGHOST": "127.0.0.1", "PGPORT": str(self.port),
                            "PGUSER": "postgres"}
        self.sql("create database gis", "postgres")
        self.sql("create extension postgis")

    def do(self, command):
        words = ["su", "postgres", "-s", "/bin/sh", "-c", command] if os.geteuid() == 0 else ["sh", "-c", command]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, statement, database="gis"):
        """Rows of texts; NULL is an empty one."""
        done = subprocess.run(["psql", "-Xqt", "-v", "ON_ERROR_STOP=1", "--csv", "-d", database, "-c", statement],
                              env=self.environment, check=True, capture_output=True, text=True)
        return list(csv.reader(io.StringIO(done.stdout)))

    def stop(self):
        self.do(f"{BIN}/pg_ctl -D {self.data} -m immediate stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def name(self):
        """Without a password, which is in PGPASSWORD."""
        return f"PG:host=127.0.0.1 port={self.port} user=postgres dbname=gis"

    def secret_name(self):
        quoted = SECRET.replace("\\", "\\\\").replace("'", "\\'")
        return f"{self.name()} password='{quoted}'"


def setUpModule():
    global server
    server = Server()
    os.environ["PGPASSWORD"] = SECRET


def tearDownModule():
    server.stop()


class Postgis(Ragged):
    def setUp(self):
        super().setUp()
        for schema, in server.sql("select nspname from pg_namespace where nspname like 'phusong%' or nspname = 'mine'"):
            server.sql(f'drop schema "{schema}" cascade')
        server.sql("delete from spatial_ref_sys where srid between 9205 and 9218 or srid >= 900000")

    def run_into(self, *more, name=None):
        return phusong("run", self.study, "--out", self.out, "--to-postgis", name or server.name(), *more)

    def schema(self):
        return server.sql("select nspname from pg_namespace where nspname like 'phusong%'")[0][0]

    def test_every_layer_comes_out_as_it_is_in_the_geopackage(self):
        result = self.run_into()
        self.assertEqual(result.returncode, 0, result.stderr)
        gpkg = gdal.OpenEx(self.out + "/phusong.gpkg", gdal.OF_VECTOR)
        database = gdal.OpenEx(server.name(), gdal.OF_VECTOR, open_options=["LIST_ALL_TABLES=YES"])
        names = [gpkg.GetLayer(i).GetName() for i in range(gpkg.GetLayerCount())]
        self.assertIn("communes", names)
        self.assertEqual({row[0] for row in server.sql(
            f"select table_name from information_schema.tables where table_schema = '{self.schema()}'")},
            set(names) - {"layer_styles"})
        for name in set(names) - {"layer_styles"}:
            with self.subTest(layer=name):
                wanted, found = (sorted(layer, key=lambda feature: feature.GetFID()) for layer in
                                 (gpkg.GetLayerByName(name), database.GetLayerByName(f"{self.schema()}.{name}")))
                self.assertEqual(len(wanted), len(found))
                for one, other in zip(wanted, found):
                    self.assertEqual(one.items(), other.items())
                    if one.geometry() is not None:
                        self.assertEqual(one.geometry().ExportToIsoWkb(), other.geometry().ExportToIsoWkb())

    def test_shapes_are_valid_indexed_and_say_where_they_are(self):
        self.assertEqual(self.run_into().returncode, 0)
        table = f"{self.schema()}.communes"
        self.assertEqual(server.sql("select bool_and(st_isvalid(geom)), min(st_srid(geom)), max(st_srid(geom)) "
                                    f"from {table}"), [["t", "4326", "4326"]])
        self.assertEqual(len(server.sql(f"select 1 from pg_indexes where schemaname = '{self.schema()}' and "
                                        "tablename = 'communes' and indexdef like '%gist%'")), 1)

    def test_tables_that_are_there_stay_unless_they_may_go(self):
        self.assertEqual(self.run_into().returncode, 0)
        before = server.sql(f"select count(*), min(xmin::text) from {self.schema()}.communes")
        result = phusong("run", self.study, "--out", self.out + "2", "--to-postgis", server.name())
        self.assertEqual(result.returncode, 3)
        self.assertIn("--overwrite", result.stderr)
        self.assertFalse(os.path.exists(self.out + "2"))
        self.assertEqual(server.sql(f"select count(*), min(xmin::text) from {self.schema()}.communes"), before)
        result = self.run_into("--overwrite")
        self.assertEqual(result.returncode, 0, result.stderr)
        after = server.sql(f"select count(*), min(xmin::text) from {self.schema()}.communes")
        self.assertEqual(after[0][0], before[0][0])
        self.assertNotEqual(after, before)

    def test_what_others_put_there_is_never_dropped(self):
        self.assertEqual(self.run_into().returncode, 0)
        schema = self.schema()
        server.sql(f"create table {schema}.notes as select 1 as mine")
        result = self.run_into("--overwrite")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(server.sql(f"select mine from {schema}.notes"), [["1"]])
        server.sql(f"drop table {schema}.communes; create table {schema}.communes as select 2 as mine")
        result = self.run_into("--overwrite")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(server.sql(f"select mine from {schema}.communes"), [["2"]])
        # In one transaction: nothing else was dropped either.
        self.assertEqual(len(server.sql(f"select 1 from {schema}.dead_zones limit 1")), 1)

    def test_a_vietnamese_zone_that_postgis_lacks_gets_its_own_number(self):
        """The raster of people, and with it the study, in EPSG:9210 (VN-2000, meridian 105 45')."""
        self.assertEqual(server.sql("select 1 from spatial_ref_sys where srid = 9210"), [])
        folder = self.path("zone")
        os.mkdir(folder)
        place = (480000, 100, 0, 2100000, 0, -100)
        people = os.path.join(folder, "people.tif")
        raster(people, [[1, 2, 3], [4, 5, 6]], epsg=9210, geotransform=place)
        cover = os.path.join(folder, "4g.tif")
        raster(cover, [[1, 0, 1], [1, 1, 0]], kind=gdal.GDT_Byte, epsg=9210, geotransform=place)
        zones = os.path.join(folder, "communes.gpkg")
        dataset = gdal.GetDriverByName("GPKG").Create(zones, 0, 0, 0, gdal.GDT_Unknown)
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(9210)
        layer = dataset.CreateLayer("communes", reference, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("code", ogr.OFTString))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("code", "00001")
        feature.SetGeometry(ogr.CreateGeometryFromWkt(
            "POLYGON((480000 2099800,480300 2099800,480300 2100000,480000 2100000,480000 2099800))"))
        layer.CreateFeature(feature)
        dataset = None
        result = phusong("run", "--communes", zones, "--code", "code", "--population", people, "--coverage",
                         "4g=" + cover, "--out", self.out, "--to-postgis", server.name())
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(server.sql("select auth_name, auth_srid from spatial_ref_sys where srid = 9210"),
                         [["EPSG", "9210"]])
        (x, y), = server.sql("select round(st_x(p)::numeric, 6), round(st_y(p)::numeric, 6) from (select "
                             f"st_transform(st_centroid(geom), 4756) as p from {self.schema()}.communes) as q")
        wanted = osr.SpatialReference()
        wanted.ImportFromEPSG(4756)
        wanted.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        there = osr.CoordinateTransformation(reference, wanted).TransformPoint(480150, 2099900)
        self.assertAlmostEqual(float(x), there[0], 5)
        self.assertAlmostEqual(float(y), there[1], 5)

    def test_communes_of_the_database_count_like_those_of_the_file(self):
        self.run_well()
        with open(self.out + "/communes.csv", "rb") as file:
            wanted = file.read()
        server.sql("create schema mine")
        gdal.VectorTranslate(server.name(), self.path("communes.geojson"), format="PostgreSQL", layerName="mine.xa",
                             geometryType="MULTIPOLYGON", accessMode="append",
                             layerCreationOptions=["GEOMETRY_NAME=geom"])
        self.edit_study('path = "communes.geojson"', f'path = "{server.name()}[mine.xa]"')
        refused = phusong("run", self.study, "--out", self.out, "--overwrite")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--allow-remote", refused.stderr)
        result = phusong("run", self.study, "--out", self.out, "--overwrite", "--allow-remote")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.out + "/communes.csv", "rb") as file:
            self.assertEqual(file.read(), wanted)
        with open(self.out + "/manifest.json", encoding="utf-8") as file:
            first = json.load(file)["inputs"][0]
        self.assertEqual((first["role"], first["path"]), ("communes", server.name()))
        self.assertEqual(phusong("verify", self.out).returncode, 0)
        server.sql("update mine.xa set name = name || '!' where code = (select min(code) from mine.xa)")
        result = phusong("run", self.study, "--out", self.out, "--overwrite", "--allow-remote")
        with open(self.out + "/manifest.json", encoding="utf-8") as file:
            self.assertNotEqual(json.load(file)["inputs"][0]["sha256"], first["sha256"])

    def test_a_password_opens_the_door_and_is_found_nowhere(self):
        del os.environ["PGPASSWORD"]
        self.addCleanup(os.environ.__setitem__, "PGPASSWORD", SECRET)
        refused = self.run_into()
        self.assertEqual(refused.returncode, 3)
        self.assertFalse(os.path.exists(self.out))
        wrong = self.run_into(name=server.name() + " password='no-such-word'")
        self.assertEqual(wrong.returncode, 3)
        self.assertNotIn("no-such-word", wrong.stderr + wrong.stdout)
        result = self.run_into(name=server.secret_name())
        self.assertEqual(result.returncode, 0, result.stderr)
        told = (result.stdout + result.stderr).encode()
        for name in os.listdir(self.out):
            with open(os.path.join(self.out, name), "rb") as file:
                told += file.read()
        for part in ("mật khẩu", "khẩu'", "password"):
            self.assertNotIn(part.encode(), told)

    def test_a_database_is_no_raster_and_no_file(self):
        result = phusong("run", "--communes", self.path("communes.geojson"), "--population", server.name(),
                         "--coverage", "4g=" + self.path("4g.tif"), "--out", self.out)
        self.assertEqual(result.returncode, 1)
        self.assertIn("is a database", result.stderr)
        self.assertEqual(self.run_into(name="host=127.0.0.1").returncode, 1)
        self.assertEqual(self.run_into(name="PG:postgresql://x:secret@127.0.0.1/gis").returncode, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
