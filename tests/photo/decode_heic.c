/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/heic_picture.h"
#include "support/testing.h"

/* The mean light of a patch's middle. */
static void patch_light(const tns_image *image, int patch, double mean[3])
{
    enum { N = SIDE - 4 };
    int x = patch % ACROSS * SIDE + 2, y = patch / ACROSS * SIDE + 2;
    memset(mean, 0, 3 * sizeof *mean);
    for (int row = 0; row < N; row++) {
        float rgb[N][3];
        tns_image_read(image, x, y + row, N, rgb);
        for (int i = 0; i < N; i++)
            for (int c = 0; c < 3; c++)
                mean[c] += (double)rgb[i][c] / (N * N);
    }
}

START_TEST(the_same_picture_in_heic_has_the_colors_of_a_16_bit_png)
{
    static const struct {
        const char *label;
        bool p3;
        int depth;
        const char *chroma;
        int primaries, transfer, matrix;
        bool is_limited;
        const char *profile;
        double tolerance;
    } rows[] = {
        /*
         * 0.2 is asked. The encoder rounds Y, Cb, Cr to 8 bit, from which these pictures miss by
         * 0.15, dark gray in sRGB by 0.32, and of a limited range by 0.2 more, since it takes
         * 219/256 and not 219/255.
         */
        {"8 bit, sRGB by code points", false, 8, "444", 1, 13, 6, false, "sRGB", 0.2},
        {"8 bit, P3 by its profile", true, 8, "444", 0, 0, 0, false, NULL, 0.2},
        {"8 bit, P3 by code points", true, 8, "444", 12, 13, 6, false, "Display P3", 0.2},
        {"8 bit, sRGB, half the chroma", false, 8, "420", 1, 13, 6, false, "sRGB", 0.35},
        {"8 bit, P3, half the chroma", true, 8, "420", 12, 13, 6, false, "Display P3", 0.2},
        {"8 bit, P3, chroma halved across", true, 8, "422", 0, 0, 0, false, NULL, 0.2},
        {"8 bit, limited range", false, 8, "444", 1, 13, 1, true, "sRGB", 0.25},
        {"8 bit, limited range, half the chroma", false, 8, "420", 1, 13, 1, true, "sRGB", 0.25},
        {"8 bit, matrix of BT.2020", false, 8, "444", 1, 13, 9, false, "sRGB", 0.2},
        {"8 bit, as R, G, B", true, 8, "444", 12, 13, 0, false, "Display P3", 0.2},
        {"10 bit, P3 by its profile", true, 10, "444", 0, 0, 0, false, NULL, 0.05},
        {"10 bit, P3, half the chroma", true, 10, "420", 0, 0, 0, false, NULL, 0.2},
        {"10 bit, P3, matrix of BT.709", true, 10, "444", 12, 13, 1, false, "Display P3", 0.05},
        {"12 bit, P3, half the chroma", true, 12, "420", 12, 13, 6, false, "Display P3", 0.1},
        {"10 bit, limited range", false, 10, "444", 1, 13, 1, true, "sRGB", 0.05},
    };
    picture p = paint(3);
    static uint16_t p3[W * H * 3];
    to_p3(words, p3, W * H);
    bytes icc = profile_of("Display P3"), png = png_of(&p);
    tns_image *want = must_parse(png, "png");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        heic_kind kind = {.depth = rows[i].depth,
                          .chroma = rows[i].chroma,
                          .primaries = rows[i].primaries,
                          .transfer = rows[i].transfer,
                          .matrix = rows[i].matrix,
                          .is_limited = rows[i].is_limited};
        picture q = p;
        q.data = rows[i].p3 ? p3 : words;
        q.icc = rows[i].profile ? NULL : &icc;
        bytes file = heic_of(&q, &kind);
        tns_image *image = must_parse(file, rows[i].label);
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_msg(info->width == W && info->height == H, "%s", rows[i].label);
        ck_assert_msg(info->bits == rows[i].depth && !info->is_linear, "%s", rows[i].label);
        ck_assert_str_eq(info->format, "heic");
        ck_assert_msg(info->warnings.count == 0, "%s: %s", rows[i].label, info->warnings.text[0]);
        if (rows[i].profile)
            ck_assert_str_eq(info->profile, rows[i].profile);
        for (int patch = 0; patch < ACROSS * DOWN; patch++) {
            double a[3], b[3];
            patch_light(want, patch, a);
            patch_light(image, patch, b);
            CHECK_NEAR(rows[i].label, de00_between(a, b), 0, rows[i].tolerance);
        }
        tns_image_destroy(image);
        free(file.data);
    }
    tns_image_destroy(want);
    free(png.data);
    free(icc.data);
}
END_TEST

