/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What healed work taught, for a person: each follow-up, the figures, and what to type next. */
#include <inttypes.h>
#include <stdio.h>

#include "course.h"

static void print_followup(const tns_course_followup *f)
{
    const char *what = f->what == TNS_WHAT_AREA ? "area" : f->what == TNS_WHAT_DOT ? "dot" : "?";
    cli_paragraph line = {0};
    printf("V%-5" PRId64 " %-4s day %-4d ", f->visit, what, f->days);
    if (f->has_seen)
        cli_say(&line, "%s, L %.1f  a %.1f  b %.1f", f->site, f->seen.L, f->seen.a, f->seen.b);
    else
        cli_say(&line, "%s, no color", f->site);
    if (f->has_forecasts)
        cli_say(&line, ": dE %.1f from the forecast, %.1f from one by what was learned",
                f->de00_before, f->de00_after);
    if (f->passed_over[0])
        cli_say(&line, "; passed over: %s", f->passed_over);
    cli_print_wrapped(21, line.text);
}

static void print_range(const char *label, const tns_learned_range *r, const char *unit)
{
    printf("%-10s %.2g%s (%.2g to %.2g, 9 in 10)\n", label, r->median, unit, r->low, r->high);
}

static void print_next(const tns_course_learned *l)
{
    const tns_healing_terms *t = &l->healing.terms;
    printf("%-10s --surface healed:SKIN,depth_mm=%.3g,deposit=%.3g\n", "Next match", t->depth_mm,
           t->deposit);
    if (l->has_width)
        printf("%-10s --diameter %.3g where it was to be %.3g\n", "Next zone",
               l->width.median * l->diameter_mm, l->diameter_mm);
}

int course_print_learned(const tns_course_learned *l)
{
    if (l->count == 0)
        printf("no follow-ups\n");
    for (size_t i = 0; i < l->count; i++)
        print_followup(&l->followups[i]);
    print_range("Depth", &l->healing.depth_mm, " mm");
    print_range("Ink left", &l->healing.load, " ul/cm2");
    if (l->has_width)
        print_range("Width", &l->width, " times what was planned");
    if (l->dots > 0)
        cli_row(11,
                "%-10s dE %.1f before, %.1f by what was learned: how well these fit, no forecast",
                "Forecasts", l->healing.de00_before, l->healing.de00_after);
    print_next(l);
    cli_print_warnings(&l->warnings);
    return 0;
}
