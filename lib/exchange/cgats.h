/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the module cgats shows, which alone knows Little CMS here; loaded for the first table. */
#ifndef EXCHANGE_CGATS_H
#define EXCHANGE_CGATS_H

#include <tonsure/export.h>

#include "base/module.h"
#include "exchange/table.h"

typedef struct tns_cgats_module {
    tns_module module;
    tns_table *(*read)(const char *text, size_t length, const char *name, tns_error *err);
} tns_cgats_module;
extern TNS_API const tns_cgats_module tns_module_cgats;

#endif
