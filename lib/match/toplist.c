/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/toplist.h"

bool tns_toplist_init(tns_toplist *list, size_t limit, tns_error *err)
{
    tns_toplist made = {.limit = limit, .picks = calloc(limit, sizeof *made.picks)};
    if (!made.picks)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for a list of %zu recipes",
                             limit);
    *list = made;
    return true;
}

void tns_toplist_finish(tns_toplist *list)
{
    free(list->picks);
    list->picks = NULL;
    list->count = 0;
}

/* To 1e-9: sums of the same terms in another order tie. */
static int compare_rounded(double a, double b)
{
    double left = round(a * 1e9), right = round(b * 1e9);
    return (left > right) - (left < right);
}

static int compare_all(const int *a, const int *b, int count)
{
    int order = 0;
    for (int i = 0; i < count && order == 0; i++)
        order = (a[i] > b[i]) - (a[i] < b[i]);
    return order;
}

static int compare(const tns_pick *a, const tns_pick *b)
{
    int order = compare_rounded(a->objective, b->objective);
    if (order == 0)
        order = compare_all(&a->favor, &b->favor, 1);
    if (order == 0)
        order = compare_rounded(a->cost, b->cost);
    if (order == 0)
        order = compare_all(&a->count, &b->count, 1);
    if (order == 0)
        order = compare_all(a->component, b->component, a->count);
    if (order == 0)
        order = compare_all(a->units, b->units, a->count);
    return order ? order : compare_all(&a->shade, &b->shade, 1);
}

bool tns_pick_is_before(const tns_pick *pick, const tns_pick *other)
{
    return compare(pick, other) < 0;
}

void tns_toplist_offer(tns_toplist *list, const tns_pick *pick)
{
    size_t at = list->count;
    int order = -1;
    while (at > 0 && (order = compare(pick, &list->picks[at - 1])) < 0)
        at--;
    if (at == list->limit || (at > 0 && order == 0))
        return;
    size_t kept = list->count < list->limit ? list->count : list->limit - 1;
    memmove(&list->picks[at + 1], &list->picks[at], (kept - at) * sizeof *pick);
    list->picks[at] = *pick;
    list->count = kept + 1;
}

double tns_toplist_worst(const tns_toplist *list)
{
    return list->count < list->limit ? INFINITY : list->picks[list->limit - 1].objective;
}
