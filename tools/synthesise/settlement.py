"""Where the people of the sample province live: valleys, the coastal plain, towns; hamlets in the mountains."""

import numpy as np

from smooth_noise import fractal_noise, grid_noise


def _towns(ground, xs, ys, count, seed):
    """Density of `count` towns of falling size, the first a city near the river's mouth."""
    generator = np.random.Generator(np.random.PCG64(seed))
    near_river = (ground.river_distance < 2.0) & ground.inside & (ground.ruggedness < 0.6)
    rows, columns = np.nonzero(near_river)
    picks = generator.permutation(len(rows))[:count]
    picks = picks[np.argsort(ground.coast_distance[rows[picks], columns[picks]], kind="stable")]
    density = np.zeros(ground.inside.shape, dtype=np.float32)
    for rank, pick in enumerate(picks):
        row, column = rows[pick], columns[pick]
        radius_km = 0.7 + 3.4 / (1.0 + rank) ** 0.7
        height = 1.0 / (1.0 + rank) ** 0.35
        half = int(4 * radius_km / (xs[1] - xs[0]))
        top, left = max(row - half, 0), max(column - half, 0)
        window = np.s_[top:row + half + 1, left:column + half + 1]
        away = np.hypot(ys[window[0]][:, None] - ys[row], xs[window[1]][None, :] - xs[column])
        density[window] += (height * np.exp(-0.5 * (away / radius_km) ** 2)).astype(np.float32)
    return density


def people_per_cell(ground, xs, ys, people_inside, seed):
    """People per cell (float32) that add up to `people_inside` within the province; xs, ys in km.

    Land outside the province is peopled by the same rule: neighbours live there too.
    """
    plain = np.clip(1.0 - ground.coast_distance / 45.0, 0.0, 1.0) ** 1.5
    valley = np.exp(-ground.river_distance / (0.7 + 3.0 * plain + 1.0 * (1.0 - ground.ruggedness)))
    rural = 0.006 + 0.30 * valley * (1.0 - 0.7 * ground.ruggedness) + 0.16 * plain
    village = fractal_noise(xs, ys, 2.4, seed + 21, octaves=4)
    dwelt = np.clip(village - (0.30 * ground.ruggedness - 0.12 * plain - 0.30 * valley), 0.0, None) * 2.2
    town = _towns(ground, xs, ys, 34, seed + 22)
    town_grain = 0.75 + 0.25 * fractal_noise(xs, ys, 0.8, seed + 23, octaves=2)
    edge = np.clip(0.35 + 1.3 * village + 1.1 * town, 0.0, 1.0)  # towns fray into villages instead of ending in circles
    density = rural * dwelt + 1.9 * town * town_grain * edge
    density *= 1.0 + 0.25 * grid_noise(xs, ys, 0.25, seed + 24)
    density[(density < 0.0008) | ~ground.land] = 0.0
    density *= people_inside / density[ground.inside].sum(dtype=np.float64)
    density[density < 0.02] = 0.0  # people per cell: below this nobody lives there
    density *= people_inside / density[ground.inside].sum(dtype=np.float64)
    return density.astype(np.float32)
