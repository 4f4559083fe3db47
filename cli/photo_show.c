/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo as a person reads it: what is good, what is doubtful, what to do next. */
#include <stdio.h>

#include "photo.h"

enum { INDENT = 11 };

/* "Chart      ..", wrapped. */
static void print_paragraph(const char *head, const cli_paragraph *text)
{
    printf("%-10s ", head);
    cli_print_wrapped(INDENT, text->text);
}

static void print_image(const char *path, const tns_image_info *image)
{
    cli_paragraph line = {0};
    cli_say(&line, "%s: %d x %d %s, %s", path, image->width, image->height, image->format,
            image->profile[0] ? image->profile : "no profile");
    print_paragraph("Photo", &line);
}

static void say_kind(cli_paragraph *line, const tns_photo_chart *chart)
{
    tns_chart known;
    bool is_known = tns_chart_find(chart->kind, TNS_EDITION_AUTO, &known, NULL);
    cli_say(line, "%s", is_known ? known.title : chart->kind);
    if (chart->edition != TNS_EDITION_AUTO)
        cli_say(line, ", made %s November 2014",
                chart->edition == TNS_EDITION_AFTER_2014 ? "since" : "before");
}

static void say_used(cli_paragraph *line, const tns_photo *photo)
{
    size_t used = 0;
    for (size_t i = 0; i < photo->patch_count; i++)
        used += photo->patches[i].used;
    cli_say(line, "; %zu of %zu patches used", used, photo->patch_count);
}

static void print_chart(const tns_photo *photo)
{
    const tns_photo_chart *chart = &photo->chart;
    cli_paragraph line = {0};
    if (chart->status == TNS_CHART_NONE) {
        cli_say(&line, "not asked for: the photo holds light, and no color to compare");
    } else if (chart->status == TNS_CHART_REFUSED) {
        cli_say(&line, "refused"); /* why, says the error */
    } else {
        say_kind(&line, chart);
        cli_say(&line, ", %s", chart->status == TNS_CHART_GIVEN ? "at the corners given" : "found");
        say_used(&line, photo);
    }
    print_paragraph("Chart", &line);
}

static void print_scale(const tns_photo_scale *scale)
{
    cli_paragraph line = {0};
    if (scale->source == TNS_SCALE_NONE)
        return;
    cli_say(&line, "%.4f mm a pixel +- %.4f, by %s", scale->mm_per_px, scale->uncertainty,
            scale->source == TNS_SCALE_HOLDER ? "the holder" : "the chart");
    if (scale->tilt >= 0) /* NaN: not known */
        cli_say(&line, ", tilted %.0f degrees", scale->tilt);
    print_paragraph("Scale", &line);
}

static void print_accuracy(const tns_photo_fit *fit)
{
    cli_paragraph line = {0};
    cli_say(&line, "%s: dE00 %.1f in the mean, %.1f at 95" CLI_KEEP "%%",
            cli_photo_grade(fit->loo_mean), fit->loo_mean, fit->loo_p95);
    if (fit->skin_de00 >= 0) /* NaN: neither is used */
        cli_say(&line, ", %.1f on the skin patches", fit->skin_de00);
    cli_say(&line, " (each patch read by a correction made without it)");
    print_paragraph("Accuracy", &line);
}

void cli_photo_print(const cli *c, const char *path, const photo_options *o, const tns_photo *photo)
{
    print_image(path, &photo->image);
    print_chart(photo);
    if (photo->has_fit && photo->chart.status != TNS_CHART_REFUSED)
        print_accuracy(&photo->fit);
    print_scale(&photo->scale);
    for (size_t i = 0; i < photo->region_count; i++)
        cli_photo_print_region(c, &photo->regions[i]);
    if (photo->has_follicles)
        cli_photo_print_follicles(c, &photo->follicles);
    cli_print_warnings(&photo->warnings);
    cli_photo_print_next(o, photo);
}
