# SPDX-License-Identifier: GPL-3.0-or-later
"""Instruments by the command, with the one that is always there: simulated."""
import json
import os
import pty
import select
import subprocess
import sys
import time

import support

TILE = "put the instrument onto the white tile SIM-TILE"


class Instruments(support.Case):
    def calibrated(self):
        self.run_it("calibrate", "--device", "simulated", "--yes")

    def kept(self):
        return self.folder / ".local/share/tonsure/calibrations/simulated_SIM-1.json"

    def fails(self, code, words, *args):
        """A run that ends with 3, and says the same on both streams."""
        run = self.run_it("--json", *args)
        said = self.one_line(run, args)
        self.assertEqual(run.returncode, 3, said)
        self.assertIn(words, said)
        error = support.parse(run.stdout.decode())["error"]
        self.assertEqual((error["code"], error["text"]), (code, said))

    def test_the_simulated_instrument_is_always_listed_with_what_it_needs(self):
        device = self.record("devices")["devices"][-1]
        self.assertEqual((device["driver"], device["serial"], device["access"], device["needs"]),
                         ("simulated", "SIM-1", "ok", ["white"]))
        self.assertIn("button-trigger", device["capabilities"])
        self.calibrated()
        self.assertEqual(self.record("devices")["devices"][-1]["needs"], [])

    def test_what_is_not_calibrated_is_not_read_and_a_calibration_is_kept(self):
        self.fails("not-calibrated", "tonsure calibrate", "measure", "--device", "simulated")
        run = self.run_it("calibrate", "--device", "simulated")
        self.assertEqual(run.returncode, 3)
        self.assertIn(f"> {TILE}\n", run.stderr.decode())
        self.assertFalse(self.kept().exists())
        run = self.run_it("--json", "calibrate", "--device", "simulated", "--yes")
        record = support.parse(run.stdout.decode())
        self.assertEqual((record["tile"], len(record["values"])), ("SIM-TILE", 1))
        self.assertEqual(support.parse(self.kept().read_text()), record)
        reading = self.record("measure", "--device", "simulated:skin-light", "--site", "crown", "--what", "skin",
                              "-o", "skin.json")
        self.assertEqual(json.loads((self.work / "skin.json").read_text()), reading)
        self.assertEqual((reading["site"], reading["what"], reading["repeats"]["n"]), ("crown", "skin", 3))
        self.assertEqual(reading["source"]["driver"], "simulated")
        self.assertEqual(len(reading["spectrum"]["values"]), 36)

    def test_one_reading_feeds_a_match(self):
        self.calibrated()
        self.ok("measure", "--device", "simulated:hair-brown", "-n", "1", "-o", "hair.json")
        self.assertTrue(self.record("match", "--target", "hair.json", "--top", "1", "--max-pigments", "2")["recipes"])

    def test_a_broken_calibration_is_told_of_and_is_none(self):
        self.calibrated()
        self.kept().write_text("{", encoding="utf-8")
        run = self.run_it("measure", "--device", "simulated")
        self.assertEqual(run.returncode, 3)
        self.assertIn("note: the kept calibration is not used:", run.stderr.decode())

    def test_trouble_ends_with_3_and_its_own_reason_and_the_next_run_works(self):
        for sample, code, words in [("silent", "timeout", "no answer"), ("unplugged", "gone", "unplugged"),
                                    ("cap-on", "implausible", "the tile's own constant"),
                                    ("unsteady", "implausible", "do not agree")]:
            self.calibrated()
            start = time.monotonic()
            self.fails(code, words, "measure", "--device", f"simulated:{sample}")
            self.assertLess(time.monotonic() - start, 30)
        self.calibrated()
        self.ok("measure", "--device", "simulated")

    def test_an_instrument_that_was_reached_names_itself_once(self):
        for device, words in [("simulated:nonsense", "tonsure: simulated SIM-1: "), ("cr30", "tonsure: cr30: none"),
                              ("simulated:card:sg,0", "tonsure: simulated SIM-1: ")]:
            run = self.run_it("measure", "--device", device)
            self.assertTrue(run.stderr.decode().startswith(words), run.stderr)
            self.assertEqual(run.stderr.decode().count(device.split(":")[0]), 1, run.stderr)

    def test_pressed_skin_is_told_of(self):
        self.calibrated()
        reading = self.record("measure", "--device", "simulated:pressed", "--what", "skin")
        self.assertTrue(any("you are pressing" in w for w in reading["warnings"]), reading["warnings"])

    def dry(self, *args):
        """What a dry run says, for people and beside a record of the instrument; nothing is written."""
        before = self.files()
        said = support.flat(self.ok(*args, "--dry-run"))
        run = self.run_it("--json", *args, "--dry-run")
        self.assertEqual(run.returncode, 0, args)
        for line in run.stderr.decode().splitlines():
            self.assertIn(line.replace("dry run:", "Dry run"), said)
        self.assertEqual(self.files(), before, args)
        return said, support.parse(run.stdout.decode())["devices"]

    def test_a_dry_run_tells_what_would_be_read_and_where_it_would_go(self):
        measure = ["measure", "--device", "simulated:hair-brown"]
        self.fails("not-calibrated", "tonsure calibrate", *measure, "--dry-run")
        said, devices = self.dry(*measure, "--yes", "-o", "hair.json", "--trace", "t.txt")
        self.assertIn("SIM-1: 3 readings of one place would be taken, after a calibration (white)", said)
        self.assertIn("hair.json would be written", said)
        self.assertIn("t.txt would be written", said)
        self.assertEqual([(d["driver"], d["serial"], d["needs"]) for d in devices], [("simulated", "SIM-1", ["white"])])
        self.calibrated()
        said, devices = self.dry(*measure, "-n", "1")
        self.assertIn("1 reading of one place would be taken", said)
        self.assertEqual(devices[0]["needs"], [])
        self.assertIn("4 places would be read", self.dry(*measure, "--follow", "--count", "4")[0])
        self.ok(*measure, "-o", "hair.json")
        self.assertIn("hair.json would be replaced", self.dry(*measure, "-o", "hair.json")[0])

    def test_a_dry_run_is_refused_what_the_real_one_would_be(self):
        self.calibrated()
        for status, code, args in [(1, "not-found", ["-o", "none/hair.json"]), (1, "not-found", ["--trace", "none/t"]),
                                   (3, "no-instrument", ["--device", "cr30"]), (2, "usage", ["-n", "0"]),
                                   (2, "usage", ["--stored", "--pick", "4"])]:
            args = ["measure", *([] if "--device" in args else ["--device", "simulated"]), *args]
            self.refused(status, code, "", *args, "--dry-run")
            self.assertEqual([self.run_it(*args).stderr, self.run_it(*args).returncode],
                             [self.run_it(*args, "--dry-run").stderr, status])

    def test_a_dry_calibration_makes_none_and_keeps_none(self):
        calibrate = ["calibrate", "--device", "simulated:white"]
        said, devices = self.dry(*calibrate, "--yes")
        self.assertIn("a calibration (white) would be made and kept", said)
        self.assertEqual(devices[0]["needs"], ["white"])
        self.assertIn("asks for --yes", self.dry(*calibrate)[0])
        self.fails("not-calibrated", "tonsure calibrate", *calibrate, "--verify", "--dry-run")
        self.assertFalse(self.kept().exists())
        self.file("data", "no folder")
        for args in [[*calibrate, "--yes"], ["measure", "--device", "simulated", "--yes"]]:
            run = self.run_it(*args, "--dry-run", env={"XDG_DATA_HOME": str(self.work / "data")})
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn("Not a directory", run.stderr.decode())
        self.calibrated()
        self.assertIn("kept for the next time", self.dry(*calibrate, "--verify")[0])
        self.ok(*calibrate, "--verify")
        self.assertIn("compared with the one kept", self.dry(*calibrate, "--verify")[0])
        self.assertIn("kept for the next time", self.dry(*calibrate, "--verify", "--renew")[0])

    def test_a_dry_run_hands_out_what_is_there_and_writes_no_file(self):
        self.calibrated()
        before = self.files()
        stored = ["measure", "--device", "simulated", "--stored", "--pick", "2", "-o", "one.json"]
        typed = ["measure", "--typed", "38.2 3.1 6.0", "-o", "one.json"]
        for args in [stored, typed]:
            self.assertIn("one.json would be written", support.flat(self.ok(*args, "--dry-run")))
            self.assertIn("lab", support.parse(self.run_it("--json", *args, "--dry-run").stdout.decode()))
            self.assertEqual(self.files(), before)

    def test_a_dry_run_over_a_card_tells_how_many_patches_are_left(self):
        if not support.READS_PHOTOS:
            self.skipTest("this build reads no photos")
        self.calibrated()
        card = ["chart", "measure", "--chart", "3x2", "--yes", "-n", "1", "-o", "strip.chart", "--device"]
        said, _ = self.dry(*card, "simulated:card:sg,1")
        self.assertIn("6 of 6 patches would be read", said)
        self.assertIn("strip.chart would be written", said)
        self.refused(1, "not-found", "none/strip.chart", *card[:-2], "none/strip.chart", "--device",
                     "simulated:card:sg,1", "--dry-run")
        self.refused(1, "not-found", "3x", "chart", "measure", "--chart", "3x", "--yes", "-o", "strip.chart", "--device",
                     "simulated", "--dry-run")

    def test_a_stream_is_a_record_a_line(self):
        self.calibrated()
        lines = self.ok("--json", "measure", "--device", "simulated", "--follow", "--count", "3").splitlines()
        labs = [support.parse(line)["lab"]["L"] for line in lines]
        self.assertEqual((len(labs), len(set(labs))), (3, 3))
        self.assertNotIn("  ", lines[0])
        run = self.run_it("--json", "measure", "--device", "simulated:unplugged", "--follow")
        lines = run.stdout.decode().splitlines()
        self.assertEqual((run.returncode, len(lines)), (3, 2))
        self.assertEqual(support.parse(lines[1])["error"]["code"], "gone")

    def test_the_button_begins_a_reading(self):
        self.calibrated()
        self.assertEqual(self.record("measure", "--device", "simulated", "--button", "-n", "1")["repeats"]["n"], 1)

    def test_kept_readings_are_handed_out(self):
        self.calibrated()
        lines = self.ok("--json", "measure", "--device", "simulated", "--stored").splitlines()
        self.assertEqual(len([support.parse(line) for line in lines]), 3)
        one = self.record("measure", "--device", "simulated", "--stored", "--pick", "2", "--site", "nape")
        self.assertEqual((one["site"], one["lab"]), ("nape", support.parse(lines[1])["lab"]))
        self.refused(2, "usage", "there is no 4", "measure", "--device", "simulated", "--stored", "--pick", "4")

    def test_a_surface_read_again_shows_a_spoilt_white(self):
        self.calibrated()
        verify = ["calibrate", "--verify", "--device"]
        self.assertTrue(self.record(*verify, "simulated:white")["first"])
        again = self.record(*verify, "simulated:white")
        self.assertEqual((again["first"], again["passed"]), (False, True))
        run = self.run_it("--json", *verify, "simulated:skin-light")
        record = support.parse(run.stdout.decode())
        self.assertEqual((run.returncode, record["passed"], record["error"]["code"]), (3, False, "implausible"))
        self.assertGreater(record["de00"], 10)
        self.fails("not-calibrated", "verified", "measure", "--device", "simulated")
        self.calibrated()
        self.assertTrue(self.record(*verify, "simulated:skin-light", "--renew")["first"])

    def test_a_doctor_says_what_is_well(self):
        record = self.record("doctor")
        self.assertEqual([c["name"] for c in record["checks"]],
                         ["instrument", "rules", "calibrations", "store", "palette", "clock"])
        rules = record["checks"][1]
        if rules["state"] != "ok":
            self.assertTrue(os.path.isfile(rules["fix"].split()[2]), rules["fix"])
        run = self.run_it("doctor", env={"HOME": ""})
        self.assertEqual(run.returncode, 3)
        self.assertIn("calibrations  WRONG", run.stdout.decode())
        run = self.run_it("--json", "--palette", "nowhere.json", "doctor")
        self.assertEqual(run.returncode, 1)
        self.assertFalse(support.parse(run.stdout.decode())["ok"])

    def test_what_makes_no_sense_is_refused(self):
        for words, args in [("--typed or --pasted", ["--typed", "1 2 3", "--pasted", "a.csv"]),
                            ("is not measured", ["--typed", "1 2 3", "--device", "simulated"]),
                            ("--viewing", ["--device", "simulated", "--viewing", "D50/2"]),
                            ("--what", ["--what", "beard"]), ("--repeats: expected 1 to 100", ["-n", "0"]),
                            ("--output", ["--follow", "-o", "x.json"]), ("--count", ["--count", "2"]),
                            ("--stored", ["--stored", "--button"]), ("--site", ["--site", "x" * 40])]:
            self.refused(2, "usage", words, "measure", *args)
        self.refused(2, "usage", "--renew", "calibrate", "--renew")

    def test_numbers_are_typed_in_many_ways(self):
        for text, lab in [("38.2 3.1 6", (38.2, 3.1, 6)), ("38.2, 3.1, 6.0", (38.2, 3.1, 6)),
                          ("38,2 3,1 6,0", (38.2, 3.1, 6)), ("38,2; 3,1; -6", (38.2, 3.1, -6)),
                          ("38.2,3.1,6", (38.2, 3.1, 6)), (" 38  3\t6 ", (38, 3, 6))]:
            record = self.record("measure", "--typed", text, "--viewing", "D50/2", "--what", "skin")
            self.assertEqual(tuple(record["lab"][axis] for axis in "Lab"), lab, text)
            self.assertEqual((record["lab"]["illuminant"], record["source"]["kind"]), ("D50", "typed"))
        for text in ["", "38", "38 3", "38 3 6 1", "L 3 6", "150 0 0", "38,2 3 x"]:
            self.refused(2, "usage", "typed", "measure", "--typed", text)
        self.refused(2, "usage", "D95", "measure", "--typed", "1 2 3", "--viewing", "D95")

    def test_tables_of_apps_are_taken_over(self):
        self.file("app.csv", "Name;L*;a*;b*;Illuminant/Observer\nNape;38,2;3,1;6,0;D50/2°\nCrown;40;4;7;D65/10°\n")
        record = self.record("measure", "--pasted", "app.csv#Crown")
        self.assertEqual((record["id"], record["lab"]["L"], record["lab"]["illuminant"]), ("Crown", 40, "D65"))
        self.assertEqual(self.record("measure", "--pasted", "app.csv#1")["lab"]["a"], 3.1)
        self.refused(2, "usage", "name one", "measure", "--pasted", "app.csv")


