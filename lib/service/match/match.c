/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match: prepared, searched, and judged by the target that was asked for. */
#include <stdlib.h>

#include <tonsure/service.h>

#include "service/match/blue.h"
#include "service/match/held.h"
#include "service/match/work.h"
#include "service/parts.h"
#include "service/ways.h"

/* How far the target asked for lies from the nearest that a surface can have; mostly 0. */
static double distance_of_substitute(const tns_match_service *s)
{
    tns_illuminant illuminant;
    const tns_reading *target = &s->target;
    bool stated = target->has_color && (!target->has_spectrum || target->spectrum.reconstructed);
    if (!stated || !tns_illuminant_find(target->color.illuminant, &illuminant, NULL))
        return 0;
    tns_viewing viewing = tns_viewing_make(&illuminant, target->color.observer);
    double apart = tns_de00(target->color.lab, tns_lab_from_spectrum(&s->request.target, &viewing));
    return apart > 0.01 ? apart : 0; /* less is the rounding of the estimate */
}

static bool find_ways(tns_match_service *s, tns_error *err)
{
    bool done = tns_ways_find(&s->surfaces, &s->answer, &s->spans, err);
    s->answer.spans = s->spans;
    return done;
}

/* Whatever is not kept out for what it holds may be offered, --only or not. */
static bool find_blue(tns_match_service *s, tns_error *err)
{
    bool *may_warm = calloc(s->request.palette->count + 1, sizeof *may_warm);
    if (!may_warm)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    for (size_t i = 0; i < s->request.palette->count; i++)
        may_warm[i] = !s->unwanted[i];
    bool done = tns_blue_find(&s->surfaces, may_warm, &s->answer, &s->grave, err);
    free(may_warm);
    return done;
}

/* The list was ranked by the substitute; what it is worth is told of the target asked for. */
static void judge_by_stated(tns_match_service *s, double apart, bool direct)
{
    tns_match *match = s->match;
    for (size_t i = 0; i < match->recipe_count; i++) {
        tns_recipe *recipe = &match->recipes[i];
        recipe->de00[0] =
            direct ? tns_de00(s->target.color.lab, recipe->color[0].lab) : recipe->de00[0] + apart;
    }
    match->best_possible.de00 += apart;
    double tolerance = s->request.tolerance > 0 ? s->request.tolerance : 2.0;
    match->within_tolerance = match->recipes[0].de00[0] <= tolerance;
    match->in_gamut = match->in_gamut && apart <= 1;
}

/* The odds of coming near a color that no surface has cannot be told under another viewing. */
static bool judge(tns_match_service *s, const tns_context *context, tns_error *err)
{
    double apart = distance_of_substitute(s);
    bool direct = apart > 0 && tns_viewing_is(&s->viewings[0], &s->target.color);
    if (apart > 0)
        judge_by_stated(s, apart, direct);
    const tns_lab *stated = direct ? &s->target.color.lab : NULL;
    if (s->request.continuous) /* odds are of what is poured */
        return true;
    if (!tns_answer_appraise(&s->answer, stated, context, s->match, err))
        return false;
    for (size_t i = 0; apart > 0 && !direct && i < s->match->recipe_count; i++)
        s->match->recipes[i].has_odds = false;
    return true;
}

static void find_held(const tns_match_order *order, tns_match_service *s,
                      const tns_context *context)
{
    const tns_held_shelf shelf = {s->request.palette, s->wanted, s->unwanted, s->room};
    tns_held *held = &s->answer.held;
    tns_context quiet = context ? *context : (tns_context){0};
    quiet.progress = NULL; /* it is over in no time */
    tns_held_find(order, &s->request, s->match, &shelf, &quiet, held);
    if (!s->match->in_gamut && !held->options[0])
        tns_warn(&s->grave, "the target is beyond what these pigments and shades reach here");
}

/* What may go wrong on a scalp goes before what the search, the order and the readings say. */
static void put_in_order(tns_match_service *s)
{
    tns_warnings found = s->match->warnings;
    s->match->warnings = s->grave;
    tns_warn_all(&s->match->warnings, &found);
    tns_warn_all(&s->match->warnings, &s->warnings);
    s->answer.grave = s->grave.count;
}

tns_match_service *tns_service_match(const tns_match_order *order, const tns_context *context,
                                     tns_error *err)
{
    tns_match_service *service = calloc(1, sizeof *service);
    if (!service) {
        tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
        return NULL;
    }
    if (tns_match_prepare(order, context, service, err))
        service->match = tns_match_solve(&service->request, context, err);
    tns_match_answer *answer = &service->answer;
    answer->target = &service->target;
    answer->request = &service->request;
    answer->match = service->match;
    answer->left_out = service->left_out;
    if (!service->match || !judge(service, context, err) || !find_ways(service, err) ||
        !find_blue(service, err)) {
        tns_match_service_destroy(service);
        return NULL;
    }
    find_held(order, service, context);
    put_in_order(service);
    tns_answer_sentence(answer, answer->sentence, sizeof answer->sentence);
    return service;
}

const tns_match_answer *tns_match_service_answer(const tns_match_service *service)
{
    return &service->answer;
}

void tns_match_service_destroy(tns_match_service *service)
{
    if (!service)
        return;
    tns_match_destroy(service->match);
    tns_surfaces_finish(&service->surfaces);
    free(service->palette.pigments);
    free(service->pigments);
    free(service->least_units);
    free(service->left_out);
    free(service->room);
    free(service->spans);
    free(service->wanted);
    free(service);
}
