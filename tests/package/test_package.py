"""Debian packages made by CPack: lintian finds no error, and what is in them works where it is unpacked."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = os.environ["PHUSONG_BUILD"]


def said(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="phusong-package-")
        code, text = said("cpack", "-G", "DEB", "--config", os.path.join(BUILD, "CPackConfig.cmake"), "-B", cls.folder)
        assert code == 0, text
        cls.packages = sorted(glob.glob(os.path.join(cls.folder, "*.deb")))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_there_are_two(self):
        self.assertEqual([os.path.basename(package).split("_")[0] for package in self.packages],
                         ["libphusong-dev", "phusong"])

    def test_lintian_finds_no_error(self):
        _, text = said("lintian", "--allow-root", "--no-cfg", *self.packages)
        self.assertEqual([line for line in text.splitlines() if line.startswith("E:")], [])

    def test_the_program_names_the_libraries_it_needs(self):
        _, text = said("dpkg-deb", "--field", self.packages[1], "Depends")
        for library in ("libgdal32", "libgeos-c1v5", "libproj25", "proj-data"):
            self.assertIn(library, text)

    def test_it_works_where_it_is_unpacked(self):
        tree = os.path.join(self.folder, "tree")
        self.assertEqual(said("dpkg-deb", "--extract", self.packages[1], tree)[0], 0)
        program = os.path.join(tree, "usr", "bin", "phusong")
        self.assertIn("phusong", said(program, "--version")[1])
        code, text = said(program, "describe", os.path.join(tree, "usr", "bin"))
        # The other half, which reads maps, has answered.
        self.assertEqual(code, 1)
        self.assertIn("is a folder", text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
