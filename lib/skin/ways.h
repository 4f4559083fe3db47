/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of healing, drawn from their ranges. */
#ifndef SKIN_WAYS_H
#define SKIN_WAYS_H

#include <tonsure/healed.h>

enum tns_healing_figure {
    TNS_HEALING_DEPTH,
    TNS_HEALING_THICKNESS,
    TNS_HEALING_DEPOSIT,
    TNS_HEALING_RETENTION,
    TNS_HEALING_FIGURES
};

/* Each figure where so great a share (0..1) of its range lies below it. */
tns_healing tns_healing_at(const tns_healing_terms *terms, const double share[TNS_HEALING_FIGURES]);

/* count rows of shares, each column of them even: (rank + 1/2) / count. False without memory. */
bool tns_healing_shares(size_t count, uint64_t seed, double (*out)[TNS_HEALING_FIGURES]);

#endif
