/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JPEG; knows libjpeg and its way of failing by longjmp. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "photo/decode/pixels.h"

enum { SCANS_MAX = 200 }; /* a camera's or an editor's has about ten */

typedef struct failing {
    struct jpeg_error_mgr manager; /* first: libjpeg hands back a pointer to it */
    jmp_buf back;
    const char *name;
    tns_error *err;
} failing;

static void fail(j_common_ptr common)
{
    failing *f = (failing *)common->err;
    char found[JMSG_LENGTH_MAX];
    f->manager.format_message(common, found);
    int code = f->manager.msg_code;
    if (code == JERR_BAD_PRECISION)
        tns_pixels_refuse(f->name, "a JPEG of other than 8 bits a channel", f->err);
    else if (code == JERR_SOF_UNSUPPORTED || code == JERR_ARITH_NOTIMPL)
        tns_pixels_refuse(f->name, "a lossless or otherwise rare kind of JPEG", f->err);
    else
        tns_error_set(f->err, TNS_ERROR_FORMAT, "%s: broken JPEG: %s", f->name, found);
    longjmp(f->back, 1);
}

/*
 * libjpeg fills what it could not read with grey and only warns. Such pixels would be read as
 * colors, so a warning about the data is an error; those about headers and padding are not.
 */
static void on_message(j_common_ptr common, int level)
{
    int code = common->err->msg_code;
    bool harmless = code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM ||
                    code == JWRN_JFIF_MAJOR || code == JWRN_TOO_MUCH_DATA;
    if (level < 0 && !harmless)
        fail(common);
}

static bool refuse(const failing *f, const char *what)
{
    return tns_pixels_refuse(f->name, what, f->err);
}

static bool check_kind(const struct jpeg_decompress_struct *jpeg, const failing *f)
{
    if (jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK)
        return refuse(f, "a CMYK JPEG, made for print");
    if (jpeg->jpeg_color_space == JCS_GRAYSCALE)
        return refuse(f, "a grey JPEG, which holds no color");
    if (jpeg->num_components != 3)
        return refuse(f, "a JPEG with other than three channels");
    return true;
}

/* The EXIF block stands in an APP1 marker that starts with "Exif\0\0"; others hold XMP. */
static void read_exif(const struct jpeg_decompress_struct *jpeg, tns_pixels *out)
{
    jpeg_saved_marker_ptr m = jpeg->marker_list;
    while (m &&
           (m->marker != JPEG_APP0 + 1 || m->data_length < 14 || memcmp(m->data, "Exif\0", 6) != 0))
        m = m->next;
    out->orientation = m ? tns_exif_read(m->data + 6, m->data_length - 6, out) : 1;
}

static bool keep_profile(struct jpeg_decompress_struct *jpeg, const failing *f, tns_pixels *out)
{
    JOCTET *icc = NULL;
    unsigned size = 0;
    if (!jpeg_read_icc_profile(jpeg, &icc, &size))
        return true;
    bool kept = tns_pixels_set_profile(out, icc, size, f->name, f->err);
    free(icc);
    return kept;
}

/* Each scan of a progressive JPEG walks the whole picture, and a small file may hold very many. */
static void count_scans(j_common_ptr common)
{
    const struct jpeg_decompress_struct *jpeg = (const struct jpeg_decompress_struct *)common;
    if (jpeg->input_scan_number <= SCANS_MAX)
        return;
    failing *f = (failing *)common->err;
    tns_error_set(f->err, TNS_ERROR_FORMAT, "%s: broken JPEG: over %d scans", f->name, SCANS_MAX);
    longjmp(f->back, 1);
}

static void read_rows(struct jpeg_decompress_struct *jpeg, tns_pixels *out)
{
    size_t stride = (size_t)out->width * 3;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = (JSAMPROW)out->data + jpeg->output_scanline * stride;
        jpeg_read_scanlines(jpeg, &row, 1);
    }
}

/*
 * A block of 8 x 8 pixels takes a bit at least; what says to have more blocks would have libjpeg
 * fill memory for them before it finds that they are missing.
 */
static bool check_length(const failing *f, const tns_pixels *out, size_t length)
{
    size_t blocks = (size_t)out->width * (size_t)out->height / 64;
    return blocks / 8 <= length ||
           tns_error_set(f->err, TNS_ERROR_FORMAT, "%s: broken JPEG: %d x %d pixels in %zu bytes",
                         f->name, out->width, out->height, length);
}

/* In its own function, so that no local lives across the jump. */
static bool decode(struct jpeg_decompress_struct *jpeg, failing *f,
                   struct jpeg_progress_mgr *progress, const unsigned char *bytes, size_t length,
                   tns_pixels *out)
{
    if (setjmp(f->back))
        return false;
    jpeg_create_decompress(jpeg);
    jpeg->progress = progress;
    jpeg_mem_src(jpeg, bytes, (unsigned long)length);
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_save_markers(jpeg, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    if (!check_kind(jpeg, f))
        return false;
    out->width = (int)jpeg->image_width;
    out->height = (int)jpeg->image_height;
    out->bits = 8;
    if (!tns_pixels_allocate(out, 3, f->name, f->err) || !check_length(f, out, length) ||
        !keep_profile(jpeg, f, out))
        return false;
    read_exif(jpeg, out);
    jpeg->out_color_space = JCS_RGB;
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->do_fancy_upsampling = FALSE;
    jpeg_start_decompress(jpeg);
    read_rows(jpeg, out);
    jpeg_finish_decompress(jpeg);
    return true;
}

/* The version is a bare number of three parts. */
#define TEXT_OF(words) #words
#define TEXT_OF_VALUE(name) TEXT_OF(name)

static const char *version(void)
{
#ifdef LIBJPEG_TURBO_VERSION
    return TEXT_OF_VALUE(LIBJPEG_TURBO_VERSION);
#else
    return TEXT_OF_VALUE(JPEG_LIB_VERSION);
#endif
}

static bool decode_jpeg(const unsigned char *bytes, size_t length, const char *name,
                        tns_pixels *out, tns_error *err)
{
    struct jpeg_decompress_struct jpeg = {0};
    failing f = {.name = name, .err = err};
    struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
    jpeg.err = jpeg_std_error(&f.manager);
    f.manager.error_exit = fail;
    f.manager.emit_message = on_message;
    bool done = decode(&jpeg, &f, &progress, bytes, length, out);
    jpeg_destroy_decompress(&jpeg);
    return done;
}

const tns_jpeg_module tns_module_jpeg = {{{TNS_VERSION}, decode_jpeg, version}, tns_jpeg_write};
