#!/usr/bin/python3
"""Faults while phusong writes: afterwards the results are the old ones or the new ones, whole, and nothing else is there.

usage: PHUSONG=build/release/tools/phusong tests/faults/inject.py --shim libfail_nth.so [--short] [--calls N] [--seed N]

Prints 'faults injected N, survived N' and each fault that was not survived. --short takes some 40 s; without it every
call that writes fails once with each error, and 200 runs are killed.
"""
import argparse
import errno
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import numpy
import small_inputs as small
from osgeo import gdal

PROGRAM = os.environ["PHUSONG"]
ROWS, COLUMNS = 37, 61
ERRORS = (errno.ENOSPC, errno.EIO)
MiB = 1 << 20


def digests(folder):
    """Every file of a folder by its bytes; nothing when there is no folder."""
    if not os.path.isdir(folder):
        return None
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def make_study(folder):
    numbers = numpy.random.default_rng(20)
    people = numbers.integers(1, 9, (ROWS, COLUMNS)) * (numbers.random((ROWS, COLUMNS)) < 0.33)
    study = small.plain_study(folder)
    small.raster(os.path.join(folder, "people.tif"), people, nodata=-99999)
    for name, part in (("4g", 0.5), ("5g", 0.45)):
        small.raster(os.path.join(folder, name + ".tif"), numbers.random((ROWS, COLUMNS)) < part, kind=gdal.GDT_Byte)
    small.communes(os.path.join(folder, "communes.geojson"),
                   [("00101", "Xã Tây", small.cell_box(0, 0, ROWS, 30)),
                    ("00102", "Xã Đông", small.cell_box(0, 30, ROWS, COLUMNS - 30))])
    with open(study, "a", encoding="utf-8") as file:
        file.write('[[coverage]]\ntechnology = "5g"\npath = "5g.tif"\nrule = "present"\n'
                   '[[target]]\ntechnology = "4g"\npercent = 90\n')
    with open(study, encoding="utf-8") as file:
        text = file.read()
    other = os.path.join(folder, "other.toml")
    with open(other, "w", encoding="utf-8") as file:
        file.write(text.replace('name = "small"', 'name = "other"'))
    return study, other


