/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo.h"

enum { NUMBERS_MAX = 2 * TNS_REGION_POINTS_MAX };

/* A region's name becomes a file's name. */
static bool is_file_name(const char *name, size_t length)
{
    static const char *const plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return length > 0 && strspn(name, plain) >= length;
}

static bool set_name(const char *text, size_t length, tns_region *out)
{
    if (length >= sizeof out->name || !is_file_name(text, length))
        return false;
    memcpy(out->name, text, length);
    out->name[length] = '\0';
    return true;
}

/* How many numbers stand between commas, and nothing else; -1 = something else, or too many. */
static int numbers(const char *text, double out[NUMBERS_MAX])
{
    for (int n = 0; n < NUMBERS_MAX; n++) {
        char *end;
        out[n] = strtod(text, &end);
        if (end == text || (*end != ',' && *end != '\0') || !(out[n] > -1e9 && out[n] < 1e9))
            return -1;
        if (*end == '\0')
            return n + 1;
        text = end + 1;
    }
    return -1;
}

static bool set_box(const double v[4], tns_region *out)
{
    for (int i = 0; i < 4; i++)
        if (v[i] != (int)v[i])
            return false;
    out->box = (tns_box){(int)v[0], (int)v[1], (int)v[2], (int)v[3]};
    return true;
}

/* An outline that ends where it began says its first point twice. */
static bool set_polygon(const double *v, int count, tns_region *out)
{
    if (count < 6 || count % 2 != 0)
        return false;
    bool closed = count > 6 && v[0] == v[count - 2] && v[1] == v[count - 1];
    out->shape = TNS_SHAPE_POLYGON;
    out->point_count = (size_t)(count / 2 - closed);
    for (size_t i = 0; i < out->point_count; i++)
        out->points[i] = (tns_point){v[2 * i], v[2 * i + 1]};
    return true;
}

static bool set_place(const char *text, tns_region *out)
{
    size_t length = strlen(text);
    if (!strchr(text, ':') || length >= sizeof out->place)
        return false;
    memcpy(out->place, text, length + 1);
    out->shape = TNS_SHAPE_PLACE;
    return true;
}

bool cli_photo_region(const char *text, tns_region *out)
{
    double v[NUMBERS_MAX];
    const char *equals = strchr(text, '=');
    memset(out, 0, sizeof *out);
    if (!equals || !set_name(text, (size_t)(equals - text), out))
        return false;
    int count = numbers(equals + 1, v);
    return count == 4  ? set_box(v, out)
           : count > 0 ? set_polygon(v, count, out)
                       : set_place(equals + 1, out);
}
