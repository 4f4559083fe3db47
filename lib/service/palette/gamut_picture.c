/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gamut drawn: sections at several lightnesses, and through several hues, each cell in its color.
 */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"

enum { COLUMNS = 4, PLANS = 8, HUES = 4, PANEL = 220, MARGIN = 34, TOP = 46 };

typedef struct picture {
    char *text;
    size_t used, room;
    bool failed;
    const tns_gamut *gamut;
    tns_viewing viewing;
    double reach; /* the largest |a*|, |b*| drawn */
} picture;

static void put(picture *p, const char *format, ...) TNS_PRINTF(2, 3);

static void put(picture *p, const char *format, ...)
{
    char piece[400];
    va_list args;
    va_start(args, format);
    int n = tns_text_vformat(piece, sizeof piece, format, args);
    va_end(args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof piece ? (size_t)n : sizeof piece - 1;
    if (!p->failed && p->used + length + 1 > p->room) {
        size_t room = 2 * p->room + sizeof piece;
        char *more = realloc(p->text, room);
        p->failed = more == NULL;
        p->text = more ? more : p->text;
        p->room = more ? room : p->room;
    }
    if (p->failed)
        return;
    memcpy(p->text + p->used, piece, length + 1);
    p->used += length;
}

/* A square of a panel, in the color it stands for. */
static void put_cell(picture *p, double x, double y, double size, tns_lab lab)
{
    double rgb[3];
    tns_srgb_from_xyz(tns_xyz_from_lab(lab, p->viewing.white), p->viewing.white, rgb);
    put(p, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%02x%02x%02x\"/>\n",
        x, y, size + 0.15, size + 0.15, (unsigned)lround(255 * rgb[0]),
        (unsigned)lround(255 * rgb[1]), (unsigned)lround(255 * rgb[2]));
}

static void begin_panel(picture *p, int number, const char *label, double value)
{
    double x = MARGIN + number % COLUMNS * (PANEL + MARGIN);
    double y = TOP + number / COLUMNS * (PANEL + MARGIN + 10);
    put(p, "<g transform=\"translate(%.0f %.0f)\">\n", x, y);
    put(p, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\" stroke=\"#bbb\"/>\n", PANEL, PANEL);
    put(p, "<text x=\"4\" y=\"-5\">%s %.0f</text>\n", label, value);
}

/* ---- a*b* at a lightness ---- */

static double to_x(const picture *p, double a)
{
    return (a / p->reach + 1) * PANEL / 2;
}

static double to_y(const picture *p, double b)
{
    return (1 - b / p->reach) * PANEL / 2;
}

static void put_outline(picture *p, double L)
{
    size_t count;
    tns_gamut_loop *loops = tns_gamut_outline(p->gamut, L, &count);
    put(p, "<path fill=\"none\" stroke=\"#222\" stroke-width=\"0.8\" d=\"");
    for (size_t i = 0; loops && i < count; i++) {
        for (size_t k = 0; k < loops[i].count; k++)
            put(p, "%c%.1f %.1f", k == 0 ? 'M' : 'L', to_x(p, loops[i].point[k][0]),
                to_y(p, loops[i].point[k][1]));
        put(p, "Z");
    }
    put(p, "\"/>\n");
    p->failed = p->failed || !loops;
    tns_gamut_loops_destroy(loops, count);
}

static void put_plan(picture *p, int number, double L)
{
    double cell = tns_gamut_cell(p->gamut), size = cell / p->reach * PANEL / 2;
    begin_panel(p, number, "a*b* at L*", L);
    for (double a = -floor(p->reach / cell) * cell; a < p->reach; a += cell)
        for (double b = -floor(p->reach / cell) * cell; b < p->reach; b += cell)
            if (tns_gamut_has(p->gamut, (tns_lab){L, a, b}))
                put_cell(p, to_x(p, a) - size / 2, to_y(p, b) - size / 2, size, (tns_lab){L, a, b});
    put_outline(p, L);
    put(p, "<path stroke=\"#888\" stroke-width=\"0.5\" d=\"M0 %dH%dM%d 0V%d\"/>\n", PANEL / 2,
        PANEL, PANEL / 2, PANEL);
    put(p,
        "<text x=\"%d\" y=\"%d\" class=\"s\">+a* %.0f</text><text x=\"%d\" y=\"10\" "
        "class=\"s\">+b* %.0f</text></g>\n",
        PANEL - 40, PANEL / 2 - 3, p->reach, PANEL / 2 + 3, p->reach);
}

/* ---- L*C* through a hue and its opposite ---- */

static void put_section(picture *p, int number, double hue)
{
    double cell = tns_gamut_cell(p->gamut), wide = cell / p->reach * PANEL / 2;
    double high = cell / 100 * PANEL;
    tns_lab unit = tns_lab_from_lch((tns_lch){50, 1, hue});
    begin_panel(p, number, "L*C* through hue", hue);
    for (double L = 0; L <= 100; L += cell)
        for (double C = -floor(p->reach / cell) * cell; C < p->reach; C += cell)
            if (tns_gamut_has(p->gamut, (tns_lab){L, C * unit.a, C * unit.b}))
                put_cell(p, to_x(p, C) - wide / 2, PANEL - (L / 100 * PANEL) - high / 2,
                         fmax(wide, high), (tns_lab){L, C * unit.a, C * unit.b});
    put(p, "<path stroke=\"#888\" stroke-width=\"0.5\" d=\"M%d 0V%d\"/>\n", PANEL / 2, PANEL);
    put(p,
        "<text x=\"%d\" y=\"%d\" class=\"s\">C* %.0f</text><text x=\"3\" y=\"%d\" "
        "class=\"s\">%.0f&#176;</text></g>\n",
        PANEL - 36, PANEL - 4, p->reach, PANEL - 4, fmod(hue + 180, 360));
}

/* ---- the whole ---- */

/* What XML must not hold as it is. */
static void put_text(picture *p, const char *text)
{
    for (; *text; text++)
        if (*text == '<' || *text == '&' || *text == '>')
            put(p, "&#%d;", *text);
        else
            put(p, "%c", *text);
}

static void put_all(picture *p, const char *title)
{
    tns_lab least, most;
    tns_gamut_box(p->gamut, &least, &most);
    double far = fmax(fmax(-least.a, most.a), fmax(-least.b, most.b));
    p->reach = fmax(10 * ceil((far + 3) / 10), 20);
    int rows = (PLANS + HUES) / COLUMNS;
    put(p,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "font-family=\"sans-serif\" font-size=\"11\" stroke=\"none\">\n",
        MARGIN + COLUMNS * (PANEL + MARGIN), TOP + rows * (PANEL + MARGIN + 10));
    put(p,
        "<style>.s{font-size:9px;fill:#555}</style>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"#f4f4f2\"/>\n"
        "<text x=\"%d\" y=\"20\" font-size=\"14\">",
        MARGIN);
    put_text(p, title);
    put(p, "</text>\n");
    double bottom = fmax(least.L, 0), step = (most.L - bottom) / (PLANS + 1);
    for (int i = 0; i < PLANS; i++)
        put_plan(p, i, round(bottom + step * (i + 1)));
    for (int i = 0; i < HUES; i++)
        put_section(p, PLANS + i, (const double[]){0, 45, 75, 90}[i]);
    put(p, "</svg>\n");
}

char *tns_gamut_picture(const tns_gamut *gamut, const char *title)
{
    picture p = {.gamut = gamut};
    if (!tns_viewing_find("D65/10", &p.viewing, NULL))
        return NULL;
    put_all(&p, title);
    if (!p.failed)
        return p.text;
    free(p.text);
    return NULL;
}
