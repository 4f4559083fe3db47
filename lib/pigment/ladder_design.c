/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <tonsure/kubelka_munk.h>

#include "pigment/ladder_design.h"

enum { INKS = 3, UNKNOWNS = 10, GUESSES = 3, EVERY = 3, BANDS = TNS_BANDS / EVERY };
enum { EXCHANGES_MOST = 4 };

static const double MIX_MINUTES = 1.25, READING_MINUTES = 0.25;

/* A reading's deviation, a drop's (unless it was measured) and a film's relative ones. */
static const double NOISE = 0.002, RELATIVE = 0.01, DROP_CV = 0.05, FILM_CV = 0.03;

/* Of log K and log S before anything is read: a factor of e^1.5 either way. */
static const double PRIOR_SD = 1.5;

/* No ink is quite without absorption, whatever a model says of it. */
static const double LEAST_K = 1e-3;

/* What a reading tells in one band: the slopes of R in the unknowns over its deviation. */
typedef double slopes[UNKNOWNS];

typedef struct work {
    const tns_ladder_request *request;
    double K[GUESSES][INKS][BANDS], S[GUESSES][INKS][BANDS];
    slopes told[TNS_LADDER_CANDIDATES_MAX][2][GUESSES][BANDS];
} work;

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

/* ---- candidates ---- */

static double measure(const tns_ladder_request *r, int part, double ml)
{
    bool by_mass = r->palette->model.basis == TNS_BY_MASS;
    return by_mass ? ml * tns_pigment_density(r->part[part]) : ml;
}

static void add(const tns_ladder_request *r, int a, int drops_a, int b, int drops_b,
                tns_ladder_design *out)
{
    double sum = 0;
    bool there = r->part[a] && (drops_b == 0 || (r->part[b] && r->part[b] != r->part[a]));
    if (!there || drops_a < 1 || drops_a + drops_b > r->drops ||
        out->count == TNS_LADDER_CANDIDATES_MAX)
        return;
    tns_ladder_candidate *c = &out->candidate[out->count++];
    memset(c, 0, sizeof *c);
    c->drops[a] = drops_a;
    c->drops[b] += drops_b;
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        c->ml[i] = c->drops[i] > 0 ? c->drops[i] * tns_pigment_drop_ml(r->part[i]) : 0;
        c->amount[i] = c->drops[i] > 0 ? measure(r, i, c->ml[i]) : 0;
        sum += c->amount[i];
    }
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        c->amount[i] *= (r->opaque ? 1 : r->load) / sum;
}

/* About 1:N of two parts, as much of it as the pot holds: small counts scatter. */
static void add_ratio(const tns_ladder_request *r, int a, int b, int n, tns_ladder_design *out)
{
    int most = r->drops / (n + 1);
    add(r, a, most < 3 ? most : 3, b, n * (most < 3 ? most : 3), out);
}

static bool is_bottle(const tns_ladder_request *r, int part)
{
    return r->part[part] == r->part[TNS_LADDER_BOTTLE];
}

