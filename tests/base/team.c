/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* cpu_set_t */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/team.h"
#include "support/testing.h"

enum { TASKS = 1000 };

typedef struct counted {
    atomic_int times[TASKS];
    pthread_t caller;
    int asked, stop_after;
    bool elsewhere, fell;
    double last;
} counted;

static void count_task(void *user, tns_team *team, size_t index)
{
    counted *c = user;
    atomic_fetch_add(&c->times[index], 1);
    (void)tns_team_stopped(team);
}

static void note_thread(counted *c)
{
    c->elsewhere = c->elsewhere || !pthread_equal(pthread_self(), c->caller);
}

static bool ask(void *user)
{
    counted *c = user;
    note_thread(c);
    return c->stop_after > 0 && ++c->asked > c->stop_after;
}

static void hear(void *user, double fraction, const char *stage)
{
    counted *c = user;
    note_thread(c);
    c->fell = c->fell || fraction < c->last || fraction > 1 || strcmp(stage, "count") != 0;
    c->last = fraction;
}

static bool run(int threads, size_t tasks, counted *c)
{
    tns_context context = {.user = c, .cancelled = ask, .progress = hear};
    c->caller = pthread_self();
    return tns_team_run(threads, tasks, count_task, c, &context, "count");
}

START_TEST(every_task_is_done_once_and_only_the_caller_hears_of_it)
{
    static const struct {
        const char *label;
        int threads;
        size_t tasks;
    } rows[] = {
        {"one thread", 1, TASKS}, {"two", 2, TASKS},      {"seven", 7, TASKS},
        {"one task", 4, 1},       {"as many", 3, 3},      {"none asked for", 0, 10},
        {"no task", 2, 0},        {"too many", 9999, 50},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        counted c = {.last = 0};
        ck_assert_msg(run(rows[i].threads, rows[i].tasks, &c), "%s", rows[i].label);
        for (size_t k = 0; k < TASKS; k++)
            ck_assert_msg(atomic_load(&c.times[k]) == (k < rows[i].tasks), "%s: task %zu",
                          rows[i].label, k);
        ck_assert_msg(!c.elsewhere && !c.fell, "%s", rows[i].label);
        CHECK_NEAR(rows[i].label, c.last, rows[i].tasks > 0 ? 1 : 0, 0);
    }
}
END_TEST

START_TEST(cancelling_leaves_tasks_out_and_says_so)
{
    for (int threads = 1; threads <= 3; threads++) {
        counted at_once = {.stop_after = 1, .asked = 1}, later = {.stop_after = 3};
        ck_assert(!run(threads, TASKS, &at_once));
        ck_assert(!at_once.elsewhere);
        int done = 0;
        bool whole = run(threads, TASKS, &later);
        for (size_t k = 0; k < TASKS; k++)
            done += atomic_load(&later.times[k]);
        /* the others may be quick enough to do all before the caller asks again */
        ck_assert(threads == 1 ? !whole && done < TASKS : !whole || done == TASKS);
        ck_assert(!later.elsewhere);
    }
}
END_TEST

/*
 * In the system's place, for this program: a machine that may have so many cores wants a set of
 * them all, and lets this process run on the last `mine`.
 */
static struct {
    size_t cores, mine;
} machine;

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *out)
{
    (void)pid;
    if (size < CPU_ALLOC_SIZE(machine.cores) || machine.cores == 0) {
        errno = EINVAL;
        return -1;
    }
    CPU_ZERO_S(size, out);
    for (size_t i = machine.cores - machine.mine; i < machine.cores; i++)
        CPU_SET_S(i, size, out);
    return 0;
}

START_TEST(the_cores_are_those_that_the_process_may_run_on)
{
    static const struct {
        const char *label;
        size_t cores, mine;
        int expected;
    } rows[] = {
        {"one of few", 4, 1, 1},
        {"all of few", 4, 4, 4},
        {"as many as a set of fixed size holds", 1024, 200, 200},
        {"some of very many", 1025, 100, 100},
        {"more than threads are ever started", 8192, 8192, 256},
        {"a system that does not tell", 0, 0, 1},
        {"a system beyond belief", (size_t)1 << 30, 5, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        machine.cores = rows[i].cores;
        machine.mine = rows[i].mine;
        int cores = tns_team_cores();
        ck_assert_msg(cores == rows[i].expected, "%s: found %d", rows[i].label, cores);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("team");
    TCase *tc = tcase_create("team");
    tcase_add_test(tc, every_task_is_done_once_and_only_the_caller_hears_of_it);
    tcase_add_test(tc, cancelling_leaves_tasks_out_and_says_so);
    tcase_add_test(tc, the_cores_are_those_that_the_process_may_run_on);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
