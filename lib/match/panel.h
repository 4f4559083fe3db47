/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Surfaces that are looked at together: what is seen of one mixture on each of them, and the mean.
 * Films are seen by vector code, right to 1e-13 (match/blend.h); an opaque one among them, or too
 * few to fill a register, and all are seen one by one.
 */
#ifndef MATCH_PANEL_H
#define MATCH_PANEL_H

#include "match/blend.h"

typedef struct tns_panel {
    const tns_surface *surfaces;
    const double *share;   /* of each, their sum 1 */
    size_t count, row;     /* row: padded to whole lanes */
    tns_blend_films films; /* none where they are seen one by one */
    const tns_blend_kernels *blend;
} tns_panel;

/* Borrows both. False only without memory. */
bool tns_panel_init(tns_panel *panel, const tns_surface *surfaces, const double *share,
                    size_t count);

/* Of zeros too. */
void tns_panel_finish(tns_panel *panel);

/* Reflectances, a row for each band: of surface i at out[band * panel->row + i]. What the rows'
 * ends beyond the surfaces hold means nothing. */
void tns_panel_each(const tns_panel *panel, const double K[TNS_BANDS], const double S[TNS_BANDS],
                    double *out);

/* Their mean by share, and with its slopes in K and S. */
tns_spectrum tns_panel_mean(const tns_panel *panel, const double K[TNS_BANDS],
                            const double S[TNS_BANDS]);
void tns_panel_slopes(const tns_panel *panel, const double K[TNS_BANDS], const double S[TNS_BANDS],
                      tns_km_slopes out[TNS_BANDS]);

#endif
