/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/schema.h"

extern const char tns_schema_1[], tns_schema_2[], tns_schema_3[], tns_schema_4[], tns_schema_5[],
    tns_schema_6[], tns_schema_7[], tns_schema_8[];

/* Step n takes a store from schema n to n + 1; what is released is never edited, only added to. */
static const char *const steps[] = {tns_schema_1, tns_schema_2, tns_schema_3, tns_schema_4,
                                    tns_schema_5, tns_schema_6, tns_schema_7, tns_schema_8};

enum { CURRENT = sizeof steps / sizeof *steps };

static bool climb(tns_db *db, tns_error *err)
{
    int schema = 0; /* asked anew: another program may have been faster */
    if (!tns_db_schema(db, &schema, err))
        return false;
    if (schema >= CURRENT)
        return true;
    for (int i = schema; i < CURRENT; i++)
        if (!tns_db_script(db, steps[i], err))
            return false;
    return tns_db_stamp(db, CURRENT, err);
}

bool tns_schema_is_known(const tns_db *db, int schema, tns_error *err)
{
    return schema <= CURRENT ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "%s: the store is of a newer version (schema %d; this one knows up to %d)",
                         tns_db_name(db), schema, (int)CURRENT);
}

bool tns_schema_bring_up(tns_db *db, int schema, tns_error *err)
{
    if (schema == CURRENT)
        return true;
    if (!tns_db_begin_writing(db, err))
        return false;
    if (climb(db, err))
        return tns_db_commit(db, err);
    tns_db_rollback(db);
    return false;
}
