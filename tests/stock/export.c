/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger goes elsewhere whole, or not at all. */
#include <stdio.h>
#include <unistd.h>

#include "stock/story.h"

/* Replaces the first occurrence, which has to be there. */
static char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    ck_assert_msg(at != NULL, "%s", old);
    char *out = malloc(strlen(text) + strlen(new) + 1);
    ck_assert(out != NULL);
    size_t head = (size_t)(at - text);
    memcpy(out, text, head);
    strcpy(out + head, new);
    strcat(out, at + strlen(old));
    return out;
}

START_TEST(an_export_restores_into_an_empty_store)
{
    int64_t entries = 0;
    tns_error err = {0};
    write_story("whole.db");
    tns_stock *stock = open_store("whole.db"), *other = open_store("restored.db");
    ck_assert(move(stock, 1, " \"a, b\" and # c\t") > 0);
    char *text = export_of(stock, "all.csv");
    ck_assert(tns_stock_import(other, in_folder("all.csv"), true, &entries, &err));
    ck_assert_int_eq(entries, 11);
    ck_assert_msg(tns_stock_import(other, in_folder("all.csv"), false, &entries, &err), "%s",
                  err.text);
    char *again = export_of(other, "again.csv");
    ck_assert_str_eq(text, again);
    check_verifies(other);
    ck_assert_int_eq(bottle_of(other, 1).on_hand, bottle_of(stock, 1).on_hand);
    ck_assert_str_eq(bottle_of(other, 1).place, bottle_of(stock, 1).place);
    ck_assert(!tns_stock_import(other, in_folder("all.csv"), false, &entries, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    use(other, 5); /* and life goes on */
    check_verifies(other);
    free(text);
    free(again);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

START_TEST(an_export_that_was_cut_is_refused_or_at_least_told_of)
{
    static const struct {
        const char *label, *old, *new;
        bool taken, told_of;
    } rows[] = {
        {"whole", "# end of ", "# end of ", true, false},
        {"with another's comment behind", "# end of 10", "# by ann\n# end of 10", true, false},
        {"another count", "# end of 10", "# end of 11", false, false},
        {"a count cut short", "# end of 10 entries: ", "# end of 1", false, false},
        {"without its last line", "# end of ", "# ending ", true, true},
    };
    write_story("cut.db");
    tns_stock *stock = open_store("cut.db");
    char *text = export_of(stock, "to-cut.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_stock_copied copied;
        tns_stock *other = scratch();
        char *cut = changed(text, rows[i].old, rows[i].new);
        ck_assert(tns_file_write(in_folder("cut.csv"), cut, strlen(cut), &err));
        bool done = tns_stock_import_whole(other, in_folder("cut.csv"), NULL, false, &copied, &err);
        ck_assert_msg(done == rows[i].taken, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(done || err.code == TNS_ERROR_TAMPERED, "%s", rows[i].label);
        ck_assert_msg(!done || (copied.warnings.count > 0) == rows[i].told_of, "%s", rows[i].label);
        ck_assert_msg(!done || (copied.entries == 10 && copied.until > 0), "%s", rows[i].label);
        free(cut);
        tns_stock_close(other);
    }
    free(text);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_broken_export_is_refused_by_line_and_leaves_the_store_empty)
{
    static const struct {
        const char *label, *old, *new, *words;
        tns_code code;
    } rows[] = {
        {"another table", "entry,", "row,", "column 1", TNS_ERROR_FORMAT},
        {"an amount changed", ",-150,", ",-15,", "entry 5", TNS_ERROR_TAMPERED},
        {"a word changed", "\"room 1", "\"room 2", "hash", TNS_ERROR_FORMAT},
        {"no number", ",-150,", ",-15O,", "line 6: amount", TNS_ERROR_FORMAT},
        {"a fraction", ",-150,", ",-150.0,", "line 6: amount", TNS_ERROR_FORMAT},
        {"too large a number", ",-150,", ",-99999999999999999999,", "amount", TNS_ERROR_FORMAT},
        {"no day", ",2026-06-15,", ",2026-06-31,", "day", TNS_ERROR_FORMAT},
        {"no kind", "\"product\"", "\"produce\"", "kind", TNS_ERROR_FORMAT},
        {"a field too few", "\"ann\",", "", "15", TNS_ERROR_FORMAT},
        {"a line left out", "\n5,", "\n#5,", "entry 5 is missing", TNS_ERROR_TAMPERED},
        {"an unfinished quotation", "\"ann\"", "\"ann", "", TNS_ERROR_FORMAT},
    };
    write_story("source.db");
    tns_stock *stock = open_store("source.db"), *other = scratch();
    char *text = export_of(stock, "source.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_stock_verification found;
        char *broken = changed(text, rows[i].old, rows[i].new);
        ck_assert(tns_file_write(in_folder("broken.csv"), broken, strlen(broken), &err));
        free(broken);
        ck_assert_msg(!tns_stock_import(other, in_folder("broken.csv"), false, NULL, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code || rows[i].words[0] == 'h', "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(strstr(err.text, rows[i].words) != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert(tns_stock_verify(other, &found, &err));
        ck_assert_int_eq(found.entries, 0);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

/* So that rows, and what is in quotation marks, begin and end anywhere in what is read at once. */
static void move_often(tns_stock *stock)
{
    for (int i = 0; i < 600; i++) {
        char place[48];
        snprintf(place, sizeof place, "%.*s \"%d\", \"\"", i % 30,
                 "a shelf in the cellar, or so, #", i);
        ck_assert(move(stock, 1, place) > 0);
    }
}

/* With that many of a character before the first one of another. */
static char *padded(const char *text, const char *before, char with, size_t count)
{
    char *many = malloc(count + strlen(before) + 2);
    ck_assert(many != NULL);
    memset(many, with, count);
    strcpy(many + count, before);
    char *out = changed(text, before, many);
    free(many);
    return out;
}

static bool import_text(char *text, tns_stock *into, tns_error *err)
{
    ck_assert(tns_file_write(in_folder("padded.csv"), text, strlen(text), err));
    free(text);
    return tns_stock_import(into, in_folder("padded.csv"), false, NULL, err);
}

START_TEST(a_long_export_is_read_as_it_was_written_wherever_its_rows_begin)
{
    static const size_t pads[] = {0, 1, 2, 3, 101, 70000};
    tns_error err = {0};
    write_story("long.db");
    tns_stock *stock = open_store("long.db");
    move_often(stock);
    char *text = export_of(stock, "long.csv");
    for (size_t i = 0; i < sizeof pads / sizeof *pads; i++) {
        char name[32];
        tns_stock *other = scratch();
        char *remark = changed(text, "\n1,", "\n# a remark\n\n1,");
        ck_assert_msg(import_text(padded(remark, " a remark", '#', pads[i]), other, &err), "%s",
                      err.text);
        snprintf(name, sizeof name, "as-long-%zu.csv", i);
        char *again = export_of(other, name);
        ck_assert_str_eq(text, again);
        free(remark);
        free(again);
        tns_stock_close(other);
    }
    free(text);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_row_longer_than_any_is_refused_by_line)
{
    static const struct {
        size_t blanks;
        bool taken;
    } rows[] = {{1000, true}, {5000, false}, {50000, false}};
    tns_error err = {0};
    write_story("padded.db");
    tns_stock *stock = open_store("padded.db");
    char *text = export_of(stock, "to-pad.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock *other = scratch();
        bool done = import_text(padded(text, "-150,", ' ', rows[i].blanks), other, &err);
        ck_assert_int_eq(done, rows[i].taken);
        ck_assert_msg(done || strstr(err.text, "line 6: not CSV, or longer"), "%s", err.text);
        tns_stock_close(other);
    }
    free(text);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_backup_is_a_store_like_the_other_and_replaces_nothing)
{
    tns_error err = {0};
    write_story("busy.db");
    tns_stock *stock = open_store("busy.db");
    ck_assert_msg(tns_stock_backup(stock, in_folder("backup.db"), true, &err), "%s", err.text);
    ck_assert_int_ne(access(in_folder("backup.db"), F_OK), 0);
    ck_assert_msg(tns_stock_backup(stock, in_folder("backup.db"), false, &err), "%s", err.text);
    ck_assert(!tns_stock_backup(stock, in_folder("backup.db"), true, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert(!tns_stock_backup(stock, in_folder("backup.db"), false, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert(!tns_stock_backup(stock, in_folder("none/backup.db"), false, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
    tns_stock *copy = open_store("backup.db");
    char *ours = export_of(stock, "ours.csv"), *theirs = export_of(copy, "theirs.csv");
    ck_assert_str_eq(ours, theirs);
    check_verifies(copy);
    use(copy, 5);
    free(ours);
    free(theirs);
    tns_stock_close(copy);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_export_that_only_tries_counts_and_refuses_alike_and_writes_nothing)
{
    tns_error err = {0};
    write_story("tried.db");
    tns_stock *stock = open_store("tried.db");
    char ledger[200], cards[200];
    snprintf(ledger, sizeof ledger, "%s", in_folder("tried.csv"));
    snprintf(cards, sizeof cards, "%s", in_folder("tried-cards.csv"));
    tns_stock_copied tried, done;
    ck_assert_msg(tns_stock_export_whole(stock, ledger, cards, true, &tried, &err), "%s", err.text);
    ck_assert(access(ledger, F_OK) != 0 && access(cards, F_OK) != 0);
    for (int dry = 1; dry >= 0; dry--) {
        ck_assert(!tns_stock_export_whole(stock, ledger, ledger, dry, &done, &err));
        ck_assert_msg(err.code == TNS_ERROR_USAGE, "%s", err.text);
        ck_assert(!tns_stock_export_whole(stock, ledger, in_folder("no/c.csv"), dry, &done, &err));
        ck_assert_msg(err.code == TNS_ERROR_NOT_FOUND, "%s", err.text);
        ck_assert_msg(access(ledger, F_OK) != 0, "half of it was written");
    }
    ck_assert(tns_stock_export_whole(stock, ledger, cards, false, &done, &err));
    ck_assert_int_eq(tried.entries, done.entries);
    ck_assert_int_eq(tried.until, done.until);
    ck_assert(!tns_stock_export_whole(stock, ledger, NULL, true, &done, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    tns_stock_close(stock);
}
END_TEST

/* The file that is to have nothing of clients in it would be that with all of them. */
START_TEST(cards_do_not_take_the_ledgers_place_by_a_link)
{
    tns_error err;
    tns_stock_copied copied;
    tns_stock *stock = one_bottle();
    char ledger[200], cards[200];
    snprintf(ledger, sizeof ledger, "%s", in_folder("linked.csv"));
    snprintf(cards, sizeof cards, "%s", in_folder("link.csv"));
    ck_assert_int_eq(symlink("linked.csv", cards), 0);
    for (int dry = 1; dry >= 0; dry--) {
        ck_assert(!tns_stock_export_whole(stock, ledger, cards, dry, &copied, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_int_ne(access(ledger, F_OK), 0);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_export_replaces_nothing_least_of_all_the_store)
{
    static const char *const taken[] = {"own.db",         "own.db-wal", "own.db-shm",
                                        "own.db-journal", "note.txt",   "same.db"};
    tns_error err = {0};
    write_story("own.db");
    ck_assert(tns_file_write(in_folder("note.txt"), "a note", 6, &err));
    ck_assert_int_eq(symlink("own.db", in_folder("same.db")), 0);
    tns_stock *stock = open_store("own.db");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        ck_assert_msg(!tns_stock_export(stock, in_folder(taken[i]), NULL, &err), "%s", taken[i]);
        ck_assert_msg(err.code == TNS_ERROR_USAGE, "%s: %s", taken[i], err.text);
        ck_assert_msg(!tns_stock_backup(stock, in_folder(taken[i]), false, &err), "%s", taken[i]);
        ck_assert_msg(err.code == TNS_ERROR_USAGE, "%s: %s", taken[i], err.text);
    }
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("export");
    TCase *tcase = tcase_create("export");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_export_restores_into_an_empty_store);
    tcase_add_test(tcase, an_export_that_was_cut_is_refused_or_at_least_told_of);
    tcase_add_test(tcase, a_broken_export_is_refused_by_line_and_leaves_the_store_empty);
    tcase_add_test(tcase, a_long_export_is_read_as_it_was_written_wherever_its_rows_begin);
    tcase_add_test(tcase, a_row_longer_than_any_is_refused_by_line);
    tcase_add_test(tcase, a_backup_is_a_store_like_the_other_and_replaces_nothing);
    tcase_add_test(tcase, an_export_that_only_tries_counts_and_refuses_alike_and_writes_nothing);
    tcase_add_test(tcase, cards_do_not_take_the_ledgers_place_by_a_link);
    tcase_add_test(tcase, an_export_replaces_nothing_least_of_all_the_store);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
