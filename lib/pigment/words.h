/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a palette file, in the order of the enumerations they stand for. */
#ifndef PIGMENT_WORDS_H
#define PIGMENT_WORDS_H

#define PALETTE_SCHEMA "tonsure/palette/1"

enum { KIND_WORDS = 4, ORIGIN_WORDS = 2, BASIS_WORDS = 2, SCALE_WORDS = 2, CONSTANT_WORDS = 2 };

static const char *const kind_words[KIND_WORDS] = {"pigment", "preshade", "diluent", "additive"};
static const char *const origin_words[ORIGIN_WORDS] = {"measured", "modelled"};
static const char *const basis_words[BASIS_WORDS] = {"volume", "mass"};
static const char *const scale_words[SCALE_WORDS] = {"relative", "absolute"};
static const char *const constant_words[CONSTANT_WORDS] = {"two-constant", "single-constant"};
static const char *const specular_words[2] = {"excluded", "included"};

#endif
