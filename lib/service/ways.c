/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "service/ways.h"
#include "skin/forecast.h"

/* `amounts` is room for one number for each pigment of the palette. */
static bool find_one(const tns_panel *on, const tns_match_request *request,
                     const tns_recipe *recipe, double *amounts, tns_healed_span *out,
                     tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_forecast seen;
    memset(amounts, 0, request->palette->count * sizeof *amounts);
    for (size_t i = 0; i < recipe->part_count; i++)
        amounts[recipe->parts[i].pigment] = recipe->parts[i].fraction;
    if (recipe->has_diluent)
        amounts[recipe->diluent.pigment] = recipe->diluent.fraction;
    if (!tns_mixture_coefficients(request->palette, amounts, K, S, err) ||
        !tns_healed_forecast_on(on, K, S, &request->viewings[0], &seen, err))
        return false;
    *out = (tns_healed_span){seen.low, seen.high};
    return true;
}

bool tns_ways_find(const tns_surfaces *on, const tns_match_answer *answer, tns_healed_span **out,
                   tns_error *err)
{
    const tns_match *match = answer->match;
    *out = NULL;
    if (!on->healed || match->recipe_count == 0)
        return true;
    double *amounts = calloc(answer->request->palette->count, sizeof *amounts);
    tns_healed_span *spans = calloc(match->recipe_count, sizeof *spans);
    tns_panel panel = {0};
    bool done =
        (amounts && spans && tns_panel_init(&panel, on->surfaces, on->weights, on->count)) ||
        tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    for (size_t i = 0; done && i < match->recipe_count; i++)
        done = find_one(&panel, answer->request, &match->recipes[i], amounts, &spans[i], err);
    tns_panel_finish(&panel);
    free(amounts);
    if (done)
        *out = spans;
    else
        free(spans);
    return done;
}
