/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A HEIC that is to be turned, mirrored or both: by coordinates here, by libheif where it crops. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/heic_picture.h"
#include "support/testing.h"

/* Of odd sizes, so that no turn shows a picture as another does. */
enum { COLUMNS = 2, TW = 2 * SIDE, TH = H / 2, CUT_W = W - 3, CUT_H = H - 1 };

static const heic_kind PLAIN = {
    .depth = 8, .chroma = "420", .primaries = 1, .transfer = 13, .matrix = 6};

static bytes tiles[2 * COLUMNS];

static void make_tiles(void)
{
    static uint16_t part[TW * TH * 3];
    picture p = paint(3);
    for (int k = 0; k < 2 * COLUMNS; k++) {
        picture q = part_of(&p, k % COLUMNS * TW, k / COLUMNS * TH, TW, TH, part);
        tiles[k] = heic_of(&q, &PLAIN);
    }
}

static void free_tiles(void)
{
    for (int k = 0; k < 2 * COLUMNS; k++)
        free(tiles[k].data);
}

typedef struct shown {
    int width, height, orientation;
    float rgb[CUT_W * CUT_H][3];
} shown;

static bytes file_of(const grid_kind *turn)
{
    grid_kind k = *turn;
    k.columns = COLUMNS;
    k.tile_width = TW;
    k.tile_height = TH;
    k.width = CUT_W;
    k.height = CUT_H;
    return heic_grid_of(tiles, &k);
}

static void show(const grid_kind *turn, const char *label, shown *out)
{
    bytes file = file_of(turn);
    tns_image *image = must_parse(file, label);
    const tns_image_info *info = tns_image_describe(image);
    ck_assert_msg(info->width * info->height == CUT_W * CUT_H, "%s: %d x %d", label, info->width,
                  info->height);
    out->width = info->width;
    out->height = info->height;
    out->orientation = info->orientation;
    for (int y = 0; y < info->height; y++)
        tns_image_read(image, 0, y, info->width, out->rgb + y * info->width);
    tns_image_destroy(image);
    free(file.data);
}

/* ISO/IEC 23008-12, 6.5.10: by 90 degrees against the clock. */
static void turn_once(shown *s)
{
    static shown from;
    from = *s;
    s->width = from.height;
    s->height = from.width;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            memcpy(s->rgb[y * s->width + x], from.rgb[x * from.width + from.width - 1 - y],
                   sizeof *s->rgb);
}

/* 6.5.12: 0 exchanges top and bottom, 1 left and right. */
static void mirror(shown *s, int how)
{
    static shown from;
    from = *s;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            int of_y = how == 0 ? s->height - 1 - y : y, of_x = how == 1 ? s->width - 1 - x : x;
            memcpy(s->rgb[y * s->width + x], from.rgb[of_y * s->width + of_x], sizeof *s->rgb);
        }
}

static void apply(shown *s, const grid_kind *turn)
{
    if (turn->mirror && turn->is_turned_last)
        mirror(s, turn->mirror - 1);
    for (int i = 0; i < turn->quarters; i++)
        turn_once(s);
    if (turn->mirror && !turn->is_turned_last)
        mirror(s, turn->mirror - 1);
}

static void expect_same(const char *label, const shown *found, const shown *want)
{
    ck_assert_msg(found->width == want->width && found->height == want->height, "%s: %d x %d",
                  label, found->width, found->height);
    for (int i = 0; i < CUT_W * CUT_H; i++)
        ck_assert_msg(memcmp(found->rgb[i], want->rgb[i], sizeof *want->rgb) == 0,
                      "%s: pixel (%d, %d)", label, i % want->width, i / want->width);
}

START_TEST(every_turn_and_mirror_is_pixel_for_pixel_what_libheif_makes_of_it)
{
    static shown plain, want, found, by_libheif;
    make_tiles();
    show(&(grid_kind){0}, "plain", &plain);
    for (int i = 0; i < 4 * 3 * 2; i++) {
        char label[80];
        grid_kind k = {.quarters = i % 4,
                       .mirror = i / 4 % 3,
                       .is_turned_last = i / 12,
                       .is_wide = (i + i / 4) % 2};
        snprintf(label, sizeof label, "turn %d, mirror %d, %s%s", k.quarters, k.mirror,
                 k.is_turned_last ? "turned last" : "mirrored last", k.is_wide ? ", wide" : "");
        show(&k, label, &found);
        ck_assert_msg((found.orientation == 1) == (k.quarters == 0 && k.mirror == 0), "%s: %d",
                      label, found.orientation);
        want = plain;
        apply(&want, &k);
        expect_same(label, &found, &want);
        k.is_cropped = true; /* to all of it: libheif does the rest too */
        show(&k, label, &by_libheif);
        ck_assert_msg(by_libheif.orientation == 1, "%s", label);
        expect_same(label, &found, &by_libheif);
    }
    free_tiles();
}
END_TEST

START_TEST(a_grid_whose_tiles_are_turned_by_themselves_is_turned_once)
{
    static shown want, found;
    const grid_kind turn = {.quarters = 1, .tile_quarters = 2},
                    cropped = {.quarters = 1, .tile_quarters = 2, .is_cropped = true};
    make_tiles();
    show(&turn, "turned tiles", &found);
    show(&cropped, "turned tiles, cropped", &want);
    ck_assert_int_eq(found.orientation, 1);
    expect_same("turned tiles", &found, &want);
    free_tiles();
}
END_TEST

START_TEST(a_turned_heic_with_opaque_alpha_is_read)
{
    heic_kind kind = PLAIN;
    kind.alpha = true;
    kind.orientation = 6;
    picture p = paint(4);
    bytes file = heic_of(&p, &kind);
    tns_image *image = must_parse(file, "turned, with alpha");
    const tns_image_info *info = tns_image_describe(image);
    ck_assert(info->width == H && info->height == W && info->orientation == 1);
    tns_image_destroy(image);
    free(file.data);
}
END_TEST

START_TEST(a_turned_heic_broken_anywhere_does_no_harm)
{
    make_tiles();
    bytes file = file_of(&(grid_kind){.quarters = 3, .mirror = 2});
    expect_no_harm("turned", file, file.length);
    free(file.data);
    free_tiles();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turn_heic");
    TCase *tc = tcase_create("turn_heic");
    tcase_add_test(tc, every_turn_and_mirror_is_pixel_for_pixel_what_libheif_makes_of_it);
    tcase_add_test(tc, a_grid_whose_tiles_are_turned_by_themselves_is_turned_once);
    tcase_add_test(tc, a_turned_heic_with_opaque_alpha_is_read);
    tcase_add_test(tc, a_turned_heic_broken_anywhere_does_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
