/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The match record, whose example was made by the command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "base/json.h"
#include "support/testing.h"

typedef struct example {
    char *text;
    size_t length;
    tns_json *json;
    tns_match_record *match;
} example;

static example open_example(void)
{
    example e;
    tns_error err = {0};
    e.text = project_file("docs/schema/examples/match-1.json", &e.length);
    e.json = tns_json_parse(e.text, e.length, "m.json", &err);
    e.match = tns_match_parse(e.text, e.length, "m.json", &err);
    ck_assert_msg(e.json && e.match, "%s", err.text);
    return e;
}

static void close_example(example *e)
{
    tns_match_record_destroy(e->match);
    tns_json_destroy(e->json);
    free(e->text);
}

/* "recipes.0.parts.1.ml" in the document. */
static tns_json_at find(const example *e, const char *path)
{
    char copy[80], *rest = copy;
    tns_json_at at = tns_json_root(e->json, "m.json");
    ck_assert_uint_lt(strlen(path), sizeof copy);
    strcpy(copy, path);
    for (char *word = strtok_r(copy, ".", &rest); word; word = strtok_r(NULL, ".", &rest)) {
        bool digits = strspn(word, "0123456789") == strlen(word);
        at = digits ? tns_json_item(&at, strtoul(word, NULL, 10)) : tns_json_member(&at, word);
    }
    return at;
}

START_TEST(every_number_that_is_read_is_the_documents)
{
    example e = open_example();
    const tns_match_record *m = e.match;
    ck_assert_uint_ge(m->recipe_count, 2);
    const tns_recipe_record *first = &m->recipes[0], *second = &m->recipes[1];
    const struct {
        const char *path;
        double value;
    } rows[] = {
        {"target.lab.L", m->target.color.lab.L},
        {"target.uncertainty.a", m->target.uncertainty.a},
        {"target.uncertainty_between_visits.covariance.5", m->target.between_visits.covariance[5]},
        {"surface.load", m->surface.load},
        {"wanted.lab.a", m->wanted.color.lab.a},
        {"wanted.spectrum.values.7", m->wanted.spectrum.value[7]},
        {"weights.D65", m->weight[0]},
        {"weights.F11", m->weight[2]},
        {"search.pigments", (double)m->search.pigments},
        {"search.max_pigments", m->search.max_pigments},
        {"search.max_drops", m->search.max_units},
        {"search.max_shade", m->search.max_shade},
        {"search.recipes", (double)m->search.recipes},
        {"search.evaluated", (double)m->search.evaluated},
        {"search.seconds", m->search.seconds},
        {"search.threads", m->search.threads},
        {"recipes.0.rank", 1},
        {"recipes.0.parts.0.drops", first->parts[0].units},
        {"recipes.0.parts.0.fraction", first->parts[0].fraction},
        {"recipes.0.parts.0.ml", first->parts[0].ml},
        {"recipes.0.parts.0.g", first->parts[0].g},
        {"recipes.0.diluent.drops", first->diluent.units},
        {"recipes.0.diluent.fraction", first->diluent.fraction},
        {"recipes.0.diluent.ml", first->diluent.ml},
        {"recipes.0.diluent.g", first->diluent.g},
        {"recipes.0.objective", first->objective},
        {"recipes.0.de00.D65", first->de00[0]},
        {"recipes.0.de00.A", first->de00[1]},
        {"recipes.0.de00.F11", first->de00[2]},
        {"recipes.0.metamerism", first->metamerism},
        {"recipes.0.predicted.spectrum.values.35", first->predicted.spectrum.value[35]},
        {"recipes.0.predicted.lab.b", first->predicted.color.lab.b},
        {"recipes.0.rounding_loss", first->rounding_loss},
        {"recipes.0.de00_p95", first->odds.de00_p95},
        {"recipes.0.p_within", first->odds.p_within},
        {"recipes.0.p_darker", first->odds.p_darker},
        {"recipes.0.moved_by.pouring", first->odds.by_pouring},
        {"recipes.0.moved_by.palette", first->odds.by_palette},
        {"recipes.0.moved_by.target", first->odds.by_target},
        {"recipes.0.parts.1.one_more", first->odds.one_more[1]},
        {"recipes.0.diluent.one_more", first->odds.one_more_diluent},
        {"odds.tolerance", m->tolerance},
        {"odds.darker_step", m->darker_step},
        {"choices.closest", (double)m->choices.closest + 1},
        {"choices.surest", (double)m->choices.surest + 1},
        {"choices.simplest", (double)m->choices.simplest + 1},
        {"recipes.1.rank", 2},
        {"recipes.1.parts.0.drops", second->parts[0].units},
        {"recipes.1.objective", second->objective},
        {"best_possible.objective", m->best_objective},
        {"best_possible.parts.0.fraction", m->best_parts[0].fraction},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value;
        tns_error err = {0};
        tns_json_at at = find(&e, rows[i].path);
        ck_assert_msg(tns_json_number(&at, -1e12, 1e12, &value, &err), "%s: %s", rows[i].path,
                      err.text);
        CHECK_NEAR(rows[i].path, rows[i].value, value, 0);
    }
    close_example(&e);
}
END_TEST

