/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clock of ports to real things. In a hurry it runs `hurry` times faster than the world's, so
 * that what a driver takes for ten seconds of silence costs a test one.
 */
#ifndef DEVICES_TRANSPORT_PACE_H
#define DEVICES_TRANSPORT_PACE_H

#include <stdint.h>

typedef struct tns_pace {
    int hurry; /* at least 1 */
} tns_pace;

tns_pace tns_pace_of(int hurry); /* 0 = 1 */

int64_t tns_pace_now_ms(tns_pace pace);

/* The world's milliseconds, rounded up; at least 1. */
int tns_pace_real_ms(tns_pace pace, int64_t duration_ms);

void tns_pace_sleep_ms(tns_pace pace, int duration_ms);

#endif
