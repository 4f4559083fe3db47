/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/profile.h"

#include <stdlib.h>

#include "photo/decode/sense.h"
#include "photo/decode/space.h"

struct tns_transform {
    cmsContext context;
    cmsHTRANSFORM transform;
};

static void close_transform(tns_transform *t)
{
    if (t->transform)
        cmsDeleteTransform(t->transform);
    if (t->context)
        cmsDeleteContext(t->context);
    free(t);
}

static bool lead(tns_transform *t, const tns_pixels *pixels, const char *name, char *description,
                 size_t size, tns_error *err)
{
    cmsHPROFILE source = tns_space_open(t->context, pixels, name, description, size, err);
    if (!source)
        return false;
    cmsHPROFILE working = tns_space_open_working(t->context);
    t->transform =
        cmsCreateTransformTHR(t->context, source, TYPE_RGB_FLT, working, TYPE_RGB_FLT,
                              INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE | cmsFLAGS_NOOPTIMIZE);
    cmsCloseProfile(working);
    cmsCloseProfile(source);
    if (!t->transform)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: its ICC profile does not lead to colors",
                             name);
    return tns_sense_check(t->transform, pixels->icc ? "ICC profile" : "color space", name, err);
}

static tns_transform *open_transform(const tns_pixels *pixels, const char *name, char *description,
                                     size_t size, tns_error *err)
{
    tns_transform *t = calloc(1, sizeof *t);
    if (!t || !(t->context = cmsCreateContext(NULL, NULL)))
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    else if (lead(t, pixels, name, description, size, err))
        return t;
    if (t)
        close_transform(t);
    return NULL;
}

static void run(const tns_transform *t, const float (*encoded)[3], int count, float (*rgb)[3])
{
    cmsDoTransform(t->transform, encoded, rgb, (cmsUInt32Number)count);
}

const tns_profile_module tns_module_profile = {{TNS_VERSION}, open_transform, run, close_transform};
