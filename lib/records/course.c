/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What healed work taught, as a record. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/course_records.h>

#include "base/text.h"
#include "records/parts.h"
#include "records/shelf.h"
#include "records/shelf_get.h"

#define SCHEMA "tonsure/course-learned/1"

enum { FOLLOWUPS_MAX = 1000000, SURFACE_SIZE = 96 };

static const double DE_MAX = 1000, FIGURE_MAX = 1e6;

static const char *const arrangements[] = {"random", "grid"};

/* ---- Writing ---- */

static tns_color day_color(tns_lab lab)
{
    return (tns_color){.lab = lab, .illuminant = "D65", .observer = TNS_OBSERVER_10};
}

static tns_json *json_from_followup(const tns_course_followup *f)
{
    tns_json *json = tns_json_object();
    const tns_color seen = day_color(f->seen);
    tns_json_set_id(json, "visit", 'V', f->visit);
    tns_json_set_id(json, "client", 'C', f->client);
    tns_json_set_text(json, "site", f->site);
    tns_json_set_integer(json, "days", f->days);
    tns_json_set_text_if(json, "what", tns_record_what(f->what));
    tns_json_set_id(json, "pot", 'P', f->pot);
    if (f->has_seen)
        tns_json_set(json, "seen", tns_json_from_color(&seen));
    else
        tns_json_set_null(json, "seen");
    if (f->has_forecasts) {
        tns_json_set_number(json, "de00_before", tns_record_color(f->de00_before));
        tns_json_set_number(json, "de00_after", tns_record_color(f->de00_after));
    }
    if (f->passed_over[0])
        tns_json_set_text(json, "passed_over", f->passed_over);
    else
        tns_json_set_null(json, "passed_over");
    return json;
}

static tns_json *json_from_range(const tns_learned_range *range)
{
    const double ends[2] = {tns_record_color(range->low), tns_record_color(range->high)};
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "median", tns_record_color(range->median));
    tns_json_set(json, "ci90", tns_json_numbers(ends, 2));
    return json;
}

/* To be typed behind --surface, SKIN being a reading. */
static tns_json *json_from_terms(const tns_healing_terms *terms)
{
    char surface[SURFACE_SIZE];
    tns_json *json = tns_json_object();
    tns_text_format(surface, sizeof surface, "healed:SKIN,depth_mm=%.3g,deposit=%.3g",
                    terms->depth_mm, terms->deposit);
    tns_json_set_number(json, "depth_mm", tns_record_color(terms->depth_mm));
    tns_json_set_number(json, "deposit_ul_cm2", tns_record_color(terms->deposit));
    tns_json_set_text(json, "surface", surface);
    return json;
}

static tns_json *json_from_width(const tns_course_learned *l)
{
    tns_json *json = tns_json_object();
    tns_json_set(json, "factor", json_from_range(&l->width));
    tns_json_set_number(json, "density_per_cm2", l->per_cm2);
    tns_json_set_number(json, "diameter_mm", l->diameter_mm);
    tns_json_set_text(json, "arrangement", arrangements[l->order]);
    tns_json_set_number(json, "yule_nielsen", l->n);
    return json;
}

char *tns_course_learned_write(const tns_course_learned *l)
{
    tns_json *record = tns_record(SCHEMA), *followups = tns_json_array();
    for (size_t i = 0; i < l->count; i++)
        tns_json_append(followups, json_from_followup(&l->followups[i]));
    tns_json_set_text(record, "palette", l->palette);
    tns_json_set(record, "followups", followups);
    tns_json_set_integer(record, "dots", (int64_t)l->dots);
    tns_json_set_integer(record, "areas", (int64_t)l->areas);
    tns_json_set(record, "depth_mm", json_from_range(&l->healing.depth_mm));
    tns_json_set(record, "load_ul_cm2", json_from_range(&l->healing.load));
    tns_json_set(record, "terms", json_from_terms(&l->healing.terms));
    if (l->dots > 0) {
        tns_json_set_number(record, "de00_before", tns_record_color(l->healing.de00_before));
        tns_json_set_number(record, "de00_after", tns_record_color(l->healing.de00_after));
    }
    if (l->has_width)
        tns_json_set(record, "width", json_from_width(l));
    else
        tns_json_set_null(record, "width");
    tns_json_set(record, "warnings", tns_json_from_warnings(&l->warnings));
    return tns_record_finish(record);
}

/* ---- Reading ---- */

static bool get_what(const tns_json_at *at, tns_what *out, tns_error *err)
{
    const char *names[TNS_WHAT_INK + 1];
    int what = TNS_WHAT_UNKNOWN;
    for (int i = 0; i <= TNS_WHAT_INK; i++)
        names[i] = tns_record_what((tns_what)i);
    bool done = tns_json_opt_choice(at, "what", names, TNS_WHAT_INK + 1, &what, err);
    *out = (tns_what)what;
    return done;
}

