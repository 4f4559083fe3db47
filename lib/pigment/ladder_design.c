/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pigment/ladder_worth.h"

enum { EXCHANGES_MOST = 4 };

static const double MIX_MINUTES = 1.25, READING_MINUTES = 0.25;

/* ---- candidates ---- */

static double measure(const tns_ladder_request *r, int part, double ml)
{
    bool by_mass = r->palette->model.basis == TNS_BY_MASS;
    return by_mass ? ml * tns_pigment_density(r->part[part]) : ml;
}

static void add(const tns_ladder_request *r, int a, int drops_a, int b, int drops_b,
                tns_ladder_design *out)
{
    double sum = 0;
    bool there = r->part[a] && (drops_b == 0 || (r->part[b] && r->part[b] != r->part[a]));
    if (!there || drops_a < 1 || drops_a + drops_b > r->drops ||
        out->count == TNS_LADDER_CANDIDATES_MAX)
        return;
    tns_ladder_candidate *c = &out->candidate[out->count++];
    memset(c, 0, sizeof *c);
    c->drops[a] = drops_a;
    c->drops[b] += drops_b;
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        c->ml[i] = c->drops[i] > 0 ? c->drops[i] * tns_pigment_drop_ml(r->part[i]) : 0;
        c->amount[i] = c->drops[i] > 0 ? measure(r, i, c->ml[i]) : 0;
        sum += c->amount[i];
    }
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        c->amount[i] *= (r->opaque ? 1 : r->load) / sum;
}

/* About 1:N of two parts, as much of it as the pot holds: small counts scatter. */
static void add_ratio(const tns_ladder_request *r, int a, int b, int n, tns_ladder_design *out)
{
    int most = r->drops / (n + 1);
    add(r, a, most < 3 ? most : 3, b, n * (most < 3 ? most : 3), out);
}

static bool is_bottle(const tns_ladder_request *r, int part)
{
    return r->part[part] == r->part[TNS_LADDER_BOTTLE];
}

static void list_candidates(const tns_ladder_request *r, tns_ladder_design *out)
{
    static const int shades[] = {1, 2, 3, 4, 6, 8, 11, 15, 19, 23},
                     partner_shades[] = {2, 6, 11, 23};
    static const int tints[] = {1, 2, 3, 5, 7, 11, 17, 23};
    out->count = 0;
    for (int part = TNS_LADDER_BOTTLE; part <= TNS_LADDER_BLACK; part++)
        if (part == TNS_LADDER_BOTTLE || !is_bottle(r, part))
            add(r, part, 6, part, 0, out);
    for (size_t i = 0; i < sizeof tints / sizeof *tints; i++) {
        add_ratio(r, TNS_LADDER_BOTTLE, TNS_LADDER_WHITE, tints[i], out);
        add_ratio(r, TNS_LADDER_BLACK, TNS_LADDER_BOTTLE, tints[i], out);
    }
    for (int k = 0; k < 2; k++) /* two and three of the bottle to one */
        for (int part = TNS_LADDER_WHITE; part <= TNS_LADDER_BLACK; part++)
            add(r, TNS_LADDER_BOTTLE, k ? 9 : 6, part, 3, out);
    for (size_t i = 0; !r->opaque && i < sizeof shades / sizeof *shades; i++)
        add_ratio(r, TNS_LADDER_BOTTLE, TNS_LADDER_DILUENT, shades[i], out);
    for (size_t i = 0; !r->opaque && i < sizeof partner_shades / sizeof *partner_shades; i++)
        for (int part = TNS_LADDER_WHITE; part <= TNS_LADDER_BLACK; part++)
            if (!is_bottle(r, part))
                add_ratio(r, part, TNS_LADDER_DILUENT, partner_shades[i], out);
}

/* ---- choosing ---- */

static double minutes_of(const tns_ladder_candidate *c)
{
    int readings = c->use[0] + c->use[1];
    return readings > 0 ? MIX_MINUTES + readings * READING_MINUTES : 0;
}

double tns_ladder_minutes(const tns_ladder_design *d)
{
    double sum = 0;
    for (size_t c = 0; c < d->count; c++)
        sum += minutes_of(&d->candidate[c]);
    return sum;
}

static bool is_used(const tns_ladder_candidate *c)
{
    return c->use[0] || c->use[1];
}

static size_t used_count(const tns_ladder_design *d)
{
    size_t used = 0;
    for (size_t c = 0; c < d->count; c++)
        used += is_used(&d->candidate[c]);
    return used;
}

/* Adds the reading that tells most a minute; false when none fits in. */
static bool add_best(tns_ladder_worth *w, double minutes, tns_ladder_design *d)
{
    static const bool none[2] = {false, false};
    tns_ladder_sum_up(w, d);
    double best = 0, so_far = tns_ladder_score(w, 0, none), spent = tns_ladder_minutes(d);
    bool *chosen = NULL, full = used_count(d) == TNS_LADDER_STEPS_MAX;
    for (size_t c = 0; c < d->count; c++)
        for (int half = 0; half < (w->request->opaque ? 1 : 2); half++) {
            const bool also[2] = {half == 0, half == 1};
            bool *use = &d->candidate[c].use[half];
            if (*use || (full && !is_used(&d->candidate[c])))
                continue;
            *use = true;
            double cost = tns_ladder_minutes(d) - spent;
            *use = false;
            double gain = (tns_ladder_score(w, c, also) - so_far) / cost;
            if (gain > best && spent + cost <= minutes) {
                best = gain;
                chosen = use;
            }
        }
    if (chosen)
        *chosen = true;
    return chosen != NULL;
}

/* Puts another mix, read likewise or on the other half, in one's place where that tells more. */
static bool exchange_one(tns_ladder_worth *w, size_t out, tns_ladder_design *d)
{
    tns_ladder_candidate *old = &d->candidate[out];
    bool use[2] = {old->use[0], old->use[1]}, best_use[2] = {use[0], use[1]};
    size_t in = out;
    memset(old->use, 0, sizeof old->use);
    tns_ladder_sum_up(w, d);
    double best = tns_ladder_score(w, out, use) + 1e-9;
    for (size_t c = 0; c < d->count; c++)
        for (int swap = 0; !is_used(&d->candidate[c]) && swap < (w->request->opaque ? 1 : 2);
             swap++) {
            const bool as[2] = {use[swap], use[!swap]};
            double found = tns_ladder_score(w, c, as);
            if (found > best) {
                best = found;
                in = c;
                memcpy(best_use, as, sizeof best_use);
            }
        }
    memcpy(d->candidate[in].use, best_use, sizeof best_use);
    return in != out;
}

static void exchange(tns_ladder_worth *w, tns_ladder_design *d)
{
    bool moved = true;
    for (int pass = 0; moved && pass < EXCHANGES_MOST; pass++) {
        moved = false;
        for (size_t c = 0; c < d->count; c++)
            if (is_used(&d->candidate[c]))
                moved = exchange_one(w, c, d) || moved;
    }
}

bool tns_ladder_choose(const tns_ladder_request *request, double minutes, tns_ladder_design *out,
                       tns_error *err)
{
    tns_ladder_worth *w = calloc(1, sizeof *w);
    if (!w)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    memset(out, 0, sizeof *out);
    list_candidates(request, out);
    tns_ladder_worth_make(request, out, w);
    while (add_best(w, minutes, out))
        ;
    exchange(w, out);
    tns_ladder_sum_up(w, out);
    tns_ladder_expect(w, out);
    free(w);
    return true;
}
