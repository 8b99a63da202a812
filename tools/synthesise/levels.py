"""Finding the threshold that serves a given part of the people, and the setting that reaches a given union."""

import numpy as np

_BINS = 1 << 17


def threshold_for(field, people, part):
    """The value t for which the cells with field >= t hold `part` of the people (to 1/131072 of the field's range)."""
    inhabited = people > 0
    values, weights = field[inhabited].astype(np.float64), people[inhabited]
    low, high = values.min(), values.max()
    bins = np.minimum(((values - low) * (_BINS / (high - low))).astype(np.int64), _BINS - 1)
    held = np.bincount(bins, weights, _BINS)
    from_top = np.cumsum(held[::-1])[::-1]
    first = int(np.searchsorted(-from_top, -part * weights.sum(), side="right"))
    return low + max(first - 1, 0) * (high - low) / _BINS


def bisect(measure, wanted, low, high, steps=14):
    """The setting in [low, high] at which the growing function `measure` comes nearest to `wanted`."""
    for _ in range(steps):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if measure(middle) < wanted else (low, middle)
    return 0.5 * (low + high)


def part_of(people, chosen):
    """The part of all people who live in the chosen cells."""
    return float(people[chosen].sum() / people.sum())


def box_mean(values, half):
    """Mean over a square of 2 half + 1 cells, zero beyond the edge; run twice for a smooth result."""
    result = values.astype(np.float64)
    for _ in range(2):
        for axis in (0, 1):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (half + 1, half)
            total = np.cumsum(np.pad(result, pad), axis=axis)
            size = result.shape[axis]
            upper = np.take(total, np.arange(2 * half + 1, 2 * half + 1 + size), axis=axis)
            lower = np.take(total, np.arange(size), axis=axis)
            result = (upper - lower) / (2 * half + 1)
    return np.maximum(result, 0.0)
