/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a bottle is good and which comes first: values alone, no store. */
#include "stock/shelf.h"

START_TEST(a_bottle_is_good_until_the_label_or_the_months_after_opening_whichever_is_sooner)
{
    static const struct {
        const char *label, *expires, *opened;
        int pao;
        const char *use_by;
    } rows[] = {
        {"closed", "2027-05-01", "", 12, "2027-05-01"},
        {"opened, the label is sooner", "2027-05-01", "2026-11-30", 12, "2027-05-01"},
        {"opened, the months are sooner", "2028-05-01", "2026-11-30", 12, "2027-11-30"},
        {"opened, both on one day", "2027-11-30", "2026-11-30", 12, "2027-11-30"},
        {"opening never extends", "2026-12-01", "2026-11-30", 24, "2026-12-01"},
        {"no months: the label holds", "2027-05-01", "2020-01-01", 0, "2027-05-01"},
        {"no label, closed", "", "", 12, ""},
        {"no label, opened", "", "2026-01-31", 1, "2026-02-28"},
        {"a leap day", "2030-01-01", "2024-02-29", 12, "2025-02-28"},
        {"the end of a month in a leap year", "2030-01-01", "2023-12-31", 2, "2024-02-29"},
        {"over the new year", "2030-01-01", "2026-08-31", 6, "2027-02-28"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TNS_DAY_TEXT];
        tns_day_write(
            tns_bottle_use_by(day_of(rows[i].expires), day_of(rows[i].opened), rows[i].pao), text);
        ck_assert_msg(strcmp(text, rows[i].use_by) == 0, "%s: %s", rows[i].label, text);
    }
}
END_TEST

typedef struct state {
    const char *label, *use_by;
    int64_t on_hand;
    bool quarantined, recalled, diluent, sterile;
    tns_bottle_status status;
    tns_code refusal;
} state;

START_TEST(what_matters_most_is_told_and_the_last_day_is_still_good)
{
    static const state rows[] = {
        {"good", "2026-06-16", 5, 0, 0, 0, 0, TNS_BOTTLE_OK, TNS_OK},
        {"on its last day", "2026-06-15", 5, 0, 0, 0, 0, TNS_BOTTLE_OK, TNS_OK},
        {"a day late", "2026-06-14", 5, 0, 0, 0, 0, TNS_BOTTLE_EXPIRED, TNS_ERROR_EXPIRED},
        {"without end", "", 5, 0, 0, 0, 0, TNS_BOTTLE_OK, TNS_OK},
        {"empty", "2026-06-16", 0, 0, 0, 0, 0, TNS_BOTTLE_EMPTY, TNS_OK},
        {"expired and empty", "2026-06-14", 0, 0, 0, 0, 0, TNS_BOTTLE_EXPIRED, TNS_ERROR_EXPIRED},
        {"set aside", "2026-06-14", 0, 1, 0, 0, 0, TNS_BOTTLE_QUARANTINED, TNS_ERROR_QUARANTINED},
        {"recalled", "2026-06-14", 0, 1, 1, 0, 0, TNS_BOTTLE_RECALLED, TNS_ERROR_RECALLED},
        {"sterile water", "2026-06-16", 5, 0, 0, 1, 1, TNS_BOTTLE_OK, TNS_OK},
        {"tap water", "2026-06-16", 5, 0, 0, 1, 0, TNS_BOTTLE_OK, TNS_ERROR_NOT_STERILE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const state *r = &rows[i];
        tns_bottle b = {.on_hand = r->on_hand,
                        .use_by = day_of(r->use_by),
                        .quarantined = r->quarantined,
                        .recalled = r->recalled,
                        .kind = r->diluent ? TNS_PRODUCT_DILUENT : TNS_PRODUCT_PIGMENT,
                        .sterile = r->sterile};
        ck_assert_msg(tns_bottle_status_on(&b, day_of("2026-06-15")) == r->status, "%s", r->label);
        ck_assert_msg(tns_bottle_refusal(&b, day_of("2026-06-15")) == r->refusal, "%s", r->label);
    }
}
END_TEST

typedef struct one {
    int64_t id;
    const char *opened, *use_by, *received;
    bool quarantined;
} one;

START_TEST(first_expired_goes_out_first)
{
    static const struct {
        const char *label;
        one bottles[4];
        int64_t order[4];
    } rows[] = {
        {"the earlier expiry",
         {{1, "", "2027-03-01", "2026-01-01", 0}, {2, "", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"opened before closed, though it lasts longer",
         {{1, "", "2026-12-01", "2026-01-01", 0}, {2, "2026-06-01", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"of two opened the earlier expiry",
         {{1, "2026-06-01", "2027-03-01", "2026-01-01", 0},
          {2, "2026-06-02", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"an opened one that expired is last",
         {{1, "2025-06-01", "2026-06-14", "2025-01-01", 0}, {2, "", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"an opened one in quarantine is last",
         {{1, "2026-06-01", "2026-12-01", "2025-01-01", 1}, {2, "", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"the same expiry: the older receipt",
         {{1, "", "2027-02-01", "2026-03-01", 0}, {2, "", "2027-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"all the same: the lower number, whatever the order they came in",
         {{9, "", "2027-02-01", "2026-02-01", 0},
          {3, "", "2027-02-01", "2026-02-01", 0},
          {7, "", "2027-02-01", "2026-02-01", 0},
          {5, "", "2027-02-01", "2026-02-01", 0}},
         {3, 5, 7, 9}},
        {"without end is behind those with one",
         {{1, "", "", "2025-03-01", 0}, {2, "", "2031-02-01", "2026-02-01", 0}},
         {2, 1}},
        {"on its last day it is still first",
         {{1, "", "2026-06-16", "2025-03-01", 0}, {2, "", "2026-06-15", "2026-02-01", 0}},
         {2, 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_bottle bottles[4] = {0};
        size_t count = 0;
        for (; count < 4 && rows[i].bottles[count].id; count++) {
            const one *o = &rows[i].bottles[count];
            bottles[count] = (tns_bottle){.id = o->id,
                                          .on_hand = 1,
                                          .opened = day_of(o->opened),
                                          .use_by = day_of(o->use_by),
                                          .received = day_of(o->received),
                                          .quarantined = o->quarantined};
        }
        tns_bottles_sort(bottles, count, day_of("2026-06-15"));
        for (size_t k = 0; k < count; k++)
            ck_assert_msg(bottles[k].id == rows[i].order[k], "%s: place %zu is B%d", rows[i].label,
                          k + 1, (int)bottles[k].id);
    }
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC0", 1);
    Suite *suite = suite_create("expiry");
    TCase *tcase = tcase_create("expiry");
    tcase_add_test(
        tcase, a_bottle_is_good_until_the_label_or_the_months_after_opening_whichever_is_sooner);
    tcase_add_test(tcase, what_matters_most_is_told_and_the_last_day_is_still_good);
    tcase_add_test(tcase, first_expired_goes_out_first);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
