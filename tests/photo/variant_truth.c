/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/variants.h"
#include "support/testing.h"

static int lightness(const variant *v, tns_point at)
{
    const render_picture *p = &v->picture;
    ck_assert_msg(at.x >= 0 && at.y >= 0 && at.x < p->width && at.y < p->height, "%s", v->label);
    return p->rgb[3 * ((size_t)at.y * (size_t)p->width + (size_t)at.x) + 1];
}

static bool load(const char *name, variant_source *out)
{
    const char *path = shared_file("photos/ground_truth.json");
    if (!path)
        return false;
    char folder[4096];
    tns_error err = {0};
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    for (int i = 0; i < variant_source_count(); i++)
        if (strcmp(variant_source_name(i), name) == 0) {
            ck_assert_msg(variant_source_load(folder, i, out, &err), "%s", err.text);
            return true;
        }
    ck_abort_msg("%s", name);
}

START_TEST(a_variant_shows_white_and_black_where_its_truth_says)
{
    static const char *const names[] = {"plantcv__classic.png", "qiu__passport.jpg"};
    int kinds[4] = {0};
    for (size_t n = 0; n < 2; n++) {
        variant_source source;
        if (!load(names[n], &source))
            return;
        for (uint64_t seed = 0; seed < 4; seed++) {
            variant v;
            ck_assert(variant_make(&source, seed, &v));
            kinds[v.verdict]++;
            if (v.verdict != RENDER_EITHER && !strstr(v.label, "covered"))
                ck_assert_msg(lightness(&v, v.corner[3]) > lightness(&v, v.corner[2]) + 30, "%s",
                              v.label);
            variant_finish(&v);
        }
        variant_source_finish(&source);
    }
    ck_assert(kinds[RENDER_FOUND] > 4);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_variant)
{
    variant_source source;
    if (!load("plantcv__classic.png", &source))
        return;
    variant a, b;
    ck_assert(variant_make(&source, 5, &a) && variant_make(&source, 5, &b));
    ck_assert_int_eq(a.picture.width, b.picture.width);
    ck_assert(memcmp(a.picture.rgb, b.picture.rgb,
                     3 * (size_t)a.picture.width * (size_t)a.picture.height) == 0);
    ck_assert_str_eq(a.label, b.label);
    variant_finish(&a);
    variant_finish(&b);
    variant_source_finish(&source);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("variants");
    TCase *tc = tcase_create("variants");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_variant_shows_white_and_black_where_its_truth_says);
    tcase_add_test(tc, the_same_seed_gives_the_same_variant);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
