# SPDX-License-Identifier: GPL-3.0-or-later
"""colorhug_cmd.py USBEMU: Hughski's own client, which knows nothing of us, talks to the emulated
ColorHugs: who they are, what they read, and the errors it names."""
import re
import shutil
import subprocess
import sys

WITHIN = 0.002  # of Y 100: a 16.16 fixed-point number printed with five digits

# What a test is; the model and its options; the client's command; what it says
TALKS = [
    ("firmware", ["colorhug2", "firmware=0x020007"], ["get-firmware-version"], r"^2\.0\.7$"),
    ("serial", ["colorhug2", "serial=4711"], ["get-serial-number"], r"^0*4711$"),
    ("hardware", ["colorhug2"], ["get-hardware-version"], r"Version 2"),
    ("temperature", ["colorhug2", "temperature=31.5"], ["get-temperature"], r"31\.5"),
    ("driver bound", ["colorhug2", "--kernel-driver"], ["get-firmware-version"], r"^2\.0\.7$"),
    ("sensor overflow", ["colorhug2", "lamp=5000"], ["take-readings-xyz", "0"], r"[Oo]verflow"),
    ("wrong command", ["colorhug2", "--fault", "wrongcmd@0x23"], ["take-readings-xyz", "0"],
     r"expected 0x23"),
    ("watchdog", ["colorhug2", "--fault", "error=6@0x0B"], ["get-serial-number"], r"[Ww]atchdog"),
]

# A sample under a lamp of Y 100, read as XYZ: white, half gray
READINGS = [
    ("white tile", ["colorhug2", "sample=gray:1"], 100.0),
    ("half gray", ["colorhug2", "sample=gray:0.5"], 50.0),
    ("a dimmer lamp", ["colorhug2", "sample=gray:0.5", "lamp=40"], 20.0),
    ("the first ColorHug", ["colorhug", "sample=gray:0.5"], 50.0),
]


def skip(why):
    print(f"skipped: {why}", file=sys.stderr)
    sys.exit(77)


def said(usbemu, model, command):
    run = subprocess.run([usbemu, "--limit", "120", *model, "--", "colorhug-cmd", *command],
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, timeout=180, check=False)
    return run.stdout


def main():
    if len(sys.argv) < 2:
        skip("no umockdev")
    if not shutil.which("colorhug-cmd"):
        skip("no colorhug-cmd (package colorhug-client)")
    usbemu, failed = sys.argv[1], 0
    for label, model, command, expected in TALKS:
        text = said(usbemu, model, command)
        if not re.search(expected, text, re.MULTILINE):
            print(f"{label}: expected {expected}, found {text!r}")
            failed += 1
    for label, model, expected in READINGS:
        text = said(usbemu, model + ["reading_ms=20"], ["take-readings-xyz", "0"])
        found = re.search(r"Y: ([\d.]+)", text)
        if not found or abs(float(found.group(1)) - expected) > WITHIN:
            print(f"{label}: expected Y {expected}, found {text!r}")
            failed += 1
    sys.exit(1 if failed else 0)


main()
