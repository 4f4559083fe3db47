/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples read as colors alone: pigments of known Colour Index, moved to the readings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "base/text.h"
#include "service/palette/calibrate_work.h"
#include "service/palette/learned.h"
#include "service/palette/merge.h"

/*
 * Another maker's bottle of the same pigment is seldom beyond half or twice as strong, and scatters
 * for what it absorbs by the size of its grains. Of the six curves strength and slope move most;
 * the others follow as far as the prior lets them. On tints of real paints of the models' Colour
 * Indices two curves leave dE 3 to 10 in samples held out, six 0.3 to 0.8.
 */
static const tns_learn_options usual = {.curves = 6, .strength = 0.6, .apart = 0.7, .refuse = true};

/* A hundred to one that it is another pigment. */
static const double ANOTHER = 4.6;

typedef tns_calibrate_work work;

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "calibrate: out of memory");
}

/* ---- options ---- */

static bool check_options(const tns_fit_order *fit, tns_error *err)
{
    const char *option = fit->white       ? "--white"
                         : fit->basis     ? "--basis"
                         : fit->load_unit ? "--load-unit"
                                          : NULL;
    if (option)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: of samples read as colors the palette in force says it", option);
    return !fit->saunderson || !tns_text_ends_with(fit->saunderson, "fit") ||
           tns_error_set(err, TNS_ERROR_USAGE, "--saunderson: colors do not tell k2; give k1,k2");
}

/* ---- mixes ---- */

static bool take_mix(const work *w, size_t row, tns_mix *out, tns_error *err)
{
    const tns_sample_set *set = w->samples->mixes;
    const tns_fit_sample *sample = &set->samples[row];
    tns_text_copy(out->id, sizeof out->id, sample->id);
    out->film = sample->kind == TNS_FIT_FILM;
    if (out->film)
        out->backing = set->samples[sample->backing].measured;
    for (size_t p = 0; p < set->pigment_count; p++) {
        if (!(sample->amount[p] > 0))
            continue;
        if (out->part_count == TNS_MIX_PARTS_MAX)
            return tns_error_set(err, TNS_ERROR_USAGE, "sample %s: more than %d parts", sample->id,
                                 TNS_MIX_PARTS_MAX);
        out->pigment[out->part_count] = (int)p;
        out->amount[out->part_count++] = sample->amount[p];
    }
    out->from_color = true;
    out->color = w->samples->colors[row].lab;
    out->viewing = &w->samples->viewings[row];
    return true;
}

static bool make_mixes(work *w, tns_error *err)
{
    const tns_sample_set *set = w->samples->mixes;
    w->mixes = calloc(set->count + 1, sizeof *w->mixes);
    w->row = calloc(set->count + 1, sizeof *w->row);
    if (!w->mixes || !w->row)
        return no_memory(err);
    for (size_t i = 0; i < set->count; i++) {
        if (set->samples[i].kind == TNS_FIT_BACKING || set->samples[i].held_out)
            continue;
        if (!take_mix(w, i, &w->mixes[w->count], err))
            return false;
        w->row[w->count++] = i;
    }
    return w->count > 0 ||
           tns_error_set(err, TNS_ERROR_FORMAT, "fit: no sample is left that holds a pigment");
}

/* ---- another pigment ---- */

/* The evidence of the readings were an ink one of the models; -INFINITY where it cannot be told. */
static double evidence_as(work *w, int ink, const tns_pigment *model, const tns_context *context)
{
    tns_learn_options options = usual;
    tns_pigment *p = &w->prior.pigments[ink], kept = *p;
    options.refuse = false;
    options.whole = true;
    memcpy(p->K, model->K, sizeof p->K);
    memcpy(p->S, model->S, sizeof p->S);
    p->has_covariance = model->has_covariance;
    p->uncertainty = model->uncertainty;
    tns_learned *learned = tns_learn(&w->prior, w->mixes, w->count, &options, context, NULL);
    double out = learned && isfinite(learned->evidence) ? learned->evidence : -INFINITY;
    tns_learned_destroy(learned);
    *p = kept;
    return out;
}