START_TEST(every_text_that_is_read_is_the_documents)
{
    static const char *const kinds[] = {"drops", "ml", "g"};
    example e = open_example();
    const tns_match_record *m = e.match;
    const tns_recipe_record *first = &m->recipes[0];
    char confidence[2] = {first->confidence, '\0'}, shade[16];
    snprintf(shade, sizeof shade, "%d:1", first->shade);
    const struct {
        const char *path, *value;
    } rows[] = {
        {"target.source.kind", m->target.source.kind == TNS_SOURCE_PHOTO ? "photo" : "other"},
        {"palette", m->palette},
        {"palette_version", m->palette_version},
        {"surface.kind", m->surface.kind == TNS_SURFACE_FILM ? "film" : "opaque"},
        {"surface.name", m->surface.name},
        {"surface.load_unit", m->surface.load_unit},
        {"unit.kind", kinds[m->unit.kind]},
        {"answer", m->sentence},
        {"recipes.0.parts.0.pigment", first->parts[0].pigment},
        {"recipes.0.diluent.id", first->diluent.pigment},
        {"recipes.0.shade", shade},
        {"recipes.0.confidence", confidence},
        {"recipes.0.warnings.0", first->warnings.text[0]},
        {"odds.leave_out.1", m->odds_leave_out.text[1]},
        {"best_possible.parts.0.pigment", m->best_parts[0].pigment},
        {"warnings.0", m->warnings.text[0]},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[400];
        tns_error err = {0};
        tns_json_at at = find(&e, rows[i].path);
        ck_assert_msg(tns_json_text(&at, text, sizeof text, &err), "%s: %s", rows[i].path,
                      err.text);
        ck_assert_msg(strcmp(rows[i].value, text) == 0, "%s: expected \"%s\", found \"%s\"",
                      rows[i].path, text, rows[i].value);
    }
    close_example(&e);
}
END_TEST

START_TEST(what_is_counted_or_true_is_read_too)
{
    example e = open_example();
    const tns_match_record *m = e.match;
    const tns_recipe_record *first = &m->recipes[0];
    ck_assert(m->in_gamut && m->within_tolerance && m->search.exact);
    ck_assert(first->has_diluent && first->predicted.has_spectrum && first->predicted.has_color);
    tns_json_at recipes = find(&e, "recipes"), parts = find(&e, "recipes.0.parts"),
                best = find(&e, "best_possible.parts");
    ck_assert_uint_eq(m->recipe_count, tns_json_size(&recipes));
    ck_assert_uint_eq(first->part_count, tns_json_size(&parts));
    ck_assert_uint_eq(m->best_part_count, tns_json_size(&best));
    ck_assert_uint_eq(first->viewing_count, 3);
    ck_assert_str_eq(first->illuminant[0], "D65");
    ck_assert_str_eq(first->illuminant[2], "F11");
    ck_assert_uint_eq(m->surface.count, 1);
    ck_assert_int_eq(m->failure.code, TNS_OK);
    ck_assert(first->has_odds && first->distinct && m->choices.made);
    ck_assert(m->has_wanted && m->wanted.spectrum.reconstructed && m->weight_count == 3);
    ck_assert(m->pot_ml == 0 && first->lot_count == 0 && !m->held.options[0]);
    ck_assert(!m->choices.has_metamerism && !m->choices.has_cost);
    close_example(&e);
}
END_TEST

