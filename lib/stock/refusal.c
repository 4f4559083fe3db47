/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "stock/refusal.h"

static bool refuse_expired(const tns_bottle *b, tns_error *err)
{
    char last[TNS_DAY_TEXT], opened[TNS_DAY_TEXT];
    tns_day_write(b->use_by, last);
    tns_day_write(b->opened, opened);
    if (b->use_by == b->expires)
        return tns_error_set(err, TNS_ERROR_EXPIRED,
                             "B%" PRId64 " (%s, lot %s) expired: %s was its last day", b->id,
                             b->product, b->lot, last);
    return tns_error_set(err, TNS_ERROR_EXPIRED,
                         "B%" PRId64 " (%s, lot %s) expired: open since %s, %s was its last day",
                         b->id, b->product, b->lot, opened, last);
}

bool tns_refuse(const tns_bottle *b, tns_code refusal, tns_error *err)
{
    if (refusal == TNS_ERROR_EXPIRED)
        return refuse_expired(b, err);
    const char *why = refusal == TNS_ERROR_RECALLED      ? "its lot is recalled"
                      : refusal == TNS_ERROR_QUARANTINED ? "its lot is in quarantine"
                                                         : "a diluent that is not sterile";
    return tns_error_set(err, refusal, "B%" PRId64 " (%s, lot %s) must not be used: %s", b->id,
                         b->product, b->lot, why);
}
