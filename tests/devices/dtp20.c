/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The DTP20's driver, and RCI over both carriers, against scripts. Constructed, not captured. */
#include <stdio.h>
#include <string.h>

#include "devices/dtp20/protocol.h"
#include "devices/rci/rci.h"
#include "support/script.h"
#include "support/testing.h"

extern const tns_driver tns_driver_dtp20;

static const tns_driver *const driver = &tns_driver_dtp20;

static const char *const settings[] = {"0101CF", "0005CF", "0207CF", "020ACF",
                                       "0518CF", "001ACF", "0416CF", "001BCF"};

/* A command with its CR, and the answer. */
static void add(script *s, const char *command, const char *reply)
{
    char line[40];
    snprintf(line, sizeof line, "%s\r", command);
    script_text(s, line, reply);
}

static void add_wake(script *s, const char *version)
{
    add(s, "0PR", "");
    add(s, "0PR", "\r<00>");
    add(s, "", "<00>");
    add(s, "0PR", "<00>");
    add(s, "0008CF", "<00>");
    add(s, "SV", version);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        add(s, settings[i], "<00>");
}

static const char good_version[] = "X-Rite DTP20 V1.05\r<00>";

enum { BLIND_TURNS = 3 };

static void add_open(script *s, const char *stored)
{
    add_wake(s, good_version);
    add(s, "00SN", "020417\r<00>");
    add(s, "00GM", stored);
}

/* A grey of half reflectance: 0x4000 / 65535 * 200 % = 50.0008 %; and its color under D50. */
static void add_spot(script *s, const char *command)
{
    char line[40];
    uint8_t bytes[TNS_DTP20_SPECTRUM];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 2 ? 0x00 : 0x40;
    add(s, "0518CF", "");
    add(s, "0518CF", "<00>");
    add(s, command, "48.21\t50.00\t41.25\r<00>");
    add(s, "0318CF", "<00>");
    add(s, "011BCF", "<00>");
    snprintf(line, sizeof line, "%s\r", command);
    script_bytes(s, line, strlen(line), bytes, sizeof bytes);
    add(s, "001BCF", "<00>");
    add(s, "0518CF", "<00>");
}

static void add_clear(script *s)
{
    add(s, "02CD", "<00>");
    add(s, "CS", "4\r<00>");
    script_repeat(s, 3);
    add(s, "CS", "0\r<00>");
}

static void add_measure(script *s)
{
    add(s, "RM", "<01>");
    script_delay(s, 3000);
    add_spot(s, "01GM");
    add_clear(s);
}

static void begin(script *s, tns_port *port, tns_session *session, bool serial_line)
{
    script_session(s, driver, port, session);
    port->identity.serial_line = serial_line;
    session->calibration.white_time = 1;
}

static void end(script *s, tns_session *session)
{
    script_session_end(driver, session);
    script_free(s);
}

/* ---- tests ---- */

START_TEST(a_spot_is_read_over_either_carrier)
{
    for (int serial_line = 0; serial_line < 2; serial_line++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        double level = 0;
        add_open(s, "0\r<00>");
        add_measure(s);
        add(s, "06BA", "3\r<00>");
        begin(s, &port, &session, serial_line);
        ck_assert_msg(driver->open(&session, &err), "%s", err.text);
        ck_assert_str_eq(session.serial, "020417");
        ck_assert_str_eq(session.firmware, "V1.05");
        ck_assert_int_eq(script_line(s).baud, serial_line ? 9600 : 0);
        ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
        for (int i = 0; i < TNS_BANDS; i++)
            CHECK_NEAR("grey", sample.spectrum.value[i], 2 * 0x4000 / 65535.0, 1e-12);
        ck_assert(sample.spectrum.from_nm == 400 && sample.spectrum.to_nm == 700);
        ck_assert(driver->battery(&session, &level, &err) && level == 0.75);
        ck_assert_str_eq(script_wrong(s), "");
        ck_assert_uint_eq(script_played(s), script_count(s));
        end(s, &session);
    }
}
END_TEST

