/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/records.h>

#include "support/testing.h"

static tns_spectrum ramp(void)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = 0.05 + 0.0125 * i;
    return s;
}

static tns_reading with_color(void)
{
    tns_reading r = {.source.kind = TNS_SOURCE_TYPED,
                     .has_color = true,
                     .color = {{38.125, -3.5, 6.25}, "D65", TNS_OBSERVER_10}};
    return r;
}

static tns_reading with_spectrum(void)
{
    tns_reading r = {.source.kind = TNS_SOURCE_FILE, .has_spectrum = true, .spectrum = ramp()};
    return r;
}

/* Every field that a reading can hold. */
static tns_reading full(void)
{
    tns_reading r = with_spectrum();
    snprintf(r.id, sizeof r.id, "R-17");
    snprintf(r.time, sizeof r.time, "2026-11-30T12:00:00Z");
    snprintf(r.site, sizeof r.site, "donor-left");
    r.what = TNS_WHAT_AREA;
    r.hair = TNS_HAIR_SHAVED;
    r.source = (tns_source){TNS_SOURCE_INSTRUMENT, "cr30", "A \"9\"", "45/0", "M2", 8.5,
                            TNS_SPECULAR_EXCLUDED};
    r.spectrum.from_nm = 400;
    r.spectrum.to_nm = 700;
    r.spectrum.effective_channels = 8;
    r.spectrum.reconstructed = true;
    snprintf(r.spectrum.prior, sizeof r.spectrum.prior, "skin");
    r.has_color = true;
    r.color = (tns_color){{62.5, 12.75, 18.000001}, "Clinic ceiling", TNS_OBSERVER_2};
    r.has_uncertainty = true;
    r.uncertainty = (tns_uncertainty){0.5, 0.25, 1, 2, true, {0.0625, -0.01, 0, 0.04, 0.5, 0.25}};
    r.has_between_visits = true;
    r.between_visits = (tns_uncertainty){.L = 2, .a = 1.5, .b = 1.75, .k = 1};
    r.has_repeats = true;
    r.repeats = (tns_repeats){3, 0.4, 1};
    tns_warn(&r.warnings, "the hair was wet");
    tns_warn(&r.warnings, "Haut ungleichm\xC3\xA4\xC3\x9Fig");
    return r;
}

static tns_reading read_back(const char *label, const char *text)
{
    tns_reading r;
    tns_error err = {0};
    bool done = tns_reading_parse(text, strlen(text), label, &r, &err);
    ck_assert_msg(done, "%s", err.text);
    return r;
}

static void same_text(const char *label, const char *field, const char *a, const char *b)
{
    ck_assert_msg(strcmp(a, b) == 0, "%s: %s: \"%s\" became \"%s\"", label, field, a, b);
}

static void same_uncertainty(const char *label, const tns_uncertainty *a, const tns_uncertainty *b)
{
    ck_assert_msg(a->L == b->L && a->a == b->a && a->b == b->b && a->k == b->k &&
                      a->has_covariance == b->has_covariance &&
                      memcmp(a->covariance, b->covariance, sizeof a->covariance) == 0,
                  "%s: uncertainty", label);
}

static void same_source(const char *label, const tns_source *a, const tns_source *b)
{
    same_text(label, "driver", a->driver, b->driver);
    same_text(label, "serial", a->serial, b->serial);
    same_text(label, "geometry", a->geometry, b->geometry);
    same_text(label, "condition", a->condition, b->condition);
    ck_assert_msg(a->kind == b->kind && a->specular == b->specular &&
                      a->aperture_mm == b->aperture_mm,
                  "%s: source", label);
}

static void same_spectrum(const char *label, const tns_spectrum *a, const tns_spectrum *b)
{
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR(label, b->value[i], a->value[i], 1e-15); /* one rounding to six decimals */
    same_text(label, "prior", a->prior, b->prior);
    ck_assert_msg(a->effective_channels == b->effective_channels &&
                      a->reconstructed == b->reconstructed,
                  "%s: spectrum", label);
    if (a->to_nm > a->from_nm)
        ck_assert_msg(a->from_nm == b->from_nm && a->to_nm == b->to_nm, "%s: covered_nm", label);
}

