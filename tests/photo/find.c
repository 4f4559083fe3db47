/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn charts: what is found is right; what is not sure is refused with its reason. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "photo/find/find.h"
#include "photo/find/refine.h"
#include "photo/pictures.h"
#include "photo/scene.h"
#include "support/testing.h"

static tns_found_chart look(const tns_image *image)
{
    tns_found_chart found;
    tns_error err = {0};
    ck_assert_msg(tns_find_chart(image, NULL, TNS_EDITION_AUTO, NULL, &found, &err), "%s",
                  err.text);
    return found;
}

/* Largest distance of a corner from where it should be, in pitches. */
static double worst_corner(const tns_point found[4], const tns_point truth[4])
{
    double pitch = hypot(truth[1].x - truth[0].x, truth[1].y - truth[0].y) / 5, worst = 0;
    for (int i = 0; i < 4; i++)
        worst = fmax(worst, hypot(found[i].x - truth[i].x, found[i].y - truth[i].y) / pitch);
    return worst;
}

static tns_found_chart look_at_scene(const scene *s)
{
    tns_image *image = scene_image(s);
    tns_found_chart found = look(image);
    tns_image_destroy(image);
    return found;
}

START_TEST(a_drawn_chart_is_found_the_right_way_round_and_a_mirrored_one_is_refused)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    for (int orientation = 1; orientation <= 8; orientation++) {
        picture p = {.width = SCENE_W,
                     .height = SCENE_H,
                     .channels = 3,
                     .bits = 16,
                     .data = s.rgb,
                     .orientation = orientation};
        bytes file = png_of(&p);
        tns_image *image = tns_image_parse(file.data, file.length, "turned", NULL);
        ck_assert(image != NULL);
        tns_found_chart found = look(image);
        bool mirrored =
            orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
        if (mirrored)
            ck_assert_msg(strstr(found.reason, "mirrored") != NULL, "%d: %s", orientation,
                          found.reason);
        else
            ck_assert_msg(found.reason[0] == '\0', "%d: %s", orientation, found.reason);
        if (orientation == 1)
            CHECK_NEAR("corners", worst_corner(found.corners, scene_corners), 0, 0.02);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

static void blue_greys(scene *s)
{
    static const tns_lab grey[6] = {{95, 0, -1},  {84, -1, -5}, {73, -1, -10},
                                    {55, 0, -16}, {36, 1, -19}, {12, 0, -3}};
    for (int i = 0; i < 6; i++)
        scene_paint(s, 84 + PITCH * i, 204, 32, 32, grey[i]);
}

static void touching(scene *s)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (int i = 0; i < 24; i++)
        scene_paint(s, 81 + PITCH * (i % 6), 81 + PITCH * (i / 6), 38, 38,
                    chart.patch[i].reference);
}

static void shuffled(scene *s)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (int i = 0; i < 24; i++)
        scene_paint(s, 84 + PITCH * (i % 6), 84 + PITCH * (i / 6), 32, 32,
                    chart.patch[i * 7 % 24].reference);
}

/* A leaf over the first columns. */
static void cover_columns(scene *s, int columns)
{
    scene_paint(s, 70, 70, 10 + PITCH * columns, 180, (tns_lab){45, -15, 25});
}

static void two_columns_covered(scene *s)
{
    cover_columns(s, 2);
}

static void three_columns_covered(scene *s)
{
    cover_columns(s, 3);
}

/* Unsure as well, so that unsureness is told; but what cures it is to turn the picture back. */
START_TEST(a_mirrored_chart_that_is_half_covered_is_called_mirrored)
{
    for (int columns = 1; columns <= 3; columns++) {
        static scene s;
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        cover_columns(&s, columns);
        picture p = {.width = SCENE_W,
                     .height = SCENE_H,
                     .channels = 3,
                     .bits = 16,
                     .data = s.rgb,
                     .orientation = 2};
        bytes file = png_of(&p);
        tns_image *image = tns_image_parse(file.data, file.length, "turned", NULL);
        ck_assert(image != NULL);
        tns_found_chart found = look(image);
        ck_assert_msg(strstr(found.reason, "mirrored") != NULL, "%d: %s", columns, found.reason);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

/* Of the greys, only the two dark ones are left. */
static void greys_covered(scene *s)
{
    scene_paint(s, 70, 200, 170, 60, (tns_lab){45, -15, 25});
}

static void touching_without_greys(scene *s)
{
    touching(s);
    greys_covered(s);
}

/* Not the other rows: those make a SpyderCheckr 24, whose colors are nearly the Classic's. */
static void rows_reversed(scene *s)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (int i = 0; i < 24; i++) {
        int row = i / 6, column = row % 2 ? 5 - i % 6 : i % 6;
        scene_paint(s, 84 + PITCH * column, 84 + PITCH * row, 32, 32, chart.patch[i].reference);
    }
}

static void only_greys(scene *s)
{
    for (int i = 0; i < 24; i++)
        scene_paint(s, 84 + PITCH * (i % 6), 84 + PITCH * (i / 6), 32, 32,
                    (tns_lab){10 + 3.7 * (i * 5 % 24), 0, 0});
}

static void nothing(scene *s)
{
    scene_paint(s, 0, 0, SCENE_W, SCENE_H, (tns_lab){60, 10, 12});
}

static void noise(scene *s)
{
    tns_random random = tns_random_make(5);
    for (int y = 0; y < SCENE_H; y += 10)
        for (int x = 0; x < SCENE_W; x += 10)
            scene_paint(s, x, y, 9, 9,
                        (tns_lab){tns_random_below(&random, 100),
                                  (double)tns_random_below(&random, 80) - 40,
                                  (double)tns_random_below(&random, 80) - 40});
}

START_TEST(what_is_no_chart_is_refused_with_its_reason)
{
    static const struct {
        const char *label;
        void (*change)(scene *);
        const char *says;
    } rows[] = {
        {"a card with bluish greys", blue_greys, "greys are not of one hue"},
        {"a card of the same colors in another order", shuffled, "order"},
        {"a card of the same colors with every second row reversed", rows_reversed, ""},
        {"a chart of which half is covered", three_columns_covered, "of 24 patches"},
        {"a card whose patches touch and whose greys are covered", touching_without_greys, "told"},
        {"a grey scale of 24", only_greys, ""},
        {"an even wall", nothing, "no chart found"},
        {"a mosaic", noise, ""},
    };
    static scene s;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        rows[i].change(&s);
        tns_found_chart found = look_at_scene(&s);
        ck_assert_msg(found.reason[0] != '\0', "%s: accepted", rows[i].label);
        ck_assert_msg(strstr(found.reason, rows[i].says) != NULL, "%s: %s", rows[i].label,
                      found.reason);
    }
}
END_TEST

