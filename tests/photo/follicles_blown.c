/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scalp that a flash has made white in places, on rendered stubble whose truth is known. */
#include <string.h>

#include "photo/counting.h"
#include "support/testing.h"

static stubble_scene flashed(double px_per_mm, double flash_mm, uint64_t seed)
{
    stubble_scene s = stubble_scene_usual(px_per_mm, seed);
    s.width = 800;
    s.height = 600;
    s.flash = 3;
    s.flash_mm = flash_mm;
    return s;
}

static tns_follicles look(const stubble_scene *s)
{
    stubble_picture p;
    ck_assert(stubble_make(s, &p));
    tns_follicles f = counting_look(p.rgb, p.width, p.height, 1 / s->px_per_mm);
    stubble_finish(&p);
    return f;
}

static bool tells(const tns_warnings *warnings, const char *words)
{
    for (size_t i = 0; i < warnings->count; i++)
        if (strstr(warnings->text[i], words))
            return true;
    return false;
}

START_TEST(what_a_flash_leaves_white_is_no_part_of_the_area)
{
    static const struct {
        double px_per_mm, flash_mm;
    } rows[] = {{40, 3}, {40, 2.5}, {40, 2}, {50, 2.5}, {50, 2}};
    double sum = 0;
    int inside = 0, n = sizeof rows / sizeof *rows;
    for (int i = 0; i < n; i++) {
        stubble_scene s = flashed(rows[i].px_per_mm, rows[i].flash_mm, 5100 + (uint64_t)i);
        tns_follicles f = look(&s);
        double all = (double)s.width * s.height;
        ck_assert_msg(f.area_px > 0.4 * all && f.area_px < 0.9 * all, "%d: area %.3f", i,
                      f.area_px / all);
        ck_assert(tells(&f.warnings, "too bright to show hair"));
        ck_assert(tells(&f.warnings, "lower bound"));
        sum += f.density_per_cm2 / s.units_per_cm2;
        inside += f.density_ci95[0] <= s.units_per_cm2 && s.units_per_cm2 <= f.density_ci95[1];
        tns_follicles_finish(&f);
    }
    CHECK_NEAR("mean density over the scene's", sum / n, 1, 0.12);
    ck_assert_int_ge(inside, n - 1);
}
END_TEST

START_TEST(where_hair_shows_on_white_skin_the_area_stays)
{
    for (uint64_t seed = 5200; seed < 5203; seed++) {
        stubble_scene s = flashed(40, 1000, seed); /* so broad that it is even */
        s.flash = 0.4;
        s.skin = (tns_lab){95, 2, 3};
        tns_follicles f = look(&s);
        CHECK_NEAR("area", f.area_px / s.width / s.height, 1, 0.03);
        ck_assert_uint_gt(f.units, 60);
        tns_follicles_finish(&f);
    }
}
END_TEST

START_TEST(reflexes_smaller_than_gaps_among_hairs_take_no_area)
{
    stubble_scene s = stubble_scene_usual(60, 5301);
    s.width = 480;
    s.height = 384;
    s.sheen = 400;
    s.sheen_mm = 0.15;
    tns_follicles f = look(&s);
    CHECK_NEAR("area", f.area_px, s.width * s.height, 0.5);
    ck_assert(!tells(&f.warnings, "too bright"));
    tns_follicles_finish(&f);
}
END_TEST

static void refuses(const unsigned char *rgb, int width, int height, const char *words)
{
    tns_image *image = counting_image(rgb, width, height);
    tns_light light = {.image = image};
    tns_plot plot = {.box = {0, 0, width, height}};
    tns_follicles f;
    tns_error err = {0};
    ck_assert(!tns_follicles_find(&light, &plot, 0.02, &f, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert_msg(strstr(err.text, words) != NULL, "%s", err.text);
    tns_follicles_finish(&f);
    tns_image_destroy(image);
}

START_TEST(where_next_to_nothing_shows_the_count_is_refused)
{
    static unsigned char white[3 * 320 * 240];
    stubble_scene s = flashed(20, 16, 5401);
    stubble_picture p;
    memset(white, 255, sizeof white);
    refuses(white, 320, 240, "100 % of the place is too bright");
    s.flash = 5;
    ck_assert(stubble_make(&s, &p));
    refuses(p.rgb, p.width, p.height, "without flash");
    stubble_finish(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo/follicles_blown");
    TCase *tcase = tcase_create("core");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, what_a_flash_leaves_white_is_no_part_of_the_area);
    tcase_add_test(tcase, where_hair_shows_on_white_skin_the_area_stays);
    tcase_add_test(tcase, reflexes_smaller_than_gaps_among_hairs_take_no_area);
    tcase_add_test(tcase, where_next_to_nothing_shows_the_count_is_refused);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
