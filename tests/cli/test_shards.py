"""A run that machines share: plan, run-shard, merge. Nine tiles of 512 cells a side, and the sample province."""
import json
import os
import random
import shutil
import subprocess
import sys
import unittest

from test_command_line import PROGRAM, Folder, digest, phusong
from test_update import Kept, TILES

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "datasets", "sample-province", "study.toml")


class Shards(Kept):
    def setUp(self):
        super().setUp()
        self.plan_file = self.path("plan.json")
        self.parts = self.path("parts")

    def plan(self, shards=4, *more):
        return self.well("plan", self.study, "-o", self.plan_file, "--shards", str(shards), *more)

    def count(self, shards, out=None):
        return phusong("run-shard", "--plan", self.plan_file, "--shard", shards, "-o", out or self.parts)

    def files_of_parts(self):
        return sorted(os.path.join(self.parts, name) for name in os.listdir(self.parts))

    def merge(self, parts, *more):
        return phusong("merge", "--plan", self.plan_file, *parts, "--out", self.out, *more)

    def assert_merged(self, parts):
        result = self.merge(parts, "--overwrite")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_as_whole_run()


class Merge(Shards):
    def test_any_shards_in_any_order_give_the_bytes_of_a_run(self):
        shuffle = random.Random(5)
        for shards in (1, 4, 64):
            self.plan(shards, "--overwrite")
            with open(self.plan_file, encoding="utf-8") as file:
                planned = json.load(file)["shards"]
            self.assertEqual(len(planned), min(shards, TILES))
            self.assertAlmostEqual(sum(shard["cost"] for shard in planned), 1)
            shutil.rmtree(self.parts, ignore_errors=True)
            result = self.count(f"0-{len(planned) - 1}", self.path("one.part") if shards == 1 else self.parts)
            self.assertEqual(result.returncode, 0, result.stderr)
            if shards == 1:
                self.assert_merged([self.path("one.part")])
                continue
            parts = self.files_of_parts()
            self.assertEqual(len(parts), len(planned))
            shuffle.shuffle(parts)
            self.assert_merged(parts)
            shutil.copy(parts[1], self.path("again.part"))
            self.assert_merged(parts + [self.path("again.part"), parts[0]])

    def test_counting_again_changes_nothing_and_mends_what_is_damaged(self):
        self.plan()
        self.assertEqual(self.count("0-3").returncode, 0)
        before = self.files(self.parts)
        times = {path: os.stat(path).st_mtime_ns for path in self.files_of_parts()}
        result = self.count("0-3")
        self.assertEqual((result.returncode, result.stderr), (0, "4 of 4 shards were there already\n"))
        self.assertEqual({path: os.stat(path).st_mtime_ns for path in self.files_of_parts()}, times)
        os.truncate(self.files_of_parts()[1], 100)
        os.remove(self.files_of_parts()[3])
        self.assertEqual(self.count("0,3,1-2").stderr, "2 of 4 shards were there already\n")
        self.assertEqual(self.files(self.parts), before)

    def test_what_is_missing_foreign_or_damaged_is_named(self):
        self.plan()
        self.count("0-3")
        parts = self.files_of_parts()
        self.assert_refused(self.merge(parts[1:2]), 4, "shards 0,2-3 of 4 are missing", "--shard 0,2-3")
        self.assert_refused(self.merge([]), 4, "shards 0-3 of 4 are missing")
        with open(parts[2], "r+b") as file:
            file.seek(500)
            byte = file.read(1)[0]
            file.seek(500)
            file.write(bytes([byte ^ 1]))
        os.truncate(parts[0], 10)
        self.assert_refused(self.merge(parts), 4, f"'{parts[0]}' is ", f"'{parts[2]}' is damaged", "shards 0,2 of 4")
        self.assert_refused(self.merge(parts + [self.study]), 4, f"'{self.study}' is not a partial result")
        self.assert_refused(self.merge(parts + [self.path("no.part")]), 3, "no.part")
        shutil.rmtree(self.parts)
        self.count("0-3")
        other = self.path("other.part")
        self.plan(3, "--overwrite")
        self.count("1", other)
        self.plan(4, "--overwrite")
        self.assert_refused(self.merge(self.files_of_parts() + [other]), 4, f"'{other}' is a partial result of another plan")
        self.assert_merged(self.files_of_parts())


