/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "skin/look.h"
#include "support/draw.h"
#include "support/testing.h"

/* Skins all over what the priors allow, and some held at a bound. */
static void draw_figures(uint64_t *state, double z[TNS_SKIN_FIGURES])
{
    for (int i = 0; i < TNS_SKIN_FIGURES; i++)
        z[i] = draw_between(state, -3, 3);
}

START_TEST(it_sees_the_skin_that_the_layers_make)
{
    uint64_t state = 3;
    for (int round = 0; round < 200; round++) {
        tns_specular specular = round % 2 ? TNS_SPECULAR_EXCLUDED : TNS_SPECULAR_INCLUDED;
        tns_look_table table = tns_look_table_make(specular, TNS_ISA_PLAIN);
        double z[TNS_SKIN_FIGURES];
        draw_figures(&state, z);
        tns_skin skin = tns_skin_from_free(z);
        tns_spectrum bare = tns_skin_reflectance(&skin, specular);
        tns_look look;
        tns_look_at(&table, z, &look);
        for (int b = 0; b < TNS_BANDS; b++) /* rounding, and the end of the series */
            CHECK_NEAR("band", look.seen[b], bare.value[b], 1e-12);
    }
}
END_TEST

/* Central differences over 1e-4 are good to their square and to rounding over them. */
START_TEST(its_slopes_are_those_of_what_it_sees)
{
    static const double step = 1e-4;
    uint64_t state = 5;
    tns_look_table table = tns_look_table_make(TNS_SPECULAR_INCLUDED, TNS_ISA_PLAIN);
    for (int round = 0; round < 100; round++) {
        double z[TNS_SKIN_FIGURES];
        tns_look at, up, down;
        draw_figures(&state, z);
        tns_look_at(&table, z, &at);
        for (int i = 0; i < TNS_SKIN_FIGURES; i++) {
            double there = z[i];
            z[i] = there + step;
            tns_look_at(&table, z, &up);
            z[i] = there - step;
            tns_look_at(&table, z, &down);
            z[i] = there;
            tns_skin above = tns_skin_from_free(z);
            if (above.melanin > 0.99 || above.blood > 0.99)
                continue; /* a corner: no slope to be found by differences */
            for (int b = 0; b < TNS_BANDS; b++)
                CHECK_NEAR("slope", at.by[i][b], (up.seen[b] - down.seen[b]) / (2 * step), 3e-8);
        }
    }
}
END_TEST

START_TEST(a_figure_held_at_its_bound_moves_nothing)
{
    tns_look_table table = tns_look_table_make(TNS_SPECULAR_INCLUDED, TNS_ISA_PLAIN);
    for (int i = 0; i < TNS_SKIN_FIGURES; i++) {
        double z[TNS_SKIN_FIGURES] = {0};
        tns_look look;
        z[i] = 13;
        tns_look_at(&table, z, &look);
        for (int b = 0; b < TNS_BANDS; b++)
            ck_assert_msg(look.by[i][b] == 0, "figure %d, band %d", i, b);
    }
}
END_TEST

START_TEST(every_instruction_set_sees_the_same_bits)
{
    uint64_t state = 7;
    for (int round = 0; round < 100; round++) {
        tns_isa isa = (tns_isa)draw_int(&state, TNS_ISA_PLAIN, (int)tns_cpu_isa());
        tns_look_table plain = tns_look_table_make(TNS_SPECULAR_INCLUDED, TNS_ISA_PLAIN);
        tns_look_table here = tns_look_table_make(TNS_SPECULAR_INCLUDED, isa);
        double z[TNS_SKIN_FIGURES];
        tns_look one, other;
        draw_figures(&state, z);
        tns_look_at(&plain, z, &one);
        tns_look_at(&here, z, &other);
        ck_assert(memcmp(&one, &other, sizeof one) == 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("look");
    TCase *tc = tcase_create("look");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, it_sees_the_skin_that_the_layers_make);
    tcase_add_test(tc, its_slopes_are_those_of_what_it_sees);
    tcase_add_test(tc, a_figure_held_at_its_bound_moves_nothing);
    tcase_add_test(tc, every_instruction_set_sees_the_same_bits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
