/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of the shelf, the clinic and its plan that are read and written again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/same.h"
#include "records/shelf_again.h"
#include "support/testing.h"

START_TEST(every_example_of_the_shelf_is_read_and_written_byte_for_byte)
{
    examples_same_again(shelf_records, sizeof shelf_records / sizeof *shelf_records);
}
END_TEST

#define HASH "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\""
#define BOTTLE(id, more)                                                                           \
    "    {\n      \"id\": \"" id "\",\n      \"product\": \"gloves\",\n"                           \
    "      \"pigment\": null,\n"                                                                   \
    "      \"kind\": \"consumable\",\n      \"lot\": \"L1\",\n      \"internal_lot\": true,\n"     \
    "      \"on_hand_pc\": 40,\n      \"received\": \"2026-11-02\",\n"                             \
    "      \"opened_on\": null,\n      \"expires\": null,\n      \"effective_expiry\": null,\n"    \
    "      \"place\": \"drawer\",\n      \"sterile\": false,\n      \"status\": \"ok\",\n"         \
    "      \"refused\": null\n    }" more "\n"
#define ENTRY(id, kind, of, amount, undoes, sets)                                                  \
    "    {\n      \"id\": " id ",\n      \"operation\": 7,\n"                                      \
    "      \"time\": \"2026-11-30T23:59:59Z\",\n      \"recorded\": \"2026-12-01T00:00:00Z\",\n"   \
    "      \"on\": \"2026-11-30\",\n      \"actor\": \"\",\n      \"kind\": \"" kind "\",\n" of    \
    "      " amount ",\n      \"reason\": \"\",\n      \"undoes\": " undoes ",\n" sets             \
    "      \"hash\": " HASH "\n    }"