static bool same_as(const tns_pigment *a, const tns_pigment *b)
{
    return memcmp(a->K, b->K, sizeof a->K) == 0 && memcmp(a->S, b->S, sizeof a->S) == 0;
}

/* The model that explains an ink's readings best; NULL = what it is said to be does. */
static const tns_pigment *likelier(work *w, int ink, const tns_context *context)
{
    const tns_pigment *found = NULL;
    double best = w->learned->evidence + ANOTHER;
    for (size_t k = 0; k < w->models->count; k++) {
        const tns_pigment *model = &w->models->pigments[k];
        if (model->kind != TNS_PIGMENT || same_as(model, &w->prior.pigments[ink]))
            continue;
        double evidence = evidence_as(w, ink, model, context);
        if (evidence > best) {
            best = evidence;
            found = model;
        }
    }
    return found;
}

/* Refuses, by name, an ink whose readings another model explains far better. */
static bool is_another(work *w, const tns_context *context, tns_error *err)
{
    if (!w->prior.model.absolute || w->prior.model.basis != TNS_BY_VOLUME)
        return false; /* the models do not compare */
    for (size_t i = 0; i < w->learned->ink_count; i++) {
        int ink = w->learned->ink[i].pigment;
        const tns_pigment *other = likelier(w, ink, context);
        if (other)
            return !tns_error_set(err, TNS_ERROR_WRONG_INK,
                                  "%s: its readings are far likelier those of %s (%s) than of %s",
                                  w->prior.pigments[ink].id, other->id, other->color_index[0],
                                  w->origin[ink]);
    }
    return false;
}

/* ---- the answer ---- */

static bool add_held_out(const work *w, size_t row, tns_learn_record *out, tns_error *err)
{
    const tns_color_samples *s = w->samples;
    tns_learn_mix_record *to = &out->mixes[out->mix_count];
    tns_spectrum before, after;
    if (!tns_sample_predict(&w->prior, s->mixes, row, &before, err) ||
        !tns_sample_predict(w->learned->palette, s->mixes, row, &after, err))
        return false;
    tns_text_copy(to->id, sizeof to->id, s->mixes->samples[row].id);
    to->held_out = true;
    to->measured = s->colors[row];
    to->before = tns_color_from_spectrum(&before, &s->viewings[row]);
    to->after = tns_color_from_spectrum(&after, &s->viewings[row]);
    to->de00_before = tns_de00(to->measured.lab, to->before.lab);
    to->de00_after = tns_de00(to->measured.lab, to->after.lab);
    to->de00_left_out = to->misfit = NAN;
    out->mix_count++;
    return true;
}

static bool add_all_held_out(const work *w, tns_learn_record *out, tns_error *err)
{
    const tns_sample_set *set = w->samples->mixes;
    double *values = calloc(set->count + 1, sizeof *values);
    size_t n = 0;
    bool done = values || no_memory(err);
    for (size_t i = 0; done && i < set->count; i++) {
        if (!set->samples[i].held_out || set->samples[i].kind == TNS_FIT_BACKING)
            continue;
        done = add_held_out(w, i, out, err);
        values[n++] = done ? out->mixes[out->mix_count - 1].de00_after : 0;
    }
    if (done)
        out->held_out = tns_summarize(values, n);
    free(values);
    return done;
}

/* Its strength is this bottle's by readings, no longer a model's: confidence B. */
static void say_calibrated(tns_pigment *p)
{
    char moved[sizeof p->source];
    tns_text_copy(moved, sizeof moved, p->source);
    tns_text_format(p->source, sizeof p->source, "calibrated by readings of color: %.440s", moved);
    tns_text_tidy(p->source);
    p->origin = TNS_ORIGIN_MEASURED;
}

