/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/shade.h"

#include <math.h>
#include <string.h>

/* Recipes have six digits. */
static const double SAME_RATIO = 1e-5;

static const char DILUENT[] = "diluent";

/* NULL of what is no name of anything that was taken. */
static const char *known_name(const tns_pot *pot, const char *what)
{
    if (strcmp(what, DILUENT) == 0)
        return DILUENT;
    for (size_t i = 0; i < pot->part_count; i++) {
        const tns_pot_taken *t = &pot->parts[i];
        if (strcmp(what, t->product) == 0 || strcmp(what, t->pigment) == 0)
            return t->kind == TNS_PRODUCT_DILUENT ? DILUENT : t->pigment;
    }
    return NULL;
}

static bool is_thinned(const tns_pot *pot)
{
    bool thinned = false;
    for (size_t i = 0; i < pot->part_count; i++)
        thinned = thinned || pot->parts[i].kind == TNS_PRODUCT_DILUENT;
    return thinned;
}

/* The one part that nothing was taken for by its name is the palette's name of the diluent, where
   no other part is it; else a pigment that its product is no longer of. */
static bool has_other_diluent(const tns_pot *pot, const tns_recipe_parts *told)
{
    bool named = false;
    size_t unknown = 0;
    for (size_t i = 0; i < told->count; i++) {
        const char *name = known_name(pot, told->parts[i].what);
        unknown += name == NULL;
        named = named || (name && strcmp(name, DILUENT) == 0);
    }
    return is_thinned(pot) && !named && unknown == 1;
}

static tns_recipe_share *find(tns_recipe_parts *parts, const char *what)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].what, what) == 0)
            return &parts->parts[i];
    return NULL;
}

void tns_shade_of_pot(const tns_pot *pot, tns_recipe_parts *out)
{
    tns_recipe_parts told;
    *out = (tns_recipe_parts){0};
    if (!tns_recipe_parts_parse(pot->recipe, &told, NULL))
        return;
    bool other = has_other_diluent(pot, &told);
    for (size_t i = 0; i < told.count; i++) {
        const char *name = known_name(pot, told.parts[i].what);
        name = name ? name : other ? DILUENT : told.parts[i].what;
        tns_recipe_share *known = find(out, name);
        if (known)
            known->share += told.parts[i].share;
        else
            tns_recipe_parts_add(out, name, told.parts[i].share, NULL);
    }
}

static double sum_of(const tns_recipe_parts *parts)
{
    double sum = 0;
    for (size_t i = 0; i < parts->count; i++)
        sum += parts->parts[i].share;
    return sum;
}

bool tns_shade_is_same(const tns_recipe_parts *one, const tns_recipe_parts *other)
{
    bool same = one->count > 0 && one->count == other->count;
    double ratio = same ? sum_of(one) / sum_of(other) : 0;
    for (size_t i = 0; same && i < one->count; i++) {
        const tns_recipe_share *a = &one->parts[i], *b = NULL;
        for (size_t k = 0; k < other->count; k++)
            if (strcmp(a->what, other->parts[k].what) == 0)
                b = &other->parts[k];
        same = b && fabs(a->share - ratio * b->share) <= SAME_RATIO * a->share;
    }
    return same;
}
