/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes as scanners type them. */
#include <string.h>

#include <tonsure/gs1.h>

#include "support/testing.h"

#define FNC1 "\x1d"

static tns_day day_of(const char *text)
{
    tns_day day = TNS_NO_DAY;
    ck_assert(!text[0] || tns_day_parse(text, &day, NULL));
    return day;
}

static bool scan_on(const char *today, const char *code, tns_scan *out, tns_error *err)
{
    return tns_scan_parse(code, strlen(code), day_of(today), out, err);
}

/* Check digits that others have worked out. */
START_TEST(an_article_is_known_by_its_digits)
{
    static const struct {
        const char *label, *code, *gtin;
    } rows[] = {
        {"EAN-13 of GS1's page on check digits", "6291041500213", "06291041500213"},
        {"an EAN-8 of encyclopedias", "73513537", "00000073513537"},
        {"an UPC-A of encyclopedias", "036000291452", "00036000291452"},
        {"GTIN-14 of the General Specifications", "09501101530003", "09501101530003"},
        {"with the scanner's word for EAN-13", "]E06291041500213", "06291041500213"},
        {"with the scanner's word for EAN-8", "]E473513537", "00000073513537"},
        {"a carton's ITF-14", "]I109501101530003", "09501101530003"},
        {"as an Enter ends it", "6291041500213\r\n", "06291041500213"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_scan scan;
        tns_error err = {0};
        ck_assert_msg(scan_on("2026-11-22", rows[i].code, &scan, &err), "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(scan.kind == TNS_SCAN_ARTICLE && strcmp(scan.gtin, rows[i].gtin) == 0,
                      "%s: %s", rows[i].label, scan.gtin);
    }
}
END_TEST

START_TEST(an_element_string_gives_article_lot_and_days)
{
    static const struct {
        const char *label, *code, *gtin, *lot, *serial, *expires, *best_before, *produced;
        long long count, mg;
        int others;
    } rows[] = {
        {"DataMatrix, the lot last", "]d201095011015300031728053110A77", "09501101530003", "A77",
         "", "2028-05-31", "", "", 0, 0, 0},
        {"FNC1 behind a lot", "]C1010950110153000310A77" FNC1 "17280531", "09501101530003", "A77",
         "", "2028-05-31", "", "", 0, 0, 0},
        {"FNC1 in front, at the end, and behind a fixed length",
         FNC1 "0109501101530003" FNC1 "17280531" FNC1 "10A77" FNC1, "09501101530003", "A77", "",
         "2028-05-31", "", "", 0, 0, 0},
        {"all that is made use of",
         "]Q3010950110153000311260102152801001728053131030001501"
         "0L-7/b" FNC1 "21S9" FNC1 "3012",
         "09501101530003", "L-7/b", "S9", "2028-05-31", "2028-01-31", "2026-01-02", 12, 150000, 0},
        {"as printed", "(01)09501101530003(17)280531(10)A77", "09501101530003", "A77", "",
         "2028-05-31", "", "", 0, 0, 0},
        {"as printed, with blanks between", "(01)09501101530003 (10)A77 (17)280531",
         "09501101530003", "A77", "", "2028-05-31", "", "", 0, 0, 0},
        {"a bracket that is the lot's own", "(10)A(7)(21)9", "", "A(7)", "9", "", "", "", 0, 0, 0},
        {"in grams with three decimals of a kilogram", "(3103)000015", "", "", "", "", "", "", 0,
         15000, 0},
        {"in whole kilograms", "(3100)000002", "", "", "", "", "", "", 0, 2000000, 0},
        {"what is of no use is passed over by its length or FNC1",
         "2001"
         "240XY-1" FNC1 "10A77" FNC1 "91any",
         "", "A77", "", "", "", "", 0, 0, 3},
        {"twice the same", "10A77" FNC1 "10A77", "", "A77", "", "", "", "", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_scan s;
        tns_error err = {0};
        ck_assert_msg(scan_on("2026-11-22", rows[i].code, &s, &err), "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(s.kind == TNS_SCAN_ELEMENTS && strcmp(s.gtin, rows[i].gtin) == 0 &&
                          strcmp(s.lot, rows[i].lot) == 0 && strcmp(s.serial, rows[i].serial) == 0,
                      "%s: %s %s %s", rows[i].label, s.gtin, s.lot, s.serial);
        ck_assert_msg(s.expires == day_of(rows[i].expires) &&
                          s.best_before == day_of(rows[i].best_before) &&
                          s.produced == day_of(rows[i].produced),
                      "%s: days", rows[i].label);
        ck_assert_msg(s.count == rows[i].count && s.net_weight_mg == rows[i].mg &&
                          s.other_count == rows[i].others,
                      "%s: %lld %lld %d", rows[i].label, (long long)s.count,
                      (long long)s.net_weight_mg, s.other_count);
    }
}
END_TEST

/* General Specifications, 7.12. */
START_TEST(a_year_of_two_digits_is_the_nearest_and_day_00_a_months_last)
{
    static const struct {
        const char *today, *digits, *day;
    } rows[] = {
        {"2026-11-22", "280531", "2028-05-31"}, {"2026-11-22", "760101", "2076-01-01"},
        {"2026-11-22", "770101", "1977-01-01"}, {"2026-11-22", "991231", "1999-12-31"},
        {"2060-01-01", "110101", "2011-01-01"}, {"2060-01-01", "100101", "2110-01-01"},
        {"2099-12-31", "000229", ""},           {"2026-11-22", "280200", "2028-02-29"},
        {"2026-11-22", "270200", "2027-02-28"}, {"2026-11-22", "281200", "2028-12-31"},
        {"2026-11-22", "280431", ""},           {"2026-11-22", "281301", ""},
        {"2026-11-22", "280001", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char code[16] = "]C117";
        tns_scan scan;
        tns_error err = {0};
        strcat(code, rows[i].digits);
        bool taken = scan_on(rows[i].today, code, &scan, &err);
        ck_assert_msg(taken == (rows[i].day[0] != '\0'), "%s on %s", code, rows[i].today);
        ck_assert_msg(!taken || tns_scan_last_day(&scan) == day_of(rows[i].day), "%s on %s", code,
                      rows[i].today);
    }
}
END_TEST

START_TEST(best_before_counts_where_no_expiry_is_given)
{
    tns_scan scan;
    ck_assert(scan_on("2026-11-22", "]C115280100", &scan, NULL));
    ck_assert_int_eq(tns_scan_last_day(&scan), day_of("2028-01-31"));
    ck_assert(scan_on("2026-11-22", "10A77", &scan, NULL));
    ck_assert_int_eq(tns_scan_last_day(&scan), TNS_NO_DAY);
}
END_TEST

START_TEST(a_label_of_ours_is_known_again)
{
    char code[TNS_OWN_CODE_SIZE];
    tns_scan scan;
    tns_own_code_write('B', 17, code);
    ck_assert_str_eq(code, "TONSURE:B17");
    ck_assert(scan_on("2026-11-22", code, &scan, NULL));
    ck_assert(scan.kind == TNS_SCAN_OWN && scan.own == 'B' && scan.number == 17);
    ck_assert(scan_on("2026-11-22", "]Q1TONSURE:P3", &scan, NULL));
    ck_assert(scan.own == 'P' && scan.number == 3);
}
END_TEST

/* As it stands beside the QR; a scanner that says what it read has read no such thing. */
START_TEST(a_label_of_ours_is_known_by_what_is_printed_on_it)
{
    static const struct {
        const char *code;
        char own;
        long long number;
    } rows[] = {{"B17", 'B', 17},
                {"p3\n", 'P', 3},
                {"V123456789012345", 'V', 123456789012345},
                {"O1", 'O', 1},
                {"B1234567890123456", 0, 0},
                {"B0", 0, 0},
                {"B", 0, 0},
                {"B1x", 0, 0},
                {"]C0B17", 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_scan scan;
        bool taken = scan_on("2026-11-22", rows[i].code, &scan, NULL);
        ck_assert_msg(taken == (rows[i].own != 0), "%s", rows[i].code);
        ck_assert_msg(!taken || (scan.kind == TNS_SCAN_OWN && scan.own == rows[i].own &&
                                 scan.number == rows[i].number),
                      "%s", rows[i].code);
    }
}
END_TEST

START_TEST(a_broken_code_is_refused_with_what_was_found)
{
    static const struct {
        const char *label, *code, *says;
    } rows[] = {
        {"nothing", "", "found 0"},
        {"an Enter alone", "\n", "found 0"},
        {"a slip in an EAN-13", "6291041500214", "expected 3"},
        {"two digits swapped in an EAN-13", "6291041502013", "check digit"},
        {"12 digits that an EAN-13 symbol cannot hold", "]E0hello", "expected the 8"},
        {"a slip in (01)", "0109501101530004", "(01)"},
        {"(01) too short", "010950110153000", "ends too soon"},
        {"three digits", "123", "\"123\": ends too soon"},
        {"letters in (01)", "(01)0950110153000X", "14 digits"},
        {"a lot of nothing", "10" FNC1 "17280531", "(10)"},
        {"a lot of 21 characters", "10123456789012345678901", "(10)"},
        {"a lot in another alphabet",
         "10\xc3\x84"
         "77",
         "(10)"},
        {"a date of letters", "17ABCDEF", "(17)"},
        {"30 February", "]d217280230", "YYMMDD"},
        {"two lots", "10A77" FNC1 "10A78", "same as before"},
        {"two expiries", "1728053117280601", "same as before"},
        {"a count of letters", "30x", "(30)"},
        {"a count of nine digits", "30123456789", "(30)"},
        {"a weight with seven decimals", "3107000001", "decimals"},
        {"no identifier at all", "A77", "\"A77\": expected an application identifier"},
        {"text behind a fixed length", "17280531A77", "identifier"},
        {"an unknown symbol", "]z0123", "kind"},
        {"brackets without an identifier", "(x)123", "brackets"},
        {"an open bracket", "(01", "brackets"},
        {"our label without a number", "TONSURE:B", "TONSURE:B17"},
        {"our label of nothing", "TONSURE:", "TONSURE:B17"},
        {"our label of an unknown thing", "TONSURE:X7", "TONSURE:B17"},
        {"our label numbered 0", "TONSURE:B0", "TONSURE:B17"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_scan scan;
        tns_error err = {0};
        ck_assert_msg(!scan_on("2026-11-22", rows[i].code, &scan, &err), "%s", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_FORMAT && strstr(err.text, rows[i].says) != NULL,
                      "%s: %s", rows[i].label, err.text);
    }
    char many[500];
    tns_scan scan;
    memset(many, '1', sizeof many);
    ck_assert(!tns_scan_parse(many, sizeof many, day_of("2026-11-22"), &scan, NULL));
    ck_assert(!tns_scan_parse("TONSURE:\0007", 10, day_of("2026-11-22"), &scan, NULL));
}
END_TEST

START_TEST(a_typed_article_must_have_its_check_digit)
{
    char gtin[TNS_GTIN_SIZE];
    tns_error err;
    ck_assert(tns_gtin_parse("6291041500213", gtin, NULL));
    ck_assert_str_eq(gtin, "06291041500213");
    static const char *const wrong[] = {
        "", "629104150021", "6291041500212", "62910415002133", "629104150021x", "123456789"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!tns_gtin_parse(wrong[i], gtin, &err) && err.code == TNS_ERROR_USAGE, "%s",
                      wrong[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gs1");
    TCase *tcase = tcase_create("gs1");
    tcase_add_test(tcase, an_article_is_known_by_its_digits);
    tcase_add_test(tcase, an_element_string_gives_article_lot_and_days);
    tcase_add_test(tcase, a_year_of_two_digits_is_the_nearest_and_day_00_a_months_last);
    tcase_add_test(tcase, best_before_counts_where_no_expiry_is_given);
    tcase_add_test(tcase, a_label_of_ours_is_known_again);
    tcase_add_test(tcase, a_label_of_ours_is_known_by_what_is_printed_on_it);
    tcase_add_test(tcase, a_broken_code_is_refused_with_what_was_found);
    tcase_add_test(tcase, a_typed_article_must_have_its_check_digit);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
