/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/kubelka_munk.h>
#include <tonsure/ladder.h>

#include "pigment/fit_plan.h"

/* The sums of amount x K and amount x S, and of the amounts. */
typedef struct sums {
    double K[TNS_BANDS], S[TNS_BANDS], amount;
} sums;

static bool add_up(const tns_palette *palette, const tns_sample_set *set, size_t index, sums *out,
                   tns_error *err)
{
    const tns_fit_sample *sample = &set->samples[index];
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < set->pigment_count; i++) {
        double amount = sample->amount[i];
        if (!(amount > 0))
            continue;
        out->amount += amount;
        int at = tns_palette_index(palette, set->pigment[i]);
        if (at < 0 && tns_fit_is_clear(set->pigment[i]))
            continue;
        if (at < 0)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "sample %s: palette %s has no pigment \"%s\"", sample->id,
                                 palette->name, set->pigment[i]);
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[b] += amount * palette->pigments[at].K[b];
            out->S[b] += amount * palette->pigments[at].S[b];
        }
    }
    return true;
}

bool tns_sample_is_clear(const char *pigment)
{
    return tns_fit_is_clear(pigment);
}

bool tns_sample_predict(const tns_palette *palette, const tns_sample_set *set, size_t index,
                        tns_spectrum *out, tns_error *err)
{
    const tns_fit_sample *sample = &set->samples[index];
    const tns_saunderson surface = {palette->model.k1, palette->model.k2,
                                    palette->model.specular_included};
    bool film = sample->kind == TNS_FIT_FILM;
    sums mix;
    *out = sample->measured;
    if (sample->kind == TNS_FIT_BACKING)
        return true;
    if (!add_up(palette, set, index, &mix, err))
        return false;
    *out = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++) {
        double bare = film ? set->samples[sample->backing].measured.value[b] : 0;
        double below = fmin(fmax(tns_saunderson_internal(surface, bare), 0), 0.9999);
        double inside =
            film ? tns_km_film(mix.K[b], mix.S[b], 1, below) : tns_km_opaque(mix.K[b], mix.S[b]);
        out->value[b] = tns_saunderson_measured(surface, inside);
    }
    return true;
}
