"""The input policy, a line for each kind of odd file: refused in one sentence, or counted with a notice and these people.

io/README.md says where each rule lives; what needs more than a line is in test_inputs.py and test_untrusted.py."""
import json
import os
import shutil
import sqlite3
import sys
import unicodedata
import unittest

import numpy
from osgeo import gdal, ogr

import small_inputs as small
import test_inputs

ROW, WEST, EAST, WHOLE = test_inputs.ROW, test_inputs.WEST, test_inputs.EAST, test_inputs.WHOLE
CELL, LEFT, TOP = small.CELL, small.WEST, small.NORTH
AWAY = (LEFT + 6 * CELL, CELL, 0, TOP, 0, -CELL)  # touches the communes' eastern border, and no more
DBM = 'rule = "signal"\nthreshold_dbm = -105'
PART = 'rule = "share"\nfull_value = 1'
PER_CENT = 'rule = "share"\nfull_value = 100'
# A Vietnamese zone as it often comes: named VN-2000, written over the datum of WGS 84.
NAMED_ZONE = ('PROJCS["%s",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
              'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
              'PARAMETER["False_Easting",500000],PARAMETER["False_Northing",0],PARAMETER["Central_Meridian",%r],'
              'PARAMETER["Scale_Factor",%r],PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]]')


