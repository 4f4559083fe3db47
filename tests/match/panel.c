/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "match/panel.h"
#include "shelf.h"
#include "support/healed.h"

enum { MOST = 150 };

typedef struct trial {
    size_t count;
    tns_surface surfaces[MOST];
    double share[MOST], K[TNS_BANDS], S[TNS_BANDS];
    double seen[TNS_BANDS * (MOST + 8)];
} trial;

/* In healed skin; `opaque` makes one a thick layer. */
static void start(trial *t, size_t count, bool opaque, uint64_t *state)
{
    tns_skin skin = draw(state) < 0.5 ? light_skin() : dark_skin();
    double sum = 0;
    t->count = count;
    draw_healed(&skin, count, (uint64_t)draw_int(state, 1, 1000), t->surfaces);
    if (opaque)
        t->surfaces[count / 2].kind = TNS_SURFACE_OPAQUE;
    for (size_t i = 0; i < count; i++)
        sum += t->share[i] = 0.1 + draw(state);
    for (size_t i = 0; i < count; i++)
        t->share[i] /= sum;
    for (int b = 0; b < TNS_BANDS; b++) {
        t->K[b] = exp(draw_between(state, -4, 2));
        t->S[b] = exp(draw_between(state, -4, 2));
    }
}

static void check_band(const trial *t, const double *seen, int b, const tns_spectrum *mean,
                       const tns_km_slopes *slopes)
{
    tns_km_slopes sum = {0, 0, 0};
    for (size_t i = 0; i < t->count; i++) {
        tns_km_slopes one = tns_surface_slopes(&t->surfaces[i], b, t->K[b], t->S[b]);
        ck_assert_double_eq_tol(seen[i], one.R, 1e-13); /* rounding, and the series' ends */
        sum.R += t->share[i] * one.R;
        sum.dR_dK += t->share[i] * one.dR_dK;
        sum.dR_dS += t->share[i] * one.dR_dS;
    }
    ck_assert_double_eq_tol(mean->value[b], sum.R, 1e-13);
    ck_assert_double_eq_tol(slopes[b].R, sum.R, 1e-13);
    ck_assert_double_eq_tol(slopes[b].dR_dK, sum.dR_dK, 1e-10);
    ck_assert_double_eq_tol(slopes[b].dR_dS, sum.dR_dS, 1e-10);
}

START_TEST(surfaces_together_are_what_each_is_alone)
{
    static const struct {
        size_t count;
        bool opaque, by_lanes;
    } rows[] = {{1, false, false}, {5, false, false}, {8, false, true},   {12, true, false},
                {64, false, true}, {65, false, true}, {150, false, true}, {70, true, false}};
    uint64_t state = 11;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_panel panel;
        tns_km_slopes slopes[TNS_BANDS];
        start(t, rows[i].count, rows[i].opaque, &state);
        ck_assert(tns_panel_init(&panel, t->surfaces, t->share, t->count));
        ck_assert((panel.films.count > 0) == rows[i].by_lanes);
        tns_panel_each(&panel, t->K, t->S, t->seen);
        tns_spectrum mean = tns_panel_mean(&panel, t->K, t->S);
        tns_panel_slopes(&panel, t->K, t->S, slopes);
        for (int b = 0; b < TNS_BANDS; b++)
            check_band(t, t->seen + (size_t)b * panel.row, b, &mean, slopes);
        tns_panel_finish(&panel);
    }
    free(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("panel");
    TCase *tc = tcase_create("panel");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, surfaces_together_are_what_each_is_alone);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
