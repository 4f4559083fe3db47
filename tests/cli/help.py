# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command says of itself is true: every example of every help runs as it stands."""
import re
import shlex
import shutil

import support

SHELF = ["product", "product add", "product list", "product change", "product retire", "scan", "order", "label",
         "order propose", "order send", "order receive", "order cancel", "order list", "order show", "order terms",
         "receive", "open", "use", "waste", "count", "move", "list",
         "expiring", "log",
         "quarantine", "release", "recall", "undo", "verify", "import", "export", "backup"]
COMMANDS = ["photo", "convert", "compare", "match", "correct", "predict", "palette",
            "palette list", "palette show", "palette check", "palette import", "palette export", "palette add", "palette drop",
            "palette fit", "palette ladder", "palette learn",
            "palette gamut", "report", "report match", "skin", "skin fit", "zone"]
if support.KEEPS_A_SHELF:
    COMMANDS += ["passport", "stock", "plan"] + ["stock " + verb for verb in SHELF]
    COMMANDS += [noun + verb for noun, verbs in [
        ("client", ["", " add", " change", " list", " show", " export", " erase"]),
        ("visit", ["", " book", " list", " open", " close", " cancel", " read", " unread"]),
        ("course", ["", " follow-up", " learned"]),
        ("pot", ["", " mix", " close", " list", " show", " label"]), ("report", [" visit", " month"])] for verb in verbs]
if support.READS_PHOTOS:
    COMMANDS += ["chart", "chart list", "chart show", "chart check", "chart holder"]
if support.READS_PHOTOS and support.READS_INSTRUMENTS:
    COMMANDS += ["chart measure"]
if support.READS_INSTRUMENTS:
    COMMANDS += ["devices", "calibrate", "measure", "doctor"]


def examples(text):
    """The command lines below "Examples", continued ones joined."""
    below = text.split("\nExamples\n", 1)[1]
    return [line.strip() for line in below.replace("\\\n", " ").splitlines()
            if line.strip().startswith("tonsure")]


class Help(support.Case):
    def test_every_command_has_help_with_three_examples(self):
        for command in COMMANDS:
            text = self.ok(*command.split(), "--help")
            self.assertIn(f"tonsure {command}", text.splitlines()[0])
            self.assertEqual(len(examples(text)), 3, command)
            for line in text.splitlines():
                self.assertLessEqual(support.columns(line), 80, (command, line))

    def test_help_may_be_asked_for_anywhere_and_is_no_error(self):
        for line in ["--help", "-h", "--help match", "match --target lab:1,2,3 --help", "match -h",
                     "palette --help", "palette add -h", "--json --help"]:
            self.assertIn("tonsure", self.ok(*line.split()))

    def test_version_names_the_licence_and_the_libraries(self):
        for line in ["--version", "--json --version", "match --version"]:
            text = self.ok(*line.split())
            self.assertRegex(text, r"^tonsure \d+\.\d+\.\d+\n")
            self.assertIn("GPL-3.0-or-later", text)
            for library in ["GSL 2", "Little CMS 2", "jansson 2"]:
                self.assertIn(library, text)
            self.assertRegex(text, r"\nCalendars: read by libical [\w. ]+\.\n")
            if support.READS_PHOTOS:
                self.assertRegex(text, r"\nHolders: tags by AprilTag [\w. ]+, PDF by cairo [\w. ]+\.\n")

    def test_no_command_is_a_usage_error(self):
        for line in ["", "palette", "--quiet"]:
            run = self.run_it(*line.split())
            self.assertEqual(run.returncode, 2, line)
            self.assertIn("tonsure", (run.stdout + run.stderr).decode())

    def test_every_option_of_the_help_is_in_the_man_page_and_the_other_way_round(self):
        if not support.READS_INSTRUMENTS:
            self.skipTest("this build reads no instruments, the page tells of them")
        if not support.KEEPS_A_SHELF:
            self.skipTest("this build keeps no shelf, the page tells of it")
        page = (support.ROOT / "docs" / "man" / "tonsure.1").read_text(encoding="utf-8")
        known = set()
        for command in COMMANDS:
            known |= set(re.findall(r"--([a-z][a-z-]+)", self.ok(*command.split(), "--help")))
        known.add("version")
        told = set(re.findall(r"\\-\\-([a-z][a-z\\-]+)|Fl Fl ([a-z][a-z-]+)", page))
        told = {(a or b).replace("\\", "") for a, b in told}
        self.assertEqual(known, told)


