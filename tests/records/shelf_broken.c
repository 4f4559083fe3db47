/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Broken records of the shelf, the clinic and its plan. */
#include "records/broken.h"
#include "records/shelf_again.h"

#define EXAMPLE(name) "docs/schema/examples/" name ".json"
#define REFUSE(name, schema, read, rows)                                                           \
    refuse_broken(EXAMPLE(name), schema, read, rows, sizeof(rows) / sizeof *(rows))

/* Each as `broken.h` wants it: whether anything came of it. */
static bool came(char *again)
{
    free(again);
    return again != NULL;
}

static bool read_change(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_change(text, length, err));
}

static bool read_log(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_log(text, length, err));
}

static bool read_recall(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_recall(text, length, err));
}

static bool read_verify(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_verify(text, length, err));
}

static bool read_copy(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_copy(text, length, err));
}

static bool read_paper(const char *text, size_t length, tns_error *err)
{
    return came(again_paper(text, length, err));
}

static bool read_products(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_products(text, length, err));
}

static bool read_scan(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_scan(text, length, err));
}

static bool read_orders(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_orders(text, length, err));
}

static bool read_terms(const char *text, size_t length, tns_error *err)
{
    return came(again_stock_terms(text, length, err));
}

static bool read_month(const char *text, size_t length, tns_error *err)
{
    return came(again_month(text, length, err));
}

static bool read_clinic(const char *text, size_t length, tns_error *err)
{
    return came(again_clinic_change(text, length, err));
}

static bool read_client(const char *text, size_t length, tns_error *err)
{
    return came(again_client(text, length, err));
}

static bool read_report_visit(const char *text, size_t length, tns_error *err)
{
    return came(again_report_visit(text, length, err));
}

static bool read_plan(const char *text, size_t length, tns_error *err)
{
    return came(again_plan(text, length, err));
}

