/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shaved scalp through a microscope, with known truth: hairs, the follicular units they leave, and
 * the colors of both. Lengths are in mm, so that one scene can be seen at any magnification.
 *
 * Two things the picture is not: it has no chart (paint one into `rgb` where it is needed), and its
 * light is a plain linear mixture of skin and hair, blurred by the lens.
 */
#ifndef RENDER_STUBBLE_H
#define RENDER_STUBBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/photo.h>

typedef struct stubble_scene {
    int width, height;
    double px_per_mm;
    uint64_t seed;

    double units_per_cm2; /* 0 = bare skin */
    int most_hairs;       /* in a unit, 1..4 */
    double hair_mm[2];    /* diameter, least and most */
    double length_mm[2];  /* of what is seen of a hair */
    double spread_mm[2];  /* from a unit's middle to the root of a hair */
    double lie, scatter;  /* direction of growth, radians, and its standard deviation */
    tns_lab hair, skin;   /* D50/2 */
    double grey_share;    /* of hairs: lighter than the skin, with dark edges */
    double grey_L;        /* their L*; 0 = 88 */
    double grey_clear;    /* share of skin that shows through them, 0..1 */
    double grey_edge;     /* light their edges leave of the skin's, 0..1; 0 = 0.55 */
    double fair_share;    /* of hairs: half as dark as the rest */
    double vellus_share;  /* of hairs: a third as wide, and fair */
    double through_share; /* of units: only a root seen through the skin, blue and soft */
    double curl;          /* of a hair's direction over its length, radians, one deviation */
    double shadow;        /* of a hair on the skin beside it, 0..1 */
    double halo;          /* loss of light around a unit's mouth in the skin, 0..1 */

    double texture;    /* relief of the skin, amplitude of the light, 0..0.2 */
    double texture_mm; /* its size; 0 = 0.35 */
    double mottling;   /* slow change of tone, 0..0.3 */
    double redness;    /* patches of blood and vessels, 0..1 */
    double vignetting; /* loss in the corners, 0..1 */
    double sheen;      /* specular spots a square centimetre */
    double sheen_mm;   /* their size; 0 = 0.05 */
    double oil;        /* share of the view under a broad gleam, 0..1 */
    double flash;      /* broad reflex of the lamp: light added at its middle, 1 = white */
    double flash_mm;   /* its standard deviation */
    double shine;      /* reflex along a hair's middle, 0..1 */
    double pores;      /* dark dots a square centimetre */
    int moles, bubbles, crusts, scratches, lint, nicks;

    double blur_px;
    double bowl;       /* of the field: how many times blur_px more in the corners */
    double aberration; /* by how much red is larger and blue smaller than green, e.g. 0.002 */
    double tube;       /* radius of the round field, half diagonals; black beyond; 0 = none */
    double noise;      /* of linear light, at mid grey */
    double sharpening; /* by the camera: of what stands out within 2.5 pixels, e.g. 1 */
    double contrast;   /* likewise: how far its curve bends, 0..1 */
    int jpeg_quality;  /* for who stores it so; 0 = 92 */
} stubble_scene;

typedef struct stubble_unit {
    double x0, y0, x1, y1; /* box of what is seen, cut at the picture's edge */
    int hairs;             /* seen in the picture */
    int grey;              /* of those lighter than the skin */
    bool through;
} stubble_unit;

typedef struct stubble_picture {
    int width, height;
    unsigned char *rgb; /* sRGB */
    stubble_unit *units;
    size_t unit_count, hair_count;
    tns_lab hair, skin; /* as sRGB can show them, D50/2 */
    double diameter_mm; /* mean of the hairs seen */
} stubble_picture;

/* Ordinary dark stubble on fair skin, nothing wrong in it. */
stubble_scene stubble_scene_usual(double px_per_mm, uint64_t seed);

/*
 * Views of one kind each, every figure drawn from that kind's range by the seed: what a detector is
 * judged on. `mixed` has some of all. 1280 x 1024 pixels and 70x, but for those of 20-60 px/mm.
 */
typedef struct stubble_kind {
    const char *name;
    void (*change)(stubble_scene *scene, uint64_t *random);
} stubble_kind;

enum { STUBBLE_KINDS = 25 };
extern const stubble_kind stubble_kinds[STUBBLE_KINDS];

stubble_scene stubble_scene_drawn(const stubble_kind *kind, uint64_t seed);

/* False without memory. Finish it in either case. Of hairs, only what is visible is in the truth.
 */
bool stubble_make(const stubble_scene *scene, stubble_picture *out);
void stubble_finish(stubble_picture *picture);

#endif
