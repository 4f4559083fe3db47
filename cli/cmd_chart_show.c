/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts there are, what is on one, and whether a file is one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo_records.h>

#include "chart.h"

enum { ENTRIES_MAX = 32 };

tns_color cli_chart_color(const tns_card *card, int patch)
{
    return (tns_color){card->chart.patch[patch].reference, "D50", TNS_OBSERVER_2};
}

bool cli_chart_edition(const char *text, tns_edition *out)
{
    static const tns_edition editions[] = {TNS_EDITION_AUTO, TNS_EDITION_BEFORE_2014,
                                           TNS_EDITION_AFTER_2014};
    for (size_t i = 0; text && i < sizeof editions / sizeof *editions; i++)
        if (strcmp(text, tns_edition_name(editions[i])) == 0) {
            *out = editions[i];
            return true;
        }
    return text == NULL;
}

void cli_chart_place(const tns_chart *chart, int patch, char out[80])
{
    snprintf(out, 80, "row %d, column %d", patch / chart->columns + 1, patch % chart->columns + 1);
}

tns_card *cli_chart_card(const char *name, tns_edition edition, tns_error *err)
{
    tns_chart chart;
    tns_error unknown;
    if (tns_chart_find(name, edition, &chart, &unknown))
        return tns_card_of(&chart, err);
    tns_card *card = tns_card_load(name, err);
    if (!card && err->code == TNS_ERROR_NOT_FOUND)
        tns_error_set(err, TNS_ERROR_NOT_FOUND,
                      "%.200s: no such file, and no chart is called so "
                      "(tonsure chart list)",
                      name);
    return card;
}

/* ---- list ---- */

static size_t entries_of(tns_chart_entry *entries)
{
    size_t count;
    const tns_chart_kind *kinds = tns_chart_kinds(&count);
    count = count < ENTRIES_MAX ? count : ENTRIES_MAX;
    for (size_t i = 0; i < count; i++) {
        tns_chart chart = {.count = 0};
        tns_chart_find(kinds[i].name, TNS_EDITION_AUTO, &chart, NULL);
        entries[i] = (tns_chart_entry){.columns = chart.columns,
                                       .rows = chart.rows,
                                       .has_editions = chart.has_editions,
                                       .pitch_mm = chart.pitch_mm};
        snprintf(entries[i].name, sizeof entries[i].name, "%s", kinds[i].name);
        snprintf(entries[i].word, sizeof entries[i].word, "%s", kinds[i].word);
        snprintf(entries[i].title, sizeof entries[i].title, "%s", kinds[i].title);
    }
    return count;
}

static void print_entry(const tns_chart_entry *entry)
{
    cli_paragraph line = {0};
    cli_say(&line, "%-10s %-15s %2d x %-2d  %s%s", entry->word, entry->name, entry->columns,
            entry->rows, entry->title, entry->has_editions ? ", before and since 2014" : "");
    if (entry->pitch_mm > 0)
        cli_say(&line, ", patches %g mm apart", entry->pitch_mm);
    cli_print_wrapped_from(0, 36, line.text);
}

static int run_list(cli *c, int argc, const char **argv)
{
    const cli_option options[] = {{NULL, CLI_FLAG, NULL, NULL, NULL}};
    tns_chart_entry entries[ENTRIES_MAX];
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_chart_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    size_t count = entries_of(entries);
    if (c->json)
        return cli_print_record(c, tns_charts_write(entries, count));
    for (size_t i = 0; i < count; i++)
        print_entry(&entries[i]);
    printf("\nA chart of your own is a file: tonsure chart measure makes one.\n");
    return 0;
}

/* ---- show ---- */

/* The chart as it lies there, where stdout shows colors. */
static void print_picture(const cli *c, const tns_card *card)
{
    const tns_chart *chart = &card->chart;
    int width = chart->columns > 10 ? 3 : 6;
    for (int i = 0; i < chart->count; i++) {
        tns_color color = cli_chart_color(card, i);
        bool ends = (i + 1) % chart->columns == 0;
        if (!card->patch[i].has_color || cli_swatch(c, &color, width) == 0)
            return;
        if (ends)
            printf("\n");
    }
    printf("\n");
}

static void print_source(const tns_card *card)
{
    const struct {
        const char *label, *text;
    } rows[] = {{"Source", card->source},
                {"Serial", card->serial},
                {"Measured", card->measured},
                {"By", card->instrument}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].text[0]) {
            printf("%-10s ", rows[i].label);
            cli_print_wrapped(11, rows[i].text);
        }
}

