/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>
#include <tonsure/skintone.h>

#include "base/csv.h"
#include "service/parts.h"

tns_comparison tns_compare_colors(const tns_color *a, const tns_color *b)
{
    tns_comparison c = {.a = *a,
                        .b = *b,
                        .de76 = tns_de76(a->lab, b->lab),
                        .de94 = tns_de94(a->lab, b->lab),
                        .cmc = tns_cmc(a->lab, b->lab, 2, 1),
                        .de00 = tns_de00(a->lab, b->lab),
                        .hyab = tns_hyab(a->lab, b->lab),
                        .difference = tns_difference_make(a->lab, b->lab),
                        .ita_a = tns_ita(a->lab),
                        .ita_b = tns_ita(b->lab)};
    return c;
}

static bool same_viewing(const tns_color *a, const tns_color *b)
{
    return strcmp(a->illuminant, b->illuminant) == 0 && a->observer == b->observer;
}

/* What A is seen under: its color's own viewing, or the default where it has a spectrum alone. */
static bool viewing_of(const tns_reading *a, tns_viewing *out, tns_error *err)
{
    return a->has_color ? tns_color_viewing(&a->color, out, err)
                        : tns_viewing_find("D65/10", out, err);
}

/* B's color under A's viewing. Only a spectrum or an adaptation asked for may change a viewing. */
static bool bring_under(const tns_reading *b, const tns_viewing *viewing,
                        const tns_compare_options *options, tns_color *out, tns_warnings *warnings,
                        tns_error *err)
{
    bool same = b->has_color && tns_viewing_is(viewing, &b->color);
    if (same || b->has_spectrum)
        return tns_reading_color(b, viewing, out, warnings, err);
    if (!options->adapt)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "compare: A is under %s/%d and B under %s/%d; convert one, or ask for "
                             "--adapt",
                             viewing->illuminant, (int)viewing->observer, b->color.illuminant,
                             (int)b->color.observer);
    tns_warn(warnings, "B was adapted from %s/%d", b->color.illuminant, (int)b->color.observer);
    return tns_service_adapt(&b->color, viewing, options->adaptation, out, err);
}

static bool add_metamerism(const tns_reading *a, const tns_reading *b, const tns_viewing *viewing,
                           const char *illuminants, tns_comparison *out, tns_error *err)
{
    tns_viewing test[TNS_VIEWINGS_MAX];
    size_t count = 0;
    if (!tns_viewings_parse(illuminants, test, TNS_VIEWINGS_MAX, &count, err))
        return false;
    if (!a->has_spectrum || !b->has_spectrum)
        return true; /* names no one knows are refused all the same */
    if (a->spectrum.reconstructed || b->spectrum.reconstructed)
        tns_warn(&out->warnings, "metamerism: a spectrum is an estimate, so the index is one too");
    for (size_t i = 0; i < count; i++) {
        memcpy(out->metamerism_illuminant[i], test[i].illuminant, TNS_NAME_SIZE);
        out->metamerism[i] = tns_metamerism(&a->spectrum, &b->spectrum, viewing, &test[i]);
    }
    out->metamerism_count = count;
    return true;
}

/* Two colors under one viewing, as stated. Their lamp may be known by its name alone. */
static bool compare_alike(const tns_reading *a, const tns_reading *b, const char *illuminants,
                          tns_comparison *out, tns_error *err)
{
    tns_viewing viewing;
    *out = tns_compare_colors(&a->color, &b->color);
    if (viewing_of(a, &viewing, NULL))
        return add_metamerism(a, b, &viewing, illuminants, out, err);
    if (!a->has_spectrum || !b->has_spectrum)
        return true;
    tns_warn(&out->warnings, "no metamerism index: the lamp \"%s\" is not known",
             a->color.illuminant);
    return true;
}

/* A measured spectrum is integrated again: it counts, not what was once made of it. */
static tns_reading integrated(const tns_reading *reading)
{
    tns_reading r = *reading;
    tns_viewing viewing;
    if (!r.has_spectrum || r.spectrum.reconstructed || !r.has_color ||
        !tns_color_viewing(&r.color, &viewing, NULL))
        return r;
    r.color = tns_color_from_spectrum(&r.spectrum, &viewing);
    return r;
}

