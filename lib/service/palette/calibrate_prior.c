/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of the pigments of a table before their colors are looked at. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/palette/calibrate_work.h"

typedef tns_calibrate_work work;

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "calibrate: out of memory");
}

static bool set_surface(const tns_calibrate_order *order, tns_palette *prior, tns_error *err)
{
    tns_fit_options options;
    if (!tns_fit_options_parse(order->fit, &options, err))
        return false;
    if (order->fit->saunderson) {
        prior->model.k1 = options.surface.k1;
        prior->model.k2 = options.surface.k2;
    }
    if (order->fit->specular)
        prior->model.specular_included = options.surface.specular_included;
    return true;
}

/* What was said behind "ID="; NULL = nothing. */
static const char *named_index(const tns_calibrate_order *order, const char *id)
{
    size_t n = strlen(id);
    for (size_t i = 0; i < order->color_index_count; i++)
        if (strncmp(order->color_indices[i], id, n) == 0 && order->color_indices[i][n] == '=')
            return order->color_indices[i] + n + 1;
    return NULL;
}

static bool check_named(const tns_calibrate_order *order, const tns_sample_set *set, tns_error *err)
{
    for (size_t i = 0; i < order->color_index_count; i++) {
        const char *said = order->color_indices[i], *equals = strchr(said, '=');
        bool found = false;
        for (size_t p = 0; equals && p < set->pigment_count; p++)
            found = found || (strlen(set->pigment[p]) == (size_t)(equals - said) &&
                              strncmp(said, set->pigment[p], (size_t)(equals - said)) == 0);
        if (!found)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "--color-index: expected PIGMENT=CI of a pigment of the table, "
                                 "found \"%.60s\"",
                                 said);
    }
    return true;
}

/* "CI-77266" as an id is "CI 77266". */
static const tns_pigment *model_by_id(const work *w, const char *id)
{
    char index[TNS_ID_SIZE];
    tns_text_copy(index, sizeof index, id);
    for (char *c = index; *c; c++)
        *c = *c == '-' || *c == '_' ? ' ' : *c;
    return tns_pigment_modelled(w->models, index);
}

static const tns_pigment *find_prior(const work *w, const char *id, const char **palette)
{
    const char *said = named_index(w->order, id);
    int at = tns_palette_index(w->shelf, id);
    *palette = w->models->name;
    if (said)
        return tns_pigment_modelled(w->models, said);
    if (at < 0)
        return model_by_id(w, id);
    *palette = w->shelf->name;
    return &w->shelf->pigments[at];
}

static bool fits_shelf(const work *w, tns_error *err)
{
    const tns_palette_model *m = &w->shelf->model;
    return (m->absolute && m->basis == TNS_BY_VOLUME) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "palette %s: a modelled pigment needs an absolute palette by volume",
                         w->shelf->name);
}

static bool no_prior(const work *w, const char *id, tns_error *err)
{
    const char *said = named_index(w->order, id);
    if (said)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: no pigment of Colour Index \"%.40s\" is known", id, said);
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "%s: no pigment of its Colour Index is known; name it: --color-index "
                         "\"%s=CI 77266\"",
                         id, id);
}

static bool take_prior(work *w, size_t column, tns_error *err)
{
    const char *id = w->samples->mixes->pigment[column], *from = NULL;
    tns_pigment *out = &w->prior.pigments[column];
    const tns_pigment *prior = tns_sample_is_clear(id) ? NULL : find_prior(w, id, &from);
    if (tns_sample_is_clear(id)) {
        out->kind = TNS_DILUENT;
        out->origin = TNS_ORIGIN_MODELLED;
    } else if (!prior) {
        return no_prior(w, id, err);
    } else {
        *out = *prior;
        tns_text_format(w->origin[column], sizeof w->origin[column], "%s %s", from, prior->id);
        if (prior->origin == TNS_ORIGIN_MODELLED && from == w->models->name && !fits_shelf(w, err))
            return false;
    }
    bool own = prior && strcmp(prior->id, id) == 0;
    tns_text_copy(out->id, sizeof out->id, id);
    if (!own) { /* what belongs to a bottle, not to its Colour Index, is not known */
        tns_text_copy(out->name, sizeof out->name, id);
        out->drop_ml = out->drop_cv = out->cost_per_ml = 0;
        out->has_sterile = out->sterile = false;
    }
    return true;
}

bool tns_calibrate_priors(work *w, tns_error *err)
{
    const tns_sample_set *set = w->samples->mixes;
    w->shelf = tns_palette_choose(w->order->palette, err);
    w->models = w->shelf ? tns_palette_find(TNS_DEFAULT_PALETTE, err) : NULL;
    if (!w->models || !check_named(w->order, set, err))
        return false;
    w->prior.model = w->shelf->model;
    w->prior.pigments = calloc(set->pigment_count, sizeof *w->prior.pigments);
    if (!w->prior.pigments)
        return no_memory(err);
    for (; w->prior.count < set->pigment_count; w->prior.count++)
        if (!take_prior(w, w->prior.count, err))
            return false;
    tns_fit_palette_name(w->order->fit->output, w->prior.name, sizeof w->prior.name);
    return set_surface(w->order, &w->prior, err);
}
