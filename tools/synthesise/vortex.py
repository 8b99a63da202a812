"""The wind of an invented storm: the largest 3-s gust at each place, and when it blew.

A symmetric vortex after Holland's shape moves along a track of (hours, longitude, latitude, largest gust in m/s);
the right side of its way is a little stronger, and smooth noise stands for the ground.
"""

import numpy as np

from ground import kilometres_per_degree
from smooth_noise import fractal_noise

STEP_HOURS = 0.25
SHAPE = 1.3       # b of Holland's profile
RIGHT_SIDE = 0.08  # stronger there by this part, weaker on the left


def _at_hours(track):
    """The track at every STEP_HOURS: hours, longitude, latitude, gust."""
    track = np.asarray(track, dtype=np.float64)
    hours = np.arange(track[0, 0], track[-1, 0] + STEP_HOURS / 2, STEP_HOURS)
    return np.stack([hours, *(np.interp(hours, track[:, 0], track[:, axis]) for axis in (1, 2, 3))], axis=1)


def largest_gusts(lattice, track, radius_km, seed):
    """(m/s to one decimal as float32, hours of the largest gust) at the centres of a lattice in degrees."""
    longitudes, latitudes = lattice.centre_xs()[None, :], lattice.centre_ys()[:, None]
    east_km, north_km = kilometres_per_degree(float(latitudes.mean()))
    gust = np.zeros((lattice.rows, lattice.columns), dtype=np.float32)
    hour = np.zeros(gust.shape, dtype=np.float32)
    path = _at_hours(track)
    for at, (hours, longitude, latitude, strongest) in enumerate(path):
        before, after = path[max(at - 1, 0)], path[min(at + 1, len(path) - 1)]
        way = np.array([(after[1] - before[1]) * east_km, (after[2] - before[2]) * north_km])
        way /= max(np.hypot(*way), 1e-9)
        east, north = (longitudes - longitude) * east_km, (latitudes - latitude) * north_km
        away = np.maximum(np.hypot(east, north), 0.5)
        ratio = (radius_km / away) ** SHAPE
        right = (east * way[1] - north * way[0]) / away
        now = strongest * np.sqrt(ratio * np.exp(1.0 - ratio)) * (1.0 + RIGHT_SIDE * right)
        stronger = now > gust
        gust[stronger], hour[stronger] = now[stronger], hours
    kilometres = np.arange(lattice.columns) * lattice.cell * east_km, np.arange(lattice.rows) * lattice.cell * north_km
    gust *= 1.0 + 0.07 * fractal_noise(*kilometres, 18.0, seed, octaves=3)
    return np.round(gust, 1), hour
