/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/random.h"
#include "photo/correct/uncertainty.h"
#include "photo/scene.h"
#include "support/testing.h"

/* Several regions by one correction, which takes most of the time. */
static void read_all(const scene *s, const tns_region *regions, size_t count,
                     tns_photo_options options, tns_photo_region *out)
{
    tns_image *image = scene_image(s);
    options.has_corners = true;
    options.regions = regions;
    options.region_count = count;
    memcpy(options.corners, scene_corners, sizeof options.corners);
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    memcpy(out, photo.regions, count * sizeof *out);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}

static tns_photo_region read_box(const scene *s, tns_region box)
{
    tns_photo_region out;
    read_all(s, &box, 1, (tns_photo_options){.has_corners = true}, &out);
    return out;
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
    tns_photo_region region =
        read_box(&s, (tns_region){.name = "stripes", .box = {20, 20, 40, 40}});
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
    for (int i = 0; i < 25; i++) /* sheen: the skin and the lamp's own color on top */
        scene_paint(&s, 22 + 8 * (i % 5), 22 + 8 * (i / 5), 3, 3, (tns_lab){80, 6, 7});
    tns_photo_region region = read_box(&s, (tns_region){.name = "skin", .box = {20, 20, 40, 40}});
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
    tns_photo_region region = read_box(&s, (tns_region){.name = "skin", .box = {20, 20, 40, 40}});
    CHECK_NEAR("clipped", region.clipped, 0.25, 1e-9);
    CHECK_NEAR("the rest", tns_de00(region.reading.color.lab, (tns_lab){55, 14, 17}), 0, 0.3);
    ck_assert(warns(&region, "clipped: 25 %"));
    region = read_box(&s, (tns_region){.name = "burnt", .box = {22, 22, 8, 6}});
    ck_assert(region.clipped == 1 && warns(&region, "all of its pixels"));
}
END_TEST

/* A quarter of the light on the chart, so that the lamp beside it outshines its white. */
static void dim(scene *s)
{
    uint16_t *code = &s->rgb[0][0][0];
    for (size_t i = 0; i < sizeof s->rgb / sizeof *code; i++) {
        double v = code[i] / 65535.0;
        double light = (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)) / 4;
        v = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
        code[i] = (uint16_t)lround(v * 65535);
    }
}

START_TEST(a_lamp_in_the_region_is_no_color_of_a_surface)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    dim(&s);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){85, 0, 0});
    tns_photo_region region = read_box(&s, (tns_region){.name = "lamp", .box = {20, 20, 40, 40}});
    CHECK_NEAR("L*", region.reading.color.lab.L, 100, 0);
    ck_assert(warns(&region, "no surface has its color"));
}
END_TEST

START_TEST(below_the_darkest_patch_the_doubt_grows)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    static const double lightness[] = {40, 25, 15, 8};
    tns_region boxes[4];
    tns_photo_region regions[4];
    double bar[4];
    for (int i = 0; i < 4; i++) {
        scene_paint(&s, 20 + 50 * i, 20, 40, 40, (tns_lab){lightness[i], 1, 1});
        boxes[i] = (tns_region){.name = "hair", .box = {20 + 50 * i, 20, 40, 40}};
    }
    read_all(&s, boxes, 4, (tns_photo_options){.has_corners = true}, regions);
    for (int i = 0; i < 4; i++) {
        bar[i] = regions[i].reading.uncertainty.L;
        ck_assert(warns(&regions[i], "darker than the darkest") == (lightness[i] < 20.6));
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
    tns_photo_region vivid =
        read_box(&s, (tns_region){.name = "lipstick", .box = {350, 20, 40, 40}});
    ck_assert(warns(&vivid, "more saturated"));
    scene_paint(&s, 350, 20, 40, 40, (tns_lab){45, 10, 12});
    tns_photo_region plain = read_box(&s, (tns_region){.name = "skin", .box = {350, 20, 40, 40}});
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
    /* The model's 2 L*, of which the eye sees less in dark and light patches, count once. */
    ck_assert(near_absolute.L > 3.5 && near_visits.L < 1.1);
    CHECK_NEAR("k=2 from the covariance", near_absolute.L, 2 * sqrt(near_absolute.covariance[0]),
               1e-12);
}
END_TEST

