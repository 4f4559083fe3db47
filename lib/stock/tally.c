/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "stock/facts.h"
#include "stock/sql/usage.h"
#include "stock/tally.h"

/* Bottles are numbered from 1 without gaps, each by an entry of its own: none has a number beyond
   its entry's. */
static bool make_room(tns_tally *t, const tns_entry *entry, tns_error *err)
{
    size_t bottle = (size_t)entry->bottle, room = t->room ? t->room : 1024;
    if (entry->bottle < 1 || entry->bottle > entry->id)
        return tns_error_set(err, TNS_ERROR_FORMAT, "there is no bottle B%" PRId64, entry->bottle);
    if (bottle < t->room)
        return true;
    while (room <= bottle)
        room *= 2;
    int64_t *more = realloc(t->on_hand, room * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "stock: out of memory");
    memset(more + t->room, 0, (room - t->room) * sizeof *more);
    t->on_hand = more;
    t->room = room;
    return true;
}

static bool expect_bottle(tns_tally *t, tns_db *db, int64_t bottle, tns_error *err)
{
    int64_t next;
    if (bottle > t->bottles) {
        if (!tns_bottle_next_id(db, &next, err))
            return false;
        t->bottles = next - 1;
    }
    return (bottle > 0 && bottle <= t->bottles) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "there is no bottle B%" PRId64, bottle);
}

/* A delivery makes its bottle; whatever else is of one finds it. */
static bool apply_facts(tns_tally *t, tns_db *db, const tns_entry *entry, tns_error *err)
{
    bool comes = entry->kind == TNS_ENTRY_RECEIVE;
    return (!entry->bottle || comes || expect_bottle(t, db, entry->bottle, err)) &&
           tns_entry_apply_facts(db, entry, err);
}

bool tns_tally_apply(tns_tally *t, tns_db *db, const tns_entry *entry, tns_error *err)
{
    static const int64_t most = INT64_C(1) << 52;
    if (!apply_facts(t, db, entry, err) || !tns_used_tally_apply(&t->used, db, entry, err))
        return false;
    if (entry->amount == 0)
        return true;
    if (!make_room(t, entry, err))
        return false;
    int64_t *sum = &t->on_hand[entry->bottle];
    if (entry->amount > most || entry->amount < -most || *sum + entry->amount > most)
        return tns_error_set(err, TNS_ERROR_FORMAT, "an amount beyond reason");
    *sum += entry->amount;
    return *sum >= 0 ||
           tns_error_set(err, TNS_ERROR_FORMAT, "more is taken from B%" PRId64 " than is in it",
                         entry->bottle);
}

bool tns_tally_flush(const tns_tally *t, tns_db *db, tns_error *err)
{
    for (size_t i = 0; i < t->room; i++)
        if (t->on_hand[i] != 0 && !tns_bottle_fill(db, (int64_t)i, t->on_hand[i], err))
            return false;
    return tns_lots_sum(db, err) && tns_used_tally_flush(&t->used, db, err);
}

void tns_tally_finish(tns_tally *tally)
{
    free(tally->on_hand);
    tns_used_tally_finish(&tally->used);
    *tally = (tns_tally){0};
}
