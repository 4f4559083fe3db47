/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of bottles and pots, and the passport of a visit. */
#include <stdio.h>
#include <string.h>

#include <tonsure/papers.h>

#include "clinic.h"

int stock_show_paper(cli *c, const char *kind, const char *path, const char *line)
{
    tns_error err;
    tns_paper_file paper;
    if (c->json)
        return tns_service_paper_look(path, kind, c->dry_run, &paper, &err)
                   ? cli_print_record(c, tns_paper_write(&paper))
                   : cli_fail(c, &err);
    cli_show_written(c, path, line);
    return 0;
}

/* ---- labels ---- */

/* A letter before the number, else `letter`: 'B' of bottles and pots, 'P' of pots alone. */
static bool read_things(const cli_words *words, char letter, tns_label_of *out, tns_error *err)
{
    for (int i = 0; i < words->count; i++) {
        const char *word = words->word[i];
        out[i].letter = word[0] == 'P' || word[0] == 'p' ? 'P' : letter;
        if (!tns_service_numbered(out[i].letter, word, &out[i].number, err))
            return false;
    }
    return true;
}

static int save_labels(cli *c, const cli_words *words, char letter,
                       const tns_paper_request *request, const char *output)
{
    tns_error err;
    tns_label_of things[CLI_WORDS_MAX];
    tns_stock *stock = NULL;
    bool done = read_things(words, letter, things, &err) &&
                (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) != NULL &&
                tns_service_labels_save(stock, things, (size_t)words->count, request, output, &err);
    tns_stock_close(stock);
    return done ? stock_show_paper(c, "labels", output, ", of 50 x 25 mm") : cli_fail(c, &err);
}

static int run_label(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "the labels: .html or .pdf"},
        {"opened", CLI_FLAG, &request.opened, NULL, "since when it is open, and good until when"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_stock_label, argc, argv, options, 1, CLI_WORDS_MAX, &words, &status))
        return status;
    if (!output)
        return cli_usage(c, &cmd_stock_label, "expected -o FILE.html or FILE.pdf");
    request.dry_run = c->dry_run;
    return save_labels(c, &words, 'B', &request, output);
}

const command cmd_stock_label = {"stock label", "BOTTLE|POT .. -o FILE",
                                 "labels of 50 x 25 mm, with QR, to print",
                                 "  tonsure stock label B1 B2 -o shelf.html\n"
                                 "  tonsure stock label B1 --opened -o opened.html\n"
                                 "  tonsure --quiet stock label B1 -o label.html\n",
                                 run_label};

static int run_pot_label(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "the labels: .html or .pdf"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_pot_label, argc, argv, options, 1, CLI_WORDS_MAX, &words, &status))
        return status;
    if (!output)
        return cli_usage(c, &cmd_pot_label, "expected -o FILE.html or FILE.pdf");
    request.dry_run = c->dry_run;
    return save_labels(c, &words, 'P', &request, output);
}

const command cmd_pot_label = {"pot label", "POT .. -o FILE",
                               "labels of pots, 50 x 25 mm, with QR, to print",
                               "  tonsure pot label P1 -o pot.html\n"
                               "  tonsure pot label P1 P2 -o pots.html\n"
                               "  tonsure --quiet pot label 1 -o pot.html\n",
                               run_pot_label};

/* ---- the passport ---- */

static int run_passport(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "the passport: .html or .pdf"},
        {"clinic", CLI_TEXT, &request.clinic, "NAME", "the clinic's, on the paper"},
        {"name", CLI_FLAG, &request.with_name, NULL, "the client's name too"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    int64_t visit;
    tns_error err;
    if (!cli_parse(c, &cmd_passport, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!output)
        return cli_usage(c, &cmd_passport, "expected -o FILE.html or FILE.pdf");
    tns_stock *stock = NULL;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    request.palette = palette;
    request.dry_run = c->dry_run;
    bool done = palette && tns_service_numbered('V', words.word[0], &visit, &err) &&
                (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) != NULL &&
                tns_service_passport_save(stock, visit, &request, output, &err);
    tns_stock_close(stock);
    tns_palette_destroy(palette);
    return done ? stock_show_paper(c, "passport", output, "") : cli_fail(c, &err);
}

const command cmd_passport = {"passport", "VISIT -o FILE",
                              "the ink passport of a visit: what went into the skin, to keep",
                              "  tonsure passport V1 -o passport.html\n"
                              "  tonsure passport V1 -o passport.html --clinic \"Room 1\"\n"
                              "  tonsure passport V1 -o passport.html --name\n",
                              run_passport};
