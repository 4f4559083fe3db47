/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best real amounts, support by support: where the bound does not rule the whole support out,
 * descents from several starts, of which the best end stands for it.
 *
 * What a bound rules out is proven to be worse than the list; that no support has a better minimum
 * than its descents found is not.
 */
#ifndef MATCH_REAL_CONTINUOUS_H
#define MATCH_REAL_CONTINUOUS_H

#include "match/real/ranking.h"

/*
 * Of `supports`, as tns_supports_list made them, fills `list` with problem->top, best first, each
 * polished, and tells how many; a support appears once. `evaluated` counts descents. False when
 * cancelled or without memory.
 */
bool tns_continuous_search(const tns_problem *problem, const tns_support *supports,
                           size_t support_count, const tns_context *context, tns_support *list,
                           size_t *count, uint64_t *evaluated, tns_error *err);

#endif
