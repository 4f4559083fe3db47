/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "render/sample.h"
#include "support/testing.h"

static const char remedy[] = "run `cmake --build --preset asan --target sample` and commit";

static tns_image *decoded(const void *bytes, size_t size, const char *name)
{
    tns_error err = {0};
    tns_image *image = tns_image_parse(bytes, size, name, &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    return image;
}

/* In linear light, over all pixels and channels. */
static double mean_difference(const tns_image *a, const tns_image *b, int width, int height)
{
    float(*first)[3] = calloc((size_t)width, sizeof *first);
    float(*second)[3] = calloc((size_t)width, sizeof *second);
    ck_assert(first && second);
    double sum = 0;
    for (int y = 0; y < height; y++) {
        tns_image_read(a, 0, y, width, first);
        tns_image_read(b, 0, y, width, second);
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                sum += fabs((double)first[x][c] - (double)second[x][c]);
    }
    free(first);
    free(second);
    return sum / (3.0 * width * height);
}

/*
 * Another libjpeg or another libm may round a few pixels the other way, which moves them by a level
 * or two: 0.0002 of linear light in the mean is far less than any change of the scene.
 */
START_TEST(the_sample_photo_is_what_the_renderer_makes)
{
    render_sample sample;
    tns_error err = {0};
    ck_assert_msg(render_sample_make(&sample, &err), "%s", err.text);
    size_t size = 0, truth_size = 0;
    char *jpeg = project_file("docs/sample/scalp.jpg", &size);
    char *truth = project_file("docs/sample/scalp.json", &truth_size);
    ck_assert_msg(strcmp(truth, sample.truth) == 0, "docs/sample/scalp.json is old: %s", remedy);
    ck_assert_msg(size < 600000, "scalp.jpg has %zu bytes", size);
    if (size != sample.jpeg_size || memcmp(jpeg, sample.jpeg, size) != 0) {
        tns_image *old = decoded(jpeg, size, "docs/sample/scalp.jpg");
        tns_image *new = decoded(sample.jpeg, sample.jpeg_size, "the new scalp.jpg");
        render_scene scene = render_scene_sample();
        double difference = mean_difference(old, new, scene.width, scene.height);
        ck_assert_msg(difference < 2e-4, "docs/sample/scalp.jpg is old: %s", remedy);
        fprintf(stderr, "note: docs/sample/scalp.jpg differs by %.1g in the mean\n", difference);
        tns_image_destroy(old);
        tns_image_destroy(new);
    }
    free(jpeg);
    free(truth);
    render_sample_finish(&sample);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sample");
    TCase *tc = tcase_create("sample");
    tcase_add_test(tc, the_sample_photo_is_what_the_renderer_makes);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
