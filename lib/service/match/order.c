/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/match/work.h"
#include "service/parts.h"
#include "service/words.h"
#include "service/zone/zone_parts.h"

static bool may_color(const tns_pigment *pigment)
{
    return pigment->kind == TNS_PIGMENT || pigment->kind == TNS_PRESHADE;
}

/* Of what is on the shelf why it may not be used; then what is not there at all. */
static bool none_there(const tns_match_order *order, const tns_left_out *only,
                       const tns_left_out *without, tns_error *err)
{
    static const char *const nothing = "not in stock";
    char text[400] = "";
    tns_sentence s = {text, sizeof text};
    for (int absent = 0; absent < 2; absent++)
        for (size_t i = 0, told = 0; i < order->palette->count; i++) {
            const tns_pigment *p = &order->palette->pigments[i];
            const char *why = order->stocked->why[i];
            if (!may_color(p) || (order->only && !only[i].pigment[0]) || without[i].pigment[0] ||
                (strcmp(why, nothing) == 0) != (absent != 0))
                continue;
            if (!absent)
                tns_say(&s, "%s%s: %s", text[0] ? "; " : "", p->id, why);
            else
                tns_say(&s, "%s%s",
                        told++    ? ", "
                        : text[0] ? "; not in stock: "
                                  : "not in stock: ",
                        p->id);
        }
    return tns_error_set(err, TNS_ERROR_NOT_ENOUGH,
                         "match: of these pigments none is on the shelf that may be used: %s",
                         text);
}

static bool choose_pigments(const tns_match_order *order, const tns_left_out *only,
                            const tns_left_out *without, tns_match_service *out, tns_error *err)
{
    const tns_palette *palette = order->palette;
    bool opaque = out->surfaces.surfaces->kind == TNS_SURFACE_OPAQUE;
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *pigment = &palette->pigments[i];
        bool named = only[i].pigment[0], unwanted = without[i].pigment[0];
        if (named && pigment->kind == TNS_DILUENT && opaque)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "--only: %s is a diluent, which does not change an opaque layer",
                                 pigment->id);
        bool there = !order->stocked || order->stocked->there[i];
        if (pigment->kind == TNS_DILUENT && !there)
            out->request.undiluted = true;
        if (may_color(pigment) && (!order->only || named) && !unwanted && there)
            out->pigments[out->request.pigment_count++] = (int)i;
        if (pigment->kind == TNS_DILUENT && unwanted)
            out->request.undiluted = true;
    }
    if (out->request.pigment_count == 0 && order->stocked)
        return none_there(order, only, without, err);
    return out->request.pigment_count > 0 ||
           tns_error_set(err, TNS_ERROR_USAGE, "match: --only and --without leave no pigment");
}

/* What the palette has and the shelf has not, or not for this client. */
static void list_absent(const tns_match_order *order, tns_match_service *out)
{
    for (size_t i = 0; order->stocked && i < order->palette->count; i++) {
        const tns_pigment *pigment = &order->palette->pigments[i];
        bool listed = !out->wanted[i] || out->unwanted[i] || pigment->kind == TNS_ADDITIVE;
        if (listed || order->stocked->there[i])
            continue;
        tns_left_out *one = &out->left_out[out->answer.left_out_count++];
        tns_text_copy(one->pigment, sizeof one->pigment, pigment->id);
        tns_text_copy(one->why, sizeof one->why, order->stocked->why[i]);
    }
}

static bool set_pigments(const tns_match_order *order, tns_match_service *out, tns_error *err)
{
    size_t n = order->palette->count;
    tns_left_out *only = calloc(2 * n + 1, sizeof *only), *without = only ? only + n : NULL;
    out->pigments = calloc(n + 1, sizeof *out->pigments);
    out->left_out = calloc(n + 1, sizeof *out->left_out);
    out->room = calloc(n + 1, sizeof *out->room);
    out->wanted = calloc(2 * n + 1, sizeof *out->wanted);
    out->unwanted = out->wanted ? out->wanted + n : NULL;
    bool done = (only && out->pigments && out->left_out && out->room && out->wanted) ||
                tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    done = done && tns_pigments_mark(order->palette, "--only", order->only, only, NULL, err) &&
           tns_pigments_mark(order->palette, "--without", order->without, without, &out->warnings,
                             err) &&
           choose_pigments(order, only, without, out, err);
    if (done) {
        for (size_t i = 0; i < n; i++) {
            out->wanted[i] = !order->only || only[i].pigment[0];
            out->unwanted[i] = without[i].pigment[0];
        }
        out->answer.left_out_count =
            tns_left_out_list(order->palette, order->only ? only : NULL, without, out->left_out);
        list_absent(order, out);
        tns_warn_of_silent(&out->warnings, order->palette, without, out->pigments,
                           out->request.pigment_count);
        if (order->stocked)
            tns_warn_all(&out->warnings, &order->stocked->warnings);
    }
    free(only);
    out->request.pigments = out->pigments;
    return done;
}

static bool set_target(const tns_match_order *order, tns_match_service *out, tns_error *err)
{
    out->target = *order->target;
    bool healed = order->surface && strncmp(order->surface, "healed:", 7) == 0;
    if (healed && !tns_role_check_healed(&out->target, &out->warnings, err))
        return false;
    tns_prior prior = tns_prior_on(order->surface, &out->target);
    if (!tns_reachable_spectrum(&out->target, prior, &out->request.target, &out->warnings, err))
        return false;
    tns_warn_of_reading(&out->warnings, "the target", &out->target);
    if (out->request.target.reconstructed)
        tns_warn_of_estimate(&out->warnings, "the target", out->request.target.prior);
    return true;
}

