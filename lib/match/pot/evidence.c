/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/tristimulus.h"
#include "match/pot/evidence.h"

/* Below this K of a mixture the slope of an opaque layer has no bound. */
static const double LEAST_ABSORPTION = 1e-12;

tns_spectrum tns_evidence_see(const tns_evidence *evidence, const tns_mix *mix)
{
    tns_coefficients c;
    tns_mix_coefficients(mix, &c);
    return tns_surface_reflectance(evidence->surface, c.K, c.S);
}

void tns_evidence_read(const tns_evidence *evidence, const tns_spectrum *seen, double *out)
{
    if (!evidence->viewing) {
        memcpy(out, &seen->value[evidence->first], (size_t)evidence->count * sizeof *out);
        return;
    }
    tns_lab lab = tns_lab_from_spectrum(seen, evidence->viewing);
    out[0] = lab.L;
    out[1] = lab.a;
    out[2] = lab.b;
}

void tns_sight_init(tns_sight *sight, const tns_evidence *evidence, const tns_mix *mix)
{
    tns_coefficients c;
    *sight = (tns_sight){
        .evidence = evidence, .mix = *mix, .seen = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM}};
    tns_mix_coefficients(mix, &c);
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_km_slopes at =
            tns_surface_slopes(evidence->surface, b, fmax(c.K[b], LEAST_ABSORPTION), c.S[b]);
        sight->seen.value[b] = at.R;
        sight->by_K[b] = at.dR_dK / mix->amount;
        sight->by_S[b] = at.dR_dS / mix->amount;
    }
    if (evidence->viewing)
        tns_lab_by_bands(&sight->seen, evidence->viewing, sight->by_R);
}

void tns_sight_add(const tns_sight *sight, double units, const tns_mix *unit, double *by_band)
{
    const tns_mix *mix = &sight->mix;
    double share = unit->amount / mix->amount;
    for (int b = 0; b < TNS_BANDS; b++)
        by_band[b] = units * (sight->by_K[b] * (unit->K[b] - share * mix->K[b]) +
                              sight->by_S[b] * (unit->S[b] - share * mix->S[b]));
}

void tns_sight_read(const tns_sight *sight, const double *by_band, double *out)
{
    const tns_evidence *e = sight->evidence;
    for (int i = 0; i < e->count; i++) {
        out[i] = e->viewing ? 0 : by_band[e->first + i];
        for (int b = 0; e->viewing && b < TNS_BANDS; b++)
            out[i] += sight->by_R[i][b] * by_band[b];
    }
}

void tns_sight_back(const tns_sight *sight, const double *value, double *by_band)
{
    const tns_evidence *e = sight->evidence;
    memset(by_band, 0, TNS_BANDS * sizeof *by_band);
    for (int i = 0; i < e->count; i++) {
        if (!e->viewing)
            by_band[e->first + i] = value[i];
        for (int b = 0; e->viewing && b < TNS_BANDS; b++)
            by_band[b] += sight->by_R[i][b] * value[i];
    }
}
