/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and checks tonsure/palette/1. Fields it does not know are left alone. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette.h>

#include "base/file.h"
#include "base/json.h"
#include "pigment/identifiers.h"
#include "pigment/words.h"

enum { FILE_LIMIT = 16 << 20, GRID_MAX = 2000, PIGMENTS_MAX = 1000 };

/* Beyond this a figure is a slip: a layer of 1 ul/cm2 that lets exp(-1e6) through. */
static const double KS_MAX = 1e6;

/* The grid the file's figures stand on. */
typedef struct grid {
    int bands;
    bool ours; /* 380-730/10: nothing to resample */
    double wavelength_nm[GRID_MAX];
} grid;

static bool read_schema(const tns_json_at *root, tns_error *err)
{
    char schema[64];
    if (!tns_json_expect_object(root, err) ||
        !tns_json_get_text(root, "schema", schema, sizeof schema, err))
        return false;
    tns_json_at at = tns_json_member(root, "schema");
    return strcmp(schema, PALETTE_SCHEMA) == 0 ||
           tns_json_fail(&at, err, TNS_ERROR_UNSUPPORTED, "expected \"%s\", found \"%s\"",
                         PALETTE_SCHEMA, schema);
}

static bool read_choice(const tns_json_at *object, const char *key, const char *const words[2],
                        bool *second, tns_error *err)
{
    int choice = *second;
    if (!tns_json_opt_choice(object, key, words, 2, &choice, err))
        return false;
    *second = choice == 1;
    return true;
}

static bool read_saunderson(const tns_json_at *model, tns_palette_model *out, tns_error *err)
{
    if (!tns_json_has(model, "saunderson"))
        return true;
    tns_json_at at = tns_json_member(model, "saunderson");
    return tns_json_expect_object(&at, err) &&
           tns_json_get_number(&at, "k1", 0, 0.5, &out->k1, err) &&
           tns_json_get_number(&at, "k2", 0, 0.95, &out->k2, err);
}

static bool read_model(const tns_json_at *root, tns_palette_model *out, tns_error *err)
{
    tns_json_at at = tns_json_member(root, "model");
    int kind = 0, basis = TNS_BY_VOLUME;
    bool read = tns_json_expect_object(&at, err) &&
                tns_json_get_choice(&at, "kind", constant_words, CONSTANT_WORDS, &kind, err) &&
                read_saunderson(&at, out, err) &&
                read_choice(&at, "specular", specular_words, &out->specular_included, err) &&
                read_choice(&at, "scale", scale_words, &out->absolute, err) &&
                tns_json_opt_choice(&at, "amount_basis", basis_words, BASIS_WORDS, &basis, err) &&
                tns_json_opt_text(&at, "load_unit", out->load_unit, sizeof out->load_unit, err) &&
                tns_json_opt_number(&at, "medium_n", 1, 3, &out->medium_n, err) &&
                tns_json_opt_number(&at, "band_correlation", 0, 1, &out->band_correlation, err);
    if (!read)
        return false;
    out->single_constant = kind == 1;
    out->basis = basis;
    if (out->absolute && !out->load_unit[0])
        strcpy(out->load_unit, "ul/cm2");
    return true;
}

/* Whether the grid can be resampled at all; tns_spectrum_resample has the rule. */
static bool check_grid(const tns_json_at *at, const grid *g, tns_error *err)
{
    double flat[GRID_MAX] = {0};
    tns_spectrum ignored;
    tns_error why;
    return g->ours ||
           tns_spectrum_resample(g->wavelength_nm, flat, (size_t)g->bands, &ignored, &why) ||
           tns_json_fail(at, err, why.code, "%s", why.text);
}

static bool read_grid(const tns_json_at *root, grid *out, tns_error *err)
{
    tns_json_at at = tns_json_member(root, "grid");
    double start = 0, step = 0;
    if (!tns_json_expect_object(&at, err) ||
        !tns_json_get_number(&at, "start_nm", 200, 2500, &start, err) ||
        !tns_json_get_number(&at, "step_nm", 0.1, 200, &step, err) ||
        !tns_json_get_integer(&at, "bands", 3, GRID_MAX, &out->bands, err))
        return false;
    out->ours = start == TNS_FIRST_NM && step == TNS_STEP_NM && out->bands == TNS_BANDS;
    for (int i = 0; i < out->bands; i++)
        out->wavelength_nm[i] = start + step * i;
    return check_grid(&at, out, err);
}

/* One number a band of the file, brought to ours. */
static bool read_bands(const tns_json_at *at, const char *key, const grid *g, double low,
                       double high, double out[TNS_BANDS], tns_error *err)
{
    double found[GRID_MAX];
    size_t bands = (size_t)g->bands;
    if (!tns_json_get_numbers(at, key, low, high, found, bands, err))
        return false;
    if (g->ours) {
        memcpy(out, found, sizeof(double) * TNS_BANDS);
        return true;
    }
    tns_spectrum spectrum;
    if (!tns_spectrum_resample(g->wavelength_nm, found, bands, &spectrum, err))
        return false;
    memcpy(out, spectrum.value, sizeof spectrum.value);
    return true;
}

