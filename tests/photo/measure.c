/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/scene.h"
#include "support/testing.h"

static tns_photo_options with_corners(void)
{
    tns_photo_options options = {.has_corners = true};
    memcpy(options.corners, scene_corners, sizeof options.corners);
    return options;
}

START_TEST(a_drawn_chart_reads_its_own_colors)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){60, 15, 18});
    tns_image *image = scene_image(&s);
    tns_region box = {.name = "skin", .box = {22, 22, 36, 36}};
    tns_photo_options options = with_corners();
    options.regions = &box;
    options.region_count = 1;
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    ck_assert_int_eq(photo.chart.status, TNS_CHART_GIVEN);
    ck_assert_str_eq(photo.chart.kind, "classic24");
    ck_assert(photo.chart.order_score > 0.95 && photo.has_fit);
    ck_assert_uint_eq(photo.patch_count, 24);
    /* Cyan lies outside sRGB, which cuts its red off: by itself it misses, but it misleads little.
     */
    ck_assert(photo.patches[17].used && photo.patches[17].de00 > 1);
    ck_assert(photo.fit.loo_mean < 0.5);
    const tns_reading *reading = &photo.regions[0].reading;
    ck_assert(reading->has_color && reading->source.kind == TNS_SOURCE_PHOTO);
    ck_assert_str_eq(reading->color.illuminant, "D50");
    ck_assert_int_eq(reading->color.observer, TNS_OBSERVER_2);
    CHECK_NEAR("region", tns_de00(reading->color.lab, (tns_lab){60, 15, 18}), 0, 0.3);
    ck_assert(reading->has_uncertainty && reading->uncertainty.k == 2);
    ck_assert(reading->has_between_visits && reading->between_visits.L < reading->uncertainty.L);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

/* The drawn chart's lower two rows, as a chart of the user's own with a gap where a row is left
 * out.
 */
static tns_chart own_chart(void)
{
    tns_chart whole, own;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &whole, NULL));
    own = whole;
    snprintf(own.kind, sizeof own.kind, "my card");
    own.has_editions = false;
    own.rows = 3;
    own.count = 18;
    for (int i = 6; i < own.count; i++)
        own.patch[i] = whole.patch[i + 6];
    return own;
}

START_TEST(a_chart_of_the_users_own_is_read_where_its_patches_lie)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    tns_chart own = own_chart();
    tns_photo_options options = with_corners();
    options.own = &own;
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    ck_assert_str_eq(photo.chart.kind, "my card");
    ck_assert_uint_eq(photo.patch_count, 18);
    ck_assert_str_eq(photo.patches[6].name, "blue");
    ck_assert(photo.fit.loo_mean < 0.7); /* 0.2 of it is cyan's */
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

START_TEST(corners_in_a_wrong_order_are_refused_with_the_right_one)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    static const struct {
        int order[4];
        const char *says;
    } rows[] = {{{2, 3, 0, 1}, "turned: in the order 3, 4, 1, 2"},
                {{1, 2, 3, 0}, "turned: in the order 4, 1, 2, 3"},
                {{1, 0, 3, 2}, "mirrored: in the order 2, 1, 4, 3"},
                {{3, 2, 1, 0}, "mirrored: in the order 4, 3, 2, 1"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_photo_options options = with_corners();
        for (int k = 0; k < 4; k++)
            options.corners[k] = scene_corners[rows[i].order[k]];
        tns_photo photo;
        tns_error err = {0};
        ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_CHART_REFUSED);
        ck_assert_int_eq(photo.chart.status, TNS_CHART_REFUSED);
        ck_assert_msg(strstr(photo.chart.reason, rows[i].says) != NULL, "%s: %s", rows[i].says,
                      photo.chart.reason);
        ck_assert(photo.chart.order_score < 0.4);
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}
END_TEST

START_TEST(what_contradicts_itself_is_a_usage_error)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    tns_photo_options rows[6];
    for (int i = 0; i < 6; i++)
        rows[i] = with_corners();
    static const tns_region outside = {.name = "r", .box = {400, 10, 21, 5}},
                            empty = {.name = "r", .box = {10, 10, 0, 5}};
    static const char *const says[6] = {"leaves the image", "at least 1", "outside the image",
                                        "convex",           "no chart",   "expected classic"};
    rows[0].regions = &outside;
    rows[0].region_count = 1;
    rows[1].regions = &empty;
    rows[1].region_count = 1;
    rows[2].corners[1].x = 421;
    rows[3].corners[1] = rows[3].corners[3];
    strcpy(rows[4].chart, "none");
    strcpy(rows[5].chart, "spydercheckr");
    for (int i = 0; i < 6; i++) {
        tns_photo photo;
        tns_error err = {0};
        ck_assert(!tns_photo_measure(image, &rows[i], NULL, &photo, &err));
        ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, says[i]), "%s", err.text);
        ck_assert(photo.patches == NULL && photo.regions == NULL);
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}
END_TEST

