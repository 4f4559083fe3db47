/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/ladder.h>

/* The same mix, over whatever backing. */
static bool same_mix(const tns_fit_sample *a, const tns_fit_sample *b)
{
    bool same = a->kind == b->kind;
    for (int i = 0; i < TNS_FIT_PIGMENTS_MAX; i++)
        same = same && fabs(a->amount[i] - b->amount[i]) <= 1e-6 * a->amount[i];
    return same;
}

static const tns_fit_row *find_row(const tns_fit *fit, const char *id)
{
    for (size_t i = 0; i < fit->count; i++)
        if (strcmp(fit->rows[i].id, id) == 0)
            return &fit->rows[i];
    return NULL;
}

/* Without the mix of `first`; a fit that is then impossible leaves NaN. */
static bool leave_out(tns_sample_set *set, const tns_fit_options *options, size_t first,
                      const tns_context *context, double *left_out, tns_error *err)
{
    tns_error why = {0};
    for (size_t i = 0; i < set->count; i++)
        set->samples[i].held_out = same_mix(&set->samples[first], &set->samples[i]);
    tns_fit *fit = tns_fit_solve(set, options, context, &why);
    for (size_t i = first; i < set->count; i++)
        if (set->samples[i].held_out) {
            const tns_fit_row *row = fit ? find_row(fit, set->samples[i].id) : NULL;
            left_out[i] = row ? row->de00 : NAN;
        }
    tns_fit_destroy(fit);
    return why.code != TNS_ERROR_CANCELLED || tns_error_set(err, why.code, "%s", why.text);
}

bool tns_ladder_left_out(const tns_sample_set *set, const tns_fit_options *options,
                         const tns_context *context, double *left_out, tns_error *err)
{
    tns_sample_set copy = *set;
    bool *done = calloc(set->count + 1, sizeof *done), fine = true;
    copy.samples = calloc(set->count + 1, sizeof *copy.samples);
    if (!done || !copy.samples)
        fine = tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    else
        memcpy(copy.samples, set->samples, set->count * sizeof *copy.samples);
    for (size_t i = 0; fine && i < set->count; i++)
        left_out[i] = NAN;
    for (size_t i = 0; fine && i < set->count; i++) {
        if (done[i] || set->samples[i].kind == TNS_FIT_BACKING)
            continue;
        fine = leave_out(&copy, options, i, context, left_out, err);
        for (size_t j = i; j < set->count; j++)
            done[j] = done[j] || same_mix(&set->samples[i], &set->samples[j]);
    }
    free(done);
    free(copy.samples);
    return fine;
}
