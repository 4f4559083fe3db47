/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of papers share: an ink passport of a pot, and texts that have to be on a page. */
#ifndef REPORT_PAPERS_H
#define REPORT_PAPERS_H

#include <string.h>

#include <tonsure/documents.h>

#include "support/testing.h"

static const tns_passport_part passport_parts[] = {
    {.pot = "P5",
     .product = "deep-black",
     .supplier = "Ink & Co",
     .lot = "A77",
     .ul = 160,
     .color_index = "77266",
     .ingredients = "carbon black (1333-86-4), nickel traces",
     .nickel = TNS_LABEL_NAMES,
     .chromium = TNS_LABEL_WITHOUT,
     .statement = TNS_LABEL_NAMES},
    {.pot = "P5",
     .product = "water",
     .supplier = "",
     .lot = "INT-9",
     .internal_lot = true,
     .ul = 2840,
     .color_index = "",
     .ingredients = "",
     .diluent = true},
};

static const char *const passport_warnings[] = {"expired, but: <agreed> with the client"};

static inline tns_passport passport(void)
{
    return (tns_passport){.clinic = "Kopf & Haut",
                          .visit = "V31",
                          .client = "C12",
                          .name = "",
                          .kind = "first session",
                          .actor = "ann",
                          .day = 20779,
                          .sites = "crown",
                          .part_count = 2,
                          .parts = passport_parts,
                          .warning_count = 1,
                          .warnings = passport_warnings,
                          .printed = 20779};
}

static inline void must(bool done, const tns_error *err)
{
    ck_assert_msg(done, "%s", err->text);
}

static inline void check_says(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(strstr(text, words[i]) != NULL, "\"%s\" is missing", words[i]);
}

#endif
