/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of other programs: tables of spectra or Lab values as CSV or CGATS, and lamps.
 *
 * CSV, one sample a row: a column a wavelength, named 380, SPEC_380, nm400 or the like, and/or the
 * columns L, a, b; optional SAMPLE_ID, ILLUMINANT, OBSERVER. Or one spectrum, one wavelength a row:
 * two columns, wavelength and value. Decimal points, values 0..1 or percent (told apart by the
 * largest: above 2 is percent).
 * CGATS.17 (.ti3 too): SPEC_nnn and/or LAB_L, LAB_A, LAB_B, D50/2 unless a WEIGHTING_FUNCTION says
 * otherwise.
 */
#ifndef TONSURE_EXCHANGE_H
#define TONSURE_EXCHANGE_H

#include <stddef.h>

#include <tonsure/characterise.h>
#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>

TNS_BEGIN_DECLS

/*
 * One sample of a table as a reading. `sample` is its id, or its number counted from 1, or NULL
 * when the table has just one. `name` stands for the file in errors. Every fault is named with its
 * line: a decimal comma, a missing column, a number that is none, an unknown sample.
 */
TNS_API bool tns_exchange_parse(const char *text, size_t length, const char *name,
                                const char *sample, tns_reading *out, tns_error *err);

/*
 * One reading of a table that an app exports: Nix, Variable, ColorReader, SkinColorCatch and the
 * like. Columns for L, a and b by any of their usual names; between commas, semicolons or tabs;
 * decimal commas where fields are not between commas, or quoted. The light is a column's, or stands
 * in the header as in "L* (D50/2)", or is `viewing` (NULL = none is said); without any it is
 * TNS_ERROR_USAGE, and so is a `viewing` that the table contradicts.
 */
TNS_API bool tns_exchange_parse_app(const char *text, size_t length, const char *name,
                                    const char *sample, const tns_viewing *viewing,
                                    tns_reading *out, tns_error *err);

/*
 * A lamp's relative power from a file of either kind: one spectrum, 400-700 nm at least, steps of
 * 10 nm at most. The illuminant is called as the file, without folder and ending.
 */
TNS_API bool tns_exchange_load_lamp(const char *path, tns_illuminant *out, tns_error *err);

/*
 * The samples of a characterisation, CSV or CGATS: SAMPLE_ID, BACKING (the SAMPLE_ID of a bare
 * backing; empty = none), AMOUNT_<pigment> (one unit throughout; an absolute load where there is a
 * backing; empty = 0) and wavelengths. No backing and no amount is a bare backing; no backing is an
 * opaque sample; else a film. `holdout` names samples to hold out, "ID,ID" or "@FILE"; NULL = none.
 * Whether values are percent is told by the others alone.
 */
TNS_API tns_sample_set *tns_exchange_parse_samples(const char *text, size_t length,
                                                   const char *name, const char *holdout,
                                                   tns_error *err);
TNS_API tns_sample_set *tns_exchange_load_samples(const char *path, const char *holdout,
                                                  tns_error *err);

/* Samples that were read as colors alone, one color and viewing a sample. */
typedef struct tns_color_samples {
    tns_sample_set *mixes; /* what was measured is zero, but of backings, which are estimated */
    tns_color *colors;
    tns_viewing *viewings;
} tns_color_samples;

/*
 * The same table with LAB_L, LAB_A, LAB_B instead of wavelengths. The light they were read under
 * must be known: columns ILLUMINANT and OBSERVER, CGATS (D50/2, or its WEIGHTING_FUNCTION), or
 * `viewing`, which a table that states its own refuses; NULL = as stated.
 */
TNS_API tns_color_samples *tns_exchange_parse_color_samples(const char *text, size_t length,
                                                            const char *name, const char *holdout,
                                                            const tns_viewing *viewing,
                                                            tns_error *err);
TNS_API tns_color_samples *tns_exchange_load_color_samples(const char *path, const char *holdout,
                                                           const tns_viewing *viewing,
                                                           tns_error *err);

/* NULL is taken. */
TNS_API void tns_color_samples_destroy(tns_color_samples *samples);

/*
 * K and S of a palette as CSV for other programs, a row for each pigment's K and one for its S (of
 * a single-constant palette one for K/S): columns for model, scale and unit, for id, name, kind,
 * origin and uncertainty of the pigment, QUANTITY, and nm380 .. nm730. free() it; NULL when out of
 * memory. What such a table has no place for is told by tns_exchange_palette_loss().
 */
TNS_API char *tns_exchange_write_palette(const tns_palette *palette);
TNS_API void tns_exchange_palette_loss(const tns_palette *palette, tns_warnings *out);

/*
 * Such a table, written here or elsewhere: PIGMENT, QUANTITY and wavelengths must be there, the
 * other columns may be absent and are then as in a palette file. Every fault is named with its
 * line. Its name is "" where none is told. The caller destroys the palette.
 */
TNS_API tns_palette *tns_exchange_parse_palette(const char *text, size_t length, const char *name,
                                                tns_error *err);

/* Whether a table holds colors and no spectra. */
TNS_API bool tns_exchange_are_colors(const char *path, bool *colors, tns_error *err);

TNS_END_DECLS

#endif
