# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples read as colors alone: pigments of known Colour Index, moved to them by `palette fit`."""
import csv
import json

import support

CARD = "ID,380,550,730\nwhite,0.85,0.85,0.85\nblack,0.05,0.05,0.05\n"
HEADER = "SAMPLE_ID,BACKING,AMOUNT_ink,AMOUNT_titanium-dioxide,AMOUNT_water"
STATED = HEADER + ",ILLUMINANT,OBSERVER,LAB_L,LAB_A,LAB_B\n"
MIXES = [(0.05, 0, 0.5), (0.15, 0, 1), (0.3, 0, 0), (0.2, 1, 0), (0.05, 1, 0), (0.4, 0.4, 0)]


class Calibrate(support.Case):
    def setUp(self):
        super().setUp()
        self.file("card.csv", CARD)

    def lab(self, recipe, half, load):
        lab = self.record("predict", "--recipe", recipe, "--surface",
                          f"film:card.csv#{half},{load}")["lab"]
        return f'{lab["L"]:.3f},{lab["a"]:.3f},{lab["b"]:.3f}'

    def table(self, true_ink="red-iron-oxide", strength=1.25, header=STATED, viewing="D65,10,"):
        """Films of an ink that is stronger than the model, over both halves of a card."""
        rows = []
        for half, bare in [("white", "93.88,0,0"), ("black", "26.73,0,0")]:
            rows.append(f"{half},,0,0,0,{viewing}{bare}")
            for i, (ink, white, water) in enumerate(MIXES):
                parts = {true_ink: ink * strength, "titanium-dioxide": white, "diluent": water}
                recipe = ",".join(f"{k}={v}" for k, v in parts.items() if v)
                lab = self.lab(recipe, half, sum(parts.values()))
                rows.append(f"{half}-{i},{half},{ink},{white},{water},{viewing}{lab}")
        self.file("t.csv", header + "\n".join(rows) + "\n")

    def fit(self, *more):
        return ["palette", "fit", "t.csv", "-o", "mine.json", *more]

    def test_colors_find_the_strength_and_say_what_they_are(self):
        self.table()
        self.refused(1, "not-found", "none/mine.json", "palette", "fit", "t.csv", "-o", "none/mine.json",
                     "--color-index", "ink=CI 77491", "--dry-run")
        record = self.record(*self.fit("--color-index", "ink=CI 77491", "--holdout", "white-3"))
        ink = next(i for i in record["inks"] if i["pigment"] == "ink")
        self.assertEqual(ink["prior"], "generic-smp red-iron-oxide")
        self.assertAlmostEqual(ink["K_factor"][1], 1.25, delta=2 * ink["K_sd"] * 1.25)
        self.assertLess(ink["K_sd"], 0.3)
        self.assertEqual(record["schema"], "tonsure/fit/1")
        self.assertLess(record["summary"]["fitted"]["mean"], 0.5)
        self.assertEqual(record["summary"]["held_out"]["method"], "named")
        self.assertLess(record["summary"]["held_out"]["mean"], 1)
        self.assertEqual([s["id"] for s in record["samples"] if s["held_out"]], ["white-3"])
        self.assertGreater(record["summary"]["before"]["mean"], 1)
        mine = json.loads((self.work / "mine.json").read_text())
        shelf = self.record("palette", "show", "generic-smp")["pigments"]
        self.assertEqual([p["id"] for p in mine["pigments"]], [p["id"] for p in shelf] + ["ink"])
        self.assertEqual(record["model"]["pigments"], len(shelf) + 1)
        self.assertEqual(mine["pigments"][0], shelf[0], "carbon-black was in no sample")
        ink = mine["pigments"][-1]
        self.assertIn("calibrated by readings of color: generic-smp red-iron-oxide, K x 1.",
                      ink["source"])
        self.assertIn("read as colors alone", mine["provenance"])
        self.assertIn("covariance", ink)

    def test_what_readings_calibrated_is_of_this_product(self):
        self.table()
        self.ok(*self.fit("--color-index", "ink=CI 77491"))
        for only, confidence in [("ink", "B"), ("red-iron-oxide", "C")]:
            match = self.record("--palette", "mine.json", "match", "--target", "lab:45,10,10",
                                "--surface", "film:card.csv#white,1", "--top", "1", "--only", only)
            self.assertEqual(match["recipes"][0]["confidence"], confidence, only)

    def test_another_surface_than_the_palette_s_leaves_it_out(self):
        self.table()
        record = self.record(*self.fit("--color-index", "ink=CI 77491", "--saunderson", "0.04,0.5"))
        self.assertIn("palette generic-smp was left out: its Saunderson constants are others",
                      " ".join(record["warnings"]))
        mine = json.loads((self.work / "mine.json").read_text())
        self.assertEqual([p["id"] for p in mine["pigments"]], ["ink", "titanium-dioxide", "water"])

    def test_the_condition_must_be_known_and_is_said_once(self):
        self.table(header=HEADER + ",LAB_L,LAB_A,LAB_B\n", viewing="")
        index = ["--color-index", "ink=77491"]
        self.refused(2, "usage", "under which light", *self.fit(*index))
        self.ok(*self.fit(*index, "--viewing", "D65/10"))
        self.table()
        self.refused(2, "usage", "states the illuminant", *self.fit(*index, "--viewing", "D50/2"))

    def test_a_pigment_without_a_known_index_is_refused_by_name(self):
        self.table()
        self.refused(2, "usage", "ink: no pigment of its Colour Index is known", *self.fit())
        self.refused(2, "usage", "ink: no pigment of Colour Index \"CI 12345\" is known",
                     *self.fit("--color-index", "ink=CI 12345"))
        self.refused(2, "usage", "found \"blue=CI 77491\"",
                     *self.fit("--color-index", "blue=CI 77491"))

    def test_readings_of_another_ink_are_refused_and_it_is_named(self):
        self.table("yellow-iron-oxide", 1)
        self.refused(4, "wrong-ink", "yellow-iron-oxide (CI 77492)",
                     *self.fit("--color-index", "ink=CI 77491"))
        self.assertFalse((self.work / "mine.json").exists())

    def test_what_colors_cannot_tell_is_refused(self):
        self.table()
        for more, says in [(["--saunderson", "fit"], "colors do not tell k2"),
                           (["--white", "titanium-dioxide"], "--white"),
                           (["--basis", "mass"], "--basis")]:
            self.refused(2, "usage", says, *self.fit("--color-index", "ink=CI 77491", *more))
        self.file("samples.csv", support.samples())
        self.refused(2, "usage", "for a table of colors", "palette", "fit", "samples.csv", "-o",
                     "x.json", "--viewing", "D50/2")

    def test_every_broken_table_is_refused_with_its_line(self):
        self.table()
        good = (self.work / "t.csv").read_text().splitlines()
        for line, old, new, says in [
                (3, good[2].rsplit(",", 1)[1], "", "line 3: LAB_B"),
                (3, good[2].rsplit(",", 1)[1], "12,5", "line 3: expected 10 fields, found 11"),
                (3, good[2].rsplit(",", 1)[1], "900", "line 3: expected L* 0 to 100"),
                (3, "D65", "", "line 3"), (3, "D65", "moonlight", "line 3"),
                (3, ",10,", ",7,", "line 3: OBSERVER"), (3, ",white,", ",green,", "line 3: BACKING"),
                (3, "white-0", "white", "line 3"), (1, "LAB_L", "LAB_X", "found \"SAMPLE_ID\"")]:
            lines = list(good)
            lines[line - 1] = lines[line - 1].replace(old, new, 1)
            self.file("t.csv", "\n".join(lines) + "\n")
            with self.subTest(new or old):
                run = self.run_it(*self.fit("--color-index", "ink=CI 77491"))
                self.assertIn(run.returncode, (1, 2))
                self.assertIn(says, self.one_line(run, line))
                self.assertFalse((self.work / "mine.json").exists())


