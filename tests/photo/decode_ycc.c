/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "photo/decode/ycc.h"
#include "support/testing.h"

enum { SIDE = 4, MOST = 64 };

/* One even color, 4 x 4 pixels of 8 bit, converted; the mean of each channel. */
static void convert(const tns_ycc *kind, const int code[3], double mean[3])
{
    uint8_t plane[3][SIDE * SIDE], row[3][SIDE];
    float scratch[MOST];
    tns_ycc p = *kind;
    p.width = p.height = SIDE;
    p.bits = 8;
    for (int c = 0; c < 3; c++) {
        memset(plane[c], code[c], sizeof plane[c]);
        p.plane[c] = (tns_ycc_plane){plane[c], SIDE, SIDE, SIDE};
    }
    ck_assert(tns_ycc_is_readable(&p) && tns_ycc_scratch(&p) <= MOST);
    memset(mean, 0, 3 * sizeof *mean);
    for (int y = 0; y < SIDE; y++) {
        tns_ycc_row(&p, y, scratch, (void *const[3]){row[0], row[1], row[2]});
        for (int i = 0; i < 3 * SIDE; i++)
            mean[i / SIDE] += row[i / SIDE][i % SIDE] / (double)(SIDE * SIDE);
    }
}

START_TEST(the_equations_of_h_273_hold_for_the_mean_of_an_area)
{
    static const struct {
        const char *label;
        tns_ycc kind;
        int code[3];
        double rgb[3]; /* by 8.3, worked out apart */
    } rows[] = {
        {"white", {.across = 1, .down = 1, .matrix = 1}, {255, 128, 128}, {255, 255, 255}},
        {"gray, a quarter of the chroma",
         {.across = 2, .down = 2, .matrix = 6},
         {77, 128, 128},
         {77, 77, 77}},
        {"BT.601",
         {.across = 1, .down = 1, .matrix = 6},
         {100, 140, 110},
         {74.764, 108.7248, 121.264}},
        {"not specified is BT.601",
         {.across = 1, .down = 1, .matrix = 2},
         {100, 140, 110},
         {74.764, 108.7248, 121.264}},
        {"BT.709",
         {.across = 2, .down = 2, .matrix = 1},
         {100, 140, 110},
         {71.6536, 106.1783, 122.2672}},
        {"BT.2020",
         {.across = 2, .down = 1, .matrix = 9},
         {100, 140, 110},
         {73.4572, 108.3097, 122.5768}},
        {"by primaries of P3",
         {.across = 1, .down = 1, .matrix = 12, .primaries = 12},
         {100, 140, 110},
         {72.2429, 106.6549, 122.0970}},
        {"limited range, gray",
         {.across = 1, .down = 1, .matrix = 1, .is_limited = true},
         {126, 128, 128},
         {128.0822, 128.0822, 128.0822}},
        {"limited range, black and below",
         {.across = 1, .down = 1, .matrix = 1, .is_limited = true},
         {3, 128, 128},
         {0, 0, 0}},
        {"limited range, BT.709",
         {.across = 1, .down = 1, .matrix = 1, .is_limited = true},
         {100, 140, 110},
         {65.5389, 104.8416, 123.1570}},
        {"coded as G, B, R", {.across = 1, .down = 1, .matrix = 0}, {10, 20, 30}, {30, 10, 20}},
        {"grays alone", {.matrix = 2}, {91, 0, 0}, {91, 91, 91}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double mean[3];
        convert(&rows[i].kind, rows[i].code, mean);
        for (int c = 0; c < 3; c++) /* thresholds are 1/16 apart */
            CHECK_NEAR(rows[i].label, mean[c], rows[i].rgb[c], 1.0 / 32 + 1e-3);
    }
}
END_TEST

START_TEST(half_the_chroma_runs_evenly_between_its_samples_and_to_odd_edges)
{
    enum { W = 5, H = 3 };
    uint16_t luma[W * H],
        chroma[2][3 * 2] = {{512, 512, 512, 512, 512, 512}, {512, 612, 712, 512, 612, 712}};
    static const double cr[W] = {0, 25, 75, 125,
                                 175}; /* left edge held; 612 and 712 to the right */
    uint16_t row[3][W];
    float scratch[MOST];
    for (int i = 0; i < W * H; i++)
        luma[i] = 500;
    tns_ycc p = {.width = W,
                 .height = H,
                 .bits = 10,
                 .across = 2,
                 .down = 2,
                 .matrix = 1,
                 .plane = {{luma, 2 * W, W, H}, {chroma[0], 6, 3, 2}, {chroma[1], 6, 3, 2}}};
    ck_assert(tns_ycc_is_readable(&p));
    for (int y = 0; y < H; y++) {
        tns_ycc_row(&p, y, scratch, (void *const[3]){row[0], row[1], row[2]});
        for (int x = 0; x < W; x++)
            CHECK_NEAR("red", row[0][x], 500 + 1.5748 * cr[x], 1.001);
    }
}
END_TEST

START_TEST(what_does_not_fit_or_is_not_known_is_refused)
{
    static uint8_t data[64];
    const tns_ycc good = {.width = 7,
                          .height = 5,
                          .bits = 8,
                          .across = 2,
                          .down = 2,
                          .matrix = 6,
                          .plane = {{data, 8, 7, 5}, {data, 4, 4, 3}, {data, 4, 4, 3}}};
    tns_ycc p = good;
    ck_assert(tns_ycc_is_readable(&p));
    p.matrix = 8;
    ck_assert_msg(!tns_ycc_is_readable(&p), "YCgCo");
    p = good, p.matrix = 0;
    ck_assert_msg(!tns_ycc_is_readable(&p), "R, G, B with half of two");
    p = good, p.plane[2].width = 3;
    ck_assert_msg(!tns_ycc_is_readable(&p), "chroma narrower than half");
    p = good, p.plane[1].data = NULL;
    ck_assert_msg(!tns_ycc_is_readable(&p), "no chroma");
    p = good, p.bits = 10;
    ck_assert_msg(!tns_ycc_is_readable(&p), "rows shorter than their samples");
    p = good, p.bits = 0;
    ck_assert_msg(!tns_ycc_is_readable(&p), "no depth");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_ycc");
    TCase *tc = tcase_create("decode_ycc");
    tcase_add_test(tc, the_equations_of_h_273_hold_for_the_mean_of_an_area);
    tcase_add_test(tc, half_the_chroma_runs_evenly_between_its_samples_and_to_odd_edges);
    tcase_add_test(tc, what_does_not_fit_or_is_not_known_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
