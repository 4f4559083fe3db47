/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels and order sheets, of what is in the store. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tonsure/file.h>
#include <tonsure/gs1.h>
#include <tonsure/papers.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"

bool tns_service_numbered(char letter, const char *text, int64_t *out, tns_error *err)
{
    char *end;
    const char *digits = tns_text_upper(text[0]) == letter ? text + 1 : text;
    bool plain = digits[0] >= '1' && digits[0] <= '9' && strlen(digits) <= 15;
    *out = plain ? strtoll(digits, &end, 10) : 0;
    return (plain && *end == '\0') ||
           tns_error_set(err, TNS_ERROR_USAGE, "expected a number such as %c17, found \"%.40s\"",
                         letter, text);
}

bool tns_service_paper_look(const char *path, const char *kind, bool dry_run, tns_paper_file *out,
                            tns_error *err)
{
    static const size_t PAPER_MAX = (size_t)1 << 30;
    *out = (tns_paper_file){0};
    tns_text_copy(out->kind, sizeof out->kind, kind);
    tns_text_copy(out->path, sizeof out->path, path);
    out->dry_run = dry_run;
    if (dry_run)
        return tns_file_expect_writable(path, &out->replaces, err);
    char *bytes = tns_file_read(path, PAPER_MAX, &out->length, err);
    if (bytes)
        tns_stock_hash(bytes, out->length, out->sha256);
    free(bytes);
    return bytes != NULL;
}

/* ---- labels ---- */

/* As calendar and clock on the wall have it. */
static void write_time(int64_t seconds, char date[16], char hour[8])
{
    struct tm local = {0};
    time_t time = (time_t)seconds;
    date[0] = hour[0] = '\0';
    if (localtime_r(&time, &local)) {
        strftime(date, 16, "%Y-%m-%d", &local);
        strftime(hour, 8, "%H:%M", &local);
    }
}

static void label_bottle(const tns_bottle *b, bool opened, tns_label *out)
{
    char day[TNS_DAY_TEXT], until[TNS_DAY_TEXT];
    tns_own_code_write('B', b->id, out->code);
    tns_text_format(out->lines[1], sizeof out->lines[1], "lot %s", b->lot);
    tns_day_write(opened ? b->use_by : b->expires, until);
    tns_day_write(b->opened, day);
    if (opened && b->opened != TNS_NO_DAY) {
        tns_text_format(out->title, sizeof out->title, "B%" PRId64 " opened", b->id);
        tns_text_format(out->lines[0], sizeof out->lines[0], "%s", b->product);
        tns_text_format(out->lines[2], sizeof out->lines[2], "on %s", day);
        tns_text_format(out->lines[3], sizeof out->lines[3], "until %s", until);
        out->strong = 4;
        return;
    }
    tns_text_format(out->title, sizeof out->title, "B%" PRId64 " %s", b->id, b->product);
    tns_text_format(out->lines[0], sizeof out->lines[0], "%s%s%s",
                    b->pigment[0] ? b->pigment : tns_product_kind_name(b->kind),
                    b->place[0] ? ", " : "", b->place);
    tns_text_format(out->lines[2], sizeof out->lines[2], "%s%s", b->sterile ? "sterile" : "",
                    opened ? "not opened" : "");
    tns_text_format(out->lines[3], sizeof out->lines[3], "%s%s", until[0] ? "exp " : "", until);
    out->strong = 4;
}

/* "18:1" as the trade says it, or nothing where a pot has no pigment or no diluent. */
static void write_shade(const tns_pot *pot, char out[24])
{
    int64_t pigment = 0, diluent = 0;
    for (size_t i = 0; i < pot->part_count; i++)
        if (pot->parts[i].kind == TNS_PRODUCT_DILUENT)
            diluent += pot->parts[i].ul;
        else
            pigment += pot->parts[i].ul;
    out[0] = '\0';
    if (pigment > 0 && diluent > 0)
        tns_text_format(out, 24, " %.3g:1", (double)diluent / (double)pigment);
}

/* The lines of a pot's lots, each short enough to be read beside the QR. */
enum { LOT_LINES = 3 + 4 * 15, LOT_LETTERS = 24, LABELS_A_POT = 16 };

typedef struct lot_lines {
    size_t count;
    char line[LOT_LINES][TNS_LABEL_TEXT];
} lot_lines;

static size_t letters_of(const char *text)
{
    return tns_text_letters(text, strlen(text));
}

static void put_line(lot_lines *to, const char *text, size_t length)
{
    if (to->count < LOT_LINES)
        tns_text_format(to->line[to->count++], TNS_LABEL_TEXT, "%.*s", (int)length, text);
}

