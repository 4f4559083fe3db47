/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visit brings, and what its pot takes. */
#include <math.h>

#include <tonsure/demand.h>

#include "base/text.h"

static const char *const kinds[] = {"s1", "s2", "s3", "s4", "touch-up"};

const char *tns_course_step_name(tns_course_step kind)
{
    return kinds[kind];
}

bool tns_course_step_parse(const char *word, tns_course_step *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tns_text_same(word, kinds[i])) {
            *out = (tns_course_step)i;
            return true;
        }
    return false;
}

/* ---- follow-ups ---- */

/* Of first sessions, as training pages tell; the days apart as healing asks for. */
static const double usual_odds[] = {0.95, 0.85, 0.2};
enum { USUAL_APART_DAYS = 28 };

/* Of those that had session 1, the share that has session n, from 0. */
static double share_with(const tns_course *course, size_t session)
{
    const double *odds = course && course->odds[0] > 0 ? course->odds : usual_odds;
    return session == 0 ? 1 : odds[session - 1];
}

size_t tns_follow_ups(const tns_course *course, tns_course_step kind, tns_day day,
                      tns_follow_up out[TNS_FOLLOW_UPS])
{
    int apart = course && course->apart_days > 0 ? course->apart_days : USUAL_APART_DAYS;
    size_t count = 0, session = (size_t)kind;
    if (kind == TNS_STEP_TOUCH_UP)
        return 0;
    for (size_t next = session + 1; next <= TNS_FOLLOW_UPS; next++) {
        double odds = fmin(share_with(course, next) / share_with(course, session), 1);
        if (odds > 0)
            out[count++] =
                (tns_follow_up){(tns_course_step)next, day + apart * (int)(next - session), odds};
    }
    return count;
}

/* ---- pots ---- */

static double said_or(double value, double usual)
{
    return value > 0 ? value : usual;
}

double tns_measured_pot(const tns_measuring *rule, double area_cm2, double smallest_share)
{
    const tns_measuring r = rule ? *rule : (tns_measuring){0};
    double wanted = area_cm2 > 0 ? area_cm2 * said_or(r.ul_per_cm2, 15) : said_or(r.usual_ul, 3000);
    double least_part = said_or(r.error_ul, 20) / said_or(r.within, 0.1);
    return smallest_share > 0 ? fmax(wanted, least_part / smallest_share) : wanted;
}

double tns_measured_part(const tns_measuring *rule, double volume_ul, double share)
{
    double loss = said_or(rule ? rule->loss : 0, 0.05);
    return volume_ul * share / (1 - fmin(loss, 0.9));
}
