/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many spectra become Lab, and how many Labs are compared, in a second. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <tonsure/difference.h>

enum { ROUNDS = 2000000 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double time_lab(const tns_viewing *viewing, double *sum)
{
    tns_spectrum spectrum = tns_spectrum_constant(0.2);
    double start = seconds();
    for (int i = 0; i < ROUNDS; i++) {
        spectrum.value[i % TNS_BANDS] = 0.1 + (double)(i % 7) / 10;
        *sum += tns_lab_from_spectrum(&spectrum, viewing).L;
    }
    return seconds() - start;
}

static double time_de00(double *sum)
{
    tns_lab standard = {45, 12, 18};
    double start = seconds();
    for (int i = 0; i < ROUNDS; i++)
        *sum += tns_de00(standard, (tns_lab){45 + (double)(i % 10), 10, 17});
    return seconds() - start;
}

int main(void)
{
    tns_viewing viewing;
    tns_error err;
    if (!tns_viewing_find("D65/10", &viewing, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return EXIT_FAILURE;
    }
    double sum = 0; /* printed, so that nothing is left out as useless */
    double lab = time_lab(&viewing, &sum), de00 = time_de00(&sum);
    printf("color: spectrum to Lab %.0f ns, dE00 %.0f ns (%d rounds, sum %g)\n", 1e9 * lab / ROUNDS,
           1e9 * de00 / ROUNDS, ROUNDS, sum);
    return EXIT_SUCCESS;
}
