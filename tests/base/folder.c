/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dry run of making folders says what making them says, and makes none. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "support/testing.h"

static char folder[] = "folder-test-XXXXXX";

static void make_folder(void)
{
    ck_assert(mkdtemp(folder) != NULL && chdir(folder) == 0);
    ck_assert(mkdir("there", 0777) == 0 && mkdir("shut", 0555) == 0);
    ck_assert(tns_file_write("file", "x", 1, NULL));
    ck_assert_int_eq(symlink("nowhere", "dangling"), 0);
}

static void remove_folder(void)
{
    char line[80];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    ck_assert(chdir("..") == 0 && system(line) == 0);
}

static const struct {
    const char *path, *says; /* NULL = it can be made */
} rows[] = {
    {"there", NULL},
    {"there/a/b", NULL},
    {"./there/c/", NULL},
    {"new", NULL},
    {"shut", NULL},
    {"file", NULL}, /* that shows in what is written below it */
    {"file/a", "file/a: cannot be made: Not a directory"},
    {"file/a/b", "file/a: cannot be made: Not a directory"},
    {"dangling/a", "dangling/a: cannot be made: No such file or directory"},
};

START_TEST(a_dry_run_says_what_the_real_one_does_and_makes_nothing)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error dry = {0}, real = {0};
        struct stat found;
        bool was = lstat(rows[i].path, &found) == 0;
        bool tried = tns_folders_make(rows[i].path, true, &dry);
        ck_assert_msg((lstat(rows[i].path, &found) == 0) == was, "%s was made", rows[i].path);
        ck_assert_msg(tried == !rows[i].says, "%s: %s", rows[i].path, dry.text);
        ck_assert_int_eq(tns_folders_make(rows[i].path, false, &real), tried);
        ck_assert_str_eq(dry.text, real.text);
        ck_assert_str_eq(dry.text, rows[i].says ? rows[i].says : "");
        ck_assert(!tried || lstat(rows[i].path, &found) == 0);
    }
}
END_TEST

START_TEST(a_folder_that_lets_nobody_write_is_told_before)
{
    tns_error err = {0};
    if (geteuid() == 0) {
        skip(__func__, "root may write everywhere");
        return;
    }
    ck_assert(!tns_folders_make("shut/a/b", true, &err));
    ck_assert_str_eq(err.text, "shut/a: cannot be made: Permission denied");
    ck_assert(!tns_folders_expect_file("shut/a.json", &err));
    ck_assert_str_eq(err.text, "shut/a.json: cannot be written: Permission denied");
}
END_TEST

START_TEST(a_file_is_expected_where_its_folder_is_or_can_be_made)
{
    static const struct {
        const char *path, *says;
    } files[] = {
        {"a.json", NULL},
        {"there/a.json", NULL},
        {"there/d/e/a.json", NULL},
        {"there", "there: cannot be written: Is a directory"},
        {"file/a.json", "file/a.json: cannot be written: Not a directory"},
        {"dangling/a.json", "dangling/a.json: cannot be written: No such file or directory"},
        {"file/a/b.json", "file/a: cannot be made: Not a directory"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tns_error err = {0};
        ck_assert_msg(tns_folders_expect_file(files[i].path, &err) == !files[i].says, "%s: %s",
                      files[i].path, err.text);
        ck_assert_str_eq(err.text, files[i].says ? files[i].says : "");
    }
    ck_assert_int_ne(access("there/d", F_OK), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("folder");
    TCase *tc = tcase_create("folder");
    tcase_add_unchecked_fixture(tc, make_folder, remove_folder);
    tcase_add_test(tc, a_dry_run_says_what_the_real_one_does_and_makes_nothing);
    tcase_add_test(tc, a_folder_that_lets_nobody_write_is_told_before);
    tcase_add_test(tc, a_file_is_expected_where_its_folder_is_or_can_be_made);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
