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
    const tns_pigment *diluent; /* NULL where dilution does not matter or none is at hand */
    int diluent_index;
    int max_parts; /* at most `count` */
    int max_units;
    bool exactly;
    int max_shade; /* 0 without a diluent */
    size_t top;
    tns_unit unit;
    double tolerance;
    int threads;
    tns_goal goal;
} tns_problem;

/* Borrows all that the request borrows. */
bool tns_problem_init(tns_problem *problem, const tns_match_request *request, tns_error *err);
void tns_problem_finish(tns_problem *problem);

/* The mixture of `count` components in real or whole units at a shade. */
void tns_problem_mix(const tns_problem *problem, int count, const int *component,
                     const double *units, double shade, tns_coefficients *out);

/* How many recipes there are; UINT64_MAX when there are more than that. */
uint64_t tns_problem_recipes(const tns_problem *problem);

#endif
