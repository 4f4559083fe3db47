/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to print, as the module pdf draws them. */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/print.h>
#endif

#include "base/module.h"
#include "report/document.h"

/* The bytes of a file as they are made. free(data). */
typedef struct tns_sheet {
    char *data;
    size_t used, room;
} tns_sheet;

#ifndef TNS_WITHOUT_PHOTO
/* What stands on each tag of a holder; true = black. */
typedef struct tns_holder_black {
    bool cells[TNS_HOLDER_TAGS][TNS_TAG_CELLS][TNS_TAG_CELLS];
} tns_holder_black;
#endif

/* Of every call the caller frees `out`, also where it fails. */
typedef struct tns_pdf_module {
    tns_module module;
    const char *(*version)(void); /* of cairo */
    bool (*document)(const tns_document *document, tns_sheet *out, tns_error *err);
    bool (*labels)(const tns_label *labels, const tns_qr *qr, size_t count, tns_sheet *out,
                   tns_error *err);
#ifndef TNS_WITHOUT_PHOTO
    bool (*holder)(const tns_holder *holder, const tns_holder_black *black, tns_paper paper,
                   tns_sheet *out, tns_error *err);
#endif
} tns_pdf_module;
extern TNS_API const tns_pdf_module tns_module_pdf;

#endif