static bool compare(const tns_reading *a, const tns_reading *b, const tns_compare_options *options,
                    tns_comparison *out, tns_error *err)
{
    static const tns_compare_options none = {0};
    const tns_compare_options *o = options ? options : &none;
    const char *illuminants = o->illuminants ? o->illuminants : "A,F11";
    if (a->has_color && b->has_color && same_viewing(&a->color, &b->color))
        return compare_alike(a, b, illuminants, out, err);
    tns_warnings warnings = {0};
    tns_viewing viewing;
    tns_color color_a, color_b;
    if (!viewing_of(a, &viewing, err) ||
        !tns_reading_color(a, &viewing, &color_a, &warnings, err) ||
        !bring_under(b, &viewing, o, &color_b, &warnings, err))
        return false;
    *out = tns_compare_colors(&color_a, &color_b);
    out->warnings = warnings;
    return add_metamerism(a, b, &viewing, illuminants, out, err);
}

bool tns_service_compare(const tns_reading *a, const tns_reading *b,
                         const tns_compare_options *options, tns_comparison *out, tns_error *err)
{
    tns_reading standard = integrated(a), sample = integrated(b);
    return compare(&standard, &sample, options, out, err);
}

static const char *const pair_columns[] = {"L1", "a1", "b1", "L2", "a2", "b2"};

static bool find_pair_columns(const tns_csv *csv, size_t column[6], tns_error *err)
{
    for (size_t i = 0; i < 6; i++) {
        int found = tns_csv_column(csv, pair_columns[i]);
        if (found < 0)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a column %s, found none",
                                 csv->name, pair_columns[i]);
        column[i] = (size_t)found;
    }
    return true;
}

static bool in_reason(const tns_csv *csv, size_t row, const double v[3], tns_error *err)
{
    return (v[0] >= 0 && v[0] <= 100 && fabs(v[1]) <= 150 && fabs(v[2]) <= 150) ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "%s: line %zu: expected L* 0 to 100, a* and b* -150 to 150, found %g, %g, "
                         "%g",
                         csv->name, csv->rows[row].line, v[0], v[1], v[2]);
}

static bool read_pair(const tns_csv *csv, size_t row, const size_t column[6], tns_comparison *out,
                      tns_error *err)
{
    double v[6];
    if (csv->rows[row].count != csv->rows[0].count)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %zu fields, found %zu",
                             csv->name, csv->rows[row].line, csv->rows[0].count,
                             csv->rows[row].count);
    for (size_t i = 0; i < 6; i++)
        if (!tns_csv_number(csv, row, column[i], &v[i], err))
            return false;
    if (!in_reason(csv, row, v, err) || !in_reason(csv, row, v + 3, err))
        return false;
    tns_color a = {{v[0], v[1], v[2]}, "D65", TNS_OBSERVER_10};
    tns_color b = {{v[3], v[4], v[5]}, "D65", TNS_OBSERVER_10};
    *out = tns_compare_colors(&a, &b);
    return true;
}

static tns_comparison *read_pairs(const tns_csv *csv, size_t *count, tns_error *err)
{
    size_t column[6];
    if (!find_pair_columns(csv, column, err))
        return NULL;
    if (csv->count == 1) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected pairs, found only a header", csv->name);
        return NULL;
    }
    *count = csv->count - 1;
    tns_comparison *pairs = calloc(*count + 1, sizeof *pairs);
    if (!pairs) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", csv->name);
        return NULL;
    }
    for (size_t i = 0; i < *count; i++)
        if (!read_pair(csv, i + 1, column, &pairs[i], err)) {
            free(pairs);
            return NULL;
        }
    return pairs;
}

tns_comparison *tns_service_compare_pairs(const char *path, size_t *count, tns_error *err)
{
    tns_csv *csv = tns_csv_load(path, err);
    tns_comparison *pairs = csv ? read_pairs(csv, count, err) : NULL;
    tns_csv_destroy(csv);
    return pairs;
}
