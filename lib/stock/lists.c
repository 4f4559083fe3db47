/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists that callers are given, taken back. */
#include <stdlib.h>

#include <tonsure/products.h>

#include "stock/sql/orders.h"
#include "stock/sql/people.h"

void tns_entry_list_finish(tns_entry_list *list)
{
    free(list->entries);
    *list = (tns_entry_list){0};
}

void tns_bottle_list_finish(tns_bottle_list *list)
{
    free(list->bottles);
    *list = (tns_bottle_list){0};
}

void tns_product_list_finish(tns_product_list *list)
{
    free(list->products);
    *list = (tns_product_list){0};
}

void tns_terms_list_finish(tns_terms_list *list)
{
    free(list->terms);
    *list = (tns_terms_list){0};
}

void tns_order_list_finish(tns_order_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->orders[i].lines);
    free(list->orders);
    *list = (tns_order_list){0};
}

void tns_client_list_finish(tns_client_list *list)
{
    free(list->clients);
    *list = (tns_client_list){0};
}

void tns_visit_list_finish(tns_visit_list *list)
{
    free(list->visits);
    *list = (tns_visit_list){0};
}

void tns_pot_list_finish(tns_pot_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->pots[i].parts);
    free(list->pots);
    *list = (tns_pot_list){0};
}

void tns_site_reading_list_finish(tns_site_reading_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((char *)list->readings[i].record);
    free(list->readings);
    *list = (tns_site_reading_list){0};
}
