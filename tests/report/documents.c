/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Papers as people and scanners see them: what an HTML page says, and what a reader of QR symbols,
 * not ours, finds on a page of PDF. Where zbarimg or pdftoppm is missing that part is skipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/documents.h>

#include "report/document.h"
#include "support/testing.h"

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "documents-XXXXXX");
    ck_assert(mkdtemp(folder) != NULL);
}

static void remove_folder(void)
{
    char line[128] = "rm -rf ";
    strcat(line, folder);
    ck_assert_int_eq(system(line), 0);
}

/* Whether there is a program; else the test that wants it is skipped, visibly. */
static bool have(const char *test, const char *program)
{
    char line[128];
    snprintf(line, sizeof line, "command -v %s >/dev/null", program);
    bool there = system(line) == 0;
    if (!there)
        skip(test, program);
    return there;
}

static void save(const char *name, const tns_document_bytes *bytes)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *to = fopen(path, "wb");
    ck_assert(to != NULL);
    ck_assert_uint_eq(fwrite(bytes->data, 1, bytes->length, to), bytes->length);
    fclose(to);
}

/* What a command prints, cut to `size`. */
static void said(const char *line, char *out, size_t size)
{
    FILE *from = popen(line, "r");
    ck_assert(from != NULL);
    size_t length = fread(out, 1, size - 1, from);
    out[length] = '\0';
    pclose(from);
}

/* The symbols on page `page` of a PDF, as zbarimg reads them. */
static void scan_page(const char *pdf, int page, char *out, size_t size)
{
    char line[400];
    snprintf(line, sizeof line,
             "cd %s && pdftoppm -r 300 -gray -f %d -l %d -singlefile %s page && "
             "zbarimg -q --raw page.pgm 2>/dev/null",
             folder, page, page, pdf);
    said(line, out, size);
}

static const tns_label labels[] = {
    {"TONSURE:P12",
     "P12 18:1",
     {"carbon-black A77 < \"B\" & W1", "V31 C12", "mixed 2026-11-22 14:05", "discard by 18:05"},
     4},
    {"TONSURE:B17",
     "B17 opened",
     {"deep-black, a name far too long for so small a label", "A77"},
     0},
};

static const tns_passport_part parts[] = {
    {.pot = "P5",
     .product = "deep-black",
     .supplier = "Ink & Co",
     .lot = "A77",
     .ul = 160,
     .color_index = "77266",
     .ingredients = "carbon black (1333-86-4), nickel traces",
     .nickel = TNS_LABEL_NAMES,
     .chromium = TNS_LABEL_WITHOUT,
     .statement = TNS_LABEL_NAMES},
    {.pot = "P5",
     .product = "water",
     .supplier = "",
     .lot = "INT-9",
     .internal_lot = true,
     .ul = 2840,
     .color_index = "",
     .ingredients = "",
     .diluent = true},
};

static const char *const warnings[] = {"expired, but: <agreed> with the client"};

static tns_passport passport(void)
{
    return (tns_passport){.clinic = "Kopf & Haut",
                          .visit = "V31",
                          .client = "C12",
                          .name = "",
                          .kind = "first session",
                          .actor = "ann",
                          .day = 20779,
                          .sites = "crown",
                          .part_count = 2,
                          .parts = parts,
                          .warning_count = 1,
                          .warnings = warnings,
                          .printed = 20779};
}

static void must(bool done, const tns_error *err)
{
    ck_assert_msg(done, "%s", err->text);
}

static void check_says(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(strstr(text, words[i]) != NULL, "\"%s\" is missing", words[i]);
}

