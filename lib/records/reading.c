/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/records.h>

#include "base/text.h"
#include "records/parts.h"

#define SCHEMA "tonsure/reading/1"

enum { SAMPLES_MAX = 512 };

/* In the order of the enums in reading.h. */
static const char *const whats[] = {"", "dot", "area", "skin", "strand", "ink"};
static const char *const hairs[] = {"", "shaved", "clipped", "wet", "long", "none"};
static const char *const sources[] = {"", "instrument", "photo", "file", "typed", "predicted"};
static const char *const speculars[] = {"", "included", "excluded"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *tns_record_what(tns_what what)
{
    return whats[what];
}

static tns_json *json_from_source(const tns_source *source)
{
    tns_json *json = tns_json_object();
    tns_json_set_text_if(json, "kind", sources[source->kind]);
    tns_json_set_text_if(json, "driver", source->driver);
    tns_json_set_text_if(json, "serial", source->serial);
    tns_json_set_text_if(json, "geometry", source->geometry);
    if (source->aperture_mm > 0)
        tns_json_set_number(json, "aperture_mm", source->aperture_mm);
    tns_json_set_text_if(json, "condition", source->condition);
    tns_json_set_text_if(json, "specular", speculars[source->specular]);
    return json;
}

/* To six decimals; what lies between black and white does so in a record too. */
static double recorded_reflectance(double value)
{
    const double least = 1e-6;
    double rounded = tns_record_color(value);
    return value > 0 && value < 1 ? fmin(fmax(rounded, least), 1 - least) : rounded;
}

static tns_json *json_from_spectrum(const tns_spectrum *spectrum)
{
    double values[TNS_BANDS];
    for (int i = 0; i < TNS_BANDS; i++)
        values[i] = recorded_reflectance(spectrum->value[i]);
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "start_nm", TNS_FIRST_NM);
    tns_json_set_integer(json, "step_nm", TNS_STEP_NM);
    tns_json_set(json, "values", tns_json_numbers(values, TNS_BANDS));
    double covered[2] = {spectrum->from_nm, spectrum->to_nm};
    if (covered[1] > covered[0])
        tns_json_set(json, "covered_nm", tns_json_numbers(covered, 2));
    if (spectrum->effective_channels > 0)
        tns_json_set_integer(json, "effective_channels", spectrum->effective_channels);
    tns_json_set_bool(json, "reconstructed", spectrum->reconstructed);
    tns_json_set_text_if(json, "prior", spectrum->prior);
    return json;
}

tns_json *tns_json_from_uncertainty(const tns_uncertainty *u)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "L", tns_record_amount(u->L));
    tns_json_set_number(json, "a", tns_record_amount(u->a));
    tns_json_set_number(json, "b", tns_record_amount(u->b));
    tns_json_set_number(json, "k", u->k);
    if (u->has_covariance) {
        double rounded[6];
        for (int i = 0; i < 6; i++)
            rounded[i] = tns_record_color(u->covariance[i]);
        tns_json_set(json, "covariance", tns_json_numbers(rounded, 6));
    }
    return json;
}

static tns_json *json_from_repeats(const tns_repeats *repeats)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "n", repeats->n);
    tns_json_set_number(json, "max_de00", tns_record_amount(repeats->max_de00));
    tns_json_set_integer(json, "rejected", repeats->rejected);
    return json;
}

tns_json *tns_json_from_reading(const tns_reading *reading)
{
    tns_json *json = tns_record(SCHEMA);
    tns_json_set_text_if(json, "id", reading->id);
    tns_json_set_text_if(json, "time", reading->time);
    tns_json_set_text_if(json, "site", reading->site);
    tns_json_set_text_if(json, "what", whats[reading->what]);
    tns_json_set_text_if(json, "hair", hairs[reading->hair]);
    tns_json_set(json, "source", json_from_source(&reading->source));
    if (reading->has_spectrum)
        tns_json_set(json, "spectrum", json_from_spectrum(&reading->spectrum));
    if (reading->has_color)
        tns_json_set(json, "lab", tns_json_from_color(&reading->color));
    if (reading->has_uncertainty)
        tns_json_set(json, "uncertainty", tns_json_from_uncertainty(&reading->uncertainty));
    if (reading->has_between_visits)
        tns_json_set(json, "uncertainty_between_visits",
                     tns_json_from_uncertainty(&reading->between_visits));
    if (reading->has_repeats)
        tns_json_set(json, "repeats", json_from_repeats(&reading->repeats));
    tns_json_set(json, "warnings", tns_json_from_warnings(&reading->warnings));
    return json;
}

