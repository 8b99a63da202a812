"""What keeps the stations of an operator on the air: backhaul, power zones, batteries, plinths, masts.

Backhaul: in each commune the station nearest to where its people live is a hub. A few hubs far apart form a ring
with the root, which carries everything; the others hang on the nearest of the ring; a station hangs on the nearest
hub, or on a station nearer to that hub. So no circle but the ring. Power zones are blocks of neighbouring communes,
the same for all operators. What a table of sites may not tell is left empty here and there.
"""

from dataclasses import dataclass

import numpy as np

COLUMNS = ["id", "operator", "lon", "lat", "technologies", "radius_m", "parents", "power_zone", "battery_hours",
           "generator", "plinth_m", "design_gust_ms"]
COMMUNES_IN_A_ZONE = 3
LARGEST_RING = 12
CHAINED, SECOND_PARENT, SECOND_PARENT_OF_HUB = 0.30, 0.15, 0.60  # parts of the stations


@dataclass
class Sites:
    """Stations of one operator: where they are, and what the coverage generator knows of them."""

    operator: str
    key: str                 # the operator as ids write it
    metric: np.ndarray       # n x 2, m
    lon_lat: np.ndarray      # n x 2, degrees
    density: np.ndarray      # people per km2 there
    range_metres: np.ndarray
    has_5g: np.ndarray
    power_zone: list         # a name each


def _distances(points, others):
    return np.hypot(points[:, None, 0] - others[None, :, 0], points[:, None, 1] - others[None, :, 1])


def _far_apart(points, first, count):
    """Numbers of `count` points, each the farthest from those before it."""
    chosen = [first]
    away = _distances(points, points[[first]])[:, 0]
    while len(chosen) < min(count, len(points)):
        chosen.append(int(np.argmax(away)))
        away = np.minimum(away, _distances(points, points[[chosen[-1]]])[:, 0])
    return chosen


def power_zones(centres):
    """A name for each commune: blocks of about COMMUNES_IN_A_ZONE neighbours, numbered from the north."""
    count = max(round(len(centres) / COMMUNES_IN_A_ZONE), 1)
    middles = centres[_far_apart(centres, int(np.argmax(centres[:, 1])), count)]
    for _ in range(10):
        owner = np.argmin(_distances(centres, middles), axis=1)
        middles = np.array([centres[owner == block].mean(axis=0) if (owner == block).any() else middles[block]
                            for block in range(count)])
    owner = np.argmin(_distances(centres, middles), axis=1)
    number = np.empty(count, dtype=int)
    number[np.lexsort((middles[:, 0], -middles[:, 1]))] = np.arange(1, count + 1)
    return [f"TBA-{number[block]:03d}" for block in owner]


def _ring(points, root):
    """Parents of the ring's stations; points[root] has none. The ring runs round the middle of its stations."""
    angle = np.arctan2(*(points - points.mean(axis=0)).T[::-1])
    order = np.argsort(angle, kind="stable")
    order = np.roll(order, -int(np.flatnonzero(order == root)[0]))
    parents = {int(order[0]): []}
    for at in range(1, len(order)):
        pair = [int(order[at - 1]), int(order[(at + 1) % len(order)])]
        parents[int(order[at])] = list(dict.fromkeys(pair))
    return parents


def _chain(points, members, hub, generator):
    """{station: the station it hangs on instead of its hub}, always one nearer to the hub."""
    if len(members) == 0:
        return {}
    to_hub = _distances(points[members], points[[hub]])[:, 0]
    between = _distances(points[members], points[members])
    between[to_hub[None, :] >= 0.8 * to_hub[:, None]] = np.inf
    nearest = np.argmin(between, axis=1)
    wanted = generator.uniform(size=len(members)) < CHAINED
    reach = between[np.arange(len(members)), nearest]
    return {members[i]: members[nearest[i]] for i in np.flatnonzero(wanted & (reach < to_hub))}


