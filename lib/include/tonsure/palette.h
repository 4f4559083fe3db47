/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pigments and palettes: what is on the shelf, as Kubelka-Munk absorption K and scattering S per
 * band, with what a person must know of each bottle. The file is tonsure/palette/1
 * (docs/palette.md).
 *
 * In an absolute palette K and S are per unit of load of stock ink (load_unit, usually "ul/cm2"; 1
 * ul/cm2 = 10 um); in a relative one only ratios mean anything (white S = 1).
 */
#ifndef TONSURE_PALETTE_H
#define TONSURE_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

typedef enum tns_pigment_kind {
    TNS_PIGMENT,
    TNS_PRESHADE, /* a ready-to-use shade: takes part like a pigment */
    TNS_DILUENT,
    TNS_ADDITIVE /* never chosen by a match */
} tns_pigment_kind;

typedef enum tns_origin { TNS_ORIGIN_MEASURED, TNS_ORIGIN_MODELLED } tns_origin;

typedef struct tns_ingredient {
    char name[80];
    char cas[16]; /* "1333-86-4"; "" = none */
} tns_ingredient;

enum { TNS_COLOR_INDEX_MAX = 4, TNS_INGREDIENTS_MAX = 24, TNS_ID_SIZE = 48 };

typedef struct tns_pigment {
    char id[TNS_ID_SIZE]; /* letters, digits, . _ -; unique in its palette */
    char name[96];
    tns_pigment_kind kind;
    double K[TNS_BANDS]; /* >= 0 */
    double S[TNS_BANDS]; /* >= 0; 1 in a single-constant palette, where K holds K/S */
    size_t color_index_count;
    char color_index[TNS_COLOR_INDEX_MAX][16]; /* "CI 77266" */
    size_t ingredient_count;
    tns_ingredient ingredients[TNS_INGREDIENTS_MAX];
    bool has_sterile, sterile;
    double density_g_ml; /* 0 = unknown */
    double drop_ml;      /* 0 = not calibrated; 0.04 is then taken */
    double drop_cv;      /* scatter of one drop, relative standard deviation; 0 = not measured */
    double cost_per_ml;  /* 0 = unknown */
    tns_origin origin;
    double uncertainty; /* relative standard deviation of K and S; 0 = not stated */
    /*
     * Of a fit, per band: standard deviations of K and S, in their units, and the correlation of
     * the two. Between bands errors go together as model.band_correlation ^ |difference|; between
     * pigments nothing is kept.
     */
    bool has_covariance;
    double K_sd[TNS_BANDS], S_sd[TNS_BANDS], KS_correlation[TNS_BANDS];
    char source[512]; /* where the figures come from; "" = not stated */
} tns_pigment;

typedef enum tns_amount_basis { TNS_BY_VOLUME, TNS_BY_MASS } tns_amount_basis;

typedef struct tns_palette_model {
    bool single_constant;
    double k1, k2; /* Saunderson; 0 and 0 = no correction */
    bool specular_included;
    bool absolute;          /* else relative */
    tns_amount_basis basis; /* of what mixes linearly in K and S */
    char load_unit[24];     /* absolute: "ul/cm2" */
    double medium_n;        /* refractive index; 0 = not stated */
    /* Of the errors of K and S in neighboring bands, 0..1; 0 = none or not stated. */
    double band_correlation;
} tns_palette_model;

typedef struct tns_palette {
    char name[64];
    char version[24];
    char provenance[1024];
    tns_palette_model model;
    size_t count;
    tns_pigment *pigments; /* owned by the palette */
} tns_palette;

/*
 * Reads and checks a palette. Every fault names its place: "mars.json: pigments[3].K: expected 36
 * numbers, found 35". Another grid than 380-730/10 is resampled, ends held. `name` stands for the
 * file in errors. The caller destroys the palette.
 */
TNS_API tns_palette *tns_palette_load(const char *path, tns_error *err);
TNS_API tns_palette *tns_palette_parse(const char *text, size_t length, const char *name,
                                       tns_error *err);

/*
 * A palette by name or path: a path when it has a '/' or ends in ".json"; else a file
 * NAME.json in the user's folder ($XDG_DATA_HOME/tonsure/palettes), else one of the shipped
 * palettes, which the library carries inside.
 */
TNS_API tns_palette *tns_palette_find(const char *name_or_path, tns_error *err);

/* The shipped palettes' names, NULL-terminated: "generic-smp", "kimera". */
TNS_API const char *const *tns_palette_shipped(void);

/* Byte-stable: saving what was loaded from a saved file gives the same bytes. All or nothing. */
TNS_API bool tns_palette_save(const tns_palette *palette, const char *path, tns_error *err);

/* The same text in memory; free() it. NULL when out of memory. */
TNS_API char *tns_palette_write(const tns_palette *palette);

/* NULL is taken. */
TNS_API void tns_palette_destroy(tns_palette *palette);

/* The index of a pigment by id, or -1. "diluent" names the palette's first diluent. */
TNS_API int tns_palette_index(const tns_palette *palette, const char *id);

/* The first diluent, or -1. */
TNS_API int tns_palette_diluent(const tns_palette *palette);

/* What a pigment's drop holds, ml: its own or 0.04. */
TNS_API double tns_pigment_drop_ml(const tns_pigment *pigment);

/* Grams per ml: its own or 1. */
TNS_API double tns_pigment_density(const tns_pigment *pigment);

TNS_END_DECLS

#endif
