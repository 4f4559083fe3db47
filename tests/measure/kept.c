/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of an instrument from run to run, and what a dry run keeps: nothing. */
#define _XOPEN_SOURCE 700
#include <stdlib.h>

#include "measure/scripted.h"

#define KEPT "scripted_A%2F1.json"

static void remove_all(const char *folder)
{
    char path[128];
    snprintf(path, sizeof path, "%s/kept/%s", folder, KEPT);
    unlink(path);
    snprintf(path, sizeof path, "%s/kept", folder);
    rmdir(path);
    rmdir(folder);
}

START_TEST(a_kept_calibration_is_there_in_the_next_run)
{
    char base[64], folder[80];
    make_folder(base);
    snprintf(folder, sizeof folder, "%s/kept", base);
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_instrument *first = open_with(&scripted, &s, folder, &context);
    calibrate_fully(first);
    tns_calibration made = tns_instrument_session(first)->calibration;
    tns_instrument_close(first);

    tns_instrument *second = open_with(&scripted, &s, folder, &context);
    const tns_calibration *kept = &tns_instrument_session(second)->calibration;
    unsigned needs = 7;
    ck_assert_uint_eq(tns_instrument_notes(second)->count, 0);
    ck_assert(tns_instrument_needs(second, &needs, NULL) && needs == 0);
    ck_assert_str_eq(kept->tile, "T-7");
    ck_assert_int_eq(kept->white_time, made.white_time);
    ck_assert_uint_eq(kept->count, 2);
    /* 15 digits are written */
    CHECK_NEAR("value", kept->value[0], made.value[0], 1e-14);
    CHECK_NEAR("value", kept->value[1], made.value[1], 0);
    ck_assert(kept->has_constant);
    CHECK_NEAR("constant", kept->constant[7], made.constant[7], 1e-14);
    tns_instrument_close(second);
    remove_all(base);
}
END_TEST

START_TEST(a_broken_or_foreign_file_is_said_and_treated_as_none)
{
    static const char *const rows[] = {
        "",
        "{",
        "{\"schema\":\"tonsure/calibration/2\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[]}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"B\","
        "\"values\":[]}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"other\",\"serial\":\"A/1\","
        "\"values\":[]}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\"}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[null]}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[],\"white_time\":\"yesterday\"}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[],\"white_time\":\"2026-02-30T12:00:00Z\"}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[],\"constant\":[1,2]}",
        "{\"schema\":\"tonsure/calibration/1\",\"driver\":\"scripted\",\"serial\":\"A/1\","
        "\"values\":[],\"reference\":{\"time\":\"2026-02-03T12:00:00Z\"}}",
    };
    char base[64], path[128];
    make_folder(base);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(path, sizeof path, "%s/%s", base, KEPT);
        FILE *file = fopen(path, "w");
        ck_assert(file != NULL);
        fputs(rows[i], file);
        fclose(file);
        script s = ready();
        tns_context context = scripted_context(&s);
        tns_instrument *instrument = open_with(&scripted, &s, base, &context);
        const tns_warnings *notes = tns_instrument_notes(instrument);
        unsigned needs = 0;
        ck_assert_msg(notes->count == 1 && strstr(notes->text[0], "not used") &&
                          strstr(notes->text[0], KEPT),
                      "%zu: %s", i, notes->text[0]);
        ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
        calibrate_fully(instrument); /* and is replaced */
        tns_instrument_close(instrument);
        instrument = open_with(&scripted, &s, base, &context);
        ck_assert_uint_eq(tns_instrument_notes(instrument)->count, 0);
        tns_instrument_close(instrument);
        unlink(path);
    }
    rmdir(base);
}
END_TEST

START_TEST(what_cannot_be_kept_is_said_and_holds_for_now)
{
    char base[64], folder[80];
    make_folder(base);
    snprintf(folder, sizeof folder, "%s/file", base);
    FILE *file = fopen(folder, "w");
    ck_assert(file != NULL);
    fclose(file);
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
    tns_step step;
    tns_error err = {0};
    unsigned needs = 7;
    ck_assert(!tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err));
    ck_assert_msg(strstr(err.text, "not kept") && strstr(err.text, folder), "%s", err.text);
    ck_assert(step.done);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == 0);
    tns_instrument_close(instrument);
    unlink(folder);
    rmdir(base);
}
END_TEST

START_TEST(an_instrument_that_comes_back_must_be_calibrated_again)
{
    char base[64], folder[80];
    make_folder(base);
    snprintf(folder, sizeof folder, "%s/kept", base);
    script s = ready();
    will_fail(&s, TNS_ERROR_GONE);
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
    calibrate_fully(instrument);
    tns_error err = {0};
    tns_reading reading;
    unsigned needs = 0;
    for (int i = 0; i < 2; i++) {
        ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_GONE);
    }
    ck_assert_int_eq(s.measured, 1); /* what is gone is not asked again */
    ck_assert(!tns_instrument_wait(instrument, 10, &(tns_event){0}, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_GONE);
    tns_instrument_close(instrument);
    ck_assert_int_eq(s.driver_closed, 1);

    instrument = open_with(&scripted, &s, folder, &context);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
    ck_assert(!tns_instrument_measure(instrument, NULL, &reading, &err));
    ck_assert_msg(strstr(err.text, "unplugged") != NULL, "%s", err.text);
    s.steps = 0;
    calibrate_fully(instrument);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == 0);
    tns_instrument_close(instrument);
    remove_all(base);
}
END_TEST

