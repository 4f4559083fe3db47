/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What adding a product and changing one share. */
#include <tonsure/clinic.h>

#include "stock.h"

bool stock_read_states(const char *text, tns_label_states *out, tns_error *err)
{
    return !text || tns_label_states_parse(text, out) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "--label-states: expected mixture (\"Mixture for use in tattoos or "
                         "permanent make-up\") or nothing, found \"%.60s\"",
                         text);
}

/* A slip there would be found by no match and no pot. */
void stock_doubt_pigment(stock_call *s, const char *pigment)
{
    tns_error err;
    tns_palette *palette = pigment ? tns_palette_choose(s->c->palette, &err) : NULL;
    if (palette)
        tns_service_doubt_pigment(palette, pigment, &s->change.warnings);
    tns_palette_destroy(palette);
}