static bool read_coefficients(const tns_json_at *pigment, const char *key, const grid *g,
                              double out[TNS_BANDS], tns_error *err)
{
    return read_bands(pigment, key, g, 0, KS_MAX, out, err);
}

static bool read_covariance(const tns_json_at *pigment, const grid *g, bool single,
                            tns_pigment *out, tns_error *err)
{
    tns_json_at at = tns_json_member(pigment, "covariance");
    out->has_covariance = tns_json_has(pigment, "covariance");
    return !out->has_covariance ||
           (tns_json_expect_object(&at, err) &&
            read_bands(&at, "K", g, 0, KS_MAX, out->K_sd, err) &&
            (single || (read_bands(&at, "S", g, 0, KS_MAX, out->S_sd, err) &&
                        read_bands(&at, "KS", g, -1, 1, out->KS_correlation, err))));
}

static bool all_are(const double *values, double value)
{
    for (int i = 0; i < TNS_BANDS; i++)
        if (values[i] != value)
            return false;
    return true;
}

/* In a single-constant palette S is 1 and may be absent. */
static bool read_single_S(const tns_json_at *at, const grid *g, double S[TNS_BANDS], tns_error *err)
{
    if (tns_json_has(at, "S")) {
        if (!read_coefficients(at, "S", g, S, err))
            return false;
        tns_json_at s = tns_json_member(at, "S");
        if (!all_are(S, 1))
            return tns_json_fail(&s, err, TNS_ERROR_FORMAT,
                                 "expected 1 in every band of a single-constant palette");
    }
    for (int i = 0; i < TNS_BANDS; i++)
        S[i] = 1;
    return true;
}

static bool read_KS(const tns_json_at *at, const grid *g, bool single, tns_pigment *out,
                    tns_error *err)
{
    if (!read_coefficients(at, "K", g, out->K, err))
        return false;
    if (single)
        return read_single_S(at, g, out->S, err);
    if (!read_coefficients(at, "S", g, out->S, err))
        return false;
    bool colors = out->kind == TNS_PIGMENT || out->kind == TNS_PRESHADE;
    if (colors && all_are(out->K, 0) && all_are(out->S, 0))
        return tns_json_fail(at, err, TNS_ERROR_FORMAT,
                             "K and S are 0 in every band, which only a diluent or additive has");
    return true;
}

/* A member that may be absent and must be an array of at most `most` items. */
static bool open_list(const tns_json_at *object, const char *key, size_t most, tns_json_at *list,
                      size_t *count, tns_error *err)
{
    *list = tns_json_member(object, key);
    *count = 0;
    if (!list->node)
        return true;
    if (!tns_json_expect_array(list, err))
        return false;
    *count = tns_json_size(list);
    return *count <= most || tns_json_fail(list, err, TNS_ERROR_FORMAT,
                                           "expected at most %zu, found %zu", most, *count);
}

static bool read_color_index(const tns_json_at *pigment, tns_pigment *out, tns_error *err)
{
    tns_json_at list;
    if (!open_list(pigment, "color_index", TNS_COLOR_INDEX_MAX, &list, &out->color_index_count,
                   err))
        return false;
    for (size_t i = 0; i < out->color_index_count; i++) {
        tns_json_at at = tns_json_item(&list, i);
        char *text = out->color_index[i];
        if (!tns_json_text(&at, text, sizeof out->color_index[i], err))
            return false;
        if (!tns_is_color_index(text))
            return tns_json_fail(&at, err, TNS_ERROR_FORMAT,
                                 "expected a number such as \"CI 77266\", found \"%s\"", text);
    }
    return true;
}

static bool read_ingredient(const tns_json_at *at, tns_ingredient *out, tns_error *err)
{
    if (!tns_json_expect_object(at, err) ||
        !tns_json_get_text(at, "name", out->name, sizeof out->name, err) ||
        !tns_json_opt_text(at, "cas", out->cas, sizeof out->cas, err))
        return false;
    tns_json_at cas = tns_json_member(at, "cas");
    return !out->cas[0] || tns_is_cas(out->cas) ||
           tns_json_fail(&cas, err, TNS_ERROR_FORMAT,
                         "\"%s\" is not a CAS number: its form or its check digit is wrong",
                         out->cas);
}

static bool read_ingredients(const tns_json_at *pigment, tns_pigment *out, tns_error *err)
{
    tns_json_at list;
    if (!open_list(pigment, "ingredients", TNS_INGREDIENTS_MAX, &list, &out->ingredient_count, err))
        return false;
    for (size_t i = 0; i < out->ingredient_count; i++) {
        tns_json_at at = tns_json_item(&list, i);
        if (!read_ingredient(&at, &out->ingredients[i], err))
            return false;
    }
    return true;
}

