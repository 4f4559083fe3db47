/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of a pot as what can be dispensed: largest remainder, as Hamilton (1792) gave out seats.
 */
#include <math.h>

#include <tonsure/pot.h>

/* The share that lost most by being cut; of equal ones the first. */
static size_t next_up(const double *shares, size_t count, double sum, int64_t total,
                      const int64_t *out)
{
    size_t best = 0;
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double lost = shares[i] / sum * (double)total - (double)out[i];
        if (lost > most + 1e-9) {
            most = lost;
            best = i;
        }
    }
    return best;
}

bool tns_pot_portions(const double *shares, size_t count, int64_t total, int64_t *out)
{
    double sum = 0;
    int64_t left = total;
    for (size_t i = 0; i < count; i++)
        sum += shares[i];
    for (size_t i = 0; i < count; i++) {
        /* A whole number that division made a hair less than itself is that number. */
        out[i] = (int64_t)floor(shares[i] / sum * (double)total + 1e-9);
        left -= out[i];
    }
    for (; left > 0; left--)
        out[next_up(shares, count, sum, total, out)]++;
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && (out[i] > 0 || shares[i] == 0);
    return all;
}
