/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders by supplier, then what expires, then how far each item lasts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>

#include "plan.h"

enum { NAME = 20, TABLE = 77 }; /* columns of an item's name, and of the table of items */

/* "4.50 ml", or "12 pc". */
static const char *amount(double value, bool pieces, char out[24])
{
    if (pieces)
        snprintf(out, 24, "%.0f pc", value);
    else
        snprintf(out, 24, "%.2f ml", value / 1000);
    return out;
}

static const char *day(tns_day value, const char *none, char out[TNS_DAY_TEXT])
{
    tns_day_write(value, out);
    if (value == TNS_NO_DAY)
        snprintf(out, TNS_DAY_TEXT, "%s", none);
    return out;
}

/* ---- orders ---- */

static void print_mix(const tns_planned_order *o)
{
    char text[200];
    if (o->own_cents == 0)
        return;
    snprintf(text, sizeof text,
             "or mix it from open bottles: %.2f a year instead of %.2f, if the color allows",
             (double)o->mixed_cents / 100, (double)o->own_cents / 100);
    printf("    ");
    cli_print_wrapped(4, text);
}

static void print_order(const tns_planned_order *o)
{
    char by[TNS_DAY_TEXT], left[24], until[TNS_DAY_TEXT];
    printf("  by %s  %d x %s", day(o->by, "", by), o->bottles, o->product);
    if (o->cost_cents)
        printf("  %.2f", (double)o->cost_cents / 100);
    printf("\n    ");
    cli_print_wrapped(4, o->reason);
    if (o->will_expire >= 0.5)
        cli_row(6, "    of it %s will expire unused, from %s on",
                amount(o->will_expire, o->pieces, left), day(o->expires_on, "", until));
    print_mix(o);
}

static void print_orders(const tns_plan *plan)
{
    const char *supplier = NULL;
    if (plan->order_count == 0)
        printf("Nothing to order.\n");
    for (size_t i = 0; i < plan->order_count; i++) {
        const tns_planned_order *o = &plan->orders[i];
        if (!supplier || strcmp(supplier, o->supplier) != 0)
            printf("Order%s%s\n", o->supplier[0] ? " from " : "", o->supplier);
        supplier = o->supplier;
        print_order(o);
    }
}

/* ---- the rest ---- */

static void print_expiries(const tns_plan *plan)
{
    char ends[TNS_DAY_TEXT], left[24];
    if (plan->expiry_count > 0)
        printf("\nWill expire unused\n");
    for (size_t i = 0; i < plan->expiry_count; i++) {
        const tns_planned_expiry *e = &plan->expiries[i];
        cli_row(4, "  %s  B%-5" PRId64 " %-*s %10s", day(e->expires, "", ends), e->bottle,
                cli_field(NAME, e->product), e->product, amount(e->left, e->pieces, left));
    }
}

static double needed(const tns_plan *plan, const char *item, bool booked)
{
    double sum = 0;
    for (size_t i = 0; i < plan->week_count; i++)
        if (strcmp(plan->weeks[i].item, item) == 0)
            sum += booked ? plan->weeks[i].booked : plan->weeks[i].expected;
    return sum;
}

/* What a line tells of an item. */
typedef struct item_texts {
    char there[24], used[24], booked[24], expected[24], lasts[24];
} item_texts;

static item_texts tell_item(const tns_plan *plan, const tns_planned_item *p)
{
    item_texts t;
    amount(p->on_hand, p->pieces, t.there);
    amount(p->usable, p->pieces, t.used);
    amount(needed(plan, p->id, true), p->pieces, t.booked);
    amount(needed(plan, p->id, false), p->pieces, t.expected);
    day(p->on_hand > 0 ? p->lasts : TNS_NO_DAY, p->on_hand > 0 ? "the end" : "empty", t.lasts);
    return t;
}

static void print_row(const char *id, const item_texts *t)
{
    if (cli_columns(id) > NAME)
        printf("%s\n%-*s", id, NAME, "");
    else
        printf("%-*s", cli_field(NAME, id), id);
    printf(" %10s %10s %10s %10s  %s\n", t->there, t->used, t->booked, t->expected, t->lasts);
}

