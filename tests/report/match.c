/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match on a page, of the records that the command made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/report.h>

#include "report/pages.h"
#include "support/testing.h"

static tns_match_record *load(const char *name)
{
    size_t length;
    char path[120];
    tns_error err = {0};
    snprintf(path, sizeof path, "docs/schema/examples/%s", name);
    char *text = project_file(path, &length);
    tns_match_record *match = tns_match_parse(text, length, name, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    free(text);
    return match;
}

static char *draw(tns_match_record *match)
{
    tns_error err = {0};
    snprintf(match->target.id, sizeof match->target.id, "%s", hostile);
    const tns_match_report report = {.match = match, .digest = "00ff", .seconds = 1795000000};
    char *page = tns_match_report_write(&report, &err);
    ck_assert_msg(page != NULL, "%s", err.text);
    return page;
}

static size_t count(const char *page, const char *words)
{
    size_t n = 0;
    for (const char *at = page; (at = strstr(at, words)); at += strlen(words))
        n++;
    return n;
}

START_TEST(a_page_tells_all_that_a_specialist_must_know)
{
    tns_match_record *match = load("match-1.json");
    char *page = draw(match);
    const tns_recipe_record *best = match->recipes;
    check_page("match", page);
    static const char *const words[] = {"Match report",
                                        "Shade 33 of carbon black",
                                        "wanted",
                                        "this mix, as predicted",
                                        "What to mix",
                                        "What to heed",
                                        "modelled, not measured",
                                        "Under each lamp",
                                        "daylight",
                                        "a light bulb",
                                        "Other recipes",
                                        "Where the colors",
                                        "Light that comes back",
                                        "wanted, estimated",
                                        "What was asked",
                                        "film:readings/skin.json,1",
                                        "D65 1, A 0, F11 0",
                                        "generic-smp, version 1",
                                        "C: pigments modelled",
                                        "00ff",
                                        "page made 2026-11-18",
                                        "The odds leave out how true the mixing model is",
                                        "Tonsure"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        has("match", page, words[i]);
    char text[80];
    snprintf(text, sizeof text, "<td class=\"n\">%d</td>", best->parts[0].units);
    has("drops", page, text);
    snprintf(text, sizeof text, "<td class=\"n\">%.2f</td>", best->diluent.ml);
    has("ml of water", page, text);
    snprintf(text, sizeof text, "<b>%.0f&thinsp;%%</b> of pours come within dE 2.0",
             100 * best->odds.p_within);
    has("odds", page, text);
    snprintf(text, sizeof text, "<b>%.1f</b> dE00 or nearer", best->odds.de00_p95);
    has("odds", page, text);
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

/* Both halves of a lamp's swatch stand beside their figures. */
START_TEST(each_lamp_has_its_own_colors)
{
    tns_match_record *match = load("match-1.json");
    char *page = draw(match), figure[40];
    ck_assert_uint_eq(count(page, "swatch wide"), match->recipes->viewing_count);
    for (size_t i = 0; i < match->recipes->viewing_count; i++) {
        tns_viewing viewing;
        char condition[40];
        snprintf(condition, sizeof condition, "%s/10", match->recipes->illuminant[i]);
        ck_assert(tns_viewing_find(condition, &viewing, NULL));
        tns_lab mixed = tns_lab_from_spectrum(&match->recipes->predicted.spectrum, &viewing);
        tns_lab wanted = tns_lab_from_spectrum(&match->wanted.spectrum, &viewing);
        snprintf(figure, sizeof figure, "<td class=\"n\">%.1f</td>", mixed.L);
        has(condition, page, figure);
        snprintf(figure, sizeof figure, "<td class=\"n\">%.1f</td>", wanted.b);
        has(condition, page, figure);
    }
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

START_TEST(healed_skin_says_what_one_scalp_may_show)
{
    tns_match_record *match = load("match-healed-1.json");
    char *page = draw(match);
    check_page("healed", page);
    has("healed", page, "One scalp may show L* ");
    has("healed", page, "ways of healing");
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

START_TEST(what_is_not_good_enough_is_said_first)
{
    tns_match_record *match = load("match-1.json");
    match->within_tolerance = false;
    match->failure.code = TNS_ERROR_TOLERANCE;
    char *page = draw(match);
    check_page("missed", page);
    has("missed", page, "verdict refused");
    has("missed", page, "farther off than the tolerance of dE 2.0, which was required.");
    has_not("missed", page, "within the tolerance of");
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

/* Of what nobody can draw the figures stay. */
START_TEST(a_lamp_that_is_not_known_and_a_record_without_a_spectrum_are_drawn_without_guessing)
{
    tns_match_record *match = load("match-1.json");
    snprintf(match->recipes->illuminant[1], sizeof match->recipes->illuminant[1], "our <lamp>");
    char *page = draw(match);
    check_page("own lamp", page);
    has("own lamp", page, "our &lt;lamp&gt;");
    has("own lamp", page, "its light is not in the record");
    ck_assert_uint_eq(count(page, "swatch wide"), match->recipes->viewing_count - 1);
    free(page);

    match->has_wanted = false;
    page = draw(match);
    check_page("old", page);
    has_not("old", page, "<svg");
    has("old", page, "What to mix");
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

START_TEST(words_of_others_stay_words)
{
    static tns_lot_record lot = {.bottle = 17, .ul = 880};
    tns_match_record *match = load("match-1.json");
    tns_recipe_record *best = match->recipes;
    lot = (tns_lot_record){.bottle = 17, .ul = 880, .lot = "<i>&", .product = "\"black\""};
    snprintf(lot.pigment, sizeof lot.pigment, "%s", best->parts[0].pigment);
    best->lots = malloc(sizeof lot);
    ck_assert(best->lots);
    best->lots[0] = lot;
    best->lot_count = 1;
    snprintf(match->sentence, sizeof match->sentence, "<script>alert(1)</script>");
    snprintf(match->surface.name, sizeof match->surface.name, "film:a&b,1");
    snprintf(match->palette, sizeof match->palette, "<mine>");
    char *page = draw(match);
    check_page("words", page);
    has("lot", page, "from 0.88 ml of bottle B17, &quot;black&quot;, lot &lt;i&gt;&amp;");
    has("surface", page, "film:a&amp;b,1");
    has("palette", page, "&lt;mine&gt;");
    free(page);
    tns_match_record_destroy(match);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match report");
    TCase *tc = tcase_create("match report");
    tcase_add_test(tc, a_page_tells_all_that_a_specialist_must_know);
    tcase_add_test(tc, each_lamp_has_its_own_colors);
    tcase_add_test(tc, healed_skin_says_what_one_scalp_may_show);
    tcase_add_test(tc, what_is_not_good_enough_is_said_first);
    tcase_add_test(
        tc, a_lamp_that_is_not_known_and_a_record_without_a_spectrum_are_drawn_without_guessing);
    tcase_add_test(tc, words_of_others_stay_words);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
