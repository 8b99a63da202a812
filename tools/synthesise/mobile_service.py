"""4G and 5G service of several operators on one grid, tuned to wanted parts of the people."""

from dataclasses import dataclass

import numpy as np

from levels import bisect, box_mean, part_of, threshold_for
from smooth_noise import fractal_noise, hash_to_unit
from stations import STRENGTH_FLOOR, Stations, place, strength

UNSERVED, SERVED, UNKNOWN = 0, 1, 255
_5G_RANGE = 1.3  # of the 4G range in this score; the threshold, set by people, draws it far inside 4G


@dataclass(frozen=True)
class Operator:
    name: str
    people_per_station: float
    level_4g: float      # wanted part of the people on 4G
    weight_5g: float     # its 5G against the other operators'


def file_key(name):
    """viettel, vinaphone, operator_a: the name as file names write it."""
    return "_".join(name.lower().split())


class Landscape:
    """What an operator looks at: people, how dense they live, how broken the ground is; on the service grid."""

    def __init__(self, people, lattice, seed):
        self.people, self.lattice, self.seed = people, lattice, seed
        self.xs, self.ys = lattice.centre_xs(), lattice.centre_ys()
        self.people_per_km2 = box_mean(people, 8) / (lattice.cell / 1000.0) ** 2
        around = box_mean(people, 30) / (lattice.cell / 1000.0) ** 2
        # No height model is used: few people in the 6 km around stand for mountains.
        self.ruggedness = (1.0 / (1.0 + (around / 45.0) ** 1.2)).astype(np.float32)
        ridges = fractal_noise(self.xs, self.ys, 9000.0, seed + 51, octaves=3)
        self.hollow = np.clip(self.ruggedness * (0.55 + 1.6 * ridges), 0.0, 1.0)

    def noise(self, wavelength_metres, salt, octaves=3):
        return fractal_noise(self.xs, self.ys, wavelength_metres, self.seed + salt, octaves)


def _survey_gap(landscape, salt):
    """bool mask: a strip without data, 500 m wide and tens of km long, where 0.05 % to 0.4 % of the people live."""
    rows, columns = np.nonzero(landscape.people > 0)
    total = landscape.people.sum()
    for attempt in range(200):
        number = hash_to_unit(np.arange(3), np.full(3, attempt), landscape.seed + 1000 + salt)
        at = int(number[0] * len(rows))
        angle = np.pi * number[1]
        down = (np.arange(landscape.people.shape[0]) - rows[at])[:, None].astype(np.float32)
        across = (np.arange(landscape.people.shape[1]) - columns[at])[None, :].astype(np.float32)
        east, south = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        gap = (np.abs(down * east - across * south) < 2.5) & (np.abs(across * east + down * south) < 120 + 180 * number[2])
        if 0.0005 < landscape.people[gap].sum() / total < 0.004:
            return gap
    return np.zeros(landscape.people.shape, dtype=bool)


def _service(fields, gaps, people, parts):
    """bool maps: each field cut where it serves its part of the people; the gaps taken out."""
    return [(field >= threshold_for(field, people, part)) & ~gap for field, gap, part in zip(fields, gaps, parts)]


def _with_unknown(served, gap):
    return np.where(gap, UNKNOWN, served.astype(np.uint8)).astype(np.uint8)


def serve(landscape, operators, any_4g, any_5g):
    """{(technology, operator name): uint8 map} and [(operator name, Stations)]."""
    people, shape, cell = landscape.people, landscape.people.shape, landscape.lattice.cell
    total = people.sum()
    town = np.log10(np.maximum(landscape.people_per_km2, 1.0)).astype(np.float32)  # 5G comes to towns first
    sites, fields_4g, fields_5g, gaps_4g, gaps_5g = [], [], [], [], []
    for index, operator in enumerate(operators):
        count = max(int(total / operator.people_per_station), 3)
        stations = place(people, landscape.people_per_km2, landscape.hollow, count, landscape.seed + 61 + index)
        sites.append((operator.name, stations))
        # Each operator has regions where it built late: there its rivals serve the people whom it misses.
        late = landscape.noise(24000.0, 71 + index, octaves=2) * (0.5 + landscape.ruggedness)
        reach_4g = strength(stations, shape, cell)
        score = reach_4g + 0.35 * landscape.noise(3000.0, 76 + index) + 1.2 * late
        fields_4g.append(np.where(reach_4g <= STRENGTH_FLOOR, np.float32(-5.0), score))  # no mast, no signal
        on_5g = Stations(*(column[stations.has_5g] for column in vars(stations).values()))
        fields_5g.append(0.6 * strength(on_5g, shape, cell, _5G_RANGE) + 0.25 * landscape.noise(1500.0, 81 + index)
                         + 0.35 * town + 0.7 * landscape.noise(6000.0, 86 + index))
        gaps_4g.append(_survey_gap(landscape, 10 + index))
        gaps_5g.append(_survey_gap(landscape, 20 + index))

    # The deeper the hollows that all operators share, the fewer people their union reaches.
    def maps_4g(shallow):
        depth = np.float32(10.0 * (1.0 - shallow))
        return _service([field - depth * landscape.hollow for field in fields_4g], gaps_4g, people,
                        [operator.level_4g for operator in operators])

    def maps_5g(scale):
        return _service(fields_5g, gaps_5g, people,
                        [min(scale * operator.weight_5g, 0.95) for operator in operators])

    def reach(maps):
        return part_of(people, np.logical_or.reduce(maps))

    served_4g = maps_4g(bisect(lambda s: reach(maps_4g(s)), any_4g, 0.0, 1.0))
    served_5g = maps_5g(bisect(lambda s: reach(maps_5g(s)), any_5g, 0.0, 1.0))
    maps = {}
    for technology, served, gaps in (("4g", served_4g, gaps_4g), ("5g", served_5g, gaps_5g)):
        for operator, one, gap in zip(operators, served, gaps):
            maps[technology, operator.name] = _with_unknown(one, gap)
    return maps, sites
