/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From repeats to a reading. */
#include <stdlib.h>
#include <string.h>

#include "measure/inside.h"
#include "measure/repeats.h"
#include "measure/sanity.h"

enum { REPEATS = 3, BUTTON_S = 25 };

/* Repeats further than this from their middle are not of one place. */
static const double AGREE_DE00 = 3;

typedef struct series {
    size_t count;
    tns_sample *samples;
    tns_lab lab[TNS_REPEATS_MAX];
    bool kept[TNS_REPEATS_MAX];
    tns_color first; /* names the viewing of all of them */
} series;

/* ---- taking them ---- */

static bool same_kind(const series *s, const tns_sample *sample, const tns_color *color)
{
    return s->count == 0 || (s->samples[0].has_spectrum == sample->has_spectrum &&
                             strcmp(s->first.illuminant, color->illuminant) == 0 &&
                             s->first.observer == color->observer);
}

static tns_trigger trigger_of(const tns_measure_options *options)
{
    return options->by_button ? TNS_BY_BUTTON : TNS_BY_HOST;
}

static bool take_one(tns_instrument *instrument, const tns_measure_options *options, series *s,
                     tns_error *err)
{
    tns_color color;
    tns_sample *sample = &s->samples[s->count];
    if (!tns_sample_take(instrument, trigger_of(options), options->button_s, sample, &color, err))
        return false;
    if (!same_kind(s, sample, &color))
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s: readings of different kinds",
                             instrument->driver->name);
    if (s->count == 0)
        s->first = color;
    s->lab[s->count++] = color.lab;
    if (options->each)
        options->each(options->user, (int)s->count, &color);
    return true;
}

/* ---- judging them ---- */

static bool looks_for_pressing(tns_what what)
{
    return what == TNS_WHAT_SKIN || what == TNS_WHAT_AREA;
}

static bool check_agreement(tns_instrument *instrument, const tns_measure_options *options,
                            const series *s, double spread, tns_error *err)
{
    bool pressed = looks_for_pressing(options->what) && tns_blanching(s->lab, s->count) > 0;
    if (spread <= AGREE_DE00)
        return true;
    tns_error why;
    tns_error_set(&why, TNS_ERROR_IMPLAUSIBLE,
                  "the repeats do not agree: dE %.1f from their middle, at most %.0f is taken for "
                  "one place; %s",
                  spread, AGREE_DE00,
                  pressed ? "a* falls from each to the next: you are pressing, the skin blanches"
                          : "hold it still, on the same spot");
    return tns_instrument_failed(instrument, &why, err);
}

static void warn(const tns_measure_options *options, const series *s, size_t left_out,
                 tns_warnings *out)
{
    double fall = looks_for_pressing(options->what) ? tns_blanching(s->lab, s->count) : 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->kept[i])
            tns_warn_all(out, &s->samples[i].warnings);
    if (fall > 0)
        tns_warn(out,
                 "a* fell by %.1f from the first repeat to the last: you are pressing, the skin "
                 "blanches; rest the instrument lightly",
                 fall);
    if (left_out > 0)
        tns_warn(out, "%zu of %zu repeats lay apart and %s set aside", left_out, s->count,
                 left_out == 1 ? "was" : "were");
}

/* ---- their middle ---- */

static tns_spectrum median_spectrum(const series *s)
{
    double values[TNS_REPEATS_MAX];
    size_t first = 0;
    while (!s->kept[first])
        first++;
    tns_spectrum middle = s->samples[first].spectrum;
    for (int band = 0; band < TNS_BANDS; band++) {
        size_t count = 0;
        for (size_t i = 0; i < s->count; i++)
            if (s->kept[i])
                values[count++] = s->samples[i].spectrum.value[band];
        middle.value[band] = tns_median(values, count);
    }
    return middle;
}

