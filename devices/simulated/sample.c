/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/chart.h>
#endif
#include <tonsure/estimate.h>

#include <tonsure/service.h>

#include "devices/simulated/sample.h"

/*
 * Hair: little light, more of it towards red, as melanin absorbs less there. Made up to look like
 * the kind; of nobody's head.
 */
static tns_spectrum hair(double least, double rise, double width_nm)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = least + rise * exp((tns_band_nm(i) - TNS_LAST_NM) / width_nm);
    return s;
}

static double bell(double nm, double center, double width)
{
    double z = (nm - center) / width;
    return exp(-z * z / 2);
}

/*
 * Skin as one thick layer of Kubelka and Munk's: melanin that falls with the wavelength, blood with
 * its bands at 415, 542 and 577 nm. Made up likewise.
 */
static tns_spectrum skin(double melanin, double blood)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++) {
        double nm = tns_band_nm(i);
        double bands =
            6 * bell(nm, 415, 20) + bell(nm, 542, 14) + bell(nm, 577, 10) + 1.2 * bell(nm, 555, 40);
        double q = 0.02 + melanin * pow(nm / 550, -6) + blood * bands;
        s.value[i] = 1 + q - sqrt(q * (q + 2));
    }
    return s;
}

tns_spectrum sim_tile(void)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = 0.86 - 0.1 * exp((TNS_FIRST_NM - tns_band_nm(i)) / 25);
    return s;
}

static bool find_kind(const char *name, tns_spectrum *out)
{
    const struct {
        const char *name;
        tns_spectrum spectrum;
    } kinds[] = {{"hair-black", hair(0.018, 0.012, 150)}, {"hair-brown", hair(0.025, 0.13, 110)},
                 {"hair-blond", hair(0.06, 0.38, 170)},   {"skin-light", skin(0.2, 0.5)},
                 {"skin-medium", skin(0.6, 0.5)},         {"skin-dark", skin(3.5, 0.5)},
                 {"white", tns_spectrum_constant(0.92)}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].name) == 0) {
            *out = kinds[i].spectrum;
            return true;
        }
    return false;
}

static bool find_trouble(const char *name, sim_sample *out)
{
    static const struct {
        const char *name;
        sim_trouble trouble;
    } troubles[] = {{"silent", SIM_SILENT},
                    {"unplugged", SIM_UNPLUGGED},
                    {"cap-on", SIM_CAP_ON},
                    {"pressed", SIM_PRESSED},
                    {"unsteady", SIM_UNSTEADY}};
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (strcmp(name, troubles[i].name) == 0)
            out->trouble = troubles[i].trouble;
    out->spectrum = skin(0.2, 0.5);
    out->other = out->trouble == SIM_PRESSED ? skin(0.2, 0.2) : hair(0.025, 0.13, 110);
    return out->trouble != SIM_NO_TROUBLE;
}

#ifndef TNS_WITHOUT_PHOTO
static bool lay_card(const tns_chart *chart, int first, sim_sample *out, tns_error *err)
{
    tns_viewing d50;
    out->patches = chart->count;
    if (!tns_viewing_find("D50/2", &d50, err))
        return false;
    for (int i = 0; i < chart->count; i++) {
        int patch = (i + first - 1) % chart->count;
        if (!tns_spectrum_estimate(chart->patch[patch].reference, &d50, TNS_PRIOR_ANY,
                                   &out->patch[i], err))
            return false;
    }
    return true;
}

static bool find_card(const char *text, sim_sample *out, tns_error *err)
{
    char name[128];
    int first = 1;
    const char *comma = strchr(text, ',');
    tns_chart chart;
    out->each = 3;
    snprintf(name, sizeof name, "%.*s", (int)(comma ? comma - text : (long)strlen(text)), text);
    if (comma && sscanf(comma, ",%3d,%3d", &out->each, &first) < 1)
        out->each = 0;
    if (out->each < 1 || first < 1)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected card:CHART[,EACH[,FIRST]], found \"card:%s\"", text);
    return tns_chart_open(name, TNS_EDITION_AUTO, &chart, err) && lay_card(&chart, first, out, err);
}
#else
static bool find_card(const char *text, sim_sample *out, tns_error *err)
{
    (void)out;
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "card:%s: this build knows no charts", text);
}
#endif

bool sim_sample_find(const char *name, sim_sample *out, tns_error *err)
{
    tns_reading reading;
    memset(out, 0, sizeof *out);
    if (find_kind(name[0] ? name : "hair-brown", &out->spectrum) || find_trouble(name, out))
        return true;
    if (strncmp(name, "card:", 5) == 0)
        return find_card(name + 5, out, err);
    return (tns_target_load(name, &reading, err) &&
            tns_reading_spectrum(&reading, &out->spectrum, err)) ||
           tns_error_prefix(err, "no sample of that name, and no target");
}
