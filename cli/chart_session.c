/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/difference.h>

#include "chart.h"
#include "chart_session.h"

/* ---- begin ---- */

static bool make_layout(const char *name, tns_edition edition, chart_session *s, tns_error *err)
{
    int columns = 0, rows = 0, used = 0;
    if (sscanf(name, "%dx%d%n", &columns, &rows, &used) == 2 && name[used] == '\0') {
        s->has_nominal = false;
        return tns_chart_grid(columns, rows, &s->nominal, err);
    }
    tns_card *card = cli_chart_card(name, edition, err);
    if (!card)
        return false;
    s->nominal = card->chart;
    s->has_nominal = tns_card_missing(card) < 0;
    tns_card_destroy(card);
    return true;
}

/* "cards/my.chart" is called "my". */
static void name_it(const chart_session *s, tns_chart *chart)
{
    const char *slash = strrchr(s->path, '/');
    const char *name = slash ? slash + 1 : s->path;
    int n = (int)strcspn(name, ".");
    snprintf(chart->kind, sizeof chart->kind, "%.*s", n > 0 ? n : 1, n > 0 ? name : "x");
    snprintf(chart->title, sizeof chart->title, "%.60s, measured",
             s->nominal.title[0] ? s->nominal.title : s->nominal.kind);
}

static bool begin_anew(chart_session *s, tns_error *err)
{
    s->card = tns_card_of(&s->nominal, err);
    if (!s->card)
        return false;
    s->card->chart.has_editions = false;
    name_it(s, &s->card->chart);
    for (int i = 0; i < s->card->chart.count; i++)
        s->card->patch[i].has_color = false;
    return true;
}

static bool resume(chart_session *s, int *resumed, tns_error *err)
{
    s->card = tns_card_load(s->kept, err);
    if (!s->card)
        return false;
    tns_chart_distance apart;
    if (!tns_chart_compare(&s->card->chart, &s->nominal, &apart))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: an unfinished card of another chart (%s); --anew begins anew",
                             s->kept, s->card->chart.title);
    for (int i = 0; i < s->card->chart.count; i++)
        *resumed += s->card->patch[i].has_color;
    return true;
}

bool chart_session_begin(chart_session *s, const char *chart, tns_edition edition, const char *path,
                         bool anew, int *resumed, tns_error *err)
{
    memset(s, 0, sizeof *s);
    *resumed = 0;
    if (strlen(path) >= sizeof s->path)
        return tns_error_set(err, TNS_ERROR_USAGE, "--output: too long: \"%.60s\"..", path);
    snprintf(s->path, sizeof s->path, "%s", path);
    snprintf(s->kept, sizeof s->kept, "%s.part", path);
    if (!make_layout(chart, edition, s, err))
        return false;
    return !anew && access(s->kept, F_OK) == 0 ? resume(s, resumed, err) : begin_anew(s, err);
}

void chart_session_finish(chart_session *s)
{
    tns_card_destroy(s->card);
    s->card = NULL;
}

/* ---- readings ---- */

double chart_session_distance(const chart_session *s, int patch, tns_lab lab)
{
    return s->has_nominal ? tns_de00(s->nominal.patch[patch].reference, lab) : 0;
}

bool chart_session_doubts(const chart_session *s, int patch, tns_lab lab, char says[200])
{
    int nearest;
    if (!s->has_nominal || !tns_chart_slip(&s->nominal, patch, lab, &nearest))
        return false;
    double own = chart_session_distance(s, patch, lab);
    const char *name = s->nominal.patch[patch].name;
    if (nearest != patch)
        snprintf(says, 200, "that is \"%s\" (dE00 %.1f), not \"%s\" (dE00 %.1f)",
                 s->nominal.patch[nearest].name, chart_session_distance(s, nearest, lab), name,
                 own);
    else
        snprintf(says, 200, "that is dE00 %.1f from the nominal \"%s\": another place, or card",
                 own, name);
    return true;
}

/* The uncertainty of a reading is stated for its own color; D50 and 2 degrees are near enough. */
bool chart_session_take(chart_session *s, int patch, const tns_reading *reading, tns_error *err)
{
    tns_card *card = s->card;
    tns_card_patch *to = &card->patch[patch];
    tns_viewing viewing;
    tns_color color;
    if (!tns_viewing_find("D50/2", &viewing, err) ||
        !tns_reading_color(reading, &viewing, &color, NULL, err))
        return false;
    card->chart.patch[patch].reference = color.lab;
    to->has_color = true;
    to->has_spectrum = reading->has_spectrum && !reading->spectrum.reconstructed;
    to->spectrum = reading->spectrum;
    to->has_uncertainty = reading->has_uncertainty;
    to->uncertainty = reading->uncertainty;
    card->chart.reference_de00 = tns_card_doubt(card);
    snprintf(card->measured, sizeof card->measured, "%s", reading->time);
    snprintf(card->instrument, sizeof card->instrument, "%s%s%s", reading->source.driver,
             reading->source.serial[0] ? " " : "", reading->source.serial);
    return tns_card_save(card, s->kept, err);
}

bool chart_session_save(chart_session *s, tns_error *err)
{
    snprintf(s->card->source, sizeof s->card->source, "this card, measured patch by patch");
    if (!tns_card_save(s->card, s->path, err))
        return false;
    unlink(s->kept);
    return true;
}
