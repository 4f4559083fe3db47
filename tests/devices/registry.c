/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/devices.h>

#include "support/testing.h"

START_TEST(drivers_are_sorted_by_name_and_found_by_it)
{
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    ck_assert_ptr_null(all[count]);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_eq(tns_driver_find(all[i]->name), all[i]);
        if (i > 0)
            ck_assert_msg(strcmp(all[i - 1]->name, all[i]->name) < 0, "%s", all[i]->name);
    }
    ck_assert_ptr_null(tns_driver_find("no such driver"));
}
END_TEST

/* What an absent function would mean, and what those above the drivers lean on. */
START_TEST(every_driver_says_what_it_is_and_can_open_measure_and_close)
{
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    for (size_t i = 0; i < count; i++) {
        const tns_driver *d = all[i];
        const tns_capabilities *c = &d->capabilities;
        ck_assert_msg(d->title && d->note && d->open && d->measure && d->close, "%s", d->name);
        ck_assert_msg(c->reflective || c->emissive, "%s measures nothing", d->name);
        ck_assert_msg(c->triggers != 0, "%s cannot be triggered", d->name);
        ck_assert_msg(c->stores_readings == (d->count_stored && d->read_stored), "%s", d->name);
        ck_assert_msg(c->has_battery == (d->battery != NULL), "%s", d->name);
        for (size_t u = 0; u < d->usb_count; u++)
            ck_assert_msg(d->usb[u].model && d->usb[u].vendor_id, "%s: id %zu", d->name, u);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/registry");
    TCase *records = tcase_create("records");
    tcase_add_test(records, drivers_are_sorted_by_name_and_found_by_it);
    tcase_add_test(records, every_driver_says_what_it_is_and_can_open_measure_and_close);
    suite_add_tcase(suite, records);
    return run_suite(suite);
}
