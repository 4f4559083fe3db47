# SPDX-License-Identifier: GPL-3.0-or-later
"""Mixes that were made and read are kept, and the palette learns anew from all of them."""
import json
import shutil

import support

# What was meant, and what the bottles really gave: the black is a quarter stronger.
POTS = [((3, 0, 20), (3.75, 0, 20)), ((1, 0, 20), (1.25, 0, 20)), ((2, 3, 10), (2.5, 3, 10)),
        ((1, 5, 5), (1.25, 5, 5)), ((4, 1, 8), (5, 1, 8))]
INKS = ["carbon-black", "red-iron-oxide", "titanium-dioxide"]


def recipe(amounts):
    return ",".join(f"{ink}={n}" for ink, n in zip(INKS, amounts) if n)


class Learn(support.Case):
    def setUp(self):
        super().setUp()
        self.file("mine.json", self.ok("--json", "palette", "show", "generic-smp"))
        shutil.copy(self.work / "mine.json", self.work / "shelf.json")

    def learn(self, *args, palette="mine.json"):
        return self.record("--palette", palette, "palette", "learn", *args)

    def read(self, amounts, name="pot.json"):
        self.ok("predict", "--recipe", recipe(amounts), "-o", name)

    def keep(self, pot, *more):
        meant, truth = POTS[pot]
        self.read(truth)
        return self.learn("--recipe", recipe(meant), "--measured", "pot.json", *more)

    def kept(self):
        text = (self.work / "mine.learned" / "mixes.json").read_text()
        return support.parse(text)["mixes"]

    def test_mixes_teach_the_strength_and_left_out_ones_show_it(self):
        for pot in range(len(POTS)):
            record = self.keep(pot)
        summary = record["summary"]
        self.assertEqual(summary["before"]["samples"], 5)
        self.assertLess(summary["left_out"]["mean"], summary["before"]["mean"] / 2)
        self.assertLess(summary["after"]["mean"], summary["before"]["mean"] / 3)
        black = next(i for i in record["inks"] if i["pigment"] == "carbon-black")
        white = next(i for i in record["inks"] if i["pigment"] == "titanium-dioxide")
        # Thick layers tell ratios: the black is stronger against the white.
        self.assertAlmostEqual(black["K_factor"][1] / white["S_factor"][1], 1.25, delta=0.06)
        mine = json.loads((self.work / "mine.json").read_text())
        self.assertEqual(mine["version"], "learned-5")
        self.assertIn("from 5 kept mixes", mine["provenance"])
        self.assertEqual(mine["provenance"].count("Learned"), 1)
        for version in range(1, 6):
            self.ok("palette", "check", f"mine.learned/{version}.json")

    def test_nothing_counts_twice(self):
        for pot in range(3):
            first = self.keep(pot)
        again = self.learn()
        self.assertEqual([i["K_factor"] for i in again["inks"]], [i["K_factor"] for i in first["inks"]])
        base = json.loads((self.work / "mine.learned" / "base.json").read_text())
        shelf = json.loads((self.work / "shelf.json").read_text())
        self.assertEqual([p["K"] for p in base["pigments"]], [p["K"] for p in shelf["pigments"]])
        self.read(POTS[0][1])
        self.refused(2, "usage", "kept already as mix-1", "--palette", "mine.json", "palette", "learn",
                     "--recipe", recipe(POTS[0][0]), "--measured", "pot.json")

    def test_what_is_forgotten_teaches_nothing(self):
        first = self.keep(0, "--id", "monday")
        self.keep(2, "--id", "tuesday")
        record = self.learn("--forget", "tuesday")
        self.assertEqual([m["id"] for m in self.kept()], ["monday"])
        self.assertEqual(record["inks"], first["inks"])
        self.refused(2, "usage", "no kept mix \"friday\"", "--palette", "mine.json", "palette", "learn",
                     "--forget", "friday")

    def test_nothing_new_writes_no_version(self):
        self.keep(0)
        self.keep(1)
        before = {p: p.read_text() for p in sorted(self.work.rglob("*.json"))}
        record = self.learn()
        self.assertFalse(record["written"])
        self.assertEqual(record["version"], "learned-2")
        self.assertIn("no mix is new since learned-2", " ".join(record["warnings"]))
        self.assertEqual({p: p.read_text() for p in sorted(self.work.rglob("*.json"))}, before)

    def test_another_bottle_is_learned_anew_without_a_new_mix(self):
        self.keep(0)
        mine = json.loads((self.work / "mine.json").read_text())
        for pigment in mine["pigments"]:
            pigment["K"] = [1.5 * k for k in pigment["K"]]
        self.file("mine.json", json.dumps(mine))
        self.assertEqual(self.learn()["version"], "learned-2")

    def test_the_last_mix_forgotten_leaves_the_palette_as_it_was_before_any(self):
        self.keep(0, "--id", "one")
        kept = self.learn("--forget", "one", "--dry-run")
        self.assertFalse(kept["written"])
        self.assertEqual(len(self.kept()), 1)
        record = self.learn("--forget", "one")
        self.assertTrue(record["written"])
        self.assertEqual((record["mixes"], record["inks"]), ([], []))
        self.assertEqual(self.kept(), [])
        mine, shelf = (json.loads((self.work / name).read_text())
                       for name in ["mine.json", "shelf.json"])
        self.assertEqual(mine, shelf)
        self.refused(2, "usage", "no mix is kept", "--palette", "mine.json", "palette", "learn")
        self.assertEqual(self.keep(0)["version"], "learned-2")

    def test_nothing_is_written_of_mixes_that_are_all_set_aside(self):
        self.file("mine.json", self.ok("--json", "palette", "show", "kimera"))
        before = (self.work / "mine.json").read_text()
        record = self.learn("--recipe", "black=1,white=4", "--measured", "lab:40,0,0", "--id", "one")
        self.assertTrue(record["mixes"][0]["set_aside"])
        self.assertFalse(record["written"])
        self.assertIn("every mix was set aside", " ".join(record["warnings"]))
        self.assertEqual((self.work / "mine.json").read_text(), before)
        self.assertEqual([m["id"] for m in self.kept()], ["one"])
        self.assertFalse((self.work / "mine.learned" / "1.json").exists())
        self.assertFalse(self.learn("--forget", "one")["written"])
        self.assertEqual(self.kept(), [])

    def test_a_shipped_palette_stays_and_the_user_s_own_learns(self):
        self.read(POTS[0][1])
        record = self.record("palette", "learn", "--recipe", recipe(POTS[0][0]), "--measured",
                             "pot.json")
        self.assertTrue(record["written"])
        self.assertIn("generic-smp.json", record["path"])
        self.assertEqual([p["place"] for p in self.record("palette", "list")["palettes"]],
                         ["user", "shipped"])

    def test_a_dry_run_keeps_and_writes_nothing(self):
        record = self.keep(0, "--dry-run")
        self.assertFalse(record["written"])
        self.assertFalse((self.work / "mine.learned").exists())

    def test_the_record_of_a_correction_is_a_mix(self):
        self.read(POTS[0][1])
        self.read(POTS[0][0], "wanted.json")
        self.file("correction.json", self.ok(
            "--json", "--palette", "mine.json", "correct", "--recipe", recipe(POTS[0][0]),
            "--measured", "pot.json", "--target", "wanted.json"))
        record = self.learn("correction.json", "--id", "pot-7")
        self.assertEqual([m["id"] for m in record["mixes"]], ["pot-7"])
        self.assertEqual(record["mixes"][0]["left_out_de00"], record["mixes"][0]["before_de00"])
        parts = self.kept()[0]["parts"]
        self.assertEqual({p["pigment"] for p in parts}, {"carbon-black", "titanium-dioxide"})

    def test_a_bottle_added_since_is_kept_and_so_is_its_drop(self):
        self.keep(0)
        self.ok("--palette", "mine.json", "palette", "add", "--color-index", "77492", "--name", "Straw")
        self.ok("--palette", "mine.json", "palette", "drop", "carbon-black", "--weigh", "20=0.9g")
        self.keep(1)
        mine = json.loads((self.work / "mine.json").read_text())
        ids = {p["id"]: p for p in mine["pigments"]}
        self.assertIn("straw", ids)
        self.assertNotEqual(ids["carbon-black"]["drop_ml"], 0.04)

    def test_a_color_alone_and_a_film_are_kept_too(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        record = self.learn("--recipe", "carbon-black=1,diluent=12", "--measured", "lab:30,5,9@D50/2",
                            "--surface", "film:skin.json,1")
        self.assertEqual(record["mixes"][0]["measured"]["illuminant"], "D50")
        self.assertEqual(self.kept()[0]["surface"]["load"], 1)

    def test_what_makes_no_mix_is_refused_and_nothing_is_kept(self):
        self.read(POTS[0][1])
        for args, says in [
                ([], "no mix is kept"), (["--recipe", "carbon-black=1"], "go together"),
                (["--measured", "pot.json"], "go together"),
                (["--recipe", "blue=1", "--measured", "pot.json"], "no pigment \"blue\""),
                (["--recipe", "diluent=1", "--measured", "pot.json"], "diluent"),
                (["--recipe", "carbon-black=1", "--measured", "pot.json", "--surface", "felt"],
                 "expected opaque, film")]:
            self.refused(2, "usage", says, "--palette", "mine.json", "palette", "learn", *args)
        self.file("mine.learned/mixes.json", "{\"schema\": \"tonsure/mixes/1\"}\n")
        self.refused(1, "format", "mixes.json: mixes: expected an array", "--palette", "mine.json",
                     "palette", "learn")


if __name__ == "__main__":
    support.main()
