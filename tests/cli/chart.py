# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts by the command: listed, shown, checked, and a card of one's own read patch by patch."""
import os
import pty
import re
import select
import shutil
import subprocess
import unittest

import support

STRIP = """tonsure-chart 1
kind: strip
columns: 2
rows: 2
white: D50
observer: 2
patches: name, L, a, b
light, 70, 12, 16
dark, 36, 12, 14
blue, 40, 5, -40
gray, 50, 0, 0
"""


@unittest.skipUnless(support.READS_PHOTOS, "this build knows no charts")
class Charts(support.Case):
    def test_the_known_ones_are_listed(self):
        names = [chart["name"] for chart in self.record("chart", "list")["charts"]]
        self.assertEqual(names, ["classic24", "passport24", "mini24", "nano24", "spydercheckr24", "spydercheckr48",
                                 "sg140"])
        said = self.ok("chart", "list")
        for name in names:
            self.assertIn(name, said)

    def test_one_is_shown_with_its_corners_and_in_its_edition(self):
        said = self.ok("chart", "show", "classic", "--edition", "after2014")
        self.assertIn("Corners    dark skin, bluish green, black 2, white 9.5\n", said)
        self.assertIn("white 9.5                L 95.2  a -1.0  b 2.9  (D50/2)\n", said)
        record = self.record("chart", "show", "sg")
        self.assertEqual(len(record["patches"]), 140)
        self.assertEqual((record["edition"], record["pitch_mm"]), ("auto", None))
        self.assertIn("\x1b[48;2;", self.ok("chart", "show", "spyder24", env={"CLICOLOR_FORCE": "1"}))

    def test_a_file_is_shown_and_checked_as_a_known_one_is(self):
        self.file("strip.chart", STRIP)
        self.assertIn("Good       strip.chart: 4 patches\n", self.ok("chart", "check", "strip.chart"))
        self.assertEqual(self.record("chart", "show", "strip.chart")["kind"], "strip")

    def test_what_is_wrong_is_told_with_its_line(self):
        self.file("broken.chart", STRIP.replace("36, 12, 14", "36, 12"))
        self.file("empty.chart", STRIP.replace("36, 12, 14", "-, -, -"))
        self.file("d65.chart", STRIP.replace("L, a, b", "X, Y, Z").replace("70, 12, 16", "85, 89.3, 96.3")
                  .replace(", -40", ", 40"))
        self.refused(1, "format", "broken.chart:9: expected 4 columns, found 3", "chart", "check", "broken.chart")
        self.refused(1, "format", '"dark" has no color yet', "chart", "check", "empty.chart")
        self.refused(1, "format", "neutral under D65, not under the declared white", "chart", "check", "d65.chart")
        self.refused(1, "not-found", "no such file, and no chart is called so", "chart", "show", "clasic")
        self.refused(2, "usage", "expected list, show, check", "chart")
        self.refused(2, "usage", 'unknown verb "draw"', "chart", "draw")
        self.refused(2, "usage", "--edition", "chart", "show", "classic", "--edition", "2014")

    def test_a_photo_takes_a_chart_of_ones_own(self):
        photo = str(support.SAMPLE)
        known = self.record("chart", "show", "classic", "--edition", "after2014")
        rows = [f'{p["name"]}, {p["reading"]["lab"]["L"]}, {p["reading"]["lab"]["a"]}, {p["reading"]["lab"]["b"]}'
                for p in known["patches"]]
        self.file("my.chart", "tonsure-chart 1\nkind: my\ncolumns: 6\nrows: 4\nwhite: D50\nobserver: 2\n"
                  "reference_de00: 0.2\npatches: name, L, a, b\n" + "\n".join(rows) + "\n")
        own = self.record("photo", photo, "--corners", support.sample_corners(), "--chart", "my.chart")
        nominal = self.record("photo", photo, "--corners", support.sample_corners(), "--chart", "classic",
                              "--edition", "after2014")
        self.assertEqual(own["chart"]["kind"], "my")
        for mine, theirs in zip(own["patches"], nominal["patches"]):
            self.assertEqual(mine["reference"], theirs["reference"])
        self.refused(2, "usage", "no known chart", "photo", photo, "--chart", "nothing.chart")


