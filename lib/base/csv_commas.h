/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CSV_COMMAS_H
#define BASE_CSV_COMMAS_H

#include "base/csv.h"

/* ',' or ';', by the first line that is a row: ';' where it has some, and commas in numbers alone.
 */
char tns_csv_delimiter(const char *text, size_t length);

/* Between semicolons, the decimal commas of fields that are numbers become points; where any of
   them has a point already, none is taken for one. */
void tns_csv_point_commas(tns_csv *csv);

#endif
