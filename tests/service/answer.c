/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence for a specialist, for matches made by hand. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "service/parts.h"
#include "support/testing.h"

static tns_pigment pigments[] = {
    {.id = "carbon-black", .name = "Carbon black, 15 % by mass"},
    {.id = "red-iron-oxide", .name = "Red iron oxide"},
    {.id = "white", .name = "Brand White"},
    {.id = "umber", .name = ""},
    {.id = "water", .name = "Water", .kind = TNS_DILUENT},
};
enum { BLACK, RED, WHITE, UMBER, WATER };

static const tns_palette palette = {.name = "test", .count = 5, .pigments = pigments};

/* What a row makes its match of. */
typedef struct row {
    const char *label;
    double fraction[4]; /* of the pigments above; 0 = not in the recipe */
    int shade;          /* -1 = no diluent */
    double dL, da, db;  /* of the recipe's color from the target's */
    double de00, rounding_loss, best;
    bool in_gamut;
    const char *sentence;
} row;

static const row rows[] = {
    {"one pigment and water",
     {0.07},
     14,
     0,
     0,
     0,
     0.2,
     0,
     0.2,
     true,
     "Shade 14 of carbon black: very close (dE 0.2)"},
    {"a touch of red, slightly cool",
     {0.07, 0.005},
     14,
     0,
     0.1,
     -0.8,
     0.9,
     0,
     0.9,
     true,
     "Shade 14 of carbon black with a touch of red iron oxide: very close (dE 0.9), slightly "
     "cooler"},
    {"undiluted where water would do",
     {0.9, 0.1},
     0,
     0,
     0,
     0,
     1.4,
     0,
     1.4,
     true,
     "Undiluted carbon black with a touch of red iron oxide: close (dE 1.4)"},
    {"opaque, most first, a proper name",
     {0.1, 0.2, 0.7},
     -1,
     2,
     0,
     0,
     1.9,
     0,
     1.9,
     true,
     "Brand White with a little red iron oxide and a touch of carbon black: close (dE 1.9), "
     "lighter"},
    {"four, one without a name",
     {0.4, 0.05, 0.35, 0.2},
     -1,
     0.6,
     0.7,
     0.2,
     0.9,
     0,
     0.9,
     true,
     "Carbon black with Brand White, umber and a touch of red iron oxide: very close "
     "(dE 0.9), slightly lighter and slightly redder"},
    {"darker cannot be mended",
     {0.2},
     4,
     -3,
     0,
     0,
     3,
     0,
     3,
     true,
     "Shade 4 of carbon black: near (dE 3.0), darker; darker cannot be mended: ask for recipes "
     "that "
     "are never darker"},
    {"the most water allowed",
     {0.02},
     40,
     -5,
     0,
     0,
     5,
     0,
     5,
     false,
     "Shade 40 of carbon black: off (dE 5.0), much darker; more water would come nearer: allow a "
     "shade above 40"},
    {"whole shades are coarse",
     {0.3},
     2,
     2,
     0,
     0,
     3.9,
     3.5,
     0.4,
     true,
     "Shade 2 of carbon black: near (dE 3.9), lighter; a whole shade comes no nearer"},
    {"out of reach",
     {0.2},
     4,
     0.2,
     0.1,
     5,
     6.2,
     0,
     6.1,
     false,
     "Shade 4 of carbon black: off (dE 6.2), much warmer; these pigments come no nearer"},
    {"coarse drops",
     {0.2, 0.1},
     4,
     0,
     -1.6,
     0,
     2.5,
     1.9,
     0.6,
     true,
     "Shade 4 of carbon black with red iron oxide: near (dE 2.5), greener; more drops in the pot "
     "would come nearer (dE 0.6)"},
    {"coarse drops, nearer under the other lamps alone",
     {0.2, 0.1},
     4,
     0,
     -1.6,
     0,
     2.5,
     1.9,
     2.6,
     true,
     "Shade 4 of carbon black with red iron oxide: near (dE 2.5), greener; more drops in the pot "
     "would come nearer under the other lamps"},
};

