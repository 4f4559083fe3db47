/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/module.h"

enum { PATH_SIZE = 4096 };

static const void *refuse(tns_error *err, const char *name, const char *why, const char *cure)
{
    tns_error_set(err, TNS_ERROR_UNSUPPORTED, "the module %s cannot be used: %s; %s", name, why,
                  cure);
    return NULL;
}

/* The loader's words name the library that is missing. */
static const void *refuse_loading(tns_error *err, const char *name)
{
    const char *why = dlerror();
    return refuse(err, name, why ? why : "it cannot be loaded",
                  "install the library that is named, or Tonsure anew");
}

static const void *refuse_missing(tns_error *err, const char *name, const char *path)
{
    char why[PATH_SIZE + 20];
    snprintf(why, sizeof why, "there is no %s", path);
    return refuse(err, name, why, "install that part of Tonsure");
}

/* The loader keeps count; what was loaded stays, for some libraries leave threads running. */
const void *tns_module_load_from(const char *folder, const char *name, tns_error *err)
{
    char path[PATH_SIZE], symbol[64];
    int length = snprintf(path, sizeof path, "%s/%s.so", folder, name);
    snprintf(symbol, sizeof symbol, "tns_module_%s", name);
    if (folder[0] != '/' || length >= PATH_SIZE || access(path, F_OK) != 0)
        return refuse_missing(err, name, path);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const tns_module *module = handle ? dlsym(handle, symbol) : NULL;
    if (!module)
        return refuse_loading(err, name);
    if (strcmp(module->version, TNS_VERSION) != 0)
        return refuse(err, name, "it is of another version", "install Tonsure anew");
    return module;
}

const void *tns_module_load(const char *name, tns_error *err)
{
    char folder[PATH_SIZE];
    if (!tns_module_folder(folder, sizeof folder))
        return refuse(err, name, "the path to it is too long", "install Tonsure elsewhere");
    return tns_module_load_from(folder, name, err);
}
