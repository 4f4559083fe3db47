/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fitted palette states of its own errors, against what refits of other readings show. */
#include "inks.h"
#include "support/testing.h"

enum { REFITS = 4, MIXTURES = 30, DRAWS = 10 };

typedef struct design {
    const char *label;
    bool film, fit_k2;
    double noise, pours, k2;
    double least; /* of coefficients within two stated deviations; a normal error has 0.95 */
} design;

typedef struct tally {
    double within, all;
    double true_square, stated_square; /* of L*, a*, b* of mixtures together */
} tally;

static void count_within(const inks *s, const tns_palette *palette, tally *out)
{
    for (int i = 0; i < s->count; i++)
        for (int b = 0; b < TNS_BANDS; b++) {
            const tns_pigment *p = &palette->pigments[i];
            ck_assert(p->has_covariance && p->K_sd[b] >= 0 && p->S_sd[b] >= 0);
            out->within += fabs(p->K[b] - s->K[i][b]) <= 2 * p->K_sd[b];
            out->within += fabs(p->S[b] - s->S[i][b]) <= 2 * p->S_sd[b];
            out->all += 2;
        }
}

/* K and S drawn as the compact form says: correlated along the bands, and with each other. */
static void draw_coefficients(const tns_palette *palette, int i, uint64_t *state, inks *out)
{
    const tns_pigment *p = &palette->pigments[i];
    double rho = palette->model.band_correlation, fresh = sqrt(1 - rho * rho), of_K = 0, of_S = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        of_K = rho * of_K + (b > 0 ? fresh : 1) * draw_normal(state);
        of_S = rho * of_S + (b > 0 ? fresh : 1) * draw_normal(state);
        double c = p->KS_correlation[b];
        out->K[i][b] = p->K[b] * exp(p->K_sd[b] / p->K[b] * of_K);
        out->S[i][b] = p->S[b] * exp(p->S_sd[b] / p->S[b] * (c * of_K + sqrt(1 - c * c) * of_S));
    }
}

static double square_between(const inks *a, const inks *b, const double *amount,
                             const tns_spectrum *backing, const tns_viewing *viewing)
{
    tns_spectrum left = true_spectrum(a, amount, backing);
    tns_spectrum right = true_spectrum(b, amount, backing);
    tns_lab p = tns_lab_from_spectrum(&left, viewing), q = tns_lab_from_spectrum(&right, viewing);
    return (p.L - q.L) * (p.L - q.L) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b);
}

static void count_mixtures(const inks *s, const tns_palette *palette, bool film, tally *out)
{
    uint64_t state = 77;
    tns_viewing viewing;
    inks fitted = *s, other;
    tns_spectrum paper = tns_spectrum_constant(0.85);
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    fitted.surface.k2 = palette->model.k2;
    for (int i = 0; i < s->count; i++) {
        memcpy(fitted.K[i], palette->pigments[i].K, sizeof fitted.K[i]);
        memcpy(fitted.S[i], palette->pigments[i].S, sizeof fitted.S[i]);
    }
    for (int m = 0; m < MIXTURES; m++) {
        double amount[INKS_MAX] = {0};
        for (int part = 0; part < 3; part++)
            amount[draw_int(&state, 0, s->count - 1)] += draw_between(&state, 0.05, 1);
        const tns_spectrum *backing = film ? &paper : NULL;
        out->true_square += square_between(s, &fitted, amount, backing, &viewing);
        for (int d = 0; d < DRAWS; d++) {
            other = fitted;
            for (int i = 0; i < s->count; i++)
                draw_coefficients(palette, i, &state, &other);
            out->stated_square +=
                square_between(&fitted, &other, amount, backing, &viewing) / DRAWS;
        }
    }
}

static tally refit(const design *d)
{
    tally out = {0};
    for (uint64_t run = 0; run < REFITS; run++) {
        tns_error err = {0};
        inks s = make_inks(6, d->k2, 500);
        s.noise = d->noise;
        s.pours = d->pours;
        s.state += 1000003 * run;
        if (d->film)
            add_film_plan(&s, 90);
        else
            add_opaque_plan(&s, 60);
        spare_the_folds(&s);
        tns_fit_options options = {.surface = s.surface, .fit_k2 = d->fit_k2};
        tns_fit *fit = tns_fit_solve(s.set, &options, NULL, &err);
        ck_assert_msg(fit != NULL, "%s", err.text);
        count_within(&s, fit->palette, &out);
        count_mixtures(&s, fit->palette, d->film, &out);
        if (d->fit_k2)
            CHECK_NEAR(d->label, fit->palette->model.k2, d->k2, 4 * fit->k2_sd);
        tns_fit_destroy(fit);
        free_inks(&s);
    }
    return out;
}

