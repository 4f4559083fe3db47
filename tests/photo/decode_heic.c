/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/decode/sps.h"
#include "photo/files.h"
#include "support/testing.h"

/* The encoder, which only this test uses, does not free all that it takes. */
TNS_API const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libx265";
}

enum { SIDE = 32, ACROSS = 4, DOWN = 3, W = SIDE * ACROSS, H = SIDE * DOWN };

static uint16_t words[W * H * 4];

/* Patches of skin, hair and colours, encoded in sRGB, each
 * with the noise of a phone indoors and some slope of the light. */
static picture paint(int channels)
{
    static const double patch[ACROSS * DOWN][3] = {
        {0.85, 0.66, 0.56}, {0.72, 0.50, 0.41}, {0.50, 0.33, 0.27}, {0.20, 0.15, 0.13},
        {0.90, 0.89, 0.87}, {0.46, 0.46, 0.47}, {0.12, 0.12, 0.13}, {0.75, 0.25, 0.22},
        {0.25, 0.55, 0.30}, {0.25, 0.30, 0.62}, {0.85, 0.75, 0.25}, {0.60, 0.35, 0.55}};
    uint32_t seed = 7;
    for (int i = 0; i < W * H; i++)
        for (int c = 0; c < channels; c++) {
            seed = seed * 1664525u + 1013904223u;
            double noise = ((double)(seed >> 8) / (1 << 24) - 0.5) * 12 / 255;
            double slope = 1 + 0.16 * ((double)(i % W % SIDE) / SIDE - 0.5);
            double level = slope * patch[i / W / SIDE * ACROSS + i % W / SIDE][c % 3] + noise;
            words[i * channels + c] = c == 3 ? 65535 : (uint16_t)lround(65535 * level);
        }
    return (picture){.width = W, .height = H, .channels = channels, .bits = 16, .data = words};
}

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

