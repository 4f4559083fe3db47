/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "devices/transport/trace.h"

static const char *const kinds[] = {"control", "out", "in", "listen", "halt", "reset", "line"};

enum { KINDS = sizeof kinds / sizeof *kinds, LENGTH_MAX = 1 << 20 };

bool tns_trace_goes_in(const tns_transfer *t)
{
    return t->kind == TNS_TRANSFER_IN ||
           (t->kind == TNS_TRANSFER_CONTROL && (t->request_type & 0x80) != 0);
}

size_t tns_trace_bytes(const tns_transfer *t)
{
    if (t->kind == TNS_TRANSFER_CONTROL || t->kind == TNS_TRANSFER_OUT ||
        t->kind == TNS_TRANSFER_IN)
        return tns_trace_goes_in(t) ? t->done : t->length;
    return 0;
}

static void write_where(const tns_transfer *t, char out[32])
{
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
        snprintf(out, 32, "%02x:%02x:%04x:%04x", t->request_type, t->request, t->value, t->index);
        break;
    case TNS_TRANSFER_LINE:
        snprintf(out, 32, "%d:%c:%d:%d", t->line.baud, t->line.parity, t->line.stop_bits,
                 t->line.rts_cts);
        break;
    case TNS_TRANSFER_RESET:
        strcpy(out, "-");
        break;
    default:
        snprintf(out, 32, "%02x", t->endpoint);
    }
}

void tns_trace_what(const tns_transfer *t, char out[48])
{
    char where[32];
    write_where(t, where);
    snprintf(out, 48, "%s %s", kinds[t->kind], where);
}

static void write_text(FILE *file, const char *name, const char *text)
{
    if (text[0])
        fprintf(file, "%s %s\n", name, text);
}

void tns_trace_write_identity(FILE *file, const tns_port_identity *identity)
{
    fprintf(file, TNS_TRACE_FIRST_LINE "\n%s %04x:%04x:%04x %s\n",
            identity->serial_line ? "line" : "usb", identity->vendor_id, identity->product_id,
            identity->release, identity->path);
    write_text(file, "manufacturer", identity->manufacturer);
    write_text(file, "product", identity->product);
    write_text(file, "serial", identity->serial);
    for (size_t i = 0; i < identity->endpoint_count; i++)
        fprintf(file, "endpoint %02x %s %d\n", identity->endpoints[i].address,
                identity->endpoints[i].type == TNS_ENDPOINT_BULK ? "bulk" : "interrupt",
                identity->endpoints[i].packet_size);
}

void tns_trace_write(FILE *file, const tns_trace_entry *entry)
{
    char what[48];
    const tns_transfer *t = &entry->transfer;
    size_t bytes = tns_trace_bytes(t);
    tns_trace_what(t, what);
    fprintf(file, "%" PRId64 " %s %zu %zu %s ", entry->ms, what, t->length, t->done,
            tns_code_name(entry->code));
    for (size_t i = 0; i < bytes; i++)
        fprintf(file, "%02x", t->data[i]);
    fprintf(file, "%s%s%s\n", bytes ? "" : "-", entry->text[0] ? " " : "", entry->text);
    fflush(file); /* the last line before a crash is the one that is wanted */
}

/* What stands behind a word and a blank, if the line begins so. */
static bool take_text(const char *line, const char *word, char *out, size_t size)
{
    size_t n = strlen(word);
    if (strncmp(line, word, n) != 0 || line[n] != ' ' || strlen(line + n + 1) >= size)
        return false;
    strcpy(out, line + n + 1);
    return true;
}

static bool parse_endpoint(const char *line, tns_port_identity *identity)
{
    unsigned address;
    int size;
    char type[16];
    if (identity->endpoint_count == TNS_ENDPOINTS_MAX ||
        sscanf(line, "endpoint %2x %15s %5d", &address, type, &size) != 3)
        return false;
    bool bulk = strcmp(type, "bulk") == 0;
    if (!bulk && strcmp(type, "interrupt") != 0)
        return false;
    identity->endpoints[identity->endpoint_count++] = (tns_endpoint){
        .address = (uint8_t)address,
        .type = bulk ? TNS_ENDPOINT_BULK : TNS_ENDPOINT_INTERRUPT,
        .packet_size = size,
    };
    return true;
}

