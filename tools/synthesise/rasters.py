"""GeoTIFF in and out: single band, tiled 512 x 512, DEFLATE, tagged SYNTHETIC=YES where we made it up."""

from dataclasses import dataclass

import numpy as np
from osgeo import gdal, osr

from files import published

gdal.UseExceptions()
osr.UseExceptions()
gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")  # never a side file beside an input

FINE_DEGREES = 1.0 / 1200.0  # generators refine the population grid until its cells are no larger than this
_TYPES = {"uint8": gdal.GDT_Byte, "float32": gdal.GDT_Float32}


@dataclass(frozen=True)
class Lattice:
    """A north-up grid: the corner (west, north) and a square cell, in the unit of the CRS; row 0 is north."""

    west: float
    north: float
    cell: float
    columns: int
    rows: int

    def centre_xs(self):
        return self.west + (np.arange(self.columns) + 0.5) * self.cell

    def centre_ys(self):
        return self.north - (np.arange(self.rows) + 0.5) * self.cell

    def geotransform(self):
        return (self.west, self.cell, 0.0, self.north, 0.0, -self.cell)

    def refined(self, factor):
        """The same ground with every cell split factor x factor."""
        return Lattice(self.west, self.north, self.cell / factor, self.columns * factor, self.rows * factor)


def spatial_reference(text):
    """A CRS from text such as EPSG:9208, with axes in the order x (east), y (north)."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(text)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def read_people(path):
    """(lattice, people per cell as float64 with 0 for nodata, CRS) of a population raster."""
    dataset = gdal.Open(str(path))
    west, width, skew, north, skew_2, height = dataset.GetGeoTransform()
    if skew or skew_2 or abs(width + height) > 1e-6 * width:
        raise ValueError(f"{path}: the population grid is not north-up with square cells")
    band = dataset.GetRasterBand(1)
    people = band.ReadAsArray().astype(np.float64)
    nodata = band.GetNoDataValue()
    unknown = ~np.isfinite(people) | (people < 0)
    if nodata is not None:
        unknown |= people == nodata
    people[unknown] = 0.0
    return Lattice(west, north, width, dataset.RasterXSize, dataset.RasterYSize), people, dataset.GetSpatialRef()


def read_fine_people(path, finest=FINE_DEGREES):
    """The same with every cell split evenly until it is no larger than `finest`."""
    lattice, people, crs = read_people(path)
    factor = max(int(np.ceil(lattice.cell / finest - 1e-6)), 1)
    people = np.repeat(np.repeat(people, factor, axis=0), factor, axis=1) / factor**2
    return lattice.refined(factor), people, crs


def write_raster(path, values, lattice, crs, nodata, description, tags):
    """Publish one band; `values` is uint8 or float32, row 0 in the north; `tags` is the file's metadata."""
    with published(path) as temporary:
        dataset = gdal.GetDriverByName("GTiff").Create(
            temporary, lattice.columns, lattice.rows, 1, _TYPES[str(values.dtype)],
            options=["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE", "ZLEVEL=6"])
        dataset.SetGeoTransform(lattice.geotransform())
        dataset.SetSpatialRef(crs)
        dataset.SetMetadata(tags)
        band = dataset.GetRasterBand(1)
        band.SetNoDataValue(nodata)
        band.SetDescription(description)
        band.WriteArray(values)
        band = None
        dataset = None
