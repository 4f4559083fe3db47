/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a chart file: a head of "key: value" lines, then a table, one patch a line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "photo/chart/card_table.h"

enum { FILE_MAX = 1 << 20 };

static double chroma_under(tns_xyz xyz, tns_xyz white)
{
    tns_lab lab = tns_lab_from_xyz(xyz, white);
    return hypot(lab.a, lab.b);
}

/*
 * A white patch is neutral under the white its figures were made for. One that is tinted under the
 * declared white and neutral under another common one tells that the figures are not what the file
 * says: XYZ under D65 go round as if they were under D50.
 */
static bool check_white_patch(tns_card_reader *r)
{
    static const char *const whites[] = {"D50", "D55", "D65", "D75", "C", "A", "E"};
    const tns_chart *chart = &r->card->chart;
    int light = 0;
    for (int i = 1; i < chart->count; i++)
        if (r->xyz[i].Y > r->xyz[light].Y)
            light = i;
    if (r->xyz[light].Y > 0 && r->xyz[light].Y < 2) {
        r->line = r->line_of[light];
        return tns_card_fail(
            r,
            "\"%s\", the lightest patch, has Y %.2f: expected figures with Y = 100 and "
            "L = 100 for the perfect diffuser",
            chart->patch[light].name, r->xyz[light].Y);
    }
    if (r->xyz[light].Y < 30 || chroma_under(r->xyz[light], r->head.white) < 8)
        return true;
    for (size_t k = 0; k < sizeof whites / sizeof *whites; k++) {
        tns_illuminant other;
        tns_illuminant_find(whites[k], &other, NULL);
        tns_xyz white = tns_viewing_make(&other, TNS_OBSERVER_2).white;
        if (chroma_under(r->xyz[light], white) > 4)
            continue;
        r->line = r->line_of[light];
        return tns_card_fail(
            r,
            "\"%s\", the lightest patch, is X %.1f, Y %.1f, Z %.1f: neutral under %s, "
            "not under the declared white (%s)",
            chart->patch[light].name, r->xyz[light].X, r->xyz[light].Y, r->xyz[light].Z, whites[k],
            r->head.illuminant);
    }
    return true;
}

static bool finish(tns_card_reader *r)
{
    const tns_chart *chart = &r->card->chart;
    if (!r->table.is_open)
        return tns_card_fail(r,
                             "expected a line \"patches:\" that names the columns, found the end");
    if (chart->count < chart->rows * chart->columns)
        return tns_card_fail(r, "expected %d patches (%d rows of %d), found %d",
                             chart->rows * chart->columns, chart->rows, chart->columns,
                             chart->count);
    return check_white_patch(r);
}

static bool read_line(tns_card_reader *r, char *line)
{
    line = tns_card_trimmed(line);
    if (line[0] == '\0' || line[0] == '#')
        return true;
    if (!r->head.is_begun) {
        r->head.is_begun = strcmp(line, TNS_CARD_FIRST_LINE) == 0;
        return r->head.is_begun ||
               tns_card_fail(r, "expected \"%s\", found \"%.40s\"", TNS_CARD_FIRST_LINE, line);
    }
    if (r->table.is_open)
        return tns_card_read_row(r, line);
    char *colon = strchr(line, ':');
    if (!colon)
        return tns_card_fail(r, "expected \"key: value\", found \"%.60s\"", line);
    *colon = '\0';
    const char *key = tns_card_trimmed(line);
    char *value = tns_card_trimmed(colon + 1);
    if (strcmp(key, "patches") == 0)
        return tns_card_open_table(r, value);
    tns_error why;
    return tns_card_head_take(&r->head, r->card, key, value, &why) ||
           tns_card_fail(r, "%s", why.text);
}

static bool read_lines(tns_card_reader *r, char *text)
{
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        r->line++;
        if (!read_line(r, line))
            return false;
        line = end && end[1] ? end + 1 : NULL;
    }
    return finish(r);
}

tns_card *tns_card_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    if (length > FILE_MAX || !tns_text_is_utf8(text, length)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a chart file: plain text in UTF-8, %s",
                      name, length > FILE_MAX ? "found over a megabyte" : "found other bytes");
        return NULL;
    }
    tns_card_reader *r = calloc(1, sizeof *r);
    char *copy = malloc(length + 1);
    tns_card *card = calloc(1, sizeof *card);
    bool done = r && copy && card;
    if (done) {
        memcpy(copy, text, length);
        copy[length] = '\0';
        r->name = name;
        r->card = card;
        r->err = err;
        done = read_lines(r, copy);
    } else {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    }
    free(r);
    free(copy);
    if (!done) {
        tns_card_destroy(card);
        card = NULL;
    }
    return card;
}

tns_card *tns_card_load(const char *path, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, FILE_MAX, &length, err);
    tns_card *card = text ? tns_card_parse(text, length, path, err) : NULL;
    free(text);
    return card;
}
