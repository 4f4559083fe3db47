/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plan_clinics CLINICS SEED..: what the plan and two fixed reorder points make of so many clinics
 * of each seed, as tables in Markdown; of more than three seeds in brief.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "plan/clinics.h"

enum { SIZES = 3 };
static const double up_to[SIZES] = {5, 12, 1e9}; /* sessions a month */

typedef struct result {
    outcome all, by_size[SIZES];
} result;

typedef struct world {
    uint64_t seed;
    int count;
    clinic *clinics;
} world;

static result run_all(const world *w, const policy *p)
{
    result r = {0};
    for (int n = 0; n < w->count; n++) {
        outcome o = run_clinic(&w->clinics[n], w->seed, n, p);
        int size = 0;
        while (w->clinics[n].sessions_a_month > up_to[size])
            size++;
        outcome_add(&r.all, &o);
        outcome_add(&r.by_size[size], &o);
    }
    return r;
}

/* The fixed point that gives the service of the plan: the least, by bisection. */
static policy alike(const world *w, policy_kind kind, double service)
{
    double low = 0, high = kind == BY_ML ? 40 : 60;
    policy p = {.kind = kind};
    for (int i = 0; i < 12; i++) {
        p.point = 0.5 * (low + high);
        result r = run_all(w, &p);
        if (outcome_service(&r.all) < service)
            low = p.point;
        else
            high = p.point;
    }
    p.point = high;
    return p;
}

static void tell(const world *w, const char *who, const result *r)
{
    printf("| %d | %s | %.1f %% | %.1f %% | %.1f | %.1f | %.2f | %.1f | %.1f %% | %.1f %% | %.1f "
           "%% |\n",
           (int)w->seed, who, 100 * outcome_service(&r->all), 100 * outcome_waste(&r->all),
           r->all.expired / 1000 / w->count, r->all.bottles / w->count,
           28.5 * r->all.bottles / r->all.visits, r->all.on_hand / 15000 / w->count,
           100 * outcome_waste(&r->by_size[0]), 100 * outcome_waste(&r->by_size[1]),
           100 * outcome_waste(&r->by_size[2]));
}

/* What expires though each bottle comes on the day of its first use. */
static void tell_least(const world *w)
{
    const policy at_once = {.kind = AT_ONCE};
    result r = run_all(w, &at_once);
    tell(w, "each bottle there as it is needed", &r);
}

static void compare(const world *w, double service)
{
    char who[80];
    const policy plan = {.kind = BY_PLAN, .service = service};
    result planned = run_all(w, &plan);
    snprintf(who, sizeof who, "plan, %g %% asked for", 100 * service);
    tell(w, who, &planned);
    const policy mixing = {.kind = BY_PLAN, .service = service, .mixes = true};
    result mixed = run_all(w, &mixing);
    tell(w, "the same, and mixing shades", &mixed);
    double given = outcome_service(&planned.all);
    policy weeks = alike(w, BY_WEEKS, given), ml = alike(w, BY_ML, given);
    result by_weeks = run_all(w, &weeks), by_ml = run_all(w, &ml);
    snprintf(who, sizeof who, "fixed at %.1f weeks of use", weeks.point);
    tell(w, who, &by_weeks);
    snprintf(who, sizeof who, "fixed at %.1f ml", ml.point);
    tell(w, who, &by_ml);
}

/* ---- in brief ---- */

/* Of any fixed point in ml: between some of them in a straight line. */
static void compare_in_brief(const world *w, const double *services, size_t count)
{
    static const double points[] = {0, 0.5, 1, 1.5, 2, 4, 6, 8, 10};
    enum { POINTS = sizeof points / sizeof *points };
    outcome fixed[POINTS];
    for (size_t i = 0; i < POINTS; i++)
        fixed[i] = run_all(w, &(policy){.kind = BY_ML, .point = points[i]}).all;
    for (size_t i = 0; i < count; i++) {
        outcome planned = run_all(w, &(policy){.kind = BY_PLAN, .service = services[i]}).all;
        double served = outcome_service(&planned);
        outcome mixed =
            run_all(w, &(policy){.kind = BY_PLAN, .service = services[i], .mixes = true}).all;
        printf("| %d | %g %% | %.1f %% | %.2f %% | %.2f %% | %.1f %% | %.2f %% |\n", (int)w->seed,
               100 * services[i], 100 * served, 100 * outcome_waste(&planned),
               100 * outcome_waste_at(fixed, POINTS, served), 100 * outcome_service(&mixed),
               100 * outcome_waste(&mixed));
    }
}

static world make(uint64_t seed, int count)
{
    world w = {seed, count, calloc((size_t)count, sizeof *w.clinics)};
    if (!w.clinics)
        abort();
    for (int n = 0; n < count; n++)
        w.clinics[n] = clinic_make(seed, n);
    return w;
}

static void finish(world *w)
{
    for (int n = 0; n < w->count; n++)
        clinic_finish(&w->clinics[n]);
    free(w->clinics);
}

static void compare_all(const world *w, const double *services, size_t count)
{
    tell_least(w);
    for (size_t i = 0; i < count; i++)
        compare(w, services[i]);
}

static const char head[] =
    "| seed | policy | served | expired | expired, ml | bottles bought | cost of a visit "
    "| bottles on hand | small | middle | busy |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
static const char brief_head[] =
    "| seed | asked for | plan: served | expired | fixed point: expired | mixing: served "
    "| expired |\n|---|---|---|---|---|---|---|\n";

int main(int argc, char **argv)
{
    static const double services[] = {0.95, 0.98, 0.99};
    int count = argc > 2 ? atoi(argv[1]) : 0;
    if (count < 1) {
        fprintf(stderr, "usage: plan_clinics CLINICS SEED..\n");
        return EXIT_FAILURE;
    }
    bool brief = argc > 2 + 3;
    printf("%s", brief ? brief_head : head);
    for (int i = 2; i < argc; i++) {
        world w = make((uint64_t)strtoul(argv[i], NULL, 10), count);
        if (brief)
            compare_in_brief(&w, services, sizeof services / sizeof *services);
        else
            compare_all(&w, services, sizeof services / sizeof *services);
        finish(&w);
    }
    return EXIT_SUCCESS;
}