/* The trade's inks are seen through skin: what is asked for without saying so is another thing. */
static void warn_of_opaque(tns_match_service *out)
{
    const tns_palette *palette = out->request.palette;
    if (out->surfaces.surfaces->kind == TNS_SURFACE_OPAQUE && tns_palette_diluent(palette) >= 0)
        tns_warn(&out->warnings, "opaque: the look of a thick layer, not of ink in skin; for a "
                                 "shade ask for a film over the skin, or healed skin");
}

static bool set_least_units(const tns_match_order *order, tns_match_service *out, tns_error *err)
{
    if (!order->min_drops)
        return true;
    out->least_units = tns_least_units_parse(order->palette, order->min_drops, err);
    out->request.least_units = out->least_units;
    return out->least_units != NULL;
}

/* What is not to be used need not be said to have no fewer units than so many. */
static void forget_unused(tns_match_service *out)
{
    const tns_match_request *r = &out->request;
    size_t next = 0;
    for (size_t i = 0; i < r->palette->count && out->least_units; i++) {
        bool used = next < r->pigment_count && r->pigments[next] == (int)i; /* they rise */
        next += used;
        out->least_units[i] = used ? out->least_units[i] : 0;
    }
}

static bool set_palette(const tns_match_order *order, tns_match_service *out, tns_error *err)
{
    out->request.palette = order->drop_ml ? &out->palette : order->palette;
    return !order->drop_ml ||
           tns_palette_with_drops(order->palette, order->drop_ml, &out->palette, err);
}

/* Real amounts are not dispensed, so nothing that is said of dispensing could be kept. */
static bool check_continuous(const tns_match_order *order, tns_error *err)
{
    const char *option = order->drops        ? "--drops"
                         : order->unit       ? "--unit"
                         : order->drop_ml    ? "--drop-ml"
                         : order->pot_ml > 0 ? "--ml"
                                             : NULL;
    return !order->continuous || !option ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "%s: for whole units; --continuous knows shares alone", option);
}

/* A fixed total leaves nothing to multiply; what is taken from the shelf is a pot. */
static bool set_pot(const tns_match_order *order, tns_match_service *out, tns_error *err)
{
    bool shelf = order->stocked && !order->continuous && !out->request.exactly;
    double pot_ml = shelf ? order->stocked->pot_ml : order->pot_ml;
    out->request.pot_ml = out->answer.pot_ml = pot_ml;
    return !(order->pot_ml > 0) || !out->request.exactly ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "--ml: the total is fixed by --drops exactly:%d; leave out one of them",
                         out->request.max_units);
}

static bool set_surfaces(const tns_match_order *order, const tns_context *context,
                         tns_match_service *out, tns_error *err)
{
    uint64_t seed = context ? context->seed : 0;
    if (!tns_surfaces_parse(order->surface, order->palette, seed, &out->surfaces, &out->warnings,
                            err))
        return false;
    if (out->surfaces.healed &&
        !tns_role_check_specular(out->target.source.specular, out->surfaces.skin.specular,
                                 &out->warnings, err))
        return false;
    out->request.surfaces = out->surfaces.surfaces;
    out->request.surface_weights = out->surfaces.weights;
    out->request.surface_count = out->surfaces.count;
    out->request.reducer = out->surfaces.healed ? TNS_REDUCE_BLEND : TNS_REDUCE_MEAN;
    out->answer.healed = out->surfaces.healed;
    out->answer.skin = out->surfaces.healed ? &out->surfaces.skin : NULL;
    return true;
}

static bool take_order(const tns_match_order *order, const tns_context *context,
                       tns_match_service *out, tns_error *err)
{
    tns_match_request *r = &out->request;
    r->max_cost = order->max_cost;
    r->max_pigments = order->max_pigments;
    r->max_shade = order->max_shade;
    r->undiluted = order->undiluted;
    r->top = order->top;
    r->threads = order->threads;
    r->tolerance = order->tolerance;
    r->never_darker = order->never_darker;
    r->continuous = order->continuous;
    r->viewings = out->viewings;
    out->answer.stocked = order->stocked;
    if (order->stocked && !order->continuous) {
        r->most_share = order->stocked->most_share;
        r->favor = order->stocked->favor;
    }
    const char *illuminants = order->illuminants ? order->illuminants : "D65,A,F11";
    return check_continuous(order, err) && set_palette(order, out, err) &&
           set_target(order, out, err) && tns_drops_parse(order->drops, r, err) &&
           set_pot(order, out, err) && set_least_units(order, out, err) &&
           tns_unit_parse(order->unit, &r->unit, err) && set_surfaces(order, context, out, err) &&
           tns_viewings_parse(illuminants, out->viewings, TNS_VIEWINGS_MAX, &r->viewing_count,
                              err) &&
           tns_weights_parse(order->weights, r->target.reconstructed, r->viewing_count, r->weights,
                             err) &&
           set_pigments(order, out, err);
}

bool tns_match_prepare(const tns_match_order *order, const tns_context *context,
                       tns_match_service *out, tns_error *err)
{
    if (!take_order(order, context, out, err))
        return false;
    forget_unused(out);
    warn_of_opaque(out);
    return true;
}
