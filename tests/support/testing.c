/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "support/testing.h"

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

const char *shared_file(const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", TEST_SHARED, name);
    if (access(path, R_OK) == 0)
        return path;
    fprintf(stderr, "skipped: ../shared/%s is not there\n", name);
    return NULL;
}

void skip(const char *test, const char *why)
{
    fprintf(stderr, "skipped: %s: %s\n", test, why);
}

bool speak(const char *test, const char *language)
{
    char name[32], why[64];
    snprintf(name, sizeof name, "%s.UTF-8", language);
    if (setlocale(LC_ALL, name))
        return true;
    snprintf(why, sizeof why, "the locale %s is not installed", name);
    skip(test, why);
    return false;
}

char *project_file(const char *name, size_t *length)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", TEST_ROOT, name);
    tns_error err;
    char *bytes = tns_file_read(path, (size_t)64 << 20, length, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    return bytes;
}
