/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/service.h>
#include <tonsure/skintone.h>

#include "cli.h"

static void print(const cli *c, const tns_comparison *x)
{
    printf("A      ");
    cli_swatch(c, &x->a, 6);
    cli_print_color(&x->a);
    printf("\nB      ");
    cli_swatch(c, &x->b, 6);
    cli_print_color(&x->b);
    const tns_difference *d = &x->difference;
    printf("\nB - A  dL %+.2f  da %+.2f  db %+.2f  dC %+.2f  dH %+.2f\n",
           cli_unsigned_zero(d->dL, 2), cli_unsigned_zero(d->da, 2), cli_unsigned_zero(d->db, 2),
           cli_unsigned_zero(d->dC, 2), cli_unsigned_zero(d->dH, 2));
    printf("dE00   %.2f  dE76 %.2f  dE94 %.2f  CMC %.2f  HyAB %.2f\n", x->de00, x->de76, x->de94,
           x->cmc, x->hyab);
    printf("ITA    %.1f (%s)  %.1f (%s)\n", x->ita_a, tns_ita_class(x->ita_a), x->ita_b,
           tns_ita_class(x->ita_b));
    for (size_t i = 0; i < x->metamerism_count; i++)
        printf("metamerism under %s  %.2f\n", x->metamerism_illuminant[i], x->metamerism[i]);
    cli_print_warnings(&x->warnings);
}

static int run_pairs(cli *c, const char *path)
{
    tns_error err;
    size_t count = 0;
    tns_comparison *pairs = tns_service_compare_pairs(path, &count, &err);
    if (!pairs)
        return cli_fail(c, &err);
    int status = 0;
    if (c->json) {
        status = cli_print_record(c, tns_comparisons_write(pairs, count));
    } else {
        printf("de76,de94,cmc,de00,hyab\n");
        for (size_t i = 0; i < count; i++)
            printf("%.6f,%.6f,%.6f,%.6f,%.6f\n", pairs[i].de76, pairs[i].de94, pairs[i].cmc,
                   pairs[i].de00, pairs[i].hyab);
    }
    free(pairs);
    return status;
}

static int run_two(cli *c, const cli_words *words, const tns_compare_options *how)
{
    tns_error err;
    tns_reading a, b;
    tns_comparison comparison;
    if (!tns_target_load(words->word[0], &a, &err) || !tns_target_load(words->word[1], &b, &err) ||
        !tns_service_compare(&a, &b, how, &comparison, &err))
        return cli_fail(c, &err);
    if (c->json)
        return cli_print_record(c, tns_comparison_write(&comparison));
    print(c, &comparison);
    return 0;
}

static int run(cli *c, int argc, const char **argv)
{
    const char *pairs = NULL, *adapt = NULL;
    tns_compare_options how = {0};
    const cli_option options[] = {
        {"pairs", CLI_TEXT, &pairs, "FILE.csv", "compare the rows of L1,a1,b1,L2,a2,b2 instead"},
        {"illuminant", CLI_TEXT, &how.illuminants, "LIST", "lamps of the metamerism index (A,F11)"},
        {"adapt", CLI_TEXT, &adapt, "bradford|cat16", "bring B under A's illuminant and observer"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_compare, argc, argv, options, 0, 2, &words, &status))
        return status;
    how.adapt = adapt != NULL;
    if (adapt && !cli_adaptation(adapt, &how.adaptation))
        return cli_usage(c, &cmd_compare, "--adapt: expected bradford or cat16, found \"%.40s\"",
                         adapt);
    if (words.count != (pairs ? 0 : 2))
        return cli_usage(c, &cmd_compare, "expected two targets, or --pairs FILE");
    return pairs ? run_pairs(c, pairs) : run_two(c, &words, &how);
}

const command cmd_compare = {"compare", "A B | --pairs FILE.csv",
                             "tells how far B is from the standard A",
                             "  tonsure compare lab:50,10,15 lab:49,11,14\n"
                             "  tonsure compare before.json after.json --illuminant A,F11,D50\n"
                             "  tonsure compare --pairs pairs.csv\n",
                             run};
