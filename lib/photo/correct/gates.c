/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "photo/correct/gates.h"
#include "photo/correct/sharpness.h"

/* Lightness of a neutral from which on its clipping means too much light, and not a lamp in it. */
static const double LIGHT_GREY = 75;

/* A share that a patch may have clipped and still be read. */
static const double CLIPPED = 0.05;

/* Edges this wide, in patches, reach into the half of a patch that is sampled. */
static const double BLURRED = 0.24;

/* The lightest patch at less of the encoding's white is all noise and rounding. */
static const double DARK = 0.05;

enum { FEW_PIXELS = 30, GREYS_LEAST = 4 };

/* The greys tell the tone curve; over less than this range of L* they hardly do. */
static const double GREY_RANGE = 40;

/*
 * Mixed light: the fit improves by more than this many times what chance would give (F test with
 * four more parameters). Real photos in one light stay below 5, a fluorescent tube that the camera
 * sees otherwise than the eye below 7; window and lamp together give 50 and more. And one half of
 * the chart must be off from the other by more than 3 % in its white.
 */
static const double MIXED_F = 12, MIXED_HALVES = 0.03;

/*
 * A black that shows so many times the light it should, beside the white: 0.3 to 1.2 on real
 * charts, 2.2 and 3.1 on prints of one, 2.4 to 3 on rendered ones, 2 where a sixth of a rendered
 * picture's light is spread over it. Of neutrals below BLACK and above WHITE in L*. A little flare
 * doubles a black as deep as the SG's, so VEIL of the white's light is the least that counts.
 */
static const double VEILED = 2, VEIL = 0.03, BLACK = 30, WHITE = 60;

static bool is_neutral(const tns_chart *chart, int i)
{
    tns_lab lab = chart->patch[i].reference;
    return hypot(lab.a, lab.b) < 6;
}

static bool is_burnt(const tns_gate *g)
{
    int greys = 0, burnt = 0;
    for (int i = 0; i < g->chart->count; i++) {
        bool light = is_neutral(g->chart, i) && g->chart->patch[i].reference.L > LIGHT_GREY;
        const tns_patch_sample *s = &g->samples[i];
        greys += light;
        burnt += light && s->burnt > CLIPPED;
    }
    return greys > 1 && burnt == greys;
}

/* Of the patches that can be used: the light of the lightest, and the fewest samples. */
static void look_at_size(const tns_gate *g, double *lightest, int *fewest)
{
    *lightest = 0;
    *fewest = INT32_MAX;
    for (int i = 0; i < g->chart->count; i++)
        if (g->samples[i].is_usable) {
            *lightest = fmax(*lightest, tns_luminance(g->samples[i].rgb));
            *fewest = g->samples[i].count < *fewest ? g->samples[i].count : *fewest;
        }
}

void tns_gate_samples(const tns_gate *g, tns_warnings *doubts, char *reason)
{
    double lightest, width = tns_edge_width(g->light, g->chart, g->placement, g->samples);
    int fewest;
    reason[0] = '\0';
    look_at_size(g, &lightest, &fewest);
    if (is_burnt(g)) {
        tns_text_format(reason, 200,
                        "over-exposed: the white and the light greys are clipped; take it again "
                        "with less light or a shorter time (exposure -1)");
        return;
    }
    if (width > BLURRED)
        tns_warn(doubts,
                 "blurred: the chart's edges are %.2f of a patch wide, over %.2f: colors run into "
                 "one another",
                 width, BLURRED);
    if (lightest > 0 && lightest < DARK)
        tns_warn(doubts, "under-exposed: the lightest patch has %.1f %% of the light that fits",
                 100 * lightest);
    if (fewest < FEW_PIXELS)
        tns_warn(doubts, "the chart is small: as few as %d pixels to a patch", fewest);
}

/* The patches a calibration used, as it fitted to them. */
static int used_patches(const tns_gate *g, const tns_calibration *c, tns_fit_patch *out)
{
    int n = 0;
    for (int i = 0; i < c->chart.count; i++)
        if (c->is_used[i])
            out[n++] = tns_calibration_patch(c, &g->samples[i], c->chart.patch[i].reference);
    return n;
}

