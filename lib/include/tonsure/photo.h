/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo with a color chart in it becomes readings: the chart is placed, its patches sampled in
 * linear light, a correction to CIE Lab (D50, 2 degrees) fitted to them by least squares, and
 * regions of the photo read through it.
 *
 * What is said about accuracy always comes from leaving patches out: each patch is predicted by a
 * correction fitted without it, everything chosen (edition, weights, constants) made anew.
 */
#ifndef TONSURE_PHOTO_H
#define TONSURE_PHOTO_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/chart.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/estimate.h>
#include <tonsure/export.h>
#include <tonsure/follicles.h>
#include <tonsure/image.h>
#include <tonsure/reading.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* In pixels of the image as shown; (0, 0) is the outer corner of its first pixel. */
typedef struct tns_point {
    double x, y;
} tns_point;

/* A box of pixels as shown; width and height at least 1. */
typedef struct tns_box {
    int x, y, width, height;
} tns_box;

enum { TNS_REGION_POINTS_MAX = 64 };

typedef enum tns_shape {
    TNS_SHAPE_BOX,
    TNS_SHAPE_POLYGON, /* of 3 points or more, in order around it, its sides not crossing */
    TNS_SHAPE_PLACE    /* of the chart, by name; read, it has become a polygon */
} tns_shape;

/* Which pixels to read: of a polygon, those whose middle lies in it. */
typedef struct tns_region {
    char name[48];
    tns_what what; /* UNKNOWN: what the words of the name say, as "skin-left", "stubble", "dot" */
    tns_shape shape;
    tns_box box; /* of a polygon, when read: the least one around it */
    size_t point_count;
    tns_point points[TNS_REGION_POINTS_MAX];
    char place[48]; /* "patch:cyan": the inner square of a patch; "holder:scalp": the window of a
                       printed holder; "" = none */
} tns_region;

/* A region whose color an instrument has read: the correction is drawn to it. */
typedef struct tns_photo_anchor {
    char region[48]; /* its name */
    tns_lab lab;     /* D50, 2 degrees */
    double de00;     /* how well it is known: one standard deviation, dE00 */
} tns_photo_anchor;

typedef struct tns_photo_options {
    char chart[64];       /* "" or "auto"; "none": regions without color; else as tns_chart_find */
    const tns_chart *own; /* a chart of the user's own, taken in place of `chart`; borrowed */
    tns_edition edition;
    bool has_corners;
    tns_point corners[4]; /* centers of the corner patches in chart order, clockwise when the chart
                             is seen upright: dark skin, bluish green, black, white */
    bool holder;          /* look for a printed holder (holder.h), for its scale and its places */
    const tns_region *regions;
    size_t region_count;
    const char *flat; /* a file: the same light on something white and even that fills the frame;
                         divided out before anything is read; NULL: none */
    const tns_photo_anchor *anchors; /* at most 16 */
    size_t anchor_count;
    const char *const *without; /* patches by name to leave out of the fit, so that they can be read
                                   as regions */
    size_t without_count;
    bool has_kind;
    tns_prior kind; /* what the regions' spectra are estimated as; else what each one is of tells */
    bool follicles; /* count hairs: in the region named "scalp", else in all but the chart */
    double mm_per_px; /* of the scalp, for densities; 0: from a chart of known size, or unknown */
} tns_photo_options;

typedef enum tns_chart_status {
    TNS_CHART_NONE, /* not asked for */
    TNS_CHART_FOUND,
    TNS_CHART_GIVEN, /* its corners were given */
    TNS_CHART_REFUSED
} tns_chart_status;

typedef struct tns_photo_chart {
    tns_chart_status status;
    char kind[32];       /* "" = none or refused before any was recognized */
    tns_edition edition; /* AUTO: the fits of both differ by less than their noise */
    bool has_corners;
    tns_point corners[4]; /* as in the options */
    bool has_order_score;
    double order_score; /* correlation of centered log RGB with the reference's, -1..1 */
    char reason[200];   /* why refused; "" otherwise */
} tns_photo_chart;

typedef struct tns_photo_patch {
    char name[24];
    tns_point outline[4];        /* of the square in it that was sampled, in the image */
    double rgb[3];               /* linear, before correction */
    bool has_lab;                /* false when no fit came about */
    tns_lab lab;                 /* predicted by the correction fitted without this patch, D50/2 */
    tns_uncertainty uncertainty; /* of that, absolute, stated without a look at its own error */
    tns_lab reference;
    double de00; /* between the two */
    bool used;
    char reason[64]; /* why not used; "" otherwise */
} tns_photo_patch;

typedef enum tns_scale_source {
    TNS_SCALE_NONE,   /* not known */
    TNS_SCALE_HOLDER, /* a printed holder's tags */
    TNS_SCALE_CHART   /* a chart whose pitch is known */
} tns_scale_source;

