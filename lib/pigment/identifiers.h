/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the trade names things: what a well-formed identifier looks like. */
#ifndef PIGMENT_IDENTIFIERS_H
#define PIGMENT_IDENTIFIERS_H

#include <stdbool.h>

/* A pigment's id: letters, digits, '.', '_', '-', at least one. It stands in recipes and options.
 */
bool tns_is_pigment_id(const char *text);

/* A Colour Index constitution number as labels write it: "CI 77266", "CI 561300", "CI 15850:1". */
bool tns_is_color_index(const char *text);

/*
 * A CAS registry number, "1333-86-4": two to seven digits, two, and a check digit, which is the sum
 * of the others times their place counted from the right, modulo 10.
 */
bool tns_is_cas(const char *text);

#endif
