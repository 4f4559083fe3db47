/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/files.h"
#include "support/testing.h"

enum { W = 96, H = 64, BLACK = 512, WHITE = 16383 };

/* Four flat quarters, linear sRGB: dark, skin / deep blue / a red that only a wide space holds. */
static const double quarter[4][3] = {
    {0.02, 0.018, 0.015}, {0.60, 0.36, 0.27}, {0.02, 0.05, 0.30}, {0.70, -0.03, 0.02}};

/* XYZ to linear sRGB (IEC 61966-2-1), and what some sensor makes of it: rows of sums 1 in sRGB. */
static const double from_xyz[3][3] = {{3.2404542, -1.5371385, -0.4985314},
                                      {-0.9692660, 1.8760108, 0.0415560},
                                      {0.0556434, -0.2040259, 1.0572252}};
static const double mixing[3][3] = {{0.75, 0.20, 0.05}, {0.15, 0.75, 0.10}, {0.05, 0.25, 0.70}};
static const double neutral[3] = {0.50, 1.0, 0.625};

static dng_kind sensor(bool is_bayer)
{
    dng_kind kind = {.is_bayer = is_bayer, .black = BLACK, .white = WHITE};
    for (int i = 0; i < 3; i++) {
        kind.neutral[i] = neutral[i];
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                kind.matrix[3 * i + j] += neutral[i] * mixing[i][k] * from_xyz[k][j];
    }
    return kind;
}

static uint16_t scene[W * H][3];

static picture expose(double exposure)
{
    for (int i = 0; i < W * H; i++) {
        const double *light = quarter[(i / W >= H / 2) * 2 + (i % W >= W / 2)];
        for (int c = 0; c < 3; c++) {
            double level = 0;
            for (int k = 0; k < 3; k++)
                level += neutral[c] * mixing[c][k] * light[k];
            double code = BLACK + exposure * level * (WHITE - BLACK);
            scene[i][c] = (uint16_t)fmin(lround(code), WHITE);
        }
    }
    return (picture){.width = W, .height = H, .channels = 3, .bits = 16, .data = scene};
}

/* As in the head of photo/decode/raw.c. */
static void wide_light(const double light[3], double out[3])
{
    static const double m[3][3] = {
        {0.6274, 0.3293, 0.0433}, {0.0691, 0.9195, 0.0114}, {0.0164, 0.0880, 0.8956}};
    for (int i = 0; i < 3; i++)
        out[i] = m[i][0] * light[0] + m[i][1] * light[1] + m[i][2] * light[2];
}

static void check_quarters(const char *label, const tns_image *image, double exposure)
{
    for (int q = 0; q < 4; q++) {
        float rgb[1][3];
        double want[3];
        tns_image_read(image, W / 4 + q % 2 * W / 2, H / 4 + q / 2 * H / 2, 1, rgb);
        wide_light(quarter[q], want);
        /* Steps of the sensor (1/15871), undone mixing, four decimals of BT.2087. */
        for (int c = 0; c < 3; c++)
            CHECK_NEAR(label, rgb[0][c], exposure * want[c], 4e-4);
    }
}