START_TEST(an_open_that_is_unplugged_halfway_leaves_what_is_kept_as_it_is)
{
    char base[64], folder[80];
    make_folder(base);
    snprintf(folder, sizeof folder, "%s/kept", base);
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
    calibrate_fully(instrument);
    tns_instrument_close(instrument);

    s.open = TNS_ERROR_GONE;
    tns_port port = scripted_port(&s);
    tns_error err = {0};
    ck_assert_ptr_null(tns_instrument_open(&scripted, &port, folder, &context, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_GONE);

    s.open = TNS_OK;
    unsigned needs = 7;
    instrument = open_with(&scripted, &s, folder, &context);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == 0);
    ck_assert_uint_eq(tns_instrument_session(instrument)->calibration.count, 2);
    tns_instrument_close(instrument);
    remove_all(base);
}
END_TEST

START_TEST(a_white_found_lost_at_any_time_is_lost_in_the_next_run_too)
{
    for (int closing = 0; closing < 2; closing++) {
        char base[64], folder[80];
        make_folder(base);
        snprintf(folder, sizeof folder, "%s/kept", base);
        script s = ready();
        tns_context context = scripted_context(&s);
        unsigned needs = 0;
        tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
        calibrate_fully(instrument);
        s.forgets_white = !closing;
        s.loses_white = closing;
        ck_assert(tns_instrument_needs(instrument, &needs, NULL));
        ck_assert_uint_eq(needs, closing ? 0 : TNS_NEED_WHITE);
        tns_instrument_close(instrument);
        s.forgets_white = s.loses_white = false;
        instrument = open_with(&scripted, &s, folder, &context);
        ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
        tns_instrument_close(instrument);
        remove_all(base);
    }
}
END_TEST

START_TEST(a_dry_run_measures_nothing_and_keeps_nothing)
{
    char base[64], folder[80];
    make_folder(base);
    snprintf(folder, sizeof folder, "%s/kept", base);
    script s = ready();
    tns_context context = scripted_context(&s);
    tns_error err = {0};
    unsigned needs = 0;
    tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
    tns_instrument_dry_run(instrument);
    ck_assert(!tns_instrument_try_measure(instrument, NULL, false, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    ck_assert_msg(tns_instrument_try_measure(instrument, NULL, true, &err), "%s", err.text);
    ck_assert_msg(tns_instrument_try_keep(instrument, &err), "%s", err.text);
    calibrate_fully(instrument);
    ck_assert_msg(tns_instrument_try_measure(instrument, NULL, false, &err), "%s", err.text);
    tns_instrument_close(instrument);
    ck_assert_int_eq(s.measured, 0);
    ck_assert_int_ne(access(folder, F_OK), 0);

    /* What was kept before counts, and a doubt of it is forgotten again. */
    instrument = open_with(&scripted, &s, folder, &context);
    calibrate_fully(instrument);
    tns_instrument_close(instrument);
    s.forgets_white = s.loses_white = true;
    instrument = open_with(&scripted, &s, folder, &context);
    tns_instrument_dry_run(instrument);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
    tns_instrument_close(instrument);
    s.forgets_white = s.loses_white = false;
    instrument = open_with(&scripted, &s, folder, &context);
    ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == 0);
    tns_instrument_close(instrument);
    remove_all(base);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_told_before)
{
    char base[64], file[96], folder[112];
    make_folder(base);
    snprintf(file, sizeof file, "%s/a-file", base);
    snprintf(folder, sizeof folder, "%s/kept", file);
    FILE *made = fopen(file, "w");
    ck_assert(made && fclose(made) == 0);
    script s = ready();
    tns_error err = {0}, real = {0};
    tns_step step = {0};
    tns_instrument *instrument = open_with(&scripted, &s, folder, NULL);
    ck_assert(!tns_instrument_try_keep(instrument, &err));
    ck_assert(!tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &real));
    ck_assert_msg(strstr(real.text, err.text) != NULL, "%s: %s", real.text, err.text);
    tns_instrument_close(instrument);
    unlink(file);
    rmdir(base);
}
END_TEST

START_TEST(without_a_serial_number_a_kept_calibration_is_said_to_be_perhaps_anothers)
{
    char base[64], path[96];
    make_folder(base);
    script s = ready();
    s.nameless = true;
    tns_context context = scripted_context(&s);
    tns_instrument *instrument = open_with(&scripted, &s, base, &context);
    ck_assert_uint_eq(tns_instrument_notes(instrument)->count, 0);
    calibrate_fully(instrument);
    tns_instrument_close(instrument);
    instrument = open_with(&scripted, &s, base, &context);
    const tns_warnings *notes = tns_instrument_notes(instrument);
    ck_assert_msg(notes->count == 1 && strstr(notes->text[0], "another unit"), "%zu notes",
                  notes->count);
    tns_instrument_close(instrument);
    snprintf(path, sizeof path, "%s/scripted.json", base);
    unlink(path);
    rmdir(base);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept");
    TCase *tc = tcase_create("kept");
    tcase_add_test(tc, a_kept_calibration_is_there_in_the_next_run);
    tcase_add_test(tc, a_broken_or_foreign_file_is_said_and_treated_as_none);
    tcase_add_test(tc, what_cannot_be_kept_is_said_and_holds_for_now);
    tcase_add_test(tc, an_instrument_that_comes_back_must_be_calibrated_again);
    tcase_add_test(tc, an_open_that_is_unplugged_halfway_leaves_what_is_kept_as_it_is);
    tcase_add_test(tc, a_white_found_lost_at_any_time_is_lost_in_the_next_run_too);
    tcase_add_test(tc, a_dry_run_measures_nothing_and_keeps_nothing);
    tcase_add_test(tc, a_folder_that_cannot_be_made_is_told_before);
    tcase_add_test(tc, without_a_serial_number_a_kept_calibration_is_said_to_be_perhaps_anothers);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
