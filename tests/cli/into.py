# SPDX-License-Identifier: GPL-3.0-or-later
"""What was fitted, put into a palette that has more."""
import json
import math
import random

import support

INKS = {"white": (0.01, 1), "black": (8, 0.2), "red": (3, 0.4), "plum": (5, 0.3)}
MIXES = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (6, 0, 1), (2, 0, 1), (9, 1, 0), (0, 1, 3), (20, 0, 1)]


BANDS = range(400, 701, 10)


def strong(ink, times):
    """A bottle of the same masstone that is stronger in all bands alike, or in each by a function."""
    return {ink: times if callable(times) else lambda nm: times}


def reflectance(parts, bottles={}):
    """Of thick layers; `bottles`: how much stronger than INKS has them."""
    def sum_of(k, nm):
        shape = 0.5 + 1 / (1 + math.exp((nm - 560) / 40)) if k == 0 else 1
        return shape * sum(n * INKS[ink][k] * bottles.get(ink, lambda nm: 1)(nm) for ink, n in parts.items())
    return [1 / (1 + q + math.sqrt(q * (q + 2))) for q in (sum_of(0, nm) / sum_of(1, nm) for nm in BANDS)]


def film(parts, backing, bottles={}):
    """Of thin layers over a backing: Kubelka and Munk's hyperbolic solution."""
    out = []
    for nm in BANDS:
        shape = 0.5 + 1 / (1 + math.exp((nm - 560) / 40))
        K = shape * sum(n * INKS[ink][0] * bottles.get(ink, lambda nm: 1)(nm) for ink, n in parts.items())
        S = sum(n * INKS[ink][1] * bottles.get(ink, lambda nm: 1)(nm) for ink, n in parts.items())
        a = 1 + K / S
        b = math.sqrt(a * a - 1)
        coth = 1 / math.tanh(b * S)
        out.append((1 - backing * (a - b * coth)) / (a - backing + b * coth))
    return out


