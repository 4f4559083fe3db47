/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots as they are: listed, and what is left of them at what it cost. */

#include "base/text.h"
#include "stock/ledger.h"

bool tns_pot_list_find(tns_stock *stock, const tns_pot_question *question, tns_pot_list *out,
                       tns_error *err)
{
    *out = (tns_pot_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_pot_rows(stock->db, question, out, err);
    tns_db_rollback(stock->db);
    return done;
}

/* ---- why it was mixed ---- */

typedef struct mixing {
    int64_t pot, operation, use; /* the entry that took something for it, and its operation */
} mixing;

static bool find_use(void *user, const tns_entry *e, tns_error *err)
{
    (void)err;
    mixing *m = user;
    if (m->use == 0 && e->kind == TNS_ENTRY_USE && tns_entry_subject(e).pot == m->pot) {
        m->use = e->id;
        m->operation = e->operation;
    }
    return true;
}

/* The pot's own entry stands before those of what it took, in the same operation. */
static bool read_reason(tns_db *db, const mixing *m, char out[TNS_REASON_SIZE], tns_error *err)
{
    bool done = true, found;
    for (int64_t id = m->operation; done && id < m->use; id++) {
        tns_entry e;
        done = tns_entry_find(db, id, &e, &found, err);
        if (done && found && e.kind == TNS_ENTRY_POT && tns_entry_subject(&e).pot == m->pot)
            return tns_text_copy(out, TNS_REASON_SIZE, e.reason);
    }
    return done;
}

bool tns_pot_reason(tns_stock *stock, const tns_pot *pot, char out[TNS_REASON_SIZE], tns_error *err)
{
    mixing m = {.pot = pot->id};
    out[0] = '\0';
    if (pot->part_count == 0)
        return true;
    const tns_log_subject bottle = {.bottle = pot->parts[0].bottle};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_entry_walk_of(stock->db, &bottle, 0, find_use, &m, err) &&
                read_reason(stock->db, &m, out, err);
    tns_db_rollback(stock->db);
    return done;
}

int64_t tns_pot_waste_cents(const tns_pot *pot)
{
    if (pot->ul == 0)
        return 0;
    /* A double holds both factors exactly, and the share to far less than a hundredth. */
    double cost = (double)pot->cost_millicents * (double)pot->left_ul / (double)pot->ul;
    return (int64_t)(cost / 1000 + 0.5);
}
