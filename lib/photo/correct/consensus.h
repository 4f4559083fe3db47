/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which patches go together, when some of the chart is covered. */
#ifndef PHOTO_CORRECT_CONSENSUS_H
#define PHOTO_CORRECT_CONSENSUS_H

#include <stdint.h>

#include "photo/correct/fit.h"

/*
 * Random sample consensus (Fischler, Bolles, Comm. ACM 24, 381 (1981)): matrices fitted to a few
 * patches each; the one that most patches agree with wins, is fitted in full, and asked again.
 * Fills agrees[n] and returns how many do. n <= TNS_CHART_PATCHES_MAX.
 */
int tns_consensus(const tns_fit_patch *patches, int n, uint64_t seed, bool *agrees);

#endif