static void say_provenance(const work *w)
{
    const tns_viewing *v = &w->samples->viewings[w->row[0]];
    tns_palette *palette = w->learned->palette;
    tns_text_format(
        palette->provenance, sizeof palette->provenance,
        "Strength, slope and shape of K and S calibrated by %zu samples read as colors alone "
        "(%s/%d); what K and S are from band to band is the priors': %s.",
        w->count, v->illuminant, v->observer,
        w->order->palette ? w->shelf->name : TNS_DEFAULT_PALETTE);
    palette->version[0] = '\0';
    for (size_t i = 0; i < w->learned->ink_count; i++) {
        const tns_learned_ink *ink = &w->learned->ink[i];
        tns_pigment *p = &palette->pigments[ink->pigment];
        tns_learned_source(ink, w->origin[ink->pigment], w->count, p);
        if (ink->mixes > 0)
            say_calibrated(p);
    }
}

static bool is_thick_only(const work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->mixes[i].film)
            return false;
    return w->prior.model.absolute;
}

static tns_learn_record *answer(work *w, tns_error *err)
{
    tns_learn_record *out = tns_learn_record_create(w->learned->palette, w->samples->mixes->count,
                                                    w->learned->ink_count, err);
    if (!out)
        return NULL;
    tns_learn_record_fill(w->learned, w->mixes, out);
    for (size_t i = 0; i < out->ink_count; i++)
        tns_text_copy(out->inks[i].prior, sizeof out->inks[i].prior,
                      w->origin[w->learned->ink[i].pigment]);
    tns_warn(&out->warnings,
             "read as colors alone: K and S from band to band are the models', moved; under "
             "other lamps they are less certain");
    if (is_thick_only(w))
        tns_warn(&out->warnings,
                 "thick samples alone tell ratios: how strong a film is stays as it "
                 "was thought");
    tns_text_copy(out->path, sizeof out->path, w->order->fit->output);
    if (add_all_held_out(w, out, err))
        return out;
    tns_learn_record_destroy(out);
    return NULL;
}

/* The palette in use with what was calibrated; what was calibrated alone where they do not mix. */
static bool put_on_shelf(work *w, tns_learn_record *out, tns_error *err)
{
    const char *hindrance = tns_merge_hindrance(w->shelf, w->learned->palette);
    const tns_palette *result = hindrance ? w->learned->palette : w->shelf;
    if (hindrance)
        tns_warn(&out->warnings, "palette %s was left out: %s; only the table's pigments are in %s",
                 w->shelf->name, hindrance, out->path);
    else if (!tns_palette_merge(w->shelf, w->learned->palette, "by readings", err))
        return false;
    out->pigments = result->count;
    bool dry_run = w->order->fit->dry_run, done = tns_palette_keep(result, out->path, dry_run, err);
    out->written = done && !dry_run;
    return done;
}

static tns_learn_record *calibrate(work *w, const tns_context *context, tns_error *err)
{
    if (!tns_calibrate_priors(w, err) || !make_mixes(w, err) ||
        !(w->learned = tns_learn(&w->prior, w->mixes, w->count, &usual, context, err)) ||
        is_another(w, context, err))
        return NULL;
    say_provenance(w);
    tns_learn_record *out = answer(w, err);
    if (!out || put_on_shelf(w, out, err))
        return out;
    tns_learn_record_destroy(out);
    return NULL;
}

static void clear(work *w)
{
    tns_color_samples_destroy(w->samples);
    tns_palette_destroy(w->shelf);
    tns_palette_destroy(w->models);
    free(w->prior.pigments);
    free(w->mixes);
    free(w->row);
    tns_learned_destroy(w->learned);
}

tns_learn_record *tns_service_calibrate(const tns_calibrate_order *order,
                                        const tns_context *context, tns_error *err)
{
    tns_viewing viewing;
    tns_learn_record *out = NULL;
    if (!check_options(order->fit, err) ||
        (order->viewing && !tns_viewing_parse(order->viewing, &viewing, err)))
        return NULL;
    work *w = calloc(1, sizeof *w);
    if (!w) {
        no_memory(err);
        return NULL;
    }
    w->order = order;
    w->samples = tns_exchange_load_color_samples(order->fit->samples, order->fit->holdout,
                                                 order->viewing ? &viewing : NULL, err);
    if (w->samples)
        out = calibrate(w, context, err);
    clear(w);
    free(w);
    return out;
}
