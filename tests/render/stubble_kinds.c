/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/plane.h"
#include "render/stubble.h"

static double draw(uint64_t *random, double least, double most)
{
    return least + (most - least) * random_uniform(random);
}

static int count(uint64_t *random, int least, int most)
{
    return least + (int)(random_uniform(random) * (most - least + 1));
}

static void plain(stubble_scene *s, uint64_t *random)
{
    (void)s;
    (void)random;
}

static void long_hair(stubble_scene *s, uint64_t *random)
{
    s->length_mm[0] = draw(random, 0.4, 0.8);
    s->length_mm[1] = draw(random, 1, 2);
    s->scatter = draw(random, 0.05, 0.25);
}

static void dots(stubble_scene *s, uint64_t *random)
{
    s->length_mm[0] = draw(random, 0.07, 0.1);
    s->length_mm[1] = draw(random, 0.12, 0.25);
}

static void dark_skin(stubble_scene *s, uint64_t *random)
{
    s->skin = (tns_lab){draw(random, 34, 48), draw(random, 9, 14), draw(random, 14, 22)};
    s->hair = (tns_lab){draw(random, 9, 16), 1, 2};
}

static void fair(stubble_scene *s, uint64_t *random)
{
    s->hair =
        (tns_lab){s->skin.L - draw(random, 12, 24), draw(random, 4, 10), draw(random, 12, 24)};
}

static void white(stubble_scene *s, uint64_t *random)
{
    s->skin.L = draw(random, 42, 64);
    s->grey_share = 1;
}

static void grey(stubble_scene *s, uint64_t *random)
{
    s->skin.L = draw(random, 45, 66);
    s->grey_share = draw(random, 0.2, 0.7);
}

static void vellus(stubble_scene *s, uint64_t *random)
{
    s->vellus_share = draw(random, 0.3, 0.6);
}

static void sheen(stubble_scene *s, uint64_t *random)
{
    s->sheen = draw(random, 100, 600);
    s->sheen_mm = draw(random, 0.03, 0.09);
    s->shine = draw(random, 0.2, 0.6);
}

static void oil(stubble_scene *s, uint64_t *random)
{
    sheen(s, random);
    s->oil = draw(random, 0.1, 0.5);
}

static void bubbles(stubble_scene *s, uint64_t *random)
{
    s->bubbles = count(random, 3, 12);
}

static void red(stubble_scene *s, uint64_t *random)
{
    s->redness = draw(random, 0.5, 1);
    s->halo = draw(random, 0.1, 0.35);
}

static void scaly(stubble_scene *s, uint64_t *random)
{
    s->crusts = count(random, 4, 20);
    s->texture = draw(random, 0.07, 0.15);
    s->texture_mm = draw(random, 0.2, 0.6);
}

static void pores(stubble_scene *s, uint64_t *random)
{
    s->pores = draw(random, 60, 200);
    s->texture = draw(random, 0.06, 0.12);
}

static void litter(stubble_scene *s, uint64_t *random)
{
    s->lint = count(random, 1, 4);
    s->moles = count(random, 0, 2);
    s->nicks = count(random, 1, 4);
    s->scratches = count(random, 0, 2);
    s->bubbles = count(random, 0, 2);
}

static void soft(stubble_scene *s, uint64_t *random)
{
    s->blur_px = draw(random, 3, 9);
    s->bowl = draw(random, 0, 1.5);
    s->aberration = draw(random, 0.001, 0.003);
}

static void poor(stubble_scene *s, uint64_t *random)
{
    s->noise = draw(random, 0.015, 0.04);
    s->jpeg_quality = count(random, 40, 70);
    s->vignetting = draw(random, 0.4, 0.9);
    s->mottling = draw(random, 0.1, 0.25);
}

static void dense(stubble_scene *s, uint64_t *random)
{
    s->units_per_cm2 = draw(random, 90, 140);
    s->most_hairs = count(random, 3, 4);
    s->length_mm[1] = draw(random, 0.4, 0.7);
}

/* A magnifier or a telephone's lens; smaller, or there would be thousands of hairs. */
static void far_off(stubble_scene *s, uint64_t *random)
{
    s->px_per_mm = draw(random, 20, 60);
    s->width = 640;
    s->height = 512;
    s->blur_px = draw(random, 0.5, 1.2);
    s->units_per_cm2 = draw(random, 50, 90);
}

/* What a cheap camera does to a picture. */
static void sharpened(stubble_scene *s, uint64_t *random)
{
    s->sharpening = draw(random, 0.5, 2.5);
    s->contrast = draw(random, 0, 0.6);
    s->noise = draw(random, 0.01, 0.02);
    s->jpeg_quality = count(random, 60, 85);
}

