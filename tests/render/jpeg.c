/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "render/render.h"

/* libjpeg's own way with errors is to exit; this one jumps back. */
typedef struct recovery {
    struct jpeg_error_mgr base;
    jmp_buf back;
    char text[JMSG_LENGTH_MAX];
} recovery;

static void jump_back(j_common_ptr jpeg)
{
    recovery *error = (recovery *)(void *)jpeg->err;
    jpeg->err->format_message(jpeg, error->text);
    longjmp(error->back, 1);
}

/* Where a stored pixel is shown, for an EXIF orientation (CIPA DC-008, 4.6.4 "Orientation"). */
static size_t shown_at(const render_picture *p, int orientation, int sx, int sy)
{
    int w = p->width, h = p->height, x = sx, y = sy;
    if (orientation >= 5) {
        x = sy;
        y = sx;
    }
    if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7)
        x = w - 1 - x;
    if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8)
        y = h - 1 - y;
    return (size_t)y * (size_t)w + (size_t)x;
}

static void write_orientation(struct jpeg_compress_struct *jpeg, int orientation)
{
    /* "Exif", a big-endian TIFF header, one entry: tag 0x0112, SHORT, one value; no more entries */
    const JOCTET exif[] = {'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, 42, 0, 0, 0,
                           8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,  1, 0, (JOCTET)orientation,
                           0,   0,   0,   0,   0,    0};
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, sizeof exif);
}

static void set_up(struct jpeg_compress_struct *jpeg, const render_picture *picture,
                   const render_jpeg_options *options)
{
    bool turned = options->orientation >= 5;
    jpeg->image_width = (JDIMENSION)(turned ? picture->height : picture->width);
    jpeg->image_height = (JDIMENSION)(turned ? picture->width : picture->height);
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, options->quality > 0 ? options->quality : 92, TRUE);
    jpeg->dct_method = JDCT_ISLOW; /* the same integers everywhere */
    jpeg->optimize_coding = TRUE;
    if (options->full_chroma)
        jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = 1;
}

static void write_rows(struct jpeg_compress_struct *jpeg, const render_picture *picture,
                       int orientation, JSAMPLE *row)
{
    while (jpeg->next_scanline < jpeg->image_height) {
        int sy = (int)jpeg->next_scanline;
        for (int sx = 0; sx < (int)jpeg->image_width; sx++) {
            const unsigned char *rgb = picture->rgb + 3 * shown_at(picture, orientation, sx, sy);
            for (int c = 0; c < 3; c++)
                row[3 * sx + c] = rgb[c];
        }
        jpeg_write_scanlines(jpeg, &row, 1);
    }
}

static void compress(struct jpeg_compress_struct *jpeg, const render_picture *picture,
                     const render_jpeg_options *options, JSAMPLE *row)
{
    set_up(jpeg, picture, options);
    jpeg_start_compress(jpeg, TRUE);
    if (options->orientation > 0)
        write_orientation(jpeg, options->orientation);
    if (options->icc)
        jpeg_write_icc_profile(jpeg, options->icc, (unsigned)options->icc_size);
    write_rows(jpeg, picture, options->orientation, row);
    jpeg_finish_compress(jpeg);
}

/* What must outlive a jump back. */
typedef struct writer {
    struct jpeg_compress_struct jpeg;
    recovery error;
    unsigned char *bytes; /* libjpeg's, from malloc */
    unsigned long size;
    JSAMPLE *row;
} writer;

static bool write_file(writer *w, const render_picture *picture, const render_jpeg_options *options,
                       tns_error *err)
{
    if (setjmp(w->error.back) != 0)
        return tns_error_set(err, TNS_ERROR_IO, "JPEG: %s", w->error.text);
    jpeg_create_compress(&w->jpeg);
    jpeg_mem_dest(&w->jpeg, &w->bytes, &w->size);
    compress(&w->jpeg, picture, options, w->row);
    return true;
}

unsigned char *render_picture_jpeg(const render_picture *picture,
                                   const render_jpeg_options *options, size_t *size, tns_error *err)
{
    const render_jpeg_options standard = {0};
    size_t longest = (size_t)(picture->width > picture->height ? picture->width : picture->height);
    writer w = {.row = malloc(3 * longest)};
    if (!w.row) {
        tns_error_set(err, TNS_ERROR_MEMORY, "a row of %zu pixels: no memory", longest);
        return NULL;
    }
    w.jpeg.err = jpeg_std_error(&w.error.base);
    w.error.base.error_exit = jump_back;
    bool done = write_file(&w, picture, options ? options : &standard, err);
    jpeg_destroy_compress(&w.jpeg);
    free(w.row);
    if (!done) {
        free(w.bytes);
        return NULL;
    }
    *size = w.size;
    return w.bytes;
}
