/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "service/palette/kept.h"

enum { RECORD_LIMIT = 64 << 20, SPEC_SIZE = 1024, TEXT_SIZE = 1024 };

/* ---- what it lay on ---- */

static bool set_backing(const char *target, tns_reading *out, tns_error *err)
{
    tns_warnings ignored = {0};
    tns_reading reading;
    if (!tns_target_load(target, &reading, err))
        return false;
    *out = reading;
    out->has_spectrum = true;
    return tns_reachable_spectrum(&reading, tns_prior_with_film(&reading), &out->spectrum, &ignored,
                                  err);
}

/* "opaque" or "film:BACKING,LOAD", as tns_surface_parse understands it. */
static bool set_surface(const tns_palette *palette, const char *text, tns_kept_mix *out,
                        tns_error *err)
{
    char spec[SPEC_SIZE];
    tns_surface surface;
    tns_warnings ignored = {0};
    if (tns_surface_is_healed(text))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "learn: a healed reading tells of the healing too, so not of K and S; "
                             "name what the mix was read on: opaque or film:BACKING,LOAD");
    if (!tns_surface_parse(text, palette, &surface, &ignored, err))
        return false;
    out->film = surface.kind == TNS_SURFACE_FILM;
    if (!out->film)
        return true;
    out->load = surface.load;
    if (!tns_text_copy(spec, sizeof spec, text + strlen("film:")))
        return tns_error_set(err, TNS_ERROR_USAGE, "surface: the name is too long");
    *strrchr(spec, ',') = '\0';
    return set_backing(spec, &out->backing, err);
}

/* ---- what was in it ---- */

static bool add_part(const tns_palette *palette, const char *id, double amount, tns_kept_mix *out,
                     tns_error *err)
{
    if (out->part_count == TNS_MIX_PARTS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: expected at most %d parts",
                             TNS_MIX_PARTS_MAX);
    int index = tns_palette_index(palette, id);
    if (index < 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "palette %s has no pigment \"%.47s\"",
                             palette->name, id);
    tns_text_copy(out->pigment[out->part_count], TNS_ID_SIZE, palette->pigments[index].id);
    out->amount[out->part_count++] = amount;
    return true;
}

bool tns_kept_from_recipe(const tns_palette *palette, const tns_learn_order *order,
                          const tns_reading *measured, tns_kept_mix *out, tns_error *err)
{
    bool has_diluent;
    double *amounts = calloc(palette->count + 1, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
    bool done = tns_recipe_parse(palette, order->recipe, amounts, &has_diluent, err) &&
                tns_recipe_to_basis(palette, order->unit, amounts, err) &&
                set_surface(palette, order->surface ? order->surface : "opaque", out, err);
    for (size_t i = 0; done && i < palette->count; i++)
        if (amounts[i] > 0)
            done = add_part(palette, palette->pigments[i].id, amounts[i], out, err);
    free(amounts);
    out->measured = *measured;
    return done;
}

static bool take_pot(const tns_palette *palette, const tns_correct_record *pot, const char *path,
                     tns_kept_mix *out, tns_error *err)
{
    if (pot->refused)
        return tns_error_set(err, TNS_ERROR_WRONG_INK,
                             "%s: the correction was refused: such a reading teaches nothing",
                             path);
    for (size_t i = 0; i < pot->part_count; i++) {
        int index = tns_palette_index(palette, pot->parts[i].pigment);
        double unit =
            index >= 0 ? tns_unit_by_basis(palette, &palette->pigments[index], pot->unit.kind) : 1;
        if (!add_part(palette, pot->parts[i].pigment, unit * pot->parts[i].nominal, out, err))
            return tns_error_prefix(err, "%s", path);
    }
    out->measured = pot->measured;
    return set_surface(palette, pot->surface.name, out, err) || tns_error_prefix(err, "%s", path);
}

bool tns_kept_from_correction(const tns_palette *palette, const char *path, tns_kept_mix *out,
                              tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, RECORD_LIMIT, &length, err);
    tns_correct_record *pot = text ? tns_correct_parse(text, length, path, err) : NULL;
    bool done = pot && take_pot(palette, pot, path, out, err);
    tns_correct_record_destroy(pot);
    free(text);
    return done;
}

/* ---- the kept ---- */

