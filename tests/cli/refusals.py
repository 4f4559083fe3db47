# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input of every kind gets one clear line, the right status, and leaves nothing behind."""
import json
import os

import support

LAB = {"schema": "tonsure/reading/1", "lab": {"L": 60, "a": 9, "b": 16}}
GRID = {"start_nm": 380, "step_nm": 10, "bands": 36}


def palette(**pigment):
    flat = [0.5] * 36
    return {"schema": "tonsure/palette/1", "name": "mine", "model": {"kind": "two-constant"},
            "grid": GRID, "pigments": [{"id": "black", "K": flat, "S": flat, **pigment}]}


class Words(support.Case):
    def test_a_wrong_command_line_is_told_with_a_hint(self):
        for line, words in [
                ("frobnicate", 'unknown command "frobnicate" (see tonsure --help)'),
                ("--frobnicate", "--frobnicate: unknown option"),
                ("match --frobnicate", "--frobnicate: unknown option (see tonsure match --help)"),
                ("match", "--target is missing"),
                ("match --target", "--target: missing argument"),
                ("match --target lab:1,2,3 more", 'unexpected argument "more"'),
                ("convert", "expected 1 argument, found 0: convert TARGET"),
                ("match --taget lab:1,2,3", "--taget: unknown option; near it: --target (see"),
                ("match --tolerace=3", "unknown option; near it: --tolerance (see"),
                ("--jsn palette list", "--jsn: unknown option; near it: --json"),
                ("predict --recipe carbon-black=1 --surface film:skin.json",
                 "film:BACKING,LOAD such as film:skin.json,1, found \"film:skin.json\""),
                ("convert lab:1,2,3 lab:1,2,3", "unexpected argument"),
                ("compare lab:1,2,3", "expected two targets"),
                ("compare lab:1,2,3 lab:1,2,3 --pairs x.csv", "expected two targets"),
                ("compare lab:1,2,3 lab:1,2,3 --adapt sharp", "--adapt: expected bradford or cat16"),
                ("predict", "--recipe is missing"),
                ("palette", "expected list, show, check, import, export, add, drop, fit, ladder, learn or gamut"),
                ("match --target lab:1,2,3 --illuminants D65,A,D65", "D65 is named twice"),
                ("mach", 'unknown command "mach"; near it: match'),
                ("palette chek", 'unknown verb "chek"; near it: check'),
                ("palette frobnicate", 'unknown verb "frobnicate"'),
                ("palette check", "expected 1 argument"),
                ("palette add", "expected --color-index and --name"),
                ("palette drop", "expected 1 argument"),
                ("palette drop carbon-black", "--weigh is missing"),
                ("photo", "expected 1 argument"),
                ("convert lab:1,2,3 --kind wood", "--kind: expected skin, hair, pigment or any"),
                ("convert lab:1,2,3 --to Q/10", 'unknown illuminant "Q"'),
                ("convert lab:1,2,3 --to D65/3", "D65/3"),
        ]:
            self.refused(2, "usage", words, *line.split())

    def test_a_color_outside_reason_is_a_usage_error(self):
        for target, words in [("lab:140,0,0", "expected L* 0 to 100"),
                              ("lab:-3,0,0", "expected L* 0 to 100"),
                              ("lab:50,200,0", "a* and b* -150 to 150"),
                              ("lab:42,1,3,2,6,5", "expected 3 numbers separated by commas"),
                              ("lab:50,nan,0", "nan"), ("lab:50,,0", "expected a number"),
                              ("lab:", "expected 3 numbers")]:
            self.refused(2, "usage", words, "convert", target)
            self.refused(2, "usage", words, "match", "--target", target)
            self.refused(2, "usage", words, "compare", "lab:50,0,0", target)

    def test_colors_under_different_viewings_are_not_compared(self):
        self.refused(2, "usage", "D50/2", "compare", "lab:50,0,0", "lab:50,0,0@D50/2")


