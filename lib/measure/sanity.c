/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/sanity.h"

/* No surface that is not fluorescent sends back more than the perfect diffuser; gloss and noise
 * may add a little to it. */
static const double WARN_ABOVE = 1.1, REFUSE_ABOVE = 1.3, REFUSE_BELOW = -0.02;

/* A constant goes through a file with 15 digits, and the same way onto the grid. */
static const double CONSTANT_TOLERANCE = 1e-6;

typedef struct range {
    double least, most;
    int most_band; /* -1 = of a color, not of a spectrum */
} range;

static range range_of(const tns_sample *sample)
{
    range r = {INFINITY, -INFINITY, -1};
    for (int i = 0; sample->has_spectrum && i < TNS_BANDS; i++) {
        r.least = fmin(r.least, sample->spectrum.value[i]);
        if (sample->spectrum.value[i] > r.most) {
            r.most = sample->spectrum.value[i];
            r.most_band = i;
        }
    }
    if (!sample->has_spectrum) {
        /* Y of the perfect diffuser is 1 whatever the light, so L* alone tells it */
        tns_xyz white = {1, 1, 1};
        r.least = r.most = tns_xyz_from_lab((tns_lab){sample->color.lab.L, 0, 0}, white).Y;
    }
    return r;
}

static bool has_numbers(const tns_sample *sample)
{
    const tns_lab *lab = &sample->color.lab;
    for (int i = 0; sample->has_spectrum && i < TNS_BANDS; i++)
        if (!isfinite(sample->spectrum.value[i]))
            return false;
    return sample->has_spectrum || (isfinite(lab->L) && isfinite(lab->a) && isfinite(lab->b));
}

static bool is_constant(const tns_sample *sample, const tns_calibration *calibration)
{
    if (!sample->has_spectrum || !calibration->has_constant)
        return false;
    for (int i = 0; i < TNS_BANDS; i++)
        if (fabs(sample->spectrum.value[i] - calibration->constant[i]) > CONSTANT_TOLERANCE)
            return false;
    return true;
}

/* Only of spectra: three numbers of a color, rounded by the instrument, may well come twice. */
static bool is_identical(const tns_sample *sample, const tns_spectrum *last)
{
    return last && sample->has_spectrum &&
           memcmp(sample->spectrum.value, last->value, sizeof last->value) == 0;
}

static void say_most(const range *r, char out[64])
{
    if (r->most_band < 0)
        tns_text_format(out, 64, "a reflectance of %.0f %%", 100 * r->most);
    else
        tns_text_format(out, 64, "a reflectance of %.0f %% at %.0f nm", 100 * r->most,
                        tns_band_nm(r->most_band));
}

static tns_check check_range(tns_sample *sample, tns_error *err)
{
    range r = range_of(sample);
    char most[64];
    say_most(&r, most);
    if (r.least < REFUSE_BELOW) {
        tns_error_set(
            err, TNS_ERROR_IMPLAUSIBLE,
            "a reflectance below zero (%.1f %%): its dark calibration is wrong; calibrate "
            "again",
            100 * r.least);
        return TNS_CHECK_NEGATIVE;
    }
    if (r.most > REFUSE_ABOVE) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                      "%s, above 130 %%: its white calibration is wrong (made on something darker "
                      "than the tile?); calibrate again",
                      most);
        return TNS_CHECK_BRIGHT;
    }
    if (r.most == 0 && r.least == 0) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                      "no light came back at all: look at the lamp and "
                      "at what covers the opening");
        return TNS_CHECK_DARK;
    }
    if (r.most > WARN_ABOVE)
        tns_warn(&sample->warnings,
                 "%s, above 110 %%: a glossy or fluorescent surface, or a white "
                 "calibration that is wrong",
                 most);
    return TNS_CHECK_PASSED;
}

tns_check tns_sample_check(tns_sample *sample, const tns_calibration *calibration,
                           const tns_spectrum *last, tns_error *err)
{
    if (!sample->has_spectrum && !sample->has_color) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "a reading without a spectrum or a color");
        return TNS_CHECK_EMPTY;
    }
    if (!has_numbers(sample)) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "a reading with something that is no number");
        return TNS_CHECK_NUMBER;
    }
    if (is_constant(sample, calibration)) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                      "stop: the reading is the tile's own constant, so the cap is on, and the "
                      "white may be spoilt; take the cap off and calibrate again");
        return TNS_CHECK_CONSTANT;
    }
    if (is_identical(sample, last)) {
        tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                      "stop: the reading is identical to the one before it, bit by bit, which no "
                      "measurement is; calibrate again");
        return TNS_CHECK_IDENTICAL;
    }
    return check_range(sample, err);
}
