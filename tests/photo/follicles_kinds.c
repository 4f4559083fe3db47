/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of every kind, and what is no hair, on rendered stubble whose truth is known. */
#include "photo/counting.h"
#include "support/testing.h"

static stubble_scene halved(const stubble_kind *kind, uint64_t seed)
{
    stubble_scene s = stubble_scene_drawn(kind, seed);
    s.width = 512;
    s.height = 384;
    s.px_per_mm = fmin(s.px_per_mm, 100); /* so that some units are in the small picture */
    s.blur_px *= s.px_per_mm / 240;
    return s;
}

static tns_follicles look(const stubble_scene *s, stubble_picture *p)
{
    ck_assert(stubble_make(s, p));
    return counting_look(p->rgb, p->width, p->height, 1 / s->px_per_mm);
}

/* What was found less a little: of a dozen units one is 0.08. */
static const double least_f1[STUBBLE_KINDS] = {
    0.92, 0.85, 0.92, 0.92,
    0.78, 0.82, 0.92, /* plain, long, dots, dark skin, fair, white, grey */
    0.88, 0.72, 0.65, 0.78,
    0.92, 0.82, 0.88, /* vellus, sheen, oil, bubbles, red, scaly, pores */
    0.88, 0.86, 0.80, 0.88,
    0.82, 0.99, 0.55, /* wrong things, soft, poor, dense, far, bare, mixed */
};

START_TEST(units_are_found_in_views_of_every_kind)
{
    for (int k = 0; k < STUBBLE_KINDS; k++) {
        stubble_scene s = halved(&stubble_kinds[k], 7000 + (uint64_t)k);
        stubble_picture p;
        tns_follicles f = look(&s, &p);
        double f1 = counting_f1(&p, &f);
        ck_assert_msg(f1 >= least_f1[k], "%s: F1 %.3f, %zu of %zu units", stubble_kinds[k].name, f1,
                      f.units, p.unit_count);
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
}
END_TEST

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

/* Without a hair nothing shows what hair is like: a few may pass for it. */
START_TEST(of_what_else_lies_on_bare_skin_hardly_any_is_hair)
{
    static const struct {
        const char *label;
        void (*change)(stubble_scene *s);
        size_t most;
    } things[] = {
        {"bubbles", bubbles, 1}, {"sheen", sheen, 1}, {"nicks", nicks, 5},
        {"crusts", crusts, 5},   {"oil", oil, 3},
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

int main(void)
{
    Suite *suite = suite_create("photo/follicles_kinds");
    TCase *tcase = tcase_create("core");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, units_are_found_in_views_of_every_kind);
    tcase_add_test(tcase, of_what_else_lies_on_bare_skin_hardly_any_is_hair);
    tcase_add_test(tcase, white_hair_counts_and_is_told_by_its_contrast);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