START_TEST(corners_that_are_no_numbers_are_refused)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    tns_photo_options options = with_corners();
    options.corners[2].y = NAN;
    tns_photo photo;
    tns_error err = {0};
    ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    tns_image_destroy(image);
}
END_TEST

START_TEST(the_steepest_view_does_no_harm)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    static const tns_point steep[3][4] = {
        {{0, 0}, {420, 0}, {420, 3}, {0, 300}},
        {{10, 10}, {410, 140}, {410, 145}, {10, 290}},
        {{0, 0}, {2, 0.6}, {2, 2}, {0, 2}},
    };
    for (int i = 0; i < 3; i++) {
        tns_photo_options options = {.has_corners = true};
        memcpy(options.corners, steep[i], sizeof options.corners);
        tns_photo photo;
        tns_error err = {0};
        bool done = tns_photo_measure(image, &options, NULL, &photo, &err);
        ck_assert_msg(done || err.code == TNS_ERROR_CHART_REFUSED || err.code == TNS_ERROR_USAGE,
                      "%s", err.text);
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}
END_TEST

START_TEST(without_a_chart_regions_hold_light_and_no_color)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){50, 0, 0});
    tns_image *image = scene_image(&s);
    tns_region box = {.name = "grey", .box = {20, 20, 40, 40}};
    tns_photo_options options = {.chart = "none", .regions = &box, .region_count = 1};
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    ck_assert_int_eq(photo.chart.status, TNS_CHART_NONE);
    ck_assert(!photo.has_fit && photo.patch_count == 0 && photo.region_count == 1);
    ck_assert(!photo.regions[0].reading.has_color);
    for (int c = 0; c < 3; c++) /* L* 50 has Y = 18.42 % */
        CHECK_NEAR("linear light", photo.regions[0].rgb[c], 0.1842, 0.0005);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

START_TEST(a_chart_too_clipped_is_refused_and_the_record_stands)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    for (int i = 0; i < 13; i++)
        scene_paint(&s, 84 + PITCH * (i % 6), 84 + PITCH * (i / 6), 32, 32, (tns_lab){100, 0, 0});
    tns_image *image = scene_image(&s);
    tns_photo_options options = with_corners();
    tns_photo photo;
    tns_error err = {0};
    ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CHART_REFUSED);
    ck_assert_int_eq(photo.chart.status, TNS_CHART_REFUSED);
    ck_assert(strstr(photo.chart.reason, "usable") && photo.patch_count == 24 && !photo.has_fit);
    ck_assert(strstr(photo.patches[0].reason, "clipped") != NULL);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

/* 16-bit sRGB codes over the whole of a patch. */
static void paint_code(scene *s, int patch, const uint16_t code[3])
{
    int x0 = 84 + PITCH * (patch % 6), y0 = 84 + PITCH * (patch / 6);
    for (int y = y0; y < y0 + 32; y++)
        for (int x = x0; x < x0 + 32; x++)
            memcpy(s->rgb[y][x], code, 3 * sizeof *code);
}

START_TEST(a_patch_is_lost_to_a_burnt_channel_or_to_black_but_not_to_one_channel_at_zero)
{
    enum { BLUE = 12, BLACK = 23, ONE = 257 };
    static const struct {
        const char *label;
        int patch;
        uint16_t code[3];
        bool used;
    } rows[] = {
        {"no red", BLUE, {0, 61 * ONE, 150 * ONE}, true},
        {"little red", BLUE, {2 * ONE, 61 * ONE, 150 * ONE}, true},
        {"burnt blue", BLUE, {40 * ONE, 61 * ONE, 253 * ONE}, false},
        {"no red, burnt blue", BLUE, {0, 61 * ONE, 255 * ONE}, false},
        {"black", BLACK, {ONE, 0, ONE}, false},
        {"dark", BLACK, {48 * ONE, 48 * ONE, 48 * ONE}, true},
    };
    tns_lab blue[2];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static scene s;
        tns_photo photo;
        tns_error err = {0};
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        paint_code(&s, rows[i].patch, rows[i].code);
        tns_image *image = scene_image(&s);
        tns_photo_options options = with_corners();
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
        const tns_photo_patch *patch = &photo.patches[rows[i].patch];
        ck_assert_msg(patch->used == rows[i].used, "%s: %s", rows[i].label, patch->reason);
        ck_assert(patch->used || strstr(patch->reason, "clipped"));
        if (i < 2)
            blue[i] = photo.patches[rows[i].patch].lab;
        tns_photo_finish(&photo);
        tns_image_destroy(image);
    }
    /* Two codes of red are 0.3 dE00 themselves. */
    CHECK_NEAR("a code more or less", tns_de00(blue[0], blue[1]), 0, 1);
}
END_TEST

