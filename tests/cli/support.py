# SPDX-License-Identifier: GPL-3.0-or-later
"""The command run as a program: what every test of it shares.

usage: /usr/bin/python3 FILE.py PATH_OF_TONSURE
"""
import html.parser
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import zlib

SKIPPED = 77
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schema"
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "docs" / "sample" / "scalp.jpg"

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed", file=sys.stderr)
    sys.exit(SKIPPED)

TONSURE = sys.argv[1] if len(sys.argv) > 1 else "tonsure"
OVERVIEW = subprocess.run([TONSURE, "--help"], stdout=subprocess.PIPE, check=True, timeout=600).stdout.decode()
READS_PHOTOS = "\n  photo " in OVERVIEW
READS_INSTRUMENTS = "\n  devices " in OVERVIEW
KEEPS_A_SHELF = "\n  stock " in OVERVIEW


def schema(name):
    """The schema of a record such as "tonsure/match/1", or of the error record for None."""
    file = name.split("/", 1)[1].replace("/", "-") if name else "error"
    return json.loads((SCHEMAS / f"{file}.schema.json").read_text(encoding="utf-8"))


def no_twins(pairs):
    """A JSON object's members, none of them twice."""
    members = dict(pairs)
    assert len(members) == len(pairs), f"a key stands twice: {[k for k, _ in pairs]}"
    return members


def no_constant(word):
    raise AssertionError(f"{word} is not JSON")


def parse(text):
    """Exactly one JSON document, valid by the schema it names."""
    record = json.loads(text, object_pairs_hook=no_twins, parse_constant=no_constant)
    jsonschema.Draft202012Validator(schema(record.get("schema"))).validate(record)
    return record


def grey_png(width, height):
    """A picture with no chart in it: a grey ramp."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    rows = b"".join(b"\0" + bytes(v for x in range(width) for v in [40 + x * 160 // width] * 3)
                    for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def samples(noise=0.0):
    """A table of opaque samples of a white, a black and a red, as Kubelka and Munk would have them."""
    bands = range(400, 710, 10)
    inks = {"white": lambda nm: (0.01, 1), "black": lambda nm: (8, 0.2),
            "red": lambda nm: (4 / (1 + 2.718 ** ((nm - 580) / 20)) + 0.05, 0.4)}
    mixes = [("white-tone", 1, 0, 0), ("black-tone", 0, 1, 0), ("red-tone", 0, 0, 1),
             ("grey", 9, 1, 0), ("light-grey", 30, 1, 0), ("pink", 6, 0, 1), ("rose", 2, 0, 1),
             ("dark", 0, 1, 9), ("darker", 0, 1, 3), ("mix-1", 4, 1, 5), ("mix-2", 9, 1, 2)]
    rows = ["SAMPLE_ID,BACKING,AMOUNT_white,AMOUNT_black,AMOUNT_red," +
            ",".join(f"nm{nm}" for nm in bands)]
    for number, (name, *amounts) in enumerate(mixes):
        values = []
        for nm in bands:
            sums = [sum(a * inks[ink](nm)[i] for ink, a in zip(inks, amounts)) for i in (0, 1)]
            q = sums[0] / sums[1]
            jitter = noise * ((nm // 10 * 7 + number * 5) % 11 - 5) / 5
            values.append(1 / (1 + q + (q * (q + 2)) ** 0.5) + jitter)
        rows.append(f"{name},," + ",".join(map(str, amounts)) + "," +
                    ",".join(f"{v:.6f}" for v in values))
    return "\n".join(rows) + "\n"


def columns(line):
    """How many columns of a terminal a line takes, its swatches without what colors them."""
    plain = re.sub(r"\x1b\[[0-9;]*[mK]", "", line)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in plain)


TEXT_BEGINS = 26  # the widest heading that stands before a text, as doctor's


def is_filled_by_a_word(line):
    """Behind the heading or the indent stands one word alone, and maybe a shell's backslash."""
    before, _, word = line.removesuffix(" \\").rpartition(" ")
    return columns(word) > 80 - TEXT_BEGINS - len(" \\") and columns(before) < TEXT_BEGINS


