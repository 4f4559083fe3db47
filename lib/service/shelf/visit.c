/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit, with all that belongs to it. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/shelf/gather.h"

/* The labels' first, as in a passport, which are of what is in the skin. */
static bool take_warnings(const tns_gathering *g, const tns_paper_request *request,
                          tns_visit_file *out, tns_error *err)
{
    _Static_assert(sizeof(tns_visit_text) == TNS_PASSPORT_WARNING, "one has room for the other");
    const tns_passport passport = tns_gathering_passport(g, request);
    out->warnings = calloc(g->count + 3 + g->warning_count + 1, sizeof *out->warnings);
    if (!out->warnings)
        return tns_error_set(err, TNS_ERROR_MEMORY, "visit: out of memory");
    out->warning_count = tns_passport_label_warnings(&passport, &out->warnings->text);
    for (size_t i = 0; i < g->warning_count; i++) {
        tns_visit_text *to = &out->warnings[out->warning_count++];
        tns_text_copy(to->text, sizeof to->text, g->warnings[i]);
    }
    return true;
}

bool tns_service_visit_file(tns_stock *stock, int64_t visit, const tns_paper_request *request,
                            tns_visit_file *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_gathering *g = tns_gather(stock, visit, request->palette, err);
    if (!g)
        return false;
    bool done = take_warnings(g, request, out, err);
    out->visit = g->visit;
    out->client = g->client;
    if (!request->with_name)
        out->client.card.name[0] = '\0';
    out->pots = g->pots;
    out->readings = g->readings;
    g->pots = (tns_pot_list){0};
    g->readings = (tns_site_reading_list){0};
    tns_gathering_destroy(g);
    return done;
}
