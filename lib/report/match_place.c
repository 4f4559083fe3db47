/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the colors lie: redder to the right, yellower up, and how light. */
#include <math.h>

#include "report/match_page.h"

enum { WIDTH = 480, HEIGHT = 300, LEFT = 44, RIGHT = 344, TOP = 20, BOTTOM = 260, LIGHT_X = 425 };

/* a* and b* have one measure, so that distances are what they are; so has L* beside them. */
typedef struct view {
    tns_lab middle;
    double half; /* of the height, in units of the axes */
    double step; /* between lines */
    bool has_bars;
    tns_uncertainty bars;
} view;

static double per_unit(const view *v)
{
    return (BOTTOM - TOP) / (2 * v->half);
}

static double x_of(const view *v, double a)
{
    return (LEFT + RIGHT) / 2.0 + (a - v->middle.a) * per_unit(v);
}

static double y_of(const view *v, double value, double middle)
{
    return (TOP + BOTTOM) / 2.0 - (value - middle) * per_unit(v);
}

/* How far from the middle one must see, along the axis that needs most. */
static double reach_of(tns_lab from, tns_lab to)
{
    return fmax(fabs(to.L - from.L), fmax(fabs(to.a - from.a), fabs(to.b - from.b)));
}

/* The target's own error at k = 2, as it was stated under the lamp of the reading: what daylight of
   another kind changes of it is less than the line is wide. */
static void take_bars(view *v, const tns_reading *target)
{
    const tns_uncertainty *u = &target->uncertainty;
    v->has_bars = target->has_uncertainty && u->k > 0;
    if (v->has_bars)
        v->bars = (tns_uncertainty){
            .L = u->L * 2 / u->k, .a = u->a * 2 / u->k, .b = u->b * 2 / u->k, .k = 2};
}

static view view_of(const tns_match_record *match, const tns_color *wanted)
{
    static const double steps[] = {0.5, 1, 2, 5, 10, 20, 50};
    view v = {.middle = wanted->lab, .half = 2};
    tns_color mixed;
    for (size_t i = 0; i < match->recipe_count; i++)
        if (tns_match_is_shown(match, i) && tns_match_predicted(&match->recipes[i], 0, &mixed))
            v.half = fmax(v.half, 1.15 * reach_of(wanted->lab, mixed.lab));
    take_bars(&v, &match->target);
    if (v.has_bars)
        v.half = fmax(v.half, 1.1 * fmax(v.bars.L, fmax(v.bars.a, v.bars.b)));
    v.step = 100;
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;)
        if (2 * v.half / steps[i] <= 8)
            v.step = steps[i];
    return v;
}

/* Lines of a* up and of b* across, with their figures. */
static void add_grid(tns_html *html, const view *v)
{
    double wide = (RIGHT - LEFT) / 2.0 / per_unit(v);
    for (double a = ceil((v->middle.a - wide) / v->step) * v->step; a <= v->middle.a + wide;
         a += v->step) {
        tns_html_add(html,
                     "<path class=\"grid\" d=\"M%.1f %dV%d\"/><text class=\"tick\" x=\"%.1f\" ",
                     x_of(v, a), TOP, BOTTOM, x_of(v, a));
        tns_html_add(html, "y=\"%d\">", BOTTOM + 16);
        tns_html_number(html, a, v->step < 1);
        tns_html_add(html, "</text>\n");
    }
    for (double b = ceil((v->middle.b - v->half) / v->step) * v->step; b <= v->middle.b + v->half;
         b += v->step) {
        double y = y_of(v, b, v->middle.b);
        tns_html_add(html,
                     "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"tick end\" x=\"%d\" ",
                     LEFT, y, RIGHT, LEFT - 6);
        tns_html_add(html, "y=\"%.1f\">", y + 4);
        tns_html_number(html, b, v->step < 1);
        tns_html_add(html, "</text>\n");
    }
}

static void add_light_axis(tns_html *html, const view *v)
{
    tns_html_add(html, "<path class=\"axis\" d=\"M%d %dV%d\"/>\n", LIGHT_X, TOP, BOTTOM);
    for (double L = ceil((v->middle.L - v->half) / v->step) * v->step; L <= v->middle.L + v->half;
         L += v->step) {
        double y = y_of(v, L, v->middle.L);
        tns_html_add(html,
                     "<path class=\"axis\" d=\"M%d %.1fh-5\"/><text class=\"tick end\" x=\"%d\" ",
                     LIGHT_X, y, LIGHT_X - 9);
        tns_html_add(html, "y=\"%.1f\">", y + 4);
        tns_html_number(html, L, v->step < 1);
        tns_html_add(html, "</text>\n");
    }
}

