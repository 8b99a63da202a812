"""The invented ground of the sample province: sea in the east, mountains in the west, rivers between.

Lengths are kilometres on a local plane whose origin is the north-west corner of the frame (x east, y south).
"""

from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from smooth_noise import fractal_noise, grid_noise


@dataclass
class Ground:
    """Fields on one grid; all lengths in km."""

    land: np.ndarray              # bool
    inside: np.ndarray            # bool: the province
    coast_distance: np.ndarray    # km from the sea, on land
    border_distance: np.ndarray   # km outside the province's border, 0 inside
    river_distance: np.ndarray    # km from the nearest river
    ruggedness: np.ndarray        # 0 plain .. 1 mountain


def kilometres_per_degree(latitude_degrees):
    """(east, north) km in a degree, to 0.1 %: good enough to lay out an invented province."""
    return 111.32 * np.cos(np.radians(latitude_degrees)), 110.65


def distance_km(is_source, cell_km):
    """km to the nearest true cell (Euclidean on the grid)."""
    rows, columns = is_source.shape
    memory = gdal.GetDriverByName("MEM")
    source = memory.Create("", columns, rows, 1, gdal.GDT_Byte)
    source.GetRasterBand(1).WriteArray(is_source.astype(np.uint8))
    result = memory.Create("", columns, rows, 1, gdal.GDT_Float32)
    gdal.ComputeProximity(source.GetRasterBand(1), result.GetRasterBand(1), ["DISTUNITS=PIXEL"])
    return result.GetRasterBand(1).ReadAsArray() * np.float32(cell_km)


def _draw_path(canvas, points):
    """Mark the cells on a polyline of (column, row) points."""
    for (x0, y0), (x1, y1) in zip(points[:-1], points[1:]):
        steps = int(2 * max(abs(x1 - x0), abs(y1 - y0))) + 2
        columns = np.clip(np.rint(np.linspace(x0, x1, steps)), 0, canvas.shape[1] - 1).astype(int)
        rows = np.clip(np.rint(np.linspace(y0, y1, steps)), 0, canvas.shape[0] - 1).astype(int)
        canvas[rows, columns] = True


def _rivers(columns, rows, generator):
    """One trunk from the north-west to the sea in the south-east, and valleys that branch from it."""
    canvas = np.zeros((rows, columns), dtype=bool)

    def meander(start, end, points, swing):
        along = np.linspace(0.0, 1.0, points)[:, None]
        path = np.array(start) + (np.array(end) - np.array(start)) * along
        wander = np.cumsum(generator.normal(0.0, swing, size=(points, 2)), axis=0)
        path += (wander - wander[-1] * along) * np.array([columns, rows])
        return path

    trunk = meander((0.04 * columns, 0.16 * rows), (0.97 * columns, 0.74 * rows), 60, 0.009)
    _draw_path(canvas, trunk)
    for at in range(4, 54, 4):
        side = -1 if (at // 4) % 2 else 1
        reach = generator.uniform(0.16, 0.36)
        end = trunk[at] + np.array([-0.45 * reach * columns, side * reach * rows])
        branch = meander(tuple(trunk[at]), tuple(end), 28, 0.007)
        _draw_path(canvas, branch)
        for fork in (9, 17):
            turn = meander(tuple(branch[fork]), tuple(branch[fork] + side * np.array([0.07 * columns, 0.05 * rows])),
                           12, 0.007)
            _draw_path(canvas, turn)
    return canvas


def _largest_part(mask):
    """The largest 4-connected part of a mask."""
    memory = gdal.GetDriverByName("MEM").Create("", mask.shape[1], mask.shape[0], 1, gdal.GDT_Byte)
    band = memory.GetRasterBand(1)
    band.WriteArray(mask.astype(np.uint8))
    gdal.SieveFilter(band, None, band, int(mask.sum() // 3), 4)
    return band.ReadAsArray().astype(bool)


def lay_out(columns, rows, cell_km, province_km2, seed):
    """The ground on a grid of square-ish cells of `cell_km`; the province takes `province_km2`."""
    generator = np.random.Generator(np.random.PCG64(seed))
    xs, ys = np.arange(columns) * cell_km, np.arange(rows) * cell_km
    u, v = (xs / xs[-1])[None, :], (ys / ys[-1])[:, None]

    coast_u = 0.86 + 0.09 * v + 0.035 * grid_noise(ys, np.zeros(1), 45.0, seed + 1).T \
        + 0.010 * grid_noise(ys, np.zeros(1), 9.0, seed + 2).T
    land = np.broadcast_to(u, (rows, columns)) < coast_u

    # The province: a tilted oval that the sea cuts off, its border bent by noise, its area found by bisection.
    tilt_x, tilt_y = (u - 0.53) * 0.95 + (v - 0.46) * 0.42, (v - 0.46) * 0.95 - (u - 0.53) * 0.42
    reach = np.sqrt((tilt_x / 1.25) ** 2 + (tilt_y / 0.62) ** 2) + 0.16 * fractal_noise(xs, ys, 50.0, seed + 3, octaves=6)
    low, high = 0.0, 2.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        area_km2 = np.count_nonzero((reach < middle) & land) * cell_km**2
        low, high = (middle, high) if area_km2 < province_km2 else (low, middle)
    inside = _largest_part((reach < high) & land)
    inside = ~_largest_part(~inside)

    coast_distance = distance_km(~land, cell_km)
    river_distance = distance_km(_rivers(columns, rows, generator), cell_km)
    relief = 0.5 + 0.5 * fractal_noise(xs, ys, 22.0, seed + 4)
    inland = np.clip((coast_distance - 18.0) / 55.0, 0.0, 1.0)
    valley = np.exp(-river_distance / (2.2 + 5.0 * (1.0 - inland)))
    ruggedness = np.clip(inland * (0.55 + 0.9 * relief) - 0.45 * valley, 0.0, 1.0)
    return Ground(land, inside, coast_distance, distance_km(inside, cell_km), river_distance, ruggedness.astype(np.float32))
