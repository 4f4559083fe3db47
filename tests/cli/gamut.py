# SPDX-License-Identifier: GPL-3.0-or-later
"""What a shelf reaches, as a record and as a picture."""
import xml.etree.ElementTree

import support

SVG = "{http://www.w3.org/2000/svg}"


class Gamut(support.Case):
    def gamut(self, *args):
        return self.record("palette", "gamut", "--cell", "5", *args)

    def test_a_color_within_reach_has_a_mixture_that_gives_it(self):
        target = self.gamut("--target", "lab:45,10,14")["target"]
        self.assertTrue(target["inside"])
        recipe = ",".join(f'{p["pigment"]}={p["fraction"]}' for p in target["parts"])
        lab = self.record("predict", "--recipe", recipe)["lab"]
        for axis in "Lab":
            self.assertAlmostEqual(lab[axis], target["nearest"][axis], delta=0.02)

    def test_a_color_out_of_reach_says_how_far_and_which_way(self):
        record = self.gamut("--target", "lab:45,60,10")
        self.assertFalse(record["target"]["inside"])
        self.assertGreater(record["target"]["missing"]["da"], 10)
        text = self.ok("palette", "gamut", "--cell", "5", "--target", "lab:45,60,10")
        self.assertIn("out of reach", text)
        self.assertIn("redder", text)

    def test_a_color_that_no_surface_has_is_out_of_reach(self):
        for target, L in [("lab:90,100,100", 90), ("lab:90,100,100@D50/2", None)]:
            record = self.gamut("--target", target)
            self.assertFalse(record["target"]["inside"])
            self.assertGreater(record["target"]["de00"], 15)
            self.assertTrue(any("no surface has the color" in w for w in record["warnings"]))
            if L:
                self.assertEqual(record["target"]["lab"], {**record["target"]["lab"], "L": 90, "a": 100, "b": 100})

    def test_one_pigment_is_not_called_several_and_nothing_is_minus_nought(self):
        text = self.ok("palette", "gamut", "--cell", "5", "--only", "carbon-black")
        self.assertIn("1 pigment, ", text)
        self.assertNotIn("-0 ", text)
        self.assertNotIn("1 of 1 pigments", text)

    def test_the_picture_is_drawn_in_true_colors(self):
        record = self.gamut("-o", "shelf.svg")
        self.assertTrue(record["written"])
        root = xml.etree.ElementTree.parse(self.work / "shelf.svg").getroot()
        self.assertEqual(root.tag, SVG + "svg")
        self.assertEqual(len(root.findall(SVG + "g")), 12)
        fills = {r.get("fill") for r in root.iter(SVG + "rect")}
        self.assertGreater(len(fills), 50)

    def test_fewer_pigments_reach_less_and_a_film_is_another_surface(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")
        everything, few = self.gamut(), self.gamut("--only", "carbon-black,titanium-dioxide")
        self.assertLess(few["volume"], everything["volume"] / 2)
        self.assertEqual(few["pigments"], 2)
        self.assertEqual(self.gamut("--without", "carbon-black")["pigments"], 4)
        film = self.gamut("--surface", "film:skin.json,1", "--only", "carbon-black")
        self.assertGreater(film["box"]["L"][1], 35)
        self.assertLess(film["box"]["L"][0], 20)
        undiluted = self.gamut("--surface", "film:skin.json,1", "--only", "carbon-black", "--max-shade", "0")
        self.assertLess(undiluted["box"]["L"][1], 20)

    def test_a_dry_run_draws_nothing_and_what_makes_no_sense_is_refused(self):
        self.assertFalse(self.gamut("-o", "shelf.svg", "--dry-run")["written"])
        self.assertFalse((self.work / "shelf.svg").exists())
        for args, says in [(["--cell", "0"], "--cell: expected a number above 0"), (["--cell", "0.1"], "expected a cell of 1 to 10"),
                           (["--only", "blue"], "blue"), (["--surface", "felt"], "surface")]:
            self.refused(2, "usage", says, "palette", "gamut", *args)


if __name__ == "__main__":
    support.main()
