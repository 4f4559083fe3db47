# SPDX-License-Identifier: GPL-3.0-or-later
"""Ink in healed skin: forecast with an interval, matched over all ways of healing."""
import re

import support

SKIN = "healed:lab:68,9,15"


class Healed(support.Case):
    def predict(self, recipe, surface):
        return self.record("predict", "--recipe", recipe, "--surface", surface)

    def test_a_forecast_is_an_interval_and_says_what_it_leaves_out(self):
        told = self.predict("carbon-black=1,diluent=8", SKIN)
        self.assertGreater(told["uncertainty"]["L"], 1)
        self.assertEqual(len(told["uncertainty"]["covariance"]), 6)
        self.assertTrue(any("smaller than light's way" in w for w in told["warnings"]))
        sure = self.predict("carbon-black=1,diluent=8", SKIN + ",depth_mm=0.1,deposit=1")
        self.assertLess(sure["uncertainty"]["L"], told["uncertainty"]["L"])

    def test_deeper_black_is_bluer_than_the_skin_and_less_so_with_depth(self):
        last = 100
        for depth in (0.06, 0.2, 0.5, 1.0):
            told = self.predict("carbon-black=1", f"{SKIN},depth_mm={depth},deposit=1")
            shift = told["lab"]["b"] - 15
            self.assertLess(shift, 0)
            self.assertLess(abs(shift), last)
            last = abs(shift)

    def test_more_water_is_lighter(self):
        last = 0
        for shade in (4, 8, 12, 18, 25):
            L = self.predict(f"carbon-black=1,diluent={shade}", SKIN)["lab"]["L"]
            self.assertGreater(L, last)
            last = L

    def test_a_match_tells_the_skin_and_the_ways_of_healing(self):
        m = self.record("match", "--target", "lab:52,3,6", "--surface", SKIN + ",depth_mm=0.15",
                        "--only", "carbon-black", "--top", "2", "--threads", "1")
        surface = m["surface"]
        self.assertEqual((surface["kind"], surface["count"]), ("healed", 64))
        self.assertAlmostEqual(surface["depth_mm"]["median"], 0.15)
        self.assertLess(surface["deposit"]["low"], surface["deposit"]["high"])
        self.assertLessEqual(surface["retention"]["high"], 1)
        self.assertGreater(surface["skin"]["melanin"], 0)
        self.assertIn("Kubelka-Munk", surface["note"])
        self.assertTrue(m["search"]["exact"])
        for recipe in m["recipes"]:
            for axis, seen in (("L", 2), ("a", 1), ("b", 1)):
                low, high = (recipe["healed"][end][axis] for end in ("low", "high"))
                self.assertLess(low, recipe["predicted"]["lab"][axis])
                self.assertGreater(high, recipe["predicted"]["lab"][axis])
                self.assertGreater(high - low, seen)
        self.assertRegex(m["recipes"][0]["shade"], r"^\d+:1$")
        self.assertTrue(any("skin's spectrum" in w or "target and skin" in w for w in m["warnings"]))

    def blue_match(self, *more):
        return self.record("match", "--target", "lab:56,2,9", "--surface", SKIN + ",depth_mm=0.15",
                           "--top", "1", "--threads", "1", *more)

    def test_black_alone_heals_blue_and_the_shelf_has_what_warms_it(self):
        m = self.blue_match("--only", "carbon-black")
        risk = m["blue_risk"]
        found = m["recipes"][0]["predicted"]["lab"]["b"] - m["target"]["lab"]["b"]
        self.assertAlmostEqual(risk["db"], found, delta=0.05)  # the target's estimate is rounded
        self.assertLess(risk["db"], -1.15)
        self.assertLess(risk["by_depth"], 0)
        self.assertLess(risk["low"], risk["db"])
        self.assertLess(risk["db"], risk["high"])
        said = [w for w in m["warnings"] if "heal blue" in w]
        self.assertEqual(len(said), 1)
        self.assertEqual(m["warnings"][0], said[0], "what may go wrong goes before all else")
        self.assertRegex(said[0], r"\(b\* -\d+\.\d, [-+]\d+\.\d of it by depth\); \d+ drops? [a-z-]+ to \d+ of "
                                  r"the recipe's, water unchanged, then about .* wanted")
        cure = risk["cure"]
        self.assertGreater(cure["db"], risk["db"])
        drops, own = (int(n) for n in re.search(r"(\d+) drops? [a-z-]+ to (\d+) of", said[0]).groups())
        self.assertAlmostEqual(cure["share"], drops / own, delta=0.001)  # of one drop size
        shade = m["recipes"][0]["shade"].split(":")[0]
        told = self.predict(f"carbon-black=1,{cure['pigment']}={cure['share']},diluent={shade}",
                            SKIN + ",depth_mm=0.15")
        self.assertAlmostEqual(told["lab"]["b"] - m["target"]["lab"]["b"], cure["db"], delta=0.1)

    def test_what_is_kept_out_is_not_offered_and_what_is_let_in_is_used(self):
        kept_out = self.blue_match("--only", "carbon-black", "--without", "yellow-iron-oxide")
        self.assertNotEqual(kept_out["blue_risk"].get("cure", {}).get("pigment"), "yellow-iron-oxide")
        free = self.blue_match("--max-pigments", "2")
        black = self.blue_match("--only", "carbon-black")
        self.assertGreater(free["blue_risk"]["db"], black["blue_risk"]["db"])

    def test_on_a_film_nothing_is_said_of_blue(self):
        m = self.record("match", "--target", "lab:56,2,9", "--surface", "film:lab:68,9,15,1",
                        "--only", "carbon-black", "--top", "1")
        self.assertNotIn("blue_risk", m)
        self.assertNotIn("healed", m["recipes"][0])

    def test_what_is_no_skin_is_refused_with_the_reason(self):
        for lab in ("50,0,0", "55,-30,-30", "45,-25,30"):
            self.refused(1, "range", "is not bare skin", "predict", "--recipe", "carbon-black=1",
                         "--surface", f"healed:lab:{lab}")

    def test_what_was_read_of_something_else_than_bare_skin_is_refused(self):
        for what, words in (("dot", "one dot"), ("area", "the mean of an area"), ("ink", "ink")):
            file = self.file(f"{what}.json", {"schema": "tonsure/reading/1", "what": what,
                                              "lab": {"L": 60, "a": 10, "b": 14,
                                                      "illuminant": "D65", "observer": "10"}})
            self.refused(2, "usage", f"the reading is of {words}, not of bare skin", "predict",
                         "--recipe", "carbon-black=1", "--surface", f"healed:{file}")

    def test_the_odds_tell_what_healing_moves_and_are_of_no_pouring_alone(self):
        args = ["match", "--target", "lab:56,2,9", "--surface", SKIN, "--only", "carbon-black", "--top", "1",
                "--threads", "1"]
        recipe = self.record(*args)["recipes"][0]
        self.assertGreater(recipe["moved_by"]["healing"], recipe["moved_by"]["pouring"])
        said = support.flat(self.ok(*args))
        self.assertIn("19 in 20 of pours and ways of healing within dE", said)
        self.assertRegex(said, r"healing alone moves it by dE \d")
        self.assertNotIn("by pouring alone", said)
        on_film = self.record("match", "--target", "lab:56,2,9", "--surface", "film:lab:68,9,15,1", "--top", "1",
                              "--only", "carbon-black")
        self.assertNotIn("healing", on_film["recipes"][0]["moved_by"])

    def reading(self, name, lab, **more):
        return self.file(name, {"schema": "tonsure/reading/1", **more,
                                "lab": dict(zip("Lab", lab), illuminant="D65", observer="10")})

    def test_a_target_is_the_color_of_a_dot(self):
        args = ["--only", "carbon-black", "--top", "1", "--drops", "6", "--surface", SKIN]
        skin = self.reading("bare.json", (66, 9, 15), what="skin")
        self.refused(2, "usage", "the reading is of bare skin, and healed ink is the color of a dot",
                     "match", "--target", skin, *args)
        for what, words in (("ink", "ink"), ("strand", "a lock of hair")):
            m = self.record("match", "--target", self.reading(f"{what}.json", (50, 3, 6), what=what), *args)
            self.assertTrue(any(f"the target is read of {words}" in w for w in m["warnings"]), what)

    def test_target_and_skin_are_read_alike_or_refused(self):
        def instrument(name, lab, specular, what):
            return self.reading(name, lab, what=what, source={"kind": "instrument", **specular})
        known = {"specular": "included"}, {"specular": "excluded"}
        for target, skin, said in ((known[0], known[1], None), (known[1], known[0], None),
                                   (known[0], known[0], ""), ({}, {}, ""),
                                   (known[0], {}, "the skin does not say"),
                                   ({}, known[1], "the target does not say")):
            args = ["match", "--target", instrument("dot.json", (50, 3, 6), target, "dot"), "--surface",
                    "healed:" + instrument("skin.json", (68, 9, 15), skin, "skin"), "--only", "carbon-black",
                    "--top", "1", "--drops", "6"]
            if said is None:
                self.refused(2, "usage", "read both alike", *args)
                continue
            notes = [w for w in self.record(*args)["warnings"] if "the specular" in w]
            self.assertEqual(len(notes), 1 if said else 0)
            self.assertTrue(all(said in w for w in notes))

    def test_figures_that_no_scalp_has_are_noted(self):
        for told, note in (("depth_mm=0.9", True), ("depth_mm=0.02", True), ("depth_mm=0.5", False),
                           ("deposit=11", True), ("deposit=0.09", True), ("deposit=10", False)):
            warnings = self.predict("carbon-black=1", f"{SKIN},{told}")["warnings"]
            self.assertEqual(any("is unusual" in w for w in warnings), note, told)

    def test_the_odds_say_that_healing_is_assumed(self):
        m = self.blue_match("--only", "carbon-black")
        self.assertTrue(any("assumed of the skin" in w for w in m["odds"]["leave_out"]))

    def test_a_pot_is_neither_corrected_nor_learned_by_healed_skin(self):
        self.refused(2, "usage", "nothing can be added when it has healed", "correct", "--recipe",
                     "carbon-black=1,diluent=9", "--measured", "lab:45,3,4", "--target",
                     "lab:50,3,4", "--surface", SKIN)
        self.refused(2, "usage", "tells of the healing too", "palette", "learn", "--recipe",
                     "carbon-black=1", "--measured", "lab:45,3,4", "--surface", SKIN)

    def test_a_gamut_in_skin_is_of_the_middle_way_and_says_so(self):
        g = self.record("palette", "gamut", "--surface", SKIN, "--cell", "8")
        self.assertTrue(any("the middle one is taken" in w for w in g["warnings"]))


if __name__ == "__main__":
    support.main()
