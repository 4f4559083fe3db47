/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <tonsure/demand.h>

#include "plan/world.h"

double draw(tns_random *random)
{
    return ((double)tns_random_below(random, 1u << 30) + 0.5) / (1u << 30);
}

double draw_exponential(tns_random *random, double mean)
{
    return -mean * log(draw(random));
}

double draw_normal(tns_random *random)
{
    double radius = sqrt(-2 * log(draw(random)));
    return radius * cos(8 * atan(1) * draw(random));
}

int draw_poisson(tns_random *random, double mean)
{
    double product = draw(random), least = exp(-mean);
    int n = 0;
    for (; product > least; n++)
        product *= draw(random);
    return n;
}

/* ---- a clinic ---- */

typedef struct maker {
    tns_random random;
    clinic clinic;
    size_t room;
    double liked[SHADES];  /* chance of each shade */
    double share[SHADES];  /* of neat pigment in its mix */
    int dropped, drops_on; /* a shade that goes out of use, and when; -1 = none */
    double peak;           /* of the seasons, days into the year */
} maker;

/* Shades are liked unequally; three clinics in ten come to drop one. Mixes are 5 to 15 parts of
   diluent to one of pigment. */
static void furnish(maker *m)
{
    static const double usual[SHADES] = {0.36, 0.26, 0.19, 0.12, 0.07};
    for (int i = 0; i < SHADES; i++) {
        m->liked[i] = usual[i];
        m->share[i] = 1 / (6 + 10 * draw(&m->random));
    }
    for (uint32_t i = SHADES - 1; i > 0; i--) {
        uint32_t k = tns_random_below(&m->random, i + 1);
        double kept = m->liked[i];
        m->liked[i] = m->liked[k];
        m->liked[k] = kept;
    }
    bool drops = draw(&m->random) < 0.3;
    m->dropped = drops ? (int)tns_random_below(&m->random, SHADES) : -1;
    m->drops_on = REMEMBERED + (int)tns_random_below(&m->random, DAYS - REMEMBERED);
    m->peak = YEAR * draw(&m->random);
}

static int choose_shade(maker *m, int day)
{
    for (;;) {
        double at = draw(&m->random);
        for (int i = 0; i < SHADES; i++) {
            at -= m->liked[i];
            if (at <= 0 && (i != m->dropped || day < m->drops_on))
                return i;
            if (at <= 0)
                break;
        }
    }
}

/* Neat pigment for an area of 180 cm2 within a half up or down; one pot in twenty is mixed twice.
 */
static visit pot_of(maker *m, int shade, bool whole)
{
    double area = (whole ? 180 : 90) * exp(0.35 * draw_normal(&m->random));
    double pot = tns_measured_pot(NULL, area, m->share[shade]);
    double again = draw(&m->random) < 0.05 ? 2 : 1;
    double ul = tns_measured_part(NULL, pot, m->share[shade]);
    return (visit){.shade = shade, .ul = ul, .taken = again * ul};
}

static void add(maker *m, int booked, int day, visit v)
{
    if (day >= DAYS)
        return;
    if (m->clinic.count == m->room) {
        m->room = m->room ? 2 * m->room : 256;
        m->clinic.visits = realloc(m->clinic.visits, m->room * sizeof *m->clinic.visits);
        if (!m->clinic.visits)
            abort();
    }
    /* One in seventeen calls off. */
    v.comes = draw(&m->random) >= 0.06;
    v.booked = booked;
    v.day = day;
    m->clinic.visits[m->clinic.count++] = v;
}

/* One in five books for this week, half within the month, the others up to ten weeks ahead. */
static int days_ahead(maker *m)
{
    double kind = draw(&m->random);
    return (int)(kind < 0.2   ? 7 * draw(&m->random)
                 : kind < 0.7 ? 7 + 21 * draw(&m->random)
                              : 28 + 42 * draw(&m->random));
}

/* Closed for two weeks in summer, and on Sundays. */
static int open_day(int day)
{
    int in_year = day % YEAR;
    if (in_year >= 210 && in_year < 224)
        day += 224 - in_year;
    return day % 7 == 6 ? day + 1 : day;
}

/* Sessions 2 and 3, and 4 where it has faded early, each made out at the end of the one before. */
static void follow_up(maker *m, int day, int shade)
{
    static const double goes_on[] = {0.95, 0.85 / 0.95, 0.2 / 0.85};
    for (int s = 0; s < 3 && draw(&m->random) < goes_on[s]; s++) {
        int next = open_day(day + 21 + (int)(21 * draw(&m->random)));
        /* Later sessions go darker, half of them by a bottle. */
        if (shade + 1 < SHADES && shade + 1 != m->dropped && draw(&m->random) < 0.5)
            shade++;
        add(m, day, next, pot_of(m, shade, s == 0));
        day = next;
    }
}

static int by_day(const void *one, const void *other)
{
    const visit *a = one, *b = other;
    return a->day != b->day ? (a->day > b->day) - (a->day < b->day)
                            : (a->booked > b->booked) - (a->booked < b->booked);
}

/* Two to thirty sessions a month, as many small clinics as large ones by logarithm; a quarter more
   or less with the season. A course has three sessions; for two courses comes one touch-up of work
   that has faded in three to six years. */
clinic clinic_make(uint64_t seed, int n)
{
    maker m = {.random = tns_random_make(seed * 1000003 + (uint64_t)n)};
    m.clinic.sessions_a_month = 2 * pow(15, draw(&m.random));
    furnish(&m);
    double courses_a_day = m.clinic.sessions_a_month * 12 / YEAR / 3.5;
    for (int booked = -70; booked < DAYS; booked++) {
        double season = 1 + 0.25 * sin(8 * atan(1) * (booked - m.peak) / YEAR);
        for (int k = draw_poisson(&m.random, courses_a_day * season); k > 0; k--) {
            int day = open_day(booked + days_ahead(&m)), shade = choose_shade(&m, day);
            add(&m, booked, day, pot_of(&m, shade, true));
            follow_up(&m, day, shade);
        }
        for (int k = draw_poisson(&m.random, 0.5 * courses_a_day * season); k > 0; k--) {
            int day = open_day(booked + days_ahead(&m)), shade = choose_shade(&m, day);
            add(&m, booked, day, pot_of(&m, shade, false));
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < m.clinic.count; i++)
        if (m.clinic.visits[i].day >= 0)
            m.clinic.visits[kept++] = m.clinic.visits[i];
    m.clinic.count = kept;
    qsort(m.clinic.visits, kept, sizeof *m.clinic.visits, by_day);
    return m.clinic;
}

void clinic_finish(clinic *c)
{
    free(c->visits);
    *c = (clinic){0};
}
