/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "match/pot/blame.h"
#include "match/pot/swap.h"
#include "match/pot/unexplained.h"

/* A residual that the eye does not see is no reason to throw a pot away. */
static const double REFUSED_RATIO = 2, REFUSED_DE00 = 0.5;
/* Of three numbers the scatter is wider than of 36. */
static const double REFUSED_COLOR_RATIO = 3;
/* A foreign pigment explains a reading when it takes the residual down to this share. */
static const double EXPLAINED = 0.5;
/* Where the search for its amount starts: a share of the pot. */
static const double TRACE = 0.02;
/* A factor further from 1 than so many spreads is no scatter of drops. */
static const double MISCOUNTED = 3;
/* Of a color alone, nobody counts wrongly by more than this: five times as much, or a fifth. */
static const double MOST_MISCOUNTED = 5;
/* Of what acts like less than this share of itself nothing can be seen. */
static const double HARDLY = 0.02;

/* How much of the residual is left with some of this pigment in the pot, and how much that is. */
static double ratio_with(const tns_pot_job *j, int pigment, double *units)
{
    tns_pot pot = j->pot;
    tns_effective found;
    int last = pot.count++;
    tns_pot_fill(&pot, last, j->request->palette, pigment, j->request->unit);
    pot.units[last] = 0;
    for (int i = 0; i < last; i++)
        pot.units[last] += TRACE * pot.units[i];
    if (!tns_effective_fit(&pot, &j->evidence, &found, NULL))
        return INFINITY;
    *units = pot.units[last] * found.factor[last];
    return tns_unexplained(j, &pot, found.factor).ratio;
}

/* A color alone can be explained by almost anything, so nothing is suspected then. */
static void suspect(const tns_pot_job *j, tns_pot_correction *out)
{
    double least = EXPLAINED * out->residual.ratio;
    const tns_palette *palette = j->request->palette;
    for (size_t i = 0; i < palette->count && !out->from_color; i++) {
        tns_pigment_kind kind = palette->pigments[i].kind;
        double units = 0;
        if ((kind != TNS_PIGMENT && kind != TNS_PRESHADE) || tns_pot_place(&j->pot, (int)i) >= 0)
            continue;
        double ratio = ratio_with(j, (int)i, &units);
        if (ratio < least) {
            least = ratio;
            out->suspect = (int)i;
            out->suspect_units = units;
        }
    }
}

static bool is_modelled(const tns_pigment *pigment)
{
    return pigment->origin == TNS_ORIGIN_MODELLED && pigment->kind != TNS_DILUENT;
}

static bool has_modelled(const tns_pot_job *j)
{
    bool has = false;
    for (int i = 0; i < j->pot.count; i++)
        has = has || is_modelled(&j->request->palette->pigments[j->pot.components[i].pigment]);
    return has;
}

/* What may be behind a reading that no counting of drops explains; the likeliest first. */
static const char CAUSES[] =
    "counted wrongly, not stirred, another ink or a reading of something else";

/* A color alone that asks for such amounts is not of this pot. */
static const tns_pot_part *absurd_part(const tns_pot_correction *out)
{
    for (size_t i = 0; i < out->part_count && out->from_color; i++)
        if (out->parts[i].factor > MOST_MISCOUNTED || out->parts[i].factor < 1 / MOST_MISCOUNTED)
            return &out->parts[i];
    return NULL;
}

static void give_reason(const tns_pot_job *j, tns_pot_correction *out)
{
    const tns_pot_residual *r = &out->residual;
    if (out->from_color)
        tns_text_format(out->reason, sizeof out->reason,
                        "no amounts of these inks have the color that was read: dE %.1f is left",
                        r->de00);
    else
        tns_text_format(
            out->reason, sizeof out->reason,
            "the reading is not of these inks alone: at %g nm %+.1f %% of reflectance is "
            "unexplained, where %.1f is expected",
            r->worst_nm, 100 * r->worst, 100 * r->expected);
    size_t used = strlen(out->reason), room = sizeof out->reason - used;
    if (out->suspect >= 0)
        snprintf(out->reason + used, room, "; some %s in the pot would be it",
                 j->request->palette->pigments[out->suspect].id);
    else if (has_modelled(j))
        snprintf(out->reason + used, room,
                 "; or the palette, which is modelled, is not of these bottles");
}

