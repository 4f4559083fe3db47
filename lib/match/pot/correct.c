/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pot acts like, whether that explains its reading, what to add: one after the other. */
#include <math.h>
#include <stdlib.h>

#include <tonsure/difference.h>

#include "match/pot/advise.h"
#include "match/pot/blame.h"

static void fill_effective(const tns_pot_job *j, tns_pot_correction *out)
{
    out->part_count = (size_t)j->pot.count;
    for (int i = 0; i < j->pot.count; i++) {
        double factor = j->effective.factor[i], nominal = j->request->units[i];
        tns_pot_part part = {.pigment = j->pot.components[i].pigment,
                             .nominal = nominal,
                             .effective = nominal * factor,
                             .factor = factor,
                             .factor_sd = tns_accounts_scatter(&j->accounts, i),
                             .spread = j->pot.spread[i]};
        out->parts[i] = part;
    }
}

static void fill_readings(const tns_pot_job *j, tns_pot_correction *out)
{
    const tns_pot_request *r = j->request;
    for (size_t v = 0; v < r->viewing_count; v++) {
        out->measured_color[v] = tns_color_from_spectrum(&r->measured, &r->viewings[v]);
        out->target_color[v] = tns_color_from_spectrum(&r->target, &r->viewings[v]);
        out->measured_de00[v] = tns_de00(out->target_color[v].lab, out->measured_color[v].lab);
    }
}

static void fill_volume(const tns_pot_job *j, tns_pot_correction *out)
{
    double pigment, diluent;
    tns_pot_volumes(j, &pigment, &diluent);
    out->ml = pigment + diluent;
    out->has_shade = j->problem.diluent != NULL;
    out->shade = tns_pot_shade(diluent, pigment);
}

static bool judge(tns_pot_job *j, const tns_context *context, tns_pot_correction *out,
                  tns_error *err)
{
    out->from_color = j->evidence.viewing != NULL;
    out->pigments = j->problem.count;
    fill_effective(j, out);
    fill_readings(j, out);
    fill_volume(j, out);
    tns_pot_blame(j, out);
    return out->refused ? tns_advise_nothing(j, out, err) : tns_advise(j, context, out, err);
}

tns_pot_correction *tns_pot_correct(const tns_pot_request *request, const tns_context *context,
                                    tns_error *err)
{
    tns_pot_job job;
    if (!tns_pot_job_init(&job, request, err))
        return NULL;
    tns_pot_correction *made = calloc(1, sizeof *made);
    bool done = made || tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    done = done && tns_accounts_find(&job.pot, &job.evidence, &job.accounts, err);
    done = done && tns_guesses_init(&job.guesses, &job.pot, &job.evidence, &job.accounts, err);
    if (done)
        job.effective = job.accounts.account[job.accounts.likeliest];
    done = done && judge(&job, context, made, err);
    tns_pot_job_finish(&job);
    if (done)
        return made;
    tns_pot_correction_destroy(made);
    return NULL;
}

void tns_pot_correction_destroy(tns_pot_correction *correction)
{
    if (!correction)
        return;
    free(correction->additions);
    free(correction);
}
