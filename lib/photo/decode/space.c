/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/space.h"

#include <math.h>
#include <string.h>

static const double D65[2] = {0.3127, 0.3290};

/* White, red, green, blue (x, y). The profile takes no hold of the curve. */
static cmsHPROFILE open_rgb(cmsContext context, const double white[2], const double c[6],
                            cmsToneCurve *curve)
{
    cmsCIExyY w = {white[0], white[1], 1};
    cmsCIExyYTRIPLE primaries = {{c[0], c[1], 1}, {c[2], c[3], 1}, {c[4], c[5], 1}};
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfileTHR(context, &w, &primaries, curves);
    cmsFreeToneCurve(curve);
    return profile;
}

cmsHPROFILE tns_space_open_working(cmsContext context)
{
    static const double bt2020[6] = {0.708, 0.292, 0.170, 0.797, 0.131, 0.046};
    return open_rgb(context, D65, bt2020, cmsBuildGamma(context, 1));
}

/* Adobe RGB (1998) Color Image Encoding, 4.3: gamma 2 51/256. */
static cmsHPROFILE open_adobe_rgb(cmsContext context)
{
    static const double adobe[6] = {0.64, 0.33, 0.21, 0.71, 0.15, 0.06};
    return open_rgb(context, D65, adobe, cmsBuildGamma(context, 563.0 / 256));
}

/* Of sRGB: white, red, green, blue (x, y). */
static const double srgb_chromaticity[8] = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};

/* A PNG's cHRM; sRGB's where it gives a gAMA alone. */
static const double *png_chromaticity(const tns_pixels *pixels)
{
    return pixels->chromaticity[1] > 0 ? pixels->chromaticity : srgb_chromaticity;
}

/* A PNG's gAMA is the encoding's exponent, 0.45455 for a picture encoded with 1/2.2. */
static cmsHPROFILE open_png_space(cmsContext context, const tns_pixels *pixels)
{
    const double *c = png_chromaticity(pixels);
    return open_rgb(context, c, c + 2, cmsBuildGamma(context, 1 / pixels->gamma));
}

/* Whether a PNG names a space other than sRGB, whose own gAMA and cHRM most encoders write. */
static bool has_own_space(const tns_pixels *pixels)
{
    const double *c = png_chromaticity(pixels);
    double worst = fabs(pixels->gamma - 0.45455);
    if (pixels->says_srgb || pixels->gamma <= 0.05)
        return false;
    for (int i = 0; i < 8; i++)
        worst = fmax(worst, fabs(c[i] - srgb_chromaticity[i]));
    return worst > 0.005;
}

/* ITU-T H.273 (07/2024), table 2; 2, unspecified, is read as 1. */
typedef struct primaries {
    int code;
    const char *name;
    double white[2], c[6];
} primaries;

static const primaries *find_primaries(int code)
{
    static const primaries table[] = {
        {1, "BT.709", {0.3127, 0.3290}, {0.64, 0.33, 0.30, 0.60, 0.15, 0.06}},
        {5, "BT.470 B/G", {0.3127, 0.3290}, {0.64, 0.33, 0.29, 0.60, 0.15, 0.06}},
        {6, "BT.601", {0.3127, 0.3290}, {0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
        {7, "SMPTE 240M", {0.3127, 0.3290}, {0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
        {9, "BT.2020", {0.3127, 0.3290}, {0.708, 0.292, 0.170, 0.797, 0.131, 0.046}},
        {11, "DCI-P3", {0.314, 0.351}, {0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
        {12, "Display P3", {0.3127, 0.3290}, {0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].code == (code == 2 ? 1 : code))
            return &table[i];
    return NULL;
}

/* ITU-T H.273, table 3; 2, unspecified, is read as 13, sRGB's. NULL: HDR, and what no camera
 * writes. */
static cmsToneCurve *build_transfer(cmsContext context, int code)
{
    static const double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    static const double bt709[5] = {1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081};
    switch (code) {
    case 1:
    case 6:
    case 14:
    case 15:
        return cmsBuildParametricToneCurve(context, 4, bt709);
    case 2:
    case 13:
        return cmsBuildParametricToneCurve(context, 4, srgb);
    case 4:
        return cmsBuildGamma(context, 2.2);
    case 5:
        return cmsBuildGamma(context, 2.8);
    case 8:
        return cmsBuildGamma(context, 1);
    default:
        return NULL;
    }
}

static cmsHPROFILE open_code_points(cmsContext context, const tns_pixels *pixels, const char *name,
                                    char *description, size_t size, tns_error *err)
{
    const primaries *p = find_primaries(pixels->primaries);
    bool is_srgb = p && p->code == 1 && pixels->transfer == 13;
    cmsToneCurve *curve = p ? build_transfer(context, pixels->transfer) : NULL;
    if (!curve) {
        bool is_hdr = pixels->transfer == 16 || pixels->transfer == 18;
        tns_pixels_refuse(name,
                          is_hdr
                              ? "an HDR picture (PQ or HLG), whose light is not that of the scene"
                              : "a color space that no photo is in",
                          err);
        return NULL;
    }
    strncpy(description, is_srgb ? "sRGB" : p->name, size - 1);
    return open_rgb(context, p->white, p->c, curve);
}

static cmsHPROFILE open_icc(cmsContext context, const tns_pixels *pixels, const char *name,
                            char *description, size_t size, tns_error *err)
{
    cmsHPROFILE profile =
        cmsOpenProfileFromMemTHR(context, pixels->icc, (cmsUInt32Number)pixels->icc_size);
    if (!profile || cmsGetColorSpace(profile) != cmsSigRgbData) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: its ICC profile is %s", name,
                      profile ? "not for RGB" : "broken");
        if (profile)
            cmsCloseProfile(profile);
        return NULL;
    }
    if (!cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", description,
                                (cmsUInt32Number)size))
        strncpy(description, "unnamed ICC profile", size - 1);
    return profile;
}

cmsHPROFILE tns_space_open(cmsContext context, const tns_pixels *pixels, const char *name,
                           char *description, size_t size, tns_error *err)
{
    memset(description, 0, size);
    if (pixels->primaries && !pixels->icc)
        return open_code_points(context, pixels, name, description, size, err);
    if (pixels->icc)
        return open_icc(context, pixels, name, description, size, err);
    if (has_own_space(pixels)) {
        strncpy(description, pixels->chromaticity[1] > 0 ? "PNG gAMA and cHRM" : "PNG gAMA",
                size - 1);
        return open_png_space(context, pixels);
    }
    if (pixels->says_adobe_rgb) {
        strncpy(description, "Adobe RGB (1998)", size - 1);
        return open_adobe_rgb(context);
    }
    if (pixels->says_srgb)
        strncpy(description, "sRGB", size - 1);
    return cmsCreate_sRGBProfileTHR(context);
}