class Acrylics(support.Case):
    """Real paints: K and S of Okumura's thesis (2005), read as four colors under D50/2."""
    FILE = support.SHARED / "data" / "okumura2005_golden_matte_fluid_KS.csv"
    TAUGHT = {"tone": (1, 0), "tint-1": (1, 1), "tint-9": (1, 9), "white": (0, 1)}
    ASKED = {"dark": (3, 1), "tint-3": (1, 3), "tint-24": (1, 24), "tint-49": (1, 49)}

    def setUp(self):
        super().setUp()
        if not self.FILE.exists():
            self.skipTest("no shared data")
        with open(self.FILE, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.bands = [(i, int(nm)) for i, nm in enumerate(rows[0]) if nm.isdigit()]
        self.paints = {(row[0], row[1]): row for row in rows[1:]}

    def reflectance(self, paint, ink, white):
        """An opaque layer, with Saunderson's k1 = 0.03 and k2 = 0.65 of the thesis."""
        for i, nm in self.bands:
            K, S = (ink * float(self.paints[paint, c][i]) +
                    white * float(self.paints["Titanium White", c][i]) for c in "KS")
            q = K / S
            R = 1 / (1 + q + (q * (q + 2)) ** 0.5)
            yield nm, 0.97 * 0.35 * R / (1 - 0.65 * R)

    def read(self, paint, index):
        rows = ["SAMPLE_ID,BACKING,AMOUNT_ink,AMOUNT_white,LAB_L,LAB_A,LAB_B"]
        for name, (ink, white) in {**self.TAUGHT, **self.ASKED}.items():
            bands = list(self.reflectance(paint, ink, white))
            self.file("s.csv", "".join(f"{nm},{R}\n" for nm, R in bands))
            lab = self.record("convert", "s.csv", "--to", "D50/2")["lab"]
            rows.append(f'{name},,{ink},{white},{lab["L"]:.2f},{lab["a"]:.2f},{lab["b"]:.2f}')
        self.file("t.csv", "\n".join(rows) + "\n")
        return ["palette", "fit", "t.csv", "-o", "mine.json", "--viewing", "D50/2", "--holdout",
                ",".join(self.ASKED), "--saunderson", "0.03,0.65", "--dry-run", "--color-index",
                "ink=" + index, "--color-index", "white=CI 77891"]

    def test_four_colors_make_the_model_of_another_maker_s_paint_predict_its_tints(self):
        for paint, index, most in [("Red Oxide", "CI 77491", 0.8), ("Carbon Black", "CI 77266", 0.5),
                                   ("Yellow Ochre", "CI 77492", 1.0)]:
            record = self.record(*self.read(paint, index))
            asked = [m for m in record["samples"] if m["held_out"]]
            self.assertEqual(len(asked), 4)
            self.assertGreater(sum(m["before_de00"] for m in asked) / 4, 8)
            self.assertLess(record["summary"]["held_out"]["mean"], most, paint)

    def test_other_paints_are_not_taken_for_red_oxide(self):
        for paint in ["Yellow Ochre", "Carbon Black", "Ultramarine Blue", "Pyrrole Red"]:
            self.refused(4, "wrong-ink", "ink: ", *self.read(paint, "CI 77491"))


if __name__ == "__main__":
    support.main()
