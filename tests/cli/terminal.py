# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees: swatches where a terminal shows them, and the same in every language."""
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import termios

import support

ESCAPE = "\x1b["


class OnTerminal(support.Case):
    def on_terminal(self, *args, env=None, columns=0):
        """What stands on a pseudo-terminal."""
        try:
            reader, writer = pty.openpty()
        except OSError: # a bare chroot has no /dev/pts
            self.skipTest("this machine has no pseudo-terminals")
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24 if columns else 0, columns, 0, 0))
        run = self.run_it(*args, env=env, stdout=writer)
        os.close(writer)
        said = b""
        while True:
            try:
                piece = os.read(reader, 65536)
            except OSError: # Linux tells the end of a terminal by an error
                break
            if not piece:
                break
            said += piece
        os.close(reader)
        self.assertEqual(run.returncode, 0)
        return said.decode()


class Widths(OnTerminal):
    LINE = ["predict", "--recipe", "carbon-black=1,diluent=14", "--surface", "film:lab:62,9,16,1"]

    def widest(self, **how):
        """Of its notes; a color's figures stay in one line."""
        return max(len(line) for line in self.on_terminal(*self.LINE, **how).splitlines() if line.startswith("  "))

    def test_a_line_is_as_long_as_a_narrow_terminal_and_never_over_80(self):
        plain = self.ok(*self.LINE)
        self.assertGreater(max(len(line) for line in plain.splitlines()), 60)
        env = {"NO_COLOR": "1"}
        for columns in [40, 60]:
            self.assertLessEqual(self.widest(env=env, columns=columns), columns)
            told = {**env, "COLUMNS": str(columns)}
            self.assertLessEqual(self.widest(env=told, columns=200), columns)
            self.assertEqual(self.ok(*self.LINE, env=told), plain)
        self.assertLessEqual(self.widest(env=env, columns=3), 40)
        for how in [{"columns": 0}, {"columns": 200}, {"env": {"COLUMNS": "wide"}}, {"env": {"COLUMNS": "-4"}}]:
            shown = self.on_terminal(*self.LINE, **{**how, "env": {**env, **how.get("env", {})}})
            self.assertEqual(shown.replace("\r", ""), plain, how)


    def test_what_stands_behind_a_color_goes_on_below_it(self):
        """The figures of a color stay together, and are at home in a narrow terminal."""
        self.file("skin.json", '{"schema": "tonsure/reading/1", "what": "skin", "lab": {"L": 62, "a": 9, "b": 16, '
                  '"illuminant": "D65", "observer": "10"}, "uncertainty": {"L": 1, "a": 1, "b": 1, "k": 2}}')
        self.ok("predict", "--recipe", "carbon-black=1,titanium-dioxide=9", "-o", "pot.json")
        for line in ["match --target skin.json --max-pigments 1 --drops 4 --top 1", "convert skin.json",
                     "skin fit skin.json", "zone --dot lab:30,2,3 --skin skin.json --density 120 --diameter 0.15",
                     "correct --recipe carbon-black=1,titanium-dioxide=9 --measured pot.json --target lab:45,0,0"]:
            shown = self.on_terminal(*line.split(), env={"NO_COLOR": "1"}, columns=40).replace("\r", "").splitlines()
            colors = [one for one in shown if re.search(r"\bL -?[0-9.]+  a ", one)]
            self.assertTrue(colors, line)
            for one in colors:
                self.assertLessEqual(len(one), 40, line)
                self.assertRegex(one, r"L [0-9.]+  a -?[0-9.]+  b -?[0-9.]+", line)


