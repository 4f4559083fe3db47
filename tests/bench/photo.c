/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chart finding beside OpenCV's mcc (opencv_contrib), on real photos, on variants of them and on
 * the renderer's gallery; leave-one-out errors beside a plain 3x3 on the real ones.
 *
 * Right: every corner patch's centre within a quarter of a pitch, in the right order. The photos
 * and their truth lie in ../shared/photos. Variants of each are drawn from fixed seeds.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/photo.h>

#include "bench/photo/figures.h"
#include "bench/photo/hidden.h"
#include "bench/photo/poses.h"
#include "bench/photo/subjects.h"
#include "bench/timing.h"

static const double right_within = 0.25; /* pitches */

static void read_ours(subject *s)
{
    tns_photo photo;
    tns_error err = {0};
    double started = processor_seconds();
    s->ours.accepted = tns_photo_read(s->path, NULL, NULL, &photo, &err);
    s->ours.seconds = processor_seconds() - started;
    memcpy(s->ours.corner, photo.chart.corners, sizeof s->ours.corner);
    snprintf(s->ours.text, sizeof s->ours.text, "%s", s->ours.accepted ? "" : err.text);
    if (s->set == SET_REAL && s->has_chart)
        figures_add(s->label, &photo);
    tns_photo_finish(&photo);
}

/* ---- The peer ---- */

static bool write_list(const subjects *all, const char *path)
{
    FILE *list = fopen(path, "w");
    for (int i = 0; list && i < all->count; i++)
        fprintf(list, "%s\n", all->at[i].path);
    return list && fclose(list) == 0;
}

static bool read_answer(FILE *in, answer *a)
{
    double decoding;
    int accepted;
    if (fscanf(in, "%lf %lf %d", &a->seconds, &decoding, &accepted) != 3)
        return false;
    for (int i = 0; i < 4; i++)
        if (fscanf(in, "%lf %lf", &a->corner[i].x, &a->corner[i].y) != 2)
            return false;
    a->accepted = accepted != 0;
    return true;
}

/* False where Python's OpenCV is not installed. */
static bool ask_peer(subjects *all, const char *folder)
{
    char list[600], command[2000];
    snprintf(list, sizeof list, "%s/list", folder);
    snprintf(command, sizeof command, "/usr/bin/python3 %s < %s 2>/dev/null", BENCH_MCC, list);
    FILE *in = write_list(all, list) ? popen(command, "r") : NULL;
    bool done = in != NULL;
    for (int i = 0; done && i < all->count; i++)
        done = read_answer(in, &all->at[i].peer);
    if (in)
        pclose(in);
    return done;
}

/* ---- The table ---- */

typedef struct tally {
    int charts, right, wrong, refused; /* of pictures that show a chart to be found */
    int others, fooled;                /* of pictures that show none, or one to be refused */
    int corners, times;
    double corner[4 * SUBJECTS_MOST], seconds[SUBJECTS_MOST];
} tally;

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double quantile(double *values, int count, double share)
{
    qsort(values, (size_t)count, sizeof *values, rising);
    return count > 0 ? values[(int)(share * (count - 1) + 0.5)] : NAN;
}

static void count_answer(tally *t, const subject *s, const answer *a)
{
    double error[4];
    t->seconds[t->times++] = a->seconds;
    if (!s->has_chart) {
        t->others++;
        t->fooled += a->accepted;
        return;
    }
    bool right = a->accepted && subject_error(s, a, error) < right_within;
    if (s->verdict != RENDER_FOUND) { /* may be refused, but not wrong */
        t->others += a->accepted;
        t->fooled += a->accepted && !right;
        return;
    }
    t->charts++;
    t->right += right;
    t->refused += !a->accepted;
    t->wrong += a->accepted && !right;
    for (int i = 0; right && i < 4; i++)
        t->corner[t->corners++] = error[i];
}

static void print_tally(const char *set, const char *who, tally *t)
{
    double all = t->charts > 0 ? 100.0 / t->charts : 0;
    printf("photo: %-9s %-8s %3d of %3d right (%5.1f %%), %2d wrong accepted, %3d refused; "
           "%2d of %2d others accepted; corner %.3f median, %.3f p95; %.3f s of one core\n",
           set, who, t->right, t->charts, all * t->right, t->wrong, t->refused, t->fooled,
           t->others, quantile(t->corner, t->corners, 0.5), quantile(t->corner, t->corners, 0.95),
           quantile(t->seconds, t->times, 0.5));
}

static void print_set(const subjects *all, subject_set set, const char *name, bool peer)
{
    static tally ours, theirs;
    memset(&ours, 0, sizeof ours);
    memset(&theirs, 0, sizeof theirs);
    for (int i = 0; i < all->count; i++) {
        const subject *s = &all->at[i];
        if (s->set != set)
            continue;
        count_answer(&ours, s, &s->ours);
        if (peer)
            count_answer(&theirs, s, &s->peer);
    }
    if (ours.times == 0)
        return;
    print_tally(name, "tonsure", &ours);
    if (peer)
        print_tally(name, "mcc", &theirs);
}

static const char *word_for(const subject *s, const answer *a)
{
    double error[4];
    if (!a->accepted)
        return s->has_chart && s->verdict == RENDER_FOUND ? "REFUSED" : "refused";
    if (!s->has_chart)
        return "FOOLED";
    return subject_error(s, a, error) < right_within ? "right" : "WRONG";
}

/* What went wrong, and all of the real photos. */
static void print_details(const subjects *all, bool everything)
{
    for (int i = 0; i < all->count; i++) {
        const subject *s = &all->at[i];
        double error[4];
        const char *ours = word_for(s, &s->ours);
        bool bad = ours[0] >= 'A' && ours[0] <= 'Z';
        if (!bad && !everything && s->set != SET_REAL)
            continue;
        printf("  %-52s tonsure %-8s %6.3f  mcc %-8s %6.3f  %.2f s  %s\n", s->label, ours,
               s->has_chart ? subject_error(s, &s->ours, error) : 0, word_for(s, &s->peer),
               s->has_chart ? subject_error(s, &s->peer, error) : 0, s->ours.seconds, s->ours.text);
    }
}

int main(int argc, char **argv)
{
    static subjects all;
    char folder[] = "/tmp/bench-photo-XXXXXX";
    tns_error err = {0};
    int variants = argc > 1 ? atoi(argv[1]) : 10;
    if (!mkdtemp(folder) || !subjects_gather(BENCH_PHOTOS, folder, variants, &all, &err)) {
        fprintf(stderr, "photo: %s: %s\n", folder, err.text);
        return EXIT_FAILURE;
    }
    for (int i = 0; i < all.count; i++)
        read_ours(&all.at[i]);
    bool peer = ask_peer(&all, folder);
    if (!peer)
        printf("photo: OpenCV mcc: SKIPPED, it is not there (python3-opencv)\n");
    print_details(&all, argc > 2);
    print_set(&all, SET_REAL, "real", peer);
    print_set(&all, SET_VARIANTS, "variants", peer);
    print_set(&all, SET_RENDERED, "rendered", peer);
    figures_print();
    for (int i = 0; i < all.count; i++)
        if (all.at[i].set == SET_REAL && all.at[i].has_chart) {
            poses_add(&all.at[i]);
            hidden_add(&all.at[i]);
        }
    poses_print();
    hidden_print();
    for (int i = 0; i < all.count; i++)
        if (all.at[i].set != SET_REAL)
            unlink(all.at[i].path);
    char list[600];
    snprintf(list, sizeof list, "%s/list", folder);
    unlink(list);
    rmdir(folder);
    return EXIT_SUCCESS;
}
