/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_WARN_JOIN_H
#define BASE_WARN_JOIN_H

#include <tonsure/warnings.h>

/*
 * Makes one of those that are alike but for a name behind `before`: "nobody told what is in" of
 * "nobody told what is in black: C1 may be allergic to it" and another of water becomes ".. black,
 * water: ..". A name ends at a colon. What is too long for one stays two.
 */
void tns_warn_join(tns_warnings *warnings, const char *before);

#endif
