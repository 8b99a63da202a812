#!/usr/bin/python3
"""Invent what a storm leaves behind in a province whose coverage and stations are there already.

Everything written is invented and tagged SYNTHETIC=YES: flood_depth.tif (m) and power_outages.gpkg always; by the
storm's table in the recipe also gust.tif (3 s, m/s), status.csv, one operator's coverage afterwards and
damage.gpkg. The wind of a real storm decides with `track` who loses power, and is not written.
"""

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

from after_map import after
from commune_map import CommuneMap, cells_at
from damage_areas import areas
from files import Stamp, digest, generator_digest, mark_synthetic
from flood import terrain_of_recipe, terrain_of_rivers, water_depth
from levels import box_mean
from mobile_service import UNKNOWN, file_key
from network import power_zones
from outages import lose_power, outage_rows
from rasters import Lattice, read_fine_people, spatial_reference, write_raster
from service_grid import Projection
from site_fates import HOURS, decide, read_stations, write_status
from vectors import open_layer, write_layer
from vortex import largest_gusts

TAGS = {"SYNTHETIC": "YES"}
NODATA = -9999.0
TERRAIN_CELLS = 3   # population cells of 3 arc-seconds in a step of the sample's ground
GUST_DEGREES = 0.01


class Province:
    """What the storm finds: people and communes, their power zones, the stations and who lives around them."""

    def __init__(self, folder, storm):
        self.folder = folder
        lattice, self.people, crs = read_fine_people(folder / "population.tif")
        source, layer = open_layer(str(folder / "communes.gpkg"))
        self.communes = CommuneMap(layer, lattice, crs)
        layer.ResetReading()
        self.codes, self.shapes = zip(*[(one.GetField("code"), one.GetGeometryRef().Clone()) for one in layer])
        del layer, source
        self.projection = Projection(storm["crs"])
        self.centres = self.communes.centres(self.people)
        self.zones = power_zones(self.projection.to_metric(self.centres))
        self.stations = read_stations(folder / "stations.csv", storm["generators"], storm["seed"] + 5)
        self.home = self.communes.home(self.stations.lon_lat, self.centres)

    def part_in_water(self, water, deeper_than):
        """The part of each commune's people who stand in deeper water."""
        lattice = self.communes.lattice
        xs, ys = lattice.centre_xs(), lattice.centre_ys()
        rows, _, _ = cells_at(water.lattice, np.stack([np.full(len(ys), lattice.west), ys], axis=1))
        _, columns, _ = cells_at(water.lattice, np.stack([xs, np.full(len(xs), lattice.north)], axis=1))
        wet = water.values[np.ix_(rows, columns)] > deeper_than
        return self.communes.people_of(self.people, wet) / np.maximum(self.communes.people_of(self.people), 1e-9)


@dataclass
class Field:
    """Values on a lattice in degrees."""

    values: np.ndarray
    lattice: Lattice

    def at(self, lon_lat):
        """In the cells of the places; beyond the lattice those of its nearest cell."""
        rows, columns, _ = cells_at(self.lattice, lon_lat)
        return self.values[rows, columns]

    def write(self, path, description):
        write_raster(path, self.values, self.lattice, spatial_reference("EPSG:4326"), NODATA, description, TAGS)


@dataclass
class Hazards:
    water: Field   # m
    gust: Field    # m/s, 3 s
    hour: Field    # of the largest gust


def _hazards(recipe, storm, folder):
    if "rivers" in storm:
        terrain = terrain_of_rivers(folder / storm["rivers"], folder / "population.tif", TERRAIN_CELLS)
    else:
        terrain = terrain_of_recipe(recipe, TERRAIN_CELLS)
    frame, seed = terrain.lattice, storm["seed"]
    windy = Lattice(frame.west, frame.north, GUST_DEGREES, int(np.ceil(frame.columns * frame.cell / GUST_DEGREES)),
                    int(np.ceil(frame.rows * frame.cell / GUST_DEGREES)))
    gust, hour = largest_gusts(windy, storm["track"], storm["radius_km"], seed + 2)
    return Hazards(Field(water_depth(terrain, storm["deepest_m"], storm["valleys"], seed), frame),
                   Field(gust, windy), Field(hour, windy))


def _cut_power(storm, province, hazards):
    flooded = province.part_in_water(hazards.water, 0.5)
    return lose_power(hazards.gust.at(province.centres), hazards.hour.at(province.centres), flooded, province.zones,
                      storm["seed"] + 4)


def _strike(storm, province, hazards, outages):
    places, home = province.stations.lon_lat, province.home
    return decide(province.stations, hazards.gust.at(places), hazards.hour.at(places), hazards.water.at(places),
                  outages.lost[home], outages.restored[home], storm["seed"] + 6)


