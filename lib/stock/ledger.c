/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "stock/chain.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/words.h"

static const tns_stock_act nobody_today;

/* ---- who, when, why ---- */

const char *tns_act_reason(const tns_stock_act *act)
{
    return act->reason ? act->reason : "";
}

bool tns_act_has_reason(const tns_stock_act *act, const char *what, tns_error *err)
{
    return tns_act_reason(act)[0] ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: expected a reason: --reason", what);
}

bool tns_stock_text(const char *what, const char *text, char *out, size_t size, tns_error *err)
{
    char tidy[1024];
    const char *said = text ? text : "";
    if (!tns_text_copy(tidy, sizeof tidy, said) || strlen(tidy) >= size)
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: longer than %zu bytes: \"%.40s\"", what,
                             size - 1, said);
    tns_text_tidy(tidy);
    return tns_text_copy(out, size, tidy);
}

bool tns_stock_name(const char *what, const char *text, char *out, size_t size, tns_error *err)
{
    char tidy[1024];
    if (!tns_stock_text(what, text, tidy, sizeof tidy, err))
        return false;
    char *start = tidy + strspn(tidy, " ");
    size_t length = strlen(start);
    while (length > 0 && start[length - 1] == ' ')
        start[--length] = '\0';
    return (start[0] || tns_error_set(err, TNS_ERROR_USAGE, "%s: a name is needed", what)) &&
           tns_stock_text(what, start, out, size, err);
}

/* Of a day in the past no hour is known: noon, in UTC. */
static bool set_time(tns_operation *o, tns_error *err)
{
    tns_day today = tns_day_today(o->act->context);
    char on[TNS_DAY_TEXT], now[TNS_DAY_TEXT];
    o->now = tns_context_now(o->act->context);
    o->day = o->act->on == TNS_NO_DAY ? today : o->act->on;
    o->time = o->day == today ? o->now : (int64_t)o->day * 86400 + 43200;
    tns_day_write(o->day, on);
    tns_day_write(today, now);
    return o->day <= today || tns_error_set(err, TNS_ERROR_USAGE,
                                            "%s: that day is still to come; today is %s", on, now);
}

static int64_t reads_then(void *user)
{
    return *(const int64_t *)user;
}

tns_day tns_entry_day_at(int64_t time)
{
    const tns_context then = {.clock = reads_then, .user = &time};
    return time % 86400 == 43200 ? (tns_day)(time / 86400) : tns_day_today(&then);
}

bool tns_operation_follows(tns_operation *o, int64_t since, const char *what, tns_error *err)
{
    char day[TNS_DAY_TEXT];
    tns_day_write(tns_entry_day_at(since), day);
    if (o->day < tns_entry_day_at(since))
        return tns_error_set(err, TNS_ERROR_CONFLICT, "%s on %s, after that day", what, day);
    o->time = o->time < since ? since : o->time;
    return true;
}

/* ---- an operation ---- */

bool tns_operation_begin(tns_operation *o, tns_stock *stock, const tns_stock_act *act,
                         tns_stock_change *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    *o = (tns_operation){.db = stock->db, .act = act ? act : &nobody_today, .out = out};
    if (!set_time(o, err) || !tns_db_begin_writing(o->db, err))
        return false;
    if (tns_entry_last(o->db, &o->last, o->hash, err)) {
        out->operation = o->last + 1;
        return true;
    }
    tns_db_rollback(o->db);
    return false;
}

bool tns_operation_append(tns_operation *o, const tns_entry *draft, tns_error *err)
{
    tns_entry e = *draft;
    e.id = o->last + 1;
    e.operation = o->out->operation;
    e.time = o->time;
    e.recorded = o->now;
    e.day = o->day;
    if (!tns_stock_text("actor", o->act->actor, e.actor, sizeof e.actor, err))
        return false;
    tns_chain_hash(&e, o->hash, e.hash);
    if (!tns_entry_apply(o->db, &e, err) || !tns_entry_insert(o->db, &e, err) ||
        !tns_entry_list_add(&o->out->entries, &e, err))
        return false;
    o->last = e.id;
    memcpy(o->hash, e.hash, sizeof o->hash);
    return true;
}

bool tns_operation_enter(tns_operation *o, tns_entry *entry, tns_error *err)
{
    return tns_stock_text("reason", tns_act_reason(o->act), entry->reason, sizeof entry->reason,
                          err) &&
           tns_operation_append(o, entry, err);
}

