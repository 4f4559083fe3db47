# SPDX-License-Identifier: GPL-3.0-or-later
"""Skin and zones as a specialist asks for them: what is answered, and what is never mixed up."""
import json

import support

GEOMETRY = ["--skin", "lab:66,10,16", "--dot", "lab:30,2,3"]


def reading(what, L, a, b, u=None):
    record = {"schema": "tonsure/reading/1", "lab": {"L": L, "a": a, "b": b, "illuminant": "D65", "observer": "10"}}
    if what:
        record["what"] = what
    if u:
        record["uncertainty"] = {"L": u, "a": u, "b": u, "k": 2}
    return record


class Skin(support.Case):
    def test_a_color_of_skin_is_fitted_and_says_that_its_spectrum_is_estimated(self):
        record = self.record("skin", "fit", "lab:62,9,16")
        self.assertTrue(record["is_skin"])
        self.assertIsNone(record["reason"])
        self.assertEqual(record["class"], "intermediate")
        self.assertAlmostEqual(record["ita"], 36.87, delta=0.01)
        self.assertTrue(record["spectrum"]["reconstructed"])
        self.assertIn("only a color was read", record["warnings"][0])
        self.assertLess(record["fit_de00"], 0.5)
        for figure, (least, most) in record["intervals"].items():
            self.assertLessEqual(least, record[figure])
            self.assertGreaterEqual(most, record[figure])
            self.assertGreater(most, least)
        darker = self.record("skin", "fit", "lab:40,10,14")
        self.assertGreater(darker["melanin"], 2 * record["melanin"])

    def test_a_spectrum_is_fitted_as_measured(self):
        self.ok("convert", "lab:62,9,16", "--spectrum", "--kind", "skin", "-o", "x.json")
        values = json.loads((self.work / "x.json").read_text())["spectrum"]["values"]
        self.file("skin.json", {"schema": "tonsure/reading/1", "what": "skin",
                                "spectrum": {"start_nm": 380, "step_nm": 10, "values": values}})
        record = self.record("skin", "fit", "skin.json", "-o", "fit.json")
        self.assertFalse(record["spectrum"]["reconstructed"])
        self.assertEqual(record["warnings"], [])
        self.assertEqual(support.parse((self.work / "fit.json").read_text()), record)
        self.assertIn("Like skin  yes", self.ok("skin", "fit", "skin.json"))

    def test_what_is_not_skin_says_why(self):
        for target, why in [("lab:55,-30,-30", "no skin has its hue"), ("lab:50,1,1", "greyer than skin")]:
            record = self.record("skin", "fit", target)
            self.assertFalse(record["is_skin"])
            self.assertIn(why, record["reason"])
            text = self.ok("skin", "fit", target)
            self.assertIn(f"Like skin  no: {why}", text)
            self.assertNotIn("Melanin", text)

    def test_what_is_said_to_be_something_else_or_broken_is_refused(self):
        self.file("hair.json", reading("strand", 20, 3, 4))
        self.file("torn.json", '{"schema": "tonsure/reading/1", "lab": ')
        self.refused(2, "usage", "of a lock of hair, not of bare skin", "skin", "fit", "hair.json")
        self.refused(1, "format", "torn.json", "skin", "fit", "torn.json")
        self.refused(1, "not-found", "none.json", "skin", "fit", "none.json")
        self.refused(2, "usage", "expected 1 argument", "skin", "fit")
        self.refused(2, "usage", "expected fit", "skin")


