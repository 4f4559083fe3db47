/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several programs at one store, and programs that are killed while they write. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

#include "base/random.h"
#include "stock/ledger.h"
#include "stock/people.h"

enum { WRITERS = 8, READERS = 8, USES = 25, KILLS = 30, FULL = 1000000 };

/* As many as the environment says, for ./dev soak. */
static int how_many(const char *variable, int usually)
{
    const char *said = getenv(variable);
    return said ? atoi(said) : usually;
}

static bool use_one(tns_stock *stock, int64_t *operation, tns_error *err)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    bool done = tns_stock_use(stock, "black", 1, 0, &act, &change, err);
    *operation = change.operation;
    tns_stock_change_finish(&change);
    return done;
}

/* A pot of two bottles: three or more entries that are there together or not at all. */
static bool mix_one(tns_stock *stock, int64_t *operation, tns_error *err)
{
    static const tns_pot_need needs[] = {{.what = "carbon-black", .ul = 2},
                                         {.what = "diluent", .diluent = true, .ul = 3}};
    const tns_pot_order order = {.visit = 1, .recipe = "", .need_count = 2, .needs = needs};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    bool done = tns_pot_make(stock, &order, &act, &change, err);
    *operation = change.operation;
    tns_stock_change_finish(&change);
    return done;
}

typedef bool write_one(tns_stock *stock, int64_t *operation, tns_error *err);

/* ---- many at once ---- */

/* A child has no Check to fail by: it says what went wrong and how many it did. */
static void write_much(const char *path)
{
    tns_error err = {0};
    int64_t operation;
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_CREATE, &err);
    int uses = how_many("SHELF_USES", USES);
    for (int i = 0; stock && i < uses; i++)
        if (!use_one(stock, &operation, &err))
            break;
    tns_stock_close(stock);
    if (err.code != TNS_OK)
        fprintf(stderr, "a writer: %s\n", err.text);
    _exit(err.code != TNS_OK);
}

static void read_much(const char *path)
{
    tns_error err = {0};
    bool done = true;
    for (int i = 0; done && i < 5; i++) {
        tns_bottle_list list = {0};
        const tns_stock_question question = {.with_empty = true};
        tns_stock *stock = tns_stock_open(path, TNS_STOCK_EXISTING, &err);
        done = stock && tns_stock_list(stock, &question, &list, &err) && list.count == 2 &&
               list.bottles[0].on_hand + list.bottles[1].on_hand <= 2 * FULL;
        tns_bottle_list_finish(&list);
        tns_stock_close(stock);
    }
    if (!done)
        fprintf(stderr, "a reader: %s\n", err.text);
    _exit(!done);
}

static void make_store(const char *name)
{
    tns_stock *stock = open_store(name);
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive_on(stock, "black", "L1", 2, FULL, "2027-05-01", "");
    tns_stock_close(stock);
}

/* The same with a diluent, B3, and a visit. */
static void make_clinic(const char *name)
{
    make_store(name);
    tns_stock *stock = open_store(name);
    add_product(stock, "water", TNS_PRODUCT_DILUENT, 12);
    receive_on(stock, "water", "W1", 1, FULL, "2027-05-01", "");
    book(stock, add_client(stock, "|nickel"), "2026-06-15");
    tns_stock_close(stock);
}

/* Each pot has all its parts, and what is gone from the bottles is in pots; how many there are. */
static size_t check_pots(tns_stock *stock)
{
    const tns_pot_question all = {0};
    tns_pot_list list;
    tns_error err;
    ck_assert_msg(tns_pot_list_find(stock, &all, &list, &err), "%s", err.text);
    size_t count = list.count;
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(list.pots[i].part_count == 2 && list.pots[i].ul == 5, "P%d has %d ul",
                      (int)list.pots[i].id, (int)list.pots[i].ul);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(bottle_of(stock, 3).on_hand, FULL - 3 * (int64_t)count);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand + bottle_of(stock, 2).on_hand,
                     2 * FULL - 2 * (int64_t)count);
    return count;
}

static pid_t start(void (*job)(const char *), const char *path)
{
    fflush(NULL);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        job(path);
    return child;
}

