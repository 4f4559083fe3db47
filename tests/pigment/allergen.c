/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words bar a bottle from who is allergic to them. */
#include "pigment/allergen.h"
#include "base/text.h"
#include "pigment/identifiers.h"
#include "pigment/substance.h"
#include "support/testing.h"

START_TEST(numbers_are_known_however_they_are_written)
{
    static const char indices[][16] = {"CI 77266"};
    static const tns_ingredient carbon[] = {{"Carbon black", "1333-86-4"}}, aqua[] = {{"Aqua", ""}},
                                red[] = {{"Iron oxide red (CI 77491)", ""}},
                                cas[] = {{"Pigment (CAS 1309-37-1)", ""}},
                                chrome[] = {{"Chromium(VI) oxide", "1333-82-0"}},
                                metal[] = {{"Trace metals", "7440-02-0"}},
                                none[] = {{"nickel-free water", ""}};
    const tns_contents labels[] = {
        {"", 1, 1, indices, carbon}, {"", 1, 1, indices, aqua}, {"", 0, 1, NULL, carbon},
        {"", 0, 1, NULL, red},       {"", 0, 1, NULL, cas},     {"", 0, 1, NULL, chrome},
        {"", 0, 1, NULL, metal},     {"", 0, 1, NULL, none},
    };
    static const struct {
        const char *word, *held; /* by which labels, '1' = it is */
    } rows[] = {
        {"CI 77266", "11100000"},
        {"C.I. 77266", "11100000"},
        {"C. I. 77266", "11100000"},
        {"CI-77266", "11100000"},
        {"CI: 77266", "11100000"},
        {"CI No. 77266", "11100000"},
        {"Colour Index 77266", "11100000"},
        {"77 266", "11100000"},
        {"CAS 1333-86-4", "11100000"},
        {"CAS-No.: 1333-86-4", "11100000"},
        {"1333\342\200\22186\342\200\2214", "11100000"}, /* hyphens as of a PDF */
        {"PBk7", "11100000"},
        {"P.Bk. 7", "11100000"},
        {"C.I. Pigment Black 7", "11100000"},
        {"PBk 77", "00000000"},
        {"carbon  black", "11100000"},
        {"Carbon", "11100000"},
        {"CI77491", "00011000"},
        {"PR101", "00011000"},
        {"iron oxide", "00011000"},
        {"1309-37-1", "00011000"},
        {"CI 7749", "00000000"},
        {"CI 133386", "00000000"},
        {"chromium (VI)", "00000100"},
        {"chromate", "00000100"},
        {"nickel", "00000010"},
        {"7440-02-0", "00000010"},
        {"water", "00000001"},
        {"5468-75-7", "00000000"},
        {"chromium(III) oxide", "00000000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char held[9] = "", why[120];
        for (size_t k = 0; k < 8; k++)
            held[k] = tns_contents_hold(&labels[k], rows[i].word, why, sizeof why) ? '1' : '0';
        ck_assert_msg(strcmp(held, rows[i].held) == 0, "\"%s\": %s", rows[i].word, held);
    }
}
END_TEST

START_TEST(a_substance_is_known_in_the_plural_in_compounds_and_in_german)
{
    static const struct {
        const char *word, *told;
        bool held;
    } rows[] = {
        {"iron oxide", "Iron Oxides", true},
        {"iron oxides", "Iron oxide", true},
        {"CI 77491", "Iron Oxides", true},
        {"CI 77499", "iron oxide", true},
        {"1309-37-1", "Eisenoxide", true},
        {"iron", "Eisenoxid", true},
        {"Eisen", "CI 77491", true},
        {"Eisenoxid", "CI 77492", true},
        {"CI 77491", "Ferric oxide", true},
        {"CI 77499", "Eisenoxidschwarz", true},
        {"CI 77499", "Eisenoxidrot", false},
        {"CI 77499", "Iron oxides (CI 77491)", false},
        {"CI 77489", "Iron(II) oxide", true},
        {"iron", "environmental", false},
        {"nickel", "Nickelsulfat", true},
        {"nickel", "Nickeloxid", true},
        {"nickel", "Solfato di nichel", true},
        {"nickel", "sulfato de n\303\255quel", true},
        {"nickel", "NIQUEL", true},
        {"Nichel", "nickel sulfate", true},
        {"CI 77491", "Oxydes de fer", true},
        {"CI 77499", "ossido di ferro", true},
        {"iron oxide", "\303\263xidos de hierro", true},
        {"chromium (VI)", "dicromato di potassio", true},
        {"chromium (VI)", "Cromo esavalente", true},
        {"chromium (VI)", "ossido di cromo (VI)", true},
        {"chromium (VI)", "oxyde de chrome", false},
        {"chromium", "ossido di cromo", true},
        {"Nickelsulfat", "nickel chloride", true},
        {"7786-81-4", "Nickeloxid", true},
        {"nickel", "nickel-free", false},
        {"nickel", "nickelfrei", false},
        {"nickel", "Nickelfreies Wasser", false},
        {"nickel", "Nickel-frei", false},
        {"nickel", "nickel-free; Nickelsulfat", true},
        {"nickel", "Nickelfreisetzung", true},
        {"nickel", "Cupronickel", true},
        {"nickel", "Nickel(II)-sulfat", true},
        {"chromium", "Kaliumdichromat", true},
        {"chromium", "Chromat", true},
        {"Chrom", "CI 77288", true},
        {"chrome", "potassium dichromate", true},
        {"chromium (VI)", "Chromate", true},
        {"7778-50-9", "Kaliumdichromat", true},
        {"chromium (VI)", "Chrom", true},
        {"chromium (VI)", "Chromoxid", false},
        {"chromate", "CI 77288", false},
        {"chromium", "chromatic white", false},
        {"chromium", "chromatfrei", false},
        {"titanium dioxide", "Titandioxid", true},
        {"CI 77891", "Rutile", true},
        {"Titandioxid", "CI 77891", true},
        {"Russ", "CI 77266", true},
        {"Ru\303\237", "Carbon Black", true},
        {"soot", "1333-86-4", true},
        {"1333-86-4", "Industrieruss", true},
        {"CI 77266", "Russian white", false},
        {"nickel", "metal 7440 - 02 - 0", true},
        {"7440-02-0", "7440\302\240- 02 -\302\2400", true},
        {"CI 77491", "CI 77 491", true},
        {"CI 77491", "CI 77491-77492", true},
        {"CI 77492", "CI 77491-77492", true},
        {"CI 77492", "CI 77491 - 77499", true},
        {"CI 77266", "CI 77491-77499", false},
        {"CI 77491", "CI 77491 - 1 g", true},
        {"CI 77491", "77491-02-0", false},
        {"CI 77491", "377491", false},
        {"brass", "bra", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_ingredient told = {.name = ""};
        char why[120];
        tns_text_copy(told.name, sizeof told.name, rows[i].told);
        const tns_contents contents = {"", 0, 1, NULL, &told};
        bool held = tns_contents_hold(&contents, rows[i].word, why, sizeof why);
        ck_assert_msg(held == rows[i].held, "\"%s\" of \"%s\"", rows[i].word, rows[i].told);
    }
}
END_TEST

START_TEST(a_word_is_a_number_or_a_name_and_said_to_be_which)
{
    static const struct {
        const char *word, *read;
        tns_word_kind kind;
    } rows[] = {
        {"C.I. No. 77266", "CI 77266", TNS_WORD_INDEX},
        {"15850:1", "CI 15850:1", TNS_WORD_INDEX},
        {"CAS: 1333-86-4", "1333-86-4", TNS_WORD_CAS},
        {"CAS 1333-86-5", "1333-86-5", TNS_WORD_BROKEN_CAS},
        {"1-2-3", "1-2-3", TNS_WORD_BROKEN_CAS},
        {"Nickel (II) ", "nickel(ii)", TNS_WORD_NAME},
        {"PBk7", "pbk7", TNS_WORD_NAME},
        {"cinnamon", "cinnamon", TNS_WORD_NAME},
        {"CI 7726", "ci 7726", TNS_WORD_DOUBTFUL},
        {"1333864", "1333864", TNS_WORD_DOUBTFUL},
        {"PY74", "py74", TNS_WORD_DOUBTFUL},
        {"CI", "ci", TNS_WORD_NAME},
        {"", "", TNS_WORD_NAME},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char read[TNS_WORD_SIZE];
        ck_assert_msg(tns_word_read(rows[i].word, read) == rows[i].kind, "%s", rows[i].word);
        ck_assert_str_eq(read, rows[i].read);
    }
}
END_TEST

START_TEST(a_word_that_may_mean_what_is_in_it_bars_a_bottle)
{
    static const char indices[][16] = {"CI 77491", "CI 77266"};
    static const tns_ingredient ingredients[] = {{"Iron(III) oxide", "1309-37-1"},
                                                 {"nickel sulfate", "7786-81-4"},
                                                 {"CI 77891", ""},
                                                 {"Glycerin", ""}};
    static const tns_contents contents = {"Warm Black", 2, 4, indices, ingredients};
    static const struct {
        const char *word, *why; /* NULL = it does not */
    } rows[] = {
        {"CI 77491", "has CI 77491"},
        {"ci77491", "has CI 77491"},
        {"77491", "has CI 77491"},
        {"77492", NULL},
        {"7749", NULL},
        {"1309-37-1", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"1309-37", NULL},
        {"iron(iii) oxide", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"Iron", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"oxide", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"ron", NULL},
        {"Iro", NULL},
        {"nickel", "contains nickel sulfate, CAS 7786-81-4"},
        {"nickel chloride", "contains nickel sulfate, CAS 7786-81-4"}, /* allergic to the metal */
        {"lead chloride", NULL},
        {"sulfat", NULL},
        {"77891", "contains CI 77891"},
        {"glycerin", "contains Glycerin"},
        {"black", "is Warm Black"},
        {"latex", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char why[120] = "";
        bool holds = tns_contents_hold(&contents, rows[i].word, why, sizeof why);
        ck_assert_msg(holds == (rows[i].why != NULL), "\"%s\": %s", rows[i].word, why);
        ck_assert_msg(!holds || strcmp(why, rows[i].why) == 0, "\"%s\": %s", rows[i].word, why);
    }
}
END_TEST

/* A slip of one digit, or two that changed places, is found by the check digit. */
START_TEST(every_registry_number_of_the_table_is_well_formed_and_stands_once)
{
    size_t count = 0;
    for (const char *cas; (cas = tns_substance_cas(count)); count++) {
        ck_assert_msg(tns_is_cas(cas), "%s", cas);
        for (size_t i = 0; i < count; i++)
            ck_assert_msg(strcmp(tns_substance_cas(i), cas) != 0, "%s stands twice", cas);
    }
    ck_assert_uint_gt(count, 30);
    ck_assert(tns_word_names("10101-98-1", tns_word_substances("nickel")));
    ck_assert(tns_word_names("7789-12-0", tns_word_substances("chromium (VI)")));
    ck_assert(tns_word_names("1317-70-0", tns_word_substances("titanium dioxide")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allergen");
    TCase *tcase = tcase_create("allergen");
    tcase_add_test(tcase, a_word_that_may_mean_what_is_in_it_bars_a_bottle);
    tcase_add_test(tcase, a_substance_is_known_in_the_plural_in_compounds_and_in_german);
    tcase_add_test(tcase, numbers_are_known_however_they_are_written);
    tcase_add_test(tcase, a_word_is_a_number_or_a_name_and_said_to_be_which);
    tcase_add_test(tcase, every_registry_number_of_the_table_is_well_formed_and_stands_once);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
