/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ladder's plan: who its partners are, and the table to fill in. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/file.h>

#include "base/text.h"
#include "pigment/identifiers.h"
#include "service/parts.h"

enum { TABLE_SIZE = 64 << 10, FIRST_NM = 400, LAST_NM = 700, FIRST_BAND = 4 };

/* Of K/S over the visible: a white has less than this everywhere, a black more than that. */
static const double WHITE_MOST = 0.2, BLACK_LEAST = 2;

/* ---- partners ---- */

/* The extreme of K/S over 420-700 nm. */
static double extreme(const tns_pigment *p, bool largest)
{
    double out = largest ? 0 : INFINITY;
    for (int b = FIRST_BAND; b < TNS_BANDS - 3; b++) {
        double ratio = p->K[b] / fmax(p->S[b], 1e-9);
        out = largest ? fmax(out, ratio) : fmin(out, ratio);
    }
    return out;
}

static bool takes_part(const tns_pigment *p)
{
    return p->kind == TNS_PIGMENT || p->kind == TNS_PRESHADE;
}

static const tns_pigment *whitest(const tns_palette *palette)
{
    const tns_pigment *found = NULL;
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (takes_part(p) && extreme(p, true) < (found ? extreme(found, true) : WHITE_MOST))
            found = p;
    }
    return found;
}

static const tns_pigment *blackest(const tns_palette *palette)
{
    const tns_pigment *found = NULL;
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (takes_part(p) && extreme(p, false) > (found ? extreme(found, false) : BLACK_LEAST))
            found = p;
    }
    return found;
}

static bool partner(const tns_palette *palette, const char *option, const char *id,
                    const tns_pigment *usual, const tns_pigment **out, tns_error *err)
{
    int index = id ? tns_palette_index(palette, id) : -1;
    *out = index >= 0 ? &palette->pigments[index] : usual;
    return !id || (index >= 0 && takes_part(*out)) ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: palette %s has no pigment \"%.60s\"", option,
                         palette->name, id);
}

/* A bottle that is as white or as black itself is its own partner: of another one it says little.
 */
static const tns_pigment *usual_white(const tns_palette *palette, const tns_pigment *bottle,
                                      bool known)
{
    return known && extreme(bottle, true) < WHITE_MOST ? bottle : whitest(palette);
}

static const tns_pigment *usual_black(const tns_palette *palette, const tns_pigment *bottle,
                                      bool known)
{
    return known && extreme(bottle, false) > BLACK_LEAST ? bottle : blackest(palette);
}

/* ---- the bottle ---- */

/* A model's K and S as a relative palette has them: its white's S is 1. */
static void make_relative(const tns_palette *models, const tns_palette *palette, tns_pigment *p)
{
    const tns_pigment *white = whitest(models);
    bool by_mass = palette->model.basis == TNS_BY_MASS;
    double weight = by_mass && white ? tns_pigment_density(white) / tns_pigment_density(p) : 1;
    for (int b = 0; white && b < TNS_BANDS; b++) {
        p->K[b] *= weight / white->S[b];
        p->S[b] *= weight / white->S[b];
    }
}

/* One that the palette lacks: as its Colour Index is modelled, or nothing known. */
static bool new_bottle(const tns_ladder_order *order, const tns_palette *palette, tns_pigment *out,
                       bool *known, tns_error *err)
{
    memset(out, 0, sizeof *out);
    *known = order->color_index != NULL;
    if (*known) {
        tns_palette *models = tns_palette_find(TNS_DEFAULT_PALETTE, err);
        const tns_pigment *model = models ? tns_pigment_modelled(models, order->color_index) : NULL;
        if (model)
            *out = *model;
        if (model && !palette->model.absolute)
            make_relative(models, palette, out);
        tns_palette_destroy(models);
        if (!model)
            return tns_error_set(err, TNS_ERROR_USAGE, "--color-index: no model of \"%.40s\"",
                                 order->color_index);
        out->drop_ml = 0;
    }
    snprintf(out->id, sizeof out->id, "%s", order->pigment);
    return tns_is_pigment_id(order->pigment) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "ladder: expected a pigment's id (letters, digits, '.', '_' or '-'), "
                         "found \"%.60s\"",
                         order->pigment);
}

