/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "base/file.h"
#include "photo/decode/inside.h"

enum { FILE_LIMIT = 1 << 30, CHUNK = 256 };

static bool decode(const unsigned char *bytes, size_t length, const char *name, tns_pixels *pixels,
                   char format[16], tns_error *err)
{
    const char *word;
    switch (tns_file_sniff(bytes, length, &word)) {
    case TNS_FILE_JPEG:
        strcpy(format, "jpeg");
        return tns_jpeg_decode(bytes, length, name, pixels, err);
    case TNS_FILE_PNG:
        strcpy(format, "png");
        return tns_png_decode(bytes, length, name, pixels, err);
    case TNS_FILE_OTHER:
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: %s is not read; expected JPEG or PNG",
                             name, word);
    default:
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: not an image%s", name,
                             length == 0 ? " (the file is empty)" : "");
    }
}

static void warn_of_color_space(tns_image *image)
{
    tns_warnings *warnings = &image->info.warnings;
    if (image->pixels.is_uncalibrated && !image->pixels.icc)
        tns_warn(warnings, "EXIF says the colors are not sRGB, but no profile is embedded: read as "
                           "sRGB, which may be wrong");
    else if (image->info.profile[0] == '\0')
        tns_warn(warnings, "no color profile in the image: read as sRGB");
}

static bool open_image(tns_image *image, const unsigned char *bytes, size_t length,
                       const char *name, tns_error *err)
{
    tns_image_info *info = &image->info;
    tns_pixels *pixels = &image->pixels;
    if (!decode(bytes, length, name, pixels, info->format, err))
        return false;
    info->orientation = tns_exif_read(pixels);
    bool turned = info->orientation >= 5;
    info->width = turned ? pixels->height : pixels->width;
    info->height = turned ? pixels->width : pixels->height;
    info->bits = pixels->bits;
    image->linear = tns_linear_create(pixels, name, info->profile, sizeof info->profile, err);
    if (!image->linear)
        return false;
    tns_warn_all(&info->warnings, &pixels->warnings);
    warn_of_color_space(image);
    return true;
}

tns_image *tns_image_parse(const void *bytes, size_t length, const char *name, tns_error *err)
{
    tns_image *image = calloc(1, sizeof *image);
    if (!image) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    if (!open_image(image, bytes, length, name, err)) {
        tns_image_destroy(image);
        return NULL;
    }
    return image;
}

tns_image *tns_image_load(const char *path, tns_error *err)
{
    size_t length;
    char *bytes = tns_file_read(path, FILE_LIMIT, &length, err);
    tns_image *image = bytes ? tns_image_parse(bytes, length, path, err) : NULL;
    free(bytes);
    return image;
}

void tns_image_destroy(tns_image *image)
{
    if (!image)
        return;
    tns_pixels_finish(&image->pixels);
    tns_linear_destroy(image->linear);
    free(image);
}

const tns_image_info *tns_image_describe(const tns_image *image)
{
    return &image->info;
}

void tns_image_encoded(const tns_image *image, int x, int y, int count, uint16_t (*code)[3])
{
    const tns_pixels *p = &image->pixels;
    tns_stored at = tns_orientation_stored(image->info.orientation, p->width, p->height, x, y);
    if (p->bits == 8) {
        const uint8_t *from = (const uint8_t *)p->data + 3 * at.index;
        for (int i = 0; i < count; i++, from += 3 * at.step)
            for (int c = 0; c < 3; c++)
                code[i][c] = (uint16_t)(from[c] * 257);
    } else {
        const uint16_t *from = (const uint16_t *)p->data + 3 * at.index;
        for (int i = 0; i < count; i++, from += 3 * at.step)
            memcpy(code[i], from, sizeof code[i]);
    }
}

void tns_image_read(const tns_image *image, int x, int y, int count, float (*rgb)[3])
{
    assert(x >= 0 && y >= 0 && count >= 0 && count <= image->info.width - x);
    assert(count == 0 || y < image->info.height);
    uint16_t code[CHUNK][3];
    while (count > 0) {
        int n = count < CHUNK ? count : CHUNK;
        tns_image_encoded(image, x, y, n, code);
        tns_linear_apply(image->linear, (const uint16_t(*)[3])code, n, rgb);
        x += n;
        rgb += n;
        count -= n;
    }
}

bool tns_code_is_clipped(const uint16_t code[3])
{
    for (int c = 0; c < 3; c++)
        if (code[c] >= 253 * 257 || code[c] <= 257)
            return true;
    return false;
}
