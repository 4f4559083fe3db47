/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/palette.h>

#include "base/file.h"
#include "support/testing.h"

static char home[] = "/tmp/tonsure-find-XXXXXX";

static const char *below_home(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", home, name);
    return path;
}

/* A home of the tests' own, with one palette that stands in for a shipped one. */
static void make_home(void)
{
    static const char *const folders[] = {".local", ".local/share", ".local/share/tonsure",
                                          ".local/share/tonsure/palettes"};
    static const char text[] =
        "{\"schema\":\"tonsure/palette/1\",\"name\":\"my own kimera\","
        "\"model\":{\"kind\":\"single-constant\"},\"grid\":{\"start_nm\":400,\"step_nm\":150,"
        "\"bands\":3},\"pigments\":[{\"id\":\"a\",\"K\":[1,1,1]}]}";
    ck_assert_ptr_nonnull(mkdtemp(home));
    setenv("HOME", home, 1);
    unsetenv("XDG_DATA_HOME");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        ck_assert_int_eq(mkdir(below_home(folders[i]), 0700), 0);
    ck_assert(tns_file_write(below_home(".local/share/tonsure/palettes/kimera.json"), text,
                             sizeof text - 1, NULL));
}

static void remove_home(void)
{
    static const char *const names[] = {".local/share/tonsure/palettes/kimera.json",
                                        ".local/share/tonsure/palettes",
                                        ".local/share/tonsure",
                                        ".local/share",
                                        ".local",
                                        "."};
    for (size_t i = 0; i + 1 < sizeof names / sizeof *names; i++)
        remove(below_home(names[i]));
    rmdir(home);
}

static void check_name(const char *what, const char *expected)
{
    tns_error err = {0};
    tns_palette *palette = tns_palette_find(what, &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    ck_assert_str_eq(palette->name, expected);
    tns_palette_destroy(palette);
}

START_TEST(every_shipped_palette_is_inside_the_library)
{
    setenv("XDG_DATA_HOME", "/no/such/folder", 1);
    size_t count = 0;
    for (const char *const *name = tns_palette_shipped(); *name; name++, count++)
        check_name(*name, *name);
    ck_assert_uint_eq(count, 2);
}
END_TEST

START_TEST(a_path_is_a_path_and_never_a_name)
{
    check_name(TEST_ROOT "/palettes/kimera.json", "kimera");
    tns_error err = {0};
    ck_assert(!tns_palette_find("kimera.json", &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
}
END_TEST

START_TEST(the_users_palette_comes_before_a_shipped_one_of_its_name)
{
    make_home();
    check_name("kimera", "my own kimera");
    check_name("generic-smp", "generic-smp");
    setenv("XDG_DATA_HOME", "relative/folders/do/not/count", 1);
    check_name("kimera", "my own kimera");
    setenv("XDG_DATA_HOME", "/no/such/folder", 1);
    check_name("kimera", "kimera");
    remove_home();
}
END_TEST

START_TEST(an_unknown_name_is_told_what_is_known)
{
    setenv("XDG_DATA_HOME", "/no/such/folder", 1);
    static const char *const names[] = {"mars", "", "Kimera", "kimera "};
    for (size_t i = 0; i < 4; i++) {
        tns_error err = {0};
        ck_assert(!tns_palette_find(names[i], &err));
        ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
        ck_assert_msg(strstr(err.text, "known are generic-smp, kimera") != NULL, "%s", err.text);
        ck_assert_msg(strstr(err.text, "/no/such/folder/tonsure/palettes") != NULL, "%s", err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("palette_find");
    TCase *tc = tcase_create("palette_find");
    tcase_add_test(tc, every_shipped_palette_is_inside_the_library);
    tcase_add_test(tc, a_path_is_a_path_and_never_a_name);
    tcase_add_test(tc, the_users_palette_comes_before_a_shipped_one_of_its_name);
    tcase_add_test(tc, an_unknown_name_is_told_what_is_known);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
