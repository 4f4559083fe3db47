/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/find/wanted.h"

static bool is_same(const tns_chart *a, const tns_chart *b)
{
    const double near = 3; /* Lab: editions of one chart differ by less, charts by more */
    if (a->count != b->count || a->columns != b->columns)
        return false;
    for (int i = 0; i < a->count; i++) {
        const tns_chart_patch *p = &a->patch[i], *q = &b->patch[i];
        double lab = hypot(hypot(p->reference.L - q->reference.L, p->reference.a - q->reference.a),
                           p->reference.b - q->reference.b);
        if (hypot(p->x - q->x, p->y - q->y) > 0.05 || lab > near)
            return false;
    }
    return true;
}

static void add(tns_wanted *w, const tns_chart *chart)
{
    for (int i = 0; i < w->count; i++)
        if (is_same(&w->charts[i], chart))
            return;
    tns_colors_reference(chart, w->reference[w->count]);
    w->charts[w->count++] = *chart;
}

bool tns_wanted_make(const tns_chart *named, tns_edition edition, tns_wanted *out)
{
    size_t kinds;
    const tns_chart_kind *kind = tns_chart_kinds(&kinds);
    tns_chart *chart = malloc(sizeof *chart);
    *out = (tns_wanted){.count = 0};
    out->charts = malloc((kinds + 1) * sizeof *out->charts);
    out->reference = malloc((kinds + 1) * sizeof *out->reference);
    bool done = chart && out->charts && out->reference;
    if (done && named)
        add(out, named);
    for (size_t i = 0; i < kinds && done; i++)
        if (tns_chart_find(kind[i].name, edition, chart, NULL) ||
            tns_chart_find(kind[i].name, TNS_EDITION_AUTO, chart, NULL))
            add(out, chart);
    free(chart);
    return done;
}

void tns_wanted_finish(tns_wanted *wanted)
{
    free(wanted->charts);
    free(wanted->reference);
    memset(wanted, 0, sizeof *wanted);
}
