/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ink passport of a visit. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "service/shelf/gather.h"

static bool save(const tns_passport *passport, const char *path, bool dry_run, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes;
    if (!tns_document_format_of(path, &format, err) ||
        !tns_passport_write(passport, format, &bytes, err))
        return false;
    bool done = tns_file_put(path, bytes.data, bytes.length, dry_run, err);
    free(bytes.data);
    return done;
}

static bool expect_kept(const tns_visit *visit, tns_error *err)
{
    return visit->state != TNS_VISIT_CANCELLED ||
           tns_error_set(err, TNS_ERROR_CONFLICT,
                         "V%" PRId64 " was cancelled: no ink was used, and it has no passport",
                         visit->id);
}

bool tns_service_passport_save(tns_stock *stock, int64_t visit, const tns_paper_request *request,
                               const char *path, tns_error *err)
{
    tns_gathering *g = tns_gather(stock, visit, request->palette, err);
    if (!g)
        return false;
    const tns_passport passport = tns_gathering_passport(g, request);
    bool done = expect_kept(&g->visit, err) && save(&passport, path, request->dry_run, err);
    tns_gathering_destroy(g);
    return done;
}