static void blame_part(const tns_pot_job *j, const tns_pot_part *part, tns_pot_correction *out)
{
    const char *id = j->request->palette->pigments[part->pigment].id;
    if (part->factor < HARDLY)
        tns_text_format(out->reason, sizeof out->reason, "its color is one without any %s: %s", id,
                        CAUSES);
    else
        tns_text_format(out->reason, sizeof out->reason,
                        "its color asks for %.2g times the %s put in: %s", part->factor, id,
                        CAUSES);
}

static const tns_swap NO_SWAP = {.pigment = -1};

static void blame_swap(const tns_pot_job *j, const tns_swap *swap, tns_pot_correction *out)
{
    const tns_palette *palette = j->request->palette;
    out->suspect = swap->pigment;
    out->suspect_units = swap->units;
    tns_text_format(out->reason, sizeof out->reason,
                    "the reading is far likelier of %s in the pot than of %s: another bottle was "
                    "taken, or not this pot read",
                    palette->pigments[swap->pigment].id,
                    palette->pigments[j->pot.components[swap->part].pigment].id);
}

static void refuse(const tns_pot_job *j, tns_pot_correction *out)
{
    const tns_pot_residual *r = &out->residual;
    const tns_pot_part *absurd = absurd_part(out);
    bool seen = r->de00 > REFUSED_DE00, wrong = seen && r->ratio > REFUSED_RATIO;
    tns_swap swap = seen && !wrong && !absurd && !out->from_color ? tns_swap_find(j) : NO_SWAP;
    out->refused =
        wrong || absurd || swap.pigment >= 0 || (seen && r->color_ratio > REFUSED_COLOR_RATIO);
    if (!out->refused)
        return;
    if (swap.pigment < 0)
        suspect(j, out);
    if (swap.pigment >= 0)
        blame_swap(j, &swap, out);
    else if (absurd)
        blame_part(j, absurd, out);
    else
        give_reason(j, out);
}

/* One sentence for all the pot's parts of which `is` holds. */
static void warn_of(const tns_pot_job *j, bool (*is)(const tns_pigment *), const char *what,
                    tns_pot_correction *out)
{
    char ids[TNS_WARNING_SIZE] = "";
    for (int i = 0; i < j->pot.count; i++) {
        const tns_pigment *pigment = &j->request->palette->pigments[j->pot.components[i].pigment];
        size_t used = strlen(ids);
        if (is(pigment))
            snprintf(ids + used, sizeof ids - used, "%s%s", used ? ", " : "", pigment->id);
    }
    if (ids[0])
        tns_warn(&out->warnings, "%s: %s", ids, what);
}

static bool is_unweighed(const tns_pigment *pigment)
{
    return !(pigment->drop_ml > 0);
}

static void warn(const tns_pot_job *j, tns_pot_correction *out)
{
    if (out->from_color)
        tns_warn(&out->warnings, "only a color was read: a wrong ink cannot be told from a wrong "
                                 "amount, and what is in the pot is less sure");
    for (size_t i = 0; i < out->part_count && !out->refused; i++)
        if (fabs(out->parts[i].factor - 1) > MISCOUNTED * out->parts[i].spread)
            tns_warn(&out->warnings, "%s: %.2g times what was put in: %s",
                     j->request->palette->pigments[out->parts[i].pigment].id, out->parts[i].factor,
                     CAUSES);
    if (!out->refused && out->residual.ratio > REFUSED_RATIO)
        tns_warn(&out->warnings,
                 "the reading's spectrum is not quite that of these inks (%.1f times the scatter "
                 "expected), though its color is",
                 out->residual.ratio);
    warn_of(j, is_modelled, "modelled, not measured: a wrong ink is hard to tell", out);
    if (j->request->unit.kind == TNS_UNIT_DROP)
        warn_of(j, is_unweighed, "drops never weighed, 0.04 ml is taken", out);
}

void tns_pot_blame(tns_pot_job *job, tns_pot_correction *out)
{
    out->suspect = -1;
    out->residual = tns_unexplained(job, &job->pot, job->effective.factor);
    tns_unexplained_offset(job);
    refuse(job, out);
    warn(job, out);
}
