/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "service/parts.h"

enum { SLICES = 9, SLICE_STEP = 10 };

typedef struct work {
    const tns_gamut_order *order;
    tns_palette *palette;
    tns_surface surface;
    int *pigments;
    tns_gamut_request request;
    tns_gamut *gamut;
} work;

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
}

static bool choose(work *w, tns_gamut_record *out, tns_error *err)
{
    const tns_palette *palette = w->palette;
    size_t n = palette->count;
    tns_left_out *only = calloc(2 * n + 1, sizeof *only), *without = only ? only + n : NULL;
    w->pigments = calloc(n + 1, sizeof *w->pigments);
    bool done = (only && w->pigments) || no_memory(err);
    done = done && tns_pigments_mark(palette, "--only", w->order->only, only, NULL, err) &&
           tns_pigments_mark(palette, "--without", w->order->without, without, &out->warnings, err);
    for (size_t i = 0; done && i < n; i++) {
        tns_pigment_kind kind = palette->pigments[i].kind;
        if ((kind == TNS_PIGMENT || kind == TNS_PRESHADE) &&
            (!w->order->only || only[i].pigment[0]) && !without[i].pigment[0])
            w->pigments[w->request.pigment_count++] = (int)i;
    }
    free(only);
    return done && (w->request.pigment_count > 0 ||
                    tns_error_set(err, TNS_ERROR_USAGE, "gamut: no pigment is left"));
}

/* ---- the record ---- */

static bool add_slices(const work *w, tns_gamut_record *out, tns_error *err)
{
    out->slices = calloc(SLICES, sizeof *out->slices);
    if (!out->slices)
        return no_memory(err);
    for (int i = 0; i < SLICES; i++) {
        tns_gamut_slice *slice = &out->slices[out->slice_count++];
        slice->L = SLICE_STEP * (i + 1);
        slice->loops = tns_gamut_outline(w->gamut, slice->L, &slice->loop_count);
        if (!slice->loops)
            return no_memory(err);
    }
    return true;
}

/* From a color that no surface has the way is told all the same: by the nearest that one has. */
static bool find_beyond(const work *w, tns_prior prior, const tns_viewing *daylight,
                        const tns_context *context, tns_gamut_record *out, tns_error *err)
{
    const tns_reading *asked = w->order->target;
    tns_gamut_distance *d = &out->target;
    tns_spectrum nearest;
    if (!tns_reachable_spectrum(asked, prior, &nearest, &out->warnings, err) ||
        !tns_gamut_find(&w->request, tns_lab_from_spectrum(&nearest, daylight), context, d, err))
        return false;
    if (asked->has_color && tns_viewing_is(daylight, &asked->color))
        d->target = asked->color.lab;
    d->inside = false;
    d->de00 = tns_de00(d->target, d->nearest);
    d->missing = tns_difference_make(d->nearest, d->target);
    return true;
}

static bool add_target(const work *w, const tns_context *context, tns_gamut_record *out,
                       tns_error *err)
{
    tns_viewing daylight;
    tns_color color;
    if (!w->order->target)
        return true;
    tns_prior prior = tns_prior_on(w->order->surface, w->order->target);
    if (!tns_viewing_find("D65/10", &daylight, err))
        return false;
    bool found =
        tns_reading_color_as(w->order->target, prior, &daylight, &color, &out->warnings, err) &&
        tns_gamut_find(&w->request, color.lab, context, &out->target, err);
    if (!found &&
        (err->code != TNS_ERROR_RANGE || !find_beyond(w, prior, &daylight, context, out, err)))
        return false;
    out->has_target = true;
    for (size_t i = 0; i < out->target.part_count; i++)
        tns_text_copy(out->part[i], sizeof out->part[i],
                      w->palette->pigments[out->target.pigment[i]].id);
    return true;
}

static bool save(const work *w, tns_gamut_record *out, tns_error *err)
{
    char title[240];
    if (!w->order->output)
        return true;
    tns_text_copy(out->path, sizeof out->path, w->order->output);
    tns_text_format(title, sizeof title,
                    "%s, %zu pigment%s, %.80s: %.0f cubic units of L*a*b* (D65/10)", out->palette,
                    out->pigments, out->pigments == 1 ? "" : "s", out->surface, out->volume);
    char *text = tns_gamut_picture(w->gamut, title);
    bool done = text ? tns_file_put(w->order->output, text, strlen(text), w->order->dry_run, err)
                     : no_memory(err);
    out->written = done && !w->order->dry_run;
    free(text);
    return done;
}

static void doubt(const work *w, tns_gamut_record *out)
{
    size_t modelled = 0;
    for (size_t i = 0; i < w->request.pigment_count; i++)
        modelled += w->palette->pigments[w->pigments[i]].origin == TNS_ORIGIN_MODELLED;
    if (modelled > 0)
        tns_warn(&out->warnings, "%zu of %zu pigment%s modelled, not measured", modelled,
                 w->request.pigment_count, w->request.pigment_count == 1 ? " is" : "s are");
}

static bool fill(const work *w, const tns_context *context, tns_gamut_record *out, tns_error *err)
{
    tns_text_copy(out->palette, sizeof out->palette, w->palette->name);
    tns_text_copy(out->surface, sizeof out->surface, w->surface.name);
    out->pigments = w->request.pigment_count;
    out->cell = tns_gamut_cell(w->gamut);
    out->volume = tns_gamut_volume(w->gamut);
    tns_gamut_box(w->gamut, &out->least, &out->most);
    doubt(w, out);
    return add_slices(w, out, err) && add_target(w, context, out, err) && save(w, out, err);
}

static bool compute(work *w, const tns_context *context, tns_gamut_record *out, tns_error *err)
{
    const tns_gamut_order *o = w->order;
    w->palette = tns_palette_choose(o->palette, err);
    if (!w->palette ||
        !tns_surface_parse(o->surface, w->palette, &w->surface, &out->warnings, err) ||
        !choose(w, out, err))
        return false;
    w->request.palette = w->palette;
    w->request.surface = &w->surface;
    w->request.pigments = w->pigments;
    w->request.max_shade = o->max_shade;
    w->request.undiluted = o->undiluted;
    w->request.cell = o->cell;
    w->gamut = tns_gamut_compute(&w->request, context, err);
    return w->gamut && fill(w, context, out, err);
}

tns_gamut_record *tns_service_gamut(const tns_gamut_order *order, const tns_context *context,
                                    tns_error *err)
{
    work w = {.order = order};
    tns_gamut_record *out = calloc(1, sizeof *out);
    bool done = (out || no_memory(err)) && compute(&w, context, out, err);
    tns_palette_destroy(w.palette);
    free(w.pigments);
    tns_gamut_destroy(w.gamut);
    if (done)
        return out;
    tns_gamut_record_destroy(out);
    return NULL;
}
