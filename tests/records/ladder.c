/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a ladder and of learning, broken at one place after another. */
#include <tonsure/palette_records.h>

#include "records/broken.h"

#define EXAMPLE(name) "docs/schema/examples/" name ".json"
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static bool read_plan(const char *text, size_t length, tns_error *err)
{
    tns_ladder_plan_record value;
    return tns_ladder_plan_parse(text, length, "r.json", &value, err);
}

static bool read_ladder(const char *text, size_t length, tns_error *err)
{
    tns_ladder_result *value = tns_ladder_parse(text, length, "r.json", err);
    tns_ladder_result_destroy(value);
    return value != NULL;
}

START_TEST(every_broken_plan_of_a_ladder_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"no bottle", "pigment", NULL, TNS_ERROR_FORMAT, "pigment: expected a text"},
        {"a white of a number", "partners{", "{\"white\": 3}", TNS_ERROR_FORMAT,
         "partners.white: expected a text"},
        {"neither films nor opaque", "samples", "\"fabric\"", TNS_ERROR_FORMAT,
         "samples: expected films or opaque, found \"fabric\""},
        {"films without load", "load", NULL, TNS_ERROR_FORMAT, "load: expected a number"},
        {"half a reading", "readings", "2.5", TNS_ERROR_FORMAT, "readings: expected a whole"},
        {"steps of text", "steps", "\"six\"", TNS_ERROR_FORMAT, "steps: expected an array"},
        {"a step of nothing", "steps", "[null]", TNS_ERROR_FORMAT, "steps[0]: expected an object"},
        {"a part of no kind", "part", "\"glue\"", TNS_ERROR_FORMAT,
         "parts[0].part: expected bottle, white, black or diluent, found \"glue\""},
        {"no drop", "drops", "0", TNS_ERROR_RANGE, "parts[0].drops: expected 1 to 1000, found 0"},
        {"an amount below 0", "amount", "-1", TNS_ERROR_RANGE, "amount: expected 0 to"},
        {"read on a third half", "read_on", "[\"grey\"]", TNS_ERROR_FORMAT,
         "read_on[0]: expected \"white\" or \"black\", found \"grey\""},
        {"no expectation", "expected_sd{", NULL, TNS_ERROR_FORMAT,
         "expected_sd: expected an object"},
        {"a deviation below 0", "K", "-0.1", TNS_ERROR_RANGE, "expected_sd.K: expected 0 to"},
        {"no written", "written", NULL, TNS_ERROR_FORMAT, "written: expected true or false"},
    };
    refuse_broken(EXAMPLE("ladder-plan-1"), "tonsure/ladder-plan/1", read_plan, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_ladder_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no bottle", "pigment", NULL, TNS_ERROR_FORMAT, "pigment: expected a text"},
        {"samples of a number", "samples[", "3", TNS_ERROR_FORMAT, "samples: expected an array"},
        {"a sample without id", "id", NULL, TNS_ERROR_FORMAT, "samples[0].id: expected a text"},
        {"no measured color", "measured{", NULL, TNS_ERROR_FORMAT,
         "samples[0].measured: expected an object"},
        {"a predicted L of text", "predicted{", "{\"L\": \"dark\", \"a\": 0, \"b\": 0}",
         TNS_ERROR_FORMAT, "samples[0].predicted.L: expected a number"},
        {"a distance below 0", "de00", "-1", TNS_ERROR_RANGE, "samples[0].de00: expected 0 to"},
        {"a leverage of 2", "leverage", "2", TNS_ERROR_RANGE,
         "samples[0].leverage: expected 0 to 1, found 2"},
        {"no summary", "summary{", NULL, TNS_ERROR_FORMAT, "summary: expected an object"},
        {"a summary of nothing", "fitted{", "{}", TNS_ERROR_FORMAT,
         "summary.fitted.samples: expected a number"},
        {"no deviations", "sd{", NULL, TNS_ERROR_FORMAT, "sd: expected an object"},
        {"warnings of text", "warnings[", "\"none\"", TNS_ERROR_FORMAT,
         "warnings: expected an array"},
    };
    refuse_broken(EXAMPLE("ladder-1"), "tonsure/ladder/1", read_ladder, rows, COUNT(rows));
}
END_TEST

static bool read_learn(const char *text, size_t length, tns_error *err)
{
    tns_learn_record *value = tns_learn_record_parse(text, length, "r.json", err);
    tns_learn_record_destroy(value);
    return value != NULL;
}

