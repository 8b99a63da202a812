"""Small files for tests of the command line, made with GDAL's own writers: an independent hand."""
import json
import os

import numpy
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()

CELL = 1 / 1200  # 3 arc-seconds
WEST, NORTH = 105.0, 19.0


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
