/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/exchange.h>
#include <tonsure/service.h>

#include "base/text.h"
#include "service/parts.h"

/* A lamp's file has a folder or an ending; so has what begins with an illuminant's name: "D65/10",
   "D5002.78". */
static bool names_a_file(const char *text)
{
    char name[TNS_NAME_SIZE] = "";
    tns_illuminant ignored;
    size_t n = strcspn(text, "/");
    if (n < sizeof name)
        memcpy(name, text, n);
    return !tns_illuminant_find(name, &ignored, NULL) && strpbrk(text, "/.");
}

bool tns_viewing_parse(const char *text, tns_viewing *out, tns_error *err)
{
    char name[1024];
    if (!tns_text_copy(name, sizeof name, text))
        return tns_error_set(err, TNS_ERROR_USAGE, "%.60s..: the illuminant's name is too long",
                             text);
    bool two = tns_text_ends_with(name, "/2");
    if (two || tns_text_ends_with(name, "/10"))
        name[strlen(name) - (two ? 2 : 3)] = '\0';
    if (!names_a_file(name))
        return tns_viewing_find(text, out, err);

    tns_illuminant lamp;
    if (!tns_exchange_load_lamp(name, &lamp, err))
        return false;
    *out = tns_viewing_make(&lamp, two ? TNS_OBSERVER_2 : TNS_OBSERVER_10);
    return true;
}

bool tns_viewings_parse(const char *list, tns_viewing *out, size_t room, size_t *count,
                        tns_error *err)
{
    char name[1024];
    *count = 0;
    for (const char *rest = list; tns_next_name(&rest, name, sizeof name);) {
        if (*count == room)
            return tns_error_set(err, TNS_ERROR_USAGE, "illuminants: expected at most %zu", room);
        if (!tns_viewing_parse(name, &out[*count], err))
            return false;
        /* Results are told by the illuminant's name alone. */
        for (size_t i = 0; i < *count; i++)
            if (strcmp(out[i].illuminant, out[*count].illuminant) == 0)
                return tns_error_set(err, TNS_ERROR_USAGE, "illuminants: %s is named twice",
                                     out[i].illuminant);
        (*count)++;
    }
    return *count > 0 || tns_error_set(err, TNS_ERROR_USAGE,
                                       "illuminants: expected names, found \"%.40s\"", list);
}
