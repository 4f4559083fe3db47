/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include <stdlib.h>

#include "measure/scripted.h"

enum { DAY = 86400 };

/* ---- open and close ---- */

START_TEST(a_driver_is_closed_and_its_port_after_it)
{
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, NULL, &context);
    ck_assert_ptr_eq(tns_instrument_driver(instrument), &scripted);
    ck_assert_str_eq(tns_instrument_session(instrument)->serial, "A/1");
    ck_assert_uint_eq(tns_instrument_notes(instrument)->count, 0);
    tns_instrument_close(instrument);
    tns_instrument_close(NULL);
    ck_assert_int_eq(s.driver_closed, 1);
    ck_assert_int_eq(s.closed, 1);
}
END_TEST

START_TEST(an_open_that_fails_says_why_and_leaves_alone_what_is_another_thing)
{
    static const struct {
        tns_code code;
        int driver_closed;
    } rows[] = {{TNS_ERROR_NO_INSTRUMENT, 0}, {TNS_ERROR_TIMEOUT, 1},   {TNS_ERROR_BAD_CHECKSUM, 1},
                {TNS_ERROR_STALL, 1},         {TNS_ERROR_BAD_REPLY, 1}, {TNS_ERROR_GONE, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script s = ready();
        s.open = rows[i].code;
        tns_error err = {0};
        tns_port port = scripted_port(&s);
        ck_assert_ptr_null(tns_instrument_open(&scripted, &port, NULL, NULL, &err));
        ck_assert_int_eq(err.code, rows[i].code);
        ck_assert_msg(strncmp(err.text, "scripted A/1: ", 14) == 0, "%s", err.text);
        ck_assert_int_eq(s.driver_closed, rows[i].driver_closed);
        ck_assert_int_eq(s.closed, 1);
    }
}
END_TEST

START_TEST(what_a_driver_has_no_function_for_is_said_not_to_be_there)
{
    script s = ready();
    tns_driver bare = {.name = "bare", .capabilities = scripted.capabilities};
    tns_instrument *instrument = open_with(&bare, &s, NULL, NULL);
    tns_event event;
    tns_step step;
    tns_reading reading;
    tns_error err = {0};
    size_t count;
    double level;
    unsigned needs = 7;
    ck_assert(tns_instrument_needs(instrument, &needs, &err) && needs == 0);
    ck_assert(!tns_instrument_wait(instrument, 10, &event, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_instrument_count_stored(instrument, &count, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_instrument_read_stored(instrument, 0, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_instrument_battery(instrument, &level, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert_msg(strstr(err.text, "--button") != NULL, "%s", err.text);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(a_coarse_instrument_says_that_it_is)
{
    script s = ready();
    tns_driver coarse = scripted;
    coarse.capabilities.confidence = TNS_CONFIDENCE_LOW;
    coarse.note = "six lamps only";
    tns_instrument *instrument = open_with(&coarse, &s, NULL, NULL);
    const tns_warnings *notes = tns_instrument_notes(instrument);
    ck_assert_uint_eq(notes->count, 1);
    ck_assert_msg(strstr(notes->text[0], "six lamps only") != NULL, "%s", notes->text[0]);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(events_battery_and_kept_readings_are_passed_on)
{
    script s = ready();
    s.events = 1;
    will_give(&s, skin_sample(1));
    will_give(&s, skin_sample(20));
    tns_instrument *instrument = open_with(&scripted, &s, NULL, NULL);
    tns_event event;
    tns_error err = {0};
    tns_reading reading;
    double level = 0;
    size_t count = 0;
    ck_assert(tns_instrument_wait(instrument, 1000, &event, NULL));
    ck_assert_int_eq(event.kind, TNS_EVENT_BUTTON);
    ck_assert(tns_instrument_battery(instrument, &level, NULL));
    CHECK_NEAR("battery", level, 0.4, 0);
    ck_assert(tns_instrument_count_stored(instrument, &count, NULL) && count == 2);
    ck_assert(tns_instrument_read_stored(instrument, 0, &reading, NULL));
    ck_assert(reading.has_spectrum && reading.has_color && !reading.has_repeats);
    ck_assert_str_eq(reading.time, "");
    ck_assert(!tns_instrument_read_stored(instrument, 1, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_IMPLAUSIBLE);
    ck_assert(!tns_instrument_read_stored(instrument, 2, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    s.stored_fail = TNS_ERROR_SHORT_REPLY;
    ck_assert(!tns_instrument_read_stored(instrument, 0, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_SHORT_REPLY);
    tns_instrument_close(instrument);
}
END_TEST

/* ---- calibration ---- */

START_TEST(a_calibration_goes_step_by_step_and_then_holds_its_time)
{
    script s = ready();
    s.steps = 2;
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, NULL, &context);
    unsigned needs = 0;
    tns_step step;
    tns_reading reading;
    tns_error err = {0};
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
    ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    for (int i = 0; i < 2; i++) {
        ck_assert(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, NULL) && !step.done);
        ck_assert_int_eq(step.setup, TNS_SETUP_ON_TILE);
    }
    ck_assert(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, NULL) && step.done);
    static const struct {
        const char *label;
        int64_t later;
        unsigned needs;
    } rows[] = {{"at once", 0, 0},
                {"to the last second", DAY, 0},
                {"a second more", DAY + 1, TNS_NEED_WHITE},
                {"before it was made", -1, TNS_NEED_WHITE}};
    int64_t made = s.epoch;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        s.epoch = made + rows[i].later;
        ck_assert(tns_instrument_needs(instrument, &needs, NULL));
        ck_assert_msg(needs == rows[i].needs, "%s", rows[i].label);
    }
    s.epoch = made + 26 * 3600;
    ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
    ck_assert_msg(strstr(err.text, "26 hours old") != NULL, "%s", err.text);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(a_driver_may_ask_for_a_calibration_at_any_time)
{
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, NULL, &context);
    calibrate_fully(instrument);
    unsigned needs = 0;
    tns_error err = {0};
    tns_reading reading;
    s.needs = TNS_NEED_DARK;
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_DARK);
    ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
    ck_assert_msg(strstr(err.text, "dark") != NULL, "%s", err.text);
    s.needs_fail = TNS_ERROR_TIMEOUT;
    ck_assert(!tns_instrument_needs(instrument, &needs, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    ck_assert(!tns_instrument_calibrate(instrument, 3, &(tns_step){0}, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(a_calibration_that_fails_says_why_and_does_not_count)
{
    script s = ready();
    s.calibrate = TNS_ERROR_SETUP;
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, NULL, &context);
    tns_error err = {0};
    tns_step step;
    unsigned needs;
    ck_assert(!tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_SETUP);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(what_a_measurement_would_be_refused_is_told_before)
{
    static const struct {
        const char *label;
        tns_measure_options how;
        unsigned triggers;
        tns_code code;
    } rows[] = {
        {"as it is", {0}, TNS_TRIGGER_HOST, TNS_OK},
        {"by its button", {.by_button = true}, TNS_TRIGGER_BUTTON, TNS_OK},
        {"no button", {.by_button = true}, TNS_TRIGGER_HOST, TNS_ERROR_UNSUPPORTED},
        {"a button alone", {0}, TNS_TRIGGER_BUTTON, TNS_ERROR_UNSUPPORTED},
        {"too often", {.repeats = TNS_REPEATS_MAX + 1}, TNS_TRIGGER_HOST, TNS_ERROR_USAGE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script s = ready();
        tns_driver driver = scripted;
        tns_error err = {.code = TNS_OK}, real = {.code = TNS_OK};
        tns_reading reading;
        driver.capabilities.triggers = rows[i].triggers;
        tns_instrument *instrument = open_with(&driver, &s, NULL, NULL);
        bool could = tns_instrument_try_measure(instrument, &rows[i].how, true, &err);
        ck_assert_msg(could == (rows[i].code == TNS_OK), "%s: %s", rows[i].label, err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
        calibrate_fully(instrument);
        if (!could) {
            ck_assert(!tns_instrument_measure(instrument, &rows[i].how, &reading, &real));
            ck_assert_str_eq(err.text, real.text);
        }
        ck_assert_int_eq(s.measured, 0);
        tns_instrument_close(instrument);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instrument");
    TCase *tc = tcase_create("instrument");
    tcase_add_test(tc, a_driver_is_closed_and_its_port_after_it);
    tcase_add_test(tc, an_open_that_fails_says_why_and_leaves_alone_what_is_another_thing);
    tcase_add_test(tc, what_a_driver_has_no_function_for_is_said_not_to_be_there);
    tcase_add_test(tc, a_coarse_instrument_says_that_it_is);
    tcase_add_test(tc, events_battery_and_kept_readings_are_passed_on);
    tcase_add_test(tc, a_calibration_goes_step_by_step_and_then_holds_its_time);
    tcase_add_test(tc, a_driver_may_ask_for_a_calibration_at_any_time);
    tcase_add_test(tc, a_calibration_that_fails_says_why_and_does_not_count);
    tcase_add_test(tc, what_a_measurement_would_be_refused_is_told_before);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
