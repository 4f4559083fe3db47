/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a PNG's chunks say, and what they may not make the reader do. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "photo/files.h"
#include "support/testing.h"

enum { W = 8, H = 8, GREY = 128, HEAD = 8 + 25 };

static void put_be(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* Of a chunk whose type and data stand here, behind them: PNG, annex D. */
static void put_crc(unsigned char *type, unsigned size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (const unsigned char *b = type; b < type + 4 + size; b++) {
        crc ^= *b;
        for (int i = 0; i < 8; i++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    put_be(type + 4 + size, ~crc);
}

/* A chunk of a PNG, put behind its head; libpng passes over those it does not know. */
static bytes with_chunk(bytes png, const char *type, const char *data, unsigned size)
{
    bytes out = {malloc(png.length + 12 + size), png.length + 12 + size};
    unsigned char *at = out.data + HEAD;
    memcpy(out.data, png.data, HEAD);
    put_be(at, size);
    memcpy(at + 4, type, 4);
    memcpy(at + 8, data, size);
    put_crc(at + 4, size);
    memcpy(at + 12 + size, png.data + HEAD, png.length - HEAD);
    return out;
}

static bytes grey_png(void)
{
    unsigned char rgb[W * H * 3];
    memset(rgb, GREY, sizeof rgb);
    picture p = {.width = W, .height = H, .channels = 3, .bits = 8, .data = rgb};
    return png_of(&p);
}

START_TEST(chunks_that_libpng_does_not_know_count)
{
    static const struct {
        const char *label, *type, *data;
        unsigned size;
        const char *refused, *profile;
    } rows[] = {
        {"animation", "acTL", "\0\0\0\3\0\0\0\0", 8, "animated PNG", NULL},
        {"Display P3", "cICP", "\x0C\x0D\0\1", 4, NULL, "Display P3"},
        {"sRGB", "cICP", "\1\x0D\0\1", 4, NULL, "sRGB"},
        {"neither said", "cICP", "\2\2\0\1", 4, NULL, ""},
        {"narrow range", "cICP", "\1\x0D\0\0", 4, "range", NULL},
        {"a matrix", "cICP", "\1\x0D\1\1", 4, "matrix", NULL},
        {"PQ", "cICP", "\x09\x10\0\1", 4, "HDR", NULL},
        {"some other chunk", "teSt", "\0", 1, NULL, ""},
    };
    bytes plain = grey_png();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bytes file = with_chunk(plain, rows[i].type, rows[i].data, rows[i].size);
        if (rows[i].refused) {
            expect_refusal(rows[i].label, file.data, file.length, TNS_ERROR_UNSUPPORTED,
                           rows[i].refused);
        } else {
            tns_image *image = must_parse(file, rows[i].label);
            ck_assert_str_eq(tns_image_describe(image)->profile, rows[i].profile);
            tns_image_destroy(image);
        }
        free(file.data);
    }
    free(plain.data);
}
END_TEST

/* PNG, third edition, 11.3.2.2: light = code ^ (1 / gAMA); no cHRM means sRGB's primaries here. */
START_TEST(a_gamma_alone_is_not_passed_over)
{
    static const struct {
        const char *label, *gama, *profile;
        double light;
    } rows[] = {
        {"linear", "\0\1\x86\xA0", "PNG gAMA", GREY / 255.0},
        {"1 / 1.8", "\0\0\xD9\x03", "PNG gAMA", 0.28919},   /* (128/255)^1.8 */
        {"as sRGB writes it", "\0\0\xB1\x8F", "", 0.21586}, /* IEC 61966-2-1 of 128 */
    };
    bytes plain = grey_png();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bytes file = with_chunk(plain, "gAMA", rows[i].gama, 4);
        tns_image *image = must_parse(file, rows[i].label);
        float rgb[1][3];
        tns_image_read(image, 1, 1, 1, rgb);
        ck_assert_str_eq(tns_image_describe(image)->profile, rows[i].profile);
        for (int c = 0; c < 3; c++)
            CHECK_NEAR(rows[i].label, rgb[0][c], rows[i].light, 1e-4);
        tns_image_destroy(image);
        free(file.data);
    }
    free(plain.data);
}
END_TEST

START_TEST(a_size_that_the_bytes_cannot_hold_is_refused_at_once)
{
    static const struct {
        const char *label;
        uint32_t width, height;
        tns_code code;
        const char *says;
    } rows[] = {
        {"wide", 200000000, 1, TNS_ERROR_FORMAT, "200000000 x 1 pixels in"},
        {"high", 1, 200000000, TNS_ERROR_FORMAT, "1 x 200000000 pixels in"},
        {"too many pixels", 20000, 20000, TNS_ERROR_MEMORY, "200 million"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bytes file = grey_png();
        put_be(file.data + 16, rows[i].width);
        put_be(file.data + 20, rows[i].height);
        put_crc(file.data + 12, 13);
        expect_refusal(rows[i].label, file.data, file.length, rows[i].code, rows[i].says);
        free(file.data);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_png");
    TCase *tc = tcase_create("decode_png");
    tcase_add_test(tc, chunks_that_libpng_does_not_know_count);
    tcase_add_test(tc, a_gamma_alone_is_not_passed_over);
    tcase_add_test(tc, a_size_that_the_bytes_cannot_hold_is_refused_at_once);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
