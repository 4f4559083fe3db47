/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo as a person reads it: what is good, what is doubtful, what to do next. */
#include <stdio.h>
#include <string.h>

#include <tonsure/skintone.h>

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

static void print_bars(const tns_reading *reading)
{
    const tns_uncertainty *truth = &reading->uncertainty, *visits = &reading->between_visits;
    printf("%*s+- %.1f %.1f %.1f against the truth, +- %.1f %.1f %.1f visit to visit\n", INDENT, "",
           truth->L, truth->a, truth->b, visits->L, visits->a, visits->b);
}

static const char *words_of(tns_what what)
{
    static const char *const words[] = {
        "taken for skin", "a dot", "an area, hair and skin together", "skin", "hair", "ink"};
    return words[what];
}

/* What it was taken for decides on the spectrum, so it is told. */
static void print_detail(const tns_photo_region *region)
{
    cli_paragraph line = {0};
    if (region->region.place[0] && region->reading.what == TNS_WHAT_UNKNOWN)
        cli_say(&line, "%s", region->region.place);
    else
        cli_say(&line, "%s", words_of(region->reading.what));
    if (region->has_ita)
        cli_say(&line, ", ITA %.0f +- %.0f (%s)", region->ita, region->ita_u,
                tns_ita_class(region->ita));
    cli_say(&line, "; %zu pixels", region->statistics.pixels);
    printf("%*s", INDENT, "");
    cli_print_wrapped(INDENT, line.text);
}

static void print_name(const char *name)
{
    bool is_long = strlen(name) > 10;
    printf(is_long ? "%s\n%*s" : "%-10s%*s", name, is_long ? INDENT : 1, "");
}

void cli_photo_print_color(const cli *c, const char *name, const tns_reading *reading)
{
    print_name(name);
    cli_swatch(c, &reading->color, 6);
    cli_print_color(&reading->color);
    printf("\n");
    print_bars(reading);
}

static void print_region(const cli *c, const tns_photo_region *region)
{
    if (region->reading.has_color) {
        cli_photo_print_color(c, region->region.name, &region->reading);
        print_detail(region);
    } else {
        print_name(region->region.name);
        printf("linear RGB %.4f %.4f %.4f\n", region->rgb[0], region->rgb[1], region->rgb[2]);
    }
    cli_print_warnings(&region->reading.warnings);
}

void cli_photo_print(const cli *c, const char *path, const photo_options *o, const tns_photo *photo)
{
    print_image(path, &photo->image);
    print_chart(photo);
    if (photo->has_fit && photo->chart.status != TNS_CHART_REFUSED)
        print_accuracy(&photo->fit);
    print_scale(&photo->scale);
    for (size_t i = 0; i < photo->region_count; i++)
        print_region(c, &photo->regions[i]);
    if (photo->has_follicles)
        cli_photo_print_follicles(c, &photo->follicles);
    cli_print_warnings(&photo->warnings);
    cli_photo_print_next(o, photo);
}
