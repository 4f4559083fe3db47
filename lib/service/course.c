/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the readings on clients' cards, and the pots of their visits, to what they teach. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/course.h>
#include <tonsure/difference.h>
#include <tonsure/pot.h>

#include "base/text.h"
#include "service/parts.h"
#include "service/zone_parts.h"

/* With fewer, what is expected before any follow-up weighs more than they do. */
enum { FEW = 5 };

/* A reading on a card. */
typedef struct kept {
    int64_t client;
    const tns_site_reading *at;
    tns_reading reading; /* nothing, where it cannot be read */
    tns_error fault;     /* then why */
} kept;

typedef struct lesson {
    tns_stock *stock;
    const tns_course_order *order;
    tns_viewing day;
    size_t client_count;
    int64_t *clients;
    tns_site_reading_list *lists; /* of each of them, borrowed by `kept` */
    size_t kept_count;
    kept *kept; /* client by client */
    tns_followup *dots;
    size_t *dot_of; /* the follow-up in `out` of each dot */
    tns_area_followup *areas;
    tns_course_learned *out;
} lesson;

/* ---- gathering ---- */

static int by_number(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

/* Those who have visits, each once. */
static bool list_clients(lesson *l, tns_error *err)
{
    const tns_visit_question everyone = {0};
    tns_visit_list visits = {0};
    if (!tns_visit_list_find(l->stock, &everyone, &visits, err))
        return false;
    l->clients = calloc(visits.count + 1, sizeof *l->clients);
    l->lists = calloc(visits.count + 1, sizeof *l->lists);
    bool done =
        (l->clients && l->lists) || tns_error_set(err, TNS_ERROR_MEMORY, "course: out of memory");
    for (size_t i = 0; done && i < visits.count; i++)
        l->clients[i] = visits.visits[i].client;
    if (done)
        qsort(l->clients, visits.count, sizeof *l->clients, by_number);
    for (size_t i = 0; done && i < visits.count; i++)
        if (i == 0 || l->clients[i] != l->clients[l->client_count - 1])
            l->clients[l->client_count++] = l->clients[i];
    tns_visit_list_finish(&visits);
    return done;
}

static bool read_cards(lesson *l, size_t *total, tns_error *err)
{
    if (!list_clients(l, err))
        return false;
    for (size_t i = 0; i < l->client_count; i++) {
        if (!tns_visit_readings(l->stock, l->clients[i], 0, &l->lists[i], err))
            return false;
        *total += l->lists[i].count;
    }
    return true;
}

static bool make_room(lesson *l, size_t count, tns_error *err)
{
    l->kept = calloc(count + 1, sizeof *l->kept);
    l->dots = calloc(count + 1, sizeof *l->dots);
    l->dot_of = calloc(count + 1, sizeof *l->dot_of);
    l->areas = calloc(count + 1, sizeof *l->areas);
    l->out->followups = calloc(count + 1, sizeof *l->out->followups);
    return (l->kept && l->dots && l->dot_of && l->areas && l->out->followups) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "course: out of memory");
}

static void keep(lesson *l, int64_t client, const tns_site_reading *at)
{
    kept *k = &l->kept[l->kept_count++];
    char name[48];
    tns_text_format(name, sizeof name, "reading of V%lld", (long long)at->visit);
    k->client = client;
    k->at = at;
    if (!tns_reading_parse(at->record, strlen(at->record), name, &k->reading, &k->fault))
        k->reading = (tns_reading){0};
}

static bool gather(lesson *l, tns_error *err)
{
    size_t total = 0;
    if (!read_cards(l, &total, err) || !make_room(l, total, err))
        return false;
    for (size_t i = 0; i < l->client_count; i++)
        for (size_t k = 0; k < l->lists[i].count; k++)
            keep(l, l->clients[i], &l->lists[i].readings[k]);
    return true;
}

/* ---- what belongs to a follow-up ---- */

static bool is_healed_of(const kept *k, int64_t visit)
{
    return k->at->visit == visit && k->at->days >= TNS_HEALED_DAYS;
}