/* What the examples do not show, in the form of the writers. */
START_TEST(the_rarer_forms_are_read_and_written_byte_for_byte)
{
    static const written rows[] = {
        {"an empty shelf of what expires", again_stock_list,
         "{\"schema\": \"tonsure/stock-list/1\", \"within_days\": 30, \"bottles\": []}\n"},
        {"pieces without an end", again_stock_list,
         "{\n  \"schema\": \"tonsure/stock-list/1\",\n  \"bottles\": [\n" BOTTLE("B2", "") "  ]\n"
                                                                                           "}\n"},
        {"entries of a lot, an order, a client and what is undone", again_stock_log,
         "{\n  \"schema\": \"tonsure/stock-log/1\",\n  \"entries\": [\n" ENTRY(
             "7", "recall",
             "      \"product\": \"gloves\",\n      \"lot\": \"L1\",\n"
             "      \"bottle\": null,\n",
             "\"pc\": 0", "null",
             "") ",\n" ENTRY("8", "use",
                             "      \"product\": \"gloves\",\n      \"lot\": \"L1\",\n"
                             "      \"bottle\": \"B9007199254740992\",\n",
                             "\"pc\": -3", "null",
                             "") ",\n" ENTRY("9", "undo",
                                             "      \"product\": \"gloves\",\n      \"lot\": "
                                             "\"L2\",\n"
                                             "      \"bottle\": \"B1\",\n",
                                             "\"pc\": 3", "8",
                                             "") ",\n" ENTRY("10", "client",
                                                             "      \"client\": \"C4\",\n      "
                                                             "\"bottle\": null,\n",
                                                             "\"ul\": 0", "null",
                                                             "      \"sets\": \"{\\\"client\\\": "
                                                             "4}\",\n") "\n  ]\n}\n"},
        {"an order that came", again_stock_change,
         "{\n  \"schema\": \"tonsure/stock-change/1\",\n  \"action\": \"receive\",\n"
         "  \"operation\": 0,\n  \"order\": \"O3\",\n  \"bottles\": [\"B2\"],\n  \"now\": "
         "[\n" BOTTLE("B2", "") "  ],\n  \"entries\": [\n" ENTRY(
             "7", "lot",
             "      \"product\": \"gloves\",\n      \"lot\": \"L1\",\n"
             "      \"bottle\": null,\n",
             "\"pc\": 0", "null",
             "") ",\n" ENTRY("8", "product",
                             "      \"product\": \"tips\",\n      \"bottle\": null,\n", "\"ul\": 0",
                             "null", "") "\n  ],\n  \"written\": false,\n  \"warnings\": [\"one\", "
                                         "\"two\"]\n}\n"},
        {"a ledger that somebody changed", again_stock_verify,
         "{\n  \"schema\": \"tonsure/stock-verify/1\",\n  \"entries\": 2,\n  \"ok\": false,\n"
         "  \"head\": " HASH ",\n  \"error\": {\"code\": \"tampered\", \"text\": \"entry 2 was "
         "changed\"}\n}\n"},
        {"a backup, which is not counted", again_stock_copy,
         "{\"schema\": \"tonsure/stock-copy/1\", \"action\": \"backup\", \"path\": \"b.db\", "
         "\"written\": true}\n"},
        {"a label of a pot", again_stock_scan,
         "{\n  \"schema\": \"tonsure/stock-scan/1\",\n  \"kind\": \"own\",\n  \"label\": \"P5\",\n"
         "  \"product\": null,\n  \"known\": true,\n  \"pot\": \"P5\",\n  \"visit\": \"V2\",\n"
         "  \"client\": \"C1\",\n  \"bottles\": []\n}\n"},
        {"retired, with what its label states", again_stock_products,
         "{\n  \"schema\": \"tonsure/stock-products/1\",\n  \"products\": [\n    {\n"
         "      \"id\": \"amp\",\n      \"kind\": \"diluent\",\n      \"unit\": \"ul\",\n"
         "      \"supplier\": null,\n      \"gtin\": null,\n      \"states\": \"nothing\",\n"
         "      \"retired\": true,\n      \"pao_months\": 12,\n      \"single_use\": false,\n"
         "      \"pack\": null,\n      \"cost_cents\": null,\n      \"lead_days\": null,\n"
         "      \"density_mg_ml\": 1000,\n      \"on_hand\": 0,\n      \"usable\": 0\n"
         "    }\n  ]\n}\n"},
        {"of single use, and pieces", again_stock_products,
         "{\n  \"schema\": \"tonsure/stock-products/1\",\n  \"products\": [\n    {\n"
         "      \"id\": \"amp\",\n      \"kind\": \"diluent\",\n      \"unit\": \"pc\",\n"
         "      \"supplier\": \"Ink & Co\",\n      \"gtin\": \"09501101530003\",\n"
         "      \"pao_months\": null,\n      \"single_use\": true,\n      \"pack\": 5,\n"
         "      \"cost_cents\": 200,\n      \"lead_days\": 9,\n      \"density_mg_ml\": 1000,\n"
         "      \"on_hand\": 3,\n      \"usable\": 2\n    }\n  ]\n}\n"},
        {"an erased client, of whom nothing is known", again_clients,
         "{\n  \"schema\": \"tonsure/clients/1\",\n  \"clients\": [{\"id\": \"C2\", \"since\": "
         "\"2026-01-31\", \"erased\": \"2026-02-28\", \"allergies\": null}]\n}\n"},
        {"no visits", again_visits, "{\"schema\": \"tonsure/visits/1\", \"visits\": []}\n"},
        {"a change of nothing but a client", again_clinic_change,
         "{\n  \"schema\": \"tonsure/clinic-change/1\",\n  \"action\": \"client add\",\n"
         "  \"client\": \"C1\",\n  \"operation\": 1,\n  \"entries\": [],\n  \"written\": true,\n"
         "  \"warnings\": []\n}\n"},
        {"a month without a visit, in which more came back than went", again_month,
         "{\n  \"schema\": \"tonsure/report-month/1\",\n  \"from\": \"2026-02-01\",\n"
         "  \"to\": \"2026-02-28\",\n  \"spent_cents\": -5,\n  \"used_cents\": 0,\n"
         "  \"wasted_cents\": 0,\n  \"waste_percent\": null,\n  \"unpriced\": false,\n"
         "  \"pots\": 0,\n  \"pot_cents\": 0,\n  \"pot_cents_a_visit\": null,\n"
         "  \"all_cents_a_visit\": null,\n  \"products\": [],\n  \"shades\": [],\n"
         "  \"visits\": []\n}\n"},
        {"a plan of pieces, with what a mix would cost", again_plan,
         "{\n  \"schema\": \"tonsure/plan/1\",\n  \"from\": \"2026-12-28\",\n"
         "  \"until\": \"2027-01-10\",\n  \"service\": 0.98,\n"
         "  \"bookings\": {\"visits\": 0, \"follow_ups\": 1, \"passed_over\": 2},\n"
         "  \"items\": [\n    {\n      \"pigment\": null,\n      \"item\": \"gloves\",\n      "
         "\"on_hand_pc\": 4,\n"
         "      \"usable_pc\": 4,\n      \"lasts\": null,\n      \"per_week_pc\": 0.3,\n"
         "      \"pattern\": \"none\",\n      \"method\": \"SES\"\n    }\n  ],\n"
         "  \"demand\": [\n    {\n      \"pigment\": null,\n      \"item\": \"gloves\",\n"
         "      \"week\": \"2026-W53\",\n      \"booked_pc\": 0,\n      \"expected_pc\": 0.1,\n"
         "      \"sd_pc\": 2\n    },\n"
         "    {\n      \"pigment\": null,\n      \"item\": \"gloves\",\n"
         "      \"week\": \"2027-W01\",\n      \"booked_pc\": 1,\n      \"expected_pc\": 0,\n"
         "      \"sd_pc\": 0\n    }\n  ],\n"
         "  \"orders\": [\n    {\n      \"product\": \"gloves\",\n      \"pigment\": null,\n      "
         "\"item\": \"gloves\",\n"
         "      \"supplier\": \"\",\n      \"bottles\": 2,\n      \"pack_pc\": 100,\n"
         "      \"by\": \"2026-12-29\",\n      \"arrives\": \"2027-01-02\",\n"
         "      \"cost_cents\": 900,\n      \"cause\": \"booked\",\n      \"reason\": \"few\",\n"
         "      \"will_expire_unused_pc\": 0,\n      \"expires_on\": null,\n"
         "      \"or_mix\": {\"own_cents_a_year\": 900, \"mixed_cents_a_year\": 400, "
         "\"even_at_a_year_pc\": 12.5}\n    }\n  ],\n"
         "  \"expiring\": [],\n  \"proposed\": [\"O1\", \"O2\"],\n  \"warnings\": []\n}\n"},
        {"a plan that mixes", again_plan,
         "{\n  \"schema\": \"tonsure/plan/1\",\n  \"from\": \"2026-12-28\",\n"
         "  \"until\": \"2027-01-10\",\n  \"service\": 0.98,\n"
         "  \"bookings\": {\"visits\": 0, \"follow_ups\": 1, \"passed_over\": 2},\n"
         "  \"items\": [],\n  \"demand\": [],\n  \"orders\": [],\n  \"expiring\": [],\n"
         "  \"mix\": {\n    \"pigment\": \"brown\",\n    \"of\": \"carbon=2,diluent=1\",\n"
         "    \"from\": \"2027-01-02\",\n"
         "    \"with\": {\"orders\": 1, \"unpriced\": 1, \"cost_cents\": 0, "
         "\"will_expire_unused_ul\": 0},\n"
         "    \"without\": {\"orders\": 2, \"unpriced\": 0, \"cost_cents\": 5700, "
         "\"will_expire_unused_ul\": 12.5},\n"
         "    \"delta_e_00\": 3.12,\n    \"strength\": 1.25,\n    \"diluent_parts\": 0.75\n  },\n"
         "  \"warnings\": []\n}\n"},
        {"a plan that mixes what no palette knows", again_plan,
         "{\n  \"schema\": \"tonsure/plan/1\",\n  \"from\": \"2026-12-28\",\n"
         "  \"until\": \"2027-01-10\",\n  \"service\": 0.98,\n"
         "  \"bookings\": {\"visits\": 0, \"follow_ups\": 1, \"passed_over\": 2},\n"
         "  \"items\": [],\n  \"demand\": [],\n  \"orders\": [],\n  \"expiring\": [],\n"
         "  \"mix\": {\n    \"pigment\": \"brown\",\n    \"of\": \"carbon=2\",\n"
         "    \"from\": null,\n"
         "    \"with\": {\"orders\": 0, \"unpriced\": 0, \"cost_cents\": 0, "
         "\"will_expire_unused_ul\": 0},\n"
         "    \"without\": {\"orders\": 0, \"unpriced\": 0, \"cost_cents\": 0, "
         "\"will_expire_unused_ul\": 0}\n  },\n"
         "  \"warnings\": []\n}\n"},
    };
    all_same_again(rows, sizeof rows / sizeof *rows);
}
END_TEST

