/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far one chart's colors spread from photo to photo of it. */
#ifndef BENCH_PHOTO_POSES_H
#define BENCH_PHOTO_POSES_H

#include "bench/photo/subjects.h"

/* Every patch is read as a region at the true corners; nothing of photos that are no pose. */
void poses_add(const subject *s);
void poses_print(void);

#endif