def backhaul(points, centres, density, generator):
    """(parents of every station, rank of every station: 2 on the ring, 1 other hub, 0 the rest)."""
    hubs = np.unique(np.argmin(_distances(centres, points), axis=1))
    root = int(np.argmax(density[hubs]))
    core = hubs[_far_apart(points[hubs], root, int(np.clip(round(len(hubs) ** 0.5), 3, LARGEST_RING)))]
    parents = {int(core[at]): [int(core[up]) for up in above] for at, above in _ring(points[core], 0).items()}
    rank = np.zeros(len(points), dtype=int)
    rank[hubs], rank[core] = 1, 2

    others = hubs[rank[hubs] == 1]
    near_core = core[np.argsort(_distances(points[others], points[core]), axis=1, kind="stable")]
    twice = generator.uniform(size=len(others)) < SECOND_PARENT_OF_HUB
    for hub, near, second in zip(others, near_core, twice):
        parents[int(hub)] = [int(up) for up in near[:1 + second]]

    rest = np.flatnonzero(rank == 0)
    near_hub = hubs[np.argsort(_distances(points[rest], points[hubs]), axis=1, kind="stable")[:, :2]]
    twice = generator.uniform(size=len(rest)) < SECOND_PARENT
    for station, near, second in zip(rest, near_hub, twice):
        parents[int(station)] = [int(up) for up in near[:1 + second]]
    for hub in hubs:
        for station, up in _chain(points, rest[near_hub[:, 0] == hub], hub, generator).items():
            parents[int(station)][0] = int(up)
    return [parents[station] for station in range(len(points))], rank


def _some_empty(texts, part, generator):
    return ["" if empty else text for text, empty in zip(texts, generator.uniform(size=len(texts)) < part)]


def _backup(rank, generator):
    """(battery hours, generator yes/no) as the table writes them: hubs hold out longer."""
    hours = np.clip(3.5 * np.exp(0.5 * generator.normal(size=len(rank))), 1.0, 10.0)
    hours = np.choose(rank, [hours, generator.uniform(6, 12, len(rank)), generator.uniform(16, 24, len(rank))])
    engines = np.where(generator.uniform(size=len(rank)) < np.choose(rank, [0.06, 0.60, 1.0]), "yes", "no")
    batteries = _some_empty([f"{one:.1f}" for one in hours], 0.12, generator)
    told = _some_empty(engines, 0.08, generator)
    return batteries, [engine if hub else known for engine, known, hub in zip(engines, told, rank > 0)]


def _build(rank, generator):
    """(plinth in m, design gust in m/s) as the table writes them: hubs stand higher and stronger."""
    plinth = generator.uniform(0.2, 1.2, len(rank)) + 0.6 * (rank > 0)
    gust = generator.choice([42, 45, 48, 52], len(rank), p=[0.2, 0.35, 0.3, 0.15]) + 5 * (rank > 0)
    return (_some_empty([f"{one:.1f}" for one in plinth], 0.10, generator),
            _some_empty([str(one) for one in gust], 0.10, generator))


def rows_of(sites, centres, seed):
    """The table's rows, as texts in the order of COLUMNS; `centres` of the communes in metres."""
    generator = np.random.Generator(np.random.PCG64(seed))
    ids = [f"{sites.key}-{number:04d}" for number in range(1, len(sites.metric) + 1)]
    parents, rank = backhaul(sites.metric, centres, sites.density, generator)
    battery, engine = _backup(rank, generator)
    plinth, gust = _build(rank, generator)
    return [[ids[at], sites.operator, f"{sites.lon_lat[at, 0]:.6f}", f"{sites.lon_lat[at, 1]:.6f}",
             "4g;5g" if sites.has_5g[at] else "4g", f"{sites.range_metres[at]:.0f}",
             ";".join(ids[up] for up in parents[at]), sites.power_zone[at], battery[at], engine[at], plinth[at],
             gust[at]] for at in range(len(ids))]