START_TEST(the_serial_number_of_the_bus_is_preferred)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_error err = {0};
    add_wake(s, good_version);
    add(s, "00GM", "0<00>");
    begin(s, &port, &session, false);
    snprintf(port.identity.serial, sizeof port.identity.serial, "D20-7");
    ck_assert_msg(driver->open(&session, &err), "%s", err.text);
    ck_assert_str_eq(session.serial, "D20-7");
    end(s, &session);
}
END_TEST

/* Opens and measures with a fault in one turn. */
static tns_code run(script_fault fault, size_t turn, bool serial_line, int64_t *lasted_ms)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    add_open(s, "0\r<00>");
    add_measure(s);
    script_fail(s, turn, fault);
    begin(s, &port, &session, serial_line);
    bool done = driver->open(&session, &err);
    *lasted_ms = script_now_ms(s);
    if (done)
        done = driver->measure(&session, &sample, &err);
    if (script_now_ms(s) - *lasted_ms > *lasted_ms)
        *lasted_ms = script_now_ms(s) - *lasted_ms;
    end(s, &session);
    return done ? TNS_OK : err.code;
}

static size_t turns(void)
{
    script *s = script_create();
    add_open(s, "0\r<00>");
    add_measure(s);
    size_t n = script_count(s);
    script_free(s);
    return n;
}

START_TEST(every_fault_in_every_turn_ends_in_its_own_error_within_30_s)
{
    static const struct {
        const char *label;
        script_fault fault;
        tns_code code, code_of_spectrum; /* the spectrum has no end mark of its own */
    } rows[] = {
        {"silent", SCRIPT_SILENT, TNS_ERROR_TIMEOUT, TNS_ERROR_TIMEOUT},
        {"late", SCRIPT_LATE, TNS_ERROR_TIMEOUT, TNS_ERROR_TIMEOUT},
        {"stall", SCRIPT_STALL, TNS_ERROR_STALL, TNS_ERROR_STALL},
        {"unplugged", SCRIPT_GONE, TNS_ERROR_GONE, TNS_ERROR_GONE},
        {"cut short", SCRIPT_CUT, TNS_ERROR_SHORT_REPLY, TNS_ERROR_SHORT_REPLY},
        {"a byte too many", SCRIPT_LONG, TNS_ERROR_BAD_REPLY, TNS_ERROR_BAD_REPLY},
        {"garbled", SCRIPT_GARBLED, TNS_ERROR_SHORT_REPLY, TNS_ERROR_BAD_REPLY},
        {"in two transfers", SCRIPT_HALVES, TNS_OK, TNS_OK},
        {"byte by byte", SCRIPT_TRICKLE, TNS_OK, TNS_OK},
    };
    size_t count = turns(), spectrum = 6 + 8 + 2 + 1 + 5, shy = 6 + 8 + 2 + 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t turn = BLIND_TURNS; turn < count; turn++) {
            int64_t lasted_ms;
            if (turn == shy)
                continue; /* a command whose answer is not relied upon */
            tns_code code = run(rows[i].fault, turn, turn % 2, &lasted_ms);
            tns_code due = turn == spectrum ? rows[i].code_of_spectrum : rows[i].code;
            ck_assert_msg(code == due, "%s in turn %zu: %s", rows[i].label, turn,
                          tns_code_name(code));
            ck_assert_msg(lasted_ms < 30000, "%s in turn %zu: %lld ms", rows[i].label, turn,
                          (long long)lasted_ms);
        }
}
END_TEST

