/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done to a scene whose chart is posed: what lies under, beside and on the chart, and which
 * light falls on it.
 */
#ifndef RENDER_ARRANGE_H
#define RENDER_ARRANGE_H

#include "render/render.h"

/* What lies on the desk. */
void arrange_without_chart(render_scene *scene);
void arrange_on_white(render_scene *scene);
void arrange_on_black(render_scene *scene);
void arrange_on_wood(render_scene *scene);
void arrange_among_things(render_scene *scene);
void arrange_among_things_without_chart(render_scene *scene);
void arrange_beside_a_keyboard(render_scene *scene);
void arrange_beside_another_chart(render_scene *scene);
void arrange_beside_a_lookalike(render_scene *scene);
void arrange_old_edition(render_scene *scene);
void arrange_faded(render_scene *scene);

/* What lies on the chart. */
void arrange_two_columns_under_paper(render_scene *scene);
void arrange_most_under_paper(render_scene *scene);
void arrange_two_rows_under_dark_cloth(render_scene *scene);
void arrange_under_fingers(render_scene *scene);
void arrange_with_a_reflex(render_scene *scene);
void arrange_with_sheen(render_scene *scene);
void arrange_with_a_shadow(render_scene *scene);

/* Light. */
void arrange_window_and_bulb(render_scene *scene);
void arrange_window_and_warm_tube(render_scene *scene);
void arrange_sun_and_sky(render_scene *scene);
void arrange_bulb_in_daylights_balance(render_scene *scene);
void arrange_in_real_life(render_scene *scene);

/* Cut to the patches' own edges. */
void arrange_fill_the_frame(render_scene *scene);

#endif
