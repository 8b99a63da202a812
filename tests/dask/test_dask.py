"""Shards on a real Dask scheduler and real workers, on loopback: workers that are killed, shards that are poison."""
import os
import signal
import socket
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "cli"), os.path.join(ROOT, "tools", "python")]

import numpy  # noqa: E402
from distributed import Client, LocalCluster  # noqa: E402

import phusong_dask  # noqa: E402
from test_command_line import PROGRAM  # noqa: E402
from test_event import Storm  # noqa: E402
from test_update import Kept  # noqa: E402

SHARDS = 9
DASK = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def waited(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


class Cluster(Kept):
    def setUp(self):
        super().setUp()
        self.plan_file, self.parts = self.path("plan.json"), self.path("parts")
        self.well("plan", self.study, "-o", self.plan_file, "--shards", str(SHARDS))
        self.log = open(self.path("dask.log"), "w", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.start_scheduler()

    def start(self, *command):
        process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=DASK, start_new_session=True)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        """With its children: a nanny's workers outlive it otherwise."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    def start_scheduler(self):
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self.start("dask-scheduler", "--host", "127.0.0.1", "--port", self.address.rsplit(":", 1)[1],
                                    "--no-dashboard")

    def start_workers(self, *more):
        return [self.start("dask-worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard",
                           "--name", name, "--local-directory", self.path("spill-" + name), *more)
                for name in ("one", "two")]

    def client(self):
        client = Client(self.address, timeout="60s", set_as_default=False)
        self.addCleanup(client.close)
        client.wait_for_workers(2, timeout=60)
        return client

    def program(self, lines):
        """phusong behind a few lines of shell, which see the number of the shard in $shard."""
        path = self.path("program")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\n[ "$1" = run-shard ] && {{ shard=$5\n{lines}\n}}\nexec "{PROGRAM}" "$@"\n')
        os.chmod(path, 0o755)
        return path

    def parts_there(self):
        return [name for name in os.listdir(self.parts) if name.endswith(".part") and name[0] != "."] \
            if os.path.isdir(self.parts) else []

    def merge_and_compare(self):
        parts = [os.path.join(self.parts, name) for name in self.parts_there()]
        self.well("merge", "--plan", self.plan_file, *parts, "--out", self.out, "--overwrite")
        self.assert_as_whole_run()
        print("identical: yes", flush=True)


class KilledWorker(Cluster):
    def test_a_worker_is_killed_and_the_other_counts_its_shard(self):
        workers = self.start_workers("--no-nanny")
        client = self.client()
        log = self.path("tries")
        program = self.program(f'echo "$shard" >> "{log}"; sleep 0.4')
        killed = []

        def progress(done, _):
            if done != 2:
                return
            names = {info["name"]: address for address, info in client.scheduler_info()["workers"].items()}
            waited(lambda: client.processing().get(names["one"]))
            killed.extend(client.processing()[names["one"]])
            os.killpg(workers[0].pid, signal.SIGKILL)
            print(f"killed worker one (process {workers[0].pid}) while it counted", flush=True)

        phusong_dask.count_shards(client, self.plan_file, self.parts, program, progress=progress, batch=1)
        self.assertEqual(len(self.parts_there()), SHARDS)
        with open(log, encoding="utf-8") as file:
            tries = file.read().split()
        again = sorted({shard for shard in tries if tries.count(shard) > 1})
        print(f"{len(tries)} tries for {SHARDS} shards; counted again: {', '.join(again)}", flush=True)
        self.assertTrue(again)
        self.assertEqual(len(client.scheduler_info()["workers"]), 1)
        self.merge_and_compare()

    def test_a_killed_scheduler_loses_what_was_in_work_alone(self):
        self.start_workers("--no-nanny")
        log = self.path("tries")
        program = self.program(f'echo "$shard" >> "{log}"; sleep 0.3')
        command = [sys.executable, os.path.join(ROOT, "tools", "python", "phusong_dask.py"), self.plan_file, "--parts",
                   self.parts, "--out", self.out, "--program", program, "--batch", "1", "--scheduler"]
        self.client().close()
        first = self.start(*command, self.address)
        waited(lambda: len(self.parts_there()) >= 3)
        self.stop(first)
        self.stop(self.scheduler)
        time.sleep(1)  # shards in work end on their own
        there = len(self.parts_there())
        print(f"killed the scheduler with {there} of {SHARDS} shards on disk", flush=True)
        self.assertLess(there, SHARDS)
        os.remove(log)
        self.start_scheduler()
        self.start_workers("--no-nanny")
        result = subprocess.run(command + [self.address], capture_output=True, text=True, env=DASK, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(f"counted {there} of {SHARDS} shards", result.stderr)
        self.assertIn(f"counted {SHARDS} of {SHARDS} shards", result.stderr)
        with open(log, encoding="utf-8") as file:
            self.assertEqual(len(file.read().split()), SHARDS - there)
        self.assert_as_whole_run()
        print("identical: yes", flush=True)


@unittest.skipUnless("PHUSONG_PYTHON" in os.environ, "needs the package phusong")
class Sweep(Storm):
    """Damage scenarios over one saved event: no raster is read."""

    def test_batches_on_workers_are_one_array_in_one_process(self):
        self.statuses("S1,up,\nS2,,\nS3,up,\nS4,,\n")
        self.storm()
        self.run_well()
        os.remove(self.path("people.tif"))
        sys.path.insert(0, os.environ["PHUSONG_PYTHON"])
        import phusong  # pylint: disable=import-outside-toplevel
        down = numpy.random.default_rng(1).random((300, 4)) < 0.4
        lost, total = phusong.WhatIf(self.out).lost(down)
        os.environ["PYTHONPATH"] = os.environ["PHUSONG_PYTHON"]
        with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
                          local_directory=self.path("spill")) as cluster, Client(cluster, set_as_default=False) as client:
            found = phusong_dask.sweep(client, self.out, down, batch=32)
        self.assertTrue((found[0] == lost).all() and (found[1] == total).all())
        self.assertGreater(len(set(total[:, 0])), 3)
        print("300 scenarios on two workers, identical: yes", flush=True)


class Poison(Cluster):
    def test_a_shard_that_kills_its_workers_stops_with_a_message(self):
        self.start_workers("--nanny")
        client = self.client()
        # The parent is the worker; its nanny starts another.
        program = self.program('[ "$shard" = 4 ] && { kill -9 $PPID; exit 1; }')
        with self.assertRaises(phusong_dask.ShardFailure) as caught:
            phusong_dask.count_shards(client, self.plan_file, self.parts, program, batch=1)
        print(caught.exception, flush=True)
        self.assertIn("shard 4 killed every worker that took it", str(caught.exception))
        self.assertEqual(len(self.parts_there()), SHARDS - 1)
        waited(lambda: len(client.scheduler_info()["workers"]) == 2)
        phusong_dask.count_shards(client, self.plan_file, self.parts, PROGRAM, batch=3)
        self.merge_and_compare()

    def test_when_all_workers_are_gone_it_says_so_and_goes_on_later(self):
        self.start_workers("--no-nanny")
        client = self.client()
        program = self.program('[ "$shard" -ge 3 ] && { kill -9 $PPID; exit 1; }')
        with self.assertRaises(phusong_dask.ShardFailure) as caught:
            phusong_dask.count_shards(client, self.plan_file, self.parts, program, batch=1, patience=3)
        print(caught.exception, flush=True)
        self.assertIn("no worker is left", str(caught.exception))
        self.start_workers("--no-nanny")
        phusong_dask.count_shards(client, self.plan_file, self.parts, PROGRAM)
        self.merge_and_compare()

    def test_a_refused_input_is_not_tried_again_and_a_full_disk_is(self):
        self.start_workers("--no-nanny")
        client = self.client()
        log = self.path("tries")
        for code, tries, words in ((1, 1, "cannot be counted: phusong: refused"), (3, 3, "failed 3 times")):
            program = self.program(f'[ "$shard" = 5 ] && {{ echo 5 >> "{log}"; echo "phusong: refused" >&2; exit {code}; }}')
            with self.assertRaises(phusong_dask.ShardFailure) as caught:
                # A folder of its own: shards that were called off may still be writing.
                phusong_dask.count_shards(client, self.plan_file, self.path(f"parts-{code}"), program, retries=2, batch=1)
            self.assertIn("shard 5 " + words, str(caught.exception))
            with open(log, encoding="utf-8") as file:
                self.assertEqual(len(file.read().split()), tries)
            os.remove(log)


if __name__ == "__main__":
    # Warnings: Debian's distributed wants an older tornado than Debian's.
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], warnings="ignore")
