/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the shelf's store is well, as a doctor looks: in no more than a moment. */
#include <inttypes.h>
#include <stdio.h>

#include <tonsure/products.h>
#include <tonsure/shelf.h>

#include "doctor.h"

/* More than these are not computed anew: that takes `stock verify`. */
static const int64_t VERIFIED_MAX = 10000;

static void write_head(const unsigned char head[TNS_HASH_SIZE], char out[17])
{
    for (int i = 0; i < 8; i++)
        snprintf(out + 2 * i, 3, "%02x", head[i]);
}

static void tell_health(const char *path, const tns_stock_health *health, bool verified,
                        tns_doctor_check *check)
{
    char head[17];
    write_head(health->head, head);
    snprintf(check->text, sizeof check->text,
             "%.120s: %" PRId64 " entries, head %s%s; %zu bottle%s, %zu expired", path,
             health->entries, head, verified ? " verified" : ", not verified", health->bottles,
             cli_plural(health->bottles), health->expired);
    if (!verified)
        snprintf(check->fix, sizeof check->fix, "tonsure stock verify");
    else if (health->expired)
        snprintf(check->fix, sizeof check->fix, "tonsure stock expiring --within 0d");
}

static bool examine(const cli *c, tns_stock *stock, tns_doctor_check *check, tns_error *err)
{
    char path[1024] = "";
    tns_stock_health health;
    tns_stock_verification found;
    if (!tns_stock_health_of(stock, NULL, &health, err))
        return false;
    bool few = health.entries <= VERIFIED_MAX;
    if (few && !tns_stock_verify(stock, &found, err))
        return false;
    tns_service_store_path(c->store, path, sizeof path);
    tell_health(path, &health, few, check);
    return true;
}

tns_doctor_check doctor_check_store(const cli *c)
{
    tns_doctor_check check = {.name = "store"};
    tns_error err;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock && err.code == TNS_ERROR_NOT_FOUND) {
        check.state = TNS_DOCTOR_ABSENT;
        snprintf(check.text, sizeof check.text, "there is none yet");
        snprintf(check.fix, sizeof check.fix, "tonsure stock product add --help");
    } else if (!stock || !examine(c, stock, &check, &err)) {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.text, sizeof check.text, "%.299s", err.text);
        snprintf(check.fix, sizeof check.fix, "%s",
                 err.code == TNS_ERROR_UNSUPPORTED
                     ? "install what this Tonsure lacks, and keep the store"
                     : "go back to a backup, or to an export");
    }
    tns_stock_close(stock);
    return check;
}
