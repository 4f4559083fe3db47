/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/team.h"
#include "color/tristimulus.h"
#include "match/bound/fit_film.h"
#include "match/bound/stand_in.h"
#include "match/surface.h"

/* Chebyshev points of an octave, and corners of its cells. */
enum { POINTS = 9, CORNERS = TNS_REST_OCTAVE + 1 };

/* Keeps the barycentric formula finite: next to a point it is the value there. */
static const double LEAST_AWAY = 1e-14;

static const double QUARTER = 1.5707963267948966;

/* Larger tables do not pay; the last level of a side so long is one square. */
enum { OCTAVES_MAX = 400, SIDE_MAX = (1 << (TNS_REST_LEVELS - 1)) / TNS_REST_OCTAVE };

/* 4 r^-n/(r - 1) times 2 + 2/pi ln(n + 1), n = 8, r = 5.8 */
static const double PROVEN = 2.3e-6;

/* What the sums of films and the table's own numbers may be off: rounding. */
static const double ROUNDING = 1e-9;

/* Cells so little out of what mixtures reach are kept. */
static const double KEPT = 1e-3;

static const tns_rest_range NONE = {FLT_MAX, -FLT_MAX};

/* What mixtures reach in a band. */
typedef struct reach {
    double K, S;            /* at most */
    double q_least, q_most; /* of K/S */
} reach;

/* One band being tabled. */
typedef struct tabling {
    const tns_goal *goal;
    int band;
    reach reach;
    tns_film_fit film;
    double K_from, S_from; /* K and S begin at less these */
    double bound;          /* M of the blend and the film */
    double to_corners[CORNERS][POINTS], to_waves[POINTS][POINTS], point[POINTS];
    tns_rest_band *out;
    float *node;
    tns_rest_range *cells;
    double bent; /* the most that cells bend by */
} tabling;

typedef struct making {
    const tns_problem *problem;
    tns_stand_in *out;
    tns_fit_samples samples;
    bool failed[TNS_BANDS];
} making;

static reach reach_of(const tns_problem *problem, int b)
{
    reach r = {.q_least = INFINITY};
    for (size_t i = 0; i <= problem->count; i++) {
        const tns_component *c = &problem->components[i];
        const tns_pigment *water = problem->diluent;
        if (i == problem->count && !water)
            break;
        double K = i < problem->count ? c->K[b] / c->amount : water->K[b];
        double S = i < problem->count ? c->S[b] / c->amount : water->S[b];
        if (!(K > 0) && !(S > 0))
            continue;
        r.K = fmax(r.K, K);
        r.S = fmax(r.S, S);
        r.q_least = fmin(r.q_least, S > 0 ? K / S : INFINITY);
        r.q_most = fmax(r.q_most, S > 0 ? K / S : INFINITY);
    }
    return r;
}

/* ---- polynomials ---- */

/* Values at the points into values at the corners, by the barycentric formula. */
static void set_corners(tabling *t)
{
    for (int c = 0; c < CORNERS; c++) {
        double u = 1 + (double)c / TNS_REST_OCTAVE, sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double w = (i % 2 ? -1 : 1) * sin((2 * i + 1) * QUARTER / POINTS);
            double away = u - t->point[i]; /* the middle corner is a point itself */
            sum += t->to_corners[c][i] = w / (fabs(away) > LEAST_AWAY ? away : LEAST_AWAY);
        }
        for (int i = 0; i < POINTS; i++)
            t->to_corners[c][i] /= sum;
    }
}

static void set_polynomials(tabling *t)
{
    for (int i = 0; i < POINTS; i++)
        t->point[i] = 1.5 + cos((2 * i + 1) * QUARTER / POINTS) / 2;
    for (int k = 0; k < POINTS; k++)
        for (int i = 0; i < POINTS; i++)
            t->to_waves[k][i] = (k ? 2.0 : 1.0) / POINTS * cos(k * (2 * i + 1) * QUARTER / POINTS);
    set_corners(t);
}

