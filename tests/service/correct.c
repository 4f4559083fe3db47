/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "service/parts.h"
#include "support/testing.h"

/* An order about a shipped palette, whose readings are predictions. */
typedef struct trial {
    tns_palette *palette;
    tns_reading measured, target;
    tns_correct_order order;
} trial;

static void finish(trial *t)
{
    tns_palette_destroy(t->palette);
}

static void start(trial *t, const char *palette, const char *recipe, const char *really,
                  const char *wanted)
{
    tns_error err;
    memset(t, 0, sizeof *t);
    t->palette = tns_palette_find(palette, &err);
    ck_assert_msg(t->palette != NULL, "%s", err.text);
    ck_assert_msg(tns_service_predict(t->palette, really, NULL, NULL, &t->measured, &err), "%s",
                  err.text);
    ck_assert_msg(tns_service_predict(t->palette, wanted, NULL, NULL, &t->target, &err), "%s",
                  err.text);
    t->order = (tns_correct_order){.palette = t->palette,
                                   .recipe = recipe,
                                   .measured = &t->measured,
                                   .target = &t->target,
                                   .noise = 0.2};
}

static tns_correct_service *solve(const trial *t)
{
    tns_error err;
    tns_correct_service *service = tns_service_correct(&t->order, NULL, &err);
    ck_assert_msg(service != NULL, "%s", err.text);
    return service;
}

/* Kimera mixes by mass; its drops, all alike, stand for masses. What three drops of white come to
   is what predict says of 3.2 black and 23 white: 0.27. */
