/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/difference.h>

#include "color/tristimulus.h"
#include "match/response.h"

/* Below this K of a mixture the slope of an opaque layer has no bound. */
static const double LEAST_ABSORPTION = 1e-12;

/* How L*, a*, b* of a spectrum move with each band of it. */
static void color_by_bands(const tns_viewing *v, const tns_spectrum *seen, double out[3][TNS_BANDS])
{
    tns_xyz at = tns_xyz_from_spectrum(seen, v);
    double fx = tns_f_slope(at.X / v->white.X) / v->white.X;
    double fy = tns_f_slope(at.Y / v->white.Y) / v->white.Y;
    double fz = tns_f_slope(at.Z / v->white.Z) / v->white.Z;
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = fx * v->weight[0][b], y = fy * v->weight[1][b], z = fz * v->weight[2][b];
        out[0][b] = 116 * y;
        out[1][b] = 500 * (x - y);
        out[2][b] = 200 * (y - z);
    }
}

/* Of the mean over the surfaces. */
static void slopes_of(const tns_response *r, const tns_coefficients *mix, tns_color_slopes *out)
{
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    double by_K[TNS_BANDS] = {0}, by_S[TNS_BANDS] = {0}, by_R[3][TNS_BANDS];
    for (size_t s = 0; s < r->request->surface_count; s++)
        for (int b = 0; b < TNS_BANDS; b++) {
            tns_km_slopes k = tns_surface_slopes(&r->request->surfaces[s], b,
                                                 fmax(mix->K[b], LEAST_ABSORPTION), mix->S[b]);
            mean.value[b] += r->weights[s] * k.R;
            by_K[b] += r->weights[s] * k.dR_dK;
            by_S[b] += r->weights[s] * k.dR_dS;
        }
    color_by_bands(&r->request->viewings[0], &mean, by_R);
    for (int c = 0; c < 3; c++)
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[c][b] = by_R[c][b] * by_K[b];
            out->S[c][b] = by_R[c][b] * by_S[b];
        }
}

static tns_spectrum seen_on(const tns_response *r, size_t surface, const tns_coefficients *mix)
{
    return tns_surface_reflectance(&r->request->surfaces[surface], mix->K, mix->S);
}

static void color_of(const tns_response *r, const tns_spectrum *seen, double out[3])
{
    tns_lab lab = tns_lab_from_spectrum(seen, &r->request->viewings[0]);
    out[0] = lab.L;
    out[1] = lab.a;
    out[2] = lab.b;
}

/* ---- parabolas ---- */

/* One surface, with nothing off and with one doubt at either node. */
typedef struct probe {
    tns_spectrum still, above, below;
} probe;

static const double NODE = 1.7320508075688772;

static double bend_of(double still, double above, double below)
{
    return (above + below - 2 * still) / (2 * NODE * NODE);
}

static void move(const tns_response *r, size_t surface, const tns_doubt *doubt, probe *out)
{
    tns_coefficients up, down;
    tns_doubt_apply(&r->pour, doubt, NODE, &up);
    tns_doubt_apply(&r->pour, doubt, -NODE, &down);
    out->above = seen_on(r, surface, &up);
    out->below = seen_on(r, surface, &down);
}

static void add_bends(const probe *p, double sign, double *drift)
{
    for (int b = 0; b < TNS_BANDS; b++)
        drift[b] += sign * bend_of(p->still.value[b], p->above.value[b], p->below.value[b]);
}

static void fill_parabola(tns_response *r, size_t surface, int d, const probe *p)
{
    double above[3], below[3];
    tns_curves *on = &r->on[surface];
    color_of(r, &p->above, above);
    color_of(r, &p->below, below);
    for (int c = 0; c < 3; c++) {
        on->by[d].slope[c] = (above[c] - below[c]) / (2 * NODE);
        on->by[d].bend[c] = bend_of(on->still[c], above[c], below[c]);
    }
}

/* A band's reflectance moves with its own K and S alone, so all bands can be bent in one go. */
static void add_all_bends(const tns_response *r, size_t surface, probe *p, double *drift)
{
    for (int i = 0; i < r->pour.count; i++)
        for (int field = 0; r->pour.pigment[i]->has_covariance && field < 2; field++) {
            tns_doubt all = tns_doubt_of_all_bands(&r->pour, i, field);
            move(r, surface, &all, p);
            add_bends(p, 1, drift);
        }
}

static void fill_curves(tns_response *r, size_t surface, const tns_coefficients *mix)
{
    tns_curves *on = &r->on[surface];
    double drift[TNS_BANDS] = {0}, by_R[3][TNS_BANDS];
    probe p = {.still = seen_on(r, surface, mix)};
    color_of(r, &p.still, on->still);
    for (int d = 0; d < r->count; d++) {
        move(r, surface, &r->doubt[d], &p);
        fill_parabola(r, surface, d, &p);
        if (r->doubt[d].kind == TNS_DOUBT_BANDS)
            add_bends(&p, -1, drift);
    }
    add_all_bends(r, surface, &p, drift);
    color_by_bands(&r->request->viewings[0], &p.still, by_R);
    for (int c = 0; c < 3; c++) {
        on->start[c] = on->still[c];
        for (int b = 0; b < TNS_BANDS; b++)
            on->start[c] += by_R[c][b] * drift[b];
    }
}

bool tns_response_init(tns_response *response, const tns_match_request *request,
                       const double *weights, const tns_recipe *recipe, tns_error *err)
{
    tns_coefficients mix;
    tns_color_slopes slopes;
    response->request = request;
    response->weights = weights;
    response->on = calloc(request->surface_count, sizeof *response->on);
    if (!response->on)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                             request->surface_count);
    tns_pour_init(&response->pour, request, recipe);
    tns_mix_coefficients(&response->pour.whole, &mix);
    slopes_of(response, &mix, &slopes);
    response->count =
        tns_doubts_list(&response->pour, &request->palette->model, &slopes, response->doubt);
    for (size_t s = 0; s < request->surface_count; s++)
        fill_curves(response, s, &mix);
    return true;
}

void tns_response_finish(tns_response *response)
{
    free(response->on);
    response->on = NULL;
}

static double apart(const double a[3], const double b[3])
{
    return tns_de00((tns_lab){a[0], a[1], a[2]}, (tns_lab){b[0], b[1], b[2]});
}

double tns_response_to_amount(const tns_response *response, int part, double factor)
{
    double sum = 0, most = 0;
    const tns_doubt more = {.kind = TNS_DOUBT_AMOUNT, .part = part, .spread = factor - 1};
    tns_coefficients mix;
    tns_doubt_apply(&response->pour, &more, 1, &mix);
    for (size_t s = 0; s < response->request->surface_count; s++) {
        double lab[3];
        tns_spectrum seen = seen_on(response, s, &mix);
        color_of(response, &seen, lab);
        double de = apart(response->on[s].still, lab);
        sum += response->weights[s] * de * de;
        most = fmax(most, de);
    }
    return response->request->reducer == TNS_REDUCE_MAX ? most : sqrt(sum);
}

double tns_response_square(const tns_response *response, int doubt)
{
    double sum = 0;
    for (size_t s = 0; s < response->request->surface_count; s++) {
        const double *still = response->on[s].still, *slope = response->on[s].by[doubt].slope;
        const double moved[3] = {still[0] + slope[0], still[1] + slope[1], still[2] + slope[2]};
        double de = apart(still, moved);
        sum += response->weights[s] * de * de;
    }
    return sum;
}
