/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of visits, site by site: on the client's card, so in no entry of the ledger. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/ledger.h"

enum { DAYS_MAX = 36500 };

static bool check_reading(const tns_site_reading *told, tns_site_reading *out, tns_error *err)
{
    *out = *told;
    if (told->days < 0 || told->days > DAYS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "reading: expected 0 to %d days since the visit",
                             DAYS_MAX);
    if (!told->record || !told->record[0] || strlen(told->record) >= TNS_READING_TEXT_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "reading: a record of up to %d bytes is kept",
                             TNS_READING_TEXT_MAX - 1);
    return tns_stock_name("site", told->site, out->site, sizeof out->site, err);
}

static bool add_it(tns_db *db, const tns_site_reading *reading, int64_t *id, tns_error *err)
{
    tns_visit visit;
    tns_client client;
    if (!tns_expect_visit(db, reading->visit, &visit, err) ||
        !tns_expect_client(db, visit.client, &client, err))
        return false;
    if (client.erased != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "client C%" PRId64 " was erased", client.id);
    if (visit.state != TNS_VISIT_OPEN && visit.state != TNS_VISIT_CLOSED)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "visit V%" PRId64 " is %s: open it first",
                             visit.id, tns_visit_state_name(visit.state));
    return tns_reading_insert(db, reading, id, err);
}

bool tns_visit_add_reading(tns_stock *stock, const tns_site_reading *reading,
                           const tns_stock_act *act, int64_t *id, tns_error *err)
{
    int64_t number = 0;
    tns_site_reading tidy;
    if (!check_reading(reading, &tidy, err) || !tns_db_begin_writing(stock->db, err))
        return false;
    tidy.recorded = tns_context_now(act ? act->context : NULL);
    bool done = add_it(stock->db, &tidy, &number, err);
    if (done && !(act && act->dry_run))
        done = tns_db_commit(stock->db, err);
    else
        tns_db_rollback(stock->db);
    if (id)
        *id = number;
    return done;
}

static bool drop_them(tns_db *db, int64_t visit, const char *site, int days, tns_error *err)
{
    int64_t count;
    tns_visit found;
    if (!tns_expect_visit(db, visit, &found, err) ||
        !tns_reading_delete(db, visit, site, days, &count, err))
        return false;
    return count > 0 ||
           tns_error_set(err, TNS_ERROR_NO_SUCH,
                         "nothing was read at %.47s %d days after V%" PRId64, site, days, visit);
}

bool tns_visit_drop_readings(tns_stock *stock, int64_t visit, const char *site, int days,
                             const tns_stock_act *act, tns_error *err)
{
    if (!tns_db_begin_writing(stock->db, err))
        return false;
    bool done = drop_them(stock->db, visit, site, days, err);
    if (done && !(act && act->dry_run))
        done = tns_db_commit(stock->db, err);
    else
        tns_db_rollback(stock->db);
    return done;
}

bool tns_visit_readings(tns_stock *stock, int64_t client, int64_t visit, tns_site_reading_list *out,
                        tns_error *err)
{
    *out = (tns_site_reading_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_reading_collect(stock->db, client, visit, out, err);
    tns_db_rollback(stock->db);
    return done;
}
