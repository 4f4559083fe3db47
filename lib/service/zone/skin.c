/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/service.h>

#include "service/parts.h"
#include "service/zone/zone_parts.h"

/* Of the angle atan2(L - 50, b), by first-order propagation. */
static double ita_uncertainty(tns_lab lab, const double c[6])
{
    static const double DEGREES = 180 / 3.14159265358979323846;
    double up = lab.L - 50, square = fmax(up * up + lab.b * lab.b, 1e-6);
    double by_L = lab.b / square, by_b = -up / square;
    double variance = by_L * by_L * c[0] + 2 * by_L * by_b * c[2] + by_b * by_b * c[5];
    return fmin(2 * sqrt(fmax(variance, 0)) * DEGREES, 180);
}

bool tns_service_skin(const tns_reading *reading, tns_skin_record *out, tns_error *err)
{
    tns_viewing viewing;
    double covariance[6];
    unsigned unsaid = 0;
    memset(out, 0, sizeof *out);
    out->reading = *reading;
    if (!tns_role_take(TNS_ROLE_BARE, &out->reading, &unsaid, err) ||
        !tns_skin_fit_reading(&out->reading, &out->fit, err) ||
        !tns_viewing_find("D65/10", &viewing, err))
        return false;
    if (tns_reading_covariance(&out->reading, &out->fit.measured, &viewing, covariance))
        out->ita_uncertainty =
            ita_uncertainty(tns_lab_from_spectrum(&out->fit.measured, &viewing), covariance);
    memcpy(out->interval, out->fit.interval, sizeof out->interval);
    tns_role_warn(unsaid, &out->fit.warnings);
    tns_warn_of_reading(&out->fit.warnings, "the reading", reading);
    return true;
}
