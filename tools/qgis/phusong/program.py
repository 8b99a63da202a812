"""The program: where it is, what it says of itself, and running it with progress and cancel."""
import json
import os
import shutil
import signal
import subprocess
import threading

NEEDED = "the program phusong was not found: install it, or name it in the environment variable PHUSONG"


def find():
    named = os.environ.get("PHUSONG")
    return named if named and os.access(named, os.X_OK) else shutil.which("phusong")


def usage():
    """What the program says of itself; nothing where there is none."""
    program = find()
    if not program:
        return None
    try:
        told = subprocess.run([program, "--json-usage"], capture_output=True, text=True, check=True, timeout=20)
        return json.loads(told.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def run(arguments, feedback):
    """@return exit code and what it said on standard output; its messages and progress go to the feedback."""
    program = find()
    if not program:
        raise RuntimeError(NEEDED)
    feedback.pushCommandInfo(" ".join([program, *arguments]))
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               encoding="utf-8")
    watcher = Watcher(process, feedback)
    watcher.start()
    for line in process.stderr:
        _tell(line.rstrip("\n"), feedback)
    watcher.join()
    return process.wait(), watcher.output


def _tell(line, feedback):
    if line.startswith("{"):
        try:
            step = json.loads(line)
        except ValueError:
            step = None
        if isinstance(step, dict) and "stage" in step:
            if step.get("all"):
                feedback.setProgress(100 * step["done"] / step["all"])
            else:
                feedback.setProgressText(step["stage"])
            return
    feedback.pushInfo(line)


class Watcher(threading.Thread):
    """Reads standard output, and stops the program as soon as the user cancels."""

    def __init__(self, process, feedback):
        super().__init__(daemon=True)
        self.process, self.feedback, self.output = process, feedback, ""

    def run(self):
        reader = threading.Thread(target=self.read, daemon=True)
        reader.start()
        while reader.is_alive():
            reader.join(0.2)
            if self.feedback.isCanceled() and self.process.poll() is None:
                # As Ctrl-C does: the program leaves nothing behind.
                self.process.send_signal(signal.SIGINT)
                break
        reader.join()

    def read(self):
        self.output = self.process.stdout.read()
