/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "render/arrange.h"
#include "render/gallery.h"
#include "render/pose.h"

/*
 * A row is a chart on a desk, photographed by one of the cameras with its mosaic, a little noise
 * and a JPEG's losses; then whatever the row says of it. Zero leaves a thing as it is on the desk.
 */
typedef struct row {
    const char *name;
    render_verdict verdict;
    const char *says;
    render_pose pose;
    int width, height; /* 0 = 900 x 640 */
    render_light light;
    render_camera camera;
    double slope; /* growth of the light over the chart's width */
    int quality;
    render_thing thing;
    const char *kind;
    double blur_pitch, defocus_pitch, motion_pitch; /* in pitches, instead of pixels */
    void (*arrange)(render_scene *scene);
} row;

#define POSE(x, y, ...)                                                                            \
    {                                                                                              \
        .center = {x, y}, __VA_ARGS__                                                              \
    }

static const row rows[] = {
    /* ---- However it is held ---- */
    {"upright", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70)},
    {"turned by 37", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70, .degrees = 37)},
    {"turned by 90", RENDER_FOUND, .pose = POSE(430, 320, .pitch_px = 70, .degrees = 90)},
    {"turned by 145", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 145)},
    {"upside down", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70, .degrees = 180)},
    {"turned by 233", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 233)},
    {"turned by 270", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 270)},
    {"turned by 315", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 315)},
    {"tilted by 25", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 80, .degrees = 10, .tilt_degrees = 25, .axis_degrees = 80)},
    {"tilted by 40", RENDER_FOUND,
     .pose =
         POSE(450, 320, .pitch_px = 80, .degrees = -25, .tilt_degrees = 40, .axis_degrees = 20)},
    {"tilted by 50", RENDER_FOUND,
     .pose =
         POSE(450, 320, .pitch_px = 80, .degrees = 60, .tilt_degrees = 50, .axis_degrees = 140)},
    {"tilted by 60", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 90, .degrees = 5, .tilt_degrees = 60, .axis_degrees = 95)},
    {"tilted by 60, near", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 90, .tilt_degrees = 60, .axis_degrees = 5, .distance = 12)},
    {"barrel lens", RENDER_FOUND, .pose = POSE(600, 220, .pitch_px = 70, .degrees = 12),
     .camera = {.distortion = 0.08}},
    {"cushion lens", RENDER_FOUND, .pose = POSE(330, 380, .pitch_px = 70, .degrees = -17),
     .camera = {.distortion = -0.06, .model = 2}},

    /* ---- However large ---- */
    {"15 px", RENDER_FOUND, .pose = POSE(640, 180, .pitch_px = 15, .degrees = 4),
     .camera = {.model = 2}, .quality = 92},
    {"17 px", RENDER_FOUND, .pose = POSE(200, 480, .pitch_px = 17, .degrees = -12), .quality = 90},
    {"20 px among things", RENDER_FOUND, .pose = POSE(600, 400, .pitch_px = 20, .degrees = 20),
     .arrange = arrange_among_things},
    {"28 px", RENDER_FOUND, .pose = POSE(300, 250, .pitch_px = 28, .degrees = 200)},
    {"130 px", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 130, .degrees = 3)},
    {"borderless crop", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70), .width = 600,
     .height = 395, .arrange = arrange_fill_the_frame},
    {"borderless crop, small", RENDER_FOUND, .pose = POSE(150, 100, .pitch_px = 40), .width = 200,
     .height = 132, .arrange = arrange_fill_the_frame},

    /* ---- Whatever it lies on ---- */
    {"on white", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 15),
     .arrange = arrange_on_white},
    {"on black", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = -8),
     .arrange = arrange_on_black},
    {"on wood", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 75),
     .arrange = arrange_on_wood, .camera = {.model = 1}},
    {"among things", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 55, .degrees = 110),
     .arrange = arrange_among_things, .camera = {.model = 3}},
    {"beside a keyboard", RENDER_FOUND, .pose = POSE(520, 440, .pitch_px = 50, .degrees = -5),
     .arrange = arrange_beside_a_keyboard},
    {"beside a smaller chart", RENDER_FOUND, .pose = POSE(580, 400, .pitch_px = 60, .degrees = 5),
     .arrange = arrange_beside_another_chart},
    {"beside a look-alike", RENDER_FOUND, .pose = POSE(580, 400, .pitch_px = 60, .degrees = 5),
     .arrange = arrange_beside_a_lookalike},

    /* ---- Half hidden ---- */
    {"two columns under paper", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 70, .degrees = -10),
     .arrange = arrange_two_columns_under_paper},
    {"two rows under dark cloth", RENDER_EITHER,
     .pose = POSE(450, 320, .pitch_px = 70, .degrees = 10),
     .arrange = arrange_two_rows_under_dark_cloth},
    {"held in a hand", RENDER_FOUND, .pose = POSE(400, 320, .pitch_px = 70, .degrees = 8),
     .arrange = arrange_under_fingers},

    /* ---- Light ---- */
    {"slope of 30 %", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70), .slope = 0.3},
    {"slope of 50 %, turned", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 50),
     .slope = 0.5},
    {"dark corners", RENDER_FOUND, .pose = POSE(640, 440, .pitch_px = 60),
     .light = {.falloff = 0.5}},
    {"bulb, balanced", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 20),
     .light = {.name = "A"}},
    {"tube", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 20),
     .light = {.name = "F11"}, .camera = {.model = 1}},
    {"orange cast", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = -20),
     .camera = {.cast = {1.35, 1, 0.55}, .exposure = 0.65}},
    {"blue cast", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = -20),
     .camera = {.cast = {0.6, 1, 1.3}, .exposure = 0.65}},
    {"a reflex on one patch", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70),
     .arrange = arrange_with_a_reflex},
    {"sheen in a corner", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70),
     .arrange = arrange_with_sheen},
    {"a shadow across", RENDER_EITHER, .pose = POSE(450, 320, .pitch_px = 70),
     .arrange = arrange_with_a_shadow},
    {"sun and sky", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70),
     .arrange = arrange_sun_and_sky},

    /* ---- Camera ---- */
    {"lens blur of a tenth", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 10),
     .blur_pitch = 0.1},
    {"out of focus by an eighth", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = -30), .defocus_pitch = 0.125},
    {"shaken by a seventh", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 30),
     .motion_pitch = 0.14, .camera = {.motion_degrees = 70}},
    {"much noise", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .camera = {.shot = 5e-4, .read = 4e-3}},
    {"dark", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70, .degrees = 5),
     .camera = {.exposure = 0.2}},
    {"bright", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 70, .degrees = 5),
     .camera = {.exposure = 1.02}},
    {"flare", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .camera = {.flare = 0.08}, .arrange = arrange_on_white},
    {"a phone's own taste", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .camera = {.model = 1, .saturation = 0.3, .shoulder = 0.7, .s_curve = 0.2, .sharpen = 1.2},
     .quality = 80},
    {"oversharpened, quality 60", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 50, .degrees = 25), .camera = {.model = 3, .sharpen = 2},
     .quality = 60},
    {"older edition", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .arrange = arrange_old_edition},
    {"faded", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .arrange = arrange_faded},

    /* ---- All of it ---- */
    {"in real life", RENDER_FOUND,
     .pose = POSE(450, 300, .pitch_px = 75, .degrees = 20, .tilt_degrees = 25, .axis_degrees = 60),
     .camera = {.model = 1, .cast = {1.1, 1, 0.85}, .read = 3e-3, .s_curve = 0.1, .sharpen = 0.6},
     .blur_pitch = 0.03, .quality = 75, .arrange = arrange_in_real_life},
    {"in real life, smaller", RENDER_FOUND,
     .pose = POSE(500, 360, .pitch_px = 38, .degrees = 160, .tilt_degrees = 30, .axis_degrees = 10),
     .camera = {.model = 3, .cast = {0.9, 1, 1.1}, .read = 3e-3, .shoulder = 0.4},
     .blur_pitch = 0.05, .quality = 80, .arrange = arrange_in_real_life},
    {"in real life, tilted", RENDER_FOUND,
     .pose =
         POSE(430, 300, .pitch_px = 90, .degrees = -100, .tilt_degrees = 48, .axis_degrees = 120),
     .camera = {.model = 2, .read = 2e-3, .saturation = 0.2, .distortion = 0.03}, .quality = 85,
     .arrange = arrange_in_real_life},

    /* ---- What must not be read without a word ---- */
    {"mirrored", RENDER_REFUSED, "mirror",
     .pose = POSE(450, 320, .pitch_px = 70, .degrees = 5, .mirrored = true)},
    {"mirrored and turned", RENDER_REFUSED, "mirror",
     .pose = POSE(450, 320, .pitch_px = 50, .degrees = 130, .mirrored = true)},
    {"window and bulb", RENDER_FLAGGED, "mixed", .pose = POSE(450, 320, .pitch_px = 80),
     .arrange = arrange_window_and_bulb},
    {"window and warm tube", RENDER_FLAGGED, "mixed",
     .pose = POSE(450, 320, .pitch_px = 80, .degrees = 5), .arrange = arrange_window_and_warm_tube},
    {"burnt", RENDER_REFUSED, "clip|expos", .pose = POSE(450, 320, .pitch_px = 70),
     .camera = {.exposure = 2.4}},
    {"half burnt", RENDER_FLAGGED, "clip|expos", .pose = POSE(450, 320, .pitch_px = 70),
     .camera = {.exposure = 1.5}},
    {"blurred by half a pitch", RENDER_REFUSED, "blur|sharp|found",
     .pose = POSE(450, 320, .pitch_px = 40), .blur_pitch = 0.5},
    {"blurred by a quarter", RENDER_FLAGGED, "blur|sharp",
     .pose = POSE(450, 320, .pitch_px = 50, .degrees = 5), .blur_pitch = 0.25},
    {"night", RENDER_FLAGGED, "dark|expos|noise|clip|found", .pose = POSE(450, 320, .pitch_px = 70),
     .camera = {.exposure = 0.012, .read = 3e-3}},
    {"eight patches left", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 70),
     .arrange = arrange_most_under_paper},

    /* ---- What is no chart ---- */
    {"other colors", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .thing = RENDER_RECOLORED},
    {"other colors, on black", RENDER_REFUSED, "",
     .pose = POSE(450, 320, .pitch_px = 50, .degrees = 95), .thing = RENDER_RECOLORED,
     .arrange = arrange_on_black},
    {"another maker's colors", RENDER_REFUSED, "",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5), .thing = RENDER_SIMILAR},
    {"another maker's colors, cropped", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 70),
     .width = 500, .height = 329, .thing = RENDER_SIMILAR, .arrange = arrange_fill_the_frame},
    {"another maker's colors, orange cast", RENDER_REFUSED, "",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 185), .thing = RENDER_SIMILAR,
     .camera = {.cast = {1.3, 1, 0.6}, .exposure = 0.65}},
    {"other order", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 60, .degrees = -5),
     .thing = RENDER_SHUFFLED},
    {"a grid of greys", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 60, .degrees = 25),
     .thing = RENDER_GREYS},
    {"an office printer's copy", RENDER_FLAGGED, "copy|no ColorChecker",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5), .thing = RENDER_PRINTED},
    {"tiles", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 90, .degrees = 5),
     .thing = RENDER_TILES},
    {"a keyboard", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 100, .degrees = -5),
     .thing = RENDER_KEYBOARD},
    {"a facade", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 110, .tilt_degrees = 30),
     .thing = RENDER_FACADE},
    {"things", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 60),
     .arrange = arrange_among_things_without_chart},
    {"an empty desk", RENDER_REFUSED, "", .pose = POSE(450, 320, .pitch_px = 60),
     .arrange = arrange_without_chart},

    /* ---- Seen so that a diagonal of its patches is shorter than their rows ---- */
    {"tilted by 60, askew", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 80, .degrees = 72, .tilt_degrees = 60, .axis_degrees = 85)},

    /* ---- Charts that hold another's patches, and that other ---- */
    {"a Digital SG", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 45, .degrees = 12),
     .kind = "sg140"},
    {"an open SpyderCheckr", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 55, .degrees = 100),
     .kind = "spydercheckr48"},
    {"a SpyderCheckr 24", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 62, .degrees = 250),
     .kind = "spydercheckr24"},

    /* ---- Casts of 3 to 1 and more ---- */
    {"bulb in daylight's balance", RENDER_FOUND,
     .pose = POSE(450, 320, .pitch_px = 62, .degrees = 20), .camera = {.exposure = 0.5},
     .arrange = arrange_bulb_in_daylights_balance},
    {"warm cast of 3 to 1", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .camera = {.cast = {1, 0.7, 0.333}, .exposure = 0.75}},
    {"warm cast of 4 to 1", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 42),
     .camera = {.cast = {1, 0.6, 0.25}, .exposure = 0.75}},
    {"cool cast of 3 to 1", RENDER_FOUND, .pose = POSE(450, 320, .pitch_px = 60, .degrees = 79),
     .camera = {.cast = {0.333, 0.7, 1}, .exposure = 0.75}},
    {"green cast of 4 to 1", RENDER_REFUSED, "color cast",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5),
     .camera = {.cast = {0.25, 1, 0.25}, .exposure = 0.75}},
    {"another maker's colors, warm cast", RENDER_REFUSED, "",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 116), .thing = RENDER_SIMILAR,
     .camera = {.cast = {1, 0.6, 0.25}, .exposure = 0.75}},
    {"another maker's colors, cool cast", RENDER_REFUSED, "",
     .pose = POSE(450, 320, .pitch_px = 60, .degrees = 5), .thing = RENDER_SIMILAR,
     .camera = {.cast = {0.333, 0.7, 1}, .exposure = 0.75}},
};

