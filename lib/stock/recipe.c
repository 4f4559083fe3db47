/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recipes as the ledger keeps them: names and parts, and nothing else of what was typed, for no
 * entry ever forgets.
 */
#include <string.h>

#include <tonsure/visit.h>

#include "base/text.h"

static const double SHARE_MAX = 1e9;

/* Without the blanks around it. */
static bool copy_trimmed(const char *from, size_t length, char *out, size_t size)
{
    while (length > 0 && *from == ' ') {
        from++;
        length--;
    }
    while (length > 0 && from[length - 1] == ' ')
        length--;
    if (length >= size)
        return false;
    memcpy(out, from, length);
    out[length] = '\0';
    return true;
}

/* A path is none, though one with a '=' in it would look like a part. */
static bool is_name(const char *text)
{
    bool plain = text[0] && !strpbrk(text, "/\\,=") && tns_text_is_utf8(text, strlen(text));
    for (; plain && *text; text++)
        plain = (unsigned char)*text >= ' ';
    return plain;
}

bool tns_recipe_parts_add(tns_recipe_parts *parts, const char *what, double share, tns_error *err)
{
    if (parts->count == TNS_RECIPE_PARTS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: more than %d parts",
                             TNS_RECIPE_PARTS_MAX);
    tns_recipe_share *part = &parts->parts[parts->count];
    if (!is_name(what) || !tns_text_copy(part->what, sizeof part->what, what))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=PARTS above 0, found \"%.60s\"", what);
    if (!(share > 0 && share <= SHARE_MAX))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=PARTS above 0, found \"%.47s=%.6g\"", what,
                             share);
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].what, what) == 0)
            return tns_error_set(err, TNS_ERROR_USAGE, "recipe: %s is named twice", what);
    part->share = share;
    parts->count++;
    return true;
}

static bool add_text(tns_recipe_parts *parts, const char *text, size_t length, tns_error *err)
{
    char whole[128], what[TNS_ID_SIZE];
    double share;
    if (!copy_trimmed(text, length, whole, sizeof whole))
        whole[0] = '\0';
    char *equals = strchr(whole, '=');
    if (!equals || !copy_trimmed(whole, (size_t)(equals - whole), what, sizeof what) ||
        !tns_text_number(equals + 1, &share, NULL))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=PARTS above 0, found \"%.*s\"",
                             length < 60 ? (int)length : 60, text);
    return tns_recipe_parts_add(parts, what, share, err);
}

bool tns_recipe_parts_parse(const char *text, tns_recipe_parts *out, tns_error *err)
{
    *out = (tns_recipe_parts){0};
    if (!text[strspn(text, " ")])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected PIGMENT=PARTS,.., found nothing");
    for (bool more = true; more; text++) {
        size_t length = strcspn(text, ",");
        if (!add_text(out, text, length, err))
            return false;
        text += length;
        more = *text == ',';
    }
    return true;
}

bool tns_recipe_parts_write(const tns_recipe_parts *parts, char out[TNS_RECIPE_TEXT_SIZE],
                            tns_error *err)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < parts->count; i++) {
        char part[TNS_ID_SIZE + 32];
        tns_text_format(part, sizeof part, "%s%s=%.6g", used ? "," : "", parts->parts[i].what,
                        parts->parts[i].share);
        if (used + strlen(part) >= TNS_RECIPE_TEXT_SIZE)
            return tns_error_set(err, TNS_ERROR_USAGE, "recipe: longer than %d bytes",
                                 TNS_RECIPE_TEXT_SIZE - 1);
        strcpy(out + used, part);
        used += strlen(part);
    }
    return true;
}
