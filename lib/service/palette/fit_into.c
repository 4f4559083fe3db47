/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was fitted, put into a palette that has more: nothing of it is lost, and nothing unsaid. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/difference.h>
#include <tonsure/exchange.h>
#include <tonsure/surface.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/text.h"
#include "service/palette/fit_scale.h"
#include "service/palette/merge.h"
#include "service/parts.h"

/* ---- what becomes of each ---- */

static tns_lab masstone(const tns_palette *palette, const tns_pigment *p, const tns_viewing *v)
{
    tns_surface thick = tns_surface_opaque(palette);
    tns_spectrum seen = tns_surface_reflectance(&thick, p->K, p->S);
    return tns_lab_from_spectrum(&seen, v);
}

/* By how much a replaced pigment is another: a wrong bottle shows here. */
static double moved(const tns_palette *base, const tns_pigment *from, const tns_pigment *to)
{
    tns_viewing viewing;
    if (from->kind == TNS_DILUENT || !tns_viewing_find("D65/10", &viewing, NULL))
        return NAN;
    return tns_de00(masstone(base, from, &viewing), masstone(base, to, &viewing));
}

/* Both have it, and it colors: its strength says something. */
static bool is_shared(const tns_palette *base, const tns_pigment *fitted)
{
    return fitted->kind != TNS_DILUENT && tns_palette_index(base, fitted->id) >= 0;
}

static void tell(const tns_palette *base, const tns_pigment *fitted, bool keep, tns_fit_put *out)
{
    int at = tns_palette_index(base, fitted->id);
    bool water = fitted->kind == TNS_DILUENT && tns_palette_diluent(base) >= 0;
    tns_text_copy(out->pigment, sizeof out->pigment, fitted->id);
    out->how = keep || water ? TNS_PUT_KEPT : at < 0 ? TNS_PUT_ADDED : TNS_PUT_REPLACED;
    out->moved = at < 0 ? NAN : moved(base, &base->pigments[at], fitted);
    out->strength = out->strength_sd = NAN;
    out->ties = !base->model.absolute && is_shared(base, fitted);
    if (at >= 0)
        out->was = base->pigments[at].origin;
}

/* The pigments that a list names: each is on the base, and was fitted, or the word means nothing.
 */
static bool mark(const char *option, const char *list, const tns_palette *base,
                 const tns_palette *fitted, bool *marked, tns_error *err)
{
    char name[TNS_ID_SIZE];
    while (list && tns_next_name(&list, name, sizeof name)) {
        int at = tns_palette_index(fitted, name);
        if (tns_palette_index(base, name) < 0)
            return tns_error_set(err, TNS_ERROR_USAGE, "%s: palette %s has no pigment \"%s\"",
                                 option, base->name, name);
        if (at < 0)
            return tns_error_set(err, TNS_ERROR_USAGE, "%s: no sample holds \"%s\"", option, name);
        marked[at] = true;
    }
    return true;
}

/* ---- the merge ---- */

/* Moves those that are kept out of what is merged. */
static void leave_out(tns_palette *fitted, const tns_fit_into *into)
{
    size_t n = 0;
    for (size_t i = 0; i < into->count; i++)
        if (into->puts[i].how != TNS_PUT_KEPT)
            fitted->pigments[n++] = fitted->pigments[i];
    fitted->count = n;
}

/* On the base's scale: how strong each is beside the one that was there. */
static void tell_strengths(const tns_palette *base, const tns_palette *fitted,
                           const tns_scale *scale, tns_fit_into *into)
{
    tns_strength whole;
    memcpy(whole.times, scale->times, sizeof whole.times);
    memcpy(whole.sd, scale->sd, sizeof whole.sd);
    for (size_t i = 0; i < into->count; i++) {
        tns_fit_put *put = &into->puts[i];
        int at = tns_palette_index(base, put->pigment);
        if (!is_shared(base, &fitted->pigments[i]))
            continue;
        tns_strength found = tns_strength_compare(&fitted->pigments[i], &base->pigments[at]);
        put->strength = tns_strength_usual(&found, &put->strength_sd);
    }
    if (!base->model.absolute)
        into->scale = tns_strength_usual(&whole, &into->scale_sd);
}

static bool find_scale(const tns_palette *base, const tns_palette *fitted, const tns_fit_into *into,
                       tns_scale *scale, tns_error *err)
{
    bool *ties = calloc(into->count + 1, sizeof *ties);
    if (!ties)
        return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    for (size_t i = 0; i < into->count; i++)
        ties[i] = into->puts[i].ties;
    bool done = tns_fit_find_scale(base, fitted, ties, "--new-bottle", scale, err);
    free(ties);
    return done;
}

/* What was fitted, on the base's scale; its pigments are the caller's to free. */
static bool scaled(const tns_palette *base, const tns_palette *fitted, tns_fit_into *into,
                   tns_palette *out, tns_error *err)
{
    tns_scale scale;
    *out = *fitted;
    out->pigments = NULL;
    if (!find_scale(base, fitted, into, &scale, err))
        return false;
    out->pigments = calloc(fitted->count + 1, sizeof *out->pigments);
    if (!out->pigments)
        return tns_error_set(err, TNS_ERROR_MEMORY, "palette: out of memory");
    memcpy(out->pigments, fitted->pigments, fitted->count * sizeof *out->pigments);
    for (size_t i = 0; i < out->count && !base->model.absolute; i++)
        if (out->pigments[i].kind != TNS_DILUENT)
            tns_scale_apply(&scale, &out->pigments[i]);
    tell_strengths(base, out, &scale, into);
    return true;
}

