/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/cards.h"
#include "render/paints.h"
#include "render/plane.h"

typedef struct maker {
    const render_card *card;
    materials *things;
    board *out;
    uint64_t random;
} maker;

static double between(maker *m, double least, double most)
{
    return least + (most - least) * random_uniform(&m->random);
}

/* A paint of this color, or of the nearest one towards grey that a paint can have. */
static int paint(maker *m, tns_lab lab, uint64_t pot)
{
    tns_spectrum spectrum = tns_spectrum_constant(0.2);
    uint64_t seed = m->card->paint ? random_bits(m->card->paint) ^ (pot + 1) : 0;
    for (int i = 0; i < 40; i++) {
        if (render_paint(lab, seed, &spectrum, NULL))
            break;
        lab = (tns_lab){50 + 0.97 * (lab.L - 50), 0.93 * lab.a, 0.93 * lab.b};
    }
    return materials_add(m->things, spectrum);
}

static void frame(maker *m, double left, double top, double right, double bottom, double round,
                  double grey)
{
    tns_lab color = m->card->color;
    board *b = m->out;
    b->left = left;
    b->top = top;
    b->right = right;
    b->bottom = bottom;
    b->round = round;
    b->frame =
        color.L > 0 ? paint(m, color, 999) : materials_add(m->things, tns_spectrum_constant(grey));
}

static void add_cell(maker *m, double x, double y, double half_x, double half_y, int material)
{
    board *b = m->out;
    if (b->count < BOARD_CELLS)
        b->cell[b->count++] = (board_cell){x, y, half_x, half_y, 0, material};
}

/* ---- Charts and what has their grid ---- */

/* Normal deviates with this expected length: a chi of three degrees has the mean 1.596. */
static tns_lab aged(maker *m, tns_lab lab, double age)
{
    double *axis[3] = {&lab.L, &lab.a, &lab.b};
    for (int i = 0; i < 3; i++) {
        m->random = random_bits(m->random);
        *axis[i] += age / 1.596 * random_normal(m->random);
    }
    return lab;
}

/* Greys are told by their reference: chroma under 5. */
static bool is_grey(tns_lab lab)
{
    return hypot(lab.a, lab.b) < 5;
}

static tns_lab recolored(maker *m, tns_lab lab)
{
    double L = between(m, 25, 85), chroma = between(m, 15, 50), hue = between(m, 0, 6.2832);
    return is_grey(lab) ? lab : (tns_lab){L, chroma * cos(hue), chroma * sin(hue)};
}

/* Some 25 in hue and chroma, 8 in lightness, each patch its own way. */
static tns_lab similar(maker *m, tns_lab lab)
{
    double way = between(m, 0, 6.2832), L = lab.L + between(m, -8, 8);
    return is_grey(lab) ? lab : (tns_lab){L, lab.a + 25 * cos(way), lab.b + 25 * sin(way)};
}

static tns_lab printed(tns_lab lab)
{
    double turn = 0.12 * sin(atan2(lab.b, lab.a) * 2 + 1), chroma = 0.72 * hypot(lab.a, lab.b);
    double hue = atan2(lab.b, lab.a) + turn;
    return (tns_lab){20 + 0.76 * lab.L, chroma * cos(hue), chroma * sin(hue) - 1};
}

static tns_lab patch_color(maker *m, const tns_chart *chart, int i)
{
    tns_lab lab = chart->patch[i].reference;
    switch (m->card->thing) {
    case RENDER_RECOLORED:
        return recolored(m, lab);
    case RENDER_SIMILAR:
        return similar(m, lab);
    case RENDER_SHUFFLED:
        return chart->patch[(i * 7 + 5) % chart->count].reference;
    case RENDER_GREYS:
        return (tns_lab){between(m, 15, 95), 0, 0};
    case RENDER_PRINTED:
        return aged(m, printed(lab), 2);
    default:
        return m->card->age > 0 ? aged(m, lab, m->card->age) : lab;
    }
}

