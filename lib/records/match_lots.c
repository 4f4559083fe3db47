/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bottles a recipe would be mixed of. */
#include <math.h>

#include <tonsure/records.h>

/* Of one pigment so many microlitres, from as many bottles as it takes. */
static size_t take(const tns_stocked *s, int pigment, int64_t ul, tns_stocked_bottle *out)
{
    size_t count = 0;
    for (size_t i = 0; i < s->bottle_count && ul > 0; i++) {
        if (s->bottles[i].pigment != pigment)
            continue;
        out[count] = s->bottles[i];
        if (out[count].ul > ul)
            out[count].ul = ul;
        ul -= out[count++].ul;
    }
    return count;
}

size_t tns_match_lots(const tns_match_answer *answer, const tns_recipe *recipe,
                      tns_stocked_bottle *out)
{
    const tns_stocked *s = answer->stocked;
    size_t count = 0;
    if (!s || answer->request->continuous)
        return 0;
    for (size_t i = 0; i < recipe->part_count; i++)
        count +=
            take(s, recipe->parts[i].pigment, llround(recipe->parts[i].ml * 1000), out + count);
    if (recipe->diluent.ml > 0)
        count += take(s, recipe->diluent.pigment, llround(recipe->diluent.ml * 1000), out + count);
    return count;
}
