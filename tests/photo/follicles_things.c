/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no hair, and hair that is not dark, on rendered stubble whose truth is known. */
#include <string.h>

#include "photo/counting.h"
#include "support/testing.h"

static tns_follicles look(const stubble_scene *s, stubble_picture *p)
{
    ck_assert(stubble_make(s, p));
    return counting_look(p->rgb, p->width, p->height, 1 / s->px_per_mm);
}

/* Skin with things on it, and not a hair. */
static stubble_scene without_hair(uint64_t seed)
{
    stubble_scene s = stubble_scene_usual(100, seed);
    s.width = 512;
    s.height = 384;
    s.units_per_cm2 = 0;
    return s;
}

static void bubbles(stubble_scene *s)
{
    s->bubbles = 8;
}

static void sheen(stubble_scene *s)
{
    s->sheen = 600;
}

static void nicks(stubble_scene *s)
{
    s->nicks = 6;
}

static void crusts(stubble_scene *s)
{
    s->crusts = 6;
}

static void oil(stubble_scene *s)
{
    s->oil = 0.4;
}

/* Pale and round. */
static void pores(stubble_scene *s)
{
    s->pores = 60;
    s->texture = 0.1;
}

/* Without a hair nothing shows what hair is like: a few may pass for it. */
START_TEST(of_what_else_lies_on_bare_skin_hardly_any_is_hair)
{
    static const struct {
        const char *label;
        void (*change)(stubble_scene *s);
        size_t most;
    } things[] = {
        {"bubbles", bubbles, 1}, {"sheen", sheen, 1}, {"nicks", nicks, 3},
        {"crusts", crusts, 5},   {"oil", oil, 3},     {"pores", pores, 1},
    };
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        stubble_scene s = without_hair(60 + i);
        things[i].change(&s);
        stubble_picture p;
        tns_follicles f = look(&s, &p);
        ck_assert_msg(f.units <= things[i].most, "%s: %zu units", things[i].label, f.units);
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
}
END_TEST

START_TEST(white_hair_counts_and_is_told_by_its_contrast)
{
    stubble_scene s = stubble_scene_usual(100, 33);
    s.width = 512;
    s.height = 384;
    s.grey_share = 1;
    s.length_mm[0] = 0.4;
    stubble_picture p;
    tns_follicles f = look(&s, &p);
    double f1 = counting_f1(&p, &f);
    ck_assert_msg(f1 > 0.8, "F1 %.3f, %zu of %zu units", f1, f.units, p.unit_count);
    for (size_t i = 0; i < f.count; i++)
        ck_assert_double_lt(f.hair[i].contrast, 0);
    tns_follicles_finish(&f);
    stubble_finish(&p);
}
END_TEST

static void outlines(stubble_scene *s)
{
    s->bubbles = 10;
    s->moles = 1;
}

static void far_grey(stubble_scene *s)
{
    s->px_per_mm = 36;
    s->grey_share = 0.5;
}

static void pale_grey(stubble_scene *s)
{
    far_grey(s);
    s->px_per_mm = 60;
    s->grey_L = 82;
    s->grey_clear = 0.3;
    s->shadow = 0.3;
}

static void rim(stubble_scene *s)
{
    s->tube = 0.72;
    s->bowl = 1;
    s->blur_px = 2;
}

