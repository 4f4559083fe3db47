/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "report/pdf.h"

static const struct {
    double width, height; /* mm */
} papers[] = {{210, 297}, {215.9, 279.4}};

static const double RULER_MM = 100;

/* ---- parts of the sheet, in mm ---- */

static void line(cairo_t *c, double x0, double y0, double x1, double y1)
{
    cairo_move_to(c, x0, y0);
    cairo_line_to(c, x1, y1);
    cairo_stroke(c);
}

/* Cells side by side are one rectangle, so that no hairline shows between them. */
static void draw_tag(cairo_t *c, const tns_holder *holder, int i,
                     const bool black[TNS_TAG_CELLS][TNS_TAG_CELLS])
{
    const tns_holder_tag *tag = &holder->tag[i];
    double cell = holder->tag_side / (TNS_TAG_CELLS - 2);
    for (int y = 0; y < TNS_TAG_CELLS; y++)
        for (int x = 0; x < TNS_TAG_CELLS;) {
            int run = 0;
            while (x + run < TNS_TAG_CELLS && black[y][x + run])
                run++;
            if (run > 0)
                cairo_rectangle(c, tag->x + (x - 1) * cell, tag->y + (y - 1) * cell, run * cell,
                                cell);
            x += run > 0 ? run : 1;
        }
    cairo_set_fill_rule(c, CAIRO_FILL_RULE_WINDING);
    cairo_fill(c);
}

static void draw_text(cairo_t *c, double x, double y, double size, const char *text)
{
    cairo_set_font_size(c, size);
    cairo_move_to(c, x, y);
    cairo_show_text(c, text);
}

/* A dashed outline is cut out, a drawn one is laid upon. */
static void draw_window(cairo_t *c, const tns_holder_window *w, bool cut, const char *label)
{
    const double dashes[2] = {3, 2};
    if (w->width <= 0)
        return;
    cairo_set_line_width(c, 0.3);
    if (cut)
        cairo_set_dash(c, dashes, 2, 0);
    cairo_rectangle(c, w->x, w->y, w->width, w->height);
    cairo_stroke(c);
    cairo_set_dash(c, NULL, 0, 0);
    draw_text(c, w->x + 2, w->y + w->height - 2, 3, label);
}

/* 8 mm long, 3 mm off the corner: they fall away with the rest of the paper. */
static void draw_crop_marks(cairo_t *c, const tns_holder *h, double margin)
{
    double gap = margin + 1, end = gap + 6;
    cairo_set_line_width(c, 0.15);
    for (int i = 0; i < 4; i++) {
        double x = i % 2 ? h->width + margin : -margin, y = i / 2 ? h->height + margin : -margin;
        double sx = i % 2 ? 1 : -1, sy = i / 2 ? 1 : -1;
        line(c, x + sx * (gap - margin), y, x + sx * (end - margin), y);
        line(c, x, y + sy * (gap - margin), x, y + sy * (end - margin));
    }
}

static void draw_ruler(cairo_t *c, double x, double y)
{
    cairo_set_line_width(c, 0.2);
    line(c, x, y, x + RULER_MM, y);
    for (int mm = 0; mm <= (int)RULER_MM; mm += 5)
        line(c, x + mm, y, x + mm, y - (mm % 10 ? 2 : 3.5));
    draw_text(c, x, y + 4, 3, "This line is 100 mm long. If yours is not, print again at 100 %.");
}

static const char *const with_chart[] = {
    "Print at 100 % (actual size) on matt card. Check the 100 mm line with a ruler.",
    "Cut out the dashed window. Do not cut or cover the black squares.",
    "Lay the chart into the drawn frame and the window over the scalp, flat.",
    "Photograph it all in even light, from straight above, without flash.",
};

static const char *const without_chart[] = {
    "Print at 100 % (actual size) on matt card. Check the 100 mm line with a ruler.",
    "Cut out the dashed window. Do not cut or cover the black squares.",
    "Lay the window over the scalp, flat, and the chart beside it, as high as the sheet.",
    "Photograph it all in even light, from straight above, without flash.",
};

static void draw_instructions(cairo_t *c, const tns_holder *h)
{
    bool has_window = h->chart_window.width > 0;
    char title[80];
    snprintf(title, sizeof title, "Tonsure holder: %s", h->chart);
    draw_text(c, 28, 5, 4.5, title);
    for (size_t i = 0; i < 4; i++)
        draw_text(c, 28, 10.5 + 4.2 * (double)i, 3.1,
                  has_window ? with_chart[i] : without_chart[i]);
}

static void draw(cairo_t *c, const tns_holder *h, const tns_holder_black *black)
{
    cairo_set_source_rgb(c, 0, 0, 0);
    cairo_select_font_face(c, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    for (int i = 0; i < TNS_HOLDER_TAGS; i++)
        draw_tag(c, h, i, black->cells[i]);
    draw_window(c, &h->chart_window, false, "chart");
    draw_window(c, &h->scalp, true, "scalp (cut out)");
    draw_crop_marks(c, h, 4);
    draw_ruler(c, (h->width - RULER_MM) / 2, 225);
    draw_instructions(c, h);
}

/* ---- the file ---- */

bool tns_pdf_holder(const tns_holder *h, const tns_holder_black *black, tns_paper paper,
                    tns_sheet *out, tns_error *err)
{
    double width = papers[paper].width, height = papers[paper].height;
    cairo_t *c = tns_pdf_begin(width, height, "Tonsure holder", out);
    cairo_translate(c, (width - h->width) / 2, (height - h->height) / 2);
    draw(c, h, black);
    cairo_show_page(c);
    return tns_pdf_end(c, "holder", err);
}