/* How large things are at one place of the picture; elsewhere perspective changes it. */
typedef struct tns_photo_scale {
    tns_scale_source source;
    double mm_per_px;
    double uncertainty; /* of that, k = 2 */
    tns_point at;       /* the middle of the scalp's window, or of the chart */
    double tilt;        /* degrees, of the holder against the picture's plane; NaN = not known */
} tns_photo_scale;

enum { TNS_PHOTO_MEMBERS = 3 };

/* A fit, of a matrix ("3x3") or of a root polynomial ("rp2", "rp3"), and what it counts. */
typedef struct tns_photo_member {
    char model[8];
    double weight; /* 1 with the others */
} tns_photo_member;

/* Leave-one-out figures in dE00 over the patches used. */
typedef struct tns_photo_fit {
    char model[32]; /* "3x3,rp2,rp3+tone+light+offset": the mean of these */
    tns_photo_member members[TNS_PHOTO_MEMBERS];
    size_t member_count; /* 0 in records of before the mean */
    double loo_mean, loo_p95, loo_max;
    double skin_de00;              /* mean of the two skin patches; NaN when neither is used */
    double plain_mean, plain_skin; /* the same figures of a 3x3 matrix alone, to compare with */

    /*
     * y = light in BT.709 primaries - offset; t = (y / (1 - shoulder y)) ^ (tone exp(lean)), lean
     * of red and of blue; then t = t / exp(slope . p + bend . (xx, xy, yy)), with p = (x, y) from
     * the chart's middle to the right and down in chart widths, held beyond 1.5 of them, the bend
     * beyond 0.55; XYZ / 100 under D50 = matrix t + extra e, where e are the roots sqrt(rg),
     * sqrt(gb), sqrt(rb), then cbrt of rgg, gbb, rbb, rrg, ggb, rrb, rgb, each less the weighted
     * mean of its factors: 3 of degree 2, 10 of degree 3. To the Lab of that is added what is left
     * near the color, by kriging: docs/photo.md.
     */
    int degree;
    double matrix[3][3], extra[3][10];
    double tone, lean[2], shoulder, offset;
    double slope[2], bend[3];
} tns_photo_fit;

/*
 * Two kinds of thing in one region, hair and skin as a rule: its lightnesses fall into two heaps.
 * The mean is then the color of an area, of neither of them.
 */
typedef struct tns_mixture {
    double dark_share;      /* 0..1; 0 = one kind only */
    double dark_L, light_L; /* the heaps' mean lightness */
} tns_mixture;

/* The pixels that are left once those clipped and those that mirror the lamp are out. */
typedef struct tns_region_statistics {
    size_t pixels;
    double trim; /* share left out of the mean at either end of the luminance; 0 of a mixture */
    /* Of a region with color, under D50, 2 degrees: */
    tns_lab median; /* of X, Y and Z each */
    double mad[3];  /* median absolute deviation of the pixels' own L*, a*, b*, grain included */
    tns_mixture mixture;
} tns_region_statistics;

typedef struct tns_photo_region {
    tns_region region;
    double rgb[3];   /* linear mean without outliers, before correction */
    double clipped;  /* share of pixels at an end of the encoding, 0..1 */
    double specular; /* share left out as specular reflection */
    tns_region_statistics statistics;
    bool has_ita; /* of skin alone */
    double ita;   /* degrees, of the color as read: D50, 2 degrees */
    double ita_u; /* half width at k = 2, from the absolute uncertainty */
    /*
     * No color when the chart's status is TNS_CHART_NONE. The color is that of the mean; the
     * spectrum is reconstructed from it.
     */
    tns_reading reading;
} tns_photo_region;

typedef struct tns_photo {
    tns_image_info image;
    tns_photo_chart chart;
    tns_photo_scale scale;
    tns_photo_patch *patches;
    size_t patch_count;
    bool has_fit;
    tns_photo_fit fit;
    tns_photo_region *regions;
    size_t region_count;
    bool has_follicles;
    tns_follicles follicles;
    tns_warnings warnings;
} tns_photo;

/*
 * Reads a photo. `options` and `context` may be NULL. Fails with TNS_ERROR_CHART_REFUSED when no
 * chart can be trusted; `out` then holds what is known (status, reason, patches if sampled), and no
 * region. TNS_ERROR_USAGE: a region or a corner outside the image, a polygon that crosses
 * itself or holds no pixel, a place that the chart does not have, corners that span no
 * quadrilateral. After other failures `out` is empty. tns_photo_finish() it in every case.
 */
TNS_API bool tns_photo_read(const char *path, const tns_photo_options *options,
                            const tns_context *context, tns_photo *out, tns_error *err);

/* The same of an image already decoded. */
TNS_API bool tns_photo_measure(const tns_image *image, const tns_photo_options *options,
                               const tns_context *context, tns_photo *out, tns_error *err);

/* Frees what is inside; an emptied one is taken. */
TNS_API void tns_photo_finish(tns_photo *photo);

TNS_END_DECLS

#endif
