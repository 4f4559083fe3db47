/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "match/span.h"

typedef struct weighed {
    double value, weight;
} weighed;

/* Those below a value come first, then those equal to it. */
typedef struct parted {
    size_t less, same;
    double less_weight, same_weight;
} parted;

static void swap(weighed *a, weighed *b)
{
    weighed kept = *a;
    *a = *b;
    *b = kept;
}

static parted part_at(double value, weighed *all, size_t count)
{
    parted p = {0, 0, 0, 0};
    for (size_t i = 0, end = count; i < end;)
        if (all[i].value > value) {
            swap(&all[i], &all[--end]);
        } else if (all[i].value < value) {
            p.less_weight += all[i].weight;
            swap(&all[i++], &all[p.less++]);
        } else {
            p.same_weight += all[i++].weight;
            p.same++;
        }
    return p;
}

/*
 * The least value that so great a share of the weight does not exceed, without putting all in order
 * (Hoare's Find, Comm. ACM 4, 321 (1961), by weight).
 */
static double quantile(weighed *all, size_t count, double share)
{
    double found = 0;
    while (count > 0) {
        found = all[count / 2].value;
        parted p = part_at(found, all, count);
        size_t before = p.less + p.same;
        if (share <= p.less_weight) {
            count = p.less;
        } else if (share <= p.less_weight + p.same_weight) {
            return found;
        } else {
            share -= p.less_weight + p.same_weight;
            all += before;
            count -= before;
        }
    }
    return found;
}

static void one_axis(const tns_lab *labs, const double *weight, size_t count, int axis,
                     weighed *room, double *low, double *high)
{
    for (size_t i = 0; i < count; i++) {
        const double value[3] = {labs[i].L, labs[i].a, labs[i].b};
        room[i] = (weighed){value[axis], weight[i]};
    }
    *low = quantile(room, count, 0.05);
    *high = quantile(room, count, 0.95);
}

bool tns_span_of(const tns_lab *labs, const double *weight, size_t count, tns_lab *low,
                 tns_lab *high)
{
    weighed *room = malloc(count * sizeof *room);
    if (!room)
        return false;
    one_axis(labs, weight, count, 0, room, &low->L, &high->L);
    one_axis(labs, weight, count, 1, room, &low->a, &high->a);
    one_axis(labs, weight, count, 2, room, &low->b, &high->b);
    free(room);
    return true;
}
