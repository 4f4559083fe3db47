/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a color space that a file states is one that a photo can be in. */
#ifndef PHOTO_DECODE_SENSE_H
#define PHOTO_DECODE_SENSE_H

#include <lcms2.h>

#include <tonsure/error.h>

/*
 * Grays must become lighter from black to white, white be about as light as 1, half the scale hold
 * 5 to 75 % of it (a gamma of 0.4 to 4.3), each channel count, and every color be finite. From
 * encoded R, G, B to linear BT.2020 in floating point; `what` is "ICC profile" or the like. Fails
 * with TNS_ERROR_FORMAT, saying what the space does.
 */
bool tns_sense_check(cmsHTRANSFORM transform, const char *what, const char *name, tns_error *err);

#endif
