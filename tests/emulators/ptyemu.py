# SPDX-License-Identifier: GPL-3.0-or-later
"""ptyemu.py PTYEMU: the model "echo" behind a pseudo terminal, and what each fault makes of it."""
import os
import select
import subprocess
import sys
import termios

GOOD = "310061" + "62F4"

# What a row shows; ptyemu's options; what comes, in pieces joined by a bar, for two requests
ROWS = [
    ("a reply", [], [GOOD, GOOD]),
    ("bytes one by one", ["--split", "1"], [GOOD, GOOD]),
    ("no reply, then one", ["--fault", "timeout@0x31#1"], ["", GOOD]),
    ("a late reply is stale", ["--fault", "delay=700@0x31#1"], ["", GOOD + GOOD]),
    ("all replies late", ["--late", "50"], [GOOD, GOOD]),
    ("cut short", ["--fault", "short=2@0x31#1"], ["3100", GOOD]),
    ("twice", ["--fault", "dup@0x31#1"], [GOOD + GOOD, GOOD]),
    ("an error", ["--fault", "error=0x15@0x31#2"], [GOOD, "311561" + "6209"]),
    ("the port hangs up", ["--fault", "unplug=0@0x31#2"], [GOOD, "gone"]),
]


def client(path):
    """Two requests; says in hexadecimal what came within 0.4 s, with a line of its own if in
    pieces."""
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
    mode = termios.tcgetattr(fd)
    mode[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(fd, termios.TCSANOW, mode)
    for _ in range(2):
        got = b""
        try:
            os.write(fd, b"1ab")
            while select.select([fd], [], [], 0.4)[0]:
                piece = os.read(fd, 64)
                if not piece:
                    got = None
                    break
                got += piece
        except OSError:
            got = None
        print("gone" if got is None else got.hex().upper(), flush=True)


def main():
    if sys.argv[1] == "--client":
        client(sys.argv[2])
        return
    failed = 0
    for label, options, expected in ROWS:
        run = subprocess.run([sys.argv[1], "--limit", "20", *options, "echo", "--", sys.executable,
                              "-B", __file__, "--client", "{}"], stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, text=True, timeout=180, check=False)
        found = run.stdout.split("\n")[:-1]
        if run.returncode or found != expected:
            print(f"{label}: expected {expected}, found {found}, status {run.returncode}")
            failed += 1
    for arguments in ([], ["echo"], ["none", "--", "true"], ["--fault", "burn", "echo", "--", "true"],
                      ["colorhug2", "--", "true"], ["echo", "knob=1", "--", "true"]):
        run = subprocess.run([sys.argv[1], *arguments], stderr=subprocess.DEVNULL, check=False)
        if run.returncode != 2:
            print(f"{arguments}: expected status 2, found {run.returncode}")
            failed += 1
    sys.exit(1 if failed else 0)


main()
