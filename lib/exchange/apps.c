/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables that the apps of closed instruments export (Nix, Variable, ColorReader, SkinColorCatch).
 * Their makers describe no format and change it at will, so columns are known by what they are
 * called, in any order, and what else stands there is passed over. Fields stand between commas,
 * semicolons or tabs; numbers may have a decimal comma where the fields have not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "base/csv.h"
#include "base/text.h"

enum { KEY_SIZE = 40 };

/* ---- between the fields ---- */

/* The separator: whatever there is most of in the first line. */
static char separator_of(const char *text)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t count[3] = {0};
    char best = ',';
    for (; *text && *text != '\n'; text++)
        for (int i = 0; i < 3; i++)
            count[i] += *text == candidates[i] ? 1 : 0;
    for (int i = 1; i < 3; i++)
        if (count[i] > count[0])
            best = candidates[i];
    return best;
}

/* As a table between commas, its decimal commas made points; quoted text stays as it is. */
static void put_commas(char *text, char separator)
{
    bool quoted = false;
    for (; separator != ',' && *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && *text == ',')
            *text = '.';
        else if (!quoted && *text == separator)
            *text = ',';
    }
}

static tns_csv *read_table(const char *text, size_t length, const char *name, tns_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* some begin with it; it is no part of a name */
    size_t skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    char *copy = malloc(length - skip + 1);
    if (!copy) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    memcpy(copy, text + skip, length - skip);
    copy[length - skip] = '\0';
    put_commas(copy, separator_of(copy));
    tns_csv *csv = tns_csv_parse(copy, length - skip, name, err);
    free(copy);
    return csv;
}

/* ---- by what the columns are called ---- */

/* Letters and digits alone, small: "CIE L* (D50/2)" is "ciel", what stands in parentheses apart. */
static void key_of(const char *header, char key[KEY_SIZE])
{
    size_t n = 0;
    for (; *header && *header != '(' && *header != '[' && n + 1 < KEY_SIZE; header++) {
        char c = tns_text_lower(*header);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key[n++] = c;
    }
    key[n] = '\0';
}

typedef enum field { FIELD_L, FIELD_A, FIELD_B, FIELD_NAME, FIELD_LAMP, FIELD_OBSERVER } field;

enum { FIELDS = 6, ALIASES = 10 };

static const char *const aliases[FIELDS][ALIASES] = {
    [FIELD_L] = {"l", "labl", "ciel", "cielabl", "lstar", "lvalue", "lightness", "cielab1"},
    [FIELD_A] = {"a", "laba", "ciea", "cielaba", "astar", "avalue", "cielab2"},
    [FIELD_B] = {"b", "labb", "cieb", "cielabb", "bstar", "bvalue", "cielab3"},
    [FIELD_NAME] = {"name", "sample", "samplename", "sampleid", "label", "title", "colorname",
                    "colourname", "id", "site"},
    [FIELD_LAMP] = {"illuminant", "lightsource", "light", "illuminantobserver",
                    "lightsourceobserver", "illuminationobserver", "condition", "viewing"},
    [FIELD_OBSERVER] = {"observer", "observerangle", "angle", "standardobserver"},
};

typedef struct columns {
    int at[FIELDS]; /* -1 = there is none */
} columns;

static bool is_called(const char *key, field which)
{
    for (int i = 0; i < ALIASES && aliases[which][i]; i++)
        if (strcmp(key, aliases[which][i]) == 0)
            return true;
    return false;
}

/* The first of them from a column on. */
static int find_column(const tns_csv *csv, field which, size_t from)
{
    for (size_t i = from; i < csv->rows[0].count; i++) {
        char key[KEY_SIZE];
        key_of(csv->rows[0].field[i], key);
        if (is_called(key, which))
            return (int)i;
    }
    return -1;
}

/* Many tables have an RGB before: its B is not the b behind L. */
static bool find_columns(const tns_csv *csv, columns *out, tns_error *err)
{
    if (csv->count < 2)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: expected a line of names and readings below it, found %zu lines",
                             csv->name, csv->count);
    for (int f = 0; f < FIELDS; f++)
        out->at[f] = find_column(csv, (field)f, 0);
    for (int f = FIELD_A; f <= FIELD_B && out->at[FIELD_L] >= 0; f++) {
        int behind = find_column(csv, (field)f, (size_t)out->at[FIELD_L] + 1);
        out->at[f] = behind >= 0 ? behind : out->at[f];
    }
    return (out->at[FIELD_L] >= 0 && out->at[FIELD_A] >= 0 && out->at[FIELD_B] >= 0) ||
           tns_error_set(err, TNS_ERROR_FORMAT,
                         "%s: expected columns L, a and b (or CIE L*, Lab-L ..), found \"%.40s\"..",
                         csv->name, csv->rows[0].field[0]);
}

static const char *field_of(const tns_csv *csv, size_t row, const columns *c, field which)
{
    const tns_csv_row *r = &csv->rows[row];
    return c->at[which] >= 0 && (size_t)c->at[which] < r->count ? r->field[c->at[which]] : "";
}

/* ---- numbers and lights ---- */

/* A quoted "38,2" between commas is a number with a decimal comma. */
static bool read_number(const tns_csv *csv, size_t row, const columns *c, field which, double *out,
                        tns_error *err)
{
    char text[64];
    const char *found = field_of(csv, row, c, which);
    bool fits = tns_text_copy(text, sizeof text, found);
    char *comma = strchr(text, ',');
    if (comma && !strchr(text, '.') && !strchr(comma + 1, ','))
        *comma = '.';
    return (fits && tns_text_number(text, out, NULL)) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: expected a number, found \"%s\"",
                         csv->name, csv->rows[row].line, csv->rows[0].field[c->at[which]], found);
}

