/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipe as a person gives it, as parts of what is on the shelf. */
#ifndef SERVICE_MIXTURE_H
#define SERVICE_MIXTURE_H

#include <tonsure/clinic.h>

/*
 * Of "carbon=3,diluent=42" or of a match's FILE.json, of which the recipe of that rank (0 = 1) is
 * taken. What the palette (NULL = none) calls a diluent is "diluent", by whatever name.
 */
bool tns_mixture_read(const char *recipe, const tns_palette *palette, int rank,
                      tns_recipe_parts *out, tns_error *err);

/* The same of a text alone: of one that comes from elsewhere no file is opened. */
bool tns_mixture_parse(const char *recipe, const tns_palette *palette, tns_recipe_parts *out,
                       tns_error *err);

/* Whether it names a match's file. */
bool tns_mixture_is_file(const char *recipe);

#endif
