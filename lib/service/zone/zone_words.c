/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a zone is told to who will stand in front of it with a needle. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "service/words.h"
#include "service/zone/zone_parts.h"

/* Side by side an eye sees about dE 1; two areas apart, with skin between them, rather 2. */
static void say_seen(tns_sentence *s, const tns_zone *z)
{
    double de00 = z->dots.de00_to_skin;
    const char *way = z->dots.area.L > z->skin.L ? "lighter" : "darker";
    if (de00 < 1.5)
        tns_say(s, "%s from", de00 < 0.5 ? "not to be told" : "hardly to be told");
    else
        tns_say(s, "%s%s than", de00 < 3 ? "slightly " : de00 < 8 ? "" : "much ", way);
    tns_say(s, " the bare skin (dE %.1f)", de00);
}

/* Two digits of what was found: the rest would be a show. */
static double rounded(double value)
{
    double step = value >= 100 ? pow(10, floor(log10(value)) - 1) : 1;
    return value < 9.95 || isinf(value) ? value : round(value / step) * step;
}

/* Few dots need a decimal, widths two. */
static int decimals_of(double per_cm2)
{
    return per_cm2 < 9.95 ? 1 : 0;
}

static void say_density(tns_sentence *s, double per_cm2)
{
    tns_say(s, "%.*f", decimals_of(per_cm2), per_cm2);
}

static void say_range(tns_sentence *s, int decimals, const tns_zone_range *range)
{
    if (isinf(range->most))
        tns_say(s, " (%.*f or more)", decimals, range->least);
    else
        tns_say(s, " (%.*f to %.*f)", decimals, range->least, decimals, range->most);
}

static void say_found(tns_sentence *s, const tns_zone *z)
{
    const tns_zone_range rough = {rounded(z->per_cm2.least), rounded(z->per_cm2.most)};
    tns_say(s, "About ");
    say_density(s, rounded(z->dots.per_cm2));
    say_range(s, decimals_of(z->dots.per_cm2), &rough);
}

static void say_dots(tns_sentence *s, const tns_zone_dots *dots)
{
    double percent = 100 * dots->coverage;
    say_density(s, dots->per_cm2);
    tns_say(s, " dots per cm2 of %.3g mm cover ", dots->diameter_mm);
    if (percent < 9.95)
        tns_say(s, "%.2g %% of the skin", percent);
    else
        tns_say(s, "%.0f %% of the skin", percent);
}

static void say_forecast(tns_sentence *s, const tns_zone_record *r)
{
    const tns_zone_dots *dots = &r->zone.dots;
    say_dots(s, dots);
    tns_say(s, ": from talking distance the area is ");
    say_seen(s, &r->zone);
    if (r->has_target)
        tns_say(s, ", and %s than the target, dE %.1f from it",
                dots->area.L > r->zone.target.L ? "lighter" : "darker", dots->de00_to_target);
}

/* Which way what is left goes: the larger step of the two that dots do not change. */
static const char *leaning(tns_lab area, tns_lab target)
{
    double da = area.a - target.a, db = area.b - target.b;
    if (fabs(da) > fabs(db))
        return da > 0 ? "redder" : "greener";
    return db > 0 ? "yellower" : "bluer";
}

static void say_rest(tns_sentence *s, const tns_zone_record *r)
{
    const tns_zone_dots *dots = &r->zone.dots;
    double left = dots->de00_to_target;
    if (left < 0.5)
        tns_say(s, " give the area the target's tone, and its hue");
    else
        tns_say(s,
                " give the area the target's tone; it stays %s by dE %.1f, which no number of dots "
                "changes",
                leaning(dots->area, r->zone.target), left);
}

static void say_answer(tns_sentence *s, const tns_zone_record *r)
{
    const tns_zone *z = &r->zone;
    if (z->reach == TNS_ZONE_LIGHTER) {
        tns_say(s, "No dots: the area wanted is as light as the bare skin, as far as the readings "
                   "can tell");
        return;
    }
    if (r->sought == TNS_SOUGHT_DENSITY) {
        say_found(s, z);
        tns_say(s, " dots per cm2 of %.3g mm", z->dots.diameter_mm);
    } else {
        say_density(s, z->dots.per_cm2);
        tns_say(s, " dots per cm2 of %.3g mm", z->dots.diameter_mm);
        say_range(s, 2, &z->diameter_mm);
    }
    say_rest(s, r);
}

void tns_zone_sentence(const tns_zone_record *r, char *text, size_t size)
{
    tns_sentence s = {text, size};
    text[0] = '\0';
    if (r->failure.code != TNS_OK)
        tns_say(&s, "Out of reach: %s", r->failure.text + strlen("zone: "));
    else if (r->sought == TNS_SOUGHT_NOTHING)
        say_forecast(&s, r);
    else
        say_answer(&s, r);
    if (r->failure.code == TNS_OK && r->zone.dots.coverage > 0 && r->zone.dots.coverage < 1)
        tns_say(&s, "; the dots keep their own shade");
}

/* The readings' doubt lets an area be reached all the same, by so many at the least. */
static void fail_darker(const tns_zone_record *r, tns_error *out)
{
    const tns_zone *z = &r->zone;
    char known[64] = "";
    if (z->within_doubt && r->sought == TNS_SOUGHT_DENSITY && isfinite(z->per_cm2.least))
        tns_text_format(known, sizeof known, ", or at the least %.0f dots per cm2",
                        z->per_cm2.least);
    tns_error_set(out, TNS_ERROR_OUT_OF_REACH,
                  "zone: the area wanted is %s than the dot itself%s (L %.1f, the dot %.1f): it "
                  "takes a darker dot%s",
                  z->within_doubt ? "no lighter" : "darker",
                  z->within_doubt ? ", as far as the readings can tell" : "", z->target.L, z->dot.L,
                  known);
}

void tns_zone_failure(const tns_zone_record *r, tns_error *out)
{
    const tns_zone *z = &r->zone;
    memset(out, 0, sizeof *out);
    if (z->reach == TNS_ZONE_PALE)
        tns_error_set(out, TNS_ERROR_OUT_OF_REACH,
                      "zone: the dot is no darker than the skin (L %.1f, the skin %.1f): no number "
                      "of such dots darkens it",
                      z->dot.L, z->skin.L);
    else if (z->reach == TNS_ZONE_LIGHTER && !z->within_doubt)
        tns_error_set(
            out, TNS_ERROR_OUT_OF_REACH,
            "zone: the area wanted is lighter than the bare skin (L %.1f, the skin %.1f), "
            "and dots only darken",
            z->target.L, z->skin.L);
    else if (z->reach == TNS_ZONE_DARKER)
        fail_darker(r, out);
}
