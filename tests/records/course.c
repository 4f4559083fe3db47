/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of what healed work taught: as written, and broken. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/course_records.h>

#include "records/broken.h"
#include "support/testing.h"

#define EXAMPLE "docs/schema/examples/course-learned-1.json"

static bool read_course(const char *text, size_t length, tns_error *err)
{
    tns_course_learned value;
    bool done = tns_course_learned_parse(text, length, "r.json", &value, err);
    tns_course_learned_finish(&value);
    return done;
}

/* That it is written again as it was, shelf.c tells, of all at once. */
START_TEST(of_the_example_every_part_is_read)
{
    size_t length;
    tns_course_learned value;
    tns_error err = {0};
    char *text = project_file(EXAMPLE, &length);
    ck_assert_msg(tns_course_learned_parse(text, length, "r.json", &value, &err), "%s", err.text);
    ck_assert(value.dots == 1 && value.areas == 1 && value.count == 3 && value.has_width);
    free(text);
    tns_course_learned_finish(&value);
}
END_TEST

START_TEST(every_broken_one_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"follow-ups of a number", "followups[", "7", TNS_ERROR_FORMAT, "followups: expected"},
        {"a follow-up of a number", "followups[", "[7]", TNS_ERROR_FORMAT,
         "followups[0]: expected an object"},
        {"a visit of a client", "visit", "\"C1\"", TNS_ERROR_FORMAT,
         "followups[0].visit: expected V and a number, found \"C1\""},
        {"a visit of no number", "visit", "\"V\"", TNS_ERROR_FORMAT, "visit: expected V"},
        {"on the day itself", "days", "0", TNS_ERROR_RANGE, "followups[0].days: expected 1"},
        {"a reading of teeth", "what", "\"teeth\"", TNS_ERROR_FORMAT, "what: expected"},
        {"no color", "seen{", NULL, TNS_ERROR_FORMAT, "seen: expected an object"},
        {"half a dot", "dots", "0.5", TNS_ERROR_FORMAT, "dots: expected a whole number"},
        {"no depth", "depth_mm{", NULL, TNS_ERROR_FORMAT, "depth_mm: expected an object"},
        {"an interval of one end", "ci90[", "[0]", TNS_ERROR_FORMAT,
         "ci90: expected 2 numbers, found 1"},
        {"no terms", "terms{", NULL, TNS_ERROR_FORMAT, "terms: expected an object"},
        {"a deposit of a bath", "deposit_ul_cm2", "5000", TNS_ERROR_RANGE,
         "terms.deposit_ul_cm2: expected 0 to 1000"},
        {"dots in circles", "arrangement", "\"circles\"", TNS_ERROR_FORMAT,
         "width.arrangement: expected random or grid"},
        {"n of a mirror", "yule_nielsen", "0.5", TNS_ERROR_RANGE,
         "width.yule_nielsen: expected 1 to 10"},
    };
    refuse_broken(EXAMPLE, "tonsure/course-learned/1", read_course, rows,
                  sizeof rows / sizeof *rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("course");
    TCase *tc = tcase_create("course");
    tcase_add_test(tc, of_the_example_every_part_is_read);
    tcase_add_test(tc, every_broken_one_is_refused_with_its_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
