/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the gallery below a folder: NN.jpg and, a line each, what is true of them: gallery.txt. */
#include <stdio.h>
#include <stdlib.h>

#include "render/gallery.h"

static const char *const verdicts[] = {"found", "either", "flagged", "refused"};

static bool write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    bool done = file && fwrite(bytes, 1, size, file) == size;
    return file && fclose(file) == 0 && done;
}

static void list(FILE *out, int index, const render_exhibit *e, const render_truth *truth)
{
    fprintf(out, "%02d.jpg\t%s\t%s\t%d", index, verdicts[e->verdict], e->name,
            e->scene.chart.present && e->scene.chart.thing == RENDER_CHART);
    for (int i = 0; i < 4; i++)
        fprintf(out, "\t%.3f\t%.3f", truth->corner[i].x, truth->corner[i].y);
    fprintf(out, "\n");
}

static bool write_exhibit(const char *folder, int index, FILE *out, tns_error *err)
{
    static render_exhibit e;
    render_picture picture;
    char path[4096];
    size_t size = 0;
    render_gallery_hang(index, &e);
    if (!render_picture_make(&e.scene, &picture, err))
        return false;
    unsigned char *jpeg = render_picture_jpeg(&picture, &e.jpeg, &size, err);
    snprintf(path, sizeof path, "%s/%02d.jpg", folder, index);
    bool done = jpeg && (write_file(path, jpeg, size) ||
                         tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written", path));
    list(out, index, &e, &picture.truth);
    free(jpeg);
    render_picture_finish(&picture);
    return done;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    char path[4096];
    snprintf(path, sizeof path, "%s/gallery.txt", folder);
    FILE *out = fopen(path, "w");
    tns_error err = {0};
    bool done = out != NULL;
    for (int i = 0; done && i < render_gallery_count(); i++)
        done = write_exhibit(folder, i, out, &err);
    if (out)
        fclose(out);
    if (!done)
        fprintf(stderr, "%s: %s\n", path, err.text);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
