/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "photo/decode/pixels.h"
#include "photo/files.h"
#include "support/testing.h"

enum { W = 48, H = 32 };

/* Four flat quarters, as shown: red, green / blue, white. */
static const unsigned char quarter[4][3] = {
    {200, 30, 40}, {30, 180, 60}, {40, 50, 190}, {230, 230, 230}};

static void paint(unsigned char *rgb, int width, int height)
{
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            memcpy(rgb + 3 * (y * width + x), quarter[(y >= height / 2) * 2 + (x >= width / 2)], 3);
}

static void check_quarters(const char *label, const tns_image *image, double tolerance)
{
    const tns_image_info *info = tns_image_describe(image);
    for (int q = 0; q < 4; q++) {
        float rgb[1][3];
        double want[3];
        int x = info->width / 4 + (q % 2) * info->width / 2;
        int y = info->height / 4 + (q / 2) * info->height / 2;
        tns_image_read(image, x, y, 1, rgb);
        const double code[3] = {quarter[q][0] / 255.0, quarter[q][1] / 255.0,
                                quarter[q][2] / 255.0};
        expected_linear(code, want);
        for (int c = 0; c < 3; c++)
            CHECK_NEAR(label, rgb[0][c], want[c], tolerance);
    }
}

START_TEST(jpeg_and_png_give_linear_bt2020_light)
{
    unsigned char rgb[W * H * 3];
    paint(rgb, W, H);
    static const struct {
        const char *label;
        bool jpeg, progressive;
        double tolerance;
    } rows[] = {
        {"jpeg", true, false, 0.02}, /* quantisation of the DCT, two code values */
        {"progressive jpeg", true, true, 0.02},
        {"png", false, false, 2e-4}, /* BT.2087 gives four decimals */
        {"interlaced png", false, true, 2e-4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = {W, H, 3, 8, rgb, 0, 0, NULL, rows[i].progressive};
        bytes file = rows[i].jpeg ? jpeg_of(&p, 98) : png_of(&p);
        tns_image *image = must_parse(file, rows[i].label);
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_str_eq(info->format, rows[i].jpeg ? "jpeg" : "png");
        ck_assert(info->width == W && info->height == H && info->orientation == 1);
        ck_assert_msg(info->warnings.count == 1 && strstr(info->warnings.text[0], "sRGB"),
                      "%s: untagged is said", rows[i].label);
        check_quarters(rows[i].label, image, rows[i].tolerance);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

/* The stored picture for each orientation: where the shown pixel (x, y) is kept (EXIF 2.32). */
static void store(int orientation, const unsigned char *shown, unsigned char *stored)
{
    int width = orientation >= 5 ? H : W, height = orientation >= 5 ? W : H;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int row = orientation >= 5 ? x : y, column = orientation >= 5 ? y : x;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                row = height - 1 - row;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                column = width - 1 - column;
            memcpy(stored + 3 * (row * width + column), shown + 3 * (y * W + x), 3);
        }
}

START_TEST(every_exif_orientation_is_shown_upright)
{
    unsigned char shown[W * H * 3], stored[W * H * 3];
    for (int i = 0; i < W * H * 3; i++)
        shown[i] = (unsigned char)(i * 31 % 251);
    for (int orientation = 1; orientation <= 8; orientation++) {
        store(orientation, shown, stored);
        bool turned = orientation >= 5;
        picture p = {turned ? H : W, turned ? W : H, 3, 8, stored, orientation, 0, NULL, false};
        bytes file = png_of(&p);
        tns_image *image = must_parse(file, "png with eXIf");
        ck_assert(tns_image_describe(image)->width == W && tns_image_describe(image)->height == H);
        ck_assert_int_eq(tns_image_describe(image)->orientation, orientation);
        for (int y = 0; y < H; y++) {
            uint16_t code[W][3];
            tns_image_encoded(image, 0, y, W, code);
            for (int i = 0; i < W * 3; i++)
                ck_assert_msg(code[i / 3][i % 3] == shown[3 * y * W + i] * 257,
                              "orientation %d, row %d", orientation, y);
        }
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(a_jpegs_orientation_and_color_space_are_read)
{
    unsigned char shown[W * H * 3], stored[W * H * 3];
    paint(shown, W, H);
    static const struct {
        int orientation, color_space;
        const char *profile, *warning;
    } rows[] = {{6, 1, "sRGB", NULL}, {8, 65535, "", "not sRGB"}, {3, 0, "", "no color profile"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        store(rows[i].orientation, shown, stored);
        bool turned = rows[i].orientation >= 5;
        picture p = {.width = turned ? H : W,
                     .height = turned ? W : H,
                     .channels = 3,
                     .bits = 8,
                     .data = stored,
                     .orientation = rows[i].orientation,
                     .color_space = rows[i].color_space};
        bytes file = jpeg_of(&p, 98);
        tns_image *image = must_parse(file, "jpeg with EXIF");
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_str_eq(info->profile, rows[i].profile);
        ck_assert_uint_eq(info->warnings.count, rows[i].warning ? 1 : 0);
        if (rows[i].warning)
            ck_assert(strstr(info->warnings.text[0], rows[i].warning) != NULL);
        check_quarters("jpeg with EXIF", image, 0.02);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(the_same_picture_in_display_p3_and_srgb_has_the_same_colors)
{
    enum { N = 64 };
    uint16_t srgb[N * 3], p3[N * 3];
    for (int i = 0; i < N * 3; i++)
        srgb[i] = (uint16_t)(3000 + i / 3 * (i % 3 + 1) * 977 % 60000);
    to_p3(srgb, p3, N);
    bytes icc = profile_of("Display P3");
    picture a = {.width = N, .height = 1, .channels = 3, .bits = 16, .data = srgb};
    picture b = {.width = N, .height = 1, .channels = 3, .bits = 16, .data = p3, .icc = &icc};
    bytes file_a = png_of(&a), file_b = png_of(&b);
    tns_image *image_a = must_parse(file_a, "sRGB"), *image_b = must_parse(file_b, "P3");
    ck_assert_int_eq(tns_image_describe(image_b)->bits, 16);
    ck_assert(tns_image_describe(image_b)->profile[0] != '\0');
    ck_assert_uint_eq(tns_image_describe(image_b)->warnings.count, 0);
    float rgb_a[N][3], rgb_b[N][3];
    tns_image_read(image_a, 0, 0, N, rgb_a);
    tns_image_read(image_b, 0, 0, N, rgb_b);
    for (int i = 0; i < N; i++) {
        double da[3] = {rgb_a[i][0], rgb_a[i][1], rgb_a[i][2]};
        double db[3] = {rgb_b[i][0], rgb_b[i][1], rgb_b[i][2]};
        CHECK_NEAR("P3 against sRGB, dE00", de00_between(da, db), 0, 0.02);
    }
    tns_image_destroy(image_a);
    tns_image_destroy(image_b);
    free(file_a.data);
    free(file_b.data);
    free(icc.data);
}
END_TEST

/* The mean light of a square patch. */
static void patch_light(const tns_image *image, int patch, int side, double mean[3])
{
    memset(mean, 0, 3 * sizeof *mean);
    for (int y = 2; y < side - 2; y++)
        for (int x = 2; x < side - 2; x++) {
            float rgb[1][3];
            tns_image_read(image, patch * side + x, y, 1, rgb);
            for (int c = 0; c < 3; c++)
                mean[c] += (double)rgb[0][c] / ((side - 4) * (side - 4));
        }
}

START_TEST(a_jpeg_in_display_p3_has_the_colors_of_a_16_bit_png)
{
    enum { SIDE = 32, PATCHES = 8, N = SIDE * SIDE * PATCHES };
    static const double patch[PATCHES][3] = {
        {0.85, 0.66, 0.56}, {0.72, 0.50, 0.41}, {0.50, 0.33, 0.27}, {0.20, 0.15, 0.13},
        {0.90, 0.89, 0.87}, {0.46, 0.46, 0.47}, {0.75, 0.25, 0.22}, {0.25, 0.30, 0.62}};
    static uint16_t srgb[N * 3], p3[N * 3];
    static unsigned char octets[N * 3];
    uint32_t seed = 3;
    for (int i = 0; i < N * 3; i++) { /* with noise, as any photo has it */
        seed = seed * 1664525u + 1013904223u;
        double noise = ((double)(seed >> 8) / (1 << 24) - 0.5) * 10 / 255;
        srgb[i] = (uint16_t)lround(65535 * (patch[i / 3 / SIDE % PATCHES][i % 3] + noise));
    }
    to_p3(srgb, p3, N);
    for (int i = 0; i < N * 3; i++)
        octets[i] = (unsigned char)lround(p3[i] / 257.0);
    bytes icc = profile_of("Display P3");
    picture a = {.width = SIDE * PATCHES, .height = SIDE, .channels = 3, .bits = 16, .data = srgb};
    picture b = {.width = SIDE * PATCHES,
                 .height = SIDE,
                 .channels = 3,
                 .bits = 8,
                 .data = octets,
                 .icc = &icc};
    bytes file_a = png_of(&a), file_b = jpeg_of(&b, 95);
    tns_image *image_a = must_parse(file_a, "sRGB"), *image_b = must_parse(file_b, "P3");
    for (int i = 0; i < PATCHES; i++) {
        double light_a[3], light_b[3];
        patch_light(image_a, i, SIDE, light_a);
        patch_light(image_b, i, SIDE, light_b);
        CHECK_NEAR("a JPEG in P3, dE00", de00_between(light_a, light_b), 0, 0.35);
    }
    tns_image_destroy(image_a);
    tns_image_destroy(image_b);
    free(file_a.data);
    free(file_b.data);
    free(icc.data);
}
END_TEST

START_TEST(what_exif_says_of_the_space_is_read_and_nothing_beyond_its_end)
{
    /* IFD0: orientation 3 and the EXIF directory; there: ColorSpace, interoperability; there: R03.
     */
    unsigned char block[] = "II*\0\x08\0\0\0"
                            "\2\0"
                            "\x12\1\3\0\1\0\0\0\3\0\0\0"
                            "\x69\x87\4\0\1\0\0\0\x26\0\0\0"
                            "\0\0\0\0"
                            "\2\0"
                            "\1\xA0\3\0\1\0\0\0\xFF\xFF\0\0"
                            "\5\xA0\4\0\1\0\0\0\x44\0\0\0"
                            "\0\0\0\0"
                            "\1\0"
                            "\1\0\2\0\4\0\0\0R03\0"
                            "\0\0\0";
    tns_pixels pixels = {0};
    ck_assert_int_eq(tns_exif_read(block, sizeof block, &pixels), 3);
    ck_assert(pixels.says_adobe_rgb && pixels.is_uncalibrated && !pixels.says_srgb);
    block[38 + 2 + 8] = 1, block[38 + 2 + 9] = 0; /* ColorSpace 1 */
    pixels = (tns_pixels){0};
    ck_assert_int_eq(tns_exif_read(block, sizeof block, &pixels), 3);
    ck_assert(!pixels.says_adobe_rgb && !pixels.is_uncalibrated && pixels.says_srgb);
    for (size_t n = 0; n < sizeof block; n++) {
        unsigned char *part = malloc(n ? n : 1); /* exact, so that ASan sees a byte too many */
        memcpy(part, block, n);
        pixels = (tns_pixels){0};
        int orientation = tns_exif_read(part, n, &pixels);
        ck_assert_msg(orientation == 1 || orientation == 3, "%zu bytes", n);
        free(part);
    }
}
END_TEST

START_TEST(a_profile_of_tables_leads_to_the_same_place)
{
    unsigned char rgb[W * H * 3];
    paint(rgb, W, H);
    bytes icc = profile_of("table");
    picture p = {.width = W, .height = H, .channels = 3, .bits = 8, .data = rgb, .icc = &icc};
    bytes file = png_of(&p);
    tns_image *image = must_parse(file, "table profile");
    check_quarters("table profile", image, 0.004); /* 49 nodes a side, 16-bit Lab */
    tns_image_destroy(image);
    free(file.data);
    free(icc.data);
}
END_TEST

START_TEST(what_is_no_photo_is_refused_by_name)
{
    static const struct {
        const char *label, *data;
        size_t length;
        tns_code code;
        const char *says;
    } rows[] = {
        {"nothing", "", 0, TNS_ERROR_FORMAT, "empty"},
        {"a text", "dear diary, nothing", 19, TNS_ERROR_FORMAT, "not an image"},
        {"a text in capitals", "BM is not a bitmap", 18, TNS_ERROR_FORMAT, "not an image"},
        {"one byte", "\xFF", 1, TNS_ERROR_FORMAT, "not an image"},
        {"only a start", "\xFF\xD8\xFF", 3, TNS_ERROR_FORMAT, "broken JPEG"},
        {"only a signature", "\x89PNG\r\n\x1A\n", 8, TNS_ERROR_FORMAT, "too early"},
        {"AVIF",
         "\0\0\0\x18"
         "ftypavif\0\0\0\0",
         16, TNS_ERROR_UNSUPPORTED, "AVIF"},
        {"an AVIF sequence",
         "\0\0\0\x18"
         "ftypavis\0\0\0\0",
         16, TNS_ERROR_UNSUPPORTED, "AVIF"},
        {"a HEIC sequence",
         "\0\0\0\x18"
         "ftyphevc\0\0\0\0",
         16, TNS_ERROR_UNSUPPORTED, "sequence"},
        {"a HEIF sequence",
         "\0\0\0\x18"
         "ftypmsf1\0\0\0\0",
         16, TNS_ERROR_UNSUPPORTED, "sequence"},
        {"a film",
         "\0\0\0\x18"
         "ftypisom\0\0\0\0",
         16, TNS_ERROR_UNSUPPORTED, "video"},
        {"BMP", "BM\x36\0\0\0\0\0\0\0\x36\0", 12, TNS_ERROR_UNSUPPORTED, "BMP"},
        {"Photoshop", "8BPS\0\1......", 12, TNS_ERROR_UNSUPPORTED, "Photoshop"},
        {"JPEG XL", "\xFF\x0A..........", 12, TNS_ERROR_UNSUPPORTED, "JPEG XL"},
        {"JPEG 2000", "\0\0\0\x0CjP  \r\n\x87\n", 12, TNS_ERROR_UNSUPPORTED, "JPEG 2000"},
        {"PDF", "%PDF-1.4\n...", 12, TNS_ERROR_UNSUPPORTED, "PDF"},
        {"GIF", "GIF89a..........", 16, TNS_ERROR_UNSUPPORTED, "GIF"},
        {"WebP", "RIFF\0\0\0\0WEBPVP8 ", 16, TNS_ERROR_UNSUPPORTED, "WebP"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_refusal(rows[i].label, rows[i].data, rows[i].length, rows[i].code, rows[i].says);
}
END_TEST

START_TEST(pictures_without_plain_color_are_refused_by_name)
{
    unsigned char data[W * H * 4];
    memset(data, 0xFF, sizeof data);
    bytes grey = profile_of("grey"), junk = {(unsigned char *)"junk, not a profile", 19};
    picture cmyk = {.width = W, .height = H, .channels = 4, .bits = 8, .data = data};
    picture one = {.width = W, .height = H, .channels = 1, .bits = 8, .data = data};
    picture wrong = {.width = W, .height = H, .channels = 3, .bits = 8, .data = data, .icc = &grey};
    picture broken = {
        .width = W, .height = H, .channels = 3, .bits = 8, .data = data, .icc = &junk};
    bytes files[] = {jpeg_of(&cmyk, 90), jpeg_of(&one, 90), png_of(&one), jpeg_of(&wrong, 90),
                     jpeg_of(&broken, 90)};
    static const struct {
        tns_code code;
        const char *says;
    } rows[] = {{TNS_ERROR_UNSUPPORTED, "CMYK"},
                {TNS_ERROR_UNSUPPORTED, "grey JPEG"},
                {TNS_ERROR_UNSUPPORTED, "grey PNG"},
                {TNS_ERROR_FORMAT, "not for RGB"},
                {TNS_ERROR_FORMAT, "profile is broken"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        expect_refusal(rows[i].says, files[i].data, files[i].length, rows[i].code, rows[i].says);
        free(files[i].data);
    }
    free(grey.data);
}
END_TEST

START_TEST(alpha_is_taken_only_when_it_hides_nothing)
{
    unsigned char data[W * H * 4];
    for (int i = 0; i < W * H; i++) {
        const unsigned char *from = quarter[(i / W >= H / 2) * 2 + (i % W >= W / 2)];
        memcpy(data + 4 * i, from, 3);
        data[4 * i + 3] = 255;
    }
    picture p = {.width = W, .height = H, .channels = 4, .bits = 8, .data = data};
    bytes file = png_of(&p);
    tns_image *image = must_parse(file, "opaque alpha");
    check_quarters("opaque alpha", image, 2e-4);
    tns_image_destroy(image);
    free(file.data);
    data[4 * 77 + 3] = 254;
    file = png_of(&p);
    expect_refusal("alpha", file.data, file.length, TNS_ERROR_UNSUPPORTED, "transparent");
    free(file.data);
}
END_TEST

START_TEST(a_file_cut_short_is_an_error_at_every_length)
{
    unsigned char rgb[W * H * 3];
    for (int i = 0; i < W * H * 3; i++)
        rgb[i] = (unsigned char)(i * 7 + i / 5 % 31);
    picture p = {.width = W, .height = H, .channels = 3, .bits = 8, .data = rgb, .orientation = 6};
    picture q = p;
    q.progressive = true;
    bytes files[] = {jpeg_of(&p, 90), jpeg_of(&q, 90), png_of(&p), png_of(&q)};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        /* The last two bytes of a JPEG are its end marker, which only closes it. */
        size_t last = files[i].length - (i < 2 ? 2 : 1);
        for (size_t n = 0; n < last; n += 1 + last / 400) {
            unsigned char *part = malloc(n ? n : 1); /* exact, so that ASan sees a byte too many */
            memcpy(part, files[i].data, n);
            expect_refusal("cut short", part, n, TNS_ERROR_FORMAT, "x.jpg");
            free(part);
        }
        free(files[i].data);
    }
}
END_TEST

START_TEST(flipped_bytes_never_harm)
{
    unsigned char rgb[W * H * 3];
    paint(rgb, W, H);
    bytes icc = profile_of("Display P3");
    picture p = {.width = W,
                 .height = H,
                 .channels = 3,
                 .bits = 8,
                 .data = rgb,
                 .orientation = 5,
                 .color_space = 1,
                 .icc = &icc};
    bytes files[] = {jpeg_of(&p, 90), png_of(&p)};
    for (size_t i = 0; i < 2; i++) {
        for (size_t n = 0; n < files[i].length; n += 1 + files[i].length / 300) {
            unsigned char was = files[i].data[n];
            files[i].data[n] ^= 0x5A;
            tns_error err = {0};
            tns_image *image = tns_image_parse(files[i].data, files[i].length, "flipped", &err);
            ck_assert((image != NULL) == (err.code == TNS_OK));
            tns_image_destroy(image);
            files[i].data[n] = was;
        }
        free(files[i].data);
    }
    free(icc.data);
}
END_TEST

START_TEST(absurd_sizes_are_refused_before_memory_is_asked_for)
{
    static const struct {
        const char *label, *size; /* rows and columns, in the start of the frame */
        bool progressive;
        tns_code code;
        const char *says;
    } rows[] = {
        {"65500 x 65500", "\xFF\xDC\xFF\xDC", false, TNS_ERROR_MEMORY, "200 million"},
        {"65500 x 2000", "\x07\xD0\xFF\xDC", false, TNS_ERROR_FORMAT, "65500 x 2000 pixels in"},
        {"the same, progressive", "\x07\xD0\xFF\xDC", true, TNS_ERROR_FORMAT, "pixels in"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        unsigned char rgb[W * H * 3];
        paint(rgb, W, H);
        picture p = {.width = W, .height = H, .channels = 3, .bits = 8, .data = rgb};
        p.progressive = rows[k].progressive;
        bytes file = jpeg_of(&p, 90);
        for (size_t i = 0; i + 9 < file.length; i++)
            if (file.data[i] == 0xFF && (file.data[i + 1] == 0xC0 || file.data[i + 1] == 0xC2)) {
                memcpy(file.data + i + 5, rows[k].size, 4);
                break;
            }
        expect_refusal(rows[k].label, file.data, file.length, rows[k].code, rows[k].says);
        free(file.data);
    }
}
END_TEST

START_TEST(a_missing_file_is_told_from_a_broken_one)
{
    tns_error err = {0};
    ck_assert(tns_image_load("/nonexistent/photo.jpg", &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *tc = tcase_create("decode");
    tcase_add_test(tc, jpeg_and_png_give_linear_bt2020_light);
    tcase_add_test(tc, every_exif_orientation_is_shown_upright);
    tcase_add_test(tc, a_jpegs_orientation_and_color_space_are_read);
    tcase_add_test(tc, the_same_picture_in_display_p3_and_srgb_has_the_same_colors);
    tcase_add_test(tc, a_jpeg_in_display_p3_has_the_colors_of_a_16_bit_png);
    tcase_add_test(tc, what_exif_says_of_the_space_is_read_and_nothing_beyond_its_end);
    tcase_add_test(tc, a_profile_of_tables_leads_to_the_same_place);
    tcase_add_test(tc, what_is_no_photo_is_refused_by_name);
    tcase_add_test(tc, pictures_without_plain_color_are_refused_by_name);
    tcase_add_test(tc, alpha_is_taken_only_when_it_hides_nothing);
    tcase_add_test(tc, a_file_cut_short_is_an_error_at_every_length);
    tcase_add_test(tc, flipped_bytes_never_harm);
    tcase_add_test(tc, absurd_sizes_are_refused_before_memory_is_asked_for);
    tcase_add_test(tc, a_missing_file_is_told_from_a_broken_one);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
