/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a shelf can reach: the colors, under D65 and 10 degrees, of all mixtures of its pigments on
 * a surface, in any real amounts, diluted as far as the shade allows.
 *
 * Mixtures are the points of a simplex (of a prism, where there is a diluent). Its faces are cut
 * into triangles until these are smaller than half a cell in L*a*b*; the cells they touch are a
 * shell, and what cannot be come at from outside of it is within (a flood fill). Mixtures drawn at
 * random that should lie outside, where the mapping folds, are added. So the solid is right to a
 * cell, and holds half a cell too much all around.
 */
#ifndef TONSURE_GAMUT_H
#define TONSURE_GAMUT_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/difference.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/match.h>
#include <tonsure/palette.h>
#include <tonsure/surface.h>

TNS_BEGIN_DECLS

typedef struct tns_gamut_request {
    const tns_palette *palette; /* borrowed, as all below */
    const tns_surface *surface;
    const int *pigments; /* indices that may be used; NULL = all but diluents and additives */
    size_t pigment_count;
    int max_shade;  /* parts of diluent to one of pigment; 0 = 40; ignored on opaque */
    bool undiluted; /* no diluent, whatever max_shade says */
    double cell;    /* edge of a cell in L*, a*, b*; 0 = 2.5; 1..10 */
} tns_gamut_request;

typedef struct tns_gamut tns_gamut;

/*
 * Fails with TNS_ERROR_USAGE on a contradictory request, TNS_ERROR_RANGE on a palette or surface
 * whose numbers no equation is meant for (as tns_match_solve), TNS_ERROR_CANCELLED.
 */
TNS_API tns_gamut *tns_gamut_compute(const tns_gamut_request *request, const tns_context *context,
                                     tns_error *err);

/* NULL is taken. */
TNS_API void tns_gamut_destroy(tns_gamut *gamut);

/* Whether a color lies in a cell that is within. */
TNS_API bool tns_gamut_has(const tns_gamut *gamut, tns_lab lab);

/* Of all cells within, cubic units of L*a*b*; one pigment alone is a line and has little. */
TNS_API double tns_gamut_volume(const tns_gamut *gamut);

/* The box of the cells' centers. */
TNS_API void tns_gamut_box(const tns_gamut *gamut, tns_lab *least, tns_lab *most);

/* The edge of its cells, in L*, a*, b*. */
TNS_API double tns_gamut_cell(const tns_gamut *gamut);

/* A closed line around cells, its last point being the first's neighbor. */
typedef struct tns_gamut_loop {
    size_t count;
    double (*point)[2]; /* a*, b* */
} tns_gamut_loop;

/*
 * The outlines of the cells within at a lightness: an array of *count (0 gives one too); holes run
 * the other way round. Free by tns_gamut_loops_destroy. NULL = no memory.
 */
TNS_API tns_gamut_loop *tns_gamut_outline(const tns_gamut *gamut, double L, size_t *count);
TNS_API void tns_gamut_loops_destroy(tns_gamut_loop *loops, size_t count);

/* How far a color is from what can be reached, and which way. */
typedef struct tns_gamut_distance {
    bool inside; /* within 1.0 dE00, as in a match */
    double de00; /* to the nearest mixture */
    tns_lab target, nearest;
    tns_difference missing; /* target - nearest: what the shelf would need more of */
    size_t part_count;      /* of the nearest */
    int pigment[TNS_PARTS_MAX];
    double fraction[TNS_PARTS_MAX]; /* diluent included */
} tns_gamut_distance;

/* By the search of a match, real amounts of four pigments at most. `target` is under D65/10. Fails
   as tns_gamut_compute(). */
TNS_API bool tns_gamut_find(const tns_gamut_request *request, tns_lab target,
                            const tns_context *context, tns_gamut_distance *out, tns_error *err);

TNS_END_DECLS

#endif
