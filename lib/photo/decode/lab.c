/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>

#include "photo/decode/inside.h"
#include "photo/decode/lab_kernels.h"

/* From (x, y) to the right, n <= TNS_LAB_BLOCK; fours of R, G, B and 0. */
static void light_of(const tns_image *image, int x, int y, int n, float (*light)[4])
{
    const tns_pixels *p = &image->pixels;
    tns_stored at = tns_orientation_stored(image->info.orientation, p->width, p->height, x, y);
    if (p->bits == 8 &&
        tns_linear_apply_bytes(image->linear, (const uint8_t *)p->data + 3 * at.index, 3 * at.step,
                               n, light))
        return;
    float rgb[TNS_LAB_BLOCK][3];
    tns_image_read(image, x, y, n, rgb);
    for (int i = 0; i < n; i++)
        for (int c = 0; c < 3; c++)
            light[i][c] = rgb[i][c];
}

void tns_image_lab(const tns_image *image, int x, int y, int count, float (*lab)[3])
{
    assert(x >= 0 && y >= 0 && count >= 0 && count <= image->info.width - x);
    assert(count == 0 || y < image->info.height);
    const tns_lab_kernels *kernels = TNS_KERNELS_FOR(tns_lab_kernels, tns_cpu_isa());
    float light[TNS_LAB_BLOCK][4] = {{0}};
    while (count > 0) {
        int n = count < TNS_LAB_BLOCK ? count : TNS_LAB_BLOCK;
        light_of(image, x, y, n, light);
        kernels->lab_from_light((const float(*)[4])light, (size_t)n, lab);
        x += n;
        lab += n;
        count -= n;
    }
}