static void fill_recipe(const row *r, tns_lab target, tns_recipe *out)
{
    for (int i = 0; i < 4; i++)
        if (r->fraction[i] > 0)
            out->parts[out->part_count++] =
                (tns_recipe_part){.pigment = i, .fraction = r->fraction[i]};
    out->has_diluent = r->shade >= 0;
    out->shade = r->shade > 0 ? r->shade : 0;
    out->diluent.pigment = WATER;
    out->de00[0] = r->de00;
    out->objective = r->de00;
    out->rounding_loss = r->rounding_loss;
    out->color[0].lab = (tns_lab){target.L + r->dL, target.a + r->da, target.b + r->db};
}

static const tns_reading sure = {0};

START_TEST(the_sentence_says_what_to_take_how_near_it_comes_and_which_way_it_errs)
{
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_match_request request = {
            .palette = &palette, .target = tns_spectrum_constant(0.1), .viewings = &d65};
        tns_recipe recipe = {0};
        fill_recipe(&rows[i], tns_lab_from_spectrum(&request.target, &d65), &recipe);
        tns_match match = {.recipe_count = 1,
                           .recipes = &recipe,
                           .search.max_shade = 40,
                           .best_possible.de00 = rows[i].best,
                           .best_possible.objective = 99, /* over all lamps: nobody is told */
                           .in_gamut = rows[i].in_gamut};
        tns_match_answer answer = {.target = &sure, .request = &request, .match = &match};
        tns_answer_sentence(&answer, answer.sentence, sizeof answer.sentence);
        ck_assert_msg(strcmp(answer.sentence, rows[i].sentence) == 0, "%s:\n%s\n%s", rows[i].label,
                      answer.sentence, rows[i].sentence);
    }
}
END_TEST

START_TEST(a_darker_recipe_names_the_next_that_is_not_and_a_doubtful_target_its_doubt)
{
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    tns_match_request request = {
        .palette = &palette, .target = tns_spectrum_constant(0.1), .viewings = &d65};
    tns_lab target = tns_lab_from_spectrum(&request.target, &d65);
    const row darker = {.fraction = {0.2}, .shade = 4, .dL = -3, .de00 = 3},
              still = {.fraction = {0.2}, .shade = 5, .dL = -1.2, .de00 = 3.1},
              lighter = {.fraction = {0.2}, .shade = 6, .dL = 0.4, .de00 = 3.4};
    tns_recipe recipes[3] = {{0}};
    fill_recipe(&darker, target, &recipes[0]);
    fill_recipe(&still, target, &recipes[1]);
    fill_recipe(&lighter, target, &recipes[2]);
    tns_match match = {
        .recipe_count = 3, .recipes = recipes, .search.max_shade = 40, .in_gamut = true};
    tns_reading doubtful = {.has_uncertainty = true, .uncertainty = {.L = 12.4, .k = 2}};
    tns_match_answer answer = {.target = &doubtful, .request = &request, .match = &match};
    tns_answer_sentence(&answer, answer.sentence, sizeof answer.sentence);
    ck_assert_str_eq(
        answer.sentence,
        "Shade 4 of carbon black: near (dE 3.0), darker; darker cannot be mended: "
        "recipe 3 is not darker (dE 3.4); the target itself is known to +-12 in L only");
}
END_TEST

START_TEST(a_sentence_that_does_not_fit_ends_where_the_room_does)
{
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    tns_match_request request = {
        .palette = &palette, .target = tns_spectrum_constant(0.1), .viewings = &d65};
    tns_recipe recipe = {0};
    fill_recipe(&rows[4], tns_lab_from_spectrum(&request.target, &d65), &recipe);
    tns_match match = {.recipe_count = 1, .recipes = &recipe, .in_gamut = true};
    tns_match_answer answer = {.target = &sure, .request = &request, .match = &match};
    char small[20];
    tns_answer_sentence(&answer, small, sizeof small);
    ck_assert_uint_eq(strlen(small), sizeof small - 1);
}
END_TEST

