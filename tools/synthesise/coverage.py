#!/usr/bin/python3
"""Synthesise 4G and 5G maps, fibre and a station list over communes and a population raster.

Everything written is invented and tagged SYNTHETIC=YES. 4G and 5G: one Byte raster for each operator, 100 m,
1 served, 0 unserved, 255 unknown. Fibre: percent of households passed, on the population lattice (refined to
about 100 m), 255 unknown. Stations: stations.csv in EPSG:4326 degrees, with backhaul and backup (network.py).
"""

import argparse
import csv
import sys
from pathlib import Path

import numpy as np

import fibre
from commune_map import CommuneMap
from files import Stamp, digest, generator_digest, mark_synthetic, published
from levels import part_of
from mobile_service import SERVED, UNKNOWN, Landscape, Operator, file_key, serve
from network import COLUMNS, Sites, power_zones, rows_of
from rasters import read_fine_people, spatial_reference, write_raster
from service_grid import lay_service_grid
from vectors import open_layer, split_layer

TAGS = {"SYNTHETIC": "YES"}
THREE_OPERATORS = ["Viettel:1200:0.995:15", "VinaPhone:1450:0.98:10", "MobiFone:1800:0.97:6"]


def _operators(texts):
    """NAME:PEOPLE_PER_STATION:LEVEL_4G:WEIGHT_5G, weights taken relative to the largest."""
    parts = [text.split(":") for text in texts]
    largest = max(float(part[3]) for part in parts)
    return [Operator(p[0], float(p[1]), float(p[2]), float(p[3]) / largest) for p in parts]


def _write_stations(path, placed, grid, communes, people, landscape):
    """One row for each station; radius_m is the reach that its coverage was drawn with."""
    centres = communes.centres(people)
    metric_centres = grid.projection.to_metric(centres)
    zone_of_commune = power_zones(metric_centres)
    with published(path) as temporary, open(temporary, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for index, (name, stations) in enumerate(placed):
            metric = np.stack([grid.lattice.west + (stations.columns + 0.5) * grid.lattice.cell,
                               grid.lattice.north - (stations.rows + 0.5) * grid.lattice.cell], axis=1)
            lon_lat = grid.projection.to_geographic(metric)
            zones = [zone_of_commune[home] for home in communes.home(lon_lat, centres)]
            sites = Sites(name, file_key(name), metric, lon_lat,
                          landscape.people_per_km2[stations.rows, stations.columns], stations.range_metres,
                          stations.has_5g, zones)
            writer.writerows(rows_of(sites, metric_centres, landscape.seed + 301 + index))
    mark_synthetic(path)


def _report(people, maps, percent, fine_people):
    for technology in ("4g", "5g"):
        chosen = {name: values for (which, name), values in maps.items() if which == technology}
        for name, values in chosen.items():
            print(f"{technology} {name}: {100 * part_of(people, values == SERVED):.3f} % of people, "
                  f"unknown {100 * part_of(people, values == UNKNOWN):.3f} %")
        any_served = np.logical_or.reduce([values == SERVED for values in chosen.values()])
        print(f"{technology} any operator: {100 * part_of(people, any_served):.3f} % of people")
    if percent is not None:
        known = percent != fibre.NODATA
        level = (fine_people * np.where(known, percent, 0)).sum() / fine_people.sum()
        print(f"fibre: {level:.3f} % of people, unknown {100 * part_of(fine_people, ~known):.3f} %")


def synthesise(options, operators, out):
    """Write every layer; returns the file names."""
    fine, people, crs = read_fine_people(options.population)
    source, layer = open_layer(options.communes)
    communes = CommuneMap(layer, fine, crs)
    people[communes.numbers == 0] = 0.0  # the levels are those of the communes' own people

    grid = lay_service_grid(layer.GetExtent(), options.crs, fine)
    del layer, source
    number = grid.cell_numbers()
    shape = (grid.lattice.rows, grid.lattice.columns)
    on_grid = number >= 0
    people_on_grid = np.bincount(number[on_grid], people[on_grid], shape[0] * shape[1]).reshape(shape)
    landscape = Landscape(people_on_grid, grid.lattice, options.seed)
    maps, sites = serve(landscape, operators, options.any_operator_4g, options.any_operator_5g)

    names = []
    for (technology, name), values in maps.items():
        names.append(f"{technology}_{file_key(name)}.tif")
        write_raster(out / names[-1], values, grid.lattice, grid.projection.crs, UNKNOWN,
                     f"{technology.upper()} {name}", TAGS)
    percent = None
    if options.fibre > 0:
        density = landscape.people_per_km2.astype(np.float32).ravel()[np.maximum(number, 0)]
        percent = fibre.share_percent(people, density, options.fibre, options.seed)
        percent[~on_grid] = fibre.NODATA
        names.append("fibre.tif")
        write_raster(out / names[-1], percent, fine, spatial_reference("EPSG:4326"), fibre.NODATA,
                     "fibre, percent of households passed", TAGS)
    names += ["stations.csv", "stations.csv.aux.xml"]
    _write_stations(out / "stations.csv", sites, grid, communes, people, landscape)
    _report(people_on_grid, maps, percent, people)
    return names


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--communes", required=True, help="FILE or FILE:layer, EPSG:4326")
    parser.add_argument("--population", required=True, type=Path, help="people per cell, EPSG:4326")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", required=True, type=int)
    parser.add_argument("--crs", default="EPSG:9208", help="metric CRS of the 4G and 5G maps")
    parser.add_argument("--any-operator-4g", type=float, default=0.9996, help="wanted part of the people")
    parser.add_argument("--any-operator-5g", type=float, default=0.20)
    parser.add_argument("--fibre", type=float, default=0.70, help="0 writes no fibre")
    parser.add_argument("--operator", action="append", metavar="NAME:PEOPLE_PER_STATION:LEVEL_4G:WEIGHT_5G")
    options = parser.parse_args(arguments)
    texts = options.operator or THREE_OPERATORS

    settings = [options.seed, options.crs, options.any_operator_4g, options.any_operator_5g, options.fibre, *texts]
    stamp = Stamp(options.out / "coverage.stamp",
                  digest(*settings, Path(split_layer(options.communes)[0]), options.population, generator_digest()))
    if stamp.is_current():
        print(f"{options.out}: coverage is up to date")
    else:
        stamp.write(synthesise(options, _operators(texts), options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