def _write_after(path, wanted, province, fates, seed):
    """Coverage of one operator and technology at an hour after the storm."""
    dataset = gdal.Open(str(province.folder / f"{wanted['technology']}_{file_key(wanted['operator'])}.tif"))
    west, cell, _, north, _, _ = dataset.GetGeoTransform()
    lattice = Lattice(west, north, cell, dataset.RasterXSize, dataset.RasterYSize)
    stations = province.stations
    own = stations.operator == wanted["operator"]
    if wanted["technology"] == "5g":
        own &= stations.has_5g
    alive = fates.alive[int(np.searchsorted(HOURS, wanted["hours"]))]
    result = after(dataset.ReadAsArray(), lattice, province.projection.to_metric(stations.lon_lat[own]),
                   stations.radius_m[own], alive[own], seed)
    write_raster(path, result, lattice, dataset.GetSpatialRef(), UNKNOWN,
                 f"{wanted['technology'].upper()} {wanted['operator']} after the storm", TAGS)


def _write_damage(path, hazards):
    """Fibre goes where water stands over whole neighbourhoods, 5G where the wind was worst."""
    crs = spatial_reference("EPSG:4326")
    stood = box_mean(hazards.water.values, 4)
    if not (stood > 0.05).any():
        raise ValueError("no water stands anywhere: make it deeper, or write no areas of damage")
    levels = [float(np.round(np.quantile(stood[stood > 0.05], one), 3)) for one in (0.55, 0.75, 0.92)]
    rows = areas("fibre", stood, hazards.water.lattice, crs, levels, [0.25, 0.5, 0.8])
    levels = [float(np.round(hazards.gust.values.max() * one, 1)) for one in (0.86, 0.93)]
    rows += areas("5g", box_mean(hazards.gust.values, 2), hazards.gust.lattice, crs, levels, [0.3, 0.6])
    write_layer(path, "damage", crs, rows, TAGS)


def _report(storm, province, hazards, outages, fates):
    off = 1.0 - fates.alive.mean(axis=1)
    people = province.communes.people_of(province.people)
    wet = (province.part_in_water(hazards.water, 0.5) * people).sum() / people.sum()
    print(f"{storm['name']}: gusts up to {hazards.gust.values.max():.1f} m/s; {np.isfinite(outages.lost).sum()} of "
          f"{len(people)} communes without grid power; {100 * wet:.1f} % of people in more than 0.5 m of water; "
          f"{100 * off.max():.1f} % of stations off the air at hour {HOURS[int(np.argmax(off))]}")


def make_storm(recipe, storm, folder):
    """Write every file of one storm; returns their names."""
    names, seed = [], storm["seed"]

    def new(name):
        names.append(storm.get("prefix", "") + name)
        return folder / names[-1]

    hazards = _hazards(recipe, storm, folder)
    hazards.water.write(new("flood_depth.tif"), "water over the ground, m")
    if storm.get("gust_raster"):
        hazards.gust.write(new("gust.tif"), "largest 3-s gust at 10 m, m/s")

    province = Province(folder, storm)
    outages = _cut_power(storm, province, hazards)
    write_layer(new("power_outages.gpkg"), "power_outages", spatial_reference("EPSG:4326"),
                outage_rows(outages, province.shapes, province.codes, province.zones, storm["start"]), TAGS)
    fates = _strike(storm, province, hazards, outages)
    _report(storm, province, hazards, outages, fates)
    if "seen" in storm:
        counts = write_status(new("status.csv"), province.stations, fates, storm["seen"], storm["start"], seed + 7)
        mark_synthetic(folder / names[-1])
        new("status.csv.aux.xml")
        print("status: " + ", ".join(f"{count} {word}" for word, count in counts.items()))
    if "after" in storm:
        layer = f"{storm['after']['technology']}_{file_key(storm['after']['operator'])}"
        _write_after(new(f"{layer}_after.tif"), storm["after"], province, fates, seed + 8)
    if storm.get("damage"):
        _write_damage(new("damage.gpkg"), hazards)
    return names


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds communes.gpkg, population.tif, stations.csv and the maps")
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--storm", default="storm", help="table of the recipe")
    options = parser.parse_args(arguments)
    recipe = tomllib.loads(options.recipe.read_text())
    folder, storm = options.folder, recipe[options.storm]

    read = ["communes.gpkg", "population.tif", "stations.csv", *([storm["rivers"]] if "rivers" in storm else [])]
    stamp = Stamp(folder / f"{options.storm}.stamp",
                  digest(options.recipe, options.storm, *(folder / one for one in read), generator_digest()))
    if stamp.is_current():
        print(f"{folder}: {options.storm} is up to date")
    else:
        stamp.write(make_storm(recipe, storm, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
