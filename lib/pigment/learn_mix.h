/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mix while it teaches: what it should reflect, how that moves, how sure its reading is. */
#ifndef PIGMENT_LEARN_MIX_H
#define PIGMENT_LEARN_MIX_H

#include <tonsure/saunderson.h>

#include "pigment/learn_prior.h"

/* The inks as they stand: K and S of each of the palette's pigments, moved or not. */
typedef struct tns_learn_state {
    const tns_palette *palette;
    const tns_learn_curves *curves;
    size_t ink_count;
    const tns_learn_ink *inks;
    double (*K)[TNS_BANDS], (*S)[TNS_BANDS]; /* one row a pigment of the palette */
} tns_learn_state;

/* Moves the inks to parameters of unit prior, z. */
void tns_learn_move(tns_learn_state *state, const double *z);

/* Reflectance, and by how much it moves with the log of K and of S of each part. */
typedef struct tns_mix_slopes {
    double R[TNS_BANDS];
    double by_K[TNS_MIX_PARTS_MAX][TNS_BANDS], by_S[TNS_MIX_PARTS_MAX][TNS_BANDS];
} tns_mix_slopes;

void tns_mix_predict(const tns_learn_state *state, const tns_mix *mix, tns_mix_slopes *out);

/* What a reading is compared in: 36 reflectances, or L*, a*, b*. */
int tns_mix_dimension(const tns_mix *mix);

/* L*, a*, b* of a reflectance under a mix's viewing, and their slopes in each band. */
tns_lab tns_mix_lab(const tns_mix *mix, const double R[TNS_BANDS]);
void tns_mix_lab_slopes(const tns_mix *mix, const double R[TNS_BANDS], double out[3][TNS_BANDS]);

/*
 * The lower Cholesky root of the covariance of a reading about its prediction, row by row. The
 * slopes are those of the inks as they stand; `scale` is of the deviations that are the model's and
 * not the instrument's.
 */
void tns_mix_root(const tns_learn_state *state, const tns_mix *mix, const tns_mix_slopes *slopes,
                  const tns_learn_options *options, double scale,
                  double root[TNS_BANDS][TNS_BANDS]);

#endif
