/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a region's name says: a place of the chart, and what is to be seen there. */
#ifndef PHOTO_READ_NAME_H
#define PHOTO_READ_NAME_H

#include <tonsure/chart.h>
#include <tonsure/photo.h>

#include "photo/chart/placement.h"

/*
 * A region by place becomes a polygon, not yet checked. TNS_ERROR_USAGE when the chart has no such
 * place.
 */
bool tns_region_place(tns_region *region, const tns_chart *chart, const tns_placement *placement,
                      tns_error *err);

/* By the words of a name: "skin-left" is skin; UNKNOWN when none says, or two contradict. */
tns_what tns_region_what(const char *name);

#endif
