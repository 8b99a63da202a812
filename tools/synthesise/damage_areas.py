"""Areas of damage as a survey would draw them: smooth outlines between levels of a field, each with its loss."""

import numpy as np
from osgeo import gdal, ogr


def areas(technology, field, lattice, crs, levels, losses):
    """[(attributes, geometry)]: from levels[i] up to the next level losses[i] of the service is lost."""
    memory = gdal.GetDriverByName("MEM").Create("", lattice.columns, lattice.rows, 1, gdal.GDT_Float32)
    memory.SetGeoTransform(lattice.geotransform())
    memory.SetSpatialRef(crs)
    memory.GetRasterBand(1).WriteArray(field.astype(np.float32))
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("areas", crs, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("low", ogr.OFTReal))
    highest = max(float(field.max()), levels[-1]) + 1.0
    gdal.ContourGenerateEx(memory.GetRasterBand(1), layer, options=[
        "POLYGONIZE=YES", "ELEV_FIELD_MIN=low", "FIXED_LEVELS=" + ",".join(str(one) for one in [*levels, highest])])
    rows = []
    for feature in layer:
        # The lowest polygon, below the first level, names the field's least value: it is no damage.
        nearest = int(np.argmin([abs(feature.GetField("low") - one) for one in levels]))
        if abs(feature.GetField("low") - levels[nearest]) < 1e-6:
            shape = feature.GetGeometryRef().SimplifyPreserveTopology(lattice.cell / 4)
            rows.append(({"technology": technology, "loss": losses[nearest]}, shape.MakeValid()))
    return rows