static size_t find(const tns_kept_mixes *mixes, const char *id)
{
    size_t i = 0;
    while (i < mixes->count && strcmp(mixes->mixes[i].id, id) != 0)
        i++;
    return i;
}

/* The same pot read with the same figures: once is enough. */
static bool same_mix(const tns_kept_mix *a, const tns_kept_mix *b)
{
    const tns_reading *x = &a->measured, *y = &b->measured;
    bool same = a->part_count == b->part_count && x->has_spectrum == y->has_spectrum &&
                x->has_color == y->has_color;
    for (size_t i = 0; same && i < a->part_count; i++)
        same = strcmp(a->pigment[i], b->pigment[i]) == 0 && a->amount[i] == b->amount[i];
    for (int i = 0; same && x->has_spectrum && i < TNS_BANDS; i++)
        same = x->spectrum.value[i] == y->spectrum.value[i];
    return same && (!x->has_color ||
                    (x->color.lab.L == y->color.lab.L && x->color.lab.a == y->color.lab.a &&
                     x->color.lab.b == y->color.lab.b));
}

bool tns_kept_add(tns_kept_mixes *mixes, const tns_kept_mix *mix, tns_error *err)
{
    if (find(mixes, mix->id) < mixes->count)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "learn: a mix \"%s\" is kept already; give it another --id", mix->id);
    for (size_t i = 0; i < mixes->count; i++)
        if (same_mix(&mixes->mixes[i], mix))
            return tns_error_set(err, TNS_ERROR_USAGE, "learn: this reading is kept already as %s",
                                 mixes->mixes[i].id);
    tns_kept_mix *more = realloc(mixes->mixes, (mixes->count + 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
    mixes->mixes = more;
    more[mixes->count++] = *mix;
    return true;
}

bool tns_kept_forget(tns_kept_mixes *mixes, const char *id, tns_error *err)
{
    size_t at = find(mixes, id);
    if (at == mixes->count)
        return tns_error_set(err, TNS_ERROR_USAGE, "--forget: no kept mix \"%.63s\"", id);
    mixes->count--;
    memmove(&mixes->mixes[at], &mixes->mixes[at + 1], (mixes->count - at) * sizeof *mixes->mixes);
    return true;
}

/* ---- to learn from ---- */

static bool set_reading(const tns_kept_mix *kept, tns_viewing *viewing, tns_mix *out,
                        tns_error *err)
{
    const tns_reading *r = &kept->measured;
    tns_illuminant illuminant;
    out->from_color = r->has_color && (!r->has_spectrum || r->spectrum.reconstructed);
    if (!out->from_color) {
        out->measured = r->spectrum;
        return true;
    }
    if (!tns_illuminant_find(r->color.illuminant, &illuminant, err))
        return tns_error_prefix(err, "mix %s", kept->id);
    *viewing = tns_viewing_make(&illuminant, r->color.observer);
    out->viewing = viewing;
    out->color = r->color.lab;
    return true;
}

static bool as_mix(const tns_palette *palette, const tns_kept_mix *kept, tns_viewing *viewing,
                   tns_mix *out, tns_error *err)
{
    double sum = 0;
    memset(out, 0, sizeof *out);
    tns_text_copy(out->id, sizeof out->id, kept->id);
    out->film = kept->film;
    if (kept->film)
        out->backing = kept->backing.spectrum;
    for (size_t i = 0; i < kept->part_count; i++)
        sum += kept->amount[i];
    for (size_t i = 0; i < kept->part_count; i++) {
        out->pigment[i] = tns_palette_index(palette, kept->pigment[i]);
        out->amount[i] = kept->amount[i] * (kept->film ? kept->load / sum : 1);
        if (out->pigment[i] < 0)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "mix %s: palette %s has no pigment \"%s\" any more (--forget %s)",
                                 kept->id, palette->name, kept->pigment[i], kept->id);
    }
    out->part_count = kept->part_count;
    return set_reading(kept, viewing, out, err);
}

bool tns_kept_as_mixes(const tns_palette *palette, const tns_kept_mixes *kept,
                       tns_viewing *viewings, tns_mix *out, tns_error *err)
{
    for (size_t i = 0; i < kept->count; i++)
        if (!as_mix(palette, &kept->mixes[i], &viewings[i], &out[i], err))
            return false;
    return true;
}
