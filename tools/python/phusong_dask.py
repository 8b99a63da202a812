#!/usr/bin/python3
"""Counts the shards of a plan on the workers of a Dask cluster and merges them.

    phusong plan study.toml -o plan.json --shards 64
    tools/python/phusong_dask.py plan.json --scheduler tcp://10.0.0.1:8786 --parts parts --out results

Workers need phusong, the inputs and the folder of parts under the same paths (a shared file system). Whatever is killed, the
same command goes on: shards whose part is in the folder are not counted again, and a shard that two workers counted
is the same file twice. The results are byte for byte those of `phusong run`.
"""
import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from concurrent.futures import CancelledError

import cloudpickle
import numpy
from distributed import Client, wait
from distributed.scheduler import KilledWorker

# What another try cannot mend: an input or a plan that is refused, a wrong command line.
FINAL_CODES = (1, 2)


class ShardFailure(RuntimeError):
    """A shard that cannot be counted; the message says which and why."""


def count_batch(program, plan, shards, parts, threads, folder, options):
    """On a worker: counts shards into the folder `parts`. Returns what cannot be mended as text, else None."""
    result = subprocess.run([program, "run-shard", "--plan", plan, "--shard", ",".join(map(str, shards)), "-o", parts,
                             "--threads", str(threads), "-q", *options], capture_output=True, text=True, cwd=folder, check=False)
    if result.returncode == 0:
        return None
    said = result.stderr.strip() or "it said nothing"
    if result.returncode in FINAL_CODES:
        return said
    # Raised, Dask tries again, on another worker if there is one.
    raise RuntimeError(f"phusong run-shard ended with {result.returncode}: {said}")


def shards_of(plan):
    """How many shards a plan has."""
    with open(plan, encoding="utf-8") as file:
        return len(json.load(file)["shards"])


def part_path(parts, shard):
    return os.path.join(parts, f"{shard:06}.part")


def words_of(shards):
    """'shard 4', 'shards 4 to 7'."""
    return f"shard {shards[0]}" if len(shards) == 1 else f"shards {shards[0]} to {shards[-1]}"


def no_worker(client):
    return ShardFailure(f"no worker is left at {client.scheduler.address}; start workers, and the same command goes on")


def finished(client, futures, patience):
    """Futures as they end, whatever became of them. Raises ShardFailure when there is no worker for `patience` seconds."""
    waiting = set(futures)
    seen = time.monotonic()
    while waiting:
        try:
            with client.as_current():
                wait(waiting, timeout=2, return_when="FIRST_COMPLETED")
        except (TimeoutError, asyncio.TimeoutError):
            if client.scheduler_info()["workers"]:
                seen = time.monotonic()
            elif time.monotonic() - seen > patience:
                raise no_worker(client) from None
        except CancelledError:
            pass
        ended = [future for future in waiting if future.status != "pending"]
        waiting.difference_update(ended)
        yield from ended


