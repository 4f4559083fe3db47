/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stated cost of a conversion covers 95 % of the colors whose spectra are known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/estimate.h>

#include "base/file.h"
#include "exchange/table.h"
#include "service/parts.h"
#include "support/testing.h"

enum { FILE_LIMIT = 16 << 20, EVERY = 8 }; /* every eighth spectrum will do, and takes seconds */

static const char *const files[] = {"data/munsell_matt_1269_380_780_5nm.csv",
                                    "data/cmt_reflectance_380_730.csv",
                                    "data/xiao2016_skin_4392x39_360_740.csv"};
enum { FILES = sizeof files / sizeof *files };

/* How many colors were converted, and how many of them ended within the cost, per axis. */
typedef struct tally {
    int n, within[3];
} tally;

typedef struct way {
    const char *from, *to;
    tns_prior prior;
    bool adapted;
    tns_adaptation adaptation;
} way;

static bool convert(const way *w, const tns_color *from, const tns_viewing *own,
                    const tns_viewing *to, tns_lab *out, char prior[16])
{
    tns_color color;
    if (w->adapted) {
        bool done = tns_service_adapt(from, to, w->adaptation, &color, NULL);
        *out = color.lab;
        return done;
    }
    tns_spectrum estimate;
    if (!tns_spectrum_estimate(from->lab, own, w->prior, &estimate, NULL))
        return false;
    memcpy(prior, estimate.prior, sizeof estimate.prior);
    *out = tns_lab_from_spectrum(&estimate, to);
    return true;
}

static void add(const way *w, const tns_spectrum *truth, const tns_viewing *own,
                const tns_viewing *to, tally *out)
{
    tns_color from = tns_color_from_spectrum(truth, own);
    char prior[16];
    tns_lab found, wanted = tns_lab_from_spectrum(truth, to);
    if (!convert(w, &from, own, to, &found, prior))
        return;
    tns_uncertainty cost = tns_moving_cost(&from, to, w->adapted ? NULL : prior);
    out->n++;
    out->within[0] += fabs(found.L - wanted.L) <= cost.L;
    out->within[1] += fabs(found.a - wanted.a) <= cost.a;
    out->within[2] += fabs(found.b - wanted.b) <= cost.b;
}

static bool add_file(const char *file, const way *w, tally *out)
{
    size_t length;
    tns_error err = {0};
    tns_viewing own, to;
    const char *path = shared_file(file);
    if (!path)
        return false;
    ck_assert(tns_viewing_find(w->from, &own, &err) && tns_viewing_find(w->to, &to, &err));
    char *text = tns_file_read(path, FILE_LIMIT, &length, &err);
    tns_table *table = text ? tns_table_from_csv(text, length, file, &err) : NULL;
    ck_assert_msg(table != NULL, "%s", err.text);
    for (size_t i = 0; i < table->count; i += EVERY) {
        tns_spectrum truth;
        if (tns_spectrum_resample(table->wavelength_nm, table->samples[i].value, table->band_count,
                                  &truth, &err))
            add(w, &truth, &own, &to, out);
    }
    tns_table_destroy(table);
    free(text);
    return true;
}

static const way ways[] = {
    {"D50/2", "D65/10", TNS_PRIOR_ANY, false, 0},
    {"D65/10", "D50/2", TNS_PRIOR_ANY, false, 0},
    {"D65/10", "F11/10", TNS_PRIOR_ANY, false, 0},
    {"F11/10", "D65/10", TNS_PRIOR_ANY, false, 0},
    {"D65/10", "A/10", TNS_PRIOR_ANY, false, 0},
    {"D50/2", "D65/10", TNS_PRIOR_SMOOTH, false, 0},
    {"D50/2", "D65/10", TNS_PRIOR_PIGMENT, false, 0},
    {"F11/10", "D65/10", TNS_PRIOR_PIGMENT, false, 0},
    {"D50/2", "D65/10", TNS_PRIOR_SKIN, false, 0},
    {"D65/10", "D50/2", TNS_PRIOR_SKIN, false, 0},
    {"D65/10", "F11/10", TNS_PRIOR_SKIN, false, 0},
    {"F11/10", "D65/10", TNS_PRIOR_SKIN, false, 0},
    {"D65/10", "A/10", TNS_PRIOR_SKIN, false, 0},
    {"D50/2", "D65/10", 0, true, TNS_ADAPT_BRADFORD},
    {"D50/2", "D65/10", 0, true, TNS_ADAPT_CAT16},
};

START_TEST(the_stated_cost_covers_95_percent_and_is_not_padded)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const way *w = &ways[i];
        tally t = {0};
        bool skin = w->prior == TNS_PRIOR_SKIN; /* taken for skin, it had better be skin */
        for (int f = skin ? FILES - 1 : 0; f < FILES; f++)
            if (!add_file(files[f], w, &t))
                return;
        ck_assert_int_gt(t.n, skin ? 500 : 900);
        double least = 1;
        for (int axis = 0; axis < 3; axis++) {
            double share = (double)t.within[axis] / t.n;
            least = fmin(least, share);
            /* 0.94: every eighth of 7985 has a sampling error of 0.7 per cent. */
            ck_assert_msg(share >= 0.94, "%s -> %s, axis %d: %.3f", w->from, w->to, axis, share);
        }
        if (!w->adapted && w->from[0] == w->to[0]) /* daylight both */
            ck_assert_msg(least <= 0.985, "%s -> %s: %.3f", w->from, w->to, least);
    }
}
END_TEST

START_TEST(a_grey_costs_less_than_a_color_and_a_lamp_more_than_daylight)
{
    tns_viewing d65, f11;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL) && tns_viewing_find("F11/10", &f11, NULL));
    tns_color grey = {{50, 0, 0}, "D50", TNS_OBSERVER_2}, red = {{50, 40, 20}, "D50", 2};
    ck_assert(tns_moving_cost(&grey, &d65, "any").a < tns_moving_cost(&red, &d65, "any").a);
    ck_assert(tns_moving_cost(&red, &d65, "any").a < tns_moving_cost(&red, &f11, "any").a);
    ck_assert(tns_moving_cost(&grey, &d65, "any").a > 0);
    ck_assert(tns_moving_cost(&red, &d65, "skin").a < tns_moving_cost(&red, &d65, "any").a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("moved");
    TCase *tc = tcase_create("moved");
    tcase_add_test(tc, the_stated_cost_covers_95_percent_and_is_not_padded);
    tcase_add_test(tc, a_grey_costs_less_than_a_color_and_a_lamp_more_than_daylight);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
