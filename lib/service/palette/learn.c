/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A palette that learns from the mixes made with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "service/palette/kept.h"
#include "service/palette/learned.h"
#include "service/palette/taught.h"

enum { JUDGED_FROM = 3 };

typedef struct work {
    const tns_learn_order *order;
    char name[TNS_PATH_SIZE];
    int lock;
    tns_palette *current; /* in force */
    tns_taught taught;
    size_t kept_before; /* mixes, when this began */
    bool as_last;       /* the palette in force has K and S as last learned */
    tns_mix *mixes;
    tns_viewing *viewings;
    tns_learned *learned;
} work;

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
}

static bool open_all(work *w, tns_error *err)
{
    if (!tns_palette_chosen(w->order->palette, w->name, sizeof w->name, err) ||
        !tns_palette_own_path(w->name, w->taught.path, sizeof w->taught.path, err) ||
        !(w->current = tns_palette_find(w->name, err)) || !tns_taught_load(&w->taught, err))
        return false;
    w->kept_before = w->taught.kept.count;
    return true;
}

/* ---- what is new ---- */

static void stamp(const work *w, const char *id, const tns_context *context, tns_kept_mix *mix)
{
    tns_text_time(tns_context_now(context), mix->time);
    if (id) {
        tns_text_copy(mix->id, sizeof mix->id, id);
        return;
    }
    size_t number = w->taught.kept.count + 1;
    bool taken = true;
    while (taken) {
        snprintf(mix->id, sizeof mix->id, "mix-%zu", number++);
        taken = false;
        for (size_t i = 0; i < w->taught.kept.count; i++)
            taken = taken || strcmp(w->taught.kept.mixes[i].id, mix->id) == 0;
    }
}

static bool keep_recipe(work *w, const tns_context *context, tns_error *err)
{
    const tns_learn_order *o = w->order;
    tns_reading measured;
    tns_kept_mix mix = {0};
    if (!o->recipe && !o->measured)
        return true;
    if (!o->recipe || !o->measured)
        return tns_error_set(err, TNS_ERROR_USAGE, "learn: --recipe and --measured go together");
    if (!tns_target_load(o->measured, &measured, err) ||
        !tns_kept_from_recipe(w->current, o, &measured, &mix, err))
        return false;
    stamp(w, o->id, context, &mix);
    return tns_kept_add(&w->taught.kept, &mix, err);
}

static bool keep_corrections(work *w, const tns_context *context, tns_error *err)
{
    const tns_learn_order *o = w->order;
    bool named = o->id && !o->recipe;
    if (named && o->correction_count != 1)
        return tns_error_set(err, TNS_ERROR_USAGE, "--id: names one mix, found %zu",
                             o->correction_count);
    for (size_t i = 0; i < o->correction_count; i++) {
        tns_kept_mix mix = {0};
        if (!tns_kept_from_correction(w->current, o->corrections[i], &mix, err))
            return false;
        stamp(w, named ? o->id : NULL, context, &mix);
        if (!tns_kept_add(&w->taught.kept, &mix, err))
            return false;
    }
    return true;
}

static bool take_new(work *w, const tns_context *context, tns_error *err)
{
    if (w->order->forget && !tns_kept_forget(&w->taught.kept, w->order->forget, err))
        return false;
    if (!keep_recipe(w, context, err) || !keep_corrections(w, context, err))
        return false;
    return w->taught.kept.count > 0 || w->order->forget ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "learn: no mix is kept: give a correction's record, "
                         "or --recipe and --measured");
}

/* ---- learning ---- */

static bool same_figures(const tns_pigment *a, const tns_pigment *b)
{
    return memcmp(a->K, b->K, sizeof a->K) == 0 && memcmp(a->S, b->S, sizeof a->S) == 0;
}

static const tns_pigment *named(const tns_palette *palette, const char *id)
{
    int index = palette ? tns_palette_index(palette, id) : -1;
    return index >= 0 ? &palette->pigments[index] : NULL;
}