START_TEST(its_first_answers_may_fail_in_any_way_but_for_an_unplug)
{
    static const script_fault faults[] = {SCRIPT_SILENT,  SCRIPT_STALL,   SCRIPT_CUT,
                                          SCRIPT_LONG,    SCRIPT_GARBLED, SCRIPT_GONE,
                                          SCRIPT_TRICKLE, SCRIPT_DAMAGED};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        for (size_t turn = 0; turn < BLIND_TURNS; turn++) {
            int64_t lasted_ms;
            tns_code code = run(faults[i], turn, false, &lasted_ms);
            ck_assert_msg(code == (faults[i] == SCRIPT_GONE ? TNS_ERROR_GONE : TNS_OK),
                          "fault %zu in turn %zu: %s", i, turn, tns_code_name(code));
        }
}
END_TEST

START_TEST(every_status_is_named)
{
    static const struct {
        int status;
        tns_code code;
        const char *says;
    } rows[] = {
        {0x00, TNS_OK, ""},
        {0x01, TNS_OK, ""},
        {0x11, TNS_ERROR_INSTRUMENT, "command"},
        {0x12, TNS_ERROR_INSTRUMENT, "parameters"},
        {0x13, TNS_ERROR_INSTRUMENT, "range"},
        {0x14, TNS_ERROR_INSTRUMENT, "busy"},
        {0x20, TNS_ERROR_INSTRUMENT, "measurement failed"},
        {0x21, TNS_ERROR_INSTRUMENT, "too long"},
        {0x22, TNS_ERROR_INSTRUMENT, "strip"},
        {0x28, TNS_ERROR_NOT_CALIBRATED, "white calibration"},
        {0x29, TNS_ERROR_INSTRUMENT, "calibration failed"},
        {0x30, TNS_ERROR_INSTRUMENT, "instrument"},
        {0x31, TNS_ERROR_INSTRUMENT, "lamp"},
        {0x34, TNS_ERROR_INSTRUMENT, "flash"},
        {0x3B, TNS_ERROR_INSTRUMENT, "battery is low"},
        {0x3F, TNS_ERROR_INSTRUMENT, "converter"},
        {0x41, TNS_ERROR_INSTRUMENT, "bad spot"},
        {0x42, TNS_ERROR_INSTRUMENT, "no more data"},
        {0x45, TNS_ERROR_INSTRUMENT, "calibration is bad"},
        {0x57, TNS_ERROR_INSTRUMENT, "strip"},
        {0x60, TNS_ERROR_INSTRUMENT, "store of spots is full"},
        {0x7F, TNS_ERROR_INSTRUMENT, "bootloader"},
        {0x6A, TNS_ERROR_INSTRUMENT, "not documented (status 6A)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        char status[8];
        unsigned needs = 0;
        snprintf(status, sizeof status, "<%02x>", (unsigned)rows[i].status);
        add_open(s, "0<00>");
        add(s, "RM", status);
        if (rows[i].code == TNS_OK) {
            add_spot(s, "01GM");
            add_clear(s);
        } else {
            add(s, "CE", "<00>"); /* a fault is cleared */
        }
        begin(s, &port, &session, false);
        ck_assert(driver->open(&session, &err));
        driver->measure(&session, &sample, &err);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%02X: %s",
                      rows[i].status, err.text);
        ck_assert_str_eq(script_wrong(s), "");
        ck_assert(driver->needs(&session, &needs, &err));
        ck_assert_uint_eq(needs, rows[i].status == 0x28 ? TNS_NEED_WHITE : 0);
        end(s, &session);
    }
}
END_TEST

START_TEST(a_fault_among_spectra_is_named_and_text_mode_restored)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    add_open(s, "0<00>");
    add(s, "RM", "<00>");
    add(s, "0518CF", "<00>");
    add(s, "0518CF", "<00>");
    add(s, "01GM", "48.21 50.00 41.25<00>");
    add(s, "0318CF", "<00>");
    add(s, "011BCF", "<00>");
    add(s, "01GM", "<42>");
    add(s, "CE", "<00>");
    add(s, "001BCF", "<00>");
    add(s, "0518CF", "<00>");
    add_measure(s); /* and the next reading is as good as any */
    begin(s, &port, &session, false);
    ck_assert(driver->open(&session, &err));
    ck_assert(!driver->measure(&session, &sample, &err));
    ck_assert_msg(err.code == TNS_ERROR_INSTRUMENT && strstr(err.text, "no more data"), "%s",
                  err.text);
    ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

