/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/random.h"
#include "photo/correct/uncertainty.h"
#include "photo/scene.h"
#include "support/testing.h"

static tns_photo_region read_box(const scene *s, tns_box box)
{
    tns_image *image = scene_image(s);
    tns_photo_options options = {.has_corners = true, .regions = &box, .region_count = 1};
    memcpy(options.corners, scene_corners, sizeof options.corners);
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    tns_photo_region region = photo.regions[0];
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    return region;
}

static bool warns(const tns_photo_region *region, const char *says)
{
    for (size_t i = 0; i < region->reading.warnings.count; i++)
        if (strstr(region->reading.warnings.text[i], says))
            return true;
    return false;
}

START_TEST(light_is_averaged_not_lightness)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    for (int i = 0; i < 40; i++) /* stripes of L* 30 and 70 */
        scene_paint(&s, 20 + i, 20, 1, 40, (tns_lab){i % 2 ? 70 : 30, 0, 0});
    tns_photo_region region = read_box(&s, (tns_box){"stripes", 20, 20, 40, 40});
    /* The mean of Y is (6.24 + 40.75) / 2 = 23.49, that is L* 55.6; of L*, 50. */
    CHECK_NEAR("L*", region.reading.color.lab.L, 55.57, 0.3);
}
END_TEST

START_TEST(reflexes_of_the_lamp_are_left_out)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_random random = tns_random_make(3);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++) {
            double noise = (double)tns_random_below(&random, 200) / 100 - 1;
            scene_paint(&s, 20 + x, 20 + y, 1, 1, (tns_lab){55 + noise, 14, 17});
        }
    for (int i = 0; i < 25; i++) /* sheen: the skin and the lamp's own colour on top */
        scene_paint(&s, 22 + 8 * (i % 5), 22 + 8 * (i / 5), 3, 3, (tns_lab){80, 6, 7});
    tns_photo_region region = read_box(&s, (tns_box){"skin", 20, 20, 40, 40});
    CHECK_NEAR("sheen", region.specular, 225.0 / 1600, 0.02);
    CHECK_NEAR("skin below it", tns_de00(region.reading.color.lab, (tns_lab){55, 14, 17}), 0, 0.4);
    ck_assert(warns(&region, "specular"));
}
END_TEST

START_TEST(clipped_pixels_are_left_out_and_told)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){55, 14, 17});
    scene_paint(&s, 20, 20, 40, 10, (tns_lab){100, 0, 0});
    tns_photo_region region = read_box(&s, (tns_box){"skin", 20, 20, 40, 40});
    CHECK_NEAR("clipped", region.clipped, 0.25, 1e-9);
    CHECK_NEAR("the rest", tns_de00(region.reading.color.lab, (tns_lab){55, 14, 17}), 0, 0.3);
    ck_assert(warns(&region, "clipped: 25 %"));
    region = read_box(&s, (tns_box){"burnt", 22, 22, 8, 6});
    ck_assert(region.clipped == 1 && warns(&region, "all of its pixels"));
}
END_TEST

START_TEST(below_the_darkest_patch_the_doubt_grows)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    static const double lightness[] = {40, 25, 15, 8};
    double bar[4];
    for (int i = 0; i < 4; i++) {
        scene_paint(&s, 20, 20, 40, 40, (tns_lab){lightness[i], 1, 1});
        tns_photo_region region = read_box(&s, (tns_box){"hair", 20, 20, 40, 40});
        bar[i] = region.reading.uncertainty.L;
        ck_assert(warns(&region, "darker than the darkest") == (lightness[i] < 20.6));
    }
    ck_assert_msg(bar[2] >= 3 && bar[3] > bar[2] && bar[1] < 3 && bar[0] < 3, "%.2f %.2f %.2f %.2f",
                  bar[0], bar[1], bar[2], bar[3]);
}
END_TEST

