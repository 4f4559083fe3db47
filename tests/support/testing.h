/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test program shares: Check, the runner, near-equality with a name, shared files. */
#ifndef SUPPORT_TESTING_H
#define SUPPORT_TESTING_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <check.h>

/* Fails the test, naming `label`, unless |found - expected| <= tolerance. */
#define CHECK_NEAR(label, found, expected, tolerance)                                              \
    do {                                                                                           \
        double found_ = (found), expected_ = (expected), tolerance_ = (tolerance);                 \
        ck_assert_msg(fabs(found_ - expected_) <= tolerance_,                                      \
                      "%s: expected %.10g within %g, found %.10g", (label), expected_, tolerance_, \
                      found_);                                                                     \
    } while (0)

/*
 * Runs the suite without forking (sanitizers report once and debuggers see through) and gives the
 * exit status for main.
 */
int run_suite(Suite *suite);

/*
 * The path of a file below ../shared, or NULL with a line on stderr when it is not there. A static
 * buffer, good until the next call.
 */
const char *shared_file(const char *name);

/* Says on stderr that a test was skipped, and why; use before `return`. */
void skip(const char *test, const char *why);

/*
 * The program's locale becomes one with a decimal comma ("de_DE") or with two kinds of i ("tr_TR");
 * false, said on stderr, when that is not installed. setlocale(LC_ALL, "C") undoes it.
 */
bool speak(const char *test, const char *language);

/* Exit status of a test program in which every test was skipped: ctest then lists it as skipped. */
enum { EXIT_SKIPPED = 77 };

/* Reads a whole file of the project's own (path from the root) or fails the test. free() it. */
char *project_file(const char *name, size_t *length);

#endif
