/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is seen of bare skin and how it moves with the skin's figures, for the search of them: the
 * layers of tns_skin_reflectance() (tonsure/skin.h), all bands at once by vector code, right to
 * 1e-12.
 */
#ifndef SKIN_LOOK_H
#define SKIN_LOOK_H

#include <tonsure/skin.h>

#include "base/cpu.h"
#include "skin/free.h"

/* By band, 1/mm: what its layers take and turn back, and what moves them. */
typedef struct tns_look_in {
    double epidermis[TNS_BANDS], dermis[TNS_BANDS]; /* mu_a */
    double scattering[TNS_BANDS];                   /* mu_s' */
    double depth_mm;
    tns_saunderson outer;
} tns_look_in;

/* Reflectance and its slopes in each of these. */
typedef struct tns_look_out {
    double seen[TNS_BANDS];
    double by_epidermis[TNS_BANDS], by_dermis[TNS_BANDS];
    double by_scattering[TNS_BANDS], by_depth[TNS_BANDS];
} tns_look_out;

typedef struct tns_look_kernels {
    void (*layers)(const tns_look_in *in, tns_look_out *out);
} tns_look_kernels;

TNS_KERNELS_DECLARE(tns_look_kernels, tns_look_kernels);

/* What no figure changes, by band: 1/mm, and log(nm / 500). */
typedef struct tns_look_table {
    double melanosome[TNS_BANDS], bloodless[TNS_BANDS], log_nm[TNS_BANDS];
    tns_saunderson outer;
    const tns_look_kernels *kernels;
} tns_look_table;

tns_look_table tns_look_table_make(tns_specular specular, tns_isa isa);

/* Reflectance by band, and its slope in each free figure (skin/free.h). */
typedef struct tns_look {
    double seen[TNS_BANDS];
    double by[TNS_SKIN_FIGURES][TNS_BANDS];
} tns_look;

void tns_look_at(const tns_look_table *table, const double z[TNS_SKIN_FIGURES], tns_look *out);

#endif
