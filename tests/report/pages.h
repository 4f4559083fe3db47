/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of every page for people. */
#ifndef REPORT_PAGES_H
#define REPORT_PAGES_H

#include <string.h>

#include "support/testing.h"

static const char hostile[] = "a/\"><script>alert('x')<!--&\x01.png";

/* Elements that have no end. */
static inline bool is_void(const char *name, size_t length)
{
    static const char *const names[] = {"meta",   "!DOCTYPE", "path", "rect",   "polygon",
                                        "circle", "image",    "use",  "ellipse"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

/* Every element that is opened is closed, in order; a '<' is never text. */
static inline void check_nesting(const char *label, const char *page)
{
    char open[64][16];
    int depth = 0;
    for (const char *at = strchr(page, '<'); at; at = strchr(at, '<')) {
        bool closing = *++at == '/';
        at += closing;
        size_t length = strcspn(at, " >/");
        const char *end = strchr(at, '>');
        ck_assert_msg(end && length > 0 && length < 16, "%s: broken tag %.20s", label, at);
        if (closing) {
            ck_assert_msg(depth > 0 && strncmp(open[depth - 1], at, length) == 0 &&
                              open[depth - 1][length] == '\0',
                          "%s: </%.*s> closes %s", label, (int)length, at,
                          depth ? open[depth - 1] : "nothing");
            depth--;
        } else if (!is_void(at, length)) {
            ck_assert(depth < 64);
            memcpy(open[depth], at, length);
            open[depth++][length] = '\0';
        }
        at = end;
    }
    ck_assert_msg(depth == 0, "%s: <%s> is never closed", label, depth ? open[depth - 1] : "");
}

static inline void has(const char *label, const char *page, const char *words)
{
    ck_assert_msg(strstr(page, words) != NULL, "%s: \"%s\" is not in it", label, words);
}

static inline void has_not(const char *label, const char *page, const char *words)
{
    ck_assert_msg(strstr(page, words) == NULL, "%s: \"%s\" is in it", label, words);
}

/* Nothing that a browser would fetch or run, and no way out of the text. */
static inline void check_page(const char *label, const char *page)
{
    static const char *const never[] = {"<script", "http:",   "https:",  "javascript:", "<link",
                                        "url(",    "@import", "<iframe", "\x01"};
    check_nesting(label, page);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        has_not(label, page, never[i]);
    has(label, page, "<html lang=\"en\">");
    has(label, page, "default-src 'none'");
    has(label, page, "&quot;&gt;&lt;script&gt;");
}

#endif
