/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pages.h"
#include "support/testing.h"

/* A block that begins on a page, so that it is known which bytes are on whole ones. */
static unsigned char *pages_of(size_t page, size_t count)
{
    unsigned char *block = NULL;
    ck_assert(posix_memalign((void **)&block, page, count * page) == 0);
    memset(block, 7, count * page);
    return block;
}

START_TEST(whole_pages_are_given_back_and_no_byte_beside_them)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const struct {
        const char *label;
        size_t from, size, gone_from, gone_to;
    } rows[] = {
        {"all", 0, 6 * page, 0, 6 * page},
        {"from the middle of a page", 5, 3 * page, page, 3 * page},
        {"up to the middle of one", page, 2 * page + 9, page, 3 * page},
        {"one to the byte", 2 * page, page, 2 * page, 3 * page},
        {"a byte too few", 2 * page, page - 1, 0, 0},
        {"a page's length over two", 2 * page + 1, page, 0, 0},
        {"nothing", 3, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char *block = pages_of(page, 6);
        tns_pages_give_back(block + rows[i].from, rows[i].size);
        for (size_t k = 0; k < 6 * page; k++) {
            bool is_gone = k >= rows[i].gone_from && k < rows[i].gone_to;
            ck_assert_msg(block[k] == (is_gone ? 0 : 7), "%s: byte %zu", rows[i].label, k);
        }
        free(block);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pages");
    TCase *tests = tcase_create("pages");
    tcase_add_test(tests, whole_pages_are_given_back_and_no_byte_beside_them);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
