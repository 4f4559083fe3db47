/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "service/palette/fit_scale.h"

/* Those that are the same bottle in both, each with what it says of the scale. */
typedef struct ties {
    tns_strength *strength;
    const char **name;
    size_t count;
    const char *option;
} ties;

static bool find_ties(const tns_palette *base, const tns_palette *fitted, const bool *is_tie,
                      ties *out, tns_error *err)
{
    out->strength = calloc(fitted->count + 1, sizeof *out->strength);
    out->name = calloc(fitted->count + 1, sizeof *out->name);
    if (!out->strength || !out->name)
        return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    for (size_t i = 0; i < fitted->count; i++) {
        const tns_pigment *p = &fitted->pigments[i];
        int at = tns_palette_index(base, p->id);
        if (!is_tie[i] || at < 0)
            continue;
        out->strength[out->count] = tns_strength_compare(&base->pigments[at], p);
        out->name[out->count++] = p->id;
    }
    return true;
}

static void free_ties(ties *t)
{
    free(t->strength);
    free(t->name);
}

/* The one that is furthest from what the others say; of two the one that errs more, as a white,
 * which is exact, is rather the measure. */
static size_t most_doubtful(const ties *t, double *doubt)
{
    size_t worst = 0;
    double unsure = 0, sd;
    *doubt = 0;
    for (size_t i = 0; i < t->count; i++) {
        double found = tns_scale_doubt(t->strength, t->count, i);
        tns_strength_usual(&t->strength[i], &sd);
        if (found > *doubt * (1 + 1e-9) || (found > *doubt * (1 - 1e-9) && sd > unsure)) {
            worst = i;
            unsure = sd;
            *doubt = found;
        }
    }
    return worst;
}

/* "; --new-bottle white says so", where there is such an option. */
static void say_how(const ties *t, const char *one, const char *other, char out[256])
{
    out[0] = '\0';
    if (t->option && other)
        tns_text_format(out, 256, "; say which, %s %s or %s %s", t->option, one, t->option, other);
    else if (t->option)
        tns_text_format(out, 256, "; %s %s says so", t->option, one);
}

static bool same_masstones(const tns_palette *base, const ties *t, tns_error *err)
{
    char how[256];
    for (size_t i = 0; i < t->count; i++) {
        if (!tns_strength_is_another(t->strength[i].masstone))
            continue;
        say_how(t, t->name[i], NULL, how);
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: the masstone of its %s is not that of the samples, by "
                             "more than errors explain: another bottle, which ties no scales%s",
                             base->name, t->name[i], how);
    }
    return true;
}

/* Beside the tie that is surest of those that are left. */
static size_t surest(const ties *t, size_t but)
{
    size_t best = but == 0;
    double sd, least = INFINITY;
    for (size_t i = 0; i < t->count; i++) {
        tns_strength_usual(&t->strength[i], &sd);
        if (i != but && sd < least) {
            least = sd;
            best = i;
        }
    }
    return best;
}

static bool contradict(const tns_palette *base, const ties *t, size_t worst, tns_error *err)
{
    char how[256];
    double sd, other_sd;
    size_t beside = surest(t, worst);
    double times = tns_strength_usual(&t->strength[worst], &sd) /
                   tns_strength_usual(&t->strength[beside], &other_sd);
    say_how(t, t->name[worst], t->name[beside], how);
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "palette %s: beside %s its %s is %.2f times as strong as in the samples, "
                         "known to %.0f %%: one of the two is another bottle%s",
                         base->name, t->name[beside], t->name[worst], times,
                         100 * hypot(sd, other_sd), how);
}

static bool same_strengths(const tns_palette *base, const ties *t, tns_error *err)
{
    double doubt;
    size_t worst = most_doubtful(t, &doubt);
    return !tns_strength_is_another(doubt) || contradict(base, t, worst, err);
}

/* No band is left without a tie that says something there. */
static bool is_told(const tns_palette *base, const tns_scale *scale, tns_error *err)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (!isfinite(scale->sd[b]))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "palette %s: its scale is of another white, and no other pigment "
                                 "that the samples have too says how much stronger that is",
                                 base->name);
    return true;
}

bool tns_fit_find_scale(const tns_palette *base, const tns_palette *fitted, const bool *is_tie,
                        const char *option, tns_scale *scale, tns_error *err)
{
    ties t = {.option = option};
    *scale = (tns_scale){.times = {0}};
    if (base->model.absolute)
        return true;
    bool done = find_ties(base, fitted, is_tie, &t, err);
    if (done)
        *scale = tns_scale_of(t.strength, t.count);
    done = done && same_masstones(base, &t, err) && same_strengths(base, &t, err) &&
           is_told(base, scale, err);
    free_ties(&t);
    return done;
}
