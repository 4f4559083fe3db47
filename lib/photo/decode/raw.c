/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Only file that knows LibRaw. Out of it comes the sensor's own R, G, B, demosaiced, black
 * subtracted, white balanced as shot, in 16 bit and still linear: no curve, no brightening, no
 * conversion that would cut colors. The way from there to BT.2020:
 *
 * - LibRaw's rgb_cam leads from such R, G, B to linear sRGB; it is the inverse of the camera's
 *   ColorMatrix (of the DNG, or of LibRaw's list) times that of sRGB, with each row scaled so that
 *   white stays (1, 1, 1). Values outside 0..1 are meant, and kept.
 * - ITU-R BT.2087-0 leads on to BT.2020.
 *
 * The product is applied where pixels are read. In memory the values have sRGB's curve, so that
 * steps, the ends of the scale and what is clipped (253/255 is then 0.98 of the sensor's range) are
 * what they are in any other photo.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <libraw/libraw.h>

#include "photo/decode/pixels.h"

/* What one call holds. */
typedef struct reader {
    const char *name;
    tns_pixels *out;
    tns_error *err;
    libraw_data_t *raw;
    bool is_damaged; /* the data end too early, or make no sense */
} reader;

static bool refuse(const reader *r, const char *what)
{
    return tns_pixels_refuse(r->name, what, r->err);
}

static bool fail(const reader *r, int code)
{
    switch (code) {
    case LIBRAW_UNSUFFICIENT_MEMORY:
    case LIBRAW_TOO_BIG:
    case LIBRAW_MEMPOOL_OVERFLOW:
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: camera raw: no memory", r->name);
    case LIBRAW_FILE_UNSUPPORTED:
    case LIBRAW_NOT_IMPLEMENTED:
    case LIBRAW_REQUEST_FOR_NONEXISTENT_IMAGE:
        return tns_error_set(r->err, TNS_ERROR_UNSUPPORTED,
                             "%s: a camera raw file that LibRaw %s does not know; convert it with "
                             "Adobe's DNG Converter, or export it as 16-bit TIFF",
                             r->name, libraw_version());
    default:
        return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken camera raw: %s", r->name,
                             code > 0 ? "read error" : libraw_strerror(code));
    }
}

static void note_damage(void *user, const char *file, const int offset)
{
    (void)file;
    (void)offset;
    ((reader *)user)->is_damaged = true;
}

/*
 * EXIF's number for how a photo stands, from LibRaw's: 1 mirrors, 2 flips, 4 swaps the axes; or
 * degrees.
 */
static int orientation_of(int flip)
{
    static const int orientation[8] = {1, 2, 4, 3, 5, 8, 6, 7};
    if (flip >= 0 && flip < 8)
        return orientation[flip];
    return flip == 90 ? 6 : flip == 180 ? 3 : flip == 270 ? 8 : 1;
}

static void set_parameters(libraw_data_t *raw)
{
    libraw_output_params_t *p = &raw->params;
    p->output_color = 0; /* the sensor's own */
    p->output_bps = 16;
    p->gamm[0] = p->gamm[1] = 1;
    p->no_auto_bright = 1;
    p->adjust_maximum_thr = 0; /* white is the sensor's, not that of this photo's brightest place */
    p->use_camera_wb = 1;
    p->use_camera_matrix = 1;
    p->highlight = 0; /* cut where the first channel ends */
    p->user_qual = 2; /* PPG; AHD takes three times as long for the same averages */
}

/* A sensor's noise leaves half a bit at least; what says to be smaller was made to be big. */
static bool check_size(const reader *r, size_t length)
{
    const libraw_image_sizes_t *s = &r->raw->sizes;
    size_t pixels = (size_t)s->raw_width * s->raw_height;
    if (pixels == 0 || s->width == 0 || s->height == 0 || pixels / 16 > length)
        return tns_error_set(r->err, TNS_ERROR_FORMAT,
                             "%s: broken camera raw: %d x %d pixels in %zu bytes", r->name,
                             s->raw_width, s->raw_height, length);
    if (pixels > PIXEL_LIMIT || (size_t)s->width * s->height > PIXEL_LIMIT)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: %d x %d pixels, over 200 million",
                             r->name, s->raw_width, s->raw_height);
    return true;
}

static bool check_kind(const reader *r)
{
    if (r->raw->idata.colors == 1)
        return refuse(r, "camera raw of a sensor without colors");
    if (r->raw->idata.colors != 3)
        return refuse(r, "camera raw of a sensor with other than three colors");
    return true;
}

