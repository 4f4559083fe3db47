/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_priors skin|skin_by_color|hair|pigment|any ROOT SHARED OUT.csv: the statistics that a
 * spectrum is estimated with, from the spectra in the repository ROOT and in the folder SHARED,
 * which is not part of it. Of those, means and components are written and nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "by_color.h"
#include "samples.h"

#define MUNSELL                                                                                    \
    "# Of 1,269 matte chips of the Munsell Book of Color, measured by the University of Eastern\n" \
    "# Finland (Spectral Color Research Group), by way of "                                        \
    "https://github.com/harbik/colorimetry,\n"                                                     \
    "# commit 9d175678 (Apache-2.0 OR MIT)"

#define SKINS                                                                                      \
    "# Of 4,392 spectra of skin (482 people, nine body areas, CM-2600d): K. Xiao, Y. Zhu,\n"       \
    "# C. Li, D. Connah, J. M. Yates, S. Wuerger, Opt. Express 24, 14934 (2016).\n"

static const struct kind {
    const char *name, *source;
} kinds[] = {
    {"skin", SKINS},
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

static void print_by_color(FILE *out, tns_given_color_row table[TNS_BANDS])
{
    fputs(
        "# The prior \"skin\" by color: the mean of z = log(R / (1 - R)) is a cubic of L*, a*, b*\n"
        "# under D65/10; what each term counts (color/given_color.h). Made by "
        "priors/make_priors.c.\n" SKINS "nm,1,L,a,b,LL,La,Lb,aa,ab,bb,LLL,LLa,LLb,Laa,Lab,Lbb,"
        "aaa,aab,abb,bbb",
        out);
    for (int i = 0; i < TNS_BANDS; i++) {
        fprintf(out, "\n%.0f", table[i][0]);
        for (int j = 0; j < TNS_COLOR_TERMS; j++)
            fprintf(out, ",%.5f", table[i][1 + j]);
    }
    fputc('\n', out);
}

static bool close_whole(FILE *out)
{
    bool whole = !ferror(out);
    return fclose(out) == 0 && whole;
}

static bool save(const char *path, const struct kind *kind, tns_prior_row table[TNS_BANDS],
                 tns_error *err)
{
    FILE *out = fopen(path, "w");
    if (out)
        print(out, kind, table);
    return (out && close_whole(out)) ||
           tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written", path);
}

static bool make_by_color(const char *shared, const char *path, tns_error *err)
{
    tns_given_color_row table[TNS_BANDS];
    if (!make_skin_by_color(shared, table, err))
        return false;
    FILE *out = fopen(path, "w");
    if (out)
        print_by_color(out, table);
    return (out && close_whole(out)) ||
           tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written", path);
}

static bool make(char **argv, tns_error *err)
{
    tns_prior_row table[TNS_BANDS];
    if (strcmp(argv[1], "skin_by_color") == 0)
        return make_by_color(argv[3], argv[4], err);
    const struct kind *kind = find_kind(argv[1]);
    if (!kind)
        return tns_error_set(err, TNS_ERROR_USAGE, "no such kind: %s", argv[1]);
    return make_prior(kind->name, argv[2], argv[3], table, err) && save(argv[4], kind, table, err);
}

int main(int argc, char **argv)
{
    tns_error err = {0};
    if (argc != 5) {
        fputs("usage: make_priors skin|skin_by_color|hair|pigment|any ROOT SHARED OUT.csv\n",
              stderr);
        return EXIT_FAILURE;
    }
    if (make(argv, &err))
        return EXIT_SUCCESS;
    fprintf(stderr, "make_priors: %s\n", err.text);
    return EXIT_FAILURE;
}
