/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/devices.h>
#include <tonsure/difference.h>
#include <tonsure/instrument.h>

#include "support/testing.h"

/* ---- a port that has a clock, and a name for what lies there ---- */

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    (void)self;
    (void)t;
    return tns_error_set(err, TNS_ERROR_IO, "no bytes here");
}

static int64_t now_ms(void *self)
{
    return *(int64_t *)self;
}

static void sleep_ms(void *self, int duration_ms)
{
    *(int64_t *)self += duration_ms;
}

static void close_port(void *self)
{
    (void)self;
}

static const tns_port_type clock_type = {transfer, now_ms, sleep_ms, close_port};

static tns_instrument *open_on(const char *sample, int64_t *clock, const tns_context *context,
                               tns_error *err)
{
    tns_port port = {.type = &clock_type, .self = clock};
    snprintf(port.identity.path, sizeof port.identity.path, "%s", sample);
    return tns_instrument_open(tns_driver_find("simulated"), &port, NULL, context, err);
}

static void calibrate(tns_instrument *instrument)
{
    tns_step step;
    tns_error err;
    ck_assert_msg(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err), "%s",
                  err.text);
    ck_assert(!step.done && step.setup == TNS_SETUP_ON_TILE && strstr(step.hint, "SIM-TILE"));
    ck_assert(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err) && step.done);
}

/* Opens, calibrates, measures; the code. */
static tns_code read_sample(const char *sample, uint64_t seed, tns_reading *out, int64_t *clock)
{
    tns_error err = {.code = TNS_OK};
    tns_context context = {.seed = seed};
    tns_measure_options options = {.what = TNS_WHAT_SKIN};
    tns_instrument *instrument = open_on(sample, clock, &context, &err);
    if (!instrument)
        return err.code;
    calibrate(instrument);
    tns_instrument_measure(instrument, &options, out, &err);
    tns_instrument_close(instrument);
    return err.code;
}

