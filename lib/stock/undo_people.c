/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "stock/facts_people.h"
#include "stock/undo_people.h"

bool tns_undo_conflict(const tns_entry *e, tns_error *err, const char *why)
{
    return tns_error_set(err, TNS_ERROR_CONFLICT, "entry %" PRId64 " (%s) cannot be taken back: %s",
                         e->id, tns_entry_kind_name(e->kind), why);
}

static bool find_client_of(tns_operation *o, const tns_subject *of, int64_t *client, tns_error *err)
{
    tns_visit visit;
    tns_pot_list pots = {0};
    const tns_pot_question one = {.pot = of->pot, .with_undone = true};
    *client = of->client;
    if (of->visit) {
        bool found = tns_expect_visit(o->db, of->visit, &visit, err);
        *client = found ? visit.client : 0;
        return found;
    }
    bool done = of->pot == 0 || tns_pot_rows(o->db, &one, &pots, err);
    if (done && pots.count > 0)
        *client = pots.pots[0].client;
    tns_pot_list_finish(&pots);
    return done;
}

bool tns_undo_nameless(tns_operation *o, const tns_entry *e, tns_error *err)
{
    int64_t client;
    const tns_subject of = tns_entry_subject(e);
    return find_client_of(o, &of, &client, err) && tns_expect_nameless(o, client, err);
}

/* Entries are taken back the last first, so a pot that was mixed with the opening is gone by now.
 */
bool tns_undo_visit(tns_operation *o, const tns_entry *e, tns_entry *counter, bool *skip,
                    tns_error *err)
{
    tns_people_facts f;
    tns_visit visit;
    tns_pot_list pots = {0};
    if (!tns_people_facts_read(e, &f, err) || !tns_expect_visit(o->db, f.visit, &visit, err))
        return false;
    if (visit.state != f.visit_state)
        return tns_undo_conflict(e, err, "the visit has gone on since");
    tns_client client;
    if (!tns_expect_client(o->db, visit.client, &client, err))
        return false;
    if (f.visit_was == TNS_VISIT_BOOKED && client.erased != TNS_NO_DAY)
        return tns_undo_conflict(e, err, "its client was erased, and nothing is booked for it");
    const tns_pot_question of_visit = {.visit = visit.id};
    bool done = tns_pot_rows(o->db, &of_visit, &pots, err);
    *skip = f.visit_state == TNS_VISIT_OPEN && pots.count > 0;
    tns_pot_list_finish(&pots);
    if (*skip)
        tns_warn(&o->out->warnings, "V%" PRId64 " stays open: a pot was mixed for it", visit.id);
    return done && tns_facts_visit_state(visit.id, f.visit_was, f.visit_state, counter, err);
}

/* A pot that is open again would be one of a closed visit. */
static bool check_visit_of(tns_operation *o, const tns_entry *e, const tns_pot *pot, tns_error *err)
{
    tns_visit visit;
    return tns_expect_visit(o->db, pot->visit, &visit, err) &&
           (visit.state != TNS_VISIT_CLOSED ||
            tns_undo_conflict(e, err, "its visit was closed since: take that back first"));
}

bool tns_undo_pot(tns_operation *o, const tns_entry *e, tns_entry *counter, tns_error *err)
{
    tns_people_facts f;
    tns_pot_list pots = {0};
    if (!tns_people_facts_read(e, &f, err))
        return false;
    const tns_pot_question one = {.pot = f.pot, .with_undone = true};
    bool done = tns_pot_rows(o->db, &one, &pots, err);
    bool stands = done && pots.count == 1 && pots.pots[0].state == f.pot_state;
    bool free = !stands || check_visit_of(o, e, &pots.pots[0], err);
    tns_pot_list_finish(&pots);
    if (done && !stands)
        return tns_undo_conflict(e, err, "the pot was closed since: take that back first");
    return done && free && tns_facts_pot_state(f.pot, f.pot_was, f.pot_state, 0, counter, err);
}

bool tns_undo_part(const tns_entry *e, tns_entry *counter, tns_error *err)
{
    tns_people_facts f;
    return !e->sets[0] ||
           (tns_people_facts_read(e, &f, err) && tns_facts_of_part(f.pot, -f.cost, counter, err));
}
