/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Labels, order sheets and the symbols of all papers as people and scanners see them: what a reader
 * of QR symbols, not ours, finds on a page of PDF. Where zbarimg or pdftoppm is missing that part
 * is skipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/documents.h>

#include "report/document.h"
#include "report/papers.h"
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
