# SPDX-License-Identifier: GPL-3.0-or-later
"""--dry-run of what writes files: nothing is written, and all else is as without it."""
import os
import re
import shlex

import clinic
import stock
import support


class Dry(clinic.Clinic):
    """Each line names one file, which it writes; a line with {} in it, in the place of that file."""

    REPLACING = ["stock label B1 B2 -o {}.html", "pot label P1 -o {}.html", "passport V1 -o {}.html",
                 "stock order show O1 -o {}.csv", "stock order show O1 -o {}.html", "report month -o {}.html",
                 "report visit V1 -o {}.html", "report match match.json -o {}.html",
                 "match --target lab:35,2,4 --max-pigments 2 --drops 5 --top 1 -o {}.json",
                 "match --target lab:35,2,4 --max-pigments 2 --drops 5 --top 1 --report {}.html",
                 "convert lab:58,8,15 --to D50/2 -o {}.json", "skin fit lab:58,8,15 -o {}.json",
                 "predict --palette kimera --recipe black=0.14,white=0.25 -o {}.json"]
    NEW = ["stock export {}.csv", "stock export shelf.csv --cards {}.csv", "stock backup {}.db",
           "client export C1 {}.json"]

    def setUp(self):
        super().setUp()
        self.mix("--ml", "3")
        self.stock("order", "propose", "Ink & Co", "deep-black=3")
        self.ok("match", "--target", "lab:35,2,4", "--max-pigments", "1", "--drops", "3", "-o", "match.json")

    def contents(self):
        return {str(p): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}

    def words(self, line, stem):
        words = shlex.split(line.format(stem))
        return words, next(w for w in words if w.startswith(stem))

    def dry(self, words, says):
        """Once for people, once as a record; what people are told is there also with --quiet."""
        before = self.contents()
        for more in [[], ["--quiet"]]:
            self.assertIn(says, support.flat(self.ok(*more, *words, "--dry-run")), words)
        run = self.run_it("--json", *words, "--dry-run")
        self.assertEqual(run.returncode, 0, words)
        record = support.parse(run.stdout.decode())
        if "written" in record:
            self.assertEqual((record["written"], run.stderr), (False, b""), words)
        else:
            self.assertIn(says, run.stderr.decode(), words)
        self.assertEqual(self.contents(), before, words)
        return record

    def refused_alike(self, words):
        runs = [self.run_it(*words), self.run_it(*words, "--dry-run")]
        self.assertNotEqual(runs[0].returncode, 0, words)
        self.assertEqual(*[(r.returncode, r.stdout, r.stderr) for r in runs], words)
        self.refused(runs[0].returncode, support.parse(self.run_it("--json", *words).stdout.decode())["error"]["code"],
                     "", *words, "--dry-run")

    def test_a_page_would_be_written_and_then_would_be_replaced(self):
        for line in self.REPLACING:
            words, file = self.words(line, "page")
            record = self.dry(words, f"{file} would be written")
            if record["schema"] == "tonsure/paper/1":
                self.assertIs(record["replaces"], False)
            self.ok(*words)
            record = self.dry(words, f"{file} would be replaced")
            if record["schema"] == "tonsure/paper/1":
                self.assertIs(record["replaces"], True)
            (self.work / file).unlink()

    def test_what_replaces_nothing_is_refused_in_a_dry_run_too(self):
        for line in self.NEW:
            words, file = self.words(line, "copy")
            self.dry(words, file)
            before = self.stock("log")
            self.file(file, "there before")
            self.refused_alike(words)
            (self.work / file).unlink()
            self.assertEqual(self.stock("log"), before)

    def test_what_cannot_be_written_is_refused_in_the_same_words(self):
        (self.work / "page").mkdir()
        for line in self.REPLACING + self.NEW:
            words, _ = self.words(line, "none/page")
            self.refused_alike(words)
        for line in self.REPLACING:
            words, file = self.words(line, "page/page")
            (self.work / file).mkdir()
            self.refused_alike(words)
            (self.work / file).rmdir()

    def test_what_is_wrong_besides_is_refused_alike(self):
        for line in ["stock label B99 -o page.html", "stock label B1 -o page.txt", "stock label B1",
                     "pot label P9 -o page.html", "passport V9 -o page.html", "passport V1 -o page.txt",
                     "stock order show O9 -o page.csv", "report month -o page.txt", "report visit V9 -o page.html",
                     "report match no.json -o page.html", "report match match.json -o page.txt",
                     "convert lab:1 -o page.json", "match --target lab:35,2,4 --report page.txt",
                     "stock export same.csv --cards ./same.csv", "client export C9 page.json"]:
            self.refused_alike(shlex.split(line))

    def test_an_export_that_is_refused_has_written_nothing(self):
        """Not the ledger alone, either."""
        for cards in ["same.csv", "./same.csv", "none/cards.csv"]:
            self.refused(*((1, "not-found") if "none" in cards else (2, "usage")), cards, "stock", "export", "same.csv",
                         "--cards", cards)

    def test_a_sheet_to_print_is_tried_too(self):
        if not support.READS_PHOTOS:
            self.skipTest("this build reads no photos")
        words = ["chart", "holder", "-o", "holder.pdf"]
        if "without" in self.run_it(*words, "--dry-run").stderr.decode():
            self.skipTest("this build prints no sheets")
        self.assertIn("holder.pdf would be written", support.flat(self.ok(*words, "--dry-run")))
        self.assertFalse((self.work / "holder.pdf").exists())
        self.ok(*words)
        self.assertIn("holder.pdf would be replaced", support.flat(self.ok(*words, "--dry-run")))
        self.refused_alike(["chart", "holder", "-o", "none/holder.pdf"])

    def test_an_answer_that_is_not_good_enough_is_none_in_a_dry_run_too(self):
        words = ["match", "--target", "lab:90,80,80", "--drops", "3", "--max-pigments", "1", "--require-tolerance", "-o",
                 "page.json"]
        runs = [self.run_it(*words, *more) for more in [[], ["--dry-run"]]]
        self.assertEqual(runs[0].returncode, 4)
        said = [re.sub(rb"[0-9.]+ s; best", b"", r.stdout) for r in runs] # how long a search took
        self.assertEqual((said[0], runs[0].stderr), (said[1], runs[1].stderr))
        self.assertEqual(runs[1].returncode, 4)

    def test_a_photo_is_read_and_leaves_nothing(self):
        self.file("scalp.jpg", support.SAMPLE.read_bytes())
        line = ["photo", "scalp.jpg", "--corners", support.sample_corners(), "--region",
                support.sample_region("skin")]
        for output in ["readings", "readings/"]:
            words = [*line, "-o", output, "--report", "photo.html"]
            self.dry(words, "photo.html would be written")
            self.dry(words, "readings would be written: a folder")
        self.ok(*line, "-o", "readings", "--report", "photo.html")
        for file in ["photo.html", "readings/skin.json", "readings/photo.json"]:
            self.dry([*line, "-o", "readings", "--report", "photo.html"], f"{file} would be replaced")
        self.refused(1, "not-found", "none/readings", *line, "-o", "none/readings", "--dry-run")
        self.refused(1, "io", "scalp.jpg: cannot be made: File exists", *line, "-o", "scalp.jpg", "--dry-run")
        self.refused_alike([*line, "--report", "none/photo.html"])

    def test_a_photo_that_is_refused_takes_nothing_away_and_tells_of_no_file(self):
        self.file("scalp.jpg", support.SAMPLE.read_bytes())
        line = ["photo", "scalp.jpg", "--corners", support.sample_corners(), "--region",
                support.sample_region("skin"), "-o"]
        link = self.work / "readings" / "skin.json"
        (self.work / "readings" / "photo.json").mkdir(parents=True)
        link.symlink_to("elsewhere.json")
        self.refused(1, "io", "readings/photo.json: cannot be written", *line, "readings", "--dry-run")
        self.assertTrue(link.is_symlink())
        (self.work / "dangling").symlink_to("nowhere")
        os.mkfifo(self.work / "pipe")
        for name in ["dangling", "pipe"]:
            self.refused_alike([*line, name])

    def test_a_palette_that_has_no_place_is_refused_alike(self):
        self.file("samples.csv", support.samples())
        for line in ["palette export kimera -o none/k.json", "palette export kimera -o none/k.csv",
                     "palette fit samples.csv -o none/k.json", "palette ladder carbon-black -o none/t.csv",
                     "palette gamut --cell 5 --only carbon-black -o none/k.svg"]:
            self.refused_alike(line.split())

    OF_ONE_S_OWN = ["palette add --color-index 77891 --name mine", "palette drop carbon-black --weigh 20=0.83g",
                    "palette import k.json --name mine", "palette fit samples.csv --into kimera --keep white",
                    "palette learn --recipe carbon-black=1,sterile-water=20 --measured lab:60,0,1 "
                    "--surface film:lab:90,0,3,1"]

    def test_a_palette_of_one_s_own_that_has_no_place_is_refused_alike(self):
        """The user's folder is made by the first of these: but where it cannot be."""
        self.ok("palette", "export", "kimera", "-o", "k.json")
        self.file("samples.csv", support.samples())
        for data in ["k.json", "k.json/below", "dangling/below"]:
            (self.work / "dangling").unlink(missing_ok=True)
            (self.work / "dangling").symlink_to("nowhere")
            home = {"XDG_DATA_HOME": str(self.work / data)}
            for line in self.OF_ONE_S_OWN[:3] + self.OF_ONE_S_OWN[4:]:
                words = shlex.split(line)
                runs = [self.run_it(*words, *more, env=home) for more in [[], ["--dry-run"]]]
                self.assertEqual(runs[0].returncode, 1, (data, line, runs[0].stderr))
                self.assertEqual(*[(r.returncode, r.stdout, r.stderr) for r in runs], (data, line))

    def test_a_palette_of_one_s_own_is_made_by_no_dry_run(self):
        self.ok("palette", "export", "kimera", "-o", "k.json")
        home = {"XDG_DATA_HOME": str(self.work / "data")}
        for line in self.OF_ONE_S_OWN[:3] + self.OF_ONE_S_OWN[4:]:
            run = self.run_it(*shlex.split(line), "--dry-run", env=home)
            self.assertEqual(run.returncode, 0, (line, run.stderr))
            self.assertFalse((self.work / "data").exists(), line)

    def test_a_store_in_a_folder_of_one_s_own_that_cannot_be_made_is_refused_alike(self):
        self.file("data", "no folder")
        home = {"XDG_DATA_HOME": str(self.work / "data"), "TONSURE_STORE": ""}
        words = ["stock", "product", "add", "q", "--pigment", "carbon-black"]
        runs = [self.run_it(*words, *more, env=home) for more in [[], ["--dry-run"]]]
        self.assertEqual(runs[0].returncode, 1, runs[0].stderr)
        self.assertEqual(*[(r.returncode, r.stdout, r.stderr) for r in runs])

    def test_a_store_that_cannot_be_made_is_refused_alike(self):
        self.refused_alike(["--store", "none/x.db", "stock", "product", "add", "q", "--pigment", "carbon-black"])

    def test_a_dry_run_counts_what_would_be_written(self):
        words = ["stock", "export", "all.csv", "--cards", "cards.csv"]
        tried = self.record(*words, "--dry-run")
        self.assertEqual({**self.record(*words), "written": False}, tried)


if __name__ == "__main__":
    support.main()
