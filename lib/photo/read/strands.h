/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hairs, the skin around each, and how dark they are across: what colors are un-mixed from. */
#ifndef PHOTO_READ_STRANDS_H
#define PHOTO_READ_STRANDS_H

#include <tonsure/follicles.h>

#include "photo/correct/calibration.h"
#include "photo/read/ground.h"
#include "photo/read/nearby.h"

enum {
    TNS_STRANDS_MOST = 48, /* more do not make the color surer */
    TNS_STRAND_BINS = 15   /* across a hair, from its axis outward */
};

#define TNS_STRAND_BIN 0.15 /* of the width at half darkness */

typedef struct tns_strand_sample {
    float u, v;     /* along and across the hair, px from its middle */
    float value[6]; /* XYZ, then linear RGB; in the end over those of the skin around */
} tns_strand_sample;

typedef struct tns_strand {
    const tns_follicle_hair *hair;
    double x, y, along_x, along_y, length, width; /* px, at half darkness */
    tns_strand_sample *sample;
    int count;
    double skin[6];
    double bin[TNS_STRAND_BINS], weight[TNS_STRAND_BINS]; /* darkness by distance from the axis */
    double fitted;                                        /* true width, px */
    double ay[6], aa; /* sums of share times darkness, and of squared shares */
} tns_strand;

typedef struct tns_strands {
    const tns_light *light;
    const tns_calibration *calibration;
    const tns_follicles *follicles;
    tns_nearby by_place; /* of its hairs, with as far around them as a strand reaches */
    tns_strand strand[TNS_STRANDS_MOST];
    int count;
} tns_strands;

/*
 * Fills in the strands of the follicles named; `fitted` and the sums are left at 0. Hairs that
 * stand alone come first. False without memory; finish them in either case.
 */
bool tns_strands_choose(tns_strands *strands);
void tns_strands_finish(tns_strands *strands);

#endif