/* Where the table does not fit. */
static void print_item(const char *id, const item_texts *t)
{
    printf("%s\n", id);
    cli_row(4, "  %s on hand, %s will be used; %s booked, %s expected; %s%s", t->there, t->used,
            t->booked, t->expected, t->lasts[0] == 'e' ? "" : "lasts until ", t->lasts);
}

static void print_items(const tns_plan *plan)
{
    static const item_texts heads = {"on hand", "will use", "booked", "expected", "lasts until"};
    bool table = cli_width() >= TABLE;
    printf("\n");
    if (table)
        print_row("", &heads);
    for (size_t i = 0; i < plan->item_count; i++) {
        const item_texts t = tell_item(plan, &plan->items[i]);
        (table ? print_row : print_item)(plan->items[i].id, &t);
    }
}

/* ---- a shade that is mixed ---- */

static void print_difference(const tns_planned_mix *m)
{
    char text[240], one[24], other[24];
    int64_t less = m->without.cost_cents - m->with.cost_cents;
    snprintf(text, sizeof text,
             "All orders: %.2f in place of %.2f, %.2f %s; of them %s in place of %s will expire "
             "unused%s",
             (double)m->with.cost_cents / 100, (double)m->without.cost_cents / 100,
             (double)(less < 0 ? -less : less) / 100, less < 0 ? "more" : "less",
             amount(m->with.will_expire, false, one), amount(m->without.will_expire, false, other),
             m->with.unpriced + m->without.unpriced ? "; some have no price" : "");
    printf("  ");
    cli_print_wrapped(2, text);
}

/* Volume for volume the plan takes it; what is not nearly as strong is another recipe. */
static void print_look(const tns_planned_mix *m)
{
    char text[240], thinned[80] = "";
    if (m->strength > 1.1)
        snprintf(thinned, sizeof thinned, ": with diluent=%.3g more it is as strong", m->diluent);
    snprintf(text, sizeof text, "%sThe mix is dE %.1f from it, opaque, and %.2f times as strong%s",
             m->de00 > TNS_OFF_DE00 ? "No substitute, another color. " : "", m->de00, m->strength,
             thinned);
    printf("  ");
    cli_print_wrapped(2, text);
}

static void print_instead(const tns_planned_mix *m)
{
    char text[400], from[TNS_DAY_TEXT];
    if (m->from == TNS_NO_DAY)
        snprintf(text, sizeof text,
                 "This plan never finds too little of %s: nothing of it is to be mixed",
                 m->pigment);
    else
        snprintf(text, sizeof text, "From %s on %s is mixed: %s", day(m->from, "", from),
                 m->pigment, m->of);
    cli_print_wrapped(2, text);
    if (m->has_color)
        print_look(m);
    if (m->from != TNS_NO_DAY)
        print_difference(m);
}

void cli_print_plan(const tns_plan *plan)
{
    char from[TNS_DAY_TEXT], until[TNS_DAY_TEXT];
    cli_row(2, "%s to %s: %zu visit%s booked, %zu follow-up%s to come; service %.4g %%",
            day(plan->from, "", from), day(plan->until, "", until), plan->visits,
            cli_plural(plan->visits), plan->follow_ups, cli_plural(plan->follow_ups),
            100 * plan->service);
    if (plan->passed_over > 0)
        cli_row(2, "Passed over %zu of the bookings: cancelled, over, or no visit",
                plan->passed_over);
    if (plan->mix.pigment[0])
        print_instead(&plan->mix);
    printf("\n");
    print_orders(plan);
    print_expiries(plan);
    print_items(plan);
    for (size_t i = 0; i < plan->proposed_count; i++)
        printf("%sO%" PRId64, i ? ", " : "\nProposed: ", plan->proposed[i]);
    printf("%s", plan->proposed_count ? "\n" : "");
    cli_print_warnings(&plan->warnings);
}
