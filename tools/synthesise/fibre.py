"""Fibre as the share of households that it passes, in whole percent by steps of 5; nodata where not surveyed."""

import numpy as np

from levels import bisect
from smooth_noise import fractal_noise, grid_noise

NODATA = 255


def share_percent(people, people_per_km2, wanted, seed):
    """uint8 percent on the fine lattice; weighted by people and read as 0 where unknown, it comes to `wanted`."""
    columns, rows = np.arange(people.shape[1]), np.arange(people.shape[0])
    pull = 0.85 * np.log(np.maximum(people_per_km2, 0.5) / 300.0)
    pull = pull.astype(np.float32) + 1.5 * fractal_noise(columns, rows, 60.0, seed + 91, octaves=3)
    unknown = (grid_noise(columns, rows, 25.0, seed + 92) > 0.93) & (people_per_km2 < 400.0)
    inhabited = people > 0

    def percent(offset, at):
        return (20.0 / (1.0 + np.exp(-(pull[at] + offset)))).round() * 5.0

    weights = np.where(unknown, 0.0, people)[inhabited]

    def level(setting):
        return (weights * percent(setting, inhabited)).sum() / (100.0 * people.sum())

    offset = bisect(level, wanted, -12.0, 12.0)
    result = percent(offset, ...).astype(np.uint8)
    result[unknown] = NODATA
    return result
