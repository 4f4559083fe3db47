/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CR30's driver against scripts, a published session (cr30_frames.h) among them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/instrument.h>

#include "devices/cr30_frames.h"
#include "support/testing.h"

extern const tns_driver tns_driver_cr30;

START_TEST(the_published_session_gives_the_published_spectrum_and_color)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_viewing viewing;
    tns_error err = {0};
    add_open(s);
    add_capture(s);
    script_session(s, &tns_driver_cr30, &port, &session);
    ck_assert_msg(tns_driver_cr30.open(&session, &err), "%s", err.text);
    ck_assert_str_eq(session.serial, "C330190042");
    ck_assert_str_eq(session.firmware, "V11.3. (0.0.20231219)");
    ck_assert_int_eq(script_halts_cleared(s), 2);
    ck_assert_msg(tns_driver_cr30.measure(&session, &sample, &err), "%s", err.text);
    ck_assert_str_eq(script_wrong(s), "");
    for (int i = 0; i < 31; i++) /* three decimals are published */
        CHECK_NEAR("published", 100 * sample.spectrum.value[i + 2], published[i], 0.0005001);
    ck_assert(sample.spectrum.from_nm == 400 && sample.spectrum.to_nm == 700);
    ck_assert_int_eq(sample.spectrum.effective_channels, 8);
    /* Ways of integration differ by 0.1. */
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    tns_lab lab = tns_lab_from_spectrum(&sample.spectrum, &viewing);
    CHECK_NEAR("L*", lab.L, 36.61, 0.15);
    CHECK_NEAR("a*", lab.a, -20.73, 0.15);
    CHECK_NEAR("b*", lab.b, -2.86, 0.15);
    script_session_end(&tns_driver_cr30, &session);
    script_free(s);
}
END_TEST

START_TEST(published_checksums_are_found_and_no_other)
{
    for (size_t i = 0; i < sizeof capture / sizeof *capture; i++) {
        frame f = from_hex(capture[i][1]);
        f.byte[59] = checksums[i][1];
        ck_assert(tns_cr30_is_sound(&f, NULL));
        f.byte[59]++;
        ck_assert(!tns_cr30_is_sound(&f, NULL));
    }
    frame button = from_hex(capture[0][1]);
    button.byte[58] = 0x00;
    button.byte[59] = 0x16; /* 0x15 - 0xFF */
    ck_assert(tns_cr30_is_sound(&button, NULL));
}
END_TEST

/* Opens and measures, with a fault at one turn. */
static tns_code run(script_fault fault, size_t turn, int64_t *lasted_ms)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    add_open(s);
    add_capture(s);
    script_fail(s, turn, fault);
    script_session(s, &tns_driver_cr30, &port, &session);
    bool done =
        tns_driver_cr30.open(&session, &err) && tns_driver_cr30.measure(&session, &sample, &err);
    ck_assert_str_eq(script_wrong(s), "");
    *lasted_ms = script_now_ms(s);
    script_session_end(&tns_driver_cr30, &session);
    script_free(s);
    return done ? TNS_OK : err.code;
}

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
        {"a byte too many", SCRIPT_LONG, TNS_ERROR_SHORT_REPLY},
        {"garbled", SCRIPT_GARBLED, TNS_ERROR_BAD_CHECKSUM},
        {"one bit wrong", SCRIPT_DAMAGED, TNS_ERROR_BAD_CHECKSUM},
        {"stale", SCRIPT_STALE, TNS_ERROR_BAD_REPLY},
        {"in two transfers", SCRIPT_HALVES, TNS_OK},
        {"byte by byte", SCRIPT_TRICKLE, TNS_OK},
        {"byte by byte, slowly", SCRIPT_DRIBBLE, TNS_ERROR_SHORT_REPLY},
    };
    enum { TURNS = 7 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t turn = 0; turn < TURNS; turn++) {
            int64_t lasted_ms;
            if (rows[i].fault == SCRIPT_STALE && turn == 0)
                continue; /* nothing came before */
            tns_code code = run(rows[i].fault, turn, &lasted_ms);
            ck_assert_msg(code == rows[i].code, "%s in turn %zu: %s", rows[i].label, turn,
                          tns_code_name(code));
            ck_assert_msg(lasted_ms < 30000, "%s: %lld ms", rows[i].label, (long long)lasted_ms);
        }
}
END_TEST

