/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>

#include "photo/pictures.h"
#include "support/testing.h"

static size_t put16(unsigned char *at, unsigned value)
{
    at[0] = (unsigned char)value;
    at[1] = (unsigned char)(value >> 8);
    return 2;
}

static size_t put_entry(unsigned char *at, unsigned tag, unsigned type, unsigned value)
{
    put16(at, tag);
    put16(at + 2, type);
    put16(at + 4, 1);
    put16(at + 6, 0);
    put16(at + 8, value);
    put16(at + 10, 0);
    return 12;
}

/* IFD0 with Orientation and a pointer to an EXIF IFD with ColorSpace, little endian. */
static size_t exif_of(const picture *p, unsigned char out[64])
{
    memset(out, 0, 64);
    memcpy(out, "Exif\0\0II*\0\x08\0\0\0", 14);
    unsigned char *tiff = out + 6, *at = tiff + 8;
    at += put16(at, 2);
    at += put_entry(at, 0x0112, 3, (unsigned)p->orientation);
    at += put_entry(at, 0x8769, 4, 8 + 2 + 24 + 4);
    at = tiff + 8 + 2 + 24 + 4;
    at += put16(at, 1);
    at += put_entry(at, 0xA001, 3, (unsigned)p->color_space);
    return (size_t)(at + 4 - out);
}

bytes jpeg_of(const picture *p, int quality)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char *out = NULL, exif[64];
    unsigned long length = 0;
    jpeg_mem_dest(&jpeg, &out, &length);
    jpeg.image_width = (JDIMENSION)p->width;
    jpeg.image_height = (JDIMENSION)p->height;
    jpeg.input_components = p->channels;
    jpeg.in_color_space = p->channels == 1 ? JCS_GRAYSCALE : p->channels == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
    if (p->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (p->orientation || p->color_space)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, exif, (unsigned)exif_of(p, exif));
    if (p->icc)
        jpeg_write_icc_profile(&jpeg, p->icc->data, (unsigned)p->icc->length);
    for (int y = 0; y < p->height; y++) {
        JSAMPROW row = (JSAMPROW)p->data + (size_t)y * p->width * p->channels;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (bytes){out, length};
}

static void append(png_structp png, png_bytep data, size_t count)
{
    bytes *to = png_get_io_ptr(png);
    to->data = realloc(to->data, to->length + count);
    ck_assert(to->data != NULL);
    memcpy(to->data + to->length, data, count);
    to->length += count;
}

static void flush(png_structp png)
{
    (void)png;
}

bytes png_of(const picture *p)
{
    static const int types[5] = {0, PNG_COLOR_TYPE_GRAY, 0, PNG_COLOR_TYPE_RGB,
                                 PNG_COLOR_TYPE_RGB_ALPHA};
    bytes out = {NULL, 0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, append, flush);
    png_set_compression_level(png, 0); /* quick */
    png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height, p->bits,
                 types[p->channels], p->progressive ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (p->icc)
        png_set_iCCP(png, info, "profile", 0, p->icc->data, (png_uint_32)p->icc->length);
    unsigned char exif[64];
    if (p->orientation || p->color_space) {
        size_t size = exif_of(p, exif);
        png_set_eXIf_1(png, info, (png_uint_32)(size - 6), exif + 6);
    }
    png_write_info(png, info);
    png_set_swap(png);
    int passes = png_set_interlace_handling(png);
    size_t stride = (size_t)p->width * p->channels * (p->bits / 8);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < p->height; y++)
            png_write_row(png, (png_const_bytep)p->data + y * stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

static cmsHPROFILE display_p3(void)
{
    const cmsCIExyY d65 = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE p3 = {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};
    const double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, srgb);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &p3, curves);
    cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE grey(void)
{
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2);
    cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
    cmsFreeToneCurve(curve);
    return profile;
}

/* A profile of tables, which is no sum of one function a channel: its own limit of total ink. */
static cmsHPROFILE table(void)
{
    cmsHPROFILE srgb = cmsCreate_sRGBProfile(), lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM transform =
        cmsCreateTransform(srgb, TYPE_RGB_16, lab, TYPE_Lab_16, INTENT_RELATIVE_COLORIMETRIC, 0);
    cmsHPROFILE profile = cmsTransform2DeviceLink(
        transform, 4.3, cmsFLAGS_GUESSDEVICECLASS | cmsFLAGS_HIGHRESPRECALC);
    cmsDeleteTransform(transform);
    cmsCloseProfile(srgb);
    cmsCloseProfile(lab);
    cmsSetDeviceClass(profile, cmsSigInputClass);
    return profile;
}

bytes profile_of(const char *name)
{
    cmsHPROFILE profile = strcmp(name, "sRGB") == 0         ? cmsCreate_sRGBProfile()
                          : strcmp(name, "Display P3") == 0 ? display_p3()
                          : strcmp(name, "table") == 0      ? table()
                                                            : grey();
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, NULL, &size);
    bytes out = {malloc(size), size};
    ck_assert(out.data != NULL && cmsSaveProfileToMem(profile, out.data, &size));
    cmsCloseProfile(profile);
    return out;
}
