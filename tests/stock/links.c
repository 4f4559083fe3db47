/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backup on a disk that knows no hard links: link() is this file's own here, shown to the module
 * that keeps the store (ENABLE_EXPORTS), and always fails. */
#include <errno.h>

#include "stock/shelf.h"

static int failure;

TNS_API int link(const char *from, const char *to)
{
    (void)from;
    (void)to;
    errno = failure;
    return -1;
}

static tns_code back_up(tns_stock *stock, const char *name, int why, tns_error *err)
{
    failure = why;
    return tns_stock_backup(stock, in_folder(name), false, err) ? TNS_OK : err->code;
}

START_TEST(a_backup_is_made_without_hard_links_and_replaces_nothing)
{
    tns_error err = {0};
    tns_stock *stock = one_bottle();
    ck_assert_msg(back_up(stock, "copy.db", EPERM, &err) == TNS_OK, "%s", err.text);
    ck_assert_int_eq(back_up(stock, "copy.db", EPERM, &err), TNS_ERROR_USAGE);
    tns_stock *copy = open_store("copy.db");
    check_verifies(copy);
    ck_assert_int_eq(bottle_of(copy, 1).on_hand, 1000);
    tns_stock_close(copy);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_backup_that_fails_says_why_and_leaves_nothing)
{
    tns_error err = {0};
    tns_stock *stock = one_bottle();
    ck_assert_int_eq(back_up(stock, "full.db", ENOSPC, &err), TNS_ERROR_IO);
    ck_assert_msg(strstr(err.text, strerror(ENOSPC)) != NULL, "%s", err.text);
    ck_assert_int_eq(back_up(stock, "full.db", EEXIST, &err), TNS_ERROR_USAGE);
    ck_assert_int_ne(access(in_folder("full.db"), F_OK), 0);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("links");
    TCase *tcase = tcase_create("links");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_backup_is_made_without_hard_links_and_replaces_nothing);
    tcase_add_test(tcase, a_backup_that_fails_says_why_and_leaves_nothing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
