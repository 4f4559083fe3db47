/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is read of skin, hair and stubble, against what is true, over many photos: chart aged and of
 * either edition, painted with other pots than the reference, any of the cameras with a taste of
 * its own, light that slopes, is colored and spreads in the lens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/photo.h>

#include "photo/pictures.h"
#include "render/paints.h"
#include "render/plane.h"
#include "render/pose.h"
#include "support/testing.h"

enum { PHOTOS = 14, BOXES = 8, WIDTH = 460, HEIGHT = 230 };

static double between(uint64_t *state, double least, double most)
{
    return least + (most - least) * random_uniform(state);
}

/* `share` of hair among skin, as a blurred look at stubble. */
static tns_spectrum mixed(tns_spectrum skin, tns_spectrum hair, double share)
{
    for (int b = 0; b < TNS_BANDS; b++)
        skin.value[b] = (1 - share) * skin.value[b] + share * hair.value[b];
    return skin;
}

static const char *const kinds[BOXES] = {"skin",    "skin",    "skin", "stubble",
                                         "stubble", "stubble", "hair", "hair"};

static void paint_boxes(render_scene *scene, uint64_t *state)
{
    for (int i = 0; i < BOXES; i++) {
        tns_spectrum skin = render_skin(between(state, -2.5, 2.5), between(state, -2, 2));
        tns_spectrum hair = render_hair_end(exp(between(state, log(0.2), log(2))));
        double share = i < 3 ? 0 : i < 6 ? between(state, 0.1, 0.6) : 1;
        render_scene_paint(scene, kinds[i], 8 + 54 * (i % 4), 40 + 80 * (i / 4), 48, 60,
                           mixed(skin, hair, share));
    }
}

static render_scene drawn(uint64_t seed)
{
    static const char *const lights[] = {"D50", "D55", "D65", "D55", "D4500", "A", "F11"};
    uint64_t state = random_bits(seed);
    render_scene scene = render_scene_studio(WIDTH, HEIGHT);
    scene.seed = seed;
    scene.chart.edition =
        between(&state, 0, 1) < 0.5 ? TNS_EDITION_BEFORE_2014 : TNS_EDITION_AFTER_2014;
    scene.chart.paint = seed;
    scene.chart.age = between(&state, 0.3, 1.2);
    snprintf(scene.light.name, sizeof scene.light.name, "%s",
             lights[(int)between(&state, 0, 6.99)]);
    scene.light.slope_x = between(&state, -0.25, 0.25);
    scene.light.slope_y = between(&state, -0.15, 0.15);
    scene.camera = (render_camera){
        .model = (int)between(&state, 0, RENDER_CAMERAS - 0.01),
        .exposure = between(&state, 0.55, 0.95),
        .cast = {exp(between(&state, -0.15, 0.15)), 1, exp(between(&state, -0.15, 0.15))},
        .flare = between(&state, 0, 0.03),
        .blur_px = 0.6,
        .mosaic = true,
        .shot = 8e-5,
        .read = 1e-3,
        .saturation = between(&state, 0, 0.25),
        .shoulder = between(&state, 0, 0.6),
        .s_curve = between(&state, 0, 0.2),
        .sharpen = between(&state, 0, 0.8),
    };
    paint_boxes(&scene, &state);
    return scene;
}

static tns_image *photographed(const render_scene *scene, render_picture *shot)
{
    const render_jpeg_options jpeg = {.quality = 88};
    size_t size = 0;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(scene, shot, &err), "%s", err.text);
    unsigned char *file = render_picture_jpeg(shot, &jpeg, &size, &err);
    tns_image *image = tns_image_parse(file, size, "rendered.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file);
    return image;
}

static tns_photo_options options_for(const render_scene *scene, tns_region boxes[BOXES])
{
    tns_photo_options options = {
        .has_corners = true, .regions = boxes, .region_count = (size_t)scene->region_count};
    snprintf(options.chart, sizeof options.chart, "classic24");
    memcpy(options.corners, scene->chart.corner, sizeof options.corners);
    for (int i = 0; i < scene->region_count; i++) {
        const render_box *box = &scene->region[i].box;
        boxes[i] = (tns_region){.box = {box->x, box->y, box->width, box->height}};
        snprintf(boxes[i].name, sizeof boxes[i].name, "%s", box->name);
    }
    return options;
}

/* Bars and errors, of one kind of thing. */
typedef struct account {
    int axes, inside, photos_refused, count;
    double error[PHOTOS * BOXES], bar[3 * PHOTOS * BOXES];
} account;

static void add_axis(account *a, double found, double truth, double uncertainty)
{
    a->bar[a->axes++] = uncertainty;
    a->inside += fabs(found - truth) <= uncertainty;
}

