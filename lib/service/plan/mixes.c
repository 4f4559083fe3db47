/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes of visits, each read once: thousands of visits share a few hundred of them. */
#include <stdlib.h>
#include <string.h>

#include "service/mixture.h"
#include "service/plan/work.h"

/* Twice as many places as there may be recipes, a power of two. */
bool tns_plan_mixes_init(tns_plan_mixes *m, size_t recipes, tns_error *err)
{
    size_t places = 16;
    while (places < 2 * recipes)
        places *= 2;
    *m = (tns_plan_mixes){.places = places, .place = calloc(places, sizeof *m->place)};
    return m->place || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
}

void tns_plan_mixes_finish(tns_plan_mixes *m)
{
    free(m->place);
    free(m->mixes);
    *m = (tns_plan_mixes){0};
}

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

/* Where it is, or would be: the place is 0 there. */
static size_t *place_of(const tns_plan_mixes *m, const char *recipe)
{
    size_t at = (size_t)hash_of(recipe) & (m->places - 1);
    while (m->place[at] && strcmp(m->mixes[m->place[at] - 1].recipe, recipe) != 0)
        at = (at + 1) & (m->places - 1);
    return &m->place[at];
}

/* Shares by volume, as drops of one size are. */
static bool read_shares(const char *recipe, const tns_palette *palette, tns_recipe_parts *made)
{
    double sum = 0;
    if (!tns_mixture_parse(recipe, palette, made, NULL))
        return false;
    for (size_t i = 0; i < made->count; i++)
        sum += made->parts[i].share;
    for (size_t i = 0; i < made->count; i++)
        made->parts[i].share /= sum;
    return true;
}

static void read_mix(tns_plan_work *w, const char *recipe, tns_plan_mix *out)
{
    *out = (tns_plan_mix){.recipe = recipe};
    out->told = read_shares(recipe, w->request->palette, &out->made);
    for (size_t i = 0; out->told && i < out->made.count; i++)
        out->items[i] = tns_plan_item_of(w, out->made.parts[i].what);
}

tns_plan_mix *tns_plan_mix_of(tns_plan_work *w, tns_plan_mixes *m, const char *recipe,
                              tns_error *err)
{
    size_t *place = place_of(m, recipe);
    if (*place)
        return &m->mixes[*place - 1];
    tns_plan_mix *more = tns_plan_grow(m->mixes, m->count, &m->room, sizeof *more);
    if (!more) {
        tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
        return NULL;
    }
    m->mixes = more;
    read_mix(w, recipe, &more[m->count]);
    *place = ++m->count;
    return &more[m->count - 1];
}
