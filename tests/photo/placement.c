/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chart coordinates lead to pixels and back, through the lens as well. */
#include "photo/chart/placement.h"
#include "photo/scene.h"
#include "support/testing.h"

static tns_chart classic(void)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    return chart;
}

static double distance(tns_point a, tns_point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

static tns_image *any_image(void)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    return scene_image(&s);
}

START_TEST(four_corners_place_the_chart_or_span_nothing)
{
    const tns_point good[4] = {{10, 20}, {210, 30}, {200, 150}, {15, 140}};
    const tns_point crossed[4] = {{10, 20}, {200, 150}, {210, 30}, {15, 140}};
    const tns_point flat[4] = {{10, 20}, {110, 20}, {210, 20}, {310, 20}};
    tns_chart chart = classic();
    tns_image *image = any_image();
    tns_placement placement;
    tns_point corners[4];
    ck_assert(tns_corners_are_convex(good));
    ck_assert(!tns_corners_are_convex(crossed) && !tns_corners_are_convex(flat));
    ck_assert(tns_placement_of_corners(image, &chart, good, &placement));
    tns_placement_corners(&placement, &chart, corners);
    for (int i = 0; i < 4; i++)
        CHECK_NEAR("corner", distance(corners[i], good[i]), 0, 1e-9);
    tns_point black = tns_placement_apply(&placement, tns_chart_place(&chart, 23));
    CHECK_NEAR("black", distance(black, good[2]), 0, 1e-9);
    tns_image_destroy(image);
}
END_TEST

START_TEST(what_the_lens_bends_is_straightened_again)
{
    static const double radials[] = {0, 0.02, -0.02, 0.2, -0.2};
    tns_chart chart = classic();
    tns_image *image = any_image();
    tns_placement straight;
    ck_assert(tns_placement_of_corners(image, &chart, scene_corners, &straight));
    for (size_t k = 0; k < sizeof radials / sizeof *radials; k++) {
        tns_placement bent = tns_placement_make(image, &straight.map, radials[k]);
        for (int i = 0; i < chart.count; i++) {
            tns_point at = tns_chart_place(&chart, i);
            tns_point pixel = tns_placement_apply(&bent, at);
            CHECK_NEAR("back", distance(tns_placement_back(&bent, pixel), at), 0, 1e-9);
        }
    }
    tns_image_destroy(image);
}
END_TEST

START_TEST(a_radial_coefficient_moves_a_point_by_the_cube_of_its_radius)
{
    tns_chart chart = classic();
    tns_image *image = any_image();
    tns_placement straight;
    ck_assert(tns_placement_of_corners(image, &chart, scene_corners, &straight));
    tns_placement bent = tns_placement_make(image, &straight.map, 0.1);
    tns_point p = tns_placement_apply(&straight, (tns_point){0, 0});
    double unit = hypot(SCENE_W, SCENE_H) / 2, r = distance(p, straight.middle) / unit;
    tns_point q = tns_placement_apply(&bent, (tns_point){0, 0});
    CHECK_NEAR("out by", distance(q, straight.middle) / unit - r, 0.1 * r * r * r, 1e-12);
    tns_image_destroy(image);
}
END_TEST

START_TEST(a_pitch_is_told_in_pixels)
{
    tns_chart chart = classic();
    tns_image *image = any_image();
    tns_placement placement;
    ck_assert(tns_placement_of_corners(image, &chart, scene_corners, &placement));
    CHECK_NEAR("pitch", tns_placement_pitch(&placement, (tns_point){2.5, 1.5}), PITCH, 1e-6);
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("placement");
    TCase *tc = tcase_create("placement");
    tcase_add_test(tc, four_corners_place_the_chart_or_span_nothing);
    tcase_add_test(tc, what_the_lens_bends_is_straightened_again);
    tcase_add_test(tc, a_radial_coefficient_moves_a_point_by_the_cube_of_its_radius);
    tcase_add_test(tc, a_pitch_is_told_in_pixels);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
