/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry says was done, in a word or two for a person. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/sets.h"

/* A state's own word says it, but that nobody says "open" of what is done. */
static void tell_state(const tns_json_at *at, char *out, size_t size)
{
    char word[16];
    if (tns_json_get_text(at, "state", word, sizeof word, NULL))
        tns_text_copy(out, size, strcmp(word, "open") == 0 ? "opened" : word);
}

static void tell_count(const tns_json_at *at, const char *key, const char *of, char *out,
                       size_t size)
{
    int64_t count;
    if (tns_sets_get_number(at, key, &count, NULL))
        tns_text_format(out, size, "%" PRId64 " %s", count, of);
}

static void tell_allergies(const tns_json_at *at, char *out, size_t size)
{
    int64_t count;
    if (tns_sets_get_number(at, "allergies", &count, NULL))
        tns_text_format(out, size, "%" PRId64 " %s", count, count == 1 ? "allergy" : "allergies");
}

static void tell_mark(const tns_json_at *at, const char *key, const char *on, const char *off,
                      char *out, size_t size)
{
    bool marked;
    if (tns_json_opt_bool(at, key, &marked, NULL))
        tns_text_copy(out, size, marked ? on : off);
}

static void tell(const tns_json_at *at, char *out, size_t size)
{
    const tns_json_at now = tns_json_member(at, "now");
    if (tns_json_has(at, "now"))
        tell_state(&now, out, size);
    else if (tns_json_has(at, "state"))
        tell_state(at, out, size);
    else if (tns_json_has(at, "received") && tns_json_has(at, "order"))
        tell_count(at, "received", "came", out, size);
    else if (tns_json_has(at, "packs"))
        tell_count(at, "packs", "ordered", out, size);
    else if (tns_json_has(at, "allergies")) /* of before: now the count goes with the card */
        tell_allergies(at, out, size);
    else if (tns_json_has(at, "digest"))
        tns_text_copy(out, size, "card put");
    else if (tns_json_has(at, "recalled"))
        tell_mark(at, "recalled", "recalled", "not recalled", out, size);
    else if (tns_json_has(at, "quarantined"))
        tell_mark(at, "quarantined", "set aside", "released", out, size);
}

void tns_entry_deed(const tns_entry *entry, char *out, size_t size)
{
    tns_json_at root;
    tns_json *json = entry->sets[0] ? tns_sets_open(entry, &root, NULL) : NULL;
    tns_text_copy(out, size, "");
    if (json)
        tell(&root, out, size);
    tns_json_destroy(json);
}