/* Values, not only texts: what a program would look at. */
START_TEST(what_was_read_is_what_was_meant)
{
    size_t length;
    tns_error err = {0};
    tns_stock_recall_record recall;
    char *text = project_file("docs/schema/examples/stock-recall-1.json", &length);
    ck_assert_msg(tns_stock_recall_parse(text, length, "r.json", &recall, &err), "%s", err.text);
    ck_assert_str_eq(recall.lot, "A77");
    ck_assert(recall.written && recall.trace.bottles.count == 2);
    const tns_bottle *bottle = &recall.trace.bottles.bottles[0];
    ck_assert(bottle->id == 1 && bottle->recalled && bottle->status == TNS_BOTTLE_RECALLED);
    ck_assert(bottle->on_hand > 0 && !bottle->pieces);
    const tns_pot *pot = &recall.trace.pots.pots[0];
    ck_assert(pot->state == TNS_POT_CLOSED && pot->part_count == 2 && pot->left_ul > 0);
    ck_assert(pot->parts[0].ul + pot->parts[1].ul == pot->ul);
    ck_assert(pot->parts[0].drop_nl == 40000 && pot->parts[0].cost_millicents > 0);
    ck_assert(pot->parts[1].kind == TNS_PRODUCT_DILUENT && pot->parts[1].pigment[0] == '\0');
    ck_assert(recall.trace.visits.visits[0].area_mm2 == 12000);
    ck_assert(recall.trace.clients.clients[0].card.allergy_count == 2);
    tns_stock_recall_record_finish(&recall);
    ck_assert(recall.trace.bottles.bottles == NULL && recall.lot[0] == '\0');
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shelf");
    TCase *tc = tcase_create("shelf");
    tcase_add_test(tc, every_example_of_the_shelf_is_read_and_written_byte_for_byte);
    tcase_add_test(tc, the_rarer_forms_are_read_and_written_byte_for_byte);
    tcase_add_test(tc, what_was_read_is_what_was_meant);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
