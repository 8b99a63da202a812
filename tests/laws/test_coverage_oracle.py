"""What cbc, an exact solver, makes of the linear programs that phusong writes: no optimum is beyond a bound, and no
plan is better than the optimum. Skipped where cbc is missing (Debian: coinor-cbc)."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest


def optimum(path):
    """The proven optimum of a program; cbc minimises, so it prints a maximum with its sign turned."""
    # cbc stops within 0.01 % unless it is told not to.
    said = subprocess.run(["cbc", path, "ratioGap", "0", "allowableGap", "0", "solve"], capture_output=True,
                          text=True, check=True, timeout=120).stdout
    assert "Optimal solution found" in said, said
    return abs(float(re.search(r"Objective value:\s+(\S+)", said)[1]))


@unittest.skipUnless(shutil.which("cbc"), "cbc is not installed")
class CoverageOracle(unittest.TestCase):
    def test_plan_optimum_and_bound_are_in_order(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = subprocess.run([os.environ["COVERAGE_PROBE"], folder], capture_output=True, text=True,
                                   check=True).stdout.splitlines()
            self.assertEqual(len(lines), 15)
            for line in lines:
                path, plan, bound = line.split()
                best = optimum(path)
                low, high = sorted((float(plan), float(bound)))
                # cbc's own tolerances.
                slack = 1e-5 * best + 1e-6
                with self.subTest(program=os.path.basename(path)):
                    self.assertLessEqual(low - slack, best)
                    self.assertLessEqual(best, high + slack)
                    if os.path.basename(path).startswith("people"):
                        self.assertLessEqual(float(plan), float(bound))
                    else:
                        self.assertGreaterEqual(float(plan), float(bound))
                if os.environ.get("COVERAGE_ORACLE_VERBOSE"):
                    print(os.path.basename(path), "plan", plan, "optimum", best, "bound", bound)


if __name__ == "__main__":
    unittest.main()
