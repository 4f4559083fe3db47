/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture made small, for people to look at. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"

/* ITU-R BT.2087-0: from the primaries of BT.2020 to those of BT.709, which sRGB shares. */
static const double to_srgb[3][3] = {{1.660491, -0.587641, -0.072850},
                                     {-0.124550, 1.132900, -0.008349},
                                     {-0.018151, -0.100579, 1.118730}};

/* IEC 61966-2-1, cut to what it can hold. */
static unsigned char encoded(double light)
{
    double c = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
    return (unsigned char)(fmin(fmax(c, 0), 1) * 255 + 0.5);
}

/* Column x of `width` covers the pixels from here to where x + 1 begins. */
static int begin(int x, int width, int of)
{
    return (int)((long long)x * of / width);
}

/* One row of the preview: the mean light of the pixels that each of its own covers. */
static void add_row(const float (*rgb)[3], int from, int width, double (*sum)[3])
{
    for (int x = 0; x < width; x++)
        for (int i = begin(x, width, from); i < begin(x + 1, width, from); i++)
            for (int c = 0; c < 3; c++)
                sum[x][c] += rgb[i][c];
}

static void encode_row(const double (*sum)[3], int from, int rows, int width, unsigned char *out)
{
    for (int x = 0; x < width; x++) {
        double count = (double)rows * (begin(x + 1, width, from) - begin(x, width, from));
        for (int c = 0; c < 3; c++) {
            const double *m = to_srgb[c], *s = sum[x];
            *out++ = encoded((m[0] * s[0] + m[1] * s[1] + m[2] * s[2]) / count);
        }
    }
}

static bool reduce(const tns_image *image, const tns_preview *to, unsigned char *out)
{
    const tns_image_info *info = tns_image_describe(image);
    float(*row)[3] = malloc((size_t)info->width * sizeof *row);
    double(*sum)[3] = malloc((size_t)to->width * sizeof *sum);
    for (int y = 0; row && sum && y < to->height; y++) {
        int first = begin(y, to->height, info->height),
            end = begin(y + 1, to->height, info->height);
        memset(sum, 0, (size_t)to->width * sizeof *sum);
        for (int k = first; k < end; k++) {
            tns_image_read(image, 0, k, info->width, row);
            add_row((const float(*)[3])row, info->width, to->width, sum);
        }
        encode_row((const double(*)[3])sum, info->width, end - first, to->width,
                   out + 3 * (size_t)y * (size_t)to->width);
    }
    bool done = row && sum;
    free(row);
    free(sum);
    return done;
}

static void set_size(const tns_image_info *info, int side, tns_preview *out)
{
    int longest = info->width > info->height ? info->width : info->height;
    double scale = longest > side ? (double)side / longest : 1;
    out->width = (int)fmax(info->width * scale + 0.5, 1);
    out->height = (int)fmax(info->height * scale + 0.5, 1);
}

bool tns_image_preview(const tns_image *image, int side, tns_preview *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    const tns_jpeg_module *jpeg = tns_module_load("jpeg", err);
    if (!jpeg)
        return false;
    set_size(tns_image_describe(image), side, out);
    unsigned char *rgb = malloc(3 * (size_t)out->width * (size_t)out->height);
    bool done = rgb && reduce(image, out, rgb) && jpeg->write(rgb, out);
    free(rgb);
    if (done)
        return true;
    tns_preview_finish(out);
    return tns_error_set(err, TNS_ERROR_MEMORY, "preview: out of memory");
}

void tns_preview_finish(tns_preview *preview)
{
    free(preview->bytes);
    memset(preview, 0, sizeof *preview);
}
