/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Konica Minolta's driver and its OK/ER lines against scripts. Constructed, not captured. */
#include <stdio.h>
#include <string.h>

#include "devices/konica/protocol.h"
#include "support/script.h"
#include "support/testing.h"

extern const tns_driver tns_driver_konica;

static const tns_driver *const driver = &tns_driver_konica;

static const char ready[] = "OK00,1,0,3,0,0,0,0,0\r\n";
static const char id_700d[] = "OK00,0100,1.20,20012345,0,400,700,10\r\n";
static const char id_2600d[] = "OK00,03,1.41,A3456,0,360,740,10\r";

static void add(script *s, const char *command, const char *reply)
{
    char line[40];
    snprintf(line, sizeof line, "%s\r\n", command);
    script_text(s, line, reply);
}

/* "OK00" and values that rise by the band, as the model writes them. */
static const char *values(bool percent, int first, int count, const char *end)
{
    static char text[TNS_OKLINE_TEXT];
    size_t n = (size_t)snprintf(text, sizeof text, "OK00");
    for (int i = 0; i < count; i++)
        n += percent ? (size_t)snprintf(text + n, sizeof text - n, ",%d.00", first + i)
                     : (size_t)snprintf(text + n, sizeof text - n, ",%05d", first + i);
    snprintf(text + n, sizeof text - n, "%s", end);
    return text;
}

/* 0.0500, 0.0501 ... of 31 bands; 5.00, 6.00 ... % of 39. */
static const char *values_700d(void)
{
    return values(false, 500, 31, "\r\n");
}
static const char *values_2600d(void)
{
    return values(true, 5, 39, "\r");
}

static void open_700d(script *s)
{
    add(s, "IDR", id_700d);
    add(s, "CPR", "OK00,1,1,00,01,01\r\n");
}

static void open_2600d(script *s)
{
    add(s, "IDR", ""); /* not at this speed */
    add(s, "IDR", id_2600d);
    add(s, "CPS,0,1", "OK00\r");
}

static void measure_700d(script *s)
{
    add(s, "MES,1", "OK00\r\n");
    add(s, "STR", "ER35\r\n");
    script_repeat(s, 4);
    add(s, "STR", ready);
    add(s, "MDR,2", values_700d());
}

static void measure_2600d(script *s)
{
    char lines[TNS_OKLINE_TEXT];
    snprintf(lines, sizeof lines, "%.60s\r%s", "OK00,1.00,2.00,3.00", values_2600d());
    add(s, "MES", lines);
    script_delay(s, 4000);
}

static void begin(script *s, tns_port *port, tns_session *session)
{
    script_session(s, driver, port, session);
    session->calibration.white_time = 1;
}

static void end(script *s, tns_session *session)
{
    script_session_end(driver, session);
    script_free(s);
}

/* ---- tests ---- */

START_TEST(a_cm_700d_is_begun_waited_for_and_read)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    open_700d(s);
    measure_700d(s);
    begin(s, &port, &session);
    ck_assert_msg(driver->open(&session, &err), "%s", err.text);
    ck_assert_str_eq(session.model, "Konica Minolta CM-700d/600d");
    ck_assert_str_eq(session.serial, "20012345");
    ck_assert_str_eq(session.firmware, "1.20");
    ck_assert_int_eq(script_line(s).baud, 115200);
    ck_assert(session.capabilities.aperture_mm == 3);
    ck_assert_int_eq(session.capabilities.specular, TNS_SPECULAR_EXCLUDED);
    ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
    for (int i = 0; i < 31; i++)
        CHECK_NEAR("400-700 nm", sample.spectrum.value[i + 2], 0.05 + 0.0001 * i, 1e-12);
    ck_assert_str_eq(script_wrong(s), "");
    ck_assert_uint_eq(script_played(s), script_count(s));
    end(s, &session);
}
END_TEST

START_TEST(a_cm_2600d_is_found_at_its_own_speed_and_its_last_line_counts)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    open_2600d(s);
    measure_2600d(s);
    begin(s, &port, &session);
    ck_assert_msg(driver->open(&session, &err), "%s", err.text);
    ck_assert_str_eq(session.model, "Konica Minolta CM-2600d");
    ck_assert_int_eq(script_line(s).baud, 9600);
    ck_assert(script_line(s).rts_cts);
    ck_assert(session.capabilities.from_nm == 360 && session.capabilities.to_nm == 740);
    ck_assert_int_eq(session.capabilities.specular, TNS_SPECULAR_EXCLUDED);
    ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
    for (int i = 0; i < TNS_BANDS; i++) /* 380 nm is its third */
        CHECK_NEAR("380-730 nm", sample.spectrum.value[i], 0.07 + 0.01 * i, 1e-12);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