class Match(support.Case):
    def test_a_contradictory_request_is_a_usage_error(self):
        self.file("skin.json", LAB)
        match = "match --target lab:40,3,6 "
        for line, words in [
                ("--weights 1,0.5", "--weights: expected as many as illuminants (3)"),
                ("--weights 1,0.5,0.5,0.5", "--weights: expected as many as illuminants (3)"),
                ("--illuminants D65 --weights 1,0.5", "as many as illuminants (1)"),
                ("--weights 1,-1,1", "--weights: expected numbers of 0 to 1000000"),
                ("--weights 0,0,0", "--weights: expected one above 0"),
                ("--weights 1;1;1", "--weights"),
                ("--illuminants D65,Q", 'unknown illuminant "Q"'),
                ("--only coal", '--only: palette generic-smp has no pigment "coal"'),
                ("--without carbn-black", '--without: palette generic-smp has no pigment "carbn-black"'),
                ("--only carbon-black --without carbon-black", "leave no pigment"),
                ("--only sterile-water", "diluent"),
                ("--min-drops 0", "--min-drops: expected N or PIGMENT=N, 1 to 1000, found"),
                ("--min-drops 1.5", "--min-drops: expected"),
                ("--min-drops carbon-black=", "--min-drops: expected"),
                ("--min-drops carbon=2", "--min-drops: palette generic-smp has no pigment"),
                ("--min-drops 9 --drops 8", "least units of carbon-black: expected 0 to 8"),
                ("--drop-ml 0.05", '--drop-ml: expected PIGMENT=ML, found "0.05"'),
                ("--drop-ml carbon-black=3", "--drop-ml: expected PIGMENT=ML, 0.005 to 0.2"),
                ("--max-cost 0", "--max-cost: expected a number above 0"),
                ("--max-cost 2", "none of the pigments allowed has a price"),
                ("--without carbon", "near it: carbon-black, Carbon black"),
                ("--without 7732-18-5", "leave no pigment"),
                ("--drops 0", "--drops: expected 1 to 1000, or exactly:N"),
                ("--drops many", "--drops: expected"), ("--drops 2.5", "--drops: expected"),
                ("--drops exactly:", "--drops: expected"),
                ("--unit 5", "--unit: expected drops, 0.05ml or 0.01g"),
                ("--unit 0,05ml", "--unit: expected"), ("--unit 0ml", "--unit: expected"),
                ("--max-pigments 0", "--max-pigments: expected 1 to 8"),
                ("--max-pigments 9", "--max-pigments: expected 1 to 8"),
                ("--max-pigments two", "--max-pigments: expected a whole number"),
                ("--max-shade 9999", "--max-shade: expected 0 to 1000"),
                ("--top 0", "--top: expected 1 to 1000"),
                ("--threads 999", "--threads: expected 0 to 256"),
                ("--tolerance 0", "--tolerance: expected a number above 0"),
                ("--tolerance 1,5", "--tolerance: expected a number"),
                ("--what beard", "--what: expected dot, area, skin, strand or ink"),
                ("--surface glass", "expected opaque, film:BACKING,LOAD or healed:SKIN"),
                ("--surface healed:", "the reading of the bare skin is missing"),
                ("--surface healed:,deposit=1", "the reading of the bare skin is missing"),
                ("--surface healed:lab:60,10,14,depth=3", "expected depth_mm=N (mm) or deposit=N"),
                ("--surface healed:lab:60,10,14,depth_mm=x", "depth_mm: expected a number"),
                ("--surface healed:lab:60,10,14,depth_mm=-1", "depth_mm: expected above 0"),
                ("--surface healed:lab:60,10,14,depth_mm=9", "at most 2 mm, found 9"),
                ("--surface healed:lab:60,10,14,deposit=0", "deposit: expected above 0"),
                ("--surface healed:lab:60,10,14,deposit=nan", "deposit: expected a number"),
                ("--surface healed:lab:60,10,14,deposit=1,deposit=2", "deposit: named twice"),
                ("--palette kimera --surface healed:skin.json", "relative"),
                ("--surface film:skin.json", "expected film:BACKING,LOAD"),
                ("--surface film:skin.json,0", "load"),
                ("--surface film:skin.json,-1", "load"),
                ("--surface film:skin.json,x", "load: expected a number"),
                ("--palette kimera --surface film:skin.json,1", "relative"),
        ]:
            self.refused(2, "usage", words, *(match + line).split())

    def test_a_diluent_on_an_opaque_layer_is_refused_by_name(self):
        self.refused(2, "usage", "sterile-water", "predict", "--recipe", "carbon-black=1,diluent=4")
        self.refused(2, "usage", "diluent", "predict", "--palette", "kimera", "--recipe",
                     "black=1,diluent=4")

    def test_a_recipe_that_is_none_is_refused(self):
        for recipe, words in [("coal=1", 'no pigment "coal"'), ("carbon-black", "PIGMENT=AMOUNT"),
                              ("carbon-black=0", "above 0"), ("carbon-black=nan", "above 0"),
                              ("carbon-black=0,5", "above 0"),
                              ("carbon-black=1,carbon-black=1", "named twice"),
                              ("", "found nothing")]:
            self.refused(2, "usage", words, "predict", "--recipe", recipe)

    def test_a_required_tolerance_that_is_missed_is_4_with_the_record(self):
        args = ["match", "--target", "lab:60,60,60", "--only", "carbon-black", "--max-shade", "0",
                "--top", "1", "--require-tolerance"]
        run = self.run_it(*args)
        self.assertEqual(run.returncode, 4)
        self.assertRegex(self.one_line(run, args), "^match: the best recipe is dE")
        run = self.run_it("--json", *args)
        record = support.parse(run.stdout.decode())
        self.assertEqual(run.returncode, 4)
        self.assertEqual(record["schema"], "tonsure/match/1")
        self.assertEqual(record["error"]["code"], "not-within-tolerance")
        self.assertEqual(len(record["recipes"]), 1)
        self.assertFalse(record["within_tolerance"])
        record = self.record(*args[:-1])
        self.assertNotIn("error", record)

    def test_constraints_that_leave_no_recipe_are_4(self):
        self.refused(4, "no-recipe", "match", "match", "--target", "lab:95,0,0", "--only",
                     "carbon-black", "--never-darker")


