# SPDX-License-Identifier: GPL-3.0-or-later
"""Follow-ups of healed work by command, and what they teach the next match."""
import contextlib
import csv
import shlex
import sqlite3

import support
from stock import day

SKINS = ["66,9,15", "57,8,17", "48,10,16"]


class Course(support.Case):
    """Client C1 with visit V1 of 60 days ago, for which P1 was mixed, carbon 1 in 13."""

    def setUp(self):
        super().setUp()
        if not support.KEEPS_A_SHELF:
            self.skipTest("this build keeps no shelf")
        self.environment["TZ"] = "UTC0"
        self.ok("stock", "product", "add", "black", "--pigment", "carbon-black", "--pack", "100ml")
        self.ok("stock", "product", "add", "water", "--diluent")
        for product, lot in (("black", "A"), ("water", "W")):
            self.ok("stock", "receive", product, "--lot", lot, "--qty", "100ml", "--expires", day(400),
                    "--on", day(-61), "--sterile")
        self.visit(12)

    def store(self):
        return self.folder / ".local" / "share" / "tonsure" / "stock.db"

    def visit(self, shade):
        """A client's visit with a pot of that shade; its number."""
        client = self.record("client", "add")["client"]
        visit = self.record("visit", "book", client, "--on", day(-60), "--kind", "s1")["visit"]
        self.record("pot", "mix", "--visit", visit, "--on", day(-60), "--recipe", f"carbon-black=1,diluent={shade}")
        return visit

    def read(self, visit, lab, what, days=42, site="crown"):
        return self.record("course", "follow-up", visit, "--site", site, "--reading", f"lab:{lab}", "--what", what,
                           "--days", str(days))

    def healed(self, skin, shade, depth, deposit):
        """What a dot of that shade becomes in that skin, by the command itself."""
        record = self.record("predict", "--recipe", f"carbon-black=1,diluent={shade}", "--surface",
                             f"healed:lab:{skin},depth_mm={depth},deposit={deposit}")
        lab = record["lab"]
        return f"{lab['L']:.2f},{lab['a']:.2f},{lab['b']:.2f}"

    def learned(self, *args):
        return self.record("course", "learned", *args)

    def reasons(self, *args):
        return [f["passed_over"] for f in self.learned(*args)["followups"]]

    def test_a_hand_is_learned_from_dots_and_told_as_the_next_surface(self):
        visits = ["V1"] + [self.visit(shade) for shade in (6, 8, 15, 18, 9, 5, 12)]
        shades = [12, 6, 8, 15, 18, 9, 5, 12]
        for i, (visit, shade) in enumerate(zip(visits, shades)):
            skin = SKINS[i % 3]
            self.read(visit, skin, "skin")
            self.read(visit, self.healed(skin, shade, 0.2, 2), "dot")
        record = self.learned()
        self.assertEqual((record["dots"], record["areas"], record["width"]), (8, 0, None))
        # A hand that is twice as deep and twice as heavy as most: what was made is within what is told.
        low, high = record["depth_mm"]["ci90"]
        self.assertTrue(low < 0.2 < high, record["depth_mm"])
        low, high = record["load_ul_cm2"]["ci90"]
        self.assertTrue(low < 1 < high, record["load_ul_cm2"])
        self.assertLess(record["de00_after"], 0.7 * record["de00_before"])
        self.assertTrue(all(f["de00_after"] < f["de00_before"] + 1 for f in record["followups"]))
        surface = record["terms"]["surface"].replace("SKIN", "lab:66,9,15")
        again = self.record("predict", "--recipe", "carbon-black=1,diluent=12", "--surface", surface)
        self.assertAlmostEqual(again["lab"]["L"], float(self.healed("66,9,15", 12, 0.2, 2).split(",")[0]), delta=2.5)
        some = self.learned("V1", "V3")
        self.assertEqual([f["visit"] for f in some["followups"]], ["V1", "V3"])

    def test_what_lacks_something_is_passed_over_and_says_why(self):
        self.read("V1", "49,6,10", "dot")
        self.assertIn("no bare skin", self.reasons()[0])
        self.read("V1", "66,9,15", "skin", site="front")
        self.assertEqual(self.reasons(), [None])
        self.read("V1", "45,6,10", "dot", days=9)
        self.read("V1", "63,9,14", "area")
        self.record("visit", "read", "V1", "lab:50,6,10", "--site", "crown", "--days", "50")
        told = {f["days"]: f["passed_over"] for f in self.learned()["followups"] if f.get("what") != "area"}
        self.assertIn("not healed before day 28", told[9])
        self.assertIn("--what dot|area", told[50])
        self.assertIsNone(told[42])
        bare = self.visit(10)
        self.record("pot", "mix", "--visit", bare, "--on", day(-60), "--recipe", "carbon-black=1,diluent=3")
        self.read(bare, "66,9,15", "skin")
        self.read(bare, "50,6,10", "dot")
        self.assertIn("several recipes", self.reasons(bare)[0])

    def test_pots_of_one_liquid_teach_however_their_recipes_were_written(self):
        self.record("pot", "mix", "--visit", "V1", "--on", day(-60), "--recipe", "carbon-black=2,diluent=24",
                    "--ml", "1.7")
        self.read("V1", "66,9,15", "skin")
        self.read("V1", "49,6,10", "dot")
        self.assertEqual(self.reasons(), [None])

    def test_what_was_entered_before_its_day_teaches_nothing_and_can_be_taken_off(self):
        self.read("V1", "66,9,15", "skin")
        self.read("V1", "49,6,10", "dot", days=75)
        self.assertIn("before day 75 of V1 had come", self.reasons()[0])
        self.assertAlmostEqual(self.learned()["followups"][0]["seen"]["L"], 49, 1)
        self.refused(2, "no-such", "74 days after V1", "visit", "unread", "V1", "--site", "crown", "--days", "74")
        self.assertFalse(self.record("visit", "unread", "V1", "--site", "crown", "--days", "75", "--dry-run")["written"])
        self.assertEqual(len(self.reasons()), 1)
        self.assertTrue(self.record("visit", "unread", "V1", "--site", "crown", "--days", "75")["written"])
        self.assertEqual(self.reasons(), [])

    def test_a_reading_that_is_none_bars_no_other(self):
        self.read("V1", "66,9,15", "skin")
        self.read("V1", "49,6,10", "dot")
        self.ok("stock", "export", "l.csv", "--cards", "c.csv")
        with open(self.work / "c.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        rows[-1][-1] = "{}"
        with open(self.work / "bad.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        self.refused(1, "format", "tonsure/reading/1", "--store", "new.db", "stock", "import", "l.csv", "--cards",
                     "bad.csv")
        with contextlib.closing(sqlite3.connect(self.store())) as db, db:
            db.execute("UPDATE reading SET record = '{}' WHERE id = 2")
        self.read("V1", "49,6,10", "dot", site="front")
        self.assertEqual([r and r[:13] for r in self.reasons()], ["reading of V1", None])

    def test_what_cannot_be_read_on_a_card_is_told_as_missing_and_not_as_a_black(self):
        self.read("V1", "66,9,15", "skin")
        self.read("V1", "49,6,10", "dot")
        self.record("visit", "read", "V1", "lab:66,9,15", "--site", "front", "--what", "skin")
        with contextlib.closing(sqlite3.connect(self.store())) as db, db:
            db.execute("UPDATE reading SET record = 'scribble' WHERE id > 1")
        record = self.learned()
        self.assertEqual([f["seen"] for f in record["followups"]], [None])
        self.assertTrue(any("front at V1 cannot be read" in w for w in record["warnings"]), record["warnings"])
        shown = support.flat(self.ok("course", "learned"))
        self.assertIn("crown, no color; passed over: reading of V1", shown)
        self.assertNotIn("L 0.0", shown)
        readings = self.record("client", "show", "C1")["readings"]
        self.assertEqual([r["reading"] is None for r in readings], [True, False, True])
        self.assertEqual(self.ok("client", "show", "C1").count("cannot be read"), 2)

    def test_a_pot_of_pigments_that_the_palette_lacks_teaches_nothing(self):
        self.ok("stock", "product", "add", "own", "--pigment", "red-iron-oxide", "--pack", "10ml")
        self.ok("stock", "receive", "own", "--lot", "R", "--expires", day(400), "--on", day(-61))
        client = self.record("client", "add")["client"]
        visit = self.record("visit", "book", client, "--on", day(-60), "--kind", "s1")["visit"]
        self.record("pot", "mix", "--visit", visit, "--on", day(-60), "--recipe", "red-iron-oxide=1,diluent=5")
        self.read(visit, "66,9,15", "skin")
        self.read(visit, "60,12,15", "dot")
        self.assertEqual(self.reasons(visit), [None])
        small = self.record("palette", "show", "generic-smp")
        small["pigments"] = [p for p in small["pigments"] if p["id"] != "red-iron-oxide"]
        self.file("small.json", small)
        reasons = [f["passed_over"] for f in self.record("--palette", "small.json", "course", "learned",
                                                         visit)["followups"]]
        self.assertIn("red-iron-oxide of P2 is not in palette", reasons[0])

    def test_areas_teach_how_wide_dots_count_where_it_is_told_how_they_were_planned(self):
        self.read("V1", "66,10,16", "skin")
        self.read("V1", "38,5,7", "dot")
        self.file("dot.json", {"schema": "tonsure/reading/1", "what": "dot",
                               "lab": {"L": 38, "a": 5, "b": 7, "illuminant": "D65", "observer": "10"}})
        zone = self.record("zone", "--dot", "dot.json", "--skin", "lab:66,10,16", "--density", "200",
                           "--diameter", "0.18", "--yule-nielsen", "1.7")
        lab = zone["area"]["lab"]
        for site in ("crown", "front", "left", "right"):
            self.read("V1", f"{lab['L']:.2f},{lab['a']:.2f},{lab['b']:.2f}", "area", site=site)
        self.assertIn("--density, --diameter", self.reasons()[-1])
        width = self.learned("--density", "200", "--diameter", "0.15")["width"]
        low, high = width["factor"]["ci90"]
        self.assertTrue(low < 1.2 < high, width)
        self.assertAlmostEqual(width["factor"]["median"], 1.2, delta=0.12)

    def test_nothing_read_gives_what_is_expected_of_any_hand_and_says_so(self):
        record = self.learned()
        self.assertEqual((record["followups"], record["dots"]), ([], 0))
        self.assertNotIn("de00_before", record)
        self.assertIn("expected of any hand", record["warnings"][0])
        shown = support.flat(self.ok("course", "learned"))
        self.assertIn("no follow-ups", shown)
        self.assertIn("--surface healed:SKIN,depth_mm=0.1,deposit=1", shown)

    def test_an_erased_client_teaches_nothing(self):
        self.read("V1", "66,9,15", "skin")
        self.read("V1", "49,6,10", "dot")
        self.assertEqual(self.learned()["dots"], 1)
        self.ok("client", "erase", "C1", "--yes")
        self.assertEqual(self.learned()["followups"], [])

    def test_every_example_of_the_help_runs(self):
        self.ok("convert", "lab:48,6,10", "--spectrum", "-o", "dot.json")
        (self.work / "readings").mkdir()
        self.ok("convert", "lab:66,9,15", "--spectrum", "-o", "readings/skin.json")
        for _ in range(8):
            self.visit(9)
        for verb in ["follow-up", "learned"]:
            text = self.ok("course", verb, "--help").split("\nExamples\n", 1)[1]
            lines = [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]
            self.assertEqual(len(lines), 3, verb)
            for line in lines:
                with self.subTest(line):
                    self.assertEqual(self.run_it(*shlex.split(line)[1:]).returncode, 0)

    def test_what_is_asked_wrongly_is_refused(self):
        for args, text in ((["learned", "--diameter", "0.1"], "--density"),
                           (["learned", "--density", "0"], "--density"), (["learned", "X1"], "X1"),
                           (["learned", "--density", "9", "--arrangement", "rows"], "random or grid"),
                           (["follow-up", "V1", "--site", "crown"], "--reading"),
                           (["follow-up", "V1", "--site", "a", "--reading", "lab:1,2,3", "--days", "-1"], "--days"),
                           (["follow-up", "V1", "--reading", "lab:50,2,3", "--days", "42"], "--site"),
                           (["follow-up", "V1", "--site", "a", "--reading", "lab:50,2,3", "--days", "42", "--what",
                             "hair"], "--what")):
            self.refused(2, "usage", text, "course", *args)
        self.refused(2, "no-such", "V9", "course", "learned", "V9")


if __name__ == "__main__":
    support.main()
