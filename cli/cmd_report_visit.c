/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit: who, what was read, what was mixed of which lots, what was left, what followed. */
#include <inttypes.h>
#include <stdio.h>

#include <tonsure/papers.h>

#include "clinic.h"
#include "report.h"

static void print_readings(const cli *c, const tns_site_reading_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        clinic_print_reading(c, &list->readings[i]);
}

static void print_sums(const tns_pot_list *pots)
{
    char mixed[32], left[32], cost[32], worth[32];
    tns_visit_sums sums = tns_visit_add_up(pots);
    if (pots->count == 0) {
        printf("no pots\n");
        return;
    }
    cli_row(2, "In all %s mixed%s%s, %s left, worth %s%s", stock_ml(sums.ul, mixed),
            sums.cost_cents ? ", cost " : "",
            sums.cost_cents ? tns_service_price(sums.cost_cents, cost) : "",
            stock_ml(sums.left_ul, left), tns_service_price(sums.waste_cents, worth),
            sums.open_pots ? "; not all pots are closed yet" : "");
    if (sums.unpriced)
        cli_print_note(0, "some of it has no cost stated: the sums are too low");
}

static void print_visit(const cli *c, const tns_visit_file *file)
{
    const tns_visit_list one = {1, (tns_visit *)&file->visit};
    clinic_print_visits(&one);
    clinic_print_client(&file->client);
    print_readings(c, &file->readings);
    for (size_t i = 0; i < file->pots.count; i++)
        clinic_print_pot(&file->pots.pots[i], 0);
    print_sums(&file->pots);
    for (size_t i = 0; i < file->warning_count; i++)
        cli_print_note(0, file->warnings[i].text);
}

static int show(cli *c, const tns_visit_file *file, const tns_paper_request *request,
                const char *output)
{
    tns_error err;
    if (output && !tns_service_visit_save(file, request, output, &err))
        return cli_fail(c, &err);
    int status = c->json ? cli_print_record(c, tns_report_visit_write(file)) : 0;
    if (output && status == 0)
        cli_show_written(c, output, "");
    else if (!c->json)
        print_visit(c, file);
    return status;
}

static int report(cli *c, const char *visit, tns_paper_request *request, const char *output)
{
    int64_t id;
    tns_error err;
    tns_visit_file file = {0};
    tns_stock *stock = NULL;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    request->palette = palette;
    request->dry_run = c->dry_run;
    bool done = palette && tns_service_numbered('V', visit, &id, &err) &&
                (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) != NULL &&
                tns_service_visit_file(stock, id, request, &file, &err);
    tns_stock_close(stock);
    int status = done ? show(c, &file, request, output) : cli_fail(c, &err);
    tns_visit_file_finish(&file);
    tns_palette_destroy(palette);
    return status;
}

static int run_visit(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "a page: .html or .pdf"},
        {"clinic", CLI_TEXT, &request.clinic, "NAME", "the clinic's, on the paper"},
        {"name", CLI_FLAG, &request.with_name, NULL, "the client's name too"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_report_visit, argc, argv, options, 1, 1, &words, &status))
        return status;
    return report(c, words.word[0], &request, output);
}

const command cmd_report_visit = {
    "report visit", "VISIT [-o FILE]", "one visit: readings, pots with lots and cost, follow-ups",
    "  tonsure report visit V1\n"
    "  tonsure report visit V1 -o visit.html --clinic \"Room 1\" --name\n"
    "  tonsure --json report visit V1\n",
    run_visit};
