/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "follicles" of tonsure/photo/1. */
#ifndef RECORDS_FOLLICLES_H
#define RECORDS_FOLLICLES_H

#include <tonsure/follicles.h>

#include "base/json.h"

tns_json *tns_json_from_follicles(const tns_follicles *follicles);

/* The node itself. Finish `out` even on failure. */
bool tns_json_get_follicles(const tns_json_at *at, tns_follicles *out, tns_error *err);

#endif