static bool choose_parts(const tns_ladder_order *order, const tns_palette *palette,
                         tns_pigment *bottle, tns_ladder_request *r, tns_error *err)
{
    int index = tns_palette_index(palette, order->pigment), diluent = tns_palette_diluent(palette);
    if (index >= 0 && order->color_index)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--color-index: palette %s knows \"%.47s\" already", palette->name,
                             order->pigment);
    r->known = true;
    if (index < 0 && !new_bottle(order, palette, bottle, &r->known, err))
        return false;
    r->part[TNS_LADDER_BOTTLE] = index >= 0 ? &palette->pigments[index] : bottle;
    r->part[TNS_LADDER_DILUENT] = diluent >= 0 ? &palette->pigments[diluent] : NULL;
    const tns_pigment *p = r->part[TNS_LADDER_BOTTLE];
    return partner(palette, "--white", order->white, usual_white(palette, p, r->known),
                   &r->part[TNS_LADDER_WHITE], err) &&
           partner(palette, "--black", order->black, usual_black(palette, p, r->known),
                   &r->part[TNS_LADDER_BLACK], err);
}

/* ---- the table ---- */

typedef struct table {
    char *text;
    size_t used;
} table;

static void put(table *t, const char *format, ...) TNS_PRINTF(2, 3);

/* Cut short when full, which `write_table` sees. */
static void put(table *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = tns_text_vformat(t->text + t->used, TABLE_SIZE - t->used, format, args);
    va_end(args);
    t->used += (size_t)n < TABLE_SIZE - t->used ? (size_t)n : TABLE_SIZE - t->used - 1;
}

/* The parts that have a column: each once, the diluent under the name that is always clear. */
static bool has_column(const tns_ladder_request *r, bool opaque, int part)
{
    bool twice = part != TNS_LADDER_BOTTLE && r->part[part] == r->part[TNS_LADDER_BOTTLE];
    return r->part[part] && !twice && !(opaque && part == TNS_LADDER_DILUENT);
}

static void put_header(table *t, const tns_ladder_request *r, bool opaque, bool lab)
{
    put(t, "SAMPLE_ID,BACKING");
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        if (has_column(r, opaque, i))
            put(t, ",AMOUNT_%s", i == TNS_LADDER_DILUENT ? "diluent" : r->part[i]->id);
    put(t, ",MIX");
    for (int nm = FIRST_NM; !lab && nm <= LAST_NM; nm += TNS_STEP_NM)
        put(t, ",SPEC_%d", nm);
    put(t, "%s\n", lab ? ",ILLUMINANT,OBSERVER,LAB_L,LAB_A,LAB_B" : "");
}

static void put_empty(table *t, bool lab)
{
    int columns = lab ? 5 : (LAST_NM - FIRST_NM) / TNS_STEP_NM + 1;
    for (int i = 0; i < columns; i++)
        put(t, ",");
    put(t, "\n");
}

static void put_mix(table *t, const tns_ladder_request *r, const tns_ladder_step *step)
{
    const char *link = "";
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        if (step->drops[i] == 0)
            continue;
        put(t, "%s%d drop%s %s", link, step->drops[i], step->drops[i] == 1 ? "" : "s",
            r->part[i]->id);
        link = " + ";
    }
}

static void put_step(table *t, const tns_ladder_request *r, const tns_ladder_step *step,
                     const char *half, bool lab)
{
    put(t, "%s%s%s,%s%s", step->id, half[0] ? "-on-" : "", half, half[0] ? "card-" : "", half);
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        if (has_column(r, !half[0], i))
            put(t, ",%.6g", step->amount[i]);
    put(t, ",");
    put_mix(t, r, step);
    put_empty(t, lab);
}

