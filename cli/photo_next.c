/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do next, the most useful thing first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "photo.h"

enum { TELL_MOST = 2 };

typedef struct advice {
    bool holds;
    const char *text;
} advice;

/* 3 dE00 is what a phone in even light reaches; above 5 something is wrong. */
static const double GOOD = 3, FAIR = 5;

const char *cli_photo_grade(double loo_mean)
{
    return loo_mean <= GOOD ? "good" : loo_mean <= FAIR ? "fair" : "doubtful";
}

static size_t clipped_patches(const tns_photo *photo)
{
    size_t count = 0;
    for (size_t i = 0; i < photo->patch_count; i++)
        count += strncmp(photo->patches[i].reason, "clipped", 7) == 0;
    return count;
}

static bool warns_of(const tns_photo *photo, const char *words)
{
    for (size_t i = 0; i < photo->region_count; i++)
        for (size_t k = 0; k < photo->regions[i].reading.warnings.count; k++)
            if (strstr(photo->regions[i].reading.warnings.text[k], words))
                return true;
    return false;
}

static bool has_doubt(const tns_photo *photo, const char *words)
{
    for (size_t i = 0; i < photo->warnings.count; i++)
        if (strncmp(photo->warnings.text[i], words, strlen(words)) == 0)
            return true;
    return false;
}

static bool has_color(const tns_photo *photo)
{
    return photo->region_count > 0 && photo->regions[0].reading.has_color;
}

void cli_photo_print_next(const photo_options *o, const tns_photo *photo)
{
    const tns_photo_chart *chart = &photo->chart;
    bool refused = chart->status == TNS_CHART_REFUSED, none = chart->status == TNS_CHART_NONE;
    const advice list[] = {
        {refused && !o->corners && strstr(chart->reason, "give its corners"),
         "photograph it anew: whole, sharp, evenly lit, not too bright; or say where the middles "
         "of its dark skin, bluish green, black and white are: --corners x1,y1,..,x4,y4"},
        {refused && !o->report, "--report FILE.html shows where a chart was looked for"},
        {!refused && !none && photo->has_fit && photo->fit.loo_mean > FAIR,
         "photograph it anew in even light of one kind, without gleam on the chart"},
        {!refused && clipped_patches(photo) > 3,
         "photograph it anew a little darker: patches are too bright to be read"},
        {!refused && has_doubt(photo, "under-exposed"),
         "photograph it anew a little brighter: dark colors drown in noise"},
        {!refused && has_doubt(photo, "the chart's black is grey"),
         "use a chart as its maker sells it, no print or copy; wipe the lens, and keep lamps and "
         "windows out of the picture"},
        {!refused && has_doubt(photo, "blurred"), "photograph it anew, in focus and held still"},
        {!refused && has_doubt(photo, "the chart is small"), "photograph it anew from nearer by"},
        {!refused && warns_of(photo, "chart widths from"),
         "hold the chart beside what is read, at the same angle to the light"},
        {!refused && warns_of(photo, "light and dark in it"),
         "read skin and hair in regions of their own, or name the region \"stubble\" for their "
         "mean"},
        {!isnan(o->mm_per_px) && !o->follicles, "--mm-per-px is for densities: add --follicles"},
        {!refused && photo->region_count == 0 && !photo->has_follicles,
         "say what to read: --region skin=x,y,w,h in pixels of the photo"},
        {has_color(photo) && !o->output,
         "keep the readings with -o FOLDER; tonsure match --target takes them from there"},
    };
    int told = 0;
    for (size_t i = 0; i < sizeof list / sizeof *list && told < TELL_MOST; i++)
        if (list[i].holds) {
            printf("%-10s ", told++ == 0 ? "Next" : "");
            cli_print_wrapped(11, list[i].text);
        }
}