static void transform(double by[][POINTS], int rows, double in[POINTS][POINTS],
                      double out[CORNERS][CORNERS])
{
    double half[CORNERS][POINTS];
    for (int r = 0; r < rows; r++)
        for (int j = 0; j < POINTS; j++) {
            half[r][j] = 0;
            for (int i = 0; i < POINTS; i++)
                half[r][j] += by[r][i] * in[i][j];
        }
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < rows; c++) {
            out[r][c] = 0;
            for (int j = 0; j < POINTS; j++)
                out[r][c] += by[c][j] * half[r][j];
        }
}

/* How far the polynomial may be off the corners' values within a cell. */
static double bend_of(double wave[CORNERS][CORNERS])
{
    double sum = 0;
    for (int k = 0; k < POINTS; k++)
        for (int l = 0; l < POINTS; l++) {
            double kk = (double)(k * k) * (k * k - 1) / 3, ll = (double)(l * l) * (l * l - 1) / 3;
            sum += fabs(wave[k][l]) * (kk + ll);
        }
    return 4 * sum / (8.0 * TNS_REST_OCTAVE * TNS_REST_OCTAVE); /* T's own unit is half an octave */
}

/* ---- a band's table ---- */

static double rest_at(const tabling *t, double x, double y)
{
    double K = x / t->film.load - t->K_from, S = y / t->film.load - t->S_from;
    return t->goal->blend->mean(&t->goal->films, t->band, K, S) - tns_film_fit_seen(&t->film, K, S);
}

/* No mixture is in the octave that begins at x, y. */
static bool out_of_reach(const tabling *t, double x, double y)
{
    double K0 = fmax(x / t->film.load - t->K_from, 0), K1 = 2 * x / t->film.load - t->K_from;
    double S0 = fmax(y / t->film.load - t->S_from, 0), S1 = 2 * y / t->film.load - t->S_from;
    return K0 > t->reach.q_most * S1 * (1 + KEPT) || K1 < t->reach.q_least * S0 * (1 - KEPT);
}

static void table_octave(tabling *t, int i, int j, double x, double y)
{
    double value[POINTS][POINTS], wave[CORNERS][CORNERS], corner[CORNERS][CORNERS];
    int stride = t->out->S_cells + 1, from = i * TNS_REST_OCTAVE, to = j * TNS_REST_OCTAVE;
    for (int k = 0; k < POINTS; k++)
        for (int l = 0; l < POINTS; l++)
            value[k][l] = rest_at(t, x * t->point[k], y * t->point[l]);
    transform(t->to_waves, POINTS, value, wave);
    transform(t->to_corners, CORNERS, value, corner);
    double bent = bend_of(wave), off = bent + PROVEN * t->bound + ROUNDING;
    t->bent = fmax(t->bent, bent);
    for (int k = 0; k < CORNERS; k++)
        for (int l = 0; l < CORNERS; l++)
            t->node[(from + k) * stride + to + l] = (float)corner[k][l];
    for (int k = 0; k < TNS_REST_OCTAVE; k++)
        for (int l = 0; l < TNS_REST_OCTAVE; l++) {
            double a = fmin(corner[k][l], corner[k][l + 1]),
                   b = fmax(corner[k][l], corner[k][l + 1]);
            a = fmin(a, fmin(corner[k + 1][l], corner[k + 1][l + 1]));
            b = fmax(b, fmax(corner[k + 1][l], corner[k + 1][l + 1]));
            t->cells[(from + k) * t->out->S_cells + to + l] =
                (tns_rest_range){(float)(a - off), (float)(b + off)};
        }
}

static void join(tns_rest_range *to, tns_rest_range one)
{
    to->low = fminf(to->low, one.low);
    to->high = fmaxf(to->high, one.high);
}

