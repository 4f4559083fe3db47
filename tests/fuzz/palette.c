/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a palette's file: what is taken is written, and reads again as it was. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_error err = {0};
    tns_palette *palette = tns_palette_parse((const char *)data, size, "fuzz", &err);
    assert(palette || err.text[0]);
    if (!palette)
        return 0;
    char *text = tns_palette_write(palette);
    tns_palette *again = tns_palette_parse(text, strlen(text), "again", &err);
    assert(again && again->count == palette->count);
    char *same = tns_palette_write(again);
    assert(strcmp(text, same) == 0);
    free(same);
    free(text);
    tns_palette_destroy(again);
    tns_palette_destroy(palette);
    return 0;
}
