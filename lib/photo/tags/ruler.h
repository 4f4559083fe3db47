/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Millimetres in a picture: from a printed holder, or from a chart of known size. */
#ifndef PHOTO_TAGS_RULER_H
#define PHOTO_TAGS_RULER_H

#include "photo/chart/placement.h"
#include "photo/tags/sheet.h"

/* The scale in the middle of the scalp's window. */
tns_photo_scale tns_ruler_of_sheet(const tns_sheet *sheet);

/* The scale in the chart's middle; its pitch must be known. */
tns_photo_scale tns_ruler_of_chart(const tns_chart *chart, const tns_placement *placement);

#endif
