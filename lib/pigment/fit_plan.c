/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "pigment/fit_plan.h"

bool tns_fit_is_clear(const char *pigment)
{
    return tns_text_same(pigment, "diluent") || tns_text_same(pigment, "water") ||
           tns_text_same(pigment, "sterile-water");
}

const char *tns_fit_pigment(const tns_fit_plan *plan, int index)
{
    return plan->set->pigment[plan->column[index]];
}

static bool fits(const tns_fit_plan *plan, const tns_fit_sample *sample)
{
    for (size_t i = 0; i < plan->set->pigment_count; i++)
        if (sample->amount[i] > 0 && plan->place[i] == TNS_FIT_UNSEEN)
            return false;
    return true;
}

bool tns_fit_plan_has(const tns_fit_plan *plan, const tns_fit_sample *sample, bool held_out)
{
    return sample->kind != TNS_FIT_BACKING && sample->held_out == held_out && !sample->unreadable &&
           fits(plan, sample);
}

/* ---- rows ---- */

static void fill_blend(const tns_fit_plan *plan, const tns_fit_sample *sample, tns_blend *out)
{
    double sum = 0;
    out->film = sample->kind == TNS_FIT_FILM;
    out->weight = 1;
    for (size_t i = 0; i < plan->set->pigment_count; i++) {
        if (!(sample->amount[i] > 0) || plan->place[i] < 0)
            continue;
        out->pigment[out->count] = plan->place[i];
        out->amount[out->count++] = sample->amount[i];
        sum += sample->amount[i];
    }
    for (int i = 0; !out->film && i < out->count; i++)
        out->amount[i] /= sum;
}

tns_ink_system *tns_fit_plan_system(const tns_fit_plan *plan, bool held_out, tns_error *err)
{
    const tns_sample_set *set = plan->set;
    size_t rows = 0, at = 0;
    for (size_t i = 0; i < set->count; i++)
        rows += tns_fit_plan_has(plan, &set->samples[i], held_out);
    tns_ink_system *system =
        tns_ink_system_create(rows > 0 ? rows : 1, plan->count, plan->absolute ? -1 : plan->white);
    if (!system) {
        tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
        return NULL;
    }
    system->scatter = plan->options->scatter;
    for (size_t i = 0; i < set->count; i++) {
        const tns_fit_sample *sample = &set->samples[i];
        if (!tns_fit_plan_has(plan, sample, held_out))
            continue;
        fill_blend(plan, sample, &system->blend[at]);
        memcpy(system->seen[at], sample->measured.value, sizeof system->seen[at]);
        if (sample->kind == TNS_FIT_FILM)
            memcpy(system->backing[at], set->samples[sample->backing].measured.value,
                   sizeof system->backing[at]);
        at++;
    }
    tns_ink_system_set_surface(system, plan->options->surface);
    return system;
}

/* ---- who is white ---- */

static bool sounds_white(const char *id)
{
    static const char *const words[] = {"white", "titan", "tio2", "pw6", "77891"};
    char low[TNS_ID_SIZE];
    size_t n = strlen(id);
    for (size_t i = 0; i <= n; i++)
        low[i] = (char)tolower((unsigned char)id[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(low, words[i]))
            return true;
    return false;
}

static double brightness(const tns_fit_sample *sample)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += sample->measured.value[b];
    return sum;
}

/* The pigment that alone makes the brightest sample, or -1. */
static int brightest(const tns_fit_plan *plan)
{
    int found = -1;
    double most = 0;
    for (size_t i = 0; i < plan->set->count; i++) {
        const tns_fit_sample *sample = &plan->set->samples[i];
        tns_blend blend = {0};
        if (!tns_fit_plan_has(plan, sample, false))
            continue;
        fill_blend(plan, sample, &blend);
        if (blend.count == 1 && !blend.film && brightness(sample) > most) {
            most = brightness(sample);
            found = blend.pigment[0];
        }
    }
    return found;
}

static int white_by_name(const tns_fit_plan *plan)
{
    for (int i = 0; i < plan->count; i++)
        if (sounds_white(tns_fit_pigment(plan, i)))
            return i;
    return -1;
}

static bool choose_white(tns_fit_plan *plan, tns_error *err)
{
    const char *asked = plan->options->white;
    plan->white = white_by_name(plan);
    for (int i = 0; asked && i < plan->count; i++)
        if (strcmp(asked, tns_fit_pigment(plan, i)) == 0) {
            plan->white = i;
            return true;
        }
    if (asked)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--white: no sample that is fitted holds \"%.47s\"", asked);
    if (plan->white < 0)
        plan->white = brightest(plan);
    return plan->absolute || plan->white >= 0 ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "fit: which pigment is white (S = 1) cannot be told; name it with "
                         "--white");
}

/* ---- plan ---- */

static bool check_samples(const tns_fit_plan *plan, tns_error *err)
{
    for (size_t i = 0; i < plan->set->count; i++) {
        const tns_fit_sample *sample = &plan->set->samples[i];
        if (sample->kind == TNS_FIT_BACKING || sample->held_out)
            continue;
        tns_blend blend = {0};
        fill_blend(plan, sample, &blend);
        if (!blend.film && blend.count == 0)
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "sample %s: a diluent alone is no opaque sample", sample->id);
        if (blend.film && plan->set->samples[sample->backing].held_out)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "--holdout: %s is the backing of %s, which is not held out",
                                 plan->set->samples[sample->backing].id, sample->id);
    }
    return true;
}

bool tns_fit_plan_make(const tns_sample_set *set, const tns_fit_options *options, tns_fit_plan *out,
                       tns_error *err)
{
    bool seen[TNS_FIT_PIGMENTS_MAX] = {false};
    memset(out, 0, sizeof *out);
    out->set = set;
    out->options = options;
    for (size_t i = 0; i < set->count; i++) {
        const tns_fit_sample *sample = &set->samples[i];
        if (sample->kind == TNS_FIT_BACKING)
            continue;
        out->kept_count += !sample->held_out;
        out->held_out_count += sample->held_out;
        out->absolute = out->absolute || (!sample->held_out && sample->kind == TNS_FIT_FILM);
        for (size_t p = 0; p < set->pigment_count; p++)
            seen[p] = seen[p] || (!sample->held_out && sample->amount[p] > 0);
    }
    for (size_t p = 0; p < set->pigment_count; p++) {
        bool clear = tns_fit_is_clear(set->pigment[p]);
        out->place[p] = clear ? TNS_FIT_CLEAR : seen[p] ? out->count : TNS_FIT_UNSEEN;
        if (out->place[p] >= 0)
            out->column[out->count++] = (int)p;
    }
    if (out->count == 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "fit: no sample is left that holds a pigment");
    return check_samples(out, err) && choose_white(out, err);
}