/* By a third of the variance on each axis; dE00 is L* at L* 50. */
START_TEST(what_is_not_known_of_the_chart_widens_what_is_stated)
{
    static tns_calibration c;
    tns_uncertainty absolute[2], visits[2];
    const double de00[2] = {0.1, 2};
    memset(&c, 0, sizeof c);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &c.chart, NULL));
    c.used_count = 24;
    for (int i = 0; i < 24; i++) {
        c.is_used[i] = true;
        c.predicted[i] = c.chart.patch[i].reference;
    }
    for (int k = 0; k < 2; k++) {
        c.chart.reference_de00 = de00[k];
        tns_uncertainty_at(&c, &(tns_read_place){.lab = {50, 0, 0}}, -1, &absolute[k], &visits[k]);
    }
    double more = absolute[1].covariance[0] - absolute[0].covariance[0];
    CHECK_NEAR("variance of L*", more, (2 * 2 - 0.1 * 0.1) / 3, 0.01);
    CHECK_NEAR("between visits", visits[1].L, visits[0].L, 1e-12);
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
        tns_photo_region one = read_box(&s, (tns_region){.name = "skin", .box = {20, 20, 40, 40}});
        tns_photo_region two = read_box(&s, (tns_region){.name = "skin", .box = {20, 20, 40, 40}});
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
    tns_photo_region region = read_box(&s, (tns_region){.name = "dot", .box = {30, 30, 1, 1}});
    CHECK_NEAR("dot", tns_de00(region.reading.color.lab, (tns_lab){55, 14, 17}), 0, 0.3);
    ck_assert(warns(&region, "only 1 pixel") && region.reading.uncertainty.L >= 4);
}
END_TEST

/* By the name of a patch, by the box and by the polygon around its middle: one color. */
START_TEST(a_patch_by_name_a_polygon_and_a_box_read_alike)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_region box = {.name = "b", .box = {172, 92, 16, 16}}; /* "blue sky" is the third */
    tns_region polygon = {.name = "p", .shape = TNS_SHAPE_POLYGON, .point_count = 4};
    tns_region place = {.name = "n", .shape = TNS_SHAPE_PLACE, .place = "patch:Blue-Sky"};
    static const tns_point around[4] = {{172, 92}, {188, 92}, {188, 108}, {172, 108}};
    memcpy(polygon.points, around, sizeof around);
    const tns_region regions[3] = {box, polygon, place};
    tns_photo_region read[3];
    read_all(&s, regions, 3, (tns_photo_options){.has_corners = true}, read);
    tns_photo_region one = read[0], two = read[1], three = read[2];
    ck_assert_double_eq(one.reading.color.lab.L, two.reading.color.lab.L);
    ck_assert_uint_eq(one.statistics.pixels, 256);
    ck_assert_uint_eq(two.statistics.pixels, 256);
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    CHECK_NEAR("named", tns_de00(three.reading.color.lab, chart.patch[2].reference), 0, 0.3);
    ck_assert_int_eq(three.region.shape, TNS_SHAPE_POLYGON);
    ck_assert_str_eq(three.region.place, "patch:Blue-Sky");
    ck_assert(abs(three.region.box.x - 172) <= 1 && abs(three.region.box.width - 16) <= 3);
}
END_TEST

static void check_spectrum(const tns_photo_region *region, const char *prior, tns_what what)
{
    const tns_reading *reading = &region->reading;
    tns_viewing d50;
    ck_assert(tns_viewing_find("D50/2", &d50, NULL));
    ck_assert_int_eq(reading->what, what);
    ck_assert(reading->has_spectrum && reading->spectrum.reconstructed);
    ck_assert_str_eq(reading->spectrum.prior, prior);
    /* The estimate has the color to 1e-6 in XYZ. */
    CHECK_NEAR(prior, tns_de76(tns_lab_from_spectrum(&reading->spectrum, &d50), reading->color.lab),
               0, 1e-4);
    ck_assert(region->has_ita == (what == TNS_WHAT_SKIN));
}

START_TEST(what_is_read_says_what_its_spectrum_was_estimated_as)
{
    static const tns_region regions[] = {{.name = "skin-left", .box = {20, 20, 40, 40}},
                                         {.name = "hair", .box = {20, 20, 40, 40}},
                                         {.name = "crown", .box = {20, 20, 40, 40}}};
    static scene s;
    tns_photo_region out[3];
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){50, 9, 14});
    read_all(&s, regions, 3, (tns_photo_options){.has_corners = true}, out);
    check_spectrum(&out[0], "skin", TNS_WHAT_SKIN);
    check_spectrum(&out[1], "hair", TNS_WHAT_STRAND);
    check_spectrum(&out[2], "skin", TNS_WHAT_UNKNOWN);
    read_all(&s, regions, 3, (tns_photo_options){.has_kind = true, .kind = TNS_PRIOR_HAIR}, out);
    check_spectrum(&out[0], "hair", TNS_WHAT_SKIN);
    check_spectrum(&out[2], "hair", TNS_WHAT_STRAND);
}
END_TEST

