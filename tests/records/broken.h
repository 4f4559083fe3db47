/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks a good record at one place after another and sees that its reader says where. */
#ifndef RECORDS_BROKEN_H
#define RECORDS_BROKEN_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/error.h>

#include "support/testing.h"

/* Reads "r.json", frees what came of it, and tells whether anything did. */
typedef bool broken_reader(const char *text, size_t length, tns_error *err);

/*
 * The first member of that key gets that value, or (NULL) is called otherwise. A key that ends in
 * [ or { is one with a list or an object behind it. `1, "more": 2` as a value adds a member.
 */
typedef struct broken {
    const char *label, *key, *value;
    tns_code code;
    const char *says;
} broken;

static void refused(const char *label, const char *text, size_t length, broken_reader *read,
                    tns_code code, const char *says)
{
    tns_error err = {0};
    ck_assert_msg(!read(text, length, &err), "%s was read", label);
    ck_assert_msg(err.code == code, "%s: %s: %s", label, tns_code_name(err.code), err.text);
    ck_assert_msg(strncmp(err.text, "r.json: ", 8) == 0, "%s: %s", label, err.text);
    ck_assert_msg(strstr(err.text, says) != NULL, "%s: %s", label, err.text);
}

static char *changed(const char *text, const char *key, const char *value)
{
    size_t n = strlen(key), size = strlen(text) + 400;
    const char *opening = key + n - (key[n - 1] == '[' || key[n - 1] == '{');
    char find[64], member[300] = "";
    snprintf(find, sizeof find, "\"%.*s\": %s", (int)(opening - key), key, opening);
    const char *place = strstr(text, find);
    ck_assert_msg(place != NULL, "the example has no %s", find);
    if (value)
        snprintf(member, sizeof member, "\"%.*s\": %s, ", (int)(opening - key), key, value);
    char *out = malloc(size);
    ck_assert_ptr_nonnull(out);
    snprintf(out, size, "%.*s%s\"gone\": %s%s", (int)(place - text), text, member, opening,
             place + strlen(find));
    return out;
}

/* What no record is. */
static void refuse_strangers(const char *schema, broken_reader *read)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"", "not JSON"},
        {"the hair is brown", "not JSON"},
        {"[1, 2]", "expected an object, found an array"},
        {"\"match\"", "expected an object, found a text"},
        {"null", "expected an object, found nothing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(rows[i].text, rows[i].text, strlen(rows[i].text), read, TNS_ERROR_FORMAT,
                rows[i].says);
    if (!schema)
        return;
    refused("no schema", "{}", 2, read, TNS_ERROR_FORMAT, "schema: expected a text, found nothing");
    static const char later[] = "{\"schema\": \"tonsure/later/9\"}";
    char says[120];
    snprintf(says, sizeof says, "schema: expected \"%s\", found \"tonsure/later/9\"", schema);
    refused("a stranger", later, sizeof later - 1, read, TNS_ERROR_UNSUPPORTED, says);
}

/* `schema` NULL: the record has none. */
static void refuse_broken(const char *example, const char *schema, broken_reader *read,
                          const broken *rows, size_t count)
{
    enum { CUTS = 40 };
    size_t length;
    tns_error err = {0};
    char *text = project_file(example, &length);
    ck_assert_msg(read(text, length, &err), "%s", err.text);
    for (size_t i = 0; i < count; i++) {
        char *bad = changed(text, rows[i].key, rows[i].value);
        refused(rows[i].label, bad, strlen(bad), read, rows[i].code, rows[i].says);
        free(bad);
    }
    for (size_t i = 0; i < CUTS; i++) /* the last character is a newline */
        refused("cut short", text, (length - 2) * i / CUTS, read, TNS_ERROR_FORMAT, "not JSON");
    refuse_strangers(schema, read);
    free(text);
}

#endif
