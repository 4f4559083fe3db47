/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/bound/stand_in.h"
#include "match/real/descent.h"

enum { ROUNDS = 60 };

/* Where a descent begins, and where no step down can be found. */
static const float FIRST_DAMPING = 0.1F, STUCK = 1e4F;

static void see(tns_descent_field *field, const tns_goal *goal)
{
    tns_descent_goal *g = &field->goal;
    field->eye.viewings = 0;
    for (size_t v = 0; v < goal->viewing_count; v++) {
        if (!(goal->weights[v] > 0))
            continue;
        int i = field->eye.viewings;
        tns_screen_eye_add(&field->eye, &goal->viewings[v]);
        for (int s = 0; s < g->surface_count; s++)
            g->weight[s][i] =
                (float)(goal->weights[v] * (g->blended ? 1 : goal->surface_weights[s]));
        g->target[i][0] = (float)goal->target[v].L;
        g->target[i][1] = (float)goal->target[v].a;
        g->target[i][2] = (float)goal->target[v].b;
    }
}

void tns_descent_field_set(tns_descent_field *field, const tns_goal *goal, double max_shade,
                           tns_isa isa)
{
    size_t surfaces = goal->surface_count;
    surfaces = surfaces < TNS_DESCENT_SURFACES ? surfaces : TNS_DESCENT_SURFACES;
    field->kernels = TNS_KERNELS_FOR(tns_descent_kernels, isa);
    field->pull_kernels = TNS_KERNELS_FOR(tns_pull_kernels, isa);
    field->goal.surfaces = field->surfaces;
    field->goal.surface_count = (int)surfaces;
    field->goal.eye = &field->eye;
    field->goal.max_shade = (float)max_shade;
    field->goal.blended = goal->reducer == TNS_REDUCE_BLEND;
    double whole = 0;
    for (size_t s = 0; s < surfaces; s++)
        whole += goal->surface_weights[s];
    for (size_t s = 0; s < surfaces; s++) {
        tns_screen_surface_set(&field->surfaces[s], &goal->surfaces[s]);
        field->goal.share[s] = whole > 0 ? (float)(goal->surface_weights[s] / whole) : 0;
    }
    if (goal->stand_in) {
        field->goal.surface_count = 1;
        field->goal.share[0] = 1;
        field->surfaces[0] = goal->stand_in->surface;
    }
    see(field, goal);
}

static void set_ink(tns_descent_lanes *l, int column, int lane, const tns_ink *ink)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        l->K[column][b][lane] = ink->K[b];
        l->S[column][b][lane] = ink->S[b];
    }
    l->amount[column][lane] = ink->amount;
}

static void begin(const tns_descent_field *f, tns_descent_lanes *l, int lane, const tns_descent *d)
{
    static const tns_ink NONE = {.amount = 0};
    for (int j = 0; j < l->inks; j++) {
        bool used = j < d->count;
        set_ink(l, j, lane, used ? &f->inks[d->ink[j]] : &NONE);
        l->takes[j][lane] = used ? f->takes[d->ink[j]] : 0;
        l->next[j][lane] = used ? d->at[j] : 0;
    }
    if (f->goal.max_shade > 0) {
        set_ink(l, l->inks, lane, f->diluent);
        l->next[l->inks][lane] = d->at[d->count];
    }
    l->value[lane] = INFINITY;
    l->gain[lane] = 1;
    l->damping[lane] = FIRST_DAMPING;
    l->rounds[lane] = 0;
}

/* Whether some part that makes next to nothing would better be less: an edge, of a smaller set. */
static bool at_edge(const tns_descent_lanes *l, int lane, int count, float least)
{
    for (int j = 0; j < count && count > 1; j++)
        if (l->slope[j][lane] > 0 && l->bend[j][j][lane] < least * least)
            return true;
    return false;
}

static bool ended(tns_descent_lanes *l, int lane, int count, tns_descent_end when)
{
    float value = l->value[lane], left = fmaxf(value - l->gain[lane], 0);
    return ++l->rounds[lane] >= ROUNDS || sqrtf(value) - sqrtf(left) < when.gain ||
           l->damping[lane] > STUCK || (l->rounds[lane] > 1 && at_edge(l, lane, count, when.part));
}

static void end(const tns_descent_field *f, const tns_descent_lanes *l, int lane, tns_descent *d)
{
    for (int j = 0; j < d->count; j++)
        d->at[j] = l->at[j][lane];
    if (f->goal.max_shade > 0)
        d->at[d->count] = l->at[l->inks][lane];
    d->value = l->value[lane];
}

void tns_descend(const tns_descent_field *field, int most, tns_descent_end when,
                 tns_descent *descents, size_t count)
{
    tns_descent *in[TNS_LANES] = {NULL};
    tns_descent_lanes l;
    memset(&l, 0, sizeof l);
    l.inks = most;
    for (size_t next = 0, left = count; left > 0;) {
        for (int lane = 0; lane < TNS_LANES; lane++)
            if (!in[lane] && next < count) {
                in[lane] = &descents[next++];
                begin(field, &l, lane, in[lane]);
            }
        field->kernels->round(&field->goal, &l);
        for (int lane = 0; lane < TNS_LANES; lane++)
            if (in[lane] && ended(&l, lane, in[lane]->count, when)) {
                end(field, &l, lane, in[lane]);
                in[lane] = NULL;
                left--;
            }
    }
}

static uint64_t signs_of(tns_lane_row *pulls, size_t inks, size_t lane)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < inks; i++)
        if (pulls[i][lane] < 0)
            bits |= UINT64_C(1) << i;
    return bits;
}

/* In groups of inks, for the pulls of one have room on the stack. */
void tns_descent_pulls(const tns_descent_field *field, int most, size_t inks,
                       const tns_descent *descents, size_t count, uint64_t *wanted)
{
    const size_t words = tns_descent_words(inks);
    tns_descent_lanes l;
    memset(&l, 0, sizeof l);
    l.inks = most;
    for (size_t at = 0; at < count; at += TNS_LANES) {
        size_t lanes = count - at < TNS_LANES ? count - at : TNS_LANES;
        for (size_t lane = 0; lane < lanes; lane++)
            begin(field, &l, (int)lane, &descents[at + lane]);
        for (size_t word = 0; word < words; word++) {
            tns_lane_row pulls[64];
            size_t first = 64 * word, some = inks - first < 64 ? inks - first : 64;
            tns_pull_inks group = {field->inks + first, field->takes + first, field->diluent, some};
            field->pull_kernels->pulls(&field->goal, &l, &group, pulls);
            for (size_t lane = 0; lane < lanes; lane++)
                wanted[(at + lane) * words + word] = signs_of(pulls, some, lane);
        }
    }
}
