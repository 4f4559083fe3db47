/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of holder_pdf.c in a build without cairo. */
#include <tonsure/print.h>

bool tns_holder_save(const tns_holder *holder, tns_paper paper, const char *path, tns_error *err)
{
    (void)holder;
    (void)paper;
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: this build is without cairo", path);
}
