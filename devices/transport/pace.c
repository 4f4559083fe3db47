/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <time.h>

#include "devices/transport/pace.h"

tns_pace tns_pace_of(int hurry)
{
    return (tns_pace){hurry > 1 ? hurry : 1};
}

int64_t tns_pace_now_ms(tns_pace pace)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    return us * pace.hurry / 1000;
}

int tns_pace_real_ms(tns_pace pace, int64_t duration_ms)
{
    int64_t real = (duration_ms + pace.hurry - 1) / pace.hurry;
    return real < 1 ? 1 : real > INT_MAX ? INT_MAX : (int)real;
}

void tns_pace_sleep_ms(tns_pace pace, int duration_ms)
{
    int real = tns_pace_real_ms(pace, duration_ms);
    struct timespec left = {.tv_sec = real / 1000, .tv_nsec = real % 1000 * 1000000L};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}
