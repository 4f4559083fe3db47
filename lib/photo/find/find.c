/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A chart is accepted only when three things agree: its patches stand on a lattice; enough of them
 * bear the chart's colors in its order, one way round and no other; and the card's greys are a
 * chart's (kind.h). Otherwise it is refused. docs/photo.md shows how far apart right and wrong are.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "photo/find/balance.h"
#include "photo/find/blobs.h"
#include "photo/find/find.h"
#include "photo/find/hypothesis.h"
#include "photo/find/kind.h"
#include "photo/find/refine.h"

/*
 * The picture is looked at small first, at a quarter and half of the first size, then at it: that
 * is quick, and blur matters less. Tiny charts show only in the second.
 */
static const int LONG_SIDE = 1800, FINE_SIDE = 3600;

enum { LATTICES = 24, LIMITS = 3, STEEP = LIMITS - 1 };

/* As most charts are seen; so blurred that little of a patch is even; steeply tilted. */
static const tns_lattice_limits limits[LIMITS] = {
    {.step_most = 2.0, .skew_least = 0.8, .ratio_most = 1.6},
    {.step_most = 3.2, .skew_least = 0.8, .ratio_most = 1.6},
    {.step_most = 3.2, .skew_least = 0.6, .ratio_most = 2.6},
};

static const char NOTHING[] =
    "no chart found: no rows and columns of patches are seen; if there is one, go nearer, make it "
    "sharper, or give its corners";

static const char IN_CAST[] =
    "something like a chart, but in so strong a color cast that its colors are not told; if it is "
    "one, set the camera's white balance to this light and take it again, or give its corners";

/* Of the chart's patches, so many bear its colors. Classic: 16 of 24. */
static const double AGREEING_LEAST = 0.66;

static const double ORDER_LEAST = 0.88, SCORE_LEAST = 0.45, MARGIN_LEAST = 0.2;

static const double RESIDUAL_MOST = 0.1; /* of a lattice, in pitches */

static const double FARTHEST = 1.0; /* pitches that a corner may move onto the edges */

typedef struct search {
    const tns_image *image;
    const tns_chart *named; /* the only one that is accepted; NULL = any */
    tns_wanted wanted;
    tns_hypotheses found;
    tns_blob *blobs;
    tns_lattice *lattices;
    bool is_asked, is_sure; /* of the first of those found, as long as none is added */
    bool is_refined;        /* it is */
    tns_refined refined;
} search;

static bool refuse(tns_found_chart *out, const char *reason)
{
    tns_text_format(out->reason, sizeof out->reason, "%s", reason);
    return true;
}

/* Whether the lattice's orientation keeps the picture's: a turn to the right is one in both. */
static bool is_flipped(const tns_lattice *l)
{
    tns_point o = tns_homography_apply(&l->map, (tns_point){0, 0});
    tns_point a = tns_homography_apply(&l->map, (tns_point){1, 0});
    tns_point b = tns_homography_apply(&l->map, (tns_point){0, 1});
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x) < 0;
}

static void add_hypotheses(search *s, const tns_lattice *lattice, int factor)
{
    tns_homography map = lattice->map;
    for (int k = 0; k < 3; k++) {
        map.h[0][k] *= factor;
        map.h[1][k] *= factor;
    }
    tns_hypotheses_add(s->image, &s->wanted, lattice, &map, &s->found);
}

/* Seen steeply askew, a chart's diagonals are shorter than its rows, and a lattice has them. */
static void search_sheared(search *s, const tns_lattice *lattice, int factor)
{
    static const int shears[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int k = 0; k < 4; k++) {
        tns_lattice sheared = *lattice;
        tns_lattice_shear(&sheared, shears[k][0], shears[k][1]);
        add_hypotheses(s, &sheared, factor);
    }
}

static void search_lattice(search *s, tns_lattice *lattice, const tns_lattice_limits *like,
                           int factor)
{
    if (!tns_lattice_settle(s->blobs, lattice) || lattice->residual > RESIDUAL_MOST ||
        is_flipped(lattice))
        return;
    add_hypotheses(s, lattice, factor);
    if (like == &limits[STEEP])
        search_sheared(s, lattice, factor);
}

/* The best one that cannot be true when the first is. */
static double rival_of(const search *s)
{
    for (int i = 1; i < s->found.count; i++)
        if (tns_hypotheses_overlap(&s->wanted, &s->found.item[0], &s->found.item[i]))
            return s->found.item[i].score;
    return 0;
}