def count_shards(client, plan, parts, program="phusong", threads=1, retries=3, progress=None, batch=None,
                 allow_remote=False, patience=60):
    """Counts all shards of `plan` whose part is not yet in the folder `parts`.

    client: distributed.Client; threads: of phusong, for each shard; retries: of a shard, beyond those that a lost worker
    costs; progress: called with (done, all) as shards are counted; batch: shards that one process counts, opening the inputs once
    (None: so many that each worker has about eight turns); allow_remote: the plan may name databases and objects of stores;
    patience: seconds without any worker before it gives up. Returns the paths of all parts.
    Raises ShardFailure naming the shards, after the others in work were called off; what was counted stays.
    """
    plan, parts = os.path.abspath(plan), os.path.abspath(parts)
    os.makedirs(parts, exist_ok=True)
    paths = [part_path(parts, shard) for shard in range(shards_of(plan))]
    missing = [shard for shard, path in enumerate(paths) if not os.path.exists(path)]
    done = len(paths) - len(missing)
    if progress:
        progress(done, len(paths))
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers have no copy of this file
    if batch is None:
        batch = max(1, len(missing) // (8 * max(1, len(client.ncores()))))

    def submitted(shards):
        return client.submit(count_batch, program, plan, shards, parts, threads, os.getcwd(),
                             ["--allow-remote"] * allow_remote, pure=False, retries=retries,
                             key=f"phusong-{os.getpid()}-{time.time_ns()}-{shards[0]}")

    def counted(future, shards):
        """Whether they are there; not when a worker died of them. @raises ShardFailure"""
        error = future.exception() if future.status == "error" else None
        if isinstance(error, KilledWorker):
            return False
        if error:
            raise ShardFailure(f"{words_of(shards)} failed {retries + 1} times, the last time: {error}")
        if future.status != "finished":
            raise ShardFailure(f"{words_of(shards)} called off: the scheduler was stopped; the same command goes on")
        # The answer is lost where its worker died since; the parts are not.
        if all(os.path.exists(paths[shard]) for shard in shards):
            return True
        try:
            refusal = future.result(timeout=patience)
        except (TimeoutError, asyncio.TimeoutError):
            raise no_worker(client) from None
        if refusal:
            raise ShardFailure(f"{words_of(shards)} cannot be counted: {refusal}")
        return True

    batches = [missing[first:first + batch] for first in range(0, len(missing), batch)]
    shards_of_key = {future.key: (future, shards) for future, shards in ((submitted(shards), shards) for shards in batches)}
    suspects = []
    try:
        for future in finished(client, [future for future, _ in shards_of_key.values()], patience):
            shards = shards_of_key[future.key][1]
            if counted(future, shards):
                done += len(shards)
                if progress:
                    progress(done, len(paths))
            else:
                suspects += shards
        # Dask blames all that waited on a worker which died. Each of them alone shows which one it was.
        poison = []
        for shard in suspects:
            future = submitted([shard])
            shards_of_key[future.key] = (future, [shard])
            next(finished(client, [future], patience))
            if not counted(future, [shard]):
                poison.append(f"shard {shard} killed every worker that took it, the last one "
                              f"'{future.exception().last_worker.address}'")
                continue
            done += 1
            if progress:
                progress(done, len(paths))
        if poison:
            raise ShardFailure("; ".join(poison) + f": look there for memory, and count by hand: phusong run-shard --plan {plan} "
                               f"-o {parts} --shard NUMBER")
    except BaseException:
        try:
            client.cancel([future for future, _ in shards_of_key.values()], force=True)
        except Exception:  # the scheduler is gone, and with it all tasks
            pass
        raise
    return paths


def lost_people(folder, down):
    """On a worker, which needs the package phusong: WhatIf.lost of some scenarios."""
    import phusong  # pylint: disable=import-outside-toplevel
    return phusong.WhatIf(folder).lost(down)


def sweep(client, folder, down, batch=64):
    """Who would lose service in each of many scenarios: phusong.WhatIf.lost(down), batch by batch on the workers.

    folder: results of a run with an event, shared with the workers; down: bool of shape (scenarios, sites). Returns what
    WhatIf.lost does, to the bit, whoever answered which batch.
    """
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    batches = [down[first:first + batch] for first in range(0, len(down), batch)]
    futures = client.map(lost_people, [os.path.abspath(folder)] * len(batches), batches, pure=False, retries=3)
    answers = client.gather(futures)
    return tuple(numpy.concatenate([answer[part] for answer in answers]) for part in (0, 1))


class ProgressLine:
    """'counted 12 of 64 shards, about 80 s left' on standard error: one line that changes, or a few where it is a file."""

    def __init__(self, quiet):
        self.quiet, self.start, self.first, self.said = quiet, time.monotonic(), None, -1.0

    def __call__(self, done, everything):
        if self.first is None:
            self.first = done
        if self.quiet:
            return
        text = f"counted {done} of {everything} shards"
        if done > self.first and done < everything:
            seconds = (time.monotonic() - self.start) / (done - self.first) * (everything - done)
            text += f", about {seconds:.0f} s left"
        if sys.stderr.isatty():
            print("\r\033[K" + text, end="\n" if done == everything else "", file=sys.stderr, flush=True)
        elif done in (self.first, everything) or time.monotonic() - self.said > 10:
            self.said = time.monotonic()
            print(text, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description="Counts the shards of a phusong plan on a Dask cluster and merges them.")
    parser.add_argument("plan", help="file that phusong plan wrote")
    parser.add_argument("--scheduler", required=True, help="address, such as tcp://127.0.0.1:8786")
    parser.add_argument("--parts", required=True, help="folder for the partial results, shared with the workers")
    parser.add_argument("--out", help="folder for the results of phusong run; none: the shards are only counted")
    parser.add_argument("--overwrite", action="store_true", help="replace an older result in that folder")
    parser.add_argument("--program", default="phusong", help="phusong, as workers find it")
    parser.add_argument("--threads", type=int, default=1, help="threads of phusong for each shard (default 1)")
    parser.add_argument("--retries", type=int, default=3, help="tries more that a shard has (default 3)")
    parser.add_argument("--batch", type=int, help="shards that one process counts (default: so that each worker has eight turns)")
    parser.add_argument("--allow-remote", action="store_true", help="the plan may name databases and objects of stores")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")
    arguments = parser.parse_args()
    try:
        with Client(arguments.scheduler, timeout="20s") as client:
            paths = count_shards(client, arguments.plan, arguments.parts, arguments.program, arguments.threads,
                                 arguments.retries, ProgressLine(arguments.quiet), arguments.batch, arguments.allow_remote)
    except (ShardFailure, OSError) as error:
        sys.exit(f"phusong_dask: {error}")
    if not arguments.out:
        return 0
    command = [arguments.program, "merge", "--plan", arguments.plan, *paths, "--out", arguments.out]
    options = ["--overwrite"] * arguments.overwrite + ["-q"] * arguments.quiet + ["--allow-remote"] * arguments.allow_remote
    return subprocess.run(command + options, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
