/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "render/sample.h"

bool render_sample_make(render_sample *out, tns_error *err)
{
    *out = (render_sample){0};
    render_scene scene = render_scene_sample();
    render_picture picture;
    if (!render_picture_make(&scene, &picture, err))
        return false;
    out->jpeg = render_picture_jpeg(&picture, NULL, &out->jpeg_size, err);
    if (out->jpeg)
        out->truth = render_truth_json(&scene, &picture.truth, "scalp.jpg");
    render_picture_finish(&picture);
    if (out->jpeg && !out->truth)
        return tns_error_set(err, TNS_ERROR_MEMORY, "scalp.json: no memory");
    return out->jpeg != NULL;
}

void render_sample_finish(render_sample *sample)
{
    free(sample->jpeg);
    free(sample->truth);
    *sample = (render_sample){0};
}