START_TEST(far_from_the_chart_and_beyond_its_colors_is_told)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 350, 20, 40, 40, (tns_lab){45, 75, 55});
    tns_photo_region vivid = read_box(&s, (tns_box){"lipstick", 350, 20, 40, 40});
    ck_assert(warns(&vivid, "more saturated"));
    scene_paint(&s, 350, 20, 40, 40, (tns_lab){45, 10, 12});
    tns_photo_region plain = read_box(&s, (tns_box){"skin", 350, 20, 40, 40});
    ck_assert(!warns(&plain, "more saturated") && !warns(&plain, "chart widths"));
    ck_assert(vivid.reading.uncertainty.a > plain.reading.uncertainty.a);
}
END_TEST

START_TEST(distance_widens_what_is_stated)
{
    static tns_calibration c;
    memset(&c, 0, sizeof c);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &c.chart, NULL));
    c.used_count = 24;
    for (int i = 0; i < 24; i++) {
        c.is_used[i] = true;
        c.predicted[i] = c.chart.patch[i].reference;
        c.predicted[i].L += i % 2 ? 2 : -2;
    }
    c.correction.slope[0] = 0.2;
    c.correction.slope_covariance[0] = c.correction.slope_covariance[2] = 0.003;
    tns_uncertainty near_absolute, near_visits, far_absolute, far_visits;
    tns_read_place place = {.lab = {50, 10, 10}, .at = {0.4, 0}};
    tns_uncertainty_at(&c, &place, -1, &near_absolute, &near_visits);
    place.at.x = 2.5;
    tns_uncertainty_at(&c, &place, -1, &far_absolute, &far_visits);
    ck_assert(far_absolute.L > near_absolute.L + 2 && far_visits.L > near_visits.L + 2);
    ck_assert(near_absolute.L > 4 && near_visits.L < 1.1); /* the model's 2 L* count once */
    CHECK_NEAR("k=2 from the covariance", near_absolute.L, 2 * sqrt(near_absolute.covariance[0]),
               1e-12);
}
END_TEST

START_TEST(a_seed_gives_one_answer_and_noise_a_wider_bar)
{
    static scene s;
    double bar[2];
    for (int k = 0; k < 2; k++) {
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        tns_random random = tns_random_make(11);
        for (int y = 0; y < 40; y += 8)
            for (int x = 0; x < 40; x += 8) { /* blotches, as skin has */
                double blotch = (k ? 12 : 1) * ((double)tns_random_below(&random, 2001) / 1000 - 1);
                scene_paint(&s, 20 + x, 20 + y, 8, 8, (tns_lab){55 + blotch, 14, 17});
            }
        tns_photo_region one = read_box(&s, (tns_box){"skin", 20, 20, 40, 40});
        tns_photo_region two = read_box(&s, (tns_box){"skin", 20, 20, 40, 40});
        ck_assert(memcmp(one.reading.uncertainty.covariance, two.reading.uncertainty.covariance,
                         sizeof one.reading.uncertainty.covariance) == 0);
        bar[k] = one.reading.between_visits.L;
    }
    ck_assert_msg(bar[1] > bar[0] + 1, "%g %g", bar[0], bar[1]);
}
END_TEST

START_TEST(a_single_pixel_is_read_with_a_warning)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){55, 14, 17});
    tns_photo_region region = read_box(&s, (tns_box){"dot", 30, 30, 1, 1});
    CHECK_NEAR("dot", tns_de00(region.reading.color.lab, (tns_lab){55, 14, 17}), 0, 0.3);
    ck_assert(warns(&region, "only 1 pixel") && region.reading.uncertainty.L >= 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("region");
    TCase *tc = tcase_create("region");
    tcase_add_test(tc, light_is_averaged_not_lightness);
    tcase_add_test(tc, reflexes_of_the_lamp_are_left_out);
    tcase_add_test(tc, clipped_pixels_are_left_out_and_told);
    tcase_add_test(tc, below_the_darkest_patch_the_doubt_grows);
    tcase_add_test(tc, far_from_the_chart_and_beyond_its_colors_is_told);
    tcase_add_test(tc, distance_widens_what_is_stated);
    tcase_add_test(tc, a_seed_gives_one_answer_and_noise_a_wider_bar);
    tcase_add_test(tc, a_single_pixel_is_read_with_a_warning);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
