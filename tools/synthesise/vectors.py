"""Polygon layers as GeoPackage, the same bytes on every run."""

import os

from osgeo import gdal, ogr

from files import published

ogr.UseExceptions()
FIXED_DATE = "2025-07-01T00:00:00.000Z"  # written in place of the clock
_KINDS = {int: ogr.OFTInteger, str: ogr.OFTString, float: ogr.OFTReal}


def write_layer(path, layer_name, crs, rows, tags=None):
    """Publish [(attributes as a dict, ogr geometry)] as one layer; text stays text (codes keep their zeros)."""
    gdal.SetConfigOption("OGR_CURRENT_DATE", FIXED_DATE)
    with published(path) as temporary:
        # The driver names a file's layers by the given name and insists on the ending .gpkg.
        source = ogr.GetDriverByName("GPKG").CreateDataSource(temporary)
        layer = source.CreateLayer(layer_name, crs, ogr.wkbMultiPolygon, options=["GEOMETRY_NAME=geom"])
        for name, value in rows[0][0].items():
            layer.CreateField(ogr.FieldDefn(name, _KINDS[type(value)]))
        if tags:
            layer.SetMetadata(tags)
        layer.StartTransaction()
        for attributes, shape in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for name, value in attributes.items():
                feature.SetField(name, value)
            feature.SetGeometry(ogr.ForceToMultiPolygon(shape.Clone()))
            layer.CreateFeature(feature)
        layer.CommitTransaction()
        feature = layer = None
        source = None


def split_layer(specification):
    """(path, layer name or "") of `FILE` or `FILE:layer`; a file whose own name holds a colon wins."""
    if os.path.exists(specification):
        return specification, ""
    path, _, name = specification.rpartition(":")
    return (path, name) if path else (specification, "")


def open_layer(specification):
    """(data source, layer) of `FILE` or `FILE:layer`; keep the data source alive while you use the layer."""
    path, name = split_layer(specification)
    source = ogr.Open(path)
    layer = source.GetLayerByName(name) if name else source.GetLayer(0)
    if layer is None:
        raise ValueError(f"{path}: no layer {name!r}")
    return source, layer
