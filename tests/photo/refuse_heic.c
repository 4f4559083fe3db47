/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no plain photo in a HEIC, and what is broken. */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/decode/sps.h"
#include "photo/heic_picture.h"
#include "support/testing.h"

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

int main(void)
{
    Suite *suite = suite_create("refuse_heic");
    TCase *tc = tcase_create("refuse_heic");
    tcase_add_test(tc, what_is_no_plain_photo_in_a_heic_is_refused_by_name);
    tcase_add_test(tc, a_heic_whose_pictures_are_made_of_themselves_is_refused);
    tcase_add_test(tc, a_picture_coded_larger_than_the_file_says_is_refused);
    tcase_add_test(tc, the_size_of_coded_pictures_is_read_and_from_no_set_cut_short);
    tcase_add_test(tc, broken_heics_do_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
