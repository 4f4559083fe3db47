/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_priors skin|hair|pigment|any ROOT SHARED OUT.csv: the statistics that a spectrum is
 * estimated with, from the spectra in the repository ROOT and in the folder SHARED, which is not
 * part of it. Of those, mean and components are written and nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samples.h"

#define MUNSELL                                                                                    \
    "# Of 1,269 matte chips of the Munsell Book of Color, measured by the University of Eastern\n" \
    "# Finland (Spectral Color Research Group), by way of "                                        \
    "https://github.com/harbik/colorimetry,\n"                                                     \
    "# commit 9d175678 (Apache-2.0 OR MIT)"

static const struct kind {
    const char *name, *source;
} kinds[] = {
    {"skin",
     "# Of 4,392 spectra of skin (482 people, nine body areas, CM-2600d): K. Xiao, Y. Zhu,\n"
     "# C. Li, D. Connah, J. M. Yates, S. Wuerger, Opt. Express 24, 14934 (2016).\n"},
    {"hair",
     "# Of 4,000 computed spectra of hair (priors/hair.c); extinctions of melanin by Sarna and\n"
     "# Swartz (priors/melanin.csv). No measured hair is in it.\n"},
    {"pigment", MUNSELL
     ",\n# of 25 measured paints (palettes/data/kimera_measured.csv; MIT, Copyright (c) 2024\n"
     "# miciwan), and of 4,000 computed mixtures and films of the shipped palettes\n"
     "# (priors/paints.c).\n"},
    {"any", MUNSELL ".\n"},
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

/* Five decimals: a hundredth of a per cent of a reflectance's odds. */
static void print(FILE *out, const struct kind *kind, tns_prior_row table[TNS_BANDS])
{
    fprintf(out,
            "# The prior \"%s\": z = log(R / (1 - R)) has this mean and these components, each of\n"
            "# one standard deviation (color/prior.h). Made by priors/make_priors.c.\n%snm,mean",
            kind->name, kind->source);
    for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        fprintf(out, ",component%d", j + 1);
    for (int i = 0; i < TNS_BANDS; i++) {
        fprintf(out, "\n%.0f", table[i][0]);
        for (int j = 0; j < 1 + TNS_PRIOR_COMPONENTS; j++)
            fprintf(out, ",%.5f", table[i][1 + j]);
    }
    fputc('\n', out);
}

static bool save(const char *path, const struct kind *kind, tns_prior_row table[TNS_BANDS])
{
    FILE *out = fopen(path, "w");
    if (!out)
        return false;
    print(out, kind, table);
    bool whole = !ferror(out);
    return fclose(out) == 0 && whole;
}

int main(int argc, char **argv)
{
    tns_prior_row table[TNS_BANDS];
    tns_error err = {0};
    const struct kind *kind = argc == 5 ? find_kind(argv[1]) : NULL;
    if (!kind) {
        fputs("usage: make_priors skin|hair|pigment|any ROOT SHARED OUT.csv\n", stderr);
        return EXIT_FAILURE;
    }
    if (!make_prior(kind->name, argv[2], argv[3], table, &err)) {
        fprintf(stderr, "make_priors: %s\n", err.text);
        return EXIT_FAILURE;
    }
    if (!save(argv[4], kind, table)) {
        fprintf(stderr, "make_priors: %s: cannot be written\n", argv[4]);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
