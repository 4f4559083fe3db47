/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include <tonsure/file.h>
#include <tonsure/report.h>

#include "photo.h"

int cli_photo_report(const cli *c, const char *to, const char *path, const tns_photo *photo,
                     const tns_image *image, const tns_error *failure)
{
    tns_error err;
    tns_photo_report report = {
        .name = path, .photo = photo, .failure = failure, .image = image, .seconds = cli_now()};
    char *text = tns_photo_report_write(&report, &err);
    bool done = text && (c->dry_run ? tns_file_expect_writable(to, NULL, &err)
                                    : tns_text_save(to, text, &err));
    free(text);
    if (done && c->dry_run)
        cli_show_written(c, to, "");
    return done ? 0 : cli_fail(c, &err);
}
