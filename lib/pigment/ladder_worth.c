/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <tonsure/kubelka_munk.h>

#include "color/numeric.h"
#include "pigment/ladder_worth.h"

enum { INKS = TNS_LADDER_INKS, UNKNOWNS = TNS_LADDER_UNKNOWNS, GUESSES = TNS_LADDER_GUESSES };
enum { EVERY = TNS_LADDER_EVERY, BANDS = TNS_LADDER_BANDS };

/* A reading's deviation, a drop's (unless it was measured) and a film's relative ones. */
static const double NOISE = 0.002, RELATIVE = 0.01, DROP_CV = 0.05, FILM_CV = 0.03;

/* Of log K and log S before anything is read: a factor of e^1.5 either way. */
static const double PRIOR_SD = 1.5;

/* No ink is quite without absorption, whatever a model says of it. */
static const double LEAST_K = 1e-3;

typedef tns_ladder_slopes slopes;
typedef tns_ladder_worth work;

/*
 * The unknowns, log K and log S of each: white, black, two contrasts of the bottle, the bottle. Its
 * K and S are not quite the same alone (or diluted), in white and in black, where log K is
 * B + C1, B + C2, B - C1 - C2: what is wanted is B, which serves all three, and a reading of one
 * company says little of the others. With B last, the last two pivots of a Cholesky factor are
 * those of its own information, all else being unknown.
 */
enum { AT_CONTRAST_1 = 4, AT_CONTRAST_2 = 6, AT_BOTTLE = 8 };

/* How far log K and log S differ from company to company; e^0.2 is what fits to real sets show. */
static const double COMPANY_SD = 0.2;

/* Where an ink's log K stands; a white or black that is the bottle itself is no second ink. */
static int place(const tns_ladder_request *r, int ink)
{
    bool bottle = r->part[ink] == r->part[TNS_LADDER_BOTTLE];
    return bottle ? AT_BOTTLE : 2 * (ink - TNS_LADDER_WHITE);
}

/* ---- guesses ---- */

static void guess_known(const tns_ladder_request *r, int ink, double strength, int guess, work *w)
{
    const tns_pigment *p = r->part[ink];
    for (int b = 0; b < BANDS; b++) {
        double K = p->K[b * EVERY + 1], S = p->S[b * EVERY + 1];
        w->K[guess][ink][b] = strength * fmax(K, LEAST_K * S);
        w->S[guess][ink][b] = strength * fmax(S, LEAST_K * K);
    }
}

/* Of no Colour Index that is known: dark, middle, light, in the units of the scale. */
static void guess_unknown(const tns_ladder_request *r, int guess, work *w)
{
    static const double K[GUESSES] = {15, 5, 0.1}, S[GUESSES] = {0.3, 2, 8};
    double unit = r->palette->model.absolute ? 1 : 0.2;
    for (int b = 0; b < BANDS; b++) {
        w->K[guess][TNS_LADDER_BOTTLE][b] = unit * K[guess];
        w->S[guess][TNS_LADDER_BOTTLE][b] = unit * S[guess];
    }
}

static void make_guesses(const tns_ladder_request *r, work *w)
{
    double spread = fmin(fmax(log1p(r->part[TNS_LADDER_BOTTLE]->uncertainty), 0.2), 0.7);
    for (int g = 0; g < GUESSES; g++)
        for (int ink = 0; ink < INKS; ink++) {
            if (!r->part[ink])
                continue;
            if (ink == TNS_LADDER_BOTTLE && !r->known)
                guess_unknown(r, g, w);
            else
                guess_known(r, ink, ink == TNS_LADDER_BOTTLE ? exp((g - 1) * spread) : 1, g, w);
        }
}

/* ---- what a reading tells ---- */

static tns_km_slopes reflectance(const tns_ladder_request *r, int half, double K, double S)
{
    tns_saunderson surface = {r->palette->model.k1, r->palette->model.k2,
                              r->palette->model.specular_included};
    double below = fmin(fmax(tns_saunderson_internal(surface, r->card[half]), 0), 0.9999);
    tns_km_slopes out = r->opaque ? tns_km_opaque_slopes(K, S) : tns_km_film_slopes(K, S, 1, below);
    double outside = tns_saunderson_slope(surface, out.R);
    out.R = tns_saunderson_measured(surface, out.R);
    out.dR_dK *= outside;
    out.dR_dS *= outside;
    return out;
}

static double scatter(const tns_pigment *p)
{
    return p->drop_cv > 0 ? p->drop_cv : DROP_CV;
}

/* Of reflectance: the instrument's, each count of drops', and the film's. */
static double variance(const work *w, const tns_ladder_candidate *c, double R,
                       const double by_amount[TNS_LADDER_PARTS])
{
    double all = 0, total = 0, out = NOISE * NOISE + pow(RELATIVE * (R + 0.03), 2);
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        all += by_amount[i];
        total += c->amount[i];
    }
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        if (c->drops[i] > 0)
            out +=
                pow((by_amount[i] - c->amount[i] / total * all) * scatter(w->request->part[i]), 2) /
                c->drops[i];
    return out + (w->request->opaque ? 0 : pow(all * FILM_CV, 2));
}