START_TEST(a_passport_says_what_was_used_and_what_labels_say)
{
    static const char *const words[] = {
        "Kopf &amp; Haut",
        "Ink passport",
        "V31",
        "2026-11-22",
        "deep-black",
        "Ink &amp; Co",
        "A77",
        "77266",
        "carbon black (1333-86-4)",
        "0.160 ml",
        "2.840 ml",
        "the maker gave none",
        "What was mixed",
        "Amounts are what was mixed: 3.000 ml.",
        "not entered: see the label",
        "deep-black: Mixture for use in tattoos or permanent make-up.",
        "Contains nickel. Can cause allergic reactions.",
        "water, lot INT-9, did not come as sterile",
        "&lt;agreed&gt;",
        "meet that or any other law is not said here",
        "<td class=\"n\">",
        "not known here"};
    tns_passport p = passport();
    tns_document_bytes page;
    tns_error err;
    must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
    ck_assert_uint_eq(strlen(page.data), page.length);
    check_says(page.data, words, sizeof words / sizeof *words);
    ck_assert(strstr(page.data, "<agreed>") == NULL);
    ck_assert(strstr(page.data, "chromium (VI).") == NULL);
    ck_assert(strstr(page.data, "http") == NULL); /* nothing is fetched */
    ck_assert(strstr(page.data, "nobody entered whether") == NULL);
    free(page.data);
}
END_TEST

START_TEST(a_lot_that_did_not_come_sterile_is_told_of_once)
{
    tns_passport_part twice[4] = {parts[1], parts[1], parts[1], parts[1]};
    char told[8][TNS_PASSPORT_WARNING];
    tns_passport p = passport();
    twice[1].pot = "P6";
    twice[2].lot = "INT-10";
    p.parts = twice;
    p.part_count = 4;
    ck_assert_uint_eq(tns_passport_label_warnings(&p, told), 2);
    ck_assert_str_eq(told[0], "water, lot INT-9, did not come as sterile.");
    ck_assert_str_eq(told[1], "water, lot INT-10, did not come as sterile.");
}
END_TEST

