/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear BT.2020 light to CIELAB, for each instruction set (base/cpu.h). */
#ifndef PHOTO_DECODE_LAB_KERNELS_H
#define PHOTO_DECODE_LAB_KERNELS_H

#include <stddef.h>

#include "base/cpu.h"

enum { TNS_LAB_BLOCK = 256 }; /* pixels taken at once */

typedef struct tns_lab_kernels {
    /*
     * L*, a*, b* under D50/2 of the first n pixels of a block; each is R, G, B and one number that
     * does not count. All TNS_LAB_BLOCK of them must hold numbers.
     */
    void (*lab_from_light)(const float (*light)[4], size_t n, float (*lab)[3]);
} tns_lab_kernels;

TNS_KERNELS_DECLARE(tns_lab_kernels, tns_lab_kernels);

#endif