static void add_region(account *a, const tns_reading *reading, tns_lab truth)
{
    tns_lab found = reading->color.lab;
    a->error[a->count++] = tns_de00(truth, found);
    add_axis(a, found.L, truth.L, reading->uncertainty.L);
    add_axis(a, found.a, truth.a, reading->uncertainty.a);
    add_axis(a, found.b, truth.b, reading->uncertainty.b);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, rising);
    return count > 0 ? values[count / 2] : 0;
}

/*
 * 336 axes; errors of one photo go together, so that the share has a standard deviation of about
 * 2 %: 93 to 98 % is looked for over many more photos by the bench, and 88 % is the fence here.
 */
START_TEST(skin_stubble_and_hair_lie_inside_the_stated_uncertainty)
{
    static account all[3];
    int inside = 0, axes = 0;
    for (int i = 0; i < PHOTOS; i++) {
        render_scene scene = drawn((uint64_t)i + 100);
        render_picture shot;
        tns_region boxes[BOXES];
        tns_image *image = photographed(&scene, &shot);
        tns_photo_options options = options_for(&scene, boxes);
        tns_photo photo;
        tns_error err = {0};
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%d: %s", i,
                      err.text);
        for (int k = 0; k < BOXES; k++)
            add_region(&all[k < 3   ? 0
                            : k < 6 ? 1
                                    : 2],
                       &photo.regions[k].reading, shot.truth.region[k].color.lab_d50_2);
        tns_photo_finish(&photo);
        tns_image_destroy(image);
        render_picture_finish(&shot);
    }
    for (int k = 0; k < 3; k++) {
        printf("%-8s %3d of %3d axes inside (%.1f %%), median bar %.2f, median error %.2f dE00\n",
               kinds[3 * k], all[k].inside, all[k].axes, 100.0 * all[k].inside / all[k].axes,
               median(all[k].bar, all[k].axes), median(all[k].error, all[k].count));
        inside += all[k].inside;
        axes += all[k].axes;
        ck_assert(median(all[k].bar, all[k].axes) < 6);
    }
    printf("all      %.1f %% of %d\n", 100.0 * inside / axes, axes);
    ck_assert_int_ge(100 * inside, 88 * axes);
}
END_TEST

/* The picture as a file of one format with its profile embedded. */
static tns_image *as_file(render_scene scene, bool wide, bool deep)
{
    tns_error err = {0};
    render_picture shot;
    scene.camera.display_p3 = wide;
    scene.camera.deep = deep;
    ck_assert_msg(render_picture_make(&scene, &shot, &err), "%s", err.text);
    bytes profile = profile_of(wide ? "Display P3" : "sRGB"), file;
    const picture p = {.width = shot.width,
                       .height = shot.height,
                       .channels = 3,
                       .bits = deep ? 16 : 8,
                       .data = deep ? (const void *)shot.deep : shot.rgb,
                       .icc = &profile};
    file = deep ? png_of(&p) : jpeg_of(&p, 98);
    tns_image *image = tns_image_parse(file.data, file.length, "profiled", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    free(profile.data);
    render_picture_finish(&shot);
    return image;
}

/* The mean difference of a region between the picture in sRGB and in Display P3. */
static double difference_of_profiles(const render_scene *scene, bool deep)
{
    tns_region boxes[BOXES];
    tns_photo_options options = options_for(scene, boxes);
    tns_photo photo[2];
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        tns_error err = {0};
        tns_image *image = as_file(*scene, i == 1, deep);
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo[i], &err), "%s", err.text);
        tns_image_destroy(image);
    }
    for (int k = 0; k < BOXES; k++)
        sum +=
            tns_de00(photo[0].regions[k].reading.color.lab, photo[1].regions[k].reading.color.lab);
    tns_photo_finish(&photo[0]);
    tns_photo_finish(&photo[1]);
    return sum / BOXES;
}

/*
 * Colors drawn in a little, so that sRGB holds them all: only then it is the same picture. A JPEG
 * rounds the chroma of an even box to whole levels, others in each encoding: that alone is 0.2 to
 * 0.6 a box, and 0.35 is the limit in the mean.
 */
START_TEST(the_same_picture_in_display_p3_and_srgb_reads_the_same)
{
    double sum = 0;
    for (uint64_t seed = 300; seed < 302; seed++) {
        render_scene scene = drawn(seed);
        scene.camera.saturation = -0.25;
        scene.camera.shoulder = scene.camera.s_curve = 0;
        scene.camera.read = 3e-3;
        double deep = difference_of_profiles(&scene, true);
        double shallow = difference_of_profiles(&scene, false);
        printf("sRGB and Display P3: 16 bits %.3f, JPEG %.3f dE00\n", deep, shallow);
        ck_assert_msg(deep <= 0.2, "16 bits: %.3f", deep);
        sum += shallow;
    }
    ck_assert_msg(sum / 2 <= 0.35, "JPEG: %.3f", sum / 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("accuracy");
    TCase *tc = tcase_create("accuracy");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, skin_stubble_and_hair_lie_inside_the_stated_uncertainty);
    tcase_add_test(tc, the_same_picture_in_display_p3_and_srgb_reads_the_same);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
