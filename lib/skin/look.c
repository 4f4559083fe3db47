/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "skin/chromophores.h"
#include "skin/look.h"

tns_look_table tns_look_table_make(tns_specular specular, tns_isa isa)
{
    tns_look_table table = {.outer = tns_skin_outer(specular),
                            .kernels = TNS_KERNELS_FOR(tns_look_kernels, isa)};
    for (int b = 0; b < TNS_BANDS; b++) {
        table.melanosome[b] = tns_melanosome(b);
        table.bloodless[b] = tns_bloodless(b);
        table.log_nm[b] = log(tns_band_nm(b) / 500);
    }
    return table;
}

/* Blood by band and how it moves with oxygenation, 1/mm. */
typedef struct vessels {
    double mu[TNS_BANDS], by_oxygenation[TNS_BANDS];
} vessels;

static vessels vessels_of(double oxygenation)
{
    vessels out;
    for (int b = 0; b < TNS_BANDS; b++)
        out.mu[b] = tns_blood_slope(b, oxygenation, &out.by_oxygenation[b]);
    return out;
}

static void mix(const tns_look_table *table, const tns_skin *skin, const vessels *blood,
                tns_look_in *in)
{
    const double m = skin->melanin, f = skin->blood;
    in->depth_mm = skin->depth_mm;
    in->outer = table->outer;
    for (int b = 0; b < TNS_BANDS; b++) {
        double bare = table->bloodless[b];
        in->epidermis[b] = m * table->melanosome[b] + (1 - m) * bare;
        in->dermis[b] = f * blood->mu[b] + (1 - f) * bare;
        in->scattering[b] = skin->scattering * exp(-skin->exponent * table->log_nm[b]);
    }
}

void tns_look_at(const tns_look_table *table, const double z[TNS_SKIN_FIGURES], tns_look *out)
{
    tns_look_in in;
    tns_look_out by;
    double step[TNS_SKIN_FIGURES];
    tns_skin skin = tns_skin_from_free_slopes(z, step);
    vessels blood = vessels_of(skin.oxygenation);
    mix(table, &skin, &blood, &in);
    table->kernels->layers(&in, &by);
    for (int b = 0; b < TNS_BANDS; b++) {
        double bare = table->bloodless[b], scattered = by.by_scattering[b] * in.scattering[b];
        const double slope[TNS_SKIN_FIGURES] = {
            [TNS_SKIN_MELANIN] = by.by_epidermis[b] * (table->melanosome[b] - bare),
            [TNS_SKIN_BLOOD] = by.by_dermis[b] * (blood.mu[b] - bare),
            [TNS_SKIN_OXYGENATION] = by.by_dermis[b] * skin.blood * blood.by_oxygenation[b],
            [TNS_SKIN_SCATTERING] = scattered / skin.scattering,
            [TNS_SKIN_EXPONENT] = -scattered * table->log_nm[b],
            [TNS_SKIN_DEPTH] = by.by_depth[b],
        };
        out->seen[b] = by.seen[b];
        for (int i = 0; i < TNS_SKIN_FIGURES; i++)
            out->by[i][b] = slope[i] * step[i];
    }
}