/* A lot is never cut: a long product's name is, and a long lot goes on in the next line. */
static void put_lot(lot_lines *to, const char *product, const char *lot)
{
    enum { LEAST = 5 }; /* letters of the product's name */
    char text[2 * TNS_LABEL_TEXT];
    size_t lot_letters = letters_of(lot), name = letters_of(product);
    bool beside = lot_letters + 1 + LEAST <= LOT_LETTERS;
    size_t room = LOT_LETTERS - (beside ? lot_letters + 1 : 0);
    bool cut = name > room;
    tns_text_format(text, sizeof text, "%.*s%s%s%s",
                    (int)tns_text_bytes(product, cut ? room - 1 : name), product,
                    cut ? "\xe2\x80\xa6" : "", beside ? " " : "", beside ? lot : "");
    char *last = to->count ? to->line[to->count - 1] : NULL;
    if (beside && last && letters_of(last) + 2 + letters_of(text) <= LOT_LETTERS)
        tns_text_format(last + strlen(last), TNS_LABEL_TEXT - strlen(last), ", %s", text);
    else
        put_line(to, text, strlen(text));
    for (size_t length; !beside && *lot; lot += length) {
        length = tns_text_bytes(lot, LOT_LETTERS);
        put_line(to, lot, length);
    }
}

static void take_lines(tns_label *out, int first, int count, const lot_lines *lots, size_t *taken)
{
    for (int i = first; i < first + count && *taken < lots->count; i++)
        tns_text_copy(out->lines[i], TNS_LABEL_TEXT, lots->line[(*taken)++]);
}

/* As many labels as its lots take; the first has for whom it is, and each until when it is good. */
static size_t label_pot(const tns_pot *pot, tns_label *out)
{
    char shade[24], mixed[16], hour[8], discard[16], until[8];
    lot_lines lots = {0};
    size_t taken = 0, count = 0;
    for (size_t i = 0; i < pot->part_count; i++)
        put_lot(&lots, pot->parts[i].product, pot->parts[i].lot);
    size_t more = lots.count > 3 ? (lots.count - 3 + 3) / 4 : 0;
    write_shade(pot, shade);
    write_time(pot->mixed, mixed, hour);
    write_time(pot->discard_by, discard, until);
    bool same_day = strcmp(mixed, discard) == 0;
    for (; count <= more && count < LABELS_A_POT; count++) {
        tns_label *one = &out[count];
        char which[40] = "";
        if (more > 0)
            tns_text_format(which, sizeof which, " (%zu of %zu)", count + 1, more + 1);
        tns_own_code_write('P', pot->id, one->code);
        tns_text_format(one->title, sizeof one->title, "P%" PRId64 "%s%s", pot->id, shade, which);
        take_lines(one, 0, count == 0 ? 3 : 4, &lots, &taken);
        if (count == 0)
            tns_text_format(one->lines[3], sizeof one->lines[3],
                            "V%" PRId64 " C%" PRId64 " mixed %s %s", pot->visit, pot->client,
                            mixed + 5, hour);
        tns_text_format(one->lines[4], sizeof one->lines[4], "discard by %s%s%s",
                        same_day ? "" : discard + 5, same_day ? "" : " ", until);
        one->strong = 5;
    }
    return count;
}

