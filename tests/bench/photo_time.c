/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo of 12 and of 24 megapixels: the command from its start to the Lab of three regions, all
 * in, beside what OpenCV's mcc takes to find the chart alone, run in turn; and the most memory it
 * held. The photo is the sample scene at another size.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/command.h"
#include "bench/timing.h"
#include "render/render.h"

enum { TIMES = 3 };

/* ---- The photo ---- */

static tns_point times(tns_point p, double k)
{
    return (tns_point){k * p.x, k * p.y};
}

static render_scene scene_of_width(int width)
{
    render_scene scene = render_scene_sample();
    double k = (double)width / scene.width;
    scene.width = width;
    scene.height = (int)(k * scene.height);
    scene.mm_per_px /= k;
    for (int i = 0; i < 4; i++)
        scene.chart.corner[i] = times(scene.chart.corner[i], k);
    scene.scalp.center = times(scene.scalp.center, k);
    scene.scalp.bald_center = times(scene.scalp.bald_center, k);
    scene.scalp.radius_x *= k;
    scene.scalp.radius_y *= k;
    scene.scalp.bald_radius *= k;
    scene.scalp.bald_fade *= k;
    scene.camera.mosaic = true;
    for (int i = 0; i < scene.region_count; i++) {
        render_box *b = &scene.region[i].box;
        b->x = (int)(k * b->x);
        b->y = (int)(k * b->y);
        b->width = (int)(k * b->width);
        b->height = (int)(k * b->height);
    }
    return scene;
}

static bool write_photo(const render_scene *scene, const char *path, tns_error *err)
{
    const render_jpeg_options jpeg = {.quality = 95};
    render_picture picture;
    size_t size = 0;
    if (!render_picture_make(scene, &picture, err))
        return false;
    unsigned char *bytes = render_picture_jpeg(&picture, &jpeg, &size, err);
    FILE *file = bytes ? fopen(path, "wb") : NULL;
    bool done = file && fwrite(bytes, 1, size, file) == size;
    done = file && fclose(file) == 0 && done;
    free(bytes);
    render_picture_finish(&picture);
    return done;
}

/*
 * In a process of its own: what renders holds several times the memory of what reads, and a child
 * that is spawned starts with the most its parent ever held.
 */
static bool write_apart(const render_scene *scene, const char *path)
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        tns_error err = {0};
        bool done = write_photo(scene, path, &err);
        if (!done)
            fprintf(stderr, "photo_time: %s: %s\n", path, err.text);
        _exit(done ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == EXIT_SUCCESS;
}

/* ---- The race ---- */

/* Detection without decoding; 0 where there is no OpenCV. */
static double run_peer(const char *path)
{
    char command[1000];
    double all = 0, decoding = 0;
    snprintf(command, sizeof command, "echo %s | /usr/bin/python3 %s 2>/dev/null", path, BENCH_MCC);
    FILE *in = popen(command, "r");
    bool answered = in && fscanf(in, "%lf %lf", &all, &decoding) == 2;
    if (in)
        pclose(in);
    return answered ? all - decoding : 0;
}

static void race(const render_scene *scene, const char *path)
{
    char box[3][80];
    const char *argv[] = {BENCH_COMMAND, "photo", path,       "--region", box[0],
                          "--region",    box[1],  "--region", box[2],     NULL};
    double wall[TIMES], processor[TIMES], memory[TIMES], peer[TIMES];
    for (int i = 0; i < 3; i++) {
        const render_box *b = &scene->region[i].box;
        snprintf(box[i], sizeof box[i], "%s=%d,%d,%d,%d", b->name, b->x, b->y, b->width, b->height);
    }
    for (int i = 0; i < TIMES; i++) {
        spent ours = run_command(argv);
        wall[i] = ours.wall;
        processor[i] = ours.processor;
        memory[i] = ours.megabytes;
        peer[i] = run_peer(path);
    }
    double took = median_of(processor, TIMES), theirs = median_of(peer, TIMES);
    printf("photo_time: %.0f MP JPEG to Lab of 3 regions: %.3f s of one core (%.3f s of the wall), "
           "%.0f MB",
           1e-6 * scene->width * scene->height, took, median_of(wall, TIMES),
           median_of(memory, TIMES));
    if (theirs > 0)
        printf("; mcc, detection alone, %.3f s; ratio %.2f\n", theirs, took / theirs);
    else
        printf("; mcc: SKIPPED, it is not there (python3-opencv)\n");
}

int main(void)
{
    static const int widths[] = {4000, 5660};
    char path[] = "/tmp/bench-photo-XXXXXX.jpg";
    int file = mkstemps(path, 4);
    if (file < 0)
        return EXIT_FAILURE;
    close(file);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        render_scene scene = scene_of_width(widths[i]);
        if (!write_apart(&scene, path))
            break;
        race(&scene, path);
    }
    unlink(path);
    return EXIT_SUCCESS;
}