static int64_t left_in(const char *name)
{
    tns_stock *stock = open_store(name);
    int64_t left = bottle_of(stock, 1).on_hand + bottle_of(stock, 2).on_hand;
    check_verifies(stock);
    tns_stock_close(stock);
    return left;
}

START_TEST(eight_writers_and_eight_readers_lose_nothing_and_are_never_told_to_wait)
{
    char path[160];
    pid_t children[WRITERS + READERS];
    make_store("many.db");
    strcpy(path, in_folder("many.db"));
    for (int i = 0; i < WRITERS + READERS; i++)
        children[i] = start(i % 2 ? read_much : write_much, path);
    for (int i = 0; i < WRITERS + READERS; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child %d: %d", i, status);
    }
    ck_assert_int_eq(left_in("many.db"), 2 * FULL - WRITERS * how_many("SHELF_USES", USES));
}
END_TEST

static void add_allergies(const char *path)
{
    tns_error err = {0};
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_EXISTING, &err);
    for (int i = 0; stock && err.code == TNS_OK && i < 2; i++) {
        char word[32];
        const char *words[] = {word};
        const tns_client_card_change change = {.more = 1, .more_words = words};
        tns_stock_act act = because(NULL);
        tns_stock_change made;
        snprintf(word, sizeof word, "x%d of %ld", i, (long)getpid());
        tns_client_change(stock, 1, &change, &act, &made, &err);
        tns_stock_change_finish(&made);
    }
    tns_stock_close(stock);
    if (err.code != TNS_OK)
        fprintf(stderr, "a writer of cards: %s\n", err.text);
    _exit(err.code != TNS_OK);
}

START_TEST(eight_who_change_one_card_at_once_lose_no_allergy)
{
    char path[160];
    pid_t children[WRITERS];
    make_clinic("cards.db");
    strcpy(path, in_folder("cards.db"));
    for (int i = 0; i < WRITERS; i++)
        children[i] = start(add_allergies, path);
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child %d: %d", i, status);
    }
    tns_stock *stock = open_store("cards.db");
    ck_assert_uint_eq(client_of(stock, 1).card.allergy_count, 1 + 2 * WRITERS);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

static void make_it(const char *path)
{
    tns_error err = {0};
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_CREATE, &err);
    if (!stock)
        fprintf(stderr, "a maker: %s\n", err.text);
    tns_stock_close(stock);
    _exit(stock == NULL);
}

static void mix_much(const char *path)
{
    tns_error err = {0};
    int64_t operation;
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_EXISTING, &err);
    int pots = how_many("SHELF_USES", USES);
    for (int i = 0; stock && i < pots; i++)
        if (!mix_one(stock, &operation, &err))
            break;
    tns_stock_close(stock);
    if (err.code != TNS_OK)
        fprintf(stderr, "a mixer: %s\n", err.text);
    _exit(err.code != TNS_OK);
}

/* A pot that is seen is seen whole. */
static void look_much(const char *path)
{
    tns_error err = {0};
    bool done = true;
    for (int i = 0; done && i < 5; i++) {
        tns_trace trace = {0};
        tns_stock *stock = tns_stock_open(path, TNS_STOCK_EXISTING, &err);
        done = stock && tns_stock_trace(stock, "W1", NULL, &trace, &err);
        for (size_t k = 0; done && k < trace.pots.count; k++)
            done = trace.pots.pots[k].ul == 5;
        tns_trace_finish(&trace);
        tns_stock_close(stock);
    }
    if (!done)
        fprintf(stderr, "a reader of pots: %s\n", err.text);
    _exit(!done);
}

START_TEST(eight_mix_pots_and_eight_look_and_nothing_is_lost)
{
    char path[160];
    pid_t children[WRITERS + READERS];
    make_clinic("pots.db");
    strcpy(path, in_folder("pots.db"));
    for (int i = 0; i < WRITERS + READERS; i++)
        children[i] = start(i % 2 ? look_much : mix_much, path);
    for (int i = 0; i < WRITERS + READERS; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child %d: %d", i, status);
    }
    tns_stock *stock = open_store("pots.db");
    ck_assert_uint_eq(check_pots(stock), (size_t)(WRITERS * how_many("SHELF_USES", USES)));
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_store_may_be_made_by_several_at_once)
{
    char path[160];
    pid_t children[WRITERS];
    strcpy(path, in_folder("made.db"));
    for (int i = 0; i < WRITERS; i++)
        children[i] = start(make_it, path);
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child %d: %d", i, status);
    }
    tns_stock *stock = open_store("made.db");
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

