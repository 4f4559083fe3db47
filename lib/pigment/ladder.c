/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "color/numeric.h"
#include "pigment/ladder_design.h"

/* 24 um wet, the usual wire bar. */
static const double USUAL_LOAD = 2.4;
static const double USUAL_CARD[2] = {0.85, 0.05};
static const double USUAL_MINUTES = 15, LEAST_MINUTES = 5, MOST_MINUTES = 120;
static const double WEIGHING_MINUTES = 2, CARD_MINUTES = 0.5;

enum { USUAL_DROPS = 24, LEAST_DROPS = 4, MOST_DROPS = 200 };

/* ---- the request ---- */

static bool check_parts(const tns_ladder_request *r, tns_error *err)
{
    const tns_pigment *bottle = r->part[TNS_LADDER_BOTTLE];
    if (r->part[TNS_LADDER_DILUENT] == bottle || bottle->kind == TNS_DILUENT)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "ladder: %s is a diluent: there is nothing to fit", bottle->id);
    if (!r->opaque && !r->palette->model.absolute)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "ladder: palette %s is relative: its ladder is of thick samples",
                             r->palette->name);
    if (r->opaque && !r->part[TNS_LADDER_WHITE])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "ladder: thick samples need a white, whose S is 1; name it");
    return r->palette->model.single_constant
               ? tns_error_set(err, TNS_ERROR_USAGE,
                               "ladder: palette %s has a single constant: there is no S to find",
                               r->palette->name)
               : true;
}

static bool complete(const tns_ladder_request *asked, tns_ladder_request *r, tns_error *err)
{
    *r = *asked;
    r->load = r->load != 0 ? r->load : USUAL_LOAD;
    r->minutes = r->minutes != 0 ? r->minutes : USUAL_MINUTES;
    r->drops = r->drops != 0 ? r->drops : USUAL_DROPS;
    for (int i = 0; i < 2; i++)
        r->card[i] = r->card[i] != 0 ? r->card[i] : USUAL_CARD[i];
    if (!(r->load > 0 && r->load <= 1e4))
        return tns_error_set(err, TNS_ERROR_USAGE, "ladder: a film's load is above 0, found %g",
                             r->load);
    if (!(r->minutes >= LEAST_MINUTES && r->minutes <= MOST_MINUTES))
        return tns_error_set(err, TNS_ERROR_USAGE, "ladder: expected %g to %g minutes, found %g",
                             LEAST_MINUTES, MOST_MINUTES, r->minutes);
    if (r->drops < LEAST_DROPS || r->drops > MOST_DROPS)
        return tns_error_set(err, TNS_ERROR_USAGE, "ladder: expected %d to %d drops, found %d",
                             LEAST_DROPS, MOST_DROPS, r->drops);
    if (!(r->card[0] > r->card[1] && r->card[1] > 0 && r->card[0] < 1))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "ladder: expected a card of a light and a dark half, found %g and %g",
                             r->card[0], r->card[1]);
    return check_parts(r, err);
}

/* ---- steps ---- */

/* As a person would do them: the bottle, diluted, tinted, shaded; then the partners. */
static int rank(const int drops[TNS_LADDER_PARTS])
{
    if (drops[TNS_LADDER_BOTTLE] == 0)
        return drops[TNS_LADDER_WHITE] > 0 ? 4 : 5;
    return drops[TNS_LADDER_DILUENT] > 0 ? 1
           : drops[TNS_LADDER_WHITE] > 0 ? 2
           : drops[TNS_LADDER_BLACK] > 0 ? 3
                                         : 0;
}

static double share(const tns_ladder_step *step, int part)
{
    double sum = 0;
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        sum += step->drops[i];
    return step->drops[part] / sum;
}

/* Within a kind from much of the bottle, or of the partner, to little. */
static int by_rank(const void *a, const void *b)
{
    const tns_ladder_step *x = a, *y = b;
    int first = rank(x->drops), second = rank(y->drops);
    if (first != second)
        return first - second;
    int part = first == 4 ? TNS_LADDER_WHITE : first == 5 ? TNS_LADDER_BLACK : TNS_LADDER_BOTTLE;
    return (share(x, part) < share(y, part)) - (share(x, part) > share(y, part));
}

static void name_step(tns_ladder_step *step)
{
    static const char *const names[] = {"masstone", "dilution", "tint", "shade", "white", "black"};
    int kind = rank(step->drops), first = 0, second = 0;
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        if (step->drops[i] > 0 && first == 0)
            first = step->drops[i];
        else if (step->drops[i] > 0)
            second = step->drops[i];
    }
    if (second == 0)
        snprintf(step->id, sizeof step->id, "%s", names[kind]);
    else
        snprintf(step->id, sizeof step->id, "%s-%d-%d", names[kind], first, second);
}

static void take_steps(const tns_ladder_design *design, tns_ladder *out)
{
    for (size_t i = 0; i < design->count; i++) {
        const tns_ladder_candidate *c = &design->candidate[i];
        if (!c->use[0] && !c->use[1])
            continue;
        tns_ladder_step *step = &out->step[out->count++];
        memcpy(step->drops, c->drops, sizeof step->drops);
        memcpy(step->ml, c->ml, sizeof step->ml);
        memcpy(step->amount, c->amount, sizeof step->amount);
        step->on_white = !out->opaque && c->use[0];
        step->on_black = !out->opaque && c->use[1];
        out->readings += out->opaque ? 1 : (size_t)c->use[0] + c->use[1];
        name_step(step);
    }
    qsort(out->step, out->count, sizeof *out->step, by_rank);
}

static void doubt(const tns_ladder_request *r, tns_ladder *out)
{
    const char *id = r->part[TNS_LADDER_BOTTLE]->id;
    if (!r->known)
        tns_warn(&out->warnings,
                 "nothing is known of %s: the ladder suits a dark, a middle and a "
                 "light ink alike; name its Colour Index for a better one",
                 id);
    if (!r->part[TNS_LADDER_WHITE])
        tns_warn(&out->warnings, "no white: how much %s scatters will be weakly told", id);
    if (!r->part[TNS_LADDER_BLACK])
        tns_warn(&out->warnings, "no black: dark mixtures of %s will be weakly told", id);
    if (!r->opaque && !r->part[TNS_LADDER_DILUENT])
        tns_warn(&out->warnings, "no diluent: films of the bottle as it is may hide the card");
    if (out->weigh_first)
        tns_warn(&out->warnings, "the drop of %s was never weighed: %.3f ml is taken", id,
                 tns_pigment_drop_ml(r->part[TNS_LADDER_BOTTLE]));
}

bool tns_ladder_plan(const tns_ladder_request *request, tns_ladder *out, tns_error *err)
{
    tns_ladder_request r;
    tns_numeric_init();
    memset(out, 0, sizeof *out);
    if (!complete(request, &r, err))
        return false;
    tns_ladder_design *design = calloc(1, sizeof *design);
    if (!design)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    out->opaque = r.opaque;
    out->load = r.opaque ? 0 : r.load;
    out->weigh_first = r.part[TNS_LADDER_BOTTLE]->drop_ml == 0;
    double before = (out->weigh_first ? WEIGHING_MINUTES : 0) + (r.opaque ? 0 : CARD_MINUTES);
    bool done = tns_ladder_choose(&r, r.minutes - before, design, err);
    if (done) {
        take_steps(design, out);
        out->minutes = before + tns_ladder_minutes(design);
        out->K_sd = design->K_sd;
        out->S_sd = design->S_sd;
        doubt(&r, out);
    }
    free(design);
    return done;
}
