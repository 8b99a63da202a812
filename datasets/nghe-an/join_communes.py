#!/usr/bin/python3
"""Join the communes' full-resolution borders (TopoJSON) with their attributes, by code, into communes.gpkg.

usage: join_communes.py DATA_DIR. Reads communes_full.topojson and communes_attributes.geojson.
"""

import json
import sys
from pathlib import Path

from osgeo import ogr

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "synthesise"))
from rasters import spatial_reference  # noqa: E402
from vectors import write_layer  # noqa: E402

COMMUNES, OFFICIAL_PEOPLE = 130, 3831694


def _ring(arcs, numbers):
    """A closed ring from arc numbers; ~n is arc n backwards; consecutive arcs share an end point."""
    points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in points:
        ring.AddPoint_2D(x, y)
    return ring


def _shape(arcs, geometry):
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    shape = ogr.Geometry(ogr.wkbMultiPolygon)
    for rings in polygons:
        polygon = ogr.Geometry(ogr.wkbPolygon)
        for numbers in rings:
            polygon.AddGeometry(_ring(arcs, numbers))
        shape.AddGeometry(polygon)
    return shape


def main(folder):
    topology = json.loads((folder / "communes_full.topojson").read_text())
    if "transform" in topology:
        raise ValueError("communes_full.topojson: quantised arcs are not expected")
    shapes = {}
    for collection in topology["objects"].values():
        for geometry in collection["geometries"]:
            shapes[geometry["properties"]["code"]] = _shape(topology["arcs"], geometry)
    features = json.loads((folder / "communes_attributes.geojson").read_text())["features"]
    attributes = {feature["properties"]["code"]: feature["properties"] for feature in features}

    odd = [f"code {code} is in one file only" for code in sorted(set(shapes) ^ set(attributes))]
    odd += [f"{len(features) - len(attributes)} repeated codes"] * (len(features) != len(attributes))
    total = sum(each["population"] for each in attributes.values())
    if len(shapes) != COMMUNES or total != OFFICIAL_PEOPLE:
        odd.append(f"{len(shapes)} communes of {total} people, expected {COMMUNES} of {OFFICIAL_PEOPLE}")
    if odd:
        raise ValueError("the communes do not join: " + "; ".join(odd))
    for code in sorted(shapes):
        if not shapes[code].IsValid():
            print(f"note: the border of {code} {attributes[code]['name']} is not a valid polygon")
    rows = [({"code": code, "name": attributes[code]["name"], "kind": attributes[code]["kind"],
              "province": attributes[code]["province"], "population": int(attributes[code]["population"])}, shapes[code])
            for code in sorted(shapes)]
    write_layer(folder / "communes.gpkg", "communes", spatial_reference("EPSG:4326"), rows)
    print(f"communes.gpkg: {len(rows)} communes, {total} people (official)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
