/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Black under skin looks blue: skin sends back blue light before it reaches the ink, and red light
 * reaches it and is taken. How much of a recipe's blue that is, is told by the same recipe right
 * below the epidermis, thinned until it is as light: what stays is the depth's.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "color/tristimulus.h"
#include "match/panel.h"
#include "service/match/blue.h"
#include "service/parts.h"

/* A step in b* that half of the observers saw: 1.147, of 90, on a screen ("Perceptibility and
   acceptability thresholds of simulated facial skin color differences", University of Athens,
   pergamos.lib.uoa.gr, uoadl:2990267). Less is not spoken of. */
static const double SEEN = 1.15;

/* A warming pigment is tried from a twentieth of the recipe's pigment up to four times as much:
   oxides are weak beside carbon. */
enum { STEPS = 21 };
static const double LEAST = 0.05, STEP = 1.25;

/* A cure that takes the recipe further from the target by this, dE00, is none. */
static const double MOST_COST = 0.5;

typedef struct work {
    const tns_surfaces *on;
    const tns_match_request *request;
    const tns_viewing *viewing;
    const tns_recipe *recipe;
    tns_lab target;
    double *amounts; /* of the palette's pigments, by its basis, diluent included */
    tns_panel panel; /* of the ways; made when a cure is looked for */
} work;

/* ---- what is the depth's ---- */

/* The ways' surfaces, were they not. */
static tns_surface *not_deep(const work *w, tns_error *err)
{
    size_t count = w->on->count;
    tns_healing *ways = calloc(count, sizeof *ways);
    tns_surface *out = calloc(count, sizeof *out);
    bool done = (ways && out) || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    for (size_t i = 0; done && i < count; i++) {
        ways[i] = w->on->healed->ways[i];
        ways[i].depth_mm = TNS_EPIDERMIS_MM;
    }
    done = done && tns_surfaces_healed(w->request->palette, &w->on->skin.skin, w->on->skin.specular,
                                       ways, count, out, err);
    free(ways);
    if (done)
        return out;
    free(out);
    return NULL;
}

/* What is seen of a part of the ink, and how L* moves with it. */
static tns_lab seen_thin(const work *w, const tns_panel *panel, const double *K, const double *S,
                         double part, double *dL)
{
    double thin_K[TNS_BANDS], thin_S[TNS_BANDS], by_R[3][TNS_BANDS];
    tns_km_slopes at[TNS_BANDS];
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int b = 0; b < TNS_BANDS; b++) {
        thin_K[b] = part * K[b];
        thin_S[b] = part * S[b];
    }
    tns_panel_slopes(panel, thin_K, thin_S, at);
    for (int b = 0; b < TNS_BANDS; b++)
        mean.value[b] = at[b].R;
    tns_lab_by_bands(&mean, w->viewing, by_R);
    *dL = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        *dL += by_R[0][b] * (at[b].dR_dK * K[b] + at[b].dR_dS * S[b]);
    return tns_lab_from_spectrum(&mean, w->viewing);
}

/*
 * Lightness falls about evenly with the logarithm of the ink: Newton's steps in that, and the
 * middle where one leaves what is left, until L* is told to a millionth.
 */
static tns_lab as_light(const work *w, const tns_panel *panel, const double *K, const double *S,
                        double L)
{
    double none = 0, whole = 1, part = 1, slope;
    tns_lab lab = seen_thin(w, panel, K, S, part, &slope);
    for (int step = 0; step < 40 && fabs(lab.L - L) > 1e-6 && none < whole; step++) {
        *(lab.L > L ? &none : &whole) = part;
        double next = part * exp((L - lab.L) / (slope * part));
        part = next > none && next < whole ? next : (none + whole) / 2;
        lab = seen_thin(w, panel, K, S, part, &slope);
    }
    return lab;
}