START_TEST(no_arguments_beyond_the_image_are_needed)
{
    static scene s;
    scene_paint(&s, 0, 0, SCENE_W, SCENE_H, (tns_lab){60, 15, 18});
    tns_image *image = scene_image(&s);
    tns_photo photo;
    ck_assert(!tns_photo_measure(image, NULL, NULL, &photo, NULL));
    ck_assert_int_eq(photo.chart.status, TNS_CHART_REFUSED);
    ck_assert(photo.chart.reason[0] != '\0');
    tns_photo_finish(&photo);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    ck_assert(!tns_photo_read("/nonexistent.jpg", NULL, NULL, &photo, NULL));
    tns_photo_finish(&photo);
}
END_TEST

START_TEST(a_patch_left_out_is_read_as_a_region_of_its_own_color)
{
    static const char *const names[] = {"light skin", "black 2"};
    static const int index[] = {1, 23};
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    for (int k = 0; k < 2; k++) {
        tns_region region = {.name = "hidden", .shape = TNS_SHAPE_PLACE};
        snprintf(region.place, sizeof region.place, "patch:%s", names[k]);
        tns_photo_options options = {.has_corners = true,
                                     .regions = &region,
                                     .region_count = 1,
                                     .without = &names[k],
                                     .without_count = 1};
        memcpy(options.corners, scene_corners, sizeof options.corners);
        tns_photo photo;
        tns_error err = {0};
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
        const tns_photo_patch *patch = &photo.patches[index[k]];
        const tns_reading *reading = &photo.regions[0].reading;
        ck_assert(!patch->used && strstr(patch->reason, "as asked"));
        CHECK_NEAR(names[k], tns_de00(patch->reference, reading->color.lab), 0, 0.5);
        /* By both ways the same: as a region, and as a patch left out. */
        CHECK_NEAR(names[k], tns_de00(patch->lab, reading->color.lab), 0, 0.05);
        CHECK_NEAR(names[k], reading->uncertainty.L / patch->uncertainty.L, 1, 0.1);
        tns_photo_finish(&photo);
    }
    const char *unknown = "mauve";
    tns_photo_options options = {.has_corners = true, .without = &unknown, .without_count = 1};
    memcpy(options.corners, scene_corners, sizeof options.corners);
    tns_photo photo;
    tns_error err = {0};
    ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
    ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, "mauve"), "%s", err.text);
    tns_image_destroy(image);
}
END_TEST

START_TEST(what_an_instrument_read_draws_the_reading_to_it)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){60, 15, 18});
    scene_paint(&s, 20, 120, 40, 40, (tns_lab){60, 15, 18});
    tns_image *image = scene_image(&s);
    const tns_region boxes[2] = {{.name = "left", .box = {22, 22, 36, 36}},
                                 {.name = "right", .box = {22, 122, 36, 36}}};
    const double sure[] = {0.3, 4};
    tns_reading before;
    for (int k = -1; k < 2; k++) {
        tns_photo_anchor anchor = {"left", {62, 15, 18}, k < 0 ? 0 : sure[k]};
        tns_photo_options options = with_corners();
        options.regions = boxes;
        options.region_count = 2;
        options.anchors = &anchor;
        options.anchor_count = k >= 0;
        tns_photo photo;
        tns_error err = {0};
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
        const tns_reading *right = &photo.regions[1].reading;
        if (k < 0)
            before = *right;
        else if (sure[k] < 1) {
            CHECK_NEAR("known well", right->color.lab.L, 62, 0.6);
            /* The light between the two, most of it here, grows with the lightness. */
            ck_assert(right->uncertainty.L <= 1.05 * before.uncertainty.L);
        } else {
            CHECK_NEAR("hardly known", right->color.lab.L, 60, 0.8);
            ck_assert(right->uncertainty.L >= 2 * sure[k] - 1e-9);
        }
        tns_photo_finish(&photo);
    }
    tns_photo_anchor stray = {"nowhere", {62, 15, 18}, 0.3};
    tns_photo_options options = with_corners();
    options.anchors = &stray;
    options.anchor_count = 1;
    tns_photo photo;
    tns_error err = {0};
    ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
    ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, "nowhere"), "%s", err.text);
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure");
    TCase *tc = tcase_create("measure");
    tcase_add_test(tc, a_drawn_chart_reads_its_own_colors);
    tcase_add_test(tc, a_chart_of_the_users_own_is_read_where_its_patches_lie);
    tcase_add_test(tc, corners_in_a_wrong_order_are_refused_with_the_right_one);
    tcase_add_test(tc, what_contradicts_itself_is_a_usage_error);
    tcase_add_test(tc, corners_that_are_no_numbers_are_refused);
    tcase_add_test(tc, the_steepest_view_does_no_harm);
    tcase_add_test(tc, without_a_chart_regions_hold_light_and_no_color);
    tcase_add_test(tc, a_chart_too_clipped_is_refused_and_the_record_stands);
    tcase_add_test(tc,
                   a_patch_is_lost_to_a_burnt_channel_or_to_black_but_not_to_one_channel_at_zero);
    tcase_add_test(tc, no_arguments_beyond_the_image_are_needed);
    tcase_add_test(tc, a_patch_left_out_is_read_as_a_region_of_its_own_color);
    tcase_add_test(tc, what_an_instrument_read_draws_the_reading_to_it);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
