/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos of known truth through the whole of photo/: what is read must be what is true. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/photo.h>

#include "render/render.h"
#include "support/testing.h"

enum { BOXES = RENDER_REGIONS };

static tns_image *photograph(const render_scene *scene, const render_jpeg_options *jpeg,
                             render_picture *picture)
{
    size_t size = 0;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, picture, &err), "%s", err.text);
    unsigned char *bytes = render_picture_jpeg(picture, jpeg, &size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    tns_image *image = tns_image_parse(bytes, size, "rendered.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(bytes);
    return image;
}

/* The corners and the regions as the scene has them. */
static tns_photo_options options_for(const render_scene *scene, tns_region boxes[BOXES])
{
    tns_photo_options options = {.edition = scene->chart.edition,
                                 .has_corners = true,
                                 .regions = boxes,
                                 .region_count = (size_t)scene->region_count};
    memcpy(options.corners, scene->chart.corner, sizeof options.corners);
    for (int i = 0; i < scene->region_count; i++) {
        const render_box *box = &scene->region[i].box;
        boxes[i] = (tns_region){.box = {box->x, box->y, box->width, box->height}};
        memcpy(boxes[i].name, box->name, sizeof boxes[i].name);
    }
    return options;
}

static void check_axis(const char *label, const char *axis, double found, double truth,
                       double uncertainty)
{
    ck_assert_msg(uncertainty > 0 && fabs(found - truth) <= uncertainty,
                  "%s: %s* is %.2f, read %.2f +- %.2f", label, axis, truth, found, uncertainty);
}

static void check_region(const char *label, const tns_reading *reading, tns_lab truth,
                         double tolerance)
{
    tns_lab found = reading->color.lab;
    ck_assert(reading->has_color && reading->has_uncertainty && reading->uncertainty.k == 2);
    double de = tns_de00(truth, found);
    ck_assert_msg(de <= tolerance, "%s: %.2f dE00 beside the truth (%.2f %.2f %.2f)", label, de,
                  found.L, found.a, found.b);
    check_axis(label, "L", found.L, truth.L, reading->uncertainty.L);
    check_axis(label, "a", found.a, truth.a, reading->uncertainty.a);
    check_axis(label, "b", found.b, truth.b, reading->uncertainty.b);
}

static void check_scene(const char *label, const render_scene *scene,
                        const render_jpeg_options *jpeg, double tolerance)
{
    render_picture picture;
    tns_region boxes[BOXES];
    tns_image *image = photograph(scene, jpeg, &picture);
    tns_photo_options options = options_for(scene, boxes);
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s: %s", label,
                  err.text);
    ck_assert_int_eq((int)photo.region_count, scene->region_count);
    for (int i = 0; i < scene->region_count; i++) {
        char place[96];
        snprintf(place, sizeof place, "%s, %s", label, scene->region[i].box.name);
        check_region(place, &photo.regions[i].reading, picture.truth.region[i].color.lab_d50_2,
                     tolerance);
    }
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    render_picture_finish(&picture);
}

/* 3 dE00: what a 3x3 leaves of a camera that is no linear map of the observer, twice over. */
START_TEST(the_sample_photo_reads_as_its_truth)
{
    render_scene scene = render_scene_sample();
    check_scene("sample", &scene, NULL, 3);
}
END_TEST

/* Skin-like colors, made from the mean of skin by an even veil and a darker tone. */
static render_scene skin_tones(void)
{
    render_scene scene = render_scene_studio(480, 240);
    for (int i = 0; i < 4; i++) {
        tns_spectrum tone = tns_spectrum_constant(0);
        for (int band = 0; band < TNS_BANDS; band++) {
            double red = 1 / (1 + exp((595 - tns_band_nm(band)) / 12));
            tone.value[band] =
                (0.12 + 0.06 * i) * (1 + 0.9 * red) + 0.0002 * (tns_band_nm(band) - 380);
        }
        char name[16];
        snprintf(name, sizeof name, "tone %d", i + 1);
        render_scene_paint(&scene, name, 15 + 110 * (i % 2), 22 + 105 * (i / 2), 86, 82, tone);
    }
    return scene;
}

