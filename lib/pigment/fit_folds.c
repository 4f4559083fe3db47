/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "pigment/fit_folds.h"

enum { GROUPS_LEAST = 10, GROUPS_A_PIGMENT = 3 };

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
}

double tns_fit_row_de00(const tns_ink_system *system, size_t row, const tns_viewing *viewing)
{
    tns_spectrum seen = tns_spectrum_constant(0), predicted = tns_ink_system_predict(system, row);
    memcpy(seen.value, system->seen[row], sizeof seen.value);
    return tns_de00(tns_lab_from_spectrum(&seen, viewing),
                    tns_lab_from_spectrum(&predicted, viewing));
}

/* The same mix, over whatever backing. */
static bool same_blend(const tns_blend *a, const tns_blend *b)
{
    if (a->film != b->film || a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (a->pigment[i] != b->pigment[i] ||
            fabs(a->amount[i] - b->amount[i]) > 1e-6 * fabs(a->amount[i]))
            return false;
    return true;
}

/* The group of each row, numbered as they appear; how many there are. */
static size_t group_rows(const tns_ink_system *system, size_t *group)
{
    size_t groups = 0;
    for (size_t r = 0; r < system->rows; r++) {
        size_t other = 0;
        while (other < r && !same_blend(&system->blend[other], &system->blend[r]))
            other++;
        group[r] = other < r ? group[other] : groups++;
    }
    return groups;
}

bool tns_fit_folds_init(tns_fit_folds *folds, const tns_ink_system *system, tns_error *err)
{
    memset(folds, 0, sizeof *folds);
    folds->group = calloc(system->rows, sizeof *folds->group);
    folds->left_out = calloc(system->rows, sizeof *folds->left_out);
    if (!folds->group || !folds->left_out) {
        tns_fit_folds_finish(folds);
        return no_memory(err);
    }
    for (size_t r = 0; r < system->rows; r++)
        folds->left_out[r] = NAN;
    folds->groups = group_rows(system, folds->group);
    folds->enough = system->noise_known && folds->groups >= GROUPS_LEAST &&
                    folds->groups >= GROUPS_A_PIGMENT * (size_t)system->pigments;
    return true;
}

void tns_fit_folds_finish(tns_fit_folds *folds)
{
    free(folds->group);
    free(folds->left_out);
}

/* Whether every pigment of a row is in a row that is used. */
static bool is_known(const tns_ink_system *system, size_t row)
{
    bool known[TNS_FIT_PIGMENTS_MAX] = {false};
    for (size_t r = 0; r < system->rows; r++)
        for (int i = 0; system->used[r] && i < system->blend[r].count; i++)
            known[system->blend[r].pigment[i]] = true;
    for (int i = 0; i < system->blend[row].count; i++)
        if (!known[system->blend[row].pigment[i]])
            return false;
    return true;
}

static bool run_fold(tns_fit_folds *folds, const tns_ink_system *system, size_t fold,
                     const tns_viewing *viewing, tns_error *err)
{
    tns_ink_system *part = tns_ink_system_copy(system);
    if (!part)
        return no_memory(err);
    for (size_t r = 0; r < part->rows; r++)
        part->used[r] = folds->group[r] % TNS_FIT_FOLDS != fold;
    bool done = tns_ink_system_solve_part(part, err);
    for (size_t r = 0; done && r < part->rows; r++)
        if (!part->used[r] && is_known(part, r))
            folds->left_out[r] = tns_fit_row_de00(part, r, viewing);
    tns_ink_system_destroy(part);
    return done;
}

bool tns_fit_folds_run(tns_fit_folds *folds, const tns_ink_system *system,
                       const tns_viewing *viewing, const tns_context *context, tns_error *err)
{
    for (size_t fold = 0; fold < TNS_FIT_FOLDS; fold++) {
        if (tns_context_cancelled(context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "fit: cancelled");
        if (!run_fold(folds, system, fold, viewing, err))
            return false;
    }
    return true;
}

bool tns_fit_folds_worse(const tns_fit_folds *a, const tns_fit_folds *b, size_t rows)
{
    double n = 0, sum = 0, squares = 0;
    for (size_t r = 0; r < rows; r++) {
        double more = a->left_out[r] - b->left_out[r];
        if (isnan(more))
            continue;
        n += 1;
        sum += more;
        squares += more * more;
    }
    if (n < 2)
        return true;
    double mean = sum / n;
    return mean > sqrt(fmax(squares / n - mean * mean, 0) / (n - 1));
}
