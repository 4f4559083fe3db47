/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun and its verbs. */
#include "stock.h"

static const command *const verbs[] = {
    &cmd_stock_product,  &cmd_stock_receive, &cmd_stock_open,       &cmd_stock_use,
    &cmd_stock_waste,    &cmd_stock_count,   &cmd_stock_move,       &cmd_stock_list,
    &cmd_stock_expiring, &cmd_stock_log,     &cmd_stock_quarantine, &cmd_stock_release,
    &cmd_stock_recall,   &cmd_stock_undo,    &cmd_stock_verify,     &cmd_stock_import,
    &cmd_stock_export,   &cmd_stock_backup,  &cmd_stock_scan,       &cmd_stock_order,
    &cmd_stock_label,
};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_stock, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_stock = {"stock", "VERB ..", "the shelf: bottles, lots, and what became of them",
                           "  tonsure stock list\n"
                           "  tonsure stock use deep-black 0.15ml\n"
                           "  tonsure stock expiring --within 60d\n",
                           run};