char *tns_reading_write(const tns_reading *reading)
{
    return tns_record_finish(tns_json_from_reading(reading));
}

/* One of the words of a table above but its first, which stands for unknown: that is absent. */
static bool opt_word(const tns_json_at *object, const char *key, const char *const *words,
                     size_t count, int *out, tns_error *err)
{
    int index = *out - 1;
    bool done = tns_json_opt_choice(object, key, words + 1, count - 1, &index, err);
    *out = index + 1;
    return done;
}

static bool get_source(const tns_json_at *reading, tns_source *out, tns_error *err)
{
    int kind = TNS_SOURCE_FILE, specular = TNS_SPECULAR_UNKNOWN;
    tns_json_at at = tns_json_member(reading, "source");
    bool done = !at.node ||
                (tns_json_expect_object(&at, err) &&
                 opt_word(&at, "kind", sources, COUNT(sources), &kind, err) &&
                 tns_json_opt_text(&at, "driver", out->driver, sizeof out->driver, err) &&
                 tns_json_opt_text(&at, "serial", out->serial, sizeof out->serial, err) &&
                 tns_json_opt_text(&at, "geometry", out->geometry, sizeof out->geometry, err) &&
                 tns_json_opt_number(&at, "aperture_mm", 0, 200, &out->aperture_mm, err) &&
                 tns_json_opt_text(&at, "condition", out->condition, sizeof out->condition, err) &&
                 opt_word(&at, "specular", speculars, COUNT(speculars), &specular, err));
    out->kind = (tns_source_kind)kind;
    out->specular = (tns_specular)specular;
    return done;
}

