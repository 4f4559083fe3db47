/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tristimulus weights: an illuminant and an observer folded onto the grid of spectra. */
#include <string.h>

#include <tonsure/colorimetry.h>

#include "base/text.h"
#include "color/cie.h"

/* One observer's row at each 5 nm: wavelength, x, y, z. */
typedef const double (*observer_table)[4];

/*
 * The sums run over 380-780 nm, the range of the white points that CIE 015:2018 and ASTM E308 give;
 * over 360-830 nm D65/2 would have Z = 108.897 instead of 108.880.
 */
static const int first_sample = (380 - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM;
static const int last_sample = (780 - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM;

/* Adds what a sample halfway between bands `i` and `i + 1` contributes to the bands around it. */
static void add_between(double *weight, int i, double amount)
{
    static const double cubic[4] = {-1.0 / 16, 9.0 / 16, 9.0 / 16, -1.0 / 16};
    static const double quadratic[3] = {3.0 / 8, 6.0 / 8, -1.0 / 8};
    if (i == 0) {
        for (int k = 0; k < 3; k++)
            weight[k] += quadratic[k] * amount;
    } else if (i == TNS_BANDS - 2) {
        for (int k = 0; k < 3; k++)
            weight[TNS_BANDS - 1 - k] += quadratic[k] * amount;
    } else {
        for (int k = 0; k < 4; k++)
            weight[i - 1 + k] += cubic[k] * amount;
    }
}

/* Spreads one 5 nm product of power and observer over the bands that reflectance comes from. */
static void add_sample(double *weight, int nm, double amount)
{
    int from_first = nm - TNS_FIRST_NM;
    if (from_first <= 0)
        weight[0] += amount;
    else if (nm >= TNS_LAST_NM)
        weight[TNS_BANDS - 1] += amount;
    else if (from_first % TNS_STEP_NM == 0)
        weight[from_first / TNS_STEP_NM] += amount;
    else
        add_between(weight, from_first / TNS_STEP_NM, amount);
}

static double luminance(const tns_illuminant *illuminant, observer_table observer)
{
    double sum = 0;
    for (int i = first_sample; i <= last_sample; i++)
        sum += illuminant->power[i] * observer[i][2];
    return sum;
}

tns_viewing tns_viewing_make(const tns_illuminant *illuminant, tns_observer observer)
{
    observer_table table = observer == TNS_OBSERVER_2 ? tns_cie1931 : tns_cie1964;
    tns_viewing v = {.observer = observer};
    memcpy(v.illuminant, illuminant->name, sizeof v.illuminant);
    double k = 100 / luminance(illuminant, table);
    for (int axis = 0; axis < 3; axis++)
        for (int i = first_sample; i <= last_sample; i++)
            add_sample(v.weight[axis], TNS_SPD_FIRST_NM + TNS_SPD_STEP_NM * i,
                       k * illuminant->power[i] * table[i][axis + 1]);
    tns_spectrum white = tns_spectrum_constant(1);
    v.white = tns_xyz_from_spectrum(&white, &v);
    return v;
}

static bool observer_named(const char *text, tns_observer *out)
{
    bool two = strcmp(text, "2") == 0;
    *out = two ? TNS_OBSERVER_2 : TNS_OBSERVER_10;
    return two || strcmp(text, "10") == 0;
}

bool tns_viewing_find(const char *condition, tns_viewing *out, tns_error *err)
{
    char name[TNS_NAME_SIZE] = "";
    size_t length = strcspn(condition, "/");
    tns_observer observer = TNS_OBSERVER_10;
    bool sound = length < sizeof name;
    if (sound && condition[length] == '/')
        sound = observer_named(condition + length + 1, &observer);
    if (!sound)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "\"%.60s\": expected an illuminant and observer such as D65/10 or A/2",
                             condition);
    memcpy(name, condition, length);
    tns_illuminant illuminant;
    if (!tns_illuminant_find(name, &illuminant, err))
        return false;
    *out = tns_viewing_make(&illuminant, observer);
    return true;
}

bool tns_viewing_is(const tns_viewing *viewing, const tns_color *color)
{
    return viewing->observer == color->observer &&
           strcmp(viewing->illuminant, color->illuminant) == 0;
}
