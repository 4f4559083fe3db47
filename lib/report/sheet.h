/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to print, as the module pdf draws them. */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include <tonsure/print.h>

#include "base/module.h"

/* The bytes of a file as they are made. free(data). */
typedef struct tns_sheet {
    char *data;
    size_t used, room;
} tns_sheet;

/* What stands on each tag of a holder; true = black. */
typedef struct tns_holder_black {
    bool cells[TNS_HOLDER_TAGS][TNS_TAG_CELLS][TNS_TAG_CELLS];
} tns_holder_black;

typedef struct tns_pdf_module {
    tns_module module;
    const char *(*version)(void); /* of cairo */
    /* The page; on failure the caller still frees `out`. */
    bool (*holder)(const tns_holder *holder, const tns_holder_black *black, tns_paper paper,
                   tns_sheet *out, tns_error *err);
} tns_pdf_module;
extern TNS_API const tns_pdf_module tns_module_pdf;

#endif