static bool get_samples(const tns_json_at *at, tns_spectrum *out, tns_error *err)
{
    double start, step, nm[SAMPLES_MAX], value[SAMPLES_MAX];
    tns_json_at values = tns_json_member(at, "values");
    if (!tns_json_get_number(at, "start_nm", 200, 1000, &start, err) ||
        !tns_json_get_number(at, "step_nm", 0.1, 50, &step, err) ||
        !tns_json_expect_array(&values, err))
        return false;
    size_t n = tns_json_size(&values);
    if (n > SAMPLES_MAX)
        return tns_json_fail(&values, err, TNS_ERROR_FORMAT,
                             "expected at most %d numbers, found %zu", SAMPLES_MAX, n);
    if (!tns_json_get_numbers(at, "values", -0.02, 1.3, value, n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        nm[i] = start + step * (double)i;
    tns_error why;
    if (!tns_spectrum_resample(nm, value, n, out, &why))
        return tns_json_fail(at, err, why.code, "%s", why.text);
    return true;
}

static bool get_spectrum(const tns_json_at *reading, tns_reading *out, tns_error *err)
{
    tns_json_at at = tns_json_member(reading, "spectrum");
    if (!at.node)
        return true;
    tns_spectrum *s = &out->spectrum;
    out->has_spectrum = true;
    if (!tns_json_expect_object(&at, err) || !get_samples(&at, s, err))
        return false;
    double covered[2] = {s->from_nm, s->to_nm};
    bool done =
        (!tns_json_has(&at, "covered_nm") ||
         tns_json_get_numbers(&at, "covered_nm", 200, 2500, covered, 2, err)) &&
        tns_json_opt_integer(&at, "effective_channels", 0, 4096, &s->effective_channels, err) &&
        tns_json_opt_bool(&at, "reconstructed", &s->reconstructed, err) &&
        tns_json_opt_text(&at, "prior", s->prior, sizeof s->prior, err);
    s->from_nm = covered[0];
    s->to_nm = covered[1];
    return done;
}

bool tns_json_opt_uncertainty(const tns_json_at *reading, const char *key, bool *has,
                              tns_uncertainty *out, tns_error *err)
{
    tns_json_at at = tns_json_member(reading, key);
    if (!at.node)
        return true;
    *has = true;
    out->k = 2;
    out->has_covariance = tns_json_has(&at, "covariance");
    return tns_json_expect_object(&at, err) &&
           tns_json_get_number(&at, "L", 0, 100, &out->L, err) &&
           tns_json_get_number(&at, "a", 0, 150, &out->a, err) &&
           tns_json_get_number(&at, "b", 0, 150, &out->b, err) &&
           tns_json_opt_number(&at, "k", 0.1, 10, &out->k, err) &&
           (!out->has_covariance ||
            tns_json_get_numbers(&at, "covariance", -1e5, 1e5, out->covariance, 6, err));
}

static bool get_repeats(const tns_json_at *reading, tns_reading *out, tns_error *err)
{
    tns_json_at at = tns_json_member(reading, "repeats");
    if (!at.node)
        return true;
    out->has_repeats = true;
    out->repeats.n = 1;
    return tns_json_expect_object(&at, err) &&
           tns_json_opt_integer(&at, "n", 1, 100000, &out->repeats.n, err) &&
           tns_json_opt_number(&at, "max_de00", 0, 200, &out->repeats.max_de00, err) &&
           tns_json_opt_integer(&at, "rejected", 0, 100000, &out->repeats.rejected, err);
}

static bool get_words(const tns_json_at *reading, tns_reading *out, tns_error *err)
{
    int what = TNS_WHAT_UNKNOWN, hair = TNS_HAIR_UNKNOWN;
    bool done = tns_json_opt_text(reading, "id", out->id, sizeof out->id, err) &&
                tns_json_opt_text(reading, "time", out->time, sizeof out->time, err) &&
                tns_json_opt_text(reading, "site", out->site, sizeof out->site, err) &&
                opt_word(reading, "what", whats, COUNT(whats), &what, err) &&
                opt_word(reading, "hair", hairs, COUNT(hairs), &hair, err);
    out->what = (tns_what)what;
    out->hair = (tns_hair)hair;
    return done;
}

static bool get_color(const tns_json_at *reading, tns_reading *out, tns_error *err)
{
    out->has_color = tns_json_has(reading, "lab");
    if (!out->has_color)
        return true;
    /* Of a spectrum that scatters below black, or shines above white, it was computed. */
    if (!(out->has_spectrum ? tns_json_get_read_color : tns_json_get_color)(reading, "lab",
                                                                            &out->color, err))
        return false;
    tns_json_at lab = tns_json_member(reading, "lab");
    if (!tns_json_has(&lab, "illuminant") || !tns_json_has(&lab, "observer"))
        tns_warn(&out->warnings, "the reading names no illuminant and observer: %s/%d was taken",
                 out->color.illuminant, (int)out->color.observer);
    return true;
}

bool tns_json_reading(const tns_json_at *at, tns_reading *out, tns_error *err)
{
    return tns_record_expect(at, SCHEMA, err) && get_words(at, out, err) &&
           get_source(at, &out->source, err) && get_spectrum(at, out, err) &&
           get_color(at, out, err) &&
           tns_json_opt_uncertainty(at, "uncertainty", &out->has_uncertainty, &out->uncertainty,
                                    err) &&
           tns_json_opt_uncertainty(at, "uncertainty_between_visits", &out->has_between_visits,
                                    &out->between_visits, err) &&
           get_repeats(at, out, err) && tns_json_opt_warnings(at, &out->warnings, err) &&
           (out->has_spectrum || out->has_color ||
            tns_json_fail(at, err, TNS_ERROR_FORMAT,
                          "expected \"spectrum\" or \"lab\", found neither"));
}

static bool get_record(const tns_json_at *root, void *out, tns_error *err)
{
    return tns_json_reading(root, out, err);
}

bool tns_reading_parse(const char *text, size_t length, const char *name, tns_reading *out,
                       tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_record, out, err);
}