static bool read_identity(const tns_json_at *at, tns_pigment *out, tns_error *err)
{
    int kind = TNS_PIGMENT, origin = TNS_ORIGIN_MEASURED;
    if (!tns_json_expect_object(at, err) ||
        !tns_json_get_text(at, "id", out->id, sizeof out->id, err))
        return false;
    tns_json_at id = tns_json_member(at, "id");
    if (!tns_is_pigment_id(out->id))
        return tns_json_fail(&id, err, TNS_ERROR_FORMAT,
                             "expected letters, digits, '.', '_' or '-', found \"%s\"", out->id);
    snprintf(out->name, sizeof out->name, "%s", out->id);
    bool read = tns_json_opt_text(at, "name", out->name, sizeof out->name, err) &&
                tns_json_opt_choice(at, "kind", kind_words, KIND_WORDS, &kind, err) &&
                tns_json_opt_choice(at, "origin", origin_words, ORIGIN_WORDS, &origin, err) &&
                tns_json_opt_text(at, "source", out->source, sizeof out->source, err);
    out->kind = kind;
    out->origin = origin;
    return read;
}

static bool read_bottle(const tns_json_at *at, tns_pigment *out, tns_error *err)
{
    out->has_sterile = tns_json_has(at, "sterile");
    return tns_json_opt_bool(at, "sterile", &out->sterile, err) &&
           tns_json_opt_number(at, "density_g_ml", 0.3, 10, &out->density_g_ml, err) &&
           tns_json_opt_number(at, "drop_ml", 0.001, 1, &out->drop_ml, err) &&
           tns_json_opt_number(at, "drop_cv", 0, 1, &out->drop_cv, err) &&
           tns_json_opt_number(at, "cost_per_ml", 0, 1e6, &out->cost_per_ml, err) &&
           tns_json_opt_number(at, "uncertainty", 0, 10, &out->uncertainty, err);
}

static bool read_pigment(const tns_json_at *at, const grid *g, bool single, tns_pigment *out,
                         tns_error *err)
{
    return read_identity(at, out, err) && read_KS(at, g, single, out, err) &&
           read_covariance(at, g, single, out, err) && read_color_index(at, out, err) &&
           read_ingredients(at, out, err) && read_bottle(at, out, err);
}

/* The id of the last pigment must be new. */
static bool check_id(const tns_json_at *at, const tns_palette *palette, tns_error *err)
{
    const char *id = palette->pigments[palette->count - 1].id;
    size_t first = (size_t)tns_palette_index(palette, id);
    tns_json_at where = tns_json_member(at, "id");
    return first + 1 == palette->count ||
           tns_json_fail(&where, err, TNS_ERROR_FORMAT, "\"%s\" is pigments[%zu].id already", id,
                         first);
}

static bool read_pigments(const tns_json_at *root, const grid *g, tns_palette *out, tns_error *err)
{
    tns_json_at list = tns_json_member(root, "pigments");
    if (!tns_json_expect_array(&list, err))
        return false;
    size_t count = tns_json_size(&list);
    if (count == 0 || count > PIGMENTS_MAX)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected 1 to %d pigments, found %zu",
                             PIGMENTS_MAX, count);
    out->pigments = calloc(count, sizeof *out->pigments);
    if (!out->pigments)
        return tns_json_fail(&list, err, TNS_ERROR_MEMORY, "out of memory");
    while (out->count < count) {
        tns_json_at at = tns_json_item(&list, out->count);
        tns_pigment *pigment = &out->pigments[out->count++];
        if (!read_pigment(&at, g, out->model.single_constant, pigment, err) ||
            !check_id(&at, out, err))
            return false;
    }
    return true;
}

static bool read_name(const tns_json_at *root, tns_palette *out, tns_error *err)
{
    if (!tns_json_get_text(root, "name", out->name, sizeof out->name, err))
        return false;
    tns_json_at at = tns_json_member(root, "name");
    return out->name[0] || tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected a name, found \"\"");
}

static bool read_palette(const tns_json_at *root, tns_palette *out, tns_error *err)
{
    grid g;
    return read_schema(root, err) && read_name(root, out, err) &&
           tns_json_opt_text(root, "version", out->version, sizeof out->version, err) &&
           tns_json_opt_text(root, "provenance", out->provenance, sizeof out->provenance, err) &&
           read_model(root, &out->model, err) && read_grid(root, &g, err) &&
           read_pigments(root, &g, out, err);
}

tns_palette *tns_palette_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    tns_json *json = tns_json_parse(text, length, name, err);
    if (!json)
        return NULL;
    tns_json_at root = tns_json_root(json, name);
    tns_palette *palette = calloc(1, sizeof *palette);
    bool done = palette ? read_palette(&root, palette, err)
                        : tns_json_fail(&root, err, TNS_ERROR_MEMORY, "out of memory");
    tns_json_destroy(json);
    if (done)
        return palette;
    tns_palette_destroy(palette);
    return NULL;
}

tns_palette *tns_palette_load(const char *path, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, FILE_LIMIT, &length, err);
    tns_palette *palette = text ? tns_palette_parse(text, length, path, err) : NULL;
    free(text);
    return palette;
}
