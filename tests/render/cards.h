/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies on each kind of card. */
#ifndef RENDER_CARDS_H
#define RENDER_CARDS_H

#include "render/board.h"

/* Fills the frame and the cells; `size` is the card's place of its third corner. */
bool card_lay_out(const render_card *card, materials *things, board *out, tns_point *size,
                  tns_error *err);

#endif
