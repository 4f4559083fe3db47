/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>
#include <tonsure/palettes.h>

#include "base/file.h"
#include "base/text.h"
#include "service/parts.h"

/* n = 1.5: outside for light that falls straight (0.04), inside for diffuse light. */
static const tns_saunderson glossy = {.k1 = 0.04, .k2 = 0.596};

static bool set_constants(double k1, double k2, tns_fit_options *out)
{
    out->surface.k1 = k1;
    out->surface.k2 = k2;
    return k1 >= 0 && k1 <= 0.5 && k2 >= 0 && k2 <= 0.95;
}

/* "0.03,0.6", "fit", "0.03,fit"; NULL = no surface. */
static bool parse_saunderson(const char *text, tns_fit_options *out, tns_error *err)
{
    double k[2];
    char k1[32];
    if (!text)
        return true;
    out->fit_k2 = tns_text_ends_with(text, "fit");
    bool shaped = false;
    if (strcmp(text, "fit") == 0)
        shaped = set_constants(glossy.k1, glossy.k2, out);
    else if (out->fit_k2 && tns_text_ends_with(text, ",fit") && strlen(text) < sizeof k1) {
        snprintf(k1, sizeof k1, "%.*s", (int)(strlen(text) - strlen(",fit")), text);
        shaped = tns_text_number(k1, &k[0], NULL) && set_constants(k[0], glossy.k2, out);
    } else
        shaped = tns_text_numbers(text, k, 2, NULL) && set_constants(k[0], k[1], out);
    return shaped || tns_error_set(err, TNS_ERROR_USAGE,
                                   "--saunderson: expected k1,k2 (k1 0-0.5, k2 0-0.95), fit or "
                                   "k1,fit, found \"%.40s\"",
                                   text);
}

static bool parse_choice(const char *option, const char *text, const char *first,
                         const char *second, bool *is_second, tns_error *err)
{
    *is_second = text && strcmp(text, second) == 0;
    return !text || *is_second || strcmp(text, first) == 0 ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: expected %s or %s, found \"%.40s\"", option,
                         first, second, text);
}

bool tns_fit_options_parse(const tns_fit_order *order, tns_fit_options *out, tns_error *err)
{
    bool by_mass = false;
    *out = (tns_fit_options){.white = order->white, .load_unit = order->load_unit};
    if (order->load_unit && strlen(order->load_unit) >= sizeof((tns_palette_model *)0)->load_unit)
        return tns_error_set(err, TNS_ERROR_USAGE, "--load-unit: expected at most %zu bytes",
                             sizeof((tns_palette_model *)0)->load_unit - 1);
    bool read = parse_saunderson(order->saunderson, out, err) &&
                parse_choice("--specular", order->specular, "excluded", "included",
                             &out->surface.specular_included, err) &&
                parse_choice("--basis", order->basis, "volume", "mass", &by_mass, err);
    out->basis = by_mass ? TNS_BY_MASS : TNS_BY_VOLUME;
    return read;
}

bool tns_fit_options_like(const tns_fit_order *order, const tns_palette *known,
                          tns_fit_options *out, tns_error *err)
{
    const tns_palette_model *model = &known->model;
    if (!tns_fit_options_parse(order, out, err))
        return false;
    if (!order->saunderson) {
        out->surface.k1 = model->k1;
        out->surface.k2 = model->k2;
    }
    if (!order->specular)
        out->surface.specular_included = model->specular_included;
    if (!order->basis)
        out->basis = model->basis;
    if (!order->load_unit)
        out->load_unit = model->absolute ? model->load_unit : NULL;
    return true;
}

void tns_fit_palette_name(const char *path, char *name, size_t size)
{
    snprintf(name, size, "%s", tns_file_name(path));
    char *dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    tns_text_tidy(name);
    if (!name[0])
        snprintf(name, size, "fitted");
}

tns_fit *tns_service_fit(const tns_fit_order *order, const tns_context *context, tns_error *err)
{
    tns_fit_options options;
    char name[sizeof((tns_palette *)0)->name];
    if (!tns_fit_options_parse(order, &options, err))
        return NULL;
    tns_fit_palette_name(order->output, name, sizeof name);
    options.name = name;
    tns_sample_set *set = tns_exchange_load_samples(order->samples, order->holdout, err);
    tns_fit *fit = set ? tns_fit_solve(set, &options, context, err) : NULL;
    tns_sample_set_destroy(set);
    if (!fit || tns_palette_keep(fit->palette, order->output, order->dry_run, err))
        return fit;
    tns_fit_destroy(fit);
    return NULL;
}
