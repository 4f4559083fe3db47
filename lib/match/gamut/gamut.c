/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "match/gamut/gamut_cells.h"
#include "match/problem.h"

enum { DEEPEST = 22, RANDOM_MIXES = 20000, SEARCH_UNITS = 8 };

static const double USUAL_CELL = 2.5, LEAST_CELL = 1, MOST_CELL = 10;

/* A corner of the simplex: a pigment as it is, or diluted as far as may be. */
typedef struct corner {
    double K[TNS_BANDS], S[TNS_BANDS];
} corner;

typedef struct work {
    const tns_surface *surface;
    tns_viewing viewing;
    size_t pigments;
    bool diluted; /* then corner[pigments + i] is corner[i] diluted */
    corner *corners;
    tns_gamut *gamut;
    const tns_context *context;
} work;

/* A mixture on the way: shares of three corners, and its color. */
typedef struct point {
    double share[3];
    tns_lab lab;
} point;

/* ---- a mixture's color ---- */

static tns_lab color_of(const work *w, const corner *mix)
{
    tns_spectrum R = tns_surface_reflectance(w->surface, mix->K, mix->S);
    return tns_lab_from_spectrum(&R, &w->viewing);
}

static void add_share(const corner *from, double share, corner *to)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        to->K[b] += share * from->K[b];
        to->S[b] += share * from->S[b];
    }
}

static point point_of(const work *w, const size_t face[3], const double share[3])
{
    corner mix = {{0}, {0}};
    point out;
    for (int i = 0; i < 3; i++) {
        out.share[i] = share[i];
        add_share(&w->corners[face[i]], share[i], &mix);
    }
    out.lab = color_of(w, &mix);
    return out;
}

static double apart(tns_lab a, tns_lab b)
{
    return tns_de76(a, b);
}

/* ---- faces ---- */

/* Halves the longest side until all are short; each corner's cell is touched. */
static void cut(work *w, const size_t face[3], const point *a, const point *b, const point *c,
                int depth)
{
    double ab = apart(a->lab, b->lab), bc = apart(b->lab, c->lab), ca = apart(c->lab, a->lab);
    if (bc > ab && bc >= ca) {
        cut(w, face, b, c, a, depth);
        return;
    }
    if (ca > ab) {
        cut(w, face, c, a, b, depth);
        return;
    }
    if (ab < tns_gamut_cell(w->gamut) / 2 || depth == DEEPEST) {
        tns_gamut_touch(w->gamut, a->lab);
        tns_gamut_touch(w->gamut, b->lab);
        tns_gamut_touch(w->gamut, c->lab);
        return;
    }
    const double middle[3] = {(a->share[0] + b->share[0]) / 2, (a->share[1] + b->share[1]) / 2,
                              (a->share[2] + b->share[2]) / 2};
    point m = point_of(w, face, middle);
    cut(w, face, a, &m, c, depth + 1);
    cut(w, face, &m, b, c, depth + 1);
}

static bool cut_face(work *w, size_t a, size_t b, size_t c, tns_error *err)
{
    const size_t face[3] = {a, b, c};
    point p[3];
    for (int i = 0; i < 3; i++) {
        const double share[3] = {i == 0, i == 1, i == 2};
        p[i] = point_of(w, face, share);
    }
    if (tns_context_cancelled(w->context))
        return tns_error_set(err, TNS_ERROR_CANCELLED, "gamut: cancelled");
    cut(w, face, &p[0], &p[1], &p[2], 0);
    return true;
}

/* Triangles of pigments, at either end of the dilution. */
static bool cut_ends(work *w, tns_error *err)
{
    size_t n = w->pigments;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            for (size_t k = j + 1; k < n; k++)
                if (!cut_face(w, i, j, k, err) ||
                    (w->diluted && !cut_face(w, n + i, n + j, n + k, err)))
                    return false;
    return true;
}

/* Pairs of pigments from end to end, two triangles each; without a diluent the pairs' lines. */
static bool cut_sides(work *w, tns_error *err)
{
    size_t n = w->pigments;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            bool done = w->diluted
                            ? cut_face(w, i, j, n + j, err) && cut_face(w, i, n + i, n + j, err)
                            : cut_face(w, i, j, j, err);
            if (!done)
                return false;
        }
    return true;
}

/* Mixtures of all corners, most of them of a few, touch what the faces' shell leaves out. */
static void add_random(work *w)
{
    tns_random random = tns_random_make(1);
    size_t corners = w->pigments * (w->diluted ? 2 : 1);
    for (int m = 0; m < RANDOM_MIXES; m++) {
        corner mix = {{0}, {0}};
        double sum = 0;
        for (int part = 0; part < 5; part++) {
            size_t at = tns_random_below(&random, (uint32_t)corners);
            double share = pow((1 + tns_random_below(&random, 1000)) / 1000.0, 3);
            add_share(&w->corners[at], share, &mix);
            sum += share;
        }
        for (int b = 0; b < TNS_BANDS; b++) {
            mix.K[b] /= sum;
            mix.S[b] /= sum;
        }
        tns_gamut_add(w->gamut, color_of(w, &mix));
    }
}

/* ---- the question ---- */

/* The search for one color on the same shelf. */
static tns_match_request search_for(const tns_gamut_request *r, const tns_viewing *viewing,
                                    const tns_spectrum *target)
{
    return (tns_match_request){.palette = r->palette,
                               .target = *target,
                               .surfaces = r->surface,
                               .surface_count = 1,
                               .viewings = viewing,
                               .weights = {1},
                               .viewing_count = 1,
                               .pigments = r->pigments,
                               .pigment_count = r->pigment_count,
                               .max_units = SEARCH_UNITS,
                               .max_shade = r->max_shade,
                               .undiluted = r->undiluted,
                               .top = 1};
}

