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
#include "service/shelf/course_cards.h"
#include "service/zone/zone_parts.h"

/* With fewer, what is expected before any follow-up weighs more than they do. */
enum { FEW = 5 };

typedef struct lesson {
    tns_stock *stock;
    const tns_course_order *order;
    tns_viewing day;
    tns_card_readings cards;
    tns_followup *dots;
    size_t *dot_of; /* the follow-up in `out` of each dot */
    tns_area_followup *areas;
    tns_course_learned *out;
} lesson;

static bool gather(lesson *l, tns_error *err)
{
    if (!tns_card_readings_find(l->stock, &l->cards, err))
        return false;
    size_t count = l->cards.count;
    l->dots = calloc(count + 1, sizeof *l->dots);
    l->dot_of = calloc(count + 1, sizeof *l->dot_of);
    l->areas = calloc(count + 1, sizeof *l->areas);
    l->out->followups = calloc(count + 1, sizeof *l->out->followups);
    return (l->dots && l->dot_of && l->areas && l->out->followups) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "course: out of memory");
}

/* ---- what belongs to a follow-up ---- */

/* The bare skin beside a follow-up, as layers; why not, else. */
static bool find_skin(const lesson *l, const tns_card_reading *of, tns_skin_fit *out,
                      tns_error *why)
{
    const tns_card_reading *skin = tns_card_readings_nearest(&l->cards, of, TNS_WHAT_SKIN);
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

static bool take_dot(lesson *l, const tns_card_reading *k, tns_course_followup *f, tns_error *why)
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

static bool take_area(lesson *l, const tns_card_reading *k, tns_error *why)
{
    const tns_course_order *o = l->order;
    tns_area_followup area = {
        .order = o->dots, .per_cm2 = o->per_cm2, .diameter_mm = o->diameter_mm};
    const tns_card_reading *dot = tns_card_readings_nearest(&l->cards, k, TNS_WHAT_DOT),
                           *skin = tns_card_readings_nearest(&l->cards, k, TNS_WHAT_SKIN);
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
static bool had_come(const lesson *l, const tns_card_reading *k, tns_error *why)
{
    enum { DAY = 86400 };
    tns_visit visit;
    if (!tns_visit_find(l->stock, k->at->visit, &visit, why))
        return false;
    return k->at->recorded >= visit.opened + (int64_t)(k->at->days - 1) * DAY ||
           tns_error_set(why, TNS_ERROR_RANGE, "entered before day %d of V%lld had come",
                         k->at->days, (long long)visit.id);
}

static bool take(lesson *l, const tns_card_reading *k, tns_course_followup *f, tns_error *why)
{
    tns_color seen;
    if (k->fault.code != TNS_OK) {
        *why = k->fault;
        return false;
    }
    if (!tns_reading_color(&k->reading, &l->day, &seen, NULL, why))
        return false;
    f->has_seen = true; /* told of one that teaches nothing, too */
    f->seen = seen.lab;
    if (!had_come(l, k, why))
        return false;
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

static bool is_asked_for(const tns_course_order *o, const tns_card_reading *k)
{
    bool asked = o->visit_count == 0;
    for (size_t i = 0; i < o->visit_count; i++)
        asked |= o->visits[i] == k->at->visit;
    return asked && k->at->days > 0 && k->reading.what != TNS_WHAT_SKIN;
}

static void take_each(lesson *l)
{
    for (size_t i = 0; i < l->cards.count; i++) {
        const tns_card_reading *k = &l->cards.readings[i];
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

/* A follow-up says so itself; what is needed beside one does not. */
static void warn_of_unreadable(const lesson *l)
{
    for (size_t i = 0; i < l->cards.count; i++) {
        const tns_card_reading *k = &l->cards.readings[i];
        if (k->fault.code != TNS_OK && k->at->days == 0)
            tns_warn(&l->out->warnings, "C%lld: what was read at %s at V%lld cannot be read: %s",
                     (long long)k->client, k->at->site, (long long)k->at->visit, k->fault.text);
    }
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
    warn_of_unreadable(l);
}

bool tns_service_course_learned(tns_stock *stock, const tns_course_order *order,
                                tns_course_learned *out, tns_error *err)
{
    lesson l = {.stock = stock, .order = order, .out = out};
    memset(out, 0, sizeof *out);
    tns_text_copy(out->palette, sizeof out->palette, order->palette->name);
    if (!tns_stock_begin_reading(stock, err)) /* one state of the store for all questions */
        return false;
    bool done = tns_viewing_find("D65/10", &l.day, err) && have_been(&l, err) && gather(&l, err);
    if (done)
        take_each(&l);
    tns_stock_end_reading(stock);
    if (done) {
        done = tns_healing_learn(l.dots, out->dots, &out->healing, err) && forecast_each(&l, err) &&
               learn_width(&l, err);
        warn(&l);
    }
    tns_card_readings_finish(&l.cards);
    free(l.dots);
    free(l.dot_of);
    free(l.areas);
    return done;
}
