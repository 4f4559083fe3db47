/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is: the palettes, one of them, and whether a file is one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palettes.h>

#include "palette.h"

/* ---- list ---- */

static void print_entry(const tns_palette_entry *entry)
{
    if (entry->fault.code == TNS_OK)
        cli_row(2, "%-20s %2zu pigment%s, %s, %s", entry->name, entry->pigments,
                cli_plural(entry->pigments), entry->absolute ? "absolute" : "relative",
                entry->place);
    else
        cli_row(2, "%-20s cannot be read, %s", entry->name, entry->place);
}

/* Tells each fault on stderr; the status is the first one's. */
static int tell_faults(const tns_palette_entry *entries, size_t count)
{
    int status = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].fault.code == TNS_OK)
            continue;
        int one = cli_fail_quietly(&entries[i].fault);
        status = status ? status : one;
    }
    return status;
}

static int run_list(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    size_t count = 0;
    if (!cli_parse(c, &cmd_palette_list, argc, argv, NULL, 0, 0, &words, &status))
        return status;
    tns_palette_entry *entries = tns_service_palettes(&count, &err);
    if (!entries)
        return cli_fail(c, &err);
    status = c->json ? cli_print_record(c, tns_palette_list_write(entries, count)) : 0;
    for (size_t i = 0; i < count && !c->json; i++)
        print_entry(&entries[i]);
    if (status == 0)
        status = tell_faults(entries, count);
    free(entries);
    return status;
}

const command cmd_palette_list = {"palette list", "", "lists the palettes there are",
                                  "  tonsure palette list\n"
                                  "  tonsure --json palette list\n"
                                  "  tonsure --json palette list > shelf.json\n",
                                  run_list};

/* ---- show ---- */

static const char *kind_name(tns_pigment_kind kind)
{
    static const char *const names[] = {"pigment", "preshade", "diluent", "additive"};
    return names[kind];
}

static void print_pigment(const tns_pigment *p, int id_width, int name_width)
{
    char drop[16] = "-";
    if (p->drop_ml > 0)
        snprintf(drop, sizeof drop, "%.3f", p->drop_ml);
    cli_row(4, "  %-*s  %-*s  %-8s  %-8s  %-8s  %s", id_width, p->id, name_width, p->name,
            kind_name(p->kind), p->color_index_count > 0 ? p->color_index[0] : "-",
            p->origin == TNS_ORIGIN_MEASURED ? "measured" : "modelled", drop);
}

static void print_palette(const tns_palette *p)
{
    int id_width = 0, name_width = 0;
    cli_row(2, "%s %s: %zu pigment%s, %s scale, by %s", p->name, p->version, p->count,
            cli_plural(p->count), p->model.absolute ? "absolute" : "relative",
            p->model.basis == TNS_BY_VOLUME ? "volume" : "mass");
    printf("\n");
    cli_print_wrapped(0, p->provenance);
    printf("%s", p->provenance[0] ? "\n" : "");
    for (size_t i = 0; i < p->count; i++) {
        int id = (int)strlen(p->pigments[i].id), name = (int)strlen(p->pigments[i].name);
        id_width = id > id_width ? id : id_width;
        name_width = name > name_width ? name : name_width;
    }
    cli_row(4, "  %-*s  %-*s  %-8s  %-8s  %-8s  drop", id_width, "id", name_width, "name", "kind",
            "index", "origin");
    for (size_t i = 0; i < p->count; i++)
        print_pigment(&p->pigments[i], id_width, name_width);
    printf("\n  Drops are in ml; one never weighed (-) is taken as 0.040 (see palette drop).\n");
}

static int run_show(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_palette_show, argc, argv, NULL, 0, 1, &words, &status))
        return status;
    tns_palette *palette = tns_palette_choose(words.count > 0 ? words.word[0] : c->palette, &err);
    if (!palette)
        return cli_fail(c, &err);
    if (c->json)
        status = cli_print_record(c, tns_palette_write(palette));
    else
        print_palette(palette);
    tns_palette_destroy(palette);
    return c->json ? status : 0;
}

const command cmd_palette_show = {"palette show", "[NAME|FILE]", "shows a palette's pigments",
                                  "  tonsure palette show\n"
                                  "  tonsure palette show kimera\n"
                                  "  tonsure --json palette show generic-smp > mine.json\n",
                                  run_show};

/* ---- check ---- */

static int run_check(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_palette_check, argc, argv, NULL, 1, 1, &words, &status))
        return status;
    tns_palette *palette = tns_palette_load(words.word[0], &err);
    if (c->json)
        status = cli_print_record(
            c, tns_palette_check_write(words.word[0], palette, palette ? NULL : &err));
    else if (palette)
        cli_row(2, "%s: good: %zu pigment%s", words.word[0], palette->count,
                cli_plural(palette->count));
    if (!palette)
        return cli_fail_quietly(&err);
    tns_palette_destroy(palette);
    return c->json ? status : 0;
}

const command cmd_palette_check = {
    "palette check", "FILE", "says whether a palette file is sound, or what is wrong and where",
    "  tonsure palette check mine.json\n"
    "  tonsure --json palette check mine.json\n"
    "  tonsure palette check ./clinic/shelf.json && echo good\n",
    run_check};