/* On an opaque layer there is neither diluent nor shade; a required tolerance may be missed. */
static const char opaque[] =
    "{\"schema\":\"tonsure/match/1\",\"later\":{},"
    "\"target\":{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":30,\"a\":1,\"b\":2}},"
    "\"palette\":\"kimera\",\"surface\":{\"kind\":\"opaque\",\"name\":\"opaque\",\"count\":3},"
    "\"unit\":{\"kind\":\"g\",\"size\":0.01},\"answer\":\"far off\","
    "\"search\":{\"pigments\":1,\"max_pigments\":1,\"max_drops\":30,\"recipes\":9007199254740992,"
    "\"evaluated\":1,\"exact\":false,\"seconds\":0,\"threads\":1},"
    "\"limits\":{\"min_drops\":[{\"pigment\":\"red\",\"drops\":2}],\"max_cost\":1.5,"
    "\"never_darker\":true},\"left_out\":[{\"pigment\":\"blue\",\"why\":\"has CI 74160\"}],"
    "\"recipes\":[{\"rank\":1,\"parts\":[{\"pigment\":\"red\",\"drops\":1,\"fraction\":1,\"ml\":0,"
    "\"g\":0.01,\"later\":1}],\"objective\":9,\"de00\":{\"D50\":9},\"metamerism\":0,"
    "\"predicted\":{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":40,\"a\":1,\"b\":2}},"
    "\"confidence\":\"B\",\"rounding_loss\":-0.5,\"cost\":1.25}],"
    "\"best_possible\":{\"objective\":9,\"parts\":[]},\"in_gamut\":false,"
    "\"within_tolerance\":false,\"choices\":{\"closest\":1,\"simplest\":1,\"cheapest\":1},"
    "\"missing\":{\"text\":\"needs a darker red\",\"nearest\":{\"L\":40,\"a\":1,\"b\":2,"
    "\"illuminant\":\"D50\",\"observer\":\"10\"},\"dL\":-10,\"dC\":0.5,\"dH\":0.25},"
    "\"error\":{\"code\":\"not-within-tolerance\",\"text\":\"dE 9, wanted 2\"}}";

