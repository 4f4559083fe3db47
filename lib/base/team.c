/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sched_getaffinity(), CPU_ALLOC() */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "base/team.h"

enum { MOST_THREADS = 256, MOST_CORES = 1 << 17 };

/* How long an end of the work by cancelling may wait. */
static const long WAIT_NS = 20 * 1000 * 1000;

struct tns_team {
    tns_team_task task;
    void *user;
    const tns_context *context;
    const char *stage;
    size_t count;
    pthread_t caller;
    atomic_size_t next, done;
    atomic_bool stopped;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    int working; /* threads besides the caller's; under the lock */
};

bool tns_team_stopped(tns_team *team)
{
    if (pthread_equal(pthread_self(), team->caller) && tns_context_cancelled(team->context))
        atomic_store(&team->stopped, true);
    return atomic_load_explicit(&team->stopped, memory_order_relaxed);
}

static void tell(tns_team *team)
{
    tns_context_progress(team->context, (double)atomic_load(&team->done) / (double)team->count,
                         team->stage);
}

/* Takes tasks until there are none; true if one was done. */
static bool work_once(tns_team *team)
{
    if (tns_team_stopped(team))
        return false;
    size_t index = atomic_fetch_add(&team->next, 1);
    if (index >= team->count)
        return false;
    team->task(team->user, team, index);
    atomic_fetch_add(&team->done, 1);
    return true;
}

static void *help(void *user)
{
    tns_team *team = user;
    while (work_once(team))
        ;
    pthread_mutex_lock(&team->lock);
    team->working--;
    pthread_cond_signal(&team->ended);
    pthread_mutex_unlock(&team->lock);
    return NULL;
}

static struct timespec a_little_later(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += WAIT_NS;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

/* The caller has nothing left to do, but the context still wants to be asked. */
static void wait_for_others(tns_team *team)
{
    pthread_mutex_lock(&team->lock);
    while (team->working > 0) {
        struct timespec until = a_little_later();
        pthread_cond_timedwait(&team->ended, &team->lock, &until);
        pthread_mutex_unlock(&team->lock);
        if (!tns_team_stopped(team))
            tell(team);
        pthread_mutex_lock(&team->lock);
    }
    pthread_mutex_unlock(&team->lock);
}

/* Starts up to `wanted` helpers; as many as there are. */
static int gather(tns_team *team, int wanted, pthread_t *helpers)
{
    int started = 0;
    while (started < wanted) {
        pthread_mutex_lock(&team->lock);
        team->working++;
        pthread_mutex_unlock(&team->lock);
        if (pthread_create(&helpers[started], NULL, help, team) != 0) {
            pthread_mutex_lock(&team->lock);
            team->working--;
            pthread_mutex_unlock(&team->lock);
            break;
        }
        started++;
    }
    return started;
}

static void work(tns_team *team, int wanted)
{
    pthread_t helpers[MOST_THREADS];
    int started = gather(team, wanted, helpers);
    while (work_once(team))
        tell(team);
    wait_for_others(team);
    for (int i = 0; i < started; i++)
        pthread_join(helpers[i], NULL);
}

bool tns_team_run(int threads, size_t count, tns_team_task task, void *user,
                  const tns_context *context, const char *stage)
{
    if (count == 0)
        return !tns_context_cancelled(context);
    tns_team team = {.task = task,
                     .user = user,
                     .context = context,
                     .stage = stage,
                     .count = count,
                     .caller = pthread_self(),
                     .lock = PTHREAD_MUTEX_INITIALIZER,
                     .ended = PTHREAD_COND_INITIALIZER};
    size_t wanted = threads > MOST_THREADS ? MOST_THREADS : threads > 1 ? (size_t)threads : 1;
    work(&team, (int)(wanted < count ? wanted : count) - 1);
    pthread_mutex_destroy(&team.lock);
    pthread_cond_destroy(&team.ended);
    if (atomic_load(&team.stopped))
        return false;
    tell(&team);
    return true;
}

/* 0 where the system does not tell, as where there may be more cores than the set has room for. */
static int count_cores(size_t room)
{
    size_t size = CPU_ALLOC_SIZE(room);
    cpu_set_t *mine = CPU_ALLOC(room);
    int cores = mine && sched_getaffinity(0, size, mine) == 0 ? CPU_COUNT_S(size, mine) : 0;
    CPU_FREE(mine);
    return cores;
}

/* Those that this process may run on; sysconf() reads a file for it, and counts all. */
int tns_team_cores(void)
{
    int cores = 0;
    for (size_t room = CPU_SETSIZE; cores == 0 && room <= MOST_CORES; room *= 2)
        cores = count_cores(room);
    return cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
}
