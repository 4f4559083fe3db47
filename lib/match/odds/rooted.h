/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A covariance of L*, a*, b* as three independent errors. */
#ifndef MATCH_ODDS_ROOTED_H
#define MATCH_ODDS_ROOTED_H

#include <math.h>

/*
 * Columns of the lower root of LL, La, Lb, aa, ab, bb: out[k] is the k-th error's L*, a*, b*. What
 * is not determined gives zeros.
 */
static inline void tns_root3(const double c[6], double out[3][3])
{
    const double full[3][3] = {{c[0], c[1], c[2]}, {c[1], c[3], c[4]}, {c[2], c[4], c[5]}};
    for (int k = 0; k < 3; k++)
        for (int i = k; i < 3; i++) {
            double rest = full[i][k];
            for (int j = 0; j < k; j++)
                rest -= out[j][i] * out[j][k];
            if (i == k)
                out[k][k] = sqrt(fmax(rest, 0));
            else
                out[k][i] = out[k][k] > 0 ? rest / out[k][k] : 0;
        }
}

#endif
