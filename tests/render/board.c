/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/board.h"
#include "render/cards.h"

int board_bin(double x)
{
    return (int)fmin(fmax(floor(x + 1.5), 0), BOARD_BINS - 1);
}

/* How far a cell's edges reach from its middle along the axes. */
static tns_point reach(const board_cell *cell)
{
    double c = fabs(cos(cell->turn)), s = fabs(sin(cell->turn));
    return (tns_point){c * cell->half_x + s * cell->half_y, s * cell->half_x + c * cell->half_y};
}

/* Into every bin it touches; half a pixel's share of it may lie a little beyond. */
static void file_cell(board *b, int index)
{
    const double beyond = 0.2;
    const board_cell *cell = &b->cell[index];
    tns_point r = reach(cell);
    for (int j = board_bin(cell->y - r.y - beyond); j <= board_bin(cell->y + r.y + beyond); j++)
        for (int i = board_bin(cell->x - r.x - beyond); i <= board_bin(cell->x + r.x + beyond);
             i++) {
            unsigned char *bin = b->bin[j][i];
            if (bin[0] < BIN_CELLS)
                bin[++bin[0]] = (unsigned char)index;
        }
}

static bool place(const render_card *card, tns_point size, board *out, tns_error *err)
{
    if (!perspective_make(card->corner, size.x, size.y, &out->map))
        return tns_error_set(err, TNS_ERROR_USAGE, "the chart's corners span no quadrilateral");
    return true;
}

bool board_make(const render_card *card, materials *things, board *out, tns_error *err)
{
    *out = (board){.present = card->present};
    tns_point size;
    if (!card->present)
        return true;
    if (!card_lay_out(card, things, out, &size, err) || !place(card, size, out, err))
        return false;
    for (int i = 0; i < out->count; i++)
        file_cell(out, i);
    return true;
}

double board_beyond(const board *b, tns_point p)
{
    double half_x = (b->right - b->left) / 2, half_y = (b->bottom - b->top) / 2;
    double dx = fabs(p.x - b->left - half_x) - (half_x - b->round);
    double dy = fabs(p.y - b->top - half_y) - (half_y - b->round);
    return hypot(fmax(dx, 0), fmax(dy, 0)) + fmin(fmax(dx, dy), 0) - b->round;
}
