/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/correct/flat.h"

void tns_light_read(const tns_light *light, int x, int y, int count, float (*rgb)[3])
{
    tns_image_read(light->image, x, y, count, rgb);
}
