# SPDX-License-Identifier: GPL-3.0-or-later
"""With --json every command prints one record, valid by its schema, and says what it should."""
import csv
import json
import shutil

import support


class Convert(support.Case):
    def test_the_default_is_d65_and_ten_degrees(self):
        lab = self.record("convert", "lab:38,3,6")["lab"]
        self.assertEqual(lab, {"L": 38, "a": 3, "b": 6, "illuminant": "D65", "observer": "10"})

    def test_a_bare_color_that_moves_carries_its_uncertainty_and_a_warning(self):
        for adapt in [[], ["--adapt", "bradford"], ["--adapt", "cat16"]]:
            record = self.record("convert", "lab:38,3,6@D50/2", "--to", "D65/10", *adapt)
            self.assertEqual(record["lab"]["illuminant"], "D65")
            self.assertGreater(record["uncertainty"]["a"], 0)
            self.assertEqual(record["uncertainty"]["k"], 2)
            self.assertIn("D50/2", record["warnings"][0])
            self.assertNotIn("spectrum", record)

    def test_an_estimated_spectrum_is_marked_and_names_its_prior(self):
        for kind in [[], ["--kind", "skin"], ["--kind", "any"]]:
            spectrum = self.record("convert", "lab:60,9,16", "--spectrum", *kind)["spectrum"]
            self.assertTrue(spectrum["reconstructed"])
            self.assertTrue(spectrum["prior"])
            self.assertEqual((spectrum["start_nm"], spectrum["step_nm"], len(spectrum["values"])),
                             (380, 10, 36))

    def test_what_shines_above_white_or_scatters_below_black_is_read_again(self):
        for value in [-0.01, 1.2]:
            spectrum = {"start_nm": 400, "step_nm": 10, "values": [value] * 31}
            self.file("x.json", json.dumps({"schema": "tonsure/reading/1", "spectrum": spectrum}))
            first = self.record("convert", "x.json", "-o", "y.json")
            self.assertEqual(self.record("convert", "y.json"), first)
            self.record("compare", "y.json", "lab:50,0,0")

    def test_a_reading_behind_an_editors_mark_is_read(self):
        text = self.ok("--json", "convert", "lab:60,9,16")
        self.file("x.json", "\ufeff" + text)
        self.assertEqual(self.record("convert", "x.json"), support.parse(text))

    def test_a_reading_written_is_read_again_from_a_file_and_from_standard_input(self):
        first = self.record("convert", "lab:60,9,16", "--spectrum", "-o", "x.json")
        text = (self.work / "x.json").read_text()
        self.assertEqual(support.parse(text), first)
        self.assertEqual(self.record("convert", "x.json"), first)
        self.assertEqual(self.record("convert", "-", stdin=text), first)
        self.ok("convert", "x.json", "-o", "y.json")
        self.assertEqual((self.work / "y.json").read_bytes(), text.encode())

    def test_a_sample_of_a_table_is_taken_by_id_and_by_number(self):
        self.file("hair.csv", "ID,400,550,700\nleft,10,20,40\nright,12,22,42\n")
        by_id, by_number = (self.record("convert", f"hair.csv#{x}") for x in ("right", "2"))
        self.assertEqual(by_id, by_number)
        self.assertEqual(by_id["id"], "right")
        self.assertEqual(by_id["spectrum"]["values"][0], 0.12)
        self.assertEqual(by_id["spectrum"]["covered_nm"], [400, 700])

    def test_a_lamp_from_a_file_is_called_as_the_file(self):
        self.file("Clinic ceiling.csv",
                  "".join(f"{nm},{1 + (nm - 380) / 350}\n" for nm in range(380, 731, 5)))
        self.file("flat.csv", "400,0.4\n550,0.4\n700,0.4\n")
        for to, observer in [("Clinic ceiling.csv", "10"), ("Clinic ceiling.csv/2", "2")]:
            lab = self.record("convert", "flat.csv", "--to", to)["lab"]
            self.assertEqual((lab["illuminant"], lab["observer"]), ("Clinic ceiling", observer))
            self.assertLess(abs(lab["a"]) + abs(lab["b"]), 1e-6)

    def test_a_name_with_a_hash_is_a_file_when_there_is_one(self):
        self.ok("convert", "lab:60,9,16", "-o", "visit#3.json")
        self.assertEqual(self.record("convert", "visit#3.json")["lab"]["L"], 60)


