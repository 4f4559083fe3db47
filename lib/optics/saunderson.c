/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/saunderson.h>

static double seen_at_once(tns_saunderson surface)
{
    return surface.specular_included ? surface.k1 : 0;
}

double tns_saunderson_measured(tns_saunderson surface, double internal)
{
    double through = (1 - surface.k1) * (1 - surface.k2);
    return seen_at_once(surface) + through * internal / (1 - surface.k2 * internal);
}

double tns_saunderson_slope(tns_saunderson surface, double internal)
{
    double through = (1 - surface.k1) * (1 - surface.k2);
    double left = 1 - surface.k2 * internal;
    return through / (left * left);
}

double tns_saunderson_internal(tns_saunderson surface, double measured)
{
    double through = (1 - surface.k1) * (1 - surface.k2);
    double body = measured - seen_at_once(surface);
    return body / (through + surface.k2 * body);
}