/* A comma in the figures, and letters that the Turkish I leaves large ("Iron" is no "iron"). */
START_TEST(the_sentence_is_the_same_in_every_locale)
{
    static const char *const languages[] = {"de_DE", "tr_TR"};
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    tns_match_request request = {
        .palette = &palette, .target = tns_spectrum_constant(0.1), .viewings = &d65};
    tns_recipe recipe = {0};
    const row both = {.fraction = {[RED] = 0.07, [UMBER] = 0.005}, .shade = 14, .de00 = 0.4};
    fill_recipe(&both, tns_lab_from_spectrum(&request.target, &d65), &recipe);
    tns_match match = {.recipe_count = 1, .recipes = &recipe, .in_gamut = true};
    tns_match_answer answer = {.target = &sure, .request = &request, .match = &match};
    for (size_t i = 0; i < 2; i++) {
        if (!speak("the_sentence_is_the_same_in_every_locale", languages[i]))
            return;
        tns_answer_sentence(&answer, answer.sentence, sizeof answer.sentence);
        setlocale(LC_ALL, "C");
        ck_assert_str_eq(answer.sentence,
                         "Shade 14 of red iron oxide with a touch of umber: very close (dE 0.4)");
    }
}
END_TEST

START_TEST(what_most_pours_will_miss_is_near_on_paper)
{
    static const struct {
        bool within, has_odds;
        double p_within;
        const char *words;
    } odds[] = {
        {true, true, 0.3, ": very close on paper (dE 0.4)"},
        {true, true, 0.6, ": very close (dE 0.4)"},
        {true, false, 0, ": very close (dE 0.4)"},
        {false, true, 0.3, ": very close (dE 0.4)"},
    };
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    tns_match_request request = {
        .palette = &palette, .target = tns_spectrum_constant(0.1), .viewings = &d65};
    const row both = {.fraction = {[RED] = 0.07, [UMBER] = 0.005}, .shade = 14, .de00 = 0.4};
    for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
        tns_recipe recipe = {0};
        fill_recipe(&both, tns_lab_from_spectrum(&request.target, &d65), &recipe);
        recipe.has_odds = odds[i].has_odds;
        recipe.odds.p_within = odds[i].p_within;
        tns_match match = {.recipe_count = 1,
                           .recipes = &recipe,
                           .in_gamut = true,
                           .within_tolerance = odds[i].within};
        tns_match_answer answer = {.target = &sure, .request = &request, .match = &match};
        tns_answer_sentence(&answer, answer.sentence, sizeof answer.sentence);
        ck_assert_msg(strstr(answer.sentence, odds[i].words) != NULL, "%zu: %s", i,
                      answer.sentence);
    }
}
END_TEST

START_TEST(without_a_recipe_there_is_nothing_to_say)
{
    tns_match match = {0};
    tns_match_answer answer = {.match = &match};
    char text[100] = "before";
    tns_answer_sentence(&answer, text, sizeof text);
    ck_assert_str_eq(text, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("answer");
    TCase *tc = tcase_create("answer");
    tcase_add_test(tc, the_sentence_says_what_to_take_how_near_it_comes_and_which_way_it_errs);
    tcase_add_test(tc, a_darker_recipe_names_the_next_that_is_not_and_a_doubtful_target_its_doubt);
    tcase_add_test(tc, a_sentence_that_does_not_fit_ends_where_the_room_does);
    tcase_add_test(tc, the_sentence_is_the_same_in_every_locale);
    tcase_add_test(tc, what_most_pours_will_miss_is_near_on_paper);
    tcase_add_test(tc, without_a_recipe_there_is_nothing_to_say);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
