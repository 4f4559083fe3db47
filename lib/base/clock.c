/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "base/clock.h"

double tns_seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
