/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Living skin as layers: an epidermis that filters (melanin) over a dermis that scatters (collagen)
 * and is tinted (blood), behind the skin's surface. A bare-skin reading is fitted by six figures.
 *
 * Light is diffuse and goes up and down alone (Kubelka-Munk): K = 2 mu_a, S = 3/4 mu_s'. That
 * describes a patch of even skin, wider than light's way in it, which is some millimeters in red.
 * The six figures are those that give the color; several sets do so nearly as well, so they are no
 * measurement of anyone's blood.
 */
#ifndef TONSURE_SKIN_H
#define TONSURE_SKIN_H

#include <stdbool.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/reading.h>
#include <tonsure/saunderson.h>
#include <tonsure/spectrum.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* Thickness of the epidermis, mm (60-100 um with its horny layer), and where the clear dermis
   under it begins. */
#define TNS_EPIDERMIS_MM 0.06

typedef struct tns_skin {
    double melanin;     /* share of the epidermis's volume that is melanosome, 0..1 */
    double blood;       /* share of the dermis's volume that is blood, 0..1 */
    double oxygenation; /* of that blood, 0..1 */
    double scattering;  /* reduced scattering at 500 nm, 1/mm */
    double exponent;    /* scattering falls with wavelength to this power */
    double depth_mm;    /* of the dermis that sends light back; deeper light is lost */
} tns_skin;

/* The skin that is likeliest before anything is read. */
TNS_API tns_skin tns_skin_typical(void);

/*
 * Per mm, in a band: absorption and scattering of Kubelka and Munk. Melanosome: Jacques 1998;
 * blood: hemoglobin of Prahl 1998 at 150 g/l, in vessels of 20 um that hide some of it from the
 * light; skin without either: Jacques 1998.
 */
TNS_API double tns_epidermis_K(const tns_skin *skin, int band);
TNS_API double tns_dermis_K(const tns_skin *skin, int band);
TNS_API double tns_skin_S(const tns_skin *skin, int band);

/* Skin's surface, n = 1.4 (k1 .028, k2 .53), as an instrument with or without the specular sees it:
   unknown counts as included. */
TNS_API tns_saunderson tns_skin_outer(tns_specular specular);

/* 380-730 nm, as read by an instrument of that geometry: the epidermis over the dermis
   (Kubelka-Munk), nothing behind it, under the skin's surface. */
TNS_API tns_spectrum tns_skin_reflectance(const tns_skin *skin, tns_specular specular);

typedef struct tns_skin_fit {
    tns_skin skin;
    double spread[6];      /* one standard deviation of each figure, in its order and unit */
    double interval[6][2]; /* two to either side, where figures are fitted: mostly logarithms */
    tns_specular specular; /* of the reading */
    tns_spectrum measured; /* what was read, or estimated from its color */
    tns_spectrum modelled;
    double de00; /* between the two, D65/10: of the fit, not of the reading */
    double rmse; /* likewise, of reflectance */
    double ita;  /* degrees, D65/10; see tonsure/skintone.h */
    bool is_skin;
    char reason[120]; /* why not, or "" */
    tns_warnings warnings;
} tns_skin_fit;

/*
 * Levenberg-Marquardt from the typical skin, against the spectrum (noise and what such layers
 * cannot say: 0.6 % of reflectance), its color (0.1 of L*, a*, b* under D65/10) and the priors of
 * skin/data/skin.csv. A reading without a spectrum is fitted through the one estimated for skin,
 * and a warning says so. TNS_ERROR_RANGE: no color a surface can have. A reading that is no skin is
 * fitted as well as may be, and `reason` says what is against it.
 */
TNS_API bool tns_skin_fit_reading(const tns_reading *reading, tns_skin_fit *out, tns_error *err);

TNS_END_DECLS

#endif