START_TEST(the_setting_tells_which_of_two_spectra_is_read)
{
    static const struct {
        const char *conditions, *command;
        tns_specular specular;
        double aperture_mm;
    } rows[] = {
        {"OK00,0,0,00,01,01\r\n", "MDR,1", TNS_SPECULAR_INCLUDED, 8},
        {"OK00,1,1,00,01,01\r\n", "MDR,2", TNS_SPECULAR_EXCLUDED, 3},
        {"OK00,0,2,00,01,01\r\n", "MDR,2", TNS_SPECULAR_EXCLUDED, 8},
        {"OK00,7,7,00,01,01\r\n", "MDR,2", TNS_SPECULAR_UNKNOWN, 0},
        {"OK00\r\n", "MDR,2", TNS_SPECULAR_UNKNOWN, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        add(s, "IDR", id_700d);
        add(s, "CPR", rows[i].conditions);
        add(s, "MES,1", "OK00\r\n");
        add(s, "STR", ready);
        add(s, rows[i].command, values_700d());
        begin(s, &port, &session);
        ck_assert(driver->open(&session, &err));
        ck_assert_msg(driver->measure(&session, &sample, &err), "%s", err.text);
        ck_assert_int_eq(session.capabilities.specular, rows[i].specular);
        ck_assert(session.capabilities.aperture_mm == rows[i].aperture_mm);
        ck_assert_str_eq(script_wrong(s), "");
        end(s, &session);
    }
}
END_TEST

START_TEST(the_mask_tells_which_aperture_is_set)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_error err = {0};
    add(s, "IDR", "OK00,13,1.41,B7,0,360,740,10\r\n");
    add(s, "CPS,0,1", "ER25\r\n");
    add(s, "CPS,1,1", "OK00\r\n");
    begin(s, &port, &session);
    ck_assert_msg(driver->open(&session, &err), "%s", err.text);
    ck_assert_str_eq(session.model, "Konica Minolta CM-2500d");
    ck_assert_int_eq(script_line(s).baud, 9600); /* though it was heard at the other speed */
    end(s, &session);
}
END_TEST

typedef void (*part)(script *s);

/* Opens and measures with a fault in one turn. */
static tns_code run(part open, part measure, script_fault fault, size_t turn, int64_t *lasted_ms)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    open(s);
    measure(s);
    script_fail(s, turn, fault);
    begin(s, &port, &session);
    bool done = driver->open(&session, &err);
    int64_t opened_ms = script_now_ms(s);
    done = done && driver->measure(&session, &sample, &err);
    int64_t measured_ms = script_now_ms(s) - opened_ms;
    *lasted_ms = measured_ms > opened_ms ? measured_ms : opened_ms;
    end(s, &session);
    return done ? TNS_OK : err.code;
}