START_TEST(each_kind_of_sample_looks_like_its_kind)
{
    static const struct {
        const char *name;
        tns_lab least, most;
    } rows[] = {
        {"", {20, 3, 2}, {32, 14, 16}},           {"hair-black", {10, 0, -2}, {20, 4, 5}},
        {"hair-brown", {20, 3, 2}, {32, 14, 16}}, {"hair-blond", {42, 2, 8}, {60, 14, 26}},
        {"skin-light", {58, 6, 8}, {72, 14, 20}}, {"skin-medium", {48, 8, 12}, {60, 15, 24}},
        {"skin-dark", {30, 8, 12}, {42, 16, 28}}, {"white", {95, -2, -2}, {98, 2, 2}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t clock = 0;
        tns_reading r;
        ck_assert_int_eq(read_sample(rows[i].name, 0, &r, &clock), TNS_OK);
        tns_lab lab = r.color.lab, lo = rows[i].least, hi = rows[i].most;
        ck_assert_msg(lab.L > lo.L && lab.L < hi.L && lab.a > lo.a && lab.a < hi.a &&
                          lab.b > lo.b && lab.b < hi.b,
                      "%s: %.1f %.1f %.1f", rows[i].name, lab.L, lab.a, lab.b);
        ck_assert_msg(r.warnings.count == 0, "%s: %s", rows[i].name, r.warnings.text[0]);
    }
}
END_TEST

START_TEST(a_target_under_it_is_read_as_it_is)
{
    int64_t clock = 0;
    tns_reading r;
    ck_assert_int_eq(read_sample("lab:38,3,6", 0, &r, &clock), TNS_OK);
    ck_assert(!r.spectrum.reconstructed);
    /* a touch changes the light by 0.4 %, one standard deviation */
    CHECK_NEAR("dE00", tns_de00((tns_lab){38, 3, 6}, r.color.lab), 0, 0.5);
    ck_assert(r.repeats.max_de00 > 0.001 && r.repeats.max_de00 < 0.6);
    ck_assert_int_eq(read_sample("no-such-thing", 0, &r, &clock), TNS_ERROR_NOT_FOUND);
    ck_assert_int_eq(read_sample("lab:38,3", 0, &r, &clock), TNS_ERROR_USAGE);
}
END_TEST

START_TEST(one_seed_gives_one_reading_and_another_seed_another)
{
    int64_t clock = 0;
    tns_reading a, b, c;
    ck_assert_int_eq(read_sample("skin-light", 7, &a, &clock), TNS_OK);
    ck_assert_int_eq(read_sample("skin-light", 7, &b, &clock), TNS_OK);
    ck_assert_int_eq(read_sample("skin-light", 8, &c, &clock), TNS_OK);
    ck_assert(memcmp(a.spectrum.value, b.spectrum.value, sizeof a.spectrum.value) == 0);
    ck_assert(memcmp(a.spectrum.value, c.spectrum.value, sizeof a.spectrum.value) != 0);
}
END_TEST

START_TEST(trouble_ends_as_it_does_with_an_instrument)
{
    static const struct {
        const char *name;
        tns_code code;
        const char *warns;
    } rows[] = {{"silent", TNS_ERROR_TIMEOUT, NULL},
                {"unplugged", TNS_ERROR_GONE, NULL},
                {"cap-on", TNS_ERROR_IMPLAUSIBLE, NULL},
                {"unsteady", TNS_ERROR_IMPLAUSIBLE, NULL},
                {"pressed", TNS_OK, "pressing"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t clock = 0;
        tns_reading r = {0};
        ck_assert_msg(read_sample(rows[i].name, 0, &r, &clock) == rows[i].code, "%s", rows[i].name);
        ck_assert_msg(clock < 30000, "%s: %d ms", rows[i].name, (int)clock);
        ck_assert_msg(!rows[i].warns ||
                          (r.warnings.count && strstr(r.warnings.text[0], rows[i].warns)),
                      "%s: %s", rows[i].name, r.warnings.text[0]);
    }
}
END_TEST

START_TEST(the_button_is_pressed_every_two_seconds)
{
    int64_t clock = 0;
    tns_error err;
    tns_reading r;
    tns_measure_options options = {.repeats = 3, .by_button = true};
    tns_instrument *instrument = open_on("white", &clock, NULL, &err);
    ck_assert(instrument != NULL);
    calibrate(instrument);
    ck_assert_msg(tns_instrument_measure(instrument, &options, &r, &err), "%s", err.text);
    ck_assert_int_eq(r.repeats.n, 3);
    /* presses after 2, 4 and 6 s, the last followed by a reading */
    ck_assert_int_eq(clock, 6300);
    tns_instrument_close(instrument);
}
END_TEST

START_TEST(without_its_white_it_reads_nothing)
{
    int64_t clock = 0;
    tns_error err;
    tns_reading r;
    double level;
    size_t count;
    tns_instrument *instrument = open_on("white", &clock, NULL, &err);
    ck_assert(instrument != NULL);
    ck_assert(!tns_instrument_measure(instrument, NULL, &r, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    ck_assert(!tns_instrument_read_stored(instrument, 0, &r, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    calibrate(instrument);
    ck_assert(tns_instrument_count_stored(instrument, &count, &err) && count == 3);
    ck_assert(tns_instrument_read_stored(instrument, 2, &r, &err) && r.color.lab.L > 90);
    ck_assert(tns_instrument_battery(instrument, &level, &err) && level == 0.8);
    tns_instrument_close(instrument);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulated");
    TCase *tc = tcase_create("simulated");
    tcase_add_test(tc, each_kind_of_sample_looks_like_its_kind);
    tcase_add_test(tc, a_target_under_it_is_read_as_it_is);
    tcase_add_test(tc, one_seed_gives_one_reading_and_another_seed_another);
    tcase_add_test(tc, trouble_ends_as_it_does_with_an_instrument);
    tcase_add_test(tc, the_button_is_pressed_every_two_seconds);
    tcase_add_test(tc, without_its_white_it_reads_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