class Files(support.Case):
    def test_a_file_that_is_not_there_is_named(self):
        for line in ["convert no/such.json", "match --target no/such.csv#1",
                     "compare lab:1,2,3 no/such.json", "compare --pairs no/such.csv",
                     "palette check no/such.json", "--palette no/such.json palette show",
                     "photo no/such.jpg", "convert lab:1,2,3 --to no/such.lamp/10",
                     "match --target lab:1,2,3 --surface film:no/such.json,1",
                     "predict --recipe carbon-black=1 --surface healed:no/such.json,depth_mm=0.2",
                     f"photo {support.SAMPLE} --anchor skin=no/such.json"]:
            self.refused(1, "not-found", "no/such", *line.split())
        self.refused(1, "not-found", "nobody", "palette", "show", "nobody")

    def test_a_folder_in_a_files_place_is_named(self):
        (self.work / "folder").mkdir()
        for line in ["convert folder", "photo folder", "palette check ./folder"]:
            self.refused(1, "io", "folder: cannot be read", *line.split())

    def test_a_broken_reading_is_named_with_its_place(self):
        for label, content, code, words in [
                ("empty", "", "format", "found nothing"),
                ("cut", '{"schema":"tonsure/reading/1","lab":{"L":5', "format", "not JSON"),
                ("neither", {"schema": "tonsure/reading/1"}, "format", "found neither"),
                ("other", {"schema": "tonsure/reading/9"}, "unsupported", "tonsure/reading/9"),
                ("comma", {**LAB, "lab": {"L": "42,1", "a": 1, "b": 2}}, "format",
                 "lab.L: expected a number, found a text"),
                ("nan", '{"schema":"tonsure/reading/1","lab":{"L":NaN,"a":1,"b":2}}', "format",
                 "not JSON"),
                ("bright", {**LAB, "lab": {"L": 140, "a": 1, "b": 2}}, "range",
                 "lab.L: expected 0 to 100, found 140"),
                ("binary", b"{\x00\xff", "format", "not JSON"),
                ("twice", '{"schema":"tonsure/reading/1","schema":"x"}', "format", "duplicate"),
        ]:
            name = self.file(f"{label}.json", content)
            self.refused(1, code, words, "convert", name)
            self.refused(1, code, name, "match", "--target", name)
            stdin = content if isinstance(content, str) else (
                json.dumps(content) if isinstance(content, dict) else None)
            if stdin is not None:
                self.refused(1, code, "standard input", "convert", "-", stdin=stdin)

    def test_a_lamp_that_nobody_knows_is_the_files_fault(self):
        self.file("q.json", '{"schema":"tonsure/reading/1","lab":{"L":40,"a":1,"b":2,"illuminant":"Q7"}}')
        self.file("q.csv", "ID,L,a,b,ILLUMINANT\nx,40,1,2,Q7\n")
        for file in ["q.json", "q.csv"]:
            for args in [["convert", file], ["convert", file, "--adapt", "bradford"],
                         ["compare", file, "lab:40,1,2"], ["compare", file, "lab:40,1,2", "--adapt", "cat16"],
                         ["match", "--target", file],
                         ["match", "--target", "lab:40,1,2", "--surface", f"film:{file},1"],
                         ["correct", "--recipe", "carbon-black=1", "--measured", file, "--target", "lab:30,0,0"]]:
                self.refused(1, "format", 'unknown illuminant "Q7"', *args)

    def test_a_broken_table_is_named_with_its_line(self):
        for label, content, code, words in [
                ("comma", "L,a,b\n42,1,3,6\n", "format", "line 2: expected 3 fields, found 4"),
                ("nan", "L,a,b\nnan,3,6\n", "format", "line 2: L: expected a number"),
                ("short", "400,500,600,700\n1,2,3\n", "format", "expected 4 fields, found 3"),
                ("image", b"\x89PNG\r\n\x1a\n", "format", "not a text"),
                ("prose", "hello\n", "format", "expected columns"),
        ]:
            self.refused(1, code, words, "convert", self.file(f"{label}.csv", content))
        self.file("two.csv", "ID,L,a,b\nx,1,2,3\ny,1,2,3\n")
        self.refused(2, "usage", 'name one, as in "two.csv#x"', "convert", "two.csv")
        self.refused(1, "not-found", 'no sample "z" among 2', "convert", "two.csv#z")

    def test_a_broken_palette_is_named_with_its_place(self):
        for label, content, code, words in [
                ("short", palette(K=[0.5] * 31), "format",
                 "pigments[0].K: expected 36 numbers, found 31"),
                ("comma", palette(K=["0,5"] * 36), "format",
                 "pigments[0].K[0]: expected a number, found a text"),
                ("negative", palette(S=[-1] * 36), "range", "pigments[0].S[0]"),
                ("prose", "a palette", "format", "not JSON"),
                ("reading", LAB, "unsupported", "tonsure/palette/1"),
        ]:
            name = self.file(f"{label}.json", content)
            self.refused(1, code, words, "--palette", name, "predict", "--recipe", "black=1")
            self.refused(1, code, words, "--palette", name, "palette", "show")
            run = self.run_it("--json", "palette", "check", name)
            record = support.parse(run.stdout.decode())
            self.assertEqual((run.returncode, record["ok"], record["error"]["code"]),
                             (1, False, code))
            self.assertIn(words, self.one_line(run, name))

    def test_a_file_that_may_not_be_read_or_written_is_named(self):
        if os.geteuid() == 0:
            self.skipTest("root may read and write everything")
        self.file("secret.json", LAB)
        (self.work / "secret.json").chmod(0)
        self.refused(1, "io", "secret.json: cannot be opened", "convert", "secret.json")
        (self.work / "locked").mkdir(mode=0o500)
        self.refused(1, "io", "locked/x.json", "convert", "lab:1,2,3", "-o", "locked/x.json")

    def test_a_missing_parent_folder_is_named_and_not_made(self):
        for line in ["convert lab:50,1,2 -o no/such/x.json",
                     "predict --recipe carbon-black=1 -o no/such/x.json"]:
            self.refused(1, "not-found", "no/such/x.json: cannot be written", *line.split())
        self.file("file", "")
        self.refused(1, "not-found", "file/x.json: cannot be written", "convert", "lab:50,1,2",
                     "-o", "file/x.json")

    def test_a_name_in_no_encoding_still_gives_a_record(self):
        run = self.run_it("--json", "convert", os.fsdecode(b"\xff\xfe.json"))
        self.assertEqual(support.parse(run.stdout.decode())["error"]["code"], "not-found")


