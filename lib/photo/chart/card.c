/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/card.h>
#include <tonsure/difference.h>

/*
 * A card of another batch, faded or dirty, is a few dE00 from its maker's figures; most neighbours
 * on the common charts lie further apart than that.
 */
static const double SLIP_DE00 = 8, FAR_DE00 = 15;

tns_card *tns_card_of(const tns_chart *chart, tns_error *err)
{
    tns_card *card = calloc(1, sizeof *card);
    if (!card) {
        tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
        return NULL;
    }
    card->chart = *chart;
    for (int i = 0; i < chart->count; i++)
        card->patch[i].has_color = true;
    return card;
}

void tns_card_destroy(tns_card *card)
{
    free(card);
}

int tns_card_missing(const tns_card *card)
{
    for (int i = 0; i < card->chart.count; i++)
        if (!card->patch[i].has_color)
            return i;
    return -1;
}

double tns_card_doubt(const tns_card *card)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; i < card->chart.count; i++) {
        tns_lab lab = card->chart.patch[i].reference;
        tns_uncertainty u = card->patch[i].uncertainty;
        if (!card->patch[i].has_uncertainty || !(u.k > 0))
            continue;
        double L = tns_de00(lab, (tns_lab){lab.L + u.L / u.k, lab.a, lab.b});
        double a = tns_de00(lab, (tns_lab){lab.L, lab.a + u.a / u.k, lab.b});
        double b = tns_de00(lab, (tns_lab){lab.L, lab.a, lab.b + u.b / u.k});
        sum += L * L + a * a + b * b;
        n++;
    }
    return n > 0 ? fmax(round(sqrt(sum / n) * 1000) / 1000, 0.05) : card->chart.reference_de00;
}

static bool same_layout(const tns_chart *a, const tns_chart *b)
{
    bool same = a->columns == b->columns && a->rows == b->rows;
    for (int i = 0; same && i < a->count; i++)
        same = strcmp(a->patch[i].name, b->patch[i].name) == 0;
    return same;
}

bool tns_chart_compare(const tns_chart *a, const tns_chart *b, tns_chart_distance *out)
{
    *out = (tns_chart_distance){0, 0, 0};
    if (!same_layout(a, b))
        return false;
    for (int i = 0; i < a->count; i++) {
        double de = tns_de00(a->patch[i].reference, b->patch[i].reference);
        out->mean += de / a->count;
        if (de > out->most) {
            out->most = de;
            out->worst = i;
        }
    }
    return true;
}

bool tns_chart_slip(const tns_chart *chart, int patch, tns_lab lab, int *nearest)
{
    double own = tns_de00(chart->patch[patch].reference, lab), best = own;
    int near = patch;
    for (int i = 0; i < chart->count; i++) {
        double de = tns_de00(chart->patch[i].reference, lab);
        if (de < best) {
            best = de;
            near = i;
        }
    }
    bool other = own >= SLIP_DE00 && best < own / 2;
    *nearest = other ? near : patch;
    return other || own >= FAR_DE00;
}
