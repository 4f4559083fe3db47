/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/file.h"
#include "support/testing.h"

static char folder[] = "file-test-XXXXXX";

/* A path in the test's own folder; good until the next call but three. */
static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static size_t count_files(const char *path)
{
    size_t count = 0;
    DIR *dir = opendir(path);
    ck_assert(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void check_content(const char *path, const char *expected, size_t expected_length)
{
    tns_error err = {0};
    size_t length = 0;
    char *bytes = tns_file_read(path, 1 << 20, &length, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    ck_assert_uint_eq(length, expected_length);
    ck_assert(memcmp(bytes, expected, length) == 0 && bytes[length] == '\0');
    free(bytes);
}

START_TEST(what_is_written_is_read_back)
{
    static char large[200000];
    memset(large, 'x', sizeof large);
    static const char binary[] = "a\0b\n";
    tns_error err = {0};
    ck_assert_msg(tns_file_write(in_folder("a"), binary, 4, &err), "%s", err.text);
    check_content(in_folder("a"), binary, 4);
    ck_assert(tns_file_write(in_folder("a"), "", 0, &err));
    check_content(in_folder("a"), "", 0);
    ck_assert(tns_file_write(in_folder("a"), large, sizeof large, &err));
    check_content(in_folder("a"), large, sizeof large);
    ck_assert_uint_eq(count_files(folder), 1);
    unlink(in_folder("a"));
}
END_TEST

START_TEST(what_is_there_is_not_expected_to_be_none)
{
    tns_error err = {0};
    ck_assert(tns_file_expect_none(in_folder("b"), &err));
    ck_assert(tns_file_expect_none("/dev/null", &err));
    ck_assert(tns_file_write(in_folder("b"), "x", 1, &err));
    ck_assert(!tns_file_expect_none(in_folder("b"), &err) && err.code == TNS_ERROR_USAGE);
    ck_assert(!tns_file_expect_none(folder, &err) && err.code == TNS_ERROR_USAGE);
    unlink(in_folder("b"));
}
END_TEST

START_TEST(what_a_write_would_fail_on_is_seen_before_and_nothing_is_written)
{
    char lasting[300];
    memset(lasting, 'x', sizeof lasting - 1);
    lasting[sizeof lasting - 1] = '\0';
    mkdir(in_folder("taken"), 0777);
    ck_assert(tns_file_write(in_folder("file"), "x", 1, NULL));
    const struct {
        const char *label, *path;
        tns_code code;
    } rows[] = {
        {"missing folder", in_folder("none/a.json"), TNS_ERROR_NOT_FOUND},
        {"below a file", in_folder("file/a.json"), TNS_ERROR_NOT_FOUND},
        {"a file as a folder", in_folder("file/"), TNS_ERROR_NOT_FOUND},
        {"a folder in its place", in_folder("taken"), TNS_ERROR_IO},
        {"no name", "", TNS_ERROR_NOT_FOUND},
        {"a name too long", lasting, TNS_ERROR_IO},
        {"a name too long with what is put behind it", lasting + 49, TNS_ERROR_IO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error seen = {0}, met = {0};
        ck_assert_msg(!tns_file_put(rows[i].path, "x", 1, true, &seen), "%s", rows[i].label);
        ck_assert_msg(!tns_file_put(rows[i].path, "x", 1, false, &met), "%s", rows[i].label);
        ck_assert_msg(seen.code == rows[i].code, "%s: %s", rows[i].label, seen.text);
        ck_assert_str_eq(seen.text, met.text);
    }
    ck_assert_uint_eq(count_files(folder), 2);
    rmdir(in_folder("taken"));
    unlink(in_folder("file"));
}
END_TEST

START_TEST(what_would_be_replaced_is_told_and_stays)
{
    tns_error err = {0};
    bool replaces = true;
    ck_assert(tns_file_expect_writable(in_folder("c"), &replaces, &err) && !replaces);
    ck_assert(tns_file_expect_writable("/dev/null", &replaces, &err) && !replaces);
    ck_assert_uint_eq(count_files(folder), 0);
    ck_assert(tns_file_write(in_folder("c"), "old", 3, &err));
    ck_assert(tns_file_expect_writable(in_folder("c"), &replaces, &err) && replaces);
    ck_assert(tns_file_put(in_folder("c"), "new", 3, true, &err));
    check_content(in_folder("c"), "old", 3);
    ck_assert(tns_file_put(in_folder("c"), "new", 3, false, &err));
    check_content(in_folder("c"), "new", 3);
    unlink(in_folder("c"));
}
END_TEST

START_TEST(two_names_of_one_file_are_known_before_it_is_there)
{
    char roundabout[300];
    mkdir(in_folder("sub"), 0777);
    snprintf(roundabout, sizeof roundabout, "%s/sub/../d", folder);
    ck_assert(tns_file_is_same(in_folder("d"), roundabout));
    ck_assert(tns_file_is_same("d", "./d"));
    ck_assert(!tns_file_is_same(in_folder("d"), in_folder("e")));
    ck_assert(!tns_file_is_same(in_folder("d"), in_folder("sub/d")));
    ck_assert(!tns_file_is_same(in_folder("none/d"), in_folder("none/d2")));
    rmdir(in_folder("sub"));
}
END_TEST

START_TEST(a_failed_write_leaves_nothing_and_names_the_file)
{
    mkdir(in_folder("taken"), 0777);
    const struct {
        const char *label, *path;
        tns_code code;
    } rows[] = {
        {"missing folder", in_folder("none/a.json"), TNS_ERROR_NOT_FOUND},
        {"a folder in its place", in_folder("taken"), TNS_ERROR_IO},
        {"a folder that takes no files", "/proc/a.json", TNS_ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!tns_file_write(rows[i].path, "x", 1, &err), "%s", rows[i].label);
        ck_assert_msg(strstr(err.text, rows[i].path) != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
    }
    ck_assert_uint_eq(count_files(folder), 1);
    ck_assert_uint_eq(count_files(in_folder("taken")), 0);
    rmdir(in_folder("taken"));
}
END_TEST

/* Root may write everywhere, so root becomes nobody for the attempt. */
static bool write_without_permission(const char *path, tns_error *err)
{
    enum { NOBODY = 65534 };
    bool root = geteuid() == 0;
    ck_assert(!root || seteuid(NOBODY) == 0);
    bool written = tns_file_write(path, "new", 3, err);
    ck_assert(!root || seteuid(0) == 0);
    return written;
}

START_TEST(a_folder_without_permission_keeps_the_old_file)
{
    tns_error err = {0};
    mkdir(in_folder("shut"), 0777);
    ck_assert(tns_file_write(in_folder("shut/a"), "old", 3, &err));
    chmod(in_folder("shut"), 0555);
    bool written = write_without_permission(in_folder("shut/a"), &err);
    chmod(in_folder("shut"), 0777);
    ck_assert(!written && err.code == TNS_ERROR_IO);
    ck_assert_msg(strstr(err.text, "Permission denied") != NULL, "%s", err.text);
    check_content(in_folder("shut/a"), "old", 3);
    ck_assert_uint_eq(count_files(in_folder("shut")), 1);
    unlink(in_folder("shut/a"));
    rmdir(in_folder("shut"));
}
END_TEST

START_TEST(a_new_file_takes_the_umask_and_an_old_one_keeps_its_mode)
{
    tns_error err = {0};
    struct stat status;
    mode_t before = umask(027);
    ck_assert(tns_file_write(in_folder("new"), "x", 1, &err));
    umask(before);
    ck_assert(stat(in_folder("new"), &status) == 0);
    ck_assert_int_eq(status.st_mode & 0777, 0640);
    chmod(in_folder("new"), 0604);
    ck_assert(tns_file_write(in_folder("new"), "y", 1, &err));
    ck_assert(stat(in_folder("new"), &status) == 0);
    ck_assert_int_eq(status.st_mode & 0777, 0604);
    unlink(in_folder("new"));
}
END_TEST

START_TEST(writing_through_a_link_keeps_the_link)
{
    tns_error err = {0};
    struct stat status;
    ck_assert(tns_file_write(in_folder("real"), "old", 3, &err));
    ck_assert(symlink("real", in_folder("link")) == 0);
    ck_assert(tns_file_write(in_folder("link"), "new", 3, &err));
    ck_assert(lstat(in_folder("link"), &status) == 0 && S_ISLNK(status.st_mode));
    check_content(in_folder("real"), "new", 3);
    unlink(in_folder("link"));
    unlink(in_folder("real"));
}
END_TEST

/* Renaming a file over a pipe or a device would put an end to it. */
START_TEST(what_is_no_file_is_written_to_and_stays_what_it_is)
{
    tns_error err = {0};
    struct stat status;
    ck_assert(mkfifo(in_folder("pipe"), 0600) == 0);
    FILE *reader = fopen(in_folder("pipe"), "r+"); /* both ends, so that nobody waits */
    ck_assert(reader != NULL);
    ck_assert_msg(tns_file_write(in_folder("pipe"), "word", 4, &err), "%s", err.text);
    ck_assert(stat(in_folder("pipe"), &status) == 0 && S_ISFIFO(status.st_mode));
    char word[5] = "";
    ck_assert(fread(word, 1, 4, reader) == 4);
    ck_assert_str_eq(word, "word");
    fclose(reader);
    unlink(in_folder("pipe"));
}
END_TEST

START_TEST(what_cannot_be_read_is_refused_by_name)
{
    tns_error err = {0};
    ck_assert(tns_file_write(in_folder("ten"), "0123456789", 10, &err));
    const struct {
        const char *label, *path;
        size_t limit;
        tns_code code;
    } rows[] = {
        {"missing", in_folder("none"), 100, TNS_ERROR_NOT_FOUND},
        {"below a file", in_folder("ten/x"), 100, TNS_ERROR_NOT_FOUND},
        {"a folder", folder, 100, TNS_ERROR_IO},
        {"over the limit", in_folder("ten"), 9, TNS_ERROR_MEMORY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t length = 0;
        ck_assert_msg(tns_file_read(rows[i].path, rows[i].limit, &length, &err) == NULL, "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(strstr(err.text, rows[i].path) != NULL, "%s", err.text);
    }
    size_t length = 0;
    free(tns_file_read(in_folder("ten"), 10, &length, &err));
    ck_assert_uint_eq(length, 10);
    unlink(in_folder("ten"));
}
END_TEST

START_TEST(a_name_is_what_stands_behind_the_last_slash)
{
    ck_assert_str_eq(tns_file_name("a/b.json"), "b.json");
    ck_assert_str_eq(tns_file_name("b.json"), "b.json");
    ck_assert_str_eq(tns_file_name("/"), "");
}
END_TEST

int main(void)
{
    if (!mkdtemp(folder) || chmod(folder, 0755) != 0)
        return EXIT_FAILURE;
    Suite *suite = suite_create("file");
    TCase *tc = tcase_create("file");
    tcase_add_test(tc, what_is_written_is_read_back);
    tcase_add_test(tc, what_is_there_is_not_expected_to_be_none);
    tcase_add_test(tc, what_a_write_would_fail_on_is_seen_before_and_nothing_is_written);
    tcase_add_test(tc, what_would_be_replaced_is_told_and_stays);
    tcase_add_test(tc, two_names_of_one_file_are_known_before_it_is_there);
    tcase_add_test(tc, a_failed_write_leaves_nothing_and_names_the_file);
    tcase_add_test(tc, a_folder_without_permission_keeps_the_old_file);
    tcase_add_test(tc, a_new_file_takes_the_umask_and_an_old_one_keeps_its_mode);
    tcase_add_test(tc, writing_through_a_link_keeps_the_link);
    tcase_add_test(tc, what_is_no_file_is_written_to_and_stays_what_it_is);
    tcase_add_test(tc, what_cannot_be_read_is_refused_by_name);
    tcase_add_test(tc, a_name_is_what_stands_behind_the_last_slash);
    suite_add_tcase(suite, tc);
    int status = run_suite(suite);
    rmdir(folder);
    return status;
}
