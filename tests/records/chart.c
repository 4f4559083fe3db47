/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts as records; photo.c has their examples, beside the photo's. */
#include <stdlib.h>
#include <string.h>

#include "records/broken.h"
#include "records/photo_again.h"
#include "records/same.h"
#include "support/testing.h"

static bool reads_chart(const char *text, size_t length, tns_error *err)
{
    tns_card *card = tns_chart_record_parse(text, length, "r.json", err);
    tns_card_destroy(card);
    return card != NULL;
}

static bool reads_charts(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_chart_entry *entries = tns_charts_parse(text, length, "r.json", &count, err);
    free(entries);
    return entries != NULL;
}

START_TEST(every_known_chart_and_a_bare_layout_become_records)
{
    size_t count;
    tns_error err = {0};
    const tns_chart_kind *kinds = tns_chart_kinds(&count);
    for (size_t k = 0; k <= count; k++) {
        tns_chart chart;
        ck_assert(k < count ? tns_chart_find(kinds[k].name, TNS_EDITION_AUTO, &chart, &err)
                            : tns_chart_grid(5, 3, &chart, &err));
        tns_card *card = tns_card_of(&chart, &err);
        for (int i = 0; k == count && i < chart.count; i++)
            card->patch[i].has_color = false;
        char *text = tns_chart_record_write(card);
        same_again(chart.kind, text, again_chart);
        free(text);
        tns_card_destroy(card);
    }
}
END_TEST

START_TEST(a_broken_record_is_refused_with_its_place)
{
    static const broken charts[] = {
        {"no rows", "rows", NULL, TNS_ERROR_FORMAT, "rows: "},
        {"one column", "columns", "1", TNS_ERROR_RANGE, "columns: "},
        {"a row more", "rows", "3", TNS_ERROR_FORMAT, "patches: expected 6 patches (3 rows of 2)"},
        {"a share of two", "patch_share", "2", TNS_ERROR_RANGE, "patch_share: "},
        {"a strange edition", "edition", "\"2014\"", TNS_ERROR_FORMAT, "edition: "},
        {"no patches", "patches[", "[]", TNS_ERROR_FORMAT, "patches: expected 4"},
        {"no name", "name", NULL, TNS_ERROR_FORMAT, "patches[0].name: "},
        {"another light", "illuminant", "\"D65\"", TNS_ERROR_FORMAT,
         "patches[0].reading: expected a color under D50"},
    };
    static const broken lists[] = {
        {"no charts", "charts[", "3", TNS_ERROR_FORMAT, "charts: "},
        {"no word", "word", NULL, TNS_ERROR_FORMAT, "charts[0].word: "},
    };
    refuse_broken("docs/schema/examples/chart-1.json", "tonsure/chart/1", reads_chart, charts,
                  sizeof charts / sizeof *charts);
    refuse_broken("docs/schema/examples/charts-1.json", "tonsure/charts/1", reads_charts, lists,
                  sizeof lists / sizeof *lists);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart records");
    TCase *tc = tcase_create("chart records");
    tcase_add_test(tc, every_known_chart_and_a_bare_layout_become_records);
    tcase_add_test(tc, a_broken_record_is_refused_with_its_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
