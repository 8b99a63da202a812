"""project.qgz, layer_styles and .qml files in the real QGIS, headless: everything opens, styled and in place."""
import os
import shutil
import sys
import tempfile
import unittest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
runtime = tempfile.mkdtemp(prefix="phusong-qgis-")
os.chmod(runtime, 0o700)
os.environ["XDG_RUNTIME_DIR"] = runtime
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = runtime

from osgeo import gdal, ogr  # noqa: E402  an error of theirs is an error of the test
from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject,  # noqa: E402
                       QgsRasterLayer, QgsRenderContext, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from test_command_line import phusong  # noqa: E402
from test_dead_zones import Ragged  # noqa: E402
from test_event import EVENT, STATUS  # noqa: E402
from test_rollout import Rollout  # noqa: E402

# QGIS lets them fail on the way to other drivers.
ogr.DontUseExceptions()
gdal.DontUseExceptions()
application = QgsApplication([], False)
application.initQgis()

STYLED = {"communes": "graduatedSymbol", "dead_zones": "categorizedSymbol", "impact": "graduatedSymbol",
          "gaps": "graduatedSymbol", "restoration": "categorizedSymbol", "rollout": "categorizedSymbol",
          "hardening": "categorizedSymbol"}


def table_of(layer):
    return layer.source().partition("layername=")[2]


class Opened:
    """Mixed into a study: its results, moved to another folder and opened there."""

    def setUp(self):
        super().setUp()
        self.prepare()
        result = phusong("run", self.study, "--out", self.out, "--distance")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.moved = self.path("Thư mục khác")
        shutil.move(self.out, self.moved)
        self.project = QgsProject()
        self.assertTrue(self.project.read(os.path.join(self.moved, "project.qgz")))
        self.layers = list(self.project.mapLayers().values())

    def tearDown(self):
        self.project.clear()
        super().tearDown()

    def prepare(self):
        pass

    def draw(self, layers, extent):
        """The picture as rows of colours."""
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setDestinationCrs(self.project.crs())
        settings.setExtent(extent)
        settings.setOutputSize(QSize(400, 300))
        settings.setBackgroundColor(QColor("white"))
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        self.assertEqual([error.message for error in job.errors()], [])
        picture = job.renderedImage()
        if "PHUSONG_PICTURES" in os.environ:
            picture.save(os.path.join(os.environ["PHUSONG_PICTURES"], f"{self.id()}.png"))
        return [[picture.pixelColor(x, y).name() for x in range(400)] for y in range(300)]

    def begins_visible(self):
        root = self.project.layerTreeRoot()
        return [node.layer() for node in root.findLayers() if node.isVisible()]

    def test_every_layer_is_valid_and_its_source_lies_in_the_moved_folder(self):
        self.assertGreater(len(self.layers), 5)
        for layer in self.layers:
            with self.subTest(layer=layer.id()):
                self.assertTrue(layer.isValid(), layer.error().message())
                self.assertTrue(layer.source().startswith(self.moved), layer.source())
        self.assertEqual(len(self.project.layerTreeRoot().findLayerIds()), len(self.layers))
        self.assertTrue(all(node.layer() is not None for node in self.project.layerTreeRoot().findLayers()))

    def test_nothing_of_the_folder_is_left_out(self):
        shown = {table_of(layer) for layer in self.layers if isinstance(layer, QgsVectorLayer)}
        gpkg = ogr.Open(os.path.join(self.moved, "phusong.gpkg"))
        tables = {gpkg.GetLayer(i).GetName() for i in range(gpkg.GetLayerCount())} - {"layer_styles"}
        self.assertEqual(shown, tables)
        rasters = {os.path.basename(layer.source()) for layer in self.layers if isinstance(layer, QgsRasterLayer)}
        self.assertEqual(rasters, {name for name in os.listdir(self.moved) if name.endswith(".tif")})

    def test_layers_are_styled_in_the_project(self):
        for layer in self.layers:
            with self.subTest(layer=layer.id()):
                if isinstance(layer, QgsRasterLayer):
                    self.assertIn(layer.renderer().type(), ("paletted", "singlebandpseudocolor"))
                elif layer.isSpatial():
                    self.assertEqual(layer.renderer().type(), STYLED[table_of(layer)])
                    self.assertGreater(len(layer.renderer().symbols(QgsRenderContext())), 0)

    def test_points_lie_upon_polygons_and_polygons_upon_rasters_of_their_group(self):
        for group in self.project.layerTreeRoot().children():
            kinds = [9 if isinstance(node.layer(), QgsRasterLayer) else node.layer().geometryType()
                     for node in group.findLayers() if not isinstance(node.layer(), QgsVectorLayer)
                     or node.layer().isSpatial()]
            kinds = [int(kind) for kind in kinds]
            self.assertEqual(kinds, sorted(kinds), group.name())

    def test_the_geopackage_alone_brings_its_styles(self):
        placed = [layer for layer in self.layers if isinstance(layer, QgsVectorLayer) and layer.isSpatial()]
        for name in {table_of(layer) for layer in placed}:
            with self.subTest(layer=name):
                layer = QgsVectorLayer(os.path.join(self.moved, "phusong.gpkg") + "|layername=" + name, name, "ogr")
                self.assertTrue(layer.isValid())
                self.assertEqual(layer.renderer().type(), STYLED[name])

    def test_files_alone_bring_their_styles(self):
        for name in os.listdir(self.moved):
            with self.subTest(file=name):
                path = os.path.join(self.moved, name)
                if name.endswith(".geojson"):
                    layer = QgsVectorLayer(path, name, "ogr")
                    self.assertEqual(layer.renderer().type(),
                                     STYLED[name.removesuffix(".geojson").replace("ranking", "gaps")])
                elif name.endswith(".tif"):
                    layer = QgsRasterLayer(path, name)
                    self.assertIn(layer.renderer().type(), ("paletted", "singlebandpseudocolor"))
                    self.assertNotIn("", [layer.bandName(band + 1).partition(": ")[2]
                                          for band in range(layer.bandCount())])

    def test_the_map_that_it_begins_with_has_colours_in_the_middle_and_none_outside(self):
        communes = next(layer for layer in self.layers if table_of(layer) == "communes")
        extent = communes.extent()
        extent.scale(2)
        pixels = self.draw(self.begins_visible(), extent)
        self.assertEqual({pixels[0][0], pixels[-1][-1], pixels[0][-1], pixels[-1][0]}, {"#ffffff"})
        self.assertGreater(len({colour for row in pixels[90:210] for colour in row[120:280]} - {"#ffffff"}), 1)

    def test_each_layer_with_places_draws_something(self):
        for layer in self.layers:
            if isinstance(layer, QgsVectorLayer) and layer.isSpatial() and layer.featureCount() > 0:
                with self.subTest(layer=layer.id()):
                    extent = next(one for one in self.layers if table_of(one) == "communes").extent()
                    colours = {colour for row in self.draw([layer], extent) for colour in row}
                    self.assertGreater(len(colours), 1)


