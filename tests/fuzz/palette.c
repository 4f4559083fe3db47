/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a palette, by FUZZ_PARSE: what is taken keeps its bounds and, written by FUZZ_WRITE,
 * reads again as it was.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const tns_palette *palette)
{
    assert(palette->count > 0 && palette->model.k1 >= 0 && palette->model.k1 <= 0.5);
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        assert(p->id[0] && p->name[0] && p->uncertainty >= 0);
        for (int k = 0; k < TNS_BANDS; k++)
            assert(p->K[k] >= 0 && p->K[k] <= 1e6 && p->S[k] >= 0 && p->S[k] <= 1e6);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_error err = {0};
    tns_palette *palette = FUZZ_PARSE((const char *)data, size, "fuzz", &err);
    assert(palette || err.text[0]);
    if (!palette)
        return 0;
    check(palette);
    char *text = FUZZ_WRITE(palette);
    tns_palette *again = FUZZ_PARSE(text, strlen(text), "again", &err);
    assert(again && again->count == palette->count);
    char *same = FUZZ_WRITE(again);
    assert(strcmp(text, same) == 0);
    free(same);
    free(text);
    tns_palette_destroy(again);
    tns_palette_destroy(palette);
    return 0;
}