static void set_middle(const tns_instrument *instrument, const series *s, tns_reading *out)
{
    tns_viewing viewing;
    out->has_color = true;
    out->color = s->first;
    out->color.lab = tns_lab_median(s->lab, s->kept, s->count);
    out->has_spectrum = s->samples[0].has_spectrum;
    if (!out->has_spectrum || !tns_color_viewing(&s->first, &viewing, NULL))
        return;
    out->spectrum = median_spectrum(s);
    if (out->spectrum.effective_channels == 0)
        out->spectrum.effective_channels = instrument->session.capabilities.effective_channels;
    out->color = tns_color_from_spectrum(&out->spectrum, &viewing);
}

static bool conclude(tns_instrument *instrument, const tns_measure_options *options, series *s,
                     tns_reading *out, tns_error *err)
{
    size_t left_out = tns_outliers_find(s->lab, s->count, s->kept);
    *out = tns_reading_from(instrument, options->site, options->what);
    set_middle(instrument, s, out);
    double spread = tns_spread_from(out->color.lab, s->lab, s->kept, s->count);
    if (!check_agreement(instrument, options, s, spread, err))
        return false;
    tns_warn_if_coarse(instrument, &out->warnings);
    warn(options, s, left_out, &out->warnings);
    out->has_repeats = true;
    out->repeats = (tns_repeats){(int)s->count, spread, (int)left_out};
    out->has_uncertainty = true;
    out->uncertainty = tns_repeats_uncertainty(s->lab, s->kept, s->count,
                                               instrument->session.capabilities.confidence);
    return true;
}

/* ---- the reading ---- */

static tns_measure_options filled_in(const tns_measure_options *options)
{
    tns_measure_options o = options ? *options : (tns_measure_options){0};
    o.repeats = o.repeats > 0 ? o.repeats : REPEATS;
    o.button_s = o.button_s > 0 ? o.button_s : BUTTON_S;
    return o;
}

bool tns_instrument_try_measure(tns_instrument *instrument, const tns_measure_options *options,
                                bool calibrated, tns_error *err)
{
    tns_measure_options o = filled_in(options);
    if (o.repeats > TNS_REPEATS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "expected at most %d repeats, found %d",
                             TNS_REPEATS_MAX, o.repeats);
    return (calibrated || tns_calibration_check(instrument, err)) &&
           tns_trigger_check(instrument, trigger_of(&o), err) &&
           tns_instrument_ready(instrument, err);
}

bool tns_instrument_measure(tns_instrument *instrument, const tns_measure_options *options,
                            tns_reading *out, tns_error *err)
{
    tns_measure_options o = filled_in(options);
    series s = {0};
    if (!tns_instrument_try_measure(instrument, &o, false, err))
        return false;
    s.samples = calloc((size_t)o.repeats, sizeof *s.samples);
    if (!s.samples)
        return tns_error_set(err, TNS_ERROR_MEMORY, "out of memory");
    bool done = true;
    for (int i = 0; done && i < o.repeats; i++)
        done = take_one(instrument, &o, &s, err);
    done = done && conclude(instrument, &o, &s, out, err);
    free(s.samples);
    return done;
}

/* ---- readings that the instrument has kept ---- */

bool tns_instrument_read_stored(tns_instrument *instrument, size_t index, tns_reading *out,
                                tns_error *err)
{
    size_t count;
    tns_error why = {.code = TNS_OK};
    tns_sample sample = {0};
    tns_measure_options options = {0};
    series s = {.count = 1, .samples = &sample};
    if (!tns_instrument_count_stored(instrument, &count, err))
        return false;
    if (index >= count)
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: it keeps %zu readings, there is no %zu",
                             instrument->driver->name, count, index + 1);
    if (!instrument->driver->read_stored(&instrument->session, index, &sample, &why) ||
        tns_sample_check(&sample, &instrument->session.calibration, NULL, &why) != TNS_CHECK_PASSED)
        return tns_instrument_failed(instrument, &why, err);
    s.first = tns_sample_color(&sample);
    s.lab[0] = s.first.lab;
    bool done = conclude(instrument, &options, &s, out, err);
    out->has_repeats = false; /* how often it was read then is not known */
    out->time[0] = '\0';      /* nor when */
    return done;
}
