/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By how much slopes lift a plane over the differences of color under one viewing (linked.h). */
#ifndef MATCH_BOUND_LINKED_LIFT_H
#define MATCH_BOUND_LINKED_LIFT_H

#include "match/bound/chromatic.h"
#include "match/bound/linked.h"

/* Under one viewing. */
typedef struct tns_linked_view {
    tns_lab target;
    double e;                 /* dE00, at most */
    double near;              /* dE00 up to which the cells are as fine as they get */
    int cells;                /* along each side */
    tns_chromatic_sector all; /* a*, b* lie in it */
    double aa, ab, bb;        /* the form of a* and b* */
    double U[3][3];           /* of L*, a*, b*; upper triangle */
} tns_linked_view;

/* S_L of a mean lightness. */
double tns_linked_lightness_scale(double L);

/* A cell of so many along each side. */
tns_chromatic_sector tns_linked_piece(const tns_chromatic_sector *all, int cells, int i, int j);

/* False without memory. */
bool tns_linked_lift_make(const tns_linked_view *sight, double weight, int steps,
                          tns_linked_lift *out);

#endif