/* A pigment as it is, and as dilute as `shade` allows, by volume. */
static bool set_corners(const tns_gamut_request *r, int pigment, double shade, work *w,
                        tns_error *err)
{
    const tns_palette *palette = r->palette;
    double *amounts = calloc(palette->count, sizeof *amounts);
    int diluent = tns_palette_diluent(palette);
    bool mass = palette->model.basis == TNS_BY_MASS;
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
    amounts[pigment] = mass ? tns_pigment_density(&palette->pigments[pigment]) : 1;
    bool done = tns_mixture_coefficients(palette, amounts, w->corners[w->pigments].K,
                                         w->corners[w->pigments].S, err);
    if (done && w->diluted) {
        amounts[diluent] = shade * (mass ? tns_pigment_density(&palette->pigments[diluent]) : 1);
        corner *end = &w->corners[palette->count + w->pigments];
        done = tns_mixture_coefficients(palette, amounts, end->K, end->S, err);
    }
    w->pigments += done;
    free(amounts);
    return done;
}

static bool set_all_corners(const tns_gamut_request *r, const tns_problem *problem, work *w,
                            tns_error *err)
{
    w->diluted = problem->max_shade > 0;
    w->corners = calloc(2 * r->palette->count, sizeof *w->corners);
    if (!w->corners)
        return tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
    for (size_t i = 0; i < problem->count; i++)
        if (!set_corners(r, problem->components[i].pigment, problem->max_shade, w, err))
            return false;
    /* The diluted ones stand behind the others, however many those are. */
    memmove(w->corners + w->pigments, w->corners + r->palette->count,
            w->pigments * sizeof *w->corners);
    return true;
}

/* What a match refuses of a shelf and a surface made by hand is refused here in the same words. */
static bool check_and_set(const tns_gamut_request *r, work *w, tns_error *err)
{
    const tns_spectrum any = tns_spectrum_constant(0.5);
    const tns_match_request search = search_for(r, &w->viewing, &any);
    tns_problem problem;
    if (!tns_problem_init(&problem, &search, err))
        return false;
    bool done = set_all_corners(r, &problem, w, err);
    tns_problem_finish(&problem);
    return done;
}

static bool compute(const tns_gamut_request *r, work *w, tns_error *err)
{
    if (!tns_viewing_find("D65/10", &w->viewing, err) || !check_and_set(r, w, err))
        return false;
    tns_context_progress(w->context, 0, "faces");
    if (!cut_ends(w, err) || !cut_sides(w, err))
        return false;
    tns_context_progress(w->context, 0.8, "inside");
    if (!tns_gamut_fill(w->gamut, err))
        return false;
    add_random(w);
    tns_context_progress(w->context, 1, "inside");
    return true;
}

tns_gamut *tns_gamut_compute(const tns_gamut_request *request, const tns_context *context,
                             tns_error *err)
{
    work w = {.surface = request->surface, .context = context};
    double cell = request->cell != 0 ? request->cell : USUAL_CELL;
    if (!(cell >= LEAST_CELL && cell <= MOST_CELL)) {
        tns_error_set(err, TNS_ERROR_USAGE, "gamut: expected a cell of %g to %g, found %g",
                      LEAST_CELL, MOST_CELL, cell);
        return NULL;
    }
    w.gamut = tns_gamut_create(cell, err);
    bool done = w.gamut && compute(request, &w, err);
    free(w.corners);
    if (done)
        return w.gamut;
    tns_gamut_destroy(w.gamut);
    return NULL;
}

/* ---- distance ---- */

static bool color_of_blend(const tns_gamut_request *r, const tns_blend *blend, tns_lab *out,
                           tns_error *err)
{
    corner mix;
    tns_viewing viewing;
    double rest = 1;
    int diluent = tns_palette_diluent(r->palette);
    double *amounts = calloc(r->palette->count, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
    for (size_t i = 0; i < blend->part_count; i++) {
        amounts[blend->pigment[i]] += blend->fraction[i];
        rest -= blend->fraction[i];
    }
    if (diluent >= 0 && rest > 1e-9)
        amounts[diluent] += rest;
    bool done = tns_mixture_coefficients(r->palette, amounts, mix.K, mix.S, err) &&
                tns_viewing_find("D65/10", &viewing, err);
    if (done) {
        tns_spectrum R = tns_surface_reflectance(r->surface, mix.K, mix.S);
        *out = tns_lab_from_spectrum(&R, &viewing);
    }
    free(amounts);
    return done;
}

static void set_distance(tns_lab target, tns_lab nearest, const tns_blend *blend,
                         tns_gamut_distance *out)
{
    out->target = target;
    out->nearest = nearest;
    out->de00 = tns_de00(target, nearest);
    out->inside = out->de00 <= 1;
    out->missing = tns_difference_make(nearest, target);
    out->part_count = blend->part_count;
    memcpy(out->pigment, blend->pigment, sizeof out->pigment);
    memcpy(out->fraction, blend->fraction, sizeof out->fraction);
}

bool tns_gamut_find(const tns_gamut_request *request, tns_lab target, const tns_context *context,
                    tns_gamut_distance *out, tns_error *err)
{
    tns_viewing viewing;
    tns_lab nearest;
    tns_spectrum wanted;
    memset(out, 0, sizeof *out);
    if (!tns_viewing_find("D65/10", &viewing, err) ||
        !tns_spectrum_from_lab(target, &viewing, &wanted, err))
        return false;
    const tns_match_request m = search_for(request, &viewing, &wanted);
    tns_match *match = tns_match_solve(&m, context, err);
    bool done = match && color_of_blend(request, &match->best_possible, &nearest, err);
    if (done)
        set_distance(target, nearest, &match->best_possible, out);
    tns_match_destroy(match);
    return done;
}
