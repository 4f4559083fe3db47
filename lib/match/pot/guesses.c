/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First the amounts, by an account and its covariance, which has the bottles' errors in it. Then
 * the bottles given those: errors and noise are drawn as if there were no reading, and moved by
 * what is to be expected of the residual that is left (conditioning by kriging: Hoffman, Ribak,
 * Astrophys. J. 380, L5 (1991)).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/pot/guesses.h"

/* Any would do; it is fixed, so that the same question has the same odds. */
static const uint64_t SEED = 2000;

/* What a draw needs of one account. */
typedef struct account {
    double root[TNS_POT_MAX][TNS_POT_MAX]; /* of its covariance */
    tns_bottles bottles;                   /* near its amounts */
} account;

typedef struct source {
    const tns_pot *pot;
    const tns_evidence *evidence;
    const tns_accounts *accounts;
    account *each;
} source;

/* What is drawn; the rest is as it is to be expected. */
typedef struct drawn {
    bool amounts, bottles;
} drawn;

/* By that account. */
static void draw_factors(const source *s, int w, tns_random *random, double *factor)
{
    double z[TNS_POT_MAX];
    for (int i = 0; i < s->pot->count; i++)
        z[i] = tns_draw_normal(random);
    for (int i = 0; i < s->pot->count; i++) {
        double log_step = 0;
        for (int k = 0; k <= i; k++)
            log_step += s->each[w].root[i][k] * z[k];
        factor[i] = s->accounts->account[w].factor[i] * exp(log_step);
    }
}

/* One unit of each part, as if nothing had been read. */
static void draw_bottles(const tns_pot *pot, tns_random *random, tns_colorant_fields *errors,
                         tns_mix *bottle)
{
    for (int i = 0; i < pot->count; i++) {
        if (!pot->errors[i].stated)
            continue;
        tns_colorant_draw_fields(pot->errors[i].r, random, &errors[i]);
        tns_colorant_move(&pot->errors[i], &errors[i], &bottle[i]);
    }
}

/* What was read, less what would be; `random` = with noise. */
static void residual_of(const source *s, const tns_guess *guess, tns_random *random, double *out)
{
    tns_mix mix;
    double read[TNS_BANDS];
    tns_pot_mix(s->pot, guess->factor, guess->bottle, &mix);
    tns_spectrum seen = tns_evidence_see(s->evidence, &mix);
    tns_evidence_read(s->evidence, &seen, read);
    for (int i = 0; i < s->evidence->count; i++) {
        double noise = random ? s->evidence->noise * tns_draw_normal(random) : 0;
        out[i] = s->evidence->value[i] - read[i] - noise;
    }
}

/* The bottles that go with the guess's amounts; `random` NULL = as they are to be expected. */
static void fill_bottles(const source *s, int w, tns_random *random, tns_guess *out)
{
    tns_colorant_fields stray[TNS_POT_MAX];
    double residual[TNS_BANDS];
    for (int i = 0; i < s->pot->count; i++)
        out->bottle[i] = tns_component_unit(&s->pot->components[i]);
    if (!tns_pot_is_unsure(s->pot))
        return;
    if (random)
        draw_bottles(s->pot, random, stray, out->bottle);
    residual_of(s, out, random, residual);
    tns_bottles_expect(&s->each[w].bottles, residual, random ? stray : NULL, out->bottle);
}

static void make(const source *s, drawn which, tns_random *random, tns_guess *out)
{
    tns_mix mix;
    const tns_accounts *a = s->accounts;
    int w = which.amounts ? tns_accounts_pick(a, tns_random_unit(random)) : a->likeliest;
    memcpy(out->factor, a->account[w].factor, sizeof out->factor);
    if (which.amounts)
        draw_factors(s, w, random, out->factor);
    fill_bottles(s, w, which.bottles ? random : NULL, out);
    tns_pot_mix(s->pot, out->factor, out->bottle, &mix);
    out->seen = tns_evidence_see(s->evidence, &mix);
}

static void make_many(const source *s, drawn which, int count, tns_guess *out)
{
    tns_random random = tns_random_make(SEED);
    for (int n = 0; n < count; n++)
        make(s, which, &random, &out[n]);
}

static void fill_source(source *s)
{
    for (int w = 0; w < s->accounts->count; w++) {
        const tns_effective *one = &s->accounts->account[w];
        tns_effective_root(one, s->pot->count, s->each[w].root);
        tns_bottles_init(&s->each[w].bottles, s->pot, s->evidence, one->factor, false);
    }
}

bool tns_guesses_init(tns_guesses *guesses, const tns_pot *pot, const tns_evidence *evidence,
                      const tns_accounts *accounts, tns_error *err)
{
    source s = {pot, evidence, accounts, calloc((size_t)accounts->count, sizeof *s.each)};
    guesses->all = calloc(TNS_GUESSES + 2 * TNS_FEW_GUESSES, sizeof *guesses->all);
    bool done =
        (s.each && guesses->all) || tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    if (done) {
        guesses->by_amounts = guesses->all + TNS_GUESSES;
        guesses->by_bottles = guesses->by_amounts + TNS_FEW_GUESSES;
        fill_source(&s);
        make(&s, (drawn){false, false}, NULL, &guesses->likeliest);
        make_many(&s, (drawn){true, true}, TNS_GUESSES, guesses->all);
        make_many(&s, (drawn){true, false}, TNS_FEW_GUESSES, guesses->by_amounts);
        make_many(&s, (drawn){false, true}, TNS_FEW_GUESSES, guesses->by_bottles);
    }
    free(s.each);
    return done;
}

void tns_guesses_finish(tns_guesses *guesses)
{
    free(guesses->all);
    guesses->all = NULL;
}
