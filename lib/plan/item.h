/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of an item's plan. */
#ifndef PLAN_ITEM_H
#define PLAN_ITEM_H

#include <tonsure/plan.h>

/* Days by the label that a delivered bottle is good for. */
int tns_item_life(const tns_item *item);

/* Days that it is of use: by the label, or for as long as it may be open. */
double tns_item_good_days(const tns_item *item);

double tns_item_service(const tns_item *item);

/* Days between two looks at the shelf. */
int tns_item_review(const tns_item *item);

#endif
