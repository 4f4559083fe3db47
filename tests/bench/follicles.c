/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting hairs and follicular units on microscope views of known truth, kind by kind, beside a
 * simple threshold in the same run; then how often the stated intervals hold, and how far off the
 * colors of dot and skin are.
 *
 *     bench_follicles [final|development [VIEWS]]
 *
 * Thresholds were chosen on the development seeds. The final ones are other views of the same
 * kinds.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "bench/follicles/peer.h"
#include "bench/timing.h"
#include "photo/read/follicles.h"
#include "render/render.h"
#include "render/stubble_card.h"

enum { BOXES = 4000, VIEWS = 3, DEVELOPMENT = 1000, FINAL = 500000, APART = 100 };

static const double SHARED = 0.3; /* of the area two boxes cover together: they match */

typedef struct tally {
    double matched, found, units, error, hair_error, hairs, seconds, slowest;
} tally;

typedef struct trust {
    int density, counted, seen; /* views whose interval holds the truth, of those seen */
    int colors, dot_held, skin_held;
    double dot, skin; /* sums of dE00 */
} trust;

static double shared(const found_box *a, const stubble_unit *b)
{
    double w = fmin(a->x1, b->x1) - fmax(a->x0, b->x0), h = fmin(a->y1, b->y1) - fmax(a->y0, b->y0);
    double both = w > 0 && h > 0 ? w * h : 0;
    return both / ((a->x1 - a->x0) * (a->y1 - a->y0) + (b->x1 - b->x0) * (b->y1 - b->y0) - both);
}

static void add(const stubble_picture *p, const found_box *found, int n, int hairs, double seconds,
                tally *to)
{
    bool used[BOXES] = {false};
    for (size_t i = 0; i < p->unit_count; i++) {
        int best = -1;
        double most = SHARED;
        for (int k = 0; k < n; k++)
            if (!used[k] && shared(&found[k], &p->units[i]) > most) {
                most = shared(&found[k], &p->units[i]);
                best = k;
            }
        if (best >= 0)
            used[best] = true;
        to->matched += best >= 0;
    }
    to->found += n;
    to->units += (double)p->unit_count;
    to->error += fabs(n - (double)p->unit_count);
    to->hairs += (double)p->hair_count;
    to->hair_error += fabs(hairs - (double)p->hair_count);
    to->seconds += seconds;
    to->slowest = fmax(to->slowest, seconds);
}

static tns_image *image_of(const stubble_scene *s, const stubble_picture *p)
{
    render_picture picture = {.width = p->width, .height = p->height, .rgb = p->rgb};
    render_jpeg_options options = {.quality = s->jpeg_quality};
    size_t size;
    unsigned char *jpeg = render_picture_jpeg(&picture, &options, &size, NULL);
    tns_image *image = jpeg ? tns_image_parse(jpeg, size, "view.jpg", NULL) : NULL;
    free(jpeg);
    return image;
}

static void see_density(const stubble_scene *s, const tns_follicles *f, trust *to)
{
    to->seen++;
    to->density += f->density_ci95[0] <= s->units_per_cm2 && s->units_per_cm2 <= f->density_ci95[1];
}

static void count_by_tonsure(const stubble_scene *s, const stubble_picture *p, tally *to,
                             trust *trusted)
{
    static found_box found[BOXES];
    tns_image *image = image_of(s, p);
    tns_light light = {.image = image};
    tns_plot plot = {.box = {0, 0, p->width, p->height}};
    tns_follicles f;
    double start = processor_seconds();
    if (!image || !tns_follicles_find(&light, &plot, 1 / s->px_per_mm, &f, NULL))
        exit(1);
    double seconds = processor_seconds() - start;
    int n = 0;
    for (; n < BOXES && (size_t)n < f.units; n++) {
        const tns_follicle_unit *u = &f.unit[n];
        found[n] = (found_box){u->x, u->y, u->x + u->width, u->y + u->height};
    }
    add(p, found, n, (int)f.count, seconds, to);
    see_density(s, &f, trusted);
    tns_follicles_finish(&f);
    tns_image_destroy(image);
}

static void count_by_peer(const stubble_picture *p, tally *to)
{
    static found_box found[BOXES];
    double start = processor_seconds();
    int n = count_by_threshold(p, found, BOXES);
    add(p, found, n, n, processor_seconds() - start, to);
}

