/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* nftw */
/* Changing palettes: the shipped ones stay as they are, the user's copy in XDG_DATA_HOME changes.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "service/parts.h"
#include "support/testing.h"

static char home[64];

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

static void fresh_home(void)
{
    snprintf(home, sizeof home, "/tmp/tonsure-home-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(home));
    setenv("XDG_DATA_HOME", home, 1);
    setenv("XDG_CONFIG_HOME", home, 1);
    unsetenv("TONSURE_PALETTE");
}

static void clear_home(void)
{
    nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *in_home(const char *rest)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", home, rest);
    return path;
}

static bool exists(const char *rest)
{
    return access(in_home(rest), F_OK) == 0;
}

static size_t count_of(const char *palette)
{
    tns_error err = {0};
    tns_palette *p = tns_palette_find(palette, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    size_t count = p->count;
    tns_palette_destroy(p);
    return count;
}

START_TEST(a_dry_run_writes_nothing_at_all)
{
    tns_palette_change change;
    tns_error err = {0};
    ck_assert_msg(tns_service_palette_add(NULL, "CI 77266", "Deep Black", true, &change, &err),
                  "%s", err.text);
    ck_assert(!change.written);
    ck_assert_str_eq(change.pigment, "deep-black");
    ck_assert_str_eq(change.path, in_home("tonsure/palettes/generic-smp.json"));
    ck_assert(!exists("tonsure"));
    ck_assert_msg(tns_service_palette_drop(NULL, "carbon-black", "20=0.83g", true, &change, &err),
                  "%s", err.text);
    ck_assert(!exists("tonsure"));
}
END_TEST

START_TEST(an_added_bottle_stands_in_the_users_copy_of_a_shipped_palette)
{
    tns_palette_change change;
    tns_error err = {0};
    size_t shipped = count_of("generic-smp");
    ck_assert_msg(
        tns_service_palette_add("generic-smp", "77266", "Deep Black No. 5", false, &change, &err),
        "%s", err.text);
    ck_assert(change.written && exists("tonsure/palettes/generic-smp.json"));
    ck_assert_str_eq(change.pigment, "deep-black-no-5");
    ck_assert_msg(strstr(change.warnings.text[0], "confidence C") != NULL, "%s",
                  change.warnings.text[0]);

    tns_palette *palette = tns_palette_find("generic-smp", &err);
    ck_assert_uint_eq(palette->count, shipped + 1);
    const tns_pigment *added = &palette->pigments[palette->count - 1];
    int model = tns_palette_index(palette, "carbon-black");
    ck_assert_str_eq(added->name, "Deep Black No. 5");
    ck_assert_int_eq(added->origin, TNS_ORIGIN_MODELLED);
    ck_assert(memcmp(added->K, palette->pigments[model].K, sizeof added->K) == 0);
    ck_assert(!added->has_sterile && added->cost_per_ml == 0 && added->drop_ml == 0);
    tns_palette_destroy(palette);

    unlink(in_home("tonsure/palettes/generic-smp.json"));
    ck_assert_uint_eq(count_of("generic-smp"), shipped);
}
END_TEST

START_TEST(what_cannot_be_added_is_refused_by_name_and_nothing_is_written)
{
    static const struct {
        const char *palette, *index, *name, *says;
        tns_code code;
    } rows[] = {
        {NULL, "CI 77266", "Carbon black", "has a pigment \"carbon-black\" already",
         TNS_ERROR_USAGE},
        {NULL, "CI 12345", "Blue", "no model of \"CI 12345\"", TNS_ERROR_USAGE},
        {NULL, "coal", "Blue", "no model of \"coal\"", TNS_ERROR_USAGE},
        {NULL, "CI 77266", "", "--name: expected", TNS_ERROR_USAGE},
        {"kimera", "CI 77266", "Blue", "kimera: a modelled pigment needs an absolute palette",
         TNS_ERROR_USAGE},
        {"nobody", "CI 77266", "Blue", "nobody", TNS_ERROR_NOT_FOUND},
        {"./no/such.json", "CI 77266", "Blue", "./no/such.json", TNS_ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_palette_change change;
        tns_error err = {0};
        ck_assert_msg(!tns_service_palette_add(rows[i].palette, rows[i].index, rows[i].name, false,
                                               &change, &err),
                      "%s %s", rows[i].index, rows[i].name);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", tns_code_name(err.code), err.text);
        ck_assert(!exists("tonsure"));
    }
}
END_TEST

START_TEST(the_same_name_is_not_added_twice)
{
    tns_palette_change change;
    tns_error err = {0};
    ck_assert(tns_service_palette_add(NULL, "CI 77491", "Warm Red", false, &change, &err));
    size_t count = count_of("generic-smp");
    ck_assert(!tns_service_palette_add(NULL, "CI 77491", "warm red", false, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "\"warm-red\""));
    ck_assert_uint_eq(count_of("generic-smp"), count);
}
END_TEST

START_TEST(a_weighing_sets_the_drop_by_the_bottles_density)
{
    tns_palette_change change;
    tns_error err = {0};
    tns_palette *p = tns_palette_find("generic-smp", &err);
    double density = tns_pigment_density(&p->pigments[tns_palette_index(p, "carbon-black")]);
    tns_palette_destroy(p);
    ck_assert_msg(tns_service_palette_drop(NULL, "carbon-black", "20=0.83g", false, &change, &err),
                  "%s", err.text);
    CHECK_NEAR("drop", change.drop_ml, 0.83 / 20 / density, 1e-4 * change.drop_ml);
    p = tns_palette_find("generic-smp", &err);
    CHECK_NEAR("stored", p->pigments[tns_palette_index(p, "carbon-black")].drop_ml, change.drop_ml,
               0);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(a_weighing_that_is_none_is_refused)
{
    static const struct {
        const char *pigment, *weigh, *says;
    } rows[] = {
        {"carbon-black", "20=0,83g", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "20=0.83", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "20", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "0=1g", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "2.5=1g", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "20=-1g", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "20=nang", "--weigh: expected DROPS=GRAMSg"},
        {"carbon-black", "1=5g", "a drop holds 0.005 to 0.2 ml"},
        {"carbon-black", "1000=0.1g", "a drop holds 0.005 to 0.2 ml"},
        {"coal", "20=0.83g", "has no pigment \"coal\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_palette_change change;
        tns_error err = {0};
        ck_assert_msg(
            !tns_service_palette_drop(NULL, rows[i].pigment, rows[i].weigh, false, &change, &err),
            "%s", rows[i].weigh);
        ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].weigh, err.text);
        ck_assert(!exists("tonsure"));
    }
}
END_TEST

START_TEST(a_palette_file_is_changed_in_its_place)
{
    tns_palette_change change;
    tns_error err = {0};
    tns_palette *p = tns_palette_find("generic-smp", &err);
    char path[256];
    snprintf(path, sizeof path, "%s", in_home("mine.json"));
    ck_assert(tns_palette_save(p, path, &err));
    tns_palette_destroy(p);
    ck_assert_msg(tns_service_palette_add(path, "CI 77499", "Iron", false, &change, &err), "%s",
                  err.text);
    ck_assert_str_eq(change.path, path);
    ck_assert_uint_eq(count_of(path), count_of("generic-smp") + 1);
    ck_assert(!exists("tonsure"));
}
END_TEST

START_TEST(the_list_names_a_users_copy_once_and_as_the_users)
{
    tns_palette_change change;
    tns_error err = {0};
    size_t count = 0;
    tns_palette_entry *entries = tns_service_palettes(&count, &err);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(entries[0].name, "generic-smp");
    ck_assert_str_eq(entries[0].place, "shipped");
    ck_assert(entries[0].absolute && !entries[1].absolute);
    free(entries);
    ck_assert(tns_service_palette_add(NULL, "CI 77491", "Warm Red", false, &change, &err));
    entries = tns_service_palettes(&count, &err);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(entries[0].place, "user");
    ck_assert_str_eq(entries[1].name, "kimera");
    free(entries);
}
END_TEST

START_TEST(a_broken_file_is_listed_with_its_fault_and_hides_no_other)
{
    tns_error err = {0};
    size_t count = 0;
    ck_assert(tns_service_palette_add(NULL, "CI 77491", "Warm Red", false, &(tns_palette_change){0},
                                      &err));
    ck_assert(tns_file_write(in_home("tonsure/palettes/kimera.json"), "{", 1, &err));
    tns_palette_entry *entries = tns_service_palettes(&count, &err);
    ck_assert_uint_eq(count, 2);
    ck_assert(entries[0].fault.code == TNS_OK && entries[0].pigments > 0);
    ck_assert_str_eq(entries[1].name, "kimera");
    ck_assert_str_eq(entries[1].place, "user");
    ck_assert_int_eq(entries[1].fault.code, TNS_ERROR_FORMAT);
    ck_assert_msg(strstr(entries[1].fault.text, "kimera.json: ") != NULL, "%s",
                  entries[1].fault.text);
    free(entries);
}
END_TEST

START_TEST(the_palette_in_force_is_the_argument_then_the_environment_then_the_config)
{
    static const char config[] = "{\"palette\": \"kimera\"}";
    const char *folder = in_home("tonsure");
    tns_error err = {0};
    ck_assert_int_eq(mkdir(folder, 0777), 0);
    ck_assert(tns_file_write(in_home("tonsure/config.json"), config, strlen(config), &err));
    const struct {
        const char *argument, *environment, *expected;
    } rows[] = {{NULL, NULL, "kimera"},
                {NULL, "generic-smp", "generic-smp"},
                {NULL, "", "kimera"},
                {"generic-smp", "kimera", "generic-smp"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].environment)
            setenv("TONSURE_PALETTE", rows[i].environment, 1);
        tns_palette *p = tns_palette_choose(rows[i].argument, &err);
        ck_assert_msg(p != NULL, "%s", err.text);
        ck_assert_str_eq(p->name, rows[i].expected);
        tns_palette_destroy(p);
        unsetenv("TONSURE_PALETTE");
    }
    ck_assert(tns_file_write(in_home("tonsure/config.json"), "{", 1, &err));
    ck_assert_ptr_null(tns_palette_choose(NULL, &err));
    ck_assert_msg(strstr(err.text, "config.json") != NULL, "%s", err.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("palettes");
    TCase *tc = tcase_create("palettes");
    tcase_add_checked_fixture(tc, fresh_home, clear_home);
    tcase_add_test(tc, a_dry_run_writes_nothing_at_all);
    tcase_add_test(tc, an_added_bottle_stands_in_the_users_copy_of_a_shipped_palette);
    tcase_add_test(tc, what_cannot_be_added_is_refused_by_name_and_nothing_is_written);
    tcase_add_test(tc, the_same_name_is_not_added_twice);
    tcase_add_test(tc, a_weighing_sets_the_drop_by_the_bottles_density);
    tcase_add_test(tc, a_weighing_that_is_none_is_refused);
    tcase_add_test(tc, a_palette_file_is_changed_in_its_place);
    tcase_add_test(tc, the_list_names_a_users_copy_once_and_as_the_users);
    tcase_add_test(tc, a_broken_file_is_listed_with_its_fault_and_hides_no_other);
    tcase_add_test(tc, the_palette_in_force_is_the_argument_then_the_environment_then_the_config);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