static bool find_depth_share(const work *w, const double *K, const double *S, tns_lab deep,
                             double *share, tns_error *err)
{
    tns_panel panel;
    tns_surface *shallow = not_deep(w, err);
    bool done = shallow && (tns_panel_init(&panel, shallow, w->on->weights, w->on->count) ||
                            tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory"));
    if (done) {
        *share = deep.b - as_light(w, &panel, K, S, deep.L).b;
        tns_panel_finish(&panel);
    }
    free(shallow);
    return done;
}

/* ---- what would warm it ---- */

static tns_lab seen_in_all_ways(const work *w, const double *K, const double *S)
{
    tns_spectrum mean = tns_panel_mean(&w->panel, K, S);
    return tns_lab_from_spectrum(&mean, w->viewing);
}

/* The recipe with so much of a pigment to one part of its own. */
static bool warmed(const work *w, size_t pigment, double share, tns_lab *out, tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS], before = w->amounts[pigment], pigments = 0;
    for (size_t i = 0; i < w->recipe->part_count; i++)
        pigments += w->recipe->parts[i].fraction;
    w->amounts[pigment] += share * pigments;
    bool done = tns_mixture_coefficients(w->request->palette, w->amounts, K, S, err);
    w->amounts[pigment] = before;
    if (done)
        *out = seen_in_all_ways(w, K, S);
    return done;
}

/* What is still seen of the blue. */
static double blue_left(double db)
{
    return fmax(-SEEN - db, 0);
}

static bool is_better(const tns_blue_risk *out, double db, double de00)
{
    double now = blue_left(out->cure[0] ? out->cured_db : out->db), then = blue_left(db);
    return then < now - 1e-9 || (out->cure[0] && then <= now + 1e-9 && de00 < out->cured_de00);
}

/* Of all that comes no further from the target what leaves the least blue, then the nearest. */
static bool try_pigment(const work *w, size_t pigment, double before, tns_blue_risk *out,
                        tns_error *err)
{
    double share = LEAST;
    for (int step = 0; step < STEPS; step++, share *= STEP) {
        tns_lab lab;
        if (!warmed(w, pigment, share, &lab, err))
            return false;
        double de00 = tns_de00(w->target, lab), db = lab.b - w->target.b;
        if (de00 > before + MOST_COST || !is_better(out, db, de00))
            continue;
        tns_text_copy(out->cure, sizeof out->cure, w->request->palette->pigments[pigment].id);
        out->cure_share = share;
        out->cured_db = db;
        out->cured_de00 = de00;
    }
    return true;
}

/* More of the one pigment of a recipe is another shade of it, which the search has seen. */
static bool is_all_of(const tns_recipe *recipe, size_t pigment)
{
    return recipe->part_count == 1 && recipe->parts[0].pigment == (int)pigment;
}

static bool may_cure(const work *w, const bool *may_warm, size_t pigment)
{
    tns_pigment_kind kind = w->request->palette->pigments[pigment].kind;
    bool colors = kind == TNS_PIGMENT || kind == TNS_PRESHADE;
    return colors && may_warm[pigment] && !is_all_of(w->recipe, pigment);
}

static bool see_ways(work *w, tns_error *err)
{
    return w->panel.count > 0 ||
           tns_panel_init(&w->panel, w->on->surfaces, w->on->weights, w->on->count) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
}

static bool find_cure(work *w, const bool *may_warm, double before, tns_blue_risk *out,
                      tns_error *err)
{
    for (size_t i = 0; i < w->request->palette->count; i++)
        if (may_cure(w, may_warm, i) && !(see_ways(w, err) && try_pigment(w, i, before, out, err)))
            return false;
    return true;
}

/* ---- the cure in whole drops ---- */

/* So many drops of the cure to so many of the recipe's, which is poured some times over. */
typedef struct cure_drops {
    int cure, recipe; /* 0 = the recipe is not of drops */
    double share;
} cure_drops;

/* How much the nearest whole drops may be off, and how often a recipe is poured over at most. */
static const double DROPS_OFF = 0.1;
enum { TIMES_MOST = 20 };

static double drop_of(const work *w, int pigment)
{
    const tns_palette *palette = w->request->palette;
    return tns_unit_by_basis(palette, &palette->pigments[pigment], TNS_UNIT_DROP);
}

static cure_drops whole_drops(const work *w, int cure, double share)
{
    const tns_recipe *r = w->recipe;
    double pigments = 0;
    int own = 0, times = 1;
    for (size_t i = 0; i < r->part_count; i++) {
        own += r->parts[i].units;
        pigments += r->parts[i].units * drop_of(w, r->parts[i].pigment);
    }
    double once = share * pigments / drop_of(w, cure); /* drops, to the recipe poured once */
    while (times < TIMES_MOST && fabs(round(times * once) / (times * once) - 1) > DROPS_OFF)
        times++;
    int drops = (int)fmax(round(times * once), 1);
    return (cure_drops){drops, times * own, drops * drop_of(w, cure) / (times * pigments)};
}