/* K and S as they were before anything was learned, unless they were set since by other means. */
static void go_back(const work *w, tns_pigment *p)
{
    const tns_pigment *last = named(w->taught.last, p->id), *base = named(w->taught.base, p->id);
    if (!last || !base || !same_figures(last, p))
        return;
    memcpy(p->K, base->K, sizeof p->K);
    memcpy(p->S, base->S, sizeof p->S);
    memcpy(p->K_sd, base->K_sd, sizeof p->K_sd);
    memcpy(p->S_sd, base->S_sd, sizeof p->S_sd);
    memcpy(p->KS_correlation, base->KS_correlation, sizeof p->KS_correlation);
    memcpy(p->source, base->source, sizeof p->source);
    p->has_covariance = base->has_covariance;
    p->uncertainty = base->uncertainty;
}

static bool is_as_last(const work *w)
{
    for (size_t i = 0; w->taught.last && i < w->current->count; i++) {
        const tns_pigment *last = named(w->taught.last, w->current->pigments[i].id);
        if (!last || !same_figures(last, &w->current->pigments[i]))
            return false;
    }
    return w->taught.last != NULL;
}

/* Neither a mix more or less nor another palette: it would be learned once more as it is. */
static bool has_nothing_new(const work *w)
{
    return w->as_last && !w->order->forget && w->taught.kept.count == w->kept_before;
}

/* The palette in force becomes the prior, and what will be the base. */
static void make_prior(work *w)
{
    w->as_last = is_as_last(w);
    for (size_t i = 0; i < w->current->count; i++)
        go_back(w, &w->current->pigments[i]);
    if (w->taught.base) {
        memcpy(w->current->provenance, w->taught.base->provenance,
               sizeof w->taught.base->provenance);
        memcpy(w->current->version, w->taught.base->version, sizeof w->taught.base->version);
        w->current->model.band_correlation = w->taught.base->model.band_correlation;
    }
}

static bool solve(work *w, const tns_context *context, tns_error *err)
{
    w->mixes = calloc(w->taught.kept.count, sizeof *w->mixes);
    w->viewings = calloc(w->taught.kept.count, sizeof *w->viewings);
    if (!w->mixes || !w->viewings)
        return no_memory(err);
    if (!tns_kept_as_mixes(w->current, &w->taught.kept, w->viewings, w->mixes, err))
        return false;
    w->learned = tns_learn(w->current, w->mixes, w->taught.kept.count, NULL, context, err);
    return w->learned != NULL;
}

static void describe(const work *w, const tns_context *context)
{
    const tns_learned *l = w->learned;
    tns_palette *p = l->palette;
    char now[32];
    tns_text_time(tns_context_now(context), now);
    snprintf(p->version, sizeof p->version, "learned-%d", w->taught.version + !has_nothing_new(w));
    tns_text_format(p->provenance, sizeof p->provenance,
                    "%.700s%sLearned %s from %zu kept mixes: their mean dE00 %.2f, was %.2f; each "
                    "left out %.2f.",
                    w->current->provenance, w->current->provenance[0] ? " " : "", now,
                    l->left_out.count, l->after.mean, l->before.mean, l->left_out.mean);
    tns_text_tidy(p->provenance);
    for (size_t i = 0; i < l->ink_count; i++) {
        tns_pigment *pigment = &p->pigments[l->ink[i].pigment];
        char prior[200];
        tns_text_copy(prior, sizeof prior, pigment->id);
        if (pigment->source[0])
            tns_text_format(prior, sizeof prior, "%.180s", pigment->source);
        tns_text_tidy(prior);
        tns_learned_source(&l->ink[i], prior, l->left_out.count, pigment);
    }
}

/* ---- writing ---- */

/* Whether there was anything to learn from: a mix is kept, and one at least not set aside. */
static bool is_taught(const work *w)
{
    return w->learned && w->learned->left_out.count > 0;
}