START_TEST(the_angle_of_skin_has_a_bar_of_its_own)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){64, 12, 16});
    tns_photo_region out = read_box(&s, (tns_region){.name = "skin", .box = {20, 20, 40, 40}});
    CHECK_NEAR("atan(14 / 16)", out.ita, 41.186, 0.6); /* 16-bit flats are read to 0.2 dE */
    const tns_uncertainty *u = &out.reading.uncertainty;
    /* With L and b independent, as here nearly: |d ITA| = |(b dL, -(L - 50) db)| / (14^2 + 16^2).
     */
    double bar = hypot(16 * u->L, 14 * u->b) / (14 * 14 + 16 * 16) * 57.29578;
    CHECK_NEAR("bar", out.ita_u, bar, 0.15 * bar);
}
END_TEST

START_TEST(hair_on_skin_is_told_and_an_area_is_not_trimmed)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){62, 13, 16});
    for (int i = 0; i < 10; i++) /* a quarter of it in strands a pixel wide */
        scene_paint(&s, 20 + 4 * i, 20, 1, 40, (tns_lab){24, 3, 5});
    static const tns_region regions[] = {{.name = "skin", .box = {20, 20, 40, 40}},
                                         {.name = "stubble", .box = {20, 20, 40, 40}}};
    tns_photo_region out[2];
    read_all(&s, regions, 2, (tns_photo_options){.has_corners = true}, out);
    tns_photo_region skin = out[0], area = out[1];
    CHECK_NEAR("share", skin.statistics.mixture.dark_share, 0.25, 0.01);
    ck_assert(warns(&skin, "light and dark in it") && !warns(&area, "light and dark"));
    ck_assert(skin.statistics.trim == 0 && area.statistics.trim == 0);
    /* Y: (3 x 30.36 + 4.11) / 4 = 23.80, that is L* 55.9. */
    CHECK_NEAR("mean of the area", area.reading.color.lab.L, 55.9, 0.3);
}
END_TEST

START_TEST(a_place_the_chart_does_not_have_is_a_wrong_request)
{
    static const struct {
        const char *place, *chart, *says;
    } rows[] = {
        {"patch:mauve", "classic", "region r: the chart classic24 has no patch \"mauve\""},
        {"hat:cyan", "classic", "region r: expected patch:NAME, found \"hat:cyan\""},
        {"patch:cyan", "none", "is a place of the chart, but no chart is asked for"},
    };
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_image *image = scene_image(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_region region = {.name = "r", .shape = TNS_SHAPE_PLACE};
        tns_photo_options options = {.regions = &region, .region_count = 1};
        tns_photo photo;
        tns_error err = {0};
        snprintf(region.place, sizeof region.place, "%s", rows[i].place);
        snprintf(options.chart, sizeof options.chart, "%s", rows[i].chart);
        options.has_corners = strcmp(rows[i].chart, "none") != 0;
        memcpy(options.corners, scene_corners, sizeof options.corners);
        ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("region");
    TCase *tc = tcase_create("region");
    tcase_add_test(tc, light_is_averaged_not_lightness);
    tcase_add_test(tc, reflexes_of_the_lamp_are_left_out);
    tcase_add_test(tc, clipped_pixels_are_left_out_and_told);
    tcase_add_test(tc, a_lamp_in_the_region_is_no_color_of_a_surface);
    tcase_add_test(tc, below_the_darkest_patch_the_doubt_grows);
    tcase_add_test(tc, far_from_the_chart_and_beyond_its_colors_is_told);
    tcase_add_test(tc, distance_widens_what_is_stated);
    tcase_add_test(tc, what_is_not_known_of_the_chart_widens_what_is_stated);
    tcase_add_test(tc, a_seed_gives_one_answer_and_noise_a_wider_bar);
    tcase_add_test(tc, a_single_pixel_is_read_with_a_warning);
    tcase_add_test(tc, a_patch_by_name_a_polygon_and_a_box_read_alike);
    tcase_add_test(tc, what_is_read_says_what_its_spectrum_was_estimated_as);
    tcase_add_test(tc, the_angle_of_skin_has_a_bar_of_its_own);
    tcase_add_test(tc, hair_on_skin_is_told_and_an_area_is_not_trimmed);
    tcase_add_test(tc, a_place_the_chart_does_not_have_is_a_wrong_request);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
