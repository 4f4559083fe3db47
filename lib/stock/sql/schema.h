/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, and the way from those of an older version. */
#ifndef STOCK_SQL_SCHEMA_H
#define STOCK_SQL_SCHEMA_H

#include "stock/sql/database.h"

/* TNS_ERROR_UNSUPPORTED for one of a newer version. */
bool tns_schema_is_known(const tns_db *db, int schema, tns_error *err);

/* Takes the store from the schema it has (0 = it is new) to the one of this version. */
bool tns_schema_bring_up(tns_db *db, int schema, tns_error *err);

#endif
