/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `tonsure`: the table of nouns and the dispatch. */
#include <stdio.h>
#include <string.h>

#include <tonsure/service.h>

#include "cli.h"

static const command *const commands[] = {
#ifdef WITH_PHOTO
    &cmd_photo,   &cmd_chart,
#endif
#ifdef WITH_DEVICES
    &cmd_devices, &cmd_calibrate, &cmd_measure,  &cmd_doctor,
#endif
    &cmd_convert, &cmd_compare,   &cmd_match,    &cmd_correct,
    &cmd_predict, &cmd_skin,      &cmd_zone,     &cmd_palette,
#ifdef WITH_STORE
    &cmd_client,  &cmd_visit,     &cmd_pot,      &cmd_stock,
    &cmd_course,  &cmd_plan,      &cmd_passport,
#endif
    &cmd_report,
};

static void print_overview(void)
{
    printf("tonsure matches scalp pigment to hair and follicle shade.\n\n"
           "Usage: tonsure [--json] [--palette NAME|FILE] [--store FILE] NOUN [VERB] ...\n\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    printf("\n`tonsure NOUN --help` tells a command's options, with examples.\n");
    cli_print_examples(
        "  tonsure convert lab:38,3,6@D50/2 --to D65/10\n"
        "  tonsure match --target readings/stubble.json --surface film:readings/skin.json,1\n"
        "  tonsure match --target lab:32,2,4 --max-pigments 2 --top 3\n");
}

static const command *find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int unknown_command(const cli *c, const char *word)
{
    enum { COUNT = sizeof commands / sizeof *commands };
    char near[200];
    const char *names[COUNT];
    tns_error err;
    for (size_t i = 0; i < COUNT; i++)
        names[i] = commands[i]->name;
    tns_service_near(word, names, COUNT, near, sizeof near);
    tns_error_set(&err, TNS_ERROR_USAGE, "unknown command \"%.40s\"%s (see tonsure --help)", word,
                  near);
    return cli_fail(c, &err);
}

static int dispatch(cli *c, int argc, const char **argv)
{
    int used = 0, status = 0;
    if (!cli_parse_global(c, argc, argv, &used, &status))
        return status;
    if (c->version) {
        cli_print_version();
        return 0;
    }
    if (used == argc) {
        if (c->help || argc == 1) {
            print_overview();
            return c->help ? 0 : 2;
        }
        tns_error err;
        tns_error_set(&err, TNS_ERROR_USAGE, "expected a command (see tonsure --help)");
        return cli_fail(c, &err);
    }
    const command *cmd = find(argv[used]);
    if (cmd)
        return cmd->run(c, argc - used, argv + used);
    return unknown_command(c, argv[used]);
}

int main(int argc, char **argv)
{
    cli c = {0};
    int status = dispatch(&c, argc, (const char **)argv);
    cli_finish(&c);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "tonsure: standard output: cannot be written\n");
        return status ? status : 1;
    }
    return status;
}
