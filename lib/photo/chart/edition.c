/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart's colors before and since November 2014. */
#include <tonsure/chart.h>

const char *tns_edition_name(tns_edition edition)
{
    static const char *const names[] = {"auto", "before2014", "after2014"};
    return names[edition];
}

static tns_lab middle(tns_lab p, tns_lab q)
{
    return (tns_lab){(p.L + q.L) / 2, (p.a + q.a) / 2, (p.b + q.b) / 2};
}

static void choose(tns_chart *chart, tns_edition edition)
{
    chart->edition = edition;
    for (int i = 0; i < chart->count; i++) {
        tns_chart_patch *patch = &chart->patch[i];
        patch->reference = edition == TNS_EDITION_BEFORE_2014 ? patch->made[0]
                           : edition == TNS_EDITION_AFTER_2014
                               ? patch->made[1]
                               : middle(patch->made[0], patch->made[1]);
    }
}

bool tns_chart_in_edition(const tns_chart *chart, tns_edition edition, tns_chart *out,
                          tns_error *err)
{
    (void)err; /* nothing can fail now that a chart holds the colors of both */
    if (out != chart)
        *out = *chart;
    if (chart->has_editions)
        choose(out, edition);
    return true;
}