static void round_field(stubble_scene *s, uint64_t *random)
{
    s->tube = draw(random, 0.65, 0.95);
    s->bowl = draw(random, 0, 1);
}

static void bare(stubble_scene *s, uint64_t *random)
{
    pores(s, random);
    s->pores /= 4;
    s->units_per_cm2 = 0;
}

static void far_grey(stubble_scene *s, uint64_t *random)
{
    far_off(s, random);
    s->grey_share = draw(random, 0.3, 0.6);
}

/* Light hair of any tone, more or less clear, its edges more or less dark. */
static void any_grey(stubble_scene *s, uint64_t *random)
{
    s->skin.L = draw(random, 46, 70);
    s->grey_share = draw(random, 0.15, 0.9);
    s->grey_L = draw(random, 76, 93);
    s->grey_clear = draw(random, 0, 0.4);
    s->grey_edge = draw(random, 0.4, 0.85);
    s->shadow = draw(random, 0, 0.4);
}

/* Some of everything: each with a chance of its own. */
static void mixed(stubble_scene *s, uint64_t *random)
{
    static const struct {
        void (*change)(stubble_scene *s, uint64_t *random);
        double chance;
    } part[] = {{long_hair, 0.3}, {dots, 0.1},      {dark_skin, 0.15}, {grey, 0.15},
                {vellus, 0.25},   {sheen, 0.3},     {bubbles, 0.2},    {red, 0.3},
                {scaly, 0.2},     {pores, 0.2},     {litter, 0.2},     {soft, 0.25},
                {poor, 0.2},      {sharpened, 0.25}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (random_uniform(random) < part[i].chance)
            part[i].change(s, random);
}

const stubble_kind stubble_kinds[STUBBLE_KINDS] = {{"plain", plain},
                                                   {"long", long_hair},
                                                   {"dots", dots},
                                                   {"dark skin", dark_skin},
                                                   {"fair hair", fair},
                                                   {"white hair", white},
                                                   {"some grey", grey},
                                                   {"vellus", vellus},
                                                   {"sheen", sheen},
                                                   {"oil", oil},
                                                   {"bubbles", bubbles},
                                                   {"red", red},
                                                   {"scaly", scaly},
                                                   {"pores", pores},
                                                   {"wrong things", litter},
                                                   {"soft", soft},
                                                   {"poor light", poor},
                                                   {"dense", dense},
                                                   {"20-60 px/mm", far_off},
                                                   {"sharpened", sharpened},
                                                   {"round field", round_field},
                                                   {"bare", bare},
                                                   {"mixed", mixed},
                                                   {"20-60, grey", far_grey},
                                                   {"any grey", any_grey}};

stubble_scene stubble_scene_drawn(const stubble_kind *kind, uint64_t seed)
{
    uint64_t state = random_bits(seed), *random = &state;
    stubble_scene s = stubble_scene_usual(draw(random, 180, 300), seed);
    s.units_per_cm2 = draw(random, 25, 75);
    s.most_hairs = count(random, 2, 4);
    s.length_mm[0] = draw(random, 0.12, 0.35);
    s.length_mm[1] = draw(random, 0.4, 1.2);
    s.spread_mm[0] = draw(random, 0.02, 0.05);
    s.spread_mm[1] = draw(random, 0.08, 0.22);
    s.lie = draw(random, 0, 6.283);
    s.scatter = draw(random, 0.1, 0.35);
    s.hair = (tns_lab){draw(random, 12, 34), draw(random, 1, 5), draw(random, 2, 10)};
    s.skin = (tns_lab){draw(random, 54, 72), draw(random, 7, 16), draw(random, 12, 20)};
    s.fair_share = draw(random, 0, 0.15);
    s.curl = draw(random, 0, 0.2);
    s.shadow = draw(random, 0, 0.25);
    s.halo = draw(random, 0, 0.15);
    s.texture = draw(random, 0.02, 0.07);
    s.texture_mm = draw(random, 0.25, 0.6);
    s.mottling = draw(random, 0.02, 0.08);
    s.redness = draw(random, 0, 0.4);
    s.vignetting = draw(random, 0.1, 0.4);
    s.sheen = draw(random, 0, 60);
    s.shine = draw(random, 0, 0.3);
    s.pores = draw(random, 0, 15);
    s.blur_px = draw(random, 1, 3.5);
    s.aberration = draw(random, 0, 0.001);
    s.noise = draw(random, 0.004, 0.012);
    s.jpeg_quality = count(random, 80, 95);
    kind->change(&s, random);
    return s;
}
