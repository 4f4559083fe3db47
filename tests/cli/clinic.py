# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients, visits and pots by command: what the contract promises, as a program sees it."""
import concurrent.futures
import hashlib
import html
import json
import re
import shlex

import stock
import support
from stock import day


class Clinic(stock.Shelf):
    """The shelf of stock.py; client C1, allergic to nickel, visit V1 of today."""

    def setUp(self):
        super().setUp()
        self.record("client", "add", "--allergy", "nickel")
        self.record("visit", "book", "C1", "--on", day(0), "--kind", "s1", "--area", "200")

    def mix(self, *args):
        return self.record("pot", "mix", "--visit", "V1", "--recipe", "carbon-black=3,diluent=42", *args)


class Contract(Clinic):
    def test_what_is_made_is_told_by_number(self):
        self.assertEqual(self.record("client", "add")["client"], "C2")
        self.assertEqual(self.record("visit", "book", "C2", "--on", day(30), "--kind", "touch-up")["visit"], "V2")
        pot = self.mix("--ml", "3")["pot"]
        self.assertEqual(pot["id"], "P1")
        told = [(p["pigment"], p["bottle"], p["lot"], p["ul"], p["drops"]) for p in pot["parts"]]
        self.assertEqual(told, [("carbon-black", "B1", "A77", 200, 5), ("diluent", "B5", "W1", 2800, 70)])
        self.assertIn("discard_by", pot)
        self.assertEqual(self.bottles()["B5"]["on_hand_ul"], 7200)
        self.assertEqual(self.record("visit", "list")["visits"][0]["state"], "open")
        self.assertRegex(self.ok("client", "list"), r"C1 .*allergic to nickel\nC2 .*no allergy told\n")
        self.assertIn("P1", self.ok("client", "show", "C1"))

    def test_a_pot_has_three_millilitres_unless_it_is_said_and_tells_what_the_area_asks_for(self):
        told = "1.8 ml are for {}'s 120 cm2 as a rule, 3 ml were mixed (--ml)"
        for visit, words, ul, note in [("V2", ["--area", "120"], 3000, [told.format("V2")]), ("V3", [], 3000, []),
                                       ("V4", ["--area", "200"], 3000, []),
                                       ("V5", ["--area", "120", "--ml", "2"], 2000, [])]:
            self.record("visit", "book", "C1", "--on", day(0), "--kind", "s2", *words)
            line = ["pot", "mix", "--visit", visit, "--recipe", "carbon-black=3,diluent=42", "--dry-run"]
            mixed = self.record(*line)
            self.assertEqual(mixed["pot"]["ul"], ul)
            self.assertEqual([w for w in mixed["warnings"] if "cm2" in w], note)
            self.assertEqual([w for w in self.record(*line, "--ml", "1")["warnings"] if "cm2" in w], [])
        pot = self.mix("--ml", "1.5", "--drop-ml", "0.05")["pot"]
        self.assertEqual([p["drops"] for p in pot["parts"]], [2, 28])
        shown = self.record("pot", "show", "P1", "--drop-ml", "0.05")["pots"][0]
        self.assertEqual([p["drops"] for p in shown["parts"]], [2, 28])
        self.assertIn("28.0 drops", self.ok("pot", "show", "P1", "--drop-ml", "0.05"))
        self.refused(2, "usage", "--drop-ml: expected 0.01 to 0.2", "pot", "show", "P1", "--drop-ml", "1")

    def test_a_visit_has_a_passport_and_its_pot_a_label(self):
        self.mix("--ml", "3")
        self.ok("passport", "V1", "-o", "passport.html", "--clinic", "Room <1>")
        page = (self.work / "passport.html").read_text(encoding="utf-8")
        for words in ["Room &lt;1&gt;", "A77", "W1", "first session", "0.200 ml", "2.800 ml", "nickel",
                      "Of deep-black nobody entered whether the label says", "77266 *", "* Not entered from the label",
                      "not entered: see the label of the bottle; of the pigment the palette has: Water (7732-18-5), "
                      "Carbon black (1333-86-4)"]:
            self.assertIn(words, page)
        self.stock("product", "change", "deep-black", "--label-states", "mixture")
        self.ok("passport", "V1", "-o", "passport.html")
        page = (self.work / "passport.html").read_text(encoding="utf-8")
        self.assertIn("deep-black: Mixture for use in tattoos or permanent make-up.", page)
        self.assertNotIn("nobody entered whether", page)
        self.stock("recall", "A77", "--reason", "a letter")
        self.ok("passport", "V1", "-o", "passport.html")
        self.assertIn("deep-black, lot A77, was recalled.", (self.work / "passport.html").read_text(encoding="utf-8"))
        for line in ["stock label P1", "pot label P1", "pot label 1"]:
            self.ok(*line.split(), "-o", "pot.html")
            self.assertIn("P1 14:1", (self.work / "pot.html").read_text(encoding="utf-8"), line)
            (self.work / "pot.html").unlink()
        page = (self.work / "passport.html").read_bytes()
        for kind, line in [("labels", "stock label P1 -o pot.html"), ("labels", "pot label P1 -o pot.html"),
                           ("passport", "passport V1 -o passport.html"), ("client", "client export C1 c1.json")]:
            record = self.record(*line.split())
            content = (self.work / record["path"]).read_bytes()
            self.assertEqual((record["kind"], record["bytes"], record["sha256"]),
                             (kind, len(content), hashlib.sha256(content).hexdigest()), line)
        self.assertEqual((self.work / "passport.html").read_bytes(), page)
        self.assertEqual(self.ok("--json", "client", "export", "C1"), (self.work / "c1.json").read_text(encoding="utf-8"))
        run = self.run_it("client", "export", "C1")
        self.assertEqual(run.returncode, 2)
        self.assertIn("expected FILE.json, or --json", run.stderr.decode())
        self.file("c1.json", "a letter")
        self.refused(2, "usage", "c1.json: there is a file of that name", "client", "export", "C1", "c1.json")
        self.assertEqual((self.work / "c1.json").read_text(), "a letter")
        self.refused(2, "usage", "such as P17", "pot", "label", "B1", "-o", "x.html")
        self.refused(2, "no-such", "V9", "passport", "V9", "-o", "x.html")
        self.refused(2, "usage", ".pdf", "passport", "V1", "-o", "x.txt")

    def test_a_passport_names_each_site_once_also_one_whose_name_is_part_of_anothers(self):
        self.mix("--ml", "3")
        for site in ["left temple", "temple", "left temple"]:
            self.record("visit", "read", "V1", "lab:61,10,15", "--site", site)
        self.ok("passport", "V1", "-o", "passport.html")
        self.assertIn(">left temple, temple<", (self.work / "passport.html").read_text(encoding="utf-8"))

    def test_a_passport_names_every_site_however_many(self):
        self.mix("--ml", "3")
        sites = [f"left temple, row {i}" for i in range(40)]
        for site in sites:
            self.record("visit", "read", "V1", "lab:61,10,15", "--site", site)
        self.ok("passport", "V1", "-o", "passport.html")
        self.assertIn(f">{', '.join(sites)}<", (self.work / "passport.html").read_text(encoding="utf-8"))

    def test_a_visit_is_not_closed_before_its_pots_which_are_named(self):
        for _ in range(3):
            self.mix("--ml", "1")
        self.record("pot", "close", "P2", "none")
        self.refused(5, "conflict", "V1: P1, P3 are not closed", "visit", "close", "V1")
        self.record("pot", "close", "P1", "none")
        self.refused(5, "conflict", "V1: P3 is not closed", "visit", "close", "V1")
        self.record("pot", "close", "P3", "none")
        self.record("visit", "close", "V1")

    def test_no_reason_of_a_pot_names_who_it_is_for(self):
        self.record("client", "add", "--name", "Anna Schmidt", "--allergy", "carbon black")
        self.record("visit", "book", "C2", "--on", day(0), "--kind", "s1")
        line = ["pot", "mix", "--visit", "V2", "--recipe", "carbon-black=3,diluent=42", "--override"]
        self.refused(2, "usage", "write C2 in its place", *line, "patch test of Anna Schmidt was clear")
        self.record(*line, "patch test of Frau Schmidt was clear")
        for paper in [["report", "visit", "V2"], ["--json", "report", "visit", "V2"]]:
            said = support.flat(self.ok(*paper))
            self.assertIn("patch test of Frau C2 was clear", said)
            self.assertNotIn("Schmidt", said)
        for paper in [["passport", "V2", "-o", "p.html"], ["report", "visit", "V2", "-o", "p.html"]]:
            self.ok(*paper)
            self.assertNotIn("Schmidt", (self.work / "p.html").read_text(encoding="utf-8"))

    def test_a_visit_has_a_report_of_all_that_belongs_to_it(self):
        pot = self.mix("--ml", "3")["pot"]
        self.record("pot", "close", "P1", "0.4ml")
        self.mix("--ml", "1")
        self.record("stock", "undo", str(self.record("stock", "log")["entries"][-1]["id"]), "--reason", "a slip")
        self.mix("--ml", "2")
        self.record("visit", "read", "V1", "lab:61,10,15", "--site", "crown", "--what", "skin")
        self.record("visit", "read", "V1", "lab:52,7,14", "--site", "donor", "--what", "dot", "--days", "42")
        self.record("client", "change", "C1", "--name", "J. <R>")
        record = self.record("report", "visit", "V1")
        whole = self.record("client", "show", "C1")
        for name in ["pots", "readings"]:
            self.assertEqual(record[name], [one for one in whole[name]
                                            if one["visit"] == "V1" and one.get("state") != "undone"])
        self.assertEqual(record["visit"], next(v for v in whole["visits"] if v["id"] == "V1"))
        self.assertEqual(record["pots"][0]["parts"], pot["parts"])
        sums = record["together"]
        self.assertEqual((sums["ul"], sums["left_ul"], sums["open_pots"]), (5000, 400, 1))
        self.assertAlmostEqual(sums["cost"], sum(p.get("cost", 0) for p in record["pots"]), delta=1e-9)
        self.assertAlmostEqual(sums["waste_cost"], record["pots"][0]["waste_cost"], delta=1e-9)
        self.assertNotIn("name", record["client"])
        self.assertEqual(self.record("report", "visit", "1", "--name")["client"], whole["client"])
        text = support.flat(self.ok("report", "visit", "V1"))
        for words in ["allergic to", "lot A77", "crown read at the visit: skin", "donor read 42 days later: a dot", "L 52.0 a 7.0 b 14.0",
                      "In all 5 ml mixed", "0.4 ml left", "not all pots are closed yet"]:
            self.assertIn(words, text)
        self.assertNotIn("J. <R>", text)

        self.assertEqual(self.ok("report", "visit", "V1", "-o", "v.html", "--clinic", "Room <1>"), "Written    v.html\n")
        page = (self.work / "v.html").read_text(encoding="utf-8")
        support.Page().check(self, page)
        self.assertNotIn("J. ", page)
        for words in ["Visit V1", "Room &lt;1&gt;", "3.000 ml", "0.400 ml", "not told yet", "A77", "W1", "42", "a dot",
                      "52.0, 7.0, 14.0", "61.0, 10.0, 15.0", "D65, 10\N{DEGREE SIGN}", "carbon-black", "Discard by"]:
            self.assertIn(words, page)
        self.assertEqual(self.record("report", "visit", "V1", "--name", "-o", "v.html")["client"]["name"], "J. <R>")
        self.assertIn("C1, J. &lt;R&gt;", (self.work / "v.html").read_text(encoding="utf-8"))
        self.ok("--quiet", "report", "visit", "V1", "-o", "v.pdf")
        self.assertEqual((self.work / "v.pdf").read_bytes()[:5], b"%PDF-")

    def test_a_report_of_a_visit_warns_of_what_its_passport_warns_of(self):
        self.stock("product", "change", "deep-black", "--label-states", "nothing")
        self.mix("--ml", "3")
        self.stock("recall", "A77", "--reason", "a letter")
        self.ok("passport", "V1", "-o", "passport.html")
        page = html.unescape((self.work / "passport.html").read_text(encoding="utf-8"))
        told = re.findall(r'<p class="warning">(.*?)</p>', page)
        self.assertIn("deep-black, lot A77, was recalled.", told)
        self.assertTrue(any("does not say" in words for words in told), told)
        self.assertEqual(self.record("report", "visit", "V1")["warnings"], told)
        self.ok("report", "visit", "V1", "-o", "v.html")
        page = html.unescape((self.work / "v.html").read_text(encoding="utf-8"))
        self.assertEqual(re.findall(r'<p class="warning">(.*?)</p>', page), told)
        text = support.flat(self.ok("report", "visit", "V1"))
        for words in told:
            self.assertIn(words, text)

    def test_a_report_of_a_visit_without_anything_says_so_and_of_none_is_refused(self):
        record = self.record("report", "visit", "V1")
        self.assertEqual((record["pots"], record["readings"], record["warnings"]), ([], [], []))
        self.assertIn("no pots", self.ok("report", "visit", "V1"))
        self.ok("report", "visit", "V1", "-o", "v.html")
        self.assertEqual((self.work / "v.html").read_text(encoding="utf-8").count("<p>None.</p>"), 4)
        self.record("visit", "cancel", "V1")
        self.assertEqual(self.record("report", "visit", "V1")["visit"]["state"], "cancelled")
        self.refused(2, "no-such", "V9", "report", "visit", "V9")
        self.refused(2, "usage", "such as V17", "report", "visit", "P1")
        self.refused(2, "usage", "v.txt: expected", "report", "visit", "V1", "-o", "v.txt")
        self.refused(1, "not-found", "no/v.html: cannot be written", "report", "visit", "V1", "-o", "no/v.html")

    def test_an_ink_whose_label_lacks_the_statement_is_told_before_it_is_used(self):
        match = [*InStock.LINE, "--in-stock"]
        note = "the label of deep-black does not say \"Mixture for use in tattoos"
        for states, notes in [("mixture", 0), ("nothing", 1)]:
            self.stock("product", "change", "deep-black", "--label-states", states)
            self.stock("product", "change", "water", "--label-states", "nothing")
            for record in [self.record(*match), self.mix("--ml", "3", "--dry-run")]:
                with self.subTest(states):
                    self.assertEqual(len([w for w in record["warnings"] if w.startswith(note)]), notes, record)

    def test_a_passport_tells_what_was_mixed_from_what_was_used(self):
        def page():
            self.ok("passport", "V1", "-o", "passport.html")
            return support.flat((self.work / "passport.html").read_text(encoding="utf-8"))
        self.mix("--ml", "3")
        self.assertIn("The visit is not closed yet. Amounts are what was mixed so far: 3.000 ml; of 1 pot nobody said yet "
                      "what was left.", page())
        self.record("pot", "close", "P1", "0.4ml")
        self.record("visit", "close", "V1")
        self.assertIn("Amounts are what was mixed: 3.000 ml, of which 0.400 ml were left and thrown away.", page())
        self.assertNotIn("not closed", page())

    def test_a_passport_goes_by_the_day_of_use_and_not_by_the_day_that_was_booked(self):
        self.stock("product", "add", "ampoule", "--diluent", "--single-use")
        self.stock("product", "add", "old-red", "--pigment", "red-iron-oxide")
        self.stock("receive", "ampoule", "--lot", "S1", "--qty", "5ml", "--expires", day(300))
        self.stock("receive", "old-red", "--lot", "R1", "--qty", "5ml", "--expires", day(-1), "--on", day(-9))
        for visit, booked in [("V2", -3), ("V3", 8)]:
            self.record("visit", "book", "C1", "--on", day(booked), "--kind", "s2")
            self.record("pot", "mix", "--visit", visit, "--ml", "1", "--recipe", "red-iron-oxide=1,diluent=9",
                        "--override", "no other")
            self.ok("passport", visit, "-o", visit + ".html")
            page = support.flat((self.work / (visit + ".html")).read_text(encoding="utf-8"))
            self.assertIn("old-red, lot R1, was used after its last good day, " + day(-1), page)
            self.assertNotIn("S1, was used after", page)
            self.assertIn("The visit is not closed yet.", page)
            self.assertIn(day(0), page)
            self.assertIn(f"was mixed on {day(0)}; the visit was booked for {day(booked)}.", page)
            self.assertEqual(page.count(day(booked)), 1)

    def test_a_passport_of_a_visit_that_was_cancelled_is_refused(self):
        self.record("visit", "cancel", "V1")
        self.refused(5, "conflict", "V1 was cancelled", "passport", "V1", "-o", "passport.html")
        self.assertFalse((self.work / "passport.html").exists())

    def test_a_passport_names_metals_however_the_label_writes_them(self):
        for number, (label, says) in enumerate([("Chromium(VI) oxide:1333-82-0", "Contains chromium (VI)."),
                                                ("Cr(VI) traces", "Contains chromium (VI)."),
                                                ("metal:7440-02-0", "Contains nickel."),
                                                ("nickel-free white", "No ingredient that was entered names")], 1):
            pigment = f"ink-{number}"
            self.stock("product", "add", pigment, "--pigment", pigment, "--ingredient", label)
            self.stock("receive", pigment, "--lot", "R1", "--qty", "5ml", "--expires", day(90))
            self.record("client", "add")
            visit = self.record("visit", "book", f"C{number + 1}", "--on", day(0), "--kind", "s1")["visit"]
            self.record("pot", "mix", "--visit", visit, "--recipe", f"{pigment}=1", "--ml", "1")
            self.ok("passport", visit, "-o", "p.html")
            page = (self.work / "p.html").read_text(encoding="utf-8")
            with self.subTest(label):
                self.assertIn(says, page)
                self.assertEqual("that was entered names" in page, number == 4)
            (self.work / "p.html").unlink()
        self.record("pot", "mix", "--visit", "V5", "--recipe", "carbon-black=1", "--ml", "1")
        self.ok("passport", "V5", "-o", "p.html")
        page = (self.work / "p.html").read_text(encoding="utf-8")
        self.assertIn("Of deep-black nobody entered what is in it", page)
        self.assertNotIn("that was entered names", page)

    def test_a_pots_label_has_every_lot_whole(self):
        for product, pigment, lot in [("warm-red-of-a-long-name", "red-iron-oxide", "R-2026-11-000017"),
                                      ("ochre", "yellow-iron-oxide", "L" + "0123456789" * 4)]:
            self.stock("product", "add", product, "--pigment", pigment)
            self.stock("receive", product, "--lot", lot, "--qty", "5ml", "--expires", day(90))
        self.record("pot", "mix", "--visit", "V1", "--recipe", "carbon-black=1,diluent=9")
        self.record("pot", "mix", "--visit", "V1", "--recipe",
                    "carbon-black=1,red-iron-oxide=1,yellow-iron-oxide=1,diluent=9")
        for pot, labels in [("P1", 1), ("P2", 2)]:
            self.ok("pot", "label", pot, "-o", "pot.html")
            page = (self.work / "pot.html").read_text(encoding="utf-8")
            self.assertEqual((page.count("<svg class=\"label\""), page.count("discard by")), (labels, labels), pot)
            self.assertNotIn("&#8230;", page)
            for words in ["A77", "W1", "C1"] + (["R-2026-11-000017", "(2 of 2)"] if pot == "P2" else []):
                self.assertIn(words, page, pot)
        said = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", page))
        self.assertIn("L" + "0123456789" * 4, said)

    def test_a_dry_run_mixes_nothing(self):
        before = self.store().read_bytes()
        self.assertFalse(self.mix("--dry-run")["written"])
        self.assertEqual(self.bottles()["B1"]["on_hand_ul"], 15000)
        self.assertEqual(self.record("pot", "list")["pots"], [])
        self.assertTrue(before)

    def test_a_dry_run_tells_the_pot_that_it_would_be(self):
        pot = self.mix("--dry-run", "--drop-ml", "0.05")["pot"]
        self.assertEqual([p["drops"] for p in pot["parts"]], [4, 56])
        self.assertIn("discard_by", pot)
        told = self.ok("pot", "mix", "--visit", "V1", "--recipe", "carbon-black=3,diluent=42", "--dry-run")
        for words in ["5.0 drops", "70.0 drops", "discard by", "dry run"]:
            self.assertIn(words, told)
        self.assertEqual(self.record("pot", "list")["pots"], [])

    def test_what_cannot_be_dispensed_is_told_or_rounded_to_drops_or_a_syringes_steps(self):
        self.record("client", "change", "C1", "--no-allergies")  # else what nobody told of bottles is warned of
        self.assertEqual(self.mix("--dry-run")["warnings"], [])
        warned = self.mix("--dry-run", "--ml", "0.3")["warnings"]
        self.assertEqual(len(warned), 1)
        self.assertIn("carbon-black: 0.02 ml is 0.5 drops", warned[0])
        self.assertIn("a pot of 0.60 ml", warned[0])
        for more, ul in [(["--ml", "1", "--unit", "drops"], [80, 920]),
                         (["--ml", "1", "--unit", "drops", "--drop-ml", "0.05"], [50, 950]),
                         (["--ml", "1", "--unit", "0.05ml"], [50, 950]), (["--ml", "1"], [67, 933])]:
            pot = self.mix("--dry-run", *more)["pot"]
            self.assertEqual([p["ul"] for p in pot["parts"]], ul, more)
        line = ["pot", "mix", "--visit", "V1", "--recipe", "carbon-black=3,diluent=42"]
        self.refused(2, "usage", "a larger pot is needed, 0.60 ml", *line, "--ml", "0.2", "--unit", "drops")
        for unit in ["0.01g", "0.0005ml", "pinch"]:
            self.refused(2, "usage", "--unit", *line, "--unit", unit)

    def test_whole_drops_are_those_of_the_bottles_that_are_taken(self):
        self.record("client", "change", "C1", "--no-allergies")  # else what nobody told of bottles is warned of
        for product, drop in [("brown", "0.025"), ("grey", "0.06")]:
            self.stock("product", "add", product, "--pigment", product)
            self.stock("receive", product, "--lot", "D1", "--qty", "5ml", "--expires", day(90), "--drop-ml", drop)
        line = ["pot", "mix", "--visit", "V1", "--dry-run", "--recipe"]
        pot = self.record(*line, "brown=3,grey=42", "--unit", "drops")["pot"]
        self.assertEqual([(p["ul"], p["drops"]) for p in pot["parts"]], [(200, 8), (2820, 47)])
        pot = self.record(*line, "brown=3,grey=42", "--unit", "drops", "--drop-ml", "0.03")["pot"]
        self.assertEqual([(p["ul"], p["drops"]) for p in pot["parts"]], [(210, 7), (2790, 93)])
        told = self.record(*line, "brown=3,diluent=297")["warnings"]
        self.assertEqual(told, [])  # 0.03 ml is 1.2 drops of that bottle
        told = self.record(*line, "grey=3,diluent=177")["warnings"]
        self.assertIn("grey: 0.05 ml is 0.8 drops, less than can be dispensed: a pot of 3.60 ml", told[0])
        self.refused(2, "usage", "of grey less than a drop: a larger pot is needed, 6.06 ml", *line,
                     "grey=1,diluent=100", "--ml", "2", "--unit", "drops")

    def test_a_label_that_is_scanned_tells_the_pot_the_visit_and_the_order(self):
        self.mix("--ml", "3")
        self.stock("order", "propose", "Inkshop", "deep-black=2")
        def of(code):
            record = self.stock("scan", code)
            return record["known"], {key: record[key] for key in ["pot", "visit", "client", "order"] if key in record}
        self.assertEqual(of("TONSURE:P1"), (True, {"pot": "P1", "visit": "V1", "client": "C1"}))
        self.assertEqual(of("TONSURE:V1"), (True, {"visit": "V1", "client": "C1"}))
        self.assertEqual(of("TONSURE:O1"), (True, {"order": "O1"}))
        for code, words in [("P1", "A77"), ("P1", "discard by"), ("V1", "open"), ("O1", "Inkshop, proposed"),
                            ("P9", "pot           none that is known here"), ("V9", "visit         none"),
                            ("O9", "order         none")]:
            told = self.ok("stock", "scan", f"TONSURE:{code}")
            self.assertIn(words, told)
            self.assertNotIn("product", told)
            self.assertEqual(of(f"TONSURE:{code}")[0], code[1] == "1")

    def test_no_drop_is_broken_over_two_bottles(self):
        self.record("client", "change", "C1", "--no-allergies")  # else what nobody told of bottles is warned of
        self.stock("receive", "water", "--lot", "W0", "--qty", "1.01ml", "--expires", day(20), "--sterile")
        self.stock("receive", "water", "--lot", "W2", "--qty", "0.04ml", "--expires", day(500), "--sterile")
        def lots(*args):
            return {p["lot"]: (p["ul"], p["drops"]) for p in self.mix("--dry-run", *args)["pot"]["parts"]}
        self.assertEqual(lots("--unit", "drops"), {"A77": (200, 5), "W0": (1000, 25), "W1": (1800, 45)})
        self.assertEqual(lots("--ml", "11.65", "--unit", "0.05ml")["W1"][0], 9850)
        left = lots("--ml", "11.85", "--unit", "0.05ml")  # all of it is needed, with the rests
        self.assertEqual([left[lot][0] for lot in ["W0", "W1", "W2"]], [1010, 10000, 40])

    def test_what_whole_drops_make_of_a_typed_recipe_is_told(self):
        self.record("client", "change", "C1", "--no-allergies")  # else what nobody told of bottles is warned of
        line = ["pot", "mix", "--visit", "V1", "--dry-run", "--unit", "drops", "--recipe"]
        self.assertEqual(self.record(*line, "carbon-black=1,diluent=9")["warnings"],
                         ["rounded to drops the pot has 10.67 % of carbon-black, not 10.00 %"])
        self.assertEqual(self.record(*line, "carbon-black=1,diluent=14")["warnings"], [])

    def test_what_a_match_loses_by_its_size_and_by_rounding_is_told(self):
        self.record("client", "change", "C1", "--no-allergies")  # else what nobody told of bottles is warned of
        self.file("match.json", self.ok("--json", "match", "--target", "lab:45,2,4", "--surface", "film:lab:65,10,16,1",
                                        "--only", "carbon-black", "--top", "1"))
        recipe = json.loads((self.work / "match.json").read_text())["recipes"][0]
        ml = sum(p["ml"] for p in recipe["parts"] + [recipe["diluent"]])
        line = ["--recipe", "match.json", "--dry-run"]
        def warned(*more):
            return self.record("pot", "mix", "--visit", "V1", *line, *more)["warnings"]
        self.assertEqual(warned("--ml", f"{ml:.3f}"), [])
        self.assertIn(f"the match's {ml:.4g} ml are mixed as", " ".join(warned("--ml", "9")))
        same = [w for w in warned("--ml", f"{ml:.3f}", "--unit", "drops") if "dE00" in w]
        self.assertEqual(same, ["rounded to drops the color is dE00 0.00 from the match's"])
        half = [w for w in warned("--ml", f"{ml * 1.6:.3f}", "--unit", "0.05ml") if "dE00" in w]
        self.assertEqual(len(half), 1)
        self.assertGreater(float(half[0].split("dE00 ")[1].split()[0]), 0)

    def test_visits_are_booked_within_ten_years_and_past_ones_are_told_of(self):
        book = ["visit", "book", "C1", "--kind", "s1", "--on"]
        self.refused(2, "usage", "ten years", *book, day(3700))
        self.refused(2, "usage", "ten years", *book, day(-3700))
        self.assertEqual(self.record(*book, day(3600))["warnings"], [])
        self.assertIn("is past", self.record(*book, day(-1))["warnings"][0])
        self.record("visit", "open", "V1")
        read = ["visit", "read", "V1", "lab:50,2,4", "--site", "crown", "--days"]
        self.assertEqual(self.record(*read, "0")["warnings"], [])
        self.assertRegex(self.record(*read, "42")["warnings"][0], "still to come: visit unread takes")

    def test_people_are_told_which_visit_was_booked_and_what_was_read(self):
        said = self.ok("visit", "book", "C1", "--on", day(3), "--kind", "s2", "--area", "80")
        self.assertEqual(support.flat(said).split("V2 ", 2)[2].strip(), f"{day(3)} C1 s2 booked 80 cm2")
        self.assertIn("s2 cancelled", support.flat(self.ok("visit", "cancel", "V2")))
        self.assertNotIn("C1", self.ok("visit", "book", "C1", "--on", day(3), "--kind", "s2", "--dry-run"))
        self.ok("visit", "open", "V1")
        read = ["V1", "--site", "crown"]
        self.assertEqual(support.flat(self.ok("visit", "read", "V1", "lab:50,2,4", "--site", "crown", "--what", "skin")),
                         "V1 crown read at the visit: skin L 50.0 a 2.0 b 4.0 (D65/10)")
        said = self.ok("course", "follow-up", *read, "--reading", "lab:46,5,9", "--what", "dot", "--days", "42",
                       "--dry-run")
        self.assertRegex(support.flat(said), "V1 crown read 42 days later: a dot L 46.0 .* \\(dry run")
        self.assertEqual(self.ok("visit", "unread", *read), "V1     crown: what was read there at the visit is off the card\n")

    def test_a_slip_in_a_follow_ups_site_is_told_of(self):
        self.ok("visit", "open", "V1")
        self.record("visit", "read", "V1", "lab:50,2,4", "--site", "donor-left")
        self.assertEqual(self.record("visit", "read", "V1", "lab:50,2,4", "--site", "donor-let")["warnings"], [])
        self.record("visit", "unread", "V1", "--site", "donor-let")
        follow = ["course", "follow-up", "V1", "--reading", "lab:46,5,9", "--what", "dot", "--days", "42", "--site"]
        self.assertIn("nothing was read at donor-lft at the visit; near it: donor-left",
                      self.record(*follow, "donor-lft")["warnings"])
        for site in ["donor-left", "crown"]:
            self.assertNotIn("near it", str(self.record(*follow, site)["warnings"]))

    def test_a_pot_of_another_day_than_its_visits_is_told_of_once(self):
        self.record("visit", "book", "C1", "--on", day(3), "--kind", "s2")
        line = ["pot", "mix", "--visit", "V2", "--recipe", "carbon-black=3,diluent=42", "--ml", "1"]
        told = f"V2 was booked for {day(3)}, and this pot is of {day(0)}"
        for more in [["--dry-run"], []]:
            self.assertIn(told, self.record(*line, *more)["warnings"])
        self.assertNotIn(told, self.record(*line)["warnings"])
        self.assertEqual([w for w in self.mix("--ml", "1")["warnings"] if "booked for" in w], [])

    def test_what_the_client_is_allergic_to_is_refused_with_status_five(self):
        self.stock("product", "add", "warm", "--pigment", "red-iron-oxide", "--ingredient", "nickel sulfate:7786-81-4")
        self.stock("receive", "warm", "--lot", "R1", "--qty", "5ml", "--expires", day(90))
        line = ["pot", "mix", "--visit", "V1", "--recipe", "red-iron-oxide=3,diluent=42"]
        self.refused(5, "allergen", "contains nickel sulfate, CAS 7786-81-4", *line)
        self.assertEqual(self.record(*line, "--override", "patch test was clear")["pot"]["id"], "P1")
        self.ok("passport", "V1", "-o", "passport.html")
        self.assertIn("warm, lot R1, contains nickel sulfate, CAS 7786-81-4, though the client is allergic to nickel. "
                      "Used all the same, for: patch test was clear.",
                      (self.work / "passport.html").read_text(encoding="utf-8"))
        self.record("client", "change", "C1", "--no-allergies")
        self.assertEqual(self.record(*line)["pot"]["id"], "P2")
        self.ok("passport", "V1", "-o", "passport.html")
        self.assertNotIn("though the client", (self.work / "passport.html").read_text(encoding="utf-8"))

    def test_what_a_palette_knows_of_a_pigment_is_refused_by_the_products_name_too(self):
        self.stock("product", "add", "warm", "--pigment", "red-iron-oxide")
        self.stock("receive", "warm", "--lot", "R1", "--qty", "5ml", "--expires", day(90))
        for word in ["CI 77491", "1309-37-1"]:
            self.record("client", "change", "C1", "--no-allergies", "--allergy", word)
            for name in ["red-iron-oxide", "warm"]:
                self.refused(5, "allergen", "warm must not be used for C1", "pot", "mix", "--visit", "V1", "--recipe",
                             f"{name}=3,diluent=42")

    def test_papers_leave_out_no_allergy_and_no_warning_however_many_there_are(self):
        words = [f"substance-{number:02}-{'x' * 56}" for number in range(20)]
        told = [part for word in words for part in ("--allergy", word)]
        self.record("client", "change", "C1", "--no-allergies", *told)
        for ink in ["warm", "cold"]:
            self.stock("product", "add", ink, "--pigment", ink, *[part for word in words for part in ("--ingredient", word)])
            self.stock("receive", ink, "--lot", "R1", "--qty", "5ml", "--expires", day(90))
        self.record("pot", "mix", "--visit", "V1", "--recipe", "warm=3,cold=3", "--override", "a trial on paper")
        self.ok("passport", "V1", "-o", "passport.html")
        self.ok("report", "visit", "V1", "-o", "v.html", "--clinic", "Room " + 300 * "1")
        for page, lists in [("passport.html", 3), ("v.html", 1)]:  # a passport tells what is in each ink too
            text = (self.work / page).read_text(encoding="utf-8")
            self.assertEqual(text.count(">" + ", ".join(words) + "<"), lists)
            self.assertEqual(text.count("though the client is allergic to"), 2 * len(words))
        self.assertIn(300 * "1", text)

    def test_a_slip_in_the_spelling_of_an_allergy_is_seen_on_the_card_and_at_the_pot(self):
        said = self.record("client", "change", "C1", "--no-allergies", "--allergy", "nickle")["warnings"]
        self.assertIn("as it is spelled; near it: nickel", said[0])
        self.stock("product", "add", "warm", "--pigment", "red-iron-oxide", "--ingredient", "Titanium dioxid",
                   "--ingredient", "Cobalt blau")
        self.stock("receive", "warm", "--lot", "R1", "--qty", "5ml", "--expires", day(90))
        line = ["pot", "mix", "--visit", "V1", "--recipe", "red-iron-oxide=3,diluent=42", "--dry-run"]
        for word, near in [("cobald", "Cobalt blau"), ("kobalt", "Cobalt blau"), ("latex", None), ("CI 77892", None),
                           ("carbon black", None)]:
            self.record("client", "change", "C1", "--no-allergies", "--allergy", word)
            notes = [w for w in self.record(*line)["warnings"] if "which is near" in w]
            self.assertEqual(notes, [f'warm has "{near}", which is near "{word}": C1 is allergic to that, so look at '
                                     'the label'] if near else [], word)

    def test_an_allergy_stays_until_it_is_taken_off_by_name(self):
        self.record("client", "change", "C1", "--allergy", "latex", "--allergy", "C.I. 77491")
        told = self.record("client", "show", "C1")["client"]["allergies"]
        self.assertEqual(told, ["nickel", "latex", "CI 77491"])
        self.refused(2, "usage", "not on the card", "client", "change", "C1", "--no-allergy", "shellac")
        self.record("client", "change", "C1", "--no-allergy", "Latex", "--no-allergy", "77491")
        self.assertEqual(self.record("client", "show", "C1")["client"]["allergies"], ["nickel"])
        self.assertIn("no Colour Index", self.record("client", "add", "--allergy", "CI 7726")["warnings"][0])
        self.assertIn("no Colour Index", self.ok("client", "add", "--allergy", "1333864"))

    def test_of_several_who_change_a_card_at_once_none_loses_an_allergy(self):
        words = [f"w{number}" for number in range(6)]
        with concurrent.futures.ThreadPoolExecutor(len(words)) as pool:
            runs = list(pool.map(lambda word: self.run_it("client", "change", "C1", "--allergy", word), words))
        self.assertEqual([run.returncode for run in runs], [0] * len(words))
        self.assertEqual(sorted(self.record("client", "show", "C1")["client"]["allergies"]), ["nickel"] + words)

    def test_a_number_bars_a_bottle_however_it_is_written(self):
        self.stock("product", "add", "warm", "--pigment", "red-iron-oxide", "--ingredient", "Iron oxide red (CI 77491)")
        self.stock("receive", "warm", "--lot", "R1", "--qty", "5ml", "--expires", day(90))
        line = ["pot", "mix", "--visit", "V1", "--recipe", "red-iron-oxide=3,diluent=42", "--dry-run"]
        for word in ["CI77491", "C.I. 77491", "CI: 77491", "CAS 1309-37-1", "PR101", "red iron oxide"]:
            self.record("client", "change", "C1", "--no-allergies")
            self.record("client", "change", "C1", "--allergy", word)
            with self.subTest(word):
                self.refused(5, "allergen", "must not be used", *line)

    def test_a_label_in_plural_or_german_bars_a_bottle_and_one_without_it_does_not(self):
        line = ["pot", "mix", "--visit", "V1", "--dry-run", "--recipe"]
        for number, (label, allergy, barred) in enumerate([
                ("Iron Oxides", "CI 77491", True), ("Nickelsulfat", "nickel", True),
                ("Kaliumdichromat", "chromium", True), ("Titandioxid", "CI 77891", True), ("Russ", "CI 77266", True),
                ("CI 77491-77492", "iron oxide", True), ("metal 7440 - 02 - 0", "nickel", True),
                ("Nickelfreies Wasser", "nickel", False)]):
            self.stock("product", "add", f"ink-{number}", "--pigment", f"ink-{number}", "--ingredient", label)
            self.stock("receive", f"ink-{number}", "--lot", "R1", "--qty", "5ml", "--expires", day(90))
            self.record("client", "change", "C1", "--no-allergies")
            self.record("client", "change", "C1", "--allergy", allergy)
            with self.subTest(label):
                if barred:
                    self.refused(5, "allergen", f"contains {label}", *line, f"ink-{number}=1")
                else:
                    self.record(*line, f"ink-{number}=1")

    def test_a_mix_of_nothing_is_refused_as_it_was_typed(self):
        for recipe in ("carbon-black=0", "carbon-black=0,diluent=0", "diluent=42,carbon-black=0"):
            self.refused(2, "usage", 'above 0, found "carbon-black=0"', "pot", "mix", "--visit", "V1", "--recipe", recipe)
            self.refused(2, "usage", 'above 0, found "carbon-black=0"', "plan", "--until", "4w", "--mix", "carbon-black",
                         "--of", recipe)

    def test_what_the_shelf_forbids_and_what_makes_no_sense(self):
        for status, code, words, line in [
                (5, "not-enough", "on hand", "pot mix --visit V1 --recipe carbon-black=1,diluent=1 --ml 100"),
                (2, "no-such", "no visit V9", "pot mix --visit V9 --recipe carbon-black=1"),
                (2, "usage", "booked without a recipe", "pot mix --visit V1"),
                (2, "usage", "no pigment \"mauve\"", "pot mix --visit V1 --recipe mauve=1"),
                (2, "usage", "named twice", "pot mix --visit V1 --recipe diluent=1,sterile-water=1"),
                (2, "usage", "less than a microlitre", "pot mix --visit V1 --recipe carbon-black=1,diluent=9999"),
                (2, "usage", "PARTS above 0", "pot mix --visit V1 --recipe carbon-black=0"),
                (2, "usage", "such as 4h", "pot mix --visit V1 --recipe carbon-black=1 --discard-after soon"),
                (2, "no-such", "no client C9", "visit book C9 --on 2026-12-01 --kind s1"),
                (2, "usage", "s1, s2, s3 or touch-up", "visit book C1 --on 2026-12-01 --kind s4"),
                (2, "usage", "square centimetres", "visit book C1 --on 2026-12-01 --kind s1 --area big"),
                (5, "conflict", "not open", "visit close V1"),
                (2, "no-such", "no pot P1", "pot close P1 none"),
                (2, "no-such", "no pot P1", "pot show P1"),
                (2, "usage", "no CAS number", "client add --allergy 1333-86-5"),
                (2, "usage", "nothing to be allergic to", "client add --allergy none"),
                (2, "usage", "nothing to be allergic to", "client change C1 --allergy none"),
                (2, "usage", "nothing on the shelf is \"Anna Smith\"",
                 "visit book C1 --on 2026-12-01 --kind s1 --recipe 'Anna Smith=3'"),
                (2, "usage", "--yes", "client erase C1"),
                (2, "usage", "such as C12", "client show X1")]:
            self.refused(status, code, words, *shlex.split(line))

    def test_a_match_is_mixed_by_rank(self):
        self.file("match.json", self.ok("--json", "match", "--target", "lab:45,2,4", "--surface", "film:lab:65,10,16,1",
                                        "--only", "carbon-black", "--top", "2", "--ml", "3"))
        recipes = json.loads((self.work / "match.json").read_text())["recipes"]
        for rank, recipe in enumerate(recipes, 1):
            pot = self.record("pot", "mix", "--visit", "V1", "--recipe", "match.json", "--rank", str(rank),
                              "--ml", "2")["pot"]
            share = recipe["parts"][0]["ml"] / (recipe["parts"][0]["ml"] + recipe["diluent"]["ml"])
            self.assertAlmostEqual(pot["parts"][0]["ul"], 2000 * share, delta=1)
        self.refused(2, "usage", "not number 9", "pot", "mix", "--visit", "V1", "--recipe", "match.json", "--rank", "9")
        match = json.loads((self.work / "match.json").read_text())
        match["recipes"][1]["parts"] = []
        self.file("none.json", json.dumps(match))
        self.refused(1, "format", "none.json: recipes[1].parts: expected at least 1", "pot", "mix", "--visit", "V1",
                     "--recipe", "none.json", "--rank", "2")

    def test_of_a_booked_recipe_parts_are_kept_and_no_path(self):
        self.file("Jane Quimby Roe.json", self.ok("--json", "match", "--target", "lab:45,2,4", "--surface",
                                                  "film:lab:65,10,16,1", "--only", "carbon-black", "--top", "2"))
        book = ["visit", "book", "C1", "--on", day(9), "--kind", "s2", "--recipe"]
        path = str(self.work / "Jane Quimby Roe.json")
        self.record(*book, path, "--rank", "2")
        self.record(*book, "carbon-black=3, sterile-water=42")
        self.refused(2, "usage", "PARTS above 0", *book, "/srv/Jane Quimby Roe/match")
        self.refused(2, "usage", "PARTS above 0", *book, "/srv/Jane Quimby Roe/a=3")
        first, second = [v["recipe"] for v in self.record("visit", "list")["visits"] if v["kind"] == "s2"]
        self.assertRegex(first, r"^carbon-black=[0-9.]+,diluent=[0-9.]+$")
        self.assertEqual(second, "carbon-black=3,diluent=42")
        for file in self.store().parent.glob("stock.db*"):
            self.assertNotIn(b"Quimby", file.read_bytes(), file.name)
        book[4] = day(10)
        self.assertEqual(self.record(*book, "carbon-blak=3,diluent=1")["warnings"],
                         ["nothing on the shelf is carbon-blak; near it: carbon-black"])
        (self.work / "Jane Quimby Roe.json").unlink()
        self.record("pot", "mix", "--visit", "V2")

    def test_what_is_left_is_waste_and_a_visit_closes_when_its_pots_are(self):
        self.stock("product", "add", "dear", "--pigment", "yellow-iron-oxide", "--pack", "10ml", "--cost", "50")
        self.stock("receive", "dear", "--lot", "Y1", "--expires", day(90))
        self.record("pot", "mix", "--visit", "V1", "--recipe", "yellow-iron-oxide=1,diluent=1", "--ml", "2")
        self.refused(5, "conflict", "pot close", "visit", "close", "V1")
        pot = self.record("pot", "close", "P1", "0.5ml")["pot"]
        self.assertEqual((pot["cost"], pot["left_ul"], pot["waste_cost"]), (5, 500, 1.25))
        self.record("visit", "close", "V1")

    def test_taking_back_a_pot_takes_back_all_of_it(self):
        entries = self.mix()["entries"]
        self.stock("undo", str(entries[-1]["id"]), "--reason", "the wrong visit")
        self.assertEqual(self.bottles()["B1"]["on_hand_ul"], 15000)
        self.assertEqual(self.record("pot", "list")["pots"], [])
        self.assertEqual(self.record("pot", "show", "P1")["pots"][0]["state"], "undone")
        self.assertTrue(self.stock("verify")["ok"])

    def test_a_recall_leads_to_the_client_in_one_step_the_diluent_too(self):
        self.mix()
        for lot, bottles in [("A77", ["B1", "B2"]), ("W1", ["B5"])]:
            record = self.stock("recall", lot, "--reason", "the maker's letter")
            self.assertEqual((record["bottles"], record["pots"], record["visits"], record["clients"]),
                             (bottles, ["P1"], ["V1"], ["C1"]))
            self.assertEqual(record["notify"][0]["allergies"], ["nickel"])
        self.assertIn("To be told:\nC1", self.ok("stock", "recall", "W1", "--list-only"))

    def test_a_client_is_written_out_whole_and_erased_for_good(self):
        self.record("client", "change", "C1", "--name", "Jane Quimby Roe")
        self.mix()
        self.ok("convert", "lab:52,7,14", "-o", "crown.json")
        self.record("visit", "read", "V1", "crown.json", "--site", "crown", "--photo", "crown.json")
        self.ok("client", "export", "C1", "c1.json")
        whole = support.parse((self.work / "c1.json").read_text())
        self.assertEqual(whole, self.record("client", "show", "C1"))
        self.assertEqual(whole["client"]["name"], "Jane Quimby Roe")
        self.assertEqual((len(whole["visits"]), len(whole["pots"]), whole["readings"][0]["reading"]["lab"]["L"]),
                         (1, 1, 52))
        self.assertEqual(self.record("client", "erase", "C1", "--yes")["client"], "C1")
        for file in self.store().parent.glob("stock.db*"):
            self.assertNotIn(b"Quimby", file.read_bytes(), file.name)
        left = self.record("client", "show", "C1")
        self.assertEqual((left["client"]["allergies"], left["readings"], len(left["pots"])), (None, [], 1))
        self.assertEqual(self.stock("recall", "A77", "--list-only")["clients"], ["C1"])
        self.assertTrue(self.stock("verify")["ok"])

    def test_people_read_millilitres_and_why_not(self):
        self.stock("receive", "water", "--lot", "W2", "--qty", "2.5ml", "--expires", day(60))
        text = self.ok("stock", "list")
        self.assertIn("2.5 ml", text)
        self.assertIn("not sterile", text)
        self.assertEqual(self.bottles()["B6"]["refused"], "not-sterile")
        self.assertIsNone(self.bottles()["B1"]["refused"])