/* Columns and rows of a picture, from (x, y) on. */
static picture part_of(const picture *p, int x, int y, int width, int height, uint16_t *to)
{
    const uint16_t *from = p->data;
    for (int row = 0; row < height; row++)
        memcpy(to + 3 * row * width, from + 3 * ((y + row) * p->width + x),
               3 * (size_t)width * sizeof *to);
    picture part = *p;
    part.width = width;
    part.height = height;
    part.data = to;
    return part;
}

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
        grid_kind grid = {2, TW, TH, CUT_W, CUT_H, rows[i].quarters};
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
        ck_assert_msg(info->width == (orientation >= 5 ? H : W) && info->orientation == 1,
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

START_TEST(what_is_no_plain_photo_in_a_heic_is_refused_by_name)
{
    static const struct {
        const char *says;
        heic_kind kind;
    } rows[] = {
        {"HDR", {.depth = 10, .primaries = 9, .transfer = 16, .matrix = 9}},
        {"HDR", {.depth = 10, .primaries = 9, .transfer = 18, .matrix = 9}},
        {"no photo is in", {.depth = 8, .primaries = 8, .transfer = 13, .matrix = 6}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        picture p = paint(3);
        bytes file = heic_of(&p, &rows[i].kind);
        expect_refusal(rows[i].says, file.data, file.length, TNS_ERROR_UNSUPPORTED, rows[i].says);
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

/* A HEIC of nothing but links: from, to, how often; then `more` bytes. */
static bytes heic_of_links(const char *type, const int (*link)[3], int links, int more)
{
    static unsigned char file[1 << 20];
    enum { FTYP = 20, META = FTYP + 12 };
    size_t at = META + 12;
    memcpy(file, "\0\0\0\24ftypheic\0\0\0\0mif1", FTYP);
    memcpy(file + FTYP, "\0\0\0\0meta\0\0\0\0", 12);
    memcpy(file + META, "\0\0\0\0iref\0\0\0\0", 12);
    for (int i = 0; i < links; i++) {
        int size = 12 + 2 * link[i][2];
        const int head[] = {size >> 16, size, 0, 0, link[i][0], link[i][2]};
        for (int k = 0; k < 6 + link[i][2]; k++) {
            int word = k < 6 ? head[k] : link[i][1];
            file[at + 2 * (size_t)k] = (unsigned char)(word >> 8);
            file[at + 2 * (size_t)k + 1] = (unsigned char)word;
        }
        memcpy(file + at + 4, type, 4);
        at += (size_t)size;
    }
    at += (size_t)more;
    for (int i = 0; i < 4; i++) {
        file[FTYP + i] = (unsigned char)((at - FTYP) >> (24 - 8 * i));
        file[META + i] = (unsigned char)((at - META) >> (24 - 8 * i));
    }
    return (bytes){file, at};
}

START_TEST(a_heic_whose_pictures_are_made_of_themselves_is_refused)
{
    static const char circle[] = "made of itself", rest[] = "broken HEIC: ";
    static const struct {
        const char *label, *type;
        int link[9][3], links, more;
        tns_code code;
        const char *says;
    } rows[] = {
        {"itself", "dimg", {{2, 2, 1}}, 1, 0, TNS_ERROR_FORMAT, circle},
        {"by another", "dimg", {{2, 3, 4}, {3, 2, 1}}, 2, 0, TNS_ERROR_FORMAT, circle},
        {"as its alpha", "auxl", {{7, 7, 1}}, 1, 0, TNS_ERROR_FORMAT, circle},
        {"a long chain",
         "dimg",
         {{1, 2, 1},
          {2, 3, 1},
          {3, 4, 1},
          {4, 5, 1},
          {5, 6, 1},
          {6, 7, 1},
          {7, 8, 1},
          {8, 9, 1},
          {9, 10, 1}},
         9,
         0,
         TNS_ERROR_FORMAT,
         circle},
        {"grids of grids",
         "dimg",
         {{1, 2, 300}, {2, 3, 300}},
         2,
         0,
         TNS_ERROR_UNSUPPORTED,
         "65792 parts"},
        {"cut short", "dimg", {{1, 2, 3}}, 1, -2, TNS_ERROR_FORMAT, "links"},
        {"more than it says", "dimg", {{1, 2, 3}}, 1, 3, TNS_ERROR_FORMAT, "links"},
        /* sound so far: what is broken is that there is nothing else */
        {"a grid of a grid", "dimg", {{1, 2, 200}, {2, 3, 200}}, 2, 0, TNS_ERROR_FORMAT, rest},
        {"a thumbnail's", "thmb", {{1, 1, 1}}, 1, 0, TNS_ERROR_FORMAT, rest},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bytes file = heic_of_links(rows[i].type, rows[i].link, rows[i].links, rows[i].more);
        tns_error err = {0};
        tns_image *image = tns_image_parse(file.data, file.length, rows[i].label, &err);
        ck_assert_msg(!image && err.code == rows[i].code && strstr(err.text, rows[i].says),
                      "%s: found %s", rows[i].label, err.text);
        bool of_links = strstr(err.text, circle) || strstr(err.text, "links");
        ck_assert_msg(rows[i].says != rest || !of_links, "%s: found %s", rows[i].label, err.text);
    }
}
END_TEST

/* The first from `at` on, or NULL. */
static unsigned char *find_from(bytes file, size_t at, const char *box)
{
    for (size_t i = at; i + 4 <= file.length; i++)
        if (memcmp(file.data + i, box, 4) == 0)
            return (unsigned char *)file.data + i;
    return NULL;
}

static unsigned char *find(bytes file, const char *box)
{
    unsigned char *at = find_from(file, 0, box);
    ck_assert_msg(at != NULL, "no %s", box);
    return at;
}

/* Of every picture in the file. */
static void say_sizes(bytes file, const unsigned char width[2], const unsigned char height[2])
{
    unsigned char *at = find(file, "ispe");
    for (; at; at = find_from(file, (size_t)(at + 4 - (unsigned char *)file.data), "ispe")) {
        memcpy(at + 10, width, 2);
        memcpy(at + 14, height, 2);
    }
}

/* A set of pictures is found by its type: 33 in six bits behind the first. */
static const unsigned char *find_sps(bytes file, size_t *length)
{
    const unsigned char *at = find(file, "hvcC"), *end = file.data + file.length;
    for (; at + 3 < end; at++)
        if (at[0] == 0 && at[1] > 8 && at[1] < 128 && at[2] == 33 << 1 && at[3] == 1) {
            *length = at[1];
            return at + 2;
        }
    ck_abort_msg("no set");
}

START_TEST(a_picture_coded_larger_than_the_file_says_is_refused)
{
    static const char larger[] = "larger than the file says";
    static const struct {
        const char *label, *says;
        int width, height;        /* of the picture, */
        unsigned char ispe[2][2]; /* and as the file says, in two bytes */
        bool alpha;
    } rows[] = {
        {"before room is made for it", larger, 1152, 64, {{0, 64}, {0, 64}}, false},
        {"too high", larger, 64, 1152, {{0, 64}, {1, 0}}, false},
        {"by little", "128 x 96 pixels are coded", W, H, {{0, 64}, {0, 64}}, false},
        {"with alpha, before room is made for it", larger, 1152, 64, {{0, 64}, {0, 64}}, true},
        {"with alpha, too high", larger, 64, 1152, {{0, 64}, {1, 0}}, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static uint16_t white[1152 * 64 * 4];
        memset(white, 0xff, sizeof white);
        const picture p = {.width = rows[i].width,
                           .height = rows[i].height,
                           .channels = rows[i].alpha ? 4 : 3,
                           .bits = 16,
                           .data = white};
        bytes file = heic_of(&p, &(heic_kind){.depth = 8, .chroma = "420", .alpha = rows[i].alpha});
        tns_image_destroy(must_parse(file, rows[i].label));
        say_sizes(file, rows[i].ispe[0], rows[i].ispe[1]);
        expect_refusal(rows[i].label, file.data, file.length, TNS_ERROR_FORMAT, rows[i].says);
        free(file.data);
    }
}
END_TEST

START_TEST(the_size_of_coded_pictures_is_read_and_from_no_set_cut_short)
{
    picture p = paint(3);
    uint32_t width, height;
    size_t length;
    unsigned char cut[128];
    bytes file = heic_of(&p, &(heic_kind){.depth = 8, .chroma = "420"});
    const unsigned char *sps = find_sps(file, &length);
    ck_assert(tns_sps_is(sps, length) && tns_sps_size(sps, length, &width, &height));
    ck_assert(width == W && height == H);
    ck_assert(!tns_sps_is(sps, 0));
    size_t least = 0;
    for (size_t n = 0; n <= length; n++) { /* of its own, so that reading on is found */
        unsigned char *whole = malloc(n + 1);
        memcpy(whole, sps, n);
        bool read = tns_sps_size(whole, n, &width, &height);
        free(whole);
        ck_assert(read || least == 0);
        least = read && least == 0 ? n : least;
    }
    ck_assert(least > 10);
    memset(cut, 0, sizeof cut);
    ck_assert(!tns_sps_size(cut, sizeof cut, &width, &height)); /* zeros without end */
    memset(cut, 0xff, sizeof cut);
    ck_assert(!tns_sps_size(cut, sizeof cut, &width, &height)); /* 7 layers more, sizes of 0 */
    free(file.data);
}
END_TEST

START_TEST(broken_heics_do_no_harm)
{
    picture p = paint(3);
    bytes icc = profile_of("Display P3");
    p.icc = &icc;
    bytes file = heic_of(&p, &(heic_kind){.depth = 8, .chroma = "420"});
    expect_no_harm("heic", file, file.length);
    free(file.data);
    free(icc.data);
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
    tcase_add_test(tc, a_heics_own_turn_is_applied_once_whatever_exif_says);
    tcase_add_test(tc, what_is_no_plain_photo_in_a_heic_is_refused_by_name);
    tcase_add_test(tc, alpha_of_a_heic_is_taken_only_when_it_hides_nothing);
    tcase_add_test(tc, a_heic_of_several_photos_is_read_as_its_own_and_says_so);
    tcase_add_test(tc, a_heic_whose_pictures_are_made_of_themselves_is_refused);
    tcase_add_test(tc, a_picture_coded_larger_than_the_file_says_is_refused);
    tcase_add_test(tc, the_size_of_coded_pictures_is_read_and_from_no_set_cut_short);
    tcase_add_test(tc, broken_heics_do_no_harm);
    tcase_add_test(tc, a_heic_of_another_maker_is_read);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
