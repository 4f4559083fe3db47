/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What visits to come will take of an item: a calendar of days with what is booked, what follows
 * from that, and what will yet be booked. Amounts are of any unit: microliters, or pieces.
 *
 *   D(t) = sum over bookings of odds * v  +  rate * share of visits not yet booked so far ahead
 *   v    = V_pot * c / (1 - loss), V_pot no less than the least pot that can be measured
 *
 * A session 1 brings its follow-ups with their odds; these are taken off what is yet to be booked.
 * What will yet be booked is counted as hotels and airlines do, by pickup (Weatherford and Kimes,
 * IJF 19, 2003, 401): of the visits of a day, the share that is booked so many days ahead or less.
 */
#ifndef TONSURE_DEMAND_H
#define TONSURE_DEMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/day.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/intermittent.h>
#include <tonsure/reorder.h>

TNS_BEGIN_DECLS

/* ---- weeks ---- */

enum { TNS_WEEK_TEXT = 12 };

/* The Monday of its ISO 8601 week; the week's name, "2026-W48". */
TNS_API tns_day tns_week_monday(tns_day day);
TNS_API void tns_week_write(tns_day day, char out[TNS_WEEK_TEXT]);

/* ---- a visit ---- */

typedef enum tns_course_step {
    TNS_STEP_1,
    TNS_STEP_2,
    TNS_STEP_3,
    TNS_STEP_4,
    TNS_STEP_TOUCH_UP
} tns_course_step;

/* "s1" .. "s4", "touch-up"; false for a word that is none of them, ASCII case aside. */
TNS_API const char *tns_course_step_name(tns_course_step kind);
TNS_API bool tns_course_step_parse(const char *word, tns_course_step *out);

/* How a clinic's courses run; zeroed = as published (95, 85, 20 % of first sessions, every 28 d).
 */
typedef struct tns_course {
    double odds[3]; /* of a second, third and fourth session, of those that had the first */
    int apart_days;
} tns_course;

enum { TNS_FOLLOW_UPS = 3 };

typedef struct tns_follow_up {
    tns_course_step kind;
    tns_day day;
    double odds; /* given that the visit it follows takes place */
} tns_follow_up;

/* What a visit brings: up to three, fewer the later it is, none of a touch-up or a fourth. */
TNS_API size_t tns_follow_ups(const tns_course *course, tns_course_step kind, tns_day day,
                              tns_follow_up out[TNS_FOLLOW_UPS]);

/* A pot and how it is measured out; zeroed members = the usual figure. */
typedef struct tns_measuring {
    double ul_per_cm2; /* mixed liquid for an area (15) */
    double usual_ul;   /* where no area is known (3000) */
    double error_ul;   /* of a syringe or a scale (20) */
    double within;     /* how far off a part may be, as a share of it (0.1) */
    double loss;       /* of what is taken: left in bottle, cap and needle (0.05) */
} tns_measuring;

/* Microliters to mix: for the area, or the usual, and no less than lets the smallest part (its
   share of the mix, 0..1; 0 = whatever is small) be measured. */
TNS_API double tns_measured_pot(const tns_measuring *rule, double area_cm2, double smallest_share);

/* Microliters of a part to take for such a pot. */
TNS_API double tns_measured_part(const tns_measuring *rule, double volume_ul, double share);

/* ---- the calendar of one item ---- */

typedef struct tns_demand_day {
    double booked;   /* expected of what is booked, by its odds */
    double expected; /* of follow-ups, and of what will yet be booked */
    double uses;     /* expected number of visits that take of it */
    double variance; /* of the amount */
    double firm;     /* of what is booked and more likely than not, in full */
    double followed; /* of `expected`, what is of follow-ups */
} tns_demand_day;

typedef struct tns_demand {
    tns_day first; /* the day of day[0] */
    size_t days;
    tns_demand_day *day;   /* owned */
    tns_demand_day beyond; /* of each day after these */
    double size;           /* of one use; 0 = nothing is used */
    double doubt;          /* of the rate of what is not booked, relative, one sd */
    double late_share;     /* of visits that are booked so late that an order cannot follow; see
                              tns_demand_expect() */
} tns_demand;

/* Empty; false without memory. Finish it in every case. */
TNS_API bool tns_demand_init(tns_demand *demand, tns_day first, size_t days, tns_error *err);
TNS_API void tns_demand_finish(tns_demand *demand);

/* A visit that takes an amount if it takes place. One outside the days is passed over. */
typedef struct tns_need {
    tns_day day;
    double amount, odds;
    bool follows; /* not booked: it follows from a visit that is */
} tns_need;

/* Its mean, by the odds, and its variance are added to that day; in full where it is likelier than
   not. */
TNS_API void tns_demand_book(tns_demand *demand, const tns_need *need);

/* ---- what is not booked ---- */

/* Share of visits that are booked less than so many weeks ahead, rising; [0] is 0. */
enum { TNS_PICKUP_WEEKS = 26 };
typedef struct tns_pickup {
    double share[TNS_PICKUP_WEEKS + 1];
} tns_pickup;

/* From how many days ahead past visits were booked, of which there is one at least. */
TNS_API tns_pickup tns_pickup_of(const double *days_ahead, size_t count);
/* Where that is not known: 1 - exp(-days / mean). Mean 0: nobody books. */
TNS_API tns_pickup tns_pickup_usual(double mean_days);
/* Share booked less than so many days ahead, between the weeks in a straight line. */
TNS_API double tns_pickup_late(const tns_pickup *pickup, double days);

/* What is used in general. */
typedef struct tns_usage {
    double per_day;  /* amount */
    double size;     /* of one use */
    double size_cv2; /* squared coefficient of variation of sizes */
    double rests_on; /* the number of uses this was learned from, as it weighs them */
} tns_usage;

/* From the amounts of past weeks, by the method for their pattern, and the number of uses in them.
 */
TNS_API tns_usage tns_usage_of(const double *weeks, size_t count, double uses);

/*
 * Adds what will yet be booked, day by day, less what follows from bookings, and every day beyond.
 * `protect_days`: how long until an order made later could be there.
 */
TNS_API void tns_demand_expect(tns_demand *demand, const tns_usage *usage, const tns_pickup *pickup,
                               int protect_days);

/* Of what an item takes from a day on, another takes `share` too; and nothing is taken from a day
   on any more. */
TNS_API void tns_demand_redirect(const tns_demand *from, tns_day day, double share, tns_demand *to);
TNS_API void tns_demand_end(tns_demand *demand, tns_day day);

/* ---- sums over the days from .. to, both included ---- */

/* In the item's unit: all that is expected; in full, what is booked and more likely than not; what
   is booked, by the odds. Days before the first have nothing, those behind the last `beyond`. */
TNS_API double tns_demand_amount(const tns_demand *demand, tns_day from, tns_day to);
TNS_API double tns_demand_firm(const tns_demand *demand, tns_day from, tns_day to);
TNS_API double tns_demand_booked(const tns_demand *demand, tns_day from, tns_day to);
/* The number of uses, the doubt of the rate in its variance. */
TNS_API tns_moments tns_demand_uses(const tns_demand *demand, tns_day from, tns_day to);

TNS_END_DECLS

#endif
