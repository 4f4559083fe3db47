/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clinics that are made up: who books what, when, and who comes. Four years of it: one that is only
 * remembered, two to settle in, and one that counts. What is drawn is written in world.c beside
 * each draw. No planner sees more than bookings that were made and visits that took place.
 */
#ifndef PLAN_WORLD_H
#define PLAN_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"

enum { YEAR = 365, REMEMBERED = YEAR, SETTLED = 3 * YEAR, DAYS = 4 * YEAR, SHADES = 5 };

typedef struct visit {
    int booked, day; /* from 0 */
    int shade;
    double ul;    /* neat pigment that its pot is to take, by area and recipe */
    double taken; /* that it takes: now and then a pot is mixed twice */
    bool comes;   /* else it is called off in the morning */
} visit;

typedef struct clinic {
    double sessions_a_month; /* first sessions, follow-ups and touch-ups */
    size_t count;
    visit *visits; /* by day; owned */
} clinic;

/* The n-th clinic of a seed. */
clinic clinic_make(uint64_t seed, int n);
void clinic_finish(clinic *c);

/* Evenly in 0..1; of a mean; around one. */
double draw(tns_random *random);
double draw_exponential(tns_random *random, double mean);
double draw_normal(tns_random *random);
int draw_poisson(tns_random *random, double mean);

#endif
