/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart's file: a card of which every patch has a color. */
#include <tonsure/card.h>

/* The chart of a card that is complete; takes the card. */
static bool unwrap(tns_card *card, const char *name, tns_chart *out, tns_error *err)
{
    if (!card)
        return false;
    int missing = tns_card_missing(card);
    if (missing < 0)
        *out = card->chart;
    else
        tns_error_set(err, TNS_ERROR_FORMAT,
                      "%s: \"%s\" has no color yet: tonsure chart measure reads it", name,
                      card->chart.patch[missing].name);
    tns_card_destroy(card);
    return missing < 0;
}

bool tns_chart_load(const char *path, tns_chart *out, tns_error *err)
{
    return unwrap(tns_card_load(path, err), path, out, err);
}

bool tns_chart_parse(const char *text, size_t length, const char *name, tns_chart *out,
                     tns_error *err)
{
    return unwrap(tns_card_parse(text, length, name, err), name, out, err);
}

bool tns_chart_save(const tns_chart *chart, const char *path, tns_error *err)
{
    tns_card *card = tns_card_of(chart, err);
    bool done = card && tns_card_save(card, path, err);
    tns_card_destroy(card);
    return done;
}
