/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real photos: every chart is found in its place, and nothing else is taken for one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "photo/find/find.h"
#include "support/testing.h"

/* One of the chart's own photos, and what is to come of it. */
static const struct {
    const char *file;
    bool has_chart;
    const char *says; /* when refused */
} rows[] = {
    {"arcu__color_checker__1_.jpg", true, ""},
    {"arcu__color_checker__2_.jpg", true, ""},
    {"arcu__color_checker__3_.jpg", true, ""},
    {"arcu__color_checker__6_.jpg", true, ""},
    {"arcu__color_checker_mini__1_.jpg", true, ""},
    {"arcu__color_checker_mini__4_.jpg", true, ""},
    {"arcu__normal_example.jpg", false, "no chart found"},
    {"collinsui__Blank.JPG", false, "no chart found"},
    {"collinsui__ColorCard_Big.JPG", true, ""},
    {"darsia__baseline.jpg", true, ""},
    {"jarrelscy__IMG_20140613_203444.jpg", true, ""},
    {"jarrelscy__IMG_20140613_203518.jpg", true, ""},
    {"plantcv__camera-trax.png", false, "greys are not of one hue"},
    {"plantcv__classic.png", true, ""},
    {"plantcv__partial_card_rgb.png", true, ""},
    {"qiu__passport.jpg", true, ""},
};

enum { ROWS = sizeof rows / sizeof *rows };

static void true_corners(const tns_json *json, const char *file, tns_point corners[4])
{
    tns_json_at root = tns_json_root(json, "ground_truth.json");
    tns_json_at photo = tns_json_member(&root, file);
    tns_json_at list = tns_json_member(&photo, "corner_patch_centres");
    for (size_t i = 0; i < 4; i++) {
        tns_json_at point = tns_json_item(&list, i);
        tns_json_at x = tns_json_item(&point, 0), y = tns_json_item(&point, 1);
        ck_assert(tns_json_number(&x, 0, 1e5, &corners[i].x, NULL) &&
                  tns_json_number(&y, 0, 1e5, &corners[i].y, NULL));
    }
}

static int by_value(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

/* Adds the four corners' distances from the truth, in pitches. */
static void measure(const tns_found_chart *found, const tns_point truth[4], const char *file,
                    double *error)
{
    double pitch = hypot(truth[1].x - truth[0].x, truth[1].y - truth[0].y) / 5;
    for (int i = 0; i < 4; i++) {
        error[i] =
            hypot(found->corners[i].x - truth[i].x, found->corners[i].y - truth[i].y) / pitch;
        ck_assert_msg(error[i] < 0.25, "%s: corner %d is off by %.2f", file, i, error[i]);
    }
}

START_TEST(every_chart_is_found_in_its_place_and_nothing_else_is_taken_for_one)
{
    const char *path = shared_file("photos/ground_truth.json");
    if (!path)
        return;
    size_t length;
    char *text = tns_file_read(path, 1 << 20, &length, NULL);
    tns_json *json = tns_json_parse(text, length, path, NULL);
    ck_assert(json != NULL);
    double error[4 * ROWS];
    size_t n = 0;
    for (size_t i = 0; i < ROWS; i++) {
        char name[200];
        tns_point truth[4];
        tns_found_chart found;
        snprintf(name, sizeof name, "photos/%s", rows[i].file);
        path = shared_file(name);
        tns_image *image = path ? tns_image_load(path, NULL) : NULL;
        if (!image)
            continue;
        ck_assert(tns_find_chart(image, NULL, TNS_EDITION_AUTO, NULL, &found, NULL));
        tns_image_destroy(image);
        printf("%-36s %2d agree, score %.2f against %.2f, %d edged %s\n", rows[i].file,
               found.agreeing, found.score, found.rival, found.edged, found.reason);
        ck_assert_msg((found.reason[0] == '\0') == rows[i].has_chart, "%s: %s", rows[i].file,
                      found.reason);
        ck_assert_msg(strstr(found.reason, rows[i].says) != NULL, "%s: %s", rows[i].file,
                      found.reason);
        if (!rows[i].has_chart)
            continue;
        true_corners(json, rows[i].file, truth);
        measure(&found, truth, rows[i].file, error + n);
        n += 4;
    }
    if (n > 0) {
        qsort(error, n, sizeof *error, by_value);
        printf("corner error: median %.3f, p95 %.3f pitches\n", error[n / 2], error[n * 95 / 100]);
        ck_assert(error[n / 2] < 0.03 && error[n * 95 / 100] < 0.08);
    }
    tns_json_destroy(json);
    free(text);
}
END_TEST

int main(void)
{
    if (!shared_file("photos/ground_truth.json"))
        return EXIT_SKIPPED;
    Suite *suite = suite_create("find_real");
    TCase *tc = tcase_create("find_real");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, every_chart_is_found_in_its_place_and_nothing_else_is_taken_for_one);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