static void same_color(const char *label, const tns_color *a, const tns_color *b)
{
    same_text(label, "illuminant", a->illuminant, b->illuminant);
    ck_assert_msg(a->lab.L == b->lab.L && a->lab.a == b->lab.a && a->lab.b == b->lab.b &&
                      a->observer == b->observer,
                  "%s: lab", label);
}

static void same_reading(const char *label, const tns_reading *a, const tns_reading *b)
{
    same_text(label, "id", a->id, b->id);
    same_text(label, "time", a->time, b->time);
    same_text(label, "site", a->site, b->site);
    ck_assert_msg(a->what == b->what && a->hair == b->hair, "%s: what, hair", label);
    ck_assert_msg(a->has_spectrum == b->has_spectrum && a->has_color == b->has_color &&
                      a->has_uncertainty == b->has_uncertainty &&
                      a->has_between_visits == b->has_between_visits &&
                      a->has_repeats == b->has_repeats,
                  "%s: what it holds", label);
    same_source(label, &a->source, &b->source);
    same_spectrum(label, &a->spectrum, &b->spectrum);
    same_color(label, &a->color, &b->color);
    same_uncertainty(label, &a->uncertainty, &b->uncertainty);
    same_uncertainty(label, &a->between_visits, &b->between_visits);
    ck_assert_msg(a->repeats.n == b->repeats.n && a->repeats.max_de00 == b->repeats.max_de00 &&
                      a->repeats.rejected == b->repeats.rejected,
                  "%s: repeats", label);
    ck_assert_uint_eq(a->warnings.count, b->warnings.count);
    for (size_t i = 0; i < a->warnings.count; i++)
        same_text(label, "warnings", a->warnings.text[i], b->warnings.text[i]);
}

static const struct {
    const char *label;
    tns_reading (*make)(void);
} rows[] = {
    {"a color alone", with_color},
    {"a spectrum alone", with_spectrum},
    {"every field", full},
};
enum { ROWS = sizeof rows / sizeof *rows };

START_TEST(what_is_written_is_read_back_field_by_field)
{
    for (size_t i = 0; i < ROWS; i++) {
        tns_reading before = rows[i].make();
        char *text = tns_reading_write(&before);
        tns_reading after = read_back(rows[i].label, text);
        same_reading(rows[i].label, &before, &after);
        free(text);
    }
}
END_TEST

START_TEST(writing_what_was_read_gives_the_same_bytes)
{
    for (size_t i = 0; i < ROWS; i++) {
        tns_reading reading = rows[i].make();
        char *first = tns_reading_write(&reading);
        tns_reading again = read_back(rows[i].label, first);
        char *second = tns_reading_write(&again);
        reading = read_back(rows[i].label, second);
        char *third = tns_reading_write(&reading);
        /* The first may leave out covered_nm, which reading fills in. */
        ck_assert_str_eq(second, third);
        if (reading.spectrum.from_nm == 400)
            ck_assert_str_eq(first, second);
        ck_assert_msg(second[strlen(second) - 1] == '\n', "%s: no newline ends it", rows[i].label);
        free(first);
        free(second);
        free(third);
    }
}
END_TEST

/* An estimate is above 0 and below 1, by less than a record's decimals tell where a color is near
 * the purest there is. */
START_TEST(what_is_between_black_and_white_stays_so_in_a_record)
{
    static const struct {
        double value, written;
    } values[] = {{1e-9, 1e-6}, {1 - 1e-9, 1 - 1e-6}, {0, 0}, {1, 1}, {1.02, 1.02}, {0.5, 0.5}};
    tns_reading reading = with_spectrum();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        reading.spectrum.value[i] = values[i].value;
    char *text = tns_reading_write(&reading);
    tns_reading again = read_back("near the ends", text);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        CHECK_NEAR("a band", again.spectrum.value[i], values[i].written, 1e-12);
    free(text);
}
END_TEST