class Compare(support.Case):
    def test_the_34_published_pairs_come_out_to_four_decimals(self):
        golden = support.ROOT / "tests" / "golden" / "ciede2000.csv"
        with open(golden, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.assertEqual(len(rows), 34)
        self.assertIn("dE00", {k: k for k in rows[0]}.keys() | {"dE00"})
        expected = [float(next(v for k, v in row.items() if "00" in k)) for row in rows]
        text = "L1,a1,b1,L2,a2,b2\n" + "".join(
            ",".join(row[k] for k in ["L1", "a1", "b1", "L2", "a2", "b2"]) + "\n" for row in rows)
        self.file("pairs.csv", text)
        printed = list(csv.DictReader(self.ok("compare", "--pairs", "pairs.csv").splitlines()))
        record = self.record("compare", "--pairs", "pairs.csv")
        for found, pair, wanted in zip(printed, record["pairs"], expected, strict=True):
            self.assertAlmostEqual(float(found["de00"]), wanted, delta=1e-4)
            self.assertAlmostEqual(pair["de00"], wanted, delta=1e-4)

    def test_b_is_measured_against_the_standard_a(self):
        record = self.record("compare", "lab:50,10,15", "lab:49,11,14")
        self.assertEqual((record["dL"], record["da"], record["db"]), (-1, 1, -1))
        self.assertEqual(record["de76"], round(3 ** 0.5, 6))
        self.assertEqual(record["ita"]["a"], 0)
        self.assertNotIn("metamerism", record)

    def test_lamps_are_added_where_both_have_spectra(self):
        self.file("two.csv", "ID,400,500,600,700\na,.1,.2,.3,.4\nb,.2,.1,.4,.3\n")
        record = self.record("compare", "two.csv#a", "two.csv#b")
        self.assertEqual(list(record["metamerism"]), ["A", "F11"])
        record = self.record("compare", "two.csv#a", "two.csv#b", "--illuminant", "F2,D50")
        self.assertEqual(list(record["metamerism"]), ["F2", "D50"])

    def test_another_viewing_takes_an_adaptation(self):
        for by in ["bradford", "cat16"]:
            record = self.record("compare", "lab:50,0,0", "lab:50,0,0@D50/2", "--adapt", by)
            self.assertEqual(record["b"]["illuminant"], "D65")
            self.assertLess(record["de00"], 1e-3)


class Palettes(support.Case):
    def test_a_broken_palette_is_named_beside_the_others(self):
        folder = self.work / "data" / "tonsure" / "palettes"
        folder.mkdir(parents=True)
        (folder / "torn.json").write_text('{"schema": "tonsure/palette/1"', encoding="utf-8")
        env = {"XDG_DATA_HOME": str(self.work / "data")}
        run = self.run_it("palette", "list", env=env)
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr.decode(), r"^tonsure: .*/torn\.json: .*\n$")
        self.assertRegex(run.stdout.decode(), r"(?s)generic-smp .*kimera .*\ntorn +cannot be read, user\n$")
        run = self.run_it("--json", "palette", "list", env=env)
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["error"]["code"]), (1, "format"))
        self.assertEqual([one["name"] for one in record["palettes"]], ["generic-smp", "kimera"])
        self.assertEqual([(one["name"], one["error"]) for one in record["broken"]], [("torn", record["error"])])

    def test_the_shipped_palettes_are_listed_shown_and_sound(self):
        listed = self.record("palette", "list")["palettes"]
        self.assertEqual([p["name"] for p in listed], ["generic-smp", "kimera"])
        for entry in listed:
            text = self.ok("--json", "palette", "show", entry["name"])
            palette = support.parse(text)
            self.assertEqual(len(palette["pigments"]), entry["pigments"])
            self.file("copy.json", text)
            check = self.record("palette", "check", "copy.json")
            self.assertTrue(check["ok"])
            self.assertEqual(self.ok("--json", "--palette", "copy.json", "palette", "show"), text)

    def test_a_bottle_is_added_to_the_users_copy_and_not_on_a_dry_run(self):
        add = ["palette", "add", "--color-index", "CI 77266", "--name", "Deep Black"]
        before = self.files()
        change = self.record(*add, "--dry-run")
        self.assertEqual((change["written"], self.files()), (False, before))
        change = self.record(*add)
        self.assertTrue(change["written"])
        self.assertTrue(change["path"].startswith(str(self.folder)))
        shown = self.record("palette", "show")
        self.assertEqual(shown["pigments"][-1]["id"], "deep-black")
        self.assertEqual(self.record("palette", "list")["palettes"][0]["place"], "user")
        self.refused(2, "usage", '"deep-black" already', *add)

    def test_a_weighed_drop_is_what_a_match_dispenses(self):
        change = self.record("palette", "drop", "carbon-black", "--weigh", "20=1.2g")
        self.assertTrue(change["written"])
        self.assertEqual(change["warnings"], ["from now on generic-smp is your own copy, no longer the palette that came with "
                                              "this program; delete the copy to have that again"])
        again = self.record("palette", "drop", "carbon-black", "--weigh", "20=1.2g")
        self.assertEqual(again["warnings"], []) # once is enough
        match = self.record("match", "--target", "lab:30,0,0", "--only", "carbon-black", "--top",
                            "1", "--max-shade", "0")
        part = match["recipes"][0]["parts"][0]
        self.assertAlmostEqual(part["ml"], part["drops"] * change["drop_ml"], delta=1e-3)


