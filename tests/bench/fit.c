/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characterising 13 pigments from 600 films, five groups left out in turn included. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "pigment/inks.h"

enum { RUNS = 5, FILMS = 600 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void add_films(inks *s)
{
    size_t paper = add_backing(s, 0.85);
    for (int i = 0; i < FILMS; i++) {
        double amount[INKS_MAX] = {0};
        for (int part = 0; part < (i % 4 == 0 ? 1 : 2); part++)
            amount[draw_int(&s->state, 0, s->count - 1)] += draw_between(&s->state, 0.02, 1.2);
        add_sample(s, amount, true, paper);
    }
}

int main(void)
{
    static const char *const labels[] = {"k2 given", "k2 fitted"};
    inks s = make_inks(INKS_MAX, 0, 5);
    add_films(&s);
    for (int how = 0; how < 2; how++) {
        double runs[RUNS], unseen = 0;
        for (int i = 0; i < RUNS; i++) {
            tns_error err = {0};
            tns_fit_options options = {.fit_k2 = how == 1};
            double start = seconds();
            tns_fit *fit = tns_fit_solve(s.set, &options, NULL, &err);
            runs[i] = seconds() - start;
            if (!fit) {
                fprintf(stderr, "%s\n", err.text);
                return EXIT_FAILURE;
            }
            unseen = unseen_mixtures(&s, fit->palette, true);
            tns_fit_destroy(fit);
        }
        qsort(runs, RUNS, sizeof *runs, rising);
        printf("fit of 13 pigments from 600 films, %-9s  %.2f s (median of %d; unseen mixtures "
               "dE00 %.2f)\n",
               labels[how], runs[RUNS / 2], RUNS, unseen);
    }
    free_inks(&s);
    return EXIT_SUCCESS;
}