/* ---- killed ---- */

/* Writes the number of each operation that was acknowledged to the pipe, until it is killed. */
static void write_until_killed(const char *path, write_one *write_it, int to)
{
    tns_error err = {0};
    int64_t operation;
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_EXISTING, &err);
    while (stock && write_it(stock, &operation, &err) &&
           write(to, &operation, sizeof operation) == (ssize_t)sizeof operation)
        ;
    fprintf(stderr, "the writer ended: %s\n", err.text);
    _exit(1);
}

/* The last operation that came through; the child is killed so many microseconds after its first.
 */
static int64_t kill_while_writing(const char *path, write_one *write_it, long microseconds)
{
    int ends[2];
    int64_t operation = 0, last = 0;
    ck_assert_int_eq(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        write_until_killed(path, write_it, ends[1]);
    close(ends[1]);
    ck_assert(read(ends[0], &last, sizeof last) == (ssize_t)sizeof last);
    nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL);
    kill(child, SIGKILL);
    while (read(ends[0], &operation, sizeof operation) == (ssize_t)sizeof operation)
        last = operation;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ck_assert(WIFSIGNALED(status));
    return last;
}

/* Where it is killed is up to chance, and is meant to be; what has to hold is not. */
START_TEST(a_program_that_is_killed_leaves_no_movement_half_there_and_none_that_it_told_of_missing)
{
    char path[160];
    tns_random random = tns_random_make((uint64_t)getpid());
    tns_stock *stock = open_store("killed.db");
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive_on(stock, "black", "L1", 2, FULL, "2027-05-01", "");
    tns_stock_close(stock);
    strcpy(path, in_folder("killed.db"));
    int kills = how_many("SHELF_KILLS", KILLS);
    for (int i = 0; i < kills; i++) {
        int64_t told = kill_while_writing(path, use_one, (long)tns_random_below(&random, 8000));
        tns_entry_list log;
        tns_error err;
        stock = open_store("killed.db");
        ck_assert_msg(tns_stock_log(stock, 0, &log, &err), "%s", err.text);
        ck_assert_msg(log.entries[log.count - 1].operation >= told, "kill %d: told of %d, found %d",
                      i, (int)told, (int)log.entries[log.count - 1].operation);
        tns_entry_list_finish(&log);
        if (i % 5 == 0 || i == kills - 1)
            check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(a_program_that_is_killed_leaves_no_pot_half_mixed)
{
    char path[160];
    tns_random random = tns_random_make((uint64_t)getpid());
    make_clinic("mixed.db");
    strcpy(path, in_folder("mixed.db"));
    int kills = how_many("SHELF_KILLS", KILLS);
    for (int i = 0; i < kills; i++) {
        int64_t told = kill_while_writing(path, mix_one, (long)tns_random_below(&random, 8000));
        tns_entry last;
        bool found = false;
        tns_error err;
        tns_stock *stock = open_store("mixed.db");
        ck_assert_msg(tns_entry_find(stock->db, told, &last, &found, &err), "%s", err.text);
        ck_assert_msg(found && last.operation == told, "kill %d: told of %d", i, (int)told);
        check_pots(stock);
        if (i % 5 == 0 || i == kills - 1)
            check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("together");
    TCase *tcase = tcase_create("together");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, eight_who_change_one_card_at_once_lose_no_allergy);
    tcase_add_test(tcase, eight_writers_and_eight_readers_lose_nothing_and_are_never_told_to_wait);
    tcase_add_test(tcase, eight_mix_pots_and_eight_look_and_nothing_is_lost);
    tcase_add_test(tcase, a_program_that_is_killed_leaves_no_pot_half_mixed);
    tcase_add_test(tcase, a_store_may_be_made_by_several_at_once);
    tcase_add_test(
        tcase,
        a_program_that_is_killed_leaves_no_movement_half_there_and_none_that_it_told_of_missing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