START_TEST(every_broken_record_of_the_shelf_is_refused_with_its_place)
{
    static const broken change[] = {
        {"no action", "action", NULL, TNS_ERROR_FORMAT, "action: expected a text"},
        {"an operation of text", "operation", "\"one\"", TNS_ERROR_FORMAT, "operation: expected"},
        {"no bottles", "now[", NULL, TNS_ERROR_FORMAT, "now: expected an array"},
        {"a bottle of a number", "now[", "[7]", TNS_ERROR_FORMAT, "now[0]: expected an object"},
        {"a bottle without a letter", "id", "\"17\"", TNS_ERROR_FORMAT,
         "now[0].id: expected B and a number, found \"17\""},
        {"bottle 0", "id", "\"B0\"", TNS_ERROR_FORMAT, "id: expected B and a number"},
        {"a bottle's number with a tail", "id", "\"B1x\"", TNS_ERROR_FORMAT, "id: expected B"},
        {"a bottle's number beyond all", "id", "\"B9007199254740993\"", TNS_ERROR_FORMAT,
         "id: expected B"},
        {"a kind of drink", "kind", "\"drink\"", TNS_ERROR_FORMAT, "now[0].kind: expected pigment"},
        {"half a microlitre", "on_hand_ul", "0.5", TNS_ERROR_FORMAT,
         "on_hand_ul: expected a whole number, found 0.5"},
        {"less than nothing", "on_hand_ul", "-1", TNS_ERROR_RANGE, "on_hand_ul: expected 0 to"},
        {"30 February", "expires", "\"2026-02-30\"", TNS_ERROR_FORMAT,
         "expires: expected a day, found \"2026-02-30\""},
        {"sterile perhaps", "sterile", "\"perhaps\"", TNS_ERROR_FORMAT, "sterile: expected true"},
        {"a status of its own", "status", "\"fine\"", TNS_ERROR_FORMAT, "status: expected ok"},
        {"no entries", "entries[", NULL, TNS_ERROR_FORMAT, "entries: expected an array"},
        {"written perhaps", "written", "1", TNS_ERROR_FORMAT, "written: expected true or false"},
    };
    static const broken log[] = {
        {"entry 0", "id", "0", TNS_ERROR_RANGE, "entries[0].id: expected 1 to"},
        {"a time without its zone", "time", "\"2026-11-22T00:00:00\"", TNS_ERROR_FORMAT,
         "entries[0].time: expected a time"},
        {"noon at 24", "recorded", "\"2026-11-22T24:00:00Z\"", TNS_ERROR_FORMAT,
         "recorded: expected a time"},
        {"an actor of 70 letters", "actor",
         "\"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij\"",
         TNS_ERROR_FORMAT, "actor: expected"},
        {"a kind of its own", "kind", "\"gift\"", TNS_ERROR_FORMAT, "kind: expected"},
        {"no amount", "ul", NULL, TNS_ERROR_FORMAT, "ul: expected a number"},
        {"it undoes half", "undoes", "1.5", TNS_ERROR_FORMAT, "undoes: expected a whole number"},
        {"a hash cut short", "hash", "\"00ff\"", TNS_ERROR_FORMAT,
         "hash: expected 64 hexadecimal digits"},
        {"a hash of capitals", "hash",
         "\"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\"", TNS_ERROR_FORMAT,
         "hash: expected 64"},
    };
    static const broken recall[] = {
        {"no lot", "lot", NULL, TNS_ERROR_FORMAT, "lot: expected a text"},
        {"pots of a number", "mixed[", "[7]", TNS_ERROR_FORMAT, "mixed[0]: expected an object"},
        {"nobody to notify", "notify[", NULL, TNS_ERROR_FORMAT, "notify: expected an array"},
        {"elsewhere below nothing", "elsewhere_ul", "-3", TNS_ERROR_RANGE,
         "elsewhere_ul: expected"},
    };
    static const broken verify[] = {
        {"entries below none", "entries", "-1", TNS_ERROR_RANGE, "entries: expected 0 to"},
        {"no verdict", "ok", NULL, TNS_ERROR_FORMAT, "ok: expected true"},
        {"wrong, and not why", "ok", "false", TNS_ERROR_FORMAT, "error: expected"},
    };
    static const broken copy[] = {
        {"no path", "path", NULL, TNS_ERROR_FORMAT, "path: expected a text"},
        {"until noon", "until", "\"noon\"", TNS_ERROR_FORMAT, "until: expected a time"},
        {"cards of a number", "cards{", "1", TNS_ERROR_FORMAT, "cards: expected an object"},
    };
    static const broken paper[] = {
        {"no path", "path", NULL, TNS_ERROR_FORMAT, "path: expected a text"},
        {"no bytes at all", "bytes", "0", TNS_ERROR_RANGE, "bytes: expected 1"},
        {"half a byte", "bytes", "1.5", TNS_ERROR_FORMAT, "bytes: expected a whole number"},
        {"a short hash", "sha256", "\"00ff\"", TNS_ERROR_FORMAT,
         "sha256: expected 64 hexadecimal digits"},
    };
    REFUSE("paper-1", "tonsure/paper/1", read_paper, paper);
    REFUSE("stock-change-1", "tonsure/stock-change/1", read_change, change);
    REFUSE("stock-log-1", "tonsure/stock-log/1", read_log, log);
    REFUSE("stock-recall-1", "tonsure/stock-recall/1", read_recall, recall);
    REFUSE("stock-verify-1", "tonsure/stock-verify/1", read_verify, verify);
    REFUSE("stock-copy-1", "tonsure/stock-copy/1", read_copy, copy);
}
END_TEST

