/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure stock`, each in the file of its family, and what they share. */
#ifndef CLI_STOCK_H
#define CLI_STOCK_H

#include <tonsure/order.h>
#include <tonsure/products.h>
#include <tonsure/service.h>

#include "cli.h"

extern const command cmd_stock_product, cmd_stock_product_add, cmd_stock_product_list;
extern const command cmd_stock_product_retire, cmd_stock_product_change;
extern const command cmd_stock_receive, cmd_stock_scan;
extern const command cmd_stock_order, cmd_stock_order_propose, cmd_stock_order_send;
extern const command cmd_stock_order_receive, cmd_stock_order_cancel, cmd_stock_order_list;
extern const command cmd_stock_order_show, cmd_stock_order_terms, cmd_stock_label;
extern const command cmd_stock_open, cmd_stock_use;
extern const command cmd_stock_waste, cmd_stock_count, cmd_stock_move;
extern const command cmd_stock_quarantine, cmd_stock_release, cmd_stock_recall;
extern const command cmd_stock_list, cmd_stock_expiring, cmd_stock_log;
extern const command cmd_stock_undo, cmd_stock_verify;
extern const command cmd_stock_import, cmd_stock_export, cmd_stock_backup;

/* Of a file that was written: its record with --json, else the line for people. */
int stock_show_paper(cli *c, const char *kind, const char *path, const char *line);

/* ---- a write ---- */

/* The options that several writes have; --actor and --dry-run are every write's. */
enum { STOCK_ON = 1, STOCK_REASON = 2, STOCK_OVERRIDE = 4 };

typedef struct stock_call {
    cli *c;
    const command *cmd;
    const char *actor, *on, *reason, *override;
    bool dry_run;
    cli_words words;
    tns_stock *stock;
    tns_stock_act act;
    tns_stock_change change;
} stock_call;

/* Takes a command's own options and those of `which` out of argv, as cli_parse(). */
bool stock_parse(stock_call *s, int argc, const char **argv, const cli_option *own, unsigned which,
                 int least, int most, int *status);

/* Opens the store, and makes the act of what was said. */
bool stock_begin(stock_call *s, tns_stock_access how, tns_error *err);

/* Shows what was done, or why it was not, and closes; the exit status. */
int stock_end(stock_call *s, const char *action, bool done, const tns_error *err);

/* What a label states, of a product; NULL leaves it. */
#define STOCK_STATES_HELP "mixture: for tattoos or permanent make-up (EU); or nothing"
bool stock_read_states(const char *text, tns_label_states *out, tns_error *err);

/* Warns of a pigment that the palette has not; NULL leaves it. */
void stock_doubt_pigment(stock_call *s, const char *pigment);

/* ---- printing ---- */

/* "0.15 ml", of microlitres. */
const char *stock_ml(int64_t ul, char text[32]);
/* The clock on the wall, to the minute. */
const char *stock_wall_time(int64_t seconds, char text[32]);

/* The same, or "3 pc" of what is counted. */
const char *stock_amount(int64_t amount, bool pieces, char text[32]);

void stock_print_bottles(const tns_bottle_list *list);
void stock_print_log(const tns_entry_list *log, const tns_bottle_list *bottles);
void stock_print_change(const tns_stock_change *change);

#endif
