/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart painted into a picture of stubble, since colors need one. */
#ifndef RENDER_STUBBLE_CARD_H
#define RENDER_STUBBLE_CARD_H

#include "render/stubble.h"

/* Where the first patch's middle is, and how far the next. */
typedef struct stubble_card {
    int x, y, pitch_px;
} stubble_card;

/* A ColorChecker Classic since 2014. False without memory for its figures. */
bool stubble_paint_card(stubble_picture *picture, const stubble_card *card);

/* The middles of its corner patches, as tns_photo_options has them. */
void stubble_card_corners(const stubble_card *card, tns_point corners[4]);

#endif
