"""The 100 m grid on which mobile service is drawn, and the way from longitude/latitude onto it.

Between VN-2000 and WGS 84 the coordinate operation is pinned to EPSG:6960, so that the answer does not depend
on the PROJ version's choice.
"""

from dataclasses import dataclass

import numpy as np
from osgeo import osr

from rasters import Lattice, spatial_reference

CELL_METRES = 100.0
MARGIN_METRES = 3000.0
NODE_CELLS = 16  # the transform is exact on every 16th cell and linear between: error under 1 m

# EPSG:6960 (VN-2000 to WGS 84 (2)) run backwards, then TM-3; parameters from the EPSG register. A pinned operation
# is fed in the order of the CRS authority, latitude first: hence the first step.
_TO_VN2000 = (
    "+proj=pipeline +step +proj=axisswap +order=2,1 +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 +step +inv +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=0 +lon_0={meridian} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84")
_PINNED = {"EPSG:9208": _TO_VN2000.format(meridian=104.75)}


class Projection:
    """EPSG:4326 (longitude, latitude) to a metric CRS (x, y) and back."""

    def __init__(self, crs_name):
        self.crs = spatial_reference(crs_name)
        geographic = spatial_reference("EPSG:4326")
        options, reverse = osr.CoordinateTransformationOptions(), osr.CoordinateTransformationOptions()
        if crs_name.upper() in _PINNED:
            options.SetOperation(_PINNED[crs_name.upper()])
            reverse.SetOperation(_PINNED[crs_name.upper()], True)
        self._forward = osr.CoordinateTransformation(geographic, self.crs, options)
        self._back = osr.CoordinateTransformation(self.crs, geographic, reverse)

    def to_metric(self, points):
        return np.array(self._forward.TransformPoints(np.asarray(points).tolist()))[:, :2]

    def to_geographic(self, points):
        return np.array(self._back.TransformPoints(np.asarray(points).tolist()))[:, :2]


@dataclass
class ServiceGrid:
    """A lattice in the metric CRS, and the service cell that holds each fine population cell's centre."""

    lattice: Lattice
    projection: Projection
    fine: Lattice           # the population grid, refined to about 100 m, EPSG:4326

    def cell_numbers(self):
        """int32 rows x columns of the fine lattice: number of the service cell, -1 outside."""
        metric = _fine_to_metric(self.fine, self.projection)
        column = np.floor((metric[0] - self.lattice.west) / CELL_METRES).astype(np.int32)
        row = np.floor((self.lattice.north - metric[1]) / CELL_METRES).astype(np.int32)
        beyond = (column < 0) | (row < 0) | (column >= self.lattice.columns) | (row >= self.lattice.rows)
        number = row * np.int32(self.lattice.columns) + column
        number[beyond] = -1
        return number


def _fine_to_metric(fine, projection):
    """(x, y) arrays of the fine lattice's cell centres."""
    def nodes(count):
        at = np.arange(0, count + NODE_CELLS, NODE_CELLS)
        index = np.minimum(np.arange(count) // NODE_CELLS, len(at) - 2)
        return at, index, (np.arange(count) - at[index]) / NODE_CELLS
    column_at, column_index, along_x = nodes(fine.columns)
    row_at, row_index, along_y = nodes(fine.rows)
    longitude = fine.west + (column_at + 0.5) * fine.cell
    latitude = fine.north - (row_at + 0.5) * fine.cell
    points = np.stack(np.meshgrid(longitude, latitude), axis=-1).reshape(-1, 2)
    exact = projection.to_metric(points).reshape(len(row_at), len(column_at), 2)
    result = []
    for axis in (0, 1):
        across = exact[:, column_index, axis] * (1 - along_x) + exact[:, column_index + 1, axis] * along_x
        result.append(across[row_index] * (1 - along_y)[:, None] + across[row_index + 1] * along_y[:, None])
    return result


def lay_service_grid(extent_degrees, crs_name, fine):
    """The service grid over (west, east, south, north) in degrees, snapped to whole cells."""
    west, east, south, north = extent_degrees
    projection = Projection(crs_name)
    edge = np.linspace(0.0, 1.0, 21)
    ring = np.concatenate([
        np.stack([west + (east - west) * edge, np.full(21, south)], axis=1),
        np.stack([west + (east - west) * edge, np.full(21, north)], axis=1),
        np.stack([np.full(21, west), south + (north - south) * edge], axis=1),
        np.stack([np.full(21, east), south + (north - south) * edge], axis=1)])
    metric = projection.to_metric(ring)
    low = np.floor((metric.min(axis=0) - MARGIN_METRES) / CELL_METRES) * CELL_METRES
    high = np.ceil((metric.max(axis=0) + MARGIN_METRES) / CELL_METRES) * CELL_METRES
    columns, rows = ((high - low) / CELL_METRES).astype(int)
    return ServiceGrid(Lattice(low[0], high[1], CELL_METRES, int(columns), int(rows)), projection, fine)