/* What scatters below black, and what gloss or fluorescence lift above white, has such a color. */
START_TEST(the_color_of_a_spectrum_beyond_black_and_white_is_read_back)
{
    static const double levels[] = {-0.02, -0.001, 1.01, 1.3};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        tns_viewing viewing;
        tns_reading reading = with_color();
        ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
        reading.has_spectrum = true;
        reading.spectrum = tns_spectrum_constant(levels[i]);
        reading.color.lab = tns_lab_from_spectrum(&reading.spectrum, &viewing);
        ck_assert(reading.color.lab.L < 0 || reading.color.lab.L > 100);
        char *text = tns_reading_write(&reading);
        tns_reading again = read_back("beyond", text);
        CHECK_NEAR("L*", again.color.lab.L, reading.color.lab.L, 1e-6);
        free(text);
    }
}
END_TEST

/* What other programs may leave out, or write otherwise. */
static const struct {
    const char *label, *text;
    double L;
    int observer;
} accepted[] = {
    {"the least", "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":50,\"a\":0,\"b\":0}}", 50, 10},
    {"null is absent",
     "{\"schema\":\"tonsure/reading/1\",\"spectrum\":null,\"site\":null,"
     "\"lab\":{\"L\":7,\"a\":0,\"b\":0,\"observer\":\"2\"}}",
     7, 2},
    {"an observer as a number",
     "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":1e1,\"a\":-0.0,\"b\":0,\"observer\":2}}", 10,
     2},
    {"fields of a newer version",
     "{\"schema\":\"tonsure/reading/1\",\"later\":[{}],\"lab\":{\"L\":50,\"a\":0,\"b\":0,\"x\":1}}",
     50, 10},
    {"repeats of which nobody says how many",
     "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":50,\"a\":0,\"b\":0},\"repeats\":{}}", 50,
     10},
    {"the ends of reason",
     "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":100,\"a\":-150,\"b\":150}}", 100, 10},
};

START_TEST(what_the_contract_lets_out_may_be_left_out)
{
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        tns_reading r = read_back(accepted[i].label, accepted[i].text);
        CHECK_NEAR(accepted[i].label, r.color.lab.L, accepted[i].L, 0);
        ck_assert_msg((int)r.color.observer == accepted[i].observer, "%s", accepted[i].label);
        ck_assert_msg(!r.has_spectrum && strcmp(r.color.illuminant, "D65") == 0, "%s",
                      accepted[i].label);
        char *again = tns_reading_write(&r);
        read_back(accepted[i].label, again);
        free(again);
    }
}
END_TEST

/* 400-700/10 as the contract's example has it. */
START_TEST(a_spectrum_on_another_grid_is_held_at_its_ends_and_says_what_it_covered)
{
    char text[1024] = "{\"schema\":\"tonsure/reading/1\",\"spectrum\":{\"start_nm\":400,"
                      "\"step_nm\":10,\"values\":[";
    for (int i = 0; i < 31; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.2f", i ? "," : "",
                 0.20 + 0.01 * i);
    strcat(text, "]}}");
    tns_reading r = read_back("31 values", text);
    CHECK_NEAR("380 nm", r.spectrum.value[0], 0.20, 0);
    CHECK_NEAR("400 nm", r.spectrum.value[2], 0.20, 0);
    CHECK_NEAR("550 nm", r.spectrum.value[17], 0.35, 1e-12);
    CHECK_NEAR("730 nm", r.spectrum.value[35], 0.50, 0);
    CHECK_NEAR("from", r.spectrum.from_nm, 400, 0);
    CHECK_NEAR("to", r.spectrum.to_nm, 700, 0);
    ck_assert(!r.has_color && !r.spectrum.reconstructed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reading");
    TCase *tc = tcase_create("reading");
    tcase_add_test(tc, what_is_written_is_read_back_field_by_field);
    tcase_add_test(tc, writing_what_was_read_gives_the_same_bytes);
    tcase_add_test(tc, what_is_between_black_and_white_stays_so_in_a_record);
    tcase_add_test(tc, the_color_of_a_spectrum_beyond_black_and_white_is_read_back);
    tcase_add_test(tc, what_the_contract_lets_out_may_be_left_out);
    tcase_add_test(tc, a_spectrum_on_another_grid_is_held_at_its_ends_and_says_what_it_covered);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