class Faults:
    """One folder with an old result; every fault strikes a run that would replace it."""

    def __init__(self, folder, shim, seed):
        self.folder, self.shim, self.random = folder, shim, random.Random(seed)
        self.out = os.path.join(folder, "results", "out")
        self.old_study, self.study = make_study(folder)
        self.kept = os.path.join(folder, "kept")
        self.run([self.old_study])
        shutil.copytree(self.out, self.kept)
        self.old = digests(self.out)
        self.count = self.calls()
        self.new = digests(self.out)
        start = time.monotonic()
        self.run()
        self.seconds = time.monotonic() - start
        self.injected, self.lost = 0, []

    def command(self, study=None):
        return [PROGRAM, "run", *(study or [self.study]), "--out", self.out, "--overwrite", "--quiet"]

    def run(self, study=None, **options):
        return subprocess.run(self.command(study), capture_output=True, text=True, check=False, timeout=120, **options)

    def calls(self):
        """How many calls a run without faults makes that write."""
        told = os.path.join(self.folder, "count")
        result = self.run(env=self.environment(0, 0, count=told))
        assert result.returncode == 0, result.stderr
        with open(told, encoding="ascii") as file:
            return int(file.read())

    def environment(self, nth, error, stays=False, count=None):
        more = {"LD_PRELOAD": self.shim, "FAULT_UNDER": os.path.dirname(self.out), "FAULT_NTH": str(nth),
                "FAULT_ERRNO": str(error), "FAULT_STAYS": str(int(stays))}
        if count:
            more["FAULT_COUNT"] = count
        return os.environ | more

    def restore(self, older=True):
        shutil.rmtree(os.path.dirname(self.out), ignore_errors=True)
        os.mkdir(os.path.dirname(self.out))
        if older:
            shutil.copytree(self.kept, self.out)

    def litter(self):
        beside = os.path.dirname(self.out)
        return [name for name in os.listdir(beside) if name != "out"] if os.path.isdir(beside) else []

    def judge(self, what, code, message, codes, older=True, may_litter=False, quiet=False):
        """Holds what a fault left against what may be."""
        self.injected += 1
        found, wrong = digests(self.out), []
        if code not in codes:
            wrong.append(f"exit code {code}")
        if code == 0 and found != self.new:
            wrong.append("success is told and the results are not the new ones")
        if found not in (self.old if older else None, self.new):
            wrong.append("the results are neither the old nor the new ones")
        if code > 0 and not quiet and (len(message.strip().splitlines()) != 1 or "phusong: " not in message):
            wrong.append("not one sentence")
        if not may_litter and self.litter():
            wrong.append(f"litter {self.litter()}")
        if may_litter:
            after = self.run()
            if (after.returncode, digests(self.out), self.litter()) != (0, self.new, []):
                wrong.append(f"the next run: {after.returncode} {after.stderr.strip()} {self.litter()}")
        if wrong:
            self.lose(f"{what}: {', '.join(wrong)}: {message.strip()[:300]}")

    def lose(self, what):
        self.lost.append(what)
        print("lost:", what, flush=True)

    def fail_calls(self, numbers, errors, stays):
        for nth in numbers:
            for error in errors:
                self.restore()
                result = self.run(env=self.environment(nth, error, stays))
                self.judge(f"call {nth} of {self.count} {errno.errorcode[error]}{' and all after' if stays else ''}",
                           result.returncode, result.stderr, (0, 3), may_litter=stays)

    def kill(self, times):
        for number in range(times):
            older = number % 2 == 0
            self.restore(older)
            process = subprocess.Popen(self.command(), stderr=subprocess.PIPE, text=True)
            time.sleep(self.random.uniform(0, 1.2 * self.seconds))
            process.kill()
            _, message = process.communicate()
            self.judge(f"kill -9 {number}", process.returncode, message, (0, -9), older, may_litter=True)

    def stop(self, times):
        for number in range(times):
            sign, code = ((signal.SIGINT, 130), (signal.SIGTERM, 143))[number % 2]
            self.restore()
            process = subprocess.Popen(self.command(), stderr=subprocess.PIPE, text=True)
            time.sleep(self.random.uniform(0, 1.2 * self.seconds))
            process.send_signal(sign)
            _, message = process.communicate(timeout=30)
            # Before its first line, and while one program becomes the other, a process dies of the signal itself.
            self.judge(f"{sign.name} {number}", process.returncode, message, (0, code, -sign))

    def limit(self, kind, name, sizes, codes):
        for size in sizes:
            self.restore()
            result = self.run(preexec_fn=lambda size=size: resource.setrlimit(kind, (size, size)))
            loader = result.returncode == 127 or "error while loading shared libraries" in result.stderr
            self.judge(f"{name} {size}", result.returncode, result.stderr, codes, quiet=loader)

    def small_disk(self, sizes):
        """A tmpfs of few bytes in a name space of its own; where none can be made, nothing is injected."""
        for size in sizes:
            self.restore(older=False)
            beside, report = os.path.dirname(self.out), os.path.join(self.folder, "report")
            script = (f'mount -t tmpfs -o size={size} none "$1" || exit 99; shift; "$@" 2>"{report}"; code=$?; '
                      f'[ $code = 0 ] || [ -z "$(ls -A {beside})" ] || code=98; exit $code')
            result = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", beside, *self.command()],
                                    capture_output=True, text=True, check=False)
            if result.returncode == 99 or "unshare" in result.stderr:
                return
            with open(report, encoding="utf-8") as file:
                message = file.read()
            self.injected += 1
            good = result.returncode == 0 or (result.returncode == 3 and len(message.strip().splitlines()) == 1)
            if not good:
                self.lose(f"disk of {size} bytes: exit code {result.returncode}: {message.strip()}")

    def read_only(self):
        self.restore()
        script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99; shift; exec "$@"'
        result = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", os.path.dirname(self.out),
                                 *self.command()], capture_output=True, text=True, check=False)
        if result.returncode != 99 and "unshare" not in result.stderr:
            self.judge("read-only disk", result.returncode, result.stderr, (3,))

    def two_at_once(self, times):
        for number in range(times):
            older = number % 2 == 0
            self.restore(older)
            first = subprocess.Popen(self.command(), stderr=subprocess.PIPE, text=True)
            time.sleep(self.random.uniform(0, 0.3 * self.seconds))
            second = self.run()
            _, message = first.communicate()
            self.judge(f"second of two runs {number}", second.returncode, second.stderr, (0, 3), older)
            self.judge(f"first of two runs {number}", first.returncode, message, (0, 3), older)

    def change_input(self, times):
        """The communes change: the manifest must name those that were counted, or the run says that they changed."""
        path = os.path.join(self.folder, "communes.geojson")
        with open(path, encoding="utf-8") as file:
            before = file.read()
        after = before.replace("Xã Tây", "Xã Bắc")
        versions = {}
        for text in (after, before):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            self.restore()
            self.run()
            versions[text] = digests(self.out)
        for number in range(times):
            self.restore()
            process = subprocess.Popen(self.command(), stderr=subprocess.PIPE, text=True)
            time.sleep(self.random.uniform(0, 1.2 * self.seconds))
            with open(path + ".new", "w", encoding="utf-8") as file:
                file.write(after)
            os.rename(path + ".new", path)
            _, message = process.communicate()
            self.injected += 1
            found = digests(self.out)
            good = found in versions.values() if process.returncode == 0 else (
                process.returncode == 1 and found == self.old and "communes.geojson" in message)
            if not good or self.litter():
                self.lose(f"input changed {number}: exit code {process.returncode}: {message.strip()}")
            with open(path, "w", encoding="utf-8") as file:
                file.write(before)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shim", required=True)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--calls", type=int, default=0, help="fail so many of the calls instead of all")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="phusong-faults-")
    try:
        faults = Faults(folder, os.path.abspath(arguments.shim), arguments.seed)
        short = arguments.short
        calls = range(1, faults.count + 1)
        some = sorted(faults.random.sample(calls, min(20 if short else 100, faults.count)))
        print(f"{faults.count} calls that write, {faults.seconds:.2f} s a run", flush=True)
        if arguments.calls:
            calls = sorted(faults.random.sample(calls, min(arguments.calls, faults.count)))
        faults.fail_calls(some if short else calls, ERRORS[:1] if short else ERRORS, stays=False)
        faults.fail_calls(some[:5] if short else some, ERRORS[:1], stays=True)
        print(f"{faults.injected} calls failed", flush=True)
        faults.kill(16 if short else 200)
        print(f"{faults.injected} with those that were killed", flush=True)
        faults.stop(8 if short else 50)
        faults.limit(resource.RLIMIT_AS, "address space", [size * MiB for size in
                     ((200, 300) if short else (20, 50, 100, 150, 200, 220, 240, 260, 280, 300, 330, 360, 400, 500, 700))],
                     (0, 4, 3, 127))
        faults.limit(resource.RLIMIT_FSIZE, "file size", (0, 4096) if short else
                     (0, 1, 100, 1000, 4096, 10000, 30000, 60000, 100000, 150000), (0, 3))
        faults.small_disk((65536, 200000) if short else [4096 * k * k for k in range(1, 14)])
        faults.read_only()
        faults.two_at_once(2 if short else 20)
        faults.change_input(4 if short else 50)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"faults injected {faults.injected}, survived {faults.injected - len(faults.lost)}")
    return 1 if faults.lost else 0


if __name__ == "__main__":
    sys.exit(main())
