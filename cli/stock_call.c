/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every write of the shelf goes through. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/stock_records.h>

#include "stock.h"

enum { OPTIONS = 24 };

bool stock_parse(stock_call *s, int argc, const char **argv, const cli_option *own, unsigned which,
                 int least, int most, int *status)
{
    cli_option all[OPTIONS] = {0};
    size_t count = 0;
    for (; own && own->name && count < OPTIONS - 6; own++)
        all[count++] = *own;
    if (which & STOCK_REASON)
        all[count++] = (cli_option){"reason", CLI_TEXT, &s->reason, "WHY", "why"};
    if (which & STOCK_OVERRIDE)
        all[count++] = (cli_option){"override", CLI_TEXT, &s->override, "WHY",
                                    "use it in spite of a refusal, and why"};
    if (which & STOCK_ON)
        all[count++] = (cli_option){"on", CLI_TEXT, &s->on, "DATE", "the day it happened"};
    all[count++] =
        (cli_option){"actor", CLI_TEXT, &s->actor, "NAME", "who does it (the user's name)"};
    all[count++] = (cli_option){"dry-run", CLI_FLAG, &s->dry_run, NULL, "write nothing"};
    return cli_parse(s->c, s->cmd, argc, argv, all, least, most, &s->words, status);
}

/* Who is logged in: by the environment, else by the system's list; nobody where neither knows. */
static const char *user_name(void)
{
    const char *user = getenv("USER");
    if (user && user[0])
        return user;
    const struct passwd *known = getpwuid(getuid());
    return known ? known->pw_name : NULL;
}

bool stock_begin(stock_call *s, tns_stock_access how, tns_error *err)
{
    if (s->actor && strspn(s->actor, " \t") == strlen(s->actor))
        return tns_error_set(err, TNS_ERROR_USAGE, "--actor: expected a name");
    s->act = (tns_stock_act){.actor = s->actor ? s->actor : user_name(),
                             .reason = s->reason,
                             .override = s->override,
                             .dry_run = s->dry_run};
    if (s->on && !tns_day_parse(s->on, &s->act.on, err))
        return tns_error_prefix(err, "--on");
    if (s->override && !s->override[0])
        return tns_error_set(err, TNS_ERROR_USAGE, "--override: expected a reason");
    if (how == TNS_STOCK_CREATE && s->dry_run)
        how = TNS_STOCK_SCRATCH;
    s->stock = tns_service_stock(s->c->store, how, err);
    return s->stock != NULL;
}

static int show(stock_call *s, const char *action)
{
    if (s->c->json)
        return cli_print_record(s->c, tns_stock_change_write(action, &s->change));
    stock_print_change(&s->change);
    return 0;
}

int stock_end(stock_call *s, const char *action, bool done, const tns_error *err)
{
    int status = done ? show(s, action) : cli_fail(s->c, err);
    tns_stock_change_finish(&s->change);
    tns_stock_close(s->stock);
    return status;
}
