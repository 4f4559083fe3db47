/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two targets, never mixed up: a dot is read at arm's length, an area from across a table. */
#include <string.h>

#include <tonsure/service.h>

#include "base/text.h"
#include "service/zone/zone_parts.h"

typedef struct role {
    const char *option; /* in errors */
    const char *name;   /* in notes */
    const char *is;     /* "one dot" */
    const char *cure;
    tns_what what;
} role;

static const role roles[] = {
    [TNS_ROLE_DOT] = {"zone: --dot", "--dot", "one dot",
                      "give the color of one dot (photo --region dot=.., measure --what dot, a "
                      "prediction), or say --dot-is dot if it is that",
                      TNS_WHAT_DOT},
    [TNS_ROLE_SKIN] = {"zone: --skin", "--skin", "bare skin",
                       "give skin without hair and dots (photo --region skin=.., measure --what "
                       "skin), or say --skin-is skin if it is that",
                       TNS_WHAT_SKIN},
    [TNS_ROLE_AREA] = {"zone: --target", "--target", "an area",
                       "give the mean of an area (photo --region stubble=.., measure --what area), "
                       "or say --target-is area if it is that; for a dot's color there is match",
                       TNS_WHAT_AREA},
    [TNS_ROLE_HEALED] = {"--surface healed", "the skin", "bare skin",
                         "give skin without hair and dots", TNS_WHAT_SKIN},
    [TNS_ROLE_BARE] = {"skin fit", "the reading", "bare skin", "give skin without hair and dots",
                       TNS_WHAT_SKIN},
};

static const char *words_for(tns_what what)
{
    static const char *const words[] = {"something unnamed",   "one dot",
                                        "the mean of an area", "bare skin",
                                        "a lock of hair",      "ink"};
    return words[what];
}

/* Ink over skin is what a dot is made of; bare skin has a tone like any area. */
static bool fits(const role *r, tns_what what)
{
    return what == r->what || (r->what == TNS_WHAT_DOT && what == TNS_WHAT_INK) ||
           (r->what == TNS_WHAT_AREA && what == TNS_WHAT_SKIN);
}

void tns_role_warn(unsigned unsaid, tns_warnings *warnings)
{
    char options[80] = "", whats[80] = "";
    int left = 0;
    for (unsigned i = 0; i < sizeof roles / sizeof *roles; i++)
        left += (unsaid >> i & 1) != 0;
    bool several = left > 1;
    for (unsigned i = 0, said = 0; i < sizeof roles / sizeof *roles; i++) {
        if (!(unsaid >> i & 1))
            continue;
        const char *between = said++ == 0 ? "" : --left > 1 ? ", " : " and ";
        size_t o = strlen(options), w = strlen(whats);
        tns_text_format(options + o, sizeof options - o, "%s%s", between, roles[i].name);
        tns_text_format(whats + w, sizeof whats - w, "%s%s", between, roles[i].is);
    }
    if (options[0])
        tns_warn(warnings, "%s %s not say what %s of: taken for %s", options,
                 several ? "do" : "does", several ? "they are" : "it is", whats);
}

bool tns_role_take(tns_role which, tns_reading *reading, unsigned *unsaid, tns_error *err)
{
    const role *r = &roles[which];
    if (reading->what == TNS_WHAT_UNKNOWN) {
        *unsaid |= 1u << which;
        reading->what = r->what;
        return true;
    }
    return fits(r, reading->what) ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: the reading is of %s, not of %s: %s", r->option,
                         words_for(reading->what), r->is, r->cure);
}

bool tns_role_check_healed(const tns_reading *target, tns_warnings *warnings, tns_error *err)
{
    if (target->what == TNS_WHAT_AREA)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: --target: the reading is of the mean of an area, and healed "
                             "ink is the color of a dot: zone finds how many dots make that tone; "
                             "give the color of a dot, or say --what dot if it is that");
    if (target->what == TNS_WHAT_SKIN)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: --target: the reading is of bare skin, and healed ink is the "
                             "color of a dot: the skin belongs behind --surface healed:; give the "
                             "color of a dot, or say --what dot if it is that");
    if (target->what == TNS_WHAT_INK || target->what == TNS_WHAT_STRAND)
        tns_warn(warnings, "the target is read of %s: what is matched is a healed dot of its color",
                 words_for(target->what));
    return true;
}

bool tns_role_check_specular(tns_specular target, tns_specular skin, tns_warnings *warnings,
                             tns_error *err)
{
    static const char *const words[] = {"", "with", "without"};
    if (target == skin)
        return true;
    if (target != TNS_SPECULAR_UNKNOWN && skin != TNS_SPECULAR_UNKNOWN)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: --target is read %s the specular, the skin of --surface "
                             "healed %s it: that is 2.8 %% of the light; read both alike",
                             words[target], words[skin]);
    bool target_says = target != TNS_SPECULAR_UNKNOWN;
    tns_warn(warnings,
             "%s is read %s the specular, and %s does not say: taken to be read alike; if not, "
             "2.8 %% of the light is between them",
             target_says ? "the target" : "the skin", words[target_says ? target : skin],
             target_says ? "the skin" : "the target");
    return true;
}
