/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a recipe as it is written, or from a match, to whole microlitres of what is on the shelf. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/clinic.h>

#include "base/file.h"
#include "base/text.h"
#include "service/parts.h"

enum { USUAL_POT_UL = 3000 };

static const size_t RECORD_MAX = 64u << 20;

/* A recipe's parts, by volume. */
typedef struct mixture {
    size_t count;
    tns_pot_need needs[TNS_POT_NEEDS_MAX];
    double shares[TNS_POT_NEEDS_MAX];
    char text[TNS_RECIPE_TEXT_SIZE];
} mixture;

/* ---- parts ---- */

/* What a palette knows of it; one that it calls a diluent is the shelf's, by whatever name. */
static void look_up(const tns_palette *palette, tns_pot_need *need)
{
    int index = palette ? tns_palette_index(palette, need->what) : -1;
    need->known = index >= 0 ? &palette->pigments[index] : NULL;
    need->diluent =
        strcmp(need->what, "diluent") == 0 || (need->known && need->known->kind == TNS_DILUENT);
    if (need->diluent)
        tns_text_copy(need->what, sizeof need->what, "diluent");
}

static bool add_part(mixture *m, const tns_palette *palette, const char *what, double share,
                     tns_error *err)
{
    if (m->count == TNS_POT_NEEDS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: more than %d parts", TNS_POT_NEEDS_MAX);
    tns_pot_need *need = &m->needs[m->count];
    *need = (tns_pot_need){0};
    if (!what[0] || !tns_text_copy(need->what, sizeof need->what, what))
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: expected a pigment, found \"%.60s\"",
                             what);
    look_up(palette, need);
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->needs[i].what, need->what) == 0)
            return tns_error_set(err, TNS_ERROR_USAGE, "recipe: %s is named twice", what);
    m->shares[m->count++] = share;
    return true;
}

/* ---- as it is written ---- */

static bool read_text(const char *text, const tns_palette *palette, mixture *m, tns_error *err)
{
    char part[128];
    if (!text[0] || !tns_text_copy(m->text, sizeof m->text, text))
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: expected PIGMENT=PARTS,.., found %s",
                             text[0] ? "more than is kept" : "nothing");
    while (tns_next_name(&text, part, sizeof part)) {
        double share;
        char *equals = strchr(part, '=');
        if (!equals || !tns_text_number(equals + 1, &share, NULL) || share <= 0 || share > 1e9)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "recipe: expected PIGMENT=PARTS above 0, found \"%.60s\"", part);
        *equals = '\0';
        if (!add_part(m, palette, part, share, err))
            return false;
    }
    return true;
}

/* ---- from a match ---- */

static void append_text(mixture *m, const char *what, double share)
{
    size_t used = strlen(m->text);
    tns_text_format(m->text + used, sizeof m->text - used, "%s%s=%.6g", used ? "," : "", what,
                    share);
}

static bool add_match_part(mixture *m, const tns_palette *palette, const tns_part_record *part,
                           tns_error *err)
{
    if (part->ml <= 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: %s has no volume: a match with --continuous is of no pot",
                             part->pigment);
    if (!add_part(m, palette, part->pigment, part->ml, err))
        return false;
    append_text(m, m->needs[m->count - 1].what, part->ml);
    return true;
}

static bool take_recipe(const tns_match_record *match, const tns_palette *palette, int rank,
                        mixture *m, tns_error *err)
{
    if (rank < 1 || (size_t)rank > match->recipe_count)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: the match has %zu, not number %d",
                             match->recipe_count, rank);
    const tns_recipe_record *recipe = &match->recipes[rank - 1];
    bool done = true;
    for (size_t i = 0; done && i < recipe->part_count; i++)
        done = add_match_part(m, palette, &recipe->parts[i], err);
    return done && (!recipe->has_diluent || recipe->shade == 0 ||
                    add_match_part(m, palette, &recipe->diluent, err));
}

static bool read_match(const char *path, const tns_palette *palette, int rank, mixture *m,
                       tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, RECORD_MAX, &length, err);
    tns_match_record *match = text ? tns_match_parse(text, length, path, err) : NULL;
    bool done = match && take_recipe(match, palette, rank ? rank : 1, m, err);
    tns_match_record_destroy(match);
    free(text);
    return done;
}

/* ---- the pot ---- */

static bool is_file(const char *recipe)
{
    return tns_text_ends_with(recipe, ".json") && !strchr(recipe, '=');
}

static bool measure_out(mixture *m, int64_t ul, tns_error *err)
{
    int64_t portions[TNS_POT_NEEDS_MAX] = {0};
    bool all = tns_pot_portions(m->shares, m->count, ul, portions);
    for (size_t i = 0; i < m->count; i++) {
        m->needs[i].ul = portions[i];
        if (!all && portions[i] == 0)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "recipe: of %s less than a microlitre: a larger pot is needed",
                                 m->needs[i].what);
    }
    return true;
}

bool tns_service_mix(tns_stock *stock, const tns_pot_wish *wish, const tns_stock_act *act,
                     tns_stock_change *out, tns_error *err)
{
    tns_visit visit;
    mixture m = {0};
    memset(out, 0, sizeof *out);
    if (!tns_visit_find(stock, wish->visit, &visit, err))
        return false;
    const char *recipe = wish->recipe ? wish->recipe : visit.recipe;
    int64_t ul = wish->ul ? wish->ul : visit.pot_ul ? visit.pot_ul : USUAL_POT_UL;
    if (!recipe[0])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "pot: V%lld was booked without a recipe: say which (--recipe)",
                             (long long)visit.id);
    bool read = is_file(recipe) ? read_match(recipe, wish->palette, wish->rank, &m, err)
                                : read_text(recipe, wish->palette, &m, err);
    if (!read || !measure_out(&m, ul, err))
        return false;
    const tns_pot_order order = {.visit = visit.id,
                                 .recipe = m.text,
                                 .need_count = m.count,
                                 .needs = m.needs,
                                 .discard_minutes = wish->discard_minutes};
    return tns_pot_make(stock, &order, act, out, err);
}
