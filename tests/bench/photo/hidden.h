/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches hidden from the fit and read as regions: does the stated uncertainty hold? */
#ifndef BENCH_PHOTO_HIDDEN_H
#define BENCH_PHOTO_HIDDEN_H

#include "bench/photo/subjects.h"

/*
 * Every patch of a photo in turn, at its true corners, by itself and with the four of likest color;
 * those that cannot be used are passed over.
 */
void hidden_add(const subject *s);
void hidden_print(void);

#endif
