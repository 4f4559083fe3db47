/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "skin/face.h"
#include "skin/people.h"
#include "skin/photons.h"
#include "skin/tables.h"

static int by_value(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

spanned span_of(double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    qsort(values, count, sizeof *values, by_value);
    return (spanned){sum / (double)count, values[count / 20], values[count - 1 - count / 20]};
}

static tns_healed *heal(const tns_palette *palette, int who)
{
    const tns_healing_terms usual = {0};
    tns_skin skin = skin_of(who);
    tns_error err = {0};
    tns_healed *healed = tns_healed_create(palette, &skin, TNS_SPECULAR_EXCLUDED, &usual, &err);
    must(healed != NULL, &err);
    return healed;
}

/* ---- blue ---- */

/* All ways of healing, but for the depth. */
static spanned shift_at(const tns_palette *palette, int who, double depth_mm)
{
    static const double nothing[TNS_BANDS];
    double K[TNS_BANDS], S[TNS_BANDS], shift[TNS_HEALED_USUAL];
    tns_healed *healed = heal(palette, who);
    tns_skin skin = skin_of(who);
    black_of_shade(palette, 0, K, S);
    for (size_t i = 0; i < healed->count; i++) {
        tns_surface surface;
        tns_healing way = healed->ways[i];
        way.depth_mm = depth_mm;
        must(tns_surface_healed(palette, &skin, TNS_SPECULAR_EXCLUDED, &way, &surface, NULL), NULL);
        tns_spectrum bare = tns_surface_reflectance(&surface, nothing, nothing);
        tns_spectrum inked = tns_surface_reflectance(&surface, K, S);
        shift[i] = seen_by_day(&inked).b - seen_by_day(&bare).b;
    }
    spanned s = span_of(shift, healed->count);
    tns_healed_destroy(healed);
    return s;
}

void write_blue(const tns_palette *palette, FILE *out)
{
    static const double depth[] = {0.05, 0.2, 0.5, 1.0};
    fprintf(out,
            "| skin, L\\*a\\*b\\* | 0.05 mm | 0.2 mm | 0.5 mm | 1.0 mm |\n|---|---|---|---|---|\n");
    for (int who = 0; who < PEOPLE; who++) {
        tns_lab lab = people[who].lab;
        fprintf(out, "| %s, %g/%g/%g", people[who].name, lab.L, lab.a, lab.b);
        for (size_t i = 0; i < sizeof depth / sizeof *depth; i++) {
            spanned s = shift_at(palette, who, depth[i]);
            fprintf(out, " | %.1f (%.1f to %.1f)", s.mean, s.low, s.high);
        }
        fprintf(out, " |\n");
    }
}

/* ---- the ladder ---- */

static const int shades[] = {4, 6, 8, 10, 12, 15, 18, 21, 25};
enum { SHADES = sizeof shades / sizeof *shades };

/* L* of each way. */
static void lightness(const tns_palette *palette, const tns_healed *healed, int shade, double *out)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    black_of_shade(palette, shade, K, S);
    for (size_t i = 0; i < healed->count; i++) {
        tns_spectrum seen = tns_surface_reflectance(&healed->surfaces[i], K, S);
        out[i] = seen_by_day(&seen).L;
    }
}

static void write_whole(const tns_palette *palette, FILE *out)
{
    fprintf(out, "| **4 to 25, one way** ");
    for (int who = 0; who < PEOPLE; who++) {
        double first[TNS_HEALED_USUAL], last[TNS_HEALED_USUAL];
        tns_healed *healed = heal(palette, who);
        lightness(palette, healed, shades[0], first);
        lightness(palette, healed, shades[SHADES - 1], last);
        for (size_t i = 0; i < healed->count; i++)
            last[i] -= first[i];
        spanned s = span_of(last, healed->count);
        fprintf(out, "| **%.1f** (%.1f to %.1f) ", s.mean, s.low, s.high);
        tns_healed_destroy(healed);
    }
    fprintf(out, "|\n");
}

void write_ladder(const tns_palette *palette, FILE *out)
{
    fprintf(out, "| shade N:1 ");
    for (int who = 0; who < PEOPLE; who++)
        fprintf(out, "| %s, bare L\\* %g ", people[who].name, people[who].lab.L);
    fprintf(out, "|\n|---");
    for (int who = 0; who < PEOPLE; who++)
        fprintf(out, "|---");
    fprintf(out, "|\n");
    for (int i = 0; i < SHADES; i++) {
        fprintf(out, "| %d ", shades[i]);
        for (int who = 0; who < PEOPLE; who++) {
            double L[TNS_HEALED_USUAL];
            tns_healed *healed = heal(palette, who);
            lightness(palette, healed, shades[i], L);
            spanned s = span_of(L, healed->count);
            fprintf(out, "| %.1f (%.0f to %.0f) ", s.mean, s.low, s.high);
            tns_healed_destroy(healed);
        }
        fprintf(out, "|\n");
    }
    write_whole(palette, out);
}

/* ---- two fluxes against photons ---- */

static double fluxes(const slab *slabs, int count, tns_layer face)
{
    double R = 0;
    for (int i = count; i-- > 0;)
        R = tns_km_film(2 * slabs[i].mu_a, 0.75 * slabs[i].mu_s, slabs[i].thickness_mm, R);
    return tns_layer_over(face, R);
}

static void write_off(FILE *out, const slab *slabs, int count, tns_layer face)
{
    static const tns_layer none = {0, 1, 0};
    walked w = walk_photons(slabs, count, 60000, 11);
    fprintf(out, "| %.3f ± %.3f | %+.0f %% | %+.0f %% |\n", w.R, w.error,
            100 * (fluxes(slabs, count, none) / w.R - 1),
            100 * (fluxes(slabs, count, face) / w.R - 1));
}

static void write_bare(FILE *out, int who, int nm)
{
    int band = (nm - TNS_FIRST_NM) / TNS_STEP_NM;
    tns_skin skin = skin_of(who);
    double mu_s = tns_skin_S(&skin, band) / 0.75;
    const slab layers[2] = {{tns_epidermis_K(&skin, band) / 2, mu_s, TNS_EPIDERMIS_MM},
                            {tns_dermis_K(&skin, band) / 2, mu_s, skin.depth_mm}};
    fprintf(out, "| bare, %s, %d nm | %.0f ", people[who].name, nm,
            layers[1].mu_s / layers[1].mu_a);
    write_off(out, layers, 2, tns_skin_face(&skin, band));
}

static void write_inked(FILE *out, double depth_mm, double ink)
{
    const slab layers[4] = {{0.09, 5, TNS_EPIDERMIS_MM},
                            {0.03, 5, fmax(depth_mm - TNS_EPIDERMIS_MM, 1e-9)},
                            {0.03 + ink / 0.1, 5, 0.1},
                            {0.03, 5, 2.5}};
    fprintf(out, "| 0.1 mm of ink at %.2f mm, µa t = %g | %.2g ", depth_mm, ink,
            layers[2].mu_s / layers[2].mu_a);
    write_off(out, layers, 4, tns_face(TNS_FACE_SX * sqrt(5 / 5.09)));
}

void write_photons(FILE *out)
{
    static const double depth[] = {0.06, 0.2, 0.5}, ink[] = {0.3, 1, 10};
    fprintf(out, "| medium | µs'/µa | R by photons | two fluxes | with the open face |\n"
                 "|---|---|---|---|---|\n");
    for (int who = 0; who < PEOPLE; who++) {
        write_bare(out, who, 460);
        write_bare(out, who, 620);
        write_bare(out, who, 700);
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            write_inked(out, depth[i], ink[k]);
}
