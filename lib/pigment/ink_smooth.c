/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How smooth a pigment is over the bands: second differences of log K and log S are taken as drawn
 * from Student's t, so that a spectrum may be smooth here and have an edge there. The scale of each
 * is what makes the samples most likely (Wood, Fasiolo, Biometrics 73, 1071 (2017)), leaning on
 * that of the other pigments.
 */
#include <math.h>

#include "pigment/ink_equations.h"

/* Degrees of freedom: few, so that edges are cheap. */
static const double TAIL = 2;

/* What the other pigments count, in bands. */
static const double SHARED = 2;

/* Second differences of a log over 10 nm: of what is all but straight, and of a cliff. */
static const double BEND_LEAST = 0.003, BEND_MOST = 2;

/* To begin with: K has edges, S hardly. */
static const double BEND_OF_K = 0.3, BEND_OF_S = 0.1;

static double bend_variance(const tns_ink_system *s, int b, int p)
{
    static const double pattern[] = {1, -2, 1};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum +=
                pattern[i] * pattern[j] * tns_ink_system_covariance(s, b + i - 1, p, b + j - 1, p);
    return fmax(sum, 0);
}

typedef struct tally {
    double squares, freedom;
} tally;

/* Squares of the bends, each weighted as Student's t does, and how many the samples speak of. */
static tally count_bends(const tns_ink_system *s, int p)
{
    tally out = {0, 0};
    double usual = s->bend[p] * s->bend[p];
    for (int b = 1; b + 1 < TNS_BANDS; b++) {
        double bend = tns_ink_system_bend(s, b, p), stiffness = s->stiffness[b][p];
        out.squares += usual * stiffness * bend * bend;
        out.freedom += fmax(1 - stiffness * bend_variance(s, b, p), 0);
    }
    return out;
}

/* Of K (0) or S (1): own[p] becomes the squares of one band, leaning on the others. */
static void share(const tns_ink_system *s, int kind, double *square)
{
    int from = kind ? s->pigments : 0;
    int to = kind ? tns_band_parameters(&s->band[0]) : s->pigments;
    tally own[TNS_BAND_PARAMETERS_MAX], all = {0, 1e-6};
    for (int p = from; p < to; p++) {
        own[p] = count_bends(s, p);
        all.squares += own[p].squares;
        all.freedom += own[p].freedom;
    }
    double usual = all.squares / all.freedom;
    for (int p = from; p < to; p++)
        square[p] = (own[p].squares + SHARED * usual) / (own[p].freedom + SHARED);
}

void tns_ink_system_start_stiffness(tns_ink_system *s)
{
    for (int p = 0; p < tns_band_parameters(&s->band[0]); p++) {
        s->bend[p] = p < s->pigments ? BEND_OF_K : BEND_OF_S;
        for (int b = 1; b + 1 < TNS_BANDS; b++)
            s->stiffness[b][p] = 1 / (s->bend[p] * s->bend[p]);
    }
}

void tns_ink_system_learn_stiffness(tns_ink_system *s)
{
    double square[TNS_BAND_PARAMETERS_MAX];
    share(s, 0, square);
    share(s, 1, square);
    for (int p = 0; p < tns_band_parameters(&s->band[0]); p++) {
        s->bend[p] = fmin(fmax(sqrt(square[p]), BEND_LEAST), BEND_MOST);
        double usual = s->bend[p] * s->bend[p];
        for (int b = 1; b + 1 < TNS_BANDS; b++) {
            double bend = tns_ink_system_bend(s, b, p),
                   expected = bend * bend + bend_variance(s, b, p);
            s->stiffness[b][p] = (TAIL + 1) / (TAIL * usual + expected);
        }
    }
}
