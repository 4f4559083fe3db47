/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette.h>

#include "base/file.h"
#include "base/json.h"
#include "pigment/words.h"

static tns_json *write_model(const tns_palette_model *model)
{
    tns_json *out = tns_json_object(), *saunderson = tns_json_object();
    tns_json_set_number(saunderson, "k1", model->k1);
    tns_json_set_number(saunderson, "k2", model->k2);
    tns_json_set_text(out, "kind", constant_words[model->single_constant]);
    tns_json_set(out, "saunderson", saunderson);
    tns_json_set_text(out, "specular", specular_words[model->specular_included]);
    tns_json_set_text(out, "scale", scale_words[model->absolute]);
    tns_json_set_text(out, "amount_basis", basis_words[model->basis]);
    tns_json_set_text_if(out, "load_unit", model->load_unit);
    if (model->medium_n > 0)
        tns_json_set_number(out, "medium_n", model->medium_n);
    if (model->band_correlation > 0)
        tns_json_set_number(out, "band_correlation", model->band_correlation);
    return out;
}

static tns_json *write_grid(void)
{
    tns_json *out = tns_json_object();
    tns_json_set_integer(out, "start_nm", TNS_FIRST_NM);
    tns_json_set_integer(out, "step_nm", TNS_STEP_NM);
    tns_json_set_integer(out, "bands", TNS_BANDS);
    return out;
}

static void set_color_index(tns_json *out, const tns_pigment *pigment)
{
    if (pigment->color_index_count == 0)
        return;
    tns_json *list = tns_json_array();
    for (size_t i = 0; i < pigment->color_index_count; i++)
        tns_json_append(list, tns_json_string(pigment->color_index[i]));
    tns_json_set(out, "color_index", list);
}

static void set_ingredients(tns_json *out, const tns_pigment *pigment)
{
    if (pigment->ingredient_count == 0)
        return;
    tns_json *list = tns_json_array();
    for (size_t i = 0; i < pigment->ingredient_count; i++) {
        tns_json *ingredient = tns_json_object();
        tns_json_set_text(ingredient, "name", pigment->ingredients[i].name);
        tns_json_set_text_if(ingredient, "cas", pigment->ingredients[i].cas);
        tns_json_append(list, ingredient);
    }
    tns_json_set(out, "ingredients", list);
}

/* 0 stands for unknown, and what is unknown is left out. */
static void set_known(tns_json *out, const char *key, double value)
{
    if (value > 0)
        tns_json_set_number(out, key, value);
}

static void set_covariance(tns_json *out, const tns_pigment *pigment, bool single_constant)
{
    if (!pigment->has_covariance)
        return;
    tns_json *covariance = tns_json_object();
    tns_json_set(covariance, "K", tns_json_numbers(pigment->K_sd, TNS_BANDS));
    if (!single_constant) {
        tns_json_set(covariance, "S", tns_json_numbers(pigment->S_sd, TNS_BANDS));
        tns_json_set(covariance, "KS", tns_json_numbers(pigment->KS_correlation, TNS_BANDS));
    }
    tns_json_set(out, "covariance", covariance);
}

static tns_json *write_pigment(const tns_pigment *pigment, bool single_constant)
{
    tns_json *out = tns_json_object();
    tns_json_set_text(out, "id", pigment->id);
    tns_json_set_text(out, "name", pigment->name);
    tns_json_set_text(out, "kind", kind_words[pigment->kind]);
    set_color_index(out, pigment);
    set_ingredients(out, pigment);
    if (pigment->has_sterile)
        tns_json_set_bool(out, "sterile", pigment->sterile);
    set_known(out, "density_g_ml", pigment->density_g_ml);
    set_known(out, "drop_ml", pigment->drop_ml);
    set_known(out, "drop_cv", pigment->drop_cv);
    set_known(out, "cost_per_ml", pigment->cost_per_ml);
    tns_json_set_text(out, "origin", origin_words[pigment->origin]);
    set_known(out, "uncertainty", pigment->uncertainty);
    tns_json_set_text_if(out, "source", pigment->source);
    tns_json_set(out, "K", tns_json_numbers(pigment->K, TNS_BANDS));
    if (!single_constant)
        tns_json_set(out, "S", tns_json_numbers(pigment->S, TNS_BANDS));
    set_covariance(out, pigment, single_constant);
    return out;
}

char *tns_palette_write(const tns_palette *palette)
{
    tns_json *out = tns_json_object(), *pigments = tns_json_array();
    tns_json_set_text(out, "schema", PALETTE_SCHEMA);
    tns_json_set_text(out, "name", palette->name);
    tns_json_set_text_if(out, "version", palette->version);
    tns_json_set_text_if(out, "provenance", palette->provenance);
    tns_json_set(out, "model", write_model(&palette->model));
    tns_json_set(out, "grid", write_grid());
    for (size_t i = 0; i < palette->count; i++)
        tns_json_append(pigments,
                        write_pigment(&palette->pigments[i], palette->model.single_constant));
    tns_json_set(out, "pigments", pigments);
    char *text = tns_json_write(out);
    tns_json_destroy(out);
    return text;
}

bool tns_palette_save(const tns_palette *palette, const char *path, tns_error *err)
{
    char *text = tns_palette_write(palette);
    if (!text)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", path);
    bool done = tns_file_write(path, text, strlen(text), err);
    free(text);
    return done;
}
