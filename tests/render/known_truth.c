/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/estimate.h>
#include <tonsure/image.h>

#include "render/render.h"
#include "support/testing.h"

static render_picture rendered(const render_scene *scene)
{
    render_picture picture;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, &picture, &err), "%s", err.text);
    return picture;
}

static const unsigned char *pixel(const render_picture *p, double x, double y)
{
    return p->rgb + 3 * ((size_t)y * (size_t)p->width + (size_t)x);
}

/* A ramp no camera and no grey card knows. */
static tns_spectrum ramp(double first, double last)
{
    tns_spectrum out = tns_spectrum_constant(first);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] += (last - first) * i / (TNS_BANDS - 1);
    return out;
}

/* A scalp small enough for a test, hair everywhere on it. */
static render_scene small_scalp(void)
{
    render_scene scene = render_scene_studio(320, 240);
    scene.chart.present = false;
    scene.scalp = (render_scalp){.present = true,
                                 .center = {160, 120},
                                 .radius_x = 400,
                                 .radius_y = 400,
                                 .mottling = 1,
                                 .follicular_units_per_cm2 = 90,
                                 .diameter_mm = {0.15, 0.4},
                                 .cut_mm = {0, 0.2}};
    return scene;
}

START_TEST(a_flat_reflectance_gives_equal_channels_under_every_light)
{
    static const char *const lights[] = {"", "D50", "D65", "A", "F11", "E"};
    for (size_t i = 0; i < sizeof lights / sizeof *lights; i++) {
        render_scene scene = render_scene_studio(64, 48);
        scene.chart.present = false;
        strcpy(scene.light.name, lights[i]);
        render_scene_paint(&scene, "grey", 8, 8, 32, 32, tns_spectrum_constant(0.2));
        render_picture picture = rendered(&scene);
        const unsigned char *rgb = pixel(&picture, 20, 20);
        ck_assert_msg(rgb[0] == rgb[1] && rgb[1] == rgb[2], "%s: %d %d %d", lights[i], rgb[0],
                      rgb[1], rgb[2]);
        /* 0.2 x 0.85 in sRGB's curve is 0.4491 of 255 */
        ck_assert_int_eq(rgb[1], 115);
        render_picture_finish(&picture);
    }
}
END_TEST

START_TEST(a_second_lamp_shows_as_a_cast_that_grows_to_the_right)
{
    render_scene scene = render_scene_studio(200, 20);
    scene.chart.present = false;
    strcpy(scene.light.second, "A");
    render_picture picture = rendered(&scene);
    const unsigned char *left = pixel(&picture, 0, 10), *right = pixel(&picture, 199, 10);
    ck_assert_int_le(abs(left[0] - left[2]), 1);
    ck_assert_int_gt(right[0], right[2] + 40);
    render_picture_finish(&picture);
}
END_TEST

START_TEST(the_truth_of_a_painted_box_is_the_color_of_its_spectrum)
{
    const tns_spectrum spectra[] = {ramp(0.05, 0.6), ramp(0.7, 0.1), tns_spectrum_constant(0.5)};
    tns_viewing d50, d65;
    ck_assert(tns_viewing_find("D50/2", &d50, NULL) && tns_viewing_find("D65/10", &d65, NULL));
    render_scene scene = render_scene_studio(200, 100);
    for (int i = 0; i < 3; i++)
        render_scene_paint(&scene, "box", 10 + 20 * i, 10, 12, 12, spectra[i]);
    scene.light.slope_x = 0.3;
    scene.camera = (render_camera){.cast = {1.3, 1, 0.8}, .blur_px = 1, .shot = 1e-4};
    render_picture picture = rendered(&scene);
    for (int i = 0; i < 3; i++) {
        const render_color *found = &picture.truth.region[i].color;
        tns_lab a = tns_lab_from_spectrum(&spectra[i], &d50);
        tns_lab b = tns_lab_from_spectrum(&spectra[i], &d65);
        CHECK_NEAR("L", found->lab_d50_2.L, a.L, 1e-9);
        CHECK_NEAR("a", found->lab_d50_2.a, a.a, 1e-9);
        CHECK_NEAR("b", found->lab_d50_2.b, a.b, 1e-9);
        CHECK_NEAR("L", found->lab_d65_10.L, b.L, 1e-9);
        CHECK_NEAR("a", found->lab_d65_10.a, b.a, 1e-9);
        CHECK_NEAR("b", found->lab_d65_10.b, b.b, 1e-9);
    }
    render_picture_finish(&picture);
}
END_TEST

