/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/reduce.h"
#include "photo/find/picture.h"

static bool allocate(int width, int height, int factor, tns_reduced *out)
{
    *out = (tns_reduced){.width = width, .height = height, .factor = factor};
    out->rgb = malloc(((size_t)width * (size_t)height + 1) * sizeof *out->rgb);
    return out->rgb != NULL;
}

bool tns_reduced_make(const tns_image *image, int factor, tns_reduced *out)
{
    const tns_image_info *info = tns_image_describe(image);
    tns_window whole = {0, 0, info->width, info->height};
    if (!allocate(info->width / factor, info->height / factor, factor, out))
        return false;
    if (tns_image_reduce(image, whole, factor, out->rgb))
        return true;
    tns_reduced_finish(out);
    return false;
}

bool tns_reduced_halve(const tns_reduced *from, tns_reduced *out)
{
    if (!allocate(from->width / 2, from->height / 2, 2 * from->factor, out))
        return false;
    for (int y = 0; y < out->height; y++) {
        const uint8_t(*up)[3] =
            (const uint8_t(*)[3])from->rgb + 2 * (size_t)y * (size_t)from->width;
        const uint8_t(*low)[3] = up + from->width;
        uint8_t(*to)[3] = out->rgb + (size_t)y * (size_t)out->width;
        for (int x = 0; x < out->width; x++)
            for (int c = 0; c < 3; c++)
                to[x][c] = (uint8_t)((up[2 * x][c] + up[2 * x + 1][c] + low[2 * x][c] +
                                      low[2 * x + 1][c] + 2) /
                                     4);
    }
    return true;
}

void tns_reduced_finish(tns_reduced *reduced)
{
    free(reduced->rgb);
    memset(reduced, 0, sizeof *reduced);
}
