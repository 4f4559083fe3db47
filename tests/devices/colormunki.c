/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ColorMunki's driver on its emulator: how true it reads, and what it refuses by name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devices/rig.h"
#include "sample.h"
#include "support/testing.h"

extern const tns_driver tns_driver_colormunki;

static const rig_kind KIND = {.label = "colormunki",
                              .driver = &tns_driver_colormunki,
                              .emulator = "colormunki",
                              .on_setup = {[TNS_SETUP_DIAL_TILE] = "dial=2"},
                              .to_measure = "dial=1"};

static rig munki;
static tns_error err;

/* With an option that it is born with, and one that may come later. */
static void plug(const char *born, const char *later)
{
    static rig_kind kind;
    kind = KIND;
    kind.option = born;
    err = (tns_error){.code = TNS_OK};
    rig_plug(&munki, &kind, NULL);
    rig_set(&munki, later);
}

static double worst(const tns_sample *found, const char *sample)
{
    char why[EMU_TEXT_SIZE];
    emu_sample truth;
    double most = 0;
    ck_assert(emu_sample_read(sample, &truth, why));
    for (int i = 0; i < TNS_BANDS; i++)
        most = fmax(most, fabs(found->spectrum.value[i] - truth.reflectance[i]));
    return most;
}

/* Without noise within .002, with a lamp that drifts within .005. */
static const struct {
    const char *noise, *drift, *sample;
    double tolerance;
} TRUTHS[] = {
    {"noise=0", "drift=0", "skin", 0.002},    {"noise=0", "drift=0", "hair", 0.002},
    {"noise=0", "drift=0", "white", 0.002},   {"noise=0", "drift=0", "black", 0.002},
    {"noise=0", "drift=0.02", "skin", 0.005}, {"noise=0", "drift=0.04", "white", 0.005},
    {"noise=5", "drift=0.02", "hair", 0.005},
};

START_TEST(reflectance_is_true)
{
    char order[64];
    tns_sample found;
    plug(TRUTHS[_i].noise, TRUTHS[_i].drift);
    snprintf(order, sizeof order, "sample=%s", TRUTHS[_i].sample);
    rig_set(&munki, order);
    ck_assert_msg(rig_run(&munki, &found, &err), "%s", err.text);
    CHECK_NEAR(order, worst(&found, TRUTHS[_i].sample), 0, TRUTHS[_i].tolerance);
    rig_unplug(&munki);
}
END_TEST

typedef struct refusal {
    const char *option, *text;
    tns_code code;
} refusal;

static const refusal REFUSALS[] = {
    {"bad_checksum=1", "checksum", TNS_ERROR_BAD_CHECKSUM},
    {"version=9", "version 9", TNS_ERROR_INSTRUMENT},
    {"chip_mismatch=1", "another sensor chip", TNS_ERROR_INSTRUMENT},
    {"no_sensor=1", "not connected", TNS_ERROR_INSTRUMENT},
    {"brightness=0.01", "too dark", TNS_ERROR_IMPLAUSIBLE},
    {"ambient=1", "ambient light", TNS_ERROR_IMPLAUSIBLE},
    {"tile=black", "too dark", TNS_ERROR_IMPLAUSIBLE},
    {"hand=0.3", "hold it still", TNS_ERROR_IMPLAUSIBLE},
};

START_TEST(what_is_wrong_is_named)
{
    const refusal *r = &REFUSALS[_i];
    tns_sample found;
    plug(r->option, NULL);
    ck_assert_msg(!rig_run(&munki, &found, &err), "%s", r->option);
    ck_assert_msg(err.code == r->code && strstr(err.text, r->text), "%s: %s (%s)", r->option,
                  err.text, tns_code_name(err.code));
    rig_unplug(&munki);
}
END_TEST

