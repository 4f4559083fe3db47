/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/cgats.h"

tns_table *tns_table_from_cgats(const char *text, size_t length, const char *name, tns_error *err)
{
    tns_error missing;
    const tns_cgats_module *module = tns_module_load("cgats", &missing);
    if (module)
        return module->read(text, length, name, err);
    tns_error_set(err, missing.code, "%s: %s", name, missing.text);
    return NULL;
}
