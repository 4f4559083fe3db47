/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe WHAT [FILE]: a program of the build. What is told of the drivers, from their own
 * records.
 *
 *   60-tonsure           udev rules: whoever sits at the machine may open the instruments
 *   61-tonsure-generic   the same for chips that many things share; only for who asks for it
 *   table                the supported instruments, for docs/devices/README.md
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/devices.h>

static const char head[] =
    "# SPDX-License-Identifier: GPL-3.0-or-later\n"
    "# Made from the drivers' records. Below 73, where systemd turns uaccess into permission.\n";

/* What an instrument's own rule cannot say: these chips are in many other things. */
static const char generic_head[] =
    "# Serial chips that many things share: this opens all of them to whoever sits at the "
    "machine.\n"
    "# Not installed; copy it to /etc/udev/rules.d where that is wanted.\n";

static bool is_named_before(size_t driver, size_t id)
{
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    const tns_usb_id *mine = &all[driver]->usb[id];
    for (size_t d = 0; d <= driver; d++)
        for (size_t i = 0; i < (d == driver ? id : all[d]->usb_count); i++)
            if (all[d]->usb[i].vendor_id == mine->vendor_id &&
                all[d]->usb[i].product_id == mine->product_id)
                return true;
    return false;
}

/*
 * What a rule says of the product. Where any is meant that is a serial line, the interfaces tell
 * (udev lists them as class, subclass and protocol): the maker's printers are left alone.
 */
static void print_product(const tns_usb_id *id)
{
    if (id->product_id)
        printf("ATTR{idProduct}==\"%04x\", ", id->product_id);
    else
        printf("ENV{ID_USB_INTERFACES}==\"*:0202??:*\", ");
}

/*
 * ModemManager would talk to a serial line that it does not know; an instrument that falls asleep
 * between readings takes seconds to wake.
 */
static void print_rule(const tns_usb_id *id)
{
    printf("\n# %s\n", id->model);
    printf("SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"%04x\", ",
           id->vendor_id);
    print_product(id);
    printf("TAG+=\"uaccess\", ENV{ID_MM_DEVICE_IGNORE}=\"1\", "
           "TEST==\"power/control\", ATTR{power/control}=\"on\"\n");
    if (id->bridge == TNS_BRIDGE_NONE)
        return;
    printf("SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"%04x\", ", id->vendor_id);
    if (id->product_id)
        printf("ATTRS{idProduct}==\"%04x\", ", id->product_id);
    printf("TAG+=\"uaccess\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"\n");
}

static void print_rules(bool generic)
{
    fputs(head, stdout);
    if (generic)
        fputs(generic_head, stdout);
    fputs("\nACTION==\"remove\", GOTO=\"tonsure_end\"\n", stdout);
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    for (size_t d = 0; d < count; d++)
        for (size_t i = 0; i < all[d]->usb_count; i++)
            if (all[d]->usb[i].generic == generic && !is_named_before(d, i))
                print_rule(&all[d]->usb[i]);
    fputs("\nLABEL=\"tonsure_end\"\n", stdout);
}

static void print_id(const tns_usb_id *id)
{
    printf("`%04x:", id->vendor_id);
    if (id->product_id)
        printf("%04x`", id->product_id);
    else
        printf("*` (any CDC-ACM)");
    printf("%s", id->generic ? " (common chip)" : "");
}

static void print_ids(const tns_driver *driver)
{
    for (size_t i = 0; i < driver->usb_count; i++) {
        printf("%s", i ? ", " : "");
        print_id(&driver->usb[i]);
    }
    if (driver->any_serial_line)
        printf("%sa serial line", driver->usb_count ? ", " : "");
    if (driver->usb_count == 0 && !driver->any_serial_line)
        printf("none");
}

static void print_gives(const tns_capabilities *c)
{
    if (c->step_nm > 0)
        printf("%g-%g nm, %g bands", c->from_nm, c->to_nm,
               (c->to_nm - c->from_nm) / c->step_nm + 1);
    else
        printf("a color");
    if (c->effective_channels > 0)
        printf(" from %d channels", c->effective_channels);
    if (c->step_nm <= 0)
        printf(", no spectrum");
}

static void print_triggers(unsigned triggers)
{
    if (triggers & TNS_TRIGGER_HOST)
        printf("host%s", triggers & TNS_TRIGGER_BUTTON ? ", button" : "");
    else
        printf("button");
}

static const char *confidence_name(tns_confidence confidence)
{
    static const char *const names[] = {"low", "medium", "high"};
    return names[confidence];
}

/* As Markdown would have it: L*a*b* is no emphasis. */
static void print_text(const char *text)
{
    for (; *text; text++)
        printf("%s%c", *text == '*' ? "\\" : "", *text);
}

static void print_row(const tns_driver *driver)
{
    const tns_capabilities *c = &driver->capabilities;
    printf("| %s | `%s` | ", driver->title, driver->name);
    print_ids(driver);
    printf(" | ");
    print_gives(c);
    printf(" | %s%s%s | ", c->geometry ? c->geometry : "unknown", c->condition ? ", " : "",
           c->condition ? c->condition : "");
    print_triggers(c->triggers);
    printf(" | %s | ", confidence_name(c->confidence));
    print_text(driver->note);
    printf(" |\n");
}

static void print_table(void)
{
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    printf("| instrument | `--device` | USB | gives | geometry | begun by | confidence | limits |\n"
           "|---|---|---|---|---|---|---|---|\n");
    for (size_t d = 0; d < count; d++)
        print_row(all[d]);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (argc > 2 && !freopen(argv[2], "w", stdout))
        return EXIT_FAILURE;
    if (strcmp(what, "table") == 0)
        print_table();
    else if (strcmp(what, "60-tonsure") == 0)
        print_rules(false);
    else if (strcmp(what, "61-tonsure-generic") == 0)
        print_rules(true);
    else
        return EXIT_FAILURE;
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
