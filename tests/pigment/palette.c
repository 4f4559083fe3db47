/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/palette.h>

#include "base/file.h"
#include "support/testing.h"

static tns_palette *parse(const char *text)
{
    tns_error err = {0};
    tns_palette *palette = tns_palette_parse(text, strlen(text), "test", &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    return palette;
}

#define GRID "\"grid\":{\"start_nm\":400,\"step_nm\":150,\"bands\":3}"
#define HEAD(kind)                                                                                 \
    "{\"schema\":\"tonsure/palette/1\",\"name\":\"t\",\"model\":{\"kind\":\"" kind "\"}," GRID ","

static const char full[] =
    "{\"schema\":\"tonsure/palette/1\",\"name\":\"full\",\"version\":\"3\",\"provenance\":\"made "
    "up\","
    "\"later_field\":{\"of\":\"a newer version\"},"
    "\"model\":{\"kind\":\"two-constant\",\"saunderson\":{\"k1\":0.03,\"k2\":0.65},"
    "\"specular\":\"included\",\"scale\":\"absolute\",\"amount_basis\":\"mass\","
    "\"load_unit\":\"mg/cm2\",\"medium_n\":1.4}," GRID ",\"pigments\":["
    "{\"id\":\"black\",\"name\":\"Deep "
    "black\",\"kind\":\"preshade\",\"K\":[9,8,7.125],\"S\":[0.1,0.2,0.3],"
    "\"color_index\":[\"CI 77266\",\"CI 77499\"],"
    "\"ingredients\":[{\"name\":\"Carbon black\",\"cas\":\"1333-86-4\"},{\"name\":\"Perfume\"}],"
    "\"sterile\":false,\"density_g_ml\":1.08,\"drop_ml\":0.035,\"drop_cv\":0.03,\"cost_per_ml\":2."
    "5,"
    "\"origin\":\"modelled\",\"uncertainty\":0.3,\"source\":\"a bottle\"},"
    "{\"id\":\"water\",\"kind\":\"diluent\",\"sterile\":true,\"K\":[0,0,0],\"S\":[0,0,0]}]}";

START_TEST(every_field_of_the_contract_is_read)
{
    tns_palette *p = parse(full);
    const tns_palette_model *m = &p->model;
    ck_assert_str_eq(p->name, "full");
    ck_assert_str_eq(p->version, "3");
    ck_assert_str_eq(p->provenance, "made up");
    ck_assert(!m->single_constant && m->specular_included && m->absolute);
    ck_assert(m->k1 == 0.03 && m->k2 == 0.65 && m->medium_n == 1.4 && m->basis == TNS_BY_MASS);
    ck_assert_str_eq(m->load_unit, "mg/cm2");

    const tns_pigment *black = &p->pigments[0], *water = &p->pigments[1];
    ck_assert_str_eq(black->name, "Deep black");
    ck_assert(black->kind == TNS_PRESHADE && black->origin == TNS_ORIGIN_MODELLED);
    ck_assert(black->K[2] == 9 && black->K[17] == 8 && black->K[32] == 7.125);
    ck_assert(black->color_index_count == 2 && black->ingredient_count == 2);
    ck_assert_str_eq(black->color_index[1], "CI 77499");
    ck_assert_str_eq(black->ingredients[0].cas, "1333-86-4");
    ck_assert_str_eq(black->ingredients[1].cas, "");
    ck_assert(black->has_sterile && !black->sterile && black->density_g_ml == 1.08);
    ck_assert(black->drop_ml == 0.035 && black->drop_cv == 0.03 && black->cost_per_ml == 2.5 &&
              black->uncertainty == 0.3);
    ck_assert(water->kind == TNS_DILUENT && water->sterile && water->S[0] == 0);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(the_required_fields_alone_make_a_relative_palette_without_surface_correction)
{
    tns_palette *p = parse(HEAD("two-constant") "\"pigments\":[{\"id\":\"a\",\"K\":[1,1,1],"
                                                "\"S\":[1,1,1]}]}");
    ck_assert(!p->model.absolute && p->model.k1 == 0 && p->model.k2 == 0);
    ck_assert(!p->model.specular_included && p->model.basis == TNS_BY_VOLUME);
    ck_assert_str_eq(p->pigments[0].name, "a");
    ck_assert(p->pigments[0].kind == TNS_PIGMENT && !p->pigments[0].has_sterile);
    CHECK_NEAR("drop", tns_pigment_drop_ml(&p->pigments[0]), 0.04, 0);
    CHECK_NEAR("density", tns_pigment_density(&p->pigments[0]), 1, 0);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(a_single_constant_palette_may_leave_S_out)
{
    tns_palette *p = parse(HEAD("single-constant") "\"pigments\":[{\"id\":\"a\",\"K\":[1,2,3]},"
                                                   "{\"id\":\"b\",\"K\":[0,0,0],\"S\":[1,1,1]}]}");
    for (size_t i = 0; i < 2; i++)
        for (int band = 0; band < TNS_BANDS; band++)
            ck_assert(p->pigments[i].S[band] == 1);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(another_grid_is_resampled_with_its_ends_held)
{
    tns_palette *p = parse(full);
    const double *K = p->pigments[0].K;
    ck_assert_msg(K[0] == 9 && K[1] == 9, "380 and 390 nm hold what 400 nm has");
    ck_assert_msg(K[33] == 7.125 && K[35] == 7.125, "710-730 nm hold what 700 nm has");
    for (int band = 1; band < TNS_BANDS; band++)
        ck_assert_msg(K[band] <= K[band - 1], "falling figures give a falling curve");
    tns_palette_destroy(p);
}
END_TEST

START_TEST(pigments_are_found_by_id_and_the_diluent_by_its_role)
{
    tns_palette *p = parse(full);
    ck_assert_int_eq(tns_palette_index(p, "black"), 0);
    ck_assert_int_eq(tns_palette_index(p, "water"), 1);
    ck_assert_int_eq(tns_palette_index(p, "diluent"), 1);
    ck_assert_int_eq(tns_palette_index(p, "Black"), -1);
    ck_assert_int_eq(tns_palette_diluent(p), 1);
    tns_palette_destroy(p);
    p = parse(HEAD("single-constant") "\"pigments\":[{\"id\":\"a\",\"K\":[1,2,3]}]}");
    ck_assert_int_eq(tns_palette_diluent(p), -1);
    ck_assert_int_eq(tns_palette_index(p, "diluent"), -1);
    tns_palette_destroy(p);
    tns_palette_destroy(NULL);
}
END_TEST

START_TEST(what_is_written_is_read_back_and_written_the_same_to_the_byte)
{
    tns_palette *p = parse(full);
    char *first = tns_palette_write(p);
    tns_palette *again = parse(first);
    char *second = tns_palette_write(again);
    ck_assert_str_eq(first, second);
    ck_assert_mem_eq(&p->model, &again->model, sizeof p->model);
    for (size_t i = 0; i < p->count; i++) {
        tns_pigment before = p->pigments[i], *after = &again->pigments[i];
        /* Written with 15 digits. */
        for (int band = 0; band < TNS_BANDS; band++)
            CHECK_NEAR("K", before.K[band], after->K[band], 1e-13);
        memcpy(before.K, after->K, sizeof before.K);
        memcpy(before.S, after->S, sizeof before.S);
        ck_assert_mem_eq(&before, after, sizeof before);
    }
    free(first);
    free(second);
    tns_palette_destroy(p);
    tns_palette_destroy(again);
}
END_TEST

START_TEST(the_example_of_the_documentation_is_a_palette)
{
    size_t length;
    char *page = project_file("docs/palette.md", &length);
    char *start = strstr(page, "```json\n"), *end = start ? strstr(start, "\n```\n") : NULL;
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    tns_palette *p = parse(start + strlen("```json\n"));
    ck_assert_str_eq(p->pigments[0].name, "Deep black, lot A23");
    ck_assert(p->pigments[0].uncertainty == 0.08 && p->model.k2 == 0.6);
    tns_palette_destroy(p);
    free(page);
}
END_TEST

START_TEST(saving_and_loading_goes_through_a_file)
{
    char folder[] = "/tmp/tonsure-palette-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/p.json", folder);
    tns_palette *p = parse(full);
    tns_error err = {0};
    ck_assert_msg(tns_palette_save(p, path, &err), "%s", err.text);
    tns_palette *again = tns_palette_load(path, &err);
    ck_assert_msg(again != NULL, "%s", err.text);
    ck_assert_uint_eq(again->count, 2);
    ck_assert(!tns_palette_save(p, "/no/such/folder/p.json", &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
    tns_palette_destroy(again);
    tns_palette_destroy(p);
    unlink(path);
    rmdir(folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("palette");
    TCase *tc = tcase_create("palette");
    tcase_add_test(tc, every_field_of_the_contract_is_read);
    tcase_add_test(tc,
                   the_required_fields_alone_make_a_relative_palette_without_surface_correction);
    tcase_add_test(tc, a_single_constant_palette_may_leave_S_out);
    tcase_add_test(tc, another_grid_is_resampled_with_its_ends_held);
    tcase_add_test(tc, pigments_are_found_by_id_and_the_diluent_by_its_role);
    tcase_add_test(tc, what_is_written_is_read_back_and_written_the_same_to_the_byte);
    tcase_add_test(tc, the_example_of_the_documentation_is_a_palette);
    tcase_add_test(tc, saving_and_loading_goes_through_a_file);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
