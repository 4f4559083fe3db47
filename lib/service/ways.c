/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "service/parts.h"
#include "service/ways.h"
#include "skin/forecast.h"

/* Of a recipe of which no odds were told; `amounts` is room for one number for each pigment. */
static bool look(const tns_panel *on, const tns_match_request *request, const tns_recipe *recipe,
                 double *amounts, tns_healed_span *out, tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_forecast seen;
    memset(amounts, 0, request->palette->count * sizeof *amounts);
    tns_recipe_amounts(recipe, amounts);
    if (!tns_mixture_coefficients(request->palette, amounts, K, S, err) ||
        !tns_healed_forecast_on(on, K, S, &request->viewings[0], &seen, err))
        return false;
    *out = (tns_healed_span){seen.low, seen.high};
    return true;
}

static bool look_at_all(const tns_surfaces *on, const tns_match_answer *answer,
                        tns_healed_span *out, tns_error *err)
{
    const tns_match *match = answer->match;
    double *amounts = calloc(answer->request->palette->count, sizeof *amounts);
    tns_panel panel = {0};
    bool done = (amounts && tns_panel_init(&panel, on->surfaces, on->weights, on->count)) ||
                tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    for (size_t i = 0; done && i < match->recipe_count; i++)
        done = look(&panel, answer->request, &match->recipes[i], amounts, &out[i], err);
    tns_panel_finish(&panel);
    free(amounts);
    return done;
}

/* The odds tell it beside, where they are told of all. */
static bool told_by_odds(const tns_match *match, tns_healed_span *out)
{
    bool told = true;
    for (size_t i = 0; i < match->recipe_count; i++) {
        const tns_recipe *recipe = &match->recipes[i];
        out[i] = (tns_healed_span){recipe->odds.low, recipe->odds.high};
        told = told && recipe->has_odds;
    }
    return told;
}

bool tns_ways_find(const tns_surfaces *on, const tns_match_answer *answer, tns_healed_span **out,
                   tns_error *err)
{
    const tns_match *match = answer->match;
    *out = NULL;
    if (!on->healed || match->recipe_count == 0)
        return true;
    tns_healed_span *spans = calloc(match->recipe_count, sizeof *spans);
    if (!spans)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    if (told_by_odds(match, spans) || look_at_all(on, answer, spans, err)) {
        *out = spans;
        return true;
    }
    free(spans);
    return false;
}
