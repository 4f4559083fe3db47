/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf for people: tables of bottles and of the ledger's entries. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "stock.h"

const char *stock_ml(int64_t ul, char text[32])
{
    int64_t whole = ul < 0 ? -ul : ul;
    snprintf(text, 32, "%s%" PRId64 ".%03d", ul < 0 ? "-" : "", whole / 1000, (int)(whole % 1000));
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[--n] = '\0';
    strcat(text, " ml");
    return text;
}

const char *stock_wall_time(int64_t seconds, char text[32])
{
    time_t time = (time_t)seconds;
    struct tm here;
    if (!localtime_r(&time, &here) || strftime(text, 32, "%Y-%m-%d %H:%M", &here) == 0)
        snprintf(text, 32, "?");
    return text;
}

/* What is counted in pieces is not poured. */
const char *stock_amount(int64_t amount, bool pieces, char text[32])
{
    if (!pieces)
        return stock_ml(amount, text);
    snprintf(text, 32, "%" PRId64 " pc", amount);
    return text;
}

/* The widest of a column, so that names are never cut. */
static int wider(int width, const char *text)
{
    int n = cli_columns(text);
    return n > width ? n : width;
}

static void print_bottle(const tns_bottle *b, int product, int lot)
{
    char id[24], opened[TNS_DAY_TEXT], use_by[TNS_DAY_TEXT], amount[32];
    snprintf(id, sizeof id, "B%" PRId64, b->id);
    tns_day_write(b->opened, opened);
    tns_day_write(b->use_by, use_by);
    bool unsterile = tns_bottle_refused(b) == TNS_ERROR_NOT_STERILE;
    cli_row(6, "%-5s %-*s %-*s %11s  %-10s  %-10s  %s%s%s", id, cli_field(product, b->product),
            b->product, cli_field(lot, b->lot), b->lot, stock_amount(b->on_hand, b->pieces, amount),
            opened[0] ? opened : "closed", use_by[0] ? use_by : "no end",
            unsterile ? "not sterile" : tns_bottle_status_name(b->status), b->place[0] ? ", " : "",
            b->place);
}

void stock_print_bottles(const tns_bottle_list *list)
{
    int product = (int)strlen("product"), lot = (int)strlen("lot");
    for (size_t i = 0; i < list->count; i++) {
        product = wider(product, list->bottles[i].product);
        lot = wider(lot, list->bottles[i].lot);
    }
    if (list->count == 0) {
        printf("no bottles\n");
        return;
    }
    cli_row(6, "%-5s %-*s %-*s %11s  %-10s  %-10s", "", product, "product", lot, "lot", "on hand",
            "opened", "good until");
    for (size_t i = 0; i < list->count; i++)
        print_bottle(&list->bottles[i], product, lot);
}

/* What an entry is of, in a word. */
static void name_subject(const tns_entry *e, const tns_bottle_list *bottles, char *out, size_t size,
                         bool *pieces)
{
    const tns_subject of = tns_entry_subject(e);
    *pieces = false;
    snprintf(out, size, "%s", e->product);
    if (of.order)
        snprintf(out, size, "O%" PRId64 "%s%s", of.order, e->product[0] ? " " : "", e->product);
    else if (of.pot || of.visit || of.client)
        snprintf(out, size, "%c%" PRId64,
                 of.pot     ? 'P'
                 : of.visit ? 'V'
                            : 'C',
                 of.pot     ? of.pot
                 : of.visit ? of.visit
                            : of.client);
    if (e->bottle)
        snprintf(out, size, "B%" PRId64, e->bottle);
    for (size_t i = 0; i < bottles->count; i++) {
        const tns_bottle *b = &bottles->bottles[i];
        if (e->bottle && b->id == e->bottle)
            *pieces = b->pieces;
        if (e->lot && b->lot_number == e->lot)
            snprintf(out, size, "lot %s", b->lot);
    }
}

enum { SUBJECT_SIZE = 80 };

/* What came or went; else what was done, where the kind does not say it. */
static void print_entry(const tns_entry *e, const tns_bottle_list *bottles, int width)
{
    char subject[SUBJECT_SIZE], day[TNS_DAY_TEXT], text[32], amount[34] = "", undoes[48] = "";
    bool pieces;
    name_subject(e, bottles, subject, sizeof subject, &pieces);
    tns_day_write(e->day, day);
    tns_entry_deed(e, amount, sizeof amount);
    if (strcmp(amount, tns_entry_kind_name(e->kind)) == 0)
        amount[0] = '\0';
    if (e->bottle && (e->amount != 0 || e->kind == TNS_ENTRY_COUNT))
        snprintf(amount, sizeof amount, "%s%s", e->amount > 0 ? "+" : "",
                 stock_amount(e->amount, pieces, text));
    if (e->undoes)
        snprintf(undoes, sizeof undoes, " (takes back %" PRId64 ")", e->undoes);
    cli_row(8, "%6" PRId64 "  %s  %-10s %-*s %11s  %s%s%s%s", e->id, day,
            tns_entry_kind_name(e->kind), cli_field(width, subject), subject, amount, e->actor,
            e->actor[0] && e->reason[0] ? ": " : "", e->reason, undoes);
}

void stock_print_log(const tns_entry_list *log, const tns_bottle_list *bottles)
{
    int width = 10;
    for (size_t i = 0; i < log->count; i++) {
        char subject[SUBJECT_SIZE];
        bool pieces;
        name_subject(&log->entries[i], bottles, subject, sizeof subject, &pieces);
        width = wider(width, subject);
    }
    for (size_t i = 0; i < log->count; i++)
        print_entry(&log->entries[i], bottles, width);
    if (log->count == 0)
        printf("no entries\n");
}

void stock_print_change(const tns_stock_change *change)
{
    if (change->entries.count > 0)
        stock_print_log(&change->entries, &change->bottles);
    if (change->bottles.count > 0)
        stock_print_bottles(&change->bottles);
    if (!change->written)
        printf("(dry run: nothing was written)\n");
    cli_print_warnings(&change->warnings);
}
