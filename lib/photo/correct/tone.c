/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include "photo/correct/tone.h"

static const double TANGENT = 1e-3;
static const double STEEPEST = 0.05; /* least 1 - shoulder y */

tns_toned tns_tone(double y, double shoulder, double gamma)
{
    double d = fmax(1 - shoulder * y, STEEPEST), u = y / d;
    double at = fmax(u, TANGENT), log_at = log(at), power = exp(gamma * log_at);
    double beyond = (u - at) / at, by_u = gamma * power / at;
    bool bends = d > STEEPEST;
    tns_toned out = {.t = power * (1 + gamma * beyond)};
    out.by_y = by_u * (bends ? 1 / (d * d) : 1 / d);
    out.by_shoulder = bends ? by_u * u * u : 0;
    out.by_log_tone = gamma * (out.t * log_at + power * beyond);
    return out;
}
