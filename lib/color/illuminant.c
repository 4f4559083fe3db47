/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/colorimetry.h>

#include "base/text.h"
#include "color/cie.h"
#include "color/curve.h"

/* In the order of the columns of tns_cie_illuminants, after the wavelength. */
static const char *const tabled[] = {"A", "C", "D50", "D55", "D65", "F2", "F7", "F11"};

static double sample_nm(int i)
{
    return TNS_SPD_FIRST_NM + TNS_SPD_STEP_NM * i;
}

static bool find_tabled(const char *name, tns_illuminant *out)
{
    for (size_t column = 0; column < sizeof tabled / sizeof *tabled; column++) {
        if (!tns_text_same(name, tabled[column]))
            continue;
        tns_text_copy(out->name, sizeof out->name, tabled[column]);
        for (int i = 0; i < TNS_SPD_SAMPLES; i++)
            out->power[i] = tns_cie_illuminants[i][column + 1];
        return true;
    }
    return false;
}

static bool find_equal_energy(const char *name, tns_illuminant *out)
{
    if (!tns_text_same(name, "E"))
        return false;
    tns_text_copy(out->name, sizeof out->name, "E");
    for (int i = 0; i < TNS_SPD_SAMPLES; i++)
        out->power[i] = 100;
    return true;
}

/* "D5500": a number of kelvin with its thousands, so that D50 and D75 are not 50 and 75 K. */
static bool is_daylight_name(const char *name, double *cct_k)
{
    return (name[0] == 'D' || name[0] == 'd') && strspn(name + 1, "0123456789") >= 4 &&
           tns_text_number(name + 1, cct_k, NULL);
}

bool tns_illuminant_find(const char *name, tns_illuminant *out, tns_error *err)
{
    tns_illuminant found = {0};
    double cct_k;
    if (is_daylight_name(name, &cct_k))
        return tns_illuminant_daylight(cct_k, out, err);
    if (!find_tabled(name, &found) && !find_equal_energy(name, &found))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "unknown illuminant \"%.40s\": expected A, C, D50, D55, D65, E, F2, "
                             "F7, F11 or D4000..D25000",
                             name);
    *out = found;
    return true;
}

/* CIE 015:2018, 4.1.2: chromaticity x_D of daylight. */
static double daylight_x(double t)
{
    if (t <= 7000)
        return -4.6070e9 / (t * t * t) + 2.9678e6 / (t * t) + 0.09911e3 / t + 0.244063;
    return -2.0064e9 / (t * t * t) + 1.9018e6 / (t * t) + 0.24748e3 / t + 0.237040;
}

static double three_decimals(double value)
{
    return round(value * 1000) / 1000;
}

static void name_daylight(long hundredths_k, char name[TNS_NAME_SIZE])
{
    long whole = hundredths_k / 100, rest = hundredths_k % 100;
    if (rest == 0)
        snprintf(name, TNS_NAME_SIZE, "D%ld", whole);
    else
        snprintf(name, TNS_NAME_SIZE, "D%ld.%02ld", whole, rest);
}

bool tns_illuminant_daylight(double cct_k, tns_illuminant *out, tns_error *err)
{
    if (!(cct_k >= 4000 && cct_k <= 25000))
        return tns_error_set(err, TNS_ERROR_USAGE, "daylight of %g K: expected 4000 to 25000 K",
                             cct_k);
    long hundredths_k = lround(cct_k * 100);
    double x = daylight_x((double)hundredths_k / 100);
    double y = -3.000 * x * x + 2.870 * x - 0.275;
    double m = 0.0241 + 0.2562 * x - 0.7341 * y;
    /* CIE rounds M1 and M2 to three decimals; without that the tables of D50..D75 do not follow. */
    double m1 = three_decimals((-1.3515 - 1.7703 * x + 5.9114 * y) / m);
    double m2 = three_decimals((0.0300 - 31.4424 * x + 30.0717 * y) / m);

    *out = (tns_illuminant){0};
    name_daylight(hundredths_k, out->name);
    for (int i = 0; i < TNS_SPD_SAMPLES; i++) {
        const double *s = tns_cie_daylight[i];
        out->power[i] = s[1] + m1 * s[2] + m2 * s[3];
    }
    return true;
}

/* A lamp must not pass for a CIE illuminant: colors are compared by the names they hold under. */
static bool check_lamp_name(const char *name, tns_error *err)
{
    tns_illuminant standard;
    char room[TNS_NAME_SIZE];
    if (name[0] == '\0' || !tns_text_copy(room, sizeof room, name))
        return tns_error_set(err, TNS_ERROR_USAGE, "lamp name: expected 1 to %d bytes, found %zu",
                             TNS_NAME_SIZE - 1, strlen(name));
    if (tns_illuminant_find(name, &standard, NULL))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "lamp name \"%s\" is that of a CIE illuminant: give it another", name);
    return true;
}

/* Any unit of power is within; sums of it, and what is divided by them, stay numbers. */
static const double LEAST_POWER = 1e-100, MOST_POWER = 1e100;

static double greatest(const tns_curve *lamp)
{
    double most = 0;
    for (size_t i = 0; i < lamp->n; i++)
        most = fmax(most, lamp->value[i]);
    return most;
}

static bool check_power(const tns_curve *lamp, tns_error *err)
{
    double most = 0;
    for (size_t i = 0; i < lamp->n; i++) {
        if (lamp->value[i] < 0)
            return tns_error_set(err, TNS_ERROR_RANGE, "power at %g nm is negative: %g",
                                 lamp->nm[i], lamp->value[i]);
        if (lamp->nm[i] >= 400 && lamp->nm[i] <= 700)
            most = fmax(most, lamp->value[i]);
    }
    if (most == 0)
        return tns_error_set(err, TNS_ERROR_RANGE, "power is zero over 400-700 nm");
    if (!(most >= LEAST_POWER && greatest(lamp) <= MOST_POWER))
        return tns_error_set(err, TNS_ERROR_RANGE, "power is up to %g: expected %g to %g",
                             greatest(lamp), LEAST_POWER, MOST_POWER);
    double gap = tns_curve_gap(lamp, 400, 700);
    if (gap > 10 * (1 + 1e-9))
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "samples are up to %g nm apart: expected 10 nm or less", gap);
    return true;
}

/* Samples closer than 5 nm are averaged, not picked: a line between two points must not be lost. */
static double power_at(const tns_curve *lamp, double nm)
{
    double gap = tns_curve_gap(lamp, nm - TNS_SPD_STEP_NM, nm + TNS_SPD_STEP_NM);
    if (gap > 0 && gap < TNS_SPD_STEP_NM * (1 - 1e-9))
        return tns_curve_mean(lamp, nm, TNS_SPD_STEP_NM);
    return tns_curve_at(lamp, nm);
}

bool tns_illuminant_from_samples(const char *name, const double *wavelength_nm, const double *power,
                                 size_t n, tns_illuminant *out, tns_error *err)
{
    tns_curve lamp = {wavelength_nm, power, n, .held = false};
    if (!check_lamp_name(name, err))
        return false;
    if (!tns_curve_check(&lamp, 400, 700, err) || !check_power(&lamp, err))
        return tns_error_prefix(err, "lamp %s", name);
    *out = (tns_illuminant){0};
    tns_text_copy(out->name, sizeof out->name, name);
    for (int i = 0; i < TNS_SPD_SAMPLES; i++)
        out->power[i] = power_at(&lamp, sample_nm(i));
    return true;
}
