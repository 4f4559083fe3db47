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
                tns_learn_prepare(&w, prior, mixes, count, options, err) &&
                solve(&w, context, out, err);
    tns_learn_clear(&w);
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
