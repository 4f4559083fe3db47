# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf by command: what the contract promises, as a program sees it."""
import csv
import datetime
import hashlib
import json
import os
import pwd
import re
import shlex
import shutil
import sqlite3
import sys
import unicodedata
import unittest

import support

if not support.KEEPS_A_SHELF:
    print("skipped: this build keeps no shelf", file=sys.stderr)
    sys.exit(support.SKIPPED)

VERBS = ["product", "product add", "product list", "product change", "product retire", "scan", "order", "label",
         "order propose", "order send", "order receive", "order cancel", "order list", "order show", "order terms",
         "receive", "open", "use", "waste", "count", "move", "list",
         "expiring",
         "log", "quarantine", "release", "recall", "undo", "verify", "import", "export", "backup"]

# The examples of the help are of this day; here all days are moved so that it is today.
WRITTEN = datetime.date(2026, 11, 22)
# Good for so many days more, as in the examples: lot A77 until 2028-05-01, lot W1 until 2027-01-31.
A77, W1 = 526, 70


def day(offset):
    """So many days from today on."""
    today = datetime.datetime.now(datetime.timezone.utc).date()  # the command is told the same zone
    return (today + datetime.timedelta(days=offset)).isoformat()


def moved(line):
    def move(match):
        return day((datetime.date.fromisoformat(match[0]) - WRITTEN).days)
    return re.sub(r"\d{4}-\d{2}-\d{2}", move, line)


class Shelf(support.Case):
    """A store in the user's own folder: deep-black B1, B2 (lot A77, 15 ml each) and B3 (A78, weighed), needles
    B4, sterile water B5; the last entry is 12."""

    made = None  # the store's bytes, once one test has made it

    def setUp(self):
        super().setUp()
        self.environment["TZ"] = "UTC0"
        if Shelf.made is None:
            self.make()
            Shelf.made = self.store().read_bytes()
        else:
            self.store().parent.mkdir(parents=True)
            self.store().write_bytes(Shelf.made)

    def make(self):
        self.stock("product", "add", "deep-black", "--pigment", "carbon-black")
        self.stock("product", "add", "needles-3rl", "--consumable", "--pack", "20pc")
        self.stock("product", "add", "water", "--diluent", "--pao", "1m")
        came = ["--on", day(-30)]
        self.stock("receive", "deep-black", "--lot", "A77", "--bottles", "2", "--qty", "15ml", "--expires",
                   day(A77), *came)
        self.stock("receive", "deep-black", "--lot", "A78", "--qty", "15ml", "--expires", day(600), "--tare", "12.00",
                   *came)
        self.stock("receive", "needles-3rl", "--internal-lot", *came)
        self.stock("receive", "water", "--lot", "W1", "--qty", "10ml", "--expires", day(W1), "--sterile", *came)

    def stock(self, *args, **more):
        return self.record("stock", *args, **more)

    def bottles(self, *args):
        return {b["id"]: b for b in self.stock("list", "--all", *args)["bottles"]}

    def store(self):
        return self.folder / ".local" / "share" / "tonsure" / "stock.db"


