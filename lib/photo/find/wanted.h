/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts that are looked for in a picture. */
#ifndef PHOTO_FIND_WANTED_H
#define PHOTO_FIND_WANTED_H

#include "photo/find/colors.h"

typedef struct tns_wanted {
    tns_chart *charts;
    int count;
    tns_log_colors *reference; /* of each chart */
} tns_wanted;

/*
 * Every chart known by name, in an edition; one only of those that share places and colors. The one
 * that was asked for comes first (NULL = none): what is another chart is known as that, and not
 * taken for the one asked for. False when out of memory.
 */
bool tns_wanted_make(const tns_chart *named, tns_edition edition, tns_wanted *out);

/* An emptied one is taken. */
void tns_wanted_finish(tns_wanted *wanted);

#endif
