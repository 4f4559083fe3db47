/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/photo_records.h>

#include "photo.h"

static int show(const cli *c, const char *path, const photo_options *o, const tns_photo *photo,
                const tns_error *failure)
{
    if (c->json) {
        int status = cli_print_record(c, tns_photo_write(photo, failure));
        return status != 0 ? status : failure ? cli_fail_quietly(failure) : 0;
    }
    cli_photo_print(c, path, o, photo);
    return failure ? cli_fail_quietly(failure) : 0;
}

/* What was asked for in files, then what is shown; `failure` is of a refused chart, or NULL. */
static int hand_out(const cli *c, const char *path, const photo_options *o, const tns_photo *photo,
                    const tns_image *image, const tns_error *failure)
{
    int status = 0;
    if (o->report)
        status = cli_photo_report(c, o->report, path, photo, image, failure);
    if (status == 0 && o->output && !failure)
        status = cli_photo_save(c, o->output, photo);
    return status == 0 ? show(c, path, o, photo, failure) : status;
}

static int read_photo(cli *c, const char *path, const photo_options *o)
{
    tns_error err = {0};
    tns_photo photo;
    tns_context context = cli_context(c);
    tns_context_progress(&context, 0, "decoding");
    tns_image *image = tns_image_load(path, &err);
    if (!image)
        return cli_fail(c, &err);
    bool done = tns_photo_measure(image, &o->photo, &context, &photo, &err) ||
                tns_error_prefix(&err, "%s", path);
    int status = done || err.code == TNS_ERROR_CHART_REFUSED
                     ? hand_out(c, path, o, &photo, image, done ? NULL : &err)
                     : cli_fail(c, &err);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    photo_options o = {.mm_per_px = NAN};
    const cli_option options[] = {
        {"region", CLI_LIST, &o.regions, "NAME=WHERE",
         "what to read: x,y,w,h in pixels; x1,y1,x2,y2,x3,y3,..; patch:NAME"},
        {"kind", CLI_TEXT, &o.kind, "KIND", "of the regions: skin, hair, pigment, any"},
        {"corners", CLI_TEXT, &o.corners, "x1,y1,..,x4,y4",
         "centers of dark skin, bluish green, black, white"},
        {"chart", CLI_TEXT, &o.chart, "NAME|FILE",
         "auto (default), none, classic .. (tonsure chart list), or a file"},
        {"holder", CLI_FLAG, &o.photo.holder, NULL,
         "a printed holder is in the photo (tonsure chart holder): its scale and window"},
        {"edition", CLI_TEXT, &o.edition, "EDITION", "of the chart: before2014, after2014, auto"},
        {"anchor", CLI_LIST, &o.anchors, "NAME=TARGET",
         "what an instrument read on this region, to draw the fit to"},
        {"flat", CLI_TEXT, &o.flat, "BLANK",
         "a photo of an even white sheet in the same light, to divide out"},
        {"without", CLI_LIST, &o.without, "PATCH",
         "leave this patch out of the fit, to read it as a region"},
        {"report", CLI_TEXT, &o.report, "FILE.html",
         "write a page for people: the photo, what was found, how sure it is"},
        {"follicles", CLI_FLAG, &o.follicles, NULL,
         "count hairs and follicular units, in the region scalp if there is one"},
        {"mm-per-px", CLI_NUMBER, &o.mm_per_px, "MM", "the picture's scale, for densities"},
        {"output", CLI_TEXT, &o.output, "DIR", "write each region's reading there, and photo.json"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_photo, argc, argv, options, 1, 1, &words, &status))
        return status;
    status = cli_photo_understand(c, &o);
    return status != 0 ? status : read_photo(c, words.word[0], &o);
}

const command cmd_photo = {
    "photo", "IMAGE [--region NAME=x,y,w,h].. [--corners ..] [-o DIR]",
    "reads colors from a photo with a color chart in it",
    "  tonsure photo scalp.jpg --corners 1017,836,1494,797,1518,1086,1030,1123 \\\n"
    "      --region stubble=470,610,240,180 --region skin=860,250,220,170 -o readings\n"
    "  tonsure --json photo scalp.jpg --corners 1017,836,1494,797,1518,1086,1030,1123 \\\n"
    "      --edition after2014\n"
    "  tonsure photo scalp.jpg --chart none --region scalp=560,180,160,120 --follicles \\\n"
    "      --mm-per-px 0.1\n",
    run};
