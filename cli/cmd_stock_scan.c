/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scanner typed. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/order.h>
#include <tonsure/stock_records.h>

#include "clinic.h"

static void print_day(const char *what, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    if (text[0])
        printf("%-13s %s\n", what, text);
}

static void print_text(const char *what, const char *text)
{
    if (text[0])
        printf("%-13s %s\n", what, text);
}

static void print_scan(const tns_scan *s)
{
    if (s->kind == TNS_SCAN_OWN)
        printf("%-13s %c%" PRId64 "\n", "our label", s->own, s->number);
    print_text("article", s->gtin);
    print_text("lot", s->lot);
    print_text("serial", s->serial);
    print_day("produced", s->produced);
    print_day("best before", s->best_before);
    print_day("expires", s->expires);
    if (s->count)
        printf("%-13s %" PRId64 " pc\n", "count", s->count);
    if (s->net_weight_mg)
        printf("%-13s %" PRId64 ".%03d g\n", "net weight", s->net_weight_mg / 1000,
               (int)(s->net_weight_mg % 1000));
    for (int i = 0; i < s->other_count && i < TNS_SCAN_OTHERS; i++)
        printf("%-13s (%s)\n", "passed over", s->others[i]);
}

static void print_match(const tns_scan_match *match)
{
    print_text("product", match->product[0] ? match->product : "none that is known here");
    if (match->bottles.count > 0)
        stock_print_bottles(&match->bottles);
}

static bool print_pot(tns_stock *stock, int64_t id, tns_error *err)
{
    tns_pot_list list;
    const tns_pot_question one = {.pot = id, .with_undone = true};
    bool done = tns_pot_list_find(stock, &one, &list, err);
    for (size_t i = 0; done && i < list.count; i++)
        clinic_print_pot(&list.pots[i], 0);
    tns_pot_list_finish(&list);
    return done;
}

static bool print_visit(tns_stock *stock, int64_t id, tns_error *err)
{
    tns_visit visit;
    if (!tns_visit_find(stock, id, &visit, err))
        return false;
    clinic_print_visits(&(tns_visit_list){.count = 1, .visits = &visit});
    return true;
}

static bool print_order(tns_stock *stock, int64_t id, tns_error *err)
{
    tns_order_list list;
    const tns_order_question one = {.order = id};
    bool done = tns_order_list_find(stock, &one, &list, err);
    for (size_t i = 0; done && i < list.count; i++)
        printf("O%-5" PRId64 " %s, %s\n", id, list.orders[i].supplier,
               tns_order_state_name(list.orders[i].state));
    tns_order_list_finish(&list);
    return done;
}

/* What a label of a pot, a visit or an order is of. */
static bool print_subject(cli *c, const tns_scan *scan, const tns_subject *of, tns_error *err)
{
    const char *what = scan->own == 'P' ? "pot" : scan->own == 'V' ? "visit" : "order";
    bool known = of->pot || of->visit || of->order;
    tns_stock *stock = known ? tns_service_stock(c->store, TNS_STOCK_EXISTING, err) : NULL;
    if (!known) {
        print_text(what, "none that is known here");
        return true;
    }
    bool done = stock && (of->pot     ? print_pot(stock, of->pot, err)
                          : of->visit ? print_visit(stock, of->visit, err)
                                      : print_order(stock, of->order, err));
    tns_stock_close(stock);
    return done;
}

/* A code says what it says also where there is no store yet. */
static bool find(cli *c, const tns_scan *scan, tns_scan_match *match, tns_error *err)
{
    tns_error none;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &none);
    if (!stock && none.code == TNS_ERROR_NOT_FOUND)
        return true;
    if (!stock) {
        *err = none;
        return false;
    }
    bool done = tns_stock_find_scanned(stock, scan, match, err);
    tns_stock_close(stock);
    return done;
}

static int run(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    tns_scan scan;
    tns_scan_match match = {0};
    if (!cli_parse(c, &cmd_stock_scan, argc, argv, NULL, 1, 1, &words, &status))
        return status;
    const char *code = words.word[0];
    if (!tns_scan_parse(code, strlen(code), tns_day_today(NULL), &scan, &err) ||
        !find(c, &scan, &match, &err)) {
        status = cli_fail(c, &err);
    } else if (c->json) {
        status = cli_print_record(c, tns_stock_scan_write(&scan, &match));
    } else if (scan.kind == TNS_SCAN_OWN && scan.own != 'B') {
        print_scan(&scan);
        if (!print_subject(c, &scan, &match.subject, &err))
            status = cli_fail(c, &err);
    } else {
        print_scan(&scan);
        print_match(&match);
    }
    tns_scan_match_finish(&match);
    return status;
}

const command cmd_stock_scan = {
    "stock scan", "CODE",
    "says what a scanned code is, and which lot, bottles, pot or visit it is of",
    "  tonsure stock scan \"(01)09501101530003(17)280501(10)A77\"\n"
    "  tonsure stock scan B1\n"
    "  tonsure --json stock scan TONSURE:B1\n",
    run};
