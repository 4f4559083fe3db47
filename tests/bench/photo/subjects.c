/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/photo/subjects.h"
#include "photo/variants.h"

static subject *add(subjects *all, subject_set set, const char *label, render_verdict verdict)
{
    if (all->count == SUBJECTS_MOST)
        return NULL;
    subject *s = &all->at[all->count++];
    *s = (subject){.set = set, .verdict = verdict};
    snprintf(s->label, sizeof s->label, "%s", label);
    return s;
}

static bool write_picture(const subject *s, const render_picture *picture,
                          const render_jpeg_options *jpeg, tns_error *err)
{
    size_t size = 0;
    unsigned char *bytes = render_picture_jpeg(picture, jpeg, &size, err);
    FILE *file = bytes ? fopen(s->path, "wb") : NULL;
    bool done = file && fwrite(bytes, 1, size, file) == size;
    done = file && fclose(file) == 0 && done;
    free(bytes);
    return done || tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written", s->path);
}

static bool add_real(const char *photos, int index, subjects *out, tns_error *err)
{
    variant_source source;
    if (!variant_source_truth(photos, index, &source, err))
        return false;
    subject *s = add(out, SET_REAL, source.name, source.verdict);
    if (!s)
        return true;
    s->has_chart = source.has_chart && source.verdict != RENDER_REFUSED;
    memcpy(s->corner, source.corner, sizeof s->corner);
    snprintf(s->path, sizeof s->path, "%s/%s", photos, source.name);
    return true;
}

static bool add_variant(const variant_source *source, uint64_t seed, const char *folder,
                        subjects *out, tns_error *err)
{
    variant v;
    if (!variant_make(source, seed, &v))
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: no memory", source->name);
    subject *s = add(out, SET_VARIANTS, v.label, v.verdict);
    bool done = true;
    if (s) {
        s->has_chart = v.has_chart && v.verdict != RENDER_REFUSED;
        memcpy(s->corner, v.corner, sizeof s->corner);
        snprintf(s->path, sizeof s->path, "%s/variant%03d.jpg", folder, out->count);
        done = write_picture(s, &v.picture, &v.jpeg, err);
    }
    variant_finish(&v);
    return done;
}

static bool add_variants(const char *photos, int index, const char *folder, int count,
                         subjects *out, tns_error *err)
{
    variant_source source;
    if (!variant_source_load(photos, index, &source, err))
        return false;
    bool done = true;
    for (int k = 0; done && k < count; k++)
        done = add_variant(&source, (uint64_t)(1000 * index + k), folder, out, err);
    variant_source_finish(&source);
    return done;
}

static bool add_rendered(int index, const char *folder, subjects *out, tns_error *err)
{
    static render_exhibit e;
    render_picture picture;
    render_gallery_hang(index, &e);
    subject *s = add(out, SET_RENDERED, e.name, e.verdict);
    if (!s)
        return true;
    if (!render_picture_make(&e.scene, &picture, err))
        return false;
    s->has_chart = e.scene.chart.present && e.verdict != RENDER_REFUSED;
    memcpy(s->corner, picture.truth.corner, sizeof s->corner);
    snprintf(s->path, sizeof s->path, "%s/rendered%02d.jpg", folder, index);
    bool done = write_picture(s, &picture, &e.jpeg, err);
    render_picture_finish(&picture);
    return done;
}

bool subjects_gather(const char *photos, const char *folder, int variants, subjects *out,
                     tns_error *err)
{
    variant_source probe;
    out->count = 0;
    bool have = variant_source_truth(photos, 0, &probe, NULL), done = true;
    if (!have)
        printf("photo: real photos and their variants: SKIPPED, there is no %s\n", photos);
    for (int i = 0; have && done && i < variant_source_count(); i++)
        done = add_real(photos, i, out, err);
    for (int i = 0; have && done && variants > 0 && i < variant_source_count(); i++)
        done = add_variants(photos, i, folder, variants, out, err);
    for (int i = 0; done && i < render_gallery_count(); i++)
        done = add_rendered(i, folder, out, err);
    return done;
}

double subject_error(const subject *s, const answer *a, double error[4])
{
    const tns_point *t = s->corner;
    double worst = 0,
           pitch =
               (hypot(t[1].x - t[0].x, t[1].y - t[0].y) + hypot(t[2].x - t[3].x, t[2].y - t[3].y) +
                hypot(t[3].x - t[0].x, t[3].y - t[0].y) + hypot(t[2].x - t[1].x, t[2].y - t[1].y)) /
               16;
    for (int i = 0; i < 4; i++) {
        error[i] = hypot(a->corner[i].x - t[i].x, a->corner[i].y - t[i].y) / pitch;
        worst = fmax(worst, error[i]);
    }
    return worst;
}