START_TEST(a_passport_says_how_much_of_what_was_mixed_is_known_to_be_used)
{
    static const struct {
        const char *label;
        bool is_open;
        tns_day after; /* printed so many days after the visit's */
        size_t open_pots;
        int64_t left_ul;
        const char *says;
    } rows[] = {
        {"closed", false, 0, 0, 0, "Amounts are what was mixed: 3.000 ml."},
        {"with a rest", false, 1, 0, 400, "3.000 ml, of which 0.400 ml were left and thrown away."},
        {"open", true, 0, 1, 0,
         "The visit is not closed yet. Amounts are what was mixed so far: 3.0"},
        {"two pots open", true, 0, 2, 0, "3.000 ml; of 2 pots nobody said yet what was left."},
        {"to come", true, -8, 1, 0, "The visit is still to come, on 2026-11-22. Amounts are"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_passport p = passport();
        tns_document_bytes page;
        tns_error err;
        p.is_open = rows[i].is_open;
        p.printed = p.day + rows[i].after;
        p.open_pots = rows[i].open_pots;
        p.left_ul = rows[i].left_ul;
        must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
        ck_assert_msg(strstr(page.data, rows[i].says) != NULL, "%s: %s", rows[i].label, page.data);
        free(page.data);
    }
}
END_TEST

static const tns_passport_part unstated = {.pot = "P5",
                                           .product = "mild-grey",
                                           .supplier = "",
                                           .lot = "7",
                                           .ul = 100,
                                           .color_index = "",
                                           .ingredients = ""};

static const tns_passport_part clean = {.pot = "P5",
                                        .product = "pure-white",
                                        .supplier = "",
                                        .lot = "8",
                                        .ul = 100,
                                        .color_index = "",
                                        .ingredients = "nickel-free titania",
                                        .nickel = TNS_LABEL_WITHOUT,
                                        .chromium = TNS_LABEL_WITHOUT,
                                        .statement = TNS_LABEL_WITHOUT},
                               chrome = {.pot = "P5",
                                         .product = "old-green",
                                         .supplier = "",
                                         .lot = "9",
                                         .ul = 100,
                                         .color_index = "",
                                         .ingredients = "Cr(VI) traces",
                                         .nickel = TNS_LABEL_WITHOUT,
                                         .chromium = TNS_LABEL_NAMES};

START_TEST(a_passport_says_of_no_label_what_nobody_read_there)
{
    const tns_passport_part both[] = {unstated, parts[0], unstated}, known[] = {clean, chrome},
                            mixed[] = {clean, unstated};
    const struct {
        const char *name;
        size_t count;
        const tns_passport_part *parts;
        const char *says, *says_not;
    } rows[] = {
        {"no pot", 0, parts, "No pot was mixed", "Mixture for use"},
        {"no pot, no labels", 0, parts, "About this sheet", "As the labels have it"},
        {"not entered", 1, &unstated, "Of mild-grey nobody entered whether the label says",
         "make-up."},
        {"nothing entered", 1, &unstated, "Of mild-grey nobody entered what is in it",
         "names nickel or chromium"},
        {"one of two entered", 2, mixed, "Of mild-grey nobody entered what",
         "that was entered names"},
        {"all entered", 1, &clean, "No ingredient that was entered names", "Contains nickel"},
        {"chromium", 2, known, "Contains chromium (VI). Can", "that was entered names"},
        {"no nickel", 2, known, "Contains chromium", "Contains nickel"},
        {"one of two", 3, both, "Of mild-grey nobody", "mild-grey, mild-grey"},
        {"the other", 3, both, "deep-black: Mixture for use", "mild-grey: "},
        {"the label lacks it", 1, &clean, "The label of pure-white does not say", "nobody entered"},
        {"a diluent is no ink", 1, &parts[1], "Of water nobody entered what", "Mixture for use"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_passport p = passport();
        tns_document_bytes page;
        tns_error err;
        p.part_count = rows[i].count;
        p.parts = rows[i].parts;
        must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
        ck_assert_msg(strstr(page.data, rows[i].says) != NULL, "%s: \"%s\" is missing",
                      rows[i].name, rows[i].says);
        ck_assert_msg(strstr(page.data, rows[i].says_not) == NULL, "%s: \"%s\" is there",
                      rows[i].name, rows[i].says_not);
        free(page.data);
    }
}
END_TEST

START_TEST(a_passports_code_leaves_out_whole_lines_where_there_are_too_many)
{
    static tns_passport_part many[40];
    char code[TNS_PASSPORT_CODE];
    tns_passport p = passport();
    tns_passport_code(&p, code);
    ck_assert_str_eq(code, "TONSURE:V31\nInk passport C12 2026-11-22\ndeep-black, lot A77, CI "
                           "77266\nwater, lot INT-9\n");
    for (size_t i = 0; i < 40; i++)
        many[i] = parts[0];
    p.parts = many;
    p.part_count = 40;
    tns_passport_code(&p, code);
    ck_assert_uint_lt(strlen(code), TNS_PASSPORT_CODE);
    ck_assert_str_eq(code + strlen(code) - 6, "77266\n");
}
END_TEST

static const tns_order_sheet_line order_lines[] = {
    {"deep-black", "09501101530003", "15 ml", 3, 2850, "3 booked need <0.9 ml>"},
    {"needles", "", "20 pc", 1, 0, ""},
};

static const tns_order_sheet order = {.number = "O3",
                                      .supplier = "Ink & Co",
                                      .clinic = "",
                                      .state = "sent",
                                      .actor = "ann",
                                      .day = 20779,
                                      .expected = 20788,
                                      .line_count = 2,
                                      .lines = order_lines};

START_TEST(an_order_sheet_adds_up_and_keeps_its_reasons_unless_asked)
{
    static const char *const words[] = {
        "Order O3",  "To Ink &amp; Co", "85.50", "28.50", "as far as prices are known",
        "2026-12-01"};
    tns_order_sheet sheet = order;
    tns_document_bytes page;
    tns_error err;
    must(tns_order_sheet_write(&sheet, TNS_DOCUMENT_HTML, &page, &err), &err);
    check_says(page.data, words, sizeof words / sizeof *words);
    ck_assert(strstr(page.data, "booked") == NULL);
    free(page.data);
    sheet.reasons = true;
    must(tns_order_sheet_write(&sheet, TNS_DOCUMENT_HTML, &page, &err), &err);
    ck_assert(strstr(page.data, "need &lt;0.9 ml&gt;") != NULL);
    free(page.data);
}
END_TEST

/* On a telephone figures would stand in each other, were the table as narrow as its screen. */
START_TEST(a_narrow_screen_breaks_none_but_long_cells_and_no_reason_is_told)
{
    static const tns_order_sheet_line line = {"as-long-as-two-names2", "", "15 ml", 3, 2850, ""};
    static const char *const words[] = {"<td class=\"long\">as-long-as-two-names2</td>",
                                        "<td>15 ml</td>",
                                        "<td class=\"n\">85.50</td>",
                                        "overflow-x: auto; }",
                                        "td { white-space: nowrap;",
                                        "<h2>Why</h2>\n<p>No reason was noted.</p>"};
    tns_order_sheet sheet = order;
    tns_document_bytes page;
    tns_error err;
    sheet.reasons = true;
    sheet.lines = &line;
    sheet.line_count = 1;
    must(tns_order_sheet_write(&sheet, TNS_DOCUMENT_HTML, &page, &err), &err);
    check_says(page.data, words, sizeof words / sizeof *words);
    free(page.data);
}
END_TEST

/* The cells that a page's path draws, put back into a symbol. */
static void read_path(const char *page, tns_qr *out)
{
    int whole = 0, x, y, run, used;
    memset(out, 0, sizeof *out);
    const char *box = strstr(page, "shape-rendering=\"crispEdges\"");
    ck_assert(box != NULL);
    while (strncmp(box, "viewBox", 7) != 0)
        box--;
    ck_assert_int_eq(sscanf(box, "viewBox=\"0 0 %d", &whole), 1);
    out->side = whole - 2 * TNS_QR_QUIET;
    const char *path = strstr(box, " d=\"");
    ck_assert(path != NULL);
    for (path += 4; sscanf(path, "M%d %dh%d%n", &x, &y, &run, &used) == 3;
         path = strchr(path, 'z') + 1)
        for (int i = 0; i < run; i++)
            out->dark[(y - TNS_QR_QUIET) * out->side + x - TNS_QR_QUIET + i] = 1;
}

START_TEST(a_pages_symbol_has_the_cells_of_its_text)
{
    static tns_qr right, found;
    tns_document_bytes page;
    tns_error err;
    must(tns_labels_write(labels, 1, TNS_DOCUMENT_HTML, &page, &err), &err);
    must(tns_qr_make("TONSURE:P12", true, &right, &err), &err);
    read_path(page.data, &found);
    ck_assert_int_eq(found.side, right.side);
    ck_assert(memcmp(found.dark, right.dark, (size_t)(right.side * right.side)) == 0);
    ck_assert(strstr(page.data, "A77 &lt; &quot;B&quot; &amp; W1") != NULL);
    free(page.data);
}
END_TEST

START_TEST(a_stranger_reads_the_symbols_of_labels)
{
    char found[200];
    tns_document_bytes file;
    tns_error err;
    if (!have(__func__, "pdftoppm") || !have(__func__, "zbarimg"))
        return;
    must(tns_labels_write(labels, 2, TNS_DOCUMENT_PDF, &file, &err), &err);
    save("labels.pdf", &file);
    free(file.data);
    scan_page("labels.pdf", 1, found, sizeof found);
    ck_assert_str_eq(found, "TONSURE:P12\n");
    scan_page("labels.pdf", 2, found, sizeof found);
    ck_assert_str_eq(found, "TONSURE:B17\n");
    char line[200];
    snprintf(line, sizeof line, "pdfinfo %s/labels.pdf | grep 'Page size'", folder);
    said(line, found, sizeof found); /* 50 x 25 mm in points */
    ck_assert_msg(strstr(found, "141.73 x 70.86") || strstr(found, "141.732 x 70.866"), "%s",
                  found);
}
END_TEST

START_TEST(a_stranger_reads_the_symbols_of_pages)
{
    char found[900], code[TNS_PASSPORT_CODE + 1];
    tns_passport p = passport();
    tns_document_bytes file;
    tns_error err;
    if (!have(__func__, "pdftoppm") || !have(__func__, "zbarimg"))
        return;
    must(tns_passport_write(&p, TNS_DOCUMENT_PDF, &file, &err), &err);
    save("passport.pdf", &file);
    free(file.data);
    scan_page("passport.pdf", 1, found, sizeof found);
    tns_passport_code(&p, code);
    strcat(code, "\n");
    ck_assert_str_eq(found, code);
    must(tns_order_sheet_write(&order, TNS_DOCUMENT_PDF, &file, &err), &err);
    save("order.pdf", &file);
    free(file.data);
    scan_page("order.pdf", 1, found, sizeof found);
    ck_assert_str_eq(found, "TONSURE:O3\n");
}
END_TEST

START_TEST(a_long_table_goes_on_on_the_next_page)
{
    static tns_order_sheet_line many[120];
    char line[200], found[400];
    tns_order_sheet sheet = order;
    tns_document_bytes file;
    tns_error err;
    for (size_t i = 0; i < 120; i++)
        many[i] = order_lines[0];
    sheet.lines = many;
    sheet.line_count = 120;
    must(tns_order_sheet_write(&sheet, TNS_DOCUMENT_PDF, &file, &err), &err);
    ck_assert(file.length > 1000 && memcmp(file.data, "%PDF-", 5) == 0);
    save("long.pdf", &file);
    free(file.data);
    if (!have(__func__, "pdftotext"))
        return;
    snprintf(line, sizeof line,
             "pdftotext %s/long.pdf - | tr -d '\\f' | grep -c -E '^(Product|deep-black)$'", folder);
    said(line, found, sizeof found);
    ck_assert_int_ge(atoi(found), 123); /* each line, and a head on each of three pages */
}
END_TEST

START_TEST(a_name_tells_the_format)
{
    tns_document_format format;
    tns_error err;
    ck_assert(tns_document_format_of("a.html", &format, &err) && format == TNS_DOCUMENT_HTML);
    ck_assert(tns_document_format_of("a.b/c.pdf", &format, &err) && format == TNS_DOCUMENT_PDF);
    ck_assert(!tns_document_format_of("a.docx", &format, &err) && err.code == TNS_ERROR_USAGE);
}
END_TEST

START_TEST(a_text_that_no_symbol_holds_is_refused)
{
    static tns_qr qr;
    static char text[4000];
    tns_error err;
    memset(text, 'x', sizeof text - 1);
    ck_assert(!tns_qr_make(text, false, &qr, &err));
    ck_assert_msg(err.code == TNS_ERROR_RANGE, "%s", err.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("documents");
    TCase *tcase = tcase_create("documents");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_passport_says_what_was_used_and_what_labels_say);
    tcase_add_test(tcase, a_lot_that_did_not_come_sterile_is_told_of_once);
    tcase_add_test(tcase, a_passport_says_how_much_of_what_was_mixed_is_known_to_be_used);
    tcase_add_test(tcase, a_passport_says_of_no_label_what_nobody_read_there);
    tcase_add_test(tcase, a_passports_code_leaves_out_whole_lines_where_there_are_too_many);
    tcase_add_test(tcase, an_order_sheet_adds_up_and_keeps_its_reasons_unless_asked);
    tcase_add_test(tcase, a_narrow_screen_breaks_none_but_long_cells_and_no_reason_is_told);
    tcase_add_test(tcase, a_pages_symbol_has_the_cells_of_its_text);
    tcase_add_test(tcase, a_stranger_reads_the_symbols_of_labels);
    tcase_add_test(tcase, a_stranger_reads_the_symbols_of_pages);
    tcase_add_test(tcase, a_long_table_goes_on_on_the_next_page);
    tcase_add_test(tcase, a_name_tells_the_format);
    tcase_add_test(tcase, a_text_that_no_symbol_holds_is_refused);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