/* The cure as it can be poured, and what that comes to. */
static bool round_cure(const work *w, tns_blue_risk *risk, cure_drops *out, tns_error *err)
{
    int cure = tns_palette_index(w->request->palette, risk->cure);
    bool drops = w->request->unit.kind == TNS_UNIT_DROP && !w->request->continuous;
    tns_lab lab;
    if (!risk->cure[0] || cure < 0 || !drops)
        return true;
    *out = whole_drops(w, cure, risk->cure_share);
    if (!warmed(w, (size_t)cure, out->share, &lab, err))
        return false;
    risk->cure_share = out->share;
    risk->cured_db = lab.b - w->target.b;
    risk->cured_de00 = tns_de00(w->target, lab);
    return true;
}

/* ---- in words ---- */

static void say_cure(const work *w, const tns_blue_risk *risk, cure_drops drops, char *text,
                     size_t size)
{
    const char *water = w->recipe->shade > 0 ? ", water unchanged" : "";
    char amount[96], then[48] = "about as yellow as wanted";
    if (drops.cure > 0)
        tns_text_format(amount, sizeof amount, "%d drop%s %s to %d of the recipe's", drops.cure,
                        drops.cure == 1 ? "" : "s", risk->cure, drops.recipe);
    else
        tns_text_format(amount, sizeof amount, "%.2g %s to 1 of the recipe's pigments",
                        risk->cure_share, risk->cure);
    if (fabs(risk->cured_db) >= 0.05)
        tns_text_format(then, sizeof then, "about %.1f %s than wanted", fabs(risk->cured_db),
                        risk->cured_db > 0 ? "yellower" : "bluer");
    tns_text_format(text, size, "; %s%s, then %s", amount, water, then);
}

static void warn(const work *w, const tns_blue_risk *risk, cure_drops drops, tns_warnings *warnings)
{
    char cure[240] = "; nothing here would warm it";
    if (risk->cure[0])
        say_cure(w, risk, drops, cure, sizeof cure);
    tns_warn(warnings, "recipe 1 may heal bluer than wanted (b* %+.1f, %+.1f of it by depth)%s",
             risk->db, risk->by_depth, cure);
}

/* `seen` = what single scalps may show of it. */
static bool assess(work *w, const tns_healed_span *seen, const bool *may_warm, tns_blue_risk *out,
                   tns_warnings *warnings, tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    const tns_lab mean = w->recipe->color[0].lab;
    if (!tns_mixture_coefficients(w->request->palette, w->amounts, K, S, err) ||
        !find_depth_share(w, K, S, mean, &out->by_depth, err))
        return false;
    out->known = true;
    out->db = mean.b - w->target.b;
    out->db_low = seen->low.b - w->target.b;
    out->db_high = seen->high.b - w->target.b;
    if (out->db > -SEEN)
        return true;
    cure_drops drops = {0};
    if (!find_cure(w, may_warm, tns_de00(w->target, mean), out, err) ||
        !round_cure(w, out, &drops, err))
        return false;
    warn(w, out, drops, warnings);
    return true;
}

bool tns_blue_find(const tns_surfaces *on, const bool *may_warm, tns_match_answer *answer,
                   tns_warnings *warnings, tns_error *err)
{
    const tns_match_request *r = answer->request;
    answer->blue = (tns_blue_risk){0};
    if (!on->healed || answer->match->recipe_count == 0)
        return true;
    work w = {.on = on,
              .request = r,
              .viewing = &r->viewings[0],
              .recipe = &answer->match->recipes[0],
              .target = tns_lab_from_spectrum(&r->target, &r->viewings[0]),
              .amounts = calloc(r->palette->count, sizeof *w.amounts)};
    bool done = w.amounts || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    if (done) {
        tns_recipe_amounts(w.recipe, w.amounts);
        done = assess(&w, &answer->spans[0], may_warm, &answer->blue, warnings, err);
    }
    tns_panel_finish(&w.panel);
    free(w.amounts);
    return done;
}
