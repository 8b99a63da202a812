"""Water over the ground: deep along rivers where the ground is low, nothing on the hills; metres."""

from dataclasses import dataclass

import numpy as np
from osgeo import gdal, ogr

import ground as ground_module
from levels import box_mean
from rasters import Lattice, read_people
from smooth_noise import fractal_noise

SHALLOWEST_M = 0.2  # less is dry


@dataclass
class Terrain:
    """What a flood looks at, on one lattice in degrees."""

    lattice: Lattice
    river_km: np.ndarray
    low: np.ndarray          # 0 mountain .. 1 plain


def terrain_of_recipe(recipe, cells):
    """The sample's own ground on steps of `cells` population cells."""
    frame = recipe["frame"]
    lattice = Lattice(frame["west"], frame["north"], cells / 1200.0, frame["columns"] // cells, frame["rows"] // cells)
    scale = ground_module.kilometres_per_degree(frame["north"] - 0.5 * lattice.rows * lattice.cell)
    ground = ground_module.lay_out(lattice.columns, lattice.rows, lattice.cell * np.sqrt(scale[0] * scale[1]),
                                   recipe["province"]["area_km2"], recipe["seed"])
    return Terrain(lattice, ground.river_distance, (1.0 - ground.ruggedness) * ground.land)


def terrain_of_rivers(rivers, population, parts):
    """Drawn rivers; the ground is low where many people live around, for no height model is used."""
    coarse, people, crs = read_people(population)
    lattice = coarse.refined(parts)
    east_km, north_km = ground_module.kilometres_per_degree(coarse.north - 0.5 * coarse.rows * coarse.cell)
    around = box_mean(people, 4) / (coarse.cell**2 * east_km * north_km)
    low = 1.0 - 1.0 / (1.0 + (around / 60.0) ** 1.2)
    memory = gdal.GetDriverByName("MEM").Create("", lattice.columns, lattice.rows, 1, gdal.GDT_Byte)
    memory.SetGeoTransform(lattice.geotransform())
    memory.SetSpatialRef(crs)
    source = ogr.Open(str(rivers))
    gdal.RasterizeLayer(memory, [1], source.GetLayer(0), burn_values=[1], options=["ALL_TOUCHED=TRUE"])
    river_km = ground_module.distance_km(memory.ReadAsArray() > 0, lattice.cell * np.sqrt(east_km * north_km))
    return Terrain(lattice, river_km, np.repeat(np.repeat(low, parts, axis=0), parts, axis=1))


def water_depth(terrain, deepest_m, valleys, seed):
    """Depth in metres to one decimal, float32. `valleys` 0 floods the plains most, 1 the narrow valleys."""
    columns, rows = np.arange(terrain.lattice.columns), np.arange(terrain.lattice.rows)
    rain = 0.5 + 0.9 * fractal_noise(columns, rows, 150.0, seed, octaves=2)
    relief = 0.8 * fractal_noise(columns, rows, 12.0, seed + 1, octaves=3)
    width_km = 0.5 + 0.5 * valleys + 2.6 * terrain.low**2 * (1.0 - 0.6 * valleys)
    where = (1.0 - valleys) * terrain.low + valleys * (0.35 + 0.65 * (1.0 - terrain.low))
    depth = deepest_m * np.clip(rain, 0.0, 1.2) * where * np.exp(-terrain.river_km / width_km) - 0.4 + 0.5 * relief
    depth = np.round(np.clip(depth, 0.0, deepest_m), 1).astype(np.float32)
    depth[depth < SHALLOWEST_M] = 0.0
    return depth
