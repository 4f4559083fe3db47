# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages for people: of a match, as it is made and of the record that was kept."""
import datetime
import hashlib
import json

import support

MATCH = ["match", "--target", "target.json", "--surface", "film:skin.json,1", "--max-pigments", "2", "--top", "4",
         "--threads", "1"]
WHEN = {"SOURCE_DATE_EPOCH": "1795000000"}


class Match(support.Case):
    def setUp(self):
        super().setUp()
        self.environment.update(WHEN)
        self.ok("convert", "lab:62,9,16", "--spectrum", "--kind", "skin", "--to", "D65/10", "-o", "skin.json")
        self.ok("convert", "lab:46,7,11", "-o", "target.json")

    def page(self, name="page.html"):
        text = (self.work / name).read_text(encoding="utf-8")
        support.Page().check(self, text)
        return text

    def test_the_page_of_a_run_is_the_page_of_its_record(self):
        self.ok(*MATCH, "--report", "page.html", "-o", "match.json")
        said = self.ok("report", "match", "match.json", "-o", "kept.html")
        self.assertEqual(said, "Written    kept.html\n")
        self.assertEqual(self.page(), self.page("kept.html"))
        self.assertIn("page made 2026-11-18, 11:06 UTC", self.page())

    def test_the_page_goes_with_the_record_and_changes_nothing_of_it(self):
        record = self.record(*MATCH, "--report", "page.html")
        plain = self.record(*MATCH)
        for one in (record, plain):
            del one["search"]["seconds"]
        self.assertEqual(record, plain)
        for recipe in record["recipes"][:1]:
            for part in recipe["parts"]:
                self.assertIn(part["pigment"], self.page())

    def test_a_record_may_be_piped_in_and_comes_back(self):
        text = self.ok("--json", *MATCH)
        record = self.record("report", "match", "-", "-o", "page.html", stdin=text)
        self.assertEqual(record, json.loads(text))
        self.assertIn("What to mix", self.page())
        self.assertEqual(self.ok("--quiet", "report", "match", "-", "-o", "again.html", stdin=text), "")
        self.assertEqual(self.page(), self.page("again.html"))

    def test_the_digest_is_that_of_the_readings_own_file(self):
        if not support.KEEPS_A_SHELF:
            self.skipTest("this build has no hashes")
        self.ok(*MATCH, "--report", "page.html")
        self.assertIn(hashlib.sha256((self.work / "target.json").read_bytes()).hexdigest(), self.page())

    def test_a_record_of_before_is_drawn_with_what_a_match_would_find(self):
        record = self.record(*MATCH)
        self.file("new.json", record)
        for name in ["wanted", "weights", "palette_version"]:
            del record[name]
        self.file("old.json", record)
        for name in ["new", "old"]:
            self.ok("report", "match", f"{name}.json", "-o", f"{name}.html")
        new, old = self.page("new.html"), self.page("old.html")
        for mark in ["swatch wide", "class=\"curve", "class=\"spot"]:
            self.assertEqual(new.count(mark), old.count(mark), mark)
        self.assertEqual([line for line in new.splitlines() if "swatch wide" in line],
                         [line for line in old.splitlines() if "swatch wide" in line])

    def test_every_way_of_matching_has_a_page(self):
        ways = [["--surface", "healed:skin.json,depth_mm=0.2", "--top", "2"], ["--continuous"], ["--unit", "0.01g"],
                ["--illuminants", "D65"], ["--tolerance", "0.01"], ["--ml", "3"], ["--never-darker"],
                ["--weights", "3000,1,1"], ["--without", "carbon-black"]]
        for number, way in enumerate(ways):
            with self.subTest(way=way):
                name = f"{number}.html"
                self.ok(*MATCH, *way, "--report", name, "-o", "match.json")
                text = self.page(name)
                self.ok("report", "match", "match.json", "-o", "kept.html")
                self.assertEqual(text, self.page("kept.html"))
                self.assertNotIn("nan", text.lower().replace("nanometer", ""))
        self.assertIn("farther off than the tolerance", self.page("4.html"))
        self.assertIn("3 ml or more", self.page("5.html"))
        self.assertIn("carbon-black: named", self.page("8.html"))

    def test_without_a_fixed_time_a_page_tells_now(self):
        self.ok(*MATCH, "--report", "page.html", env={"SOURCE_DATE_EPOCH": ""})
        days = [datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=m) for m in (0, 10)]
        self.assertTrue(any(f"page made {day:%Y-%m-%d}" in self.page() for day in days))

    def test_what_cannot_be_a_page_is_refused_before_the_search(self):
        self.refused(2, "usage", "page.pdf: expected a name that ends with .html", *MATCH, "--report", "page.pdf")
        self.refused(1, "not-found", "no/such/page.html: cannot be written", *MATCH, "--report", "no/such/page.html",
                     "-o", "match.json")
        self.file("match.json", self.record(*MATCH))
        self.refused(2, "usage", "-o FILE.html is missing", "report", "match", "match.json")
        self.refused(2, "usage", "page.txt: expected", "report", "match", "match.json", "-o", "page.txt")
        self.refused(1, "not-found", "no/page.html", "report", "match", "match.json", "-o", "no/page.html")

    def test_what_is_no_match_is_refused_and_leaves_no_page(self):
        reading = (self.work / "target.json").read_text()
        self.refused(1, "not-found", "none.json: cannot be opened", "report", "match", "none.json", "-o", "p.html")
        self.refused(1, "unsupported", "target.json: schema", "report", "match", "target.json", "-o", "p.html")
        self.refused(1, "unsupported", "standard input: schema", "report", "match", "-", "-o", "p.html", stdin=reading)
        self.file("half.json", self.ok("--json", *MATCH)[:-400])
        self.refused(1, "format", "half.json: ", "report", "match", "half.json", "-o", "p.html")

    def test_a_record_that_cannot_be_kept_leaves_no_page(self):
        self.refused(1, "not-found", "no/such/match.json", *MATCH, "-o", "no/such/match.json", "--report", "page.html")
        self.assertFalse((self.work / "page.html").exists())

    def test_a_missed_tolerance_leaves_no_page(self):
        run = self.run_it(*MATCH, "--tolerance", "0.001", "--require-tolerance", "--report", "page.html")
        self.assertEqual((run.returncode, (self.work / "page.html").exists()), (4, False))
        run = self.run_it("--json", *MATCH, "--tolerance", "0.001", "--require-tolerance")
        self.ok("report", "match", "-", "-o", "page.html", stdin=run.stdout.decode())
        self.assertIn("which was required", self.page())


if __name__ == "__main__":
    support.main()
