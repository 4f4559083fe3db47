/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include <stdlib.h>

#include "measure/repeats.h"
#include "measure/scripted.h"

static tns_instrument *calibrated(script *s, const tns_context *context)
{
    tns_instrument *instrument = open_with(&scripted, s, NULL, context);
    calibrate_fully(instrument);
    return instrument;
}

/* Measures once with what the script says; the error's code. */
static tns_code measure(script *s, const tns_measure_options *options, tns_reading *out,
                        tns_error *err)
{
    tns_context context = scripted_context(s);
    tns_instrument *instrument = calibrated(s, &context);
    memset(err, 0, sizeof *err);
    bool done = tns_instrument_measure(instrument, options, out, err);
    tns_instrument_close(instrument);
    ck_assert_int_eq(s->closed, s->driver_closed);
    ck_assert(done == (err->code == TNS_OK));
    return err->code;
}

START_TEST(three_repeats_give_their_median_and_say_where_it_comes_from)
{
    script s = ready();
    will_give(&s, skin_sample(1.00));
    will_give(&s, skin_sample(1.02));
    will_give(&s, skin_sample(0.99));
    tns_reading r;
    tns_error err;
    tns_measure_options o = {.site = "temple-left", .what = TNS_WHAT_SKIN};
    ck_assert_msg(measure(&s, &o, &r, &err) == TNS_OK, "%s", err.text);
    ck_assert(r.has_spectrum && r.has_color && r.has_uncertainty && r.has_repeats);
    tns_sample middle = skin_sample(1);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR("band", r.spectrum.value[i], middle.spectrum.value[i], 0);
    ck_assert_int_eq(r.spectrum.effective_channels, 8);
    ck_assert_str_eq(r.color.illuminant, "D65");
    ck_assert_int_eq(r.repeats.n, 3);
    ck_assert_int_eq(r.repeats.rejected, 0);
    ck_assert(r.repeats.max_de00 > 0.1 && r.repeats.max_de00 < 1);
    ck_assert_str_eq(r.site, "temple-left");
    ck_assert_str_eq(r.time, "2027-01-15T08:00:00Z");
    ck_assert_str_eq(r.source.driver, "scripted");
    ck_assert_str_eq(r.source.serial, "A/1");
    ck_assert_str_eq(r.source.geometry, "45/0");
    ck_assert_str_eq(r.source.condition, "M2");
    ck_assert(r.source.kind == TNS_SOURCE_INSTRUMENT && r.what == TNS_WHAT_SKIN);
    ck_assert(r.source.specular == TNS_SPECULAR_EXCLUDED && r.source.aperture_mm == 8);
    ck_assert_uint_eq(r.warnings.count, 0);
}
END_TEST

START_TEST(one_that_lies_apart_is_set_aside_and_told)
{
    script s = ready();
    will_give(&s, skin_sample(1.00));
    will_give(&s, skin_sample(0.60));
    will_give(&s, skin_sample(1.01));
    tns_reading r;
    tns_error err;
    ck_assert_msg(measure(&s, NULL, &r, &err) == TNS_OK, "%s", err.text);
    ck_assert_int_eq(r.repeats.rejected, 1);
    ck_assert(r.repeats.max_de00 < 0.5);
    CHECK_NEAR("middle of the two", r.spectrum.value[0], 0.25 * 1.005, 1e-12);
    ck_assert_uint_eq(r.warnings.count, 1);
    ck_assert_msg(strstr(r.warnings.text[0], "1 of 3") != NULL, "%s", r.warnings.text[0]);
}
END_TEST

START_TEST(a_color_without_a_spectrum_stays_under_its_own_light_and_may_come_twice)
{
    script s = ready();
    for (int i = 0; i < 3; i++)
        will_give(&s, color_sample(60, 10, 15));
    tns_reading r;
    tns_error err;
    ck_assert_msg(measure(&s, NULL, &r, &err) == TNS_OK, "%s", err.text);
    ck_assert(r.has_color && !r.has_spectrum);
    ck_assert_str_eq(r.color.illuminant, "D50");
    ck_assert_int_eq(r.color.observer, 2);
    CHECK_NEAR("L*", r.color.lab.L, 60, 0);
}
END_TEST

/* ---- what cannot be ---- */

static tns_sample constant_sample(void)
{
    tns_sample sample = skin_sample(1);
    for (int i = 0; i < TNS_BANDS; i++)
        sample.spectrum.value[i] = 0.79 + 0.001 * i;
    return sample;
}

static tns_sample with_band(double value)
{
    tns_sample sample = skin_sample(1);
    sample.spectrum.value[20] = value;
    return sample;
}

