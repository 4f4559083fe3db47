/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a table of spectra or colors, CSV, CGATS or an app's: what is read of it, by each
 * reader there is, is finite and keeps its bounds.
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include <tonsure/exchange.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_reading(const tns_reading *r)
{
    assert(r->has_spectrum || r->has_color);
    for (int i = 0; r->has_spectrum && i < TNS_BANDS; i++)
        assert(isfinite(r->spectrum.value[i]));
    assert(!r->has_color || (isfinite(r->color.lab.L) && isfinite(r->color.lab.a) &&
                             isfinite(r->color.lab.b) && r->color.illuminant[0]));
}

static void read_one(const char *text, size_t size, const char *sample)
{
    tns_reading reading;
    tns_error err = {0};
    tns_viewing daylight;
    bool told = tns_viewing_find("D65/10", &daylight, &err);
    if (tns_exchange_parse(text, size, "fuzz", sample, &reading, &err))
        check_reading(&reading);
    else
        assert(err.text[0]);
    if (tns_exchange_parse_app(text, size, "fuzz", sample, told ? &daylight : NULL, &reading, &err))
        check_reading(&reading);
    else
        assert(err.text[0]);
}

static void check_samples(const tns_sample_set *set)
{
    assert(set->count > 0);
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < set->pigment_count; k++)
            assert(set->samples[i].amount[k] >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    tns_error err = {0};
    read_one(text, size, NULL);
    read_one(text, size, "2");
    tns_sample_set *mixes = tns_exchange_parse_samples(text, size, "fuzz", NULL, &err);
    assert(mixes || err.text[0]);
    if (mixes)
        check_samples(mixes);
    tns_sample_set_destroy(mixes);
    tns_color_samples *colors =
        tns_exchange_parse_color_samples(text, size, "fuzz", NULL, NULL, &err);
    assert(colors || err.text[0]);
    if (colors)
        check_samples(colors->mixes);
    tns_color_samples_destroy(colors);
    return 0;
}