class Fit(support.Case):
    def setUp(self):
        super().setUp()
        self.file("samples.csv", support.samples(noise=0.001))

    def test_the_palette_that_is_written_predicts_the_samples_as_the_record_says(self):
        record = self.record("palette", "fit", "samples.csv", "-o", "inks.json", "--holdout",
                             "mix-1,mix-2")
        self.assertEqual((record["written"], record["palette"]), (True, "inks"))
        self.assertEqual(record["summary"]["fitted"]["samples"], 9)
        self.assertEqual(record["summary"]["held_out"]["method"], "named")
        self.assertLess(record["summary"]["held_out"]["max"], 1)
        self.assertEqual([s["id"] for s in record["samples"] if s["held_out"]], ["mix-1", "mix-2"])
        self.assertTrue(self.record("palette", "check", "inks.json")["ok"])
        shown = self.record("palette", "show", "./inks.json")
        self.assertEqual(set(shown["pigments"][0]["S"]), {1})
        self.ok("predict", "--palette", "inks.json", "--recipe", "white=4,black=1,red=5", "-o", "p.json")
        self.ok("convert", "samples.csv#mix-1", "-o", "m.json")
        held_out = next(s for s in record["samples"] if s["id"] == "mix-1")
        de00 = self.record("compare", "m.json", "p.json")["de00"]
        self.assertAlmostEqual(de00, held_out["de00"], delta=0.01)

    def test_held_out_rows_leave_no_trace_in_the_palette(self):
        fit = ["palette", "fit", "samples.csv", "-o", "inks.json", "--holdout", "@left-out.txt"]
        self.file("left-out.txt", "mix-1\nmix-2\n")
        self.ok(*fit)
        before = (self.work / "inks.json").read_bytes()
        rows = support.samples(noise=0.001).splitlines()
        spoilt = [",".join(r.split(",")[:5] + ["77"] * 31) if r.startswith("mix") else r for r in rows]
        self.assertNotEqual(rows, spoilt)
        self.file("samples.csv", "\n".join(spoilt) + "\n")
        self.ok(*fit)
        self.assertEqual((self.work / "inks.json").read_bytes(), before)
        self.file("samples.csv", "\n".join(r for r in rows if not r.startswith("mix")) + "\n")
        self.ok("palette", "fit", "samples.csv", "-o", "inks.json")
        self.assertEqual((self.work / "inks.json").read_bytes(), before)

    def test_groups_are_left_out_in_turn_and_a_dry_run_writes_nothing(self):
        record = self.record("palette", "fit", "samples.csv", "-o", "inks.json", "--dry-run")
        self.assertFalse(record["written"] or (self.work / "inks.json").exists())
        self.assertEqual(record["summary"]["held_out"]["method"], "folds")
        self.assertGreaterEqual(record["summary"]["held_out"]["mean"], record["summary"]["fitted"]["mean"])

    def test_what_cannot_be_fitted_is_refused_and_nothing_is_written(self):
        for line, status, code, words in [
                ("samples.csv", 2, "usage", "-o PALETTE or --into PALETTE is missing"),
                ("none.csv -o p.json", 1, "not-found", "none.csv"),
                ("samples.csv -o p.json --white chalk", 2, "usage", "chalk"),
                ("samples.csv -o p.json --holdout no-such", 2, "usage", "no-such"),
                ("samples.csv -o p.json --saunderson 0.04", 2, "usage", "--saunderson"),
                ("samples.csv -o p.json --basis weight", 2, "usage", "--basis"),
                ("samples.csv -o no/such/p.json", 1, "not-found", "no/such")]:
            with self.subTest(line):
                self.refused(status, code, words, "palette", "fit", *line.split())