START_TEST(water_to_be_measured_has_no_drops)
{
    example e = open_example();
    static const char head[] =
        "\"diluent\": {\"id\": \"water\", \"drops\": null, \"fraction\": 0.9, "
        "\"ml\": 2.75, \"g\": 2.7}, \"gone\"";
    char *text = malloc(e.length + sizeof head), *place = strstr(e.text, "\"diluent\"");
    ck_assert(text && place);
    sprintf(text, "%.*s%s%s", (int)(place - e.text), e.text, head, place + strlen("\"diluent\""));
    tns_error err = {0};
    tns_match_record *m = tns_match_parse(text, strlen(text), "m.json", &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    ck_assert_int_eq(m->recipes[0].diluent.units, 0);
    CHECK_NEAR("ml", m->recipes[0].diluent.ml, 2.75, 0);
    tns_match_record_destroy(m);
    free(text);
    close_example(&e);
}
END_TEST

/* `opaque` with members put in behind some words of it. */
static tns_match_record *read_with(const char *behind, const char *members, tns_error *err)
{
    char text[sizeof opaque + 1000];
    const char *place = strstr(opaque, behind);
    ck_assert(place != NULL);
    place += strlen(behind);
    int length =
        snprintf(text, sizeof text, "%.*s%s%s", (int)(place - opaque), opaque, members, place);
    return tns_match_parse(text, (size_t)length, "m.json", err);
}

START_TEST(bottles_and_what_held_it_back_are_read)
{
    tns_error err = {0};
    tns_match_record *m = read_with("\"palette\":\"kimera\",",
                                    "\"pot_ml\":3,\"weights\":{\"D65\":2000},\"held_back\":{"
                                    "\"by\":\"--only\",\"de00\":0.5},",
                                    &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    ck_assert_str_eq(m->held.options, "--only");
    CHECK_NEAR("held", m->held.de00, 0.5, 0);
    CHECK_NEAR("pot", m->pot_ml, 3, 0);
    CHECK_NEAR("weight", m->weight[0], 2000, 0);
    tns_match_record_destroy(m);

    m = read_with("\"cost\":1.25",
                  ",\"lots\":[{\"pigment\":\"red\",\"product\":\"r\",\"bottle\":\"B17\","
                  "\"lot\":\"A77\",\"ul\":120},{\"pigment\":\"red\",\"product\":\"r\","
                  "\"bottle\":\"B2\",\"lot\":\"A78\",\"ul\":5}]",
                  &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    const tns_recipe_record *recipe = m->recipes;
    ck_assert_uint_eq(recipe->lot_count, 2);
    ck_assert(recipe->lots[0].bottle == 17 && recipe->lots[1].ul == 5);
    ck_assert_str_eq(recipe->lots[0].lot, "A77");
    ck_assert_str_eq(recipe->lots[1].product, "r");
    tns_match_record_destroy(m);
}
END_TEST

START_TEST(a_bottle_that_is_none_is_named)
{
    static const char *const wrong[] = {"17", "B", "B0", "C17", "B1x", "B1234567890123456"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char lots[200];
        tns_error err = {0};
        snprintf(lots, sizeof lots,
                 ",\"lots\":[{\"pigment\":\"r\",\"product\":\"r\",\"bottle\":\"%s\",\"lot\":\"A\","
                 "\"ul\":1}]",
                 wrong[i]);
        ck_assert_msg(read_with("\"cost\":1.25", lots, &err) == NULL, "%s", wrong[i]);
        ck_assert_msg(strstr(err.text, "recipes[0].lots[0].bottle: expected") != NULL, "%s",
                      err.text);
    }
}
END_TEST

/* As long as the answer that writes it. */
START_TEST(the_longest_answer_is_read)
{
    char answer[sizeof((tns_match_answer *)0)->sentence];
    memset(answer, 'a', sizeof answer);
    answer[sizeof answer - 1] = '\0';
    char text[sizeof opaque + sizeof answer];
    const char *place = strstr(opaque, "far off");
    int length = snprintf(text, sizeof text, "%.*s%s%s", (int)(place - opaque), opaque, answer,
                          place + strlen("far off"));
    tns_error err = {0};
    tns_match_record *m = tns_match_parse(text, (size_t)length, "m.json", &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    ck_assert_str_eq(m->sentence, answer);
    tns_match_record_destroy(m);
}
END_TEST

START_TEST(a_match_without_what_may_be_absent_is_read)
{
    tns_error err = {0};
    tns_match_record *m = tns_match_parse(opaque, strlen(opaque), "m.json", &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    ck_assert(!m->recipes[0].has_diluent && !m->in_gamut && !m->search.exact);
    ck_assert(m->search.recipes == UINT64_C(9007199254740992));
    ck_assert_uint_eq(m->surface.count, 3);
    ck_assert_uint_eq(m->limits.least_count, 1);
    ck_assert_str_eq(m->limits.least[0].pigment, "red");
    ck_assert_int_eq(m->limits.least[0].units, 2);
    ck_assert(m->limits.max_cost == 1.5 && m->limits.never_darker);
    ck_assert_uint_eq(m->left_out_count, 1);
    ck_assert_str_eq(m->left_out[0].pigment, "blue");
    ck_assert_str_eq(m->left_out[0].why, "has CI 74160");
    ck_assert_int_eq(m->unit.kind, TNS_UNIT_GRAM);
    CHECK_NEAR("unit.size", m->unit.size, 0.01, 0);
    CHECK_NEAR("cost", m->recipes[0].cost, 1.25, 0);
    CHECK_NEAR("rounding_loss", m->recipes[0].rounding_loss, -0.5, 0);
    ck_assert_uint_eq(m->warnings.count + m->recipes[0].warnings.count, 0);
    ck_assert(!m->recipes[0].has_odds && m->tolerance == 0);
    ck_assert(!m->has_wanted && m->weight_count == 0 && !m->palette_version[0]);
    ck_assert(m->choices.made && m->choices.has_cost && m->choices.cheapest == 0);
    ck_assert_str_eq(m->missing.text, "needs a darker red");
    CHECK_NEAR("nearest", m->missing.nearest.b, 2, 0);
    CHECK_NEAR("dL", m->missing.dL, -10, 0);
    CHECK_NEAR("dC", m->missing.dC, 0.5, 0);
    CHECK_NEAR("dH", m->missing.dH, 0.25, 0);
    ck_assert_int_eq(m->failure.code, TNS_ERROR_TOLERANCE);
    ck_assert_str_eq(m->failure.text, "dE 9, wanted 2");
    tns_match_record_destroy(m);
    tns_match_record_destroy(NULL);
}
END_TEST

/* With %s for the shade. */
static const char real[] =
    "{\"schema\":\"tonsure/match/1\",\"target\":{\"schema\":\"tonsure/reading/"
    "1\",\"lab\":{\"L\":50,"
    "\"a\":0,\"b\":0,\"illuminant\":\"D65\",\"observer\":\"10\"}},\"palette\":\"p\",\"surface\":{"
    "\"kind\":"
    "\"film\",\"name\":\"film:s,1\",\"load\":1,\"load_unit\":\"ul/"
    "cm2\"},\"unit\":{\"kind\":\"drops\"},"
    "\"answer\":\"a\",\"search\":{\"pigments\":2,\"max_pigments\":2,\"continuous\":true,"
    "\"recipes\":3,"
    "\"evaluated\":9,\"exact\":false,\"seconds\":0.1,\"threads\":1},\"recipes\":[{\"rank\":1,"
    "\"parts\":["
    "{\"pigment\":\"red\",\"fraction\":0.125}],\"diluent\":{\"id\":\"water\",\"fraction\":0.875},"
    "\"shade\":\"%s\",\"objective\":0.5,\"de00\":{\"D65\":0.5},\"metamerism\":0,\"predicted\":"
    "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":50,\"a\":0,\"b\":0,\"illuminant\":\"D65\","
    "\"observer\":\"10\"}},\"confidence\":\"B\"}],\"best_possible\":{\"objective\":0.5,\"parts\":["
    "{\"pigment\":\"red\",\"fraction\":0.125}]},\"in_gamut\":true,\"within_tolerance\":true}";

static tns_match_record *read_real(const char *shade, tns_error *err)
{
    char text[sizeof real + 32];
    int length = snprintf(text, sizeof text, real, shade);
    return tns_match_parse(text, (size_t)length, "m.json", err);
}

START_TEST(real_amounts_are_shares)
{
    tns_error err = {0};
    tns_match_record *m = read_real("7.25:1", &err);
    ck_assert_msg(m != NULL, "%s", err.text);
    ck_assert(m->search.continuous && m->recipes[0].has_diluent);
    ck_assert_int_eq(m->recipes[0].parts[0].units, 0);
    CHECK_NEAR("fraction", m->recipes[0].parts[0].fraction, 0.125, 0);
    CHECK_NEAR("diluent", m->recipes[0].diluent.fraction, 0.875, 0);
    CHECK_NEAR("shade", m->recipes[0].real_shade, 7.25, 1e-12);
    ck_assert_int_eq(m->recipes[0].shade, 7);
    tns_match_record_destroy(m);
    static const char *const wrong[] = {"7.:1", ".5:1", "7.25", "7.25:2", "-1:1", "7.1234567:1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(read_real(wrong[i], &err) == NULL, "%s", wrong[i]);
        ck_assert_msg(strstr(err.text, "shade") != NULL, "%s", err.text);
    }
}
END_TEST

START_TEST(healed_skin_is_read_with_its_ranges_and_layers)
{
    size_t length;
    char *text = project_file("docs/schema/examples/match-healed-1.json", &length);
    tns_error err = {0};
    tns_match_record *m = tns_match_parse(text, length, "m.json", &err);
    example e = {text, length, tns_json_parse(text, length, "m.json", &err), m};
    ck_assert_msg(m && e.json, "%s", err.text);
    const tns_healed_record *h = &m->surface.healed;
    const struct {
        const char *path;
        double value;
    } rows[] = {
        {"surface.count", (double)m->surface.count},
        {"surface.depth_mm.low", h->low.depth_mm},
        {"surface.depth_mm.median", h->median.depth_mm},
        {"surface.thickness_mm.high", h->high.thickness_mm},
        {"surface.deposit.median", h->median.deposit},
        {"surface.retention.low", h->low.retention},
        {"surface.skin.melanin", h->skin.melanin},
        {"surface.skin.blood", h->skin.blood},
        {"surface.skin.oxygenation", h->skin.oxygenation},
        {"surface.skin.scattering", h->skin.scattering},
        {"surface.skin.exponent", h->skin.exponent},
        {"surface.skin.depth_mm", h->skin.depth_mm},
        {"surface.skin.fit_de00", h->fit_de00},
        {"surface.skin.ita", h->ita},
        {"recipes.0.healed.low.L", m->recipes[0].span.low.L},
        {"recipes.0.healed.low.a", m->recipes[0].span.low.a},
        {"recipes.0.healed.high.L", m->recipes[0].span.high.L},
        {"recipes.0.healed.high.b", m->recipes[0].span.high.b},
        {"recipes.0.moved_by.healing", m->recipes[0].odds.by_healing},
        {"blue_risk.db", m->blue.db},
        {"blue_risk.low", m->blue.db_low},
        {"blue_risk.high", m->blue.db_high},
        {"blue_risk.by_depth", m->blue.by_depth},
        {"blue_risk.cure.share", m->blue.cure_share},
        {"blue_risk.cure.db", m->blue.cured_db},
        {"blue_risk.cure.de00", m->blue.cured_de00},
    };
    ck_assert_int_eq(m->surface.kind, TNS_SURFACE_HEALED);
    ck_assert_str_eq(h->note, tns_healed_note());
    ck_assert(m->blue.known && m->blue.cure[0] && m->recipes[0].has_span);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value;
        tns_json_at at = find(&e, rows[i].path);
        ck_assert_msg(tns_json_number(&at, -1e12, 1e12, &value, &err), "%s", err.text);
        CHECK_NEAR(rows[i].path, rows[i].value, value, 0);
    }
    close_example(&e);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *tc = tcase_create("match");
    tcase_add_test(tc, every_number_that_is_read_is_the_documents);
    tcase_add_test(tc, every_text_that_is_read_is_the_documents);
    tcase_add_test(tc, healed_skin_is_read_with_its_ranges_and_layers);
    tcase_add_test(tc, what_is_counted_or_true_is_read_too);
    tcase_add_test(tc, water_to_be_measured_has_no_drops);
    tcase_add_test(tc, a_match_without_what_may_be_absent_is_read);
    tcase_add_test(tc, real_amounts_are_shares);
    tcase_add_test(tc, bottles_and_what_held_it_back_are_read);
    tcase_add_test(tc, a_bottle_that_is_none_is_named);
    tcase_add_test(tc, the_longest_answer_is_read);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