START_TEST(a_dng_gives_the_scenes_light_linear_and_white_balanced)
{
    static const struct {
        const char *label;
        bool is_bayer;
        double exposure;
    } rows[] = {{"linear DNG", false, 1},
                {"linear DNG, half the light", false, 0.5},
                {"Bayer DNG", true, 1},
                {"Bayer DNG, a quarter of the light", true, 0.25}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = expose(rows[i].exposure);
        dng_kind kind = sensor(rows[i].is_bayer);
        bytes file = dng_of(&p, &kind);
        tns_image *image = must_parse(file, rows[i].label);
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_msg(info->width == W && info->height == H, "%s", rows[i].label);
        ck_assert(info->is_linear && info->bits == 16);
        ck_assert_str_eq(info->format, "raw");
        ck_assert_str_eq(info->profile, "camera matrix");
        ck_assert_msg(info->warnings.count == 0, "%s: %s", rows[i].label, info->warnings.text[0]);
        check_quarters(rows[i].label, image, rows[i].exposure);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

/* 253/255 of sRGB's curve is 0.982 of the sensor; 1/255 is a part in 3300 of it. */
START_TEST(only_what_the_sensor_could_not_hold_counts_as_clipped)
{
    static const struct {
        double exposure;
        bool is_clipped[4];
    } rows[] = {{1, {false, false, false, false}},
                {2, {false, true, false, true}}, /* the red of two quarters is over 1 */
                {0.1, {false, false, false, false}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = expose(rows[i].exposure);
        dng_kind kind = sensor(false);
        bytes file = dng_of(&p, &kind);
        tns_image *image = must_parse(file, "exposed");
        for (int q = 0; q < 4; q++) {
            uint16_t code[1][3];
            tns_image_encoded(image, W / 4 + q % 2 * W / 2, H / 4 + q / 2 * H / 2, 1, code);
            ck_assert_msg(tns_code_is_clipped(code[0]) == rows[i].is_clipped[q],
                          "exposure %g, quarter %d: %d %d %d", rows[i].exposure, q, code[0][0],
                          code[0][1], code[0][2]);
        }
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(a_dng_is_shown_as_it_was_held)
{
    for (int orientation = 1; orientation <= 8; orientation++) {
        picture p = expose(1);
        p.orientation = orientation;
        dng_kind kind = sensor(false);
        bytes file = dng_of(&p, &kind);
        tns_image *image = must_parse(file, "held");
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_int_eq(info->orientation, orientation);
        ck_assert(info->width == (orientation >= 5 ? H : W));
        /* Which quarter, as stored, is shown at the upper left (EXIF 2.32, tag 274). */
        static const int upper_left[9] = {0, 0, 1, 3, 2, 0, 2, 3, 1};
        float rgb[1][3];
        double want[3];
        tns_image_read(image, 10, 10, 1, rgb);
        wide_light(quarter[upper_left[orientation]], want);
        for (int c = 0; c < 3; c++)
            CHECK_NEAR("upper left", rgb[0][c], want[c], 4e-4);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(a_raw_file_that_cannot_be_is_refused)
{
    static const struct {
        const char *label;
        uint32_t width, height;
        tns_code code;
        const char *says;
    } rows[] = {{"a bomb", 60000, 60000, TNS_ERROR_FORMAT, "in"},
                {"nothing", 0, H, TNS_ERROR_FORMAT, "x.jpg"},
                {"more rows than data", W, 6 * H, TNS_ERROR_FORMAT, "damaged"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = expose(1);
        dng_kind kind = sensor(true);
        bytes file = dng_of(&p, &kind);
        put_le(file.data + 10 + 12 + 8, rows[i].width, 4);
        put_le(file.data + 10 + 24 + 8, rows[i].height, 4);
        tns_error err = {0};
        ck_assert_msg(!tns_image_parse(file.data, file.length, "x.jpg", &err), "%s", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_FORMAT || err.code == TNS_ERROR_UNSUPPORTED, "%s: %s",
                      rows[i].label, err.text);
        free(file.data);
    }
    expect_refusal("a RAF of nothing", "FUJIFILMCCD-RAW 0201............", 32, TNS_ERROR_FORMAT,
                   "broken camera raw");
}
END_TEST

START_TEST(broken_raw_files_do_no_harm)
{
    for (int is_bayer = 0; is_bayer < 2; is_bayer++) {
        picture p = expose(1);
        dng_kind kind = sensor(is_bayer);
        bytes file = dng_of(&p, &kind);
        expect_no_harm("dng", file, file.length);
        free(file.data);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_raw");
    TCase *tc = tcase_create("decode_raw");
    tcase_add_test(tc, a_dng_gives_the_scenes_light_linear_and_white_balanced);
    tcase_add_test(tc, only_what_the_sensor_could_not_hold_counts_as_clipped);
    tcase_add_test(tc, a_dng_is_shown_as_it_was_held);
    tcase_add_test(tc, a_raw_file_that_cannot_be_is_refused);
    tcase_add_test(tc, broken_raw_files_do_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
