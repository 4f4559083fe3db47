/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of OK and ER, however they are cut. Constructed: no captures are public. */
#include <string.h>

#include "devices/okline/okline.h"
#include "support/script.h"
#include "support/testing.h"

START_TEST(every_error_of_the_instrument_is_named)
{
    static const struct {
        const char *line;
        tns_code code;
        const char *says;
    } rows[] = {
        {"ER00", TNS_ERROR_INSTRUMENT, "command"},
        {"ER02", TNS_ERROR_INSTRUMENT, "battery"},
        {"ER03", TNS_ERROR_INSTRUMENT, "parameters"},
        {"ER05", TNS_ERROR_INSTRUMENT, "lamp"},
        {"ER07", TNS_ERROR_NOT_CALIBRATED, "not calibrated"},
        {"ER08", TNS_ERROR_INSTRUMENT, "line"},
        {"ER10", TNS_ERROR_INSTRUMENT, "no data"},
        {"ER11", TNS_ERROR_INSTRUMENT, "calibration failed"},
        {"ER13", TNS_ERROR_INSTRUMENT, "converter"},
        {"ER17", TNS_ERROR_INSTRUMENT, "clock"},
        {"ER20", TNS_ERROR_INSTRUMENT, "memory"},
        {"ER22", TNS_ERROR_NOT_CALIBRATED, "user calibration"},
        {"ER24", TNS_ERROR_NOT_CALIBRATED, "white"},
        {"ER25", TNS_ERROR_SETUP, "aperture"},
        {"ER36", TNS_ERROR_NOT_CALIBRATED, "incomplete"},
        {"ER69", TNS_ERROR_INSTRUMENT, "protected"},
        {"ER99", TNS_ERROR_INSTRUMENT, "not documented (ER99)"},
        {"OK09", TNS_ERROR_IMPLAUSIBLE, "over its range"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_okline_reply reply;
        tns_error err = {0};
        ck_assert(tns_okline_parse(rows[i].line, 4, &reply, &err));
        ck_assert(!tns_okline_check(&reply, NULL, &err));
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].line, err.text);
    }
}
END_TEST

START_TEST(a_reserve_becomes_a_warning)
{
    static const struct {
        const char *line;
        size_t warnings;
    } rows[] = {{"OK00", 0}, {"OK02", 1}, {"OK03", 1}, {"OK04", 2}, {"OK17", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_okline_reply reply;
        tns_warnings warnings = {.count = 0};
        ck_assert(tns_okline_parse(rows[i].line, 4, &reply, NULL));
        ck_assert(tns_okline_check(&reply, &warnings, NULL));
        ck_assert_msg(warnings.count == rows[i].warnings, "%s", rows[i].line);
    }
}
END_TEST

/* What is asked for twice, and what comes in all. */
START_TEST(lines_are_found_whatever_ends_and_cuts_them)
{
    static const struct {
        const char *label, *bytes;
        script_fault cut;
    } rows[] = {
        {"CR LF", "OK00,1\r\nOK00,2\r\n", SCRIPT_GOOD},
        {"CR", "OK00,1\rOK00,2\r", SCRIPT_GOOD},
        {"LF", "OK00,1\nOK00,2\n", SCRIPT_GOOD},
        {"empty lines between", "\r\n\r\nOK00,1\r\n\r\nOK00,2\r\n", SCRIPT_GOOD},
        {"blanks before", "  OK00,1\r\n\tOK00, 2 \r\n", SCRIPT_GOOD},
        {"CR LF byte by byte", "OK00,1\r\nOK00,2\r\n", SCRIPT_TRICKLE},
        {"CR in two transfers", "OK00,1\rOK00,2\r", SCRIPT_HALVES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script *s = script_create();
        tns_port port = script_port(s);
        tns_okline line = {.port = &port};
        tns_okline_reply reply;
        tns_error err = {0};
        int value = 0;
        script_text(s, "MES\r\n", rows[i].bytes);
        script_fail(s, 0, rows[i].cut);
        ck_assert(tns_okline_ask(&line, "MES", 1000, &reply, &err));
        ck_assert_msg(tns_okline_integer(&reply, 0, &value, &err) && value == 1, "%s",
                      rows[i].label);
        ck_assert_msg(tns_okline_receive(&line, 1000, &reply, &err), "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(tns_okline_integer(&reply, 0, &value, &err) && value == 2, "%s",
                      rows[i].label);
        ck_assert(!tns_okline_receive(&line, 1000, &reply, &err));
        ck_assert_msg(err.code == TNS_ERROR_TIMEOUT, "%s: %s", rows[i].label, err.text);
        script_free(s);
    }
}
END_TEST

START_TEST(broken_lines_are_refused)
{
    static const struct {
        const char *label, *bytes;
        size_t length;
    } rows[] = {
        {"empty", "", 0},           {"half a head", "OK0", 3},       {"no number", "OKAY,1", 6},
        {"small", "ok00,1", 6},     {"stuck together", "OK001", 5},  {"another head", "RE00,1", 6},
        {"a NUL", "OK00,\0001", 7}, {"no text", "OK00,\xC3\xBC", 7}, {"a bell", "OK00,\a", 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_okline_reply reply;
        tns_error err = {0};
        ck_assert_msg(!tns_okline_parse(rows[i].bytes, rows[i].length, &reply, &err), "%s",
                      rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_BAD_REPLY);
    }
    char many[TNS_OKLINE_TEXT] = "OK00";
    tns_okline_reply reply;
    memset(many + 4, ',', TNS_OKLINE_FIELDS + 1);
    ck_assert(!tns_okline_parse(many, 4 + TNS_OKLINE_FIELDS + 1, &reply, NULL));
    ck_assert(tns_okline_parse(many, 4 + TNS_OKLINE_FIELDS, &reply, NULL));
}
END_TEST

START_TEST(a_line_without_end_is_no_answer)
{
    script *s = script_create();
    tns_port port = script_port(s);
    tns_okline line = {.port = &port};
    tns_okline_reply reply;
    tns_error err = {0};
    char endless[TNS_OKLINE_TEXT];
    memset(endless, '1', sizeof endless - 2);
    endless[sizeof endless - 2] = '\0';
    script_text(s, "STR\r\n", endless);
    script_text(s, "", "111");
    ck_assert(!tns_okline_ask(&line, "STR", 1000, &reply, &err));
    ck_assert_msg(err.code == TNS_ERROR_BAD_REPLY, "%s", err.text);
    script_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/okline");
    TCase *tests = tcase_create("okline");
    tcase_add_test(tests, every_error_of_the_instrument_is_named);
    tcase_add_test(tests, a_reserve_becomes_a_warning);
    tcase_add_test(tests, lines_are_found_whatever_ends_and_cuts_them);
    tcase_add_test(tests, broken_lines_are_refused);
    tcase_add_test(tests, a_line_without_end_is_no_answer);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
