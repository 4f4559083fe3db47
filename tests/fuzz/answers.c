/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as the record of a match or, where they say so, of a correction: what is read keeps the
 * bounds of its arrays. No program writes these two again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_recipe(const tns_match_record *m, const tns_recipe_record *r)
{
    assert(r->part_count <= TNS_PARTS_MAX && r->viewing_count <= TNS_VIEWINGS_MAX);
    assert(m->recipe_count > 0 && (r->lot_count == 0 || r->lots[0].bottle > 0));
}

static bool read_match(const char *text, size_t size, tns_error *err)
{
    tns_match_record *m = tns_match_parse(text, size, "fuzz", err);
    for (size_t i = 0; m && i < m->recipe_count; i++)
        check_recipe(m, &m->recipes[i]);
    assert(!m || m->best_part_count <= TNS_PARTS_MAX);
    bool done = m != NULL;
    tns_match_record_destroy(m);
    return done;
}

static bool read_correction(const char *text, size_t size, tns_error *err)
{
    tns_correct_record *c = tns_correct_parse(text, size, "fuzz", err);
    for (size_t i = 0; c && i < c->addition_count; i++)
        assert(c->additions[i].part_count <= TNS_PARTS_MAX);
    assert(!c || (c->part_count <= TNS_PARTS_MAX && c->viewing_count <= TNS_VIEWINGS_MAX));
    bool done = c != NULL;
    tns_correct_record_destroy(c);
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char correction[] = "{\"schema\":\"tonsure/correct/1\"";
    tns_error err = {0};
    const char *text = (const char *)data;
    bool is_correction =
        size >= sizeof correction && memcmp(text, correction, sizeof correction - 1) == 0;
    bool done = is_correction ? read_correction(text, size, &err) : read_match(text, size, &err);
    assert(done || err.text[0]);
    return 0;
}
