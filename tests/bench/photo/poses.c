/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/photo.h>

#include "bench/photo/poses.h"

enum { PATCHES = 24, POSES_MOST = 8 };

/* By what lies under them: three photos on a carpet, one on a table under another light. */
static const struct {
    const char *file, *chart;
    int room;
} shots[] = {
    {"arcu__color_checker__1_.jpg", "Classic", 0},
    {"arcu__color_checker__2_.jpg", "Classic", 0},
    {"arcu__color_checker__3_.jpg", "Classic", 0},
    {"arcu__color_checker__6_.jpg", "Classic", 1},
    {"arcu__color_checker_mini__1_.jpg", "Mini", 0},
    {"arcu__color_checker_mini__4_.jpg", "Mini", 0},
};

enum { SHOTS = sizeof shots / sizeof *shots };

/* Each patch left out of the fit, and as a region that the fit knows. */
typedef enum how { LEFT_OUT, AS_REGION, WAYS } how;

typedef struct pose {
    bool is_read, has[PATCHES];
    tns_lab lab[WAYS][PATCHES];
} pose;

static pose poses[SHOTS];

static void keep(const tns_photo *photo, pose *to)
{
    to->is_read = true;
    for (size_t i = 0; i < PATCHES; i++) {
        to->has[i] = photo->patches[i].used;
        to->lab[LEFT_OUT][i] = photo->patches[i].lab;
        to->lab[AS_REGION][i] = photo->regions[i].reading.color.lab;
    }
}

static void read_pose(const subject *s, pose *to)
{
    tns_photo_options options = {.chart = "classic24", .has_corners = true};
    tns_region region[PATCHES];
    tns_chart chart;
    tns_photo photo;
    memcpy(options.corners, s->corner, sizeof options.corners);
    if (!tns_chart_find("classic24", TNS_EDITION_AUTO, &chart, NULL))
        return;
    for (int i = 0; i < PATCHES; i++) {
        region[i] = (tns_region){.shape = TNS_SHAPE_PLACE};
        snprintf(region[i].name, sizeof region[i].name, "patch%d", i);
        snprintf(region[i].place, sizeof region[i].place, "patch:%s", chart.patch[i].name);
    }
    options.regions = region;
    options.region_count = PATCHES;
    tns_image *image = tns_image_load(s->path, NULL);
    if (image && tns_photo_measure(image, &options, NULL, &photo, NULL)) {
        keep(&photo, to);
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
}

void poses_add(const subject *s)
{
    for (int i = 0; i < SHOTS; i++)
        if (strcmp(s->label, shots[i].file) == 0)
            read_pose(s, &poses[i]);
}

/* Mean over the patches that all poses used, and over poses, of the distance to the patch's mean.
 */
static double spread(const pose *const *of, int count, how way)
{
    double sum = 0;
    int terms = 0;
    for (int i = 0; i < PATCHES; i++) {
        tns_lab mean = {0, 0, 0};
        bool all = true;
        for (int k = 0; k < count; k++) {
            const tns_lab *lab = &of[k]->lab[way][i];
            all = all && of[k]->has[i];
            mean = (tns_lab){mean.L + lab->L / count, mean.a + lab->a / count,
                             mean.b + lab->b / count};
        }
        for (int k = 0; k < count && all; k++, terms++)
            sum += tns_de00(mean, of[k]->lab[way][i]);
    }
    return terms > 0 ? sum / terms : NAN;
}

static void print_one(const char *chart, int rooms)
{
    const pose *of[POSES_MOST];
    int count = 0;
    for (int i = 0; i < SHOTS; i++)
        if (poses[i].is_read && strcmp(shots[i].chart, chart) == 0 && shots[i].room < rooms)
            of[count++] = &poses[i];
    if (count > 1)
        printf("photo: one %s in %d poses, %s: spread %.2f dE00 left out, %.2f read as regions\n",
               chart, count, rooms > 1 ? "two rooms" : "one room", spread(of, count, LEFT_OUT),
               spread(of, count, AS_REGION));
}

void poses_print(void)
{
    print_one("Classic", 1);
    print_one("Classic", 2);
    print_one("Mini", 1);
}
