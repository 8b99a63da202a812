"""Smooth deterministic noise: a value depends on its position and the seed, on nothing else.

Integer lattice points are hashed, and the values between them interpolated; so two windows of one map
agree where they overlap, and a run can be repeated on any machine.
"""

import numpy as np

_MASK = np.uint64(0xFFFFFFFFFFFFFFFF)


def hash_to_unit(column, row, seed):
    """A number in [0, 1) for each integer pair (column, row), by the splitmix64 finaliser."""
    with np.errstate(over="ignore"):
        mixed = (np.asarray(column).astype(np.int64).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
                 ^ np.asarray(row).astype(np.int64).astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
                 ^ np.uint64((seed * 0x165667B19E3779F9) & 0xFFFFFFFFFFFFFFFF))
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = (mixed ^ (mixed >> np.uint64(31))) & _MASK
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _lattice_position(coordinate, wavelength):
    scaled = np.asarray(coordinate, dtype=np.float64) / wavelength
    base = np.floor(scaled)
    fraction = scaled - base
    return base.astype(np.int64), fraction * fraction * (3.0 - 2.0 * fraction)


def grid_noise(xs, ys, wavelength, seed):
    """Noise in [-1, 1] on the grid xs (columns) by ys (rows), float32; wavelength in the unit of xs, ys."""
    column, along_x = _lattice_position(xs, wavelength)
    row, along_y = _lattice_position(ys, wavelength)
    columns = np.arange(column.min(), column.max() + 2)
    rows = np.arange(row.min(), row.max() + 2)
    corners = (2.0 * hash_to_unit(columns[None, :], rows[:, None], seed) - 1.0).astype(np.float32)
    column, row = column - columns[0], row - rows[0]
    along_x, along_y = along_x.astype(np.float32), along_y.astype(np.float32)
    across = corners[:, column] * (1 - along_x) + corners[:, column + 1] * along_x
    return across[row] * (1 - along_y)[:, None] + across[row + 1] * along_y[:, None]


def fractal_noise(xs, ys, wavelength, seed, octaves=4):
    """Sum of `octaves` noises, each of half the wavelength and half the height; about [-1, 1], float32."""
    total, height, weight = None, 1.0, 0.0
    for octave in range(octaves):
        layer = grid_noise(xs, ys, wavelength / 2**octave, seed + 101 * octave) * np.float32(height)
        total = layer if total is None else total + layer
        weight += height
        height *= 0.5
    return total / np.float32(weight)