/* The bottle's slopes, by the company it is in. */
static void tell_contrasts(const tns_ladder_candidate *c, slopes out)
{
    bool white = c->drops[TNS_LADDER_WHITE] > 0, black = c->drops[TNS_LADDER_BLACK] > 0;
    for (int k = 0; k < 2; k++) {
        double by = out[AT_BOTTLE + k];
        out[AT_CONTRAST_1 + k] = black ? -by : white ? 0 : by;
        out[AT_CONTRAST_2 + k] = black ? -by : white ? by : 0;
    }
}

static void tell(const work *w, const tns_ladder_candidate *c, int half, int guess, int band,
                 slopes out)
{
    double K = 0, S = 0, by_amount[TNS_LADDER_PARTS] = {0};
    memset(out, 0, sizeof(slopes));
    for (int i = 0; i < INKS; i++) {
        K += c->amount[i] * w->K[guess][i][band];
        S += c->amount[i] * w->S[guess][i][band];
    }
    tns_km_slopes R = reflectance(w->request, half, K, S);
    for (int i = 0; i < INKS; i++) {
        const double by[2] = {R.dR_dK * c->amount[i] * w->K[guess][i][band],
                              R.dR_dS * c->amount[i] * w->S[guess][i][band]};
        by_amount[i] = by[0] + by[1];
        for (int k = 0; k < 2; k++)
            out[place(w->request, i) + k] += by[k];
    }
    if (w->request->opaque) /* the scale: the white's S is 1 */
        out[place(w->request, TNS_LADDER_WHITE) + 1] = 0;
    tell_contrasts(c, out);
    double deviation = sqrt(variance(w, c, R.R, by_amount));
    for (int i = 0; i < UNKNOWNS; i++)
        out[i] /= deviation;
}

static void tell_all(const tns_ladder_design *d, work *w)
{
    for (size_t c = 0; c < d->count; c++)
        for (int half = 0; half < 2; half++)
            for (int g = 0; g < GUESSES; g++)
                for (int b = 0; b < BANDS; b++)
                    tell(w, &d->candidate[c], half, g, b, w->told[c][half][g][b]);
}

/* ---- what a choice tells ---- */

/* Precisions: companies that differ by COMPANY_SD, contrasts that follow from it. */
static void start_from_prior(double A[UNKNOWNS][UNKNOWNS])
{
    double company = 1 / (COMPANY_SD * COMPANY_SD);
    memset(A, 0, sizeof(double[UNKNOWNS][UNKNOWNS]));
    for (int i = 0; i < UNKNOWNS; i++)
        A[i][i] = 1 / (PRIOR_SD * PRIOR_SD);
    for (int k = 0; k < 2; k++) {
        A[AT_CONTRAST_1 + k][AT_CONTRAST_1 + k] = 2 * company;
        A[AT_CONTRAST_2 + k][AT_CONTRAST_2 + k] = 2 * company;
        A[AT_CONTRAST_2 + k][AT_CONTRAST_1 + k] = company;
    }
}

static void add_reading(const slopes s, tns_ladder_information A)
{
    for (int i = 0; i < UNKNOWNS; i++)
        for (int j = 0; j <= i; j++)
            A[i][j] += s[i] * s[j];
}

void tns_ladder_sum_up(work *w, const tns_ladder_design *d)
{
    for (int g = 0; g < GUESSES; g++)
        for (int b = 0; b < BANDS; b++) {
            start_from_prior(w->chosen[g][b]);
            for (size_t c = 0; c < d->count; c++)
                for (int half = 0; half < 2; half++)
                    if (d->candidate[c].use[half])
                        add_reading(w->told[c][half][g][b], w->chosen[g][b]);
        }
}

double tns_ladder_score(const work *w, size_t candidate, const bool use[2])
{
    double sum = 0;
    tns_ladder_information A;
    for (int g = 0; g < GUESSES; g++)
        for (int b = 0; b < BANDS; b++) {
            memcpy(A, w->chosen[g][b], sizeof A);
            for (int half = 0; half < 2; half++)
                if (use[half])
                    add_reading(w->told[candidate][half][g][b], A);
            tns_cholesky(&A[0][0], UNKNOWNS, UNKNOWNS, 0); /* positive by its prior */
            sum += log(A[UNKNOWNS - 2][UNKNOWNS - 2] * A[UNKNOWNS - 1][UNKNOWNS - 1]);
        }
    return sum / (GUESSES * BANDS);
}

/* The bottle's block of the inverse, from the last pivots. */
void tns_ladder_expect(const work *w, tns_ladder_design *d)
{
    tns_ladder_information A;
    double K[BANDS], S[BANDS];
    for (int b = 0; b < BANDS; b++) {
        memcpy(A, w->chosen[1][b], sizeof A);
        tns_cholesky(&A[0][0], UNKNOWNS, UNKNOWNS, 0);
        double k = A[UNKNOWNS - 2][UNKNOWNS - 2], s = A[UNKNOWNS - 1][UNKNOWNS - 1];
        double ks = A[UNKNOWNS - 1][UNKNOWNS - 2];
        K[b] = hypot(1, ks / s) / k;
        S[b] = 1 / s;
    }
    gsl_sort(K, 1, BANDS);
    gsl_sort(S, 1, BANDS);
    d->K_sd = gsl_stats_median_from_sorted_data(K, 1, BANDS);
    d->S_sd = gsl_stats_median_from_sorted_data(S, 1, BANDS);
}

void tns_ladder_worth_make(const tns_ladder_request *request, const tns_ladder_design *design,
                           work *out)
{
    out->request = request;
    make_guesses(request, out);
    tell_all(design, out);
}