class Output(support.Case):
    def test_a_full_disk_is_an_error(self):
        for line in ["convert lab:50,1,2", "--json convert lab:50,1,2", "palette list", "--help",
                     "--version", "--json palette show kimera", "match --help"]:
            with open("/dev/full", "wb") as full:
                run = self.run_it(*line.split(), stdout=full)
            self.assertEqual(run.returncode, 1, line)
            self.assertIn("standard output", self.one_line(run, line))

    def test_a_closed_output_is_an_error(self):
        for line in ["convert lab:50,1,2", "--json palette list"]:
            reader, writer = os.pipe()
            os.close(reader)
            run = self.run_it(*line.split(), stdout=writer)
            os.close(writer)
            self.assertNotEqual(run.returncode, 0, line)

    def test_an_output_that_cannot_be_written_leaves_no_record_behind(self):
        (self.work / "x.json").mkdir()
        self.refused(1, "io", "x.json: cannot be written", "convert", "lab:50,1,2", "-o", "x.json")


class Photo(support.Case):
    def setUp(self):
        super().setUp()
        self.corners = ["--corners", support.sample_corners()]

    def test_what_is_no_image_is_refused(self):
        whole = support.SAMPLE.read_bytes()
        for name, content, code in [
                ("empty.jpg", b"", "format"), ("text.jpg", b"not an image\n", "format"),
                ("cut.jpg", whole[:len(whole) // 2], "format"),
                ("head.jpg", whole[:100], "format"),
                ("gif.jpg", b"GIF89a" + bytes(100), "unsupported"),
        ]:
            self.refused(1, code, name, "photo", self.file(name, content), *self.corners)

    def test_a_wrong_box_chart_or_corner_is_a_usage_error(self):
        image = str(support.SAMPLE)
        for args, words in [
                (["--region", "skin=10,10,99999,10"], "skin"),
                (["--region", "skin=-5,10,10,10"], "skin"),
                (["--region", "skin=10,10,0,10"], "skin"),
                (["--region", "skin=10,10,10"], "--region: expected NAME=x,y,w,h"),
                (["--region", "skin=1.5,10,10,10"], "--region: expected NAME=x,y,w,h"),
                (["--region", "skin=a,b,c,d"], "--region: expected NAME=x,y,w,h"),
                (["--region", "../x=1,1,9,9"], "--region: expected NAME=x,y,w,h"),
                (["--region", "skin=1,2,3,4,5"], "--region: expected NAME=x,y,w,h"),
                (["--region", "skin=1,2,3,4,5,6,7"], "--region: expected NAME=x,y,w,h"),
                (["--region", "skin=1,1,99,99,99,1,1,99"], "outline crosses or touches itself"),
                (["--region", "skin=1,1,99,1,50,9999"], "its point 3, 50,9999, leaves the image"),
                (["--region", "c=patch:mauve"], 'no patch "mauve"'),
                (["--region", "c=patch"], "--region: expected NAME=x,y,w,h"),
                (["--anchor", "skin"], "--anchor: expected NAME=TARGET"),
                (["--kind", "wood"], "--kind: expected skin, hair, pigment or any"),
                (["--region", "a=1,1,9,9", "--region", "a=1,1,9,9"], 'the name "a" is taken'),
                (["--region", "photo=1,1,9,9", "-o", "out"], 'the name "photo" is taken'),
                (["--chart", "rainbow"], "rainbow"), (["--edition", "2014"], "--edition: expected"),
        ]:
            self.refused(2, "usage", words, "photo", image, *self.corners, *args)
        for corners, words in [("1,2,3", "--corners: expected x1,y1"),
                               ("1,2,3,4,5,6,7,x", "--corners: expected x1,y1"),
                               ("1,1,2,2,3,3,4,4", "corner"),
                               ("10,10,99999,10,99999,99999,10,99999", "corner")]:
            self.refused(2, "usage", words, "photo", image, "--corners", corners)

    def test_a_refused_chart_is_4_and_writes_nothing(self):
        args = ["photo", self.file("wall.png", support.grey_png(320, 240)), "-o", "out",
                "--region", "skin=10,10,50,50"]
        run = self.run_it("--json", *args)
        record = support.parse(run.stdout.decode())
        self.assertEqual(run.returncode, 4)
        self.assertEqual(record["chart"]["status"], "refused")
        self.assertTrue(record["chart"]["reason"])
        self.assertEqual(record["error"]["code"], "chart-refused")
        self.assertEqual((record["regions"], record.get("fit")), ([], None))
        self.one_line(run, args)
        self.assertNotIn("kind", record["chart"], "no chart is seen, so none has a kind")
        run = self.run_it("--json", *args, "--chart", "classic")
        self.assertEqual(support.parse(run.stdout.decode())["chart"]["kind"], "classic24")

    def test_the_reason_of_a_refusal_is_told_once(self):
        run = self.run_it("photo", self.file("wall.png", support.grey_png(320, 240)))
        self.assertEqual(run.returncode, 4)
        reason = self.one_line(run, "photo").split("chart refused: ")[1]
        said = support.flat(run.stdout.decode())
        self.assertIn("Chart refused", said)
        self.assertNotIn(reason[:30], said)

    def test_a_refused_chart_writes_no_folder(self):
        args = ["photo", self.file("wall.png", support.grey_png(320, 240)), "-o", "out",
                "--region", "skin=10,10,50,50"]
        self.assertEqual(self.run_it(*args).returncode, 4)
        self.assertFalse((self.work / "out").exists())

    def test_corners_in_a_wrong_order_are_refused(self):
        given = support.sample_truth()["chart"]["corners"]
        for fault, order in [("turned", [2, 3, 0, 1]), ("mirrored", [1, 0, 3, 2])]:
            corners = ",".join(str(v) for i in order for v in given[i])
            run = self.run_it("--json", "photo", str(support.SAMPLE), "--corners", corners)
            record = support.parse(run.stdout.decode())
            self.assertEqual((run.returncode, record["chart"]["status"]), (4, "refused"))
            self.assertIn(fault, record["chart"]["reason"])

    def test_a_region_that_cannot_be_written_takes_the_others_back(self):
        (self.work / "out" / "skin.json").mkdir(parents=True)
        self.refused(1, "io", "out/skin.json: cannot be written", "photo", str(support.SAMPLE),
                     *self.corners, "--region", support.sample_region("stubble"), "--region",
                     support.sample_region("skin"), "-o", "out")

    def test_a_report_that_cannot_be_written_is_named_and_leaves_nothing(self):
        self.refused(1, "not-found", "page.html: cannot be written", "photo", str(support.SAMPLE),
                     *self.corners, "--report", "no/such/page.html", "-o", "out")
        self.assertFalse((self.work / "out").exists())

    def test_a_folder_that_cannot_be_made_is_named(self):
        self.file("file", "")
        self.refused(1, "not-found", "no/such/out: cannot be made", "photo", str(support.SAMPLE),
                     *self.corners, "-o", "no/such/out")
        self.refused(1, "io", "file: cannot be made", "photo", str(support.SAMPLE), *self.corners,
                     "-o", "file")


if __name__ == "__main__":
    support.main()
