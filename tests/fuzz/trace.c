/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a recorded trace, line by line. What is read is within its bounds, and written again
 * is read again as the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "devices/transport/trace.h"

enum { LINE_MAX_BYTES = 8192 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_again(const tns_trace_entry *entry)
{
    char text[3 * LINE_MAX_BYTES] = "";
    FILE *file = fmemopen(text, sizeof text, "w");
    assert(file);
    tns_trace_write(file, entry);
    fclose(file);
    text[strcspn(text, "\n")] = '\0';
    tns_trace_entry again;
    tns_error err;
    assert(tns_trace_parse(text, &again, &err));
    assert(again.ms == entry->ms && again.code == entry->code);
    assert(again.transfer.done == entry->transfer.done);
    size_t bytes = tns_trace_bytes(&entry->transfer);
    assert(tns_trace_bytes(&again.transfer) == bytes);
    assert(bytes == 0 || memcmp(again.transfer.data, entry->transfer.data, bytes) == 0);
    free(again.transfer.data);
}

static void read_line(const char *line, tns_port_identity *identity)
{
    tns_trace_entry entry;
    tns_error err;
    tns_trace_parse_identity(line, identity);
    assert(identity->endpoint_count <= TNS_ENDPOINTS_MAX);
    if (!tns_trace_parse(line, &entry, &err))
        return;
    assert(entry.transfer.done <= entry.transfer.length);
    write_again(&entry);
    free(entry.transfer.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_port_identity identity = {.path = ""};
    char line[LINE_MAX_BYTES];
    for (size_t at = 0; at < size;) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t n = end ? (size_t)(end - data) - at : size - at;
        size_t kept = n < sizeof line ? n : sizeof line - 1;
        memcpy(line, data + at, kept);
        line[kept] = '\0';
        read_line(line, &identity);
        at += n + 1;
    }
    return 0;
}