/* The nearest of the client's readings of a kind: of the site, of the visit, then the latest; a dot
   is of the same visit, and has healed. */
static const kept *nearest(const lesson *l, const kept *to, tns_what what)
{
    const kept *best = NULL, *first = to, *end = l->kept + l->kept_count;
    int closest = -1;
    while (first > l->kept && first[-1].client == to->client)
        first--;
    for (const kept *k = first; k < end && k->client == to->client; k++) {
        int close = 2 * (strcmp(k->at->site, to->at->site) == 0) + (k->at->visit == to->at->visit);
        if (k->reading.what != what || close < closest ||
            (what == TNS_WHAT_DOT && !is_healed_of(k, to->at->visit)) ||
            (close == closest && k->at->recorded < best->at->recorded))
            continue;
        best = k;
        closest = close;
    }
    return best;
}

/* The bare skin beside a follow-up, as layers; why not, else. */
static bool find_skin(const lesson *l, const kept *of, tns_skin_fit *out, tns_error *why)
{
    const kept *skin = nearest(l, of, TNS_WHAT_SKIN);
    tns_warnings ignored = {0};
    if (!skin)
        return tns_error_set(why, TNS_ERROR_NOT_FOUND,
                             "no bare skin of the client was read: visit read V.. --what skin");
    return tns_skin_fit_reading(&skin->reading, out, why) &&
           (out->is_skin ||
            tns_error_set(why, TNS_ERROR_RANGE, "the skin beside it: %.120s", out->reason)) &&
           tns_role_check_specular(of->reading.source.specular, skin->reading.source.specular,
                                   &ignored, why);
}

/* Of the whole pot, per microlitre; its diluent has neither. */
static bool mix_of(const tns_palette *palette, const tns_pot *pot, tns_followup *out,
                   tns_error *why)
{
    for (size_t i = 0; i < pot->part_count; i++) {
        const tns_pot_taken *part = &pot->parts[i];
        int index = tns_palette_index(palette, part->pigment);
        if (part->kind == TNS_PRODUCT_DILUENT)
            continue;
        if (index < 0)
            return tns_error_set(why, TNS_ERROR_NOT_FOUND, "%s of P%lld is not in palette %.40s",
                                 part->pigment, (long long)pot->id, palette->name);
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[b] += palette->pigments[index].K[b] * (double)part->ul / (double)pot->ul;
            out->S[b] += palette->pigments[index].S[b] * (double)part->ul / (double)pot->ul;
        }
    }
    return true;
}

/* Whole microlitres of small pots make a few parts in a hundred. */
static bool are_alike(const double *one, const double *other)
{
    static const double NEAR = 0.05;
    for (int b = 0; b < TNS_BANDS; b++)
        if (fabs(one[b] - other[b]) > NEAR * fmax(one[b], other[b]))
            return false;
    return true;
}

/* Of the visit's pots, which must be of one liquid. */
static bool mix_of_all(const lesson *l, const tns_pot_list *pots, tns_followup *out, tns_error *why)
{
    for (size_t i = 0; i < pots->count; i++) {
        tns_followup other = {0};
        if (!mix_of(l->order->palette, &pots->pots[i], i == 0 ? out : &other, why))
            return false;
        if (i > 0 && !(are_alike(out->K, other.K) && are_alike(out->S, other.S)))
            return tns_error_set(why, TNS_ERROR_CONFLICT,
                                 "V%lld had pots of several recipes: of which the dot is, nobody "
                                 "told",
                                 (long long)pots->pots[i].visit);
    }
    return true;
}

static bool find_liquid(const lesson *l, int64_t visit, tns_followup *out, int64_t *pot,
                        tns_error *why)
{
    const tns_pot_question of = {.visit = visit};
    tns_pot_list pots = {0};
    bool done = tns_pot_list_find(l->stock, &of, &pots, why) &&
                (pots.count > 0 || tns_error_set(why, TNS_ERROR_NOT_FOUND,
                                                 "no pot was mixed for V%lld", (long long)visit)) &&
                mix_of_all(l, &pots, out, why);
    *pot = done ? pots.pots[0].id : 0;
    tns_pot_list_finish(&pots);
    return done;
}

