/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reference color as the light of an image: what patches are compared by. */
#ifndef PHOTO_CHART_ORDER_H
#define PHOTO_CHART_ORDER_H

#include <tonsure/colorimetry.h>

/* Natural logarithms of linear BT.2020 R, G, B; nothing is darker than 1e-4 of white. */
void tns_reference_log_light(tns_lab lab, double out[3]);

#endif
