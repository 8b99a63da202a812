"""Communes that tile a province: a noisy Voronoi diagram on a lattice, and polygons that share their vertices.

Every lattice vertex on a border moves by less than a quarter of a lattice step along each axis. Whatever the
moves, no lattice triangle can then turn over, so the map stays a tiling: no gap, no overlap, no crossing.
"""

import numpy as np
from osgeo import gdal, ogr

from smooth_noise import fractal_noise, hash_to_unit

SMOOTHING = 0.20  # of a corner toward the middle of its two neighbours; corners move at most this part of a step
JITTER = 0.045    # of a step; SMOOTHING + JITTER < 1/4


def seed_points(inside, attraction, count, seed):
    """(rows, columns) of `count` centres, closer where `attraction` is large (Lloyd's method)."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rows, columns = np.nonzero(inside)
    weight = attraction[rows, columns].astype(np.float64)
    picks = generator.choice(len(rows), count, replace=False, p=weight / weight.sum())
    centres = np.stack([rows[picks], columns[picks]], axis=1).astype(np.float64)
    for _ in range(7):
        owner = _nearest(rows, columns, centres)
        mass = np.bincount(owner, weight, count)
        moved = np.stack([np.bincount(owner, weight * rows, count), np.bincount(owner, weight * columns, count)], axis=1)
        centres = np.where(mass[:, None] > 0, moved / np.maximum(mass, 1e-12)[:, None], centres)
    return centres


def _nearest(rows, columns, centres):
    best = np.full(len(rows), np.inf, dtype=np.float32)
    owner = np.zeros(len(rows), dtype=np.int32)
    rows, columns = rows.astype(np.float32), columns.astype(np.float32)
    for index, (row, column) in enumerate(centres.astype(np.float32)):
        away = (rows - row) ** 2 + (columns - column) ** 2
        closer = away < best
        best[closer] = away[closer]
        owner[closer] = index
    return owner


def label_lattice(inside, centres, bend_steps, seed):
    """Labels 1..n (0 outside): the nearest centre after the plane was bent by noise of `bend_steps` height."""
    rows, columns = np.nonzero(inside)
    xs, ys = np.arange(inside.shape[1]), np.arange(inside.shape[0])
    bend_row = bend_steps * fractal_noise(xs, ys, 26.0, seed + 31, octaves=4)[rows, columns]
    bend_column = bend_steps * fractal_noise(xs, ys, 26.0, seed + 32, octaves=4)[rows, columns]
    labels = np.zeros(inside.shape, dtype=np.int32)
    labels[rows, columns] = _nearest(rows + bend_row, columns + bend_column, centres) + 1
    return _tidy(labels)


def _tidy(labels):
    """Remove splinters and places where two cells of one commune meet at a corner only."""
    memory = gdal.GetDriverByName("MEM").Create("", labels.shape[1], labels.shape[0], 1, gdal.GDT_Int32)
    band = memory.GetRasterBand(1)
    outside = labels == 0
    for _ in range(30):
        band.WriteArray(labels)
        gdal.SieveFilter(band, None, band, 60, 4)
        sieved = band.ReadAsArray()
        sieved[outside] = 0
        stray = (sieved == 0) & ~outside
        sieved[stray] = labels[stray]
        nw, ne, sw, se = sieved[:-1, :-1], sieved[:-1, 1:], sieved[1:, :-1], sieved[1:, 1:]
        falling, rising = (nw == se) & (nw != ne) & (nw != sw), (ne == sw) & (ne != nw) & (ne != se)
        if not falling.any() and not rising.any():
            return sieved
        row, column = np.nonzero(falling)
        sieved[row, column + 1] = sieved[row, column]
        row, column = np.nonzero(rising)
        sieved[row, column] = sieved[row, column + 1]
        outside = sieved == 0
        labels = sieved
    raise RuntimeError("the labels of the communes did not settle; change the seed")


def _vertex_positions(labels, seed):
    """(x, y) in lattice steps of every lattice vertex: border corners smoothed, all of them jittered."""
    padded = np.pad(labels, 1)
    nw, ne, sw, se = padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    edges = {"north": nw != ne, "south": sw != se, "west": nw != sw, "east": ne != se}
    degree = sum(edge.astype(np.int8) for edge in edges.values())
    rows, columns = labels.shape
    x = np.broadcast_to(np.arange(columns + 1, dtype=np.float64), degree.shape).copy()
    y = np.broadcast_to(np.arange(rows + 1, dtype=np.float64)[:, None], degree.shape).copy()
    pull = np.where(degree == 2, SMOOTHING, 0.0)
    x += pull * (edges["east"].astype(np.int8) - edges["west"].astype(np.int8))
    y += pull * (edges["south"].astype(np.int8) - edges["north"].astype(np.int8))
    column, row = np.arange(columns + 1)[None, :], np.arange(rows + 1)[:, None]
    x += JITTER * (2.0 * hash_to_unit(column, row, seed + 41) - 1.0)
    y += JITTER * (2.0 * hash_to_unit(column, row, seed + 42) - 1.0)
    return x, y


def _unit_steps(ring):
    """The ring's corners (integers) with every lattice vertex between them added; not closed."""
    corners = np.rint(np.array(ring.GetPoints())[:, :2]).astype(int)
    pieces = []
    for start, end in zip(corners[:-1], corners[1:]):
        steps = int(np.abs(end - start).max())
        pieces.append(start + np.arange(steps)[:, None] * np.sign(end - start))
    return np.concatenate(pieces)


def trace(labels, lattice, seed):
    """{label: ogr MultiPolygon} in the lattice's CRS, coordinates rounded to 7 decimals."""
    memory = gdal.GetDriverByName("MEM").Create("", labels.shape[1], labels.shape[0], 1, gdal.GDT_Int32)
    memory.SetGeoTransform((0, 1, 0, 0, 0, 1))
    memory.GetRasterBand(1).WriteArray(labels)
    traced = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = traced.CreateLayer("traced")
    layer.CreateField(ogr.FieldDefn("label", ogr.OFTInteger))
    gdal.Polygonize(memory.GetRasterBand(1), memory.GetRasterBand(1).GetMaskBand(), layer, 0)
    x, y = _vertex_positions(labels, seed)
    shapes = {}
    for feature in layer:
        label = feature.GetField("label")
        if label == 0:
            continue
        polygon = ogr.Geometry(ogr.wkbPolygon)
        for ring in feature.GetGeometryRef():
            steps = _unit_steps(ring)
            moved = ogr.Geometry(ogr.wkbLinearRing)
            for column, row in [*steps, steps[0]]:
                moved.AddPoint_2D(round(lattice.west + x[row, column] * lattice.cell, 7),
                                  round(lattice.north - y[row, column] * lattice.cell, 7))
            polygon.AddGeometry(moved)
        shapes.setdefault(label, ogr.Geometry(ogr.wkbMultiPolygon)).AddGeometry(polygon)
    return shapes
