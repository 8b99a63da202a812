"""report.html and phusong draw, as far as no browser is needed: tests/report asks one."""
import os
import re
import struct
import sys
import unittest

from test_command_line import Folder, phusong

ENGLISH = '[report]\nlanguage = "en"\n'


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Report(Folder):
    def report(self):
        return text_of(os.path.join(self.out, "report.html"))

    def run_well(self):
        result = self.run_study("--quiet")
        self.assertEqual(result.returncode, 0, result.stderr)

    def add_to_study(self, text):
        with open(self.study, "a", encoding="utf-8") as file:
            file.write(text)

    def test_a_run_writes_a_page_in_the_language_of_the_study(self):
        self.run_well()
        self.assertIn('"language":"vi"', self.report())
        self.add_to_study(ENGLISH)
        self.assertEqual(self.run_study("--quiet", "--overwrite").returncode, 0)
        self.assertIn('"language":"en"', self.report())

    def test_an_unknown_language_is_refused_in_a_sentence(self):
        self.add_to_study('[report]\nlanguage = "fr"\n')
        self.assert_refused(self.run_study(), 1, "language is vi or en")

    def test_the_page_names_no_address_but_those_of_svg(self):
        self.run_well()
        self.assertEqual(set(re.findall(r"[a-z]+://[^\"' )]*", self.report())), {"http://www.w3.org/2000/svg"})
        self.assertNotRegex(self.report(), r"<(link|iframe|object|embed|base|form)\b")
        self.assertNotRegex(self.report(), r"<[^>]* (style|on[a-z]+)=")

    def test_a_place_without_people_or_shape_does_no_harm(self):
        self.edit_study('rule = "present"', 'rule = "present"\n[output]\nservice_raster = "none"')
        self.run_well()
        self.assertIn("Xã Tây", self.report())

    def test_an_altered_number_on_the_page_is_found(self):
        self.run_well()
        path = os.path.join(self.out, "report.html")
        page = self.report()
        with open(path, "w", encoding="utf-8") as file:
            file.write(page.replace('"00101","Xã Tây"', '"00101","Xã Tày"'))
        result = phusong("verify", self.out)
        self.assertEqual(result.returncode, 5)
        self.assertIn("report.html", result.stderr.splitlines()[0])
        self.assertIn("does not show what phusong.gpkg", result.stderr)

    def test_a_page_of_another_template_is_left_to_its_hash(self):
        self.run_well()
        path = os.path.join(self.out, "report.html")
        page = self.report()
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub("page [0-9a-f]{16}", "page 0123456789abcdef", page))
        result = phusong("verify", self.out)
        self.assertEqual(result.returncode, 5)
        self.assertIn("SHA-256", result.stderr)
        self.assertNotIn("does not show", result.stderr)

    def test_draw_writes_each_map_as_svg_and_png(self):
        self.run_well()
        pictures = self.path("pictures")
        result = phusong("draw", self.out, "--out", pictures, "--width", "320", "--language", "en")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(sorted(os.listdir(pictures)), ["map_4g.png", "map_4g.svg", "map_no_mobile.png",
                                                        "map_no_mobile.svg"])
        with open(os.path.join(pictures, "map_4g.png"), "rb") as file:
            header = file.read(24)
        self.assertEqual((header[:8], struct.unpack(">II", header[16:])), (b"\x89PNG\r\n\x1a\n", (320, 180)))
        picture = text_of(os.path.join(pictures, "map_4g.svg"))
        self.assertIn("People with 4G for certain", picture)
        self.assertEqual(picture.count("data-row="), 2)
        self.assertNotIn("SYNTHETIC", picture)

    def test_draw_refuses_what_is_no_result_and_a_folder_that_is_there(self):
        self.run_well()
        result = phusong("draw", self.folder, "--out", self.path("pictures"))
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1), result.stderr)
        self.assertIn("no folder of results", result.stderr)
        result = phusong("draw", self.out, "--out", self.out)
        self.assertEqual((result.returncode, result.stderr.count("\n")), (3, 1), result.stderr)
        self.assertEqual(phusong("draw", self.out, "--out", self.path("p"), "--language", "fr").returncode, 2)
        self.assertFalse(os.path.exists(self.path("p")))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
