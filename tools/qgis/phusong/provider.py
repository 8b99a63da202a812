"""The provider of the Processing toolbox."""
from qgis.core import QgsApplication, QgsMessageLog, QgsProcessingProvider

from . import program
from .algorithm import Command

# Those that make sense in a dialog; the others are questions for a terminal.
OFFERED = ("run", "check", "whatif")


class Provider(QgsProcessingProvider):
    def id(self):
        return "phusong"

    def name(self):
        return "phusong"

    def loadAlgorithms(self):
        usage = program.usage()
        if usage is None:
            QgsMessageLog.logMessage(program.NEEDED, "phusong")
            return
        for command in usage["commands"]:
            if command["name"] in OFFERED:
                self.addAlgorithm(Command(command))


class Plugin:
    def __init__(self, interface):
        self.provider = None

    def initProcessing(self):
        self.provider = Provider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        self.initProcessing()

    def unload(self):
        QgsApplication.processingRegistry().removeProvider(self.provider)
