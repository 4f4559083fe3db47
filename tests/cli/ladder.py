# SPDX-License-Identifier: GPL-3.0-or-later
"""A ladder from its plan over its table, read by a made-up instrument, to a palette."""
import csv
import io
import json
import re

import support

WAVELENGTHS = range(400, 710, 10)


class Ladder(support.Case):
    def read(self, table, strength=1.3):
        """Fills a table as if the bottle were stronger than the shelf's."""
        shelf = {p["id"]: p for p in self.record("palette", "show", "generic-smp")["pigments"]}
        rows = list(csv.DictReader(io.StringIO((self.work / table).read_text())))
        cards = {"card-white": 0.84, "card-black": 0.05}
        for row in rows:
            for nm in WAVELENGTHS:
                band = (nm - 380) // 10
                K = S = 0
                for key, value in row.items():
                    if key.startswith("AMOUNT_") and key != "AMOUNT_diluent":
                        pigment = shelf[key[7:]]
                        factor = strength if key == "AMOUNT_red-iron-oxide" else 1
                        K += factor * float(value) * pigment["K"][band]
                        S += factor * float(value) * pigment["S"][band]
                under = cards[row["BACKING"] or row["SAMPLE_ID"]]
                row[f"SPEC_{nm}"] = f"{self.film(K, S, under):.5f}"
        with open(self.work / table, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)

    @staticmethod
    def film(K, S, under):
        """Kubelka and Munk's layer by many thin ones."""
        R, steps = under, 2000
        for _ in range(steps):
            R += (S * (1 - R) ** 2 - 2 * K * R) / steps
        return R

    def test_a_plan_read_and_fitted_finds_the_strength_of_the_bottle(self):
        plan = self.record("palette", "ladder", "red-iron-oxide", "--minutes", "11", "-o", "t.csv")
        self.assertTrue(plan["written"])
        self.assertEqual(plan["partners"], {"white": "titanium-dioxide", "black": "carbon-black",
                                            "diluent": "sterile-water"})
        rows = (self.work / "t.csv").read_text().splitlines()
        self.assertEqual(len(rows), 1 + 2 + plan["readings"])
        self.refused(1, "format", "line 2: SPEC_400", "palette", "ladder", "red-iron-oxide",
                     "--samples", "t.csv")
        self.read("t.csv")
        self.refused(1, "not-found", "none/mine.json", "palette", "ladder", "red-iron-oxide", "--samples", "t.csv",
                     "-o", "none/mine.json", "--dry-run")
        record = self.record("palette", "ladder", "red-iron-oxide", "--samples", "t.csv", "-o",
                             "mine.json")
        self.assertEqual(len(record["samples"]), plan["readings"])
        self.assertLess(record["summary"]["fitted"]["max"], 0.5)
        mine = json.loads((self.work / "mine.json").read_text())
        red = next(p for p in mine["pigments"] if p["id"] == "red-iron-oxide")
        shelf = self.record("palette", "show", "generic-smp")["pigments"]
        known = next(p for p in shelf if p["id"] == "red-iron-oxide")
        self.assertAlmostEqual(red["K"][10] / known["K"][10], 1.3, delta=0.05)
        self.assertEqual(red["color_index"], ["CI 77491"])
        self.assertEqual(red["origin"], "measured")
        self.assertEqual(red["drop_ml"], known["drop_ml"])
        self.assertEqual([p for p in mine["pigments"] if p["id"] != "red-iron-oxide"],
                         [p for p in shelf if p["id"] != "red-iron-oxide"])
        self.assertIn("red-iron-oxide: Kubelka-Munk K and S", mine["provenance"])

    def test_a_new_bottle_joins_the_palette_in_use(self):
        self.file("mine.json", self.ok("--json", "palette", "show", "generic-smp"))
        own = ["--palette", "mine.json", "palette", "ladder", "new-red", "--color-index", "77491"]
        self.ok(*own, "--minutes", "11", "-o", "t.csv")
        table = (self.work / "t.csv").read_text()
        self.file("t.csv", table.replace("AMOUNT_new-red", "AMOUNT_red-iron-oxide"))
        self.read("t.csv", 0.8)
        table = (self.work / "t.csv").read_text()
        self.file("t.csv", table.replace("AMOUNT_red-iron-oxide", "AMOUNT_new-red"))
        self.ok(*own, "--samples", "t.csv", "-o", "mine.json")
        pigments = json.loads((self.work / "mine.json").read_text())["pigments"]
        ids = [p["id"] for p in pigments]
        self.assertEqual(ids[-1], "new-red")
        self.assertIn("yellow-iron-oxide", ids)
        self.assertEqual(pigments[-1]["color_index"], ["CI 77491"])
        self.assertEqual(pigments[-1]["origin"], "measured")
        self.assertNotIn("drop_ml", pigments[-1])

    def test_what_does_not_mix_with_the_palette_is_kept_apart(self):
        self.ok("palette", "ladder", "red-iron-oxide", "--minutes", "9", "-o", "t.csv")
        self.read("t.csv")
        record = self.record("palette", "ladder", "red-iron-oxide", "--samples", "t.csv", "-o",
                             "mine.json", "--saunderson", "0.04,0.3")
        self.assertIn("that palette was left out", " ".join(record["warnings"]))
        mine = json.loads((self.work / "mine.json").read_text())
        self.assertNotIn("yellow-iron-oxide", [p["id"] for p in mine["pigments"]])

    def test_the_ladder_is_shown_step_by_step(self):
        self.ok("palette", "ladder", "red-iron-oxide", "--minutes", "9", "-o", "t.csv")
        self.read("t.csv")
        text = self.ok("palette", "ladder", "red-iron-oxide", "--samples", "t.csv")
        self.assertIn("left out", text)
        self.assertIn("K known to", text)
        self.assertEqual([p.name for p in self.work.glob("*.json")], [])

    def test_what_few_readings_leave_open_is_told_as_it_is(self):
        self.ok("palette", "ladder", "red-iron-oxide", "--minutes", "11", "-o", "t.csv")
        self.read("t.csv")
        few = ["palette", "ladder", "red-iron-oxide", "--samples", "t.csv"]
        text = support.flat(self.ok(*few))
        # All is met to a thousandth, and drops scatter all the same.
        known = re.search(r"K known to (\d+) %, S to (\d+) %", text)
        self.assertTrue(3 <= int(known[1]) <= 8 and 3 <= int(known[2]) <= 15, known[0])
        self.assertNotIn("too few to leave some out", text)
        self.assertIn("without it the others miss it by more", text)
        rows = (self.work / "t.csv").read_text().splitlines(True)
        self.file("t.csv", "".join(r for r in rows if r.split(",")[0] in (
            "SAMPLE_ID", "card-white", "card-black", "dilution-1-23-on-white", "shade-23-1-on-black")))
        record = self.record(*few)
        self.assertEqual(record["sd"], {"K": None, "S": None})
        text = support.flat(self.ok(*few))
        self.assertNotIn("known to", text)
        self.assertIn("How well K and S are known these readings do not tell", text)

    def test_nothing_is_written_by_a_dry_run(self):
        record = self.record("palette", "ladder", "carbon-black", "-o", "t.csv", "--dry-run")
        self.assertFalse(record["written"])
        self.assertFalse((self.work / "t.csv").exists())

    def test_a_table_that_may_be_filled_in_is_not_replaced(self):
        self.file("t.csv", "half an hour of readings")
        for words in [[], ["--dry-run"]]:
            self.refused(2, "usage", "t.csv: there is a file of that name", "palette", "ladder",
                         "carbon-black", "-o", "t.csv", *words)
        self.assertEqual((self.work / "t.csv").read_text(), "half an hour of readings")
        self.refused(2, "usage", "there is a file", "palette", "ladder", "carbon-black", "-o", ".")

    def test_a_table_for_colors_has_their_columns(self):
        said = self.ok("palette", "ladder", "carbon-black", "-o", "t.csv", "--lab")
        self.assertIn("then: tonsure palette fit t.csv -o shelf.json", support.flat(said))
        header = (self.work / "t.csv").read_text().splitlines()[0]
        self.assertTrue(header.endswith("MIX,ILLUMINANT,OBSERVER,LAB_L,LAB_A,LAB_B"), header)

    def test_an_unweighed_drop_is_to_be_weighed_first(self):
        text = support.flat(self.ok("palette", "ladder", "new-red", "--color-index", "77491"))
        self.assertIn("tonsure palette add --color-index \"77491\" --name new-red "
                      "tonsure palette drop new-red --weigh", text)
        self.assertIn("planned after 77491", text)
        self.assertNotIn("palette drop", self.ok("palette", "ladder", "new-red"))

    def test_what_is_to_be_done_next_is_done_to_the_palette_in_use(self):
        self.file("mine.json", self.ok("--json", "palette", "show", "generic-smp"))
        for more, says in [([], "palette ladder new-red --samples t.csv --color-index \"77491\""),
                           (["--lab"], "palette fit t.csv --color-index \"new-red=77491\"")]:
            text = self.ok("--palette", "mine.json", "palette", "ladder", "new-red",
                           "--color-index", "77491", "-o", "t.csv", *more)
            text = support.flat(text.replace("\\\n", ""))
            self.assertIn(f"then: tonsure --palette mine.json {says} -o shelf.json", text)
            self.assertIn("tonsure --palette mine.json palette drop new-red", text)
            (self.work / "t.csv").unlink()

    def test_a_name_near_a_known_one_may_be_a_slip(self):
        plan = self.record("palette", "ladder", "carbon-blak")
        self.assertIn('generic-smp has no "carbon-blak", which is planned as a new bottle; near it: carbon-black',
                      " ".join(plan["warnings"]))
        for words in [["new-umber"], ["carbon-blak", "--color-index", "77266"], ["carbon-black"]]:
            self.assertNotIn("planned as a new", " ".join(self.record("palette", "ladder", *words)["warnings"]), words)

    def test_a_black_is_not_shaded_with_another_nor_a_white_tinted(self):
        for index, partner in [("77266", "black"), ("77891", "white")]:
            plan = self.record("palette", "ladder", "mine", "--color-index", index, "--minutes", "25")
            self.assertEqual(plan["partners"].get(partner, "mine"), "mine")
            for step in plan["steps"]:
                parts = {part["part"] for part in step["parts"]}
                self.assertFalse({"bottle", partner} <= parts, step["id"])

    def test_a_relative_palette_has_thick_samples(self):
        record = self.record("--palette", "kimera", "palette", "ladder", "red-oxide")
        self.assertEqual(record["samples"], "opaque")
        self.assertNotIn("load", record)

    def test_a_color_index_tells_of_a_bottle_beside_a_relative_palette_too(self):
        record = self.record("--palette", "kimera", "palette", "ladder", "new-red", "--color-index",
                             "CI 77491")
        self.assertEqual(record["planned_after"], "CI 77491")
        self.assertNotIn("Colour Index", " ".join(record["warnings"]))

    def test_what_cannot_be_planned_is_refused(self):
        for words, says in [
                (["sterile-water"], "is a diluent"),
                (["new-red", "--color-index", "99999"], "no model of"),
                (["carbon-black", "--color-index", "77266"], "knows \"carbon-black\" already"),
                (["carbon-black", "--white", "chalk"], "no pigment \"chalk\""),
                (["carbon-black", "--minutes", "1"], "expected 5 to 120 minutes"),
                (["carbon-black", "--minutes", "0"], "--minutes: expected a number above 0"),
                (["carbon-black", "--drops", "0"], "--drops: expected 1"),
                (["carbon-black", "--load", "0"], "--load: expected a number above 0"),
                (["a b"], "expected a pigment's id")]:
            self.refused(2, "usage", says, "palette", "ladder", *words)


if __name__ == "__main__":
    support.main()
