/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/stubble_card.h"

static void paint(stubble_picture *p, int x0, int y0, int width, int height, tns_lab lab)
{
    const tns_xyz d50 = {96.42, 100, 82.49};
    double rgb[3];
    tns_srgb_from_xyz(tns_xyz_from_lab(lab, d50), d50, rgb);
    for (int y = y0; y < y0 + height; y++)
        for (int x = x0; x < x0 + width; x++)
            for (int c = 0; c < 3; c++)
                p->rgb[3 * (y * p->width + x) + c] = (unsigned char)(255 * rgb[c] + 0.5);
}

bool stubble_paint_card(stubble_picture *p, const stubble_card *card)
{
    tns_chart chart;
    int pitch = card->pitch_px, side = pitch * 5 / 6;
    if (!tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL))
        return false;
    paint(p, card->x - pitch, card->y - pitch, 7 * pitch, 5 * pitch, (tns_lab){25, 0, 0});
    for (int i = 0; i < chart.count; i++)
        paint(p, card->x + pitch * (i % 6) - side / 2, card->y + pitch * (i / 6) - side / 2, side,
              side, chart.patch[i].reference);
    return true;
}

void stubble_card_corners(const stubble_card *card, tns_point corners[4])
{
    double right = card->x + 5 * card->pitch_px, below = card->y + 3 * card->pitch_px;
    corners[0] = (tns_point){card->x, card->y};
    corners[1] = (tns_point){right, card->y};
    corners[2] = (tns_point){right, below};
    corners[3] = (tns_point){card->x, below};
}
