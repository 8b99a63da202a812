"""Which commune holds a place: the communes' polygons burned on a lattice by cell centres."""

import numpy as np
from osgeo import gdal, ogr


class CommuneMap:
    """numbers: 1..count in the layer's order on a lattice in degrees, 0 where no commune is."""

    def __init__(self, layer, lattice, crs):
        self.lattice = lattice
        copy = ogr.GetDriverByName("Memory").CreateDataSource("")
        numbered = copy.CreateLayer("numbered", crs)
        numbered.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
        self.count = 0
        layer.ResetReading()
        for feature in layer:
            self.count += 1
            one = ogr.Feature(numbered.GetLayerDefn())
            one.SetField("number", self.count)
            one.SetGeometry(feature.GetGeometryRef())
            numbered.CreateFeature(one)
        memory = gdal.GetDriverByName("MEM").Create("", lattice.columns, lattice.rows, 1, gdal.GDT_Int32)
        memory.SetGeoTransform(lattice.geotransform())
        memory.SetSpatialRef(crs)
        gdal.RasterizeLayer(memory, [1], numbered, options=["ATTRIBUTE=number"])
        self.numbers = memory.ReadAsArray()

    def people_of(self, people, chosen=True):
        """People of each commune, of the chosen cells only; an array of `count`."""
        weights = (people * chosen).ravel()
        return np.bincount(self.numbers.ravel(), weights, self.count + 1)[1:]

    def centres(self, people):
        """(longitude, latitude) of the middle of each commune's people; of its cells where nobody lives."""
        found = np.zeros((self.count, 2))
        rows, columns = np.nonzero(self.numbers)
        number = self.numbers[rows, columns]
        weight = people[rows, columns] + 1e-9
        total = np.bincount(number, weight, self.count + 1)[1:]
        for axis, values in ((0, self.lattice.centre_xs()[columns]), (1, self.lattice.centre_ys()[rows])):
            found[:, axis] = np.bincount(number, weight * values, self.count + 1)[1:] / np.maximum(total, 1e-12)
        return found

    def home(self, lon_lat, centres):
        """Index of each place's commune, from 0; of the one with the nearest centre beyond the border."""
        cells = cells_at(self.lattice, lon_lat)
        number = np.where(cells[2], self.numbers[cells[0], cells[1]], 0)
        shrink = np.cos(np.radians(self.lattice.north))
        away = np.hypot((lon_lat[:, None, 0] - centres[None, :, 0]) * shrink, lon_lat[:, None, 1] - centres[None, :, 1])
        return np.where(number > 0, number - 1, np.argmin(away, axis=1))


def cells_at(lattice, points):
    """(rows, columns, whether on the lattice) of x, y points; those beyond get the nearest cell."""
    columns = np.floor((points[:, 0] - lattice.west) / lattice.cell).astype(int)
    rows = np.floor((lattice.north - points[:, 1]) / lattice.cell).astype(int)
    inside = (columns >= 0) & (rows >= 0) & (columns < lattice.columns) & (rows < lattice.rows)
    return np.clip(rows, 0, lattice.rows - 1), np.clip(columns, 0, lattice.columns - 1), inside
