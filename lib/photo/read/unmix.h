/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The colors of hair and skin by themselves, out of pixels that are mixtures of both.
 *
 * A pixel is p = a hair + (1 - a) skin, a being the share of it that is hair: the hair's outline,
 * blurred as the picture is. The blur and the hairs' true widths are fitted to how dark the hairs
 * are across; a hair has one color, whatever its width, and that parts blur from width. Then XYZ is
 * regressed on a and read at a = 1.
 */
#ifndef PHOTO_READ_UNMIX_H
#define PHOTO_READ_UNMIX_H

#include <tonsure/follicles.h>

#include "photo/correct/calibration.h"
#include "photo/read/ground.h"

typedef struct tns_unmixed {
    double rgb[3];        /* linear, as it came */
    tns_xyz xyz;          /* corrected */
    double covariance[6]; /* of its Lab, one standard deviation: LL, La, Lb, aa, ab, bb */
} tns_unmixed;

typedef struct tns_unmixing {
    tns_unmixed hair, skin;
    double blur_px;  /* standard deviation */
    double width_px; /* median true width of the hairs */
    double share;    /* mean largest share of hair in a pixel: how far hair is extrapolated */
    int hairs;       /* used; 0 = too few for a color */
} tns_unmixing;

/* False without memory. */
bool tns_unmix(const tns_light *light, const tns_calibration *calibration,
               const tns_follicles *follicles, uint64_t seed, tns_unmixing *out);

#endif
