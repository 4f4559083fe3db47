/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients, visits and pots for people. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clinic.h"

/* Of a visit that was booked, opened, closed or cancelled: whose it is, and of which day. */
static void print_visit(const stock_call *s)
{
    tns_visit visit;
    const tns_visit_list one = {.count = 1, .visits = &visit};
    if (s->change.written && s->change.made.visit > 0 &&
        tns_visit_find(s->stock, s->change.made.visit, &visit, NULL))
        clinic_print_visits(&one);
}

static void print_change(const stock_call *s)
{
    if (s->change.entries.count > 0) {
        stock_print_log(&s->change.entries, &s->change.bottles);
        print_visit(s);
    }
    if (!s->change.written)
        printf("(dry run: nothing was written)\n");
    cli_print_warnings(&s->change.warnings);
}

int clinic_end(stock_call *s, const char *action, bool done, const tns_error *err)
{
    int status = 0;
    if (!done)
        status = cli_fail(s->c, err);
    else if (s->c->json)
        status = cli_print_record(s->c, tns_clinic_change_write(action, &s->change, NULL, 0));
    else
        print_change(s);
    tns_stock_change_finish(&s->change);
    tns_stock_close(s->stock);
    return status;
}

/* ---- clients ---- */

void clinic_print_client(const tns_client *c)
{
    char day[TNS_DAY_TEXT];
    tns_day_write(c->erased ? c->erased : c->since, day);
    cli_paragraph line = {0};
    cli_say(&line, "C%-5" PRId64 " %s %s  %s", c->id, c->erased ? "erased" : "since ", day,
            c->card.name);
    if (!c->has_card && !c->erased)
        cli_say(&line, "no card in this store: what it is allergic to is not known "
                       "(stock import --cards)");
    for (size_t i = 0; i < c->card.allergy_count; i++)
        cli_say(&line, "%s%s",
                i                 ? ", "
                : c->card.name[0] ? "; allergic to "
                                  : "allergic to ",
                c->card.allergies[i]);
    if (c->has_card && !c->erased && c->card.allergy_count == 0)
        cli_say(&line, "%sno allergy told", c->card.name[0] ? "; " : "");
    cli_print_wrapped_from(0, 7, line.text);
}

/* ---- visits ---- */

void clinic_print_visits(const tns_visit_list *list)
{
    if (list->count == 0)
        printf("no visits\n");
    for (size_t i = 0; i < list->count; i++) {
        const tns_visit *v = &list->visits[i];
        char day[TNS_DAY_TEXT], area[32] = "";
        tns_day_write(v->day, day);
        if (v->area_mm2)
            snprintf(area, sizeof area, "%.4g cm2", (double)v->area_mm2 / 100);
        cli_row(7, "V%-5" PRId64 " %s  C%-5" PRId64 " %-8s  %-9s  %9s  %s", v->id, day, v->client,
                tns_visit_kind_name(v->kind), tns_visit_state_name(v->state), area, v->recipe);
    }
}

/* ---- readings ---- */

/* Another program may have written there. */
static bool read_reading(const tns_site_reading *r, tns_reading *out)
{
    tns_error ignored;
    return r->record && tns_reading_parse(r->record, strlen(r->record), "reading", out, &ignored);
}

static const char *what_words(tns_what what)
{
    switch (what) {
    case TNS_WHAT_DOT:
        return ": a dot";
    case TNS_WHAT_AREA:
        return ": an area";
    case TNS_WHAT_SKIN:
        return ": skin";
    case TNS_WHAT_STRAND:
        return ": a strand";
    case TNS_WHAT_INK:
        return ": ink";
    case TNS_WHAT_UNKNOWN:
        break;
    }
    return "";
}

void clinic_print_reading(const cli *c, const tns_site_reading *r)
{
    char when[40] = "at the visit";
    tns_reading reading;
    bool known = read_reading(r, &reading);
    if (r->days)
        snprintf(when, sizeof when, "%d day%s later", r->days, cli_plural((size_t)r->days));
    cli_row(7, "V%-5" PRId64 " %s read %s%s", r->visit, r->site, when,
            known ? what_words(reading.what) : "; what is on the card cannot be read");
    if (!known || !reading.has_color)
        return;
    printf("%7s", "");
    cli_swatch(c, &reading.color, 4);
    cli_print_color(&reading.color);
    printf("\n");
}

/* ---- pots ---- */

static void print_head(const tns_pot *p)
{
    char ml[32], until[32];
    cli_row(7, "P%-5" PRId64 " %s for V%" PRId64 ", C%" PRId64 ": %s, discard by %s", p->id,
            tns_pot_state_name(p->state), p->visit, p->client, stock_ml(p->ul, ml),
            stock_wall_time(p->discard_by, until));
}

void clinic_print_pot(const tns_pot *p, int64_t drop_nl)
{
    print_head(p);
    for (size_t i = 0; i < p->part_count; i++) {
        const tns_pot_taken *t = &p->parts[i];
        int64_t drop = drop_nl ? drop_nl : t->drop_nl;
        char ml[32];
        const char *what = t->pigment[0] ? t->pigment : t->product;
        cli_row(4, "  %-*s %10s  %7.1f drops  B%-5" PRId64 " lot %s", cli_field(20, what), what,
                stock_ml(t->ul, ml), (double)t->ul * 1000 / (double)drop, t->bottle, t->lot);
    }
    if (p->cost_millicents)
        printf("  cost %.2f\n", (double)p->cost_millicents / 100000);
    char left[32];
    if (p->state == TNS_POT_CLOSED)
        printf("  left %s, worth %.2f\n", stock_ml(p->left_ul, left),
               (double)tns_pot_waste_cents(p) / 100);
}

void clinic_print_pots(const tns_pot_list *list)
{
    if (list->count == 0)
        printf("no pots\n");
    for (size_t i = 0; i < list->count; i++)
        print_head(&list->pots[i]);
}
