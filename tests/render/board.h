/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card as the stage needs it: boxes of materials on a frame, and where it lies. */
#ifndef RENDER_BOARD_H
#define RENDER_BOARD_H

#include "render/materials.h"
#include "render/perspective.h"

enum { BOARD_CELLS = TNS_CHART_PATCHES_MAX, BOARD_BINS = 24, BIN_CELLS = 10 };

/* In the card's own coordinates, one pitch = 1. */
typedef struct board_cell {
    double x, y, half_x, half_y, turn; /* turn in radians */
    int material;
} board_cell;

typedef struct board {
    bool present;
    perspective map;
    double left, top, right, bottom, round; /* the frame's edges and the radius of its corners */
    int frame;                              /* material */
    board_cell cell[BOARD_CELLS];           /* the later lie over the earlier */
    int count;
    /* by whole coordinates, from -1: the cells that reach in there, their number first */
    unsigned char bin[BOARD_BINS][BOARD_BINS][1 + BIN_CELLS];
} board;

/* Adds the card's materials to `things`; an absent card is an absent board. */
bool board_make(const render_card *card, materials *things, board *out, tns_error *err);

/* The bin that a coordinate falls into. */
int board_bin(double x);

/* How far outside the frame's rounded edge, in pitches; negative inside. */
double board_beyond(const board *b, tns_point p);

#endif
