"""The map of one operator after a storm: service is gone where every station in reach is off the air."""

import numpy as np

from mobile_service import SERVED, UNKNOWN, UNSERVED
from smooth_noise import fractal_noise

NOT_SURVEYED = 0.50  # of smooth noise; above it nobody measured afterwards


def _reached(shape, cell, columns, rows, radius_m):
    """bool: the cells whose centre lies within the radius of any station."""
    found = np.zeros(shape, dtype=bool)
    for column, row, radius in zip(columns, rows, radius_m / cell):
        half = int(radius) + 1
        top, left = max(int(row) - half, 0), max(int(column) - half, 0)
        bottom, right = min(int(row) + half + 1, shape[0]), min(int(column) + half + 1, shape[1])
        down = (np.arange(top, bottom) + 0.5 - row)[:, None]
        across = (np.arange(left, right) + 0.5 - column)[None, :]
        found[top:bottom, left:right] |= down * down + across * across <= radius * radius
    return found


def after(before, lattice, metric, radius_m, alive, seed):
    """`before` as the storm left it; `metric` places of the operator's stations that carry the technology."""
    columns, rows = (metric[:, 0] - lattice.west) / lattice.cell, (lattice.north - metric[:, 1]) / lattice.cell
    everyone = _reached(before.shape, lattice.cell, columns, rows, radius_m)
    left = _reached(before.shape, lattice.cell, columns[alive], rows[alive], radius_m[alive])
    result = np.where((before == SERVED) & everyone & ~left, UNSERVED, before).astype(np.uint8)
    survey = fractal_noise(lattice.centre_xs(), lattice.centre_ys(), 40000.0, seed, octaves=3)
    result[survey > NOT_SURVEYED] = UNKNOWN
    return result