class Contract(Shelf):
    def test_what_is_received_is_listed(self):
        listed = self.bottles()
        self.assertEqual(list(listed), ["B1", "B2", "B3", "B4", "B5"])
        expected = {"id": "B1", "product": "deep-black", "pigment": "carbon-black", "kind": "pigment", "lot": "A77",
                    "internal_lot": False, "on_hand_ul": 15000, "received": day(-30), "opened_on": None,
                    "expires": day(A77), "effective_expiry": day(A77), "place": "", "sterile": False, "status": "ok",
                    "refused": None}
        self.assertEqual(listed["B1"], expected)
        self.assertEqual((listed["B4"]["on_hand_pc"], listed["B4"]["expires"]), (20, None))
        self.assertEqual(listed["B4"]["lot"], "INT-9")

    def test_receive_names_its_bottles(self):
        record = self.stock("receive", "deep-black", "--lot", "A79", "--bottles", "2", "--qty", "15000ul",
                            "--expires", day(1), "--place", "fridge", "--actor", "ann")
        self.assertEqual(record["bottles"], ["B6", "B7"])
        self.assertTrue(record["written"])
        self.assertEqual({e["actor"] for e in record["entries"]}, {"ann"})

    def test_use_takes_from_two_bottles_in_one_operation(self):
        self.stock("count", "B1", "1ml")
        record = self.stock("use", "deep-black", "1.5ml")
        self.assertEqual(record["taken"], [{"bottle": "B1", "lot": "A77", "ul": 1000},
                                           {"bottle": "B2", "lot": "A77", "ul": 500}])
        uses = [e for e in record["entries"] if e["kind"] == "use"]
        self.assertEqual([e["ul"] for e in uses], [-1000, -500])
        self.assertEqual({e["operation"] for e in record["entries"]}, {record["operation"]})
        listed = self.bottles()
        self.assertEqual((listed["B1"]["status"], listed["B2"]["opened_on"]), ("empty", day(0)))
        self.assertNotIn("B1", [b["id"] for b in self.stock("list")["bottles"]])

        undone = self.stock("undo", str(uses[1]["id"]), "--reason", "typed twice")
        self.assertEqual(sorted(e["undoes"] for e in undone["entries"]), [e["id"] for e in record["entries"]])
        self.assertEqual(self.bottles()["B1"]["on_hand_ul"], 1000)
        self.refused(5, "conflict", "already", "stock", "undo", str(uses[0]["id"]), "--reason", "again")
        self.refused(2, "usage", "undo: expected a reason: --reason", "stock", "undo", str(uses[0]["id"]))

    def test_a_scanned_code_finds_its_lot(self):
        code = "]d2" + "0109501101530003" + "17280531" + "10A77" + "\x1d" + "21S9"
        record = self.stock("scan", code)
        self.assertEqual((record["gtin"], record["lot"], record["expires"], record["serial"]),
                         ("09501101530003", "A77", "2028-05-31", "S9"))
        self.assertEqual((record["product"], record["known"]), ("deep-black", True))
        self.assertEqual([b["id"] for b in record["bottles"]], ["B1", "B2"])
        label = self.stock("scan", "TONSURE:B4")
        self.assertEqual((label["label"], label["product"]), ("B4", "needles-3rl"))
        self.assertIn("needles-3rl", self.ok("stock", "scan", "TONSURE:B4"))
        self.refused(1, "format", "expected 3", "stock", "scan", "6291041500214")
        nowhere = self.stock("scan", code, env={"XDG_DATA_HOME": str(self.folder / "empty")})
        self.assertEqual((nowhere["product"], nowhere["bottles"]), (None, []))

    def test_an_order_is_proposed_sent_and_received(self):
        self.stock("order", "terms", "deep-black", "--supplier", "Ink & Co", "--least", "2", "--lead", "9d", "--spread",
                   "3.5d", "--price", "1=28.50", "--price", "6=25.00")
        terms = self.stock("order", "terms")["terms"][0]
        self.assertEqual((terms["least_packs"], terms["spread_days"], terms["prices"][1]),
                         (2, 3.5, {"packs": 6, "cents": 2500}))
        proposed = self.stock("order", "propose", "Ink & Co", "deep-black=6", "--reason", "two weeks")
        self.assertEqual(proposed["order"], "O1")
        self.refused(5, "conflict", "O1", "stock", "order", "propose", "Ink & Co", "deep-black=1")
        self.stock("order", "send", "O1")
        code = "(01)06291041500213(17)" + day(300).replace("-", "")[2:] + "(10)A90"
        self.stock("product", "change", "deep-black", "--gtin", "6291041500213", "--pack", "15ml")
        came = self.stock("order", "receive", "O1", "deep-black", "--bottles", "2", "--scan", code)
        self.assertEqual({(b["lot"], b["expires"]) for b in came["now"]}, {("A90", day(300))})
        order = self.stock("order", "list", "--open")["orders"][0]
        self.assertEqual((order["state"], order["expected"], order["lines"][0]["received"]), ("sent", day(9), 2))
        self.assertEqual(order["lines"][0]["cost_cents"], 2500)
        self.ok("stock", "order", "show", "O1", "-o", "order.csv", "--reasons")
        rows = list(csv.DictReader((self.work / "order.csv").read_text(encoding="utf-8").splitlines()))
        self.assertEqual([(r["packs"], r["price"], r["reason"]) for r in rows], [("6", "25.00", "two weeks")])
        self.assertRegex(self.ok("stock", "order", "show", "O1", "-o", "o.html"), "^O1 (.|\n)*\nWritten    o.html\n$")
        self.assertNotIn("Written", self.ok("--quiet", "stock", "order", "show", "O1", "-o", "o.html"))
        self.refused(2, "usage", ".html, .pdf or .csv", "stock", "order", "show", "O1", "-o", "order.doc")
        for option in ["--least", "--step"]:
            self.refused(2, "usage", "terms", "stock", "order", "terms", "deep-black", option, "0")
        self.stock("order", "cancel", "O1")
        self.assertEqual(self.stock("order", "show", "O1")["orders"][0]["state"], "cancelled")
        self.stock("verify")
        other = code.replace("06291041500213", "09501101530003")
        self.refused(5, "conflict", "article", "stock", "receive", "deep-black", "--scan", other)
        self.stock("product", "add", "warm-red", "--pigment", "red-iron-oxide", "--pack", "15ml")
        self.refused(5, "conflict", "is deep-black, not warm-red", "stock", "receive", "warm-red", "--scan", code)
        self.refused(2, "no-such", "O9", "stock", "order", "show", "O9")
        self.refused(2, "usage", "PACKS", "stock", "order", "propose", "Ink", "deep-black")

    def test_slips_in_names_are_told(self):
        made = self.stock("product", "add", "dark", "--pigment", "carbon-blak", "--supplier", "Ink House")
        self.assertEqual(len(made["warnings"]), 1)
        self.assertRegex(made["warnings"][0], "has no pigment carbon-blak; near it: carbon-black; .* --pigment NAME")
        self.assertEqual(self.stock("product", "add", "red", "--pigment", "red-iron-oxide")["warnings"], [])
        strange = self.stock("order", "propose", "Pharma", "dark=1")
        self.assertEqual(strange["warnings"], ["dark comes from Ink House"])
        self.stock("order", "cancel", "O1")
        self.stock("order", "terms", "dark", "--supplier", "Pharma", "--lead", "2d")
        self.assertEqual(self.stock("order", "propose", "pharma", "dark=1")["warnings"], [])

    def test_a_recall_is_no_quarantine_and_the_way_back_is_told(self):
        self.stock("recall", "W1", "--reason", "a letter")
        said = "it is recalled, and stock undo of that entry of stock log takes it back"
        self.refused(5, "conflict", said, "stock", "release", "W1", "--reason", "a slip")

    def test_a_shelf_of_another_program_is_told_how_it_comes_in(self):
        self.file("theirs.csv", "Produkt,Charge,Flaschen\nSchwarz,A77,2\n")
        self.refused(1, "format", "a shelf of another program is told by stock product add and stock receive", "--store",
                     "new.db", "stock", "import", "theirs.csv")

    def test_a_products_pigment_that_was_a_slip_is_mended(self):
        made = self.stock("product", "add", "weiss", "--pigment", "Titandioxid", "--pack", "15ml")
        self.assertIn("near it: titanium-dioxide; ", made["warnings"][0])
        self.stock("receive", "weiss", "--lot", "W9", "--expires", day(90))
        again = self.stock("product", "change", "weiss", "--pigment", "titanium-dioxid")
        self.assertIn("no pigment titanium-dioxid; near it: titanium-dioxide", again["warnings"][0])
        self.assertEqual(self.stock("product", "change", "weiss", "--pigment", "titanium-dioxide")["warnings"], [])
        line = ["match", "--target", "lab:60,2,4", "--in-stock", "--top", "1"]
        self.assertNotIn("titanium-dioxide", [left["pigment"] for left in self.record(*line)["left_out"]])
        self.refused(2, "usage", "water is a diluent", "stock", "product", "change", "water", "--pigment", "carbon-black")
        self.refused(2, "usage", "pigment", "stock", "product", "change", "weiss", "--pigment", "")
        self.stock("use", "weiss", "1ml")
        told = self.stock("product", "change", "weiss", "--pigment", "carbon-black")["warnings"]
        self.assertEqual(told, ["what was mixed of weiss until now is told as carbon-black too"])
        self.assertEqual(self.stock("product", "change", "weiss", "--cost", "3")["warnings"], [])
        self.assertTrue(self.stock("verify")["ok"])

    def test_what_is_printed_beside_a_labels_code_is_as_good_as_it(self):
        self.assertEqual(self.record("stock", "scan", "B1"), self.record("stock", "scan", "TONSURE:B1"))
        self.assertEqual(self.record("stock", "scan", "b1")["bottles"][0]["id"], "B1")

    def test_a_product_that_was_entered_by_mistake_goes_from_the_lists(self):
        gtin = "6291041500213"
        self.stock("product", "add", "deep-blak", "--pigment", "carbon-black", "--gtin", gtin)
        self.refused(2, "usage", "reason", "stock", "product", "retire", "deep-blak")
        self.refused(5, "conflict", "--with-stock", "stock", "product", "retire", "deep-black", "--reason", "x")
        made = self.stock("product", "retire", "deep-blak", "--reason", "a slip")
        self.assertEqual([(e["kind"], e["product"]) for e in made["entries"]], [("retire", "deep-blak")])
        listed = [p["id"] for p in self.stock("product", "list")["products"]]
        self.assertNotIn("deep-blak", listed)
        everything = {p["id"]: p for p in self.stock("product", "list", "--all")["products"]}
        self.assertEqual(everything["deep-blak"]["retired"], True)
        self.assertNotIn("retired", everything["deep-black"])
        self.assertIn("(retired)", self.ok("stock", "product", "list", "--all"))
        self.refused(5, "conflict", "was retired", "stock", "receive", "deep-blak", "--lot", "1", "--bottles", "1",
                     "--qty", "1ml", "--expires", day(90))
        self.refused(5, "conflict", "was retired", "stock", "product", "change", "deep-blak", "--cost", "1")
        self.refused(5, "conflict", "was retired", "stock", "product", "retire", "deep-blak", "--reason", "again")
        self.stock("product", "change", "deep-black", "--gtin", gtin)
        entry = made["operation"]
        self.refused(5, "conflict", "article number", "stock", "undo", str(entry), "--reason", "kept")
        self.stock("product", "change", "deep-black", "--gtin", "")
        self.stock("undo", str(entry), "--reason", "kept")
        self.assertIn("deep-blak", [p["id"] for p in self.stock("product", "list")["products"]])
        self.assertTrue(self.stock("verify")["ok"])

    def test_a_product_is_retired_with_what_is_left_of_it(self):
        made = self.stock("product", "retire", "deep-black", "--reason", "no longer made", "--with-stock")
        self.assertIn("on the shelf", made["warnings"][0])
        self.refused(5, "conflict", "was retired", "stock", "use", "deep-black", "1ml")
        self.stock("waste", "B2", "all", "--reason", "spill")
        self.stock("quarantine", "A78", "--reason", "x")
        there = {b["id"]: b["status"] for b in self.stock("list", "--product", "deep-black", "--all")["bottles"]}
        self.assertEqual(there, {"B1": "retired", "B2": "empty", "B3": "quarantined"})
        self.assertRegex(self.ok("stock", "list"), r"B1 .* retired\n")
        self.stock("undo", str(made["operation"]), "--reason", "it is made again")
        self.assertEqual(self.stock("list", "--product", "deep-black")["bottles"][0]["status"], "ok")

    def test_a_product_that_is_on_order_is_not_retired_unseen(self):
        retire = ["stock", "product", "retire", "deep-black", "--reason", "no longer made", "--with-stock"]
        self.stock("order", "propose", "Ink House", "deep-black=3", "water=1")
        self.refused(5, "conflict", "O1 (proposed) is to bring 3 of deep-black: stock order cancel", *retire)
        self.stock("order", "send", "O1")
        self.stock("order", "receive", "O1", "deep-black", "--lot", "A9", "--qty", "15ml", "--expires", day(90))
        self.refused(5, "conflict", "O1 (sent) is to bring 2 of deep-black", *retire)
        made = self.record(*retire, "--override", "they will not send it")
        self.assertIn("O1 (sent) is to bring 2 of deep-black: they cannot be received", made["warnings"])
        self.refused(5, "conflict", "was retired", "stock", "order", "receive", "O1", "deep-black", "--lot", "A9",
                     "--qty", "15ml", "--expires", day(90))
        self.stock("undo", str(made["operation"]), "--reason", "they will")
        self.stock("order", "receive", "O1", "deep-black", "--bottles", "2", "--lot", "A9", "--qty", "15ml",
                   "--expires", day(90))
        self.record(*retire)

    def test_what_was_entered_by_mistake_has_a_way_out(self):
        self.stock("product", "retire", "needles-3rl", "--reason", "a slip", "--with-stock")
        self.refused(5, "conflict", "was retired, a consumable: stock log --product needles-3rl has the entry that "
                     "stock undo takes back; anything else needs another id", "stock", "product", "add", "needles-3rl",
                     "--pigment", "carbon-black")
        self.refused(5, "conflict", "it is there already, a diluent: stock product change", "stock", "product", "add",
                     "water", "--diluent")
        self.refused(5, "conflict", "stock product retire deep-black takes it from the lists", "stock", "undo", "1",
                     "--reason", "a slip")
        self.refused(5, "conflict", f"expiring {day(600)}: stock undo takes back a delivery", "stock", "receive",
                     "deep-black", "--lot", "A78", "--qty", "15ml", "--expires", day(601))
        made = self.stock("receive", "deep-black", "--lot", "A80", "--qty", "15ml", "--expires", day(600))
        self.stock("undo", str(made["operation"]), "--reason", "a slip of the day")
        self.stock("receive", "deep-black", "--lot", "A80", "--qty", "15ml", "--expires", day(601))
        self.ok("client", "add")
        entry = self.stock("log")["entries"][-1]["id"]
        self.refused(5, "conflict", "client erase C1 --yes takes it away, for good", "stock", "undo", str(entry),
                     "--reason", "a slip")

    def test_what_a_label_states_is_entered(self):
        self.refused(2, "usage", "expected mixture", "stock", "product", "add", "ink", "--pigment", "carbon-black",
                     "--label-states", "whatever")
        self.stock("product", "add", "ink", "--pigment", "carbon-black", "--label-states", "mixture")
        self.stock("product", "change", "deep-black", "--label-states", "nothing")
        states = {p["id"]: p.get("states") for p in self.stock("product", "list")["products"]}
        self.assertEqual((states["ink"], states["deep-black"], states["water"]), ("mixture", "nothing", None))
        listed = self.ok("stock", "product", "list")
        self.assertRegex(listed, r"\nink .* mixture\n")
        self.assertRegex(listed, r"\ndeep-black .* nothing\n")
        self.stock("product", "change", "ink", "--cost", "3")
        self.stock("product", "change", "deep-black", "--label-states", "Mixture for use in tattoos or permanent make-up")
        states = {p["id"]: p.get("states") for p in self.stock("product", "list")["products"]}
        self.assertEqual((states["ink"], states["deep-black"]), ("mixture", "mixture"))

    def test_below_a_price_break_a_products_own_cost_holds(self):
        self.stock("product", "add", "grey", "--pigment", "grey", "--pack", "15ml", "--cost", "30")
        self.stock("order", "terms", "grey", "--supplier", "Ink House", "--price", "6=25")
        for packs, cents in [(2, 3000), (6, 2500)]:
            self.stock("order", "propose", "Ink House", f"grey={packs}")
            order = self.stock("order", "list", "--open")["orders"][0]
            self.assertEqual(order["lines"][0]["cost_cents"], cents)
            self.stock("order", "cancel", order["id"])

    def test_labels_and_sheets_are_printed_offline(self):
        said = self.ok("stock", "label", "B1", "B2", "-o", "labels.html")
        self.assertEqual(said, "Written    labels.html, of 50 x 25 mm\n")
        page = (self.work / "labels.html").read_text(encoding="utf-8")
        self.assertIn("B1 deep-black", page)
        self.assertNotIn("http", page)
        self.ok("stock", "label", "B1", "--opened", "-o", "label.pdf")
        self.assertTrue((self.work / "label.pdf").read_bytes().startswith(b"%PDF-"))
        self.refused(2, "no-such", "B99", "stock", "label", "B99", "-o", "x.html")
        self.refused(2, "no-such", "P1", "stock", "label", "P1", "-o", "x.html")
        self.refused(2, "usage", ".pdf", "stock", "label", "B1", "-o", "x.docx")

    def test_products_tell_what_is_there_and_what_may_be_used(self):
        self.stock("quarantine", "A78", "--reason", "cloudy")
        listed = {p["id"]: p for p in self.stock("product", "list")["products"]}
        self.assertEqual(list(listed), ["deep-black", "needles-3rl", "water"])
        self.assertEqual((listed["deep-black"]["on_hand"], listed["deep-black"]["usable"]), (45000, 30000))
        self.assertEqual((listed["needles-3rl"]["unit"], listed["needles-3rl"]["pack"]), ("pc", 20))

    def test_products_without_a_label_told_take_one_line_each_with_their_supplier(self):
        self.stock("product", "change", "deep-black", "--supplier", "Ink & Co", "--cost", "28.50", "--pack", "15ml")
        lines = self.ok("stock", "product", "list").splitlines()
        self.assertEqual(len(lines), 4)
        self.assertTrue(lines[0].endswith("cost  supplier"), lines[0])
        self.assertTrue(lines[1].endswith("28.50  Ink & Co"), lines[1])
        self.stock("product", "change", "deep-black", "--label-states", "mixture")
        text = support.flat(self.ok("stock", "product", "list"))
        self.assertRegex(text, "cost label supplier .*28.50 mixture Ink & Co")

    def test_the_log_can_be_of_one_thing(self):
        self.assertEqual(len(self.stock("log", "--lot", "A77")["entries"]), 3)
        self.assertEqual(len(self.stock("log", "--bottle", "B1")["entries"]), 1)
        self.assertEqual(len(self.stock("log", "--product", "deep-black")["entries"]), 6)
        self.refused(2, "usage", "--bottle", "stock", "log", "--bottle", "B1", "--lot", "A77")
        self.refused(2, "no-such", "no lot", "stock", "log", "--lot", "nothing")

    def test_what_is_for_single_use_is_good_for_a_day(self):
        self.stock("product", "add", "ampoule", "--diluent", "--single-use")
        self.stock("receive", "ampoule", "--lot", "W9", "--qty", "5ml", "--expires", day(90), "--sterile", "--on", day(-9))
        self.stock("open", "B6", "--on", day(-1))
        self.assertEqual(self.bottles()["B6"]["effective_expiry"], day(-1))
        listed = {p["id"]: p for p in self.stock("product", "list")["products"]}
        self.assertEqual([listed[p]["single_use"] for p in ["ampoule", "water"]], [True, False])
        self.assertEqual((listed["ampoule"]["usable"], listed["ampoule"]["pao_months"]), (0, None))
        self.stock("product", "change", "ampoule", "--pao", "2m")
        self.assertEqual(self.bottles()["B6"]["status"], "ok")
        self.stock("product", "change", "ampoule", "--single-use")
        self.assertEqual(self.bottles()["B6"]["status"], "expired")
        self.refused(2, "usage", "contradict", "stock", "product", "change", "ampoule", "--single-use", "--pao", "2m")
        self.refused(2, "usage", "--single-use", "stock", "product", "add", "x", "--diluent", "--pao", "0")
        self.stock("verify")

    def said(self, *args):
        """The entries' lines, each with what of it stands below."""
        told = re.sub(r"\n {8}(?=\S)", " ", self.ok(*args))
        return [" ".join(line.split()) for line in told.splitlines()]

    def test_the_log_says_what_was_done_and_of_what(self):
        self.assertIn(f"13 {day(0)} order O1 proposed ann",
                      self.said("stock", "order", "propose", "Ink & Co", "deep-black=6", "--actor", "ann"))
        self.stock("order", "send", "O1", "--actor", "ann")
        self.stock("order", "receive", "O1", "deep-black", "--lot", "A77", "--qty", "15ml", "--expires", day(A77),
                   "--actor", "ann")
        self.stock("order", "cancel", "O1", "--actor", "ann")
        self.stock("recall", "W1", "--reason", "a letter", "--actor", "ann")
        undone = self.said("stock", "undo", "19", "--reason", "not ours", "--actor", "ann")
        self.assertEqual(undone[0], f"20 {day(0)} undo lot W1 not recalled ann: not ours (takes back 19)")
        self.stock("quarantine", "W1", "--reason", "cloudy", "--actor", "ann")
        self.ok("stock", "undo", "18", "--reason", "it comes", "--actor", "ann")
        told = self.said("stock", "log", "--since", day(0))
        for line in ["order O1 deep-black 6 ordered ann", "order O1 sent ann", "order O1 deep-black 1 came ann",
                     "order O1 cancelled ann", "recall lot W1 recalled ann: a letter",
                     "quarantine lot W1 set aside ann: cloudy", "undo O1 sent ann: it comes (takes back 18)"]:
            self.assertTrue(any(line in one for one in told), (line, told))

    def test_columns_stand_below_each_other_whatever_letters_names_have(self):
        self.stock("product", "add", "caps", "--consumable")
        for lot in ["Schw\u00e4rze", "Schwa\u0308rze 2", "\u9ed2", "\U0001f58b", "\U0001f600", "plain"]:
            self.stock("receive", "caps", "--lot", lot, "--qty", "3pc", "--expires", day(9))
        def columns(text):
            return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text if not unicodedata.combining(c))
        lines = [line for line in self.ok("stock", "list").splitlines() if " 3 pc" in line]
        self.assertEqual(len(lines), 6)
        self.assertEqual(len({columns(line[:line.index(" 3 pc")]) for line in lines}), 1, lines)
        log = [line for line in self.ok("stock", "log").splitlines() if " lot " in line or " receive " in line]
        self.assertEqual(len({columns(line[:line.rindex("  ")]) for line in log}), 1, log)
        self.assertIn("45 ml", self.ok("stock", "product", "list"))

    def test_a_copy_is_named_as_where_it_went(self):
        self.assertEqual(self.ok("stock", "backup", "copy.db"), "backup to copy.db\n")
        until = r"12 entries until \d{4}-\d\d-\d\d \d\d:\d\d, "
        self.assertRegex(self.ok("stock", "export", "shelf.csv"), f"^{until}export to shelf.csv\n$")
        self.assertRegex(self.ok("--store", "new.db", "stock", "import", "shelf.csv"),
                         f"^{until}import from shelf.csv\n$")

    def test_a_cut_export_is_told_of(self):
        self.stock("export", "shelf.csv")
        lines = (self.work / "shelf.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        self.assertRegex(lines[-1], "^# end of 12 entries: [0-9a-f]{64}\n$")
        self.file("cut.csv", "".join(lines[:8]))
        self.file("torn.csv", "".join(lines[:8] + lines[-1:]))
        self.file("sheet.csv", "".join(lines).replace("\n", "\r\n").rstrip() + ",,,,\r\n") # as saved by another program
        self.assertEqual(self.record("--store", "sheet.db", "stock", "import", "sheet.csv")["warnings"], [])
        self.file("anew.csv", "".join(lines).replace(",", ";"))
        self.refused(1, "format", "line 1: expected fields between commas, as they were exported, found semicolons",
                     "--store", "new.db", "stock", "import", "anew.csv")
        self.refused(1, "tampered", "not whole: it has 7 entries", "--store", "new.db", "stock", "import", "torn.csv")
        words = support.flat(self.ok("--store", "new.db", "stock", "import", "cut.csv"))
        self.assertIn("7 entries until", words)
        self.assertIn("no last line tells how many entries there are", words)
        record = self.record("--store", "newer.db", "stock", "import", "cut.csv")
        self.assertEqual((len(record["warnings"]), "until" in record), (1, True))

    @unittest.skipUnless(support.READS_INSTRUMENTS, "this build has no doctor")
    def test_a_doctor_tells_of_the_store(self):
        def store():
            record = support.parse(self.run_it("--json", "doctor").stdout.decode())
            return next(c for c in record["checks"] if c["name"] == "store")
        self.stock("receive", "deep-black", "--lot", "OLD", "--qty", "1ml", "--expires", day(-1))
        told = store()
        self.assertEqual(told["state"], "ok")
        self.assertIn("14 entries, head ", told["text"])
        self.assertIn(" verified; 6 bottles, 1 expired", told["text"])
        self.assertIn("expiring", told["fix"])
        with sqlite3.connect(self.store()) as db:
            db.execute("UPDATE bottle SET on_hand = 1 WHERE id = 1")
        db.close()
        told = store()
        self.assertEqual(told["state"], "wrong")
        self.assertIn("B1", told["text"])

    def test_a_back_dated_opening_keeps_both_dates(self):
        entry = self.stock("open", "B5", "--on", day(-20))["entries"][0]
        self.assertEqual((entry["on"], entry["time"]), (day(-20), day(-20) + "T12:00:00Z"))
        self.assertGreater(entry["recorded"], entry["time"])
        water = self.bottles()["B5"]
        self.assertEqual(water["opened_on"], day(-20))
        self.assertLess(water["effective_expiry"], water["expires"])
        self.refused(5, "conflict", "B1 came", "stock", "open", "B1", "--on", day(-31))
        self.refused(2, "usage", "to come", "stock", "open", "B1", "--on", day(2))
        self.refused(2, "usage", "--on", "stock", "open", "B1", "--on", "yesterday")

    def test_what_is_refused_ends_with_5_and_goes_with_a_reason(self):
        self.stock("receive", "water", "--lot", "TAP", "--qty", "10ml", "--expires", day(90))
        self.stock("quarantine", "W1", "--reason", "seal broken")
        self.refused(5, "quarantined", "B5", "stock", "use", "water", "15ml")
        self.refused(5, "not-sterile", "B6", "stock", "use", "water", "1ml", "--bottle", "B6")
        self.stock("release", "W1", "--reason", "another one")
        self.refused(5, "conflict", "lot W1 is not in quarantine", "stock", "release", "W1", "--reason", "again")
        self.stock("recall", "W1", "--reason", "a letter")
        self.refused(5, "recalled", "B5", "stock", "open", "B5")
        self.refused(5, "not-enough", "20.001 ml asked for", "stock", "use", "water", "20001ul")
        self.stock("receive", "deep-black", "--lot", "OLD", "--qty", "1ml", "--expires", day(-1))
        self.refused(5, "expired", day(-1), "stock", "use", "deep-black", "1ml", "--bottle", "B7", "--reason", "x")
        self.stock("use", "deep-black", "1ml", "--bottle", "B7", "--reason", "x", "--override", "a trial on paper")
        self.stock("undo", str(self.stock("log")["entries"][-1]["id"]), "--reason", "of another")
        self.stock("use", "deep-black", "1ml", "--bottle", "B7", "--override", "a trial on paper")
        log = self.stock("log")["entries"]
        self.assertEqual(log[-1]["reason"], "expired, but: a trial on paper")
        self.refused(2, "usage", "B1 comes before B3", "stock", "use", "deep-black", "1ml", "--bottle", "B3",
                     "--override", "no need of it")

    def test_another_bottle_than_the_next_needs_a_reason(self):
        self.refused(2, "usage", "B1 comes before B3", "stock", "use", "deep-black", "1ml", "--bottle", "B3")
        record = self.stock("use", "deep-black", "3drops", "--bottle", "B3", "--reason", "B1 is elsewhere")
        self.assertEqual(record["taken"], [{"bottle": "B3", "lot": "A78", "ul": 120}])

    def test_a_bottle_is_counted_by_weight(self):
        record = self.stock("count", "B3", "--weight", "23.41")
        self.assertEqual(record["now"][0]["on_hand_ul"], 11410)
        self.refused(2, "usage", "tare", "stock", "count", "B1", "--weight", "23.41")
        self.refused(2, "usage", "less than", "stock", "count", "B3", "--weight", "11.9g")
        self.refused(2, "usage", "either", "stock", "count", "B3", "1ml", "--weight", "23.41")

    def test_slips_at_receipt_and_at_counting_are_refused(self):
        came = ["stock", "receive", "deep-black", "--lot", "A80", "--qty", "15ml", "--expires", day(9)]
        for more in [["--tare", "0"], ["--drop-ml", "0"], ["--drop-ml", "0.009"], ["--drop-ml", "0.201"], ["--lot", " "]]:
            self.assertEqual(self.run_it(*came, *more).returncode, 2, more)
        self.refused(2, "usage", "expected a day, found \"2028-02\": a label of a month alone means its last day, "
                     "2028-02-29", *came[:-1], "2028-02")
        self.refused(2, "usage", "--expires: expected a date", *came[:-1], "2028-13")
        self.refused(2, "usage", "150 ml counted, more than the 15 ml that came: say how that can be (--reason)",
                     "stock", "count", "B1", "150ml")
        self.refused(2, "usage", "reason", "stock", "count", "B3", "--weight", "123.41")
        self.stock("use", "deep-black", "1ml")
        self.refused(5, "conflict", "entry", "stock", "count", "B1", "15ml", "--on", day(-9))

    def test_waste_asks_why(self):
        self.refused(2, "usage", "expected --reason: expired, spill", "stock", "waste", "B1", "1ml")
        self.refused(2, "usage", "spill", "stock", "waste", "B1", "1ml", "--reason", "it was late")
        self.stock("waste", "B1", "all", "--reason", "contaminated")
        self.assertEqual(self.bottles()["B1"]["status"], "empty")
        self.refused(5, "not-enough", "B1", "stock", "waste", "B1", "1ul", "--reason", "spill")

    def test_a_recall_lists_and_marks(self):
        before = len(self.stock("log")["entries"])
        record = self.stock("recall", "A77", "--list-only")
        self.assertEqual((record["lot"], record["bottles"], record["written"]), ("A77", ["B1", "B2"], False))
        self.assertEqual(len(self.stock("log")["entries"]), before)
        record = self.stock("recall", "A77")
        self.assertEqual([b["status"] for b in record["now"]], ["recalled", "recalled"])
        self.assertTrue(record["written"])
        self.assertFalse(self.stock("recall", "A77")["written"])
        self.refused(2, "no-such", "A7", "stock", "recall", "A7")

    def test_what_expires_is_listed_soonest_first(self):
        record = self.stock("expiring", "--within", f"{A77}d")
        self.assertEqual([b["id"] for b in record["bottles"]], ["B5", "B1", "B2"])
        self.assertEqual(record["within_days"], A77)
        self.assertEqual(self.stock("expiring", "--within", str(W1 - 1))["bottles"], [])

    def test_amounts_are_whole_microlitres_or_pieces(self):
        for text in ["1", "1.5ul", "0.0005ml", "1e3ul", "1 ml", "ml", "1pc", "0,5ml", "9999999ml", "1.2.3ml"]:
            self.refused(2, "usage", "amount", "stock", "waste", "B1", text, "--reason", "spill")
        self.refused(2, "usage", "3pc", "stock", "use", "needles-3rl", "3ml")
        record = self.stock("use", "needles-3rl", "3pc")
        self.assertEqual(record["taken"], [{"bottle": "B4", "lot": "INT-9", "pc": 3}])
        self.stock("waste", "B1", "0.001ml", "--reason", "spill")
        self.assertEqual(self.bottles()["B1"]["on_hand_ul"], 14999)

    def test_a_dry_run_writes_nothing(self):
        lines = ["product add grey --pigment carbon-black", f"receive water --lot W2 --qty 1ml --expires {day(9)}",
                 "open B1", "use deep-black 1ml", "waste B1 1ml --reason spill", "count B1 1ml", "move B1 here",
                 "quarantine A77 --reason x", "recall A77", "undo 12 --reason x"]
        log = self.stock("log")
        for line in lines:
            self.assertFalse(self.stock(*shlex.split(line), "--dry-run")["written"], line)
            self.assertEqual(self.stock("log"), log, line)
            self.ok("stock", *shlex.split(line), "--dry-run")

    def test_people_are_told_the_same(self):
        said = self.ok("stock", "use", "deep-black", "1.5ml", "--actor", "ann")
        self.assertRegex(said, r"13 .* open +B1 ")
        self.assertRegex(said, r"14 .* use +B1 +-1.5 ml  ann")
        self.assertRegex(said, r"B1 +deep-black A77 +13.5 ml ")
        self.assertRegex(self.ok("stock", "list"), r"B5 +water +W1 +10 ml +closed ")
        self.assertIn("14 entries, all as they were written", self.ok("stock", "verify"))
        self.assertIn("no bottles", self.ok("stock", "expiring", "--within", "1d"))


class Ledger(Shelf):
    def test_verify_names_what_was_changed(self):
        self.stock("use", "deep-black", "1ml")
        record = self.stock("verify")
        self.assertEqual((record["entries"], record["ok"]), (14, True))
        self.assertEqual(record["head"], self.stock("log")["entries"][-1]["hash"])
        with sqlite3.connect(self.store()) as db:
            db.execute("DROP TRIGGER entry_is_not_changed")
            db.execute("UPDATE entry SET amount = -10 WHERE id = 14")
        db.close()
        run = self.run_it("--json", "stock", "verify")
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["ok"], record["entries"]), (1, False, 13))
        self.assertEqual(record["error"]["code"], "tampered")
        self.assertIn("entry 14", record["error"]["text"])

    def test_the_chain_of_an_export_is_what_the_page_says(self):
        self.stock("move", "B1", 'the "blue" shelf, left; é')
        self.stock("export", "all.csv")
        before = "0" * 64
        with open(self.work / "all.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.assertEqual(rows.pop(), [f"# end of 13 entries: {rows[-1][-1]}"])
        self.assertEqual(len(rows), 14)
        for row in rows[1:]:
            text = b"".join(b"%d:%s," % (len(f.encode()), f.encode()) for f in [before, *row[:-1]])
            before = hashlib.sha256(text).hexdigest()
            self.assertEqual(row[-1], before, row[0])

    def test_an_export_restores_into_an_empty_store(self):
        self.stock("use", "deep-black", "1ml")
        self.assertEqual(self.stock("export", "all.csv")["entries"], 14)
        self.record("--store", "new.db", "stock", "import", "all.csv", "--dry-run")
        self.assertFalse((self.work / "new.db").exists())
        self.assertEqual(self.record("--store", "new.db", "stock", "import", "all.csv")["entries"], 14)
        for verb in ["list", "log", "verify"]:
            self.assertEqual(self.record("--store", "new.db", "stock", verb), self.stock(verb), verb)
        self.refused(5, "conflict", "not empty", "--store", "new.db", "stock", "import", "all.csv")

    def test_a_backup_is_a_store(self):
        self.stock("backup", "copy.db")
        self.assertEqual(self.record("--store", "copy.db", "stock", "list"), self.stock("list"))
        self.refused(2, "usage", "copy.db", "stock", "backup", "copy.db")

    def test_an_export_replaces_nothing(self):
        before = self.stock("log")
        self.refused(2, "usage", "of that name", "stock", "export", str(self.store()))
        self.refused(2, "usage", "own", "stock", "export", str(self.store()) + "-wal")
        self.assertEqual(self.stock("log"), before)

    def test_the_log_can_begin_at_a_day(self):
        self.assertEqual(len(self.stock("log", "--since", day(-1))["entries"]), 12)
        self.assertEqual(self.stock("log", "--since", day(3))["entries"], [])
        self.assertEqual(len(self.stock("log", "--since", day(-1) + "T00:00:00Z")["entries"]), 12)
        self.assertEqual(self.stock("log", "--since", day(0) + "T23:59:59Z")["entries"], [])
        for word in ["monday", day(0) + "T24:00:00Z", day(0) + "T10:00", day(0) + "T10:00:00+01:00"]:
            self.refused(2, "usage", "--since", "stock", "log", "--since", word)


class Stores(support.Case):
    ADD = ["stock", "product", "add", "black", "--pigment", "carbon-black"]

    def test_the_config_file_names_the_store_where_nobody_else_does(self):
        folder = self.folder / ".config" / "tonsure"
        folder.mkdir(parents=True)
        config, store = folder / "config.json", self.work / "clinic.db"

        def products(*args, **env):
            record = json.loads(self.ok("--json", *args, "stock", "product", "list", env=env))
            return [p["id"] for p in record["products"]]

        config.write_text(json.dumps({"store": str(store)}), encoding="utf-8")
        self.ok("stock", "product", "add", "black", "--pigment", "carbon-black")
        self.assertTrue(store.exists())
        self.assertFalse((self.folder / ".local").exists())
        self.ok("--store", "other.db", "stock", "product", "add", "grey", "--pigment", "carbon-black")
        self.assertEqual(products(), ["black"])
        self.assertEqual(products("--store", "other.db"), ["grey"])
        self.assertEqual(products(TONSURE_STORE="other.db"), ["grey"])
        config.write_text('{"palette": "kimera"}', encoding="utf-8")
        self.refused(1, "not-found", ".local/share/tonsure/stock.db", "stock", "product", "list")
        for text, code, status, words in [('{"store": "clinic.db"}', "usage", 2, 'expected a path from / on'),
                                          ('{"store": 3}', "format", 1, "config.json"),
                                          ("{", "format", 1, "config.json")]:
            config.write_text(text, encoding="utf-8")
            self.refused(status, code, words, "stock", "product", "list")
            self.assertEqual(products("--store", "other.db"), ["grey"])

    def test_the_option_goes_before_the_environment_and_that_before_the_users_own(self):
        env = {"TONSURE_STORE": "by-env.db", "XDG_DATA_HOME": str(self.work / "data")}
        self.record(*self.ADD, "--store", "by-option.db", env=env)
        self.assertEqual(sorted(os.listdir(self.work)), ["by-option.db"])
        self.record(*self.ADD, env=env)
        self.assertEqual(sorted(os.listdir(self.work)), ["by-env.db", "by-option.db"])
        self.record(*self.ADD, env={**env, "TONSURE_STORE": ""})
        self.assertTrue((self.work / "data" / "tonsure" / "stock.db").exists())

    def test_what_is_not_there_is_said(self):
        self.refused(1, "not-found", "no store yet", "stock", "list")
        self.refused(1, "not-found", "no store yet", "stock", "use", "black", "1ml")
        self.refused(1, "not-found", "folder", "--store", "none/a.db", *self.ADD)
        self.refused(1, "format", "note.txt", "--store", self.file("note.txt", "a note\n"), *self.ADD)
        self.refused(2, "usage", "postgres", "--store", "postgres://here/stock", *self.ADD)
        self.refused(1, "not-found", "none.csv", "--store", self.file("empty.db", ""), "stock", "import", "none.csv",
                     "--dry-run")

    def test_an_import_that_fails_makes_no_store(self):
        self.refused(1, "not-found", "none.csv", "--store", "new.db", "stock", "import", "none.csv")
        self.refused(1, "format", "column", "--store", "new.db", "stock", "import", self.file("bad.csv", "a,b\n1,2\n"))
        self.assertFalse((self.work / "new.db").exists())

    def test_an_entry_has_an_actor(self):
        entry = self.record(*self.ADD, env={"USER": ""})["entries"][0]
        self.assertEqual(entry["actor"], pwd.getpwuid(os.getuid()).pw_name)
        self.refused(2, "usage", "--actor", *self.ADD, "--actor", " ")

    def test_a_product_is_one_kind_of_thing_with_reasonable_figures(self):
        for more in [[], ["--pigment", "x", "--diluent"], ["--diluent", "--pao", "a year"], ["--diluent", "--cost", "1.234"],
                     ["--diluent", "--lead", "9 weeks"], ["--diluent", "--pack", "15"], ["--diluent", "--density", "50"], ["--diluent", "--pao", "0m"],
                     ["--diluent", "--pao", "121m"], ["--diluent", "--supplier", " "], ["--pigment", " "]]:
            run = self.run_it("stock", "product", "add", "black", *more)
            self.assertEqual(run.returncode, 2, more)
        self.refused(2, "usage", "an id", "stock", "product", "add", "a b", "--diluent", "--dry-run")
        self.record(*self.ADD)
        self.refused(5, "conflict", "already", *self.ADD)


class Examples(Shelf):
    def test_every_example_of_the_help_runs(self):
        self.stock("backup", "backup.db")
        self.stock("export", "shelf.csv", "--cards", "cards.csv")
        for verb in VERBS:
            lines = self.examples(verb)
            self.assertEqual(len(lines), 3, verb)
            for line in lines:
                with self.subTest(line):
                    self.run_example(verb, line)

    def examples(self, verb):
        text = self.ok("stock", *verb.split(), "--help").split("\nExamples\n", 1)[1]
        return [line.strip() for line in text.replace("\\\n", " ").splitlines()]

    def test_the_examples_can_be_typed_one_after_the_other(self):
        env = {"TONSURE_STORE": str(self.work / "typed.db")}
        for verb in ["product add", "receive", "open", "use", "waste", "count", "move"]:
            for line in self.examples(verb):
                self.ok(*shlex.split(moved(line))[1:], env=env)

    def test_the_shelfs_lines_of_the_readme_can_be_typed_one_after_the_other(self):
        text = (support.ROOT / "README.md").read_text(encoding="utf-8")
        text = text.split("**Keep the shelf:**", 1)[1].split("**For programs**", 1)[0]
        lines = [line.strip() for line in text.splitlines() if line.startswith("    tonsure ")]
        self.assertGreater(len(lines), 5)
        for line in lines:
            self.ok(*shlex.split(moved(line))[1:], env={"TONSURE_STORE": str(self.work / "readme.db")})

    def run_example(self, verb, line):
        folder = self.folder / "example"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in ["backup.db"] + (["shelf.csv", "cards.csv"] if verb == "import" else []):
            shutil.copy(self.work / name, folder)
        if verb not in ("product", "product add", "import"):
            shutil.copy(self.work / "backup.db", folder / "own.db")
        env = {"TONSURE_STORE": str(folder / "own.db")}
        if verb == "release":
            self.ok("stock", "quarantine", "A77", "--reason", "x", env=env)
        if verb.startswith("order ") and verb != "order propose":
            self.ok("stock", "order", "propose", "Ink & Co", "needles-3rl=1", env=env)
            self.ok("stock", "order", "propose", "Ink & Co", "deep-black=4", env=env)
            self.ok("stock", "order", "send", "O2", "--on", day(-1), env=env)
        words = shlex.split(moved(line))
        work, self.work = self.work, folder
        run = self.run_it(*words[1:], env=env)
        self.work = work
        self.assertEqual((run.returncode, run.stderr.decode()), (0, ""), line)
        if "--json" in words:
            support.parse(run.stdout.decode())


if __name__ == "__main__":
    support.main()
