/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture made small, for people to look at. */
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <tonsure/image.h>

enum { QUALITY = 82 };

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

typedef struct failing {
    struct jpeg_error_mgr manager; /* first: libjpeg hands back a pointer to it */
    jmp_buf back;
} failing;

static void fail(j_common_ptr common)
{
    longjmp(((failing *)common->err)->back, 1);
}

static void describe(struct jpeg_compress_struct *jpeg, const tns_preview *preview)
{
    jpeg->image_width = (JDIMENSION)preview->width;
    jpeg->image_height = (JDIMENSION)preview->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, QUALITY, TRUE);
    jpeg->optimize_coding = TRUE;
}

/* A baseline JPEG with nothing but its own header: no EXIF, no profile, no comment. */
static bool compress(unsigned char *rgb, tns_preview *out)
{
    struct jpeg_compress_struct jpeg;
    failing f;
    jpeg.err = jpeg_std_error(&f.manager);
    f.manager.error_exit = fail;
    jpeg_create_compress(&jpeg);
    if (setjmp(f.back)) {
        jpeg_destroy_compress(&jpeg);
        out->bytes = NULL; /* where it grew, libjpeg has freed what this points to */
        return false;
    }
    jpeg_mem_dest(&jpeg, &out->bytes, &out->length);
    describe(&jpeg, out);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = rgb + 3 * (size_t)jpeg.next_scanline * jpeg.image_width;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return true;
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
    set_size(tns_image_describe(image), side, out);
    unsigned char *rgb = malloc(3 * (size_t)out->width * (size_t)out->height);
    bool done = rgb && reduce(image, out, rgb) && compress(rgb, out);
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
