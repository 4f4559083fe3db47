/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <tonsure/difference.h>

#include "color/numeric.h"
#include "pigment/learn_work.h"

/* Beyond this misfit and this dE00 left out, a mix is not of these inks, or was misread. */
static const double MISFIT_MOST = 3, VISIBLE = 3;

/* An ink that had to move so far is another one, or one whose mixes stay so far off, whatever the
   prior leaves open. */
static const double SHIFT_MOST = 3, HOPELESS = 6;

static const double BELIEVED_MIXES = 4, SCALE_MOST = 3;

/* ---- the question ---- */

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

static bool prepare(tns_learn_work *w, const tns_palette *palette, const tns_mix *mixes,
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

static void clear(tns_learn_work *w)
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

/* ---- what became of the mixes ---- */

static tns_lab lab_of(const tns_mix *mix, const double R[TNS_BANDS], const tns_viewing *daylight)
{
    tns_spectrum spectrum = tns_spectrum_constant(0);
    memcpy(spectrum.value, R, sizeof spectrum.value);
    return mix->from_color ? tns_mix_lab(mix, R) : tns_lab_from_spectrum(&spectrum, daylight);
}

static void before(tns_learn_work *w, const tns_viewing *daylight, tns_learned *out)
{
    for (size_t m = 0; m < w->count; m++) {
        tns_learned_mix *mix = &out->mixes[m];
        snprintf(mix->id, sizeof mix->id, "%s", w->mixes[m].id);
        mix->measured = w->mixes[m].from_color
                            ? w->mixes[m].color
                            : tns_lab_from_spectrum(&w->mixes[m].measured, daylight);
        mix->before = lab_of(&w->mixes[m], w->slopes[m].R, daylight);
        mix->de00_before = tns_de00(mix->measured, mix->before);
    }
}

/* Each without what it teaches itself; from the likeliest, a few steps. */
static bool leave_out(tns_learn_work *w, const tns_viewing *daylight, const tns_context *context,
                      tns_learned *out, tns_error *err)
{
    double *z = calloc(w->parameters + 1, sizeof *z);
    bool done = z != NULL || tns_learn_no_memory(err);
    for (size_t m = 0; done && m < w->count; m++) {
        tns_context_progress(context, 0.3 + 0.7 * (double)m / (double)w->count, "left out");
        if (tns_context_cancelled(context)) {
            done = tns_error_set(err, TNS_ERROR_CANCELLED, "learn: cancelled");
            break;
        }
        memcpy(z, w->z, w->parameters * sizeof *z);
        done = tns_learn_likeliest(w, (int)m, z, err);
        tns_learned_mix *mix = &out->mixes[m];
        mix->de00_left_out =
            tns_de00(mix->measured, lab_of(&w->mixes[m], w->slopes[m].R, daylight));
        if (w->scale == 1)
            mix->misfit = tns_learn_misfit(w, m);
    }
    free(z);
    return done;
}

/* The worst of those that nothing explains; one at a time, since it may have spoilt the others. */
static bool set_worst_aside(tns_learn_work *w, tns_learned *out)
{
    size_t worst = w->count;
    for (size_t m = 0; m < w->count; m++) {
        const tns_learned_mix *mix = &out->mixes[m];
        bool wrong = mix->misfit > MISFIT_MOST && mix->de00_left_out > VISIBLE;
        if (wrong && !w->aside[m] && (worst == w->count || mix->misfit > out->mixes[worst].misfit))
            worst = m;
    }
    if (worst == w->count)
        return false;
    w->aside[worst] = out->mixes[worst].set_aside = true;
    tns_warn(
        &out->warnings,
        "%s was set aside: the others leave it dE %.1f away, more than these inks can be wrong",
        out->mixes[worst].id, out->mixes[worst].de00_left_out);
    return true;
}

static bool finish_mixes(tns_learn_work *w, const tns_viewing *daylight, tns_learned *out,
                         tns_error *err)
{
    if (!tns_learn_likeliest(w, TNS_LEARN_ALL, w->z, err))
        return false;
    for (size_t m = 0; m < w->count; m++) {
        tns_learned_mix *mix = &out->mixes[m];
        mix->after = lab_of(&w->mixes[m], w->slopes[m].R, daylight);
        mix->de00_after = tns_de00(mix->measured, mix->after);
    }
    return true;
}

/*
 * Readings that agree better with the curves than the prior had it say that the prior's remainder
 * is small: the mean square misfit, with as much as four mixes of misfit 1 said beforehand.
 */
static double learned_scale(const tns_learn_work *w, const tns_learned *out)
{
    double sum = BELIEVED_MIXES, n = BELIEVED_MIXES;
    for (size_t m = 0; m < w->count; m++)
        if (!w->aside[m]) {
            sum += out->mixes[m].misfit * out->mixes[m].misfit;
            n++;
        }
    return fmin(sqrt(sum / n), SCALE_MOST);
}

static tns_fit_summary summarize(const tns_learned *out, int which, double *values)
{
    tns_fit_summary s = {0};
    for (size_t m = 0; m < out->mix_count; m++) {
        const tns_learned_mix *mix = &out->mixes[m];
        if (!mix->set_aside)
            values[s.count++] = which == 0   ? mix->de00_before
                                : which == 1 ? mix->de00_after
                                             : mix->de00_left_out;
    }
    if (s.count == 0)
        return s;
    gsl_sort(values, 1, s.count);
    s.mean = gsl_stats_mean(values, 1, s.count);
    s.median = gsl_stats_median_from_sorted_data(values, 1, s.count);
    s.p95 = gsl_stats_quantile_from_sorted_data(values, 1, s.count, 0.95);
    s.max = values[s.count - 1];
    return s;
}

static bool summaries(tns_learned *out, tns_error *err)
{
    double *values = calloc(out->mix_count + 1, sizeof *values);
    if (!values)
        return tns_learn_no_memory(err);
    out->before = summarize(out, 0, values);
    out->after = summarize(out, 1, values);
    out->left_out = summarize(out, 2, values);
    free(values);
    return true;
}

/* ---- contradiction ---- */

/* Mean misfit and dE00 of the mixes that hold an ink, those set aside too. */
static void fit_of_ink(const tns_learn_work *w, const tns_learned *out, int pigment, double *bad,
                       double *de)
{
    double n = 0;
    *bad = *de = 0;
    for (size_t m = 0; m < w->count; m++)
        for (size_t i = 0; i < w->mixes[m].part_count; i++)
            if (w->mixes[m].pigment[i] == pigment) {
                *bad += out->mixes[m].misfit;
                *de += out->mixes[m].de00_after;
                n++;
            }
    *bad /= fmax(n, 1);
    *de /= fmax(n, 1);
}

/* The ink whose mixes are explained worst, if that is too bad to be it. */
static bool contradicted(const tns_learn_work *w, tns_learned *out, tns_error *err)
{
    int worst = -1;
    double most = 0, bad, de, shown = 0;
    for (size_t i = 0; i < out->ink_count; i++) {
        const tns_learned_ink *ink = &out->ink[i];
        fit_of_ink(w, out, ink->pigment, &bad, &de);
        double how = fmax(ink->shift / SHIFT_MOST, de / HOPELESS);
        how = fmax(how, de > VISIBLE ? bad / MISFIT_MOST : 0);
        if (how > 1 && how > most) {
            most = how;
            worst = ink->pigment;
            shown = de;
        }
    }
    if (worst < 0)
        return false;
    const tns_pigment *p = &w->state.palette->pigments[worst];
    if (!w->options.refuse)
        tns_warn(&out->warnings, "the mixes contradict what is known of %s (dE %.1f is left)",
                 p->id, shown);
    return w->options.refuse &&
           !tns_error_set(
               err, TNS_ERROR_WRONG_INK,
               "%s: the readings contradict %s: the likeliest strength still leaves dE "
               "%.1f; is it this pigment, and is the illuminant right?",
               p->id, p->color_index_count > 0 ? p->color_index[0] : "what is known of it", shown);
}

/* ---- the whole ---- */

static tns_palette *copy_palette(const tns_palette *palette)
{
    tns_palette *out = malloc(sizeof *out);
    tns_pigment *pigments = malloc(palette->count * sizeof *pigments);
    if (!out || !pigments) {
        free(out);
        free(pigments);
        return NULL;
    }
    *out = *palette;
    out->pigments = pigments;
    memcpy(pigments, palette->pigments, palette->count * sizeof *pigments);
    return out;
}

static bool write_palette(const tns_learn_work *w, tns_learned *out, tns_error *err)
{
    out->palette = copy_palette(w->state.palette);
    if (!out->palette)
        return tns_learn_no_memory(err);
    for (size_t i = 0; i < w->state.ink_count; i++) {
        const tns_learn_ink *ink = &w->inks[i];
        tns_learned_ink *learned = &out->ink[out->ink_count++];
        tns_pigment *p = &out->palette->pigments[ink->pigment];
        tns_learn_ink_describe(w, ink, learned);
        if (learned->mixes == 0)
            continue;
        if (out->palette->model.band_correlation == 0)
            out->palette->model.band_correlation = tns_learn_band_correlation(w->state.palette, p);
        tns_learn_ink_write(w, ink, p);
    }
    return true;
}

static bool solve(tns_learn_work *w, const tns_context *context, tns_learned *out, tns_error *err)
{
    tns_viewing daylight;
    if (!tns_viewing_find("D65/10", &daylight, err))
        return false;
    out->mix_count = w->count;
    out->mixes = calloc(w->count, sizeof *out->mixes);
    if (!out->mixes)
        return tns_learn_no_memory(err);
    tns_learn_weigh(w);
    before(w, &daylight, out);
    do {
        tns_context_progress(context, 0.1, "likeliest");
        if (!tns_learn_likeliest(w, TNS_LEARN_ALL, w->z, err))
            return false;
        tns_learn_weigh(w);
        if (!tns_learn_likeliest(w, TNS_LEARN_ALL, w->z, err))
            return false;
        out->evidence = tns_learn_evidence(w);
        if (!w->options.whole && !leave_out(w, &daylight, context, out, err))
            return false;
    } while (!w->options.refuse && set_worst_aside(w, out));
    w->scale = w->options.whole ? 1 : learned_scale(w, out);
    tns_learn_weigh(w);
    return tns_learn_likeliest(w, TNS_LEARN_ALL, w->z, err) &&
           (w->options.whole || leave_out(w, &daylight, context, out, err)) &&
           finish_mixes(w, &daylight, out, err) && write_palette(w, out, err) &&
           !contradicted(w, out, err) && summaries(out, err);
}

tns_learned *tns_learn(const tns_palette *prior, const tns_mix *mixes, size_t count,
                       const tns_learn_options *options, const tns_context *context, tns_error *err)
{
    tns_learn_work w = {0};
    tns_numeric_init();
    tns_learned *out = calloc(1, sizeof *out);
    bool done = (out || tns_learn_no_memory(err)) &&
                prepare(&w, prior, mixes, count, options, err) && solve(&w, context, out, err);
    clear(&w);
    if (done)
        return out;
    tns_learned_destroy(out);
    return NULL;
}

void tns_learned_destroy(tns_learned *learned)
{
    if (!learned)
        return;
    tns_palette_destroy(learned->palette);
    free(learned->mixes);
    free(learned);
}
