# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that has everything, written out as tables and made anew of them: nothing tells the two apart."""
import csv
import json
import shlex

import stock
import support
from stock import day


class Whole(stock.Shelf):
    WORKS = f"""
        stock product add warm-red --pigment red-iron-oxide --pack 15ml --cost 31 --supplier "Ink; House" --lead 9d
            --gtin 4006381333931 --ingredient "iron oxide, red:1309-37-1" --color-index "CI 77491"
        stock receive warm-red --lot "R, 1" --expires {day(200)} --place "the fridge" --tare 9.5g
        stock product change deep-black --cost 28.50 --pack 15ml
        stock order terms warm-red --least 2 --lead 9d --spread 3d --price 1=31 --price 6=27.5
        stock order propose "Ink; House" warm-red=2 --reason "two weeks, \\"of work\\""
        stock order send O1 --expected {day(9)}
        stock order receive O1 warm-red --lot R2 --expires {day(300)}
        client add --name "J. \\"Jay\\" Roe, Ä" --allergy nickel --allergy "CI 21095"
        client add
        client add --name "To Be Forgotten" --allergy latex
        visit book C1 --on {day(-50)} --kind s1 --area 120 --recipe carbon-black=3,diluent=42 --ml 3
        visit book C1 --on {day(0)} --kind s2 --recipe carbon-black=1,red-iron-oxide=1,diluent=8
        visit book C2 --on {day(30)} --kind touch-up
        visit book C3 --on {day(0)} --kind s1
        visit open V1 --on {day(-50)}
        pot mix --visit V2 --ml 2
        pot close P1 0.3ml
        pot mix --visit V2 --ml 1
        stock undo 9999
        visit read V1 there.json --site crown --photo scalp.jpg
        visit read V1 there.json --site "donor, left" --days 42
        visit read V2 there.json --site crown
        visit open V4
        visit read V4 there.json --site crown
        client erase C3 --yes
        stock waste B1 0.5ml --reason spill
        stock count B2 14ml
        stock move B2 "room 2"
        stock use needles-3rl 3pc
        stock quarantine A78 --reason "cloudy, \\"milky\\""
        stock recall A77 --reason "the maker's letter"
    """
    READS = ["stock list --all", "stock product list", "stock log", "stock verify", "stock order list",
             "stock order terms", "stock recall A77 --list-only", "stock expiring --within 400d", "client list --all",
             "client show C1", "client show C2", "client show C3", "visit list --all", "pot list --all", "pot show P1",
             "plan --until 8w", "report month", "stock scan 4006381333931"]

    filled = None  # the store's bytes, once one test has filled it

    def fill(self):
        if Whole.filled is None:
            self.do_all()
            Whole.filled = self.store().read_bytes()
        for file in self.store().parent.glob("stock.db*"):
            file.unlink()
        self.store().write_bytes(Whole.filled)

    def do_all(self):
        self.file("scalp.jpg", "any bytes")
        self.ok("convert", "lab:58,8,15", "--spectrum", "-o", "there.json")
        for line in " ".join(self.WORKS.split("\n            ")).strip().splitlines():
            words = shlex.split(line)
            if words[:2] == ["stock", "undo"]:
                words[2] = str(self.record("stock", "log")["entries"][-1]["id"])
                words += ["--reason", "the wrong bowl"]
            self.ok(*words)

    def told(self, store=None):
        """Each read's record, but for what tells the stores apart."""
        env = {"TONSURE_STORE": str(self.work / store)} if store else None
        return {line: self.record(*shlex.split(line), env=env) for line in self.READS}

    def paper(self, store=None):
        env = {"TONSURE_STORE": str(self.work / store)} if store else None
        self.ok("passport", "V2", "-o", "passport.html", "--name", env=env)
        return (self.work / "passport.html").read_text(encoding="utf-8")

    def test_a_store_is_made_anew_of_its_tables(self):
        self.fill()
        copied = self.record("stock", "export", "shelf.csv", "--cards", "cards.csv")
        self.assertEqual(copied["cards"], {"path": "cards.csv", "cards": 2, "readings": 3})
        self.assertEqual((self.work / "cards.csv").stat().st_mode & 0o777, 0o600)
        line = ["--store", "new.db", "stock", "import", "shelf.csv", "--cards", "cards.csv"]
        self.assertFalse(self.record(*line, "--dry-run")["written"])
        self.assertFalse((self.work / "new.db").exists())
        self.assertEqual(self.record(*line)["cards"], copied["cards"])
        before, after = self.told(), self.told("new.db")
        for line in self.READS:
            self.assertEqual(after[line], before[line], line)
        self.assertEqual(before["client show C1"]["client"]["allergies"], ["nickel", "CI 21095"])
        self.assertEqual(self.paper("new.db"), self.paper())
        for file in ["shelf.csv", "cards.csv"]:
            self.ok("--store", "new.db", "stock", "export", "again-" + file, "--cards", "more-" + file)
        self.assertEqual((self.work / "again-shelf.csv").read_bytes(), (self.work / "shelf.csv").read_bytes())
        self.assertEqual((self.work / "more-cards.csv").read_bytes(), (self.work / "cards.csv").read_bytes())
        # And it goes on: the same pot is refused and mixed by both.
        pot = shlex.split("pot mix --visit V2 --ml 1 --recipe red-iron-oxide=1,diluent=8")
        env = {"TONSURE_STORE": str(self.work / "new.db")}
        self.assertEqual(self.record(*pot)["pot"]["id"], self.record(*pot, env=env)["pot"]["id"])

    def test_cards_come_later_too(self):
        self.fill()
        copied = self.record("stock", "export", "shelf.csv", "--cards", "cards.csv")
        later = ["--store", "new.db", "stock", "import", "--cards", "cards.csv"]
        self.refused(1, "not-found", "new.db", *later)
        self.record("--store", "new.db", "stock", "import", "shelf.csv")
        self.assertFalse(self.record(*later, "--dry-run")["written"])
        self.assertIn("2 cards, 3 readings", self.ok(*later, "--dry-run"))
        record = self.record(*later)
        self.assertEqual((record["cards"], record["entries"]), (copied["cards"], copied["entries"]))
        before, after = self.told(), self.told("new.db")
        for line in self.READS:
            self.assertEqual(after[line], before[line], line)
        self.record("--store", "new.db", "stock", "verify")
        again = self.record(*later)
        self.assertEqual((again["cards"]["cards"], again["cards"]["readings"]), (0, 0))
        self.assertIn("2 cards are here already: passed over", again["warnings"])
        self.assertEqual(self.told("new.db")["client show C1"], before["client show C1"])
        self.record("--store", "other.db", "stock", "product", "add", "ochre", "--pigment", "yellow-iron-oxide")
        self.refused(1, "format", "line 2: client: expected a client of the ledger", "--store", "other.db", "stock",
                     "import", "--cards", "cards.csv")
        self.refused(2, "usage", "expected FILE.csv, --cards FILE.csv or both", "stock", "import")

    def test_no_allergy_is_lost_by_a_card_that_was_left_behind(self):
        self.fill()
        self.ok("stock", "export", "shelf.csv", "--cards", "cards.csv")
        new = ["--store", "new.db"]
        self.ok(*new, "stock", "import", "shelf.csv")
        self.refused(5, "allergen", "stock import --cards brings", *new, "pot", "mix", "--visit", "V2", "--ml", "1")
        for words in [["--allergy", "latex"], ["--name", "J. Roe"], ["--no-allergy", "nickel"]]:
            self.refused(5, "conflict", "C1 has a card that is not in this store", *new, "client", "change", "C1",
                         *words)
        self.ok(*new, "client", "change", "C1", "--no-allergies", "--allergy", "latex", "--allergy", "CI 21095")
        copied = self.record(*new, "stock", "import", "--cards", "cards.csv")
        self.assertEqual((copied["cards"]["cards"], copied["cards"]["readings"]), (1, 3))
        self.assertIn('C1 has a newer card here, which stays: 1 of the other\'s allergies is not on it: "nickel"',
                      " ".join(copied["warnings"]))
        of = self.record(*new, "client", "show", "C1")["client"]
        self.assertEqual(of["allergies"], ["latex", "CI 21095"])
        self.assertEqual(len(self.record("--store", "new.db", "client", "show", "C1")["readings"]), 3)
        self.ok(*new, "client", "change", "C1", "--allergy", "nickel")
        self.ok(*new, "client", "change", "C2", "--allergy", "ppd")
        self.record(*new, "stock", "verify")

    def test_the_ledgers_table_has_nobody_in_it(self):
        self.fill()
        self.assertIn("are not in it: --cards FILE", support.flat(self.ok("stock", "export", "shelf.csv")))
        ledger = (self.work / "shelf.csv").read_text(encoding="utf-8")
        for words in ["Roe", "nickel", "21095", "crown", "latex", "Forgotten", "reading"]:
            self.assertNotIn(words, ledger)
        self.record("--store", "other.db", "stock", "import", "shelf.csv")
        self.assertFalse(self.record("--store", "other.db", "client", "show", "C1")["client"].get("allergies"))
        self.ok("stock", "export", "again.csv", "--cards", "cards.csv")
        cards = (self.work / "cards.csv").read_text(encoding="utf-8")
        for words in ["latex", "Forgotten"]:
            self.assertNotIn(words, cards)

    def test_tables_that_do_not_belong_together_are_refused_with_their_line(self):
        self.fill()
        self.ok("stock", "export", "shelf.csv", "--cards", "cards.csv")
        with open(self.work / "cards.csv", encoding="utf-8", newline="") as rows:
            header, *rows = list(csv.reader(rows))
        self.assertEqual([row[1] for row in rows], ["card", "allergy", "allergy"] + ["reading"] * 3 + ["card"])
        self.assertEqual(json.loads(rows[3][9])["schema"], "tonsure/reading/1")
        for row, column, value, words in [
                (0, 0, "9", "line 2: client: expected a client of the ledger, found \"9\""),
                (0, 0, "3", "line 2: client: expected one who was not erased"),
                (6, 0, "1", ": what: expected one card a client"),
                (0, 0, "2", "line 3: client: expected each client in one place, by their numbers"),
                (0, 1, "cards", "line 2: what: expected card, allergy or reading"),
                (0, 1, "allergy", "line 2: what: expected the client's card first"),
                (3, 2, "3", "line 5: visit: expected a visit of this client"),
                (3, 4, "-1", "line 5: days: expected a whole number"),
                (3, 6, "00", "line 5: photo: expected 64 hexadecimal digits"),
                (3, 9, "{", "line 5: text: expected a record of tonsure/reading/1")]:
            broken = [list(r) for r in rows]
            broken[row][column] = value
            with open(self.work / "broken.csv", "w", encoding="utf-8", newline="") as to:
                csv.writer(to).writerows([header] + broken)
            with self.subTest(words):
                self.refused(1, "format", words, "--store", "new.db", "stock", "import", "shelf.csv", "--cards",
                             "broken.csv")
        for row, column, value in [(1, 9, "latex"), (0, 9, "Somebody Else"), (0, 8, "00" * 32), (0, 8, "")]:
            broken = [list(r) for r in rows]
            broken[row][column] = value
            with open(self.work / "broken.csv", "w", encoding="utf-8", newline="") as to:
                csv.writer(to).writerows([header] + broken)
            self.refused(1, "tampered", "C1: its card was changed", "--store", "new.db", "stock", "import",
                         "shelf.csv", "--cards", "broken.csv")
        self.refused(1, "format", "clients' cards", "--store", "new.db", "stock", "import", "shelf.csv", "--cards",
                     "shelf.csv")
        self.refused(2, "usage", "a file of that name", "stock", "export", "cards.csv")
        self.refused(2, "usage", "a file of that name", "stock", "export", "x.csv", "--cards", "cards.csv")


if __name__ == "__main__":
    support.main()
