/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pigments that were measured, put onto the palette in use; the others stay. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/palette/merge.h"

/* Of a Saunderson constant: what rounding to a file leaves. */
static const double SAME = 1e-6;

/* Of two relative palettes: the pigment whose S is 1 in both. */
static bool share_white(const tns_palette *a, const tns_palette *b)
{
    for (size_t i = 0; i < a->count; i++) {
        int at = tns_palette_index(b, a->pigments[i].id);
        bool same = at >= 0;
        for (int k = 0; same && k < TNS_BANDS; k++)
            same = a->pigments[i].S[k] == 1 && b->pigments[at].S[k] == 1;
        if (same)
            return true;
    }
    return false;
}

const char *tns_merge_other_kind(const tns_palette *base, const tns_palette *measured)
{
    const tns_palette_model *a = &base->model, *b = &measured->model;
    if (a->single_constant || b->single_constant)
        return "it has one constant a pigment";
    if (a->absolute != b->absolute)
        return a->absolute ? "its scale is absolute" : "its scale is relative";
    if (a->basis != b->basis)
        return a->basis == TNS_BY_MASS ? "its amounts are by mass" : "its amounts are by volume";
    if (a->absolute && strcmp(a->load_unit, b->load_unit) != 0)
        return "its loads are in another unit";
    if (fabs(a->k1 - b->k1) > SAME || fabs(a->k2 - b->k2) > SAME)
        return "its Saunderson constants are others";
    if (a->specular_included != b->specular_included)
        return "its readings take the gloss otherwise";
    return NULL;
}

const char *tns_merge_hindrance(const tns_palette *base, const tns_palette *measured)
{
    const char *kind = tns_merge_other_kind(base, measured);
    if (!kind && !base->model.absolute && !share_white(base, measured))
        return "its scale is of another white";
    return kind;
}

/* Whether it colors is for the samples to say, what it is sold as for the bottle. */
static tns_pigment_kind kind_of(tns_pigment_kind bottle, tns_pigment_kind fitted)
{
    return bottle == TNS_DILUENT || fitted == TNS_DILUENT ? fitted : bottle;
}

void tns_pigment_carry(const tns_pigment *from, tns_pigment *to)
{
    tns_pigment kept = *to;
    *to = *from;
    memcpy(to->K, kept.K, sizeof to->K);
    memcpy(to->S, kept.S, sizeof to->S);
    memcpy(to->K_sd, kept.K_sd, sizeof to->K_sd);
    memcpy(to->S_sd, kept.S_sd, sizeof to->S_sd);
    memcpy(to->KS_correlation, kept.KS_correlation, sizeof to->KS_correlation);
    memcpy(to->source, kept.source, sizeof to->source);
    to->has_covariance = kept.has_covariance;
    to->uncertainty = kept.uncertainty;
    to->origin = kept.origin;
    to->kind = kind_of(from->kind, kept.kind);
}

void tns_palette_carry(const tns_palette *known, tns_palette *fitted)
{
    for (size_t i = 0; i < fitted->count; i++) {
        int at = tns_palette_index(known, fitted->pigments[i].id);
        if (at >= 0)
            tns_pigment_carry(&known->pigments[at], &fitted->pigments[i]);
    }
}

bool tns_palette_put(tns_palette *palette, const tns_pigment *pigment, tns_error *err)
{
    int at = tns_palette_index(palette, pigment->id);
    if (at >= 0) {
        palette->pigments[at] = *pigment;
        return true;
    }
    tns_pigment *more = realloc(palette->pigments, (palette->count + 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "palette: out of memory");
    palette->pigments = more;
    more[palette->count++] = *pigment;
    return true;
}

/* The larger: errors that are thought to go together show more. */
static void take_correlation(tns_palette *base, const tns_palette *measured)
{
    double *own = &base->model.band_correlation;
    *own = fmax(*own, measured->model.band_correlation);
}

static void say_whose(tns_palette *base, const tns_palette *measured, const char *what)
{
    char before[sizeof base->provenance];
    tns_text_copy(before, sizeof before, base->provenance);
    tns_text_format(base->provenance, sizeof base->provenance, "%.600s%s%s: %.360s", before,
                    before[0] ? " " : "", what, measured->provenance);
    tns_text_tidy(base->provenance);
}

bool tns_palette_merge(tns_palette *base, const tns_palette *measured, const char *what,
                       tns_error *err)
{
    for (size_t i = 0; i < measured->count; i++) {
        const tns_pigment *p = &measured->pigments[i];
        bool clear = p->kind == TNS_DILUENT && tns_palette_diluent(base) >= 0;
        if (!clear && !tns_palette_put(base, p, err))
            return false;
    }
    take_correlation(base, measured);
    say_whose(base, measured, what);
    tns_text_copy(base->name, sizeof base->name, measured->name);
    base->version[0] = '\0';
    return true;
}
