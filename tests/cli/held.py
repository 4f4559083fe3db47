# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person's own limits do to a match: named, not blamed on the shelf; and pots that are filled."""
import support

FILM = ["match", "--target", "lab:38,4,8", "--surface", "film:lab:62,9,16,1", "--top", "2"]


class Held(support.Case):
    def test_the_option_that_holds_a_match_back_is_named(self):
        for options, by in [(["--max-pigments", "1"], "--max-pigments"),
                            (["--only", "carbon-black"], "--only"),
                            (["--only", "carbon-black", "--max-pigments", "1"],
                             "--only and --max-pigments")]:
            record = self.record(*FILM, *options)
            self.assertEqual(record["held_back"]["by"], by)
            self.assertLess(record["held_back"]["de00"], 1)
            self.assertIn(f"it is {by} that holds it back", record["answer"])
            self.assertFalse(any("beyond what these pigments" in w for w in record["warnings"]))

    def test_a_shelf_that_is_short_is_told_so(self):
        record = self.record("match", "--target", "lab:60,60,60", "--max-pigments", "3", "--top", "1")
        self.assertNotIn("held_back", record)
        self.assertIn("beyond what these pigments", record["warnings"][0])

    def test_nothing_is_held_back_within_reach(self):
        self.assertNotIn("held_back", self.record(*FILM, "--max-pigments", "3"))


class Pots(support.Case):
    def test_a_pot_is_filled_by_whole_multiples(self):
        args = [*FILM, "--max-pigments", "1"]
        once, filled = self.record(*args)["recipes"][0], self.record(*args, "--ml", "3")["recipes"][0]
        ml = lambda r: sum(p["ml"] for p in r["parts"]) + r["diluent"]["ml"]
        times = filled["parts"][0]["drops"] // once["parts"][0]["drops"]
        self.assertAlmostEqual(ml(filled), times * ml(once))
        self.assertGreaterEqual(ml(filled), 3)
        self.assertLess(ml(filled) - ml(once), 3)
        self.assertEqual(filled["shade"], once["shade"])
        self.assertEqual(filled["de00"], once["de00"])
        self.assertLess(filled["moved_by"]["pouring"], once["moved_by"]["pouring"])

    def test_a_person_is_told_how_to_get_a_pot_where_none_was_asked_for(self):
        told = "--ml 3 makes a whole pot of 3 ml"
        few = [*FILM, "--max-pigments", "1"]
        self.assertEqual(self.ok(*few).count(told), 1)
        for more in [["--ml", "3"], ["--drops", "exactly:4"]]:
            self.assertNotIn(told, self.ok(*few, *more), more)
        self.assertNotIn(told, self.ok(*FILM, "--max-pigments", "2", "--continuous"))

    def test_what_cannot_be_filled_is_refused_by_name(self):
        self.refused(2, "usage", "--ml", *FILM, "--ml", "0")
        self.refused(2, "usage", "exactly:4", *FILM, "--ml", "3", "--drops", "exactly:4")

    def test_real_amounts_refuse_what_is_dispensed(self):
        for option, value in [("--drops", "4"), ("--unit", "0.05ml"), ("--ml", "3"),
                              ("--drop-ml", "carbon-black=0.05")]:
            self.refused(2, "usage", option, *FILM, "--continuous", option, value)


if __name__ == "__main__":
    support.main()
