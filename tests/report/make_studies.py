"""Studies whose reports are read by a browser. usage: make_studies.py FOLDER"""
import math
import os
import random
import sys

import numpy
from osgeo import gdal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from small_inputs import CELL, NORTH, WEST, cell_box, communes, raster  # noqa: E402

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
NAMES = ["Thành Vinh", "Nghệ An", "Đô Lương", HOSTILE, "</script><script>document.title='owned'</script>", "Quỳ Hợp",
         "=1+1", "Xã & \u2028 \u2029 \"ngoặc\""]

STUDY = """[study]
name = "{name}"
[communes]
path = "communes.geojson"
code = "code"
name = "name"
[population]
path = "people.tif"
values = "people_per_cell"
[[coverage]]
technology = "4g"
operator = "A"
path = "4g.tif"
rule = "present"
[[coverage]]
technology = "5g"
operator = "A"
path = "5g.tif"
rule = "present"
[[coverage]]
technology = "fibre"
meaning = "passed"
path = "fibre.tif"
rule = "share"
full_value = 1
[[target]]
name = "5G 90 %"
technology = "5g"
percent = 90
scope = "commune"
"""


def write_study(folder, name, people, served, features):
    os.makedirs(folder)
    synthetic = {"SYNTHETIC": "YES"}
    raster(os.path.join(folder, "people.tif"), people, nodata=-99999, metadata=synthetic)
    for technology, cells in served.items():
        raster(os.path.join(folder, technology + ".tif"), cells, kind=gdal.GDT_Byte, nodata=255)
    raster(os.path.join(folder, "fibre.tif"), numpy.asarray(served["5g"] == 1) * 0.5 + 0.25)
    communes(os.path.join(folder, "communes.geojson"), features)
    with open(os.path.join(folder, "study.toml"), "w", encoding="utf-8") as file:
        file.write(STUDY.format(name=name))


def small(folder):
    """Eight communes of 6 x 6 cells in two rows, with hollows and a map that ends early."""
    source = numpy.random.default_rng(8)
    people = source.gamma(2.0, 9.0, (12, 24)).round(3)
    four = numpy.ones((12, 24), numpy.uint8)
    four[1:4, 7:10] = 0
    four[8:11, 14:22] = 0
    four[0:5, 23] = 255
    five = (four == 1) * (source.random((12, 24)) < 0.6)
    five[6:12, 0:6] = True
    features = [(f"{i + 1:05}", name, cell_box(6 * (i // 4), 6 * (i % 4), 6, 6)) for i, name in enumerate(NAMES)]
    write_study(folder, "Small <b>study</b>", people, {"4g": four, "5g": five.astype(numpy.uint8)}, features)


def wavy(source, start, end, steps):
    """From a corner to the next, the end left out: the same points for both neighbours, as on a real border."""
    across = (-(end[1] - start[1]), end[0] - start[0])
    points = [start]
    for i in range(1, steps):
        along = i / steps
        off = 0.12 * math.sin(math.pi * along) * source.uniform(-1, 1)
        points.append((start[0] + along * (end[0] - start[0]) + off * across[0],
                       start[1] + along * (end[1] - start[1]) + off * across[1]))
    return points


def country(folder):
    """3,321 communes, as many as Vietnam has, with borders of 20 points a side."""
    columns, rows, side = 41, 81, 6
    source = random.Random(3321)
    corners = {(row, column): (WEST + CELL * side * (column + source.uniform(-0.2, 0.2) * (0 < column < columns)),
                               NORTH - CELL * side * (row + source.uniform(-0.2, 0.2) * (0 < row < rows)))
               for row in range(rows + 1) for column in range(columns + 1)}
    lines = {}
    for row, column in corners:
        for other in ((row, column + 1), (row + 1, column)):
            if other in corners:
                lines[(row, column), other] = wavy(source, corners[row, column], corners[other], 20)

    def line(a, b):
        if (a, b) in lines:
            return lines[a, b]
        return [corners[a], *reversed(lines[b, a][1:])]

    features = []
    for row in range(rows):
        for column in range(columns):
            around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column), (row, column)]
            ring = [point for a, b in zip(around, around[1:]) for point in line(a, b)]
            features.append((f"{len(features) + 1:05}", f"Xã {row} Đông {column}",
                             [list(point) for point in [*ring, ring[0]]]))
    numbers = numpy.random.default_rng(9)
    shape = (rows * side, columns * side)
    four = numpy.kron(numbers.random((rows, columns)) < 0.97, numpy.ones((side, side))).astype(numpy.uint8)
    five = four * (numbers.random(shape) < 0.4)
    five[:40] = 255
    write_study(folder, "Country", numbers.gamma(2.0, 200.0, shape), {"4g": four, "5g": five.astype(numpy.uint8)},
                features)


if __name__ == "__main__":
    small(os.path.join(sys.argv[1], "small"))
    country(os.path.join(sys.argv[1], "country"))
