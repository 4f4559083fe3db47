/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "photo/tags/tags.h"
#include "report/sheet.h"

static bool find_cells(const tns_holder *holder, tns_holder_black *out, tns_error *err)
{
    for (int i = 0; i < TNS_HOLDER_TAGS; i++)
        if (!tns_holder_cells(holder->tag[i].id, out->cells[i], err))
            return false;
    return true;
}

bool tns_holder_save(const tns_holder *holder, tns_paper paper, const char *path, bool dry_run,
                     tns_error *err)
{
    tns_holder_black black;
    tns_sheet page = {NULL, 0, 0};
    const tns_pdf_module *pdf = tns_module_load("pdf", err);
    if (!pdf)
        return tns_error_prefix(err, "%s", path);
    bool done = find_cells(holder, &black, err) && pdf->holder(holder, &black, paper, &page, err) &&
                tns_file_put(path, page.data, page.used, dry_run, err);
    free(page.data);
    return done;
}

void tns_holder_tools(char *text, size_t size)
{
    const char *tags = tns_tags_version();
    const tns_pdf_module *pdf = tns_module_load("pdf", NULL);
    snprintf(text, size, "tags by AprilTag %s, PDF by cairo %s",
             tags ? tags : "that is not installed", pdf ? pdf->version() : "that is not installed");
}
