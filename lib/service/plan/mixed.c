/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was mixed for visits: what follows from one takes the same, whatever it was booked with. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

typedef struct sum {
    size_t count;
    struct {
        const char *what; /* borrowed */
        int64_t ul;
    } parts[TNS_POT_NEEDS_MAX];
} sum;

/* A part too many is none of those that a recipe has. */
static void add(sum *s, const tns_pot_taken *part)
{
    const char *what = part->kind == TNS_PRODUCT_DILUENT ? TNS_DILUENT_ITEM : part->pigment;
    size_t i = 0;
    while (i < s->count && strcmp(s->parts[i].what, what) != 0)
        i++;
    if (i == s->count && i < TNS_POT_NEEDS_MAX)
        s->parts[s->count++].what = what;
    if (i < s->count)
        s->parts[i].ul += part->ul;
}

/* "" where it would not fit. */
static void write_recipe(const sum *s, char out[TNS_RECIPE_TEXT_SIZE])
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < s->count; i++) {
        int n = tns_text_format(out + used, TNS_RECIPE_TEXT_SIZE - used, "%s%s=%" PRId64,
                                used ? "," : "", s->parts[i].what, s->parts[i].ul);
        used += n > 0 ? (size_t)n : 0;
        if (n <= 0 || used >= TNS_RECIPE_TEXT_SIZE) {
            out[0] = '\0';
            return;
        }
    }
}

static int by_visit(const void *one, const void *other)
{
    const tns_pot *a = one, *b = other;
    if (a->visit != b->visit)
        return a->visit < b->visit ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* Those of one visit, which stand together, as one. */
static size_t keep_one(tns_plan_work *w, const tns_pot_list *pots, size_t first)
{
    tns_plan_mixed *m = &w->mixed[w->mixed_count++];
    sum s = {0};
    size_t i = first;
    *m = (tns_plan_mixed){.visit = pots->pots[first].visit};
    for (; i < pots->count && pots->pots[i].visit == m->visit; i++) {
        m->ul += pots->pots[i].ul;
        for (size_t k = 0; k < pots->pots[i].part_count; k++)
            add(&s, &pots->pots[i].parts[k]);
    }
    write_recipe(&s, m->recipe);
    return i;
}

bool tns_plan_gather_mixed(tns_plan_work *w, tns_day from, tns_error *err)
{
    const tns_pot_question question = {.from = from};
    tns_pot_list pots = {0};
    bool done = tns_pot_list_find(w->stock, &question, &pots, err);
    if (done) {
        w->mixed = calloc(pots.count + 1, sizeof *w->mixed);
        done = w->mixed || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    }
    if (done && pots.count > 1)
        qsort(pots.pots, pots.count, sizeof *pots.pots, by_visit);
    for (size_t i = 0; done && i < pots.count;)
        i = keep_one(w, &pots, i);
    tns_pot_list_finish(&pots);
    return done;
}

static int is_of(const void *visit, const void *mixed)
{
    int64_t a = *(const int64_t *)visit, b = ((const tns_plan_mixed *)mixed)->visit;
    return (a > b) - (a < b);
}

const tns_plan_mixed *tns_plan_find_mixed(const tns_plan_work *w, int64_t visit)
{
    return bsearch(&visit, w->mixed, w->mixed_count, sizeof *w->mixed, is_of);
}
