/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person asks of single bottles: the fewest drops of one, the size of its drop. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"

enum { ITEM_MAX = 128, MOST_DROPS = 1000 };

/* A drop of any dropper; tns_service_palette_drop weighs the same. */
static const double SMALLEST_DROP_ML = 0.005, LARGEST_DROP_ML = 0.2;

/* What is said of the pigments that a name means. */
typedef struct saying {
    const char *option, *form;
    double least, most;
    bool whole;
} saying;

static const saying drops_said = {"--min-drops", "N or PIGMENT=N", 1, MOST_DROPS, true};
static const saying sizes_said = {"--drop-ml", "PIGMENT=ML", SMALLEST_DROP_ML, LARGEST_DROP_ML,
                                  false};

static bool read_value(const saying *s, const char *item, const char *text, double *out,
                       tns_error *err)
{
    return (tns_text_number(text, out, NULL) && *out >= s->least && *out <= s->most &&
            (!s->whole || *out == (int)*out)) ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: expected %s, %g to %g, found \"%.60s\"",
                         s->option, s->form, s->least, s->most, item);
}

/* Splits "NAME=VALUE", fills `values` where the name means a pigment. */
static bool take_named(const saying *s, const tns_palette *palette, char *item, tns_left_out *marks,
                       double *values, tns_error *err)
{
    double value;
    char *equals = strrchr(item, '=');
    if (!read_value(s, item, equals + 1, &value, err))
        return false;
    *equals = '\0';
    memset(marks, 0, palette->count * sizeof *marks);
    if (!tns_pigments_mark(palette, s->option, item, marks, NULL, err))
        return false;
    for (size_t i = 0; i < palette->count; i++)
        values[i] = marks[i].pigment[0] ? value : values[i];
    return true;
}

/* A value for all stands before one for some, wherever it is in the list. */
static bool take_general(const saying *s, const tns_palette *palette, const char *list,
                         double *values, tns_error *err)
{
    char item[ITEM_MAX];
    for (const char *rest = list; tns_next_name(&rest, item, sizeof item);) {
        double value;
        if (strchr(item, '='))
            continue;
        if (!s->whole)
            return tns_error_set(err, TNS_ERROR_USAGE, "%s: expected %s, found \"%.60s\"",
                                 s->option, s->form, item);
        if (!read_value(s, item, item, &value, err))
            return false;
        for (size_t i = 0; i < palette->count; i++)
            values[i] = value;
    }
    return true;
}

static bool take_all(const saying *s, const tns_palette *palette, const char *list, double *values,
                     tns_error *err)
{
    char item[ITEM_MAX];
    tns_left_out *marks = calloc(palette->count + 1, sizeof *marks);
    bool done = marks || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    done = done && take_general(s, palette, list, values, err);
    for (const char *rest = list; done && tns_next_name(&rest, item, sizeof item);)
        done = !strchr(item, '=') || take_named(s, palette, item, marks, values, err);
    free(marks);
    return done;
}

int *tns_least_units_parse(const tns_palette *palette, const char *list, tns_error *err)
{
    double *values = calloc(palette->count + 1, sizeof *values);
    int *least = calloc(palette->count + 1, sizeof *least);
    bool done = (values && least) || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    done = done && take_all(&drops_said, palette, list, values, err);
    for (size_t i = 0; done && i < palette->count; i++)
        least[i] = (int)values[i];
    free(values);
    if (done)
        return least;
    free(least);
    return NULL;
}

bool tns_palette_with_drops(const tns_palette *palette, const char *list, tns_palette *out,
                            tns_error *err)
{
    double *values = calloc(palette->count + 1, sizeof *values);
    tns_pigment *pigments = calloc(palette->count + 1, sizeof *pigments);
    bool done =
        (values && pigments) || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    done = done && take_all(&sizes_said, palette, list, values, err);
    for (size_t i = 0; done && i < palette->count; i++) {
        pigments[i] = palette->pigments[i];
        pigments[i].drop_ml = values[i] > 0 ? values[i] : pigments[i].drop_ml;
    }
    free(values);
    *out = *palette;
    out->pigments = done ? pigments : NULL;
    if (!done)
        free(pigments);
    return done;
}
