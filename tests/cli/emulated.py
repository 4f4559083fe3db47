# SPDX-License-Identifier: GPL-3.0-or-later
"""Every driver by the command, under the real libusb, on an emulated instrument: what a program gets.

usage: /usr/bin/python3 emulated.py TONSURE PTYEMU USBEMU [OPTION OF USBEMU]...
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

PTYEMU, USBEMU = sys.argv[2], sys.argv[3:]
del sys.argv[2:]

import support  # noqa: E402, it reads the arguments that are left

LONGEST_S = 30
LIMIT_S = 300  # of a whole session, on a busy machine
AT_ONCE = 6  # sessions: most of their time is waiting

# What the user does before a calibration (some of it in the midst of one) and before a reading; the
# place of the sample's file is put in for RAMP. Then how the emulator is made quick.
DRIVERS = {
    "colorhug": ("colorhug2", ["sample=gray:0.9"], ["sample=gray:0.3"], ["reading_ms=20"]),
    "colormunki": ("colormunki", ["dial=2"], ["sample=RAMP", "dial=1"], ["speed=20"]),
    "cr30": ("cr30", ["sample=RAMP", "magnet=1", "magnet=0@0x0100#3"], [], ["reading-ms=20", "noise=0.02"]),
    "dtp20": ("dtp20", ["sample=white"], ["sample=RAMP"], ["busy=1", "white-ms=50", "reading-ms=20"]),
    "konica": ("konica", ["sample=black", "sample=white@0x434C#1"], ["sample=RAMP"], ["measuring-ms=100"]),
    "spyderprint": ("spyderprint", ["sample=gray:0.876183"], ["sample=gray:0.3"], ["reading-ms=20"]),
}

# label; driver; the emulator's options; which command fails; what the user did wrong before it; how
# she mends it; error.code; what the text says
FAULTS = [
    ("dial never turned", "colormunki", [], "calibrate", ["dial=1"], [], "setup", "dial"),
    ("timeout", "spyderprint", ["--fault", "timeout@0x0A#1"], "calibrate", [], [], "timeout", "no answer"),
    ("stall", "spyderprint", ["--fault", "stall@0x0A#1"], "calibrate", [], [], "stall", "refused"),
    ("stall of EP0", "colormunki", ["--fault", "stall@0x81#1"], "calibrate", [], [], "stall", "refused"),
    ("short", "spyderprint", ["--fault", "short=1@0x0A#1"], "calibrate", [], [], "short-reply", "found 1"),
    ("odd length", "colormunki", ["--fault", "short=275@0x80#2"], "calibrate", [], [], "short-reply", "275"),
    ("garbage", "cr30", ["--fault", "garbage@0x0110#3"], "calibrate", [], [], "bad-reply|bad-checksum", ""),
    ("wrong checksum", "cr30", ["bad-checksum=1@0x0111#3", "bad-checksum=0@0x0A00#2"], "calibrate", [], [],
     "bad-checksum", "checksum"),
    ("stale reply", "spyderprint", ["--fault", "wrongcmd@0x0A#1"], "calibrate", [], [], "bad-reply", "not to"),
    ("an error of its own", "dtp20", [], "measure", ["status=0x31"], ["status=0"], "instrument", "lamp"),
    ("unplugged while it is read, and plugged in again", "colormunki",
     ["--fault", "unplug=1@0x80#3", "--replug", "300"], "calibrate", [], ["wait"], "gone", "unplugged"),
    ("saturation", "colormunki", [], "measure", ["brightness=10"], ["brightness=1"], "implausible", ""),
    ("wrong tile", "colormunki", ["tile=black"], "calibrate", [], ["tile="], "implausible", ""),
    ("not calibrated", "konica", [], "measure", ["white=0"], [], "not-calibrated", "calibrat"),
    ("cap on", "cr30", [], "measure", ["magnet=1"], ["magnet=0"], "implausible", "cap is on"),
    ("cap never put on", "cr30", [], "calibrate", ["magnet=0"], ["magnet=1@0x0100#1"], "setup",
     "does not sense the cap"),
    ("cap never taken off", "cr30", [], "calibrate", ["magnet=1@0x0100#3"], ["magnet=0"], "setup",
     "the cap is still on"),
    ("cap reversed", "cr30", [], "calibrate", ["magnet=2", "sample=paper"], [], "implausible", "white side of the cap"),
    ("dial wrong", "colormunki", [], "measure", ["dial=0"], [], "setup", "dial"),
    ("hand moves", "colormunki", [], "measure", ["hand=0.3"], ["hand=0"], "implausible", ""),
]

# Of the whole run: the next one is without it.
REFUSED = [("busy", "cr30", ["--fault", "busy"], "busy", "held by"),
           ("no permission", "dtp20", ["--no-permission"], "no-permission", "60-tonsure.rules"),
           ("bad EEPROM", "colormunki", ["bad_checksum=1"], "bad-checksum", "checksum"),
           ("not there", "spyderprint", ["--plug-at", "600000"], "no-instrument", "plugged in")]


class Run:
    """One command of a session: how it ended and what it said."""

    def __init__(self, folder, number):
        self.status = int((folder / f"{number}.status").read_text())
        self.took_s = float((folder / f"{number}.took").read_text())
        self.record = support.parse((folder / f"{number}.out").read_text())
        self.said = (folder / f"{number}.err").read_text()


class Emulated(support.Case):
    def orders(self, orders):
        """Done when the script goes on; "wait": until the instrument is plugged in again."""
        for order in orders:
            if order != "wait":
                yield f"echo '{order.replace('RAMP', str(self.work / 'ramp.csv'))}' >orders"
        if orders:
            yield (f"echo {'plugged' if 'wait' in orders else 'done'}=it >orders; "
                   "until rm it 2>/dev/null; do sleep 0.02; done")

    def script(self, driver, steps):
        """What a shell does: a step is a list of orders or a command; how many commands those are."""
        lines, count = [], 0
        for step in steps:
            if isinstance(step, list):
                lines += self.orders(step)
                continue
            more = "--yes" if step.startswith("calibrate") else "-n 2" if driver == "colormunki" else "-n 1"
            lines.append(f"begin=$(date +%s%N); '{support.TONSURE}' --json {step} --device {driver} {more} "
                         f">{count}.out 2>{count}.err; echo $? >{count}.status; "
                         f"echo \"$(($(date +%s%N) - begin))e-9\" >{count}.took")
            count += 1
        return "\n".join(lines), count

    def session(self, driver, emulate, steps):
        """All of it inside one emulation, in a home of its own."""
        home = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        os.mkfifo(home / "orders")
        script, count = self.script(driver, steps)
        model, _, _, quick = DRIVERS[driver]
        run = subprocess.run([*USBEMU, "--limit", str(LIMIT_S), "--orders", "orders", model, *quick, *emulate, "--",
                              "/bin/sh", "-c", script], cwd=home, env={**self.environment, "HOME": str(home)},
                             stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LIMIT_S + 60, check=False)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        return [Run(home, number) for number in range(count)]

    def each(self, rows, check):
        """The rows, several at a time; each is named when it fails."""
        self.file("ramp.csv", "400,0.2\n700,0.6\n")
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for row, found in [(row, pool.submit(check, *row)) for row in rows]:
                with self.subTest(row[0]):
                    found.result()

    def check_reading(self, driver, run):
        self.assertEqual(run.status, 0, run.said)
        self.assertEqual(run.record["source"]["driver"], driver)
        if "spectrum" in run.record:
            values = run.record["spectrum"]["values"]
            for band in range(2, 33):
                self.assertAlmostEqual(values[band], 0.2 + 0.4 * (band - 2) / 30, delta=0.005)
        else:
            lab = run.record["lab"]
            for axis, truth in [("L", 61.654), ("a", 0), ("b", 0)]:
                self.assertAlmostEqual(lab[axis], truth, delta=0.05)

    def check_failure(self, run, codes, words):
        self.assertEqual(run.status, 3, run.said)
        error = run.record["error"]
        self.assertIn(error["code"], codes.split("|"), error["text"])
        self.assertIn(words, error["text"])
        self.assertIn(f"tonsure: {error['text']}\n", run.said)
        self.assertLess(run.took_s, LONGEST_S)

    def check_whole(self, driver, runs):
        self.assertEqual(runs[0].status, 0, runs[0].said)
        self.assertEqual(runs[0].record["schema"], "tonsure/calibration/1")
        self.check_reading(driver, runs[1])

    def whole(self, driver):
        _, before, after, _ = DRIVERS[driver]
        return [before, "calibrate", after, "measure"]

    def is_whole(self, driver):
        self.check_whole(driver, self.session(driver, [], self.whole(driver)))

    def fails_once(self, _label, driver, emulate, fails, wrong, mended, codes, words):
        whole = self.whole(driver)
        steps = [*whole[:1], wrong, "calibrate"] if fails == "calibrate" else [*whole[:3], wrong, "measure"]
        runs = self.session(driver, emulate, [*steps, mended, *whole])
        self.check_failure(runs[-3], codes, words)
        self.check_whole(driver, runs[-2:])

    def is_refused(self, _label, driver, emulate, code, words):
        self.check_failure(*self.session(driver, emulate, ["calibrate"]), code, words)
        self.is_whole(driver)

    def is_left_alone(self, driver):
        """Dry runs before and after a calibration: none of them makes one, or takes the next run's reading."""
        dry = ["calibrate --dry-run", "measure --dry-run"]
        whole = self.whole(driver)
        runs = self.session(driver, [], [*dry, *whole[:2], dry[1], *whole[2:]])
        device = runs[0].record["devices"][0]
        self.assertEqual((runs[0].status, device["driver"], device["access"]), (0, driver, "ok"), runs[0].said)
        self.assertIn("white", device["needs"])
        self.check_failure(runs[1], "not-calibrated", "due")
        self.assertEqual((runs[3].status, runs[3].record["devices"][0]["needs"]), (0, []), runs[3].said)
        self.assertIn("of one place would be taken", runs[3].said)
        self.check_whole(driver, [runs[2], runs[4]])

    def test_a_dry_run_leaves_every_instrument_as_it_is(self):
        self.each([(driver,) for driver in DRIVERS], self.is_left_alone)

    def test_every_driver_calibrates_and_reads_its_sample(self):
        self.each([(driver,) for driver in DRIVERS], self.is_whole)

    def test_each_fault_ends_with_3_and_its_own_code_and_the_next_run_works(self):
        self.each(FAULTS, self.fails_once)

    def test_what_cannot_be_opened_is_told_and_the_next_run_works(self):
        self.each(REFUSED, self.is_refused)

    def test_a_serial_line_is_opened_by_its_path(self):
        ramp = self.work / self.file("ramp.csv", "400,0.2\n700,0.6\n")
        for command, sample in [("calibrate --yes", ["sample=black", "sample=white@0x434C#1"]),
                                ("measure -n 1", [f"sample={ramp}", "white=1"])]:
            run = subprocess.run([PTYEMU, "--split", "9", "konica", "measuring-ms=100", *sample, "--",
                                  support.TONSURE, "--json", *command.split(), "--device", "konica:{}"],
                                 cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT_S, check=False)
            self.assertEqual(run.returncode, 0, run.stderr.decode())
        record = support.parse(run.stdout.decode())
        self.assertEqual(record["source"]["serial"], "10001234")
        self.assertAlmostEqual(record["spectrum"]["values"][17], 0.4, delta=0.001)

    def test_who_has_a_common_chip_is_told_to_name_it(self):
        for command in ("measure", "doctor"):
            run = subprocess.run([*USBEMU, "cr30", "--", support.TONSURE, "--no-input", command], cwd=self.work,
                                 env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, timeout=LIMIT_S, check=False)
            self.assertIn("--device cr30", run.stdout.decode())


if __name__ == "__main__":
    if not support.READS_INSTRUMENTS:
        print("skipped: this build reads no instruments", file=sys.stderr)
        sys.exit(support.SKIPPED)
    support.main()
