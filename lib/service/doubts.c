/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result is no surer than the readings it stands on: their doubts go with it. */
#include <string.h>

#include "base/text.h"
#include "color/prior.h"
#include "service/parts.h"

/* In L*, at k = 2: what a photo in good light reaches is about half of it. */
static const double POORLY_KNOWN = 4;

static const char TARGET[] = "the target", BACKING[] = "the backing", SKIN[] = "the skin";

/* What the ink lies on or in, of which much is true that is true of the target. */
static bool is_below(const char *what)
{
    return strcmp(what, BACKING) == 0 || strcmp(what, SKIN) == 0;
}

/* The sentence that stands there already, or NULL. */
static char *standing(tns_warnings *warnings, const char *text)
{
    for (size_t i = 0; i < warnings->count; i++)
        if (strcmp(warnings->text[i], text) == 0)
            return warnings->text[i];
    return NULL;
}

void tns_warn_of_estimate(tns_warnings *warnings, const char *what, const char *prior)
{
    static const char guess[] = ": what other lamps show is a guess";
    char of_target[TNS_WARNING_SIZE];
    const char *words = tns_prior_words(prior);
    bool below = is_below(what);
    tns_text_format(of_target, sizeof of_target,
                    "%s's spectrum was estimated from its color, as of %s%s", TARGET, words, guess);
    char *said = below ? standing(warnings, of_target) : NULL;
    if (said)
        tns_text_format(said, TNS_WARNING_SIZE,
                        "the spectra of target and %s were estimated from their colors, as of %s%s",
                        what + strlen("the "), words, guess);
    else
        tns_warn(warnings, "%s's spectrum was estimated from its color, as of %s%s", what, words,
                 below ? "" : guess);
}

static void warn_of(tns_warnings *warnings, const char *what, const char *text)
{
    char of_target[TNS_WARNING_SIZE];
    tns_text_format(of_target, sizeof of_target, "%s: %s", TARGET, text);
    char *said = is_below(what) ? standing(warnings, of_target) : NULL;
    if (said)
        tns_text_format(said, TNS_WARNING_SIZE, "the target and %s: %s", what, text);
    else
        tns_warn(warnings, "%s: %s", what, text);
}

void tns_warn_of_reading(tns_warnings *warnings, const char *what, const tns_reading *reading)
{
    if (reading->has_uncertainty && reading->uncertainty.L > POORLY_KNOWN)
        tns_warn(warnings, "%s is known to +-%.0f in L only", what, reading->uncertainty.L);
    for (size_t i = 0; i < reading->warnings.count; i++)
        warn_of(warnings, what, reading->warnings.text[i]);
}
