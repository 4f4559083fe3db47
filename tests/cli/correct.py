# SPDX-License-Identifier: GPL-3.0-or-later
"""A pot that came out wrong: what to add, and when nothing is advised."""
import csv

import support

KIMERA = ["--palette", "kimera"]


class Pot(support.Case):
    def predict(self, name, recipe, *surface, palette="kimera"):
        self.ok("--palette", palette, "predict", "--recipe", recipe, *surface, "-o", name)
        return name

    def setUp(self):
        super().setUp()
        self.predict("pot.json", "black=3.2,white=20")
        self.predict("wanted.json", "black=3,white=22")
        self.args = [*KIMERA, "correct", "--recipe", "black=3,white=20", "--target", "wanted.json"]

    def test_what_it_advises_is_what_the_pot_lacks(self):
        record = self.record(*self.args, "--measured", "pot.json", "--only", "white")
        best = record["additions"][0]
        self.assertEqual([(p["pigment"], p["drops"]) for p in best["parts"]], [("white", 3)])
        self.assertEqual((best["drops"], best["equally_good"], record["status"]), (3, True, "advised"))
        self.assertGreater(record["now"]["de00"]["D65"], 2)
        self.assertLess(best["de00"]["D65"], 0.5)
        self.assertTrue(record["within_tolerance"] and record["search"]["exact"])
        self.assertIn("Add 3 drops of Kimera white", record["answer"])
        text = self.ok(*self.args, "--measured", "pot.json", "--only", "white")
        self.assertIn("Answer     Add 3 drops of Kimera white", text)
        self.assertRegex(text, r"20 drops white: acts like 19\.[0-9]+ \(-")
        self.assertRegex(text, r"3 drops black: acts like 3\.[0-9]+ \(\+")
        acts = {p["pigment"]: p["effective"] for p in record["recipe"]}
        self.assertAlmostEqual(acts["black"] / acts["white"], 3.2 / 20, delta=0.002)
        self.assertIn("then 1.04 ml; L ", text)
        self.assertRegex(text, r"19 in 20 within dE [0-9.]+; within 2.0: (over )?[0-9]+ %; visibly")

    def test_it_tells_the_odds_the_volume_and_the_shade(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        film = ["--surface", "film:skin.json,1"]
        self.predict("film.json", "carbon-black=2,diluent=30", *film, palette="generic-smp")
        self.predict("thin.json", "carbon-black=2,diluent=42", *film, palette="generic-smp")
        record = self.record("correct", "--recipe", "carbon-black=2,diluent=30", *film,
                             "--measured", "film.json", "--target", "thin.json")
        best = record["additions"][0]
        self.assertAlmostEqual(record["now"]["ml"], 32 * 0.04)
        self.assertAlmostEqual(record["now"]["shade"], 15)
        self.assertEqual([p["pigment"] for p in best["parts"]], ["sterile-water"])
        self.assertAlmostEqual(best["ml"], record["now"]["ml"] + best["parts"][0]["ml"])
        self.assertAlmostEqual(best["shade"], 15 + best["parts"][0]["drops"] / 2)
        self.assertGreater(best["de00_p95"], best["de00"]["D65"])
        for key in ("p_within", "p_darker"):
            self.assertTrue(0 <= best[key] <= 1)
        self.assertGreater(best["moved_by"]["pot"], 0)
        self.assertGreater(best["moved_by"]["palette"], 0)

    def test_never_darker_is_kept_or_refused_as_4(self):
        self.predict("dark.json", "black=3,white=10")
        args = [*KIMERA, "correct", "--recipe", "black=3,white=20", "--measured", "pot.json",
                "--never-darker"]
        record = self.record(*args, "--target", "wanted.json")
        for one in record["additions"]:
            self.assertGreaterEqual(one["predicted"]["lab"]["L"], record["target"]["lab"]["L"])
        self.refused(4, "no-recipe", "as light as the target", *args, "--target", "wanted.json",
                     "--only", "black")

    def test_what_stops_short_on_the_light_side_says_that_it_is_safe(self):
        self.predict("dark.json", "black=30,white=20")
        text = self.record(*self.args[:-2], "--measured", "pot.json", "--target", "dark.json",
                           "--only", "black", "--drops", "2")["answer"]
        self.assertIn("too light is the safe side", text)
        self.assertIn("allow more than --drops 2", text)

    def test_an_implausible_amount_is_refused_with_its_causes(self):
        args = [*KIMERA, "correct", "--recipe", "black=5,white=4", "--measured", "lab:70,0,0",
                "--target", "lab:80,-1,-6"]
        run = self.run_it("--json", *args)
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["status"]), (4, "refused"))
        self.assertIn("not stirred", record["reason"])
        self.assertNotIn("e-0", self.run_it(*args).stdout.decode())

    def test_grams_are_not_called_drops(self):
        text = self.ok(*KIMERA, "correct", "--unit", "0.1g", "--recipe", "black=0.5,white=4",
                       "--measured", "lab:51,-1.4,-6.2", "--target", "lab:53,-1.4,-6", "--only",
                       "white")
        self.assertIn("0.5 g black: acts like", text)
        self.assertNotIn("drop", text)

    def exact(self):
        """A palette that is sure of itself: then a reading tells of amounts alone."""
        record = self.record("palette", "show", "kimera")
        for pigment in record["pigments"]:
            pigment.pop("uncertainty", None)
        return self.file("exact.json", record)

    def test_its_prediction_is_what_predict_says_of_the_fuller_pot(self):
        palette = self.exact()
        record = self.record("--palette", palette, *self.args[2:], "--measured", "pot.json",
                             "--only", "white")
        parts = {p["pigment"]: p for p in record["recipe"]}
        fuller = f"black={parts['black']['effective']},white={23 * parts['white']['factor']}"
        self.predict("fuller.json", fuller, palette=palette)
        self.file("best.json", record["additions"][0]["predicted"])
        # the amounts are printed to four decimals
        self.assertLess(self.record("compare", "fuller.json", "best.json")["de00"], 0.02)

    def test_water_thins_a_film_that_is_too_dark(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        film = ["--surface", "film:skin.json,1"]
        self.predict("film.json", "carbon-black=1,diluent=20", *film, palette="generic-smp")
        self.predict("thin.json", "carbon-black=1,diluent=25", *film, palette="generic-smp")
        record = self.record("correct", "--recipe", "carbon-black=1,diluent=20", *film,
                             "--measured", "film.json", "--target", "thin.json")
        best = record["additions"][0]
        self.assertEqual([(p["pigment"], p["drops"]) for p in best["parts"]], [("sterile-water", 5)])
        self.assertEqual(record["surface"]["load"], 1)

    def test_a_color_alone_will_do_with_a_warning(self):
        lab = self.record("convert", "pot.json")["lab"]
        record = self.record(*self.args, "--measured", f"lab:{lab['L']},{lab['a']},{lab['b']}",
                             "--only", "white")
        self.assertEqual(record["residual"]["of"], "color")
        self.assertTrue(any("only a color was read" in w for w in record["warnings"]))
        self.assertIn(record["additions"][0]["drops"], (2, 3, 4))

    def test_a_foreign_ink_is_4_with_the_record(self):
        self.predict("bad.json", "black=3,white=20,red-oxide=2")
        args = [*self.args, "--measured", "bad.json"]
        run = self.run_it(*args)
        self.assertEqual(run.returncode, 4)
        self.assertRegex(self.one_line(run, args), "^correct: the reading is not of these inks")
        self.assertIn(b"mix it anew", run.stdout)
        run = self.run_it("--json", *args)
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["status"]), (4, "refused"))
        self.assertEqual(record["error"]["code"], "wrong-ink")
        self.assertEqual(record["suspect"]["pigment"], "red-oxide")
        self.assertEqual((record["additions"], record["search"]["exact"]), ([], False))

    def test_a_required_tolerance_that_is_missed_is_4_with_the_record(self):
        args = [*self.args, "--measured", "pot.json", "--only", "black", "--require-tolerance"]
        run = self.run_it("--json", *args)
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["error"]["code"]), (4, "not-within-tolerance"))
        self.assertEqual(record["additions"][0]["parts"], [])
        self.assertIn("mix it anew", record["answer"])
        self.assertNotIn("error", self.record(*args[:-1]))

    def test_a_wrong_line_is_a_usage_error(self):
        whole = "--recipe black=1 --measured lab:50,0,0 --target lab:50,0,0"
        for line, words in [("", "--recipe is missing"),
                            ("--recipe black=1", "--measured is missing"),
                            ("--recipe black=1 --measured lab:50,0,0", "--target is missing"),
                            (f"{whole} --drops 0", "--drops: expected 1 to 1000"),
                            (f"{whole} --drops 2.5", "--drops: expected a whole number"),
                            (f"{whole} --max-pigments 8", "--max-pigments: expected 1 to 7"),
                            (f"{whole} --top 0", "--top: expected 1 to 1000"),
                            (f"{whole} --tolerance 0", "--tolerance"),
                            (f"{whole} --noise 0", "--noise"),
                            (f"{whole} --only coal", 'no pigment "coal"'),
                            (f"{whole} --unit spoon", "--unit"),
                            (f"{whole} --illuminants D65,Q", "Q"),
                            (f"{whole} --weights 1,2", "--weights"),
                            (f"{whole} more", "unexpected argument")]:
            self.refused(2, "usage", words, *KIMERA, "correct", *line.split())
        self.refused(2, "usage", "additions to try", *self.args, "--measured", "pot.json", "--drops",
                     "500")
        self.refused(1, "not-found", "no/such", *KIMERA, "correct", *whole.split(), "--measured",
                     "no/such.json")


