/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of clients in texts that stay. */
#include <string.h>

#include "stock/named.h"
#include "support/testing.h"

static const struct {
    const char *label, *text, *name;
    bool named;
    const char *without;
} rows[] = {
    {"both names", "patch test of Anna Schmidt was clear", "Anna Schmidt", true,
     "patch test of C2 was clear"},
    {"the other way round", "Schmidt, Anna: clear", "Anna Schmidt", true, "C2, C2: clear"},
    {"one of two", "Frau Schmidt agreed", "Anna Schmidt", false, "Frau C2 agreed"},
    {"in capitals", "ANNA SCHMIDT", "Anna Schmidt", true, "C2"},
    {"umlauts in capitals", "J\xc3\x96RG M\xc3\x9cLLER kam", "J\xc3\xb6rg M\xc3\xbcller", true,
     "C2 kam"},
    {"a genitive", "Annas Wunsch", "Anna", true, "C2 Wunsch"},
    {"a hyphen", "Hans-Peter said so", "Hans-Peter", true, "C2 said so"},
    {"part of a word", "Annahme verweigert", "Anna", false, "Annahme verweigert"},
    {"initials", "J. R. said so", "J. R.", false, "J. R. said so"},
    {"a letter and a name", "J. Roe said so", "J. Roe", true, "J. C2 said so"},
    {"no name", "all is well", "", false, "all is well"},
    {"nothing", "", "Anna", false, ""},
    {"twice", "Anna and Anna", "Anna", true, "C2 and C2"},
    {"a typographer's genitive", "Schmidt\xe2\x80\x99s wish", "Schmidt", true,
     "C2\xe2\x80\x99s wish"},
    {"in typographer's quotes",
     "\xe2\x80\x9e"
     "Anna\xe2\x80\x9c agreed",
     "Anna", true,
     "\xe2\x80\x9e"
     "C2\xe2\x80\x9c agreed"},
    {"a blank that ends no line",
     "Anna\xc2\xa0"
     "Schmidt",
     "Anna Schmidt", true,
     "C2\xc2\xa0"
     "C2"},
    {"a mark behind its letter", "Jo\xcc\x88rg kam", "J\xc3\xb6rg", true, "C2 kam"},
    {"without its mark", "Muller kam", "M\xc3\xbcller", true, "C2 kam"},
    {"capitals of Croatia", "\xc5\xa0IMI\xc4\x86 agreed", "\xc5\xa0imi\xc4\x87", true, "C2 agreed"},
    {"a dot on a capital",
     "\xc4\xb0"
     "brahim agreed",
     "ibrahim", true, "C2 agreed"},
    {"Cyrillic capitals", "\xd0\x98\xd0\x92\xd0\x90\xd0\x9d", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd",
     true, "C2"},
    {"a Greek mark and a last sigma", "\xce\x93\xce\x99\xce\xa9\xce\xa1\xce\x93\xce\x9f\xce\xa3",
     "\xce\x93\xce\xb9\xcf\x8e\xcf\x81\xce\xb3\xce\xbf\xcf\x82", true, "C2"},
    {"a stroke", "Lukasz kam", "\xc5\x81ukasz", true, "C2 kam"},
    {"two marks on a letter", "Nguyen kam", "Nguy\xe1\xbb\x85n", true, "C2 kam"},
    {"letters tied by a printer", "Fie\xef\xac\x80 kam", "Fieff", true, "C2 kam"},
    {"two letters for one", "Mueller kam", "M\xc3\xbcller", true, "C2 kam"},
    {"one letter for two", "M\xc3\x9cLLER kam", "Mueller", true, "C2 kam"},
    {"two for one and its mark", "Joerg kam", "Jo\xcc\x88rg", true, "C2 kam"},
    {"of Denmark", "Soeren Aagaard kam", "S\xc3\xb8ren \xc3\x85g\xc3\xa5rd", true, "C2 kam"},
    {"an e of its own", "Noel kam", "No\xc3\xabl", true, "C2 kam"},
    {"ae in one letter", "Kj\xc3\xa6r, Kjaer, Kj\xc3\xa4r", "Kj\xc3\xa6r", true, "C2, C2, C2"},
    {"a sharp s in capitals", "WEISS kam", "Wei\xc3\x9f", true, "C2 kam"},
    {"a sharp s of two", "Wei\xc3\x9f, WEI\xe1\xba\x9e", "Weiss", true, "C2, C2"},
    {"its genitive", "Weisss Wunsch", "Wei\xc3\x9f", true, "C2 Wunsch"},
    {"no e of its own", "Muller kam", "Mueller", false, "Muller kam"},
    {"an e too many", "Manue kam", "Manu", false, "Manue kam"},
    {"a name's beginning", "Wei\xc3\x9f kam", "Weis", true, "C2 kam"},
    {"broken bytes", "Anna \xe2", "Anna", true, "C2 "},
};

START_TEST(a_name_is_found_by_its_words_and_a_number_stands_in_its_place)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[80];
        ck_assert_msg(tns_text_names(rows[i].text, rows[i].name) == rows[i].named, "%s",
                      rows[i].label);
        tns_text_unname(rows[i].text, rows[i].name, "C2", out, sizeof out);
        ck_assert_msg(strcmp(out, rows[i].without) == 0, "%s: %s", rows[i].label, out);
    }
}
END_TEST

START_TEST(a_longer_number_does_not_run_over)
{
    char out[8];
    tns_text_unname("Anna x Anna", "Anna", "C123456", out, sizeof out);
    ck_assert_str_eq(out, "C123456");
    tns_text_unname("Anna \xc3\xa4\xc3\xa4", "Anna", "C1234", out, sizeof out); /* no half of one */
    ck_assert_str_eq(out, "C1234 ");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("named");
    TCase *tcase = tcase_create("named");
    tcase_add_test(tcase, a_name_is_found_by_its_words_and_a_number_stands_in_its_place);
    tcase_add_test(tcase, a_longer_number_does_not_run_over);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
