/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/kinds.h"

#include <inttypes.h>

#include "stock/words.h"

typedef enum subject { OF_ANY, OF_PRODUCT, OF_LOT, OF_BOTTLE, OF_PEOPLE } subject;

typedef struct kind {
    subject of;
    bool adds, takes; /* the amount may be above nothing; below */
    bool tells;       /* there are facts */
} kind;

static const kind kinds[] = {
    [TNS_ENTRY_PRODUCT] = {OF_PRODUCT, false, false, true},
    [TNS_ENTRY_LOT] = {OF_LOT, false, false, true},
    [TNS_ENTRY_RECEIVE] = {OF_BOTTLE, true, false, true},
    [TNS_ENTRY_OPEN] = {OF_BOTTLE, false, false, true},
    [TNS_ENTRY_USE] = {OF_BOTTLE, false, true, false},
    [TNS_ENTRY_WASTE] = {OF_BOTTLE, false, true, false},
    [TNS_ENTRY_COUNT] = {OF_BOTTLE, true, true, false},
    [TNS_ENTRY_MOVE] = {OF_BOTTLE, false, false, true},
    [TNS_ENTRY_QUARANTINE] = {OF_LOT, false, false, true},
    [TNS_ENTRY_RELEASE] = {OF_LOT, false, false, true},
    [TNS_ENTRY_RECALL] = {OF_LOT, false, false, true},
    [TNS_ENTRY_UNDO] = {OF_ANY, true, true, false},
    [TNS_ENTRY_INGREDIENT] = {OF_PRODUCT, false, false, true},
    [TNS_ENTRY_CLIENT] = {OF_PEOPLE, false, false, true},
    [TNS_ENTRY_ERASE] = {OF_PEOPLE, false, false, true},
    [TNS_ENTRY_VISIT] = {OF_PEOPLE, false, false, true},
    [TNS_ENTRY_POT] = {OF_PEOPLE, false, false, true},
    [TNS_ENTRY_TERMS] = {OF_PRODUCT, false, false, true},
    [TNS_ENTRY_ORDER] = {OF_ANY, false, false, true},
    [TNS_ENTRY_CARD] = {OF_PEOPLE, false, false, true},
    [TNS_ENTRY_RETIRE] = {OF_PRODUCT, false, false, true},
};

static subject subject_of(const tns_entry *e)
{
    return e->bottle ? OF_BOTTLE : e->lot ? OF_LOT : e->product[0] ? OF_PRODUCT : OF_PEOPLE;
}

bool tns_entry_check_kind(const tns_entry *entry, tns_error *err)
{
    const kind *may = &kinds[entry->kind];
    const char *what = NULL;
    if (may->of != OF_ANY && may->of != subject_of(entry))
        what = "is of something else than such an entry is of";
    else if ((entry->amount > 0 && !may->adds) || (entry->amount < 0 && !may->takes))
        what = "has an amount that such an entry cannot have";
    else if (may->tells && !entry->sets[0])
        what = "tells nothing";
    if (what)
        return tns_error_set(err, TNS_ERROR_FORMAT, "the entry (%s) %s",
                             tns_entry_kind_name(entry->kind), what);
    return (entry->undoes >= 0 && entry->undoes < entry->id) ||
           tns_error_set(err, TNS_ERROR_FORMAT,
                         "undoes: expected an entry before it, found %" PRId64, entry->undoes);
}