class Policy(test_inputs.Inputs):
    """Each line of a table starts from the plain study again."""

    tried = 0

    def start_over(self):
        Policy.tried += 1
        shutil.rmtree(self.folder)
        os.mkdir(self.folder)
        small.plain_study(self.folder)

    def check_refused(self, table):
        for label, words, make in table:
            with self.subTest(label):
                self.start_over()
                make()
                self.assert_refused(self.run_study(), 1, *words)

    def check_counted(self, table):
        for label, people, words, make in table:
            with self.subTest(label):
                self.start_over()
                make()
                self.assert_people(people, delta=1e-4)
                if words:
                    self.assert_notice(*words)
                else:
                    self.assertEqual([one for one in self.notices() if "unknown" not in one], [])

    def rule(self, text, rows, kind=gdal.GDT_Float32, **more):
        self.edit_study('rule = "present"', text)
        self.coverage([rows] * 4, kind=kind, **more)

    def use(self, name):
        self.edit_study('path = "communes.geojson"', f'path = "{name}"')
        return self.path(name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())

    def text_of(self, name="communes.geojson"):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def band(self, name, change):
        dataset = gdal.Open(self.path(name), gdal.GA_Update)
        change(dataset)
        dataset = None

    def with_palette(self, name):
        def paint(dataset):
            colours = gdal.ColorTable()
            colours.SetColorEntry(1, (200, 0, 0, 255))
            dataset.GetRasterBand(1).SetColorTable(colours)
        self.band(name, paint)

    def tiff(self, name, options=(), kind=gdal.GDT_Float32):
        dataset = gdal.GetDriverByName("GTiff").Create(self.path(name), 6, 4, 1, kind, list(options))
        dataset.SetProjection(small.crs(4326).ExportToWkt())
        dataset.GetRasterBand(1).WriteArray(numpy.array([ROW] * 4))
        return dataset

    def predicted(self, order, kind, tiled):
        dataset = self.tiff("people.tif", ["COMPRESS=DEFLATE", "PREDICTOR=3", "ENDIANNESS=" + order,
                                           "TILED=" + tiled], kind)
        dataset.SetGeoTransform((LEFT, CELL, 0, TOP, 0, -CELL))
        dataset = None

    def shapefile(self, epsg=4326, prj=None, west="00101", east="00102", **more):
        """The communes as c.shp; `prj` takes the place of what GDAL wrote."""
        small.vectors(self.use("c.shp"), [(west, "a", WEST), (east, "b", EAST)], epsg, driver="ESRI Shapefile",
                      kind=ogr.wkbPolygon, **more)
        if prj:
            self.write("c.prj", prj)

    def package(self, *wkts):
        dataset = gdal.GetDriverByName("GPKG").Create(self.use("c.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer("communes", small.crs(4326), ogr.wkbUnknown)
        layer.CreateField(ogr.FieldDefn("code", ogr.OFTString))
        layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
        for code, wkt in zip(("00101", "00102"), wkts, strict=True):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["code"] = code
            if wkt:
                feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
            layer.CreateFeature(feature)
        dataset = None

    def people_at(self, *geotransform, **more):
        self.population([ROW] * 4, geotransform=geotransform, **more)


def tearDownModule():
    print(f"odd inputs tried: {Policy.tried}")


def points(ring, more=""):
    return ",".join(f"{x!r} {y!r}{more}" for x, y in ring)


class Rasters(Policy):
    def test_people_that_cannot_be_read_are_refused(self):
        def alpha_of_floats():
            self.population([ROW] * 4, bands=2)
            self.band("people.tif", lambda d: d.GetRasterBand(2).SetColorInterpretation(gdal.GCI_AlphaBand))

        def offset():
            self.population([ROW] * 4)
            self.band("people.tif", lambda d: d.GetRasterBand(1).SetOffset(-3))

        def beyond(value):
            self.communes(("00101", "a", small.cell_box(0, 0, 4, 2)))
            self.population([ROW[:5] + [value]] * 4)

        self.check_refused([
            ("a scale of nothing", ["people.tif", "scale 0"], lambda: self.population([ROW] * 4, scale=0.0)),
            ("a scale that is no number", ["people.tif", "scale nan"],
             lambda: self.population([ROW] * 4, scale=float("nan"))),
            ("an offset below nobody", ["people.tif", "-2 to -1"], offset),
            ("transparency in floats, which GDAL does not apply", ["people.tif", "2 bands"], alpha_of_floats),
            ("big-endian floats by a predictor, which GDAL wrote wrongly", ["people.tif", "big-endian", "LITTLE"],
             lambda: self.predicted("BIG", gdal.GDT_Float32, "YES")),
            ("the same in strips", ["people.tif", "PREDICTOR=3"],
             lambda: self.predicted("BIG", gdal.GDT_Float64, "NO")),
            ("a path with a zero byte", ["people.tif", "zero byte, which no path holds"],
             lambda: self.edit_study('"people.tif"', '"people.tif\\u0000.x"')),
            ("complex numbers", ["people.tif", "CFloat32"], lambda: self.population([ROW] * 4, kind=gdal.GDT_CFloat32)),
            ("fewer than nobody outside of the communes", ["people.tif", "-7 in 4 cells"], lambda: beyond(-7)),
            ("infinitely many outside of the communes", ["people.tif", "inf in 4 cells"], lambda: beyond(float("inf"))),
            ("a vector file", ["communes.geojson", "GeoTIFF"],
             lambda: self.edit_study('"people.tif"', '"communes.geojson"')),
        ])

    def test_cells_without_a_place_are_refused(self):
        def control_points():
            dataset = self.tiff("people.tif")
            dataset.SetGCPs([gdal.GCP(LEFT, TOP, 0, 0, 0), gdal.GCP(LEFT + 6 * CELL, TOP, 0, 6, 0),
                             gdal.GCP(LEFT, TOP - 4 * CELL, 0, 0, 4)], small.crs(4326).ExportToWkt())

        self.check_refused([
            ("cells without a size", ["people.tif", "no size"], lambda: self.people_at(LEFT, 0, 0, TOP, 0, 0)),
            ("turned by a right angle", ["people.tif", "rotated"], lambda: self.people_at(LEFT, 0, CELL, TOP, -CELL, 0)),
            ("from east to west", ["people.tif", "east to west"],
             lambda: self.people_at(LEFT + 6 * CELL, -CELL, 0, TOP, 0, -CELL)),
            ("no geotransform", ["people.tif", "geotransform"], lambda: self.tiff("people.tif")),
            ("control points", ["people.tif", "control points"], control_points),
            ("latitude and longitude swapped", ["people.tif", "swapped"],
             lambda: self.people_at(TOP, CELL, 0, LEFT, 0, -CELL)),
            ("degrees said to be metres", ["people.tif", "looks like degrees"],
             lambda: self.population([ROW] * 4, epsg=32648)),
            ("coverage in metres said to be degrees", ["4g.tif", "outside the globe"],
             lambda: self.coverage([[1] * 6] * 4, geotransform=(552700, 100, 0, 2089750, 0, -100))),
            ("coverage without a CRS", ["4g.tif", "no CRS"], lambda: self.coverage([[1] * 6] * 4, epsg=None)),
            ("coverage that touches the communes only", ["4g.tif", "do not overlap"],
             lambda: self.coverage([[1] * 6] * 4, geotransform=AWAY)),
            ("people who touch the communes only", ["people.tif", "do not overlap"], lambda: self.people_at(*AWAY)),
            ("a band by name", ["4g.tif", "raster", "4g.tif[1]"],
             lambda: self.edit_study('"4g.tif"', '"4g.tif[red]"')),
        ])

    def test_odd_rasters_of_people_are_counted(self):
        def masked():
            self.population([ROW] * 4)
            dataset = gdal.Open(self.path("people.tif"))
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(numpy.array([[255, 0] + [255] * 4] * 4, numpy.uint8))
            dataset = None
            self.assertTrue(os.path.exists(self.path("people.tif.msk")))

        def palette():
            self.population([ROW] * 4, kind=gdal.GDT_Byte)
            self.with_palette("people.tif")

        def offset():
            self.population([[10 * people - 5 for people in ROW]] * 4, kind=gdal.GDT_Int16, scale=0.1)
            self.band("people.tif", lambda d: d.GetRasterBand(1).SetOffset(0.5))

        def jpeg():
            dataset = self.tiff("people.tif", ["COMPRESS=JPEG", "JPEG_QUALITY=100"], gdal.GDT_Byte)
            dataset.SetGeoTransform((LEFT, CELL, 0, TOP, 0, -CELL))

        def colon():
            self.rename("people.tif", "2026:people.tif")
            self.population([[9] * 6] * 4)  # of another name

        kinds = [(gdal.GetDataTypeName(kind), WHOLE, [], lambda kind=kind: self.population([ROW] * 4, kind=kind))
                 for kind in (gdal.GDT_UInt16, gdal.GDT_Int16, gdal.GDT_UInt32, gdal.GDT_Int64, gdal.GDT_Float64)]
        self.check_counted([
            *kinds,
            ("scale and offset", WHOLE, [], offset),
            ("scale, and nodata as stored", {"00101": 16, "00102": 60}, [],
             lambda: self.population([[1000, -9999, 3000, 4000, 5000, 6000]] * 4, kind=gdal.GDT_Int16, scale=0.001,
                                     nodata=-9999)),
            ("a mask beside the file", {"00101": 16, "00102": 60}, [], masked),
            ("a colour table", WHOLE, ["people.tif", "colour table"], palette),
            ("a name before a colon, which is part of the name", WHOLE, [], colon),
            ("little-endian floats by a predictor", WHOLE, [],
             lambda: self.predicted("LITTLE", gdal.GDT_Float32, "YES")),
            ("JPEG", WHOLE, ["people.tif", "JPEG"], jpeg),
            ("nobody anywhere", {"00101": 0, "00102": 0}, ["people.tif", "holds nobody"],
             lambda: self.population([[0] * 6] * 4)),
        ])

    def test_an_account_in_an_address_is_not_told(self):
        self.start_over()
        self.edit_study('"people.tif"', '"/vsicurl/http://lan:b@mat@127.0.0.1:9/people.tif"')
        result = self.run_study("--allow-remote")
        self.assert_refused(result, 1, "'/vsicurl/http://127.0.0.1:9/people.tif'", ".netrc")
        self.assertNotIn("mat@", result.stderr)
        for secret in ("?X-Amz-Signature=bimat", "?sv=1&sig=bimat", "?access_token=bimat"):
            self.start_over()
            self.edit_study('"people.tif"', f'"/vsicurl/http://127.0.0.1:9/people.tif{secret}"')
            result = self.run_study("--allow-remote")
            self.assert_refused(result, 1, "'/vsicurl/http://127.0.0.1:9/people.tif?...'", "manifest")
            self.assertNotIn("bimat", result.stderr)
        self.start_over()
        self.edit_study('"communes.geojson"', '"pg:host=127.0.0.1 port=9 PASSWORD=bimat dbname=gis"')
        result = self.run_study("--allow-remote")
        self.assert_refused(result, 1, "dbname=gis")
        self.assertNotIn("bimat", result.stderr)


class Services(Policy):
    def test_values_that_the_rule_does_not_know_are_refused(self):
        present = 'rule = "present"'
        self.check_refused([
            ("present, undeclared nodata", ["4g.tif", "-9999 in 4 cells", "nodata"],
             lambda: self.rule(present, [1, 1, 1, 0, 0, -9999])),
            ("present, dBm", ["4g.tif", "-130 to -80", "signal"],
             lambda: self.rule(present, [-80, -90, -100, -110, -120, -130])),
            ("share, per cent", ["4g.tif", "100", "full_value = 100"],
             lambda: self.rule(PART, [100, 50, 0, 25, 0, 100])),
            ("share, a little above all", ["4g.tif", "1.39"], lambda: self.rule(PART, [1, .5, 0, 1.4, 0, 1])),
            ("share, below none", ["4g.tif", "-0.2"], lambda: self.rule(PART, [1, .5, -.2, 0, 0, 1])),
            ("share in per cent, above all", ["4g.tif", "101"], lambda: self.rule(PER_CENT, [100, 101, 0, 25, 0, 9])),
            ("signal, without its sign", ["4g.tif", "80 to 130", "dBm"],
             lambda: self.rule(DBM, [80, 90, 100, 110, 120, 130])),
            ("signal, 0 for nothing", ["4g.tif", "0 in 8 cells"], lambda: self.rule(DBM, [-80, -90, 0, -110, -120, 0])),
            ("signal, bytes that lost their sign", ["4g.tif", "136 to 255"],
             lambda: self.rule(DBM, [176, 166, 156, 146, 136, 255], gdal.GDT_Byte)),
            ("classes, one that nobody listed", ["4g.tif", "3 in 4 cells"],
             lambda: self.rule('rule = "classes"\nserved = [1, 2]\nunserved = [0]', [0, 1, 2, 3, 0, 1])),
        ])

    def test_what_is_taken_is_said(self):
        for label, rows, more, served, words in (
                ("0 and 255", [255, 255, 255, 0, 0, 0], {"rule": 'rule = "present"', "kind": gdal.GDT_Byte}, (24, 0),
                 ["4g.tif", "255 in 12 cells"]),
                ("parts of households as presence", [1, .5, .25, 0, 0, 0], {"rule": 'rule = "present"'}, (24, 0),
                 ["4g.tif", "0.25 to 0.5", "share"]),
                ("fractions said to be per cent", [1, .5, 0, .25, 0, 1], {"rule": PER_CENT}, (0.08, 0.28),
                 ["4g.tif", "full_value = 1"]),
                ("the noise of floats", [1.0000001, .5, -1e-9, .25, 0, 1], {"rule": PART}, (8, 28), None),
                ("per cent by a scale", [100, 50, 0, 25, 0, 100], {"rule": PART, "kind": gdal.GDT_Byte, "scale": .01},
                 (8, 28), None),
                ("NaN", [1, 1, float("nan"), 0, 0, 0], {"rule": 'rule = "present"'}, (12, 0), ["4g.tif", "unknown"]),
                ("pixel is point", [1, 1, 1, 0, 0, 0], {"rule": 'rule = "present"', "kind": gdal.GDT_Byte,
                                                     "metadata": {"AREA_OR_POINT": "Point"}}, (24, 0), None)):
            with self.subTest(label):
                self.start_over()
                self.rule(more.pop("rule"), rows, **more)
                self.run_well()
                for found, wanted in zip(self.column("4g_served").values(), served, strict=True):
                    self.assertAlmostEqual(found, wanted, delta=1e-3)
                if words:
                    self.assert_notice(*words)
                else:
                    self.assertEqual(self.notices(), [])


class Polygons(Policy):
    def test_communes_that_cannot_be_placed_are_refused(self):
        def unknown_crs():
            text = json.loads(self.text_of())
            name = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::99999"}}
            self.write("communes.geojson", json.dumps({"crs": name, **text}))

        def swapped():
            self.communes(("00101", "a", [[y, x] for x, y in WEST]), ("00102", "b", [[y, x] for x, y in EAST]))

        around = [[179.9, 19], [-179.9, 19], [-179.9, 18.9], [179.9, 18.9], [179.9, 19]]
        self.check_refused([
            ("swapped", ["communes.geojson", "swapped"], swapped),
            ("a CRS that nobody knows", ["communes.geojson", "CRS that PROJ does not know"], unknown_crs),
            ("across 180 degrees", ["communes.geojson", "00102", "180 degrees"],
             lambda: self.communes(("00101", "a", WEST), ("00102", "b", around))),
            ("no geometry at all", ["c.gpkg", "no usable polygon"], lambda: self.package(None, None)),
            ("a Shapefile without .prj", ["c.shp", "no CRS"],
             lambda: (self.shapefile(), os.remove(self.path("c.prj")))),
        ])

    def test_odd_geometries_are_counted(self):
        def parts(*rings):
            return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}

        def world():
            # The raster is a tenth of a billionth of it; who lives there counts all the same.
            far = 1.9e7
            layer = {"type": "Polygon", "coordinates": [[[-far, -far], [far, -far], [far, far], [-far, far],
                                                         [-far, -far]]]}
            self.communes(("00101", "a", layer))
            text = json.loads(self.text_of())
            name = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
            self.write("communes.geojson", json.dumps({"crs": name, **text}))

        def heights():
            text = json.loads(self.text_of())
            for feature, height in zip(text["features"], (1e30, -1e30), strict=True):
                feature["geometry"]["coordinates"] = [[[x, y, height] for x, y in
                                                       feature["geometry"]["coordinates"][0]]]
            self.write("communes.geojson", json.dumps(text))

        east = f"POLYGON (({points(EAST)}))"
        west = f"POLYGON (({points(WEST)}))"
        chords = 180 * numpy.sin(numpy.pi / 180)  # a circle, drawn as a chord for each degree
        middle, north = LEFT + 3 * CELL, TOP - 2 * CELL
        circle = [(middle, north), (middle + CELL, north + CELL), (middle + 2 * CELL, north),
                  (middle + CELL, north - CELL), (middle, north)]
        beyond = [[[e, 18.9], [w, 18.9], [w, 19], [e, 19], [e, 18.9]] for e, w in ((179.9, 180), (-180, -179.9))]
        self.check_counted([
            ("heights of 1e30", WHOLE, [], heights),
            ("a circle around a corner of cells of 4 and 5", {"00101": 24, "00102": 4.5 * chords}, ["outside every"],
             lambda: self.package(west, f"CURVEPOLYGON (CIRCULARSTRING ({points(circle)}))")),
            ("a collection", WHOLE, ["00102", "1 line(s) or point(s) left out"],
             lambda: self.package(west, f"GEOMETRYCOLLECTION ({east}, POLYGON EMPTY, POINT (1 1))")),
            ("ZM", WHOLE, [], lambda: self.package(west, f"POLYGON ZM (({points(EAST, ' 5 1e30')}))")),
            ("a spike", WHOLE, ["00102", "repaired"],
             lambda: self.communes(("00101", "a", WEST), ("00102", "b", [
                 *EAST[:3], [EAST[2][0], EAST[2][1] + CELL], *EAST[2:]]))),
            ("the same part twice", WHOLE, ["00102", "repaired"],
             lambda: self.communes(("00101", "a", WEST), ("00102", "b", parts(EAST, EAST)))),
            ("two communes of one shape", {"00101": 24, "00102": 24, "00103": 60}, ["overlap"],
             lambda: self.communes(("00101", "a", WEST), ("00102", "b", WEST), ("00103", "c", EAST))),
            ("parts of one code that overlap", {"00101": 40, "00102": 60}, ["00101", "one commune"],
             lambda: self.communes(("00101", "a", WEST), ("00101", "a", small.cell_box(0, 1, 4, 3)),
                                   ("00102", "b", EAST))),
            ("parts on both sides of 180 degrees", WHOLE, ["00102", "outside the population raster"],
             lambda: self.communes(("00101", "a", WEST), ("00102", "b", parts(EAST, *beyond)))),
            ("nearly all of it elsewhere", {"00101": 84}, ["00101", "100 %"], world),
        ])

    def test_vn2000_named_over_another_datum_is_told_and_can_be_stated(self):
        for epsg, name, meridian, scale in ((9210, "VN2000_KTT105-45", 105.75, 0.9999),
                                            (3405, "VN_2000_UTM_Zone_48N", 105, 0.9996)):
            with self.subTest(name):
                self.start_over()
                operation = small.TO_VN2000 if epsg == 3405 else None
                self.shapefile(epsg, NAMED_ZONE % (name, meridian, scale), operation=operation)
                self.run_well()
                self.assert_notice("c.shp", "VN-2000", f"EPSG:{epsg}", "220 m")
                shutil.rmtree(self.out)
                self.edit_study('"c.shp"', f'"c.shp"\ncrs = "EPSG:{epsg}"')
                self.assert_people(WHOLE, delta=1e-3)

    def test_files_in_pieces_are_refused(self):
        def cut(name, end):
            with open(self.path(name), "rb") as file:
                data = file.read()
            self.write(name, data[:end])

        def broken_shape():
            small.vectors(self.use("c.gpkg"), [("00101", "a", WEST), ("00102", "b", EAST)])
            database = sqlite3.connect(self.path("c.gpkg"))
            database.executescript("DROP TRIGGER IF EXISTS rtree_communes_geom_update1")
            for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f'DROP TRIGGER "{trigger}"')
            database.execute("UPDATE communes SET geom = x'47500001E6100000FFFF' WHERE code = '00102'")
            database.commit()
            database.close()

        def other_rows():
            self.shapefile()
            with open(self.path("c.dbf"), "rb+") as file:
                file.seek(4)
                file.write(b"\1")

        def package():
            small.vectors(self.use("c.gpkg"), [("00101", "a", WEST), ("00102", "b", EAST)])
            cut("c.gpkg", os.path.getsize(self.path("c.gpkg")) // 2)

        def wide_table(section, name):
            self.write(name, "id,lon,lat\na,105.001,18.999\n".encode("utf-16-be"))
            self.edit_study("[population]", f'[{section}]\npath = "{name}"\n[population]')

        whole = self.text_of()
        self.check_refused([
            ("a GeoJSON cut off", ["communes.geojson", "fetch it again"], lambda: cut("communes.geojson", 300)),
            ("a GeoJSON that goes on", ["communes.geojson", "cannot be read"],
             lambda: self.write("communes.geojson", whole + "}}}")),
            ("a GeoJSON in UTF-16", ["communes.geojson", "UTF-16", "convert it to UTF-8"],
             lambda: self.write("communes.geojson", whole.encode("utf-16"))),
            ("the same without a mark", ["communes.geojson", "UTF-16"],
             lambda: self.write("communes.geojson", whole.encode("utf-16-le"))),
            ("a study in UTF-16", ["study.toml", "UTF-16", "convert it to UTF-8"],
             lambda: self.write("study.toml", self.text_of("study.toml").encode("utf-16"))),
            ("places in a UTF-16 table", ["places.csv", "UTF-16"], lambda: wide_table("settlements", "places.csv")),
            ("sites in a UTF-16 table", ["sites.csv", "UTF-16"], lambda: wide_table("sites", "sites.csv")),
            ("a coordinate in quotes", ["communes.geojson", "105.0"],
             lambda: self.write("communes.geojson", whole.replace("105.0,", '"105.0",', 1))),
            ("a .shp cut off", ["c.shp", "fetch it again"], lambda: (self.shapefile(), cut("c.shp", -40))),
            ("a .dbf cut off", ["c.shp", "fetch it again"], lambda: (self.shapefile(), cut("c.dbf", -60))),
            ("a .dbf of another state", ["c.shp", "2 shapes", "1 rows"], other_rows),
            ("a GeoPackage cut off", ["c.gpkg", "fetch it again"], package),
            ("a GeoPackage with bytes that are no geometry", ["c.gpkg", "fetch it again"], broken_shape),
        ])


class Words(Policy):
    def both(self, west, east, **more):
        return lambda: self.communes((west, "a", WEST), (east, "b", EAST), **more)

    def with_head_counts(self, *counts):
        text = json.loads(self.text_of())
        for feature, count in zip(text["features"], counts, strict=True):
            feature["properties"]["dan_so"] = count
        self.write("communes.geojson", json.dumps(text))
        self.edit_study('"people_per_cell"', '"people_per_cell"\nadjust_to = "dan_so"')

    def test_codes_that_are_none_are_refused(self):
        self.check_refused([
            ("empty", ["communes.geojson", "no code"], self.both("", "00102")),
            ("only spaces that cannot be seen", ["communes.geojson", "no code"], self.both("\u00a0\u200b", "00102")),
            ("below zero", ["communes.geojson", "-1"], self.both(-1, 2)),
            ("lists", ["communes.geojson", "StringList"], self.both(["x"], ["y"])),
            ("a head count with points between thousands", ["00101", "1.234", "separators"],
             lambda: self.with_head_counts("1.234", "12.345")),
            ("a field that is not there", ["communes.geojson", "'ma'", "code, name"],
             lambda: self.edit_study('code = "code"', 'code = "ma"')),
        ])

    def test_codes_come_out_as_the_state_writes_them(self):
        def table_of_reals():
            dataset = gdal.GetDriverByName("ESRI Shapefile").Create(self.use("c.shp"), 0, 0, 0, gdal.GDT_Unknown)
            layer = dataset.CreateLayer("c", small.crs(4326), ogr.wkbPolygon)
            field = ogr.FieldDefn("code", ogr.OFTReal)
            field.SetWidth(19)
            field.SetPrecision(11)
            layer.CreateField(field)
            layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
            for code, ring in ((101, WEST), (12345, EAST)):
                feature = ogr.Feature(layer.GetLayerDefn())
                feature["code"] = code
                feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({points(ring)}))"))
                layer.CreateFeature(feature)
            dataset = None

        padded = {"00101": 24, "12345": 60}
        self.check_counted([
            ("numbers with decimals, as in a .dbf", padded, ["c.shp", "padded to 5 digits"], table_of_reals),
            ("text that was a number once", padded, ["'101'", "padded to 5 digits"], self.both("101", "12345")),
            ("numbers and text in one field", padded, ["'101'", "padded to 5 digits"], self.both(101, "12345")),
            ("a code with and without its zeros", {"00101": 84}, ["00101", "one commune"],
             lambda: self.communes(("00101", "a", WEST), ("101", "a", EAST))),
            ("other codes, which may be short", {"101": 24, "102": 60}, [], self.both("101", "102")),
            ("short codes that kept their zeros", {"0101": 24, "0102": 60}, [], self.both("0101", "0102")),
            ("spaces, seen and unseen", WHOLE, [], self.both(" 00101\u00a0", "\ufeff00102\u200b")),
            ("a field name in pieces", WHOLE, [],
             lambda: (self.both("00101", "00102", code_field=unicodedata.normalize("NFD", "mã"))(),
                      self.edit_study('code = "code"', 'code = "mã"'))),
        ])

    def test_names_for_old_fonts_are_read_or_told(self):
        def tcvn3():
            self.shapefile()
            with open(self.path("c.dbf"), "rb") as file:
                table = file.read()
            self.write("c.dbf", table.replace(b"00101" + b" " * 75 + b"a" + b" " * 8,
                                              b"00101" + b" " * 75 + b"X\xb7 T\xa9y   "))
            self.write("c.cpg", "TCVN3")

        self.start_over()
        tcvn3()
        self.assert_people(WHOLE)
        self.assertEqual(self.names()[0], "Xã Tây")
        self.check_counted([
            ("TCVN3 read as Western", WHOLE, ["X· T©y", "TCVN3"],
             lambda: self.communes(("00101", "X· T©y", WEST), ("00102", "b", EAST))),
            ("VNI", WHOLE, ["Xaõ Taây", "VNI"], lambda: self.communes(("00101", "Xaõ Taây", WEST), ("00102", "b", EAST))),
            ("UTF-8 read as Western", WHOLE, ["XÃ£ TÃ¢y", "UTF-8"],
             lambda: self.communes(("00101", "XÃ£ TÃ¢y", WEST), ("00102", "b", EAST))),
            ("no fault", WHOLE, [],
             lambda: self.communes(("00101", "Phường Ea H’Leo, Đắk R'Lấp 2 Ấp Ốc Ễnh Ương Bá\u00a0Thước", WEST),
                                   ("00102", "Xã Quảng Hòa – Thuỷ Uy, Huế Người Ngoài Nghĩa Aò", EAST))),
        ])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