START_TEST(every_broken_record_of_learning_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"mixes of a number", "mixes[", "3", TNS_ERROR_FORMAT, "mixes: expected an array"},
        {"a mix without id", "id", NULL, TNS_ERROR_FORMAT, "mixes[0].id: expected a text"},
        {"no held_out", "held_out", NULL, TNS_ERROR_FORMAT, "mixes[0].held_out: expected true"},
        {"no color before", "before{", NULL, TNS_ERROR_FORMAT,
         "mixes[0].before: expected an object"},
        {"a distance below 0", "after_de00", "-1", TNS_ERROR_RANGE,
         "mixes[0].after_de00: expected 0 to"},
        {"a misfit of text", "misfit", "\"much\"", TNS_ERROR_FORMAT,
         "mixes[0].misfit: expected a number"},
        {"no summary", "summary{", NULL, TNS_ERROR_FORMAT, "summary: expected an object"},
        {"an ink without prior", "prior", NULL, TNS_ERROR_FORMAT, "inks[0].prior: expected a text"},
        {"two factors", "K_factor[", "[1, 2]", TNS_ERROR_FORMAT,
         "inks[0].K_factor: expected 3 numbers, found 2"},
        {"a factor below 0", "S_factor[", "[1, -2, 1]", TNS_ERROR_RANGE, "inks[0].S_factor[1]"},
        {"no shift", "shift", NULL, TNS_ERROR_FORMAT, "inks[0].shift: expected a number"},
        {"no written", "written", NULL, TNS_ERROR_FORMAT, "written: expected true or false"},
    };
    refuse_broken(EXAMPLE("learn-1"), "tonsure/learn/1", read_learn, rows, COUNT(rows));
}
END_TEST

static bool read_mixes(const char *text, size_t length, tns_error *err)
{
    tns_kept_mixes value;
    bool done = tns_kept_mixes_parse(text, length, "r.json", &value, err);
    tns_kept_mixes_destroy(&value);
    return done;
}

START_TEST(every_broken_list_of_kept_mixes_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no mixes", "mixes[", NULL, TNS_ERROR_FORMAT, "mixes: expected an array"},
        {"no id", "id", NULL, TNS_ERROR_FORMAT, "mixes[0].id: expected a text"},
        {"no parts", "parts[", "[]", TNS_ERROR_FORMAT, "mixes[0].parts: expected a part"},
        {"a part of nothing", "parts[", "[null]", TNS_ERROR_FORMAT,
         "mixes[0].parts[0]: expected an object"},
        {"nothing of a part", "amount", "0", TNS_ERROR_RANGE,
         "mixes[0].parts[0].amount: expected more than 0"},
        {"a third surface", "kind", "\"cloth\"", TNS_ERROR_FORMAT,
         "mixes[0].surface.kind: expected opaque or film"},
        {"a film of nothing", "load", "0", TNS_ERROR_RANGE, "mixes[0].surface.load"},
        {"no backing", "backing{", NULL, TNS_ERROR_FORMAT, "mixes[0].surface.backing"},
        {"no reading", "measured{", NULL, TNS_ERROR_FORMAT, "mixes[0].measured"},
    };
    refuse_broken(EXAMPLE("mixes-1"), "tonsure/mixes/1", read_mixes, rows, COUNT(rows));
}
END_TEST

static bool read_gamut(const char *text, size_t length, tns_error *err)
{
    tns_gamut_record *value = tns_gamut_record_parse(text, length, "r.json", err);
    tns_gamut_record_destroy(value);
    return value != NULL;
}

START_TEST(every_broken_gamut_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"no pigment", "pigments", "0", TNS_ERROR_RANGE, "pigments: expected 1 to"},
        {"cells of nothing", "cell", "0", TNS_ERROR_RANGE, "cell: expected 0.1 to"},
        {"a volume below 0", "volume", "-1", TNS_ERROR_RANGE, "volume: expected 0 to"},
        {"no box", "box{", NULL, TNS_ERROR_FORMAT, "box: expected an object"},
        {"half a side", "L[", "[3]", TNS_ERROR_FORMAT, "box.L: expected 2 numbers, found 1"},
        {"a target of nothing", "lab{", NULL, TNS_ERROR_FORMAT, "target.lab: expected an object"},
        {"inside as text", "inside", "\"yes\"", TNS_ERROR_FORMAT, "target.inside: expected true"},
        {"a part of 2", "fraction", "2", TNS_ERROR_RANGE,
         "target.parts[0].fraction: expected 0 to"},
        {"no slices", "slices[", NULL, TNS_ERROR_FORMAT, "slices: expected an array"},
        {"a slice of nothing", "slices[", "[null]", TNS_ERROR_FORMAT, "slices[0]: expected an"},
        {"a loop of text", "slices[", "[{\"L\": 10, \"loops\": [\"o\"]}]", TNS_ERROR_FORMAT,
         "slices[0].loops[0]: expected an array"},
        {"a point of three", "slices[", "[{\"L\": 10, \"loops\": [[[1, 2], [1, 2, 3]]]}]",
         TNS_ERROR_FORMAT, "slices[0].loops[0][1]: expected 2 numbers"},
        {"no written", "written", NULL, TNS_ERROR_FORMAT, "written: expected true or false"},
    };
    refuse_broken(EXAMPLE("gamut-1"), "tonsure/gamut/1", read_gamut, rows, COUNT(rows));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ladder");
    TCase *tc = tcase_create("ladder");
    tcase_add_test(tc, every_broken_plan_of_a_ladder_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_ladder_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_record_of_learning_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_list_of_kept_mixes_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_gamut_is_refused_with_its_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
