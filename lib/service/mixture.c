/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/mixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

static const size_t RECORD_MAX = 64u << 20;
static const char DILUENT[] = "diluent";

static bool is_diluent(const tns_palette *palette, const char *what)
{
    int index = palette ? tns_palette_index(palette, what) : -1;
    return index >= 0 && palette->pigments[index].kind == TNS_DILUENT;
}

static bool add_part(const char *what, double share, const tns_palette *palette,
                     tns_recipe_parts *out, tns_error *err)
{
    return tns_recipe_parts_add(out, is_diluent(palette, what) ? DILUENT : what, share, err);
}

/* ---- as it is written ---- */

bool tns_mixture_parse(const char *text, const tns_palette *palette, tns_recipe_parts *out,
                       tns_error *err)
{
    tns_recipe_parts told;
    *out = (tns_recipe_parts){0};
    bool done = tns_recipe_parts_parse(text, &told, err);
    for (size_t i = 0; done && i < told.count; i++)
        done = add_part(told.parts[i].what, told.parts[i].share, palette, out, err);
    return done;
}

/* ---- from a match ---- */

static bool add_match_part(const char *what, double ml, const tns_palette *palette,
                           tns_recipe_parts *out, tns_error *err)
{
    return ml > 0
               ? add_part(what, ml, palette, out, err)
               : tns_error_set(err, TNS_ERROR_USAGE,
                               "recipe: %s has no volume: a match with --continuous is of no pot",
                               what);
}

static bool take_recipe(const tns_match_record *match, const tns_palette *palette, int rank,
                        tns_recipe_parts *out, tns_error *err)
{
    if (rank < 1 || (size_t)rank > match->recipe_count)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: the match has %zu, not number %d",
                             match->recipe_count, rank);
    const tns_recipe_record *recipe = &match->recipes[rank - 1];
    bool done = true;
    for (size_t i = 0; done && i < recipe->part_count; i++)
        done = add_match_part(recipe->parts[i].pigment, recipe->parts[i].ml, palette, out, err);
    return done && (!recipe->has_diluent || recipe->shade == 0 ||
                    add_match_part(DILUENT, recipe->diluent.ml, NULL, out, err));
}

static bool read_match(const char *path, const tns_palette *palette, int rank,
                       tns_recipe_parts *out, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, RECORD_MAX, &length, err);
    tns_match_record *match = text ? tns_match_parse(text, length, path, err) : NULL;
    bool done = match && take_recipe(match, palette, rank ? rank : 1, out, err);
    tns_match_record_destroy(match);
    free(text);
    return done;
}

/* A name with a '=' in it may be a file's too, but then it is no part of an ink. */
bool tns_mixture_is_file(const char *recipe)
{
    return tns_text_ends_with(recipe, ".json") && (!strchr(recipe, '=') || strchr(recipe, '/'));
}

bool tns_mixture_read(const char *recipe, const tns_palette *palette, int rank,
                      tns_recipe_parts *out, tns_error *err)
{
    *out = (tns_recipe_parts){0};
    return tns_mixture_is_file(recipe) ? read_match(recipe, palette, rank, out, err)
                                       : tns_mixture_parse(recipe, palette, out, err);
}

bool tns_service_recipe(const char *recipe, const tns_palette *palette, int rank,
                        char out[TNS_RECIPE_TEXT_SIZE], tns_error *err)
{
    tns_recipe_parts parts;
    return tns_mixture_read(recipe, palette, rank, &parts, err) &&
           tns_recipe_parts_write(&parts, out, err);
}
