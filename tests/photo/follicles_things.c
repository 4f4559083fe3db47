/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no hair, and hair that is not dark, on rendered stubble whose truth is known. */
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
    tcase_add_test(tcase, what_is_black_around_a_round_field_is_no_part_of_the_scalp);
    tcase_add_test(tcase, a_dim_corner_is_part_of_the_scalp);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