class Kimera(support.Case):
    """Single readings of tints whose means gave K and S: no pot is blamed, every other ink is told."""

    def tints(self):
        path = support.SHARED / "data" / "kimera_measured_mixtures.csv"
        if not path.exists():
            self.skipTest("../shared/data/kimera_measured_mixtures.csv is not there")
        with open(path, newline="", encoding="utf-8") as file:
            return [row for row in csv.DictReader(file) if row["component2"] == "white"]

    def correct(self, color, row):
        values = "".join(f"{k},{v}\n" for k, v in row.items() if k[:1].isdigit())
        self.file("tint.csv", values)
        run = self.run_it("--json", *KIMERA, "correct", "--unit", "0.01g", "--recipe",
                          f"{color}={row['grams1']},white={row['grams2']}", "--measured",
                          "tint.csv", "--target", "lab:50,0,0", "--drops", "1", "--top", "1")
        return support.parse(run.stdout.decode())

    def test_right_inks_pass_and_wrong_ones_are_told(self):
        tints = self.tints()
        colors = sorted({row["component1"].replace("_", "-").replace(" ", "-") for row in tints})
        self.assertGreater(len(tints), 20)
        for row in tints:
            own = row["component1"].replace("_", "-").replace(" ", "-")
            record = self.correct(own, row)
            self.assertEqual(record["status"], "advised", (own, record["residual"]))
            for part in record["recipe"]:
                self.assertLess(abs(part["factor"] - 1), 0.05, own)
            if row["replicate"] == "1":
                other = colors[(colors.index(own) + 1) % len(colors)]
                self.assertEqual(self.correct(other, row)["status"], "refused", (own, other))


if __name__ == "__main__":
    support.main()
