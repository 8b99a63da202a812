#!/usr/bin/python3
"""Make a believable province: communes.gpkg, population.tif, its synthetic coverage and a storm, from a small recipe.

usage: province.py OUT_DIR [--recipe recipe.toml] [--without-coverage]
"""

import argparse
import sys
import tomllib
from pathlib import Path

import numpy as np

import communes
import coverage
import ground as ground_module
import settlement
import storm
from files import Stamp, digest, generator_digest
from names import commune_names
from rasters import Lattice, spatial_reference, write_raster
from vectors import write_layer

NODATA_PEOPLE = -99999.0
BORDER_STEP = 3  # population cells in a step of the lattice on which borders are drawn
TAGS = {"SYNTHETIC": "YES"}
DEFAULT_RECIPE = Path(__file__).resolve().parents[2] / "datasets" / "sample-province" / "recipe.toml"


def _plane(columns, rows, west_east_km, north_south_km):
    """Cell centres in km from the north-west corner."""
    return (np.arange(columns) + 0.5) * west_east_km, (np.arange(rows) + 0.5) * north_south_km


def _official_numbers(labels, people, count, seed):
    """Official people per commune: the raster's sum times a ratio of 0.9 to 1.1, never zero."""
    generator = np.random.Generator(np.random.PCG64(seed))
    ratio = generator.uniform(0.9, 1.1, count + 1)
    on_raster = np.bincount(labels.ravel(), people.ravel().astype(np.float64), count + 1)
    return np.maximum(np.rint(on_raster * ratio), 1).astype(int), on_raster


def make_province(recipe, out):
    """Write communes.gpkg and population.tif; returns the names of the files."""
    frame, province, seed = recipe["frame"], recipe["province"], recipe["seed"]
    lattice = Lattice(frame["west"], frame["north"], 1.0 / 1200.0, frame["columns"], frame["rows"])
    east_km, north_km = ground_module.kilometres_per_degree(frame["north"] - 0.5 * lattice.rows * lattice.cell)

    step = Lattice(lattice.west, lattice.north, lattice.cell * BORDER_STEP,
                   lattice.columns // BORDER_STEP, lattice.rows // BORDER_STEP)
    ground = ground_module.lay_out(step.columns, step.rows, step.cell * np.sqrt(east_km * north_km),
                                   province["area_km2"], seed)

    # Small communes where people are many, large ones in the mountains.
    attraction = 0.06 + np.exp(-ground.coast_distance / 25.0) + 0.5 * np.exp(-ground.river_distance / 3.0) \
        * (1.0 - 0.8 * ground.ruggedness)
    centres = communes.seed_points(ground.inside, attraction, province["communes"], seed + 11)
    labels = communes.label_lattice(ground.inside, centres, 14.0, seed + 12)
    shapes = communes.trace(labels, step, seed + 13)

    def fine(field):
        return np.repeat(np.repeat(field, BORDER_STEP, axis=0), BORDER_STEP, axis=1)

    fine_ground = ground_module.Ground(*(fine(field) for field in vars(ground).values()))
    fine_ground.inside = fine(labels > 0)
    xs, ys = _plane(lattice.columns, lattice.rows, lattice.cell * east_km, lattice.cell * north_km)
    people = settlement.people_per_cell(fine_ground, xs, ys, province["people"], seed)

    official, on_raster = _official_numbers(fine(labels), people, len(shapes), seed + 14)
    area = np.bincount(labels.ravel(), minlength=len(shapes) + 1) * step.cell**2 * east_km * north_km
    names = commune_names(len(shapes), seed + 15)
    # Codes run from the north-west, row by row, as official lists roughly do.
    order = sorted(shapes, key=lambda label: (round(shapes[label].Centroid().GetY(), 1) * -1,
                                              shapes[label].Centroid().GetX()))
    rows = []
    for place, label in enumerate(order):
        dense = on_raster[label] / area[label] > 900.0
        rows.append(({"code": f"{province['first_code'] + 3 * place:05d}", "name": names[place],
                      "kind": "phường" if dense else "xã", "province": province["name"],
                      "population": int(official[label])}, shapes[label]))
    crs = spatial_reference("EPSG:4326")
    write_layer(out / "communes.gpkg", "communes", crs, rows, TAGS)

    known = fine_ground.land & (fine_ground.border_distance <= province["neighbours_km"])
    people[~known] = NODATA_PEOPLE
    write_raster(out / "population.tif", people, lattice, crs, NODATA_PEOPLE, "people per cell", TAGS)
    return ["communes.gpkg", "population.tif"]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--recipe", type=Path, default=DEFAULT_RECIPE)
    parser.add_argument("--without-coverage", action="store_true")
    options = parser.parse_args(arguments)
    recipe = tomllib.loads(options.recipe.read_text())

    stamp = Stamp(options.out / "province.stamp", digest(options.recipe, generator_digest()))
    if not stamp.is_current():
        stamp.write(make_province(recipe, options.out))
    if options.without_coverage:
        return 0
    wanted = recipe["coverage"]
    coverage.main([
        "--communes", f"{options.out / 'communes.gpkg'}:communes", "--population", str(options.out / "population.tif"),
        "--out", str(options.out), "--seed", str(recipe["seed"]), "--crs", wanted["crs"],
        "--any-operator-4g", str(wanted["any_operator_4g"]), "--any-operator-5g", str(wanted["any_operator_5g"]),
        "--fibre", str(wanted["fibre"])])
    return storm.main([str(options.out), "--recipe", str(options.recipe)]) if "storm" in recipe else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
