/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match that is watched and stopped. */
#include "trial.h"

static bool at_once(void *user)
{
    (void)user;
    return true;
}

static bool after_some(void *user)
{
    return ++*(int *)user > 40; /* past the 15 seeds and as many polishes */
}

START_TEST(a_search_can_be_cancelled)
{
    trial t;
    tns_error err = {0};
    start(&t, 4, true, 6);
    tns_context context = {.cancelled = at_once};
    ck_assert(tns_match_solve(&t.request, &context, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    int asked = 0;
    context = (tns_context){.cancelled = after_some, .user = &asked};
    err = (tns_error){0};
    t.request.threads = 1;
    ck_assert(tns_match_solve(&t.request, &context, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
}
END_TEST

typedef struct told {
    double last;
    char stage[16];
    bool fell;
} told;

static void hear(void *user, double fraction, const char *stage)
{
    told *t = user;
    if (strcmp(stage, t->stage) != 0)
        t->last = 0;
    t->fell = t->fell || fraction < t->last || fraction > 1;
    t->last = fraction;
    snprintf(t->stage, sizeof t->stage, "%s", stage);
}

START_TEST(progress_rises_to_the_whole)
{
    trial t;
    tns_error err;
    start(&t, 3, true, 6);
    told heard = {0};
    tns_context context = {.progress = hear, .user = &heard};
    t.request.threads = 3;
    tns_match_destroy(tns_match_solve(&t.request, &context, &err));
    ck_assert(!heard.fell);
    CHECK_NEAR("end", heard.last, 1, 0);
    ck_assert_str_eq(heard.stage, "report");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tc = tcase_create("context");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_search_can_be_cancelled);
    tcase_add_test(tc, progress_rises_to_the_whole);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
