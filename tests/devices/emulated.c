/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every driver against the emulator of its instrument. The property that matters most: whatever
 * goes wrong on the way, what is read is right or refused by name, within 30 seconds of the
 * instrument's clock, and the next run works.
 */
#include <stdio.h>
#include <string.h>

#include "devices/rig.h"
#include "sample.h"
#include "support/testing.h"

static const char *const FAULTS[] = {"timeout", "nak",      "delay=40000", "dup",
                                     "stall",   "stallout", "short=1",     "short=0",
                                     "garbage", "proto",    "unplug"};

/* Of the requests of a whole run: which one the fault strikes. */
enum { STRIKES = 24, LONGEST_MS = 30000 };

static rig bench;

static void truth_in_bands(const char *sample, double out[TNS_BANDS])
{
    char why[EMU_TEXT_SIZE];
    emu_sample truth;
    ck_assert(emu_sample_read(sample, &truth, why));
    for (int i = 0; i < TNS_BANDS; i++)
        out[i] = emu_sample_at(&truth, tns_band_nm(i));
}

/* Inside what the instrument covers; its ends are held beyond. */
static double worst_band(const tns_sample *found, const char *sample)
{
    double truth[TNS_BANDS], worst = 0;
    truth_in_bands(sample, truth);
    for (int i = 0; i < TNS_BANDS; i++)
        if (tns_band_nm(i) >= found->spectrum.from_nm && tns_band_nm(i) <= found->spectrum.to_nm)
            worst = fmax(worst, fabs(found->spectrum.value[i] - truth[i]));
    return worst;
}

/* Of an instrument without spectrum: the light of the sample beside the tile's. */
static double worst_axis(const tns_sample *found, const char *sample)
{
    char why[EMU_TEXT_SIZE];
    emu_sample truth;
    double xyz[3], white[3];
    tns_viewing viewing;
    ck_assert(emu_sample_read(sample, &truth, why));
    emu_sample_xyz(&truth, xyz);
    ck_assert(emu_sample_read("gray:1", &truth, why));
    emu_sample_xyz(&truth, white);
    ck_assert(tns_viewing_find("D50/2", &viewing, NULL));
    tns_xyz at = {xyz[0] / white[0] * viewing.white.X, xyz[1] / white[1] * viewing.white.Y,
                  xyz[2] / white[2] * viewing.white.Z};
    tns_lab lab = tns_lab_from_xyz(at, viewing.white), f = found->color.lab;
    return fmax(fabs(f.L - lab.L), fmax(fabs(f.a - lab.a), fabs(f.b - lab.b)));
}

static double error_of(const tns_sample *found, const char *sample)
{
    return found->has_spectrum ? worst_band(found, sample) : worst_axis(found, sample);
}

static void check_right(const char *label, const tns_sample *found, const char *sample)
{
    double e = error_of(found, sample);
    ck_assert_msg(e <= bench.kind->tolerance, "%s %s: off by %g, more than %g", bench.kind->label,
                  label, e, bench.kind->tolerance);
}

START_TEST(the_sample_is_read)
{
    tns_sample found;
    tns_error err = {.code = TNS_OK};
    rig_plug(&bench, &rig_kinds[_i], NULL);
    ck_assert_msg(rig_run(&bench, &found, &err), "%s: %s", bench.kind->label, err.text);
    check_right("at once", &found, "skin");
    rig_unplug(&bench);
}
END_TEST

START_TEST(it_opens_twenty_times)
{
    tns_error err = {.code = TNS_OK};
    rig_plug(&bench, &rig_kinds[_i], NULL);
    for (int i = 0; i < 20; i++) {
        ck_assert_msg(rig_open(&bench, &err), "%s, time %d: %s", bench.kind->label, i, err.text);
        rig_close(&bench);
    }
    rig_unplug(&bench);
}
END_TEST

/* Two readings of other things are not one reading given twice. */
START_TEST(the_next_sample_is_the_next)
{
    tns_sample found;
    tns_error err = {.code = TNS_OK};
    rig_plug(&bench, &rig_kinds[_i], NULL);
    ck_assert_msg(rig_open(&bench, &err) && rig_calibrate(&bench, &err) &&
                      rig_measure(&bench, &found, &err),
                  "%s: %s", bench.kind->label, err.text);
    rig_set(&bench, "sample=hair");
    ck_assert_msg(bench.kind->driver->measure(&bench.session, &found, &err), "%s: %s",
                  bench.kind->label, err.text);
    check_right("the next", &found, "hair");
    rig_close(&bench);
    rig_unplug(&bench);
}
END_TEST

static void plug_again_if_gone(const char *fault)
{
    if (strncmp(fault, "unplug", 6) != 0)
        return;
    const rig_kind *kind = bench.kind;
    rig_unplug(&bench);
    rig_plug(&bench, kind, NULL);
}

/* A run that may end in an error, in time, but not in a wrong value. */
static bool run_or_name(const char *fault)
{
    tns_sample found;
    tns_error err = {.code = TNS_OK};
    int64_t start_ms = emu_now_ms(bench.unit);
    bool ok = rig_run(&bench, &found, &err);
    int64_t took_ms = emu_now_ms(bench.unit) - start_ms;
    if (ok)
        check_right(fault, &found, "skin");
    else
        ck_assert_msg(err.code >= TNS_ERROR_NO_INSTRUMENT && *err.text && took_ms <= LONGEST_MS,
                      "%s %s: %s (%s) after %lld ms", bench.kind->label, fault,
                      tns_code_name(err.code), err.text, (long long)took_ms);
    return ok;
}

/* What came late has come by now. */
static void wait_a_minute(void)
{
    emu_advance(bench.unit, emu_now_ms(bench.unit) + 60000);
}

static void strike(const rig_kind *kind, const char *fault, int nth)
{
    char order[32];
    snprintf(order, sizeof order, "%s#%d", fault, nth);
    rig_plug(&bench, kind, order);
    if (!run_or_name(order)) {
        plug_again_if_gone(fault);
        wait_a_minute();
        ck_assert_msg(run_or_name(order), "%s: the run after %s fails too", kind->label, order);
    }
    rig_unplug(&bench);
}

/* Each fault at every third request, so that each request meets several of them. */
START_TEST(a_fault_is_named_or_does_no_harm)
{
    int faults = sizeof FAULTS / sizeof *FAULTS;
    for (int f = 0; f < faults && !rig_kinds[_i].as_another; f++)
        for (int nth = 1 + f % 3; nth <= STRIKES; nth += 3)
            strike(&rig_kinds[_i], FAULTS[f], nth);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/emulated");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, the_sample_is_read, 0, rig_kind_count);
    tcase_add_loop_test(tests, it_opens_twenty_times, 0, rig_kind_count);
    tcase_add_loop_test(tests, the_next_sample_is_the_next, 0, rig_kind_count);
    tcase_add_loop_test(tests, a_fault_is_named_or_does_no_harm, 0, rig_kind_count);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