static bool helps(const tns_learned *l)
{
    return l->left_out.count < JUDGED_FROM || l->left_out.mean <= l->before.mean;
}

/* What was learned, where it helps; what was before it, where nothing is left to learn from. */
static const tns_palette *to_write(const work *w)
{
    if (has_nothing_new(w))
        return NULL;
    if (!is_taught(w))
        return w->taught.last ? w->current : NULL;
    return helps(w->learned) ? w->learned->palette : NULL;
}

static void warn_of_none(const work *w, tns_learn_record *out)
{
    tns_warn(&out->warnings, "%s: the palette %s",
             w->learned ? "every mix was set aside" : "no mix is kept any more",
             w->taught.last ? "goes back to what it was before any" : "stays as it is");
}

static void warn_of_few(const tns_learned *l, tns_learn_record *out)
{
    if (l->left_out.count < JUDGED_FROM)
        tns_warn(&out->warnings,
                 "%zu mix%s: too few to say whether what was learned holds for others",
                 l->left_out.count, l->left_out.count == 1 ? "" : "es");
    if (!helps(l))
        tns_warn(&out->warnings, "left-out mixes are predicted no better than before: the palette "
                                 "stays as it is");
}

static void fill(const work *w, tns_learn_record *out)
{
    tns_learn_record_fill(w->learned, w->mixes, out);
    for (size_t i = 0; i < out->ink_count; i++)
        tns_text_format(out->inks[i].prior, sizeof out->inks[i].prior, "%s %s", w->current->name,
                        out->inks[i].pigment);
}

static tns_learn_record *answer(const work *w, tns_error *err)
{
    const tns_learned *l = w->learned;
    tns_learn_record *out = tns_learn_record_create(
        l ? l->palette : w->current, l ? l->mix_count : 0, l ? l->ink_count : 0, err);
    if (!out)
        return NULL;
    if (l)
        fill(w, out);
    if (has_nothing_new(w))
        tns_warn(&out->warnings, "no mix is new since %s: the palette stays as it is",
                 w->taught.last->version);
    else if (is_taught(w))
        warn_of_few(l, out);
    else
        warn_of_none(w, out);
    tns_text_copy(out->path, sizeof out->path, w->taught.path);
    return out;
}

static tns_learn_record *learn(work *w, const tns_context *context, tns_error *err)
{
    if (!open_all(w, err) || !take_new(w, context, err))
        return NULL;
    make_prior(w);
    if (w->taught.kept.count > 0 && !solve(w, context, err))
        return NULL;
    if (is_taught(w))
        describe(w, context);
    tns_learn_record *out = answer(w, err);
    if (!out || has_nothing_new(w))
        return out;
    bool dry_run = w->order->dry_run;
    out->written = !dry_run && to_write(w) != NULL;
    if (tns_taught_save(&w->taught, w->current, to_write(w), is_taught(w), dry_run, err))
        return out;
    tns_learn_record_destroy(out);
    return NULL;
}

static void clear(work *w)
{
    if (w->lock >= 0)
        close(w->lock);
    tns_palette_destroy(w->current);
    tns_taught_finish(&w->taught);
    free(w->mixes);
    free(w->viewings);
    tns_learned_destroy(w->learned);
}

tns_learn_record *tns_service_learn(const tns_learn_order *order, const tns_context *context,
                                    tns_error *err)
{
    work *w = calloc(1, sizeof *w);
    if (!w) {
        no_memory(err);
        return NULL;
    }
    char name[TNS_PATH_SIZE];
    w->order = order;
    w->lock = -1;
    if (!order->dry_run && tns_palette_chosen(order->palette, name, sizeof name, NULL) &&
        tns_palette_own_path(name, w->taught.path, sizeof w->taught.path, NULL))
        w->lock = tns_file_lock(w->taught.path);
    tns_learn_record *out = learn(w, context, err);
    clear(w);
    free(w);
    return out;
}
