/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "photo/read/name.h"
#include "photo/read/shape.h"
#include "support/testing.h"

static const tns_image_info image = {.width = 100, .height = 80};

static tns_region polygon(const double *xy, size_t count)
{
    tns_region region = {.name = "r", .shape = TNS_SHAPE_POLYGON, .point_count = count};
    for (size_t i = 0; i < count && i < TNS_REGION_POINTS_MAX; i++)
        region.points[i] = (tns_point){xy[2 * i], xy[2 * i + 1]};
    return region;
}

static int pixels_of(const tns_region *region)
{
    int sum = 0;
    for (int y = region->box.y; y < region->box.y + region->box.height; y++) {
        tns_span spans[TNS_REGION_POINTS_MAX];
        int count = tns_region_spans(region, y, spans);
        for (int i = 0; i < count; i++)
            sum += spans[i].end - spans[i].first;
    }
    return sum;
}

START_TEST(a_polygon_holds_the_pixels_whose_middle_it_holds)
{
    static const struct {
        const char *label;
        size_t points;
        double xy[16];
        tns_box box;
        int pixels;
        tns_point middle;
    } rows[] = {
        {"a box", 4, {10, 20, 30, 20, 30, 50, 10, 50}, {10, 20, 20, 30}, 600, {20, 35}},
        {"the other way round",
         4,
         {10, 20, 10, 50, 30, 50, 30, 20},
         {10, 20, 20, 30},
         600,
         {20, 35}},
        /* Of 10 x 10 pixels cut along the diagonal, the ten on it have their middle on the edge:
           half-open, they belong to one half alone. */
        {"upper half", 3, {0, 0, 10, 0, 10, 10}, {0, 0, 10, 10}, 55, {20 / 3.0, 10 / 3.0}},
        {"lower half", 3, {0, 0, 10, 10, 0, 10}, {0, 0, 10, 10}, 45, {10 / 3.0, 20 / 3.0}},
        {"between pixels", 4, {0.4, 0.4, 3.6, 0.4, 3.6, 2.6, 0.4, 2.6}, {0, 0, 4, 3}, 12, {2, 1.5}},
        {"a U, two spans a row",
         8,
         {0, 0, 3, 0, 3, 6, 6, 6, 6, 0, 9, 0, 9, 9, 0, 9},
         {0, 0, 9, 9},
         63,
         {4.5, 4.9285714}},
        {"the whole image", 4, {0, 0, 100, 0, 100, 80, 0, 80}, {0, 0, 100, 80}, 8000, {50, 40}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_region r = polygon(rows[i].xy, rows[i].points);
        tns_error err = {0};
        ck_assert_msg(tns_region_check(&image, &r, &err), "%s: %s", rows[i].label, err.text);
        ck_assert_msg(memcmp(&r.box, &rows[i].box, sizeof r.box) == 0, "%s: box %d,%d,%d,%d",
                      rows[i].label, r.box.x, r.box.y, r.box.width, r.box.height);
        ck_assert_msg(pixels_of(&r) == rows[i].pixels, "%s: %d pixels", rows[i].label,
                      pixels_of(&r));
        CHECK_NEAR(rows[i].label, tns_region_middle(&r).x, rows[i].middle.x, 1e-6);
        CHECK_NEAR(rows[i].label, tns_region_middle(&r).y, rows[i].middle.y, 1e-6);
    }
}
END_TEST

START_TEST(what_holds_no_pixels_or_is_no_polygon_is_refused_by_name)
{
    static const struct {
        const char *label;
        size_t points;
        double xy[12];
        const char *says;
    } rows[] = {
        {"two points", 2, {1, 1, 5, 5}, "region r: expected a polygon of 3 to 64 points, found 2"},
        {"too many", 65, {0}, "found 65"},
        {"beyond the right edge",
         3,
         {90, 10, 100.5, 10, 90, 20},
         "its point 2, 100.5,10, leaves the image of 100 x 80 pixels"},
        {"above", 3, {10, -1, 20, 10, 10, 20}, "its point 1, 10,-1, leaves"},
        {"not a number", 3, {10, 1, 20, 10, 0.0 / 0.0, 20}, "its point 3"},
        {"an hourglass",
         4,
         {0, 0, 10, 10, 10, 0, 0, 10},
         "crosses or touches itself: the side from point 1 and the side from point 3"},
        {"a star", 5, {50, 0, 20, 70, 95, 25, 5, 25, 80, 70}, "crosses or touches itself"},
        {"there and back", 3, {0, 0, 10, 10, 5, 5}, "crosses or touches itself"},
        {"folded on itself", 4, {0, 0, 10, 0, 4, 0, 4, 9}, "crosses or touches itself"},
        {"a corner on another side", 5, {0, 0, 10, 0, 10, 10, 5, 0, 0, 10}, "touches itself"},
        {"a point twice", 4, {0, 0, 10, 0, 10, 0, 10, 10}, "touches itself"},
        {"within a pixel's edge", 3, {0.6, 0.6, 0.9, 0.6, 0.6, 0.9}, "it holds no whole pixel"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_region r = polygon(rows[i].xy, rows[i].points < 7 ? rows[i].points : 0);
        tns_error err = {0};
        r.point_count = rows[i].points;
        ck_assert_msg(!tns_region_check(&image, &r, &err), "%s", rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
    }
}
END_TEST

START_TEST(a_name_says_what_it_is_of)
{
    static const struct {
        const char *name;
        tns_what what;
    } rows[] = {
        {"skin", TNS_WHAT_SKIN},        {"skin-left", TNS_WHAT_SKIN},
        {"bare_skin", TNS_WHAT_SKIN},   {"Scalp2", TNS_WHAT_SKIN},
        {"hair", TNS_WHAT_STRAND},      {"strands", TNS_WHAT_STRAND},
        {"stubble", TNS_WHAT_AREA},     {"dots-3", TNS_WHAT_DOT},
        {"ink", TNS_WHAT_INK},          {"crown", TNS_WHAT_UNKNOWN},
        {"skincare", TNS_WHAT_UNKNOWN}, {"hair-on-skin", TNS_WHAT_UNKNOWN},
        {"hair-lock", TNS_WHAT_STRAND}, {"think", TNS_WHAT_UNKNOWN},
        {"", TNS_WHAT_UNKNOWN},         {"-_-", TNS_WHAT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(tns_region_what(rows[i].name) == rows[i].what, "%s: %d", rows[i].name,
                      tns_region_what(rows[i].name));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("region shape");
    TCase *tc = tcase_create("region shape");
    tcase_add_test(tc, a_polygon_holds_the_pixels_whose_middle_it_holds);
    tcase_add_test(tc, what_holds_no_pixels_or_is_no_polygon_is_refused_by_name);
    tcase_add_test(tc, a_name_says_what_it_is_of);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