int render_gallery_count(void)
{
    return (int)(sizeof rows / sizeof *rows);
}

static void set_camera(const row *r, int index, render_camera *camera)
{
    *camera = r->camera;
    camera->mosaic = true;
    if (camera->model == 0)
        camera->model = index % RENDER_CAMERAS;
    if (camera->shot <= 0)
        camera->shot = 6e-5;
    if (camera->read <= 0)
        camera->read = 1e-3;
    camera->blur_px = r->blur_pitch > 0 ? r->blur_pitch * r->pose.pitch_px : 0.5;
    camera->defocus_px = r->defocus_pitch * r->pose.pitch_px;
    camera->motion_px = r->motion_pitch * r->pose.pitch_px;
}

/* The row's chart as it is held; the Classic where it is not told. */
static render_card posed_chart(const row *r)
{
    tns_chart chart;
    render_card card = render_card_posed(&r->pose);
    if (r->kind && tns_chart_find(r->kind, TNS_EDITION_AFTER_2014, &chart, NULL)) {
        const tns_chart_patch *last = &chart.patch[chart.count - 1];
        render_pose_corners(&r->pose, last->x + 1, last->y + 1, card.corner);
        snprintf(card.kind, sizeof card.kind, "%s", r->kind);
    }
    card.thing = r->thing;
    card.paint = 3;
    card.age = 0.7;
    return card;
}

void render_gallery_hang(int index, render_exhibit *out)
{
    const row *r = &rows[index];
    *out = (render_exhibit){.name = r->name, .verdict = r->verdict, .says = r->says ? r->says : ""};
    render_scene *scene = &out->scene;
    *scene = render_scene_studio(r->width > 0 ? r->width : 900, r->height > 0 ? r->height : 640);
    scene->seed = (uint64_t)index + 1;
    scene->backdrop = 0.3;
    scene->weave = 0.06;
    scene->chart = posed_chart(r);
    scene->light = r->light;
    set_camera(r, index, &scene->camera);
    if (r->slope > 0)
        render_light_across(scene, r->slope, false);
    if (r->arrange)
        r->arrange(scene);
    out->jpeg.quality = r->quality > 0 ? r->quality : 88;
}
