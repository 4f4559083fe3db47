/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a chart file: what is taken is whole, and can be written and read again. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/card.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const tns_card *card)
{
    const tns_chart *chart = &card->chart;
    assert(chart->count == chart->rows * chart->columns && chart->count <= TNS_CHART_PATCHES_MAX);
    assert(chart->kind[0] && chart->patch_share > 0 && chart->reference_de00 > 0);
    for (int i = 0; i < chart->count; i++) {
        tns_lab lab = chart->patch[i].reference;
        assert(isfinite(lab.L) && isfinite(lab.a) && isfinite(lab.b));
        assert(isfinite(chart->patch[i].x) && chart->patch[i].name[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_error err = {TNS_OK, ""};
    tns_card *card = tns_card_parse((const char *)data, size, "fuzz", &err);
    assert(card || err.code != TNS_OK);
    if (!card)
        return 0;
    check(card);
    char *text = tns_card_write(card);
    if (text) {
        /* Lab may leave the range of a file's figures when it was adapted: then it says so. */
        tns_card *again = tns_card_parse(text, strlen(text), "again", &err);
        assert(!again || again->chart.count == card->chart.count);
        tns_card_destroy(again);
    }
    free(text);
    tns_card_destroy(card);
    return 0;
}
