/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a pot's reading its inks leave unexplained, by bands and by color. */
#ifndef MATCH_POT_UNEXPLAINED_H
#define MATCH_POT_UNEXPLAINED_H

#include "match/pot/pot.h"

tns_pot_residual tns_unexplained(const tns_pot_job *job, const tns_pot *pot, const double *factor);

/*
 * What the palette gets wrong of this pot it will get wrong of it with some drops more: that part
 * of the residual which is not noise stands in every prediction. Of a color alone it is not known.
 */
void tns_unexplained_offset(tns_pot_job *job);

#endif