static void add_names(tns_html *html)
{
    tns_html_add(html, "<text class=\"key end\" x=\"%d\" y=\"%d\">redder (a*) &rarr;</text>\n",
                 RIGHT, HEIGHT - 6);
    tns_html_add(html, "<text class=\"key\" x=\"%d\" y=\"12\">&uarr; warmer (b*)</text>\n", 4);
    tns_html_add(html, "<text class=\"key middle\" x=\"%d\" y=\"12\">&uarr; lighter (L*)</text>\n",
                 LIGHT_X);
}

/* Where the target may really lie, 19 times in 20. */
static void add_doubt(tns_html *html, const view *v)
{
    double x = x_of(v, v->middle.a), y = y_of(v, v->middle.b, v->middle.b), u = per_unit(v);
    if (!v->has_bars)
        return;
    tns_html_add(html, "<ellipse class=\"reach\" cx=\"%.1f\" cy=\"%.1f\" rx=\"%.1f\" ry=\"%.1f\"/>",
                 x, y, v->bars.a * u, v->bars.b * u);
    tns_html_add(html, "<path class=\"reach\" d=\"M%d %.1fv%.1fm-4 0h8m-4 0v%.1fm-4 0h8\"/>\n",
                 LIGHT_X, y, -v->bars.L * u, 2 * v->bars.L * u);
}

static void add_target(tns_html *html, const view *v, const tns_color *wanted)
{
    double x = x_of(v, wanted->lab.a), y = y_of(v, wanted->lab.b, v->middle.b);
    tns_html_add(html, "<path class=\"aim\" d=\"M%.1f %.1fh22m-11 -11v22\"/>", x - 11, y);
    tns_html_add(html, "<path class=\"aim\" d=\"M%d %.1fh20\"/>\n", LIGHT_X - 10, y);
}

static void add_recipe(tns_html *html, const view *v, const tns_match_record *match, size_t i)
{
    tns_color mixed;
    if (!tns_match_predicted(&match->recipes[i], 0, &mixed))
        return;
    tns_css_color fill = tns_css_of_color(&mixed);
    const char *kind = i ? "spot" : "spot first";
    double size = i ? 5 : 8, light = y_of(v, mixed.lab.L, v->middle.L);
    tns_html_add(html,
                 "<circle class=\"%s\" style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.0f\"/>",
                 kind, fill.text, x_of(v, mixed.lab.a), y_of(v, mixed.lab.b, v->middle.b), size);
    tns_html_add(html,
                 "<circle class=\"%s\" style=\"fill:%s\" cx=\"%d\" cy=\"%.1f\" r=\"%.0f\"/>\n",
                 kind, fill.text, LIGHT_X, light, size);
}

void tns_report_place(tns_html *html, const tns_match_record *match)
{
    tns_color wanted;
    if (!tns_match_wanted(match, 0, &wanted))
        return;
    view v = view_of(match, &wanted);
    tns_html_add(
        html,
        "<figure class=\"place\"><h3>Where the colors lie</h3>\n<svg viewBox=\"0 0 %d %d\" "
        "role=\"img\"><title>Colors of target and recipes</title><desc>The target is the "
        "cross, the first recipe the large spot.</desc>\n",
        WIDTH, HEIGHT);
    add_grid(html, &v);
    add_light_axis(html, &v);
    add_names(html);
    add_doubt(html, &v);
    for (size_t i = match->recipe_count; i-- > 0;)
        if (tns_match_is_shown(match, i) && i <= TNS_OTHERS_MAX)
            add_recipe(html, &v, match, i);
    add_target(html, &v, &wanted);
    tns_html_add(html,
                 "</svg>\n<figcaption>The cross is the color that is wanted, the large spot this "
                 "mix, small ones the other recipes%s.</figcaption></figure>\n",
                 v.has_bars ? "; dashed: where the target may really lie, 19 times in 20" : "");
}
