# SPDX-License-Identifier: GPL-3.0-or-later
"""What a match is worth: odds, choices, and what the shelf lacks."""
import json

import support

FILM = ["--surface", "film:skin.json,1"]


class Odds(support.Case):
    def setUp(self):
        super().setUp()
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")

    def test_every_recipe_has_them(self):
        record = self.record("match", "--target", "lab:35,3,6", *FILM, "--max-pigments", "2")
        self.assertEqual(record["odds"]["tolerance"], 2)
        for recipe in record["recipes"]:
            self.assertGreater(recipe["de00_p95"], recipe["de00"]["D65"])
            self.assertTrue(0 <= recipe["p_within"] <= 1 and 0 <= recipe["p_darker"] <= 1)
            self.assertTrue(all(part["one_more"] > 0 for part in recipe["parts"]))
            self.assertGreater(recipe["diluent"]["one_more"], 0)
            # modelled inks are known to a third and worse, drops to a twentieth
            self.assertGreater(recipe["moved_by"]["palette"], recipe["moved_by"]["pouring"])
            self.assertEqual(recipe["moved_by"]["target"], 0)

    def test_the_tolerance_is_the_one_asked_for(self):
        args = ["match", "--target", "lab:35,3,6", "--max-pigments", "2", "--top", "1"]
        shares = []
        for tolerance in ("1", "4", "12"):
            record = self.record(*args, "--tolerance", tolerance)
            self.assertEqual(record["odds"]["tolerance"], float(tolerance))
            shares.append(record["recipes"][0]["p_within"])
        self.assertEqual(shares, sorted(shares))
        self.assertLess(shares[0], shares[2])

    def test_a_surer_target_has_better_odds(self):
        base = {"schema": "tonsure/reading/1",
                "lab": {"L": 35, "a": 3, "b": 6, "illuminant": "D65", "observer": "10"}}
        spread = []
        for half in (0.2, 4):
            reading = dict(base, uncertainty={"L": half, "a": half, "b": half, "k": 2})
            self.file("t.json", json.dumps(reading))
            record = self.record("match", "--target", "t.json", "--max-pigments", "2", "--top", "1")
            self.assertNotIn("how well the target is known", record["odds"]["leave_out"])
            spread.append(record["recipes"][0])
        self.assertLess(spread[0]["moved_by"]["target"], spread[1]["moved_by"]["target"])
        self.assertLess(spread[0]["de00_p95"], spread[1]["de00_p95"])

    def test_a_color_from_another_lamp_is_less_sure(self):
        bare = self.record("match", "--target", "lab:35,3,6@D50/2", "--max-pigments", "1", "--top", "1")
        self.assertGreater(bare["recipes"][0]["moved_by"]["target"], 0)
        self.assertIn("how well the target was read", bare["odds"]["leave_out"])

    def test_what_they_leave_out_is_named(self):
        palette = json.loads(self.ok("--json", "palette", "show", "generic-smp"))
        for pigment in palette["pigments"]:
            pigment.pop("uncertainty", None)
        self.file("mine.json", json.dumps(palette))
        args = ["--palette", "./mine.json", "match", "--target", "lab:35,3,6", "--only",
                "carbon-black,titanium-dioxide", *FILM]
        record = self.record(*args)
        self.assertTrue(any("K and S are known of carbon-black" in s for s in record["odds"]["leave_out"]))
        said = self.ok(*args)
        self.assertIn("(by pouring alone)", said)
        self.assertIn("The odds leave out how well K and S are known of carbon-black", said)

    def test_drops_scatter_as_the_palette_says(self):
        palette = json.loads(self.ok("--json", "palette", "show", "generic-smp"))
        spread = []
        for cv in (0.02, 0.3):
            for pigment in palette["pigments"]:
                pigment.pop("uncertainty", None)
                pigment["drop_cv"] = cv
            self.file("mine.json", json.dumps(palette))
            record = self.record("--palette", "./mine.json", "match", "--target", "lab:35,3,6", "--only",
                                 "carbon-black,titanium-dioxide", "--drops", "8", *FILM, "--top", "1")
            spread.append(record["recipes"][0])
        self.assertLess(2 * spread[0]["moved_by"]["pouring"], spread[1]["moved_by"]["pouring"])
        self.assertFalse(any("too coarse" in w for w in spread[0]["warnings"]))
        self.assertTrue(any("a drop is too coarse here: mix a larger batch or pre-dilute" in w
                            for w in spread[1]["warnings"]))

    def test_they_are_the_same_again_and_on_any_number_of_threads(self):
        records = [self.record("match", "--target", "lab:35,3,6", *FILM, "--max-pigments", "2", "--threads", n)
                   for n in ("1", "1", "3")]
        for record in records[1:]:
            self.assertEqual(record["recipes"], records[0]["recipes"])
            self.assertEqual(record["choices"], records[0]["choices"])

    def test_a_person_reads_them_in_words(self):
        said = self.ok("match", "--target", "lab:35,3,6", *FILM, "--max-pigments", "2", "--top", "1")
        self.assertRegex(said, r"19 pours in 20 within dE \d+\.\d; within 2\.0: [a-z0-9 ]+ %; visibly darker: ")
        self.assertRegex(support.flat(said), r"one drop more: [a-z-]+ dE \d+\.\d.*; shade \d+ dE \d")
        self.assertIn("The odds leave out ", said)
        self.assertRegex(self.ok("match", "--target", "lab:35,3,6", "--unit", "0.05ml", "--max-pigments", "2",
                                 "--top", "1"), r"0\.05 ml more: ")

    def test_no_chance_is_told_as_none_or_as_certain(self):
        line = ["match", "--target", "lab:38,6,10", "--surface", "film:lab:62,9,16,1", "--only",
                "carbon-black,red-iron-oxide", "--max-pigments", "2", "--drops", "12", "--top", "1"]
        for tolerance, p, words in [("3.95", 0.005, "under 1 %"), ("15.3", 0.995, "over 99 %")]:
            record = self.record(*line, "--tolerance", tolerance)
            self.assertAlmostEqual(record["recipes"][0]["p_within"], p, delta=0.002)
            said = support.flat(self.ok(*line, "--tolerance", tolerance))
            self.assertRegex(said, rf"; within [0-9.]+: {words}; visibly")

    def test_a_color_no_surface_has_gets_none_under_another_lamp(self):
        record = self.record("match", "--target", "lab:99.5,4,-9@D50/2", "--max-pigments", "1", "--top", "2")
        self.assertNotIn("odds", record)
        self.assertNotIn("surest", record["choices"])
        for recipe in record["recipes"]:
            self.assertNotIn("de00_p95", recipe)
            self.assertNotIn("one_more", recipe["parts"][0])
        self.assertNotIn("19 pours", self.ok("match", "--target", "lab:99.5,4,-9@D50/2", "--max-pigments", "1",
                                             "--top", "2"))


