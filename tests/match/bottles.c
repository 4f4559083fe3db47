/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reading tells of bottles: slopes against differences, covariances against draws. */
#include "match/pot/bottles.h"

#include "pot.h"

/* A pot of three parts and how it is read. */
typedef struct sample {
    trial t;
    tns_pot pot;
    tns_evidence evidence;
} sample;

static const double FACTOR[3] = {1.1, 0.8, 1.3};

static void fill(sample *p, bool film, bool color, double r)
{
    start(&p->t, 4, 3, film, 77);
    memset(&p->pot, 0, sizeof p->pot);
    p->t.s.palette.model.band_correlation = r;
    p->pot.count = 3;
    for (int i = 0; i < 3; i++) {
        tns_pigment *pigment = &p->t.s.pigments[i];
        pigment->uncertainty = r < 1 ? 0 : 0.01;
        pigment->has_covariance = r < 1;
        for (int b = 0; b < TNS_BANDS; b++) {
            pigment->K_sd[b] = 0.01 * pigment->K[b];
            pigment->S_sd[b] = 0.01 * pigment->S[b];
            pigment->KS_correlation[b] = 0.5;
        }
        tns_pot_fill(&p->pot, i, &p->t.s.palette, i, (tns_unit){.kind = TNS_UNIT_DROP});
        p->pot.units[i] = p->t.request.units[i];
    }
    p->evidence = (tns_evidence){.surface = &p->t.surface,
                                 .count = color ? 3 : 30,
                                 .first = color ? 0 : 4,
                                 .noise = color ? 0.05 : 0.0005,
                                 .viewing = color ? &p->t.viewings[0] : NULL};
}

static void read_with(const sample *p, const double *factor, const tns_mix *bottles, double *out)
{
    tns_mix mix;
    tns_pot_mix(&p->pot, factor, bottles, &mix);
    tns_spectrum seen = tns_evidence_see(&p->evidence, &mix);
    tns_evidence_read(&p->evidence, &seen, out);
}

static void check_slopes(const sample *p, int part)
{
    const double h = 1e-5;
    double more[3], less[3], up[TNS_BANDS], down[TNS_BANDS], by_band[TNS_BANDS], slope[TNS_BANDS];
    tns_mix mix, unit = tns_component_unit(&p->pot.components[part]);
    tns_sight sight;
    memcpy(more, FACTOR, sizeof more);
    memcpy(less, FACTOR, sizeof less);
    more[part] *= exp(h);
    less[part] *= exp(-h);
    read_with(p, more, NULL, up);
    read_with(p, less, NULL, down);
    tns_pot_mix(&p->pot, FACTOR, NULL, &mix);
    tns_sight_init(&sight, &p->evidence, &mix);
    tns_sight_add(&sight, p->pot.units[part] * FACTOR[part], &unit, by_band);
    tns_sight_read(&sight, by_band, slope);
    for (int i = 0; i < p->evidence.count; i++)
        CHECK_NEAR("slope", slope[i], (up[i] - down[i]) / (2 * h),
                   1e-6 * (p->evidence.viewing ? 100 : 1));
}

START_TEST(what_is_read_moves_with_the_amounts_as_its_slopes_say)
{
    for (int kind = 0; kind < 4; kind++) {
        sample p;
        fill(&p, kind & 1, kind & 2, 1);
        for (int part = 0; part < 3; part++)
            check_slopes(&p, part);
    }
}
END_TEST

/* Bottles as they may be, and what a reading of them differs by. */
static void draw_residual(const sample *p, tns_random *random, double *out)
{
    double read[TNS_BANDS];
    tns_mix bottle[3];
    for (int i = 0; i < 3; i++) {
        bottle[i] = tns_component_unit(&p->pot.components[i]);
        tns_colorant_draw(&p->pot.errors[i], random, &bottle[i]);
    }
    read_with(p, FACTOR, NULL, read);
    read_with(p, FACTOR, bottle, out);
    for (int i = 0; i < p->evidence.count; i++)
        out[i] += p->evidence.noise * tns_draw_normal(random) - read[i];
}

START_TEST(whitened_readings_of_drawn_bottles_are_independent_and_of_unit_deviation)
{
    enum { DRAWS = 4000 };
    for (int kind = 0; kind < 8; kind++) {
        sample p;
        tns_bottles bottles;
        double z[TNS_BANDS], sum[TNS_BANDS][TNS_BANDS] = {{0}};
        tns_random random = tns_random_make(3);
        fill(&p, kind & 1, kind & 2, kind & 4 ? 0.8 : 1);
        tns_bottles_init(&bottles, &p.pot, &p.evidence, FACTOR, false);
        for (int n = 0; n < DRAWS; n++) {
            draw_residual(&p, &random, z);
            tns_bottles_whiten(&bottles, z);
            for (int i = 0; i < p.evidence.count; i++)
                for (int k = 0; k <= i; k++)
                    sum[i][k] += z[i] * z[k] / DRAWS;
        }
        /* they scatter by 0.022 and 0.016, of which five may be met in so many */
        for (int i = 0; i < p.evidence.count; i++)
            for (int k = 0; k <= i; k++)
                CHECK_NEAR("covariance", sum[i][k], i == k, 0.11);
    }
}
END_TEST

START_TEST(bottles_that_are_expected_leave_little_of_what_they_moved)
{
    for (int kind = 0; kind < 8; kind++) {
        sample p;
        tns_bottles bottles;
        tns_mix expected[3];
        double off[TNS_BANDS], named[TNS_BANDS], read[TNS_BANDS], before = 0, after = 0;
        tns_random random = tns_random_make(5);
        fill(&p, kind & 1, kind & 2, kind & 4 ? 0.8 : 1);
        p.evidence.noise *= 0.01;
        tns_bottles_init(&bottles, &p.pot, &p.evidence, FACTOR, false);
        draw_residual(&p, &random, off);
        tns_bottles_expect(&bottles, off, NULL, expected);
        read_with(&p, FACTOR, NULL, named);
        read_with(&p, FACTOR, expected, read);
        for (int i = 0; i < p.evidence.count; i++) {
            before += off[i] * off[i];
            after += (named[i] + off[i] - read[i]) * (named[i] + off[i] - read[i]);
        }
        ck_assert_double_lt(sqrt(after), 0.05 * sqrt(before));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bottles");
    TCase *tests = tcase_create("bottles");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, what_is_read_moves_with_the_amounts_as_its_slopes_say);
    tcase_add_test(tests, whitened_readings_of_drawn_bottles_are_independent_and_of_unit_deviation);
    tcase_add_test(tests, bottles_that_are_expected_leave_little_of_what_they_moved);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
