/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is loaded when needed, and what is said where it cannot be. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/version.h>

#include "base/module.h"
#include "support/testing.h"

typedef struct sample {
    tns_module module;
    int (*twice)(int);
} sample;

START_TEST(a_module_is_loaded_by_its_name_as_often_as_it_is_asked_for)
{
    tns_error err = {0};
    for (int i = 0; i < 3; i++) {
        const sample *found = tns_module_load_from(TEST_MODULES, "sample", &err);
        ck_assert_msg(found, "%s", err.text);
        ck_assert_int_eq(found->twice(21), 42);
    }
}
END_TEST

START_TEST(what_cannot_be_loaded_is_refused_with_what_to_install)
{
    static const struct {
        const char *label, *folder, *name, *says, *cure;
    } rows[] = {
        {"not installed", TEST_MODULES, "absent", "there is no " TEST_MODULES "/absent.so",
         "install that part of Tonsure"},
        {"no such folder", "/nowhere", "sample", "there is no /nowhere/sample.so", "install"},
        {"a folder below the working directory", ".", "sample", "there is no ./sample.so",
         "install"},
        {"no folder", "", "sample", "there is no /sample.so", "install"},
        {"of another version", TEST_MODULES, "old", "it is of another version",
         "install Tonsure anew"},
        {"without its library", TEST_MODULES, "lonely", "libtest_gone.so",
         "install the library that is named"},
        {"no module", TEST_MODULES, "stranger", "tns_module_stranger", "install"},
        {"a name that leads elsewhere", TEST_MODULES, "../modules/none", "there is no", "install"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!tns_module_load_from(rows[i].folder, rows[i].name, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_UNSUPPORTED, "%s", rows[i].label);
        ck_assert_msg(strstr(err.text, rows[i].name) && strstr(err.text, rows[i].says) &&
                          strstr(err.text, rows[i].cure),
                      "%s: %s", rows[i].label, err.text);
        ck_assert_msg(!tns_module_load_from(rows[i].folder, rows[i].name, NULL), "%s",
                      rows[i].label);
    }
}
END_TEST

START_TEST(a_program_is_found_by_the_kernels_link_else_by_what_it_was_started_by)
{
    char folder[] = "module-test-XXXXXX", here[PATH_MAX], room[PATH_MAX], expected[PATH_MAX + 40];
    ck_assert(getcwd(here, sizeof here) && mkdtemp(folder) && chdir(folder) == 0);
    fclose(fopen("program", "w"));
    ck_assert(symlink("/elsewhere/bin/tonsure", "exe") == 0 && symlink("program", "called") == 0);
    snprintf(expected, sizeof expected, "%s/%s/program", here, folder);
    const struct {
        const char *label, *link, *started, *file;
    } rows[] = {
        {"by the link", "exe", "called", "/elsewhere/bin/tonsure"},
        {"by the link alone", "exe", NULL, "/elsewhere/bin/tonsure"},
        {"no /proc", "no-exe", "program", expected},
        {"no /proc, called by a link", "no-exe", "./called", expected},
        {"no /proc, by the whole path", "no-exe", expected, expected},
        {"not told", "no-exe", NULL, NULL},
        {"removed since", "no-exe", "removed", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = tns_module_program(rows[i].link, rows[i].started, room);
        ck_assert_msg(!found == !rows[i].file, "%s: %s", rows[i].label, found ? found : "nothing");
        ck_assert_msg(!found || strcmp(found, rows[i].file) == 0, "%s: %s", rows[i].label, found);
    }
    ck_assert(unlink("called") == 0 && unlink("exe") == 0 && unlink("program") == 0);
    ck_assert(chdir("..") == 0 && rmdir(folder) == 0);
}
END_TEST

START_TEST(modules_lie_beside_what_holds_the_library_wherever_that_was_moved)
{
    static const struct {
        const char *label, *file, *way, *folder;
    } rows[] = {
        {"a command", "/opt/t/bin/tonsure", "/../lib", "/opt/t/bin/../lib"},
        {"a library", "/opt/t/lib/libtonsure.so.0", "", "/opt/t/lib"},
        {"at the root", "/tonsure", "/lib", "/lib"},
        {"not found", NULL, "/../lib", "/usr/lib"},
        {"from the working directory", "lib/libtonsure.so.0", "", "/usr/lib"},
        {"an empty name", "", "", "/usr/lib"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char folder[100], expected[100];
        const char *file = rows[i].file, *way = rows[i].way;
        int n = snprintf(expected, sizeof expected, "%s/tonsure/%s", rows[i].folder, tns_version());
        size_t size = (size_t)n + 1;
        ck_assert(tns_module_place(file, way, "/usr/lib", folder, sizeof folder));
        ck_assert_msg(strcmp(folder, expected) == 0, "%s: %s", rows[i].label, folder);
        ck_assert(tns_module_place(file, way, "/usr/lib", folder, size));
        ck_assert(!tns_module_place(file, way, "/usr/lib", folder, size - 1));
    }
}
END_TEST

START_TEST(modules_lie_at_an_absolute_path_that_fits_or_is_refused)
{
    char folder[4096], little[8];
    ck_assert(tns_module_folder(folder, sizeof folder));
    ck_assert_msg(folder[0] == '/', "%s", folder);
    ck_assert(!tns_module_folder(little, sizeof little));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("module");
    TCase *tc = tcase_create("module");
    tcase_add_test(tc, a_module_is_loaded_by_its_name_as_often_as_it_is_asked_for);
    tcase_add_test(tc, what_cannot_be_loaded_is_refused_with_what_to_install);
    tcase_add_test(tc, a_program_is_found_by_the_kernels_link_else_by_what_it_was_started_by);
    tcase_add_test(tc, modules_lie_beside_what_holds_the_library_wherever_that_was_moved);
    tcase_add_test(tc, modules_lie_at_an_absolute_path_that_fits_or_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