static bool chart_cells(maker *m, tns_point *size, tns_error *err)
{
    const render_card *card = m->card;
    const double beyond = 0.66, classic_share = 0.88;
    tns_edition edition = card->edition ? card->edition : TNS_EDITION_AFTER_2014;
    tns_chart chart;
    if (!tns_chart_find(card->kind[0] ? card->kind : "classic24", edition, &chart, err))
        return false;
    const tns_chart_patch *last = &chart.patch[chart.count - 1];
    double half = (card->kind[0] ? chart.patch_share : classic_share) / 2;
    *size = (tns_point){last->x, last->y};
    frame(m, -beyond, -beyond, size->x + beyond, size->y + beyond, 0.12, 0.042);
    for (int i = 0; i < chart.count; i++) {
        const tns_chart_patch *p = &chart.patch[i];
        add_cell(m, p->x, p->y, half, half, paint(m, patch_color(m, &chart, i), (uint64_t)i));
    }
    return true;
}

/* ---- What else has a grid ---- */

static void tiles(maker *m, tns_point *size)
{
    *size = (tns_point){7, 5};
    frame(m, -0.5, -0.5, 7.5, 5.5, 0, 0.45);
    for (int i = 0; i < 48; i++)
        add_cell(m, i % 8, i / 8, 0.47, 0.47,
                 paint(m, (tns_lab){between(m, 66, 71), -2, between(m, 6, 9)}, (uint64_t)i));
}

static void keyboard(maker *m, tns_point *size)
{
    *size = (tns_point){13, 4};
    frame(m, -0.8, -0.8, 13.8, 4.8, 0.2, 0.3);
    for (int i = 0; i < 70; i++) {
        double x = i % 14 + 0.12 * (i / 14);
        tns_lab key = {i % 14 == 13 || i % 14 == 0 ? 45 : 22, 0, -1};
        add_cell(m, x, i / 14, 0.42, 0.42, paint(m, key, (uint64_t)i));
    }
}

static void facade(maker *m, tns_point *size)
{
    *size = (tns_point){8, 4};
    frame(m, -1, -1, 9, 5, 0, 0.28);
    for (int i = 0; i < 45; i++) {
        bool curtain = between(m, 0, 1) < 0.35;
        tns_lab pane = curtain
                           ? (tns_lab){between(m, 50, 85), between(m, -10, 20), between(m, 0, 30)}
                           : (tns_lab){between(m, 18, 38), -3, between(m, -12, -2)};
        add_cell(m, i % 9, i / 9, 0.28, 0.36, paint(m, pane, (uint64_t)i));
    }
}

static void clutter(maker *m, tns_point *size)
{
    *size = (tns_point){10, 7};
    frame(m, 0, 0, 10, 7, 0, 0.35);
    for (int i = 0; i < 40; i++) {
        double x = between(m, 0, 10), y = between(m, 0, 7);
        double hue = between(m, 0, 6.2832), chroma = between(m, 0, 45);
        tns_lab color = {between(m, 15, 92), chroma * cos(hue), chroma * sin(hue)};
        add_cell(m, x, y, between(m, 0.08, 0.7), between(m, 0.08, 0.7),
                 paint(m, color, (uint64_t)i));
        m->out->cell[i].turn = between(m, 0, 1.57);
    }
}

bool card_lay_out(const render_card *card, materials *things, board *out, tns_point *size,
                  tns_error *err)
{
    maker m = {card, things, out, random_bits(card->paint + 77)};
    switch (card->thing) {
    case RENDER_TILES:
        tiles(&m, size);
        return true;
    case RENDER_KEYBOARD:
        keyboard(&m, size);
        return true;
    case RENDER_FACADE:
        facade(&m, size);
        return true;
    case RENDER_CLUTTER:
        clutter(&m, size);
        return true;
    case RENDER_PAPER:
        *size = (tns_point){1, 1};
        frame(&m, 0, 0, 1, 1, 0, 0.85);
        return true;
    default:
        return chart_cells(&m, size, err);
    }
}
