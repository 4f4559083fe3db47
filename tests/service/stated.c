/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/service.h>

#include "support/testing.h"

/* A target no surface has is matched by the nearest that one has, and judged by what was asked. */
START_TEST(a_match_is_judged_by_the_target_asked_for)
{
    tns_reading target;
    tns_error err = {0};
    ck_assert(tns_target_load("lab:99.03,0.54,-2.47", &target, NULL));
    tns_palette *kimera = tns_palette_find("kimera", NULL);
    ck_assert(kimera != NULL);
    tns_match_order order = {
        .palette = kimera, .target = &target, .only = "white", .tolerance = 2, .top = 1};
    tns_match_service *service = tns_service_match(&order, NULL, &err);
    ck_assert_msg(service != NULL, "%s", err.text);
    const tns_match *match = tns_match_service_answer(service)->match;
    const tns_recipe *best = &match->recipes[0];
    CHECK_NEAR("de00", best->de00[0], tns_de00(target.color.lab, best->color[0].lab), 1e-9);
    ck_assert(best->de00[0] > 2 && !match->within_tolerance && !match->in_gamut);
    tns_match_service_destroy(service);
    tns_palette_destroy(kimera);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stated");
    TCase *tc = tcase_create("stated");
    tcase_add_test(tc, a_match_is_judged_by_the_target_asked_for);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
