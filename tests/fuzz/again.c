/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as that of FUZZ_RECORDS, a table of the header FUZZ_AGAIN, which they begin as: what is
 * read is written, and read again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include FUZZ_AGAIN

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* By the schema in the first line; the first of all where it is none of them. */
static rewriter *reader_of(const uint8_t *data, size_t size)
{
    char begin[64];
    snprintf(begin, sizeof begin, "%.*s", (int)(size < 63 ? size : 63), (const char *)data);
    for (size_t i = 0; i < sizeof FUZZ_RECORDS / sizeof *FUZZ_RECORDS; i++)
        if (strstr(begin, FUZZ_RECORDS[i].schema))
            return FUZZ_RECORDS[i].rewrite;
    return FUZZ_RECORDS[0].rewrite;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_error err = {0};
    rewriter *rewrite = reader_of(data, size);
    char *text = rewrite((const char *)data, size, &err);
    assert(text || err.text[0]);
    char *again = text ? rewrite(text, strlen(text), &err) : NULL;
    assert(!text || again);
    free(text);
    free(again);
    return 0;
}
