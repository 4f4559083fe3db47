/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "photo/pictures.h"
#include "support/testing.h"

enum { WIDTH = 60, HEIGHT = 40 };

/* Left half one color, right half another. */
static void two_halves(uint8_t rgb[HEIGHT][WIDTH][3], const uint8_t left[3], const uint8_t right[3])
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            memcpy(rgb[y][x], x < WIDTH / 2 ? left : right, 3);
}

static tns_image *image_of(const picture *p)
{
    tns_error err = {0};
    bytes file = jpeg_of(p, 100);
    tns_image *image = tns_image_parse(file.data, file.length, "p.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    return image;
}

static bool holds(const tns_preview *preview, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= preview->length; i++)
        if (memcmp(preview->bytes + i, word, n) == 0)
            return true;
    return false;
}

/* What is seen at a place of the preview, read back. */
static void check_pixel(const char *label, const tns_preview *preview, int x, int y,
                        const double linear[3])
{
    tns_error err = {0};
    float rgb[1][3];
    tns_image *small = tns_image_parse(preview->bytes, preview->length, "preview", &err);
    ck_assert_msg(small != NULL, "%s: %s", label, err.text);
    tns_image_read(small, x, y, 1, rgb);
    for (int c = 0; c < 3; c++) /* two codes of 255 at the brightest, by twice JPEG */
        CHECK_NEAR(label, rgb[0][c], linear[c], 0.02);
    tns_image_destroy(small);
}

static void linear_at(const tns_image *image, int x, int y, double out[3])
{
    float rgb[1][3];
    tns_image_read(image, x, y, 1, rgb);
    for (int c = 0; c < 3; c++)
        out[c] = rgb[0][c];
}

START_TEST(a_preview_shows_the_picture_and_carries_nothing_else)
{
    static uint8_t rgb[HEIGHT][WIDTH][3];
    bytes p3 = profile_of("Display P3");
    const struct {
        const char *label;
        int side, orientation, width, height;
        const bytes *icc;
    } rows[] = {
        {"as it is", 100, 1, 60, 40, NULL},     {"half", 30, 1, 30, 20, NULL},
        {"no whole part", 37, 1, 37, 25, NULL}, {"turned", 30, 6, 20, 30, NULL},
        {"one pixel", 1, 1, 1, 1, NULL},        {"Display P3", 30, 1, 30, 20, &p3},
    };
    two_halves(rgb, (const uint8_t[3]){180, 120, 100}, (const uint8_t[3]){40, 60, 90});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = {.width = WIDTH,
                     .height = HEIGHT,
                     .channels = 3,
                     .bits = 8,
                     .data = rgb,
                     .orientation = rows[i].orientation,
                     .icc = rows[i].icc};
        tns_image *image = image_of(&p);
        const tns_image_info *info = tns_image_describe(image);
        tns_preview preview;
        ck_assert(tns_image_preview(image, rows[i].side, &preview, NULL));
        ck_assert_msg(preview.width == rows[i].width && preview.height == rows[i].height,
                      "%s: %d x %d", rows[i].label, preview.width, preview.height);
        ck_assert(!holds(&preview, "Exif") && !holds(&preview, "ICC_PROFILE"));
        double truth[3];
        if (preview.width > 1) {
            linear_at(image, info->width / 8, info->height / 8, truth);
            check_pixel(rows[i].label, &preview, preview.width / 8, preview.height / 8, truth);
            linear_at(image, info->width - 4, info->height - 4, truth);
            check_pixel(rows[i].label, &preview, preview.width - 2, preview.height - 2, truth);
        }
        tns_preview_finish(&preview);
        tns_image_destroy(image);
    }
    free(p3.data);
}
END_TEST

/* Black and white lines become the grey of half the light (188 of sRGB), not of half the code. */
START_TEST(light_is_averaged)
{
    static uint8_t rgb[HEIGHT][WIDTH][3];
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            memset(rgb[y][x], y % 2 ? 255 : 0, 3);
    picture p = {.width = WIDTH, .height = HEIGHT, .channels = 3, .bits = 8, .data = rgb};
    bytes file = png_of(&p);
    tns_image *image = tns_image_parse(file.data, file.length, "p.png", NULL);
    tns_preview preview;
    ck_assert(image && tns_image_preview(image, WIDTH / 2, &preview, NULL));
    check_pixel("grey", &preview, 10, 10, (const double[3]){0.5, 0.5, 0.5});
    tns_preview_finish(&preview);
    tns_image_destroy(image);
    free(file.data);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("preview");
    TCase *tc = tcase_create("preview");
    tcase_add_test(tc, a_preview_shows_the_picture_and_carries_nothing_else);
    tcase_add_test(tc, light_is_averaged);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