START_TEST(every_broken_record_of_what_is_bought_is_refused_with_its_place)
{
    static const broken products[] = {
        {"no id", "id", NULL, TNS_ERROR_FORMAT, "products[0].id: expected a text"},
        {"by the spoon", "unit", "\"spoon\"", TNS_ERROR_FORMAT, "unit: expected ul or pc"},
        {"good for ever", "pao_months", "1000", TNS_ERROR_RANGE, "pao_months: expected 1 to 120"},
        {"once perhaps", "single_use", "\"perhaps\"", TNS_ERROR_FORMAT, "single_use: expected"},
        {"a pack of less than nothing", "pack", "-1", TNS_ERROR_RANGE, "pack: expected 0 to"},
        {"lighter than air", "density_mg_ml", "-1", TNS_ERROR_RANGE, "density_mg_ml: expected"},
    };
    static const broken scan[] = {
        {"a kind of its own", "kind", "\"song\"", TNS_ERROR_FORMAT, "kind: expected article"},
        {"a label without one", "kind", "\"own\"", TNS_ERROR_FORMAT, "label: expected a text"},
        {"an article of 20 digits", "gtin", "\"01234567890123456789\"", TNS_ERROR_FORMAT,
         "gtin: expected"},
        {"nine that are passed over", "passed_over",
         "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]", TNS_ERROR_FORMAT,
         "passed_over: expected"},
        {"an identifier of a number", "passed_over", "[7]", TNS_ERROR_FORMAT,
         "passed_over[0]: expected a text"},
    };
    static const broken orders[] = {
        {"an order of a bottle", "id", "\"B1\"", TNS_ERROR_FORMAT,
         "orders[0].id: expected O and a number, found \"B1\""},
        {"lost", "state", "\"lost\"", TNS_ERROR_FORMAT, "state: expected proposed"},
        {"no lines", "lines[", NULL, TNS_ERROR_FORMAT, "lines: expected an array"},
        {"half a pack", "packs", "0.5", TNS_ERROR_FORMAT, "packs: expected a whole number"},
    };
    static const broken terms[] = {
        {"delivered yesterday", "lead_days", "-1", TNS_ERROR_RANGE, "lead_days: expected 0 to"},
        {"seven prices", "prices[", "[1, 2, 3, 4, 5, 6, 7]", TNS_ERROR_FORMAT, "prices: expected"},
        {"a price of a number", "prices[", "[7]", TNS_ERROR_FORMAT,
         "prices[0]: expected an object"},
        {"a price from no packs on", "packs", "0", TNS_ERROR_RANGE,
         "terms[0].prices[0].packs: expected 1"},
    };
    static const broken month[] = {
        {"from the start", "from", "\"start\"", TNS_ERROR_FORMAT, "from: expected a day"},
        {"unpriced perhaps", "unpriced", "\"perhaps\"", TNS_ERROR_FORMAT, "unpriced: expected"},
        {"wasted by magic", "reason", "\"magic\"", TNS_ERROR_FORMAT, "waste[0].reason: expected"},
        {"half a cent", "used_cents", "0.5", TNS_ERROR_FORMAT, "used_cents: expected a whole"},
        {"a visit of a client", "visit", "\"C1\"", TNS_ERROR_FORMAT,
         "visits[0].visit: expected V and a number"},
        {"pots below none", "pots", "-1", TNS_ERROR_RANGE, "pots: expected 0 to"},
    };
    static const broken plan[] = {
        {"sure", "service", "2", TNS_ERROR_RANGE, "service: expected 0 to 1"},
        {"no bookings", "bookings{", NULL, TNS_ERROR_FORMAT, "bookings: expected an object"},
        {"no pigment, and no item", "pigment", NULL, TNS_ERROR_FORMAT,
         "items[0].item: expected a text"},
        {"a pattern of its own", "pattern", "\"checked\"", TNS_ERROR_FORMAT,
         "pattern: expected none"},
        {"week 54", "week", "\"2026-W54\"", TNS_ERROR_FORMAT, "week: expected a week such as"},
        {"week 0", "week", "\"2026-W00\"", TNS_ERROR_FORMAT, "week: expected a week"},
        {"a week of words", "week", "\"the next\"", TNS_ERROR_FORMAT, "week: expected a week"},
        {"booked below nothing", "booked_ul", "-1", TNS_ERROR_RANGE, "booked_ul: expected 0 to"},
        {"ordered for fun", "cause", "\"fun\"", TNS_ERROR_FORMAT, "cause: expected"},
        {"a mix of no pigment", "mix{", "{\"of\": \"a=1\"}", TNS_ERROR_FORMAT,
         "mix.pigment: expected a text"},
        {"a mix that costs nothing told", "mix{",
         "{\"pigment\": \"a\", \"of\": \"b=1\", \"from\": null}", TNS_ERROR_FORMAT,
         "mix.with: expected an object"},
        {"an order proposed by no number", "schema", "\"tonsure/plan/1\", \"proposed\": [7]",
         TNS_ERROR_FORMAT, "proposed[0]: expected a text"},
    };
    REFUSE("stock-products-1", "tonsure/stock-products/1", read_products, products);
    REFUSE("stock-scan-1", "tonsure/stock-scan/1", read_scan, scan);
    REFUSE("stock-orders-1", "tonsure/stock-orders/1", read_orders, orders);
    REFUSE("stock-terms-1", "tonsure/stock-terms/1", read_terms, terms);
    REFUSE("report-month-1", "tonsure/report-month/1", read_month, month);
    REFUSE("plan-1", "tonsure/plan/1", read_plan, plan);
}
END_TEST

