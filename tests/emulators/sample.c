/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

/* Made-up materials with the slopes of their kind: a value at 400, 460, 520, 580, 640, 700 nm. */
static const struct material {
    const char *name;
    double value[6];
} materials[] = {
    {"skin", {0.20, 0.30, 0.36, 0.40, 0.60, 0.66}},
    {"hair", {0.030, 0.036, 0.043, 0.055, 0.072, 0.095}},
    {"ink", {0.050, 0.058, 0.060, 0.065, 0.075, 0.09}},
    {"paper", {0.70, 0.88, 0.87, 0.87, 0.87, 0.88}},
    {"white", {0.95, 0.95, 0.95, 0.95, 0.95, 0.95}},
    {"black", {0.004, 0.004, 0.004, 0.004, 0.004, 0.004}},
};

static double between(double position, const double *value, int n)
{
    if (position <= 0)
        return value[0];
    if (position >= n - 1)
        return value[n - 1];
    int left = (int)position;
    double part = position - left;
    return value[left] * (1 - part) + value[left + 1] * part;
}

double emu_sample_at(const emu_sample *sample, double wavelength_nm)
{
    return between((wavelength_nm - EMU_FIRST_NM) / EMU_STEP_NM, sample->reflectance, EMU_BANDS);
}

static bool material(const char *text, emu_sample *out)
{
    for (size_t m = 0; m < sizeof materials / sizeof *materials; m++) {
        if (strcmp(materials[m].name, text) != 0)
            continue;
        for (int i = 0; i < EMU_BANDS; i++) {
            double nm = EMU_FIRST_NM + EMU_STEP_NM * i;
            out->reflectance[i] = between((nm - 400) / 60, materials[m].value, 6);
        }
        return true;
    }
    return false;
}

static bool gray(const char *text, emu_sample *out)
{
    char *end;
    if (strncmp(text, "gray:", 5) != 0)
        return false;
    double value = strtod(text + 5, &end);
    if (end == text + 5 || *end || !(value >= 0 && value <= 2))
        return false;
    for (int i = 0; i < EMU_BANDS; i++)
        out->reflectance[i] = value;
    return true;
}

/* Puts the rows between the last and this one onto the bands. */
static void stretch(emu_sample *out, double from_nm, double from, double to_nm, double to)
{
    for (int i = 0; i < EMU_BANDS; i++) {
        double nm = EMU_FIRST_NM + EMU_STEP_NM * i;
        if (nm >= to_nm)
            out->reflectance[i] = to; /* held, until the next row says better */
        else if (nm >= from_nm)
            out->reflectance[i] = from + (to - from) * (nm - from_nm) / (to_nm - from_nm);
    }
}

static int read_rows(FILE *file, emu_sample *out)
{
    char line[256];
    double nm, value, last_nm = 0, last = 0;
    int rows = 0;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, " %lf , %lf", &nm, &value) != 2 || nm <= last_nm)
            continue;
        stretch(out, rows ? last_nm : 0, rows ? last : value, nm, value);
        last_nm = nm;
        last = value;
        rows++;
    }
    return rows;
}

bool emu_sample_read(const char *text, emu_sample *out, char why[EMU_TEXT_SIZE])
{
    if (material(text, out) || gray(text, out))
        return true;
    FILE *file = fopen(text, "r");
    int rows = file ? read_rows(file, out) : 0;
    if (file)
        fclose(file);
    if (rows < 2)
        snprintf(why, EMU_TEXT_SIZE, "%.200s: no sample of that name and no CSV of one", text);
    return rows >= 2;
}

static double lobe(double nm, double center, double left, double right)
{
    double t = (nm - center) / (nm < center ? left : right);
    return exp(-t * t / 2);
}

void emu_sample_xyz(const emu_sample *sample, double xyz[3])
{
    double sum = 0;
    xyz[0] = xyz[1] = xyz[2] = 0;
    for (double nm = EMU_FIRST_NM; nm <= 730; nm += EMU_STEP_NM) {
        double r = emu_sample_at(sample, nm);
        double y = 0.821 * lobe(nm, 568.8, 46.9, 40.5) + 0.286 * lobe(nm, 530.9, 16.3, 31.1);
        xyz[0] += r * (1.056 * lobe(nm, 599.8, 37.9, 31.0) + 0.362 * lobe(nm, 442.0, 16.0, 26.7) -
                       0.065 * lobe(nm, 501.1, 20.4, 26.2));
        xyz[1] += r * y;
        xyz[2] += r * (1.217 * lobe(nm, 437.0, 11.8, 36.0) + 0.681 * lobe(nm, 459.0, 26.0, 13.8));
        sum += y;
    }
    for (int i = 0; i < 3; i++)
        xyz[i] /= sum;
}