/* Told as a warning, whose room is short: the longest title of those shipped goes in whole. */
START_TEST(a_doubt_of_a_chart_whose_corners_were_given_is_told_to_its_end)
{
    static scene s;
    tns_chart chart;
    tns_photo photo;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    blue_greys(&s);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    strcpy(chart.title, "Datacolor SpyderCheckr 24");
    tns_photo_options options = {.own = &chart, .has_corners = true};
    memcpy(options.corners, scene_corners, sizeof options.corners);
    tns_image *image = scene_image(&s);
    tns_photo_measure(image, &options, NULL, &photo, NULL);
    bool told = false;
    for (size_t i = 0; i < photo.warnings.count; i++) {
        const char *said = photo.warnings.text[i];
        if (!strstr(said, "not of one hue"))
            continue;
        told = true;
        ck_assert_msg(strstr(said, "measure it and name its file") != NULL, "%s", said);
    }
    ck_assert(told);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

START_TEST(a_chart_is_found_though_a_third_of_it_is_covered_or_its_patches_touch)
{
    static const struct {
        const char *label;
        void (*change)(scene *);
        int agreeing;
    } rows[] = {
        {"two columns under a leaf", two_columns_covered, 16},
        {"its greys covered", greys_covered, 20},
        {"patches that touch", touching, 24},
    };
    static scene s;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        rows[i].change(&s);
        tns_found_chart found = look_at_scene(&s);
        ck_assert_msg(found.reason[0] == '\0', "%s: %s", rows[i].label, found.reason);
        ck_assert_str_eq(found.chart.kind, "classic24");
        /* what covers a patch may have its color */
        ck_assert_msg(found.agreeing >= rows[i].agreeing, "%s: %d", rows[i].label, found.agreeing);
        CHECK_NEAR(rows[i].label, worst_corner(found.corners, scene_corners), 0, 0.03);
    }
}
END_TEST

/* Two pixels of noise, as who clicks them. */
START_TEST(a_placement_that_is_a_little_off_is_moved_onto_the_patches)
{
    static scene s;
    tns_chart chart;
    tns_placement start;
    tns_refined refined;
    bool takes[24];
    memset(takes, 1, sizeof takes);
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    tns_image *image = scene_image(&s);
    tns_point corners[4], moved[4];
    for (int i = 0; i < 4; i++)
        corners[i] =
            (tns_point){scene_corners[i].x + 5 * (i % 2), scene_corners[i].y - 4 * (i / 2)};
    ck_assert(tns_placement_of_corners(image, &chart, corners, &start));
    ck_assert(tns_placement_refine(image, &chart, takes, &start, &refined));
    tns_placement_corners(&refined.placement, &chart, moved);
    CHECK_NEAR("corners", worst_corner(moved, scene_corners), 0, 0.01); /* of a pitch of 40 px */
    ck_assert(refined.patches >= 20 && refined.rms < 0.02 && refined.farthest < 0.2);
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find");
    TCase *tc = tcase_create("find");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_drawn_chart_is_found_the_right_way_round_and_a_mirrored_one_is_refused);
    tcase_add_test(tc, a_mirrored_chart_that_is_half_covered_is_called_mirrored);
    tcase_add_test(tc, what_is_no_chart_is_refused_with_its_reason);
    tcase_add_test(tc, a_doubt_of_a_chart_whose_corners_were_given_is_told_to_its_end);
    tcase_add_test(tc, a_chart_is_found_though_a_third_of_it_is_covered_or_its_patches_touch);
    tcase_add_test(tc, a_placement_that_is_a_little_off_is_moved_onto_the_patches);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
