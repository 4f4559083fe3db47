/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "photo.h"

/* `count` numbers separated by commas and nothing else. */
static bool numbers(const char *text, double *out, int count)
{
    for (int i = 0; i < count; i++) {
        char *end;
        out[i] = strtod(text, &end);
        if (end == text || *end != (i + 1 < count ? ',' : '\0') || !(out[i] > -1e9 && out[i] < 1e9))
            return false;
        text = end + 1;
    }
    return true;
}

static bool parse_edition(const char *text, tns_edition *out)
{
    static const tns_edition editions[] = {TNS_EDITION_AUTO, TNS_EDITION_BEFORE_2014,
                                           TNS_EDITION_AFTER_2014};
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (strcmp(text, tns_edition_name(editions[i])) == 0) {
            *out = editions[i];
            return true;
        }
    return false;
}

static bool parse_kind(const char *text, tns_prior *out)
{
    static const tns_prior kinds[] = {TNS_PRIOR_SKIN, TNS_PRIOR_HAIR, TNS_PRIOR_PIGMENT,
                                      TNS_PRIOR_ANY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(text, tns_prior_name(kinds[i])) == 0) {
            *out = kinds[i];
            return true;
        }
    return false;
}

static bool parse_corners(const char *text, tns_point out[4])
{
    double v[8];
    if (!numbers(text, v, 8))
        return false;
    for (int i = 0; i < 4; i++)
        out[i] = (tns_point){v[2 * i], v[2 * i + 1]};
    return true;
}

/* Two regions of one name would write one file; "photo" is the whole record's. */
static bool names_clash(const photo_options *o, size_t i)
{
    if (o->output && strcmp(o->places[i].name, "photo") == 0)
        return true;
    for (size_t k = 0; k < i; k++)
        if (strcmp(o->places[k].name, o->places[i].name) == 0)
            return true;
    return false;
}

static int understand_regions(cli *c, photo_options *o)
{
    for (size_t i = 0; i < o->regions.count; i++)
        if (!cli_photo_region(o->regions.item[i], &o->places[i]))
            return cli_usage(c, &cmd_photo,
                             "--region: expected NAME=x,y,w,h or NAME=x1,y1,x2,y2,x3,y3,.. or "
                             "NAME=patch:NAME, found \"%.60s\"",
                             o->regions.item[i]);
        else if (names_clash(o, i))
            return cli_usage(c, &cmd_photo, "--region: the name \"%s\" is taken",
                             o->places[i].name);
    o->photo.regions = o->places;
    o->photo.region_count = o->regions.count;
    return 0;
}

/* Without an uncertainty of its own a reading is taken to be known to half a dE00. */
static bool set_anchor(const char *text, tns_photo_anchor *out, tns_error *err)
{
    const double usual = 0.5, least = 0.1;
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : 0;
    tns_reading reading;
    tns_viewing viewing;
    tns_color color;
    if (length == 0 || length >= sizeof out->region)
        return tns_error_set(err, TNS_ERROR_USAGE, "expected NAME=TARGET, found \"%.60s\"", text);
    memcpy(out->region, text, length);
    out->region[length] = '\0';
    if (!tns_target_load(equals + 1, &reading, err) || !tns_viewing_parse("D50/2", &viewing, err) ||
        !tns_reading_color(&reading, &viewing, &color, NULL, err))
        return false;
    const tns_uncertainty *u = &reading.uncertainty;
    out->lab = color.lab;
    out->de00 = reading.has_uncertainty ? (u->L + u->a + u->b) / 3 / u->k : usual;
    out->de00 = out->de00 > least ? out->de00 : least;
    return true;
}

static bool is_word(const char *text)
{
    return strcmp(text, "auto") == 0 || strcmp(text, "none") == 0;
}

/* auto, none, a known chart, or a chart file. */
static bool choose_chart(photo_options *o, tns_error *err)
{
    tns_photo_options *p = &o->photo;
    if (!o->chart || is_word(o->chart)) {
        snprintf(p->chart, sizeof p->chart, "%s", o->chart ? o->chart : "");
        return true;
    }
    if (!tns_chart_open(o->chart, p->edition, &o->own, err))
        return false;
    if (o->own.has_editions || tns_chart_find(o->chart, p->edition, &o->own, NULL))
        snprintf(p->chart, sizeof p->chart, "%s", o->own.kind);
    else
        p->own = &o->own;
    return true;
}

int cli_photo_understand(cli *c, photo_options *o)
{
    tns_error err;
    tns_photo_options *p = &o->photo;
    if (o->edition && !parse_edition(o->edition, &p->edition))
        return cli_usage(c, &cmd_photo,
                         "--edition: expected before2014, after2014 or auto, found \"%.40s\"",
                         o->edition);
    if (!choose_chart(o, &err))
        return cli_fail(c, &err);
    p->has_corners = o->corners != NULL;
    if (o->corners && !parse_corners(o->corners, p->corners))
        return cli_usage(c, &cmd_photo,
                         "--corners: expected x1,y1,x2,y2,x3,y3,x4,y4, found \"%.60s\"",
                         o->corners);
    p->has_kind = o->kind != NULL;
    if (o->kind && !parse_kind(o->kind, &p->kind))
        return cli_usage(c, &cmd_photo,
                         "--kind: expected skin, hair, pigment or any, found \"%.40s\"", o->kind);
    for (size_t i = 0; i < o->anchors.count; i++) {
        if (set_anchor(o->anchors.item[i], &o->anchor[i], &err))
            continue;
        if (err.code == TNS_ERROR_USAGE)
            return cli_usage(c, &cmd_photo, "--anchor: %s", err.text);
        tns_error_prefix(&err, "--anchor");
        return cli_fail(c, &err);
    }
    p->anchors = o->anchor;
    p->anchor_count = o->anchors.count;
    p->flat = o->flat;
    p->without = o->without.item;
    p->without_count = o->without.count;
    if (!isnan(o->mm_per_px) && !(o->mm_per_px > 0 && o->mm_per_px <= 100))
        return cli_usage(c, &cmd_photo, "--mm-per-px: expected more than 0, up to 100, found %g",
                         o->mm_per_px);
    p->follicles = o->follicles;
    p->mm_per_px = isnan(o->mm_per_px) ? 0 : o->mm_per_px;
    return understand_regions(c, o);
}
