/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/list.h"
#include "stock/sql/usage.h"
#include "stock/tally_used.h"

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "stock: out of memory");
}

/* An array by number that has a place for this one; new places are 0. NULL without memory, and the
   old array as it was. */
static void *reach(void *array, size_t *room, size_t number, size_t size)
{
    size_t wanted = *room ? *room : 1024;
    while (wanted <= number)
        wanted *= 2;
    if (wanted == *room)
        return array;
    char *more = realloc(array, wanted * size);
    if (!more)
        return NULL;
    memset(more + *room * size, 0, (wanted - *room) * size);
    *room = wanted;
    return more;
}

/* ---- products ---- */

/* Where its number is in the order, or belongs. */
static size_t place_of(const tns_used_tally *t, const char *id, bool *found)
{
    size_t low = 0, high = t->order_count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(t->products[t->order[middle] - 1].id, id);
        *found |= order == 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* 0 without memory. */
static size_t number_of(tns_used_tally *t, const char *id)
{
    bool found;
    size_t place = place_of(t, id, &found);
    if (found)
        return t->order[place];
    tns_used_product *product = tns_list_grow(&t->products, &t->product_count, sizeof *product);
    if (!product || !tns_list_grow(&t->order, &t->order_count, sizeof *t->order))
        return 0;
    *product = (tns_used_product){0};
    tns_text_copy(product->id, sizeof product->id, id);
    memmove(t->order + place + 1, t->order + place,
            (t->order_count - 1 - place) * sizeof *t->order);
    return t->order[place] = t->product_count;
}

/* *number is 0 where there is no such bottle. */
static bool find_product(tns_used_tally *t, tns_db *db, int64_t bottle, size_t *number,
                         tns_error *err)
{
    char id[TNS_ID_SIZE];
    *number = (size_t)bottle < t->bottle_room ? t->number_of[bottle] : 0;
    if (*number != 0)
        return true;
    if (!tns_bottle_product(db, bottle, id, err))
        return false;
    if (!id[0])
        return true;
    size_t *more = reach(t->number_of, &t->bottle_room, (size_t)bottle, sizeof *more);
    if (!more)
        return no_memory(err);
    t->number_of = more;
    *number = more[bottle] = number_of(t, id);
    return *number != 0 || no_memory(err);
}

/* ---- sums ---- */

/* Fibonacci hashing (D. E. Knuth, The Art of Computer Programming, vol. 3, 6.4); `room` is a power
   of two. */
static tns_used_sum *find_sum(tns_used_sum *sums, size_t room, uint64_t key)
{
    size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (room - 1);
    while (sums[i].key != 0 && sums[i].key != key)
        i = (i + 1) & (room - 1);
    return &sums[i];
}

static bool make_room(tns_used_tally *t, tns_error *err)
{
    size_t room = t->sum_room ? 2 * t->sum_room : 1024;
    if (2 * t->sum_count < t->sum_room)
        return true;
    tns_used_sum *more = calloc(room, sizeof *more);
    if (!more)
        return no_memory(err);
    for (size_t i = 0; i < t->sum_room; i++)
        if (t->sums[i].key != 0)
            *find_sum(more, room, t->sums[i].key) = t->sums[i];
    free(t->sums);
    t->sums = more;
    t->sum_room = room;
    return true;
}

static bool add(tns_used_tally *t, size_t number, tns_day monday, int64_t amount, int operations,
                tns_error *err)
{
    uint64_t key = (uint64_t)number << 32 | (uint32_t)monday;
    if (!make_room(t, err))
        return false;
    tns_used_sum *sum = find_sum(t->sums, t->sum_room, key);
    t->sum_count += sum->key == 0;
    sum->key = key;
    sum->amount += amount;
    sum->operations += operations;
    return true;
}

/* ---- entries ---- */

/* The week that an entry is of; none = it neither uses nor takes back a use. */
static bool find_week(tns_used_tally *t, const tns_entry *e, tns_day *monday, tns_error *err)
{
    *monday = TNS_NO_DAY;
    if (e->kind == TNS_ENTRY_UNDO && e->undoes > 0 && (size_t)e->undoes < t->entry_room)
        *monday = t->mondays[e->undoes];
    if (e->kind != TNS_ENTRY_USE)
        return true;
    tns_day *more = reach(t->mondays, &t->entry_room, (size_t)e->id, sizeof *more);
    if (!more)
        return no_memory(err);
    t->mondays = more;
    *monday = more[e->id] = tns_used_monday(e->day);
    return true;
}

bool tns_used_tally_apply(tns_used_tally *t, tns_db *db, const tns_entry *e, tns_error *err)
{
    static const int64_t most = INT64_C(1) << 52; /* tally.c refuses what is more */
    tns_day monday;
    size_t number = 0;
    if (e->bottle < 1 || e->bottle > e->id || e->amount > most || e->amount < -most)
        return true;
    if (!find_week(t, e, &monday, err))
        return false;
    if (monday == TNS_NO_DAY)
        return true;
    if (!find_product(t, db, e->bottle, &number, err))
        return false;
    if (number == 0)
        return true;
    bool back = e->kind == TNS_ENTRY_UNDO;
    int64_t *last = back ? &t->products[number - 1].last_undo : &t->products[number - 1].last_use;
    int counts = *last != e->operation;
    *last = e->operation;
    return add(t, number, monday, -e->amount, back ? -counts : counts, err);
}

bool tns_used_tally_flush(const tns_used_tally *t, tns_db *db, tns_error *err)
{
    for (size_t i = 0; i < t->sum_room; i++) {
        const tns_used_sum *sum = &t->sums[i];
        tns_used used = {.monday = (tns_day)(uint32_t)sum->key,
                         .amount = sum->amount,
                         .operations = sum->operations};
        if (sum->key == 0)
            continue;
        tns_text_copy(used.product, sizeof used.product, t->products[(sum->key >> 32) - 1].id);
        if (!tns_used_add(db, &used, err))
            return false;
    }
    return true;
}

void tns_used_tally_finish(tns_used_tally *tally)
{
    free(tally->mondays);
    free(tally->number_of);
    free(tally->products);
    free(tally->order);
    free(tally->sums);
    *tally = (tns_used_tally){0};
}
