"""What an invented storm does to each station, hour by hour: the truth behind status tables and after-maps."""

import csv
from dataclasses import dataclass

import numpy as np

from files import published
from outages import iso_time

HOURS = np.arange(0, 97)          # from the event's time
UNKNOWN_DESIGN_GUST, UNKNOWN_PLINTH, UNKNOWN_BATTERY = 45.0, 0.7, 3.5
STATUS_COLUMNS = ["id", "status", "cause", "since", "repair_hours"]


@dataclass
class Stations:
    """The table of sites as arrays; parents as numbers, -1 for none."""

    ids: list
    operator: np.ndarray
    lon_lat: np.ndarray
    radius_m: np.ndarray
    has_5g: np.ndarray
    parents: np.ndarray       # n x 2
    battery_hours: np.ndarray
    generator: np.ndarray     # bool
    plinth_m: np.ndarray
    design_gust: np.ndarray


def read_stations(path, generator_share, seed):
    """What the table does not tell is drawn or set to a middle value: the truth has no gaps."""
    draw = np.random.Generator(np.random.PCG64(seed))
    with open(path, newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    number = {row["id"]: at for at, row in enumerate(rows)}
    parents = np.full((len(rows), 2), -1)
    for at, row in enumerate(rows):
        for place, parent in enumerate(filter(None, row["parents"].split(";"))):
            parents[at, place] = number[parent]

    def values(column, otherwise):
        return np.array([float(row[column] or otherwise) for row in rows])
    told = np.array([row["generator"] for row in rows])
    engines = (told == "yes") | ((told == "") & (draw.uniform(size=len(rows)) < generator_share))
    return Stations([row["id"] for row in rows], np.array([row["operator"] for row in rows]),
                    np.stack([values("lon", 0), values("lat", 0)], axis=1), values("radius_m", 0),
                    np.array(["5g" in row["technologies"] for row in rows]), parents,
                    values("battery_hours", UNKNOWN_BATTERY), engines, values("plinth_m", UNKNOWN_PLINTH),
                    values("design_gust_ms", UNKNOWN_DESIGN_GUST))


def _connected(stands, parents):
    """Which stations that stand reach a root over stations that do too; hours x stations."""
    alive = stands & (parents < 0).all(axis=1)
    while True:
        carried = np.zeros_like(alive)
        for place in (0, 1):
            carried |= alive[:, parents[:, place]] & (parents[:, place] >= 0)
        further = alive | (stands & carried)
        if (further == alive).all():
            return alive
        alive = further


@dataclass
class Fates:
    """alive: HOURS x stations. cause: of the first outage, empty where there is none."""

    alive: np.ndarray
    cause: np.ndarray
    repaired: np.ndarray      # hours from the event's time, infinity: not in sight


def decide(stations, gust, hour, depth, lost, restored, seed):
    """`gust`, its `hour`, water `depth`, and when power was `lost` and `restored`: an entry each station."""
    draw = np.random.Generator(np.random.PCG64(seed))
    count = len(stations.ids)
    strength = 1.25 * stations.design_gust * np.exp(0.15 * draw.normal(size=count))
    fallen, drowned = gust > strength, depth > stations.plinth_m
    broken = np.where(fallen, hour, np.where(drowned, hour + draw.uniform(2.0, 8.0, count), np.inf))
    mended = np.where(fallen, draw.uniform(40.0, 160.0, count), draw.uniform(24.0, 96.0, count))
    mended = np.where(fallen | drowned, np.round(mended), np.inf)
    dark_from = np.where(stations.generator, np.inf, lost + stations.battery_hours)

    when = HOURS[:, None]
    structure = (when >= broken) & (when < mended)
    power = (when >= dark_from) & (when < restored)
    alive = _connected(~structure & ~power, stations.parents)
    first = np.argmax(~alive, axis=0)
    ever = ~alive.all(axis=0)
    at = np.arange(count)
    cause = np.where(structure[first, at], "structure", np.where(power[first, at], "power", "transport"))
    back = HOURS[-1] - np.argmax(~alive[::-1], axis=0) + 1.0
    return Fates(alive, np.where(ever, cause, ""), np.where(ever & alive[-1], back, np.inf))


def write_status(path, stations, fates, observed_part, start, seed):
    """The sites that somebody looked at: `observed_part` by operator; down with cause, or up all along."""
    draw = np.random.Generator(np.random.PCG64(seed))
    count = len(stations.ids)
    looked = draw.uniform(size=count) < np.array([observed_part.get(one, 0.0) for one in stations.operator])
    vague, open_end = draw.uniform(size=count) < 0.15, draw.uniform(size=count) < 0.25  # no cause, no end told

    def row_of(at):
        if not looked[at]:
            return ["unknown", "", "", ""]
        if not fates.cause[at]:
            return ["up", "", "", ""]
        end = "" if open_end[at] or not np.isfinite(fates.repaired[at]) else f"{fates.repaired[at]:.0f}"
        return ["down", "unknown" if vague[at] else fates.cause[at],
                iso_time(start, float(np.argmin(fates.alive[:, at]))), end]

    rows = [row_of(at) for at in range(count)]
    with published(path) as temporary, open(temporary, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(STATUS_COLUMNS)
        writer.writerows([name, *row] for name, row in zip(stations.ids, rows))
    return {word: sum(row[0] == word for row in rows) for word in ("up", "down", "unknown")}