class Inputs(Shards):
    def test_changed_inputs_are_refused_by_every_shard_and_by_the_merge(self):
        self.plan()
        self.count("0-3")
        self.changed_corner("4g.tif")
        self.assert_refused(self.count("1", self.path("1.part")), 1, "4g.tif", "not the file that was planned with")
        self.assertFalse(os.path.exists(self.path("1.part")))
        self.assert_refused(self.merge(self.files_of_parts()), 1, "4g.tif")

    def test_a_copy_of_an_input_will_do(self):
        self.plan()
        shutil.copy(self.path("4g.tif"), self.path("copy.tif"))
        os.replace(self.path("copy.tif"), self.path("4g.tif"))
        os.utime(self.path("4g.tif"), (1, 1))
        self.assertEqual(self.count("0-3").returncode, 0)
        self.assert_merged(self.files_of_parts())

    def test_a_change_that_keeps_size_and_time_is_found_by_the_merge(self):
        self.plan()
        self.count("0-3")
        status = os.stat(self.path("communes.geojson"))
        with open(self.path("communes.geojson"), "r+", encoding="utf-8") as file:
            text = file.read().replace("00102", "00109")
            file.seek(0)
            file.write(text)
        os.utime(self.path("communes.geojson"), ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assert_refused(self.merge(self.files_of_parts()), 1, "communes.geojson")


class Slurm(Shards):
    def test_the_script_submits_an_array_and_a_merge_that_waits_wherever_it_lies(self):
        """A stand-in for sbatch does every job at once; tests/slurm/run asks the real one."""
        odd = self.path("it's $HOME; here")
        os.mkdir(odd)
        with open(self.path("sbatch"), "w", encoding="utf-8") as file:
            file.write("""#!/bin/sh
echo "$*" >> "$JOBS"
job=$(cat)
case "$*" in
  *--array=0-3*) for SLURM_ARRAY_TASK_ID in 0 1 2 3; do export SLURM_ARRAY_TASK_ID; sh -c "$job" || exit; done; echo 41 ;;
  *) sh -c "$job"; echo 42 ;;
esac
""")
        os.chmod(self.path("sbatch"), 0o755)
        result = phusong("plan", self.study, "-o", "plan.json", "--shards", "4", "--slurm", "submit.sh", cwd=odd)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("exists", phusong("plan", self.study, "-o", "2.json", "--slurm", "submit.sh", cwd=odd).stderr)
        result = subprocess.run(["sh", os.path.join(odd, "submit.sh"), self.out], capture_output=True, text=True, check=False,
                                env={**os.environ, "PATH": self.folder + ":" + os.environ["PATH"],
                                     "PHUSONG": PROGRAM, "JOBS": self.path("jobs")})
        self.assertEqual((result.returncode, result.stdout), (0, "shards: job 41, merge: job 42\n"), result.stderr)
        with open(self.path("jobs"), encoding="utf-8") as file:
            shards, merge = file.read().splitlines()
        self.assertIn("--requeue --array=0-3 ", shards)
        self.assertIn("--dependency=afterok:41 --kill-on-invalid-dep=yes", merge)
        self.assert_as_whole_run()


class Refusals(Shards):
    def test_wrong_plans_and_shards_are_refused_in_a_sentence(self):
        self.plan()
        shutil.copy(self.study, self.path("mine.part"))
        self.assert_refused(phusong("plan", self.study, "-o", self.plan_file), 3, "--overwrite")
        for shard in ("4", "-1", "x", "2-9", "1,"):
            self.assert_refused(phusong("run-shard", "--plan", self.plan_file, f"--shard={shard}", "-o", self.path("p.part")),
                                1, "0 to 3")
        self.assert_refused(self.count("2-1"), 1, "write 1-2")
        self.assert_refused(phusong("run-shard", "--plan", self.study, "--shard", "0", "-o", self.path("p.part")), 1, "no plan")
        self.assert_refused(phusong("run-shard", "--plan", self.path("no"), "--shard", "0", "-o", self.path("p.part")), 1, "phusong plan")
        self.assert_refused(self.count("0", self.path("mine.part")), 3, "no partial result")
        self.assert_refused(self.count("0", self.study), 3, "cannot be made")
        self.assert_refused(self.count("0", self.path("no/folder/p.part")), 3)
        with open(self.plan_file, encoding="utf-8") as file:
            plan = json.load(file)
        for ranges in ([], [[0, 2], [9, 1]], [[0, 2], [3, 9]], [[1, 9]], [[0, 0], [0, 9]]):
            edited = {**plan, "shards": [{"kept": kept, "tiles": kept, "cost": 1} for kept in ranges]}
            with open(self.path("edited.json"), "w", encoding="utf-8") as file:
                json.dump(edited, file)
            self.assert_refused(phusong("run-shard", "--plan", self.path("edited.json"), "--shard", "0",
                                        "-o", self.path("p.part")), 1, "damaged")
            self.assert_refused(phusong("merge", "--plan", self.path("edited.json"), self.path("mine.part"),
                                        "--out", self.out), 1, "damaged")
        edited["shards"] = [{"kept": [0, 2 ** 62], "tiles": [0, 9], "cost": 1}]
        with open(self.path("edited.json"), "w", encoding="utf-8") as file:
            json.dump(edited, file)
        self.assert_refused(phusong("merge", "--plan", self.path("edited.json"), self.path("mine.part"),
                                    "--out", self.out), 4, "mine.part", "missing")
        os.mkfifo(self.path("pipe"))
        self.assert_refused(phusong("run-shard", "--plan", self.path("pipe"), "--shard", "0", "-o", self.path("p.part")), 1,
                            "phusong plan")
        plan["shards"] = [{"kept": [0, 9], "tiles": [0, 9], "cost": 1}]
        with open(self.plan_file, "w", encoding="utf-8") as file:
            json.dump(plan, file)
        self.assert_refused(self.count("0", self.path("p.part")), 1, "edited")
        plan["made_by"] = "GDAL 2"
        with open(self.plan_file, "w", encoding="utf-8") as file:
            json.dump(plan, file)
        self.assert_refused(self.count("0", self.path("p.part")), 1, "other versions")


@unittest.skipUnless(os.path.exists(os.path.join(os.path.dirname(SAMPLE), "data", "population.tif")), "tools/make-sample")
class Sample(Folder):
    """Seven maps of coverage in another CRS, sites, and three kinds of dead zones."""

    def test_sixty_four_shards_of_two_processes(self):
        whole, merged, parts, plan = (self.path(name) for name in ("whole", "merged", "parts", "plan.json"))
        with open(SAMPLE, encoding="utf-8") as file:
            # Without targets and what to build, which follow from the pass and take most of the time.
            text = file.read().split("[[target]]")[0].replace('"data/', f'"{os.path.dirname(SAMPLE)}/data/')
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(text)
        for command in (["run", self.study, "--out", whole, "-q"], ["plan", self.study, "-o", plan, "--shards", "64"]):
            result = phusong(*command)
            self.assertEqual(result.returncode, 0, result.stderr)
        with open(plan, encoding="utf-8") as file:
            last = len(json.load(file)["shards"]) - 1
        # One from the far end, and both count the shard in the middle.
        halves = [f"0-{last // 2}", ",".join(str(shard) for shard in range(last, last // 2 - 1, -1))]
        running = [subprocess.Popen([PROGRAM, "run-shard", "--plan", plan, "--shard", half, "-o", parts, "--threads", "1"],
                                    stderr=subprocess.PIPE, text=True) for half in halves]
        for process in running:
            _, stderr = process.communicate()
            self.assertEqual(process.returncode, 0, stderr)
        files = [os.path.join(parts, name) for name in os.listdir(parts)]
        self.assertEqual(len(files), last + 1)
        result = phusong("merge", "--plan", plan, *files, "--out", merged, "-q")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.digests(merged), self.digests(whole))

    @staticmethod
    def digests(folder):
        return {name: digest(os.path.join(folder, name)) for name in os.listdir(folder)}


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