/* With a chart in the corner, as colors need one. */
static void read_colors(const stubble_scene *s, stubble_picture *p, trust *to)
{
    const stubble_card card = {.x = 60, .y = 60, .pitch_px = 24};
    tns_photo photo;
    if (!stubble_paint_card(p, &card))
        exit(1);
    tns_image *image = image_of(s, p);
    tns_photo_options options = {.edition = TNS_EDITION_AFTER_2014,
                                 .has_corners = true,
                                 .follicles = true,
                                 .mm_per_px = 1 / s->px_per_mm};
    stubble_card_corners(&card, options.corners);
    if (image && tns_photo_measure(image, &options, NULL, &photo, NULL)) {
        const tns_follicles *f = &photo.follicles;
        if (f->has_colors) {
            double dot = tns_de00(f->dot.color.lab, p->hair);
            double skin = tns_de00(f->skin.color.lab, p->skin);
            to->colors++;
            to->dot += dot;
            to->skin += skin;
            to->dot_held += fabs(f->dot.color.lab.L - p->hair.L) <= f->dot.uncertainty.L;
            to->skin_held += fabs(f->skin.color.lab.L - p->skin.L) <= f->skin.uncertainty.L;
        }
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}

static void print_row(const char *name, const tally *t, const tally *peer, int views)
{
    double all = t->found + t->units, of_peer = peer->found + peer->units;
    printf("%-13s %5.3f %6.2f of %5.1f %6.2f of %5.1f %5.0f %4.0f   %5.3f %6.2f %5.0f\n", name,
           all > 0 ? 2 * t->matched / all : 1, t->error / views, t->units / views,
           t->hair_error / views, t->hairs / views, 1e3 * t->seconds / views, 1e3 * t->slowest,
           of_peer > 0 ? 2 * peer->matched / of_peer : 1, peer->error / views,
           1e3 * peer->seconds / views);
}

static void sum_up(tally *all, const tally *t)
{
    all->matched += t->matched;
    all->found += t->found;
    all->units += t->units;
    all->error += t->error;
    all->hair_error += t->hair_error;
    all->hairs += t->hairs;
    all->seconds += t->seconds;
    all->slowest = fmax(all->slowest, t->slowest);
}

static void print_trust(const trust *t)
{
    printf("density's interval of 95 %% holds the scene's in %d of %d views\n", t->density,
           t->seen);
    if (t->colors > 0)
        printf("colors, %d views: dot %.1f dE00, skin %.1f; L* within its bar: dot %d, skin %d\n",
               t->colors, t->dot / t->colors, t->skin / t->colors, t->dot_held, t->skin_held);
}

/* Colors of fair, white and grey hair have no one truth. */
static bool has_one_color(const stubble_scene *s)
{
    return s->units_per_cm2 > 0 && s->grey_share == 0 && s->vellus_share == 0 && s->oil == 0;
}

static void see_kind(const stubble_kind *kind, uint64_t seed, int views, tally *t, tally *peer,
                     trust *trusted)
{
    for (int i = 0; i < views; i++) {
        stubble_scene s = stubble_scene_drawn(kind, seed + (uint64_t)i);
        stubble_picture p;
        if (!stubble_make(&s, &p))
            exit(1);
        count_by_tonsure(&s, &p, t, trusted);
        count_by_peer(&p, peer);
        if (has_one_color(&s))
            read_colors(&s, &p, trusted);
        stubble_finish(&p);
    }
}

int main(int argc, char **argv)
{
    bool development = argc > 1 && strcmp(argv[1], "development") == 0;
    int views = argc > 2 ? atoi(argv[2]) : VIEWS;
    tally all = {0}, peers = {0};
    trust trusted = {0};
    printf("1280 x 1024 views of 180-300 px/mm, %d a kind, %s seeds\n", views,
           development ? "development" : "final");
    puts("              ours: units           hairs            ms  most   threshold, 1/4: units");
    puts("kind          F1    count off by    count off by                F1    off by  ms");
    for (int k = 0; k < STUBBLE_KINDS; k++) {
        tally t = {0}, peer = {0};
        see_kind(&stubble_kinds[k], (uint64_t)((development ? DEVELOPMENT : FINAL) + APART * k),
                 views, &t, &peer, &trusted);
        print_row(stubble_kinds[k].name, &t, &peer, views);
        sum_up(&all, &t);
        sum_up(&peers, &peer);
    }
    print_row("all", &all, &peers, views * STUBBLE_KINDS);
    print_trust(&trusted);
    return 0;
}