static bool parse_ids(const char *line, tns_port_identity *identity)
{
    char bus[8];
    unsigned vendor, product, release;
    int at = 0;
    if (sscanf(line, "%7s %4x:%4x:%4x %n", bus, &vendor, &product, &release, &at) != 4 || at == 0 ||
        strlen(line + at) >= sizeof identity->path)
        return false;
    identity->serial_line = strcmp(bus, "line") == 0;
    identity->vendor_id = (uint16_t)vendor;
    identity->product_id = (uint16_t)product;
    identity->release = (uint16_t)release;
    strcpy(identity->path, line + at);
    return identity->serial_line || strcmp(bus, "usb") == 0;
}

bool tns_trace_parse_identity(const char *line, tns_port_identity *identity)
{
    tns_port_identity *i = identity;
    return parse_ids(line, i) || parse_endpoint(line, i) ||
           take_text(line, "manufacturer", i->manufacturer, sizeof i->manufacturer) ||
           take_text(line, "product", i->product, sizeof i->product) ||
           take_text(line, "serial", i->serial, sizeof i->serial);
}

static bool parse_kind(const char *word, tns_transfer_kind *out)
{
    for (int i = 0; i < KINDS; i++)
        if (strcmp(word, kinds[i]) == 0) {
            *out = (tns_transfer_kind)i;
            return true;
        }
    return false;
}

static bool parse_code(const char *word, tns_code *out)
{
    for (int i = 0; strcmp(tns_code_name((tns_code)i), "unknown") != 0; i++)
        if (strcmp(word, tns_code_name((tns_code)i)) == 0) {
            *out = (tns_code)i;
            return true;
        }
    return false;
}

static bool parse_where(const char *word, tns_transfer *t)
{
    unsigned a, b, c, d;
    int baud, stop_bits, handshake, end = 0;
    char parity;
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
        if (sscanf(word, "%2x:%2x:%4x:%4x%n", &a, &b, &c, &d, &end) != 4 || word[end])
            return false;
        t->request_type = (uint8_t)a;
        t->request = (uint8_t)b;
        t->value = (uint16_t)c;
        t->index = (uint16_t)d;
        return true;
    case TNS_TRANSFER_LINE:
        if (sscanf(word, "%9d:%c:%1d:%1d%n", &baud, &parity, &stop_bits, &handshake, &end) != 4 ||
            word[end])
            return false;
        t->line = (tns_line){baud, parity, stop_bits, handshake != 0};
        return true;
    case TNS_TRANSFER_RESET:
        return strcmp(word, "-") == 0;
    default:
        if (sscanf(word, "%2x%n", &a, &end) != 1 || word[end])
            return false;
        t->endpoint = (uint8_t)a;
        return true;
    }
}

/* `count` bytes at the beginning of the text, then its end or a blank. */
static bool parse_bytes(const char *text, uint8_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char two[3] = {0}, *end;
        memcpy(two, text + 2 * i, strnlen(text + 2 * i, 2));
        out[i] = (uint8_t)strtoul(two, &end, 16);
        if (end != two + 2 || two[0] == '-' || two[0] == '+' || two[0] == ' ')
            return false;
    }
    return text[2 * count] == '\0' || text[2 * count] == ' ';
}

static bool parse_data(const char *text, tns_transfer *t, tns_error *err)
{
    size_t count = tns_trace_bytes(t);
    if (count == 0)
        return text[0] == '-' || tns_error_set(err, TNS_ERROR_FORMAT, "expected no bytes");
    t->data = malloc(count);
    if (!t->data)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    if (parse_bytes(text, t->data, count))
        return true;
    free(t->data);
    t->data = NULL;
    return tns_error_set(err, TNS_ERROR_FORMAT, "expected %zu bytes in hexadecimal", count);
}

bool tns_trace_parse(const char *line, tns_trace_entry *out, tns_error *err)
{
    char kind[12], where[32], code[24];
    int at = 0;
    *out = (tns_trace_entry){.code = TNS_OK};
    tns_transfer *t = &out->transfer;
    if (sscanf(line, "%" SCNd64 " %11s %31s %zu %zu %23s %n", &out->ms, kind, where, &t->length,
               &t->done, code, &at) != 6 ||
        at == 0 || out->ms < 0 || t->length > LENGTH_MAX || t->done > t->length)
        return tns_error_set(err, TNS_ERROR_FORMAT, "not a transfer");
    if (!parse_kind(kind, &t->kind) || !parse_where(where, t))
        return tns_error_set(err, TNS_ERROR_FORMAT, "no such transfer: %s %s", kind, where);
    if (!parse_code(code, &out->code))
        return tns_error_set(err, TNS_ERROR_FORMAT, "no such code: %s", code);
    const char *text = strchr(line + at, ' ');
    snprintf(out->text, sizeof out->text, "%s", text ? text + 1 : "");
    return parse_data(line + at, t, err);
}