START_TEST(skin_tones_read_as_their_truth_in_every_kind_of_photo)
{
    static const struct {
        const char *label;
        render_light light;
        render_camera camera;
        render_jpeg_options jpeg;
    } rows[] = {
        {.label = "studio"},
        {.label = "cast", .camera = {.cast = {1.2, 1, 0.8}}},
        {.label = "slope", .light = {.slope_x = 0.12, .slope_y = -0.1}},
        {.label = "contrast", .camera = {.s_curve = 0.15}},
        {.label = "daylight D65", .light = {.name = "D65"}},
        {.label = "incandescent", .light = {.name = "A"}},
        {.label = "on its side", .jpeg = {.orientation = 6}},
        {.label = "noise and blur",
         .camera = {.shot = 1e-4, .read = 1e-3, .blur_px = 0.8},
         .jpeg = {.quality = 85}},
        {.label = "all at once",
         .light = {.name = "D50", .slope_x = -0.1, .slope_y = 0.06, .falloff = 0.04},
         .camera = {.cast = {0.93, 1, 1.06}, .s_curve = 0.1, .blur_px = 0.7, .shot = 6e-5},
         .jpeg = {.quality = 90, .orientation = 3}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = skin_tones();
        scene.light = rows[i].light;
        scene.camera = rows[i].camera;
        check_scene(rows[i].label, &scene, &rows[i].jpeg, 3);
    }
}
END_TEST

/* The reading may be off, but never by more than it says. */
START_TEST(what_spoils_a_photo_shows_in_the_uncertainty)
{
    static const struct {
        const char *label;
        render_light light;
        render_camera camera;
    } rows[] = {
        {.label = "too light", .camera = {.exposure = 1.3}},
        {.label = "too dark", .camera = {.exposure = 0.06}},
        {.label = "much noise", .camera = {.shot = 5e-4, .read = 2e-3}},
        {.label = "steep slope", .light = {.slope_x = 0.4, .slope_y = 0.3}},
        {.label = "a reflex on the chart",
         .light = {.glare_center = {360, 120}, .glare_radius = 30, .glare = 0.1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = skin_tones();
        scene.light = rows[i].light;
        scene.camera = rows[i].camera;
        check_scene(rows[i].label, &scene, NULL, 6);
    }
}
END_TEST

START_TEST(a_region_burnt_out_says_so)
{
    render_scene scene = skin_tones();
    scene.camera.exposure = 1.65;
    render_picture picture;
    tns_region boxes[BOXES];
    tns_image *image = photograph(&scene, NULL, &picture);
    tns_photo_options options = options_for(&scene, boxes);
    tns_photo photo;
    ck_assert(tns_photo_measure(image, &options, NULL, &photo, NULL));
    ck_assert(photo.regions[0].clipped < 0.01 && photo.regions[0].reading.warnings.count == 0);
    ck_assert(photo.regions[3].clipped > 0.9);
    ck_assert(strstr(photo.regions[3].reading.warnings.text[0], "clipped") != NULL);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    render_picture_finish(&picture);
}
END_TEST

static void check_refused(const char *label, const render_scene *scene, double move_px)
{
    render_picture picture;
    tns_region boxes[BOXES];
    tns_image *image = photograph(scene, NULL, &picture);
    tns_photo_options options = options_for(scene, boxes);
    for (int i = 0; i < 4; i++)
        options.corners[i].x += move_px;
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(!tns_photo_measure(image, &options, NULL, &photo, &err), "%s", label);
    ck_assert_int_eq(err.code, TNS_ERROR_CHART_REFUSED);
    ck_assert_int_eq(photo.chart.status, TNS_CHART_REFUSED);
    ck_assert_str_ne(photo.chart.reason, "");
    ck_assert_uint_eq(photo.region_count, 0);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    render_picture_finish(&picture);
}

START_TEST(a_chart_that_cannot_be_trusted_is_refused)
{
    render_scene burnt = skin_tones(), grainy = skin_tones(), missed = skin_tones();
    burnt.camera.exposure = 3;
    grainy.camera.shot = 1e-2;
    double pitch = (missed.chart.corner[1].x - missed.chart.corner[0].x) / 5;
    check_refused("most patches clipped", &burnt, 0);
    check_refused("patches lost in noise", &grainy, 0);
    check_refused("corners half a patch off", &missed, pitch / 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("end to end");
    TCase *tc = tcase_create("end to end");
    tcase_add_test(tc, the_sample_photo_reads_as_its_truth);
    tcase_add_test(tc, skin_tones_read_as_their_truth_in_every_kind_of_photo);
    tcase_add_test(tc, what_spoils_a_photo_shows_in_the_uncertainty);
    tcase_add_test(tc, a_region_burnt_out_says_so);
    tcase_add_test(tc, a_chart_that_cannot_be_trusted_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
