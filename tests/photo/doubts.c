/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each gate both ways: what is no measurement is refused or doubted by name, what is one is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo.h>

#include "render/render.h"
#include "support/testing.h"

static tns_image *developed(const render_scene *scene)
{
    render_picture picture;
    size_t size = 0;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, &picture, &err), "%s", err.text);
    unsigned char *bytes = render_picture_jpeg(&picture, NULL, &size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    tns_image *image = tns_image_parse(bytes, size, "rendered.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(bytes);
    render_picture_finish(&picture);
    return image;
}

static bool is_said(const tns_photo *photo, const char *word)
{
    bool said = strstr(photo->chart.reason, word) != NULL;
    for (size_t i = 0; i < photo->warnings.count; i++)
        said = said || strstr(photo->warnings.text[i], word) != NULL;
    return said;
}

static const char *const words[] = {"mixed light",    "over-exposed", "under-exposed", "blurred",
                                    "range of greys", "small",        "black is grey"};

/* `word`: what is said, and nothing else of the list; NULL: none of them. */
static void check(const char *label, const render_scene *scene, bool refused, const char *word)
{
    tns_image *image = developed(scene);
    tns_photo_options options = {.edition = TNS_EDITION_AFTER_2014, .has_corners = true};
    memcpy(options.corners, scene->chart.corner, sizeof options.corners);
    snprintf(options.chart, sizeof options.chart, "%s", scene->chart.kind);
    tns_photo photo;
    tns_error err = {0};
    bool done = tns_photo_measure(image, &options, NULL, &photo, &err);
    ck_assert_msg(done == !refused, "%s: %s", label, err.text);
    ck_assert(done || err.code == TNS_ERROR_CHART_REFUSED);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool meant = word && strcmp(words[i], word) == 0;
        ck_assert_msg(is_said(&photo, words[i]) == meant, "%s: %s: %s", label, words[i],
                      photo.warnings.count ? photo.warnings.text[0] : "");
    }
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}

START_TEST(each_gate_closes_when_it_should_and_only_then)
{
    const struct { /* not static: clang takes no element of an array for a constant */
        const char *label;
        render_light light;
        render_camera camera;
        bool refused;
        const char *word;
    } rows[] = {
        {.label = "studio"},
        {.label = "window and bulb", .light = {.second = "A"}, .refused = true, .word = words[0]},
        {.label = "window and warm tube",
         .light = {.second = "D4000"},
         .refused = true,
         .word = words[0]},
        {.label = "two daylights hardly apart", .light = {.second = "D5800"}},
        {.label = "bulb alone", .light = {.name = "A"}},
        {.label = "bulb, falling off", .light = {.name = "A", .slope_x = 0.3, .falloff = 0.2}},
        {.label = "noise", .camera = {.shot = 3e-4, .read = 2e-3}},
        {.label = "cast", .camera = {.cast = {1.3, 1, 0.7}, .exposure = 0.6}},
        {.label = "burnt", .camera = {.exposure = 2.4}, .refused = true, .word = words[1]},
        {.label = "the white alone burnt", .camera = {.exposure = 1.4}},
        {.label = "night", .camera = {.exposure = 0.03}, .word = words[2]},
        {.label = "dusk", .camera = {.exposure = 0.15}},
        {.label = "out of focus", .camera = {.blur_px = 9}, .word = words[3]},
        {.label = "soft", .camera = {.blur_px = 2}},
        {.label = "against the light", .camera = {.flare = 0.2}, .word = words[6]},
        {.label = "a little flare", .camera = {.flare = 0.02}},
        {.label = "steep light", .light = {.slope_x = -0.8}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene scene = render_scene_studio(480, 240);
        scene.light = rows[i].light;
        if (scene.light.second[0]) {
            scene.light.second_from = scene.chart.corner[0].x;
            scene.light.second_to = scene.chart.corner[1].x;
        }
        scene.camera = rows[i].camera;
        check(rows[i].label, &scene, rows[i].refused, rows[i].word);
    }
}
END_TEST

START_TEST(a_print_of_a_chart_is_told_by_its_black)
{
    render_scene scene = render_scene_studio(480, 240);
    scene.chart.thing = RENDER_PRINTED;
    scene.chart.paint = 7;
    check("a printer's copy", &scene, false, words[6]);
}
END_TEST

/* The SG's has a hundredth of its white's light: a little flare is twice that, and no print. */
START_TEST(a_deep_black_may_show_a_little_flare)
{
    render_scene scene = render_scene_studio(960, 480);
    snprintf(scene.chart.kind, sizeof scene.chart.kind, "sg140");
    scene.camera.flare = 0.05;
    check("SG, a little flare", &scene, false, NULL);
    scene.camera.flare = 0.2;
    check("SG, against the light", &scene, false, words[6]);
}
END_TEST

START_TEST(hidden_greys_are_said)
{
    render_scene scene = render_scene_studio(480, 240);
    double pitch = (scene.chart.corner[1].x - scene.chart.corner[0].x) / 5;
    tns_point white = scene.chart.corner[3];
    render_scene_paint(&scene, "cloth", (int)(white.x - 0.4 * pitch), (int)(white.y - 0.4 * pitch),
                       (int)(5 * pitch), (int)(0.8 * pitch), tns_spectrum_constant(0.03));
    scene.region[0].over_chart = true;
    check("greys under cloth", &scene, false, words[4]);
}
END_TEST

/* Who gave corners is not told to. */
START_TEST(a_cast_is_told_of_a_chart_whose_corners_were_given)
{
    render_scene scene = render_scene_studio(480, 240);
    scene.camera = (render_camera){.cast = {0.2, 1, 0.2}, .exposure = 0.75};
    tns_image *image = developed(&scene);
    tns_photo_options options = {.edition = TNS_EDITION_AFTER_2014, .has_corners = true};
    memcpy(options.corners, scene.chart.corner, sizeof options.corners);
    tns_photo photo;
    tns_error err = {0};
    tns_photo_measure(image, &options, NULL, &photo, &err);
    ck_assert_msg(is_said(&photo, "between the corners given: so strong a color cast"), "%s",
                  err.text);
    ck_assert(is_said(&photo, "set the camera's white balance to this light and take it again"));
    ck_assert(!is_said(&photo, "or give its corners"));
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("doubts");
    TCase *tc = tcase_create("doubts");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, each_gate_closes_when_it_should_and_only_then);
    tcase_add_test(tc, a_print_of_a_chart_is_told_by_its_black);
    tcase_add_test(tc, a_deep_black_may_show_a_little_flare);
    tcase_add_test(tc, hidden_greys_are_said);
    tcase_add_test(tc, a_cast_is_told_of_a_chart_whose_corners_were_given);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