static void print_layout(const tns_card *card)
{
    const tns_chart *chart = &card->chart;
    cli_paragraph line = {0};
    cli_say(&line, "%-10s %s (%s), %d columns, %d rows", "Chart", chart->title, chart->kind,
            chart->columns, chart->rows);
    if (chart->pitch_mm > 0)
        cli_say(&line, ", %g mm apart", chart->pitch_mm);
    cli_print_wrapped_from(0, 11, line.text);
    if (chart->edition != TNS_EDITION_AUTO)
        printf("%-10s %s\n", "Edition", tns_edition_name(chart->edition));
    else if (chart->has_editions)
        printf("%-10s the mean of before2014 and after2014\n", "Edition");
    cli_paragraph corners = {0};
    cli_say(&corners, "%-10s ", "Corners");
    for (int k = 0; k < 4; k++)
        cli_say(&corners, "%s%s", k ? ", " : "", chart->patch[tns_chart_corner(chart, k)].name);
    cli_print_wrapped_from(0, 11, corners.text);
    printf("%-10s each color known to dE00 %.1f (one standard deviation)\n", "Known",
           chart->reference_de00);
    print_source(card);
}

static void print_patch(const cli *c, const tns_card *card, int i)
{
    printf("%-24s ", card->chart.patch[i].name);
    if (!card->patch[i].has_color) {
        printf("no color yet\n");
        return;
    }
    tns_color color = cli_chart_color(card, i);
    const tns_uncertainty *u = &card->patch[i].uncertainty;
    cli_swatch(c, &color, 4);
    cli_print_color(&color);
    if (card->patch[i].has_uncertainty)
        printf("  +- %.1f %.1f %.1f", u->L, u->a, u->b);
    printf("%s\n", card->patch[i].has_spectrum ? "  spectrum" : "");
}

static int show(const cli *c, const tns_card *card)
{
    if (c->json)
        return cli_print_record(c, tns_chart_record_write(card));
    print_layout(card);
    printf("\n");
    print_picture(c, card);
    for (int i = 0; i < card->chart.count; i++)
        print_patch(c, card, i);
    return 0;
}

static int run_show(cli *c, int argc, const char **argv)
{
    const char *edition = NULL;
    tns_edition which = TNS_EDITION_AUTO;
    const cli_option options[] = {
        {"edition", CLI_TEXT, &edition, "EDITION", "before2014, after2014, or auto (their mean)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    tns_error err;
    int status;
    if (!cli_parse(c, &cmd_chart_show, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!cli_chart_edition(edition, &which))
        return cli_usage(c, &cmd_chart_show,
                         "--edition: expected before2014, after2014 or auto, found \"%.40s\"",
                         edition);
    tns_card *card = cli_chart_card(words.word[0], which, &err);
    status = card ? show(c, card) : cli_fail(c, &err);
    tns_card_destroy(card);
    return status;
}

/* ---- check ---- */

/* How far the card's colors are from those of a known chart of its layout. */
static void print_distance(const tns_card *card)
{
    size_t count;
    const tns_chart_kind *kinds = tns_chart_kinds(&count);
    for (size_t k = 0; k < count; k++) {
        tns_chart known;
        tns_chart_distance apart;
        if (!tns_chart_find(kinds[k].name, card->chart.edition, &known, NULL) ||
            !tns_chart_compare(&known, &card->chart, &apart))
            continue;
        cli_row(11, "%-10s dE00 %.2f mean, %.2f at most (%s) from the nominal %s", "Distance",
                apart.mean, apart.most, known.patch[apart.worst].name, known.title);
        return;
    }
}

static int check(const cli *c, const tns_card *card, const char *path)
{
    tns_error err;
    int missing = tns_card_missing(card);
    if (missing >= 0) {
        tns_error_set(&err, TNS_ERROR_FORMAT,
                      "%s: \"%s\" has no color yet: tonsure chart measure reads it", path,
                      card->chart.patch[missing].name);
        return cli_fail(c, &err);
    }
    if (c->json)
        return cli_print_record(c, tns_chart_record_write(card));
    print_layout(card);
    print_distance(card);
    cli_row(11, "%-10s %s: %d patches", "Good", path, card->chart.count);
    return 0;
}

static int run_check(cli *c, int argc, const char **argv)
{
    const cli_option options[] = {{NULL, CLI_FLAG, NULL, NULL, NULL}};
    cli_words words;
    tns_error err;
    int status;
    if (!cli_parse(c, &cmd_chart_check, argc, argv, options, 1, 1, &words, &status))
        return status;
    tns_card *card = tns_card_load(words.word[0], &err);
    status = card ? check(c, card, words.word[0]) : cli_fail(c, &err);
    tns_card_destroy(card);
    return status;
}

const command cmd_chart_list = {"chart list", "", "the charts known by name",
                                "  tonsure chart list\n"
                                "  tonsure --json chart list\n"
                                "  tonsure --no-color chart list\n",
                                run_list};

const command cmd_chart_show = {"chart show", "NAME|FILE [--edition EDITION]",
                                "a chart's patches, in its order, with their colors",
                                "  tonsure chart show classic --edition after2014\n"
                                "  tonsure chart show sg\n"
                                "  tonsure --json chart show spyder24\n",
                                run_show};

const command cmd_chart_check = {"chart check", "FILE",
                                 "whether a chart file can be trusted, and how it differs",
                                 "  tonsure chart check my.chart\n"
                                 "  tonsure --json chart check my.chart\n"
                                 "  tonsure --quiet chart check my.chart\n",
                                 run_check};
