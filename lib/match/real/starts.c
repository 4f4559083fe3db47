/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/real/starts.h"

/* Logarithms, beside 0: of a main part, of one that joins the others, of those that were lost, of
   a trace. */
static const float MAIN = 1.8F, JOINING = -1.6F, LOST = -4, TRACE = -3.5F;

/* y of a diluent: a fifth of the most shade, and where it has not much of a slope any more. */
static const float USUAL = -1.5F, FLAT = 4;

tns_descent tns_start_middle(const tns_support *support)
{
    tns_descent start = {.count = support->count, .value = INFINITY, .least = INFINITY};
    memcpy(start.ink, support->component, sizeof start.ink);
    start.at[start.count] = USUAL;
    return start;
}

tns_descent tns_start_main(const tns_support *support, int part)
{
    tns_descent start = tns_start_middle(support);
    start.at[part] = MAIN;
    return start;
}

tns_descent tns_start_joined(const tns_support *support, int part, const tns_descent *without)
{
    tns_descent start = tns_start_middle(support);
    float most = -INFINITY;
    for (int i = 0; i < without->count; i++)
        most = fmaxf(most, without->at[i]);
    for (int i = 0; i < without->count; i++)
        start.at[i < part ? i : i + 1] = fmaxf(without->at[i] - most, LOST);
    start.at[part] = JOINING;
    start.at[start.count] = fminf(fmaxf(without->at[without->count], -FLAT), FLAT);
    return start;
}

tns_descent tns_start_traced(const tns_support *support, int part, const tns_descent *without)
{
    tns_descent start = tns_start_joined(support, part, without);
    start.at[part] = TRACE;
    return start;
}
