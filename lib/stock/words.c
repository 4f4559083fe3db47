/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/month.h>

#include "base/text.h"
#include "stock/words.h"

/* Each in the order of its enumeration. */
static const char *const product_kinds[] = {"pigment", "diluent", "consumable"};
static const char *const label_states[] = {"", "mixture", "nothing"};
static const char *const statuses[] = {"ok",          "empty",    "expired",
                                       "quarantined", "recalled", "retired"};
static const char *const entry_kinds[] = {
    "product", "lot",        "receive", "open",   "use",   "waste",      "count",
    "move",    "quarantine", "release", "recall", "undo",  "ingredient", "client",
    "erase",   "visit",      "pot",     "terms",  "order", "card",       "retire"};
static const char *const visit_kinds[] = {"s1", "s2", "s3", "touch-up"};
static const char *const visit_states[] = {"booked", "open", "closed", "cancelled"};
static const char *const pot_states[] = {"mixed", "closed", "undone"};
static const char *const order_states[] = {"proposed", "sent", "received", "cancelled"};
static const char *const waste_reasons[] = {"expired",  "spill",      "contaminated",
                                            "leftover", "patch-test", "pot"};

enum {
    PRODUCT_KINDS = sizeof product_kinds / sizeof *product_kinds,
    STATUSES = sizeof statuses / sizeof *statuses,
    ENTRY_KINDS = sizeof entry_kinds / sizeof *entry_kinds,
    VISIT_KINDS = sizeof visit_kinds / sizeof *visit_kinds,
    VISIT_STATES = sizeof visit_states / sizeof *visit_states,
    POT_STATES = sizeof pot_states / sizeof *pot_states,
    ORDER_STATES = sizeof order_states / sizeof *order_states,
    WASTE_REASONS = TNS_WASTE_POT /* no reason to give: it follows from closing a pot */
};

static int index_of(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

const char *tns_product_kind_name(tns_product_kind kind)
{
    return (unsigned)kind < PRODUCT_KINDS ? product_kinds[kind] : "";
}

const char *tns_label_states_name(tns_label_states states)
{
    return (unsigned)states < 3 ? label_states[states] : "";
}

bool tns_label_states_parse(const char *word, tns_label_states *out)
{
    static const char whole[] = "Mixture for use in tattoos or permanent make-up";
    int index = tns_text_same(word, whole) ? 1 : index_of(label_states, 3, word);
    if (index > 0)
        *out = (tns_label_states)index;
    return index > 0;
}

const char *tns_bottle_status_name(tns_bottle_status status)
{
    return (unsigned)status < STATUSES ? statuses[status] : "";
}

const char *tns_entry_kind_name(tns_entry_kind kind)
{
    return (unsigned)kind < ENTRY_KINDS ? entry_kinds[kind] : "";
}

bool tns_entry_kind_parse(const char *word, tns_entry_kind *out)
{
    int index = index_of(entry_kinds, ENTRY_KINDS, word);
    if (index >= 0)
        *out = (tns_entry_kind)index;
    return index >= 0;
}

bool tns_product_kind_parse(const char *word, tns_product_kind *out)
{
    int index = index_of(product_kinds, PRODUCT_KINDS, word);
    if (index >= 0)
        *out = (tns_product_kind)index;
    return index >= 0;
}

const char *tns_visit_kind_name(tns_visit_kind kind)
{
    return (unsigned)kind < VISIT_KINDS ? visit_kinds[kind] : "";
}

const char *tns_visit_state_name(tns_visit_state state)
{
    return (unsigned)state < VISIT_STATES ? visit_states[state] : "";
}

const char *tns_pot_state_name(tns_pot_state state)
{
    return (unsigned)state < POT_STATES ? pot_states[state] : "";
}

bool tns_visit_kind_parse(const char *word, tns_visit_kind *out)
{
    int index = index_of(visit_kinds, VISIT_KINDS, word);
    if (index >= 0)
        *out = (tns_visit_kind)index;
    return index >= 0;
}

bool tns_visit_state_parse(const char *word, tns_visit_state *out)
{
    int index = index_of(visit_states, VISIT_STATES, word);
    if (index >= 0)
        *out = (tns_visit_state)index;
    return index >= 0;
}

bool tns_pot_state_parse(const char *word, tns_pot_state *out)
{
    int index = index_of(pot_states, POT_STATES, word);
    if (index >= 0)
        *out = (tns_pot_state)index;
    return index >= 0;
}

const char *tns_unit_name(bool pieces)
{
    return pieces ? "pc" : "ul";
}

bool tns_is_waste_reason(const char *word)
{
    return index_of(waste_reasons, WASTE_REASONS, word) >= 0;
}

const char *tns_order_state_name(tns_order_state state)
{
    return (unsigned)state < ORDER_STATES ? order_states[state] : "";
}

bool tns_order_state_parse(const char *word, tns_order_state *out)
{
    int index = index_of(order_states, ORDER_STATES, word);
    if (index >= 0)
        *out = (tns_order_state)index;
    return index >= 0;
}

const char *tns_waste_name(tns_waste waste)
{
    return (unsigned)waste < TNS_WASTE_COUNT ? waste_reasons[waste] : "";
}
