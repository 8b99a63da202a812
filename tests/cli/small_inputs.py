"""Small files for tests of the command line, made with GDAL's own writers: an independent hand."""
import json
import os
import unicodedata

import numpy
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()

CELL = 1 / 1200  # 3 arc-seconds
WEST, NORTH = 105.0, 19.0
# EPSG:6960, the national operation, spelt out here so that PROJ's own choice is not its own referee.
TO_VN2000 = ("+proj=pipeline +step +proj=axisswap +order=2,1 "
             "+step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
             "+step +proj=cart +ellps=WGS84 "
             "+step +inv +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
             "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame "
             "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 +step +proj=utm +zone=48 +ellps=WGS84")


def crs(epsg):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def raster(path, rows, kind=gdal.GDT_Float32, nodata=None, epsg=4326, geotransform=None, metadata=None, scale=None,
           bands=1):
    """Writes a list of lists (or an array), row 0 in the north."""
    values = numpy.asarray(rows)
    dataset = gdal.GetDriverByName("GTiff").Create(path, values.shape[1], values.shape[0], bands, kind,
                                                   ["COMPRESS=DEFLATE"])
    dataset.SetGeoTransform(geotransform or (WEST, CELL, 0, NORTH, 0, -CELL))
    if epsg:
        dataset.SetProjection(crs(epsg).ExportToWkt())
    dataset.SetMetadata(metadata or {})
    for number in range(1, bands + 1):
        band = dataset.GetRasterBand(number)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if scale is not None:
            band.SetScale(scale)
        band.WriteArray(values)
    dataset = None
    return path


def cell_box(row, column, rows, columns):
    """Corners of a block of cells, as a GeoJSON ring."""
    west, north = WEST + column * CELL, NORTH - row * CELL
    east, south = west + columns * CELL, north - rows * CELL
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def communes(path, features, code_field="code"):
    """features: (code, name, ring or geometry or None)."""
    collection = {"type": "FeatureCollection", "features": []}
    for code, name, shape in features:
        geometry = {"type": "Polygon", "coordinates": [shape]} if isinstance(shape, list) else shape
        collection["features"].append({"type": "Feature", "properties": {code_field: code, "name": name},
                                       "geometry": geometry})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(collection, file, ensure_ascii=False)
    return path


def plain_study(folder):
    """Two communes side by side on 4 x 6 cells, one person in the first cell of a row, two in the second ..."""
    people = [[column + 1 for column in range(6)] for _ in range(4)]
    raster(os.path.join(folder, "people.tif"), people, nodata=-99999)
    raster(os.path.join(folder, "4g.tif"), [[1, 1, 1, 0, 0, 255]] * 4, kind=gdal.GDT_Byte, nodata=255)
    communes(os.path.join(folder, "communes.geojson"),
             [("00101", "Xã Tây", cell_box(0, 0, 4, 3)), ("00102", "Xã Đông", cell_box(0, 3, 4, 3))])
    study = os.path.join(folder, "study.toml")
    with open(study, "w", encoding="utf-8") as file:
        file.write("""[study]
name = "small"
[communes]
path = "communes.geojson"
code = "code"
name = "name"
[population]
path = "people.tif"
values = "people_per_cell"
[[coverage]]
technology = "4g"
path = "4g.tif"
rule = "present"
""")
    return study


def projected(shape, epsg, operation=None):
    """The shape in `epsg` that comes back to EPSG:4326 at the same place; `operation` leads from 4326 to `epsg`.

    An operation without heights is not its own inverse to a millimetre, so the way back decides.
    """
    there, back = osr.CoordinateTransformationOptions(), osr.CoordinateTransformationOptions()
    if operation:
        there.SetOperation(operation)
        back.SetOperation(operation, True)
    there = osr.CoordinateTransformation(crs(4326), crs(epsg), there)
    back = osr.CoordinateTransformation(crs(epsg), crs(4326), back)
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in (point[:2] for point in shape.GetGeometryRef(0).GetPoints()):
        returned = back.TransformPoint(*there.TransformPoint(x, y)[:2])
        ring.AddPoint_2D(*there.TransformPoint(2 * x - returned[0], 2 * y - returned[1])[:2])
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


def vectors(path, features, epsg=4326, driver="GPKG", layer="communes", kind=ogr.wkbUnknown, operation=None):
    """Writes (code, name, ring) through GDAL; rings are drawn in EPSG:4326 and brought to `epsg` point by point."""
    if os.path.exists(path):
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    else:
        dataset = gdal.GetDriverByName(driver).Create(path, 0, 0, 0, gdal.GDT_Unknown)
    target = dataset.CreateLayer(layer, crs(epsg), kind)
    target.CreateField(ogr.FieldDefn("code", ogr.OFTString))
    target.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    for code, name, ring in features:
        feature = ogr.Feature(target.GetLayerDefn())
        feature.SetField("code", code)
        feature.SetField("name", name)
        shape = ogr.CreateGeometryFromJson(json.dumps({"type": "Polygon", "coordinates": [ring]}))
        if epsg != 4326:
            # A straight edge is straight in its own CRS only; with points this close the two agree.
            shape.Segmentize(CELL / 50)
            shape = projected(shape, epsg, operation)
        feature.SetGeometry(shape)
        target.CreateFeature(feature)
    dataset = None
    return path


def cp1258(text):
    """Windows-1258 keeps tones as marks of their own: circumflex, breve and horn stay on the letter."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = "".join(mark for mark in marks if mark not in tones)
            out += (unicodedata.normalize("NFC", base + shape) + "".join(tones)).encode("cp1258")
    return out


def shapefile_cp1258(folder, features):
    """c.shp with names in Windows-1258 bytes, and nothing that says so."""
    path = os.path.join(folder, "c.shp")
    vectors(path, [(code, f"NAME{i}", ring) for i, (code, _, ring) in enumerate(features)], driver="ESRI Shapefile",
            kind=ogr.wkbPolygon)
    with open(os.path.join(folder, "c.dbf"), "rb+") as file:
        table = file.read()
        table = table[:29] + b"\0" + table[30:]  # no language in the header either
        for i, (_, name, _) in enumerate(features):
            table = table.replace(b"NAME%d" % i + b" " * (len(cp1258(name)) - 5), cp1258(name))
        file.seek(0)
        file.write(table)
    if os.path.exists(os.path.join(folder, "c.cpg")):
        os.remove(os.path.join(folder, "c.cpg"))
    return path
