/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "color/tristimulus.h"
#include "match/odds/response.h"
#include "match/span.h"

/* Below this K of a mixture the slope of an opaque layer has no bound. */
static const double LEAST_ABSORPTION = 1e-12;

/* Of the mean over the surfaces. */
static void slopes_of(const tns_response *r, const tns_coefficients *mix, tns_color_slopes *out)
{
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    double K[TNS_BANDS], by_R[3][TNS_BANDS];
    tns_km_slopes at[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++)
        K[b] = fmax(mix->K[b], LEAST_ABSORPTION);
    tns_panel_slopes(r->panel, K, mix->S, at);
    for (int b = 0; b < TNS_BANDS; b++)
        mean.value[b] = at[b].R;
    tns_lab_by_bands(&mean, &r->request->viewings[0], by_R);
    for (int c = 0; c < 3; c++)
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[c][b] = by_R[c][b] * at[b].dR_dK;
            out->S[c][b] = by_R[c][b] * at[b].dR_dS;
        }
}

/* ---- what is seen of a mixture on each surface ---- */

typedef struct sights {
    double *seen; /* as tns_panel_each gives it */
    tns_lab *lab;
} sights;

size_t tns_response_sight(const tns_response *response)
{
    return TNS_BANDS * response->panel->row;
}

static void look(const tns_response *r, const tns_coefficients *mix, sights *out)
{
    tns_panel_each(r->panel, mix->K, mix->S, out->seen);
    tns_lab_from_bands(out->seen, r->panel->row, r->panel->count, &r->request->viewings[0],
                       out->lab);
}

/* ---- parabolas ---- */

/* With nothing off, with one doubt at either node, and how all bend the reflectances on average.
 * But for the bend only the colors are asked for, and what is seen may all share one place. */
typedef struct probe {
    sights still, above, below;
    double *drift;
} probe;

enum { SIGHTS = 4, LABS = 3 }; /* of a probe */

static probe probe_in(const tns_response *r)
{
    size_t n = r->panel->count, next = r->knows_bands ? tns_response_sight(r) : 0;
    double *seen = r->sights;
    return (probe){{seen, r->labs},
                   {seen + next, r->labs + n},
                   {seen + 2 * next, r->labs + 2 * n},
                   seen + 3 * next};
}

static const double NODE = 1.7320508075688772;

static double bend_of(double still, double above, double below)
{
    return (above + below - 2 * still) / (2 * NODE * NODE);
}

static void move(const tns_response *r, const tns_doubt *doubt, probe *out)
{
    tns_coefficients up, down;
    tns_doubt_apply(&r->pour, doubt, NODE, &up);
    tns_doubt_apply(&r->pour, doubt, -NODE, &down);
    look(r, &up, &out->above);
    look(r, &down, &out->below);
}

static void add_bends(const tns_response *r, const probe *p, double sign)
{
    for (size_t i = 0; i < tns_response_sight(r); i++)
        p->drift[i] += sign * bend_of(p->still.seen[i], p->above.seen[i], p->below.seen[i]);
}

static void fill_parabolas(tns_response *r, int d, const probe *p)
{
    for (size_t s = 0; s < r->panel->count; s++) {
        tns_parabola *by = &r->on[s].by[d];
        const tns_lab above = p->above.lab[s], below = p->below.lab[s];
        const double up[3] = {above.L, above.a, above.b}, down[3] = {below.L, below.a, below.b};
        for (int c = 0; c < 3; c++) {
            by->slope[c] = (up[c] - down[c]) / (2 * NODE);
            by->bend[c] = bend_of(r->on[s].still[c], up[c], down[c]);
        }
    }
}

/* A band's reflectance moves with its own K and S alone, so all bands can be bent in one go. */
static void add_all_bends(const tns_response *r, probe *p)
{
    for (int i = 0; i < r->pour.count; i++)
        for (int field = 0; r->pour.pigment[i]->has_covariance && field < 2; field++) {
            tns_doubt all = tns_doubt_of_all_bands(&r->pour, &r->request->palette->model, i, field);
            move(r, &all, p);
            add_bends(r, p, 1);
        }
}

static void set_starts(tns_response *r, const probe *p)
{
    const size_t row = r->panel->row;
    for (size_t s = 0; s < r->panel->count; s++) {
        tns_curves *on = &r->on[s];
        double by_R[3][TNS_BANDS];
        tns_spectrum still = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
        for (size_t b = 0; b < TNS_BANDS; b++)
            still.value[b] = p->still.seen[b * row + s];
        tns_lab_by_bands(&still, &r->request->viewings[0], by_R);
        for (int c = 0; c < 3; c++) {
            on->start[c] = on->still[c];
            for (size_t b = 0; b < TNS_BANDS; b++)
                on->start[c] += by_R[c][b] * p->drift[b * row + s];
        }
    }
}

