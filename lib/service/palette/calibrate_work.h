/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calibration by colors alone while it is under way. */
#ifndef SERVICE_PALETTE_CALIBRATE_WORK_H
#define SERVICE_PALETTE_CALIBRATE_WORK_H

#include <tonsure/exchange.h>
#include <tonsure/learn.h>

#include "service/parts.h"

typedef struct tns_calibrate_work {
    const tns_calibrate_order *order;
    tns_color_samples *samples;
    tns_palette *shelf, *models; /* in force, and of Colour Indices */
    tns_palette prior;           /* one pigment a column of the table, in its order */
    char origin[TNS_FIT_PIGMENTS_MAX][128];
    tns_mix *mixes;
    size_t *row; /* of a mix in the table */
    size_t count;
    tns_learned *learned;
} tns_calibrate_work;

/* Fills in shelf, models, prior and origin; refuses a pigment that nothing is known of, by name. */
bool tns_calibrate_priors(tns_calibrate_work *w, tns_error *err);

#endif
