/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render_sample FOLDER: writes scalp.jpg and scalp.json, the sample of docs/sample. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "render/sample.h"

static bool write_to(const char *folder, const char *name, const void *bytes, size_t size,
                     tns_error *err)
{
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: path too long", folder);
    return tns_file_write(path, bytes, size, err);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: render_sample FOLDER\n");
        return 2;
    }
    tns_error err = {0};
    render_sample sample;
    bool done = render_sample_make(&sample, &err) &&
                write_to(argv[1], "scalp.jpg", sample.jpeg, sample.jpeg_size, &err) &&
                write_to(argv[1], "scalp.json", sample.truth, strlen(sample.truth), &err);
    if (!done)
        fprintf(stderr, "render_sample: %s\n", err.text);
    render_sample_finish(&sample);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
