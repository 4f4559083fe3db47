/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Photographs whose truth is known: a shaved scalp with a color chart beside it, rendered from
 * reflectance spectra through a camera. The tests' source of photos, and of docs/sample/scalp.jpg.
 *
 * What a pixel shows is a mixture of a few materials, each a spectrum on the 36-band grid: the
 * chart's patches and frame, cloth, skin, hair, and whatever a test paints. Light and camera are
 * linear up to the tone curve, so a mixture of the materials' camera signals is the camera's signal
 * of the mixture, and the mean spectrum of a box is the mean of the weights: the truth of a region
 * is exact, taken before light, lens and camera.
 *
 *     render_scene scene = render_scene_studio(640, 480);
 *     render_scene_paint(&scene, "grey", 40, 40, 80, 80, tns_spectrum_constant(0.2));
 *     render_picture picture;
 *     render_picture_make(&scene, &picture, &err);
 *     ... picture.truth.region[0].lab_d50_2 ...
 *     render_picture_finish(&picture);
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/chart.h>
#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/photo.h>
#include <tonsure/spectrum.h>

enum { RENDER_REGIONS = 16, RENDER_PATCHES = TNS_CHART_PATCHES_MAX, RENDER_CARDS = 4 };

/* ---- What is before the camera ---- */

typedef struct render_box {
    char name[48];
    int x, y, width, height;
} render_box;

/* A box whose truth is wanted; painted: covered evenly with a spectrum; else seen as it is. */
typedef struct render_region {
    render_box box;
    bool painted;
    bool over_chart; /* a painted box hides the chart, as a hand would; else the chart hides it */
    tns_spectrum spectrum;
} render_region;

/* What a card can be. What is not RENDER_CHART is what a finder may take for one. */
typedef enum render_thing {
    RENDER_CHART,     /* a chart in its own colors */
    RENDER_RECOLORED, /* its grid and its greys, the other patches in colors of their own */
    RENDER_SIMILAR,   /* its grid and its greys, the other patches some way off, as other makers' */
    RENDER_SHUFFLED,  /* its colors in another order */
    RENDER_GREYS,     /* its grid in greys */
    RENDER_PRINTED,   /* as an office printer copies it: less chroma, grey blacks, other hues */
    RENDER_TILES,     /* 8 x 6 tiles of a wall, all but alike */
    RENDER_KEYBOARD,  /* 14 x 5 keys, every row moved a little */
    RENDER_FACADE,    /* 9 x 5 windows in a wall of brick */
    RENDER_PAPER,     /* one sheet; its corners are the corners */
    RENDER_CLUTTER    /* a sheet with forty boxes of any size, color and turn */
} render_thing;

/* A chart or another card, flat, anywhere and at any tilt a perspective allows. */
typedef struct render_card {
    bool present;
    render_thing thing;
    char kind[32];       /* as tns_chart_find; "" = classic24 */
    tns_edition edition; /* AUTO = after November 2014 */
    tns_point corner[4]; /* centres of the corner patches (keys, tiles, windows), in chart order:
                            first, end of the first row, last, start of the last row; where a lens
                            without distortion shows them */
    uint64_t paint;      /* 0: patches have the smoothest spectra of their colors; else such as
                            paints have, a number for each set of pots */
    double age;          /* how far colors have left the reference, dE; 0 = not */
    tns_lab color;       /* of the sheet or the frame, D50; all 0 = as usual */
} render_card;
typedef render_card render_chart;

/* A hand: fingers drawn out between two points, each as thick as its radius says. */
enum { RENDER_FINGERS = 6 };
typedef struct render_finger {
    tns_point from, to;
    double radius; /* px; 0 = none */
} render_finger;

/* The head is an ellipse with a bald disc; shaved hair stands everywhere else on it. */
typedef struct render_scalp {
    bool present;
    tns_point center;
    double radius_x, radius_y; /* px */
    double limb;               /* loss of light at the head's outline, 0..1 */
    double mottling;           /* 0 = even skin; 1 = as the sample */
    double follicular_units_per_cm2;
    double diameter_mm[2]; /* of a dot, least and most */
    double cut_mm[2];      /* how far a hair lies along the skin beyond its dot, least and most */
    tns_point bald_center;
    double bald_radius, bald_fade; /* px; hair thins out over `bald_fade` beyond the radius */
    double melanin;                /* of the hair, 1 = dark brown; 0 = 1; 0.1 is fair, 3 black */
    double tone[2]; /* of the skin: first and second principal component, standard deviations */
} render_scalp;

/* ---- Light and camera ---- */

typedef struct render_light {
    char name[TNS_NAME_SIZE];      /* as tns_illuminant_find; "" = D55 */
    double slope_x, slope_y;       /* of log light from the middle to the right and lower edge */
    double falloff;                /* of the lens: loss of light in the corners, 0..1 */
    char second[TNS_NAME_SIZE];    /* a second lamp that takes over from left to right; "" = none */
    double second_from, second_to; /* px, where it begins and has won; both 0 = the edges */
    tns_point shadow[2]; /* everything to the right of the line from the first to the second ... */
    double shadow_depth; /* ... loses this share of its light; 0 = none */
    double shadow_soft;  /* px, over which it comes on */
    tns_point glare_center; /* a reflex of the lamp, added to whatever is there */
    double glare_radius;    /* px, standard deviation */
    double glare;           /* at its middle; 1 = as the perfect reflecting diffuser; 0 = none */
} render_light;