/* "D65 / 10 deg", "D65-10", "D50_2", "D50" with an observer of its own column. */
static bool light_from(const char *lamp, const char *observer, tns_viewing *out)
{
    char name[TNS_NAME_SIZE] = "", condition[TNS_NAME_SIZE + 4];
    size_t n = strcspn(lamp, " /_-,;");
    const char *degrees = observer[0] ? observer : lamp + n + strspn(lamp + n, " /_-,;");
    if (n == 0 || n >= sizeof name)
        return false;
    memcpy(name, lamp, n);
    name[n] = '\0';
    const char *angle = strncmp(degrees, "10", 2) == 0 ? "10" : degrees[0] == '2' ? "2" : NULL;
    if (!angle)
        return false;
    snprintf(condition, sizeof condition, "%s/%s", name, angle);
    return tns_viewing_find(condition, out, NULL);
}

/* What stands between parentheses in the header of L, as in "L* (D50/2)". */
static void light_of_header(const char *header, char out[KEY_SIZE])
{
    const char *open = strpbrk(header, "([");
    size_t n = open ? strcspn(open + 1, ")]") : 0;
    out[0] = '\0';
    if (n > 0 && n < KEY_SIZE) {
        memcpy(out, open + 1, n);
        out[n] = '\0';
    }
}

static bool read_light(const tns_csv *csv, size_t row, const columns *c, const tns_viewing *asked,
                       tns_viewing *out, tns_error *err)
{
    char header[KEY_SIZE];
    const char *lamp = field_of(csv, row, c, FIELD_LAMP);
    const char *observer = field_of(csv, row, c, FIELD_OBSERVER);
    light_of_header(csv->rows[0].field[c->at[FIELD_L]], header);
    if (!lamp[0])
        lamp = header;
    if (!lamp[0] && !asked)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: it does not say under which light its colors hold; say it, e.g. "
                             "--viewing D50/2",
                             csv->name);
    if (!lamp[0]) {
        *out = *asked;
        return true;
    }
    if (!light_from(lamp, observer, out))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: expected a light such as D50/2, found \"%.30s\" "
                             "\"%.10s\"",
                             csv->name, csv->rows[row].line, lamp, observer);
    bool same = !asked || (strcmp(asked->illuminant, out->illuminant) == 0 &&
                           asked->observer == out->observer);
    return same || tns_error_set(err, TNS_ERROR_USAGE,
                                 "%s: line %zu: its colors hold under %s/%d, not under %s/%d",
                                 csv->name, csv->rows[row].line, out->illuminant,
                                 (int)out->observer, asked->illuminant, (int)asked->observer);
}

/* ---- one row ---- */

static bool find_row(const tns_csv *csv, const columns *c, const char *sample, size_t *row,
                     tns_error *err)
{
    double number;
    *row = 1;
    if (!sample && csv->count > 2)
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: it has %zu readings; name one, as in %s#1",
                             csv->name, csv->count - 1, csv->name);
    for (size_t i = 1; sample && i < csv->count; i++)
        if (strcmp(field_of(csv, i, c, FIELD_NAME), sample) == 0) {
            *row = i;
            return true;
        }
    if (!sample)
        return true;
    bool counted = tns_text_number(sample, &number, NULL) && number >= 1 &&
                   number < (double)csv->count && number == (double)(size_t)number;
    if (counted)
        *row = (size_t)number;
    return counted || tns_error_set(err, TNS_ERROR_USAGE, "%s: it has no reading \"%.40s\"",
                                    csv->name, sample);
}

static bool read_row(const tns_csv *csv, size_t row, const columns *c, const tns_viewing *asked,
                     tns_reading *out, tns_error *err)
{
    tns_viewing viewing;
    tns_lab *lab = &out->color.lab;
    if (!read_number(csv, row, c, FIELD_L, &lab->L, err) ||
        !read_number(csv, row, c, FIELD_A, &lab->a, err) ||
        !read_number(csv, row, c, FIELD_B, &lab->b, err) ||
        !read_light(csv, row, c, asked, &viewing, err))
        return false;
    if (lab->L < 0 || lab->L > 100 || lab->a < -150 || lab->a > 150 || lab->b < -150 ||
        lab->b > 150)
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "%s: line %zu: expected L* 0 to 100, a* and b* -150 to 150, found %g, "
                             "%g, %g",
                             csv->name, csv->rows[row].line, lab->L, lab->a, lab->b);
    memcpy(out->color.illuminant, viewing.illuminant, sizeof out->color.illuminant);
    out->color.observer = viewing.observer;
    out->has_color = true;
    out->source.kind = TNS_SOURCE_FILE;
    snprintf(out->id, sizeof out->id, "%.47s", field_of(csv, row, c, FIELD_NAME));
    return true;
}

bool tns_exchange_parse_app(const char *text, size_t length, const char *name, const char *sample,
                            const tns_viewing *viewing, tns_reading *out, tns_error *err)
{
    columns c;
    size_t row;
    memset(out, 0, sizeof *out);
    tns_csv *csv = read_table(text, length, name, err);
    bool done = csv && find_columns(csv, &c, err) && find_row(csv, &c, sample, &row, err) &&
                read_row(csv, row, &c, viewing, out, err);
    tns_csv_destroy(csv);
    return done;
}
