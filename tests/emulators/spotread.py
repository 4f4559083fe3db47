# SPDX-License-Identifier: GPL-3.0-or-later
"""spotread.py USBEMU: Argyll's spotread, which knows nothing of us, calibrates the emulated
ColorMunki on its tile and reads the sample's spectrum from it."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

TOLERANCE = 0.01  # of reflectance, per band
LIMIT_S = 240  # it takes 5 where nobody else is at work
PATIENCE_S = 5  # with a key that may have been lost

# The sample: nothing like a flat one, with a step that a wrong band order would not survive.
SAMPLE = [0.08 + 0.5 / (1 + 2.718281828 ** ((590 - nm) / 15.0)) for nm in range(380, 731, 10)]

# What is wrong with the instrument, and what spotread says of it
REFUSALS = [
    (["bad_checksum=1"], "checksum"),
    (["chip_mismatch=1"], "doesn't match device"),
    (["version=9"], "[Cc]alibration version"),
    (["--fault", "short=100@0x81#2"], "[Ii]nitialisation failed"),
]


def skip(why):
    print(f"skipped: {why}", file=sys.stderr)
    sys.exit(77)


class Terminal:
    """A program on a terminal, with prompts to wait for."""

    def __init__(self, command, environment):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                                        start_new_session=True, env=environment)
        os.close(slave)
        self.seen = ""
        self.end = time.monotonic() + LIMIT_S

    def more(self, seconds):
        """Whether something came within so long."""
        if not select.select([self.master], [], [], max(seconds, 0))[0]:
            return False
        try:
            self.seen += os.read(self.master, 4096).decode("ascii", "replace")
        except OSError:
            sys.exit(f"ended too early: {self.seen}")
        return True

    def wait_for(self, pattern, key=None):
        """The match of what comes next, once the key is typed; what was before it is forgotten.
        spotread forgets what was typed before it has done asking: where nothing comes of a key, it
        is typed again."""
        if key:
            self.type(key)
        while not (match := re.search(pattern, self.seen)):
            left = self.end - time.monotonic()
            if left < 0:
                sys.exit(f"no {pattern!r} in: {self.seen}")
            if not self.more(min(left, PATIENCE_S)) and key:
                self.type(key)
        self.seen = self.seen[match.end():]
        return match

    def type(self, text):
        os.write(self.master, text.encode())

    def leave(self, key):
        """Types it until the program ends."""
        while self.process.poll() is None and time.monotonic() < self.end:
            self.type(key)
            try:
                self.process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                pass  # the key was lost, or the program is slow
        if self.process.poll() is None:
            sys.exit(f"it did not end: {self.seen}")


def read_spectrum(usbemu, folder):
    csv, orders = os.path.join(folder, "sample.csv"), os.path.join(folder, "orders")
    with open(csv, "w", encoding="ascii") as file:
        for band, value in enumerate(SAMPLE):
            file.write(f"{380 + 10 * band},{value:.6f}\n")
    os.mkfifo(orders)
    command = [usbemu, "--limit", str(LIMIT_S), "--orders", orders, "colormunki",
               f"sample={csv}", "speed=10", "--", "spotread", "-s"]
    spotread = Terminal(command, dict(os.environ, HOME=folder, XDG_CACHE_HOME=folder))
    spotread.wait_for("calibration position")
    spotread.wait_for("abort:")
    spotread.wait_for("Calibration complete", " ")
    spotread.wait_for("take a reading:")
    with open(orders, "w", encoding="ascii") as order:
        order.write("dial=1\n")
    time.sleep(0.7)  # spotread wants the dial at rest
    while not spotread.wait_for(r"(Spectrum from 380\S* to 730\S* nm in 36 steps\s*)|"
                                r"(abort|retry|a reading):", " ").group(1):
        pass  # it saw the dial turning, or at rest too late
    line = spotread.wait_for(r"([-\d., ]+)\r?\n").group(1)
    spotread.wait_for("take a reading:")
    spotread.wait_for("give up", "q")
    spotread.leave("q")
    return [float(word) / 100 for word in line.split(",")]


def refusal(usbemu, folder, wrong, expected):
    command = [usbemu, "--limit", str(LIMIT_S), "colormunki", *wrong, "--", "spotread", "-O"]
    spotread = Terminal(command, dict(os.environ, HOME=folder, XDG_CACHE_HOME=folder))
    spotread.wait_for(expected)
    spotread.process.wait(LIMIT_S)


def main():
    if len(sys.argv) < 2:
        skip("no umockdev")
    if not shutil.which("spotread"):
        skip("no spotread (package argyll)")
    with tempfile.TemporaryDirectory() as folder:
        found = read_spectrum(sys.argv[1], folder)
        for wrong, expected in REFUSALS:
            refusal(sys.argv[1], folder, wrong, expected)
    if len(found) != len(SAMPLE):
        sys.exit(f"expected 36 bands, found {len(found)}")
    worst = max(abs(a - b) for a, b in zip(found, SAMPLE))
    print(f"largest difference {worst:.6f}")
    if worst > TOLERANCE:
        sys.exit(f"expected {SAMPLE}, found {found}")


main()
