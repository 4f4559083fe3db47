# SPDX-License-Identifier: GPL-3.0-or-later
"""Palettes out to files, and files in among those that can be named."""
import json

import support


class Copies(support.Case):
    def setUp(self):
        super().setUp()
        self.own = self.folder / ".local" / "share" / "tonsure" / "palettes"

    def kept(self, name):
        return (self.own / f"{name}.json").read_text(encoding="utf-8")

    def export(self, *args):
        """What it has to say on standard error is no fault."""
        run = self.run_it("palette", "export", *args)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run

    def test_a_palette_goes_out_and_comes_in_the_same_to_the_byte(self):
        for name in ["generic-smp", "kimera"]:
            self.assertEqual(self.export(name, "-o", "out.json").stderr, b"")
            text = (self.work / "out.json").read_text(encoding="utf-8")
            self.assertEqual(text, self.ok("--json", "palette", "show", name))
            self.record("palette", "import", "out.json", "--name", "mine", "--force")
            self.assertEqual(self.kept("mine"), text.replace(f'"name": "{name}"', '"name": "mine"', 1))
            self.export("mine", "-o", "again.json")
            self.assertEqual((self.work / "again.json").read_text(encoding="utf-8"), self.kept("mine"))

    def test_a_table_goes_out_and_comes_in_with_the_same_K_and_S(self):
        for name in ["generic-smp", "kimera"]:
            run = self.export(name, "-o", "t.csv")
            self.assertIn("a table has no place for", support.flat(run.stderr.decode()))
            record = self.record("palette", "import", "t.csv", "--name", "mine", "--force")
            self.assertEqual((record["palette"], record["written"]), ("mine", True))
            was, now = (json.loads(self.ok("--json", "palette", "show", p)) for p in (name, "mine"))
            members = ["id", "name", "kind", "origin", "K", "S"]
            self.assertEqual([[p.get(m) for m in members] for p in was["pigments"]],
                             [[p.get(m) for m in members] for p in now["pigments"]])
            self.assertEqual({**was["model"], "band_correlation": 0}, {**now["model"], "band_correlation": 0})
            self.export("mine", "-o", "u.csv")
            self.assertEqual((self.work / "u.csv").read_text().replace('"mine"', f'"{name}"'),
                             (self.work / "t.csv").read_text())

    def test_what_is_modelled_stays_modelled_through_a_table(self):
        self.export("generic-smp", "-o", "t.csv")
        self.ok("palette", "import", "t.csv", "--name", "mine")
        line = ["match", "--target", "lab:35,2,4", "--max-pigments", "2", "--top", "1"]
        self.assertEqual(self.record("--palette", "mine", *line)["recipes"][0]["confidence"], "C")

    def test_with_json_the_record_tells_what_a_table_loses(self):
        record = self.record("palette", "export", "kimera", "-o", "t.csv", "--dry-run")
        self.assertEqual((record["action"], record["written"], record["pigments"]), ("export", False, 13))
        self.assertFalse((self.work / "t.csv").exists())
        self.assertTrue(any("version and provenance" in words for words in record["warnings"]), record)
        self.file("samples.csv", support.samples())
        self.ok("palette", "fit", "samples.csv", "-o", "fitted.json")
        warnings = self.record("palette", "export", "fitted.json", "-o", "t.csv")["warnings"]
        self.assertTrue(any("covariance" in words for words in warnings), warnings)
        self.assertEqual(self.record("palette", "export", "kimera", "-o", "t.json")["warnings"], [])
        self.assertTrue(self.record("palette", "export", "kimera", "-o", "t.json")["replaced"])

    def test_the_palette_in_force_is_exported_where_none_is_named(self):
        self.export("-o", "t.json")
        self.assertIn('"name": "generic-smp"', (self.work / "t.json").read_text())
        self.ok("--palette", "kimera", "palette", "export", "-o", "t.json")
        self.assertIn('"name": "kimera"', (self.work / "t.json").read_text())
        self.assertEqual(self.run_it("--quiet", "palette", "export", "-o", "t.csv").stderr, b"")

    def test_what_was_imported_can_be_named(self):
        self.export("generic-smp", "-o", "t.json")
        self.assertIn("written to", self.ok("palette", "import", "t.json", "--name", "clinic"))
        self.assertRegex(self.ok("palette", "list"), r"\bclinic +6 pigments, absolute, user")
        self.assertEqual(self.record("--palette", "clinic", "match", "--target", "lab:35,2,4", "--max-pigments", "1")
                         ["palette"], "clinic")

    def test_nothing_is_put_over_another_palette_unasked(self):
        self.export("generic-smp", "-o", "t.json")
        self.export("kimera", "-o", "k.json")
        self.ok("palette", "import", "t.json", "--name", "mine")
        before = self.kept("mine")
        self.refused(2, "usage", "palette mine: there is one of that name (", "palette", "import", "k.json", "--name",
                     "mine")
        self.refused(2, "usage", "palette kimera: there is one of that name (it came with this program)", "palette",
                     "import", "k.json")
        self.refused(2, "usage", "there is one of that name", "palette", "import", "k.json", "--name", "mine",
                     "--dry-run")
        self.assertEqual(self.kept("mine"), before)
        record = self.record("palette", "import", "k.json", "--name", "mine", "--force", "--dry-run")
        self.assertEqual((record["replaced"], record["written"], self.kept("mine")), (True, False, before))
        record = self.record("palette", "import", "k.json", "--name", "mine", "--force")
        self.assertEqual((record["replaced"], record["written"]), (True, True))
        self.assertIn('"id": "red-oxide"', self.kept("mine"))
        warnings = self.record("palette", "import", "k.json", "--force")["warnings"]
        self.assertTrue(any("your own copy" in words for words in warnings), warnings)

    def test_what_is_no_palette_is_refused_as_check_refuses_it(self):
        self.export("generic-smp", "-o", "t.json")
        good = json.loads((self.work / "t.json").read_text())
        for change in [lambda p: p["pigments"][0]["K"].pop(), lambda p: p["pigments"][1].update(S="much"),
                       lambda p: p["pigments"].append(p["pigments"][0]), lambda p: p.pop("model"),
                       lambda p: p.update(schema="tonsure/palette/2")]:
            bad = json.loads(json.dumps(good))
            change(bad)
            self.file("bad.json", bad)
            said = self.run_it("palette", "check", "bad.json")
            run = self.run_it("palette", "import", "bad.json", "--name", "bad")
            self.assertEqual((run.returncode, run.stderr), (said.returncode, said.stderr))
            self.assertNotEqual(run.returncode, 0)
        self.assertFalse(self.own.exists())
        self.refused(1, "not-found", "none.json: cannot be opened", "palette", "import", "none.json")
        self.file("words.csv", "The pigments are black.\n")
        self.refused(1, "format", "words.csv: ", "palette", "import", "words.csv", "--name", "w")
        self.file("empty.csv", "")
        self.refused(1, "format", "empty.csv: ", "palette", "import", "empty.csv", "--name", "w")

    def test_a_name_is_one_that_can_be_typed_and_be_a_file(self):
        self.export("generic-smp", "-o", "t.json")
        for name in ["a b", "../up", ".hidden", "-x", "mine.json", "", "x" * 64]:
            self.refused(2, "usage", "--name: expected letters", "palette", "import", "t.json", "--name=" + name)
        good = json.loads((self.work / "t.json").read_text())
        self.file("named.json", {**good, "name": "Our shelf / 2026"})
        self.refused(2, "usage", "named.json: its name, \"Our shelf / 2026\", is none that can be typed", "palette",
                     "import", "named.json")
        self.ok("palette", "import", "named.json", "--name", "ours")

    def test_an_export_is_of_a_known_form_into_a_folder_that_is_there(self):
        self.refused(2, "usage", "expected -o FILE.json or FILE.csv", "palette", "export")
        self.refused(2, "usage", "t.cgats: expected a name that ends with .json or .csv", "palette", "export", "-o",
                     "t.cgats")
        self.refused(1, "not-found", "no/t.csv: cannot be written", "palette", "export", "-o", "no/t.csv")
        self.refused(1, "not-found", 'palette "none": not known', "palette", "export", "none", "-o", "t.csv")

    def test_without_a_home_nothing_is_imported(self):
        self.export("generic-smp", "-o", "t.json")
        run = self.run_it("palette", "import", "t.json", "--name", "x", env={"HOME": "", "XDG_DATA_HOME": ""})
        self.assertEqual(run.returncode, 1)
        self.assertIn("neither HOME nor XDG_DATA_HOME is set", run.stderr.decode())


if __name__ == "__main__":
    support.main()