class InStock(Clinic):
    LINE = ["match", "--target", "lab:45,2,4", "--surface", "film:lab:65,10,16,1", "--top", "3", "--threads", "1"]

    def setUp(self):
        super().setUp()
        self.stock("product", "add", "warm", "--pigment", "red-iron-oxide", "--ingredient", "nickel sulfate:7786-81-4")
        self.stock("receive", "warm", "--lot", "R1", "--qty", "5ml", "--expires", day(90))

    def pigments(self, record):
        return {part["pigment"] for recipe in record["recipes"] for part in recipe["parts"]}

    def test_only_what_is_there_is_searched_and_exactly(self):
        record = self.record(*self.LINE, "--in-stock")
        self.assertLessEqual(self.pigments(record), {"carbon-black", "red-iron-oxide"})
        self.assertEqual((record["search"]["pigments"], record["search"]["exact"]), (2, True))
        free = self.record(*self.LINE, "--only", "carbon-black,red-iron-oxide,diluent", "--ml", "3")
        strip = [(r["objective"], r["shade"], r["parts"]) for r in free["recipes"]]
        self.assertEqual([(r["objective"], r["shade"], r["parts"]) for r in record["recipes"]], strip)
        lots = {lot["lot"]: lot["ul"] for lot in record["recipes"][0]["lots"]}
        shown = record["recipes"][0]["parts"] + [record["recipes"][0]["diluent"]]
        self.assertAlmostEqual(sum(lots.values()), sum(1000 * part["ml"] for part in shown), delta=2)
        self.assertLessEqual(set(lots), {"A77", "R1", "W1"})
        self.assertIn({"pigment": "yellow-iron-oxide", "why": "not in stock"}, record["left_out"])

    def test_a_match_that_is_written_to_a_file_is_a_recipe(self):
        self.record("client", "change", "C1", "--no-allergies")
        record = self.record(*self.LINE, "--in-stock", "-o", "match.json")
        kept = json.loads((self.work / "match.json").read_text())
        self.assertEqual(kept["recipes"], record["recipes"])
        self.ok("report", "match", "match.json", "-o", "match.html")
        page = (self.work / "match.html").read_text(encoding="utf-8")
        for lot in record["recipes"][0]["lots"]:
            self.assertIn(f"{lot['ul'] / 1000:.2f} ml of bottle {lot['bottle']}, {lot['product']}, lot {lot['lot']}", page)
        self.record("pot", "mix", "--visit", "V1", "--recipe", "match.json", "--rank", "2", "--dry-run")
        missed = self.run_it(*self.LINE, "--in-stock", "--tolerance", "0.001", "--require-tolerance", "-o", "no.json")
        self.assertEqual((missed.returncode, (self.work / "no.json").exists()), (4, False))

    def test_each_recipe_is_one_pot_of_three_millilitres_that_drops_can_make(self):
        line = ["match", "--target", "lab:58,7,14", "--surface", "film:lab:65,10,16,1", "--top", "8", "--threads", "1"]
        record = self.record(*line, "--in-stock")
        for recipe in record["recipes"]:
            ml = sum(part["ml"] for part in recipe["parts"]) + recipe["diluent"]["ml"]
            self.assertTrue(3 - 1e-9 <= ml < 6, ml)
            self.assertAlmostEqual(sum(lot["ul"] for lot in recipe["lots"]), 1000 * ml, delta=2)
        self.file("match.json", json.dumps(record))
        self.record("client", "change", "C1", "--no-allergies")
        for rank in range(1, len(record["recipes"]) + 1):
            self.record("pot", "mix", "--visit", "V1", "--recipe", "match.json", "--rank", str(rank), "--unit", "drops",
                        "--dry-run")
        self.assertNotIn("smallest pots", self.ok(*line, "--in-stock"))

    def test_a_match_for_a_pot_is_mixed_whole_where_nobody_says_how_much(self):
        self.record("client", "change", "C1", "--no-allergies")
        record = self.record(*self.LINE, "--in-stock", "-o", "match.json")
        recipe = record["recipes"][0]
        ul = round(1000 * (sum(part["ml"] for part in recipe["parts"]) + recipe["diluent"]["ml"]))
        mix = ["pot", "mix", "--recipe", "match.json", "--dry-run", "--visit"]
        answer = self.record(*mix, "V1")
        self.assertEqual((answer["pot"]["ul"], [w for w in answer["warnings"] if "mixed as" in w]), (ul, []))
        self.assertGreater(ul, 3000)
        self.record("visit", "book", "C1", "--on", day(0), "--kind", "s1", "--ml", "3")
        self.assertEqual(self.record(*mix, "V2")["pot"]["ul"], 3000)
        self.record("visit", "book", "C1", "--on", day(0), "--kind", "s1", "--area", "100")
        self.assertEqual(self.record(*mix, "V3")["pot"]["ul"], ul)

    def test_what_the_client_is_allergic_to_is_left_out(self):
        record = self.record(*self.LINE, "--in-stock", "--client", "C1", "--ml", "3")
        self.assertEqual(self.pigments(record), {"carbon-black"})
        self.assertIn({"pigment": "red-iron-oxide", "why": "contains nickel sulfate, CAS 7786-81-4"},
                      record["left_out"])
        self.file("match.json", json.dumps(record))
        ml = sum(lot["ul"] for lot in record["recipes"][0]["lots"]) / 1000
        pot = self.record("pot", "mix", "--visit", "V1", "--recipe", "match.json", "--ml", f"{ml:.3f}")["pot"]
        self.assertEqual([(p["bottle"], p["ul"]) for p in pot["parts"]],
                         [(lot["bottle"], lot["ul"]) for lot in record["recipes"][0]["lots"]])

    def test_people_read_bottles_lots_and_cost_and_what_nobody_told(self):
        for product in ["deep-black", "warm", "water"]:
            self.stock("product", "change", product, "--pack", "10ml", "--cost", "20")
        record = self.record(*self.LINE, "--in-stock", "--client", "C1", "--top", "1")
        text = support.flat(self.ok(*self.LINE, "--in-stock", "--client", "C1", "--top", "1"))
        for lot in record["recipes"][0]["lots"]:
            said = f"{lot['ul'] / 1000:.2f} ml of {lot['bottle']} {lot['product']}, lot {lot['lot']}"
            self.assertIn(said, text)
        self.assertIn("; costs 6.56", text)
        def of(names):
            return f"nobody told what is in {names}: C1 may be allergic to it"
        untold = of("deep-black, water")
        told = [w for w in record["warnings"] if w.startswith("nobody told")]
        self.assertEqual(len(told), 1)
        self.assertIn("deep-black, ", told[0])
        self.assertIn(", water: C1 may be allergic to it", told[0])
        self.assertIn(told[0], text)
        mixed = self.record("pot", "mix", "--visit", "V1", "--recipe", "carbon-black=1,diluent=40", "--dry-run")
        self.assertIn(untold, mixed["warnings"])
        free = support.flat(self.ok(*self.LINE, "--in-stock", "--top", "1"))
        self.assertNotIn("nobody told", free)

    def test_there_is_enough_of_every_part_for_the_pot(self):
        self.stock("count", "B5", "2ml")
        record = self.record(*self.LINE, "--in-stock", "--ml", "3")
        for recipe in record["recipes"]:
            self.assertLessEqual(sum(lot["ul"] for lot in recipe["lots"] if lot["bottle"] == "B5"), 2000)
            self.assertLessEqual(int(recipe["shade"].split(":")[0]), 2)
        for bottle in ["B1", "B2", "B3", "B6"]:
            self.stock("count", bottle, "0.05ml")
        self.refused(4, "no-recipe", "too little", *self.LINE, "--in-stock", "--ml", "30")

    def test_what_is_not_good_on_the_day_is_not_there(self):
        record = self.record(*self.LINE, "--in-stock", "--on", day(100))
        self.assertNotIn("red-iron-oxide", self.pigments(record))
        self.stock("quarantine", "A77", "--reason", "cloudy")
        self.stock("quarantine", "A78", "--reason", "cloudy")
        self.assertEqual(self.pigments(self.record(*self.LINE, "--in-stock")), {"red-iron-oxide"})
        self.stock("quarantine", "R1", "--reason", "cloudy")
        self.refused(5, "not-enough", "none is on the shelf that may be used: carbon-black: quarantined; "
                     "red-iron-oxide: quarantined; not in stock: ", *self.LINE, "--in-stock")
        self.refused(5, "not-enough", "carbon-black: quarantined; not in stock: titanium-dioxide, yellow-iron-oxide", *self.LINE,
                     "--in-stock", "--only", "carbon-black,yellow-iron-oxide,titanium-dioxide")
        self.refused(2, "usage", "for --in-stock", *self.LINE, "--client", "C1")