/* Squares of twice the side. */
static tns_rest_range *add_level(tns_rest_band *out, int level, tns_rest_range *at)
{
    int rows = out->K_cells, columns = out->stride[level - 1];
    rows = (rows + (1 << (level - 1)) - 1) >> (level - 1);
    int stride = (columns + 1) / 2;
    for (int k = 0; k < (rows + 1) / 2 * stride; k++)
        at[k] = NONE;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            join(&at[i / 2 * stride + j / 2], out->level[level - 1][i * columns + j]);
    out->level[level] = at;
    out->stride[level] = stride;
    return at + (rows + 1) / 2 * stride;
}

/* The exponent of the octave that a number is in. */
static int octave_of(double x)
{
    int exponent;
    frexp(x, &exponent);
    return exponent - 1;
}

static bool table_band(tabling *t, void **room, int K_first, int S_first, int K_count, int S_count)
{
    tns_rest_band *out = t->out;
    size_t cells = (size_t)(K_count * S_count) * TNS_REST_OCTAVE * TNS_REST_OCTAVE;
    out->K_cells = K_count * TNS_REST_OCTAVE;
    out->S_cells = S_count * TNS_REST_OCTAVE;
    size_t nodes = (size_t)(out->K_cells + 1) * (size_t)(out->S_cells + 1);
    /* squares of all sizes: a third more, and an edge of each */
    size_t squares = 2 * cells + 4 * (size_t)(out->K_cells + out->S_cells) + TNS_REST_LEVELS;
    char *bytes = calloc(1, squares * sizeof *t->cells + nodes * sizeof *t->node);
    *room = bytes;
    if (!bytes)
        return false;
    t->cells = (tns_rest_range *)bytes;
    t->node = (float *)(t->cells + squares);
    for (size_t k = 0; k < cells; k++)
        t->cells[k] = NONE;
    for (int i = 0; i < K_count; i++)
        for (int j = 0; j < S_count; j++) {
            double x = ldexp(1, K_first + i), y = ldexp(1, S_first + j);
            if (!out_of_reach(t, x, y))
                table_octave(t, i, j, x, y);
        }
    out->node = t->node;
    out->level[0] = t->cells;
    out->stride[0] = out->S_cells;
    tns_rest_range *next = t->cells + cells;
    for (int level = 1; level < TNS_REST_LEVELS; level++)
        next = add_level(out, level, next);
    return true;
}

/* How much K may be moved down before some film's real part is negative; S likewise. */
static void find_edges(tabling *t)
{
    const tns_goal *goal = t->goal;
    t->K_from = t->film.host_K / t->film.load;
    t->S_from = t->film.host_S / t->film.load;
    t->bound = tns_film_fit_radius(&t->film);
    for (size_t s = 0; s < goal->surface_count; s++) {
        const tns_surface *surface = &goal->surfaces[s];
        tns_above a = tns_surface_above(surface, t->band);
        if (!(goal->surface_weights[s] > 0))
            continue;
        t->K_from = fmin(t->K_from, surface->host_K[t->band] / surface->load);
        t->S_from = fmin(t->S_from, surface->host_S[t->band] / surface->load);
        t->bound += goal->surface_weights[s] * a.c1 / (1 - a.c2 * a.c2);
    }
}

static void keep_film(tns_screen_surface *out, const tns_film_fit *film, int b)
{
    out->load[b] = (float)film->load;
    out->host_K[b] = (float)film->host_K;
    out->host_S[b] = (float)film->host_S;
    out->backing[b] = (float)film->Rg;
    out->c0[b] = (float)film->c0;
    out->c1[b] = (float)film->c1;
    out->c2[b] = (float)film->c2;
}

