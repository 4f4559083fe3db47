/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients: added, changed, shown, written out, erased. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "clinic.h"

/* ---- add, change ---- */

/* What is told of one who is new. */
static bool read_card(const char *name, const cli_list *allergies, tns_client_card *card,
                      tns_error *err)
{
    if (name && strlen(name) >= sizeof card->name)
        return tns_error_set(err, TNS_ERROR_USAGE, "--name: longer than %zu bytes",
                             sizeof card->name - 1);
    if (name)
        strcpy(card->name, name);
    for (size_t i = 0; i < allergies->count; i++)
        if (!tns_client_card_add_allergy(card, allergies->item[i], err))
            return tns_error_prefix(err, "--allergy");
    return true;
}

/* A line for people; the record is that of every change of the clinic. */
static int end_of_client(stock_call *s, const char *action, bool done, const tns_error *err)
{
    if (done && !s->c->json)
        printf("C%" PRId64 "%s\n", s->change.made.client,
               s->change.written ? "" : " (dry run: nothing was written)");
    if (!done || s->c->json)
        return clinic_end(s, action, done, err);
    cli_print_warnings(&s->change.warnings);
    tns_stock_change_finish(&s->change);
    tns_stock_close(s->stock);
    return 0;
}

static int run_add(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_client_add};
    const char *name = NULL;
    cli_list allergies = {0};
    const cli_option options[] = {
        {"name", CLI_TEXT, &name, "NAME", "kept apart from all else, and erased with it"},
        {"allergy", CLI_LIST, &allergies, "WORD", "a name, a Colour Index or a CAS number"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_client_card card = {0};
    if (!stock_parse(&s, argc, argv, options, 0, 0, 0, &status))
        return status;
    bool done = read_card(name, &allergies, &card, &err) &&
                stock_begin(&s, TNS_STOCK_CREATE, &err) &&
                tns_client_add(s.stock, &card, &s.act, &s.change, &err);
    if (done)
        tns_client_card_doubt(&card, &s.change.warnings);
    return end_of_client(&s, "client add", done, &err);
}

const command cmd_client_add = {"client add", "[--name NAME] [--allergy WORD]...",
                                "adds a client, who is a number from then on",
                                "  tonsure client add --allergy nickel --allergy \"CI 77491\"\n"
                                "  tonsure client add --name \"J. R.\" --allergy 1333-86-4\n"
                                "  tonsure --json client add\n",
                                run_add};

static int run_change(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_client_change};
    tns_client_card_change change = {0};
    cli_list more = {0}, fewer = {0};
    const cli_option options[] = {
        {"name", CLI_TEXT, &change.name, "NAME", "anew; \"\" takes it off"},
        {"allergy", CLI_LIST, &more, "WORD", "one more, beside those on the card"},
        {"no-allergy", CLI_LIST, &fewer, "WORD", "takes this one off the card"},
        {"no-allergies", CLI_FLAG, &change.none, NULL,
         "takes all off, before any --allergy beside it"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    int64_t id;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, 0, 1, 1, &status))
        return status;
    size_t words = more.count + fewer.count;
    if (!change.name && !change.none && words == 0)
        return cli_usage(c, s.cmd, "expected --name, --allergy, --no-allergy or --no-allergies");
    if (change.none && fewer.count > 0)
        return cli_usage(c, s.cmd, "--no-allergies takes all off: say no --no-allergy beside it");
    change.more = more.count;
    change.more_words = more.item;
    change.fewer = fewer.count;
    change.fewer_words = fewer.item;
    bool done = tns_service_client(s.words.word[0], &id, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_client_change(s.stock, id, &change, &s.act, &s.change, &err);
    return end_of_client(&s, "client change", done, &err);
}

const command cmd_client_change = {
    "client change", "CLIENT [--name NAME] [--allergy WORD].. [--no-allergy WORD]..",
    "changes a client's card; the ledger has that it was, not what",
    "  tonsure client change C1 --allergy latex --no-allergy nickel\n"
    "  tonsure client change C1 --name \"J. Roe\"\n"
    "  tonsure client change C1 --no-allergies --dry-run\n",
    run_change};

/* ---- list, show, export ---- */

static int run_list(cli *c, int argc, const char **argv)
{
    bool all = false;
    const cli_option options[] = {
        {"all", CLI_FLAG, &all, NULL, "those too who were erased"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_client_list list = {0};
    if (!cli_parse(c, &cmd_client_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock || !tns_client_list_all(stock, all, &list, &err))
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(c, tns_clients_write(&list));
    else if (list.count == 0)
        printf("no clients\n");
    for (size_t i = 0; !c->json && i < list.count; i++)
        clinic_print_client(&list.clients[i]);
    tns_client_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

const command cmd_client_list = {"client list", "[--all]", "who there is",
                                 "  tonsure client list\n"
                                 "  tonsure client list --all\n"
                                 "  tonsure --json client list\n",
                                 run_list};

/* Finish the file in every case. */
static bool load_file(tns_stock *stock, const char *text, tns_client_file *file, tns_error *err)
{
    int64_t id;
    *file = (tns_client_file){0};
    if (!tns_service_client(text, &id, err) || !tns_client_find(stock, id, &file->client, err))
        return false;
    const unsigned all = ~0u;
    const tns_visit_question visits = {.client = id, .states = all};
    const tns_pot_question pots = {.client = id, .with_undone = true};
    return tns_visit_list_find(stock, &visits, &file->visits, err) &&
           tns_pot_list_find(stock, &pots, &file->pots, err) &&
           tns_visit_readings(stock, id, 0, &file->readings, err);
}

static void print_file(const cli *c, const tns_client_file *file)
{
    clinic_print_client(&file->client);
    if (file->visits.count > 0)
        clinic_print_visits(&file->visits);
    for (size_t i = 0; i < file->pots.count; i++)
        clinic_print_pot(&file->pots.pots[i], 0);
    for (size_t i = 0; i < file->readings.count; i++)
        clinic_print_reading(c, &file->readings.readings[i]);
}

/* Said by its record alone: a file that was asked for by name is there, or it is an error. */
static int save_file(cli *c, const tns_client_file *file, const char *path)
{
    tns_error err;
    if (!tns_file_expect_none(path, &err) || !tns_file_expect_writable(path, NULL, &err))
        return cli_fail(c, &err);
    int status = c->dry_run ? 0 : cli_save_record(c, tns_client_write(file), path);
    return status || !(c->json || c->dry_run) ? status : stock_show_paper(c, "client", path, "");
}

static int run_file(cli *c, const command *cmd, bool export, int argc, const char **argv)
{
    const cli_option none = {NULL, CLI_FLAG, NULL, NULL, NULL};
    const cli_option options[] = {export ? (cli_option)CLI_DRY_RUN(c) : none, none};
    cli_words words;
    int status;
    tns_error err;
    tns_client_file file = {0};
    if (!cli_parse(c, cmd, argc, argv, options, 1, export ? 2 : 1, &words, &status))
        return status;
    if (export && words.count == 1 && !c->json)
        return cli_usage(c, cmd, "expected FILE.json, or --json to print it");
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock || !load_file(stock, words.word[0], &file, &err))
        status = cli_fail(c, &err);
    else if (words.count == 2)
        status = save_file(c, &file, words.word[1]);
    else if (c->json)
        status = cli_print_record(c, tns_client_write(&file));
    else
        print_file(c, &file);
    tns_client_file_finish(&file);
    tns_stock_close(stock);
    return status;
}

static int run_show(cli *c, int argc, const char **argv)
{
    return run_file(c, &cmd_client_show, false, argc, argv);
}

static int run_export(cli *c, int argc, const char **argv)
{
    return run_file(c, &cmd_client_export, true, argc, argv);
}

const command cmd_client_show = {"client show", "CLIENT", "all that is known of a client",
                                 "  tonsure client show C1\n"
                                 "  tonsure client show 1\n"
                                 "  tonsure --json client show C1\n",
                                 run_show};

const command cmd_client_export = {
    "client export", "CLIENT [FILE.json]", "writes all that is known of a client into one file",
    "  tonsure client export C1 c1.json\n"
    "  tonsure --json client export 1\n"
    "  tonsure --store backup.db client export C1 old.json --dry-run\n",
    run_export};

/* ---- erase ---- */

/* There is no way back: without a person to ask it has to be said. */
static bool is_meant(const cli *c, const char *client)
{
    char answer[16] = "";
    if (c->no_input || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return false;
    fprintf(stderr, "Erase %s: name, allergies and readings, for good? [y/N] ", client);
    return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static int run_erase(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_client_erase};
    bool yes = false;
    const cli_option options[] = {
        {"yes", CLI_FLAG, &yes, NULL, "do not ask; needed without a terminal"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    int64_t id;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON, 1, 1, &status))
        return status;
    if (!yes && !s.dry_run && !is_meant(c, s.words.word[0]))
        return cli_usage(c, s.cmd, "not erased: it is for good; say --yes");
    bool done = tns_service_client(s.words.word[0], &id, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_client_erase(s.stock, id, &s.act, &s.change, &err);
    if (done)
        tns_warn(&s.change.warnings,
                 "backups and exports made before still have it, and the ledger "
                 "what was ever given as --reason, --override or --actor");
    return clinic_end(&s, "client erase", done, &err);
}

const command cmd_client_erase = {
    "client erase", "CLIENT --yes", "erases who a client is; what was mixed of which lot stays",
    "  tonsure client erase C1 --yes\n"
    "  tonsure client erase C1 --yes --reason \"asked for on 22 November\"\n"
    "  tonsure client erase C1 --dry-run\n",
    run_erase};

/* ---- the noun ---- */

static const command *const verbs[] = {&cmd_client_add,  &cmd_client_change, &cmd_client_list,
                                       &cmd_client_show, &cmd_client_export, &cmd_client_erase};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_client, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_client = {"client", "VERB ..", "clients by number: allergies, visits, all of one",
                            "  tonsure client add --allergy nickel\n"
                            "  tonsure client show C1\n"
                            "  tonsure client erase C1 --yes\n",
                            run};
