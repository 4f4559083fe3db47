/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a layer is: what a search does most. */
#include <stdio.h>
#include <time.h>

#include <tonsure/kubelka_munk.h>
#include <tonsure/mie.h>

enum { LAYERS = 2000000, SPHERES = 20000 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Coefficients that change at each step, so that nothing is computed once for all. */
static double K_at(int i)
{
    return 0.01 + 1e-5 * (i & 0xFFFF);
}

static double opaque(int i)
{
    return tns_km_opaque(K_at(i), 1);
}

static double film(int i)
{
    return tns_km_film(K_at(i), 0.7, 1, 0.4);
}

static double slopes(int i)
{
    tns_km_slopes s = tns_km_film_slopes(K_at(i), 0.7, 1, 0.4);
    return s.R + s.dR_dK + s.dR_dS;
}

static double sphere(int i)
{
    tns_mie mie = {0};
    tns_mie_sphere(1 + K_at(i), 1.5, 0.1, &mie, NULL);
    return mie.Qext;
}

static void report(const char *name, double (*run)(int), int n)
{
    double sum = 0, start = seconds();
    for (int i = 0; i < n; i++)
        sum += run(i);
    printf("%-28s %8.1f ns   (check %.6g)\n", name, 1e9 * (seconds() - start) / n, sum / n);
}

int main(void)
{
    report("opaque layer, a band", opaque, LAYERS);
    report("film, a band", film, LAYERS);
    report("film with slopes, a band", slopes, LAYERS);
    report("Mie sphere, x = 1..2", sphere, SPHERES);
    return 0;
}
