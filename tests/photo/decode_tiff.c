/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tiff.h>

#include "photo/decode/pixels.h"
#include "photo/files.h"
#include "support/testing.h"

enum { W = 75, H = 43 };

/* One picture in 16 and in 8 bit, and what is read of it, brought to 16 bit. */
static uint16_t words[W * H * 4];
static unsigned char octets[W * H * 4];

static picture paint(int bits, int channels)
{
    for (int i = 0; i < W * H; i++)
        for (int c = 0; c < channels; c++) {
            int at = i * channels + c, x = i % W, y = i / W;
            words[at] = c == 3 ? 65535 : (uint16_t)(40 * x * (c + 1) + 97 * y * (3 - c) + 5000);
            octets[at] = (unsigned char)(words[at] >> 8);
        }
    return (picture){.width = W,
                     .height = H,
                     .channels = channels,
                     .bits = bits,
                     .data = bits == 8 ? (const void *)octets : words};
}

static void check_pixels(const char *label, const tns_image *image, int bits, int channels,
                         int tolerance)
{
    const tns_image_info *info = tns_image_describe(image);
    ck_assert_msg(info->width == W && info->height == H && info->bits == bits, "%s", label);
    ck_assert_str_eq(info->format, "tiff");
    for (int y = 0; y < H; y++) {
        uint16_t code[W][3];
        tns_image_encoded(image, 0, y, W, code);
        for (int i = 0; i < W * 3; i++) {
            int at = (y * W + i / 3) * channels + i % 3;
            int want = bits == 8 ? octets[at] * 257 : words[at];
            CHECK_NEAR(label, code[i / 3][i % 3], want, tolerance);
        }
    }
}

