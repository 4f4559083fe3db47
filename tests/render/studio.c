/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards, cameras and spectra of the renderer: what is asked for is what comes out. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/estimate.h>

#include "render/gallery.h"
#include "render/paints.h"
#include "render/plane.h"
#include "render/pose.h"
#include "support/testing.h"

static render_picture rendered(const render_scene *scene)
{
    render_picture picture;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, &picture, &err), "%s", err.text);
    return picture;
}

static const unsigned char *pixel(const render_picture *p, tns_point at)
{
    return p->rgb + 3 * ((size_t)at.y * (size_t)p->width + (size_t)at.x);
}

static render_scene posed(render_pose pose)
{
    render_scene scene = render_scene_studio(500, 360);
    scene.chart = render_card_posed(&pose);
    return scene;
}

/* Yellow (16) is the one patch with much red and green and little blue; white (19) leads the greys.
 */
START_TEST(patches_are_seen_where_the_truth_says_in_every_pose_and_through_every_lens)
{
    static const struct {
        const char *label;
        render_pose pose;
        render_camera camera;
    } rows[] = {
        {"upright", {.center = {250, 180}, .pitch_px = 50}, {0}},
        {"turned", {.center = {250, 180}, .pitch_px = 50, .degrees = 130}, {0}},
        {"mirrored", {.center = {250, 180}, .pitch_px = 50, .degrees = 40, .mirrored = true}, {0}},
        {"tilted", {.center = {250, 180}, .pitch_px = 60, .tilt_degrees = 60}, {0}},
        {"small", {.center = {90, 70}, .pitch_px = 12, .degrees = -70}, {0}},
        {"barrel", {.center = {310, 150}, .pitch_px = 50}, {.distortion = 0.15}},
        {"cushion", {.center = {190, 220}, .pitch_px = 50}, {.distortion = -0.1}},
        {"webcam", {.center = {250, 180}, .pitch_px = 50}, {.model = 3, .mosaic = true}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = posed(rows[i].pose);
        scene.camera = rows[i].camera;
        render_picture picture = rendered(&scene);
        const tns_point *at = picture.truth.patch_center;
        const unsigned char *yellow = pixel(&picture, at[15]), *white = pixel(&picture, at[18]);
        ck_assert_msg(yellow[0] > 180 && yellow[1] > 150 && yellow[2] < 90, "%s: %d %d %d",
                      rows[i].label, yellow[0], yellow[1], yellow[2]);
        ck_assert_msg(white[0] > 215 && white[2] > 215, "%s: %d", rows[i].label, white[0]);
        ck_assert_int_lt(pixel(&picture, at[23])[1], 60);
        CHECK_NEAR(rows[i].label, at[0].x, picture.truth.corner[0].x, 1e-6);
        CHECK_NEAR(rows[i].label, at[23].y, picture.truth.corner[2].y, 1e-6);
        render_picture_finish(&picture);
    }
}
END_TEST

START_TEST(a_paint_has_its_color_whatever_pot_it_comes_from)
{
    tns_chart chart;
    tns_viewing d50, bulb;
    ck_assert(tns_chart_find("classic24", TNS_EDITION_AFTER_2014, &chart, NULL));
    ck_assert(tns_viewing_find("D50/2", &d50, NULL) && tns_viewing_find("A/10", &bulb, NULL));
    double moved = 0;
    for (int i = 0; i < chart.count; i++) {
        tns_spectrum smooth, pot[2];
        tns_lab wanted = chart.patch[i].reference;
        ck_assert(render_paint(wanted, 0, &smooth, NULL));
        for (int k = 0; k < 2; k++) {
            ck_assert_msg(render_paint(wanted, (uint64_t)(10 * i + k + 1), &pot[k], NULL), "%s",
                          chart.patch[i].name);
            tns_lab found = tns_lab_from_spectrum(&pot[k], &d50);
            CHECK_NEAR(chart.patch[i].name, found.L, wanted.L, 1e-3);
            CHECK_NEAR(chart.patch[i].name, found.a, wanted.a, 1e-3);
            CHECK_NEAR(chart.patch[i].name, found.b, wanted.b, 1e-3);
            for (int b = 0; b < TNS_BANDS; b++)
                ck_assert(pot[k].value[b] > 0 && pot[k].value[b] < 1);
        }
        moved += fabs(tns_lab_from_spectrum(&pot[0], &bulb).a -
                      tns_lab_from_spectrum(&pot[1], &bulb).a) /
                 chart.count;
    }
    ck_assert_msg(moved > 0.1, "%g", moved); /* metamers part under another lamp */
}
END_TEST

START_TEST(a_blank_frame_holds_nothing_but_the_light)
{
    render_scene scene = posed((render_pose){.center = {250, 180}, .pitch_px = 40});
    render_light_across(&scene, 0.3, false);
    scene.fingers[0] = (render_finger){{250, 180}, {300, 200}, 30};
    render_scene blank = render_scene_blank(&scene);
    blank.camera.deep = true;
    render_picture picture = rendered(&blank);
    const uint16_t *row = picture.deep + (size_t)3 * 500 * 180;
    /* 200 px are the chart's width: 30 % more light, before sRGB's curve */
    double left = pow((row[3 * 150] / 65535.0 + 0.055) / 1.055, 2.4);
    double right = pow((row[3 * 350] / 65535.0 + 0.055) / 1.055, 2.4);
    CHECK_NEAR("slope", right / left, 1.3, 1e-3);
    render_picture_finish(&picture);
}
END_TEST

START_TEST(a_blur_of_any_kind_leaves_the_mean_and_flare_lifts_the_black)
{
    static const render_camera rows[] = {{.blur_px = 2},
                                         {.defocus_px = 5},
                                         {.motion_px = 9},
                                         {.motion_px = 6, .motion_degrees = 40}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        plane p = plane_create(80, 60);
        ck_assert(p.at != NULL);
        p.at[30 * 80 + 40] = 100;
        double mean = plane_mean(&p);
        ck_assert(plane_defocus(&p, rows[i].defocus_px) && plane_blur(&p, rows[i].blur_px) &&
                  plane_shake(&p, rows[i].motion_px, rows[i].motion_degrees));
        CHECK_NEAR("mean", plane_mean(&p), mean, 1e-5);
        ck_assert(p.at[30 * 80 + 40] < 20 && p.at[30 * 80 + 41] > 0.5F);
        plane_destroy(&p);
    }
    render_scene scene = posed((render_pose){.center = {250, 180}, .pitch_px = 50});
    render_picture plain = rendered(&scene);
    scene.camera.flare = 0.1;
    render_picture veiled = rendered(&scene);
    tns_point black = plain.truth.patch_center[23];
    ck_assert_int_gt(pixel(&veiled, black)[1], pixel(&plain, black)[1] + 12);
    render_picture_finish(&plain);
    render_picture_finish(&veiled);
}
END_TEST

/* The patches lie inside both, and grey is grey in either. */
START_TEST(display_p3_holds_duller_numbers_for_the_same_red)
{
    render_scene scene = posed((render_pose){.center = {250, 180}, .pitch_px = 50});
    render_picture narrow = rendered(&scene);
    scene.camera.display_p3 = true;
    render_picture wide = rendered(&scene);
    tns_point red = narrow.truth.patch_center[14], grey = narrow.truth.patch_center[21];
    ck_assert_int_lt(pixel(&wide, red)[0], pixel(&narrow, red)[0] - 5);
    ck_assert_int_gt(pixel(&wide, red)[1], pixel(&narrow, red)[1]);
    ck_assert_int_le(abs(pixel(&wide, grey)[0] - pixel(&narrow, grey)[0]), 1);
    render_picture_finish(&narrow);
    render_picture_finish(&wide);
}
END_TEST

START_TEST(fingers_and_paper_hide_the_chart)
{
    render_scene scene = posed((render_pose){.center = {250, 180}, .pitch_px = 50});
    render_picture plain = rendered(&scene);
    const tns_point *at = plain.truth.patch_center;
    scene.fingers[0] = (render_finger){at[15], at[15], 15};
    scene.cover = (render_card){
        .present = true,
        .thing = RENDER_PAPER,
        .corner = {{at[23].x - 20, at[23].y - 20}, {480, at[23].y - 20}, {480, 350}, {300, 350}}};
    render_picture hidden = rendered(&scene);
    ck_assert_int_gt(pixel(&hidden, at[15])[2], pixel(&plain, at[15])[2] + 40);
    ck_assert_int_gt(pixel(&hidden, at[23])[1], 200);
    ck_assert(memcmp(pixel(&hidden, at[0]), pixel(&plain, at[0]), 3) == 0);
    render_picture_finish(&plain);
    render_picture_finish(&hidden);
}
END_TEST

START_TEST(every_exhibit_of_the_gallery_has_a_name_of_its_own_and_a_chart_inside_the_frame)
{
    static render_exhibit e, other;
    ck_assert_int_gt(render_gallery_count(), 60);
    for (int i = 0; i < render_gallery_count(); i++) {
        render_gallery_hang(i, &e);
        for (int k = 0; k < i; k++) {
            render_gallery_hang(k, &other);
            ck_assert_str_ne(e.name, other.name);
        }
        for (int c = 0; c < 4 && e.verdict == RENDER_FOUND; c++) {
            tns_point p = e.scene.chart.corner[c];
            ck_assert_msg(p.x > 0 && p.y > 0 && p.x < e.scene.width && p.y < e.scene.height, "%s",
                          e.name);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("studio");
    TCase *tc = tcase_create("studio");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, patches_are_seen_where_the_truth_says_in_every_pose_and_through_every_lens);
    tcase_add_test(tc, a_paint_has_its_color_whatever_pot_it_comes_from);
    tcase_add_test(tc, a_blank_frame_holds_nothing_but_the_light);
    tcase_add_test(tc, a_blur_of_any_kind_leaves_the_mean_and_flare_lifts_the_black);
    tcase_add_test(tc, display_p3_holds_duller_numbers_for_the_same_red);
    tcase_add_test(tc, fingers_and_paper_hide_the_chart);
    tcase_add_test(tc,
                   every_exhibit_of_the_gallery_has_a_name_of_its_own_and_a_chart_inside_the_frame);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