typedef struct render_camera {
    int model;       /* 0..3: whose sensor and matrix; 0 is an ordinary phone */
    double exposure; /* linear signal of the perfect reflecting diffuser; 0 = 0.85; over 1 clips */
    double cast[3];  /* gains left by a wrong white balance; 0 = 1 */
    double flare;    /* share of the picture's mean light that the lens spreads over all of it */
    double distortion;                /* what is seen at r half diagonals from the middle belongs at
                                         r (1 + distortion r^2): > 0 a barrel, < 0 a cushion */
    double blur_px;                   /* standard deviation of the lens' blur */
    double defocus_px;                /* radius of the disc that a point out of focus becomes */
    double motion_px, motion_degrees; /* length and way of a shake */
    double shot, read; /* noise of the raw signal: variance = shot * signal + read^2 */
    bool mosaic;       /* one color a pixel (Bayer), the others from their neighbours */
    double saturation; /* added to the colors, 0.2 = a fifth; 0 = none */
    double shoulder;   /* how far the highlights are drawn together, 0..0.9 */
    double s_curve;    /* contrast added to the sRGB curve, 0..0.3 */
    double sharpen;    /* halo about edges, 0..2 */
    bool display_p3;   /* encodes in Display P3 instead of sRGB */
    bool deep;         /* also the picture of 16 bits */
} render_camera;

enum { RENDER_CAMERAS = 4 };

typedef struct render_scene {
    int width, height;
    double mm_per_px;
    uint64_t seed;                   /* of the mottling, the hair and the noise, each by itself */
    render_card chart;               /* the one whose patches the truth tells */
    render_card cards[RENDER_CARDS]; /* below it, one upon the other */
    render_card cover;               /* over it: a sheet of paper, mostly */
    render_finger fingers[RENDER_FINGERS]; /* over everything */
    render_scalp scalp;                    /* on grey cloth */
    double backdrop, weave; /* reflectance of the cloth, 0 = 0.23, and its texture, 0 = none */
    render_light light;
    render_camera camera;
    render_region region[RENDER_REGIONS];
    int region_count;
} render_scene;

/*
 * Even light, no noise, no blur, no scalp, sRGB's own curve; the chart upright in the right half.
 * The place to start from in a test.
 */
render_scene render_scene_studio(int width, int height);

/* The scene of docs/sample/scalp.jpg, 1600 x 1200. */
render_scene render_scene_sample(void);

/* Add a region; beyond RENDER_REGIONS, or outside the picture, is a mistake of the test (assert).
 */
void render_scene_paint(render_scene *scene, const char *name, int x, int y, int width, int height,
                        tns_spectrum spectrum);
void render_scene_watch(render_scene *scene, const char *name, int x, int y, int width, int height);

/* ---- What came of it ---- */

typedef struct render_color {
    tns_spectrum spectrum; /* mean over the box, linear, without light and lens */
    tns_lab lab_d50_2, lab_d65_10;
} render_color;

typedef struct render_region_truth {
    render_box box;
    render_color color;
    double hair_share; /* share of the area that is hair, 0..1 */
    size_t hairs;      /* visible ones whose centre lies inside */
} render_region_truth;

/* A shaved hair: a disc drawn out along the way the hair lies. For counting follicles later. */
typedef struct render_hair {
    tns_point center;
    double diameter_px; /* across */
    double length_px;   /* along, >= the diameter */
    double angle;       /* of the long axis to the x axis, radians, y down */
    int unit;           /* follicular unit it belongs to; a unit's hairs follow one another */
    bool visible;       /* its centre is in the picture and under no chart and no painted box */
} render_hair;

typedef struct render_truth {
    int patch_count;
    tns_point corner[4]; /* the chart's, as seen */
    tns_point patch_center[RENDER_PATCHES];
    render_color patch[RENDER_PATCHES];
    render_color hair; /* the color of a dot by itself */
    render_region_truth region[RENDER_REGIONS];
    int region_count;
    render_hair *hairs;
    size_t hair_count, unit_count; /* of all of `hairs` */
    size_t visible_hairs, visible_units;
} render_truth;

typedef struct render_picture {
    int width, height;
    unsigned char *rgb; /* as the camera encodes it: 3 bytes a pixel, row by row */
    uint16_t *deep;     /* the same in 16 bits, or NULL */
    render_truth truth;
} render_picture;

/*
 * Renders. The same scene gives the same bytes; a different seed moves hair, mottling and noise
 * only. Fails on a light or a chart it does not know, on corners that span no convex quadrilateral,
 * and without memory. About half a second a megapixel; the library is built without sanitizers'
 * slowness where it can be.
 */
bool render_picture_make(const render_scene *scene, render_picture *out, tns_error *err);

/* Frees what is inside; an emptied one is taken. */
void render_picture_finish(render_picture *picture);

/* ---- As files ---- */

typedef struct render_jpeg_options {
    int quality;      /* 0 = 92 */
    bool full_chroma; /* 4:4:4 instead of 4:2:0 */
    int orientation;  /* EXIF, 1..8; stored so that applying it shows the picture; 0 = no tag */
    const void *icc;  /* a profile to embed, or NULL */
    size_t icc_size;
} render_jpeg_options;

/* A JPEG file in memory; free() it. `options` may be NULL. */
unsigned char *render_picture_jpeg(const render_picture *picture,
                                   const render_jpeg_options *options, size_t *size,
                                   tns_error *err);

/* The truth as JSON, for people and for docs/sample; free() it. `image` is the picture's name. */
char *render_truth_json(const render_scene *scene, const render_truth *truth, const char *image);

#endif
