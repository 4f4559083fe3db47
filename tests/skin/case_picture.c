/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/random.h"
#include "skin/people.h"
#include "skin/tables.h"

/* Pixels: the plot at the left, swatches at the right. */
enum { WIDE = 760, HIGH = 330, LEFT = 46, TOP = 40, PLOT_W = 370, PLOT_H = 240, RIGHT = 450 };
enum { SWATCH_W = 130, SWATCH_H = 62, PATCH = 140 };
static const double LEAST_NM = 400, MOST_NM = 700;

/* Of a spectrum under D65/10, for screens. */
static void hex_of(const tns_spectrum *s, char out[8])
{
    tns_viewing day;
    double rgb[3];
    if (!tns_viewing_find("D65/10", &day, NULL))
        return;
    tns_srgb_from_xyz(tns_xyz_from_spectrum(s, &day), day.white, rgb);
    snprintf(out, 8, "#%02x%02x%02x", (unsigned)lround(255 * rgb[0]),
             (unsigned)lround(255 * rgb[1]), (unsigned)lround(255 * rgb[2]));
}

static double x_of(double nm)
{
    return LEFT + (nm - LEAST_NM) / (MOST_NM - LEAST_NM) * PLOT_W;
}

static double y_of(double R, double top)
{
    return TOP + (1 - R / top) * PLOT_H;
}

static void write_points(const tns_spectrum *s, double top, bool back, FILE *out)
{
    for (int k = 0; k < TNS_BANDS; k++) {
        int b = back ? TNS_BANDS - 1 - k : k;
        double nm = tns_band_nm(b);
        if (nm >= LEAST_NM && nm <= MOST_NM)
            fprintf(out, "%.1f,%.1f ", x_of(nm), y_of(s->value[b], top));
    }
}

static void draw_line(const tns_spectrum *s, double top, const char *color, const char *dash,
                      FILE *out)
{
    fprintf(out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"", color,
            dash);
    write_points(s, top, false, out);
    fprintf(out, "\"/>\n");
}

static void draw_axes(double top, FILE *out)
{
    for (int nm = 400; nm <= 700; nm += 50)
        fprintf(out,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>"
                "<text stroke=\"none\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                x_of(nm), TOP, x_of(nm), TOP + PLOT_H, x_of(nm), TOP + PLOT_H + 16, nm);
    for (int k = 0; k <= 4; k++)
        fprintf(out,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                "<text stroke=\"none\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f %%</text>\n",
                LEFT, y_of(top * k / 4, top), LEFT + PLOT_W, y_of(top * k / 4, top), LEFT - 5,
                y_of(top * k / 4, top) + 4, 100 * top * k / 4);
    fprintf(out, "<text stroke=\"none\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">nm</text>\n",
            LEFT + PLOT_W / 2, TOP + PLOT_H + 32);
}

static void draw_spectra(const worked *c, FILE *out)
{
    double top = c->who == DARK ? 0.4 : 0.8;
    draw_axes(top, out);
    fprintf(out, "<polygon stroke=\"none\" fill=\"#7a8aa0\" fill-opacity=\"0.3\" points=\"");
    write_points(&c->low, top, false, out);
    write_points(&c->high, top, true, out);
    fprintf(out, "\"/>\n");
    draw_line(&c->fit.measured, top, "#c0704a", "", out);
    draw_line(&c->fit.modelled, top, "#803010", " stroke-dasharray=\"5 3\"", out);
    draw_line(&c->target, top, "#000", " stroke-dasharray=\"2 3\"", out);
    draw_line(&c->dot, top, "#3a4a60", "", out);
}

static void draw_swatch(const tns_spectrum *s, int row, const char *name, FILE *out)
{
    char hex[8] = "#000000";
    tns_lab lab = seen_by_day(s);
    int y = TOP + row * SWATCH_H;
    hex_of(s, hex);
    fprintf(out,
            "<rect stroke=\"none\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
            "<text stroke=\"none\" x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
            "<text stroke=\"none\" x=\"%d\" y=\"%d\" fill=\"%s\">%.1f/%.1f/%.1f</text>\n",
            RIGHT, y, SWATCH_W, SWATCH_H, hex, RIGHT + 6, y + 20, lab.L > 50 ? "#000" : "#fff",
            name, RIGHT + 6, y + 38, lab.L > 50 ? "#000" : "#fff", lab.L, lab.a, lab.b);
}

/* A square of skin, 4.7 mm wide, with dots at random; each healed its own way is not shown. */
static void draw_dots(const worked *c, int x, int y, FILE *out)
{
    char skin[8] = "#000000", dot[8] = "#000000";
    const double mm = PATCH / 4.7;
    tns_random random = tns_random_make(3);
    int count = (int)lround(c->density * 0.47 * 0.47);
    hex_of(&c->fit.modelled, skin);
    hex_of(&c->dot, dot);
    fprintf(out,
            "<rect stroke=\"none\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x,
            y, PATCH, PATCH, skin);
    for (int i = 0; i < count; i++) {
        double r = c->diameter_mm / 2 * mm;
        double u = tns_random_below(&random, 1000) / 1000.0;
        double v = tns_random_below(&random, 1000) / 1000.0;
        fprintf(out, "<circle stroke=\"none\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>\n",
                x + r + u * (PATCH - 2 * r), y + r + v * (PATCH - 2 * r), r, dot);
    }
}

static void draw_area(const worked *c, FILE *out)
{
    char area[8] = "#000000";
    int x = RIGHT + SWATCH_W + 20;
    hex_of(&c->area, area);
    draw_dots(c, x, TOP, out);
    fprintf(out,
            "<rect stroke=\"none\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
            "<text stroke=\"none\" x=\"%d\" y=\"%d\">%.0f dots/cm² of %g mm:</text>"
            "<text stroke=\"none\" x=\"%d\" y=\"%d\">%.1f %% covered; below, the area</text>\n",
            x, TOP + PATCH + 36, PATCH, SWATCH_H, area, x, TOP + PATCH + 15, c->density,
            c->diameter_mm, x, TOP + PATCH + 29, 100 * c->coverage);
}

void draw_case(const worked *c, FILE *out)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n"
            "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n"
            "<text stroke=\"none\" x=\"%d\" y=\"22\" font-size=\"14\">%s skin: bare (brown; dashed "
            "the layers), dots "
            "wanted (dotted), healed (blue; 9 ways in 10)</text>\n",
            WIDE, HIGH, WIDE, HIGH, WIDE, HIGH, LEFT, people[c->who].name);
    draw_spectra(c, out);
    draw_swatch(&c->fit.measured, 0, "bare skin", out);
    draw_swatch(&c->target, 1, "dots wanted", out);
    draw_swatch(&c->dot, 2, "dots healed, mean", out);
    draw_swatch(&c->low, 3, "darkest of 9 in 10", out);
    draw_area(c, out);
    fprintf(out, "</svg>\n");
}