@unittest.skipUnless(support.READS_PHOTOS, "this build knows no charts")
class Holder(support.Case):
    def setUp(self):
        super().setUp()
        if "without" in self.run_it("chart", "holder", "-o", "try.pdf").stderr.decode():
            self.skipTest("this build prints no sheets")

    def test_a_sheet_is_printed_and_its_scale_and_window_found_again(self):
        self.assertIn("line of 100 mm", self.ok("chart", "holder", "--chart", "mini", "-o", "holder.pdf"))
        if not shutil.which("pdftoppm"):
            self.skipTest("poppler-utils is not installed")
        dpi = 100
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-singlefile", "holder.pdf", "page"], cwd=self.work,
                       check=True, timeout=600)
        record = self.record("photo", "page.png", "--chart", "none", "--holder", "--region", "scalp=holder:scalp")
        scale = record["scale"]
        self.assertEqual(scale["source"], "holder")
        self.assertAlmostEqual(scale["mm_per_px"], 25.4 / dpi, delta=0.002 * 25.4 / dpi)
        self.assertLess(scale["tilt_degrees"], 4) # the cosine is 0.998
        left, top = (210 - 180) / 2 + 40, (297 - 236) / 2 + 138 # of the window, mm on A4
        for point, mm in zip(record["regions"][0]["polygon"], [(3.8, 3.8), (96.2, 3.8), (96.2, 72.2), (3.8, 72.2)]):
            for axis, at in enumerate((left + mm[0], top + mm[1])):
                self.assertAlmostEqual(point[axis] * 25.4 / dpi, at, delta=0.15)

    def test_paper_and_chart_are_checked(self):
        for line, words in [("chart holder", "expected -o"), ("chart holder -o x.pdf --paper a5", "--paper: expected a4"),
                            ("chart holder -o x.pdf --chart sg", "expected passport, mini, nano or classic")]:
            self.refused(2, "usage", words, *line.split())
        self.refused(1, "not-found", "nowhere", "chart", "holder", "-o", "nowhere/x.pdf")

    def test_without_a_holder_a_note_says_so(self):
        record = self.record("photo", str(support.SAMPLE), "--chart", "none", "--holder")
        self.assertIsNone(record["scale"])
        self.assertIn("no printed holder", " ".join(record["warnings"]))


