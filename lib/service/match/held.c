/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether it is the shelf that keeps a match from its target, or what the person asked for: the
 * same question is put to real amounts without each limit.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "service/match/held.h"

/* The defaults of the command, which nobody asked for. */
enum { USUAL_PIGMENTS = 4, USUAL_SHADE = 40 };

/* A limit is named when without it real amounts come nearer by this, and by a good part. */
static const double LEAST_GAIN = 0.5, LEAST_SHARE = 0.3;

/* Nobody tells two colors apart that are this near, and the gain is told to a tenth. */
static const double NEAR_ENOUGH = 0.001;

enum { LIMITS = 5 };

typedef struct limit {
    const char *option;
    bool in_force;
} limit;

static bool thins(const tns_match_request *r)
{
    return r->surfaces[0].kind != TNS_SURFACE_OPAQUE && tns_palette_diluent(r->palette) >= 0;
}

static void list_limits(const tns_match_order *order, const tns_match_request *r, limit *out)
{
    bool thinner = r->undiluted || (r->max_shade > 0 && r->max_shade < USUAL_SHADE);
    const limit all[LIMITS] = {
        {"--only", order->only != NULL},
        {"--without", order->without != NULL},
        {"--max-pigments", r->max_pigments > 0 && r->max_pigments < USUAL_PIGMENTS},
        {"--max-shade", thins(r) && thinner && (order->undiluted || !r->undiluted)},
        {"--never-darker", r->never_darker},
    };
    memcpy(out, all, sizeof all);
}

/* How near real amounts come without some limits; INFINITY where that cannot be told. */
static double nearest_without(const tns_match_request *r, const int *wider, size_t wider_count,
                              const bool *lifted, const tns_context *context)
{
    tns_error err;
    tns_match_request asked = *r;
    asked.continuous = true;
    asked.near_enough = NEAR_ENOUGH;
    asked.exactly = asked.never_darker = false;
    asked.least_units = NULL;
    asked.max_cost = 0;
    asked.most_share = NULL;
    asked.top = 1;
    asked.max_units = 0;
    asked.pigments = wider;
    asked.pigment_count = wider_count;
    if (lifted[2])
        asked.max_pigments = USUAL_PIGMENTS;
    if (lifted[3]) {
        asked.undiluted = false;
        asked.max_shade = USUAL_SHADE;
    }
    tns_match *match = tns_match_solve(&asked, context, &err);
    double de00 = match ? match->best_possible.de00 : INFINITY;
    tns_match_destroy(match);
    return de00;
}

/* The pigments that --only and --without leave, either or both lifted. */
static size_t list_pigments(const tns_held_shelf *shelf, const bool *lifted, int *out)
{
    size_t count = 0;
    for (size_t i = 0; i < shelf->palette->count; i++) {
        tns_pigment_kind kind = shelf->palette->pigments[i].kind;
        bool colors = kind == TNS_PIGMENT || kind == TNS_PRESHADE;
        if (colors && (lifted[0] || shelf->wanted[i]) && (lifted[1] || !shelf->unwanted[i]))
            out[count++] = (int)i;
    }
    return count;
}

static double ask(const tns_match_request *r, const tns_held_shelf *shelf, const bool *lifted,
                  const tns_context *context)
{
    size_t count = list_pigments(shelf, lifted, shelf->room);
    return count > 0 ? nearest_without(r, shelf->room, count, lifted, context) : INFINITY;
}

static bool is_gain(double now, double without)
{
    return now - without >= LEAST_GAIN && without <= (1 - LEAST_SHARE) * now;
}

static void name_all(const limit *limits, char *text, size_t size)
{
    size_t left = 0;
    for (int i = 0; i < LIMITS; i++)
        left += limits[i].in_force;
    for (int i = 0; i < LIMITS; i++) {
        size_t used = strlen(text);
        if (limits[i].in_force)
            tns_text_format(text + used, size - used, "%s%s", limits[i].option,
                            --left > 1  ? ", "
                            : left == 1 ? " and "
                                        : "");
    }
}

void tns_held_find(const tns_match_order *order, const tns_match_request *r, const tns_match *match,
                   const tns_held_shelf *shelf, const tns_context *context, tns_held *out)
{
    limit limits[LIMITS];
    bool lifted[LIMITS];
    double now = match->best_possible.de00, least = INFINITY;
    int best = -1, count = 0;
    *out = (tns_held){0};
    list_limits(order, r, limits);
    for (int i = 0; i < LIMITS; i++)
        count += lifted[i] = limits[i].in_force;
    if (match->in_gamut || count == 0)
        return;
    double all = ask(r, shelf, lifted, context);
    if (!is_gain(now, all))
        return;
    for (int i = 0; i < LIMITS; i++) {
        if (!limits[i].in_force)
            continue;
        for (int k = 0; k < LIMITS; k++)
            lifted[k] = k == i;
        double one = count > 1 ? ask(r, shelf, lifted, context) : all; /* of one it was asked */
        if (one < least) {
            least = one;
            best = i;
        }
    }
    bool alone = is_gain(now, least);
    out->de00 = alone ? least : all;
    if (alone)
        tns_text_copy(out->options, sizeof out->options, limits[best].option);
    else
        name_all(limits, out->options, sizeof out->options);
}
