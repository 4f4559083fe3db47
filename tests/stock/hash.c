/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger's chain and the cards' seals stand on. getentropy() is this file's own here. */
#include <errno.h>
#include <sys/random.h>

#include "stock/chain.h"
#include "stock/people.h"

static int failure;
static unsigned char drawn;

int getentropy(void *out, size_t size)
{
    memset(out, ++drawn, size);
    errno = failure;
    return failure ? -1 : 0;
}

/* Of FIPS 180-4's example computations and of NIST's test vectors for byte messages (CAVP). */
START_TEST(the_hash_is_sha_256)
{
    static const struct {
        const char *text, *hash;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
         "klmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char hash[TNS_HASH_SIZE];
        char text[TNS_HASH_TEXT];
        tns_stock_hash(rows[i].text, strlen(rows[i].text), hash);
        tns_hash_write(hash, text);
        ck_assert_str_eq(text, rows[i].hash);
    }
}
END_TEST

START_TEST(a_million_bytes_have_the_hash_that_nist_tells)
{
    static char all[1000000];
    unsigned char hash[TNS_HASH_SIZE];
    char text[TNS_HASH_TEXT];
    memset(all, 'a', sizeof all);
    tns_stock_hash(all, sizeof all, hash);
    tns_hash_write(hash, text);
    ck_assert_str_eq(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* By `printf` of the netstrings that docs/shelf.md describes into sha256sum. */
START_TEST(a_hash_is_what_other_programs_make_of_it)
{
    tns_entry entry = {.id = 1,
                       .operation = 1,
                       .time = 1781524800,
                       .recorded = 1781524801,
                       .day = day_of("2026-06-15"),
                       .kind = TNS_ENTRY_USE,
                       .bottle = 17,
                       .amount = -150};
    unsigned char before[TNS_HASH_SIZE] = {0}, hash[TNS_HASH_SIZE];
    char text[TNS_HASH_TEXT];
    strcpy(entry.actor, "ann");
    strcpy(entry.reason, "for, \xC3\xA9");
    tns_chain_hash(&entry, before, hash);
    tns_hash_write(hash, text);
    ck_assert_str_eq(text, "c65ea7016769800a263bc36d85e919744a778d726c505c16f01ce4e73826c9b3");
    unsigned char again[TNS_HASH_SIZE];
    ck_assert(tns_hash_parse(text, again) && memcmp(again, hash, sizeof hash) == 0);
    ck_assert(!tns_hash_parse("00", again) && !tns_hash_parse("", again));
}
END_TEST

START_TEST(a_salt_is_drawn_anew_each_time)
{
    unsigned char one[TNS_HASH_SIZE], other[TNS_HASH_SIZE];
    tns_error err;
    failure = 0;
    ck_assert(tns_chain_salt(one, &err) && tns_chain_salt(other, &err));
    ck_assert(memcmp(one, other, sizeof one) != 0);
}
END_TEST

START_TEST(without_random_bytes_no_card_is_kept)
{
    const tns_client_card card = card_of("Jane Roe|nickel");
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    tns_stock *stock = open_store("saltless.db");
    failure = ENOSYS;
    ck_assert(!tns_client_add(stock, &card, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert_msg(strstr(err.text, strerror(ENOSYS)) != NULL, "%s", err.text);
    failure = 0;
    ck_assert_int_eq(add_client(stock, "Jane Roe|nickel"), 1);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hash");
    TCase *tcase = tcase_create("hash");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, the_hash_is_sha_256);
    tcase_add_test(tcase, a_million_bytes_have_the_hash_that_nist_tells);
    tcase_add_test(tcase, a_hash_is_what_other_programs_make_of_it);
    tcase_add_test(tcase, a_salt_is_drawn_anew_each_time);
    tcase_add_test(tcase, without_random_bytes_no_card_is_kept);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