class Match(support.Case):
    def setUp(self):
        super().setUp()
        self.ok("convert", "lab:62,9,16", "--spectrum", "-o", "skin.json")

    def test_a_film_gives_shades_and_the_list_is_in_order(self):
        record = self.record("match", "--target", "lab:35,3,6", "--surface", "film:skin.json,1",
                             "--max-pigments", "2", "--top", "5")
        objectives = [r["objective"] for r in record["recipes"]]
        self.assertEqual(objectives, sorted(objectives))
        self.assertEqual([r["rank"] for r in record["recipes"]], [1, 2, 3, 4, 5])
        self.assertTrue(record["search"]["exact"])
        self.assertEqual(record["surface"]["kind"], "film")
        for recipe in record["recipes"]:
            shade = int(recipe["shade"].split(":")[0])
            pigment = sum(p["ml"] for p in recipe["parts"])
            if shade:
                self.assertAlmostEqual(recipe["diluent"]["ml"] / pigment, shade, delta=0.01)
            self.assertLessEqual(len(recipe["parts"]), 2)
            self.assertLessEqual(sum(p["drops"] for p in recipe["parts"]), 30)
            whole = sum(p["fraction"] for p in recipe["parts"]) + recipe.get(
                "diluent", {"fraction": 0})["fraction"]
            self.assertAlmostEqual(whole, 1, delta=1e-5)
            self.assertEqual(list(recipe["de00"]), ["D65", "A", "F11"])

    def test_units_may_be_drops_millilitres_or_grams(self):
        for unit, size, key in [("drops", None, None), ("0.05ml", 0.05, "ml"), ("0.01g", 0.01, "g")]:
            record = self.record("match", "--target", "lab:35,3,6", "--max-pigments", "2", "--unit",
                                 unit, "--drops", "exactly:12", "--top", "2")
            self.assertEqual(record["unit"]["kind"], key or "drops")
            for recipe in record["recipes"]:
                self.assertEqual(sum(p["drops"] for p in recipe["parts"]), 12)
                for part in recipe["parts"]:
                    if key:
                        self.assertAlmostEqual(part[key], part["drops"] * size, delta=1e-4)

    def test_only_and_without_choose_the_bottles(self):
        record = self.record("match", "--target", "lab:35,3,6", "--only",
                             "carbon-black,titanium-dioxide,red-iron-oxide", "--without",
                             "red-iron-oxide", "--illuminants", "D65", "--weights", "1")
        self.assertEqual(record["search"]["pigments"], 2)
        self.assertEqual(list(record["recipes"][0]["de00"]), ["D65"])
        used = {p["pigment"] for r in record["recipes"] for p in r["parts"]}
        self.assertLessEqual(used, {"carbon-black", "titanium-dioxide"})

    def test_never_darker_keeps_to_its_word(self):
        record = self.record("match", "--target", "lab:35,3,6", "--max-pigments", "2",
                             "--never-darker")
        for recipe in record["recipes"]:
            self.assertGreaterEqual(recipe["predicted"]["lab"]["L"], 35 - 1e-6)

    def test_an_estimated_target_is_matched_under_its_own_lamp(self):
        bare = self.record("match", "--target", "lab:35,3,6", "--max-pigments", "2", "--top", "1")
        recipe = bare["recipes"][0]
        self.assertAlmostEqual(recipe["objective"], recipe["de00"]["D65"], delta=1e-6)
        self.assertTrue(any("estimated" in w for w in bare["warnings"]))

    def test_what_the_target_is_may_be_said(self):
        record = self.record("match", "--target", "skin.json", "--what", "dot", "--max-pigments",
                             "1", "--top", "1")
        self.assertEqual(record["target"]["what"], "dot")


