/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels and order sheets, of what is in the store. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static void label_pot(const tns_pot *pot, tns_label *out)
{
    char shade[24], mixed[16], hour[8], discard[16], until[8];
    size_t used = 0;
    write_shade(pot, shade);
    tns_own_code_write('P', pot->id, out->code);
    tns_text_format(out->title, sizeof out->title, "P%" PRId64 "%s", pot->id, shade);
    for (size_t i = 0; i < pot->part_count && used < sizeof out->lines[0]; i++) {
        tns_text_format(out->lines[0] + used, sizeof out->lines[0] - used, "%s%.30s %.20s",
                        i ? ", " : "", pot->parts[i].product, pot->parts[i].lot);
        used = strlen(out->lines[0]);
    }
    write_time(pot->mixed, mixed, hour);
    write_time(pot->discard_by, discard, until);
    tns_text_format(out->lines[1], sizeof out->lines[1], "V%" PRId64 " C%" PRId64, pot->visit,
                    pot->client);
    tns_text_format(out->lines[2], sizeof out->lines[2], "mixed %s %s", mixed, hour);
    bool same_day = strcmp(mixed, discard) == 0;
    tns_text_format(out->lines[3], sizeof out->lines[3], "discard by %s%s%s",
                    same_day ? "" : discard + 5, same_day ? "" : " ", until);
    out->strong = 4;
}

static bool find_pot(tns_stock *stock, int64_t id, tns_label *out, tns_error *err)
{
    tns_pot_list list = {0};
    const tns_pot_question one = {.pot = id};
    bool done =
        tns_pot_list_find(stock, &one, &list, err) &&
        (list.count == 1 || tns_error_set(err, TNS_ERROR_USAGE, "there is no pot P%" PRId64, id));
    if (done)
        label_pot(&list.pots[0], out);
    tns_pot_list_finish(&list);
    return done;
}

static bool make_label(tns_stock *stock, const tns_label_of *thing, bool opened, tns_label *out,
                       tns_error *err)
{
    tns_bottle bottle;
    memset(out, 0, sizeof *out);
    if (thing->letter == 'P')
        return find_pot(stock, thing->number, out, err);
    if (!tns_stock_bottle(stock, thing->number, &bottle, err))
        return false;
    label_bottle(&bottle, opened, out);
    return true;
}

bool tns_service_labels_save(tns_stock *stock, const tns_label_of *things, size_t count,
                             const tns_paper_request *request, const char *path, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes = {0};
    tns_label *labels = calloc(count ? count : 1, sizeof *labels);
    bool done = labels ? tns_document_format_of(path, &format, err)
                       : tns_error_set(err, TNS_ERROR_MEMORY, "labels: out of memory");
    for (size_t i = 0; done && i < count; i++)
        done = make_label(stock, &things[i], request->opened, &labels[i], err);
    done = done && tns_labels_write(labels, count, format, &bytes, err) &&
           tns_file_write(path, bytes.data, bytes.length, err);
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

static bool save_table(const tns_order_sheet *sheet, const char *path, tns_error *err)
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
            snprintf(price, sizeof price, "%" PRId64 ".%02d", line->price_cents / 100,
                     (int)(line->price_cents % 100));
        tns_csv_put_text(to, sheet->number, ',');
        tns_csv_put_text(to, sheet->supplier, ',');
        tns_csv_put_text(to, line->product, ',');
        tns_csv_put_text(to, line->gtin, ',');
        tns_csv_put_text(to, line->pack, ',');
        fprintf(to, "%" PRId64 ",%s,", line->packs, price);
        tns_csv_put_text(to, sheet->reasons ? line->reason : "", '\n');
    }
    bool done = fclose(to) == 0 ? tns_file_write(path, text, length, err)
                                : tns_error_set(err, TNS_ERROR_MEMORY, "order: out of memory");
    free(text);
    return done;
}

static bool save_sheet(const tns_order_sheet *sheet, const char *path, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes;
    if (tns_text_ends_with(path, ".csv"))
        return save_table(sheet, path, err);
    if (!tns_document_format_of(path, &format, NULL))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: expected a name that ends with .html, .pdf or .csv", path);
    if (!tns_order_sheet_write(sheet, format, &bytes, err))
        return false;
    bool done = tns_file_write(path, bytes.data, bytes.length, err);
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
    done = done && save_sheet(&sheet, path, err);
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