def too_wide(text):
    """The lines over 80 columns, but for those that one word fills: a path or name somebody typed
    has no place at which it may be broken, and a person is to copy it as it stands."""
    return [line for line in text.splitlines() if columns(line) > 80 and not is_filled_by_a_word(line)]


def flat(text):
    """What is said, wherever its lines end."""
    return " ".join(text.split())


def sample_truth():
    return json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))


def sample_corners():
    return ",".join(str(v) for xy in sample_truth()["chart"]["corners"] for v in xy)


def sample_region(name):
    box = next(r["box"] for r in sample_truth()["regions"] if r["name"] == name)
    return f"{name}={','.join(str(v) for v in box)}"


class Page(html.parser.HTMLParser):
    """Elements that nest, and no address but the picture's own bytes."""

    VOID = {"meta", "col", "path", "rect", "polygon", "circle", "image", "use", "ellipse"}

    def check(self, case, text):
        self.case, self.open = case, []
        self.feed(text)
        self.close()
        case.assertEqual(self.open, [])

    def handle_starttag(self, tag, attrs):
        self.case.assertNotIn(tag, {"script", "link", "iframe", "object", "form"})
        for name, value in attrs:
            self.case.assertFalse(name.startswith("on"), name)
            if name in {"src", "href"}:
                self.case.assertRegex(value[:30], "^(#scene$|data:image/jpeg;base64,)")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.case.assertEqual(self.open.pop(), tag)


class Case(unittest.TestCase):
    """Each test runs in an empty folder, with an empty home and the plainest environment."""

    longMessage = True

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tonsure-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.work = self.folder / "work"
        self.work.mkdir()
        kept = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "PATH")
        self.environment = {k: os.environ[k] for k in kept if k in os.environ}
        self.environment.update(HOME=str(self.folder), TERM="dumb")

    def file(self, name, content):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content),
                            encoding="utf-8")
        return name

    def run_it(self, *args, stdin="", env=None, stdout=subprocess.PIPE):
        if "photo" in args and not READS_PHOTOS:
            self.skipTest("this build reads no photos")
        run = subprocess.run([TONSURE, *args], cwd=self.work, env={**self.environment, **(env or {})},
                             input=stdin.encode(), stdout=stdout, stderr=subprocess.PIPE,
                             timeout=600, check=False)
        if run.stdout and "--json" not in args and "--pairs" not in args:
            self.assertEqual(too_wide(run.stdout.decode()), [], args)
        return run

    def ok(self, *args, **more):
        """Standard output of a run that succeeds and has nothing to say on standard error."""
        run = self.run_it(*args, **more)
        self.assertEqual((run.returncode, run.stderr.decode()), (0, ""), args)
        return run.stdout.decode() if run.stdout is not None else ""

    def record(self, *args, **more):
        """The one record that a run with --json prints."""
        return parse(self.ok("--json", *args, **more))

    def one_line(self, run, args):
        said = run.stderr.decode()
        self.assertRegex(said, r"\Atonsure: [^\n]+\n\Z", args)
        return said[len("tonsure: "):].rstrip("\n")

    def refused(self, status, code, words, *args, **more):
        """A run that fails: one line, the status, and with --json a record that says the same."""
        before = self.files()
        run = self.run_it(*args, **more)
        said = self.one_line(run, args)
        self.assertEqual(run.returncode, status, (args, said))
        self.assertIn(words, said, args)
        self.assertEqual(run.stdout, b"", args)

        run = self.run_it("--json", *args, **more)
        self.assertEqual(run.returncode, status, args)
        self.assertEqual(self.one_line(run, args), said, args)
        error = parse(run.stdout.decode())["error"]
        self.assertEqual((error["code"], error["text"]), (code, said), args)
        self.assertEqual(self.files(), before, args)

    def files(self):
        return sorted(str(p) for p in self.folder.rglob("*"))


def main():
    program = unittest.main(argv=sys.argv[:1] + sys.argv[2:], exit=False)
    result = program.result
    left_out = len(result.skipped)
    for test, why in result.skipped:
        print(f"skipped: {test.id().rsplit('.', 1)[-1]}: {why}", file=sys.stderr)
    if result.wasSuccessful() and left_out and left_out == result.testsRun:
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())