static void set_stills(tns_response *r, const probe *p)
{
    for (size_t s = 0; s < r->panel->count; s++) {
        const double still[3] = {p->still.lab[s].L, p->still.lab[s].a, p->still.lab[s].b};
        memcpy(r->on[s].still, still, sizeof still);
        memcpy(r->on[s].start, still, sizeof still);
    }
}

static void fill_curves(tns_response *r, const tns_coefficients *mix)
{
    probe room = probe_in(r), *p = &room;
    look(r, mix, &p->still);
    set_stills(r, p);
    for (int d = 0; d < r->count; d++) {
        move(r, &r->doubt[d], p);
        fill_parabolas(r, d, p);
        if (r->doubt[d].kind == TNS_DOUBT_BANDS)
            add_bends(r, p, -1);
    }
    if (!r->knows_bands)
        return; /* nothing drifts */
    add_all_bends(r, p);
    set_starts(r, p);
}

static bool make_room(tns_response *r, tns_error *err)
{
    size_t n = r->panel->count, doubts = (size_t)r->count;
    r->on = malloc(n * sizeof *r->on);
    r->parabolas = malloc((n * doubts + 1) * sizeof *r->parabolas);
    r->sights = calloc((r->knows_bands ? SIGHTS : 1) * tns_response_sight(r), sizeof *r->sights);
    r->labs = malloc(LABS * n * sizeof *r->labs);
    r->apart = malloc(n * sizeof *r->apart);
    if (!r->on || !r->parabolas || !r->sights || !r->labs || !r->apart) {
        tns_response_finish(r);
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces", n);
    }
    for (size_t s = 0; s < n; s++)
        r->on[s].by = r->parabolas + s * doubts;
    return true;
}

static bool any_covariance(const tns_pour *pour)
{
    bool any = false;
    for (int i = 0; i < pour->count; i++)
        any = any || pour->pigment[i]->has_covariance;
    return any;
}

bool tns_response_init(tns_response *response, const tns_match_request *request,
                       const tns_panel *panel, const tns_recipe *recipe, tns_error *err)
{
    tns_coefficients mix;
    tns_color_slopes slopes = {{{0}}, {{0}}};
    response->request = request;
    response->panel = panel;
    tns_pour_init(&response->pour, request, recipe);
    tns_mix_coefficients(&response->pour.whole, &mix);
    response->knows_bands = any_covariance(&response->pour);
    if (response->knows_bands) /* whose curves alone ask for them */
        slopes_of(response, &mix, &slopes);
    response->count =
        tns_doubts_list(&response->pour, &request->palette->model, &slopes, response->doubt);
    if (!make_room(response, err))
        return false;
    fill_curves(response, &mix);
    return true;
}

void tns_response_finish(tns_response *response)
{
    free(response->on);
    free(response->parabolas);
    free(response->sights);
    free(response->labs);
    free(response->apart);
    response->on = NULL;
}

/* ---- how far that is ---- */

static double mean_square(const tns_response *r)
{
    double sum = 0;
    for (size_t s = 0; s < r->panel->count; s++)
        sum += r->panel->share[s] * r->apart[s] * r->apart[s];
    return sum;
}

static double most_apart(const tns_response *r)
{
    double most = 0;
    for (size_t s = 0; s < r->panel->count; s++)
        most = fmax(most, r->apart[s]);
    return most;
}

double tns_response_to_amount(const tns_response *response, int part, double factor)
{
    const tns_doubt more = {.kind = TNS_DOUBT_AMOUNT, .part = part, .spread = factor - 1};
    tns_coefficients mix;
    probe room = probe_in(response);
    tns_doubt_apply(&response->pour, &more, 1, &mix);
    look(response, &mix, &room.above);
    tns_de00_pairs(room.still.lab, room.above.lab, response->panel->count, response->apart);
    return response->request->reducer == TNS_REDUCE_MAX ? most_apart(response)
                                                        : sqrt(mean_square(response));
}

double tns_response_square(const tns_response *response, int doubt)
{
    probe room = probe_in(response);
    for (size_t s = 0; s < response->panel->count; s++) {
        const double *still = response->on[s].still, *slope = response->on[s].by[doubt].slope;
        room.above.lab[s] =
            (tns_lab){still[0] + slope[0], still[1] + slope[1], still[2] + slope[2]};
    }
    tns_de00_pairs(room.still.lab, room.above.lab, response->panel->count, response->apart);
    return mean_square(response);
}

double tns_response_spread(const tns_response *response, tns_lab from)
{
    probe room = probe_in(response);
    tns_de00_samples(from, room.still.lab, response->panel->count, response->apart);
    return mean_square(response);
}

bool tns_response_span(const tns_response *response, tns_lab *low, tns_lab *high)
{
    probe room = probe_in(response);
    return tns_span_of(room.still.lab, response->panel->share, response->panel->count, low, high);
}
