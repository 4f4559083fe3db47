/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blobs that stand in rows and columns. */
#ifndef PHOTO_FIND_LATTICE_H
#define PHOTO_FIND_LATTICE_H

#include "photo/chart/homography.h"
#include "photo/find/blobs.h"

enum { TNS_NODES_MAX = 200 };

typedef struct tns_lattice {
    int count;
    struct {
        int column, row, blob;
    } node[TNS_NODES_MAX];
    tns_homography map; /* from (column, row) to the picture */
    double residual;    /* rms distance of the blobs from their nodes, in pitches */
} tns_lattice;

/*
 * The lattice of most blobs among those not spent, which it then spends, so that the next call
 * finds the next. False when none has ten. The blobs are in order of x.
 */
bool tns_lattice_find(tns_blob *blobs, int count, tns_lattice *out);

/* Fits the map; false when the nodes left on it are fewer than ten or lie in one line. */
bool tns_lattice_settle(const tns_blob *blobs, tns_lattice *lattice);

#endif