/*
 * Where amounts slip, a sample's bands err together and six inks have a dozen samples each to show
 * it: the deviations are then known to a third themselves. Mixtures: errors that the compact form
 * does not tie together (of different pigments) leave a factor of two.
 */
START_TEST(stated_deviations_are_what_refits_scatter_by)
{
    static const design designs[] = {
        {"opaque, noise", false, false, 0.003, 0, 0, 0.92},
        {"opaque, noise, k2 fitted", false, true, 0.003, 0, 0.5, 0.92},
        {"films, noise", true, false, 0.003, 0, 0, 0.92},
        {"opaque, amounts off by 7 %", false, false, 0.001, 0.07, 0, 0.75},
        {"films, amounts off by 7 %", true, false, 0.001, 0.07, 0, 0.75},
    };
    const design *d = &designs[_i];
    tally found = refit(d);
    double ratio = sqrt(found.true_square / found.stated_square);
    ck_assert_msg(found.within >= d->least * found.all, "%s: %.3f within two deviations", d->label,
                  found.within / found.all);
    ck_assert_msg(ratio > 0.5 && ratio < 1.6, "%s: mixtures err by %.2f of what is stated",
                  d->label, ratio);
}
END_TEST

/* One mix, poured once and drawn down once over both halves of a card: what slips, slips in both.
 */
static void add_draw_down(inks *s, const double *drops, const size_t card[2])
{
    double poured[INKS_MAX] = {0};
    double thickness = 0.1 * (1 + s->pours * draw_normal(&s->state));
    for (int i = 0; i < s->count; i++)
        poured[i] = drops[i] * thickness * (1 + s->pours * draw_normal(&s->state));
    for (int half = 0; half < 2; half++) {
        tns_fit_sample *sample = next_sample(s, "half");
        sample->kind = TNS_FIT_FILM;
        sample->backing = card[half];
        for (int i = 0; i < s->count; i++)
            sample->amount[i] = 0.1 * drops[i];
        sample->measured = true_spectrum(s, poured, &s->set->samples[card[half]].measured);
        for (int b = 0; b < TNS_BANDS; b++)
            sample->measured.value[b] += s->noise * draw_normal(&s->state);
    }
}

static double share_within(uint64_t run, double scatter)
{
    static const double mixes[][3] = {{0, 0, 24}, {0, 0, 1.2}, {6, 0, 18},
                                      {21, 0, 3}, {2, 0, 0},   {0, 1, 0}};
    tns_error err = {0};
    tally found = {0};
    inks s = make_inks(3, 0, 900);
    s.noise = 0.002;
    s.pours = 0.03;
    s.state += 1000003 * run;
    const size_t card[2] = {add_backing(&s, 0.85), add_backing(&s, 0.05)};
    for (size_t m = 0; m < sizeof mixes / sizeof *mixes; m++)
        add_draw_down(&s, mixes[m], card);
    const tns_fit_options options = {.surface = s.surface, .scatter = scatter};
    tns_fit *fit = tns_fit_solve(s.set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    count_within(&s, fit->palette, &found);
    tns_fit_destroy(fit);
    free_inks(&s);
    return found.within / found.all;
}

/* Each mix of a ladder is met nearly as it was poured: no residual shows that a drop was larger. */
START_TEST(a_ladder_knows_no_more_than_its_drops_do)
{
    enum { LADDERS = 12 };
    double within = 0, without = 0;
    for (uint64_t run = 0; run < LADDERS; run++) {
        within += share_within(run, 0.03) / LADDERS;
        without += share_within(run, 0) / LADDERS;
    }
    printf("WITHIN %g %g\n", within, without);
    ck_assert_msg(within > 0.88 && within < 0.995, "%.3f within two deviations", within);
    ck_assert_msg(without < 0.8, "%.3f within two deviations without it", without);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deviations");
    TCase *tc = tcase_create("deviations");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, stated_deviations_are_what_refits_scatter_by, 0, 5);
    tcase_add_test(tc, a_ladder_knows_no_more_than_its_drops_do);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