class Into(support.Case):
    def table(self, name, third, bottles={}, noise=0, inks=("white", "black"), seed=1):
        """White, black and a third ink, thick."""
        drawn = random.Random(seed)
        inks = (*inks, third)
        rows = ["SAMPLE_ID," + ",".join("AMOUNT_" + ink for ink in inks)
                + "".join(f",SPEC_{nm}" for nm in BANDS)]
        for i, amounts in enumerate(MIXES):
            amounts = amounts if len(inks) == 3 else (amounts[0] + amounts[1], amounts[2])
            seen = reflectance(dict(zip(inks, amounts)), bottles)
            rows.append(f"s{i}," + ",".join(map(str, amounts))
                        + "".join(f",{r + drawn.gauss(0, noise):.6f}" for r in seen))
        self.file(name, "\n".join(rows) + "\n")

    def predicts(self, recipe, bottles={}, delta=0.002):
        """What the shelf says of a mix is what these bottles give."""
        found = self.record("--palette", "shelf.json", "predict", "--recipe",
                            ",".join(f"{k}={v}" for k, v in recipe.items()))["spectrum"]
        values = dict(zip(range(found["start_nm"], 1000, found["step_nm"]), found["values"]))
        for nm, true in zip(BANDS, reflectance(recipe, bottles)):
            self.assertAlmostEqual(values[nm], true, delta=delta, msg=f"{recipe} at {nm} nm")

    def setUp(self):
        super().setUp()
        self.table("first.csv", "red")
        self.table("second.csv", "plum")
        self.ok("palette", "fit", "first.csv", "-o", "shelf.json")
        shelf = json.loads((self.work / "shelf.json").read_text())
        for p in shelf["pigments"]:
            p.update(name=p["id"].title(), cost_per_ml=2.5, drop_ml=0.05)
        shelf["name"] = "the shelf"
        self.file("shelf.json", json.dumps(shelf))
        self.before = self.shelf()

    def shelf(self, path="shelf.json"):
        palette = self.record("--palette", path, "palette", "show")
        return palette, {p["id"]: p for p in palette["pigments"]}

    def test_nothing_is_lost_and_all_is_told(self):
        record = self.record("palette", "fit", "second.csv", "--into", "shelf.json", "--keep", "white")
        self.assertEqual((record["path"], record["written"], record["palette"]),
                         ("shelf.json", True, "the shelf"))
        into = record["into"]
        self.assertEqual((into["palette"], into["untouched"]), ("the shelf", 1))
        self.assertEqual({p["pigment"]: (p["put"], p.get("was")) for p in into["pigments"]},
                         {"white": ("kept", "measured"), "black": ("replaced", "measured"),
                          "plum": ("added", None)})
        self.assertLess(into["pigments"][1]["moved_de00"], 0.1)
        palette, after = self.shelf()
        self.assertEqual(palette["name"], "the shelf")
        self.assertEqual(list(after), ["white", "black", "red", "plum"])
        for stays in ("white", "red"):
            self.assertEqual(after[stays], self.before[1][stays])
        black, was = after["black"], self.before[1]["black"]
        self.assertEqual((black["name"], black["cost_per_ml"], black["drop_ml"]), ("Black", 2.5, 0.05))
        self.assertNotEqual(black["K"], was["K"], "the readings are rounded otherwise")
        self.assertIn("covariance", black)
        self.assertIn("fitted into it", palette["provenance"])

    def test_a_mix_of_old_and_new_is_predicted_as_if_all_had_been_fitted_at_once(self):
        self.refused(1, "not-found", "none/mine.json", "palette", "fit", "second.csv", "--into", "shelf.json",
                     "-o", "none/mine.json", "--dry-run")
        self.ok("palette", "fit", "second.csv", "--into", "shelf.json")
        self.predicts({"white": 10, "red": 2, "plum": 1}, delta=0.001)

    def into(self, *options):
        record = self.record("palette", "fit", "strong.csv", "--into", "shelf.json", *options)
        return record["into"], {p["pigment"]: p for p in record["into"]["pigments"]}, record["warnings"]

    def test_a_stronger_white_is_found_by_the_ink_that_both_have_and_not_guessed(self):
        self.table("strong.csv", "plum", strong("white", 3))
        fit = ["palette", "fit", "strong.csv", "--into", "shelf.json"]
        for keep in ([], ["--keep", "white"], ["--keep", "black"], ["--keep", "white,black"]):
            self.refused(2, "usage", "beside white its black is 3.00 times as strong as in the samples",
                         *fit, *keep)
        self.assertEqual(self.shelf(), self.before)

    def test_a_new_bottle_of_white_takes_its_place_on_the_palettes_scale(self):
        new = strong("white", 3)
        self.table("strong.csv", "plum", new)
        into, put, _ = self.into("--new-bottle", "white", "--keep", "black")
        self.assertAlmostEqual(into["scale"], 3, delta=0.01)
        self.assertAlmostEqual(put["white"]["strength"], 3, delta=0.01)
        self.assertAlmostEqual(put["black"]["strength"], 1, delta=0.01)
        self.assertLess(put["white"]["moved_de00"], 0.1, "the masstone does not show it")
        self.assertEqual([put[ink]["ties"] for ink in ("white", "black")], [False, True])
        for mix in ({"white": 4, "plum": 1}, {"white": 4, "red": 1}, {"white": 9, "black": 1},
                    {"red": 1, "plum": 2, "black": 1}):
            self.predicts(mix, new)

    def test_what_the_samples_only_had_as_a_partner_is_left_out_and_all_else_is_right(self):
        self.table("strong.csv", "plum", strong("white", 3))
        into, put, _ = self.into("--new-bottle", "white", "--keep", "white,black")
        self.assertAlmostEqual(put["white"]["strength"], 3, delta=0.01)
        self.predicts({"white": 4, "plum": 1})
        self.predicts({"plum": 1, "red": 2})

    def test_a_white_that_scatters_otherwise_from_band_to_band_is_followed(self):
        new = strong("white", lambda nm: 1.5 * (nm / 550) ** -1.2)
        self.table("strong.csv", "plum", new)
        self.refused(2, "usage", "beside white its black is", "palette", "fit", "strong.csv", "--into",
                     "shelf.json")
        self.into("--new-bottle", "white")
        self.predicts({"white": 4, "plum": 1}, new)
        self.predicts({"white": 4, "red": 1}, new)

    def test_a_weaker_bottle_of_black_is_said_to_be_one(self):
        new = strong("black", 0.5)
        self.table("strong.csv", "plum", new)
        self.refused(2, "usage", "--new-bottle black or --new-bottle white", "palette", "fit", "strong.csv",
                     "--into", "shelf.json", "--keep", "white")
        into, put, warnings = self.into("--new-bottle", "black")
        self.assertEqual((into["scale"], into["scale_sd"]), (1, 0))
        self.assertAlmostEqual(put["black"]["strength"], 0.5, delta=0.01)
        self.assertIn("white alone ties the scales", " ".join(warnings))
        self.predicts({"white": 4, "plum": 1, "black": 1}, new)
        self.predicts({"red": 2, "black": 1}, new)

    def test_a_white_of_another_name_is_tied_by_the_black(self):
        INKS["chalk"] = (0.02, 2.5)
        self.table("strong.csv", "plum", inks=("chalk", "black"))
        into, put, _ = self.into()
        self.assertAlmostEqual(into["scale"], 2.5, delta=0.01)
        self.assertEqual(put["chalk"]["put"], "added")
        self.predicts({"chalk": 2, "white": 3, "red": 1, "plum": 1})

    def test_nothing_in_common_ties_nothing(self):
        INKS["chalk"], INKS["soot"] = (0.02, 2.5), (6, 0.1)
        self.table("strong.csv", "plum", inks=("chalk", "soot"))
        self.refused(2, "usage", "its scale is of another white, and no other pigment", "palette", "fit",
                     "strong.csv", "--into", "shelf.json")

    def test_another_white_by_its_masstone_ties_nothing(self):
        INKS["clay"] = (0.15, 1)
        self.table("clay.csv", "plum", inks=("clay",))
        text = (self.work / "clay.csv").read_text().replace("AMOUNT_clay", "AMOUNT_white")
        self.file("strong.csv", text)
        self.refused(2, "usage", "the masstone of its white is not that of the samples", "palette", "fit", "strong.csv", "--into",
                     "shelf.json")

    def test_where_only_the_white_is_in_both_it_is_taken_at_its_word_and_said(self):
        self.table("strong.csv", "plum", inks=("white",))
        into, put, warnings = self.into()
        self.assertEqual(into["scale"], 1)
        self.assertIn("white alone ties the scales", " ".join(warnings))
        self.predicts({"white": 4, "plum": 1, "red": 1})

    def test_noise_of_readings_is_no_other_bottle(self):
        for seed in range(4):
            self.table("strong.csv", "plum", noise=0.003, seed=seed)
            into, put, _ = self.into("--dry-run")
            self.assertEqual(into["scale"], 1)
            self.assertAlmostEqual(put["black"]["strength"], 1, delta=3 * put["black"]["strength_sd"])

    def test_a_palette_that_had_another_white_put_into_it_is_fitted_into_again(self):
        new = strong("white", 3)
        self.table("strong.csv", "plum", new)
        self.into("--new-bottle", "white")
        INKS["moss"] = (2, 0.5)
        self.table("strong.csv", "moss", new)
        into, put, _ = self.into()
        self.assertAlmostEqual(into["scale"], 3, delta=0.02)
        self.assertAlmostEqual(put["white"]["strength"], 1, delta=0.02)
        self.predicts({"white": 4, "moss": 1, "red": 1}, new)

    def test_a_ladder_too_is_put_where_its_partners_tie_the_scales(self):
        ladder = ["--palette", "shelf.json", "palette", "ladder", "plum", "--samples", "strong.csv", "-o"]
        self.table("strong.csv", "plum", strong("white", 3))
        self.assertIn("beside white its black is 3.00 times as strong as in the samples",
                      " ".join(self.record(*ladder, "alone.json")["warnings"]))
        self.assertEqual(list(self.shelf("alone.json")[1]), ["white", "black", "plum"])
        INKS["chalk"] = (0.02, 2.5)
        self.table("strong.csv", "plum", inks=("chalk", "black"))
        self.ok(*ladder, "shelf.json")
        self.assertEqual(list(self.shelf()[1]), ["white", "black", "red", "plum"])
        self.predicts({"white": 3, "red": 1, "plum": 1})

    def test_films_have_a_scale_of_their_own_and_say_how_strong_each_is(self):
        def films(name, third, bottles={}):
            """Ladders of loads over a black and a white card; the backing is in the table."""
            rows = ["SAMPLE_ID,BACKING,AMOUNT_white,AMOUNT_black,AMOUNT_" + third
                    + "".join(f",SPEC_{nm}" for nm in BANDS)]
            for backing, R in (("dark", 0.05), ("light", 0.9)):
                rows.append(f"{backing},,,," + f",{R}" * len(BANDS))
            for i, parts in enumerate([*MIXES, (2, 0, 0), (0, 0.2, 0), (0, 0, 0.4), (1, 0, 0.2), (0.5, 0.05, 0)]):
                parts = dict(zip(("white", "black", third), (n * (0.2 if i < len(MIXES) else 1) for n in parts)))
                for backing, R in (("dark", 0.05), ("light", 0.9)):
                    seen = film(parts, R, bottles)
                    rows.append(f"{backing[0]}{i},{backing}," + ",".join(f"{n:g}" for n in parts.values())
                                + "".join(f",{r:.6f}" for r in seen))
            self.file(name, "\n".join(rows) + "\n")

        films("first.csv", "red")
        films("strong.csv", "plum", strong("white", 3))
        self.ok("palette", "fit", "first.csv", "-o", "shelf.json")
        into, put, warnings = self.into()
        self.assertNotIn("scale", into)
        self.assertNotIn("ties the scales", " ".join(warnings))
        self.assertAlmostEqual(put["white"]["strength"], 3, delta=0.05)
        self.assertAlmostEqual(put["black"]["strength"], 1, delta=0.05)
        self.assertFalse(put["white"]["ties"])
        said = self.ok("palette", "fit", "first.csv", "--into", "shelf.json", "--dry-run")
        self.assertIn("0.33 times as strong", said.replace("\n          ", " "))

    def test_elsewhere_and_dry_the_palette_stays(self):
        text = (self.work / "shelf.json").read_text()
        said = self.ok("palette", "fit", "second.csv", "--into", "shelf.json", "--dry-run")
        self.assertIn("replaced  black, which was measured; its masstone moves by dE 0.0", said)
        self.assertIn("added     plum\n", said)
        self.assertIn("untouched 1 other pigment of the shelf", said)
        self.assertIn("the shelf: 3 pigments fitted", said)
        kept = self.ok("palette", "fit", "second.csv", "--into", "shelf.json", "--keep", "white", "--dry-run")
        self.assertIn("the shelf: 2 pigments fitted", kept)
        self.assertIn("kept      white: the palette's own", kept)
        self.ok("palette", "fit", "second.csv", "--into", "shelf.json", "-o", "both.json")
        self.assertEqual((self.work / "shelf.json").read_text(), text)
        self.assertEqual(list(self.shelf("both.json")[1]), ["white", "black", "red", "plum"])

    def test_what_does_not_mix_is_refused_and_nothing_written(self):
        fit = ["palette", "fit", "second.csv"]
        self.refused(2, "usage", "its scale is absolute", *fit, "--into", "generic-smp")
        self.refused(2, "usage", "its Saunderson constants are others", *fit, "--into", "shelf.json",
                     "--saunderson", "0.04,0.6")
        self.refused(2, "usage", 'has no pigment "green"', *fit, "--into", "shelf.json", "--keep", "green")
        self.refused(2, "usage", 'no sample holds "red"', *fit, "--into", "shelf.json", "--keep", "red")
        self.refused(2, "usage", '--new-bottle: no sample holds "red"', *fit, "--into", "shelf.json",
                     "--new-bottle", "red")
        self.refused(2, "usage", "--keep: goes with --into", *fit, "-o", "x.json", "--keep", "white")
        self.refused(2, "usage", "--new-bottle: goes with --into", *fit, "-o", "x.json", "--new-bottle", "white")
        self.refused(1, "not-found", "lost.json", *fit, "--into", "lost.json")
        self.file("colors.csv", "SAMPLE_ID,AMOUNT_carbon-black,LAB_L,LAB_A,LAB_B\na,1,20,0,0\n")
        self.refused(2, "usage", "table of spectra", "palette", "fit", "colors.csv", "--into", "shelf.json")
        self.assertEqual(self.shelf(), self.before)


support.main()
