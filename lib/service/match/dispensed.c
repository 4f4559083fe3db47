/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types of units, totals and weights. */
#include <string.h>

#include "base/text.h"
#include "service/parts.h"

static bool usage(tns_error *err, const char *option, const char *expected, const char *found)
{
    return tns_error_set(err, TNS_ERROR_USAGE, "%s: expected %s, found \"%.60s\"", option, expected,
                         found);
}

/* "30" or "exactly:20". */
bool tns_drops_parse(const char *text, tns_match_request *out, tns_error *err)
{
    if (!text)
        return true;
    out->exactly = strncmp(text, "exactly:", 8) == 0;
    double drops;
    if (!tns_text_number(out->exactly ? text + 8 : text, &drops, NULL) || drops < 1 ||
        drops > 1000 || drops != (int)drops)
        return usage(err, "--drops", "1 to 1000, or exactly:N", text);
    out->max_units = (int)drops;
    return true;
}

/* "drops", "0.05ml", "0.01g". */
bool tns_unit_parse(const char *text, tns_unit *out, tns_error *err)
{
    if (!text || strcmp(text, "drops") == 0 || strcmp(text, "drop") == 0)
        return true;
    char number[32];
    bool ml = tns_text_ends_with(text, "ml"), g = !ml && tns_text_ends_with(text, "g");
    size_t n = strlen(text) - (ml ? 2 : 1);
    if ((!ml && !g) || n >= sizeof number)
        return usage(err, "--unit", "drops, 0.05ml or 0.01g", text);
    memcpy(number, text, n);
    number[n] = '\0';
    if (!tns_text_number(number, &out->size, NULL) || out->size < 1e-6 || out->size > 1000)
        return usage(err, "--unit", "drops, 0.05ml or 0.01g", text);
    out->kind = ml ? TNS_UNIT_ML : TNS_UNIT_GRAM;
    return true;
}

static const double usual_weights[] = {1, 0.25, 0.25};

bool tns_weights_parse(const char *text, bool estimated, size_t count, double *out, tns_error *err)
{
    if (!text) { /* the other lamps' terms of an estimated target are invented */
        for (size_t i = 0; i < count; i++)
            out[i] = i == 0 ? 1 : estimated ? 0 : i < 3 ? usual_weights[i] : 0.25;
        return true;
    }
    tns_error why;
    if (!tns_text_numbers(text, out, count, &why))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--weights: expected as many as illuminants (%zu): %.300s", count,
                             why.text);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (out[i] < 0 || out[i] > 1e6)
            return usage(err, "--weights", "numbers of 0 to 1000000", text);
        sum += out[i];
    }
    return sum > 0 || usage(err, "--weights", "one above 0", text);
}
