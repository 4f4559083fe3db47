/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/same.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/testing.h"

void same_again(const char *label, const char *text, rewriter *rewrite)
{
    tns_error err = {0};
    char *again = rewrite(text, strlen(text), &err);
    ck_assert_msg(again != NULL, "%s: %s", label, err.text);
    ck_assert_msg(strcmp(again, text) == 0, "%s: became\n%s", label, again);
    free(again);
}

void all_same_again(const written *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        same_again(rows[i].label, rows[i].text, rows[i].rewrite);
}

void example_same_again(const char *example, rewriter *rewrite)
{
    char path[80];
    size_t length;
    snprintf(path, sizeof path, "docs/schema/examples/%s.json", example);
    char *text = project_file(path, &length);
    same_again(path, text, rewrite);
    free(text);
}

void examples_same_again(const rewritten *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        example_same_again(rows[i].example, rows[i].rewrite);
}
