# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of a month: every figure by hand from what was booked, and from nothing else."""
import collections
import csv
import datetime
import json
import math
import shlex

import stock
import support
import terminal

FIRST = datetime.date.fromisoformat(stock.day(0)).replace(day=1)
LAST = FIRST - datetime.timedelta(days=1)  # the last month, which is over
START = LAST.replace(day=1)
BEFORE = START - datetime.timedelta(days=1)
NAME = START.isoformat()[:7]


class Month(terminal.OnTerminal):
    filled = None  # the store's bytes, once one test has filled it

    def setUp(self):
        super().setUp()
        self.environment.update(TZ="UTC0", TONSURE_STORE=str(self.folder / "stock.db"))

    def begin(self):
        for line in ["stock product add black --pigment carbon-black --pack 10ml --cost 20 --supplier Ink",
                     "stock product add water --diluent --pack 10ml --cost 1",
                     "stock product add gloves --consumable --pack 100pc --cost 9",
                     "stock product add cups --consumable"]:
            self.do(line)

    def do(self, line, on=None):
        days = ["--on", on.isoformat()] if on else []
        return self.record(*shlex.split(line), *days)

    def month(self, *args):
        return self.record("report", "month", "--month", NAME, *args)

    def undo(self, record):
        self.record("stock", "undo", str(record["entries"][-1]["id"]), "--reason", "a slip")

    def fill(self):
        """Deliveries, a use, wastes, a count and three visits round the month; made once."""
        store = self.folder / "stock.db"
        if Month.filled:
            store.write_bytes(Month.filled)
            return
        self.begin()
        self.book_all()
        Month.filled = store.read_bytes()

    def book_all(self):
        for line in [f"receive black --lot A --bottles 2 --expires {stock.day(400)}",
                     f"receive water --lot W --bottles 2 --sterile --expires {stock.day(400)}",
                     "receive gloves --lot G", "receive cups --lot N --qty 5pc"]:
            self.do("stock " + line, START)
        self.do(f"stock receive black --lot OLD --expires {stock.day(400)}", BEFORE)
        self.do("stock waste B7 1ml --reason spill", BEFORE)
        self.do("stock waste B7 2ml --reason expired", LAST)
        self.undo(self.do("stock waste B7 3ml --reason contaminated", LAST))
        self.undo(self.do(f"stock receive black --lot WRONG --expires {stock.day(400)}", LAST))
        self.do("stock use gloves 10pc", LAST)
        self.do("stock count B6 4pc", LAST)
        self.do("stock waste B1 0.5ml --reason spill", FIRST)
        self.record("client", "add")
        for day in [START, LAST, FIRST]:
            self.do("visit book C1 --kind s1", day)

    def test_an_empty_month_is_all_zeros_and_says_so(self):
        self.begin()
        record = self.month()
        self.assertEqual((record["from"], record["to"]), (START.isoformat(), LAST.isoformat()))
        self.assertEqual((record["products"], record["shades"], record["visits"]), ([], [], []))
        self.assertEqual((record["spent_cents"], record["waste_percent"], record["pot_cents_a_visit"]), (0, None, None))
        self.assertIn("no pots", self.ok("report", "month", "--month", NAME))

    def test_what_came_went_and_was_lost_is_counted_once_in_its_month(self):
        self.fill()
        record = self.month()
        told = {p["product"]: p for p in record["products"]}
        self.assertEqual(list(told), ["black", "cups", "gloves", "water"])
        # Two bottles of 20.00 came; 2 ml of 10 for 20.00 were thrown away, and nothing was used.
        black = told["black"]
        self.assertEqual((black["received"], black["used"], black["wasted"], black["spent_cents"],
                          black["wasted_cents"]), (20000, 0, 2000, 4000, 400))
        self.assertEqual(black["waste"], [{"reason": "expired", "amount": 2000, "percent": 100}])
        # Ten gloves of a hundred for 9.00; a cup was missing; cups have no cost.
        self.assertEqual((told["gloves"]["used"], told["gloves"]["used_cents"], told["gloves"]["unit"]), (10, 90, "pc"))
        self.assertEqual((told["cups"]["counted"], told["cups"]["unpriced"], black["unpriced"]), (-1, True, False))
        self.assertEqual((record["spent_cents"], record["used_cents"], record["wasted_cents"]), (5100, 90, 400))
        self.assertAlmostEqual(record["waste_percent"], 100 * 400 / 490, places=6)
        before = self.record("report", "month", "--month", BEFORE.isoformat()[:7])
        self.assertEqual((before["spent_cents"], before["wasted_cents"]), (2000, 200))
        self.assertEqual(self.record("report", "month")["wasted_cents"], 100)

    def test_a_pot_is_used_but_for_what_was_left_and_is_of_its_visit(self):
        self.fill()
        mix = "pot mix --visit V{} --recipe carbon-black=1,diluent=4 --ml {}"
        self.do(mix.format(1, 2), START)
        self.do("pot close P1 0.5ml", START)
        self.undo(self.do(mix.format(1, 2), START))
        self.do(mix.format(2, 1), LAST)
        self.do(mix.format(3, 1), FIRST)
        record = self.month()
        told = {p["product"]: p for p in record["products"]}
        # P1: 0.4 black of 2.00 a ml, 1.6 water of 0.10 a ml, a quarter of both left; P3: half as much, none left.
        self.assertEqual((told["black"]["used"], told["water"]["used"]), (500, 2000))
        self.assertEqual([(w["reason"], w["amount"]) for w in told["water"]["waste"]], [("pot", 400)])
        self.assertAlmostEqual(told["water"]["waste"][0]["percent"], 400 / 24, places=9)
        self.assertEqual([(w["reason"], w["amount"]) for w in told["black"]["waste"]], [("expired", 2000), ("pot", 100)])
        self.assertEqual((told["black"]["used_cents"], told["black"]["wasted_cents"]), (100, 420))
        self.assertEqual((told["water"]["used_cents"], told["water"]["wasted_cents"]), (20, 4))
        self.assertEqual([(s["pots"], s["ul"], s["left_ul"], s["cost_cents"]) for s in record["shades"]],
                         [(2, 3000, 500, 144)])
        self.assertEqual([(v["visit"], v["pots"], v["cost_cents"]) for v in record["visits"]],
                         [("V1", 1, 96), ("V2", 1, 48)])
        self.assertEqual((record["pots"], record["pot_cents"], record["pot_cents_a_visit"]), (2, 144, 72))
        # Used 100 + 20 + 90 for gloves, wasted 424; by two visits.
        self.assertEqual(record["all_cents_a_visit"], 317)

    def test_pots_cost_whole_cents_so_that_a_month_and_its_visits_reports_agree(self):
        self.fill()
        for _ in range(3):  # 1.44 cents each
            self.do("pot mix --visit V1 --recipe carbon-black=1,diluent=4 --ml 0.03", START)
        record, visit = self.month(), self.record("report", "visit", "V1")
        self.assertEqual(visit["together"]["cost"], 0.03)
        self.assertEqual([v["cost_cents"] for v in record["visits"]], [3])
        self.assertEqual([s["cost_cents"] for s in record["shades"]], [3])
        self.assertEqual(record["pot_cents"], 3)

    def test_pots_of_one_shade_are_one_whatever_their_recipes_call_its_parts(self):
        self.fill()
        for recipe in ["carbon-black=1,diluent=4", "black=1,water=4", "diluent=8,black=2", "carbon-black=0.12,diluent=0.48",
                       "carbon-black=1,sterile-water=4", "carbon-black=1,diluent=4.1"]:
            self.do(f"pot mix --visit V1 --recipe {recipe} --ml 1", START)
        shades = [(s["recipe"], s["pots"]) for s in self.month()["shades"]]
        self.assertEqual(shades, [("carbon-black=1,diluent=4", 5), ("carbon-black=1,diluent=4.1", 1)])
        self.do("stock product change black --pigment black-iron-oxide")
        shades = [(s["recipe"], s["pots"]) for s in self.month()["shades"]]
        self.assertIn(("carbon-black=1,diluent=4", 3), shades)
        self.assertIn(("black-iron-oxide=1,diluent=4", 2), shades)

    def test_what_came_on_an_order_costs_what_the_order_says(self):
        self.begin()
        self.do("stock order terms black --price 1=20 --price 3=15")
        self.do("stock order propose Ink black=3", START)
        self.do("stock order send O1", START)
        self.do(f"stock order receive O1 black --lot A --bottles 2 --expires {stock.day(400)}", LAST)
        self.assertEqual(self.month()["spent_cents"], 3000)

    def test_the_sums_are_those_of_an_export_of_the_ledger(self):
        self.fill()
        self.do("stock order propose Ink black=3 --override enough", START)
        self.do("stock order send O1", START)
        self.do(f"stock order receive O1 black --lot C --bottles 2 --expires {stock.day(400)}", LAST)
        self.do("stock use black 2.5ml", LAST)
        self.do("stock count B2 9ml", LAST)
        for visit, ml, day in [(1, 2, START), (2, 1.7, LAST), (2, 0.9, LAST), (3, 1, FIRST)]:
            self.do(f"pot mix --visit V{visit} --recipe carbon-black=1,diluent=4 --ml {ml}", day)
        self.do("pot close P1 0.37ml", FIRST)
        self.do("pot close P2 0.11ml", LAST)
        self.record("stock", "export", "ledger.csv")
        month, sums = self.month(), self.add_up("ledger.csv")
        for p in month["products"]:
            expected = sums.pop(p["product"])
            self.assertEqual({key: p[key] for key in expected}, expected, p["product"])
        self.assertEqual(sums, {})
        for key in ["spent_cents", "used_cents", "wasted_cents"]:
            self.assertEqual(month[key], sum(p[key] for p in month["products"]))

    def add_up(self, file):
        """What the rows of the month come to, by nothing but the rows."""
        with open(self.work / file, encoding="utf-8", newline="") as rows:
            entries = [e for e in csv.DictReader(rows) if not e["entry"].startswith("#")]
        sets = {e["entry"]: json.loads(e["sets"] or "{}") for e in entries}
        back = {e["undoes"] for e in entries}
        product = {e["product"]: sets[e["entry"]] for e in entries if e["kind"] == "product"}
        lot = {e["lot"]: sets[e["entry"]]["product"] for e in entries if e["kind"] == "lot"}
        of = {e["bottle"]: lot[str(sets[e["entry"]]["lot"])] for e in entries if e["kind"] == "receive"}
        left = {sets[e["entry"]]["pot"]: sets[e["entry"]]["left_ul"] for e in entries if e["kind"] == "pot"}
        whole = collections.Counter()
        for e in entries:
            if e["kind"] == "use" and "pot" in sets[e["entry"]]:
                whole[sets[e["entry"]]["pot"]] -= int(e["amount"])
        sums = collections.defaultdict(lambda: dict.fromkeys(
            ["received", "used", "wasted", "counted", "spent_cents", "used_cents", "wasted_cents"], 0))
        for e in entries:
            facts, amount, p = sets[e["entry"]], int(e["amount"]), of.get(e["bottle"])
            if not START.isoformat() <= e["day"] <= LAST.isoformat() or e["entry"] in back or not p:
                continue
            pack = product[p].get("pack") or 1
            cents = abs(amount) * product[p]["cost_cents"] / pack
            if e["kind"] == "receive":
                sums[p]["received"] += amount
                sums[p]["spent_cents"] += cents
            elif e["kind"] == "use":
                share = left[facts["pot"]] / whole[facts["pot"]] if "pot" in facts else 0
                cents = facts["cost"] / 1000 if "pot" in facts else cents
                sums[p]["used"] += -amount * (1 - share)
                sums[p]["wasted"] += -amount * share
                sums[p]["used_cents"] += cents * (1 - share)
                sums[p]["wasted_cents"] += cents * share
            elif e["kind"] == "waste":
                sums[p]["wasted"] -= amount
                sums[p]["wasted_cents"] += cents
            elif e["kind"] == "count":
                sums[p]["counted"] += amount
        return {p: {key: math.floor(value + 0.5) for key, value in row.items()}
                for p, row in sums.items() if any(row.values())}

    def test_people_read_it_in_eighty_columns_or_as_a_page(self):
        self.fill()
        self.do("stock product add a-product-of-a-very-long-name-indeed --diluent --pack 5ml --cost 1234.56")
        self.do(f"stock receive a-product-of-a-very-long-name-indeed --lot X --sterile --bottles 90 "
                f"--expires {stock.day(400)}", LAST)
        self.do("pot mix --visit V1 --recipe carbon-black=1,diluent=4 --ml 2", START)
        text = self.ok("report", "month", "--month", NAME)
        self.assertIn("carbon-black=1,diluent=4", text)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)
        self.ok("report", "month", "--month", NAME, "-o", "month.html", "--clinic", "Room <1>")
        page = (self.work / "month.html").read_text(encoding="utf-8")
        for words in ["Room &lt;1&gt;", "Month " + NAME, "carbon-black=1,diluent=4", "black: expired", "cost or no pack"]:
            self.assertIn(words, page)
        self.assertNotIn("http", page)

    def test_what_is_no_month_is_refused(self):
        self.begin()
        for word in ["2026-13", "2026-11-01", "november", "2026-1", ""]:
            self.refused(2, "usage", "such as 2026-11", "report", "month", "--month", word)
        self.refused(2, "usage", ".pdf", "report", "month", "-o", "month.txt")

    def test_figures_of_shelf_month_and_plan_fit_a_narrow_terminal(self):
        """Tables that do not fit become lines; at 80 columns they are tables, as in a file."""
        self.fill()
        self.do("stock product add a-name-that-is-longer-than-its-column --pigment yellow-iron-oxide --pack 5ml "
                "--supplier Tintenhaus")
        self.do(f"visit book C1 --kind s1 --area 120 --recipe carbon-black=1,diluent=40 --on {stock.day(9)}")
        for line in ["report month --month " + NAME, "plan --until 12w", "stock product list"]:
            for columns in [40, 60]:
                shown = self.on_terminal(*line.split(), columns=columns).splitlines()
                self.assertLessEqual(max(map(len, shown)), columns, (line, columns))
            self.assertEqual(self.on_terminal(*line.split(), columns=80).replace("\r", ""), self.ok(*line.split()))
        narrow = support.flat(self.on_terminal("report", "month", "--month", NAME, columns=50))
        self.assertIn("black 20 ml received, 0 ml used, 2 ml wasted (100.0 %); spent 40.00 expired: 2 ml, 100.0 %", narrow)
        narrow = support.flat(self.on_terminal("stock", "product", "list", columns=50))
        self.assertIn("gloves consumable: 90 pc on hand, 90 pc usable; pack 100 pc, cost 9.00", narrow)


if __name__ == "__main__":
    support.main()