static void list_candidates(const tns_ladder_request *r, tns_ladder_design *out)
{
    static const int shades[] = {1, 2, 3, 4, 6, 8, 11, 15, 19, 23},
                     partner_shades[] = {2, 6, 11, 23};
    static const int tints[] = {1, 2, 3, 5, 7, 11, 17, 23};
    out->count = 0;
    for (int part = TNS_LADDER_BOTTLE; part <= TNS_LADDER_BLACK; part++)
        if (part == TNS_LADDER_BOTTLE || !is_bottle(r, part))
            add(r, part, 6, part, 0, out);
    for (size_t i = 0; i < sizeof tints / sizeof *tints; i++) {
        add_ratio(r, TNS_LADDER_BOTTLE, TNS_LADDER_WHITE, tints[i], out);
        add_ratio(r, TNS_LADDER_BLACK, TNS_LADDER_BOTTLE, tints[i], out);
    }
    for (int k = 0; k < 2; k++) /* two and three of the bottle to one */
        for (int part = TNS_LADDER_WHITE; part <= TNS_LADDER_BLACK; part++)
            add(r, TNS_LADDER_BOTTLE, k ? 9 : 6, part, 3, out);
    for (size_t i = 0; !r->opaque && i < sizeof shades / sizeof *shades; i++)
        add_ratio(r, TNS_LADDER_BOTTLE, TNS_LADDER_DILUENT, shades[i], out);
    for (size_t i = 0; !r->opaque && i < sizeof partner_shades / sizeof *partner_shades; i++)
        for (int part = TNS_LADDER_WHITE; part <= TNS_LADDER_BLACK; part++)
            if (!is_bottle(r, part))
                add_ratio(r, part, TNS_LADDER_DILUENT, partner_shades[i], out);
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

/* The lower Cholesky factor, in place; the information is positive by its prior. */
static void factor(double A[UNKNOWNS][UNKNOWNS])
{
    for (int i = 0; i < UNKNOWNS; i++)
        for (int j = 0; j <= i; j++) {
            double sum = A[i][j];
            for (int k = 0; k < j; k++)
                sum -= A[i][k] * A[j][k];
            A[i][j] = i == j ? sqrt(sum) : sum / A[j][j];
        }
}

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

static void information(const work *w, const tns_ladder_design *d, int guess, int band,
                        double A[UNKNOWNS][UNKNOWNS])
{
    start_from_prior(A);
    for (size_t c = 0; c < d->count; c++)
        for (int half = 0; half < 2; half++) {
            const double *s = w->told[c][half][guess][band];
            for (int i = 0; d->candidate[c].use[half] && i < UNKNOWNS; i++)
                for (int j = 0; j <= i; j++)
                    A[i][j] += s[i] * s[j];
        }
    factor(A);
}

static double score(const work *w, const tns_ladder_design *d)
{
    double sum = 0, A[UNKNOWNS][UNKNOWNS];
    for (int g = 0; g < GUESSES; g++)
        for (int b = 0; b < BANDS; b++) {
            information(w, d, g, b, A);
            sum += log(A[UNKNOWNS - 2][UNKNOWNS - 2] * A[UNKNOWNS - 1][UNKNOWNS - 1]);
        }
    return sum / (GUESSES * BANDS);
}

/* The bottle's deviations for the middle guess: its block of the inverse, from the last pivots. */
static void expect(const work *w, tns_ladder_design *d)
{
    double A[UNKNOWNS][UNKNOWNS], K[BANDS], S[BANDS];
    for (int b = 0; b < BANDS; b++) {
        information(w, d, 1, b, A);
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

/* ---- choosing ---- */

static double minutes_of(const tns_ladder_candidate *c)
{
    int readings = c->use[0] + c->use[1];
    return readings > 0 ? MIX_MINUTES + readings * READING_MINUTES : 0;
}

double tns_ladder_minutes(const tns_ladder_design *d)
{
    double sum = 0;
    for (size_t c = 0; c < d->count; c++)
        sum += minutes_of(&d->candidate[c]);
    return sum;
}

static bool is_used(const tns_ladder_candidate *c)
{
    return c->use[0] || c->use[1];
}

static size_t used_count(const tns_ladder_design *d)
{
    size_t used = 0;
    for (size_t c = 0; c < d->count; c++)
        used += is_used(&d->candidate[c]);
    return used;
}

/* Adds the reading that tells most a minute; false when none fits in. */
static bool add_best(const work *w, double minutes, tns_ladder_design *d)
{
    double best = 0, so_far = score(w, d), spent = tns_ladder_minutes(d);
    bool *chosen = NULL, full = used_count(d) == TNS_LADDER_STEPS_MAX;
    for (size_t c = 0; c < d->count; c++)
        for (int half = 0; half < (w->request->opaque ? 1 : 2); half++) {
            bool *use = &d->candidate[c].use[half];
            if (*use || (full && !is_used(&d->candidate[c])))
                continue;
            *use = true;
            double cost = tns_ladder_minutes(d) - spent;
            double gain = (score(w, d) - so_far) / cost;
            *use = false;
            if (gain > best && spent + cost <= minutes) {
                best = gain;
                chosen = use;
            }
        }
    if (chosen)
        *chosen = true;
    return chosen != NULL;
}

/* Puts another mix, read likewise or on the other half, in one's place where that tells more. */
static bool exchange_one(const work *w, size_t out, tns_ladder_design *d)
{
    tns_ladder_candidate *old = &d->candidate[out];
    bool use[2] = {old->use[0], old->use[1]}, best_use[2] = {use[0], use[1]};
    double best = score(w, d) + 1e-9;
    size_t in = out;
    memset(old->use, 0, sizeof old->use);
    for (size_t c = 0; c < d->count; c++) {
        tns_ladder_candidate *new = &d->candidate[c];
        for (int swap = 0; !is_used(new) && swap < (w->request->opaque ? 1 : 2); swap++) {
            new->use[0] = use[swap];
            new->use[1] = use[!swap];
            double found = score(w, d);
            if (found > best) {
                best = found;
                in = c;
                memcpy(best_use, new->use, sizeof best_use);
            }
            memset(new->use, 0, sizeof new->use);
        }
    }
    memcpy(d->candidate[in].use, best_use, sizeof best_use);
    return in != out;
}

static void exchange(const work *w, tns_ladder_design *d)
{
    bool moved = true;
    for (int pass = 0; moved && pass < EXCHANGES_MOST; pass++) {
        moved = false;
        for (size_t c = 0; c < d->count; c++)
            if (is_used(&d->candidate[c]))
                moved = exchange_one(w, c, d) || moved;
    }
}

bool tns_ladder_choose(const tns_ladder_request *request, double minutes, tns_ladder_design *out,
                       tns_error *err)
{
    work *w = calloc(1, sizeof *w);
    if (!w)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    w->request = request;
    memset(out, 0, sizeof *out);
    list_candidates(request, out);
    make_guesses(request, w);
    tell_all(out, w);
    while (add_best(w, minutes, out))
        ;
    exchange(w, out);
    expect(w, out);
    free(w);
    return true;
}
