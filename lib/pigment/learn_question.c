/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether mixes can teach a palette, and the room that it takes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pigment/learn_work.h"

static bool wrong_mix(const tns_mix *mix, tns_error *err, const char *what)
{
    return tns_error_set(err, TNS_ERROR_USAGE, "mix %s: %s", mix->id, what);
}

static bool check_parts(const tns_palette *palette, const tns_mix *mix, tns_error *err)
{
    bool tells = false;
    if (mix->part_count < 1 || mix->part_count > TNS_MIX_PARTS_MAX)
        return wrong_mix(mix, err, "expected 1 to 12 parts");
    for (size_t i = 0; i < mix->part_count; i++) {
        if (mix->pigment[i] < 0 || (size_t)mix->pigment[i] >= palette->count)
            return wrong_mix(mix, err, "a part is no pigment of the palette");
        if (!(mix->amount[i] > 0) || !isfinite(mix->amount[i]))
            return wrong_mix(mix, err, "expected amounts above 0");
        for (size_t j = 0; j < i; j++)
            if (mix->pigment[j] == mix->pigment[i])
                return wrong_mix(mix, err, "a part is there twice");
        tells = tells || palette->pigments[mix->pigment[i]].kind != TNS_DILUENT;
    }
    return tells || wrong_mix(mix, err, "holds nothing but diluent");
}

static bool check_mix(const tns_palette *palette, const tns_mix *mix, tns_error *err)
{
    if (!check_parts(palette, mix, err))
        return false;
    if (mix->film && !palette->model.absolute)
        return wrong_mix(mix, err, "a film needs a palette with an absolute scale");
    if (mix->from_color && !mix->viewing)
        return wrong_mix(mix, err, "its color has no viewing");
    double sum = mix->from_color ? mix->color.L + mix->color.a + mix->color.b : 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += (mix->from_color ? 0 : mix->measured.value[b]) +
               (mix->film ? mix->backing.value[b] : 0);
    return isfinite(sum) || wrong_mix(mix, err, "its reading is not finite");
}

static bool is_clear(const tns_pigment *p)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (p->K[b] > 0 || p->S[b] > 0)
            return false;
    return true;
}

/* Only what neither absorbs nor scatters is in the mixes: names the first of it. */
static bool fail_clear(const tns_learn_work *w, tns_error *err)
{
    const tns_mix *mix = &w->mixes[0];
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "mix %s: K and S of %s are 0: such a mix has nothing to teach", mix->id,
                         w->state.palette->pigments[mix->pigment[0]].id);
}

/* Each pigment of a mix, once, in the palette's order. */
static bool list_inks(tns_learn_work *w, tns_error *err)
{
    const tns_palette *palette = w->state.palette;
    size_t parameters = 0, n = 0;
    for (size_t p = 0; p < palette->count; p++) {
        bool used = false;
        for (size_t m = 0; m < w->count; m++)
            for (size_t i = 0; i < w->mixes[m].part_count; i++)
                used = used || w->mixes[m].pigment[i] == (int)p;
        if (!used || is_clear(&palette->pigments[p]))
            continue;
        if (n == TNS_LEARN_INKS_MAX)
            return tns_error_set(err, TNS_ERROR_USAGE, "learn: more than %d pigments",
                                 TNS_LEARN_INKS_MAX);
        if (!tns_learn_ink_make(palette, (int)p, &w->curves, &w->options, &w->inks[n]))
            return tns_learn_no_memory(err);
        w->inks[n].at = (int)parameters;
        parameters += (size_t)w->inks[n++].count;
    }
    w->state.inks = w->inks;
    w->state.ink_count = n;
    w->parameters = parameters;
    return n > 0 || fail_clear(w, err);
}

static void complete(const tns_learn_options *asked, tns_learn_options *out)
{
    *out = asked ? *asked : (tns_learn_options){0};
    out->curves = out->curves > 0 ? out->curves : 6;
    out->noise = out->noise > 0 ? out->noise : 0.002;
    out->color_sd = out->color_sd > 0 ? out->color_sd : 0.3;
    out->amount_cv = out->amount_cv > 0 ? out->amount_cv : 0.03;
}

bool tns_learn_prepare(tns_learn_work *w, const tns_palette *palette, const tns_mix *mixes,
                       size_t count, const tns_learn_options *options, tns_error *err)
{
    complete(options, &w->options);
    if (count == 0 || w->options.curves > TNS_LEARN_CURVES_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "learn: expected %s",
                             count == 0 ? "a mix" : "1 to 8 curves");
    for (size_t i = 0; i < count; i++)
        if (!check_mix(palette, &mixes[i], err))
            return false;
    w->mixes = mixes;
    w->count = count;
    w->left_out = TNS_LEARN_ALL;
    w->scale = 1;
    w->curves = tns_learn_curves_make(w->options.curves);
    w->state.palette = palette;
    w->state.curves = &w->curves;
    w->state.K = calloc(palette->count, sizeof *w->state.K);
    w->state.S = calloc(palette->count, sizeof *w->state.S);
    w->inks = calloc(TNS_LEARN_INKS_MAX, sizeof *w->inks);
    w->root = calloc(count, sizeof *w->root);
    w->slopes = calloc(count, sizeof *w->slopes);
    w->aside = calloc(count, sizeof *w->aside);
    if (!w->state.K || !w->state.S || !w->inks || !w->root || !w->slopes || !w->aside)
        return tns_learn_no_memory(err);
    for (size_t p = 0; p < palette->count; p++) {
        memcpy(w->state.K[p], palette->pigments[p].K, sizeof *w->state.K);
        memcpy(w->state.S[p], palette->pigments[p].S, sizeof *w->state.S);
    }
    if (!list_inks(w, err))
        return false;
    for (size_t i = 0; i < count; i++)
        w->rows += (size_t)tns_mix_dimension(&mixes[i]);
    w->z = calloc(w->parameters + 1, sizeof *w->z);
    w->covariance = gsl_matrix_calloc(w->parameters, w->parameters);
    return (w->z && w->covariance) || tns_learn_no_memory(err);
}

void tns_learn_clear(tns_learn_work *w)
{
    free(w->state.K);
    free(w->state.S);
    free(w->inks);
    free(w->root);
    free(w->slopes);
    free(w->aside);
    free(w->z);
    gsl_matrix_free(w->covariance);
}