START_TEST(tiles_as_phones_write_them_become_one_picture)
{
    enum { TW = 2 * SIDE, TH = H / 2, CUT_W = W - 3, CUT_H = H - 1 };
    static const struct {
        const char *label;
        heic_kind kind;
        int quarters;
        double tolerance; /* what the encoder's rounding takes from dark grays */
    } rows[] = {
        {"color said by the file",
         {.depth = 8, .chroma = "420", .primaries = 1, .transfer = 13, .matrix = 6},
         0,
         0.35},
        {"said by the coding alone, matrix of BT.709",
         {.depth = 8,
          .chroma = "420",
          .primaries = 1,
          .transfer = 13,
          .matrix = 1,
          .is_silent = true},
         0,
         0.35},
        {"10 bit",
         {.depth = 10, .chroma = "420", .primaries = 1, .transfer = 13, .matrix = 6},
         0,
         0.05},
        {"turned",
         {.depth = 8, .chroma = "420", .primaries = 1, .transfer = 13, .matrix = 6},
         1,
         0},
    };
    picture p = paint(3);
    bytes png = png_of(&p);
    tns_image *want = must_parse(png, "png");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static uint16_t part[TW * TH * 3];
        grid_kind grid = {2, TW, TH, CUT_W, CUT_H, .quarters = rows[i].quarters};
        bytes tile[4];
        for (int k = 0; k < 4; k++) {
            picture q = part_of(&p, k % 2 * TW, k / 2 * TH, TW, TH, part);
            tile[k] = heic_of(&q, &rows[i].kind);
        }
        bytes file = heic_grid_of(tile, &grid);
        tns_image *image = must_parse(file, rows[i].label);
        const tns_image_info *info = tns_image_describe(image);
        bool turned = rows[i].quarters == 1;
        ck_assert_msg(info->width == (turned ? CUT_H : CUT_W) &&
                          info->height == (turned ? CUT_W : CUT_H),
                      "%s: %d x %d", rows[i].label, info->width, info->height);
        ck_assert_msg(info->bits == rows[i].kind.depth, "%s", rows[i].label);
        for (int patch = 0; patch < ACROSS * DOWN && !turned; patch++) {
            double a[3], b[3];
            if (patch % ACROSS == ACROSS - 1)
                continue; /* cut */
            patch_light(want, patch, a);
            patch_light(image, patch, b);
            CHECK_NEAR(rows[i].label, de00_between(a, b), 0, rows[i].tolerance);
        }
        tns_image_destroy(image);
        free(file.data);
        for (int k = 0; k < 4; k++)
            free(tile[k].data);
    }
    tns_image_destroy(want);
    free(png.data);
}
END_TEST