START_TEST(every_common_layout_of_a_tiff_is_read)
{
    static const struct {
        const char *label;
        int bits, channels;
        tiff_kind kind;
        int tolerance;
    } rows[] = {
        {"8 bit", 8, 3, {0}, 0},
        {"16 bit", 16, 3, {0}, 0},
        {"strips", 16, 3, {.rows_per_strip = 7}, 0},
        {"big endian", 16, 3, {.big_endian = true, .rows_per_strip = 5}, 0},
        {"BigTIFF", 16, 3, {.big = true}, 0},
        {"tiles", 8, 3, {.tiled = true}, 0},
        {"tiles of 16 bit", 16, 3, {.tiled = true, .compression = COMPRESSION_LZW}, 0},
        {"planes", 8, 3, {.planar = true, .rows_per_strip = 9}, 0},
        {"planes in tiles", 16, 3, {.planar = true, .tiled = true}, 0},
        {"LZW", 8, 3, {.compression = COMPRESSION_LZW}, 0},
        {"LZW, predicted", 16, 3, {.compression = COMPRESSION_LZW, .predictor = 2}, 0},
        {"Deflate", 16, 3, {.compression = COMPRESSION_ADOBE_DEFLATE, .predictor = 2}, 0},
        {"old Deflate", 8, 3, {.compression = COMPRESSION_DEFLATE}, 0},
        {"PackBits", 8, 3, {.compression = COMPRESSION_PACKBITS, .rows_per_strip = 8}, 0},
        {"Zstandard", 16, 3, {.compression = COMPRESSION_ZSTD}, 0},
        {"LZMA", 8, 3, {.compression = COMPRESSION_LZMA}, 0},
        /* Quantisation of the DCT and chroma of half the resolution: eight code values. */
        {"JPEG, RGB", 8, 3, {.compression = COMPRESSION_JPEG, .rows_per_strip = 16}, 8 * 257},
        {"JPEG, YCbCr",
         8,
         3,
         {.compression = COMPRESSION_JPEG,
          .photometric = PHOTOMETRIC_YCBCR + 1,
          .rows_per_strip = 16},
         8 * 257},
        {"opaque alpha", 8, 4, {.extra = EXTRASAMPLE_UNASSALPHA + 1}, 0},
        {"opaque alpha, premultiplied", 16, 4, {.extra = EXTRASAMPLE_ASSOCALPHA + 1}, 0},
        {"opaque alpha in planes", 16, 4, {.extra = EXTRASAMPLE_ASSOCALPHA + 1, .planar = true}, 0},
        {"a channel for another use", 8, 4, {.extra = EXTRASAMPLE_UNSPECIFIED + 1}, 0},
        {"a thumbnail before it", 8, 3, {.thumbnail = true}, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = paint(rows[i].bits, rows[i].channels);
        bytes file = tiff_of(&p, &rows[i].kind);
        tns_image *image = must_parse(file, rows[i].label);
        check_pixels(rows[i].label, image, rows[i].bits, rows[i].channels, rows[i].tolerance);
        ck_assert_msg(!tns_image_describe(image)->is_linear, "%s", rows[i].label);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(what_is_no_photo_in_a_tiff_is_refused_by_name)
{
    static const struct {
        const char *says;
        int bits, channels;
        tiff_kind kind;
    } rows[] = {
        {"grey TIFF", 8, 1, {.photometric = PHOTOMETRIC_MINISBLACK + 1}},
        {"grey TIFF", 16, 1, {.photometric = PHOTOMETRIC_MINISBLACK + 1}},
        {"grey TIFF", 8, 1, {.photometric = PHOTOMETRIC_MINISWHITE + 1}},
        {"CMYK TIFF", 8, 4, {.photometric = PHOTOMETRIC_SEPARATED + 1}},
        {"palette", 8, 1, {.photometric = PHOTOMETRIC_PALETTE + 1}},
        {"Lab TIFF", 8, 3, {.photometric = PHOTOMETRIC_CIELAB + 1}},
        {"signed", 16, 3, {.format = SAMPLEFORMAT_INT}},
        {"floating-point", 16, 3, {.format = SAMPLEFORMAT_IEEEFP}},
        {"several pages", 8, 3, {.pages = 3}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = paint(rows[i].bits, rows[i].channels);
        bytes file = tiff_of(&p, &rows[i].kind);
        expect_refusal(rows[i].says, file.data, file.length, TNS_ERROR_UNSUPPORTED, rows[i].says);
        free(file.data);
    }
}
END_TEST

START_TEST(alpha_that_hides_something_is_refused)
{
    for (int extra = EXTRASAMPLE_ASSOCALPHA; extra <= EXTRASAMPLE_UNASSALPHA; extra++)
        for (int bits = 8; bits <= 16; bits += 8) {
            picture p = paint(bits, 4);
            words[4 * 1234 + 3] = 65534;
            octets[4 * 1234 + 3] = 254;
            bytes file = tiff_of(&p, &(tiff_kind){.extra = extra + 1});
            expect_refusal("alpha", file.data, file.length, TNS_ERROR_UNSUPPORTED, "transparent");
            free(file.data);
        }
}
END_TEST

START_TEST(a_tiffs_orientation_and_profile_are_read)
{
    picture p = paint(16, 3);
    bytes icc = profile_of("Display P3");
    p.orientation = 6;
    p.icc = &icc;
    bytes file = tiff_of(&p, &(tiff_kind){.compression = COMPRESSION_LZW});
    tns_image *image = must_parse(file, "turned");
    const tns_image_info *info = tns_image_describe(image);
    ck_assert(info->width == H && info->height == W && info->orientation == 6);
    ck_assert(info->profile[0] != '\0' && info->warnings.count == 0);
    uint16_t code[1][3];
    tns_image_encoded(image, 0, 0, 1, code); /* the stored lower left corner */
    ck_assert_uint_eq(code[0][0], words[3 * (H - 1) * W]);
    tns_image_destroy(image);
    free(file.data);
    free(icc.data);
}
END_TEST

START_TEST(display_p3_and_srgb_in_16_bit_agree)
{
    picture p = paint(16, 3), q = p;
    static uint16_t p3[W * H * 3];
    bytes icc = profile_of("Display P3");
    to_p3(words, p3, W * H);
    q.data = p3;
    q.icc = &icc;
    bytes file_p = tiff_of(&p, &(tiff_kind){0}), file_q = tiff_of(&q, &(tiff_kind){0});
    tns_image *a = must_parse(file_p, "sRGB"), *b = must_parse(file_q, "P3");
    for (int y = 0; y < H; y += 6) {
        float rgb_a[W][3], rgb_b[W][3];
        tns_image_read(a, 0, y, W, rgb_a);
        tns_image_read(b, 0, y, W, rgb_b);
        for (int x = 0; x < W; x++) {
            double da[3] = {rgb_a[x][0], rgb_a[x][1], rgb_a[x][2]};
            double db[3] = {rgb_b[x][0], rgb_b[x][1], rgb_b[x][2]};
            CHECK_NEAR("P3 against sRGB, dE00", de00_between(da, db), 0, 0.02);
        }
    }
    tns_image_destroy(a);
    tns_image_destroy(b);
    free(file_p.data);
    free(file_q.data);
    free(icc.data);
}
END_TEST

/* Overwrites the value of a tag of the first directory, of a little-endian file. */
static void set_tag(bytes file, uint32_t tag, uint32_t value)
{
    const unsigned char *d = file.data;
    size_t at = d[4] | (size_t)d[5] << 8 | (size_t)d[6] << 16;
    for (size_t n = d[at] | (size_t)d[at + 1] << 8, i = 0; i < n; i++) {
        unsigned char *entry = file.data + at + 2 + 12 * i;
        if ((entry[0] | (uint32_t)entry[1] << 8) == tag) {
            put_le(entry + 2, 4, 2);
            put_le(entry + 8, value, 4);
        }
    }
}

START_TEST(absurd_sizes_are_refused_before_memory_is_asked_for)
{
    static const struct {
        const char *label;
        uint32_t tag, value, tag2, value2;
        tns_code code;
        const char *says;
    } rows[] = {
        {"wide and high", 256, 100000, 257, 100000, TNS_ERROR_MEMORY, "200 million"},
        {"four thousand million wide", 256, 0xFFFFFFFF, 257, 43, TNS_ERROR_FORMAT, "4294967295"},
        {"nothing high", 256, 75, 257, 0, TNS_ERROR_FORMAT, "broken TIFF"},
        {"more than the file holds", 256, 10000, 257, 10000, TNS_ERROR_FORMAT, "broken TIFF"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = paint(8, 3);
        bytes file = tiff_of(&p, &(tiff_kind){0});
        set_tag(file, rows[i].tag, rows[i].value);
        set_tag(file, rows[i].tag2, rows[i].value2);
        if (rows[i].value2 > 0)
            set_tag(file, 278, rows[i].value2); /* one strip still */
        expect_refusal(rows[i].label, file.data, file.length, rows[i].code, rows[i].says);
        free(file.data);
    }
}
END_TEST

START_TEST(huge_tiles_are_refused)
{
    picture p = paint(8, 3);
    bytes file = tiff_of(&p, &(tiff_kind){.tiled = true});
    set_tag(file, 322, 0x40000000);
    set_tag(file, 323, 0x40000000);
    tns_error err = {0};
    ck_assert(tns_image_parse(file.data, file.length, "tiles", &err) == NULL);
    ck_assert_msg(err.code == TNS_ERROR_MEMORY || err.code == TNS_ERROR_FORMAT, "%s", err.text);
    free(file.data);
}
END_TEST

START_TEST(broken_tiffs_do_no_harm)
{
    static const tiff_kind kinds[] = {{0},
                                      {.compression = COMPRESSION_LZW, .predictor = 2},
                                      {.compression = COMPRESSION_ADOBE_DEFLATE, .tiled = true},
                                      {.compression = COMPRESSION_PACKBITS, .planar = true},
                                      {.compression = COMPRESSION_JPEG, .rows_per_strip = 16},
                                      {.big = true}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        picture p = paint(8, 3);
        bytes file = tiff_of(&p, &kinds[i]);
        expect_no_harm("tiff", file, file.length - 8); /* its directory stands last, ending in 0 */
        free(file.data);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_tiff");
    TCase *tc = tcase_create("decode_tiff");
    tcase_add_test(tc, every_common_layout_of_a_tiff_is_read);
    tcase_add_test(tc, what_is_no_photo_in_a_tiff_is_refused_by_name);
    tcase_add_test(tc, alpha_that_hides_something_is_refused);
    tcase_add_test(tc, a_tiffs_orientation_and_profile_are_read);
    tcase_add_test(tc, display_p3_and_srgb_in_16_bit_agree);
    tcase_add_test(tc, absurd_sizes_are_refused_before_memory_is_asked_for);
    tcase_add_test(tc, huge_tiles_are_refused);
    tcase_add_test(tc, broken_tiffs_do_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