START_TEST(the_chart_has_its_reference_colors_and_stands_on_its_corners)
{
    static const struct {
        const char *label;
        tns_edition edition;
        tns_point corner[4];
    } rows[] = {
        {"upright", TNS_EDITION_AFTER_2014, {{100, 60}, {350, 60}, {350, 210}, {100, 210}}},
        {"tilted", TNS_EDITION_BEFORE_2014, {{80, 70}, {360, 40}, {330, 215}, {110, 200}}},
        {"upside down", TNS_EDITION_AFTER_2014, {{350, 210}, {100, 210}, {100, 60}, {350, 60}}},
        {"mirrored", TNS_EDITION_AFTER_2014, {{350, 60}, {100, 60}, {100, 210}, {350, 210}}},
    };
    static const int corner_patch[4] = {0, 5, 23, 18};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = render_scene_studio(450, 270);
        scene.chart.edition = rows[i].edition;
        memcpy(scene.chart.corner, rows[i].corner, sizeof rows[i].corner);
        render_picture picture = rendered(&scene);
        tns_chart chart;
        ck_assert(tns_chart_find("classic24", rows[i].edition, &chart, NULL));
        ck_assert_int_eq(picture.truth.patch_count, chart.count);
        for (int p = 0; p < chart.count; p++) {
            tns_lab found = picture.truth.patch[p].lab_d50_2, wanted = chart.patch[p].reference;
            CHECK_NEAR(rows[i].label, found.L, wanted.L, 1e-3);
            CHECK_NEAR(rows[i].label, found.a, wanted.a, 1e-3);
            CHECK_NEAR(rows[i].label, found.b, wanted.b, 1e-3);
        }
        for (int c = 0; c < 4; c++) {
            tns_point at = picture.truth.patch_center[corner_patch[c]];
            CHECK_NEAR(rows[i].label, at.x, rows[i].corner[c].x, 1e-6);
            CHECK_NEAR(rows[i].label, at.y, rows[i].corner[c].y, 1e-6);
        }
        /* white 9.5, then black, where the truth says they are */
        tns_point white = picture.truth.patch_center[18], black = picture.truth.patch_center[23];
        ck_assert_int_gt(pixel(&picture, white.x, white.y)[1], 220);
        ck_assert_int_lt(pixel(&picture, black.x, black.y)[1], 60);
        render_picture_finish(&picture);
    }
}
END_TEST

START_TEST(the_grey_patches_come_out_in_the_order_of_the_greys)
{
    render_scene scene = render_scene_studio(450, 270);
    render_picture picture = rendered(&scene);
    for (int i = 19; i < 24; i++) {
        tns_point lighter = picture.truth.patch_center[i - 1];
        tns_point darker = picture.truth.patch_center[i];
        ck_assert_int_gt(pixel(&picture, lighter.x, lighter.y)[1],
                         pixel(&picture, darker.x, darker.y)[1] + 15);
    }
    render_picture_finish(&picture);
}
END_TEST

START_TEST(a_hand_hides_the_chart_and_a_reflex_lightens_it)
{
    render_scene scene = render_scene_studio(450, 270);
    render_picture plain = rendered(&scene);
    tns_point black = plain.truth.patch_center[23], green = plain.truth.patch_center[13];
    render_scene_paint(&scene, "hand", (int)green.x - 5, (int)green.y - 5, 10, 10,
                       tns_spectrum_constant(0.5));
    scene.light.glare_center = black;
    scene.light.glare_radius = 6;
    scene.light.glare = 0.3;
    render_picture hidden = rendered(&scene);
    ck_assert(memcmp(pixel(&hidden, green.x, green.y), pixel(&plain, green.x, green.y), 3) == 0);
    scene.region[0].over_chart = true;
    render_picture covered = rendered(&scene);
    const unsigned char *hand = pixel(&covered, green.x, green.y);
    ck_assert_int_eq(hand[0], hand[1]);
    ck_assert_int_gt(pixel(&covered, black.x, black.y)[1], pixel(&plain, black.x, black.y)[1] + 60);
    CHECK_NEAR("truth", covered.truth.patch[23].lab_d50_2.L, plain.truth.patch[23].lab_d50_2.L, 0);
    render_picture_finish(&plain);
    render_picture_finish(&hidden);
    render_picture_finish(&covered);
}
END_TEST

