/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned of inks, and what it does to the mixes that taught it. */
#include <math.h>
#include <stdio.h>

#include "palette.h"

static void print_mix(const cli *c, const tns_learn_mix_record *mix)
{
    printf("%-24s ", mix->id);
    cli_swatch(c, &mix->measured, 4);
    cli_swatch(c, &mix->after, 4);
    printf("dE before %5.2f  after %5.2f", mix->de00_before, mix->de00_after);
    if (!isnan(mix->de00_left_out))
        printf("  left out %5.2f", mix->de00_left_out);
    printf("%s\n", mix->held_out ? "  held out" : mix->set_aside ? "  set aside" : "");
}

static void print_ink(const tns_learn_ink_record *ink)
{
    cli_row(2, "%s  K x %.2f (%.0f %%)  S x %.2f (%.0f %%) at 550 nm; from %s%s%s%s", ink->pigment,
            ink->K_factor[1], 100 * ink->K_sd, ink->S_factor[1], 100 * ink->S_sd, ink->prior,
            ink->color_index[0] ? " (" : "", ink->color_index, ink->color_index[0] ? ")" : "");
}

static void print_summary(const char *label, const tns_fit_summary *s)
{
    if (s->count > 0)
        printf("%-9s dE00 mean %.2f  median %.2f  max %.2f\n", label, s->mean, s->median, s->max);
}

int cli_show_learned(cli *c, const tns_learn_record *record, bool as_fit)
{
    if (c->json)
        return cli_print_record(c, as_fit ? tns_fit_write_colors(record)
                                          : tns_learn_record_write(record));
    printf("%s%s%s\n\n", record->palette, record->version[0] ? " " : "", record->version);
    for (size_t i = 0; i < record->mix_count; i++)
        print_mix(c, &record->mixes[i]);
    printf("\n");
    print_summary("before", &record->before);
    print_summary("after", &record->after);
    print_summary("left out", &record->left_out);
    print_summary("held out", &record->held_out);
    printf("\n");
    for (size_t i = 0; i < record->ink_count; i++)
        print_ink(&record->inks[i]);
    cli_row(2, "%s%s", record->path, record->written ? " written" : ": nothing written");
    cli_print_warnings(&record->warnings);
    return 0;
}
