/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/decode/reduce.h"
#include "photo/pictures.h"
#include "support/testing.h"

enum { W = 97, H = 61 };

static tns_image *stored_picture(int orientation, int bits)
{
    static uint16_t words[W * H * 3];
    static uint8_t bytes_of[W * H * 3];
    for (unsigned i = 0; i < W * H * 3; i++) {
        words[i] = (uint16_t)(i * 2654435761u >> 13);
        bytes_of[i] = (uint8_t)(words[i] >> 8);
    }
    picture p = {.width = W, .height = H, .channels = 3, .bits = bits, .orientation = orientation};
    p.data = bits == 8 ? (const void *)bytes_of : words;
    bytes file = png_of(&p);
    tns_error err = {0};
    tns_image *image = tns_image_parse(file.data, file.length, "picture", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    return image;
}

/* Pixel by pixel, as shown. */
static int mean_of(const tns_image *image, int x, int y, int factor, int channel)
{
    long sum = 0, area = (long)factor * factor;
    for (int j = 0; j < factor; j++)
        for (int i = 0; i < factor; i++) {
            uint16_t code[1][3];
            tns_image_encoded(image, x + i, y + j, 1, code);
            sum += code[0][channel] >> 8;
        }
    return (int)((sum + area / 2) / area);
}

static void check_window(const tns_image *image, tns_window window, int factor)
{
    int width = window.width / factor, height = window.height / factor;
    size_t n = (size_t)width * (size_t)height;
    uint8_t(*rgb)[3] = calloc(n + 1, sizeof *rgb);
    ck_assert(tns_image_reduce(image, window, factor, rgb));
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < 3; c++) {
            int x = window.x + (int)(i % (size_t)width) * factor;
            int y = window.y + (int)(i / (size_t)width) * factor;
            int want = mean_of(image, x, y, factor, c);
            ck_assert_msg(rgb[i][c] == want,
                          "orientation %d, factor %d, window at %d,%d: %d, not %d",
                          tns_image_describe(image)->orientation, factor, window.x, window.y,
                          rgb[i][c], want);
        }
    ck_assert(rgb[n][0] == 0 && rgb[n][1] == 0 && rgb[n][2] == 0);
    free(rgb);
}

START_TEST(a_reduced_window_is_the_mean_of_each_square_as_shown)
{
    for (int orientation = 1; orientation <= 8; orientation++)
        for (int bits = 8; bits <= 16; bits += 8) {
            tns_image *image = stored_picture(orientation, bits);
            const tns_image_info *info = tns_image_describe(image);
            tns_window whole = {0, 0, info->width, info->height};
            tns_window inner = {5, 9, 31, 40}, edge = {info->width - 7, info->height - 11, 7, 11};
            static const int factors[] = {1, 2, 3, 7, 13};
            for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
                check_window(image, whole, factors[i]);
                check_window(image, inner, factors[i]);
                check_window(image, edge, factors[i]);
            }
            tns_image_destroy(image);
        }
}
END_TEST

START_TEST(division_by_a_product_never_misses)
{
    uint8_t light[W * H * 3];
    for (int level = 0; level < 256; level += 51) {
        memset(light, level, sizeof light);
        for (size_t i = 0; i < sizeof light; i += 2) /* halves, the hardest to round */
            light[i] = (uint8_t)(level < 255 ? level + 1 : 255);
        picture p = {.width = W, .height = H, .channels = 3, .bits = 8, .data = light};
        bytes file = png_of(&p);
        tns_error err = {0};
        tns_image *image = tns_image_parse(file.data, file.length, "picture", &err);
        ck_assert(image != NULL);
        for (int factor = 1; factor <= TNS_REDUCE_MOST; factor += factor < 8 ? 1 : 13)
            check_window(image, (tns_window){0, 0, W, H}, factor);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_reduce");
    TCase *tc = tcase_create("decode_reduce");
    tcase_add_test(tc, a_reduced_window_is_the_mean_of_each_square_as_shown);
    tcase_add_test(tc, division_by_a_product_never_misses);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
