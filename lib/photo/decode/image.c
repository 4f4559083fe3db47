/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "base/file.h"
#include "photo/decode/inside.h"

enum { FILE_LIMIT = 1 << 30, CHUNK = 256 };

typedef struct known_format {
    const char *name;           /* as in tns_image_info, and of its module */
    const char *word, *library; /* for a person */
} known_format;

static const known_format *find_format(tns_file_kind kind)
{
    static const known_format formats[] = {
        [TNS_FILE_JPEG] = {"jpeg", "JPEG", "libjpeg-turbo"},
        [TNS_FILE_PNG] = {"png", "PNG", "libpng"},
        [TNS_FILE_TIFF] = {"tiff", "TIFF", "libtiff"},
        [TNS_FILE_HEIC] = {"heic", "HEIC", "libheif"},
        [TNS_FILE_RAW] = {"raw", "camera raw", "LibRaw"},
    };
    return kind >= TNS_FILE_JPEG && kind <= TNS_FILE_RAW ? &formats[kind] : NULL;
}

void tns_image_formats(char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (tns_file_kind kind = TNS_FILE_JPEG; kind <= TNS_FILE_RAW && used < size; kind++) {
        const known_format *f = find_format(kind);
        const tns_decoder_module *module = tns_module_load(f->name, NULL);
        const char *version = module ? module->version() : "that is not installed";
        snprintf(text + used, size - used, "%s%s by %s %.*s", used ? ", " : "", f->word, f->library,
                 (int)strcspn(version, "\n"), version);
        used = strlen(text);
    }
}

static bool decode(const unsigned char *bytes, size_t length, const char *name, tns_pixels *pixels,
                   char word[16], tns_error *err)
{
    const char *found;
    char what[100];
    tns_file_kind kind = tns_file_sniff(bytes, length, &found);
    const known_format *known = find_format(kind);
    if (known) {
        tns_error missing;
        const tns_decoder_module *module = tns_module_load(known->name, &missing);
        if (!module)
            return tns_error_set(err, missing.code, "%s: %s is not read: %s%s", name, found,
                                 missing.text,
                                 kind == TNS_FILE_JPEG ? "" : "; or export the photo as JPEG");
        strcpy(word, known->name);
        return module->decode(bytes, length, name, pixels, err);
    }
    if (kind == TNS_FILE_UNKNOWN)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: not an image%s", name,
                             length == 0 ? " (the file is empty)" : "");
    snprintf(what, sizeof what, "%s is not read", found);
    return tns_pixels_refuse(name, what, err);
}

static void warn_of_color_space(tns_image *image)
{
    tns_warnings *warnings = &image->info.warnings;
    if (image->pixels.is_uncalibrated && image->info.profile[0] == '\0')
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
    info->orientation = pixels->orientation;
    bool turned = info->orientation >= 5;
    info->width = turned ? pixels->height : pixels->width;
    info->height = turned ? pixels->width : pixels->height;
    info->bits = pixels->depth ? pixels->depth : pixels->bits;
    info->is_linear = pixels->is_linear;
    image->linear = tns_linear_create(pixels, name, info->profile, sizeof info->profile, err);
    if (!image->linear)
        return false;
    free(pixels->icc); /* as much as 8 MB, and all that is said is in the transform now */
    pixels->icc = NULL;
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
        if (code[c] >= TNS_CODE_HIGH || code[c] <= TNS_CODE_LOW)
            return true;
    return false;
}