class OfMaps(Opened, Ragged):
    def test_communes_are_drawn_by_their_share(self):
        """A commune's colour is that of its class."""
        communes = next(layer for layer in self.layers if layer.id() == "phusong_layer_communes_4g_low_pct")
        communes.setLabelsEnabled(False)  # a name may lie on the point that is looked at
        for feature in communes.getFeatures():
            share = feature["4g_low_pct"]
            legend = communes.renderer().legendSymbolItems()
            wanted = [item.symbol().color().name() for item, span in zip(legend, communes.renderer().ranges())
                      if span.lowerValue() <= share <= span.upperValue()][0]
            place = feature.geometry().pointOnSurface().asPoint()
            extent = communes.extent()
            pixels = self.draw([communes], extent)
            # The picture is as wide or as high as the extent, and centred.
            settings = QgsMapSettings()
            settings.setExtent(extent)
            settings.setOutputSize(QSize(400, 300))
            spot = settings.mapToPixel().transform(place)
            self.assertEqual(pixels[int(spot.y())][int(spot.x())], wanted)


    def test_communes_have_their_names(self):
        """A map of shares tells which commune is which: with its labels more is drawn, and they are names."""
        communes = next(layer for layer in self.layers if layer.id() == "phusong_layer_communes_4g_low_pct")
        self.assertTrue(communes.labelsEnabled())
        self.assertEqual(communes.labeling().settings().fieldName, '"name"')
        named = self.draw([communes], communes.extent())
        communes.setLabelsEnabled(False)
        self.assertNotEqual(self.draw([communes], communes.extent()), named)


class OfAnEvent(Opened, Rollout):
    def prepare(self):
        self.statuses()
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(EVENT + STATUS + "[restoration]\ncrews = 2\n")


if __name__ == "__main__":
    program = unittest.main(argv=[sys.argv[0], *sys.argv[1:]], exit=False)
    # QGIS ends badly after a good test now and then: its own exit is none of ours.
    shutil.rmtree(runtime, ignore_errors=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if program.result.wasSuccessful() else 1)
