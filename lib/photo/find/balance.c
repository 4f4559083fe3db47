/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/correct/terms.h"
#include "photo/find/balance.h"

/* ITU-R BT.2087-0, 2.2: linear BT.709 to linear BT.2020. */
static const double from_bt709[3][3] = {
    {0.627404, 0.329283, 0.043313}, {0.069097, 0.919540, 0.011362}, {0.016391, 0.088013, 0.895595}};

static const double GAIN_MOST = 30;

/* Of light in BT.709. */
static tns_balance balance_for(const double white[3])
{
    tns_balance out;
    double most = fmax(fmax(white[0], white[1]), white[2]);
    for (int c = 0; c < 3; c++)
        out.gain[c] = most > 0 ? most / fmax(white[c], most / GAIN_MOST) : 1;
    return out;
}

tns_balance tns_balance_of(const double white[3])
{
    double light[3];
    tns_bt709(white, light);
    return balance_for(light);
}

tns_balance tns_balance_of_all(const double (*light)[3], int count)
{
    double most[3] = {0}, one[3];
    for (int i = 0; i < count; i++) {
        tns_bt709(light[i], one);
        for (int c = 0; c < 3; c++)
            most[c] = fmax(most[c], one[c]);
    }
    return balance_for(most);
}

double tns_balance_cast(const tns_balance *balance)
{
    return fmax(fmax(balance->gain[0], balance->gain[1]), balance->gain[2]);
}

void tns_balance_apply(const tns_balance *balance, double light[3])
{
    double own[3];
    tns_bt709(light, own);
    for (int c = 0; c < 3; c++)
        own[c] *= balance->gain[c];
    for (int c = 0; c < 3; c++)
        light[c] =
            from_bt709[c][0] * own[0] + from_bt709[c][1] * own[1] + from_bt709[c][2] * own[2];
}
