/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Films as they are: amounts and thickness slip, gloss and paper do what Kubelka and Munk leave
 * out. Left-out films are predicted no worse than by a plain Levenberg-Marquardt fit of each band
 * by itself, residuals divided by R + 0.03.
 */
#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>

#include "inks.h"
#include "pigment/fit_plan.h"
#include "support/testing.h"

enum { INKS = 5, RUNGS = 8, RATIOS = 6, STEPS = 40, PLAIN_SAMPLES = 256 };

typedef struct reality {
    const char *label;
    double pours, thickness;     /* relative */
    double gloss, gloss_scatter; /* light the film's top scatters back */
    double soaked;               /* load that sinks into the paper */
    double uneven;               /* thickness within what the instrument sees */
    double outliers;             /* share of films poured wholly wrong */
    tns_saunderson truth, taken;
} reality;

static const reality realities[] = {
    {.label = "amounts 7 %", .pours = 0.07},
    {.label = "thickness 10 %", .thickness = 0.1},
    {.label = "gloss", .pours = 0.03, .thickness = 0.05, .gloss = 0.01, .gloss_scatter = 0.004},
    {.label = "paper that drinks", .pours = 0.03, .thickness = 0.05, .soaked = 0.15},
    {.label = "glossy, taken as matte",
     .pours = 0.03,
     .thickness = 0.05,
     .truth = {0.04, 0.5, false}},
    {.label = "all of it and outliers",
     .pours = 0.05,
     .thickness = 0.08,
     .gloss = 0.005,
     .gloss_scatter = 0.003,
     .soaked = 0.1,
     .uneven = 0.3,
     .outliers = 0.05,
     .truth = {0.04, 0.5, false}},
};

/* ---- films ---- */

static void read_film(inks *s, const reality *real, const double *amount, tns_spectrum *out)
{
    double poured[INKS_MAX], all = 0, thick = exp(real->thickness * draw_normal(&s->state));
    if (draw(&s->state) < real->outliers)
        thick *= exp(0.7 * draw_normal(&s->state));
    for (int i = 0; i < s->count; i++)
        all += poured[i] = amount[i] * thick * exp(real->pours * draw_normal(&s->state));
    double sunk = real->soaked > 0 ? real->soaked * (1 - exp(-all / real->soaked)) / all : 0;
    double shine = real->gloss + real->gloss_scatter * draw_normal(&s->state);
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = 0, S = 0, R = 0, bare = s->set->samples[0].measured.value[b];
        for (int i = 0; i < s->count; i++) {
            K += poured[i] * s->K[i][b];
            S += poured[i] * s->S[i][b];
        }
        double below = tns_saunderson_internal(real->truth, bare) * exp(-1.2 * K * sunk);
        for (int side = -1; side <= 1; side++)
            R += tns_km_film(K, S, (1 - sunk) * (1 + side * real->uneven), below) / 3;
        double seen = tns_saunderson_measured(real->truth, R) + shine;
        out->value[b] = fmin(fmax(seen + 0.002 * draw_normal(&s->state), 0), 1);
    }
}

static void add_film(inks *s, const reality *real, int a, int b, double share, double load)
{
    double amount[INKS_MAX] = {0};
    amount[a] += share * load;
    amount[b] += (1 - share) * load;
    tns_fit_sample *sample = add_sample(s, amount, true, 0);
    read_film(s, real, amount, &sample->measured);
}

static size_t ladder_films; /* the samples up to there are ladders, white tints, black shades */

static inks films(const reality *real, uint64_t seed)
{
    inks s = make_inks(INKS, 0, seed);
    s.noise = 0;
    add_backing(&s, 0.85);
    for (int i = 0; i < INKS; i++)
        for (int rung = 0; rung < RUNGS; rung++)
            add_film(&s, real, i, i, 1, 0.04 * pow(1.7, rung));
    for (int b = 0; b < INKS; b++)
        for (int a = b + 1; a < INKS; a++)
            for (int k = 0; k < RATIOS; k++) {
                ladder_films = b == 2 && a == 3 && k == 0 ? s.set->count : ladder_films;
                add_film(&s, real, a, b, (k + 0.5) / RATIOS, draw_between(&s.state, 0.2, 1.6));
            }
    return s;
}

/* ---- the plain fit ---- */

