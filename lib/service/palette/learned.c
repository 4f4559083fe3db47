/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "service/palette/learned.h"

tns_learn_record *tns_learn_record_create(const tns_palette *palette, size_t mixes, size_t inks,
                                          tns_error *err)
{
    tns_learn_record *out = calloc(1, sizeof *out);
    if (out) {
        out->mixes = calloc(mixes + 1, sizeof *out->mixes);
        out->inks = calloc(inks + 1, sizeof *out->inks);
    }
    if (!out || !out->mixes || !out->inks) {
        tns_learn_record_destroy(out);
        tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
        return NULL;
    }
    tns_text_copy(out->palette, sizeof out->palette, palette->name);
    tns_text_copy(out->version, sizeof out->version, palette->version);
    out->model = palette->model;
    out->pigments = palette->count;
    return out;
}

static tns_color color_of(const tns_mix *mix, tns_lab lab)
{
    tns_color out = {.lab = lab, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    if (mix->from_color) {
        tns_text_copy(out.illuminant, sizeof out.illuminant, mix->viewing->illuminant);
        out.observer = mix->viewing->observer;
    }
    return out;
}

static void fill_ink(const tns_palette *palette, const tns_learned_ink *ink,
                     tns_learn_ink_record *out)
{
    const tns_pigment *p = &palette->pigments[ink->pigment];
    tns_text_copy(out->pigment, sizeof out->pigment, p->id);
    if (p->color_index_count > 0)
        tns_text_copy(out->color_index, sizeof out->color_index, p->color_index[0]);
    out->mixes = ink->mixes;
    memcpy(out->K_factor, ink->K_factor, sizeof out->K_factor);
    memcpy(out->S_factor, ink->S_factor, sizeof out->S_factor);
    out->K_sd = ink->K_sd;
    out->S_sd = ink->S_sd;
    out->shift = ink->shift;
}

void tns_learn_record_fill(const tns_learned *learned, const tns_mix *mixes, tns_learn_record *out)
{
    for (size_t i = 0; i < learned->mix_count; i++) {
        const tns_learned_mix *from = &learned->mixes[i];
        tns_learn_mix_record *to = &out->mixes[out->mix_count++];
        tns_text_copy(to->id, sizeof to->id, from->id);
        to->set_aside = from->set_aside;
        to->measured = color_of(&mixes[i], from->measured);
        to->before = color_of(&mixes[i], from->before);
        to->after = color_of(&mixes[i], from->after);
        to->de00_before = from->de00_before;
        to->de00_after = from->de00_after;
        to->de00_left_out = from->de00_left_out;
        to->misfit = from->misfit;
    }
    for (size_t i = 0; i < learned->ink_count; i++)
        fill_ink(learned->palette, &learned->ink[i], &out->inks[out->ink_count++]);
    out->before = learned->before;
    out->after = learned->after;
    out->left_out = learned->left_out;
    tns_warn_all(&out->warnings, &learned->warnings);
}

tns_fit_summary tns_summarize(double *values, size_t count)
{
    tns_fit_summary out = {.count = count};
    if (count == 0)
        return out;
    tns_sort_numbers(values, count);
    for (size_t i = 0; i < count; i++)
        out.mean += values[i] / (double)count;
    double at = 0.95 * (double)(count - 1);
    size_t below = (size_t)at, above = below + 1 < count ? below + 1 : below;
    out.p95 = values[below] + (at - (double)below) * (values[above] - values[below]);
    out.median = (values[(count - 1) / 2] + values[count / 2]) / 2;
    out.max = values[count - 1];
    return out;
}

void tns_learned_source(const tns_learned_ink *ink, const char *prior, size_t mixes,
                        tns_pigment *out)
{
    if (ink->mixes == 0)
        return;
    tns_text_format(out->source, sizeof out->source,
                    "%.200s, K x %.2f (%.0f %%), S x %.2f (%.0f %%) at 550 nm by %zu of %zu mixes "
                    "read",
                    prior, ink->K_factor[1], 100 * ink->K_sd, ink->S_factor[1], 100 * ink->S_sd,
                    ink->mixes, mixes);
}
