/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <tonsure/context.h>

#include "support/testing.h"

typedef struct witness {
    int asked;
    double fraction;
    char stage[32], logged[600];
    tns_log_level level;
} witness;

static bool is_cancelled(void *user)
{
    return ++((witness *)user)->asked > 2;
}

static void on_progress(void *user, double fraction, const char *stage)
{
    witness *w = user;
    w->fraction = fraction;
    snprintf(w->stage, sizeof w->stage, "%s", stage);
}

static int64_t noon(void *user)
{
    (void)user;
    return 1796040000;
}

static void on_log(void *user, tns_log_level level, const char *text)
{
    witness *w = user;
    w->level = level;
    snprintf(w->logged, sizeof w->logged, "%s", text);
}

START_TEST(without_a_context_nothing_is_cancelled_or_told)
{
    static const tns_context empty;
    const tns_context *contexts[] = {NULL, &empty};
    for (size_t i = 0; i < 2; i++) {
        ck_assert(!tns_context_cancelled(contexts[i]));
        tns_context_progress(contexts[i], 0.5, "half");
        tns_context_log(contexts[i], TNS_LOG_INFO, "%d", 1);
        int64_t before = (int64_t)time(NULL);
        int64_t now = tns_context_now(contexts[i]);
        ck_assert(now >= before && now <= (int64_t)time(NULL));
    }
}
END_TEST

START_TEST(a_context_hears_and_answers)
{
    witness w = {0};
    tns_context context = {.user = &w,
                           .cancelled = is_cancelled,
                           .progress = on_progress,
                           .clock = noon,
                           .log = on_log};
    ck_assert(!tns_context_cancelled(&context));
    ck_assert(!tns_context_cancelled(&context));
    ck_assert(tns_context_cancelled(&context));
    tns_context_progress(&context, 0.25, "search");
    ck_assert(w.fraction == 0.25);
    ck_assert_str_eq(w.stage, "search");
    ck_assert(tns_context_now(&context) == 1796040000);
    tns_context_log(&context, TNS_LOG_WARNING, "%s of %d", "3", 7);
    ck_assert_str_eq(w.logged, "3 of 7");
    ck_assert(w.level == TNS_LOG_WARNING);
}
END_TEST

START_TEST(a_long_log_line_is_cut)
{
    witness w = {0};
    tns_context context = {.user = &w, .log = on_log};
    char lengthy[2000];
    memset(lengthy, 'x', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    tns_context_log(&context, TNS_LOG_INFO, "%s", lengthy);
    ck_assert_uint_eq(strlen(w.logged), 511);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tc = tcase_create("context");
    tcase_add_test(tc, without_a_context_nothing_is_cancelled_or_told);
    tcase_add_test(tc, a_context_hears_and_answers);
    tcase_add_test(tc, a_long_log_line_is_cut);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