/* How far the light's color drifts over the chart, in log light from one half to the other. */
static double drift_of(const tns_correction *c)
{
    double most = 0;
    const double red[2] = {c->drift[0][0], c->drift[0][1]};
    const double blue[2] = {c->drift[1][0], c->drift[1][1]};
    for (int axis = 0; axis < 2; axis++)
        most =
            fmax(most, fmax(fmax(fabs(red[axis]), fabs(blue[axis])), fabs(red[axis] - blue[axis])));
    return most / 2; /* the middles of the halves are half a chart apart */
}

static bool is_mixed(const tns_gate *g, const tns_calibration *c, double *drift)
{
    tns_fit_patch patches[TNS_CHART_PATCHES_MAX];
    tns_color_fit *fit = malloc(2 * sizeof *fit);
    int n = used_patches(g, c, patches);
    tns_model even = {.degree = 1, .is_linear = c->average.fit[0].model.is_linear}, mixed = even;
    mixed.drifts = true;
    bool done = fit && tns_color_fit_make(&even, patches, n, NULL, &fit[0], NULL) &&
                tns_color_fit_make(&mixed, patches, n, NULL, &fit[1], NULL);
    bool is = false;
    if (done) {
        int freedom = 3 * n - tns_parameter_count(&mixed);
        double f = (fit[0].squares - fit[1].squares) / 4 / (fit[1].squares / fmax(freedom, 1));
        *drift = drift_of(&fit[1].correction);
        is = f > MIXED_F && *drift > MIXED_HALVES;
    }
    free(fit);
    return is;
}

/* The used neutral that is lightest, or darkest with a sign of -1; -1: none. */
static int extreme_neutral(const tns_calibration *c, int sign)
{
    int found = -1;
    for (int i = 0; i < c->chart.count; i++)
        if (c->is_used[i] && is_neutral(&c->chart, i) &&
            (found < 0 ||
             sign * (c->chart.patch[i].reference.L - c->chart.patch[found].reference.L) > 0))
            found = i;
    return found;
}

/* A patch's luminance, as if the light did not slope. */
static double leveled(const tns_gate *g, const tns_calibration *c, int i)
{
    tns_point at = tns_calibration_position(c, g->samples[i].center);
    const double *slope = c->correction.slope;
    return tns_luminance(g->samples[i].rgb) * exp(-slope[0] * at.x - slope[1] * at.y);
}

/* A fit takes any veil away; but a print's colors are its printer's, and a veil is seldom even. */
static void look_at_black(const tns_gate *g, const tns_calibration *c, tns_warnings *doubts)
{
    int white = extreme_neutral(c, 1), black = extreme_neutral(c, -1);
    if (black < 0 || c->chart.patch[black].reference.L > BLACK ||
        c->chart.patch[white].reference.L < WHITE)
        return;
    double should = tns_xyz_from_lab(c->chart.patch[black].reference, tns_photo_white).Y /
                    tns_xyz_from_lab(c->chart.patch[white].reference, tns_photo_white).Y;
    double shows = leveled(g, c, black) / fmax(leveled(g, c, white), 1e-9);
    if (shows > fmax(VEILED * should, VEIL + should))
        tns_warn(doubts,
                 "the chart's black is grey: it has %.0f %% of its white's light, where %.0f %% is "
                 "its own: light veils the lens, or this is a print or a copy of a chart",
                 100 * shows, 100 * should);
}

void tns_gate_fit(const tns_gate *g, const tns_calibration *c, tns_warnings *doubts, char *reason)
{
    double drift, least = 100, most = 0;
    int greys = 0;
    reason[0] = '\0';
    for (int i = 0; i < c->chart.count; i++)
        if (c->is_used[i] && is_neutral(&c->chart, i)) {
            least = fmin(least, c->chart.patch[i].reference.L);
            most = fmax(most, c->chart.patch[i].reference.L);
            greys++;
        }
    if (greys < GREYS_LEAST || most - least < GREY_RANGE)
        tns_warn(doubts,
                 "no range of greys: only %d can be used, over %.0f L*; the tone curve is hardly "
                 "known",
                 greys, fmax(most - least, 0));
    look_at_black(g, c, doubts);
    if (is_mixed(g, c, &drift))
        tns_text_format(reason, 200,
                        "mixed light: the white of one half of the chart is %.0f %% off the "
                        "other's; shut out one of the lamps or the window",
                        100 * drift);
}