static void solve_band(tns_band *band, double *x)
{
    tns_band_solver *solver = tns_band_solver_create(band->rows, tns_band_parameters(band));
    for (size_t r = 0; r < band->rows; r++)
        band->scale[r] = 100 / (band->seen[r] + 0.03);
    ck_assert(solver && tns_band_start(band, x));
    memcpy(band->prior, x, sizeof band->prior);
    for (int p = 0; p < tns_band_parameters(band); p++)
        band->strength[p] = 1.0 / 3;
    tns_band_solve(solver, band, STEPS, x);
    tns_band_solver_destroy(solver);
}

/* dE00 of what was held out, in order; how many. */
static size_t plain_errors(const inks *s, const tns_fit_options *options, double *out)
{
    tns_fit_plan plan;
    tns_viewing viewing;
    ck_assert(tns_fit_plan_make(s->set, options, &plan, NULL));
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    tns_ink_system *kept = tns_fit_plan_system(&plan, false, NULL);
    tns_ink_system *others = tns_fit_plan_system(&plan, true, NULL);
    ck_assert(kept && others);
    for (int b = 0; b < TNS_BANDS; b++)
        solve_band(&kept->band[b], kept->x[b]);
    memcpy(others->x, kept->x, sizeof others->x);
    size_t rows = others->rows;
    for (size_t r = 0; r < rows; r++) {
        tns_spectrum seen = tns_spectrum_constant(0), found = tns_ink_system_predict(others, r);
        memcpy(seen.value, others->seen[r], sizeof seen.value);
        out[r] = tns_de00(tns_lab_from_spectrum(&seen, &viewing),
                          tns_lab_from_spectrum(&found, &viewing));
    }
    tns_ink_system_destroy(kept);
    tns_ink_system_destroy(others);
    return rows;
}

/* ---- the comparison ---- */

static size_t our_errors(const inks *s, const tns_fit_options *options, double *out)
{
    tns_error err = {0};
    size_t n = 0;
    tns_fit *fit = tns_fit_solve(s->set, options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    for (size_t i = 0; i < fit->count; i++)
        if (fit->rows[i].held_out)
            out[n++] = fit->rows[i].de00;
    tns_fit_destroy(fit);
    return n;
}

/* Ours less the plain one's, over the plain one's; fails when that is worse than chance explains.
 */
static double compare(const inks *s, const reality *real, const char *held_out)
{
    double ours[PLAIN_SAMPLES], plain[PLAIN_SAMPLES], sum = 0, squares = 0, usual = 0;
    tns_fit_options options = {.surface = real->taken};
    size_t n = our_errors(s, &options, ours);
    ck_assert_uint_eq(plain_errors(s, &options, plain), n);
    for (size_t i = 0; i < n; i++) {
        sum += ours[i] - plain[i];
        squares += (ours[i] - plain[i]) * (ours[i] - plain[i]);
        usual += plain[i] / (double)n;
    }
    double mean = sum / (double)n,
           deviation = sqrt((squares / (double)n - mean * mean) / (double)n);
    ck_assert_msg(mean <= fmax(2.5 * deviation, 0.05 * usual),
                  "%s, %s: %.3f more than %.3f (%zu films)", real->label, held_out, mean, usual, n);
    return mean / usual;
}

static double sum_of_gains; /* over all realities, and how many */
static int compared;

START_TEST(films_no_model_fits_are_predicted_no_worse_than_by_a_plain_fit)
{
    const reality *real = &realities[_i];
    inks s = films(real, 900 + (uint64_t)_i);
    for (size_t i = 1; i < s.set->count; i++)
        s.set->samples[i].held_out = i * 7919 % 5 == 0;
    sum_of_gains += compare(&s, real, "a fifth");
    for (size_t i = 1; i < s.set->count; i++)
        s.set->samples[i].held_out = i >= ladder_films;
    sum_of_gains += compare(&s, real, "what is no ladder, tint or shade");
    compared += 2;
    free_inks(&s);
}
END_TEST

START_TEST(on_the_whole_they_are_predicted_better)
{
    ck_assert_msg(compared > 0 && sum_of_gains / compared < -0.02, "mean gain %.4f of %d",
                  sum_of_gains / compared, compared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrong_models");
    TCase *tc = tcase_create("wrong_models");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, films_no_model_fits_are_predicted_no_worse_than_by_a_plain_fit, 0,
                        sizeof realities / sizeof *realities);
    tcase_add_test(tc, on_the_whole_they_are_predicted_better);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
