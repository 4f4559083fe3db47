/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every record of the shelf, read and written again; each file of tests takes them all. */
#ifndef RECORDS_SHELF_AGAIN_H
#define RECORDS_SHELF_AGAIN_H

#include <tonsure/clinic_records.h>
#include <tonsure/course_records.h>
#include <tonsure/paper_record.h>
#include <tonsure/plan_records.h>
#include <tonsure/stock_records.h>

#include "records/again.h"

static char *again_stock_change(const char *text, size_t length, tns_error *err)
{
    tns_stock_change_record v;
    bool done = tns_stock_change_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_stock_change_write(v.action, &v.change) : NULL;
    tns_stock_change_record_finish(&v);
    return again;
}

static char *again_stock_list(const char *text, size_t length, tns_error *err)
{
    tns_bottle_list v;
    int within;
    bool done = tns_stock_list_parse(text, length, "r.json", &v, &within, err);
    char *again = done ? tns_stock_list_write(&v, within) : NULL;
    tns_bottle_list_finish(&v);
    return again;
}

static char *again_stock_log(const char *text, size_t length, tns_error *err)
{
    tns_entry_list v;
    tns_bottle_list bottles;
    bool done = tns_stock_log_parse(text, length, "r.json", &v, &bottles, err);
    char *again = done ? tns_stock_log_write(&v, &bottles) : NULL;
    tns_entry_list_finish(&v);
    tns_bottle_list_finish(&bottles);
    return again;
}

static char *again_stock_recall(const char *text, size_t length, tns_error *err)
{
    tns_stock_recall_record v;
    bool done = tns_stock_recall_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_stock_recall_write(v.lot, &v.trace, v.written) : NULL;
    tns_stock_recall_record_finish(&v);
    return again;
}

static char *again_stock_verify(const char *text, size_t length, tns_error *err)
{
    tns_stock_verify_record v;
    bool done = tns_stock_verify_parse(text, length, "r.json", &v, err);
    return done ? tns_stock_verify_write(&v.found, v.failure.code == TNS_OK ? NULL : &v.failure)
                : NULL;
}

static char *again_stock_copy(const char *text, size_t length, tns_error *err)
{
    tns_stock_copy_record v;
    bool done = tns_stock_copy_parse(text, length, "r.json", &v, err);
    return done ? tns_stock_copy_write(v.action, v.path, v.cards[0] ? v.cards : NULL,
                                       v.counted ? &v.copied : NULL, v.written)
                : NULL;
}

static char *again_stock_products(const char *text, size_t length, tns_error *err)
{
    tns_product_list v;
    bool done = tns_stock_products_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_stock_products_write(&v) : NULL;
    tns_product_list_finish(&v);
    return again;
}

static char *again_stock_scan(const char *text, size_t length, tns_error *err)
{
    tns_scan v;
    tns_scan_match match;
    bool done = tns_stock_scan_parse(text, length, "r.json", &v, &match, err);
    char *again = done ? tns_stock_scan_write(&v, &match) : NULL;
    tns_scan_match_finish(&match);
    return again;
}

static char *again_stock_orders(const char *text, size_t length, tns_error *err)
{
    tns_order_list v;
    bool done = tns_stock_orders_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_stock_orders_write(&v) : NULL;
    tns_order_list_finish(&v);
    return again;
}

static char *again_stock_terms(const char *text, size_t length, tns_error *err)
{
    tns_terms_list v;
    bool done = tns_stock_terms_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_stock_terms_write(&v) : NULL;
    tns_terms_list_finish(&v);
    return again;
}

static char *again_month(const char *text, size_t length, tns_error *err)
{
    tns_month v;
    bool done = tns_report_month_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_report_month_write(&v) : NULL;
    tns_month_finish(&v);
    return again;
}

static char *again_clinic_change(const char *text, size_t length, tns_error *err)
{
    tns_clinic_change_record v;
    bool done = tns_clinic_change_parse(text, length, "r.json", &v, err);
    char *again =
        done ? tns_clinic_change_write(v.action, &v.change, v.has_pot ? &v.pot : NULL, 0) : NULL;
    tns_clinic_change_record_finish(&v);
    return again;
}

static char *again_clients(const char *text, size_t length, tns_error *err)
{
    tns_client_list v;
    bool done = tns_clients_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_clients_write(&v) : NULL;
    tns_client_list_finish(&v);
    return again;
}

static char *again_visits(const char *text, size_t length, tns_error *err)
{
    tns_visit_list v;
    bool done = tns_visits_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_visits_write(&v) : NULL;
    tns_visit_list_finish(&v);
    return again;
}

static char *again_pots(const char *text, size_t length, tns_error *err)
{
    tns_pot_list v;
    bool done = tns_pots_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_pots_write(&v) : NULL;
    tns_pot_list_finish(&v);
    return again;
}

static char *again_report_visit(const char *text, size_t length, tns_error *err)
{
    tns_visit_file v;
    bool done = tns_report_visit_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_report_visit_write(&v) : NULL;
    tns_visit_file_finish(&v);
    return again;
}

static char *again_client(const char *text, size_t length, tns_error *err)
{
    tns_client_file v;
    bool done = tns_client_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_client_write(&v) : NULL;
    tns_client_file_finish(&v);
    return again;
}

static char *again_plan(const char *text, size_t length, tns_error *err)
{
    tns_plan v;
    bool done = tns_plan_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_plan_write(&v) : NULL;
    tns_plan_finish(&v);
    return again;
}

static char *again_paper(const char *text, size_t length, tns_error *err)
{
    tns_paper_file v;
    return tns_paper_parse(text, length, "r.json", &v, err) ? tns_paper_write(&v) : NULL;
}

static char *again_course(const char *text, size_t length, tns_error *err)
{
    tns_course_learned v;
    bool done = tns_course_learned_parse(text, length, "r.json", &v, err);
    char *again = done ? tns_course_learned_write(&v) : NULL;
    tns_course_learned_finish(&v);
    return again;
}

static const rewritten shelf_records[] = {
    {"stock-change-1", "tonsure/stock-change/1", again_stock_change},
    {"stock-list-1", "tonsure/stock-list/1", again_stock_list},
    {"stock-log-1", "tonsure/stock-log/1", again_stock_log},
    {"stock-recall-1", "tonsure/stock-recall/1", again_stock_recall},
    {"stock-verify-1", "tonsure/stock-verify/1", again_stock_verify},
    {"stock-copy-1", "tonsure/stock-copy/1", again_stock_copy},
    {"stock-products-1", "tonsure/stock-products/1", again_stock_products},
    {"stock-scan-1", "tonsure/stock-scan/1", again_stock_scan},
    {"stock-orders-1", "tonsure/stock-orders/1", again_stock_orders},
    {"stock-terms-1", "tonsure/stock-terms/1", again_stock_terms},
    {"report-month-1", "tonsure/report-month/1", again_month},
    {"clinic-change-1", "tonsure/clinic-change/1", again_clinic_change},
    {"clients-1", "tonsure/clients/1", again_clients},
    {"visits-1", "tonsure/visits/1", again_visits},
    {"pots-1", "tonsure/pots/1", again_pots},
    {"client-1", "tonsure/client/1", again_client},
    {"report-visit-1", "tonsure/report-visit/1", again_report_visit},
    {"plan-1", "tonsure/plan/1", again_plan},
    {"paper-1", "tonsure/paper/1", again_paper},
    {"course-learned-1", "tonsure/course-learned/1", again_course},
};

#endif
