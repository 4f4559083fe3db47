/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A checked request with its defaults filled in, ready for every solver of this room. */
#ifndef MATCH_PROBLEM_H
#define MATCH_PROBLEM_H

#include "match/goal.h"
#include "match/mixture.h"

typedef struct tns_problem {
    const tns_palette *palette;
    size_t count;
    tns_component *components;  /* what may be used, in the palette's order; owned */
    int *least_units;           /* of each component where it is used, 1..max_units; owned */
    const tns_pigment *diluent; /* NULL where dilution does not matter or none is at hand */
    int diluent_index;
    int max_parts; /* at most `count`, and no more than fit into max_units with their least */
    int max_units;
    bool exactly;
    int max_shade; /* 0 without a diluent */
    size_t top;
    tns_unit unit;
    double max_cost;          /* a recipe of unknown cost is beyond it; INFINITY = any will do */
    const double *most_share; /* of each pigment of the palette; NULL = any. Borrowed, as favor */
    const int *favor;
    double pot_ml; /* that a bounded share is of; 0 = of any */
    double tolerance, near_enough;
    int threads;
    tns_goal goal;
} tns_problem;

/* Borrows all that the request borrows. */
bool tns_problem_init(tns_problem *problem, const tns_match_request *request, tns_error *err);
void tns_problem_finish(tns_problem *problem);

/* The part of tns_problem_init that concerns what was made by hand: numbers no file has (checks.c).
 */
bool tns_request_check(const tns_match_request *request, tns_error *err);

/* Reflectances, with some room for fluorescence and noise; `what` stands for it in errors. */
bool tns_spectrum_check(const tns_spectrum *spectrum, const char *what, tns_error *err);

/* The part of tns_problem_init that concerns least_units, max_cost, most_share and max_parts
   (limits.c). */
bool tns_problem_limit(tns_problem *problem, const tns_match_request *request, tns_error *err);

/* The mixture of `count` components in real or whole units at a shade. */
void tns_problem_mix(const tns_problem *problem, int count, const int *component,
                     const double *units, double shade, tns_coefficients *out);

/* TNS_ERROR_NO_RECIPE: says what no recipe keeps. Gives false. */
bool tns_problem_fail_empty(const tns_problem *problem, tns_error *err);

/*
 * Whether these units are the ones that their ratio is listed with: no part below its least, and
 * no smaller multiple of the ratio for which that holds too. A fixed total is listed as it is.
 */
bool tns_problem_lists(const tns_problem *problem, int count, const int *component,
                       const int *units);

/* Sets of k of n things; whole while below 2^53, which is far beyond what can be searched. */
double tns_choose(int n, int k);

/*
 * How many recipes there are, whatever their cost and color; UINT64_MAX when there are more than
 * that, or no memory to count them.
 */
uint64_t tns_problem_recipes(const tns_problem *problem);

#endif
