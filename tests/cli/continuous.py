# SPDX-License-Identifier: GPL-3.0-or-later
"""Real amounts instead of drops."""
import support


class Continuous(support.Case):
    def test_sets_are_ranked_by_shares_and_listed_once(self):
        record = self.record("match", "--target", "lab:40,12,18", "--palette", "kimera", "--continuous")
        self.assertTrue(record["search"]["continuous"])
        self.assertFalse(record["search"]["exact"])
        self.assertEqual(record["search"]["recipes"], 13 + 78 + 286 + 715)
        sets, objectives = [], []
        for recipe in record["recipes"]:
            self.assertAlmostEqual(sum(part["fraction"] for part in recipe["parts"]), 1, places=5)
            self.assertTrue(all(part["fraction"] >= 0.001 for part in recipe["parts"]))
            self.assertFalse(any("drops" in part or "ml" in part for part in recipe["parts"]))
            self.assertNotIn("de00_p95", recipe)
            sets.append(tuple(part["pigment"] for part in recipe["parts"]))
            objectives.append(recipe["objective"])
        self.assertEqual(len(set(sets)), 10)
        self.assertEqual(objectives, sorted(objectives))

    def test_they_do_no_worse_than_drops(self):
        args = ["match", "--target", "lab:35,3,6", "--surface", "film:lab:62,9,16,1", "--top", "1",
                "--max-pigments", "2"]
        real, whole = self.record(*args, "--continuous"), self.record(*args, "--drops", "12")
        self.assertLessEqual(real["recipes"][0]["objective"], whole["recipes"][0]["objective"] + 1e-3)
        best = real["recipes"][0]
        self.assertRegex(best["shade"], r"^[0-9]+[.][0-9]+:1$")
        total = best["diluent"]["fraction"] + sum(part["fraction"] for part in best["parts"])
        self.assertAlmostEqual(total, 1, places=5)

    def test_the_terminal_speaks_in_per_cent(self):
        out = self.ok("match", "--target", "lab:35,3,6", "--surface", "film:lab:62,9,16,1", "--continuous")
        self.assertIn("recipe (per cent)", out)
        self.assertIn("sterile-water (", out)
        self.assertNotIn("drops", out)

    def test_what_only_drops_can_promise_is_refused(self):
        self.refused(2, "usage", "never darker", "match", "--target", "lab:35,3,6", "--continuous", "--never-darker")
        self.refused(2, "usage", "least number", "match", "--target", "lab:35,3,6", "--continuous",
                     "--min-drops", "2")

    def test_what_is_said_of_units_in_vain_is_refused(self):
        for option, value in [("--drops", "20"), ("--unit", "0.05ml"), ("--drop-ml", "titanium-white=0.05")]:
            self.refused(2, "usage", option, "match", "--target", "lab:35,3,6", "--continuous", option, value)


if __name__ == "__main__":
    support.main()
