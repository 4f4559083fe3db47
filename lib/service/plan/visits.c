/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All visits to come: booked in the store, booked elsewhere, and what follows from them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

/* Besides the plan's own days, so many that an order of its last day has to cover; and so many back
   in which a visit may still bring one. */
enum { BEYOND = 120, BACK = 120 };
static const double TAKES_PLACE = 0.95;

void *tns_plan_grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    size_t wanted = *room ? 2 * *room : 16;
    void *more = realloc(array, wanted * size);
    if (more)
        *room = wanted;
    return more;
}

static tns_day last_day(const tns_plan_work *w)
{
    return w->request->until + BEYOND;
}

static bool add(tns_plan_work *w, const tns_plan_visit *visit, tns_error *err)
{
    tns_plan_visits *v = &w->visits;
    tns_plan_visit *more = tns_plan_grow(v->visits, v->count, &v->room, sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    v->visits = more;
    more[v->count++] = *visit;
    return true;
}

/* ---- booked ---- */

static tns_course_step step_of(tns_visit_kind kind)
{
    static const tns_course_step steps[] = {TNS_STEP_1, TNS_STEP_2, TNS_STEP_3, TNS_STEP_TOUCH_UP};
    return steps[kind];
}

/* What was mixed, not what was meant to be. */
static void set_mixed(const tns_plan_work *w, const tns_visit *v, tns_plan_visit *out)
{
    const tns_plan_mixed *mixed = tns_plan_find_mixed(w, v->id);
    if (!mixed || !mixed->recipe[0])
        return;
    out->recipe = mixed->recipe;
    out->pot_ul = (double)mixed->ul;
}

/* Of those that are over too: odds of 0, for what follows from them. */
static bool add_own(tns_plan_work *w, tns_error *err)
{
    const tns_visit_question question = {
        .from = w->today - BACK, .to = last_day(w), .present = true};
    if (!tns_visit_list_find(w->stock, &question, &w->booked, err) ||
        !tns_plan_gather_mixed(w, question.from, err))
        return false;
    for (size_t i = 0; i < w->booked.count; i++) {
        const tns_visit *v = &w->booked.visits[i];
        bool to_come = v->state == TNS_VISIT_BOOKED && v->day >= w->today;
        tns_plan_visit visit = {.day = v->day,
                                .kind = step_of(v->kind),
                                .area_cm2 = (double)v->area_mm2 / 100,
                                .pot_ul = (double)v->pot_ul,
                                .recipe = v->recipe,
                                .odds = to_come ? TAKES_PLACE : 0};
        snprintf(visit.client, sizeof visit.client, "C%" PRId64, v->client);
        set_mixed(w, v, &visit);
        w->out->visits += to_come;
        if ((to_come || v->state != TNS_VISIT_BOOKED) && !add(w, &visit, err))
            return false;
    }
    return true;
}

static bool is_there(const tns_plan_work *w, int64_t number)
{
    tns_client client;
    return tns_client_find(w->stock, number, &client, NULL) && client.erased == TNS_NO_DAY;
}

/* As the shelf calls its clients: "C12", "c12". */
static bool is_number(const char *client)
{
    size_t digits = client[0] ? strspn(client + 1, "0123456789") : 0;
    return (client[0] == 'C' || client[0] == 'c') && digits > 0 && !client[1 + digits];
}

/* "c12" is the shelf's C12; one that only stands in a title is, where there is one. */
static void set_client(tns_plan_work *w, const tns_booking *b, char out[TNS_BOOKING_CLIENT])
{
    tns_text_copy(out, TNS_BOOKING_CLIENT, b->client);
    if (is_number(out))
        out[0] = 'C';
    if (out[0] || b->number <= 0)
        return;
    if (is_there(w, b->number))
        snprintf(out, TNS_BOOKING_CLIENT, "C%" PRId64, b->number);
    else
        tns_warn(&w->out->warnings,
                 "a title of the bookings names C%" PRId64
                 ", which the shelf has not: its visit is "
                 "counted as nobody's",
                 b->number);
}

static int by_client_day(const void *one, const void *other)
{
    const tns_plan_visit *a = one, *b = other;
    int order = strcmp(a->client, b->client);
    return order ? order : (a->day > b->day) - (a->day < b->day);
}

static int by_client_day_kind(const void *one, const void *other)
{
    const tns_plan_visit *a = one, *b = other;
    int order = by_client_day(one, other);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

/* The shelf's own visit that a booking is of, among the first `own`: nobody comes twice a day. */
static tns_plan_visit *find_own(tns_plan_visits *v, size_t own, const tns_plan_visit *booking)
{
    return own > 0 && booking->client[0]
               ? bsearch(booking, v->visits, own, sizeof *booking, by_client_day)
               : NULL;
}

/* What it does not say itself the booking tells. */
static void complete(tns_plan_visit *own, const tns_plan_visit *booking)
{
    if (!own->recipe[0])
        own->recipe = booking->recipe;
    if (!(own->area_cm2 > 0) && !(own->pot_ul > 0)) {
        own->area_cm2 = booking->area_cm2;
        own->pot_ul = booking->pot_ul;
    }
}

static void warn_of_twins(tns_plan_work *w, size_t count)
{
    if (count > 0)
        tns_warn(&w->out->warnings,
                 "%zu visit%s of the bookings %s the shelf's own too: %s counted once", count,
                 count == 1 ? "" : "s", count == 1 ? "is" : "are",
                 count == 1 ? "it is" : "they are");
}

static void warn_of_nameless(tns_plan_work *w, size_t count)
{
    if (count > 0)
        tns_warn(&w->out->warnings,
                 "%zu visit%s of the bookings tell%s no client, and the shelf has one of that day "
                 "and kind: both are counted, unless the title says whose (C12)",
                 count, count == 1 ? "" : "s", count == 1 ? "s" : "");
}

/* Of a name, or of another program's number. */
static void warn_of_strangers(tns_plan_work *w, size_t count)
{
    if (count > 0)
        tns_warn(&w->out->warnings,
                 "%zu visit%s of the bookings call%s the client by no number of the shelf's (C12), "
                 "and the shelf has a visit of that day and kind: both are counted",
                 count, count == 1 ? "" : "s", count == 1 ? "s" : "");
}

/* Of each day from today on a bit for each kind of the shelf's own visits. NULL without memory. */
static unsigned char *own_kinds(const tns_plan_work *w)
{
    unsigned char *kinds = calloc((size_t)(last_day(w) - w->today) + 1, 1);
    for (size_t i = 0; kinds && i < w->visits.count; i++) {
        const tns_plan_visit *v = &w->visits.visits[i];
        if (v->day >= w->today && v->day <= last_day(w))
            kinds[v->day - w->today] |= (unsigned char)(1U << v->kind);
    }
    return kinds;
}

typedef struct others {
    size_t own;           /* the first so many visits are the shelf's own, sorted */
    unsigned char *kinds; /* owned */
    size_t twins, nameless, strangers;
} others;

static bool add_other(tns_plan_work *w, const tns_booking *b, others *o, tns_error *err)
{
    tns_plan_visit visit = {.day = b->day,
                            .kind = b->kind,
                            .area_cm2 = b->area_cm2,
                            .pot_ul = b->pot_ul,
                            .recipe = b->recipe,
                            .odds = TAKES_PLACE};
    if (b->day < w->today || b->day > last_day(w)) {
        w->out->passed_over++;
        return true;
    }
    set_client(w, b, visit.client);
    tns_plan_visit *twin = find_own(&w->visits, o->own, &visit);
    if (twin) {
        o->twins++;
        complete(twin, &visit);
        return true;
    }
    w->out->visits++;
    bool alike = o->kinds[b->day - w->today] >> b->kind & 1U;
    o->nameless += alike && !visit.client[0];
    o->strangers += alike && visit.client[0] && !is_number(visit.client);
    return add(w, &visit, err);
}

static bool add_others(tns_plan_work *w, tns_error *err)
{
    const tns_booking_list *list = w->request->bookings;
    others o = {.own = w->visits.count};
    if (!list)
        return true;
    if (o.own > 1)
        qsort(w->visits.visits, o.own, sizeof *w->visits.visits, by_client_day_kind);
    o.kinds = own_kinds(w);
    bool done = o.kinds || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    for (size_t i = 0; done && i < list->count; i++)
        done = add_other(w, &list->bookings[i], &o, err);
    free(o.kinds);
    w->out->passed_over += list->passed_over;
    warn_of_twins(w, o.twins);
    warn_of_nameless(w, o.nameless);
    warn_of_strangers(w, o.strangers);
    return done;
}

/* ---- who comes again ---- */

/* All are counted: which of them is a slip the plan cannot know. Sorted by client and day. */
static void warn_of_same_day(tns_plan_work *w)
{
    char day[TNS_DAY_TEXT];
    const tns_plan_visit *first = NULL, *last = NULL;
    size_t count = 0; /* of all that have another of their client and day */
    bool again = false;
    for (size_t i = 0; i < w->visits.count; i++) {
        const tns_plan_visit *v = &w->visits.visits[i];
        if (!v->client[0] || !(v->odds > 0))
            continue;
        bool one_more = last && by_client_day(last, v) == 0;
        count += one_more ? 1 + !again : 0;
        first = one_more && !first ? v : first;
        again = one_more;
        last = v;
    }
    if (!first)
        return;
    tns_day_write(first->day, day);
    tns_warn(&w->out->warnings,
             "%zu visits of one client (%s on %s) are booked for one day: each is counted, the "
             "one that is a slip too",
             count, first->client, day);
}

static void take_over(tns_plan_visit *to, const tns_plan_visit *from)
{
    to->recipe = from->recipe;
    if (to->area_cm2 > 0 || to->pot_ul > 0)
        return;
    to->area_cm2 = from->area_cm2;
    to->pot_ul = from->pot_ul;
}

/* A client's visit without a recipe takes that of the one before, else of the next. */
static void remember_recipes(tns_plan_visits *v)
{
    if (v->count < 2)
        return;
    qsort(v->visits, v->count, sizeof *v->visits, by_client_day_kind);
    for (int back = 0; back < 2; back++)
        for (size_t n = 1; n < v->count; n++) {
            size_t to = back ? v->count - 1 - n : n;
            const tns_plan_visit *from = &v->visits[back ? to + 1 : to - 1];
            tns_plan_visit *visit = &v->visits[to];
            if (!visit->recipe[0] && from->recipe[0] && visit->client[0] &&
                strcmp(visit->client, from->client) == 0)
                take_over(visit, from);
        }
}

/* ---- what follows ---- */

static int by_client(const void *one, const void *other)
{
    const tns_plan_visit *a = one, *b = other;
    int order = strcmp(a->client, b->client);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

/* Whether the client has a session after `kind` and up to `last`, so that another one is the one to
   follow from; of nobody in particular, whether anybody has one of `last`: a calendar that has
   follow-ups of its own has them all. */
static bool has_later(const tns_plan_visits *sorted, const char *client, tns_course_step kind,
                      tns_course_step last)
{
    tns_course_step from = client[0] ? kind + 1 : last;
    for (tns_course_step k = from; k <= last; k++) {
        tns_plan_visit key = {.kind = k};
        tns_text_copy(key.client, sizeof key.client, client);
        if (bsearch(&key, sorted->visits, sorted->count, sizeof key, by_client))
            return true;
    }
    return false;
}

static bool follow(tns_plan_work *w, const tns_plan_visits *sorted, const tns_plan_visit *v,
                   tns_error *err)
{
    tns_follow_up next[TNS_FOLLOW_UPS];
    size_t count = tns_follow_ups(&w->request->course, v->kind, v->day, next);
    for (size_t i = 0; i < count; i++) {
        tns_plan_visit visit = *v;
        visit.day = next[i].day;
        visit.kind = next[i].kind;
        visit.odds = next[i].odds * (v->odds > 0 ? v->odds : 1);
        visit.follows = true;
        if (visit.day < w->today || visit.day > last_day(w) ||
            has_later(sorted, v->client, v->kind, visit.kind))
            continue;
        w->out->follow_ups += visit.day <= w->request->until;
        if (!add(w, &visit, err))
            return false;
    }
    return true;
}

/* What is added goes behind the sorted ones, which a copy keeps. */
static bool add_follow_ups(tns_plan_work *w, tns_error *err)
{
    size_t count = w->visits.count;
    if (count == 0)
        return true;
    tns_plan_visits sorted = {.count = count, .visits = malloc(count * sizeof(tns_plan_visit))};
    if (!sorted.visits)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    memcpy(sorted.visits, w->visits.visits, count * sizeof *sorted.visits);
    qsort(sorted.visits, count, sizeof *sorted.visits, by_client);
    bool done = true;
    for (size_t i = 0; i < count && done; i++)
        done = follow(w, &sorted, &sorted.visits[i], err);
    free(sorted.visits);
    return done;
}

/* How early people book, where a file of bookings tells it of ten or more. */
static void learn_pickup(tns_plan_work *w)
{
    enum { ENOUGH = 10 };
    const tns_booking_list *list = w->request->bookings;
    double *ahead = list ? malloc((list->count + 1) * sizeof *ahead) : NULL;
    size_t count = 0;
    for (size_t i = 0; ahead && i < list->count; i++) {
        const tns_booking *b = &list->bookings[i];
        if (b->booked != TNS_NO_DAY && b->booked <= b->day && b->day < w->today)
            ahead[count++] = b->day - b->booked;
    }
    w->pickup = count >= ENOUGH       ? tns_pickup_of(ahead, count)
                : w->visits.count > 0 ? tns_pickup_usual(21)
                                      : tns_pickup_usual(0);
    free(ahead);
}

bool tns_plan_gather_visits(tns_plan_work *w, tns_error *err)
{
    bool done = add_own(w, err) && add_others(w, err);
    remember_recipes(&w->visits);
    warn_of_same_day(w);
    done = done && add_follow_ups(w, err);
    learn_pickup(w);
    return done;
}
