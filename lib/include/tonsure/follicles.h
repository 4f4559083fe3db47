/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shaved scalp: the hairs and dots that are seen, the follicular units they leave, how dense those
 * stand, and what color dot and skin have by themselves.
 *
 * Everything is found in the picture itself: no size is presumed, and the scale serves for figures
 * in millimeters only. A hair is what is darker than the skin around it, by more than the skin's
 * own relief and the camera's noise, and alike in width, tint and contrast to the rest of them; or
 * brighter and straight, if it lies as the others do.
 */
#ifndef TONSURE_FOLLICLES_H
#define TONSURE_FOLLICLES_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/image.h>
#include <tonsure/reading.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* Pixels are those of the image as shown; (0, 0) is the outer corner of the first. */
typedef struct tns_follicle_hair {
    double end[2][2];           /* x, y of both ends; of a dot, of its longer axis */
    double width_px, length_px; /* at half of its darkness */
    double contrast;            /* 1 - light / skin at its darkest; below 0: white hair */
    size_t unit;
    bool through; /* bluer than hair over this skin can be: a root seen through the skin */
} tns_follicle_hair;

typedef struct tns_follicle_unit {
    double x, y, width, height; /* box around its hairs */
    int hairs;
    bool counted; /* for the density: it touches neither the left nor the upper edge */
} tns_follicle_unit;

typedef struct tns_follicles {
    int x, y, width, height; /* where was looked */
    double area_px;          /* of that, without the chart and what is too bright to show hair */
    double mm_per_px;        /* 0 = unknown */

    size_t count;            /* hairs and dots seen */
    size_t units;            /* follicular units seen */
    tns_follicle_hair *hair; /* `count` of them */
    tns_follicle_unit *unit; /* `units` of them */
    size_t through;          /* of `count`: roots seen through the skin */

    /*
     * Density: on the edges only what touches the right or the lower one is counted, so that an
     * area of any size is treated fairly (Gundersen 1977). NaN without a scale.
     */
    size_t counted;                          /* units of the density */
    double density_per_cm2, density_ci95[2]; /* of units; exact for a Poisson count, Garwood 1936 */
    double hairs_per_cm2;

    double diameter_px; /* median; 0 = none found */
    double length_px;   /* median of those thrice as long as wide; 0 = none */
    double coverage;    /* share of the area that is hair, 0..1 */

    bool has_colors; /* dot and skin were read: with a chart, and with hairs enough */
    tns_reading dot, skin;
    tns_warnings warnings;
} tns_follicles;

/* Frees what is inside; an emptied one is taken. */
TNS_API void tns_follicles_finish(tns_follicles *follicles);

TNS_END_DECLS

#endif