class Choices(support.Case):
    def setUp(self):
        super().setUp()
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        self.args = ["match", "--target", "lab:45,6,10", *FILM, "--max-pigments", "2", "--top", "12"]

    def test_the_record_has_all_and_the_print_the_distinct(self):
        record, said = self.record(*self.args), self.ok(*self.args)
        recipes, choices = record["recipes"], record["choices"]
        self.assertEqual(len(recipes), 12)
        shown = {r["rank"] for r in recipes if r["distinct"]} | set(choices.values())
        self.assertLess(len(shown), 12)
        for recipe in recipes:
            start = f"\n{recipe['rank']:3d}   dE "
            self.assertEqual(start in said, recipe["rank"] in shown, recipe["rank"])
        self.assertIn(f"{12 - len(shown)} more, of these pigments and alike to the eye", said)

    def test_each_choice_is_the_best_of_the_list(self):
        self.ok("--json", "predict", "--recipe", "carbon-black=3,red-iron-oxide=2,diluent=60", *FILM, "-o",
                "pot.json")
        record = self.record("match", "--target", "pot.json", *FILM, "--max-pigments", "3", "--drops", "9")
        recipes, choices = record["recipes"], record["choices"]
        best = {"closest": lambda r: r["de00"]["D65"], "simplest": lambda r: len(r["parts"]),
                "least_metameric": lambda r: r["metamerism"]}
        for name, measure in best.items():
            values = [measure(r) for r in recipes]
            self.assertEqual(choices[name] - 1, values.index(min(values)), name)
        spreads = [r["de00_p95"] for r in recipes]
        self.assertLessEqual(spreads[choices["surest"] - 1], 1.05 * min(spreads))
        self.assertNotIn("cheapest", choices)


class Absent(support.Case):
    def test_an_allergen_that_no_bottle_holds_is_a_note(self):
        record = self.record("match", "--target", "lab:40,3,6", "--without", "latex,CI 77007", "--top", "1")
        for word in ["latex", "CI 77007"]:
            self.assertTrue(any(f"is called {word} or is known to hold it" in w for w in record["warnings"]), word)


class Missing(support.Case):
    def test_the_answer_says_what_the_shelf_lacks(self):
        record = self.record("--palette", "kimera", "match", "--target", "lab:45,45,25", "--only",
                             "white,black,blue-red-shade", "--top", "1")
        self.assertFalse(record["in_gamut"])
        self.assertEqual(record["missing"]["text"], "needs a yellower, stronger red")
        self.assertIn("it is --only that holds it back", record["answer"])
        record = self.record("match", "--target", "lab:60,60,60", "--max-pigments", "3", "--top", "1")
        self.assertIn(f"these pigments come no nearer: {record['missing']['text']}", record["answer"])
        self.assertGreater(record["missing"]["dC"], 20)

    def test_shades_that_end_are_told_from_colors_that_lack(self):
        rows = [("lab:3,0,0", "white,yellow-oxide,red-oxide", "none of these pigments is dark enough"),
                ("lab:95,0,2", "black,red-oxide,yellow-oxide", "none of these pigments is light enough"),
                ("lab:40,30,32", "white,red-oxide,magenta,black", "needs a ")]
        for target, only, text in rows:
            record = self.record("--palette", "kimera", "match", "--target", target, "--only", only, "--top", "1",
                                 "--drops", "12")
            self.assertFalse(record["in_gamut"], target)
            self.assertTrue(record["missing"]["text"].startswith(text), record["missing"]["text"])

    def test_what_is_reached_misses_nothing(self):
        self.ok("predict", "--recipe", "carbon-black=1,titanium-dioxide=9", "-o", "ink.json")
        record = self.record("match", "--target", "ink.json", "--max-pigments", "2", "--top", "1")
        self.assertTrue(record["in_gamut"])
        self.assertNotIn("missing", record)


if __name__ == "__main__":
    support.main()