static bool find_pot(tns_stock *stock, int64_t id, tns_label *out, size_t *count, tns_error *err)
{
    tns_pot_list list = {0};
    const tns_pot_question one = {.pot = id};
    bool done =
        tns_pot_list_find(stock, &one, &list, err) &&
        (list.count == 1 || tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no pot P%" PRId64, id));
    if (done)
        *count += label_pot(&list.pots[0], out);
    tns_pot_list_finish(&list);
    return done;
}

/* Of a bottle one, of a pot one or more. */
static bool make_labels(tns_stock *stock, const tns_label_of *thing, bool opened, tns_label *out,
                        size_t *count, tns_error *err)
{
    tns_bottle bottle;
    if (thing->letter == 'P')
        return find_pot(stock, thing->number, out, count, err);
    if (!tns_stock_bottle(stock, thing->number, &bottle, err))
        return false;
    label_bottle(&bottle, opened, out);
    *count += 1;
    return true;
}

bool tns_service_labels_save(tns_stock *stock, const tns_label_of *things, size_t count,
                             const tns_paper_request *request, const char *path, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes = {0};
    size_t made = 0;
    tns_label *labels = calloc(LABELS_A_POT * count + 1, sizeof *labels);
    bool done = labels ? tns_document_format_of(path, &format, err)
                       : tns_error_set(err, TNS_ERROR_MEMORY, "labels: out of memory");
    for (size_t i = 0; done && i < count; i++)
        done = make_labels(stock, &things[i], request->opened, &labels[made], &made, err);
    done = done && tns_labels_write(labels, made, format, &bytes, err) &&
           tns_file_put(path, bytes.data, bytes.length, request->dry_run, err);
    free(bytes.data);
    free(labels);
    return done;
}

/* ---- orders ---- */

typedef struct order_texts {
    char pack[40], gtin[16];
} order_texts;

static bool fill_line(tns_stock *stock, const tns_order_item *item, order_texts *texts,
                      tns_order_sheet_line *out, tns_error *err)
{
    tns_product product;
    if (!tns_stock_product(stock, item->product, &product, err))
        return false;
    if (item->pack && product.pieces)
        tns_text_format(texts->pack, sizeof texts->pack, "%" PRId64 " pc", item->pack);
    else if (item->pack)
        tns_text_format(texts->pack, sizeof texts->pack, "%.6g ml", (double)item->pack / 1000);
    tns_text_copy(texts->gtin, sizeof texts->gtin, product.gtin);
    *out = (tns_order_sheet_line){.product = item->product,
                                  .gtin = texts->gtin,
                                  .pack = texts->pack,
                                  .packs = item->packs,
                                  .price_cents = item->cost_cents,
                                  .reason = item->reason};
    return true;
}

static bool save_table(const tns_order_sheet *sheet, const char *path, bool dry_run, tns_error *err)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    if (!to)
        return tns_error_set(err, TNS_ERROR_MEMORY, "order: out of memory");
    fprintf(to, "order,supplier,product,gtin,pack,packs,price,reason\n");
    for (size_t i = 0; i < sheet->line_count; i++) {
        const tns_order_sheet_line *line = &sheet->lines[i];
        char price[32] = "";
        if (line->price_cents)
            tns_text_cents(line->price_cents, price);
        tns_csv_put_text(to, sheet->number, ',');
        tns_csv_put_text(to, sheet->supplier, ',');
        tns_csv_put_text(to, line->product, ',');
        tns_csv_put_text(to, line->gtin, ',');
        tns_csv_put_text(to, line->pack, ',');
        fprintf(to, "%" PRId64 ",%s,", line->packs, price);
        tns_csv_put_text(to, sheet->reasons ? line->reason : "", '\n');
    }
    bool done = fclose(to) == 0 ? tns_file_put(path, text, length, dry_run, err)
                                : tns_error_set(err, TNS_ERROR_MEMORY, "order: out of memory");
    free(text);
    return done;
}

static bool save_sheet(const tns_order_sheet *sheet, const char *path, bool dry_run, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes;
    if (tns_text_ends_with(path, ".csv"))
        return save_table(sheet, path, dry_run, err);
    if (!tns_document_format_of(path, &format, NULL))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: expected a name that ends with .html, .pdf or .csv", path);
    if (!tns_order_sheet_write(sheet, format, &bytes, err))
        return false;
    bool done = tns_file_put(path, bytes.data, bytes.length, dry_run, err);
    free(bytes.data);
    return done;
}

static bool save_order(tns_stock *stock, const tns_order *order, const tns_paper_request *request,
                       const char *path, tns_error *err)
{
    char number[24];
    order_texts *texts = calloc(order->line_count + 1, sizeof *texts);
    tns_order_sheet_line *lines = calloc(order->line_count + 1, sizeof *lines);
    bool done = (texts && lines) || tns_error_set(err, TNS_ERROR_MEMORY, "order: out of memory");
    for (size_t i = 0; done && i < order->line_count; i++)
        done = fill_line(stock, &order->lines[i], &texts[i], &lines[i], err);
    tns_text_format(number, sizeof number, "O%" PRId64, order->id);
    const tns_order_sheet sheet = {.number = number,
                                   .supplier = order->supplier,
                                   .clinic = request->clinic ? request->clinic : "",
                                   .state = tns_order_state_name(order->state),
                                   .actor = "",
                                   .day = order->sent ? order->sent : order->day,
                                   .expected = order->expected,
                                   .line_count = order->line_count,
                                   .lines = lines,
                                   .reasons = request->with_reasons};
    done = done && save_sheet(&sheet, path, request->dry_run, err);
    free(texts);
    free(lines);
    return done;
}

bool tns_service_order_save(tns_stock *stock, int64_t order, const tns_paper_request *request,
                            const char *path, tns_error *err)
{
    tns_order_list list;
    const tns_order_question one = {.order = order};
    bool done = tns_order_list_find(stock, &one, &list, err) &&
                save_order(stock, &list.orders[0], request, path, err);
    tns_order_list_finish(&list);
    return done;
}
