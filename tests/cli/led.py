# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a terminal with an emulated instrument: what she has not set up she is told, and tries again.

usage: /usr/bin/python3 led.py TONSURE USBEMU [OPTION OF USBEMU]...
"""
import os
import pty
import select
import subprocess
import sys
import time

USBEMU = sys.argv[2:]
del sys.argv[2:]

import support  # noqa: E402, it reads the arguments that are left


class Led(support.Case):
    def setUp(self):
        super().setUp()
        self.orders = self.folder / "orders"
        os.mkfifo(self.orders)

    def begin(self, *emulate):
        """The command on a terminal of its own."""
        self.terminal, theirs = pty.openpty()
        self.said = ""
        self.run_ = subprocess.Popen([*USBEMU, "--limit", "240", "--orders", str(self.orders), *emulate, "--",
                                      support.TONSURE, "measure", "-n", "1"], stdin=theirs, stdout=theirs,
                                     stderr=theirs, cwd=self.work, env=self.environment)
        os.close(theirs)
        self.addCleanup(os.close, self.terminal)

    def until(self, words):
        """What is said up to `words`, which are waited for."""
        while words not in self.said:
            ready, _, _ = select.select([self.terminal], [], [], 120)
            self.assertTrue(ready, self.said)
            try:
                self.said += os.read(self.terminal, 4096).decode()
            except OSError: # it has ended
                self.fail(f"no {words!r} in {self.said!r}")
        before, _, self.said = self.said.partition(words)
        return before

    def order(self, line):
        """Carried out when this returns."""
        done = self.folder / "done"
        with open(self.orders, "w", encoding="ascii") as fifo:
            fifo.write(f"{line}\ndone={done}\n")
        for _ in range(12000):
            if done.exists():
                break
            time.sleep(0.01)
        done.unlink()

    def enter(self):
        os.write(self.terminal, b"\n")

    def test_a_dial_is_asked_for_in_turn(self):
        self.begin("colormunki", "sample=skin", "dial=1", "speed=20")
        self.assertIn("turn the dial to the white tile", self.until("no key is needed"))
        self.order("dial=2")
        self.until("calibrated")
        self.assertIn("turn the dial to the surface position", self.until("Enter when done"))
        self.enter() # she has forgotten it
        self.assertIn("! colormunki T-000001: turn the dial to the surface", self.until("Enter when done"))
        self.order("dial=1")
        self.enter()
        self.until("Repeats")
        self.assertEqual(self.run_.wait(timeout=120), 0)


if __name__ == "__main__":
    support.main()