static bool get_followup(const tns_json_at *at, tns_course_followup *out, tns_error *err)
{
    tns_color seen = {0};
    if (!tns_json_expect_object(at, err) || !tns_json_get_id(at, "visit", 'V', &out->visit, err) ||
        !tns_json_get_id(at, "client", 'C', &out->client, err) ||
        !tns_json_get_text(at, "site", out->site, sizeof out->site, err) ||
        !tns_json_get_integer(at, "days", 1, 1000000, &out->days, err) ||
        !get_what(at, &out->what, err))
        return false;
    out->has_seen = !tns_json_is_null(at, "seen");
    if (out->has_seen && !tns_json_get_computed(at, "seen", &seen, err))
        return false;
    out->seen = seen.lab;
    out->has_forecasts = tns_json_has(at, "de00_before");
    return (!tns_json_has(at, "pot") || tns_json_get_id(at, "pot", 'P', &out->pot, err)) &&
           tns_json_opt_number(at, "de00_before", 0, DE_MAX, &out->de00_before, err) &&
           tns_json_opt_number(at, "de00_after", 0, DE_MAX, &out->de00_after, err) &&
           tns_json_opt_text(at, "passed_over", out->passed_over, sizeof out->passed_over, err);
}

static bool get_followups(const tns_json_at *at, tns_course_learned *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "followups", FOLLOWUPS_MAX, &list, &count, err) ||
        !(out->followups = tns_record_array(&list, count, sizeof *out->followups, err)))
        return false;
    for (; out->count < count; out->count++) {
        tns_json_at item = tns_json_item(&list, out->count);
        if (!get_followup(&item, &out->followups[out->count], err))
            return false;
    }
    return true;
}

static bool get_range(const tns_json_at *at, const char *key, tns_learned_range *out,
                      tns_error *err)
{
    tns_json_at range;
    double ends[2];
    if (!tns_json_get_object(at, key, &range, err) ||
        !tns_json_get_number(&range, "median", 0, FIGURE_MAX, &out->median, err) ||
        !tns_json_get_numbers(&range, "ci90", 0, FIGURE_MAX, ends, 2, err))
        return false;
    out->low = ends[0];
    out->high = ends[1];
    return true;
}

static bool get_healing(const tns_json_at *at, tns_learned_healing *out, tns_error *err)
{
    tns_json_at terms;
    return get_range(at, "depth_mm", &out->depth_mm, err) &&
           get_range(at, "load_ul_cm2", &out->load, err) &&
           tns_json_get_object(at, "terms", &terms, err) &&
           tns_json_get_number(&terms, "depth_mm", 0, TNS_DEEPEST_MM, &out->terms.depth_mm, err) &&
           tns_json_get_number(&terms, "deposit_ul_cm2", 0, TNS_MOST_DEPOSIT, &out->terms.deposit,
                               err) &&
           tns_json_opt_number(at, "de00_before", 0, DE_MAX, &out->de00_before, err) &&
           tns_json_opt_number(at, "de00_after", 0, DE_MAX, &out->de00_after, err);
}

static bool get_width(const tns_json_at *at, tns_course_learned *out, tns_error *err)
{
    tns_json_at width;
    int order = TNS_DOTS_RANDOM;
    out->has_width = tns_json_has(at, "width");
    if (!out->has_width)
        return true;
    bool done = tns_json_get_object(at, "width", &width, err) &&
                get_range(&width, "factor", &out->width, err) &&
                tns_json_get_number(&width, "density_per_cm2", 0, FIGURE_MAX, &out->per_cm2, err) &&
                tns_json_get_number(&width, "diameter_mm", 0, FIGURE_MAX, &out->diameter_mm, err) &&
                tns_json_get_choice(&width, "arrangement", arrangements, 2, &order, err) &&
                tns_json_get_number(&width, "yule_nielsen", 1, 10, &out->n, err);
    out->order = (tns_dots_order)order;
    return done;
}

static bool get_learned(const tns_json_at *at, void *record, tns_error *err)
{
    tns_course_learned *out = record;
    int dots, areas;
    if (!tns_record_expect(at, SCHEMA, err) ||
        !tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) ||
        !get_followups(at, out, err) ||
        !tns_json_get_integer(at, "dots", 0, FOLLOWUPS_MAX, &dots, err) ||
        !tns_json_get_integer(at, "areas", 0, FOLLOWUPS_MAX, &areas, err))
        return false;
    out->dots = (size_t)dots;
    out->areas = (size_t)areas;
    return get_healing(at, &out->healing, err) && get_width(at, out, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

bool tns_course_learned_parse(const char *text, size_t length, const char *name,
                              tns_course_learned *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_learned, out, err);
}

void tns_course_learned_finish(tns_course_learned *learned)
{
    free(learned->followups);
    memset(learned, 0, sizeof *learned);
}
