/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders by supplier, then what expires, then how far each item lasts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>

#include "plan.h"

enum { NAME = 20 }; /* columns of an item's name */

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
        printf("    of it %s will expire unused, from %s on\n",
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
        printf("  %s  B%-5" PRId64 " %-*s %10s\n", day(e->expires, "", ends), e->bottle, NAME,
               e->product, amount(e->left, e->pieces, left));
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

static void print_items(const tns_plan *plan)
{
    char there[24], used[24], b[24], c[24], lasts[TNS_DAY_TEXT];
    printf("\n%-*s %10s %10s %10s %10s  %s\n", NAME, "", "on hand", "will use", "booked",
           "expected", "lasts until");
    for (size_t i = 0; i < plan->item_count; i++) {
        const tns_planned_item *p = &plan->items[i];
        const char *end = p->on_hand > 0 ? day(p->lasts, "the end", lasts) : "empty";
        printf("%-*s %10s %10s %10s %10s  %s\n", NAME, p->id, amount(p->on_hand, p->pieces, there),
               amount(p->usable, p->pieces, used), amount(needed(plan, p->id, true), p->pieces, b),
               amount(needed(plan, p->id, false), p->pieces, c), end);
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
    printf("%s to %s: %zu visit%s booked, %zu follow-up%s to come; service %.4g %%\n",
           day(plan->from, "", from), day(plan->until, "", until), plan->visits,
           cli_plural(plan->visits), plan->follow_ups, cli_plural(plan->follow_ups),
           100 * plan->service);
    if (plan->passed_over > 0)
        printf("Passed over %zu of the bookings: cancelled, over, or no visit\n",
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