@unittest.skipUnless(support.READS_PHOTOS and support.READS_INSTRUMENTS, "this build has no instruments")
class Measured(support.Case):
    def setUp(self):
        super().setUp()
        self.file("strip.chart", STRIP)
        self.run_it("calibrate", "--device", "simulated", "--yes")

    def line(self, sample, *more):
        return ["chart", "measure", "--chart", "strip.chart", "--device", f"simulated:{sample}", "-n", "1", "--yes",
                "--quiet", "-o", "my.chart", *more]

    def test_a_card_becomes_a_chart_file_with_spectra_doubt_serial_and_date(self):
        record = self.record(*self.line("card:strip.chart,1", "--serial", "A 7", "--pitch-mm", "14.5"))
        self.assertEqual((record["kind"], record["serial"], record["pitch_mm"]), ("my", "A 7", 14.5))
        self.assertEqual(record["instrument"], "simulated SIM-1")
        self.assertRegex(record["measured"], r"^20..-..-..T")
        for patch in record["patches"]:
            self.assertEqual(len(patch["reading"]["spectrum"]["values"]), 36)
            self.assertEqual(patch["reading"]["uncertainty"]["k"], 2)
        again = self.record("chart", "check", "my.chart")
        again_spectrum = again["patches"][2]["reading"]["spectrum"]["values"]
        self.assertEqual(again_spectrum, record["patches"][2]["reading"]["spectrum"]["values"])
        self.assertFalse((self.work / "my.chart.part").exists())

    def test_another_patch_is_refused_and_what_was_read_is_gone_on_with(self):
        (self.work / "swapped.chart").write_text(
            STRIP.replace("blue, 40, 5, -40\ngray, 50, 0, 0", "gray, 50, 0, 0\nblue, 40, 5, -40"))
        run = self.run_it("--json", *self.line("card:swapped.chart,1"))
        said = self.one_line(run, "measure")
        self.assertEqual(run.returncode, 3)
        self.assertIn('patch 3 of 4: that is "gray"', said)
        self.assertIn("--any-color", said)
        self.assertEqual(support.parse(run.stdout.decode())["error"]["code"], "implausible")
        self.assertFalse((self.work / "my.chart").exists())
        self.assertIn("-, -, -", (self.work / "my.chart.part").read_text())
        record = self.record(*self.line("card:strip.chart,1,3"))
        self.assertEqual([p["name"] for p in record["patches"]], ["light", "dark", "blue", "gray"])
        self.assertFalse((self.work / "my.chart.part").exists())

    def test_any_color_is_taken_when_that_is_said(self):
        self.record(*self.line("hair-brown", "--any-color"))
        self.assertIn("Distance", self.ok("chart", "check", "my.chart").replace("Good", "Distance"))

    def test_a_grid_without_names_is_measured_too(self):
        record = self.record("chart", "measure", "--chart", "3x2", "--device", "simulated:card:sg,1", "-n", "1",
                             "--yes", "--quiet", "-o", "grid.chart")
        self.assertEqual([p["name"] for p in record["patches"]][3], "row 2 column 1")

    def test_a_card_of_another_chart_is_not_gone_on_with(self):
        self.file("my.chart.part", STRIP.replace("light", "pale").replace("36, 12, 14", "-, -, -"))
        self.refused(2, "usage", "an unfinished card of another chart", *self.line("card:strip.chart,1"))
        self.record(*self.line("card:strip.chart,1", "--anew"))

    def test_a_wrong_command_line_is_told(self):
        for line, words in [("chart measure", "expected --chart and -o"),
                            ("chart measure --chart 1x9 -o a --yes", "expected 2 to 70"),
                            ("chart measure --chart 99x99 -o a --yes", "expected 2 to 70"),
                            ("chart measure --chart classic -o a -n 0 --yes", "--repeats"),
                            ("chart measure --chart classic -o a --yes --pitch-mm -1", "--pitch-mm"),
                            ("chart measure --chart classic -o a", "somebody must move the instrument")]:
            self.refused(2, "usage", words, *line.split())

    def test_a_person_at_a_terminal_may_go_back_keep_and_stop(self):
        terminal, theirs = pty.openpty()
        said = ""
        run = subprocess.Popen([support.TONSURE, "chart", "measure", "--chart", "strip.chart", "-n", "1", "--device",
                                "simulated:card:strip.chart,2", "-o", "my.chart"], stdin=theirs, stdout=theirs,
                               stderr=theirs, cwd=self.work, env=self.environment)
        os.close(theirs)
        self.addCleanup(os.close, terminal)

        def until(words):
            nonlocal said
            wanted = re.compile(r"\s+".join(map(re.escape, words.split(" ")))) # wherever a line ends
            while not wanted.search(said):
                ready, _, _ = select.select([terminal], [], [], 120)
                self.assertTrue(ready, said)
                said += os.read(terminal, 4096).decode()
            found = wanted.search(said)
            before, said = said[:found.start()], said[found.end():]
            return before

        def answer(text):
            os.write(terminal, text + b"\n")

        self.assertIn('1 of 4: rest the instrument on "light" (row 1, column 1)', until("when done "))
        answer(b"")
        until("b to go back by one ")
        answer(b"b")
        until('1 of 4: rest')
        until("when done ")
        answer(b"") # each patch lies there twice: the first is read again
        for _ in range(2):
            until("b to go back by one ")
            answer(b"")
        self.assertIn('that is "dark"', until("keeps it, Enter alone reads it again ")) # dark lies there still
        answer(b"k")
        until("b to go back by one ")
        os.write(terminal, b"\x04")
        until("the same command goes on")
        self.assertEqual(run.wait(timeout=120), 1)
        self.assertTrue((self.work / "my.chart.part").exists())


if __name__ == "__main__":
    support.main()