START_TEST(every_broken_record_of_people_is_refused_with_its_place)
{
    static const broken clinic[] = {
        {"no action", "action", NULL, TNS_ERROR_FORMAT, "action: expected a text"},
        {"a client of a number", "client", "1", TNS_ERROR_FORMAT, "client: expected a text"},
        {"a pot of a number", "pot{", "1", TNS_ERROR_FORMAT, "pot: expected an object"},
        {"a pot of no kind", "state", "\"spilt\"", TNS_ERROR_FORMAT, "pot.state: expected mixed"},
        {"a pot without parts", "parts[", NULL, TNS_ERROR_FORMAT, "pot.parts: expected an array"},
        {"drops below none", "drops", "-1", TNS_ERROR_RANGE, "parts[0].drops: expected 0 to"},
        {"a cost below nothing", "cost", "-1", TNS_ERROR_RANGE, "parts[0].cost: expected 0 to"},
        {"a part of half a microlitre", "ul", "0.5", TNS_ERROR_FORMAT, "ul: expected a whole"},
    };
    static const broken client[] = {
        {"no client", "client{", NULL, TNS_ERROR_FORMAT, "client: expected an object"},
        {"an allergy of a number", "allergies[", "[7]", TNS_ERROR_FORMAT,
         "client.allergies[0]: expected a text"},
        {"a visit on no day", "on", "\"Friday\"", TNS_ERROR_FORMAT, "on: expected a day"},
        {"a kind of its own", "kind", "\"tea\"", TNS_ERROR_FORMAT, "visits[0].kind: expected s1"},
        {"an area below none", "area_cm2", "-1", TNS_ERROR_RANGE, "area_cm2: expected 0 to"},
        {"days before the visit", "days", "-1", TNS_ERROR_RANGE, "readings[0].days: expected 0"},
        {"a photo of no hash", "photo_path_sha256", NULL, TNS_ERROR_FORMAT,
         "photo_path_sha256: expected a text"},
        {"no reading", "reading{", NULL, TNS_ERROR_FORMAT,
         "readings[0].reading: expected an object"},
    };
    REFUSE("clinic-change-1", "tonsure/clinic-change/1", read_clinic, clinic);
    static const broken visit[] = {
        {"a visit of no client", "client", NULL, TNS_ERROR_FORMAT, "visit.client: expected"},
        {"a state of its own", "state", "\"over\"", TNS_ERROR_FORMAT, "visit.state: expected"},
        {"no pots", "pots[", NULL, TNS_ERROR_FORMAT, "pots: expected"},
        {"readings of text", "readings[", "[\"\"]", TNS_ERROR_FORMAT, "readings[0]: expected"},
        {"a site of a number", "site", "7", TNS_ERROR_FORMAT, "readings[0].site: expected a text"},
    };
    REFUSE("report-visit-1", "tonsure/report-visit/1", read_report_visit, visit);
    REFUSE("client-1", "tonsure/client/1", read_client, client);
}
END_TEST

/* Those that are a list of what others hold too. */
START_TEST(of_each_record_what_is_no_such_record_is_refused)
{
    for (size_t i = 0; i < sizeof shelf_records / sizeof *shelf_records; i++) {
        char text[80], says[120];
        tns_error err = {0};
        snprintf(text, sizeof text, "{\"schema\": \"%s\"}", shelf_records[i].schema);
        ck_assert_msg(!came(shelf_records[i].rewrite(text, strlen(text), &err)), "%s",
                      shelf_records[i].schema);
        ck_assert_msg(err.code == TNS_ERROR_FORMAT, "%s: %s", shelf_records[i].schema, err.text);
        static const char other[] = "{\"schema\": \"tonsure/later/9\"}";
        snprintf(says, sizeof says, "r.json: schema: expected \"%s\"", shelf_records[i].schema);
        ck_assert(!came(shelf_records[i].rewrite(other, sizeof other - 1, &err)));
        ck_assert_msg(strncmp(err.text, says, strlen(says)) == 0, "%s", err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shelf_broken");
    TCase *tc = tcase_create("shelf_broken");
    tcase_add_test(tc, every_broken_record_of_the_shelf_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_record_of_what_is_bought_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_record_of_people_is_refused_with_its_place);
    tcase_add_test(tc, of_each_record_what_is_no_such_record_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
