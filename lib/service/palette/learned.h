/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned, as a record: shared by all that teach a palette. */
#ifndef SERVICE_PALETTE_LEARNED_H
#define SERVICE_PALETTE_LEARNED_H

#include <tonsure/learn.h>

#include "service/parts.h"

/* A record with room for so many mixes, held out ones too; NULL when out of memory. */
tns_learn_record *tns_learn_record_create(const tns_palette *palette, size_t mixes, size_t inks,
                                          tns_error *err);

/* The mixes and inks of what was learned from `mixes`; `prior` names where each ink comes from. */
void tns_learn_record_fill(const tns_learned *learned, const tns_mix *mixes, tns_learn_record *out);

/* Mean, median and so on of as many figures, which are sorted. */
tns_fit_summary tns_summarize(double *values, size_t count);

/* "x 1.31 (10 %)" of K and S into the pigment's source, behind where they come from;
   of an ink that no mix taught nothing is said. */
void tns_learned_source(const tns_learned_ink *ink, const char *prior, size_t mixes,
                        tns_pigment *out);

#endif