class Swatches(OnTerminal):
    LINE = ["convert", "lab:50,40,20"]

    def test_a_pipe_gets_none_unless_forced(self):
        self.assertNotIn(ESCAPE, self.ok(*self.LINE))
        self.assertNotIn(ESCAPE, self.ok(*self.LINE, env={"CLICOLOR_FORCE": "0"}))
        forced = self.ok(*self.LINE, env={"CLICOLOR_FORCE": "1"})
        self.assertRegex(forced, r"\x1b\[48;2;\d+;\d+;\d+m +\x1b\[0m")

    def test_the_color_shown_is_the_color_meant(self):
        def shown(target):
            forced = self.ok("convert", target, env={"CLICOLOR_FORCE": "1"})
            return [int(v) for v in re.search(r"48;2;(\d+);(\d+);(\d+)m", forced).groups()]
        self.assertEqual(shown("lab:0,0,0"), [0, 0, 0])
        self.assertEqual(shown("lab:100,0,0"), [255, 255, 255])
        for value in shown("lab:53.585,0,0"): # sRGB 128
            self.assertAlmostEqual(value, 128, delta=1)

    def test_two_swatches_side_by_side_stand_below_what_each_is_of(self):
        match = ["match", "--target", "lab:30,0,0", "--only", "carbon-black,titanium-dioxide", "--top", "1"]
        for name, white in [("pot.json", 20), ("goal.json", 24)]:
            self.ok("predict", "--recipe", f"carbon-black=3,titanium-dioxide={white}", "-o", name)
        correct = ["correct", "--recipe", "carbon-black=3,titanium-dioxide=20", "--measured", "pot.json", "--target",
                   "goal.json"]
        for line, heading, plain in [(match, "  #   goal  mix   recipe", "  #   recipe"),
                                     (correct, "  #   goal  then  to add", "  #   to add")]:
            self.assertIn(heading, self.ok(*line, env={"CLICOLOR_FORCE": "1"}))
            self.assertIn(plain, self.ok(*line))

    def test_no_color_wins(self):
        for env in [{"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}]:
            self.assertNotIn(ESCAPE, self.ok(*self.LINE, env=env))
        self.assertNotIn(ESCAPE, self.ok("--no-color", *self.LINE, env={"CLICOLOR_FORCE": "1"}))

    def test_a_terminal_gets_what_it_can_show(self):
        for env, pattern in [({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, r"\x1b\[48;2;"),
                             ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, r"\x1b\[48;2;"),
                             ({"TERM": "xterm-256color"}, r"\x1b\[48;5;\d+m")]:
            self.assertRegex(self.on_terminal(*self.LINE, env=env), pattern)
        for env in [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}]:
            self.assertNotIn(ESCAPE, self.on_terminal(*self.LINE, env=env))

    def test_a_record_never_holds_any(self):
        for line in [self.LINE, ["palette", "list"], ["match", "--target", "lab:30,0,0", "--only",
                                                      "carbon-black", "--top", "1"]]:
            self.record(*line, env={"CLICOLOR_FORCE": "1"})


class Languages(support.Case):
    def test_no_locale_changes_what_is_read_or_written(self):
        self.file("x.csv", "ID,400,550,700\nx,0.1,0.25,0.4\n")
        for line in [["convert", "lab:38.5,3.25,6", "--to", "D50/2"], ["convert", "x.csv"],
                     ["--json", "convert", "lab:38.5,3.25,6", "--spectrum"],
                     ["--json", "compare", "lab:50.5,1,2", "lab:49.5,1,2"],
                     ["--json", "match", "--target", "lab:30.5,0.5,0", "--only", "carbon-black",
                      "--weights", "1,0.5,0.25", "--tolerance", "1.5", "--unit", "0.05ml"]]:
            plain = self.without_time(self.ok(*line))
            for locale in ["de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "C.UTF-8", "nowhere"]:
                other = self.ok(*line, env={"LC_ALL": locale, "LANG": locale})
                self.assertEqual(self.without_time(other), plain, (locale, line))

    def without_time(self, text):
        return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', text)


class Errors(support.Case):
    LINE = ["match", "--target", "lab:30,1,2", "--only", "carbon-black,nothing-that-is-known-by-such-a-name-at-all"]

    def test_an_error_is_one_line_for_a_program_and_of_80_columns_on_a_terminal(self):
        told = self.run_it(*self.LINE).stderr.decode()
        self.assertRegex(told, r"\A[^\n]{81,}\n\Z")
        try:
            reader, writer = pty.openpty()
        except OSError:
            self.skipTest("this machine has no pseudo-terminals")
        subprocess.run([support.TONSURE, *self.LINE], cwd=self.work, env=self.environment, stderr=writer,
                       stdin=subprocess.DEVNULL, timeout=600, check=False)
        os.close(writer)
        shown = os.read(reader, 65536).decode()
        os.close(reader)
        self.assertEqual(support.too_wide(shown), [])
        self.assertEqual(support.flat(shown), support.flat(told))


class Progress(OnTerminal):
    def test_an_error_begins_where_the_progress_before_it_stood(self):
        try:
            reader, writer = pty.openpty()
        except OSError:
            self.skipTest("this machine has no pseudo-terminals")
        if not support.READS_PHOTOS:
            self.skipTest("this build reads no photos")
        subprocess.run([support.TONSURE, "photo", "nothing.jpg"], cwd=self.work, env=self.environment, stderr=writer,
                       stdin=subprocess.DEVNULL, timeout=600, check=False)
        os.close(writer)
        shown = os.read(reader, 65536).decode()
        os.close(reader)
        self.assertRegex(shown, r"decoding +0 %\r\x1b\[Ktonsure: nothing.jpg")


class Talk(support.Case):
    def test_what_is_wide_is_known_to_be(self):
        for line, wide in [("x" * 81, False), ("  " + "x" * 90, False), ("x " * 40, False),
                           (" " * 26 + "x" * 54 + " \\", False), ("Photo      " + "x" * 80, False),
                           ("of " * 12 + "x" * 60, True), ("x " * 41 + "x", True),
                           ("\u00e4 " * 40, False), ("\u6f22 " * 27 + "x", True),
                           ("\x1b[48;5;16m  \x1b[0m " + "x " * 38, False)]:
            self.assertEqual(support.too_wide(line) != [], wide, line)

    def test_every_line_of_the_readme_s_console_fits_too(self):
        blocks = re.findall(r"```console\n(.*?)```", (support.ROOT / "README.md").read_text(encoding="utf-8"), re.S)
        lines = [line for block in blocks for line in block.splitlines() if not line.startswith(("$ ", "tonsure: "))]
        self.assertGreater(len(lines), 100)
        self.assertEqual(support.too_wide("\n".join(lines)), [])

    def test_a_line_ends_where_its_words_do(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        for line in [["convert", "lab:38,3,6@D50/2"], ["compare", "lab:50,1,2", "lab:49,1,2"],
                     ["palette", "list"], ["palette", "show", "kimera"],
                     ["photo", str(support.SAMPLE), "--chart", "none", "--region", "x=9,9,9,9"],
                     ["photo", str(support.SAMPLE), "--corners", support.sample_corners(),
                      "--region", support.sample_region("skin")], ["match", "--target", "lab:30,1,2", "--max-pigments", "2", "--top", "2"],
                     ["predict", "--recipe", "carbon-black=1,diluent=9", "--surface",
                      "film:skin.json,1"]]:
            text = self.ok(*line)
            for row in text.splitlines():
                self.assertEqual(row, row.rstrip(), line)
            self.assertTrue(text.endswith("\n"))

    def test_a_line_fits_a_terminal_of_80_columns(self):
        shutil.copy(support.SAMPLE, self.work / "scalp.jpg")
        film = ["--target", "lab:38,4,8", "--surface", "film:lab:62,9,16,1"]
        for line in [["match", *film, "--max-pigments", "3"], ["match", "--target", "lab:35,2,4", "--top", "3"],
                     ["match", *film, "--continuous", "--top", "3"], ["palette", "show", "kimera"],
                     ["palette", "show"], ["convert", "lab:50,2,3", "--to", "D50/2"],
                     ["photo", "scalp.jpg", "--corners", support.sample_corners(),
                      "--region", support.sample_region("skin"), "--region", "crown=560,380,200,140"],
                     ["photo", "scalp.jpg", "--chart", "none", "--region",
                      "a-name-that-is-long=9,9,9,9"],
                     ["palette", "ladder", "carbon-black"], ["palette", "gamut", "--target", "lab:90,99,99"],
                     ["predict", "--recipe", "carbon-black=1,diluent=9", "--surface", "film:lab:62,9,16,1"]]:
            for row in self.ok(*line).splitlines():
                self.assertLessEqual(len(row), 80, (line, row))

    def test_what_holds_for_target_and_backing_is_said_once(self):
        record = self.record("match", "--target", "lab:38,4,8", "--surface", "film:lab:62,9,16,1",
                             "--only", "carbon-black", "--top", "1")
        said = [w for w in record["warnings"] if "estimated" in w]
        self.assertEqual(said, ["the spectra of target and backing were estimated from their colors, as of skin: "
                                "what other lamps show is a guess"])

    def test_a_note_that_holds_for_every_recipe_is_said_once(self):
        text = self.ok("match", "--target", "lab:30,1,2", "--only", "carbon-black",
                       "--top", "4")
        note = "carbon-black: modelled, not measured"
        self.assertEqual(text.count(note), 1, text)

    def test_nothing_is_said_about_progress_into_a_pipe(self):
        self.assertEqual(self.run_it("match", "--target", "lab:30,1,2", "--max-pigments", "2").stderr, b"")


if __name__ == "__main__":
    support.main()
