/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a scanner typed: what is taken fits its fields, and is what it says. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <tonsure/gs1.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const tns_day today = 20779; /* 2026-11-22 */

static void check(const tns_scan *s)
{
    char gtin[TNS_GTIN_SIZE], day[TNS_DAY_TEXT];
    assert(!s->gtin[0] || (strlen(s->gtin) == 14 && tns_gtin_parse(s->gtin, gtin, NULL)));
    assert(strlen(s->lot) < sizeof s->lot && strlen(s->serial) < sizeof s->serial);
    assert(s->count >= 0 && s->net_weight_mg >= 0);
    tns_day_write(tns_scan_last_day(s), day);
    assert(s->kind != TNS_SCAN_OWN || s->number > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_scan scan;
    tns_error err;
    if (tns_scan_parse((const char *)data, size, today, &scan, &err))
        check(&scan);
    else
        assert(err.code == TNS_ERROR_FORMAT && err.text[0]);
    return 0;
}
