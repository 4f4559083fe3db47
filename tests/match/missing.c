/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "match/odds/missing.h"
#include "support/testing.h"

static const tns_range wide = {.darkest = 5, .lightest = 97, .bare = 65, .film = false};

START_TEST(what_is_missing_is_said_in_the_trades_words)
{
    static const struct {
        const char *label;
        tns_lab target, nearest;
        const char *text;
    } rows[] = {
        /* hue */
        {"a red too blue", {50, 45, 25}, {50, 50, 8}, "needs a yellower red"},
        {"a red too yellow", {50, 50, 8}, {50, 45, 25}, "needs a bluer red"},
        {"an orange too red", {65, 40, 50}, {65, 52, 36}, "needs a yellower orange"},
        {"a yellow too red", {80, 2, 60}, {80, 18, 57}, "needs a greener yellow"},
        {"a green too yellow", {50, -45, 10}, {50, -38, 26}, "needs a bluer green"},
        {"a blue too green", {40, 5, -45}, {40, -12, -43}, "needs a redder blue"},
        {"a purple too blue", {40, 40, -25}, {40, 25, -40}, "needs a redder purple"},
        {"a brown too red", {38, 12, 20}, {38, 20, 12}, "needs a yellower brown"},
        {"a brown too yellow", {38, 16, 15}, {38, 9, 20}, "needs a redder brown"},
        {"a red across hue 0", {50, 50, 4}, {50, 48, -14}, "needs a yellower red"},
        /* chroma */
        {"a red too weak", {50, 50, 25}, {50, 34, 17}, "needs a stronger red"},
        {"a yellow too strong", {80, 2, 40}, {80, 3, 60}, "needs a duller yellow"},
        /* lightness, with something as dark or as light on the shelf */
        {"a brown too light", {38, 12, 20}, {48, 12, 20}, "needs a darker brown"},
        {"a blue too dark", {60, -5, -40}, {48, -5, -40}, "needs a lighter blue"},
        {"a grey too light", {40, 1, 1}, {46, 1, 1}, "needs a darker grey"},
        {"a white too dark", {92, 0, 1}, {86, 0, 1}, "needs a lighter white"},
        /* two at once, the larger first */
        {"a red too blue and too light", {45, 45, 25}, {53, 50, 8}, "needs a yellower, darker red"},
        {"an orange too weak, and too red",
         {65, 45, 60},
         {65, 36, 32},
         "needs a stronger, yellower orange"},
        /* greys have no hue of their own */
        {"a grey too warm", {45, 0, 0}, {45, 1, 5}, "needs a bluer grey"},
        {"a grey too cool", {45, 0, 0}, {45, -1, -5}, "needs a yellower grey"},
        {"a black too green", {18, 0, 0}, {18, -4, 1}, "needs a redder black"},
        {"a white too red", {93, 0, 0}, {93, 4, 1}, "needs a greener white"},
        {"a grey from browns",
         {45, 0, 0},
         {45, 6, 14},
         "needs a neutral grey: what comes near is too yellow"},
        {"a black from blues",
         {20, 0, 0},
         {22, 2, -16},
         "needs a neutral black: what comes near is too blue"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_missing found = tns_missing_make(rows[i].target, rows[i].nearest, &wide);
        ck_assert_msg(strcmp(found.text, rows[i].text) == 0, "%s: expected \"%s\", found \"%s\"",
                      rows[i].label, rows[i].text, found.text);
    }
}
END_TEST

START_TEST(a_shelf_that_ends_is_told_from_one_that_lacks_a_color)
{
    static const struct {
        const char *label;
        tns_lab target, nearest;
        tns_range shelf;
        const char *text;
    } rows[] = {
        {"nothing so dark",
         {15, 1, 1},
         {24, 1, 1},
         {.darkest = 24, .lightest = 90},
         "none of these pigments is dark enough"},
        {"nothing so dark in a film",
         {15, 1, 1},
         {24, 1, 1},
         {.darkest = 24, .lightest = 60, .bare = 65, .film = true, .max_shade = 40},
         "none of these pigments is dark enough at this load"},
        {"nothing so dark in healed skin",
         {15, 1, 1},
         {24, 1, 1},
         {.darkest = 24, .lightest = 60, .bare = 65, .film = true, .healed = true, .max_shade = 40},
         "none of these pigments is dark enough in healed skin"},
        {"nothing so light",
         {90, 1, 1},
         {70, 1, 1},
         {.darkest = 10, .lightest = 70},
         "none of these pigments is light enough"},
        {"water would do",
         {55, 5, 10},
         {45, 5, 10},
         {.darkest = 10, .lightest = 45, .bare = 65, .film = true, .max_shade = 40},
         "needs more water: a shade above 40"},
        {"lighter than the skin itself",
         {80, 5, 10},
         {45, 5, 10},
         {.darkest = 10, .lightest = 45, .bare = 65, .film = true, .max_shade = 40},
         "none of these pigments is light enough"},
        {"dark enough, of another color",
         {15, 1, 1},
         {24, 1, 1},
         {.darkest = 8, .lightest = 90},
         "needs a darker black"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_missing found = tns_missing_make(rows[i].target, rows[i].nearest, &rows[i].shelf);
        ck_assert_msg(strcmp(found.text, rows[i].text) == 0, "%s: expected \"%s\", found \"%s\"",
                      rows[i].label, rows[i].text, found.text);
    }
}
END_TEST

START_TEST(every_direction_in_the_plane_has_a_sentence)
{
    for (int h = 0; h < 360; h++)
        for (int way = 0; way < 360; way += 15)
            for (int C = 0; C <= 40; C += 8) {
                const double turn = 3.14159265358979323846 / 180;
                tns_lab target = {50, C * cos(h * turn), C * sin(h * turn)};
                tns_lab nearest = {50, target.a + 6 * cos(way * turn),
                                   target.b + 6 * sin(way * turn)};
                tns_missing found = tns_missing_make(target, nearest, &wide);
                ck_assert_msg(strncmp(found.text, "needs a ", 8) == 0, "%d %d %d: %s", h, way, C,
                              found.text);
                CHECK_NEAR("dL", found.dL, 0, 0);
                CHECK_NEAR("plane", hypot(found.dC, found.dH), 6, 1e-9);
            }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("missing");
    TCase *tc = tcase_create("missing");
    tcase_add_test(tc, what_is_missing_is_said_in_the_trades_words);
    tcase_add_test(tc, a_shelf_that_ends_is_told_from_one_that_lacks_a_color);
    tcase_add_test(tc, every_direction_in_the_plane_has_a_sentence);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