START_TEST(what_cannot_be_right_is_refused_by_the_name_of_the_check)
{
    const struct {
        const char *label;
        tns_sample sample;
        const char *says;
    } rows[] = {
        {"twice the same", skin_sample(1), "identical"},
        {"the tile's constant", constant_sample(), "constant"},
        {"too bright", with_band(1.31), "131 % at 580 nm, above 130 %"},
        {"below zero", with_band(-0.03), "below zero"},
        {"no light", skin_sample(0), "no light"},
        {"not a number", with_band(NAN), "no number"},
        {"without end", with_band(INFINITY), "no number"},
        {"nothing", {0}, "without a spectrum"},
        {"a color too bright", color_sample(112, 0, 0), "above 130 %"},
        {"a color below zero", color_sample(-40, 0, 0), "below zero"},
        {"a color of no numbers", color_sample(50, NAN, 0), "no number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script s = ready();
        tns_reading r;
        tns_error err;
        will_give(&s, skin_sample(1));
        will_give(&s, rows[i].sample);
        ck_assert_msg(measure(&s, NULL, &r, &err) == TNS_ERROR_IMPLAUSIBLE, "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
    }
}
END_TEST

START_TEST(what_is_bright_but_possible_passes_with_a_warning)
{
    static const struct {
        double value;
        size_t warnings;
    } rows[] = {{1.10, 0}, {1.11, 1}, {1.30, 1}, {-0.02, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script s = ready();
        tns_reading r;
        tns_error err;
        tns_measure_options once = {.repeats = 1};
        will_give(&s, with_band(rows[i].value));
        ck_assert_msg(measure(&s, &once, &r, &err) == TNS_OK, "%s", err.text);
        ck_assert_uint_eq(r.warnings.count, rows[i].warnings);
    }
}
END_TEST

START_TEST(a_spoilt_white_puts_the_calibration_in_doubt_until_it_is_made_anew)
{
    const tns_sample spoilt[] = {constant_sample(), skin_sample(1)};
    for (size_t i = 0; i < 2; i++) {
        script s = ready();
        tns_context context = scripted_context(&s);
        tns_instrument *instrument = calibrated(&s, &context);
        tns_reading r;
        tns_error err = {0};
        unsigned needs;
        will_give(&s, skin_sample(1));
        will_give(&s, spoilt[i]);
        ck_assert(!tns_instrument_measure(instrument, NULL, &r, &err));
        ck_assert_msg(strstr(err.text, "stop") != NULL, "%s", err.text);
        ck_assert(!tns_instrument_measure(instrument, NULL, &r, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
        ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == TNS_NEED_WHITE);
        s.steps = 0;
        calibrate_fully(instrument);
        ck_assert(tns_instrument_needs(instrument, &needs, NULL) && needs == 0);
        tns_instrument_close(instrument);
    }
}
END_TEST

START_TEST(repeats_that_do_not_agree_are_refused)
{
    script s = ready();
    tns_reading r;
    tns_error err;
    will_give(&s, skin_sample(1));
    will_give(&s, skin_sample(0.6));
    will_give(&s, skin_sample(0.3));
    ck_assert_int_eq(measure(&s, NULL, &r, &err), TNS_ERROR_IMPLAUSIBLE);
    ck_assert_msg(strstr(err.text, "do not agree") && !strstr(err.text, "pressing"), "%s",
                  err.text);
}
END_TEST

START_TEST(skin_that_blanches_from_repeat_to_repeat_is_told_of)
{
    static const struct {
        const char *label;
        tns_what what;
        double a[3];
        tns_code code;
        bool told;
    } rows[] = {
        {"falling", TNS_WHAT_SKIN, {12, 11.2, 10.5}, TNS_OK, true},
        {"an area too", TNS_WHAT_AREA, {12, 11.2, 10.5}, TNS_OK, true},
        {"ink has no blood", TNS_WHAT_INK, {12, 11.2, 10.5}, TNS_OK, false},
        {"too little", TNS_WHAT_SKIN, {12, 11.7, 11.2}, TNS_OK, false},
        {"up and down", TNS_WHAT_SKIN, {12, 10.5, 11}, TNS_OK, false},
        {"so far that they part", TNS_WHAT_SKIN, {22, 14, 5}, TNS_ERROR_IMPLAUSIBLE, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script s = ready();
        tns_reading r = {0};
        tns_error err;
        tns_measure_options o = {.what = rows[i].what};
        for (int k = 0; k < 3; k++)
            will_give(&s, color_sample(60, rows[i].a[k], 15));
        ck_assert_msg(measure(&s, &o, &r, &err) == rows[i].code, "%s: %s", rows[i].label, err.text);
        const char *text = err.code ? err.text : r.warnings.count ? r.warnings.text[0] : "";
        ck_assert_msg(!strstr(text, "pressing") == !rows[i].told, "%s: %s", rows[i].label, text);
    }
}
END_TEST

/* ---- errors of the instrument ---- */

START_TEST(every_error_of_the_instrument_comes_through_with_its_own_code)
{
    static const tns_code rows[] = {
        TNS_ERROR_TIMEOUT, TNS_ERROR_SHORT_REPLY, TNS_ERROR_BAD_CHECKSUM, TNS_ERROR_BAD_REPLY,
        TNS_ERROR_STALL,   TNS_ERROR_GONE,        TNS_ERROR_INSTRUMENT,   TNS_ERROR_IMPLAUSIBLE,
        TNS_ERROR_SETUP,   TNS_ERROR_BUSY};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int good = 0; good < 3; good++) {
            script s = ready();
            tns_reading r;
            tns_error err;
            for (int k = 0; k < good; k++)
                will_give(&s, skin_sample(1 + 0.01 * k));
            will_fail(&s, rows[i]);
            ck_assert_int_eq(measure(&s, NULL, &r, &err), rows[i]);
            ck_assert_msg(strncmp(err.text, "scripted A/1: ", 14) == 0, "%s", err.text);
            ck_assert_int_eq(s.measured, good + 1); /* nothing is tried again */
        }
}
END_TEST

START_TEST(an_instrument_may_not_change_its_kind_of_reading)
{
    script s = ready();
    tns_reading r;
    tns_error err;
    will_give(&s, skin_sample(1));
    will_give(&s, color_sample(50, 0, 0));
    ck_assert_int_eq(measure(&s, NULL, &r, &err), TNS_ERROR_BAD_REPLY);
    tns_measure_options many = {.repeats = TNS_REPEATS_MAX + 1};
    ck_assert_int_eq(measure(&s, &many, &r, &err), TNS_ERROR_USAGE);
}
END_TEST

/* ---- by button ---- */

START_TEST(by_button_each_repeat_waits_for_its_press_and_fetches)
{
    script s = ready();
    tns_reading r;
    tns_error err;
    tns_measure_options o = {.repeats = 2, .by_button = true};
    s.events = 2;
    will_give(&s, skin_sample(1));
    will_give(&s, skin_sample(1.01));
    ck_assert_msg(measure(&s, &o, &r, &err) == TNS_OK, "%s", err.text);
    ck_assert_int_eq(s.fetched, 2);
}
END_TEST

START_TEST(a_button_that_is_not_pressed_ends_the_wait_in_time)
{
    script s = ready();
    tns_reading r;
    tns_error err;
    tns_measure_options o = {.by_button = true};
    ck_assert_int_eq(measure(&s, &o, &r, &err), TNS_ERROR_TIMEOUT);
    ck_assert_msg(strstr(err.text, "25 s") != NULL, "%s", err.text);
    ck_assert(s.ms >= 25000 && s.ms < 26000);
    s.stop = true;
    ck_assert_int_eq(measure(&s, &o, &r, &err), TNS_ERROR_CANCELLED);
    ck_assert_int_eq(measure(&s, NULL, &r, &err), TNS_ERROR_CANCELLED);
}
END_TEST

/* ---- verification ---- */

START_TEST(a_later_reading_of_the_same_surface_shows_a_spoilt_white)
{
    static const struct {
        const char *label;
        double height;
        bool passed;
    } rows[] = {{"as it was", 1.005, true}, {"darker than true", 0.9, false}};
    char folder[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make_folder(folder);
        script s = ready();
        tns_context context = scripted_context(&s);
        tns_measure_options once = {.repeats = 1};
        tns_verification v;
        tns_error err = {0};
        unsigned needs;
        will_give(&s, skin_sample(1));
        will_give(&s, skin_sample(rows[i].height));
        tns_instrument *instrument = open_with(&scripted, &s, folder, &context);
        calibrate_fully(instrument);
        ck_assert(tns_instrument_verify(instrument, &once, false, &v, &err));
        ck_assert(v.first && v.passed);
        tns_instrument_close(instrument);

        s.epoch += 3600;
        instrument = open_with(&scripted, &s, folder, &context);
        ck_assert(tns_instrument_verify(instrument, &once, false, &v, &err));
        ck_assert_msg(!v.first && v.passed == rows[i].passed, "%s: dE %g", rows[i].label, v.de00);
        ck_assert_int_eq(v.time, s.epoch - 3600);
        CHECK_NEAR("kept", v.reference.lab.L, 66, 10);
        ck_assert(tns_instrument_needs(instrument, &needs, NULL));
        ck_assert_uint_eq(needs, rows[i].passed ? 0 : TNS_NEED_WHITE);
        tns_instrument_close(instrument);
        char path[128];
        snprintf(path, sizeof path, "%s/scripted_A%%2F1.json", folder);
        ck_assert_int_eq(unlink(path), 0);
        rmdir(folder);
    }
}
END_TEST

/* ---- figures ---- */

START_TEST(the_uncertainty_never_falls_below_what_the_kind_is_trusted_to)
{
    static const struct {
        tns_confidence confidence;
        size_t n;
        double least, most;
    } rows[] = {
        /* 2 sqrt(floor^2 + 0.4^2 w m / n), w = 4 / (4 + n - 1), m = pi/2 from three on, by hand */
        {TNS_CONFIDENCE_HIGH, 1, 1.0, 1.0},       {TNS_CONFIDENCE_HIGH, 2, 0.7848, 0.7849},
        {TNS_CONFIDENCE_HIGH, 3, 0.7638, 0.7639}, {TNS_CONFIDENCE_HIGH, 100, 0.6, 0.61},
        {TNS_CONFIDENCE_MEDIUM, 3, 1.572, 1.573}, {TNS_CONFIDENCE_MEDIUM, 100, 1.5, 1.505},
        {TNS_CONFIDENCE_LOW, 3, 4.027, 4.029},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_lab labs[TNS_REPEATS_MAX];
        bool kept[TNS_REPEATS_MAX];
        for (size_t k = 0; k < rows[i].n; k++) {
            labs[k] = (tns_lab){50, 10, 12};
            kept[k] = true;
        }
        tns_uncertainty u = tns_repeats_uncertainty(labs, kept, rows[i].n, rows[i].confidence);
        ck_assert_msg(u.L >= rows[i].least - 1e-9 && u.L <= rows[i].most + 1e-9, "%zu: %.5f", i,
                      u.L);
        CHECK_NEAR("same on each axis", u.a, u.b, 0);
        CHECK_NEAR("k", u.k, 2, 0);
    }
}
END_TEST

START_TEST(half_the_repeats_are_always_kept)
{
    static const struct {
        const char *label;
        size_t n, left_out;
        double L[6];
    } rows[] = {{"two far apart", 2, 0, {10, 90}},
                {"one of three", 3, 1, {50, 50.1, 70}},
                {"close together", 3, 0, {50, 50.1, 50.4}},
                {"two of five", 5, 2, {50, 50.2, 49.8, 20, 90}},
                {"all apart", 4, 0, {10, 30, 50, 70}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_lab labs[6];
        bool kept[6];
        for (size_t k = 0; k < rows[i].n; k++)
            labs[k] = (tns_lab){rows[i].L[k], 0, 0};
        ck_assert_msg(tns_outliers_find(labs, rows[i].n, kept) == rows[i].left_out, "%s",
                      rows[i].label);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measuring");
    TCase *tc = tcase_create("measuring");
    tcase_add_test(tc, three_repeats_give_their_median_and_say_where_it_comes_from);
    tcase_add_test(tc, one_that_lies_apart_is_set_aside_and_told);
    tcase_add_test(tc, a_color_without_a_spectrum_stays_under_its_own_light_and_may_come_twice);
    tcase_add_test(tc, what_cannot_be_right_is_refused_by_the_name_of_the_check);
    tcase_add_test(tc, what_is_bright_but_possible_passes_with_a_warning);
    tcase_add_test(tc, a_spoilt_white_puts_the_calibration_in_doubt_until_it_is_made_anew);
    tcase_add_test(tc, repeats_that_do_not_agree_are_refused);
    tcase_add_test(tc, skin_that_blanches_from_repeat_to_repeat_is_told_of);
    tcase_add_test(tc, every_error_of_the_instrument_comes_through_with_its_own_code);
    tcase_add_test(tc, an_instrument_may_not_change_its_kind_of_reading);
    tcase_add_test(tc, by_button_each_repeat_waits_for_its_press_and_fetches);
    tcase_add_test(tc, a_button_that_is_not_pressed_ends_the_wait_in_time);
    tcase_add_test(tc, a_later_reading_of_the_same_surface_shows_a_spoilt_white);
    tcase_add_test(tc, the_uncertainty_never_falls_below_what_the_kind_is_trusted_to);
    tcase_add_test(tc, half_the_repeats_are_always_kept);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
