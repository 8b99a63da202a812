"""A command of the program as an algorithm."""
from qgis.core import (QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingOutputString,
                       QgsProcessingParameterBoolean, QgsProcessingParameterDefinition, QgsProcessingParameterEnum,
                       QgsProcessingParameterFile, QgsProcessingParameterFolderDestination,
                       QgsProcessingParameterNumber, QgsProcessingParameterString)

from . import program

# Set by this plugin, or of no use in a dialog.
HIDDEN = {"--help", "--help-all", "--progress", "--quiet", "--json"}


def identifier(names):
    """"--service-raster" becomes SERVICE_RASTER, as Processing names parameters."""
    return longest(names).lstrip("-").upper().replace("-", "_")


def longest(names):
    return next((name for name in names if name.startswith("--")), names[0])


class Command(QgsProcessingAlgorithm):
    def __init__(self, command):
        super().__init__()
        self.command = command

    def createInstance(self):
        return Command(self.command)

    def name(self):
        return self.command["name"]

    def displayName(self):
        return f"{self.command['name']}: {self.command['description'].partition(':')[0]}"

    def shortHelpString(self):
        return f"{self.command['description']}\n\n{self.command['footer']}"

    def options(self):
        return [one for one in self.command["options"] if not HIDDEN & set(one["names"])]

    def initAlgorithm(self, configuration=None):
        for one in self.command["arguments"]:
            self.add(one["name"], one, one["description"])
        for one in self.options():
            self.add(identifier(one["names"]), one, f"{longest(one['names'])}: {one['description']}")
        self.addOutput(QgsProcessingOutputString("SAID", "what the program said"))

    def add(self, name, one, description):
        optional = not one["required"]
        if one.get("flag"):
            parameter = QgsProcessingParameterBoolean(name, description, False)
        elif name == "OUT":
            # Like every destination of Processing, and passed on as the program wants it.
            parameter = QgsProcessingParameterFolderDestination(name, description, optional=optional)
        elif "{" in one["values"]:
            words = one["values"][one["values"].index("{") + 1:one["values"].index("}")].split(",")
            parameter = QgsProcessingParameterEnum(name, description, words, usesStaticStrings=True, optional=True)
        elif one["type"] in ("FILE", "FOLDER"):
            kind = QgsProcessingParameterFile.Folder if one["type"] == "FOLDER" else QgsProcessingParameterFile.File
            parameter = QgsProcessingParameterFile(name, description, kind, optional=optional)
        elif one["type"] in ("INT", "UINT", "FLOAT"):
            number = QgsProcessingParameterNumber
            kind = number.Double if one["type"] == "FLOAT" else number.Integer
            parameter = QgsProcessingParameterNumber(name, description, kind, optional=True)
        else:
            parameter = QgsProcessingParameterString(name, description, multiLine=one.get("repeatable", False),
                                                     optional=optional)
        if optional and "names" in one:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
        self.addParameter(parameter)

    def words(self, parameters, context):
        """The command line."""
        words = [self.command["name"]]
        # Options first: behind "--" a file may be called anything.
        for one in self.options():
            name, option = identifier(one["names"]), longest(one["names"])
            if one["flag"]:
                words += [option] if self.parameterAsBool(parameters, name, context) else []
                continue
            if parameters.get(name) in (None, ""):
                continue
            value = self.parameterAsString(parameters, name, context)
            if name == "OUT":
                self.folder = value
            for line in value.splitlines() if one["repeatable"] else [value]:
                words.append(f"{option}={line}")
        if any("--progress" in one["names"] for one in self.command["options"]):
            words.append("--progress=json")
        arguments = [self.parameterAsString(parameters, one["name"], context) for one in self.command["arguments"]]
        return words + ["--"] + [word for word in arguments if word]

    def processAlgorithm(self, parameters, context, feedback):
        self.folder = None
        code, said = program.run(self.words(parameters, context), feedback)
        for line in said.splitlines():
            feedback.pushInfo(line)
        if feedback.isCanceled():
            return {}
        if code != 0:
            raise QgsProcessingException(f"phusong ended with exit code {code}; its message stands above")
        results = {"SAID": said}
        if self.folder:
            results["OUT"] = self.folder
        return results
