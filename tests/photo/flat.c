/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A blank frame takes the light's unevenness out of a photo, and is none when it shows anything. */
#include <stdlib.h>
#include <string.h>

#include "photo/correct/flat.h"
#include "render/render.h"
#include "support/testing.h"

enum { W = 240, H = 160 };

static tns_image *developed(const render_scene *scene)
{
    render_picture picture;
    render_jpeg_options jpeg = {.quality = 95};
    size_t size = 0;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, &picture, &err), "%s", err.text);
    unsigned char *bytes = render_picture_jpeg(&picture, &jpeg, &size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    tns_image *image = tns_image_parse(bytes, size, "rendered.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(bytes);
    render_picture_finish(&picture);
    return image;
}

/* A sheet of one reflectance that fills the frame. */
static render_scene sheet(int width, int height, double reflectance)
{
    render_scene scene = render_scene_studio(width, height);
    scene.chart.present = false;
    scene.light = (render_light){.slope_x = 0.3, .slope_y = -0.15, .falloff = 0.3};
    render_scene_paint(&scene, "sheet", 0, 0, width, height, tns_spectrum_constant(reflectance));
    return scene;
}

/* Largest over smallest green light on a grid of places. */
static double unevenness(const tns_light *light)
{
    double least = 1e9, most = 0;
    for (int y = 5; y < H; y += 30)
        for (int x = 5; x + 8 < W; x += 23) {
            float rgb[8][3];
            double sum = 0;
            tns_light_read(light, x, y, 8, rgb);
            for (int i = 0; i < 8; i++)
                sum += rgb[i][1];
            least = fmin(least, sum);
            most = fmax(most, sum);
        }
    return most / least;
}

START_TEST(light_divided_by_a_blank_frame_is_even)
{
    static const struct {
        const char *label;
        int scale;
    } rows[] = {{"of the same size", 1}, {"twice as large", 2}};
    render_scene grey = sheet(W, H, 0.3);
    tns_image *image = developed(&grey);
    ck_assert(unevenness(&(tns_light){.image = image}) > 1.5);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        render_scene white = sheet(rows[i].scale * W, rows[i].scale * H, 0.75);
        tns_image *blank = developed(&white);
        tns_flat *flat = tns_flat_make(blank, image, &err);
        ck_assert_msg(flat != NULL, "%s: %s", rows[i].label, err.text);
        /* 8 bits of a JPEG and half a cell at the border */
        CHECK_NEAR(rows[i].label, unevenness(&(tns_light){image, flat}), 1, 0.04);
        tns_flat_destroy(flat);
        tns_image_destroy(blank);
    }
    tns_image_destroy(image);
}
END_TEST

START_TEST(exposure_and_white_balance_stay_as_they_were)
{
    render_scene grey = sheet(W, H, 0.3), white = sheet(W, H, 0.6);
    white.camera = (render_camera){.cast = {1.2, 1, 0.8}};
    tns_image *image = developed(&grey), *blank = developed(&white);
    tns_flat *flat = tns_flat_make(blank, image, NULL);
    ck_assert(flat != NULL);
    float before[1][3], after[1][3];
    tns_light plain = {.image = image}, even = {image, flat};
    tns_light_read(&plain, W / 2, H / 2, 1, before);
    tns_light_read(&even, W / 2, H / 2, 1, after);
    for (int c = 1; c < 3; c++) /* the middle is lighter than the mean, in all channels alike */
        CHECK_NEAR("balance", after[0][c] / after[0][0], before[0][c] / before[0][0], 0.02);
    ck_assert(after[0][1] < before[0][1] && after[0][1] > 0.7 * before[0][1]);
    tns_flat_destroy(flat);
    tns_image_destroy(blank);
    tns_image_destroy(image);
}
END_TEST

static void refuse(const char *label, const render_scene *scene, const tns_image *image,
                   const char *says)
{
    tns_error err = {0};
    tns_image *blank = developed(scene);
    ck_assert_msg(tns_flat_make(blank, image, &err) == NULL, "%s", label);
    ck_assert_msg(err.code == TNS_ERROR_UNSUPPORTED && strstr(err.text, says), "%s: %s", label,
                  err.text);
    tns_image_destroy(blank);
}

START_TEST(what_is_no_blank_frame_is_refused_by_name)
{
    render_scene grey = sheet(W, H, 0.3);
    tns_image *image = developed(&grey);
    render_scene upright = sheet(H, W, 0.7), burnt = sheet(W, H, 0.7), dark = sheet(W, H, 0.7);
    render_scene chart = render_scene_studio(W, H), text = sheet(W, H, 0.7);
    burnt.camera.exposure = 2.5;
    dark.camera.exposure = 0.02;
    for (int i = 0; i < 12; i++)
        render_scene_paint(&text, "word", 10 + 18 * i, 10 + 11 * i, 14, 9,
                           tns_spectrum_constant(0.1));
    refuse("held upright", &upright, image, "shape is 160 x 240");
    refuse("burnt", &burnt, image, "clipped");
    refuse("dark", &dark, image, "too dark");
    refuse("a chart", &chart, image, "something is to be seen");
    refuse("a written sheet", &text, image, "something is to be seen");
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("flat");
    TCase *tc = tcase_create("flat");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, light_divided_by_a_blank_frame_is_even);
    tcase_add_test(tc, exposure_and_white_balance_stay_as_they_were);
    tcase_add_test(tc, what_is_no_blank_frame_is_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
