#!/usr/bin/python3
"""A study without a single file: two communes, people and a map of 4G as numpy arrays."""
import numpy

import phusong

# %% The ground: 60 x 80 cells of 3 arc-seconds, more people to the east, a mast in the west.
CELL, WEST, NORTH = 1 / 1200, 105.0, 19.0
transform = (WEST, CELL, 0, NORTH, 0, -CELL)
rows, columns = numpy.mgrid[0:60, 0:80]
people = (columns / 10).astype(numpy.float32)  # persons in each cell
served = (numpy.hypot(rows - 30, columns - 25) < 28).astype(numpy.uint8)  # 1: has 4G


def box(west, east):
    """A commune from one column to another, as a GeoJSON polygon in degrees."""
    west, east, south = WEST + west * CELL, WEST + east * CELL, NORTH - 60 * CELL
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, NORTH], [west, NORTH], [west, south]]]}


communes = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"code": "00101", "name": "Xã Tây"}, "geometry": box(0, 40)},
    {"type": "Feature", "properties": {"code": "00102", "name": "Xã Đông"}, "geometry": box(40, 80)}]}

# %% The question, with the keys of a study file.
study = {
    "study": {"name": "example"},
    "communes": {"path": communes, "code": "code", "name": "name"},
    "population": {"path": phusong.Raster(people, transform, "EPSG:4326"), "values": "people_per_cell"},
    "coverage": [{"technology": "4g", "path": phusong.Raster(served, transform, "EPSG:4326"), "rule": "present"}],
}

# %% The answer.
result = phusong.run(study)
table = result.table("communes")
for row in table:
    print(f"{row['code']} {row['name']}: {row['people']:.0f} people, {row['4g_low_pct']:.1f} % with 4G")

# The same by hand: nothing is sampled where the maps share a lattice.
west = numpy.s_[:, :40]
assert numpy.isclose(table["4g_served"][0], (people[west] * served[west]).sum())

# %% Dead zones are shapes.
for zone in result.geojson("dead_zones")["features"]:
    print(f"dead zone {zone['properties']['id']}: {zone['properties']['people']:.0f} people, {zone['geometry']['type']}")
