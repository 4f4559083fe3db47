/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tns_match_solve of a request for real amounts. */
#ifndef MATCH_REAL_SOLVE_REAL_H
#define MATCH_REAL_SOLVE_REAL_H

#include <tonsure/match.h>

tns_match *tns_solve_real(const tns_match_request *request, const tns_context *context,
                          tns_error *err);

#endif
