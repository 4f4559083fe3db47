/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>

#include "bench/photo/figures.h"

enum { PHOTOS_MOST = 64 };

static const tns_xyz d50 = {96.422, 100, 82.521};

typedef struct figure {
    char label[64];
    double ours, our_skin, plain, plain_skin;
} figure;

static figure figures[PHOTOS_MOST];
static int figure_count;

/* Solves m x = v, 3 unknowns, by Cramer's rule. */
static void solve(double m[3][3], const double v[3], double x[3])
{
    double det = 0;
    for (int i = 0; i < 3; i++)
        det += m[0][i] *
               (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3]);
    for (int c = 0; c < 3; c++) {
        double with[3][3], sum = 0;
        memcpy(with, m, sizeof with);
        for (int i = 0; i < 3; i++)
            with[i][c] = v[i];
        for (int i = 0; i < 3; i++)
            sum += with[0][i] * (with[1][(i + 1) % 3] * with[2][(i + 2) % 3] -
                                 with[1][(i + 2) % 3] * with[2][(i + 1) % 3]);
        x[c] = sum / det;
    }
}

static tns_lab predicted(const tns_photo *photo, size_t left_out)
{
    double gram[3][3] = {{0}}, right[3][3] = {{0}}, xyz[3] = {0};
    for (size_t i = 0; i < photo->patch_count; i++) {
        const tns_photo_patch *p = &photo->patches[i];
        if (!p->used || i == left_out)
            continue;
        tns_xyz t = tns_xyz_from_lab(p->reference, d50);
        const double target[3] = {t.X, t.Y, t.Z};
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) {
                gram[a][b] += p->rgb[a] * p->rgb[b];
                right[a][b] += target[a] * p->rgb[b];
            }
    }
    for (int a = 0; a < 3; a++) {
        double row[3];
        solve(gram, right[a], row);
        for (int b = 0; b < 3; b++)
            xyz[a] += row[b] * photo->patches[left_out].rgb[b];
    }
    return tns_lab_from_xyz((tns_xyz){xyz[0], xyz[1], xyz[2]}, d50);
}

bool plain_matrix_figures(const tns_photo *photo, double *mean, double *skin)
{
    int used = 0, skins = 0;
    *mean = *skin = 0;
    for (size_t i = 0; i < photo->patch_count; i++) {
        const tns_photo_patch *p = &photo->patches[i];
        if (!p->used)
            continue;
        double de = tns_de00(p->reference, predicted(photo, i));
        *mean += de;
        used++;
        if (strstr(p->name, "skin")) {
            *skin += de;
            skins++;
        }
    }
    *mean = used > 0 ? *mean / used : NAN;
    *skin = skins > 0 ? *skin / skins : NAN;
    return used > 4;
}

void figures_add(const char *label, const tns_photo *photo)
{
    if (!photo->has_fit || figure_count == PHOTOS_MOST)
        return;
    figure *f = &figures[figure_count++];
    snprintf(f->label, sizeof f->label, "%.60s", label);
    f->ours = photo->fit.loo_mean;
    f->our_skin = photo->fit.skin_de00;
    plain_matrix_figures(photo, &f->plain, &f->plain_skin);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of one field of all figures; NaN is passed over. */
static double median(size_t field)
{
    double value[PHOTOS_MOST];
    size_t n = 0;
    for (int i = 0; i < figure_count; i++) {
        double v = *(const double *)(const void *)((const char *)&figures[i] + field);
        if (!isnan(v))
            value[n++] = v;
    }
    qsort(value, n, sizeof *value, rising);
    return n > 0 ? (n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2) : NAN;
}

void figures_print(void)
{
    for (int i = 0; i < figure_count; i++)
        printf("  %-52s left out: %.2f, skin %.2f; plain 3x3 %.2f, skin %.2f\n", figures[i].label,
               figures[i].ours, figures[i].our_skin, figures[i].plain, figures[i].plain_skin);
    if (figure_count == 0)
        return;
    double ours = median(offsetof(figure, ours)), plain = median(offsetof(figure, plain));
    printf("photo: left out, nested, median of %d photos: %.2f dE00, skin %.2f; plain 3x3 %.2f, "
           "skin %.2f; %.0f %% below\n",
           figure_count, ours, median(offsetof(figure, our_skin)), plain,
           median(offsetof(figure, plain_skin)), 100 * (1 - ours / plain));
}