START_TEST(corners_that_span_no_quadrilateral_are_refused)
{
    static const tns_point rows[][4] = {
        {{10, 10}, {50, 10}, {90, 10}, {10, 40}},
        {{10, 10}, {90, 90}, {90, 10}, {10, 90}},
        {{10, 10}, {10, 10}, {10, 10}, {10, 10}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = render_scene_studio(100, 100);
        memcpy(scene.chart.corner, rows[i], sizeof rows[i]);
        render_picture picture;
        tns_error err = {0};
        ck_assert(!render_picture_make(&scene, &picture, &err));
        ck_assert_msg(strstr(err.text, "quadrilateral") != NULL, "%s", err.text);
        render_picture_finish(&picture);
    }
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes_and_another_seed_others)
{
    render_scene scene = small_scalp();
    scene.camera.shot = 1e-4;
    render_picture first = rendered(&scene), again = rendered(&scene);
    scene.seed++;
    render_picture other = rendered(&scene);
    size_t size = 3 * (size_t)first.width * (size_t)first.height;
    ck_assert(memcmp(first.rgb, again.rgb, size) == 0);
    ck_assert(memcmp(first.rgb, other.rgb, size) != 0);
    ck_assert_uint_eq(first.truth.hair_count, again.truth.hair_count);
    ck_assert(first.truth.hairs[0].center.x != other.truth.hairs[0].center.x);
    render_picture_finish(&first);
    render_picture_finish(&again);
    render_picture_finish(&other);
}
END_TEST

START_TEST(stubble_is_skin_and_hair_in_the_shares_the_truth_tells)
{
    render_scene scene = small_scalp();
    scene.scalp.mottling = 0;
    render_scene_watch(&scene, "stubble", 40, 40, 240, 160);
    render_picture stubble = rendered(&scene);
    scene.scalp.follicular_units_per_cm2 = 0;
    render_picture skin = rendered(&scene);
    double share = stubble.truth.region[0].hair_share;
    ck_assert_msg(share > 0.03 && share < 0.2, "%g", share);
    ck_assert(skin.truth.region[0].hair_share == 0);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR("band", stubble.truth.region[0].color.spectrum.value[i],
                   (1 - share) * skin.truth.region[0].color.spectrum.value[i] +
                       share * stubble.truth.hair.spectrum.value[i],
                   1e-9);
    render_picture_finish(&stubble);
    render_picture_finish(&skin);
}
END_TEST

START_TEST(hairs_stand_as_dense_as_asked_and_dark_where_the_truth_says)
{
    render_scene scene = small_scalp();
    render_scene_watch(&scene, "all", 0, 0, 320, 240);
    render_picture picture = rendered(&scene);
    const render_truth *truth = &picture.truth;
    /* 90 units of 1.9 hairs a cm2 on 7.68 cm2; the sum's own chance is about 2 % */
    CHECK_NEAR("hairs", (double)truth->region[0].hairs, 90 * 1.9 * 7.68, 0.08 * 90 * 1.9 * 7.68);
    size_t darker = 0, seen = 0;
    for (size_t i = 0; i < truth->hair_count; i++) {
        const render_hair *hair = &truth->hairs[i];
        ck_assert(hair->diameter_px >= 1.5 && hair->diameter_px <= 4);
        ck_assert(hair->length_px >= hair->diameter_px);
        if (!hair->visible)
            continue;
        seen++;
        darker += pixel(&picture, hair->center.x, hair->center.y)[1] < 130; /* skin is about 150 */
    }
    ck_assert_uint_eq(seen, truth->visible_hairs);
    ck_assert_uint_eq(seen, truth->region[0].hairs);
    ck_assert_msg((double)darker > 0.95 * (double)seen, "%zu of %zu", darker, seen);
    render_picture_finish(&picture);
}
END_TEST

START_TEST(hairs_under_a_painted_box_are_not_counted)
{
    render_scene scene = small_scalp();
    render_picture all = rendered(&scene);
    render_scene_paint(&scene, "plaster", 0, 0, 160, 240, tns_spectrum_constant(0.6));
    render_picture half = rendered(&scene);
    ck_assert_uint_eq(half.truth.hair_count, all.truth.hair_count);
    ck_assert_uint_eq(half.truth.region[0].hairs, 0);
    CHECK_NEAR("hairs", (double)half.truth.visible_hairs, (double)all.truth.visible_hairs / 2,
               0.08 * (double)all.truth.visible_hairs);
    CHECK_NEAR("units", (double)half.truth.visible_units, (double)all.truth.visible_units / 2,
               0.08 * (double)all.truth.visible_units);
    render_picture_finish(&all);
    render_picture_finish(&half);
}
END_TEST

START_TEST(no_hair_grows_on_the_bald_disc)
{
    render_scene scene = small_scalp();
    scene.scalp.bald_center = (tns_point){160, 120};
    scene.scalp.bald_radius = 60;
    scene.scalp.bald_fade = 20;
    render_scene_watch(&scene, "skin", 140, 100, 40, 40);
    render_picture picture = rendered(&scene);
    ck_assert_uint_eq(picture.truth.region[0].hairs, 0);
    ck_assert_uint_gt(picture.truth.hair_count, 200);
    render_picture_finish(&picture);
}
END_TEST

START_TEST(too_much_exposure_clips_and_noise_leaves_the_mean)
{
    render_scene scene = render_scene_studio(120, 100);
    scene.chart.present = false;
    scene.camera = (render_camera){.exposure = 1.6, .shot = 2e-4, .read = 1e-3};
    render_scene_paint(&scene, "white", 0, 0, 60, 100, tns_spectrum_constant(0.9));
    render_scene_paint(&scene, "grey", 60, 0, 60, 100, tns_spectrum_constant(0.2));
    render_picture picture = rendered(&scene);
    double sum = 0, squares = 0;
    for (int y = 0; y < 100; y++)
        for (int x = 0; x < 60; x++) {
            ck_assert_int_eq(pixel(&picture, x, y)[0], 255);
            double v = pixel(&picture, x + 60, y)[1];
            sum += v / 6000;
            squares += v * v / 6000;
        }
    /* 0.32 in sRGB's curve is 153.31; half its bend times the variance 2.5e-4 takes 0.05 off */
    CHECK_NEAR("mean", sum, 153.26, 0.1);
    ck_assert_double_gt(squares - sum * sum, 4);
    render_picture_finish(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("known truth");
    TCase *tc = tcase_create("known truth");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_flat_reflectance_gives_equal_channels_under_every_light);
    tcase_add_test(tc, a_second_lamp_shows_as_a_cast_that_grows_to_the_right);
    tcase_add_test(tc, the_truth_of_a_painted_box_is_the_color_of_its_spectrum);
    tcase_add_test(tc, the_chart_has_its_reference_colors_and_stands_on_its_corners);
    tcase_add_test(tc, the_grey_patches_come_out_in_the_order_of_the_greys);
    tcase_add_test(tc, a_hand_hides_the_chart_and_a_reflex_lightens_it);
    tcase_add_test(tc, corners_that_span_no_quadrilateral_are_refused);
    tcase_add_test(tc, the_same_seed_gives_the_same_bytes_and_another_seed_others);
    tcase_add_test(tc, stubble_is_skin_and_hair_in_the_shares_the_truth_tells);
    tcase_add_test(tc, hairs_stand_as_dense_as_asked_and_dark_where_the_truth_says);
    tcase_add_test(tc, hairs_under_a_painted_box_are_not_counted);
    tcase_add_test(tc, no_hair_grows_on_the_bald_disc);
    tcase_add_test(tc, too_much_exposure_clips_and_noise_leaves_the_mean);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