START_TEST(hair_is_told_from_what_lies_among_it)
{
    static const struct {
        const char *label;
        void (*change)(stubble_scene *s);
        double f1;
    } rows[] = {
        {"bubbles and a mole", outlines, 0.92},
        {"grey hair, two pixels wide", far_grey, 0.85},
        {"grey hair, pale and with shadows", pale_grey, 0.88},
        {"where the frame cuts a round field", rim, 0.93},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stubble_scene s = stubble_scene_usual(100, 310 + i);
        s.width = 512;
        s.height = 384;
        rows[i].change(&s);
        stubble_picture p;
        tns_follicles f = look(&s, &p);
        double f1 = counting_f1(&p, &f);
        ck_assert_msg(f1 >= rows[i].f1, "%s: F1 %.3f, %zu of %zu units", rows[i].label, f1, f.units,
                      p.unit_count);
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
}
END_TEST

/* A line of `value`, five pixels wide and 30 long, about (x, y). */
static void draw_line(unsigned char *rgb, int width, int x, int y, double angle, int value)
{
    for (int v = -20; v <= 20; v++)
        for (int u = -20; u <= 20; u++) {
            double along = u * cos(angle) + v * sin(angle), off = v * cos(angle) - u * sin(angle);
            if (fabs(along) <= 15 && fabs(off) <= 2.5)
                memset(rgb + 3 * ((y + v) * width + x + u), value, 3);
        }
}

START_TEST(bright_lines_that_may_be_hair_widen_the_interval_and_are_told)
{
    enum { SIDE = 480 };
    static unsigned char rgb[3 * SIDE * SIDE];
    memset(rgb, 150, sizeof rgb);
    for (int i = 0; i < 16; i++)
        draw_line(rgb, SIDE, 60 + i % 4 * 100, 60 + i / 4 * 100, 0.6 + 0.1 * (i % 3), 40);
    for (int i = 0; i < 9; i++) /* any way */
        draw_line(rgb, SIDE, 110 + i % 3 * 100, 110 + i / 3 * 100, 0.7 * i, 230);
    tns_follicles f = counting_look(rgb, SIDE, SIDE, 0.02);
    double cm2 = SIDE * SIDE * 0.02 * 0.02 / 100;
    ck_assert_uint_eq(f.count, 16);
    ck_assert_uint_eq(f.counted, 16);
    CHECK_NEAR("density", f.density_per_cm2, 16 / cm2, 1e-9);
    CHECK_NEAR("lower", f.density_ci95[0], 9.145 / cm2, 1e-2);  /* Garwood's table for 16 */
    CHECK_NEAR("upper", f.density_ci95[1], 36.905 / cm2, 1e-1); /* and for 16 + 9 */
    ck_assert_uint_eq(f.warnings.count, 1);
    ck_assert_ptr_nonnull(strstr(f.warnings.text[0], "9 bright lines may be white hairs"));
    tns_follicles_finish(&f);
}
END_TEST

START_TEST(what_is_black_around_a_round_field_is_no_part_of_the_scalp)
{
    stubble_scene s = stubble_scene_usual(60, 5);
    s.width = 512;
    s.height = 384;
    s.tube = 0.8;
    stubble_picture p;
    tns_follicles f = look(&s, &p);
    double f1 = counting_f1(&p, &f), radius = s.tube * hypot(s.width, s.height) / 2;
    double rim = 3 * 7 + 6, seen = 0; /* of cells of 7 pixels, and the blur of the edge */
    for (int y = 0; y < s.height; y++)
        for (int x = 0; x < s.width; x++)
            seen += hypot(x - s.width / 2.0, y - s.height / 2.0) < radius - rim / 2;
    CHECK_NEAR("area", f.area_px, seen, rim / 2 * 6.28 * radius);
    ck_assert_msg(f1 > 0.75, "F1 %.3f, %zu of %zu units", f1, f.units, p.unit_count);
    tns_follicles_finish(&f);
    stubble_finish(&p);
}
END_TEST

START_TEST(a_dim_corner_is_part_of_the_scalp)
{
    stubble_scene s = stubble_scene_usual(60, 6);
    s.width = 320;
    s.height = 240;
    s.vignetting = 0.9;
    stubble_picture p;
    tns_follicles f = look(&s, &p);
    CHECK_NEAR("area", f.area_px, 320 * 240, 0.5);
    tns_follicles_finish(&f);
    stubble_finish(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo/follicles_things");
    TCase *tcase = tcase_create("core");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, of_what_else_lies_on_bare_skin_hardly_any_is_hair);
    tcase_add_test(tcase, white_hair_counts_and_is_told_by_its_contrast);
    tcase_add_test(tcase, hair_is_told_from_what_lies_among_it);
    tcase_add_test(tcase, bright_lines_that_may_be_hair_widen_the_interval_and_are_told);
    tcase_add_test(tcase, what_is_black_around_a_round_field_is_no_part_of_the_scalp);
    tcase_add_test(tcase, a_dim_corner_is_part_of_the_scalp);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
