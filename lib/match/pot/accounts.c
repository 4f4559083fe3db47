/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chance of an account is that of its reading, all factors considered (Laplace's
 * approximation):
 *
 *     prior chance x exp(-cost / 2) x sqrt(det covariance) / product of the prior's deviations
 */
#include <math.h>

#include "match/pot/accounts.h"

/* Of a part to be miscounted, against a pot without. */
static const double MISCOUNTED = 0.05;

static double log_evidence(const tns_pot *pot, const tns_effective *account)
{
    double root[TNS_POT_MAX][TNS_POT_MAX], sum = -account->cost / 2;
    tns_effective_root(account, pot->count, root);
    for (int i = 0; i < pot->count; i++) {
        double spread = pot->miscounted[i] ? TNS_MISCOUNT : pot->spread[i];
        sum += pot->miscounted[i] ? log(MISCOUNTED) : 0;
        sum += spread > 0 ? log(root[i][i] / spread) : 0;
    }
    return sum;
}

static void weigh(tns_accounts *accounts)
{
    if (accounts->count == 1)
        accounts->chance[0] = 0; /* a singular one is the only one */
    double best = accounts->chance[accounts->likeliest], sum = 0;
    for (int w = 0; w < accounts->count; w++)
        sum += accounts->chance[w] = exp(accounts->chance[w] - best);
    for (int w = 0; w < accounts->count; w++)
        accounts->chance[w] /= sum;
}

bool tns_accounts_find(const tns_pot *pot, const tns_evidence *evidence, tns_accounts *out,
                       tns_error *err)
{
    *out = (tns_accounts){.count = 1};
    if (!tns_effective_fit(pot, evidence, &out->account[0], err))
        return false;
    out->chance[0] = log_evidence(pot, &out->account[0]);
    for (int i = 0; i < pot->count && isfinite(out->chance[0]); i++) {
        tns_pot other = *pot;
        tns_effective *account = &out->account[out->count];
        other.miscounted[i] = true;
        if (!(pot->spread[i] > 0 && pot->spread[i] < TNS_MISCOUNT) ||
            !tns_effective_fit(&other, evidence, account, NULL))
            continue;
        double chance = log_evidence(&other, account);
        if (!isfinite(chance))
            continue;
        if (chance > out->chance[out->likeliest])
            out->likeliest = out->count;
        out->chance[out->count++] = chance;
    }
    weigh(out);
    return true;
}

int tns_accounts_pick(const tns_accounts *accounts, double share)
{
    int w = 0;
    while (w + 1 < accounts->count && share >= accounts->chance[w])
        share -= accounts->chance[w++];
    return w;
}

double tns_accounts_scatter(const tns_accounts *accounts, int part)
{
    double sum = 0, likeliest = accounts->account[accounts->likeliest].factor[part];
    for (int w = 0; w < accounts->count; w++) {
        const tns_effective *account = &accounts->account[w];
        double factor = account->factor[part], off = factor - likeliest;
        sum +=
            accounts->chance[w] * (factor * factor * account->covariance[part][part] + off * off);
    }
    return sqrt(sum);
}
