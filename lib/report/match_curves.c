/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much light comes back, wavelength by wavelength: the target against the first recipe. */
#include <math.h>

#include "report/match_page.h"

enum { WIDTH = 480, HEIGHT = 260, LEFT = 38, RIGHT = 462, TOP = 24, BOTTOM = 226 };

/* What is beyond what a source covered is held, and no news. */
enum { FROM_NM = 400, TO_NM = 700 };

typedef struct scale {
    double most; /* reflectance at the top */
    double step;
} scale;

static int band_of(int nm)
{
    return (nm - TNS_FIRST_NM) / TNS_STEP_NM;
}

static double largest(const tns_spectrum *s)
{
    double most = 0;
    for (int i = band_of(FROM_NM); i <= band_of(TO_NM); i++)
        most = fmax(most, s->value[i]);
    return most;
}

/* Three to six lines across, at 1, 2 or 5 of a power of ten. */
static scale scale_of(double most)
{
    static const double steps[] = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1};
    scale out = {.step = 0.2};
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;)
        if (most / steps[i] <= 6)
            out.step = steps[i];
    out.most = out.step * fmax(ceil(most / out.step - 1e-9), 1);
    return out;
}

static double x_of(double nm)
{
    return LEFT + (nm - FROM_NM) / (TO_NM - FROM_NM) * (RIGHT - LEFT);
}

static double y_of(const scale *s, double value)
{
    return BOTTOM - fmax(value, 0) / s->most * (BOTTOM - TOP);
}

static void add_grid(tns_html *html, const scale *s)
{
    for (int i = 0; i * s->step <= s->most * 1.0001; i++) {
        double y = y_of(s, i * s->step);
        tns_html_add(html,
                     "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"tick end\" x=\"%d\" "
                     "y=\"%.1f\">%g%s</text>\n",
                     LEFT, y, RIGHT, LEFT - 6, y + 4, 100 * i * s->step, i ? "" : " %");
    }
    for (int nm = FROM_NM; nm <= TO_NM; nm += 50)
        tns_html_add(html, "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%d%s</text>\n", x_of(nm),
                     BOTTOM + 17, nm, nm == FROM_NM ? " nm" : "");
}

static void add_curve(tns_html *html, const scale *s, const tns_spectrum *curve, const char *name)
{
    tns_html_add(html, "<path class=\"curve %s\" d=\"", name);
    for (int nm = FROM_NM; nm <= TO_NM; nm += TNS_STEP_NM)
        tns_html_add(html, "%c%.1f %.1f", nm == FROM_NM ? 'M' : 'L', x_of(nm),
                     y_of(s, curve->value[band_of(nm)]));
    tns_html_add(html, "\"/>\n");
}

/* A line as it is drawn, and what it is of. */
static void add_key(tns_html *html, const char *name, const char *words, int x)
{
    tns_html_add(html,
                 "<path class=\"curve %s\" d=\"M%d 12h22\"/><text class=\"key\" x=\"%d\" "
                 "y=\"16\">%s</text>\n",
                 name, x, x + 28, words);
}

void tns_report_curves(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count == 0 || !match->has_wanted || !match->wanted.has_spectrum ||
        !match->recipes->predicted.has_spectrum)
        return;
    const tns_spectrum *wanted = &match->wanted.spectrum;
    const tns_spectrum *mixed = &match->recipes->predicted.spectrum;
    scale s = scale_of(fmax(largest(wanted), largest(mixed)));
    const char *target = wanted->reconstructed ? "wanted, estimated" : "wanted, as measured";
    tns_html_add(html,
                 "<figure><h3>Light that comes back</h3>\n<svg viewBox=\"0 0 %d %d\" "
                 "role=\"img\"><title>Reflectance of target and mix</title><desc>%d to %d nm, "
                 "the target %s, the mix as predicted.</desc>\n",
                 WIDTH, HEIGHT, FROM_NM, TO_NM, wanted->reconstructed ? "estimated" : "measured");
    add_grid(html, &s);
    add_curve(html, &s, wanted, wanted->reconstructed ? "wanted guess" : "wanted");
    add_curve(html, &s, mixed, "mixed");
    add_key(html, wanted->reconstructed ? "wanted guess" : "wanted", target, LEFT);
    add_key(html, "mixed", "this mix", 240);
    tns_html_add(html, "</svg>\n<figcaption>Where the lines part, the two may differ under another "
                       "lamp, even if they look alike under this one.</figcaption></figure>\n");
}