static bool make_table(making *m, tabling *t)
{
    tns_rest_band *out = t->out;
    double K_least = t->film.load * t->K_from, S_least = t->film.load * t->S_from;
    double K_most = K_least + t->film.load * t->reach.K,
           S_most = S_least + t->film.load * t->reach.S;
    if (!(K_least > FLT_MIN) || !(S_least > FLT_MIN))
        return false;
    int K_first = octave_of(K_least * (1 - KEPT)), S_first = octave_of(S_least * (1 - KEPT));
    int K_count = octave_of(K_most * (1 + KEPT)) - K_first + 1;
    int S_count = octave_of(S_most * (1 + KEPT)) - S_first + 1;
    if (K_count > SIDE_MAX || S_count > SIDE_MAX || K_count * S_count > OCTAVES_MAX)
        return false;
    out->K_more = (float)(K_least - t->film.host_K);
    out->S_more = (float)(S_least - t->film.host_S);
    out->K_first = (K_first + 127) * TNS_REST_OCTAVE;
    out->S_first = (S_first + 127) * TNS_REST_OCTAVE;
    set_polynomials(t);
    return table_band(t, &m->out->room[t->band], K_first, S_first, K_count, S_count);
}

static void make_band(void *user, tns_team *team, size_t band)
{
    (void)team;
    making *m = user;
    const tns_goal *goal = &m->problem->goal;
    int b = (int)band;
    tabling t = {.goal = goal, .band = b, .out = &m->out->rest.band[b]};
    t.reach = reach_of(m->problem, b);
    m->failed[b] = !tns_film_fit_make(goal, &m->samples, b, &t.film);
    if (m->failed[b])
        return;
    keep_film(&m->out->surface, &t.film, b);
    find_edges(&t);
    m->failed[b] = !make_table(m, &t);
    m->out->darkest[b] = goal->blend->mean(&goal->films, b, t.reach.K, 0);
    m->out->row_error[b] = t.bent + 3 * PROVEN * t.bound + ROUNDING;
}

tns_stand_in *tns_stand_in_create(const tns_problem *problem)
{
    making m = {.problem = problem, .out = calloc(1, sizeof *m.out)};
    if (!m.out || problem->goal.films.count == 0) {
        free(m.out);
        return NULL;
    }
    tns_screen_surface *s = &m.out->surface;
    s->rest = &m.out->rest;
    s->step = TNS_INK_ERROR;
    for (int b = TNS_BANDS; b < TNS_WIDE; b++)
        s->load[b] = 1;
    tns_fit_samples_draw(&m.samples, problem);
    tns_team_run(problem->threads, TNS_BANDS, make_band, &m, NULL, "");
    for (int b = 0; b < TNS_BANDS; b++)
        if (m.failed[b]) {
            tns_stand_in_destroy(m.out);
            return NULL;
        }
    return m.out;
}

void tns_stand_in_destroy(tns_stand_in *stand_in)
{
    for (int b = 0; stand_in && b < TNS_BANDS; b++)
        free(stand_in->room[b]);
    free(stand_in);
}

/* How far f of X, Y or Z may be off: by what the bands are, where it is steepest, and by the sums.
 */
static double error_of(const tns_stand_in *s, const float weight[TNS_WIDE])
{
    double least = 0, off = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double over = 1 / (1 - s->surface.c2[b]), film = s->surface.c1[b] * over * over;
        least += weight[b] * (weight[b] > 0 ? s->darkest[b] : 1);
        off += fabs(weight[b]) * (s->row_error[b] + TNS_INK_ERROR * film);
    }
    return tns_f_slope(least) * off + 1.1 / 3 * 2 * TNS_SUM_ERROR;
}

void tns_stand_in_row_error(const tns_stand_in *stand_in, const tns_screen_eye *eye, double out[3])
{
    memcpy(out, (double[3]){0, 0, 0}, 3 * sizeof *out);
    for (int v = 0; v < eye->viewings; v++) {
        double x = error_of(stand_in, eye->xyz[v][0]), y = error_of(stand_in, eye->xyz[v][1]);
        double z = error_of(stand_in, eye->xyz[v][2]);
        out[0] = fmax(out[0], 116 * y + TNS_LAST_STEPS[0]);
        out[1] = fmax(out[1], 500 * (x + y) + TNS_LAST_STEPS[1]);
        out[2] = fmax(out[2], 200 * (y + z) + TNS_LAST_STEPS[2]);
    }
}