static bool have_been(const lesson *l, tns_error *err)
{
    tns_visit visit;
    for (size_t i = 0; i < l->order->visit_count; i++)
        if (!tns_visit_find(l->stock, l->order->visits[i], &visit, err))
            return false;
    return true;
}

/* ---- a follow-up ---- */

static bool spectrum_of(const lesson *l, const tns_reading *reading, tns_zone_color *out,
                        tns_error *why)
{
    if (!tns_reading_spectrum(reading, &out->spectrum, why))
        return false;
    tns_reading_covariance(reading, &out->spectrum, &l->day, out->covariance);
    return true;
}

static bool take_dot(lesson *l, const kept *k, tns_course_followup *f, tns_error *why)
{
    tns_followup dot = {.palette = l->order->palette};
    tns_zone_color seen;
    tns_skin_fit skin;
    if (!spectrum_of(l, &k->reading, &seen, why) || !find_skin(l, k, &skin, why) ||
        !find_liquid(l, k->at->visit, &dot, &f->pot, why))
        return false;
    dot.skin = skin.skin;
    dot.specular = skin.specular;
    dot.seen = f->seen;
    memcpy(dot.covariance, seen.covariance, sizeof dot.covariance);
    l->dot_of[l->out->dots] = l->out->count;
    l->dots[l->out->dots++] = dot;
    return true;
}

static bool take_area(lesson *l, const kept *k, tns_error *why)
{
    const tns_course_order *o = l->order;
    tns_area_followup area = {
        .order = o->dots, .per_cm2 = o->per_cm2, .diameter_mm = o->diameter_mm};
    const kept *dot = nearest(l, k, TNS_WHAT_DOT), *skin = nearest(l, k, TNS_WHAT_SKIN);
    if (!(o->per_cm2 > 0))
        return tns_error_set(why, TNS_ERROR_USAGE,
                             "how its dots were planned is not told: --density, --diameter");
    if (!skin || !dot)
        return tns_error_set(why, TNS_ERROR_NOT_FOUND, "no %s beside it was read",
                             skin ? "healed dot" : "bare skin");
    if (!spectrum_of(l, &k->reading, &area.area, why) ||
        !spectrum_of(l, &skin->reading, &area.skin, why) ||
        !spectrum_of(l, &dot->reading, &area.dot, why))
        return false;
    l->areas[l->out->areas++] = area;
    return true;
}

/* A day that had not come when it was written down is a slip. */
static bool had_come(const lesson *l, const kept *k, tns_error *why)
{
    enum { DAY = 86400 };
    tns_visit visit;
    if (!tns_visit_find(l->stock, k->at->visit, &visit, why))
        return false;
    return k->at->recorded >= visit.opened + (int64_t)(k->at->days - 1) * DAY ||
           tns_error_set(why, TNS_ERROR_RANGE, "entered before day %d of V%lld had come",
                         k->at->days, (long long)visit.id);
}

static bool take(lesson *l, const kept *k, tns_course_followup *f, tns_error *why)
{
    tns_color seen;
    if (k->fault.code != TNS_OK) {
        *why = k->fault;
        return false;
    }
    if (!had_come(l, k, why) || !tns_reading_color(&k->reading, &l->day, &seen, NULL, why))
        return false;
    f->seen = seen.lab;
    if (k->at->days < TNS_HEALED_DAYS)
        return tns_error_set(why, TNS_ERROR_RANGE, "read %d days after: not healed before day %d",
                             k->at->days, TNS_HEALED_DAYS);
    if (f->what == TNS_WHAT_AREA)
        return take_area(l, k, why);
    return f->what == TNS_WHAT_DOT ? take_dot(l, k, f, why)
                                   : tns_error_set(why, TNS_ERROR_USAGE,
                                                   "it does not say whether it is of a dot or of "
                                                   "an area: --what dot|area");
}