static bool is_clear(const search *s, const tns_hypothesis *h)
{
    int count = s->wanted.charts[h->chart].count;
    return h->match.agreeing >= AGREEING_LEAST * count && h->match.order >= ORDER_LEAST &&
           h->score >= SCORE_LEAST && h->score - rival_of(s) >= MARGIN_LEAST;
}

static bool is_borne_out(const search *s, const tns_hypothesis *h)
{
    return h->score >= SCORE_LEAST &&
           h->match.agreeing >= AGREEING_LEAST * s->wanted.charts[h->chart].count;
}

/* Of the same patches the larger chart tells more, but where it is little borne out beyond them. */
static bool is_part_of_another(const search *s, const tns_hypothesis *h)
{
    int count = s->wanted.charts[h->chart].count;
    for (int i = 0; i < s->found.count; i++) {
        const tns_hypothesis *other = &s->found.item[i];
        if (s->wanted.charts[other->chart].count > count && is_borne_out(s, other) &&
            other->score > h->score - MARGIN_LEAST &&
            tns_hypothesis_is_within(&s->wanted, h, other))
            return true;
    }
    return false;
}

/* The Digital SG holds the Classic's patches, and an open SpyderCheckr those of the 24. */
static void drop_parts(search *s)
{
    for (int i = s->found.count - 1; i >= 0; i--)
        if (is_part_of_another(s, &s->found.item[i]))
            tns_hypotheses_remove(&s->found, i);
}

/* The first is put onto the edges of its patches and scored once more. */
static void refine_best(search *s)
{
    tns_hypothesis *best = &s->found.item[0];
    const tns_chart *chart = &s->wanted.charts[best->chart];
    tns_placement start = tns_placement_make(s->image, &best->map, 0);
    tns_refined refined;
    s->is_refined = false;
    if (!tns_placement_refine(s->image, chart, best->match.agrees, &start, &refined) ||
        refined.farthest > FARTHEST)
        return;
    tns_hypothesis again = *best;
    again.map = refined.placement.map;
    tns_hypothesis_score(s->image, &s->wanted, &again);
    if (again.score < best->score - 0.1)
        return;
    *best = again;
    s->is_refined = true;
    s->refined = refined;
}

/* From where the first time has led, the second comes nearer yet; a third gains nothing. */
static bool refine_twice(search *s)
{
    refine_best(s);
    if (s->is_refined)
        refine_best(s);
    return s->is_refined;
}

/* Then nothing finer need be looked at. */
static bool is_sure(search *s)
{
    if (!s->is_asked)
        s->is_sure = s->found.count > 0 && is_clear(s, &s->found.item[0]) && refine_twice(s);
    s->is_asked = true;
    return s->is_sure;
}

static bool search_lattices(search *s, int blobs, const tns_lattice_limits *like, int factor)
{
    int count = tns_lattices_find(s->blobs, blobs, like, s->lattices, LATTICES);
    for (int i = 0; i < count; i++)
        search_lattice(s, &s->lattices[i], like, factor);
    drop_parts(s);
    s->is_asked = false;
    return count >= 0;
}

/* False when out of memory. */
static bool search_picture(search *s, const tns_reduced *picture)
{
    int blobs = tns_blobs_find(picture, s->blobs);
    bool done = blobs >= 0;
    for (int k = 0; k < LIMITS && done && !is_sure(s); k++)
        done = search_lattices(s, blobs, &limits[k], picture->factor);
    return done;
}

static int factor_for(const tns_image *image, int long_side)
{
    const tns_image_info *info = tns_image_describe(image);
    int longest = info->width > info->height ? info->width : info->height;
    return (longest + long_side - 1) / long_side;
}

/* A picture, but first, as long as nothing is sure, its halves. False when out of memory. */
static bool search_halves(search *s, const tns_reduced *picture, int halves)
{
    if (halves > 0) {
        tns_reduced half;
        bool done = tns_reduced_halve(picture, &half) && search_halves(s, &half, halves - 1);
        tns_reduced_finish(&half);
        if (!done)
            return false;
    }
    return is_sure(s) || search_picture(s, picture);
}

static bool search_at(search *s, int factor, int halves, tns_error *err)
{
    tns_reduced picture;
    bool done = tns_reduced_make(s->image, factor, &picture) && search_halves(s, &picture, halves);
    tns_reduced_finish(&picture);
    return done || tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
}

