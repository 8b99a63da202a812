"""Targets as a table and on the terminal: two communes, two operators."""
import sys
import unittest

from test_event import Storm

TARGETS = """
[[target]]
name = "Phủ sóng 90 %"
technology = "4g"
percent = 90
deadline = "2025-12-31"
[[target]]
technology = "4g"
percent = 75
rule = "best_operator"
scope = "commune"
tolerance_points = 10
"""


class Targets(Storm):
    """Any operator serves all 24 people of the west and 36 of the 60 of the east, the best one 24 and 36."""

    def test_every_place_is_held_against_every_target(self):
        self.write("study.toml", self.calm + TARGETS)
        result = self.run_well()
        rows = self.rows("targets.csv")
        self.assertEqual([(row["code"], row["short_of_target"], row["status"], row["applies"]) for row in rows],
                         [("00101", "0", "XANH", ""), ("00102", "18", "ĐỎ", ""), ("", "16", "ĐỎ", ""),
                          ("total", "16", "ĐỎ", "YES"), ("00101", "0", "XANH", "YES"),
                          ("00102", "9", "ĐỎ", "YES"), ("", "7", "VÀNG", ""), ("total", "7", "VÀNG", "")])
        self.assertEqual({row["target"] for row in rows}, {"Phủ sóng 90 %", "4g 75 %"})
        self.assertEqual([self.numbers(row, "target_pct", "people", "served", "unknown") for row in rows[:2]],
                         [(90, 24, 24, 0), (90, 60, 36, 0)])
        self.assertIn("Phủ sóng 90 %, any operator: ĐỎ", result.stdout)
        self.assertIn("16 short", result.stdout)
        self.assertIn("communes: 1 XANH, 1 ĐỎ", result.stdout)

    def test_bad_targets_are_refused_in_a_sentence(self):
        for wrong, word in (('technology = "6g"\npercent = 90', "6g"), ('technology = "4g"', "percent"),
                            ('technology = "4g"\npercent = 101', "percent"),
                            ('technology = "4g"\npercent = 90\nrule = "all"', "best_operator"),
                            ('technology = "4g"\npercent = 90\nscope = "xã"', "commune"),
                            ('technology = "4g"\npercent = 90\ndeadline = "soon"', "deadline"),
                            ('technology = "4g"\npercent = 90\ntolerance_points = -1', "tolerance_points")):
            self.write("study.toml", self.calm + "[[target]]\n" + wrong + "\n")
            result = self.run_study()
            self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1), result.stderr)
            self.assertIn(word, result.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