static bool is_asked_for(const tns_course_order *o, const kept *k)
{
    bool asked = o->visit_count == 0;
    for (size_t i = 0; i < o->visit_count; i++)
        asked |= o->visits[i] == k->at->visit;
    return asked && k->at->days > 0 && k->reading.what != TNS_WHAT_SKIN;
}

static void take_each(lesson *l)
{
    for (size_t i = 0; i < l->kept_count; i++) {
        const kept *k = &l->kept[i];
        tns_error why;
        if (!is_asked_for(l->order, k))
            continue;
        tns_course_followup *f = &l->out->followups[l->out->count];
        f->visit = k->at->visit;
        f->client = k->client;
        f->days = k->at->days;
        f->what = k->reading.what;
        tns_text_copy(f->site, sizeof f->site, k->at->site);
        if (!take(l, k, f, &why))
            tns_text_format(f->passed_over, sizeof f->passed_over, "%s", why.text);
        l->out->count++;
    }
}

/* ---- learning ---- */

static bool forecast(const tns_followup *dot, const tns_healing_terms *terms,
                     const tns_viewing *day, double *de00, tns_error *err)
{
    const tns_healing way = tns_healing_typical(terms);
    tns_surface surface;
    if (!tns_surface_healed(dot->palette, &dot->skin, dot->specular, &way, &surface, err))
        return false;
    tns_spectrum told = tns_surface_reflectance(&surface, dot->K, dot->S);
    *de00 = tns_de00(dot->seen, tns_lab_from_spectrum(&told, day));
    return true;
}

static bool forecast_each(lesson *l, tns_error *err)
{
    for (size_t i = 0; i < l->out->dots; i++) {
        tns_course_followup *f = &l->out->followups[l->dot_of[i]];
        if (!forecast(&l->dots[i], NULL, &l->day, &f->de00_before, err) ||
            !forecast(&l->dots[i], &l->out->healing.terms, &l->day, &f->de00_after, err))
            return false;
        f->has_forecasts = true;
    }
    return true;
}

static bool learn_width(lesson *l, tns_error *err)
{
    tns_course_learned *out = l->out;
    const tns_course_order *o = l->order;
    out->has_width = out->areas > 0;
    out->order = o->dots;
    out->per_cm2 = o->per_cm2;
    out->diameter_mm = o->diameter_mm;
    out->n = o->yule_nielsen > 0 ? o->yule_nielsen : TNS_YULE_NIELSEN;
    return !out->has_width || tns_width_learn(l->areas, out->areas, out->n, &out->width, err);
}

static void warn(const lesson *l)
{
    tns_course_learned *out = l->out;
    if (out->dots == 0)
        tns_warn(&out->warnings, "no healed dot taught anything: what is told is what is expected "
                                 "of any hand");
    else if (out->dots < FEW)
        tns_warn(&out->warnings, "%zu healed dot%s: what is expected of any hand still weighs more",
                 out->dots, out->dots > 1 ? "s" : "");
    if (l->order->visit_count == 0 && out->dots > 1)
        tns_warn(&out->warnings,
                 "all visits count as one hand's: name the visits of one, where there are several");
}

bool tns_service_course_learned(tns_stock *stock, const tns_course_order *order,
                                tns_course_learned *out, tns_error *err)
{
    lesson l = {.stock = stock, .order = order, .out = out};
    memset(out, 0, sizeof *out);
    tns_text_copy(out->palette, sizeof out->palette, order->palette->name);
    bool done = tns_viewing_find("D65/10", &l.day, err) && have_been(&l, err) && gather(&l, err);
    if (done) {
        take_each(&l);
        done = tns_healing_learn(l.dots, out->dots, &out->healing, err) && forecast_each(&l, err) &&
               learn_width(&l, err);
        warn(&l);
    }
    for (size_t i = 0; i < l.client_count && l.lists; i++)
        tns_site_reading_list_finish(&l.lists[i]);
    free(l.clients);
    free(l.lists);
    free(l.kept);
    free(l.dots);
    free(l.dot_of);
    free(l.areas);
    return done;
}
