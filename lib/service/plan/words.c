/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something is to be ordered, in one sentence. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

typedef struct sentence {
    char *text;
    size_t used;
} sentence;

static void say(sentence *s, const char *format, ...) TNS_PRINTF(2, 3);

static void say(sentence *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = tns_text_vformat(s->text + s->used, TNS_PLAN_REASON - s->used, format, args);
    va_end(args);
    s->used = n > 0 && s->used + (size_t)n < TNS_PLAN_REASON ? s->used + (size_t)n : s->used;
    s->text[s->used] = '\0';
}

/* "0.45 ml", "12 pc". */
static void say_amount(sentence *s, double amount, bool pieces)
{
    if (pieces)
        say(s, "%.3g pc", ceil(amount - 1e-9));
    else
        say(s, "%.*f ml", amount < 9995 ? 2 : 1, amount / 1000);
}

/* "3 booked S1 and 1 S2 need 0.90 ml": of each kind, how many, and what all take in full. */
static bool say_booked(sentence *s, const tns_plan_item *item, tns_day until)
{
    static const char *const names[] = {"S1", "S2", "S3", "S4", "touch-up"};
    size_t count[sizeof names / sizeof *names] = {0}, all = 0;
    double amount = 0;
    for (size_t i = 0; i < item->taking_count; i++) {
        const tns_plan_taking *t = &item->takings[i];
        if (!t->booked || t->day > until)
            continue;
        count[t->kind]++;
        all++;
        amount += t->amount;
    }
    if (all == 0)
        return false;
    const char *between = "";
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (count[k] > 0) {
            say(s, "%s%zu %s%s", between, count[k], between[0] ? "" : "booked ", names[k]);
            between = ", ";
        }
    say(s, " need%s ", all == 1 ? "s" : "");
    say_amount(s, amount, item->pieces);
    return true;
}

/* What follows and what will yet be booked, by the odds. */
static void say_expected(sentence *s, const tns_plan_item *item, const tns_standing *because,
                         bool after)
{
    double more = because->need - because->booked;
    if (more < 0.5)
        return;
    say(s, after ? ", others likely " : "visits to come likely need ");
    say_amount(s, more, item->pieces);
}

void tns_plan_reason(const tns_plan_item *item, const tns_item *asked, const tns_order_line *line,
                     char out[TNS_PLAN_REASON])
{
    sentence s = {.text = out};
    char until[TNS_DAY_TEXT];
    const tns_standing *b = &line->because;
    tns_day_write(b->until, until);
    say_expected(&s, item, b, say_booked(&s, item, b->until));
    say(&s, " until %s; there is ", until);
    say_amount(&s, fmax(b->usable, 0), item->pieces);
    if (b->cause == TNS_ORDER_SERVICE)
        say(&s, ", and to wait would leave %.2g visits without on average, where %.2g are allowed",
            b->short_uses, b->allowed);
    say(&s, "; lead %d d; order %g", asked->lead_days, line->packs);
}
