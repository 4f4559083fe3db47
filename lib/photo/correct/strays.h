/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A patch that is not what the others say it is, though the fit was bent to it. */
#ifndef PHOTO_CORRECT_STRAYS_H
#define PHOTO_CORRECT_STRAYS_H

#include "photo/correct/fit.h"

/*
 * The worst of the patches that a fit was made to, or -1 when none is a stray: far from what a fit
 * without it would predict, and far beyond the scatter of the others, by the deletion test of Cook
 * and Weisberg (Residuals and Influence in Regression, 1982, 2.2). What is fitted absorbs a part
 * of a patch that is covered, so that its residual alone does not tell.
 */
int tns_stray_find(const tns_color_fit *fit, const tns_fit_patch *patches);

#endif