class Examples(Clinic):
    def test_every_example_of_the_help_runs(self):
        self.ok("convert", "lab:58,8,15", "--spectrum", "-o", "readings-stubble.json")
        (self.work / "readings").mkdir()
        for name in ["stubble", "skin"]:
            (self.work / "readings" / f"{name}.json").write_bytes((self.work / "readings-stubble.json").read_bytes())
        self.file("scalp.jpg", "any bytes")
        self.file("match.json", self.ok("--json", "match", "--target", "lab:45,2,4", "--surface", "film:lab:65,10,16,1",
                                        "--only", "carbon-black", "--top", "2"))
        self.record("visit", "open", "V1")
        self.record("visit", "book", "C1", "--on", day(7), "--kind", "s2")
        self.mix()
        self.mix()
        self.record("visit", "read", "V1", "lab:50,6,10", "--site", "crown", "--days", "42")
        self.record("visit", "read", "V1", "lab:50,6,10", "--site", "donor-left")
        self.stock("backup", "backup.db")
        kept = self.store().read_bytes()
        for noun, verbs in [("client", "add change list show export erase"), ("pot", "mix close list show label"),
                            ("visit", "book list open close cancel read unread")]:
            for verb in verbs.split():
                text = self.ok(noun, verb, "--help").split("\nExamples\n", 1)[1]
                lines = [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]
                self.assertEqual(len(lines), 3, verb)
                for line in lines:
                    for file in self.store().parent.glob("stock.db*"):
                        file.unlink()
                    self.store().write_bytes(kept)
                    if (noun, verb) in [("visit", "open"), ("visit", "close")]:
                        self.other_state(verb)
                    with self.subTest(line):
                        run = self.run_it(*shlex.split(line)[1:])
                        self.assertEqual(run.returncode, 0, run.stderr.decode())

    def other_state(self, verb):
        """V1 as the verb wants it."""
        for pot in ["P1", "P2"]:
            self.record("pot", "close", pot, "none")
        if verb == "open":
            entries = self.stock("log")["entries"]
            mixed = [e["operation"] for e in entries if e["kind"] == "pot"]
            for operation in dict.fromkeys(reversed(mixed)):
                self.stock("undo", str(operation), "--reason", "as if it had not been")
            opened = [e["id"] for e in entries if e["kind"] == "visit" and '"open"' in e["sets"]]
            self.stock("undo", str(opened[0]), "--reason", "as if it had not been")


if __name__ == "__main__":
    support.main()
