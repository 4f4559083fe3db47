/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "service/parts.h"

static bool add_part(const tns_palette *palette, char *part, double *amounts, bool *has_diluent,
                     tns_error *err)
{
    char *equals = strchr(part, '=');
    if (!equals)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=AMOUNT, found \"%.60s\"", part);
    *equals = '\0';
    int index = tns_palette_index(palette, part);
    if (index < 0) {
        char names[200];
        tns_near_names(palette, part, true, names, sizeof names);
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: palette %s has no pigment \"%.60s\"%s",
                             palette->name, part, names);
    }
    double amount;
    tns_error why;
    if (!tns_text_number(equals + 1, &amount, &why) || amount <= 0 || amount > 1e9)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: %s: expected an amount above 0, found \"%.40s\"", part,
                             equals + 1);
    if (amounts[index] > 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: %s is named twice", part);
    amounts[index] = amount;
    *has_diluent = *has_diluent || palette->pigments[index].kind == TNS_DILUENT;
    return true;
}

bool tns_recipe_parse(const tns_palette *palette, const char *recipe, double *amounts,
                      bool *has_diluent, tns_error *err)
{
    char part[128];
    const char *rest = recipe;
    memset(amounts, 0, palette->count * sizeof *amounts);
    *has_diluent = false;
    if (!*rest)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=AMOUNT, found nothing");
    while (tns_next_name(&rest, part, sizeof part))
        if (!add_part(palette, part, amounts, has_diluent, err))
            return false;
    return true;
}

double tns_unit_by_basis(const tns_palette *palette, const tns_pigment *pigment, tns_unit_kind unit)
{
    double density = tns_pigment_density(pigment);
    double ml = unit == TNS_UNIT_GRAM ? 1 / density
                : unit == TNS_UNIT_ML ? 1
                                      : tns_pigment_drop_ml(pigment);
    return palette->model.basis == TNS_BY_MASS ? ml * density : ml;
}

bool tns_recipe_to_basis(const tns_palette *palette, const char *unit, double *amounts,
                         tns_error *err)
{
    bool bare = unit && (strcmp(unit, "ml") == 0 || strcmp(unit, "g") == 0);
    tns_unit value = {.kind = bare && unit[0] == 'm' ? TNS_UNIT_ML : TNS_UNIT_GRAM};
    if (!unit)
        return true;
    if (!bare) {
        value.kind = TNS_UNIT_DROP;
        if (!tns_unit_parse(unit, &value, err))
            return false;
    }
    for (size_t i = 0; i < palette->count; i++)
        amounts[i] *= tns_unit_by_basis(palette, &palette->pigments[i], value.kind);
    return true;
}

void tns_recipe_amounts(const tns_recipe *recipe, double *amounts)
{
    for (size_t i = 0; i < recipe->part_count; i++)
        amounts[recipe->parts[i].pigment] = recipe->parts[i].fraction;
    if (recipe->has_diluent)
        amounts[recipe->diluent.pigment] = recipe->diluent.fraction;
}
