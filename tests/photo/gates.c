/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gates both ways: what must be found is found in its place, what must be refused is refused by
 * name. The scenes and what must become of them are render/gallery.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo.h>

#include "render/gallery.h"
#include "support/testing.h"

static int rising(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

/* How many pitches a chart's corner patches are apart, all the way round. */
static double pitches_around(const char *kind)
{
    tns_chart chart;
    ck_assert(tns_chart_find(kind[0] ? kind : "classic24", TNS_EDITION_AUTO, &chart, NULL));
    const tns_chart_patch *last = &chart.patch[chart.count - 1];
    return 2 * (last->x + last->y);
}

/* How far the four corners are off, in mean pitches. */
static double worst_corner(const tns_point found[4], const tns_point truth[4], double around,
                           double error[4])
{
    double worst = 0, pitch = 0;
    for (int i = 0; i < 4; i++)
        pitch +=
            hypot(truth[i].x - truth[(i + 1) % 4].x, truth[i].y - truth[(i + 1) % 4].y) / around;
    for (int i = 0; i < 4; i++) {
        error[i] = hypot(found[i].x - truth[i].x, found[i].y - truth[i].y) / pitch;
        worst = fmax(worst, error[i]);
    }
    return worst;
}

/* Whether a text holds one of the words, "blur|sharp". */
static bool says(const char *text, const char *words)
{
    char list[80];
    snprintf(list, sizeof list, "%s", words);
    for (char *word = strtok(list, "|"); word; word = strtok(NULL, "|"))
        if (strstr(text, word))
            return true;
    return words[0] == '\0';
}

static bool warns(const tns_photo *photo, const char *words)
{
    for (size_t i = 0; i < photo->warnings.count; i++)
        if (says(photo->warnings.text[i], words))
            return true;
    return false;
}

/* Cards of the Classic's colors may go by each other's names. */
static bool is_kind(const char *found, const char *truth)
{
    const char *const classics = "classic24 mini24 passport24 nano24";
    bool is_classic = truth[0] == '\0' || strstr(classics, truth) != NULL;
    return is_classic ? strstr(classics, found) != NULL : strcmp(found, truth) == 0;
}

typedef struct outcome {
    bool done, right, named, accepted;
    double corner[4], worst;
    char text[240];
} outcome;

/* What the photo room makes of it, with nothing said but the picture. */
static outcome judge(const render_exhibit *e)
{
    render_picture picture;
    outcome out = {0};
    tns_error err = {0};
    size_t size = 0;
    ck_assert_msg(render_picture_make(&e->scene, &picture, &err), "%s: %s", e->name, err.text);
    unsigned char *jpeg = render_picture_jpeg(&picture, &e->jpeg, &size, &err);
    tns_image *image = tns_image_parse(jpeg, size, e->name, &err);
    ck_assert_msg(image != NULL, "%s: %s", e->name, err.text);
    tns_photo photo;
    out.accepted = tns_photo_measure(image, NULL, NULL, &photo, &err);
    ck_assert_msg(out.accepted || err.code == TNS_ERROR_CHART_REFUSED, "%s: %s", e->name, err.text);
    if (photo.chart.has_corners)
        out.worst = worst_corner(photo.chart.corners, picture.truth.corner,
                                 pitches_around(e->scene.chart.kind), out.corner);
    out.right = out.accepted && out.worst < 0.25 && is_kind(photo.chart.kind, e->scene.chart.kind);
    out.named = out.accepted ? warns(&photo, e->says) : says(photo.chart.reason, e->says);
    snprintf(out.text, sizeof out.text, "%s", out.accepted ? "" : photo.chart.reason);
    for (size_t i = 0; out.accepted && i < photo.warnings.count; i++) {
        size_t end = strlen(out.text);
        snprintf(out.text + end, sizeof out.text - end, "%s; ", photo.warnings.text[i]);
    }
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    free(jpeg);
    render_picture_finish(&picture);
    return out;
}

static bool is_as_it_must(render_verdict verdict, const outcome *o)
{
    switch (verdict) {
    case RENDER_FOUND:
        return o->right;
    case RENDER_EITHER:
        return o->right || !o->accepted;
    case RENDER_FLAGGED:
        return o->named && (o->right || !o->accepted);
    default:
        return !o->accepted && o->named;
    }
}

/* Every `of`-th of the gallery, from `first`, so that several programs can share the work. */
static void walk(int first, int of)
{
    static const char *const verdicts[] = {"found", "either", "flagged", "refused"};
    static render_exhibit e;
    static double corner[4 * 200];
    size_t corners = 0, wrong = 0;
    for (int i = first; i < render_gallery_count(); i += of) {
        render_gallery_hang(i, &e);
        outcome o = judge(&e);
        bool good = is_as_it_must(e.verdict, &o);
        printf("%s %-28s must be %-8s %s %.3f  %s\n", good ? "      " : "WRONG:", e.name,
               verdicts[e.verdict], o.accepted ? "accepted" : "refused ", o.worst, o.text);
        if (o.right && e.verdict == RENDER_FOUND)
            for (int c = 0; c < 4; c++)
                corner[corners++] = o.corner[c];
        wrong += !good;
    }
    qsort(corner, corners, sizeof *corner, rising);
    if (corners > 0)
        printf("%zu corners: median %.3f, p95 %.3f, worst %.3f pitch\n", corners,
               corner[corners / 2], corner[corners * 95 / 100], corner[corners - 1]);
    ck_assert_msg(wrong == 0, "%zu exhibits", wrong);
    ck_assert(corners == 0 || corner[corners * 95 / 100] < 0.08);
}

START_TEST(what_must_be_found_is_found_and_what_must_be_refused_is_refused_by_name)
{
    const char *share = getenv("GATES_SHARE"); /* "2/4": the second of four */
    int first = 1, of = 1;
    ck_assert(!share || sscanf(share, "%d/%d", &first, &of) == 2);
    walk(first - 1, of);
}
END_TEST

START_TEST(who_gives_the_corners_of_another_makers_card_is_warned)
{
    static render_exhibit e;
    int i = 0;
    render_picture picture;
    tns_photo photo;
    tns_error err = {0};
    size_t size = 0;
    for (render_gallery_hang(0, &e); strcmp(e.name, "another maker's colors") != 0; i++)
        render_gallery_hang(i, &e);
    ck_assert_msg(render_picture_make(&e.scene, &picture, &err), "%s", err.text);
    unsigned char *jpeg = render_picture_jpeg(&picture, &e.jpeg, &size, &err);
    tns_image *image = tns_image_parse(jpeg, size, e.name, &err);
    tns_photo_options options = {.has_corners = true, .chart = "classic24"};
    memcpy(options.corners, picture.truth.corner, sizeof options.corners);
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    ck_assert(warns(&photo, "too many of its colors are others"));
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    free(jpeg);
    render_picture_finish(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gates");
    TCase *tc = tcase_create("gates");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, what_must_be_found_is_found_and_what_must_be_refused_is_refused_by_name);
    const char *share = getenv("GATES_SHARE");
    if (!share || strncmp(share, "1/", 2) == 0)
        tcase_add_test(tc, who_gives_the_corners_of_another_makers_card_is_warned);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
