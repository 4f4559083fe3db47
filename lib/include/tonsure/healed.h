/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink in healed skin as a surface: living skin (tonsure/skin.h) with a layer of it that holds ink.
 * From above: the skin's surface, epidermis, clear dermis down to the ink, dermis with ink, dermis
 * below. A match on it solves for what is seen when the skin has healed.
 *
 * How deep ink comes to lie, how much is left behind and how much of that stays differs from hand
 * to hand and from scalp to scalp, and nobody has published measurements of it in scalps. So skin
 * healed is a list of surfaces, drawn from the ranges of skin/data/healing.csv, and a forecast is
 * an interval. Its middle is the expected reflectance over all that is unknown: partly between the
 * dots of one scalp, partly between scalps. No single scalp shows it; the interval is what one may.
 *
 * Light goes up and down alone, as in wide even patches. A dot of 0.15 mm is narrower than light's
 * way in red, some of which comes and goes past it: dots look lighter and softer, and less blue,
 * than told here.
 */
#ifndef TONSURE_HEALED_H
#define TONSURE_HEALED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>
#include <tonsure/skin.h>
#include <tonsure/surface.h>

TNS_BEGIN_DECLS

enum { TNS_HEALED_USUAL = 64, TNS_HEALED_MOST = 1024 };

/* Beyond these a figure is a slip: no scalp is so thick, no skin holds so much. */
#define TNS_DEEPEST_MM 2.0
#define TNS_MOST_DEPOSIT 1000.0

/* One way of healing. */
typedef struct tns_healing {
    double depth_mm;     /* from the skin's surface to the top of the ink, above 0, up to
                            TNS_DEEPEST_MM. The epidermis sheds its ink: what is less deep than
                            TNS_EPIDERMIS_MM counts as lying right below it */
    double thickness_mm; /* of the layer that the ink is spread in, above 0 */
    double deposit;      /* ul of mixed liquid, diluent included, per cm2 of dot when it is laid
                            down; 1 ul/cm2 = 10 um of liquid; above 0, up to TNS_MOST_DEPOSIT */
    double retention;    /* share of that liquid's pigment that is there when healed, 0..1 */
} tns_healing;

/*
 * The surface of one way. Without ink (K = S = 0) it gives tns_skin_reflectance() back: what of the
 * layers lies deeper than the skin sends light back from does not count. Its load is deposit times
 * retention. Fails by name on a palette that is relative or not per ul/cm2, and on figures out of
 * range.
 */
TNS_API bool tns_surface_healed(const tns_palette *palette, const tns_skin *skin,
                                tns_specular specular, const tns_healing *healing, tns_surface *out,
                                tns_error *err);

/* The surfaces of many ways in one skin, each named "healed", at a fraction of what one by one
   takes. Where one is refused, what `out` holds does not count. */
TNS_API bool tns_surfaces_healed(const tns_palette *palette, const tns_skin *skin,
                                 tns_specular specular, const tns_healing *ways, size_t count,
                                 tns_surface *out, tns_error *err);

/* What is known of how it will heal; 0 = nothing. */
typedef struct tns_healing_terms {
    double depth_mm; /* aimed at: the median; a hand that aims scatters less than hands do */
    double deposit;  /* likewise, ul/cm2 */
    size_t count;    /* 0 = TNS_HEALED_USUAL; at most TNS_HEALED_MOST */
    uint64_t seed;
} tns_healing_terms;

/* Every figure at its median, or as told; `terms` may be NULL. */
TNS_API tns_healing tns_healing_typical(const tns_healing_terms *terms);

/* Skin healed in many ways, as surfaces for a match. */
typedef struct tns_healed {
    size_t count;
    tns_healing *ways;
    tns_surface *surfaces;         /* of each way */
    double *weights;               /* of each, summing to 1 */
    tns_healing low, median, high; /* each figure alone: 5 %, 50 % and 95 % of its range */
} tns_healed;

/*
 * Draws the ways: a low-discrepancy sequence whose every figure is then spread evenly over its
 * range, the same for the same seed on every machine. `terms` may be NULL. The caller destroys it.
 */
TNS_API tns_healed *tns_healed_create(const tns_palette *palette, const tns_skin *skin,
                                      tns_specular specular, const tns_healing_terms *terms,
                                      tns_error *err);

/* What is seen of a mixture in all these ways. */
typedef struct tns_forecast {
    tns_spectrum mean;    /* of the reflectances: what is expected; no single scalp shows it */
    tns_lab lab;          /* of that */
    double covariance[6]; /* of the ways' colors about it: LL, La, Lb, aa, ab, bb */
    tns_lab low, high;    /* each of L*, a*, b* alone: 5 % and 95 % of the ways lie below */
} tns_forecast;

/* K and S of the mixed liquid, per ul/cm2. */
TNS_API bool tns_healed_forecast(const tns_healed *healed, const double K[TNS_BANDS],
                                 const double S[TNS_BANDS], const tns_viewing *viewing,
                                 tns_forecast *out, tns_error *err);

/* What such a forecast leaves out, in a sentence. */
TNS_API const char *tns_healed_note(void);

/* NULL is taken. */
TNS_API void tns_healed_destroy(tns_healed *healed);

TNS_END_DECLS

#endif