START_TEST(what_is_not_a_cr30_is_left_alone)
{
    frame echo = sealed(from_hex("AA0A00")), sibling = identity("CR10"), other = identity("CR30X");
    const struct {
        const char *label;
        const frame *reply;
    } rows[] = {{"a loop", &echo}, {"a CR10", &sibling}, {"a longer name", &other}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_error err = {0};
        add(s, "AA0A00", rows[i].reply);
        script_session(s, &tns_driver_cr30, &port, &session);
        ck_assert(!tns_driver_cr30.open(&session, &err));
        ck_assert_msg(err.code == TNS_ERROR_NO_INSTRUMENT, "%s: %s", rows[i].label, err.text);
        script_session_end(&tns_driver_cr30, &session);
        script_free(s);
    }
}
END_TEST

START_TEST(a_sound_frame_with_senseless_content_is_refused)
{
    frame axis = from_hex(capture[0][1]), echoed = from_hex("BB0110"), nan = from_hex("BB0110"),
          negative = nan, huge = nan, other_way = from_hex("BB0100");
    axis.byte[6] = 0x14;
    put_single(&nan, 3, NAN);
    put_single(&negative, 3, -5);
    put_single(&huge, 3, 1e30F);
    const struct {
        const char *label;
        size_t turn; /* 0 the header, 1 the first chunk */
        frame reply;
        const char *says;
    } rows[] = {
        {"another axis", 0, axis, "by 20"},
        {"the trigger sent back", 0, other_way, "found BB 01 00"},
        {"a chunk sent back", 1, echoed, "sent back"},
        {"not a number", 1, nan, "430 nm"},
        {"below 0", 1, negative, "430 nm"},
        {"far above 100 %", 1, huge, "430 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        frame head = sealed(from_hex(capture[0][1])), reply = sealed(rows[i].reply);
        add_open(s);
        add(s, "BB0100", rows[i].turn == 0 ? &reply : &head);
        add(s, "BB0110", &reply);
        script_session(s, &tns_driver_cr30, &port, &session);
        ck_assert(tns_driver_cr30.open(&session, &err));
        ck_assert_msg(!tns_driver_cr30.measure(&session, &sample, &err), "%s", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_BAD_REPLY && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
        script_session_end(&tns_driver_cr30, &session);
        script_free(s);
    }
}
END_TEST

START_TEST(the_button_brings_the_reading_that_is_kept_and_the_cap_refuses_it)
{
    for (int cap_on = 0; cap_on < 2; cap_on++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_event event;
        tns_error err = {0};
        unsigned needs = 0;
        add_open(s);
        script_bytes(s, NULL, 0, NULL, 0); /* ends what open drains */
        add_press(s, cap_on);
        if (!cap_on)
            add_chunks(s, 42);
        script_session(s, &tns_driver_cr30, &port, &session);
        session.calibration.has_constant = true;
        ck_assert(tns_driver_cr30.open(&session, &err));
        ck_assert(tns_driver_cr30.wait(&session, 1000, &event, &err));
        ck_assert_int_eq(event.kind, TNS_EVENT_NONE);
        ck_assert(tns_driver_cr30.wait(&session, 5000, &event, &err));
        ck_assert_int_eq(event.kind, TNS_EVENT_BUTTON);
        ck_assert(tns_driver_cr30.fetch(&session, &sample, &err) == !cap_on);
        ck_assert(cap_on ? err.code == TNS_ERROR_SETUP
                         : fabs(sample.spectrum.value[20] - 0.42) < 1e-12);
        ck_assert(tns_driver_cr30.needs(&session, &needs, &err));
        ck_assert_uint_eq(needs, cap_on ? TNS_NEED_WHITE : 0);
        ck_assert_str_eq(script_wrong(s), "");
        script_session_end(&tns_driver_cr30, &session);
        script_free(s);
    }
}
END_TEST

START_TEST(what_was_left_unread_is_neither_answer_nor_reading)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    frame left = pressed(false);
    script_bytes(s, NULL, 0, left.byte, sizeof left.byte);
    add_open(s);
    script_bytes(s, NULL, 0, left.byte, sizeof left.byte);
    add_capture(s);
    script_session(s, &tns_driver_cr30, &port, &session);
    ck_assert_msg(tns_driver_cr30.open(&session, &err), "%s", err.text);
    ck_assert_msg(tns_driver_cr30.measure(&session, &sample, &err), "%s", err.text);
    ck_assert_str_eq(script_wrong(s), "");
    script_session_end(&tns_driver_cr30, &session);
    script_free(s);
}
END_TEST

/* A button pressed with the cap on sets the white, whether anybody listened or not. */
START_TEST(a_press_with_the_cap_on_that_nobody_read_has_spoilt_the_white)
{
    static const char *const when[] = {"before it was opened", "before the reading",
                                       "before it was closed"};
    for (int i = 0; i < 3; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        unsigned needs = 7;
        frame noise = from_hex("AA55"), left = pressed(true);
        if (i == 0) {
            script_bytes(s, NULL, 0, noise.byte, 2);
            script_bytes(s, NULL, 0, left.byte, sizeof left.byte);
        }
        add_open(s);
        if (i > 0)
            script_bytes(s, NULL, 0, left.byte, sizeof left.byte);
        script_session(s, &tns_driver_cr30, &port, &session);
        ck_assert(tns_driver_cr30.open(&session, &err));
        session.calibration.has_constant = true;
        session.calibration.white_time = 1000;
        ck_assert(i == 1 || tns_driver_cr30.needs(&session, &needs, &err));
        if (i == 1) {
            ck_assert(!tns_driver_cr30.measure(&session, &sample, &err));
            ck_assert_int_eq(err.code, TNS_ERROR_SETUP);
            ck_assert(tns_driver_cr30.needs(&session, &needs, &err));
        }
        ck_assert_msg(needs == (i == 2 ? 0 : TNS_NEED_WHITE), "%s", when[i]);
        if (i == 2)
            tns_driver_cr30.close(&session);
        ck_assert_msg(session.calibration.white_time == 0, "%s", when[i]);
        script_session_end(&tns_driver_cr30, &session);
        script_free(s);
    }
}
END_TEST

START_TEST(a_calibration_learns_the_tile_and_looks_at_a_surface)
{
    static const struct {
        const char *label;
        float tile, tile_again, surface;
        tns_code code;
        const char *says;
    } rows[] = {
        {"as it should be", 79, 79, 88, TNS_OK, ""},
        {"skin for paper", 79, 79, 31, TNS_OK, ""},
        {"no cap, but white paper", 84, 84.04F, 0, TNS_ERROR_SETUP, "does not sense the cap"},
        {"the constant is no white", 30, 30, 0, TNS_ERROR_IMPLAUSIBLE, "not white"},
        {"the cap reversed", 79, 79, 170, TNS_ERROR_IMPLAUSIBLE, "170.0 %"},
        {"the cap is still on", 79, 79, 79, TNS_ERROR_SETUP, "still on"},
        {"into the dark", 79, 79, 0.3F, TNS_ERROR_IMPLAUSIBLE, "0.3 %"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_step step;
        tns_error err = {0};
        unsigned needs = 0;
        add_open(s);
        add_reading(s, rows[i].tile);
        add_reading(s, rows[i].tile_again);
        if (rows[i].surface > 0)
            add_reading(s, rows[i].surface);
        script_session(s, &tns_driver_cr30, &port, &session);
        const tns_driver *d = &tns_driver_cr30;
        ck_assert(d->open(&session, &err));
        ck_assert(d->calibrate(&session, TNS_NEED_WHITE, &step, &err) && !step.done);
        ck_assert_int_eq(step.setup, TNS_SETUP_CAP_ON);
        bool done = d->calibrate(&session, TNS_NEED_WHITE, &step, &err);
        ck_assert(!done || (!step.done && step.setup == TNS_SETUP_CAP_OFF));
        done = done && d->calibrate(&session, TNS_NEED_WHITE, &step, &err);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
        ck_assert_msg(done == (rows[i].code == TNS_OK) && (!done || step.done), "%s",
                      rows[i].label);
        ck_assert(d->needs(&session, &needs, &err));
        ck_assert_msg((needs == 0) == done, "%s", rows[i].label);
        if (done)
            CHECK_NEAR(rows[i].label, session.calibration.constant[20], 0.79, 1e-7);
        ck_assert_str_eq(script_wrong(s), "");
        script_session_end(&tns_driver_cr30, &session);
        script_free(s);
    }
}
END_TEST

/* In a folder of its own, which the next run of the test finds as it was left. */
static tns_instrument *open_kept(script *s, const char *folder, tns_error *err)
{
    tns_port port = script_port(s);
    port.identity.serial_line = true;
    return tns_instrument_open(&tns_driver_cr30, &port, folder, NULL, err);
}

static void calibrate_wholly(tns_instrument *instrument)
{
    tns_step step = {.done = false};
    tns_error err = {0};
    for (int i = 0; i < 3 && !step.done; i++)
        ck_assert_msg(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err), "%s",
                      err.text);
    ck_assert(step.done);
}

START_TEST(a_white_that_was_lost_stays_lost_in_the_next_run)
{
    static const struct {
        const char *label;
        bool by_button;
        tns_code code;
    } rows[] = {{"pressed with the cap on", true, TNS_ERROR_SETUP},
                {"triggered with the cap on", false, TNS_ERROR_IMPLAUSIBLE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char folder[] = "cr30.XXXXXX", path[64];
        script *s = script_create();
        tns_error err = {0};
        tns_reading reading;
        unsigned needs = 9;
        ck_assert(mkdtemp(folder) != NULL);
        add_open(s);
        add_reading(s, 79);
        add_reading(s, 79);
        add_reading(s, 88);
        script_bytes(s, NULL, 0, NULL, 0);
        if (rows[i].by_button)
            add_press(s, true);
        else
            add_reading(s, 79);
        tns_instrument *instrument = open_kept(s, folder, &err);
        ck_assert_msg(instrument != NULL, "%s", err.text);
        calibrate_wholly(instrument);
        ck_assert(tns_instrument_needs(instrument, &needs, &err) && needs == 0);
        tns_measure_options options = {.repeats = 1, .by_button = rows[i].by_button};
        ck_assert(!tns_instrument_measure(instrument, &options, &reading, &err));
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
        tns_instrument_close(instrument);
        add_open(s);
        instrument = open_kept(s, folder, &err);
        ck_assert_msg(instrument != NULL, "%s", err.text);
        ck_assert(tns_instrument_needs(instrument, &needs, &err));
        ck_assert_msg(needs == TNS_NEED_WHITE, "%s", rows[i].label);
        tns_instrument_close(instrument);
        script_free(s);
        snprintf(path, sizeof path, "%s/cr30_C330190042.json", folder);
        ck_assert_int_eq(remove(path), 0);
        ck_assert_int_eq(remove(folder), 0);
    }
}
END_TEST

START_TEST(a_press_during_a_reading_is_passed_over_and_the_slowest_tile_ends_within_30_s)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_step step;
    tns_error err = {0};
    frame head = sealed(from_hex(capture[0][1])), press = pressed(true);
    for (int i = 0; i < 2; i++) {
        add(s, "BB0100", &press);
        script_delay(s, 5000);
        script_bytes(s, NULL, 0, head.byte, sizeof head.byte);
        script_delay(s, 5500);
        add_chunks(s, 79);
    }
    script_session(s, &tns_driver_cr30, &port, &session);
    ck_assert(tns_driver_cr30.calibrate(&session, TNS_NEED_WHITE, &step, &err));
    ck_assert_msg(tns_driver_cr30.calibrate(&session, TNS_NEED_WHITE, &step, &err), "%s", err.text);
    ck_assert(script_now_ms(s) > 20000 && script_now_ms(s) < 30000);
    ck_assert_str_eq(script_wrong(s), "");
    script_session_end(&tns_driver_cr30, &session);
    script_free(s);
}
END_TEST

static bool always(void *user)
{
    (void)user;
    return true;
}

START_TEST(waiting_for_the_button_can_be_cancelled)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_event event;
    tns_error err = {0};
    static const tns_context context = {.cancelled = always};
    script_session(s, &tns_driver_cr30, &port, &session);
    session.context = &context;
    ck_assert(!tns_driver_cr30.wait(&session, 25000, &event, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    ck_assert(script_now_ms(s) < 1000);
    script_session_end(&tns_driver_cr30, &session);
    script_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/cr30");
    TCase *tests = tcase_create("cr30");
    tcase_add_test(tests, the_published_session_gives_the_published_spectrum_and_color);
    tcase_add_test(tests, published_checksums_are_found_and_no_other);
    tcase_add_test(tests, every_fault_in_every_turn_ends_in_its_own_error_within_30_s);
    tcase_add_test(tests, what_is_not_a_cr30_is_left_alone);
    tcase_add_test(tests, a_sound_frame_with_senseless_content_is_refused);
    tcase_add_test(tests, the_button_brings_the_reading_that_is_kept_and_the_cap_refuses_it);
    tcase_add_test(tests, what_was_left_unread_is_neither_answer_nor_reading);
    tcase_add_test(tests, a_press_with_the_cap_on_that_nobody_read_has_spoilt_the_white);
    tcase_add_test(tests, a_calibration_learns_the_tile_and_looks_at_a_surface);
    tcase_add_test(tests, a_white_that_was_lost_stays_lost_in_the_next_run);
    tcase_add_test(tests,
                   a_press_during_a_reading_is_passed_over_and_the_slowest_tile_ends_within_30_s);
    tcase_add_test(tests, waiting_for_the_button_can_be_cancelled);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