static void put_card(table *t, const tns_ladder_request *r, const char *half, bool lab)
{
    put(t, "card-%s,", half);
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        if (has_column(r, false, i))
            put(t, ",0");
    put(t, ",the bare card");
    put_empty(t, lab);
}

static bool write_table(const tns_ladder_request *r, const tns_ladder *ladder, bool lab,
                        const char *path, tns_error *err)
{
    table t = {.text = calloc(TABLE_SIZE, 1)};
    if (!t.text)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    put_header(&t, r, ladder->opaque, lab);
    if (!ladder->opaque) {
        put_card(&t, r, "white", lab);
        put_card(&t, r, "black", lab);
    }
    for (size_t i = 0; i < ladder->count; i++) {
        const tns_ladder_step *step = &ladder->step[i];
        if (ladder->opaque)
            put_step(&t, r, step, "", lab);
        if (step->on_white)
            put_step(&t, r, step, "white", lab);
        if (step->on_black)
            put_step(&t, r, step, "black", lab);
    }
    bool done = t.used + 1 < TABLE_SIZE
                    ? tns_text_save(path, t.text, err)
                    : tns_error_set(err, TNS_ERROR_MEMORY, "%s: the table is too long", path);
    free(t.text);
    return done;
}

/* ---- the whole ---- */

static void fill_record(const tns_ladder_request *r, tns_ladder_plan_record *out)
{
    snprintf(out->palette, sizeof out->palette, "%s", r->palette->name);
    for (int i = 0; i < TNS_LADDER_PARTS; i++)
        if (r->part[i])
            snprintf(out->part[i], sizeof out->part[i], "%s", r->part[i]->id);
    if (!out->ladder.opaque)
        snprintf(out->load_unit, sizeof out->load_unit, "%s", r->palette->model.load_unit);
}

/* A slip in a name would plan a bottle that nobody has. */
static void warn_of_name(const tns_ladder_order *order, const tns_palette *palette,
                         tns_ladder_plan_record *out)
{
    char near[200];
    if (order->color_index || tns_palette_index(palette, order->pigment) >= 0)
        return;
    tns_near_names(palette, order->pigment, true, near, sizeof near);
    if (near[0])
        tns_warn(&out->ladder.warnings, "%s has no \"%.47s\", which is planned as a new bottle%s",
                 palette->name, order->pigment, near);
}

static bool plan(const tns_ladder_order *order, const tns_palette *palette,
                 tns_ladder_plan_record *out, tns_error *err)
{
    tns_pigment bottle;
    tns_ladder_request r = {.palette = palette,
                            .opaque = order->opaque || !palette->model.absolute,
                            .load = order->load,
                            .minutes = order->minutes,
                            .drops = order->drops};
    if (!choose_parts(order, palette, &bottle, &r, err) || !tns_ladder_plan(&r, &out->ladder, err))
        return false;
    fill_record(&r, out);
    warn_of_name(order, palette, out);
    if (r.known)
        snprintf(out->known, sizeof out->known, "%s",
                 order->color_index ? order->color_index : r.part[TNS_LADDER_BOTTLE]->id);
    if (!order->output)
        return true;
    if (!tns_file_expect_none(order->output, err)) /* perhaps filled in, half an hour of readings */
        return false;
    snprintf(out->path, sizeof out->path, "%s", order->output);
    out->written = !order->dry_run;
    return order->dry_run ? tns_file_expect_writable(order->output, NULL, err)
                          : write_table(&r, &out->ladder, order->lab, order->output, err);
}

bool tns_service_ladder_plan(const tns_ladder_order *order, tns_ladder_plan_record *out,
                             tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_palette *palette = tns_palette_choose(order->palette, err);
    bool done = palette && plan(order, palette, out, err);
    tns_palette_destroy(palette);
    return done;
}
