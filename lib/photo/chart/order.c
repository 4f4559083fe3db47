/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/chart/order.h"
#include "photo/chart/patches.h"
#include "photo/correct/correction.h"

/* XYZ / 100 under D50 to linear BT.2020, by Bradford adaptation to D65. */
static const double to_bt2020[3][3] = {{1.6473376, -0.3935675, -0.2359960},
                                       {-0.6826036, 1.6475887, 0.0128190},
                                       {0.0296524, -0.0628993, 1.2531279}};

static const double DARKEST = 1e-4; /* keeps the logarithm of a black pixel within reason */

static double log_light(double value)
{
    return log(fmax(value, DARKEST));
}

void tns_reference_log_light(tns_lab lab, double out[3])
{
    tns_xyz xyz = tns_xyz_from_lab(lab, tns_photo_white);
    for (int c = 0; c < 3; c++)
        out[c] = log_light(
            (to_bt2020[c][0] * xyz.X + to_bt2020[c][1] * xyz.Y + to_bt2020[c][2] * xyz.Z) / 100);
}

/* Sums for one channel. */
typedef struct sums {
    double n, x, y, xx, yy, xy;
} sums;

static void add(sums *s, double x, double y)
{
    s->n += 1;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
}

double tns_order_score(const tns_chart *chart, const tns_patch_sample *samples)
{
    sums s[3] = {{0}};
    for (int i = 0; i < chart->count; i++) {
        const tns_patch_sample *sample = &samples[i];
        double reference[3];
        tns_reference_log_light(chart->patch[i].reference, reference);
        for (int c = 0; c < 3 && sample->count > 0; c++)
            add(&s[c], log_light(sample->rgb[c]), reference[c]);
    }
    double xx = 0, yy = 0, xy = 0;
    for (int c = 0; c < 3; c++) {
        double n = fmax(s[c].n, 1);
        xx += s[c].xx - s[c].x * s[c].x / n;
        yy += s[c].yy - s[c].y * s[c].y / n;
        xy += s[c].xy - s[c].x * s[c].y / n;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}
