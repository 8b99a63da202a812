"""Grid power after an invented storm: which communes lost it, when, and when it came back.

Wind and water decide, the power zones of neighbouring communes lean the same way, and the worst hit wait longest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

MEDIAN_GUST, SPREAD = 31.0, 0.23   # m/s and of its logarithm: half the communes lose power there
FLOODED_PART = 0.30                # of a commune's people in water: then its power is cut


@dataclass
class Outages:
    """One entry a commune; hours from the event's time, infinity where power is not lost or not back."""

    lost: np.ndarray
    restored: np.ndarray


def _leaning(zones, generator):
    """A number about normal for each commune, half of it shared within a power zone."""
    names = sorted(set(zones))
    shared = dict(zip(names, generator.normal(size=len(names))))
    return 0.8 * np.array([shared[zone] for zone in zones]) + 0.6 * generator.normal(size=len(zones))


def lose_power(gust, hour, flooded, zones, seed):
    """`gust`, its `hour` and the part of people in water, an entry each commune."""
    generator = np.random.Generator(np.random.PCG64(seed))
    strength = MEDIAN_GUST * np.exp(SPREAD * _leaning(zones, generator))
    by_wind, by_water = gust > strength, flooded > FLOODED_PART
    late = generator.uniform(1.0, 6.0, len(gust))
    lost = np.where(by_wind, hour, np.where(by_water, hour + late, np.inf))
    severity = np.maximum(np.where(by_wind, gust / strength - 1.0, 0.0), flooded)
    wait = 8.0 + 70.0 * severity + generator.uniform(0.0, 24.0, len(gust))
    restored = np.where(wait > 72.0, np.inf, np.round(lost + wait, 1))
    return Outages(np.round(np.maximum(lost, 0.0), 1), restored)


def iso_time(start, hours):
    """`start` is ISO text with its zone; the same zone comes out, to the minute; empty for infinity."""
    if not np.isfinite(hours):
        return ""
    return (datetime.fromisoformat(start) + timedelta(minutes=round(60 * float(hours)))).isoformat()


def outage_rows(outages, shapes, codes, zones, start):
    """[(attributes, geometry)] of the communes that lost power, their outlines simplified to about 50 m."""
    rows, hit = [], np.flatnonzero(np.isfinite(outages.lost))
    if len(hit) == 0:
        raise ValueError("no commune loses power: make the storm stronger, or the water deeper")
    for at in hit:
        rows.append(({"commune": codes[at], "power_zone": zones[at], "lost": iso_time(start, outages.lost[at]),
                      "restored": iso_time(start, outages.restored[at])}, shapes[at].SimplifyPreserveTopology(0.0005)))
    return rows
