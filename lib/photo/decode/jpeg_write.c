/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "photo/decode/pixels.h"

enum { QUALITY = 82 };

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

/* No EXIF, no profile, no comment. */
bool tns_jpeg_write(unsigned char *rgb, tns_preview *out)
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