START_TEST(odd_sizes_and_pictures_of_grays_are_read)
{
    static const struct {
        const char *label;
        int width, height;
        heic_kind kind;
    } rows[] = {
        {"odd both ways",
         67,
         41,
         {.depth = 8, .chroma = "420", .primaries = 1, .transfer = 13, .matrix = 6}},
        {"odd, chroma halved across",
         67,
         41,
         {.depth = 10, .chroma = "422", .primaries = 1, .transfer = 13, .matrix = 6}},
        {"grays", 64, 48, {.depth = 8, .is_gray = true}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static uint16_t part[W * H * 3];
        picture whole = paint(3);
        picture p = part_of(&whole, 0, 0, rows[i].width, rows[i].height, part);
        bytes file = heic_of(&p, &rows[i].kind);
        tns_image *image = must_parse(file, rows[i].label);
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_msg(info->width == p.width && info->height == p.height, "%s: %d x %d",
                      rows[i].label, info->width, info->height);
        float last[1][3];
        tns_image_read(image, p.width - 1, p.height - 1, 1, last);
        for (int c = 0; c < 3; c++)
            ck_assert_msg(last[0][c] > 0 && last[0][c] < 1, "%s", rows[i].label);
        if (rows[i].kind.is_gray) /* of equal R, G, B, whatever its primaries */
            CHECK_NEAR(rows[i].label, last[0][0], last[0][2], 1e-4);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

/* What is converted is given back while later rows, which take some of it too, are not yet. */
START_TEST(no_row_of_a_photo_of_many_pages_is_lost)
{
    enum { WIDE = 512, HIGH = 512 };
    static uint16_t slope[HIGH * WIDE * 3];
    static float a[WIDE][3], b[WIDE][3];
    static const char *const chroma[] = {"420", "422", "444"};
    for (int i = 0; i < HIGH * WIDE * 3; i++)
        slope[i] = (uint16_t)(16000 + i / 3 / WIDE * 60 + (i % 3) * 7000);
    picture p = {.width = WIDE, .height = HIGH, .channels = 3, .bits = 16, .data = slope};
    bytes png = png_of(&p);
    tns_image *want = must_parse(png, "slope");
    for (int i = 0; i < 3; i++) {
        bytes file = heic_of(&p, &(heic_kind){.depth = 8, .chroma = chroma[i]});
        tns_image *image = must_parse(file, chroma[i]);
        for (int y = 0; y < HIGH; y++) {
            tns_image_read(image, 0, y, WIDE, a);
            tns_image_read(want, 0, y, WIDE, b);
            for (int x = 0; x < WIDE * 3; x += 16) /* two codes of 8 bit, where a code is most */
                CHECK_NEAR(chroma[i], a[x / 3][x % 3], b[x / 3][x % 3], 0.02);
        }
        tns_image_destroy(image);
        free(file.data);
    }
    tns_image_destroy(want);
    free(png.data);
}
END_TEST

START_TEST(a_heics_own_turn_is_applied_once_whatever_exif_says)
{
    for (int orientation = 1; orientation <= 8; orientation++) {
        picture p = paint(3);
        p.orientation = orientation;
        heic_kind kind = {.depth = 8,
                          .primaries = 1,
                          .transfer = 13,
                          .matrix = 6,
                          .exif = true,
                          .orientation = orientation};
        bytes file = heic_of(&p, &kind), png = png_of(&p);
        tns_image *image = must_parse(file, "turned heic"), *want = must_parse(png, "turned png");
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_msg(info->width == (orientation >= 5 ? H : W) && info->orientation == orientation,
                      "orientation %d", orientation);
        for (int y = 4; y < info->height; y += SIDE / 2)
            for (int x = 4; x < info->width; x += SIDE / 2) {
                float a[1][3], b[1][3];
                tns_image_read(image, x, y, 1, a);
                tns_image_read(want, x, y, 1, b);
                for (int c = 0; c < 3; c++) /* noise aside, patches differ by far more */
                    CHECK_NEAR("turned", a[0][c], b[0][c], 0.03);
            }
        tns_image_destroy(image);
        tns_image_destroy(want);
        free(file.data);
        free(png.data);
    }
}
END_TEST

/* libheif tells the size of what it turns as it is when turned; the standard, as it is coded. */
START_TEST(a_heic_that_is_turned_is_read_however_its_size_is_told)
{
    static uint16_t grey[1152 * 64 * 3];
    static const int turned[] = {5, 6, 7, 8};
    memset(grey, 0x80, sizeof grey);
    const picture wide = {.width = 1152, .height = 64, .channels = 3, .bits = 16, .data = grey};
    for (size_t i = 0; i < sizeof turned / sizeof *turned; i++) {
        bytes file =
            heic_of(&wide, &(heic_kind){.depth = 8, .chroma = "420", .orientation = turned[i]});
        tns_image *image = must_parse(file, "long and turned");
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_msg(info->width == 64 && info->height == 1152, "%d x %d, turn %d", info->width,
                      info->height, turned[i]);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(alpha_of_a_heic_is_taken_only_when_it_hides_nothing)
{
    heic_kind kind = {.depth = 8, .primaries = 1, .transfer = 13, .matrix = 6, .alpha = true};
    picture p = paint(4);
    bytes file = heic_of(&p, &kind);
    tns_image *image = must_parse(file, "opaque");
    tns_image_destroy(image);
    free(file.data);
    for (int i = 0; i < W * 20; i++)
        words[4 * i + 3] = 30000;
    file = heic_of(&p, &kind);
    expect_refusal("alpha", file.data, file.length, TNS_ERROR_UNSUPPORTED, "transparent");
    free(file.data);
}
END_TEST

START_TEST(a_heic_of_several_photos_is_read_as_its_own_and_says_so)
{
    picture p = paint(3);
    bytes file = heic_of(
        &p, &(heic_kind){.depth = 8, .primaries = 1, .transfer = 13, .matrix = 6, .photos = 2});
    tns_image *image = must_parse(file, "burst");
    const tns_image_info *info = tns_image_describe(image);
    ck_assert(info->warnings.count == 1 && strstr(info->warnings.text[0], "2 photos"));
    tns_image_destroy(image);
    free(file.data);
}
END_TEST

START_TEST(a_heic_of_another_maker_is_read)
{
    const char *path = shared_file("photos/libheif__example.heic");
    if (!path) {
        skip("a_heic_of_another_maker_is_read", "no ../shared/photos");
        return;
    }
    tns_error err = {0};
    tns_image *image = tns_image_load(path, &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    const tns_image_info *info = tns_image_describe(image);
    ck_assert(info->width == 1280 && info->height == 854 && info->bits == 8);
    tns_image_destroy(image);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_heic");
    TCase *tc = tcase_create("decode_heic");
    tcase_add_test(tc, the_same_picture_in_heic_has_the_colors_of_a_16_bit_png);
    tcase_add_test(tc, tiles_as_phones_write_them_become_one_picture);
    tcase_add_test(tc, odd_sizes_and_pictures_of_grays_are_read);
    tcase_add_test(tc, no_row_of_a_photo_of_many_pages_is_lost);
    tcase_add_test(tc, a_heics_own_turn_is_applied_once_whatever_exif_says);
    tcase_add_test(tc, a_heic_that_is_turned_is_read_however_its_size_is_told);
    tcase_add_test(tc, alpha_of_a_heic_is_taken_only_when_it_hides_nothing);
    tcase_add_test(tc, a_heic_of_several_photos_is_read_as_its_own_and_says_so);
    tcase_add_test(tc, a_heic_of_another_maker_is_read);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
