/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Light brought to a white balance, so that a strong cast hides no color: in BT.2020 a weak channel
 * is drowned by what spills over from the strong ones, and its darkest patches by the floor.
 */
#ifndef PHOTO_FIND_BALANCE_H
#define PHOTO_FIND_BALANCE_H

/* Of red, green and blue of BT.709, in which cameras are balanced; the strongest has 1. */
typedef struct tns_balance {
    double gain[3];
} tns_balance;

/*
 * For linear light in BT.2020 that should be neutral. A channel is raised by 30 at most: what is
 * weaker is noise.
 */
tns_balance tns_balance_of(const double white[3]);

/* The same for many, of which the lightest in each channel count as white. */
tns_balance tns_balance_of_all(const double (*light)[3], int count);

/* How many times the light of the weakest channel the strongest has. */
double tns_balance_cast(const tns_balance *balance);

/* From here on a cast may be why colors are not told: a bulb in daylight's balance gives 5 to 14.
 */
#define TNS_CAST_STRONG 6.0

/* In linear light of BT.2020, in place. */
void tns_balance_apply(const tns_balance *balance, double light[3]);

#endif