static bool is_listed(const tns_bottle_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->bottles[i].id == id)
            return true;
    return false;
}

/* The bottles that the entries are of, each once, as they are now. */
static bool collect_bottles(tns_operation *o, tns_error *err)
{
    const tns_entry_list *entries = &o->out->entries;
    tns_bottle_list *list = &o->out->bottles;
    if (list->count > 0 || entries->count == 0)
        return true; /* an operation on lots has listed them itself */
    list->bottles = calloc(entries->count, sizeof *list->bottles);
    if (!list->bottles)
        return tns_error_set(err, TNS_ERROR_MEMORY, "stock: out of memory");
    for (size_t i = 0; i < entries->count; i++) {
        int64_t id = entries->entries[i].bottle;
        if (id && !is_listed(list, id) &&
            !tns_expect_bottle(o->db, id, &list->bottles[list->count++], err))
            return false;
    }
    return true;
}

bool tns_operation_end(tns_operation *o, bool done, tns_error *err)
{
    done = done && collect_bottles(o, err);
    tns_day today = tns_day_today(o->act->context);
    for (size_t i = 0; i < o->out->bottles.count; i++)
        o->out->bottles.bottles[i].status =
            tns_bottle_status_on(&o->out->bottles.bottles[i], today);
    if (done && !o->act->dry_run)
        return o->out->written = tns_db_commit(o->db, err);
    tns_db_rollback(o->db);
    return done;
}

void tns_stock_change_finish(tns_stock_change *change)
{
    if (!change)
        return;
    tns_entry_list_finish(&change->entries);
    tns_bottle_list_finish(&change->bottles);
}

/* ---- what is there ---- */

bool tns_expect_bottle(tns_db *db, int64_t id, tns_bottle *out, tns_error *err)
{
    bool found;
    return tns_bottle_find(db, id, out, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no bottle B%" PRId64, id));
}

/* What was asked for, and what is near it. */
typedef struct offering {
    tns_near *near;
    const char *word;
} offering;

static bool offer(void *user, const char *id, tns_error *err)
{
    const offering *to = user;
    (void)err;
    tns_near_offer(to->near, to->word, id);
    return true;
}

static bool no_product(tns_db *db, const char *id, tns_error *err)
{
    char text[TNS_NEAR_TEXT];
    tns_near near = {0};
    offering to = {&near, id};
    if (!tns_product_walk(db, offer, &to, err))
        return false;
    tns_near_write(&near, text, sizeof text);
    return tns_error_set(err, TNS_ERROR_NO_SUCH,
                         "there is no product \"%.47s\": stock product add makes it%s", id, text);
}

bool tns_expect_product(tns_db *db, const char *id, tns_product *out, tns_error *err)
{
    bool found;
    return tns_product_find(db, id, out, &found, err) && (found || no_product(db, id, err));
}

bool tns_expect_kept_product(tns_db *db, const char *id, tns_product *out, tns_error *err)
{
    return tns_expect_product(db, id, out, err) &&
           (!out->retired ||
            tns_error_set(err, TNS_ERROR_CONFLICT,
                          "product %s was retired: stock log --product %s has the entry that stock "
                          "undo takes back",
                          id, id));
}

void tns_amount_write(int64_t amount, bool pieces, char out[TNS_AMOUNT_TEXT])
{
    int64_t ml = amount / 1000;
    int ul = (int)(amount % 1000);
    if (pieces)
        snprintf(out, TNS_AMOUNT_TEXT, "%" PRId64 " pc", amount);
    else if (ul == 0)
        snprintf(out, TNS_AMOUNT_TEXT, "%" PRId64 " ml", ml);
    else if (ul % 100 == 0)
        snprintf(out, TNS_AMOUNT_TEXT, "%" PRId64 ".%d ml", ml, ul / 100);
    else if (ul % 10 == 0)
        snprintf(out, TNS_AMOUNT_TEXT, "%" PRId64 ".%02d ml", ml, ul / 10);
    else
        snprintf(out, TNS_AMOUNT_TEXT, "%" PRId64 ".%03d ml", ml, ul);
}

/* ---- lists ---- */

bool tns_entry_list_add(tns_entry_list *list, const tns_entry *entry, tns_error *err)
{
    tns_entry *one = tns_list_grow(&list->entries, &list->count, sizeof *one);
    if (!one)
        return tns_error_set(err, TNS_ERROR_MEMORY, "entries: out of memory");
    *one = *entry;
    return true;
}
