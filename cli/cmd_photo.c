/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/photo.h>
#include <tonsure/records.h>

#include "cli.h"

typedef struct photo_options {
    const char *chart, *edition, *corners, *output;
    cli_list regions;
    tns_box boxes[CLI_LIST_MAX];
    tns_photo_options photo;
} photo_options;

/* `count` numbers separated by commas and nothing else. */
static bool numbers(const char *text, double *out, int count)
{
    for (int i = 0; i < count; i++) {
        char *end;
        out[i] = strtod(text, &end);
        if (end == text || *end != (i + 1 < count ? ',' : '\0') || !(out[i] > -1e9 && out[i] < 1e9))
            return false;
        text = end + 1;
    }
    return true;
}

/* A region's name becomes a file's name. */
static bool is_file_name(const char *name, size_t length)
{
    static const char *const plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return length > 0 && strspn(name, plain) >= length;
}

/* NAME=x,y,w,h */
static bool parse_box(const char *text, tns_box *out)
{
    double v[4];
    const char *equals = strchr(text, '=');
    size_t n = equals ? (size_t)(equals - text) : 0;
    if (!equals || n >= sizeof out->name || !is_file_name(text, n) || !numbers(equals + 1, v, 4))
        return false;
    for (int i = 0; i < 4; i++)
        if (v[i] != (int)v[i])
            return false;
    memcpy(out->name, text, n);
    out->name[n] = '\0';
    out->x = (int)v[0];
    out->y = (int)v[1];
    out->width = (int)v[2];
    out->height = (int)v[3];
    return true;
}

static bool parse_edition(const char *text, tns_edition *out)
{
    static const tns_edition editions[] = {TNS_EDITION_AUTO, TNS_EDITION_BEFORE_2014,
                                           TNS_EDITION_AFTER_2014};
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (strcmp(text, tns_edition_name(editions[i])) == 0) {
            *out = editions[i];
            return true;
        }
    return false;
}

static bool parse_corners(const char *text, tns_point out[4])
{
    double v[8];
    if (!numbers(text, v, 8))
        return false;
    for (int i = 0; i < 4; i++)
        out[i] = (tns_point){v[2 * i], v[2 * i + 1]};
    return true;
}

/* Two regions of one name would write one file; "photo" is the whole record's. */
static bool names_clash(const photo_options *o, size_t i)
{
    if (o->output && strcmp(o->boxes[i].name, "photo") == 0)
        return true;
    for (size_t k = 0; k < i; k++)
        if (strcmp(o->boxes[k].name, o->boxes[i].name) == 0)
            return true;
    return false;
}

static int understand(cli *c, photo_options *o)
{
    tns_photo_options *p = &o->photo;
    if (o->chart)
        snprintf(p->chart, sizeof p->chart, "%s", o->chart);
    if (o->edition && !parse_edition(o->edition, &p->edition))
        return cli_usage(c, &cmd_photo,
                         "--edition: expected before2014, after2014 or auto, found \"%.40s\"",
                         o->edition);
    p->has_corners = o->corners != NULL;
    if (o->corners && !parse_corners(o->corners, p->corners))
        return cli_usage(c, &cmd_photo,
                         "--corners: expected x1,y1,x2,y2,x3,y3,x4,y4, found \"%.60s\"",
                         o->corners);
    for (size_t i = 0; i < o->regions.count; i++)
        if (!parse_box(o->regions.item[i], &o->boxes[i]))
            return cli_usage(c, &cmd_photo, "--region: expected NAME=x,y,w,h, found \"%.60s\"",
                             o->regions.item[i]);
        else if (names_clash(o, i))
            return cli_usage(c, &cmd_photo, "--region: the name \"%s\" is taken", o->boxes[i].name);
    p->regions = o->boxes;
    p->region_count = o->regions.count;
    return 0;
}

static void print_region(const cli *c, const tns_photo_region *region)
{
    if (region->reading.has_color)
        cli_print_reading(c, region->box.name, &region->reading);
    else
        printf("%-10s linear RGB %.4f %.4f %.4f, no color without a chart\n", region->box.name,
               region->rgb[0], region->rgb[1], region->rgb[2]);
}

static void print(const cli *c, const char *path, const tns_photo *photo)
{
    static const char *const statuses[] = {"not asked for", "found", "at the corners given",
                                           "refused"};
    printf("%-10s %s: %d x %d %s, %s\n", "Photo", path, photo->image.width, photo->image.height,
           photo->image.format, photo->image.profile[0] ? photo->image.profile : "no profile");
    printf("%-10s %s%s%s", "Chart", photo->chart.kind, photo->chart.kind[0] ? ", " : "",
           statuses[photo->chart.status]);
    if (photo->chart.has_order_score)
        printf(", color order %.2f", photo->chart.order_score);
    printf("%s%s\n", photo->chart.reason[0] ? ": " : "", photo->chart.reason);
    if (photo->has_fit)
        printf("%-10s dE00 %.1f mean, %.1f at 95 %%, %.1f on the skin patches\n"
               "           (each patch left out in turn)\n",
               "Accuracy", photo->fit.loo_mean, photo->fit.loo_p95, photo->fit.skin_de00);
    for (size_t i = 0; i < photo->region_count; i++)
        print_region(c, &photo->regions[i]);
    cli_print_warnings(&photo->warnings);
}

