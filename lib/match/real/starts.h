/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where descents (descent.h) begin, with INFINITY for the value. A diluent's y counts only where
 * there is one.
 */
#ifndef MATCH_REAL_STARTS_H
#define MATCH_REAL_STARTS_H

#include "match/real/descent.h"
#include "match/support.h"

/* All inks alike. */
tns_descent tns_start_middle(const tns_support *support);

/* One of them so much more than the others. */
tns_descent tns_start_main(const tns_support *support, int part);

/*
 * From where descents of the support without one part ended: that part joins in, and the others are
 * there at least a little, for what is missing has no slope.
 */
tns_descent tns_start_joined(const tns_support *support, int part, const tns_descent *without);

/* The same with a trace of it, beside where the smaller set ended. */
tns_descent tns_start_traced(const tns_support *support, int part, const tns_descent *without);

#endif