class Zone(support.Case):
    def zone(self, *args):
        return self.record("zone", *GEOMETRY, *args)

    def test_the_published_geometry_comes_out(self):
        for mm, density, percent, lightness in [("0.15", "100", 1.8, (65.6, 65.4)), ("0.25", "200", 9.4, (63.8, 63.0)),
                                                ("0.4", "200", 22, (60.7, 58.8))]:
            record = self.zone("--density", density, "--diameter", mm)
            self.assertAlmostEqual(100 * record["coverage"], percent, delta=0.5 if percent > 20 else 0.05)
            for by_n, n, L in zip(record["by_n"], (1, 2), lightness, strict=True):
                self.assertEqual(by_n["n"], n)
                self.assertAlmostEqual(by_n["lab"]["L"], L, delta=0.06)
            self.assertEqual((record["sought"], record["reach"]), (None, "given"))
            self.assertEqual(record["area"]["what"], "area")

    def test_the_density_that_is_found_makes_the_area_that_was_asked_for(self):
        record = self.zone("--target", "lab:64,9.6,15.2", "--target-is", "area", "--diameter", "0.15", "--area", "60")
        density = record["density_per_cm2"]
        self.assertEqual((record["sought"], record["reach"]), ("density", "reached"))
        self.assertAlmostEqual(record["area"]["lab"]["L"], 64, delta=1e-4)
        self.assertAlmostEqual(record["dots"], 60 * density, delta=0.1)
        self.assertTrue(record["density_ci95"][0] < density < record["density_ci95"][1])
        again = self.zone("--density", str(density), "--diameter", "0.15")
        self.assertAlmostEqual(again["area"]["lab"]["L"], 64, delta=1e-3)
        width = self.zone("--target", "lab:64,9.6,15.2", "--density", str(density))
        self.assertEqual(width["sought"], "diameter")
        self.assertAlmostEqual(width["diameter_mm"], 0.15, delta=1e-5)

    def test_what_is_known_better_narrows_the_range(self):
        self.file("area.json", reading("area", 63, 9.5, 15, 1.0))
        known = self.zone("--target", "lab:63,9.5,15", "--yule-nielsen", "1.7")
        usual = self.zone("--target", "lab:63,9.5,15")
        vague = self.zone("--target", "area.json")
        widths = [r["density_ci95"][1] - r["density_ci95"][0] for r in (known, usual, vague)]
        self.assertEqual(widths, sorted(widths))
        self.assertEqual(known["yule_nielsen"], {"n": 1.7, "range": [1.7, 1.7], "calibrated": True})
        self.assertFalse(usual["yule_nielsen"]["calibrated"])
        self.assertTrue(any("not calibrated" in w for w in usual["warnings"]))
        self.assertFalse(any("not calibrated" in w for w in known["warnings"]))

    def test_what_moves_skin_and_target_alike_does_not_widen_the_range(self):
        ends = {}
        for visits in [None, 0.5]:
            for name, L in [("bare", 66), ("near", 63)]:
                record = reading("skin" if name == "bare" else "area", L, 10, 16, 2.0)
                if visits:
                    record["uncertainty_between_visits"] = {"L": visits, "a": visits, "b": visits, "k": 2}
                self.file(f"{name}.json", record)
            ends[visits] = self.record("zone", "--dot", "lab:30,2,3", "--skin", "bare.json", "--target", "near.json")
        known, vague = ends[0.5], ends[None]
        self.assertEqual(known["density_per_cm2"], vague["density_per_cm2"])
        self.assertLess(known["density_ci95"][1] - known["density_ci95"][0],
                        0.75 * (vague["density_ci95"][1] - vague["density_ci95"][0]))
        self.assertAlmostEqual(known["area"]["uncertainty"]["a"], vague["area"]["uncertainty"]["a"], delta=0.15)

    def test_fresh_dots_are_twice_as_wide_and_rows_do_not_overlap(self):
        fresh = self.zone("--density", "200", "--diameter", "0.25", "--fresh")
        self.assertEqual((fresh["diameter_mm"], fresh["fresh"]["diameter_mm"]), (0.125, 0.25))
        self.assertGreater(fresh["fresh"]["coverage"], 3 * fresh["coverage"])
        grid = self.zone("--density", "200", "--diameter", "0.4", "--arrangement", "grid")
        random = self.zone("--density", "200", "--diameter", "0.4")
        self.assertAlmostEqual(grid["coverage"], 0.2513, delta=1e-4)
        self.assertAlmostEqual(random["coverage"], 0.2222, delta=1e-4)

    def test_a_dot_and_an_area_are_never_taken_for_each_other(self):
        for what in ["dot", "area", "skin", "strand", "ink"]:
            self.file(f"{what}.json", reading(what, 64, 9, 15))
        rest = ["--skin", "skin.json"]
        for option, file, cure in [("--dot", "area.json", "--dot-is dot"), ("--dot", "skin.json", "--dot-is dot"),
                                   ("--dot", "strand.json", "--dot-is dot")]:
            self.refused(2, "usage", cure, "zone", option, file, *rest, "--density", "100")
        for file in ["dot.json", "ink.json", "strand.json"]:
            self.refused(2, "usage", "--target-is area", "zone", *GEOMETRY, "--target", file)
        self.refused(2, "usage", "there is match", "zone", *GEOMETRY, "--target", "dot.json")
        for file in ["dot.json", "area.json"]:
            self.refused(2, "usage", "--skin-is skin", "zone", "--dot", "lab:30,2,3", "--skin", file, "--density", "9")
        self.zone("--target", "dot.json", "--target-is", "area")
        self.refused(2, "usage", "expected dot, area", "zone", *GEOMETRY, "--target", "dot.json", "--target-is", "beard")

    def test_a_match_in_healed_skin_is_of_dots(self):
        self.file("stubble.json", reading("area", 48, 6, 12))
        match = ["match", "--target", "stubble.json", "--max-pigments", "1", "--drops", "4", "--top", "1",
                 "--only", "carbon-black", "--surface"]
        self.refused(2, "usage", "zone finds how many dots", *match, "healed:lab:66,10,16")
        dots = ["--surface", "healed:lab:66,10,16,depth_mm=0.2", "--what", "dot"]
        self.assertEqual(self.record(*match[:-1], *dots)["target"]["what"], "dot")
        self.ok(*match, "film:lab:66,10,16,1")

    def test_what_does_not_say_what_it_is_of_is_told_and_a_likely_dot_refused(self):
        record = self.zone("--target", "lab:64,9.6,15.2")
        self.assertIn("--dot, --skin and --target do not say what they are of", record["warnings"][0])
        said = self.zone("--target", "lab:64,9.6,15.2", "--dot-is", "dot", "--skin-is", "skin", "--target-is", "area")
        self.assertFalse(any("do not say" in w for w in said["warnings"]))
        for target in ["lab:31,2,3", "lab:38,3,5", "lab:29,2,3"]:
            self.refused(2, "usage", "nearly as dark as the dot", "zone", *GEOMETRY, "--target", target)
        self.zone("--target", "lab:38,3,5", "--target-is", "area")

    def test_what_dots_cannot_do_is_exit_4_with_the_record(self):
        for target, dot, reach, says in [("70,10,15", "30,2,3", "lighter-than-skin", "dots only darken"),
                                         ("20,2,3", "30,2,3", "darker-than-dots", "it takes a darker dot"),
                                         ("64,10,15", "70,2,3", "dots-not-darker", "no darker than the skin")]:
            args = ["zone", "--skin", "lab:66,10,16", "--dot", f"lab:{dot}", "--target", f"lab:{target}",
                    "--target-is", "area"]
            run = self.run_it("--json", *args)
            record = support.parse(run.stdout.decode())
            self.assertEqual(run.returncode, 4)
            self.assertEqual((record["reach"], record["error"]["code"]), (reach, "out-of-reach"))
            self.assertIn(says, record["error"]["text"])
            text = self.run_it(*args)
            self.assertEqual(text.returncode, 4)
            self.assertIn(says, text.stderr.decode())
            self.assertNotIn(says, support.flat(text.stdout.decode()))

    def test_skin_as_light_as_the_target_for_all_that_is_known_needs_no_dots(self):
        self.file("area.json", reading("area", 66.4, 10, 16, 2.0))
        record = self.zone("--target", "area.json")
        self.assertEqual((record["density_per_cm2"], record["within_doubt"]), (0, True))
        self.assertNotIn("error", record)
        self.assertIn("Answer     No dots", self.ok("zone", *GEOMETRY, "--target", "area.json"))

    def test_an_area_as_dark_as_the_dot_for_all_that_is_known_takes_darker_dots(self):
        self.file("area.json", reading("area", 29.7, 2, 3, 2.0))
        run = self.run_it("--json", "zone", *GEOMETRY, "--target", "area.json")
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["error"]["code"]), (4, "out-of-reach"))
        self.assertEqual((record["density_per_cm2"], record["within_doubt"]), (None, True))
        self.assertIn("no lighter than the dot itself, as far as the readings can tell", record["answer"])
        least = record["density_ci95"][0] # what is known is told all the same
        self.assertIn(f"a darker dot, or at the least {least:.0f} dots per cm2", record["answer"])

    def test_words_without_sense_are_refused(self):
        for args, says in [([], "expected --density, or --target"), (["--density", "0"], "--density: expected a number above 0"),
                           (["--density", "9", "--diameter", "9"], "--diameter"),
                           (["--density", "9", "--fresh"], "--fresh: of which --diameter?"),
                           (["--density", "9", "--arrangement", "rows"], "expected random or grid"),
                           (["--density", "9", "--yule-nielsen", "0.5"], "--yule-nielsen")]:
            self.refused(2, "usage", says, "zone", *GEOMETRY, *args)
        self.refused(2, "usage", "--dot is missing", "zone", "--skin", "lab:66,10,16", "--density", "9")
        self.refused(2, "usage", "--skin is missing", "zone", "--dot", "lab:30,2,3", "--density", "9")

    def test_no_figure_is_told_as_none_or_with_an_exponent(self):
        self.file("dot.json", reading("dot", 45, 3, 5, 10.0))
        self.file("area.json", reading("area", 47, 5, 8, 1.0))
        found = self.ok("zone", "--dot", "dot.json", "--skin", "lab:66,10,16", "--target", "area.json")
        self.assertRegex(support.flat(found), r"About \d+ \(\d+ or more\) dots per cm2")
        given = self.ok("zone", *GEOMETRY, "--density", "20000", "--diameter", "0.25")
        self.assertIn("cover 100 % of the skin", support.flat(given))
        for text in (found, given):
            self.assertNotRegex(text, r"\bnan\b|\binf\b|\de[+-]\d")

    def test_the_text_fits_a_terminal_and_says_it_in_words(self):
        text = self.ok("zone", *GEOMETRY, "--target", "lab:63,14,15", "--diameter", "0.15", "--area", "60")
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)
        self.assertRegex(support.flat(text), r"Answer About \d+ \(\d+ to \d+\) dots per cm2 of 0.15 mm give the area "
                         r"the target's tone; it stays greener by dE [\d.]+, which no number of dots changes")


if __name__ == "__main__":
    support.main()