/* *made: the folder was not there before. */
static bool make_folder(const char *folder, bool *made)
{
    struct stat found;
    *made = mkdir(folder, 0777) == 0;
    int number = errno;
    if (*made || (number == EEXIST && stat(folder, &found) == 0 && S_ISDIR(found.st_mode)))
        return true;
    errno = number;
    return false;
}

typedef struct file_path {
    char text[4096 + 64]; /* a folder that could be made, and a region's name */
} file_path;

static file_path path_in(const char *folder, const char *name)
{
    file_path path;
    snprintf(path.text, sizeof path.text, "%s/%s.json", folder, name);
    return path;
}

/* Writes one reading; *made: its file was not there before. */
static int save_region(const cli *c, const char *folder, const tns_photo_region *region, bool *made)
{
    if (!region->reading.has_color)
        return 0;
    file_path path = path_in(folder, region->box.name);
    bool fresh = access(path.text, F_OK) != 0;
    int status = cli_save_record(c, tns_reading_write(&region->reading), path.text);
    *made = fresh && status == 0;
    return status;
}

/* All of it or, as far as nothing was there before, none. */
static int save_regions(const cli *c, const char *folder, const tns_photo *photo)
{
    tns_error err;
    bool made_folder, made[CLI_LIST_MAX] = {false};
    int status = 0;
    if (!make_folder(folder, &made_folder)) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        tns_error_set(&err, missing ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO, "%s: cannot be made: %s",
                      folder, strerror(errno));
        return cli_fail(c, &err);
    }
    for (size_t i = 0; status == 0 && i < photo->region_count; i++)
        status = save_region(c, folder, &photo->regions[i], &made[i]);
    if (status == 0)
        status = cli_save_record(c, tns_photo_write(photo, NULL), path_in(folder, "photo").text);
    for (size_t i = 0; status != 0 && i < photo->region_count; i++)
        if (made[i])
            unlink(path_in(folder, photo->regions[i].box.name).text);
    if (status != 0 && made_folder)
        rmdir(folder);
    return status;
}

static int show(const cli *c, const char *path, const tns_photo *photo, const tns_error *failure)
{
    if (c->json) {
        int status = cli_print_record(c, tns_photo_write(photo, failure));
        return status != 0 ? status : failure ? cli_fail_quietly(failure) : 0;
    }
    print(c, path, photo);
    return failure ? cli_fail_quietly(failure) : 0;
}

static int read_photo(cli *c, const char *path, const photo_options *o)
{
    tns_error err = {0};
    tns_photo photo;
    tns_context context = cli_context(c);
    bool done = tns_photo_read(path, &o->photo, &context, &photo, &err);
    int status;
    if (!done && err.code != TNS_ERROR_CHART_REFUSED)
        status = cli_fail(c, &err);
    else if (done && o->output && (status = save_regions(c, o->output, &photo)) != 0)
        ; /* told already */
    else
        status = show(c, path, &photo, done ? NULL : &err);
    tns_photo_finish(&photo);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    photo_options o = {0};
    const cli_option options[] = {
        {"region", CLI_LIST, &o.regions, "NAME=x,y,w,h",
         "a box to read, in pixels; say it again for more"},
        {"corners", CLI_TEXT, &o.corners, "x1,y1,..,x4,y4",
         "centres of dark skin, bluish green, black, white"},
        {"chart", CLI_TEXT, &o.chart, "KIND", "auto (default), classic, mini, passport, none"},
        {"edition", CLI_TEXT, &o.edition, "EDITION", "of the chart: before2014, after2014, auto"},
        {"output", CLI_TEXT, &o.output, "DIR", "write each region's reading there, and photo.json"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_photo, argc, argv, options, 1, 1, &words, &status))
        return status;
    status = understand(c, &o);
    return status != 0 ? status : read_photo(c, words.word[0], &o);
}

const command cmd_photo = {
    "photo", "IMAGE [--region NAME=x,y,w,h].. [--corners ..] [-o DIR]",
    "reads colors from a photo with a color chart in it",
    "  tonsure photo scalp.jpg --corners 1017,836,1494,797,1518,1086,1030,1123 \\\n"
    "      --region stubble=470,610,240,180 --region skin=860,250,220,170 -o readings\n"
    "  tonsure --json photo scalp.jpg --corners 1017,836,1494,797,1518,1086,1030,1123 \\\n"
    "      --edition after2014\n"
    "  tonsure photo scalp.jpg --chart none --region skin=860,250,220,170\n",
    run};
