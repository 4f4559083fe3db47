/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes to one of the decoders of photos (FUZZ_MODULE, by the build). What it takes has pixels
 * within the limits, every one of which can be read; what it refuses has an error that says why.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "photo/decode/pixels.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_pixels pixels = {0};
    tns_error err = {TNS_OK, ""};
    const char *word;
    const tns_decoder_module *module = (const tns_decoder_module *)&FUZZ_MODULE;
    if (tns_file_sniff(data, size, &word) != FUZZ_KIND)
        return 0;
    if (module->decode(data, size, "fuzz", &pixels, &err)) {
        size_t n = (size_t)pixels.width * (size_t)pixels.height;
        assert(pixels.width > 0 && pixels.height > 0 && n <= PIXEL_LIMIT);
        assert(pixels.bits == 8 || pixels.bits == 16);
        assert(pixels.orientation >= 1 && pixels.orientation <= 8);
        assert(pixels.icc_size <= PROFILE_LIMIT);
        volatile unsigned char last = ((unsigned char *)pixels.data)[n * 3 * pixels.bits / 8 - 1];
        (void)last;
    } else {
        assert(err.code != TNS_OK && err.text[0] != '\0');
    }
    tns_pixels_finish(&pixels);
    return 0;
}
