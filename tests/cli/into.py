# SPDX-License-Identifier: GPL-3.0-or-later
"""What was fitted, put into a palette that has more."""
import json
import math

import support

INKS = {"white": (0.01, 1), "black": (8, 0.2), "red": (3, 0.4), "plum": (5, 0.3)}
MIXES = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (6, 0, 1), (2, 0, 1), (9, 1, 0), (0, 1, 3), (20, 0, 1)]


def reflectance(parts):
    K, S = (sum(n * INKS[ink][k] for ink, n in parts.items()) for k in (0, 1))
    return [1 / (1 + q + math.sqrt(q * (q + 2)))
            for q in (K / S * (0.5 + 1 / (1 + math.exp((nm - 560) / 40))) for nm in range(400, 701, 10))]


class Into(support.Case):
    def table(self, name, third):
        """White, black and a third ink, thick."""
        rows = ["SAMPLE_ID,AMOUNT_white,AMOUNT_black,AMOUNT_" + third
                + "".join(f",SPEC_{nm}" for nm in range(400, 701, 10))]
        for i, amounts in enumerate(MIXES):
            seen = reflectance(dict(zip(("white", "black", third), amounts)))
            rows.append(f"s{i}," + ",".join(map(str, amounts)) + "".join(f",{r:.6f}" for r in seen))
        self.file(name, "\n".join(rows) + "\n")

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
        self.ok("palette", "fit", "second.csv", "--into", "shelf.json")
        mix = {"white": 10, "red": 2, "plum": 1}
        found = self.record("--palette", "shelf.json", "predict", "--recipe",
                            ",".join(f"{k}={v}" for k, v in mix.items()))["spectrum"]
        values = dict(zip(range(found["start_nm"], 1000, found["step_nm"]), found["values"]))
        for nm, true in zip(range(400, 701, 10), reflectance(mix)):
            self.assertAlmostEqual(values[nm], true, delta=0.001)

    def test_elsewhere_and_dry_the_palette_stays(self):
        text = (self.work / "shelf.json").read_text()
        said = self.ok("palette", "fit", "second.csv", "--into", "shelf.json", "--dry-run")
        self.assertIn("replaced  black, which was measured; its masstone moves by dE 0.0", said)
        self.assertIn("added     plum\n", said)
        self.assertIn("untouched 1 other pigment of the shelf", said)
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
        self.refused(2, "usage", "goes with --into", *fit, "-o", "x.json", "--keep", "white")
        self.refused(1, "not-found", "lost.json", *fit, "--into", "lost.json")
        self.file("colors.csv", "SAMPLE_ID,AMOUNT_carbon-black,LAB_L,LAB_A,LAB_B\na,1,20,0,0\n")
        self.refused(2, "usage", "table of spectra", "palette", "fit", "colors.csv", "--into", "shelf.json")
        self.assertEqual(self.shelf(), self.before)


support.main()
