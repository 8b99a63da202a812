"""The plugin in the real QGIS, through qgis_process: parameters, a run, a refusal."""
import json
import os
import subprocess
import sys
import unittest
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
from test_command_line import PROGRAM, Folder, phusong  # noqa: E402
from test_event import EVENT, STATUS  # noqa: E402
from test_rollout import Rollout  # noqa: E402

MAKE = os.path.join(HERE, "..", "..", "tools", "qgis", "make-plugin")
# Debian's wrapper passes an option that this QGIS does not know.
QGIS_PROCESS = "/usr/bin/qgis_process.bin"


class WithPlugin:
    """Mixed into a study: a profile of QGIS with the plugin in it."""

    def setUp(self):
        super().setUp()
        self.profile = self.path("qgis")
        plugins = os.path.join(self.profile, "profiles", "default", "python", "plugins")
        os.makedirs(plugins)
        subprocess.run([sys.executable, "-B", MAKE, "0.1.0", self.path("phusong.zip")], check=True)
        with zipfile.ZipFile(self.path("phusong.zip")) as archive:
            archive.extractall(plugins)
        os.mkdir(self.path("runtime"), 0o700)
        self.assertEqual(self.process("plugins", "enable", "phusong").returncode, 0)

    def process(self, *arguments):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": self.path("runtime"),
                       "QGIS_CUSTOM_CONFIG_PATH": self.profile, "PHUSONG": PROGRAM, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([QGIS_PROCESS, *arguments], capture_output=True, text=True, env=environment, check=False)


class Plugin(WithPlugin, Folder):
    def test_the_zip_is_the_same_whenever_it_is_made(self):
        subprocess.run([sys.executable, "-B", MAKE, "0.1.0", self.path("again.zip")], check=True)
        with open(self.path("phusong.zip"), "rb") as one, open(self.path("again.zip"), "rb") as other:
            self.assertEqual(one.read(), other.read())

    def test_every_option_of_the_program_is_a_parameter(self):
        listed = self.process("list").stdout
        for name in ("phusong:run", "phusong:check", "phusong:whatif"):
            self.assertIn(name, listed)
        usage = json.loads(phusong("--json-usage").stdout)
        run = next(command for command in usage["commands"] if command["name"] == "run")
        help_text = self.process("help", "phusong:run").stdout
        for option in run["options"]:
            name = option["names"][-1].lstrip("-").upper().replace("-", "_")
            if name not in ("HELP", "HELP_ALL", "QUIET", "JSON", "PROGRESS", "OUTPUT"):
                self.assertIn("\n" + name + ":", help_text)

    def test_a_run_writes_what_the_program_writes_alone(self):
        done = self.process("run", "phusong:run", "--json", "--", "STUDY=" + self.study, "OUT=" + self.out,
                            "CSV_DIALECT=excel-vi")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertEqual(json.loads(done.stdout[done.stdout.index("{"):])["results"]["OUT"], self.out)
        alone = self.path("alone")
        self.assertEqual(phusong("run", self.study, "--out", alone, "--csv-dialect", "excel-vi").returncode, 0)
        for name in os.listdir(alone):
            with open(os.path.join(alone, name), "rb") as one, open(os.path.join(self.out, name), "rb") as other:
                self.assertEqual(one.read(), other.read(), name)

    def test_what_the_program_refuses_is_refused_with_its_words(self):
        os.remove(self.path("4g.tif"))
        for algorithm, more in (("run", ["OUT=" + self.out]), ("check", [])):
            with self.subTest(algorithm=algorithm):
                done = self.process("run", "phusong:" + algorithm, "--", "STUDY=" + self.study, *more)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("4g.tif", done.stdout + done.stderr)
                self.assertIn("exit code 1", done.stdout + done.stderr)
        self.assertFalse(os.path.exists(self.out))


class AfterAStorm(WithPlugin, Rollout):
    def test_what_if_answers_from_results(self):
        self.statuses()
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(EVENT + STATUS)
        self.assertEqual(phusong("run", self.study, "--out", self.out).returncode, 0)
        with open(self.path("down.csv"), "w", encoding="utf-8") as file:
            file.write("id\n")
            with open(os.path.join(self.out, "sites.csv"), encoding="utf-8") as sites:
                names = sites.readline().rstrip("\n").split(",")
                file.write(sites.readline().split(",")[names.index("id") if "id" in names else 0] + "\n")
        done = self.process("run", "phusong:whatif", "--json", "--", "RESULTS=" + self.out,
                            "DOWN=" + self.path("down.csv"))
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        said = json.loads(done.stdout[done.stdout.index("{"):])["results"]["SAID"]
        self.assertEqual(said, phusong("whatif", self.out, "--down", self.path("down.csv")).stdout)


del Rollout  # its own tests run elsewhere

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