START_TEST(an_answer_that_comes_too_late_is_not_taken_for_the_next)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    add_open(s, "0<00>");
    add(s, "RM", "");
    script_bytes(s, NULL, 0, NULL, 0); /* nothing in time */
    script_bytes(s, NULL, 0, "<28>", 4);
    add_measure(s);
    begin(s, &port, &session, false);
    ck_assert(driver->open(&session, &err));
    ck_assert(!driver->measure(&session, &sample, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

START_TEST(answers_without_sense_are_refused)
{
    static const struct {
        const char *label, *version, *stored, *color, *says;
        tns_code code;
    } rows[] = {
        {"another instrument", "X-Rite DTP22<00>", "0<00>", "", "DTP22", TNS_ERROR_NO_INSTRUMENT},
        {"no name", "<00>", "0<00>", "", "X-Rite DTP20", TNS_ERROR_NO_INSTRUMENT},
        {"a count of -1", "X-Rite DTP20<00>", "-1<00>", "", "\"-1\"", TNS_ERROR_BAD_REPLY},
        {"a count of 1.5", "X-Rite DTP20<00>", "1.5<00>", "", "\"1.5\"", TNS_ERROR_BAD_REPLY},
        {"a count of words", "X-Rite DTP20<00>", "many<00>", "", "\"many\"", TNS_ERROR_BAD_REPLY},
        {"two numbers", "X-Rite DTP20<00>", "0<00>", "48.21\t50.00<00>", "X, Y and Z",
         TNS_ERROR_BAD_REPLY},
        {"four numbers", "X-Rite DTP20<00>", "0<00>", "1 2 3 4<00>", "alone", TNS_ERROR_BAD_REPLY},
        {"no numbers", "X-Rite DTP20<00>", "0<00>", "nan nan nan<00>", "X, Y and Z",
         TNS_ERROR_BAD_REPLY},
        {"another spot's color", "X-Rite DTP20<00>", "0<00>", "9.6 10.0 8.2<00>", "disagree",
         TNS_ERROR_BAD_REPLY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        add_wake(s, rows[i].version);
        add(s, "00SN", "<11>"); /* a unit that does not know it */
        add(s, "CE", "<00>");
        add(s, "00GM", rows[i].stored);
        add(s, "RM", "<00>");
        add(s, "0518CF", "<00>");
        add(s, "0518CF", "<00>");
        add(s, "01GM", rows[i].color);
        add(s, "0318CF", "<00>");
        add(s, "011BCF", "<00>");
        uint8_t bytes[TNS_DTP20_SPECTRUM];
        memset(bytes, 0x40, sizeof bytes);
        script_bytes(s, "01GM\r", 5, bytes, sizeof bytes);
        add(s, "001BCF", "<00>");
        add(s, "0518CF", "<00>");
        begin(s, &port, &session, false);
        bool done = driver->open(&session, &err) && driver->measure(&session, &sample, &err);
        ck_assert_msg(!done && err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
        ck_assert_str_eq(script_wrong(s), "");
        end(s, &session);
    }
}
END_TEST

START_TEST(stored_spots_are_read_in_their_order_and_never_erased)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    size_t count = 0;
    add_open(s, "2\r<00>");
    add_spot(s, "00101GM");
    add_spot(s, "00201GM");
    add(s, "RM", "<00>");
    add_spot(s, "01GM"); /* and nothing is cleared behind it */
    begin(s, &port, &session, false);
    ck_assert_msg(driver->open(&session, &err), "%s", err.text);
    ck_assert(driver->count_stored(&session, &count, &err) && count == 2);
    ck_assert_msg(driver->read_stored(&session, 0, &sample, &err), "%s", err.text);
    ck_assert_msg(driver->read_stored(&session, 1, &sample, &err), "%s", err.text);
    ck_assert(!driver->read_stored(&session, 2, &sample, &err) && err.code == TNS_ERROR_RANGE);
    ck_assert_uint_eq(sample.warnings.count, 0);
    ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
    ck_assert_uint_eq(sample.warnings.count, 1);
    ck_assert_uint_eq(script_played(s), script_count(s));
    end(s, &session);
}
END_TEST

START_TEST(a_calibration_names_the_tile)
{
    static const struct {
        const char *label, *white;
        int busy; /* times that it says so */
        tns_code code;
    } rows[] = {
        {"as it should be", "<00>", 4, TNS_OK},
        {"the wrong tile", "<29>", 0, TNS_ERROR_INSTRUMENT},
        {"a bad calibration", "<45>", 0, TNS_ERROR_INSTRUMENT},
        {"busy for ever", "<00>", 1000, TNS_ERROR_TIMEOUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_step step;
        tns_error err = {0};
        add_open(s, "0<00>");
        add(s, "04SN", "12345\r<00>");
        add(s, "CR", rows[i].white);
        script_delay(s, 4500);
        if (rows[i].code == TNS_ERROR_INSTRUMENT)
            add(s, "CE", "<00>");
        add(s, "CS", "4<00>");
        script_repeat(s, rows[i].busy);
        add(s, "CS", "0<00>");
        begin(s, &port, &session, false);
        ck_assert(driver->open(&session, &err));
        ck_assert(driver->calibrate(&session, TNS_NEED_WHITE, &step, &err) && !step.done);
        ck_assert(step.setup == TNS_SETUP_ON_TILE && strstr(step.hint, "12345"));
        ck_assert_str_eq(session.calibration.tile, "12345");
        int64_t begun_ms = script_now_ms(s);
        bool done = driver->calibrate(&session, TNS_NEED_WHITE, &step, &err);
        ck_assert_msg(err.code == rows[i].code && done == (rows[i].code == TNS_OK), "%s: %s",
                      rows[i].label, err.text);
        ck_assert(!done || step.done);
        ck_assert_msg(script_now_ms(s) - begun_ms < 30000, "%s", rows[i].label);
        end(s, &session);
    }
}
END_TEST

START_TEST(the_switch_brings_the_newest_spot)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_event event;
    tns_error err = {0};
    add_open(s, "0<00>");
    add(s, "CS", "0<00>");
    script_repeat(s, 7);
    add(s, "CS", "6<00>");
    add(s, "CS", "7<00>");
    add_spot(s, "01GM");
    add_clear(s);
    begin(s, &port, &session, false);
    ck_assert(driver->open(&session, &err));
    ck_assert(driver->wait(&session, 1000, &event, &err) && event.kind == TNS_EVENT_NONE);
    ck_assert(driver->wait(&session, 5000, &event, &err) && event.kind == TNS_EVENT_BUTTON);
    ck_assert_msg(driver->fetch(&session, &sample, &err), "%s", err.text);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/dtp20");
    TCase *tests = tcase_create("dtp20");
    tcase_add_test(tests, a_spot_is_read_over_either_carrier);
    tcase_add_test(tests, the_serial_number_of_the_bus_is_preferred);
    tcase_add_test(tests, every_fault_in_every_turn_ends_in_its_own_error_within_30_s);
    tcase_add_test(tests, its_first_answers_may_fail_in_any_way_but_for_an_unplug);
    tcase_add_test(tests, every_status_is_named);
    tcase_add_test(tests, a_fault_among_spectra_is_named_and_text_mode_restored);
    tcase_add_test(tests, an_answer_that_comes_too_late_is_not_taken_for_the_next);
    tcase_add_test(tests, answers_without_sense_are_refused);
    tcase_add_test(tests, stored_spots_are_read_in_their_order_and_never_erased);
    tcase_add_test(tests, a_calibration_names_the_tile);
    tcase_add_test(tests, the_switch_brings_the_newest_spot);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