class Examples(support.Case):
    """Files of the names that the examples use stand in the folder."""

    def setUp(self):
        super().setUp()
        shutil.copy(support.SAMPLE, self.work / "scalp.jpg")
        self.ok("convert", "lab:62,9,16", "--spectrum", "--to", "D65/10", "-o", "skin.json")
        for name in ["readings/skin.json", "reading.json", "before.json", "after.json"]:
            (self.work / name).parent.mkdir(exist_ok=True)
            shutil.copy(self.work / "skin.json", self.work / name)
        self.ok("convert", "lab:58,8,15", "--spectrum", "-o", "readings/stubble.json")
        self.ok("predict", "--recipe", "carbon-black=3.2,titanium-dioxide=20", "-o", "pot.json")
        self.ok("predict", "--recipe", "carbon-black=3,titanium-dioxide=22", "-o", "wanted.json")
        self.ok("predict", "--recipe", "carbon-black=1,diluent=12", "--surface", "film:skin.json,1",
                "-o", "film.json")
        self.file("dot.json", {"schema": "tonsure/reading/1", "what": "dot", "lab": {"L": 30, "a": 2, "b": 3}})
        self.file("correction.json", self.ok("--json", "correct", "--recipe",
                                             "carbon-black=3,titanium-dioxide=22", "--measured",
                                             "pot.json", "--target", "wanted.json"))
        self.ok("match", "--target", "lab:35,2,4", "--max-pigments", "2", "-o", "match.json")
        self.file("pairs.csv", "L1,a1,b1,L2,a2,b2\n50,2.5,0,50,0,-2.5\n")
        self.file("my.chart", "tonsure-chart 1\nkind: my\ncolumns: 2\nrows: 2\nwhite: D50\nobserver: 2\n"
                  "patches: name, L, a, b\nlight, 70, 12, 16\ndark, 36, 12, 14\nred, 40, 50, 30\ngray, 50, 0, 0\n")
        self.file("spectra.csv", "ID,400,550,700\ndonor-left,0.1,0.2,0.4\n")
        dark = self.record("predict", "--recipe", "carbon-black=3,red-iron-oxide=1")["lab"]
        self.file("samples.csv", support.samples())
        self.file("ladder.csv", support.samples().replace("AMOUNT_black", "AMOUNT_carbon-black"))
        self.file("hair.csv", "ID,L,a,b,ILLUMINANT,OBSERVER\none,30,2,4,D65,10\n"
                  f"two,{dark['L']},{dark['a']},{dark['b']},D65,10\n")
        palette = self.ok("--json", "palette", "show", "generic-smp")
        palette = palette.replace('"carbon-black"', '"carbon"').replace('"red-iron-oxide"', '"red"')
        self.file("mine.json", palette)
        self.file("clinic/shelf.json", palette)
        self.environment["PATH"] = f"{self.folder}/bin:" + self.environment["PATH"]
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "tonsure").symlink_to(support.TONSURE)

    def test_every_example_runs(self):
        lines = []
        for command in [""] + COMMANDS:
            lines += examples(self.ok(*command.split(), "--help"))
        # stock.py, clinic.py, course.py and plan.py run those, on a shelf
        shelf = {"stock", "client", "visit", "pot", "course", "plan", "passport", "report"}
        lines = [line for line in lines if not shelf & set(line.split())]
        self.assertGreater(len(lines), 30)
        for line in dict.fromkeys(lines):
            with self.subTest(line):
                self.run_line(line)

    def run_line(self, line):
        words = shlex.split(line)
        if "&&" in words:
            words = words[:words.index("&&")]
        if ">" in words:
            words = words[:words.index(">")]
        run = self.run_it(*words[1:])
        said = run.stderr.decode()
        self.assertEqual(run.returncode, 0, said)
        if "--json" in words:
            support.parse(run.stdout.decode())


if __name__ == "__main__":
    support.main()