class Terminal(support.Case):
    def test_a_person_is_led_step_by_step(self):
        ours, theirs = pty.openpty()
        run = subprocess.Popen([support.TONSURE, "measure", "--device", "simulated:skin-light"], stdin=theirs,
                               stdout=theirs, stderr=theirs, cwd=self.work, env=self.environment)
        os.close(theirs)
        said = ""
        for wanted in ["white tile SIM-TILE", "rest the instrument lightly"]:
            while wanted not in said or "Enter when done" not in said.split(wanted)[1]:
                said += self.hear(ours)
            os.write(ours, b"\n")
        while "set aside" not in said:
            said += self.hear(ours)
        self.assertEqual(run.wait(timeout=120), 0)
        os.close(ours)
        for number in "123":
            self.assertRegex(said, rf"\n   {number}  L 6\d\.\d  a ")

    def test_enter_of_before_answers_nothing(self):
        ours, theirs = pty.openpty()
        os.write(ours, b"\n")
        run = subprocess.Popen([support.TONSURE, "calibrate", "--device", "simulated"], stdin=theirs,
                               stdout=theirs, stderr=theirs, cwd=self.work, env=self.environment)
        os.close(theirs)
        said = ""
        while "Enter when done" not in said:
            said += self.hear(ours)
        os.write(ours, b"\x04") # the end of the input
        while "stopped" not in said and "Ready" not in said:
            said += self.hear(ours)
        run.wait(timeout=120)
        os.close(ours)
        self.assertNotIn("Ready", said)

    def hear(self, terminal):
        ready, _, _ = select.select([terminal], [], [], 120)
        self.assertTrue(ready, "nothing is said")
        return os.read(terminal, 4096).decode()


if __name__ == "__main__":
    if not support.READS_INSTRUMENTS:
        print("skipped: this build reads no instruments", file=sys.stderr)
        sys.exit(support.SKIPPED)
    support.main()
