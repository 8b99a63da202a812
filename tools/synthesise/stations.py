"""Base stations of one operator: placed by people, sparser in mountains, none in the hollows."""

from dataclasses import dataclass

import numpy as np

STRENGTH_FLOOR = -1.6
_SPREAD_CELLS = 32  # stations are drawn in turn from squares of this many cells, so they spread evenly


@dataclass
class Stations:
    """Columns and rows on the service grid, range in metres, and whether each also carries 5G."""

    columns: np.ndarray
    rows: np.ndarray
    range_metres: np.ndarray
    has_5g: np.ndarray


def range_metres(people_per_km2):
    """Reach of a station: short in town (capacity), long in the country."""
    return np.clip(9000.0 * np.maximum(people_per_km2, 1.0) ** -0.25, 900.0, 6000.0)


def place(people, people_per_km2, hollow, count, seed):
    """`count` stations by systematic sampling of cells, weighted by people; fewer per head where it is dense."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rows, columns = np.nonzero(people > 0)
    weight = people[rows, columns] * np.maximum(people_per_km2[rows, columns], 1.0) ** -0.5
    weight *= np.where(hollow[rows, columns] > 0.8, 0.0, 1.0)
    across = columns // _SPREAD_CELLS
    down = rows // _SPREAD_CELLS
    snake = np.where(down % 2 == 0, across, across.max() - across)
    order = np.lexsort((columns, rows, snake, down))
    running = np.cumsum(weight[order])
    marks = (np.arange(count) + generator.uniform(0.0, 1.0, count)) * (running[-1] / count)
    chosen = order[np.minimum(np.searchsorted(running, marks), len(order) - 1)]
    rows, columns = rows[chosen], columns[chosen]
    density = people_per_km2[rows, columns]
    reach = range_metres(density) * generator.uniform(0.8, 1.2, count)
    has_5g = density * generator.uniform(0.6, 1.6, count) > np.quantile(density, 0.72)
    return Stations(columns, rows, reach, has_5g)


def strength(stations, shape, cell_metres, range_factor=1.0):
    """Best of 1 - distance/range over the stations, float32: 1 at a mast, 0 at its range, STRENGTH_FLOOR far away."""
    field = np.full(shape, STRENGTH_FLOOR, dtype=np.float32)
    for column, row, reach in zip(stations.columns, stations.rows, stations.range_metres * range_factor):
        half = int((1.0 - STRENGTH_FLOOR) * reach / cell_metres)
        top, bottom = max(row - half, 0), min(row + half + 1, shape[0])
        left, right = max(column - half, 0), min(column + half + 1, shape[1])
        down = (np.arange(top, bottom, dtype=np.float32) - row)[:, None]
        across = (np.arange(left, right, dtype=np.float32) - column)[None, :]
        cone = 1.0 - np.sqrt(down * down + across * across) * np.float32(cell_metres / reach)
        window = field[top:bottom, left:right]
        np.maximum(window, cone, out=window)
    return field