START_TEST(the_sentence_says_what_to_do_and_what_is_wrong_now)
{
    static const struct {
        const char *recipe, *really, *wanted, *only, *sentence;
    } rows[] = {
        {"black=3,white=20", "black=3.2,white=20", "black=3,white=22", "white",
         "Add 3 drops of Kimera white: very close (dE 0.3); now dE 2.1, too dark"},
        {"black=3,white=20", "black=3,white=20", "black=4,white=20", "black",
         "Add 1 drop of Kimera black: very close (dE 0.0); now dE 3.8, too light"},
        {"black=3,white=20", "black=3,white=20", "black=3,white=20", NULL,
         "Add nothing: very close (dE 0.0)"},
        {"black=3,white=20", "black=3,white=20", "black=3,white=60", "black",
         "Add nothing: off (dE 13.1), much too dark and slightly too cool; nothing that may be "
         "added mends it, so mix it anew"},
        {"black=3,white=20", "black=3,white=20", "black=3,white=60", "white",
         "Add 10 drops of Kimera white: off (dE 7.9), much too dark and slightly too cool; more "
         "would come nearer: allow more than --drops 10; now dE 13.1, much too dark and slightly "
         "too cool"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        start(&t, "kimera", rows[i].recipe, rows[i].really, rows[i].wanted);
        t.order.only = rows[i].only;
        tns_correct_service *service = solve(&t);
        ck_assert_str_eq(tns_correct_service_answer(service)->sentence, rows[i].sentence);
        tns_correct_service_destroy(service);
        finish(&t);
    }
}
END_TEST

START_TEST(a_pigment_that_got_in_is_named_and_the_record_says_so)
{
    trial t;
    tns_error err = {TNS_ERROR_WRONG_INK, "correct: why"};
    start(&t, "kimera", "black=3,white=20", "black=3,white=20,red-oxide=2", "black=3,white=22");
    tns_correct_service *service = solve(&t);
    const tns_correct_answer *answer = tns_correct_service_answer(service);
    ck_assert(answer->correction->refused);
    ck_assert_str_eq(t.palette->pigments[answer->correction->suspect].id, "red-oxide");
    CHECK_NEAR("so much of it", answer->correction->suspect_units, 2, 0.2);
    ck_assert_ptr_nonnull(strstr(answer->sentence, "Add nothing and mix it anew: "));
    ck_assert_ptr_nonnull(strstr(answer->sentence, "some red-oxide in the pot would be it"));
    char *record = tns_correct_write(answer, &err);
    ck_assert_ptr_nonnull(strstr(record, "\"status\": \"refused\""));
    ck_assert_ptr_nonnull(strstr(record, "\"code\": \"wrong-ink\""));
    free(record);
    tns_correct_service_destroy(service);
    finish(&t);
}
END_TEST

START_TEST(only_and_without_say_what_may_be_added)
{
    static const struct {
        const char *only, *without;
        bool film, diluent;
        size_t pigments;
    } rows[] = {
        {NULL, NULL, true, true, 5},           {NULL, "diluent", true, false, 5},
        {"diluent", NULL, true, true, 0},      {"carbon-black", NULL, true, false, 1},
        {NULL, "carbon-black", true, true, 4}, {"carbon-black,diluent", NULL, true, true, 1},
        {NULL, NULL, false, false, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err;
        start(&t, "generic-smp", "carbon-black=2,titanium-dioxide=3",
              "carbon-black=2,titanium-dioxide=3", "carbon-black=2,titanium-dioxide=4");
        t.order.only = rows[i].only;
        t.order.without = rows[i].without;
        t.order.surface = rows[i].film ? "film:lab:62,9,16,1" : NULL;
        t.order.drops = 1; /* each of what may be added, once, and nothing */
        tns_surface surface;
        tns_warnings ignored = {0};
        ck_assert(tns_surface_parse(t.order.surface, t.palette, &surface, &ignored, &err));
        double K[TNS_BANDS], S[TNS_BANDS], amounts[16] = {0};
        amounts[tns_palette_index(t.palette, "carbon-black")] = 2;
        amounts[tns_palette_index(t.palette, "titanium-dioxide")] = 3;
        ck_assert(tns_mixture_coefficients(t.palette, amounts, K, S, &err));
        t.measured.spectrum = tns_surface_reflectance(&surface, K, S);
        tns_correct_service *service = solve(&t);
        const tns_pot_correction *made = tns_correct_service_answer(service)->correction;
        ck_assert_uint_eq(made->pigments, rows[i].pigments);
        ck_assert_uint_gt(made->evaluated, 0);
        if (!rows[i].diluent) /* the others were ruled out */
            ck_assert_uint_le(made->evaluated, 1 + rows[i].pigments);
        tns_correct_service_destroy(service);
        finish(&t);
    }
}
END_TEST

START_TEST(a_recipe_in_grams_is_the_same_pot)
{
    trial t;
    start(&t, "kimera", "black=0.3,white=2", "black=3.2,white=20", "black=3,white=22");
    t.order.unit = "0.1g";
    t.order.only = "white";
    tns_correct_service *service = solve(&t);
    const tns_correct_answer *answer = tns_correct_service_answer(service);
    ck_assert_str_eq(answer->sentence, "Add 0.3 g of Kimera white: very close (dE 0.3); now dE "
                                       "2.1, too dark");
    ck_assert_int_eq(answer->correction->additions[0].parts[0].units, 3);
    CHECK_NEAR("nominal", answer->correction->parts[0].nominal, 2, 1e-12);
    tns_correct_service_destroy(service);
    finish(&t);
}
END_TEST

START_TEST(a_color_alone_counts_with_the_certainty_it_states)
{
    trial t;
    start(&t, "kimera", "black=3,white=20", "black=3.2,white=20", "black=3,white=22");
    t.measured.has_spectrum = false;
    tns_correct_service *usual = solve(&t);
    t.measured.has_uncertainty = true;
    t.measured.uncertainty = (tns_uncertainty){.L = 6, .a = 6, .b = 6, .k = 2};
    tns_correct_service *unsure = solve(&t);
    const tns_pot_correction *one = tns_correct_service_answer(usual)->correction;
    const tns_pot_correction *other = tns_correct_service_answer(unsure)->correction;
    ck_assert(one->from_color && other->from_color);
    /* three of L* are less than the prior alone says of these amounts */
    ck_assert_double_gt(other->parts[0].factor_sd, one->parts[0].factor_sd);
    ck_assert_double_lt(fabs(other->parts[0].factor - 1), fabs(one->parts[0].factor - 1));
    tns_correct_service_destroy(usual);
    tns_correct_service_destroy(unsure);
    finish(&t);
}
END_TEST

START_TEST(what_cannot_be_meant_is_a_usage_error)
{
    static const struct {
        const char *recipe, *only, *without, *surface, *unit, *words;
    } rows[] = {
        {"coal=1", NULL, NULL, NULL, NULL, "no pigment \"coal\""},
        {"black=1,black=2", NULL, NULL, NULL, NULL, "named twice"},
        {"black=1", "coal", NULL, NULL, NULL, "--only"},
        {"black=1", NULL, "blakc", NULL, NULL, "--without"},
        {"black=1", "black", "black", NULL, NULL, "nothing that may be added"},
        {"black=1", NULL, NULL, "film:lab:62,9,16,1", NULL, "relative"},
        {"black=1", NULL, NULL, NULL, "spoons", "--unit"},
        {"white=1,cold-yellow=1,warm-yellow=1,yellow-oxide=1,orange=1,red=1,red-oxide=1,magenta=1,"
         "violet=1",
         NULL, NULL, NULL, NULL, "at most 8 parts"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err = {0};
        start(&t, "kimera", rows[i].recipe, "black=1", "black=1,white=1");
        t.order.only = rows[i].only;
        t.order.without = rows[i].without;
        t.order.surface = rows[i].surface;
        t.order.unit = rows[i].unit;
        ck_assert_msg(tns_service_correct(&t.order, NULL, &err) == NULL, "%s", rows[i].words);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].words) != NULL, "expected \"%s\", found \"%s\"",
                      rows[i].words, err.text);
        finish(&t);
    }
    tns_correct_service_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correct");
    TCase *tests = tcase_create("correct");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, the_sentence_says_what_to_do_and_what_is_wrong_now);
    tcase_add_test(tests, a_pigment_that_got_in_is_named_and_the_record_says_so);
    tcase_add_test(tests, only_and_without_say_what_may_be_added);
    tcase_add_test(tests, a_recipe_in_grams_is_the_same_pot);
    tcase_add_test(tests, a_color_alone_counts_with_the_certainty_it_states);
    tcase_add_test(tests, what_cannot_be_meant_is_a_usage_error);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