START_TEST(too_much_light_is_named)
{
    tns_sample found;
    plug(NULL, NULL);
    ck_assert(rig_open(&munki, &err) && rig_calibrate(&munki, &err));
    rig_set(&munki, "sample=white");
    rig_set(&munki, "brightness=2");
    ck_assert(!rig_measure(&munki, &found, &err));
    ck_assert_msg(strstr(err.text, "saturated"), "%s", err.text);
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

/* A lamp brighter than usual is met by a shorter integration. */
START_TEST(a_bright_lamp_calibrates)
{
    tns_sample found;
    plug("brightness=1.6", "drift=0");
    ck_assert_msg(rig_run(&munki, &found, &err), "%s", err.text);
    CHECK_NEAR("skin", worst(&found, "skin"), 0, 0.005);
    rig_unplug(&munki);
}
END_TEST

START_TEST(the_dial_is_asked_for)
{
    tns_sample found;
    tns_step step = {.done = false};
    plug("dial=1", NULL);
    ck_assert(rig_open(&munki, &err));
    ck_assert(KIND.driver->calibrate(&munki.session, TNS_NEED_WHITE, &step, &err));
    ck_assert(!step.done && step.sensed && step.setup == TNS_SETUP_DIAL_TILE);
    ck_assert(!KIND.driver->measure(&munki.session, &found, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    rig_set(&munki, "dial=2");
    ck_assert_msg(rig_calibrate(&munki, &err), "%s", err.text);
    ck_assert(!KIND.driver->measure(&munki.session, &found, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_SETUP);
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

/* Skin under a dial that has left the tile would make a white that nothing else shows. */
START_TEST(a_dial_that_is_turned_meanwhile_is_told)
{
    tns_sample found;
    plug(NULL, "dial=1@0x80#2");
    ck_assert(rig_open(&munki, &err));
    ck_assert(!rig_calibrate(&munki, &err));
    ck_assert_msg(err.code == TNS_ERROR_SETUP && strstr(err.text, "turned"), "%s", err.text);
    ck_assert_uint_eq(munki.session.calibration.count, 0);
    rig_set(&munki, "dial=2");
    ck_assert_msg(rig_calibrate(&munki, &err), "%s", err.text);
    rig_set(&munki, "dial=2@0x80");
    ck_assert(!rig_measure(&munki, &found, &err));
    ck_assert_msg(err.code == TNS_ERROR_SETUP && strstr(err.text, "turned"), "%s", err.text);
    ck_assert_msg(rig_measure(&munki, &found, &err), "%s", err.text);
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

/* An integration of 32 s, or of none, is no calibration that this driver has made. */
START_TEST(a_kept_time_that_cannot_be_is_not_used)
{
    static const double ticks[] = {1, 223, 224.5, 3126, 1e6};
    tns_sample found;
    unsigned needs = 7;
    plug(NULL, NULL);
    ck_assert(rig_open(&munki, &err) && rig_calibrate(&munki, &err));
    ck_assert(KIND.driver->needs(&munki.session, &needs, &err) && needs == 0);
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        munki.session.calibration.value[0] = ticks[i];
        ck_assert(KIND.driver->needs(&munki.session, &needs, &err) && needs == TNS_NEED_WHITE);
        ck_assert(!rig_measure(&munki, &found, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_NOT_CALIBRATED);
    }
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

START_TEST(readings_that_come_late_are_not_taken_for_the_next_ones)
{
    char why[EMU_TEXT_SIZE];
    tns_sample found;
    plug("noise=0", "drift=0");
    ck_assert(rig_open(&munki, &err) && rig_calibrate(&munki, &err));
    ck_assert(emu_fault(munki.unit, "delay=2000@0x80#1", why));
    ck_assert(!rig_measure(&munki, &found, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    ck_assert_msg(rig_measure(&munki, &found, &err), "%s", err.text);
    CHECK_NEAR("skin", worst(&found, "skin"), 0, 0.002);
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

/* One that died without a reset, readings of its own still on their way. */
START_TEST(what_another_program_has_left_unread_is_passed_over)
{
    static const uint8_t trigger[] = {0, 0, 0, 0, 0xE0, 0, 0, 0, 2, 0, 0, 0};
    tns_sample found;
    plug("every_second=0", NULL);
    ck_assert(rig_open(&munki, &err));
    ck_assert(tns_port_control_out(&munki.port, (tns_request){0x40, 0x80, 0, 0}, trigger,
                                   sizeof trigger, 100, &err));
    tns_port_sleep_ms(&munki.port, 100);
    tns_port_close(&munki.port);
    free(munki.session.state);
    ck_assert_msg(rig_run(&munki, &found, &err), "%s", err.text);
    rig_unplug(&munki);
}
END_TEST

START_TEST(button_and_dial_are_told)
{
    tns_event event;
    plug("dial=1", NULL);
    ck_assert(rig_open(&munki, &err));
    ck_assert(KIND.driver->wait(&munki.session, 100, &event, &err));
    ck_assert_int_eq(event.kind, TNS_EVENT_NONE);
    rig_set(&munki, "button=1");
    ck_assert(KIND.driver->wait(&munki.session, 100, &event, &err));
    ck_assert_int_eq(event.kind, TNS_EVENT_BUTTON);
    rig_set(&munki, "button=0");
    rig_set(&munki, "dial=2");
    for (int i = 0; i < 3 && event.kind != TNS_EVENT_DIAL; i++)
        ck_assert(KIND.driver->wait(&munki.session, 100, &event, &err));
    ck_assert_int_eq(event.kind, TNS_EVENT_DIAL);
    ck_assert_int_eq(event.setup, TNS_SETUP_DIAL_TILE);
    rig_close(&munki);
    rig_unplug(&munki);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/colormunki");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, reflectance_is_true, 0, sizeof TRUTHS / sizeof *TRUTHS);
    tcase_add_loop_test(tests, what_is_wrong_is_named, 0, sizeof REFUSALS / sizeof *REFUSALS);
    tcase_add_test(tests, too_much_light_is_named);
    tcase_add_test(tests, a_bright_lamp_calibrates);
    tcase_add_test(tests, the_dial_is_asked_for);
    tcase_add_test(tests, a_dial_that_is_turned_meanwhile_is_told);
    tcase_add_test(tests, a_kept_time_that_cannot_be_is_not_used);
    tcase_add_test(tests, readings_that_come_late_are_not_taken_for_the_next_ones);
    tcase_add_test(tests, what_another_program_has_left_unread_is_passed_over);
    tcase_add_test(tests, button_and_dial_are_told);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
