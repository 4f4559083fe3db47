/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blobs that stand in rows and columns. */
#ifndef PHOTO_FIND_LATTICE_H
#define PHOTO_FIND_LATTICE_H

#include "photo/chart/homography.h"
#include "photo/find/blobs.h"

enum { TNS_NODES_MAX = 250 };

typedef struct tns_lattice {
    int count;
    struct {
        int column, row, blob;
    } node[TNS_NODES_MAX];
    tns_homography map; /* from (column, row) to the picture */
    double residual;    /* rms distance of the blobs from their nodes, in pitches */
} tns_lattice;

/* What neighbours may be like. */
typedef struct tns_lattice_limits {
    double step_most;  /* in sides of a blob */
    double skew_least; /* sine of the angle of the two steps */
    double ratio_most; /* of the two steps */
} tns_lattice_limits;

/*
 * Lattices of eight blobs or more, none shared, into out[max]; returns how many; -1 when out of
 * memory. The blobs are in order of x.
 */
int tns_lattices_find(tns_blob *blobs, int count, const tns_lattice_limits *limits,
                      tns_lattice *out, int max);

/* Fits the map; false when the nodes left on it are fewer than eight or lie in one line. */
bool tns_lattice_settle(const tns_blob *blobs, tns_lattice *lattice);

/*
 * The same nodes told by other steps: a column for each row is added to a node's, or a row for each
 * column. A settled lattice stays so.
 */
void tns_lattice_shear(tns_lattice *lattice, int column_by_row, int row_by_column);

#endif