/* The base is changed, and keeps its name; what was fitted stays as it is. */
static bool merge(tns_palette *base, const tns_palette *fitted, tns_fit_into *into, tns_error *err)
{
    char name[sizeof base->name];
    tns_palette put;
    if (!scaled(base, fitted, into, &put, err))
        return false;
    leave_out(&put, into);
    tns_palette_carry(base, &put);
    tns_text_copy(name, sizeof name, base->name);
    bool done = put.count == 0 || tns_palette_merge(base, &put, "fitted into it", err);
    tns_text_copy(base->name, sizeof base->name, name);
    free(put.pigments);
    return done;
}

/* Each of the fitted, and what becomes of it. */
static bool tell_all(const tns_fit_order *order, const tns_palette *base, const tns_palette *fitted,
                     tns_fit_into *out, tns_error *err)
{
    bool *keep = calloc(2 * fitted->count + 1, sizeof *keep), *other = keep + fitted->count;
    out->puts = calloc(fitted->count + 1, sizeof *out->puts);
    bool done = (keep && out->puts) || tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    done = done && mark("--keep", order->keep, base, fitted, keep, err) &&
           mark("--new-bottle", order->new_bottles, base, fitted, other, err);
    for (size_t i = 0; i < fitted->count && done; i++) {
        tns_fit_put *put = &out->puts[out->count++];
        tell(base, &fitted->pigments[i], keep[i], put);
        put->ties = put->ties && !other[i];
    }
    free(keep);
    return done;
}

static bool prepare(const tns_fit_order *order, const tns_palette *base, const tns_palette *fitted,
                    tns_fit_into *out, tns_error *err)
{
    const char *hindrance = tns_merge_other_kind(base, fitted);
    if (hindrance)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: what was fitted cannot be put into it: %s", base->name,
                             hindrance);
    tns_text_copy(out->palette, sizeof out->palette, base->name);
    out->untouched = base->count;
    for (size_t i = 0; i < fitted->count; i++)
        out->untouched -= tns_palette_index(base, fitted->pigments[i].id) >= 0;
    return tell_all(order, base, fitted, out, err);
}

/* ---- the whole ---- */

static bool put_once(const tns_fit_order *order, const tns_palette *fitted, const char *path,
                     tns_fit_into *out, tns_error *err)
{
    tns_palette *base = tns_palette_find(order->into, err);
    bool done = base && prepare(order, base, fitted, out, err) && merge(base, fitted, out, err) &&
                (!path || tns_palette_save(base, path, err));
    tns_palette_destroy(base);
    return done;
}

/* Tried dry first, so that what is refused makes no folder; then with the palette as it is by now,
 * while nobody else changes files of that folder. */
static bool put(const tns_fit_order *order, const tns_palette *fitted, const char *path,
                tns_fit_into *out, tns_error *err)
{
    char folder[TNS_PATH_SIZE];
    bool own = !order->output && !tns_is_palette_path(order->into) && tns_user_palettes(folder);
    bool done = put_once(order, fitted, NULL, out, err);
    if (!done || order->dry_run)
        return done && (order->output ? tns_palette_keep(fitted, path, true, err)
                                      : tns_folders_expect_file(path, err));
    tns_fit_into_finish(out);
    if (own && !tns_folders_make(folder, false, err))
        return false;
    int lock = tns_file_lock(path);
    done = put_once(order, fitted, path, out, err);
    if (lock >= 0)
        close(lock);
    return done;
}

static tns_fit *fit_like(const tns_fit_order *order, const tns_context *context, tns_error *err)
{
    tns_fit_options options;
    tns_palette *base = tns_palette_find(order->into, err);
    tns_sample_set *set = NULL;
    tns_fit *fit = NULL;
    if (base && tns_fit_options_like(order, base, &options, err)) {
        options.name = base->name;
        set = tns_exchange_load_samples(order->samples, order->holdout, err);
        fit = set ? tns_fit_solve(set, &options, context, err) : NULL;
    }
    tns_sample_set_destroy(set);
    tns_palette_destroy(base);
    return fit;
}

/* One alone is taken at its word. */
static void warn_if_unchecked(const tns_fit_into *into, tns_warnings *warnings)
{
    const tns_fit_put *only = NULL;
    size_t ties = 0;
    for (size_t i = 0; i < into->count; i++)
        if (into->puts[i].ties) {
            only = &into->puts[i];
            ties++;
        }
    if (ties == 1)
        tns_warn(warnings,
                 "%s alone ties the scales of palette and samples: that both are of one bottle, "
                 "no other pigment confirms",
                 only->pigment);
}

tns_fit *tns_service_fit_into(const tns_fit_order *order, const tns_context *context,
                              tns_fit_into *into, char *path, size_t size, tns_error *err)
{
    *into = (tns_fit_into){0};
    if ((order->keep || order->new_bottles) && !order->into) {
        tns_error_set(err, TNS_ERROR_USAGE, "%s: goes with --into",
                      order->keep ? "--keep" : "--new-bottle");
        return NULL;
    }
    if (!order->into) {
        tns_text_copy(path, size, order->output);
        return tns_service_fit(order, context, err);
    }
    if (order->output)
        tns_text_copy(path, size, order->output);
    else if (!tns_palette_own_path(order->into, path, size, err))
        return NULL;
    bool shadows = !order->output && !order->dry_run && tns_palette_will_shadow(order->into, path);
    tns_fit *fit = fit_like(order, context, err);
    if (fit && put(order, fit->palette, path, into, err)) {
        warn_if_unchecked(into, &fit->warnings);
        if (shadows)
            tns_palette_warn_of_shadow(order->into, &fit->warnings);
        return fit;
    }
    tns_fit_destroy(fit);
    tns_fit_into_finish(into);
    return NULL;
}
