/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver that new ones begin with, against scripts: what the test of any driver looks like. */
#include <stdio.h>
#include <string.h>

#include "devices/template/protocol.h"
#include "support/script.h"
#include "support/testing.h"

extern const tns_driver tns_driver_template;

static const tns_driver *const driver = &tns_driver_template;

/* "OK 041" with its checksum. */
static const char *sealed(const char *text)
{
    static char line[TNS_TEMPLATE_LINE];
    unsigned sum = 0;
    for (const char *c = text; *c; c++)
        sum += (unsigned char)*c;
    snprintf(line, sizeof line, "%s*%02X\n", text, sum & 0xFF);
    return line;
}

/* So many times the same percentage. */
static const char *values(const char *percent, int count)
{
    static char text[TNS_TEMPLATE_LINE];
    size_t n = (size_t)snprintf(text, sizeof text, "OK");
    for (int i = 0; i < count; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, " %s", percent);
    return text;
}

static void add_good(script *s)
{
    script_text(s, "WHO\n", sealed("OK EXEMPLAR 042"));
    script_text(s, "READ\n", sealed(values("12.5", 31)));
    script_delay(s, 900);
}

/* Opens and measures. */
static tns_code run(script *s, tns_sample *out, tns_error *err)
{
    tns_port port;
    tns_session session;
    err->code = TNS_OK;
    script_session(s, driver, &port, &session);
    if (driver->open(&session, err))
        driver->measure(&session, out, err);
    ck_assert_str_eq(script_wrong(s), "");
    script_session_end(driver, &session);
    return err->code;
}

START_TEST(a_good_reading_is_the_samples)
{
    script *s = script_create();
    tns_sample sample;
    tns_error err;
    add_good(s);
    ck_assert_msg(run(s, &sample, &err) == TNS_OK, "%s", err.text);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR("grey", sample.spectrum.value[i], 0.125, 1e-15);
    script_free(s);
}
END_TEST

START_TEST(every_fault_in_every_turn_ends_in_its_own_error_within_30_s)
{
    static const struct {
        const char *label;
        script_fault fault;
        tns_code code;
    } rows[] = {
        {"silent", SCRIPT_SILENT, TNS_ERROR_TIMEOUT},
        {"late", SCRIPT_LATE, TNS_ERROR_TIMEOUT},
        {"stall", SCRIPT_STALL, TNS_ERROR_STALL},
        {"unplugged", SCRIPT_GONE, TNS_ERROR_GONE},
        {"unplugged halfway", SCRIPT_GONE_HALFWAY, TNS_ERROR_GONE},
        {"cut short", SCRIPT_CUT, TNS_ERROR_SHORT_REPLY},
        {"a byte too many", SCRIPT_LONG, TNS_ERROR_BAD_REPLY},
        {"garbled", SCRIPT_GARBLED, TNS_ERROR_SHORT_REPLY},
        {"one bit wrong", SCRIPT_DAMAGED, TNS_ERROR_BAD_CHECKSUM},
        {"in two transfers", SCRIPT_HALVES, TNS_OK},
        {"byte by byte", SCRIPT_TRICKLE, TNS_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t turn = 0; turn < 2; turn++) {
            script *s = script_create();
            tns_sample sample;
            tns_error err;
            add_good(s);
            script_fail(s, turn, rows[i].fault);
            ck_assert_msg(run(s, &sample, &err) == rows[i].code, "%s in turn %zu: %s",
                          rows[i].label, turn, tns_code_name(err.code));
            ck_assert(script_now_ms(s) < 30000);
            script_free(s);
        }
}
END_TEST

START_TEST(what_the_instrument_refuses_is_named)
{
    static const struct {
        const char *answer;
        tns_code code;
        const char *says;
    } rows[] = {
        {"NO 1", TNS_ERROR_INSTRUMENT, "command"},
        {"NO 2", TNS_ERROR_NOT_CALIBRATED, "not calibrated"},
        {"NO 3", TNS_ERROR_INSTRUMENT, "lamp"},
        {"NO 99", TNS_ERROR_INSTRUMENT, "not documented (NO 99)"},
        {"HM 1", TNS_ERROR_BAD_REPLY, "OK or NO"},
        {"OK 12", TNS_ERROR_BAD_REPLY, "410 nm"},
        {"OK twelve", TNS_ERROR_BAD_REPLY, "400 nm"},
        {"OK nan", TNS_ERROR_BAD_REPLY, "400 nm"},
        {"OK -50", TNS_ERROR_BAD_REPLY, "400 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_sample sample;
        tns_error err;
        script_text(s, "WHO\n", sealed("OK EXEMPLAR 042"));
        script_text(s, "READ\n", sealed(rows[i].answer));
        ck_assert_int_eq(run(s, &sample, &err), rows[i].code);
        ck_assert_msg(strstr(err.text, rows[i].says), "%s: %s", rows[i].answer, err.text);
        script_free(s);
    }
}
END_TEST

START_TEST(a_band_too_many_is_refused)
{
    script *s = script_create();
    tns_sample sample;
    tns_error err;
    script_text(s, "WHO\n", sealed("OK EXEMPLAR 042"));
    script_text(s, "READ\n", sealed(values("7", 32)));
    ck_assert_int_eq(run(s, &sample, &err), TNS_ERROR_BAD_REPLY);
    script_free(s);
}
END_TEST

START_TEST(another_instrument_is_left_alone)
{
    script *s = script_create();
    tns_sample sample;
    tns_error err;
    script_text(s, "WHO\n", sealed("OK MODEM 56"));
    ck_assert_int_eq(run(s, &sample, &err), TNS_ERROR_NO_INSTRUMENT);
    script_free(s);
}
END_TEST

START_TEST(a_calibration_asks_for_the_tile_first)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_step step;
    tns_error err;
    unsigned need = 0;
    script_text(s, "WHITE\n", sealed("OK "));
    script_session(s, driver, &port, &session);
    ck_assert(driver->needs(&session, &need, &err) && need == TNS_NEED_WHITE);
    ck_assert(driver->calibrate(&session, need, &step, &err));
    ck_assert(!step.done && step.setup == TNS_SETUP_ON_TILE);
    ck_assert_uint_eq(script_played(s), 0);
    ck_assert_msg(driver->calibrate(&session, need, &step, &err), "%s", err.text);
    ck_assert(step.done);
    ck_assert_str_eq(script_wrong(s), "");
    script_session_end(driver, &session);
    script_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/template");
    TCase *tests = tcase_create("template");
    tcase_add_test(tests, a_good_reading_is_the_samples);
    tcase_add_test(tests, every_fault_in_every_turn_ends_in_its_own_error_within_30_s);
    tcase_add_test(tests, what_the_instrument_refuses_is_named);
    tcase_add_test(tests, a_band_too_many_is_refused);
    tcase_add_test(tests, another_instrument_is_left_alone);
    tcase_add_test(tests, a_calibration_asks_for_the_tile_first);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
