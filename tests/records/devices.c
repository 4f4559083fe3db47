/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of instruments: as written, and broken. */
#include <string.h>

#include "records/broken.h"
#include "records/device_again.h"
#include "records/same.h"
#include "support/testing.h"

#define EXAMPLE(name) "docs/schema/examples/" name ".json"

START_TEST(every_example_is_read_and_written_byte_for_byte)
{
    examples_same_again(device_records, sizeof device_records / sizeof *device_records);
}
END_TEST

/* What the examples do not show, in the form of the writers. */
START_TEST(the_rarer_forms_are_read_and_written_byte_for_byte)
{
    static const written rows[] = {
        {"nothing plugged in", again_devices,
         "{\"schema\": \"tonsure/devices/1\", \"devices\": []}\n"},
        {"one that somebody else keeps busy", again_devices,
         "{\n  \"schema\": \"tonsure/devices/1\",\n  \"devices\": [\n    {\n"
         "      \"driver\": \"cr30\",\n      \"model\": \"CR30\",\n      \"vid\": \"1a86\",\n"
         "      \"pid\": \"000c\",\n      \"serial\": \"\",\n      \"path\": \"usb:1-1.4\",\n"
         "      \"capabilities\": [\"emissive\", \"button-trigger\", \"dial\", \"cap\"],\n"
         "      \"needs\": null,\n      \"access\": \"busy\",\n      \"holder\": \"a program\",\n"
         "      \"certain\": false,\n      \"fault\": \"it does not answer\"\n    }\n  ]\n}\n"},
        {"one to be calibrated", again_devices,
         "{\n  \"schema\": \"tonsure/devices/1\",\n  \"devices\": [\n    {\n"
         "      \"driver\": \"okline\",\n      \"model\": \"M\",\n      \"serial\": \"7\",\n"
         "      \"path\": \"usb:2-1\",\n      \"capabilities\": [],\n"
         "      \"needs\": [\"white\", \"dark\"],\n      \"access\": \"denied\",\n"
         "      \"certain\": true\n    }\n  ]\n}\n"},
        {"something is wrong", again_doctor,
         "{\n  \"schema\": \"tonsure/doctor/1\",\n  \"ok\": false,\n"
         "  \"checks\": [{\"name\": \"clock\", \"state\": \"wrong\", \"text\": \"it stands\", "
         "\"fix\": "
         "\"set it\"}]\n}\n"},
        {"a check that was not passed, of a clock that was never set", again_verification,
         "{\n  \"schema\": \"tonsure/verification/1\",\n  \"first\": false,\n"
         "  \"passed\": false,\n  \"de00\": 2.5,\n  \"limit\": 1,\n  \"reference\": {\n"
         "    \"time\": \"1970-01-01T00:05:00Z\",\n"
         "    \"lab\": {\"L\": 96, \"a\": 0, \"b\": 1, \"illuminant\": \"D65\", \"observer\": "
         "\"10\"}\n"
         "  },\n  \"reading\": {\n    \"schema\": \"tonsure/reading/1\",\n"
         "    \"source\": {\"kind\": \"instrument\"},\n"
         "    \"lab\": {\"L\": 92, \"a\": 0, \"b\": 1, \"illuminant\": \"D65\", \"observer\": "
         "\"10\"},\n"
         "    \"warnings\": []\n  },\n"
         "  \"error\": {\"code\": \"not-calibrated\", \"text\": \"verify: dE 2.5\"}\n}\n"},
    };
    all_same_again(rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(what_a_record_of_devices_tells_is_all_there)
{
    size_t length, count;
    tns_error err = {0};
    char *text = project_file(EXAMPLE("devices-1"), &length);
    tns_device_record *v = tns_devices_parse(text, length, "r.json", &count, &err);
    ck_assert_msg(v != NULL, "%s", err.text);
    ck_assert_uint_eq(count, 1);
    ck_assert(v->asked && v->needs == 0 && v->certain && v->access == TNS_DEVICE_OK);
    ck_assert(v->capabilities.step_nm > 0 && v->capabilities.reflective);
    ck_assert(!v->capabilities.emissive && !v->capabilities.has_dial);
    ck_assert_uint_eq(v->capabilities.triggers, TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON);
    free(v);
    free(text);
}
END_TEST

/* Each as broken.h wants it: whether anything came of it. */
static bool came(char *again)
{
    free(again);
    return again != NULL;
}

static bool read_devices(const char *text, size_t length, tns_error *err)
{
    return came(again_devices(text, length, err));
}

static bool read_doctor(const char *text, size_t length, tns_error *err)
{
    return came(again_doctor(text, length, err));
}

static bool read_verification(const char *text, size_t length, tns_error *err)
{
    return came(again_verification(text, length, err));
}

START_TEST(broken_devices_are_refused_with_their_place)
{
    static const broken rows[] = {
        {"devices of a number", "devices[", "7", TNS_ERROR_FORMAT, "devices: expected"},
        {"a device of a number", "devices[", "[7]", TNS_ERROR_FORMAT,
         "devices[0]: expected an object"},
        {"no driver", "driver", NULL, TNS_ERROR_FORMAT, "devices[0].driver: expected a text"},
        {"an id of a word", "driver", "\"x\", \"vid\": \"usb\"", TNS_ERROR_FORMAT,
         "devices[0].vid: expected four hexadecimal digits, found \"usb\""},
        {"an id of three digits", "driver", "\"x\", \"pid\": \"1a8\"", TNS_ERROR_FORMAT,
         "devices[0].pid: expected four hexadecimal digits"},
        {"an empty id", "driver", "\"x\", \"pid\": \"\"", TNS_ERROR_FORMAT,
         "devices[0].pid: expected four hexadecimal digits"},
        {"it can fly", "capabilities[", "[\"wings\"]", TNS_ERROR_FORMAT,
         "devices[0].capabilities[0]: expected reflective, emissive"},
        {"a need of a number", "needs[", "[7]", TNS_ERROR_FORMAT, "devices[0].needs[0]: expected"},
        {"access for some", "access", "\"some\"", TNS_ERROR_FORMAT,
         "devices[0].access: expected ok, denied or busy"},
        {"certain to a half", "certain", "0.5", TNS_ERROR_FORMAT, "devices[0].certain: expected"},
    };
    refuse_broken(EXAMPLE("devices-1"), "tonsure/devices/1", read_devices, rows,
                  sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(a_broken_doctor_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"well to a half", "ok", "0.5", TNS_ERROR_FORMAT, "ok: expected"},
        {"no checks", "checks[", NULL, TNS_ERROR_FORMAT, "checks: expected"},
        {"a name beyond all", "name", "\"a-name-that-no-check-of-ours-has\"", TNS_ERROR_FORMAT,
         "checks[0].name: expected"},
        {"a state of mind", "state", "\"glad\"", TNS_ERROR_FORMAT,
         "checks[0].state: expected ok, wrong or absent"},
        {"no text", "text", NULL, TNS_ERROR_FORMAT, "checks[0].text: expected a text"},
        {"a fix of a number", "fix", "7", TNS_ERROR_FORMAT, "checks[1].fix: expected a text"},
    };
    refuse_broken(EXAMPLE("doctor-1"), "tonsure/doctor/1", read_doctor, rows,
                  sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(a_broken_verification_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"first to a half", "first", "0.5", TNS_ERROR_FORMAT, "first: expected"},
        {"a negative difference", "de00", "-1", TNS_ERROR_RANGE, "de00: expected 0 to 200"},
        {"a negative limit", "limit", "-1", TNS_ERROR_RANGE, "limit: expected 0 to 200"},
        {"no reference", "reference{", NULL, TNS_ERROR_FORMAT, "reference: expected an object"},
        {"a time of day", "time", "\"noon\"", TNS_ERROR_FORMAT,
         "reference.time: expected a time such as"},
        {"a day that is none", "time", "\"2026-02-30T00:00:00Z\"", TNS_ERROR_FORMAT,
         "reference.time: expected a time such as"},
        {"no reading", "reading{", NULL, TNS_ERROR_FORMAT, "reading: expected an object"},
        {"a reading of nothing", "source{", "7", TNS_ERROR_FORMAT,
         "reading.source: expected an object"},
    };
    refuse_broken(EXAMPLE("verification-1"), "tonsure/verification/1", read_verification, rows,
                  sizeof rows / sizeof *rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices");
    TCase *tcase = tcase_create("devices");
    tcase_add_test(tcase, every_example_is_read_and_written_byte_for_byte);
    tcase_add_test(tcase, the_rarer_forms_are_read_and_written_byte_for_byte);
    tcase_add_test(tcase, what_a_record_of_devices_tells_is_all_there);
    tcase_add_test(tcase, broken_devices_are_refused_with_their_place);
    tcase_add_test(tcase, a_broken_doctor_is_refused_with_its_place);
    tcase_add_test(tcase, a_broken_verification_is_refused_with_its_place);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