class Photo(support.Case):
    def test_the_sample_photo_gives_readings_that_a_match_takes(self):
        shutil.copy(support.SAMPLE, self.work / "scalp.jpg")
        record = self.record("photo", "scalp.jpg", "--corners", support.sample_corners(),
                             "--region", support.sample_region("stubble"), "--region",
                             support.sample_region("skin"), "-o", "out")
        self.assertEqual(record["chart"]["status"], "given")
        self.assertEqual(len(record["patches"]), 24)
        self.assertEqual([r["name"] for r in record["regions"]], ["stubble", "skin"])
        for region in record["regions"]:
            saved = support.parse((self.work / "out" / f"{region['name']}.json").read_text())
            self.assertEqual(saved, region["reading"])
            lab = saved["lab"]
            self.assertEqual((lab["illuminant"], lab["observer"]), ("D50", "2"))
            self.assertIn("uncertainty_between_visits", saved)
        self.assertEqual(json.loads((self.work / "out" / "photo.json").read_text()), record)
        self.assertEqual(len(list((self.work / "out").iterdir())), 3)
        match = self.record("match", "--target", "out/stubble.json", "--surface",
                            "film:out/skin.json,1", "--max-pigments", "2", "--top", "3")
        self.assertEqual(len(match["recipes"]), 3)

    def test_a_polygon_closed_by_hand_is_the_box_it_outlines(self):
        record = self.record("photo", str(support.SAMPLE), "--corners", support.sample_corners(),
                             "--region", "skin-box=860,250,220,170", "--region",
                             "skin-polygon=860,250,1080,250,1080,420,860,420,860,250")
        box, polygon = record["regions"]
        self.assertEqual(box["statistics"], polygon["statistics"])
        self.assertEqual(len(polygon["polygon"]), 4)
        self.assertTrue(box["reading"]["spectrum"]["reconstructed"])
        self.assertEqual(box["ita"]["class"], "intermediate")

    def test_what_is_asked_for_later_counts_not_what_the_photo_took_it_for(self):
        self.record("photo", str(support.SAMPLE), "--corners", support.sample_corners(),
                    "--region", "skin=860,250,220,170", "-o", "out")
        for kind in ["skin", "hair", "pigment"]:
            reading = self.record("convert", "out/skin.json", "--spectrum", "--kind", kind)
            self.assertEqual(reading["spectrum"]["prior"], kind)

    def test_a_report_is_one_page_that_needs_nothing_else(self):
        args = ["photo", str(support.SAMPLE), "--corners", support.sample_corners(), "--region",
                support.sample_region("skin"), "--report", "page.html"]
        self.record(*args)
        page = (self.work / "page.html").read_text(encoding="utf-8")
        support.Page().check(self, page)
        self.assertIn("scalp.jpg", page)
        self.assertNotIn(str(support.SAMPLE.parent), page)
        self.assertLess(len(page), 1000000)

    def test_a_refused_chart_has_a_report_too(self):
        image = self.file("wall<b>.png", support.grey_png(320, 240))
        run = self.run_it("photo", image, "--report", "page.html")
        self.assertEqual(run.returncode, 4)
        page = (self.work / "page.html").read_text(encoding="utf-8")
        support.Page().check(self, page)
        self.assertIn("The chart was refused.", page)
        self.assertIn("wall&lt;b&gt;.png", page)

    def test_a_window_in_the_photo_is_still_a_reading_in_reason(self):
        name = "jarrelscy__IMG_20140613_203518.jpg"
        photo = support.SHARED / "photos" / name
        if not photo.exists():
            self.skipTest(f"../shared/photos/{name} is not there")
        truth = json.loads((photo.parent / "ground_truth.json").read_text())[name]
        corners = ",".join(str(v) for xy in truth["corner_patch_centres"] for v in xy)
        record = self.record("photo", str(photo), "--corners", corners, "--region",
                             "window=1748,1398,174,233", "-o", "out")
        reading = record["regions"][0]["reading"]
        self.assertTrue(90 < reading["lab"]["L"] <= 100)
        self.assertIn("clipped", " ".join(reading["warnings"]))
        self.record("convert", "out/window.json", "--to", "D50/2")

    def test_regions_without_a_chart_have_light_but_no_color(self):
        record = self.record("photo", str(support.SAMPLE), "--chart", "none", "--region",
                             support.sample_region("skin"))
        self.assertEqual(record["chart"]["status"], "none")
        self.assertIsNone(record["regions"][0]["reading"])
        self.assertTrue(all(0 < v < 1 for v in record["regions"][0]["rgb"]))


if __name__ == "__main__":
    support.main()