static bool search_scales(search *s, const tns_context *context, tns_error *err)
{
    int factor = factor_for(s->image, LONG_SIDE), finer = factor_for(s->image, FINE_SIDE);
    if (!search_at(s, factor, 2, err))
        return false;
    if (tns_context_cancelled(context))
        return tns_error_set(err, TNS_ERROR_CANCELLED, "photo: cancelled");
    return is_sure(s) || finer == factor || search_at(s, finer, 0, err);
}

static void describe(const search *s, tns_found_chart *out)
{
    const tns_hypothesis *best = &s->found.item[0];
    out->placement =
        s->is_refined ? s->refined.placement : tns_placement_make(s->image, &best->map, 0);
    out->chart = s->wanted.charts[best->chart];
    out->has_corners = true;
    tns_placement_corners(&out->placement, &s->wanted.charts[best->chart], out->corners);
    out->order_score = best->match.order;
    out->agreeing = best->match.agreeing;
    out->score = best->score;
    out->rival = rival_of(s);
    out->edged = s->is_refined ? s->refined.patches : 0;
    out->residual = s->refined.rms;
}

static void warn_of_another(const search *s, tns_found_chart *out)
{
    const tns_hypothesis *best = &s->found.item[0];
    for (int i = 1; i < s->found.count; i++) {
        const tns_hypothesis *h = &s->found.item[i];
        if (!tns_hypotheses_overlap(&s->wanted, best, h) && is_borne_out(s, h)) {
            tns_warn(&out->warnings, "two charts are seen: the one whose colors agree better is "
                                     "used; give corners to choose");
            return;
        }
    }
}

static bool judge(search *s, tns_found_chart *out)
{
    if (s->found.count == 0)
        return refuse(out, NOTHING);
    describe(s, out);
    const tns_hypothesis *h = &s->found.item[0];
    const tns_chart *chart = &s->wanted.charts[h->chart];
    bool is_told = is_borne_out(s, h) && h->match.order >= ORDER_LEAST &&
                   out->score - out->rival >= MARGIN_LEAST;
    if (!is_told && h->cast > TNS_CAST_STRONG)
        return refuse(out, IN_CAST);
    if (!is_borne_out(s, h)) {
        tns_text_format(
            out->reason, sizeof out->reason,
            "something like a chart%s, but only %d of %d patches bear its colors in its "
            "order; if it is one, uncover it, make it sharper, go nearer or give its corners",
            h->is_mirrored ? ", mirrored" : "", h->match.agreeing, chart->count);
        return true;
    }
    if (h->match.order < ORDER_LEAST || out->score - out->rival < MARGIN_LEAST)
        return refuse(out, h->is_mirrored ? "the chart could lie in more than one way, mirrored it "
                                            "seems; show all of it, as the camera saw it"
                                          : "the chart could lie in more than one way; show all of "
                                            "it, or give its corners");
    if (h->is_mirrored)
        return refuse(out, "the chart is mirrored: the picture was flipped; take it as the camera "
                           "saw it");
    if (!s->is_refined)
        return refuse(out, "a chart is seen, but not sharply enough to lay it onto its patches; go "
                           "nearer, make it sharper, or give its corners");
    if (s->named && h->chart != 0) {
        tns_text_format(out->reason, sizeof out->reason,
                        "this is a %s, not the %s that was asked for; leave the chart to be found "
                        "out, or name this one",
                        chart->title, s->named->title);
        return true;
    }
    warn_of_another(s, out);
    return true;
}

static bool prepare(search *s, tns_edition edition)
{
    s->blobs = malloc((TNS_BLOBS_MAX + 1) * sizeof *s->blobs);
    s->lattices = malloc(LATTICES * sizeof *s->lattices);
    return s->blobs && s->lattices && tns_wanted_make(s->named, edition, &s->wanted);
}

static bool find(search *s, const tns_context *context, tns_found_chart *out, tns_error *err)
{
    if (!search_scales(s, context, err) || !judge(s, out))
        return false;
    if (out->reason[0])
        return true;
    return tns_kind_check(s->image, &out->chart, &out->placement, s->found.item[0].match.agrees,
                          out->reason, sizeof out->reason, err);
}

static void finish(search *s)
{
    free(s->blobs);
    free(s->lattices);
    tns_wanted_finish(&s->wanted);
    free(s);
}

bool tns_find_chart(const tns_image *image, const tns_chart *named, tns_edition edition,
                    const tns_context *context, tns_found_chart *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    search *s = calloc(1, sizeof *s);
    if (!s)
        return tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    s->image = image;
    s->named = named;
    bool done = prepare(s, edition) || tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    if (done && named)
        out->chart = *named;
    done = done && find(s, context, out, err);
    finish(s);
    return done;
}
