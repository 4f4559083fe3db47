/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "stock/facts_next.h"

bool tns_facts_are_of_next(tns_db *db, tns_next_id *next, const char *what, int64_t id,
                           tns_error *err)
{
    int64_t expected;
    return next(db, &expected, err) &&
           (id == expected || tns_error_set(err, TNS_ERROR_FORMAT,
                                            "%s%" PRId64 " out of turn: the next is %s%" PRId64,
                                            what, id, what, expected));
}