static bool open_photo(reader *r, const unsigned char *bytes, size_t length)
{
    union {
        const unsigned char *in;
        void *out; /* LibRaw only reads */
    } buffer = {bytes};
    r->raw = libraw_init(LIBRAW_OPTIONS_NONE);
    if (!r->raw)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    libraw_set_dataerror_handler(r->raw, note_damage, r);
    set_parameters(r->raw);
    int code = libraw_open_buffer(r->raw, buffer.out, length);
    if (code != LIBRAW_SUCCESS)
        return fail(r, code);
    return check_size(r, length) && check_kind(r);
}

/*
 * LibRaw takes the black level that all four channels share off the white level too. Of a sensor
 * that has three, or a DNG of three values a pixel, it leaves the fourth at 0, and would scale
 * everything to the white level alone.
 */
static void share_black(libraw_colordata_t *color)
{
    unsigned least = color->cblack[0];
    for (int c = 1; c < 3; c++)
        least = color->cblack[c] < least ? color->cblack[c] : least;
    color->cblack[3] = least;
}

static bool develop(reader *r)
{
    if (r->raw->idata.filters == 0)
        share_black(&r->raw->color);
    r->out->orientation = orientation_of(r->raw->sizes.flip);
    r->raw->params.user_flip = 0; /* turned where it is read */
    int code = libraw_unpack(r->raw);
    if (code == LIBRAW_SUCCESS && r->is_damaged)
        return tns_error_set(r->err, TNS_ERROR_FORMAT,
                             "%s: broken camera raw: the data end too early or are damaged",
                             r->name);
    if (code == LIBRAW_SUCCESS)
        code = libraw_dcraw_process(r->raw);
    return code == LIBRAW_SUCCESS || fail(r, code);
}

/* ITU-R BT.2087-0, 2.2, with more digits: linear sRGB (BT.709) to linear BT.2020. */
static void set_matrix(const reader *r)
{
    static const double wide[3][3] = {{0.627403914, 0.329283038, 0.043313048},
                                      {0.069097289, 0.919540395, 0.011362316},
                                      {0.016391439, 0.088013308, 0.895595253}};
    r->out->is_linear = true;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                r->out->camera[i][j] += wide[i][k] * (double)r->raw->color.rgb_cam[k][j];
}

/* A camera that LibRaw has no matrix of is taken to see as sRGB does. */
static void doubt_color(const reader *r)
{
    bool has_matrix = false;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            has_matrix |= r->raw->color.rgb_cam[i][j] != (float)(i == j);
    if (!has_matrix)
        tns_warn(&r->out->warnings,
                 "this camera's colors are not known to LibRaw %s: only the chart's correction "
                 "makes them right",
                 libraw_version());
    if (r->raw->process_warnings & LIBRAW_WARN_BAD_CAMERA_WB)
        tns_warn(&r->out->warnings, "no white balance in the camera raw: daylight is taken");
}

static uint16_t *encode_table(void)
{
    uint16_t *table = malloc(65536 * sizeof *table);
    for (int i = 0; i < 65536 && table; i++) {
        double v = i / 65535.0;
        double code = v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
        table[i] = (uint16_t)lround(65535 * code);
    }
    return table;
}

static bool take_pixels(const reader *r, const libraw_processed_image_t *image)
{
    tns_pixels *out = r->out;
    if (image->type != LIBRAW_IMAGE_BITMAP || image->colors != 3 || image->bits != 16)
        return refuse(r, "camera raw of an unknown kind");
    out->width = image->width;
    out->height = image->height;
    out->bits = 16;
    uint16_t *table = encode_table();
    if (!table)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    bool done = tns_pixels_allocate(out, 3, r->name, r->err);
    size_t n = done ? 3 * (size_t)out->width * (size_t)out->height : 0;
    uint16_t *to = out->data;
    for (size_t i = 0; i < n; i++) {
        uint16_t value;
        memcpy(&value, image->data + 2 * i, sizeof value);
        to[i] = table[value];
    }
    free(table);
    return done;
}

static bool decode(reader *r, const unsigned char *bytes, size_t length)
{
    int code = 0;
    if (!open_photo(r, bytes, length) || !develop(r))
        return false;
    libraw_processed_image_t *image = libraw_dcraw_make_mem_image(r->raw, &code);
    if (!image)
        return fail(r, code);
    set_matrix(r);
    doubt_color(r);
    libraw_recycle(r->raw); /* frees the sensor's pixels, before ours are asked for */
    bool done = take_pixels(r, image);
    libraw_dcraw_clear_mem(image);
    return done;
}

static const char *version(void)
{
    return libraw_version();
}

static bool decode_raw(const unsigned char *bytes, size_t length, const char *name, tns_pixels *out,
                       tns_error *err)
{
    reader r = {.name = name, .out = out, .err = err};
    bool done = decode(&r, bytes, length);
    if (r.raw)
        libraw_close(r.raw);
    return done;
}

const tns_decoder_module tns_module_raw = {{TNS_VERSION}, decode_raw, version};