START_TEST(every_fault_in_every_turn_ends_in_its_own_error_within_30_s)
{
    static const struct {
        const char *label;
        script_fault fault;
        tns_code code_700d,
            code_2600d; /* the first ends its lines with CR LF, the second with CR */
    } rows[] = {
        {"silent", SCRIPT_SILENT, TNS_ERROR_TIMEOUT, TNS_ERROR_TIMEOUT},
        {"late", SCRIPT_LATE, TNS_ERROR_TIMEOUT, TNS_ERROR_TIMEOUT},
        {"stall", SCRIPT_STALL, TNS_ERROR_STALL, TNS_ERROR_STALL},
        {"unplugged", SCRIPT_GONE, TNS_ERROR_GONE, TNS_ERROR_GONE},
        {"unplugged halfway", SCRIPT_GONE_HALFWAY, TNS_ERROR_GONE, TNS_ERROR_GONE},
        {"without end", SCRIPT_CUT, TNS_OK, TNS_ERROR_SHORT_REPLY},
        {"garbled", SCRIPT_GARBLED, TNS_ERROR_SHORT_REPLY, TNS_ERROR_SHORT_REPLY},
        {"in two transfers", SCRIPT_HALVES, TNS_OK, TNS_OK},
        {"byte by byte", SCRIPT_TRICKLE, TNS_OK, TNS_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t lasted_ms;
        for (size_t turn = 0; turn < 6; turn++) {
            tns_code code = run(open_700d, measure_700d, rows[i].fault, turn, &lasted_ms);
            ck_assert_msg(code == rows[i].code_700d && lasted_ms < 30000, "%s in turn %zu: %s",
                          rows[i].label, turn, tns_code_name(code));
        }
        for (size_t turn = 1; turn < 4; turn++) {
            tns_code code = run(open_2600d, measure_2600d, rows[i].fault, turn, &lasted_ms);
            ck_assert_msg(code == rows[i].code_2600d && lasted_ms < 30000, "%s in turn %zu: %s",
                          rows[i].label, turn, tns_code_name(code));
        }
    }
}
END_TEST

START_TEST(busy_for_ever_ends_within_30_s)
{
    static const char *const busy[] = {"ER27\r\n", "ER28\r\n", "ER35\r\n"};
    for (size_t i = 0; i < sizeof busy / sizeof *busy; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        open_700d(s);
        add(s, "MES,1", "OK00\r\n");
        add(s, "STR", busy[i]);
        script_repeat(s, 1000);
        begin(s, &port, &session);
        ck_assert(driver->open(&session, &err));
        int64_t begun_ms = script_now_ms(s);
        ck_assert(!driver->measure(&session, &sample, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
        ck_assert(script_now_ms(s) - begun_ms < 30000);
        ck_assert_str_eq(script_wrong(s), "");
        end(s, &session);
    }
}
END_TEST

START_TEST(what_is_none_of_its_instruments_is_left_alone)
{
    static const struct {
        const char *label, *reply;
        tns_code code;
        const char *says;
    } rows[] = {
        {"another type", "OK00,0200,1,2,0,400,700,10\r\n", TNS_ERROR_NO_INSTRUMENT, "\"0200\""},
        {"no type", "OK00\r\n", TNS_ERROR_NO_INSTRUMENT, "\"\""},
        {"another axis", "OK00,0100,1,2,0,360,740,10\r\n", TNS_ERROR_BAD_REPLY, "360-740"},
        {"too few fields", "OK00,0100,1\r\n", TNS_ERROR_SHORT_REPLY, "fields"},
        {"a modem", "\r\nERROR\r\n", TNS_ERROR_BAD_REPLY, "OK00"},
        {"a login", "login: \r\n", TNS_ERROR_BAD_REPLY, "OK00"},
        {"zeros", "OK00,,,,,,,\r\n", TNS_ERROR_NO_INSTRUMENT, "\"\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_error err = {0};
        add(s, "IDR", rows[i].reply);
        if (rows[i].code == TNS_ERROR_BAD_REPLY)
            add(s, "IDR", rows[i].reply); /* at the other speed */
        begin(s, &port, &session);
        ck_assert(!driver->open(&session, &err));
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
        ck_assert_str_eq(script_wrong(s), "");
        end(s, &session);
    }
}
END_TEST

START_TEST(values_without_sense_are_refused)
{
    static const struct {
        const char *label, *reply; /* NULL: 39 values, or 31 of which the last is `last` */
        const char *last;
        tns_code code;
    } rows[] = {
        {"39 values", NULL, NULL, TNS_ERROR_SHORT_REPLY},
        {"no values", "OK00\r\n", NULL, TNS_ERROR_SHORT_REPLY},
        {"the state in place of values", "OK00,1,0,3,0,0,0,0,0\r\n", NULL, TNS_ERROR_SHORT_REPLY},
        {"a word", NULL, "many", TNS_ERROR_BAD_REPLY},
        {"nothing", NULL, "", TNS_ERROR_BAD_REPLY},
        {"a decimal comma would be a field more", NULL, "1,5", TNS_ERROR_SHORT_REPLY},
        {"far below 0", NULL, "-900", TNS_ERROR_BAD_REPLY},
        {"far above 1", NULL, "999999", TNS_ERROR_BAD_REPLY},
        {"not a number", NULL, "nan", TNS_ERROR_BAD_REPLY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_sample sample;
        tns_error err = {0};
        char tail[20];
        snprintf(tail, sizeof tail, ",%s\r\n", rows[i].last ? rows[i].last : "");
        open_700d(s);
        add(s, "MES,1", "OK00\r\n");
        add(s, "STR", ready);
        add(s, "MDR,2",
            rows[i].reply  ? rows[i].reply
            : rows[i].last ? values(false, 500, 30, tail)
                           : values(false, 500, 39, "\r\n"));
        begin(s, &port, &session);
        ck_assert(driver->open(&session, &err));
        ck_assert_msg(!driver->measure(&session, &sample, &err), "%s", rows[i].label);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
        end(s, &session);
    }
}
END_TEST

START_TEST(needs_follow_the_instrument_or_its_errors)
{
    static const struct {
        char state;
        unsigned needs;
    } rows[] = {{'0', TNS_NEED_WHITE}, {'1', TNS_NEED_WHITE}, {'2', 0}, {'3', 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_error err = {0};
        char status[] = "OK00,1,0,?,0,0,0,0,0\r\n";
        unsigned needs = 9;
        *strchr(status, '?') = rows[i].state;
        open_700d(s);
        add(s, "STR", status);
        begin(s, &port, &session);
        ck_assert(driver->open(&session, &err));
        ck_assert_msg(driver->needs(&session, &needs, &err), "%s", err.text);
        ck_assert_msg(needs == rows[i].needs, "state %c", rows[i].state);
        end(s, &session);
    }
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_sample sample;
    tns_error err = {0};
    unsigned needs = 9;
    open_2600d(s);
    add(s, "MES", "ER07\r");
    begin(s, &port, &session);
    ck_assert(driver->open(&session, &err));
    ck_assert(driver->needs(&session, &needs, &err) && needs == 0);
    ck_assert(!driver->measure(&session, &sample, &err) && err.code == TNS_ERROR_NOT_CALIBRATED);
    ck_assert(driver->needs(&session, &needs, &err) && needs == TNS_NEED_WHITE);
    end(s, &session);
}
END_TEST

/* What the user is asked for, in order, until the calibration is made. */
static void walk(tns_session *session, const tns_setup *due, size_t count)
{
    tns_step step = {.done = false};
    tns_error err = {0};
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(driver->calibrate(session, TNS_NEED_WHITE, &step, &err), "%s", err.text);
        ck_assert(!step.done && step.setup == due[i]);
    }
    ck_assert_msg(driver->calibrate(session, TNS_NEED_WHITE, &step, &err), "%s", err.text);
    ck_assert(step.done);
}

START_TEST(a_white_calibration_begins_with_the_zero_where_that_is_missing)
{
    static const tns_setup both[] = {TNS_SETUP_OPEN_AIR, TNS_SETUP_ON_TILE};
    for (int zero_is_missing = 0; zero_is_missing < 2; zero_is_missing++) {
        script *s = script_create();
        tns_port port;
        tns_session session;
        tns_error err = {0};
        open_700d(s);
        add(s, "STR", zero_is_missing ? "OK00,1,0,0\r\n" : "OK00,1,0,1\r\n");
        if (zero_is_missing) {
            add(s, "ZRC", "OK00\r\n");
            add(s, "STR", "OK00,1,0,1\r\n");
        }
        add(s, "CIR", "OK00,17000123\r\n");
        add(s, "CAL", "ER28\r\n");
        add(s, "CAL", "OK00\r\n");
        add(s, "STR", ready);
        begin(s, &port, &session);
        ck_assert(driver->open(&session, &err));
        walk(&session, both + !zero_is_missing, 1 + (size_t)zero_is_missing);
        ck_assert_str_eq(session.calibration.tile, "17000123");
        ck_assert_str_eq(script_wrong(s), "");
        ck_assert_uint_eq(script_played(s), script_count(s));
        end(s, &session);
    }
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_error err = {0};
    open_2600d(s);
    add(s, "UZC", "OK00\r");
    add(s, "CAL", "OK00\r");
    begin(s, &port, &session);
    ck_assert(driver->open(&session, &err));
    walk(&session, both, 2);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

START_TEST(a_wrong_tile_fails_and_the_calibration_begins_anew)
{
    script *s = script_create();
    tns_port port;
    tns_session session;
    tns_step step;
    tns_error err = {0};
    open_700d(s);
    add(s, "STR", "OK00,1,0,1\r\n");
    add(s, "CIR", "ER00\r\n"); /* a unit that does not know it */
    add(s, "CAL", "ER11\r\n");
    add(s, "STR", "OK00,1,0,1\r\n");
    add(s, "CIR", "ER00\r\n");
    begin(s, &port, &session);
    ck_assert(driver->open(&session, &err));
    ck_assert(driver->calibrate(&session, TNS_NEED_WHITE, &step, &err));
    ck_assert_int_eq(step.setup, TNS_SETUP_ON_TILE);
    ck_assert(!driver->calibrate(&session, TNS_NEED_WHITE, &step, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_INSTRUMENT);
    ck_assert(driver->calibrate(&session, TNS_NEED_WHITE, &step, &err) && !step.done);
    ck_assert_str_eq(script_wrong(s), "");
    end(s, &session);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/konica");
    TCase *tests = tcase_create("konica");
    tcase_add_test(tests, a_cm_700d_is_begun_waited_for_and_read);
    tcase_add_test(tests, a_cm_2600d_is_found_at_its_own_speed_and_its_last_line_counts);
    tcase_add_test(tests, the_setting_tells_which_of_two_spectra_is_read);
    tcase_add_test(tests, the_mask_tells_which_aperture_is_set);
    tcase_add_test(tests, every_fault_in_every_turn_ends_in_its_own_error_within_30_s);
    tcase_add_test(tests, busy_for_ever_ends_within_30_s);
    tcase_add_test(tests, what_is_none_of_its_instruments_is_left_alone);
    tcase_add_test(tests, values_without_sense_are_refused);
    tcase_add_test(tests, needs_follow_the_instrument_or_its_errors);
    tcase_add_test(tests, a_white_calibration_begins_with_the_zero_where_that_is_missing);
    tcase_add_test(tests, a_wrong_tile_fails_and_the_calibration_begins_anew);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
