/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a bottle is good, what bars it from use, and which comes first. Values alone. */
#include <stdlib.h>

#include <tonsure/stock.h>

tns_day tns_bottle_use_by(tns_day expires, tns_day opened, int pao_months)
{
    tns_day after_opening = pao_months == TNS_SINGLE_USE ? opened
                            : pao_months > 0             ? tns_day_add_months(opened, pao_months)
                                                         : TNS_NO_DAY;
    if (expires == TNS_NO_DAY || after_opening == TNS_NO_DAY)
        return expires != TNS_NO_DAY ? expires : after_opening;
    return after_opening < expires ? after_opening : expires;
}

static bool is_expired(const tns_bottle *bottle, tns_day day)
{
    return bottle->use_by != TNS_NO_DAY && day > bottle->use_by;
}

tns_bottle_status tns_bottle_status_on(const tns_bottle *bottle, tns_day day)
{
    return bottle->recalled          ? TNS_BOTTLE_RECALLED
           : bottle->quarantined     ? TNS_BOTTLE_QUARANTINED
           : is_expired(bottle, day) ? TNS_BOTTLE_EXPIRED
           : bottle->on_hand == 0    ? TNS_BOTTLE_EMPTY
           : bottle->retired         ? TNS_BOTTLE_RETIRED
                                     : TNS_BOTTLE_OK;
}

static tns_code refusal_by_status(const tns_bottle *bottle, tns_bottle_status status)
{
    return status == TNS_BOTTLE_RECALLED                             ? TNS_ERROR_RECALLED
           : status == TNS_BOTTLE_QUARANTINED                        ? TNS_ERROR_QUARANTINED
           : status == TNS_BOTTLE_EXPIRED                            ? TNS_ERROR_EXPIRED
           : bottle->kind == TNS_PRODUCT_DILUENT && !bottle->sterile ? TNS_ERROR_NOT_STERILE
                                                                     : TNS_OK;
}

tns_code tns_bottle_refusal(const tns_bottle *bottle, tns_day day)
{
    return refusal_by_status(bottle, tns_bottle_status_on(bottle, day));
}

tns_code tns_bottle_refused(const tns_bottle *bottle)
{
    return refusal_by_status(bottle, bottle->status);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool is_refused(const tns_bottle *bottle)
{
    return tns_bottle_refused(bottle) != TNS_OK;
}

/* Without end sorts last. */
static int64_t last_day(const tns_bottle *bottle)
{
    return bottle->use_by != TNS_NO_DAY ? bottle->use_by : INT32_MAX;
}

/* The keys in order of their weight; no two bottles have the same number, so the order is total. */
static int by_rank(const void *one, const void *other)
{
    const tns_bottle *a = one, *b = other;
    int result = order(is_refused(a), is_refused(b));
    if (result == 0)
        result = order(a->opened == TNS_NO_DAY, b->opened == TNS_NO_DAY);
    if (result == 0)
        result = order(last_day(a), last_day(b));
    if (result == 0)
        result = order(a->received, b->received);
    return result ? result : order(a->id, b->id);
}

void tns_bottles_sort(tns_bottle *bottles, size_t count, tns_day day)
{
    for (size_t i = 0; i < count; i++)
        bottles[i].status = tns_bottle_status_on(&bottles[i], day);
    if (count > 1)
        qsort(bottles, count, sizeof *bottles, by_rank);
}
