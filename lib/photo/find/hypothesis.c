/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/chart/placement.h"
#include "photo/find/balance.h"
#include "photo/find/hypothesis.h"

/* Lattice places from -SPAN to SPAN - 1 are looked at; nodes, sheared ones too, lie within. */
enum { SPAN = 32, TRIED = 6, ANCHORS = 8, SHEETS = 16 };

/* Below, colors are as good as unlike; what is half covered comes to 0.3 and more. */
static const double PLAIN_LEAST = 0.22;

/* Of the chart's patches: these many must stand on the lattice, these many lie in the image. */
static const double NODES_LEAST = 0.3, INSIDE_LEAST = 0.66;

static const double NEAR = 1e-6; /* pitches: the same place */

static const double DARKEST = 2e-3; /* of white: below is noise and glare */

/* Light as it is, and balanced: a cast hides colors, or leaves a channel that cannot be raised. */
enum { AS_SEEN, BALANCED, WAYS };

typedef struct spot {
    bool is_known, is_inside;
    double light[3], log_rgb[WAYS][3];
} spot;

/* Places by so much of a pitch beside the lattice's: a chart in halves has some. */
typedef struct sheet {
    double x, y;
    spot spot[2 * SPAN][2 * SPAN];
} sheet;

typedef struct board {
    const tns_image *image;
    const tns_lattice *lattice;
    tns_homography map;
    tns_balance balance;
    sheet *sheet[SHEETS]; /* as they come to be asked for */
    int sheets;
    int nodes[2 * SPAN + 1][2 * SPAN + 1]; /* how many lie above and to the left */
} board;

/* Where a chart lies on a lattice. */
typedef struct window {
    double x, y; /* of chart coordinates (0, 0) */
    int right[2], down[2];
} window;

static bool read_light(const tns_image *image, tns_point p, double sum[3])
{
    const tns_image_info *info = tns_image_describe(image);
    float rgb[1][3];
    if (!(p.x >= 0 && p.y >= 0 && p.x < info->width && p.y < info->height))
        return false;
    tns_image_read(image, (int)p.x, (int)p.y, 1, rgb);
    for (int c = 0; c < 3; c++)
        sum[c] += rgb[0][c];
    return true;
}

/* Nine pixels of the middle of a patch bear dust and noise. */
static spot look_at(const tns_image *image, const tns_homography *map, tns_point at)
{
    spot out = {.is_known = true, .is_inside = true};
    double sum[3] = {0};
    for (int k = 0; k < 9 && out.is_inside; k++) {
        tns_point near = {at.x + 0.14 * (k % 3 - 1), at.y + 0.14 * (k / 3 - 1)};
        out.is_inside = read_light(image, tns_homography_apply(map, near), sum);
    }
    for (int c = 0; c < 3; c++)
        out.light[c] = sum[c] / 9;
    return out;
}

static void log_of(const double light[3], const tns_balance *balance, double out[3])
{
    double own[3] = {light[0], light[1], light[2]};
    if (balance)
        tns_balance_apply(balance, own);
    for (int c = 0; c < 3; c++)
        out[c] = log(fmax(own[c], DARKEST));
}

static spot see_spot(const board *b, tns_point at)
{
    spot out = look_at(b->image, &b->map, at);
    log_of(out.light, NULL, out.log_rgb[AS_SEEN]);
    log_of(out.light, &b->balance, out.log_rgb[BALANCED]);
    return out;
}

/* NULL when there is no room. */
static sheet *sheet_at(board *b, double x, double y)
{
    for (int i = 0; i < b->sheets; i++)
        if (fabs(b->sheet[i]->x - x) < NEAR && fabs(b->sheet[i]->y - y) < NEAR)
            return b->sheet[i];
    sheet *out = b->sheets < SHEETS ? calloc(1, sizeof *out) : NULL;
    if (!out)
        return NULL;
    out->x = fabs(x) < NEAR ? 0 : x;
    out->y = fabs(y) < NEAR ? 0 : y;
    return b->sheet[b->sheets++] = out;
}

/* Each place is looked at once, however many windows hold it; without room in `other`. */
static const spot *spot_at(board *b, tns_point p, spot *other)
{
    static const spot outside = {.is_inside = false};
    double column = floor(p.x + NEAR), row = floor(p.y + NEAR);
    if (!(column >= -SPAN && row >= -SPAN && column < SPAN && row < SPAN))
        return &outside;
    sheet *on = sheet_at(b, p.x - column, p.y - row);
    if (!on) {
        *other = see_spot(b, p);
        return other;
    }
    spot *s = &on->spot[(int)row + SPAN][(int)column + SPAN];
    if (!s->is_known)
        *s = see_spot(b, (tns_point){column + on->x, row + on->y});
    return s;
}

/* What the nodes show; the lightest of it stands for white. */
static void balance_board(board *b)
{
    double light[TNS_NODES_MAX][3];
    int count = 0;
    for (int i = 0; i < b->lattice->count; i++) {
        tns_point at = {b->lattice->node[i].column, b->lattice->node[i].row};
        spot s = look_at(b->image, &b->map, at);
        if (s.is_inside)
            memcpy(light[count++], s.light, sizeof s.light);
    }
    b->balance = tns_balance_of_all((const double(*)[3])light, count);
}

static tns_point on_lattice(const window *w, tns_point p)
{
    return (tns_point){w->x + p.x * w->right[0] + p.y * w->down[0],
                       w->y + p.x * w->right[1] + p.y * w->down[1]};
}

/* The colors a window shows; how many patches lie inside the image. */
static int see(board *b, const tns_chart *chart, const window *w, tns_log_colors seen[WAYS],
               bool *is_seen)
{
    int inside = 0;
    for (int i = 0; i < chart->count; i++) {
        spot other;
        const spot *s = spot_at(b, on_lattice(w, tns_chart_place(chart, i)), &other);
        is_seen[i] = s->is_inside;
        inside += s->is_inside;
        for (int k = 0; k < WAYS; k++)
            memcpy(seen[k][i], s->log_rgb[k], sizeof s->log_rgb[k]);
    }
    return inside;
}

static void count_nodes(board *b)
{
    for (int i = 0; i < b->lattice->count; i++)
        b->nodes[b->lattice->node[i].row + SPAN + 1][b->lattice->node[i].column + SPAN + 1]++;
    for (int y = 1; y <= 2 * SPAN; y++)
        for (int x = 1; x <= 2 * SPAN; x++)
            b->nodes[y][x] += b->nodes[y - 1][x] + b->nodes[y][x - 1] - b->nodes[y - 1][x - 1];
}

static int clamped(double v)
{
    return (int)fmin(fmax(v, 0), 2 * SPAN);
}

static int nodes_in(const board *b, const tns_chart *chart, const window *w)
{
    tns_point a = on_lattice(w, tns_chart_place(chart, 0));
    tns_point z = on_lattice(w, tns_chart_place(chart, chart->count - 1));
    int x0 = clamped(ceil(fmin(a.x, z.x) - 0.2) + SPAN),
        x1 = clamped(floor(fmax(a.x, z.x) + 0.2) + SPAN + 1);
    int y0 = clamped(ceil(fmin(a.y, z.y) - 0.2) + SPAN),
        y1 = clamped(floor(fmax(a.y, z.y) + 0.2) + SPAN + 1);
    return b->nodes[y1][x1] - b->nodes[y0][x1] - b->nodes[y1][x0] + b->nodes[y0][x0];
}

/* The map of a window: a change of the lattice's coordinates, then the lattice's. */
static tns_homography map_of(const board *b, const window *w)
{
    const double change[3][3] = {
        {w->right[0], w->down[0], w->x}, {w->right[1], w->down[1], w->y}, {0, 0, 1}};
    tns_homography out = {{{0}}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                out.h[i][j] += b->map.h[i][k] * change[k][j];
    return out;
}

static void corners_of(const tns_wanted *wanted, const tns_hypothesis *h, tns_point out[4])
{
    const tns_chart *chart = &wanted->charts[h->chart];
    for (int k = 0; k < 4; k++)
        out[k] = tns_homography_apply(&h->map, tns_chart_place(chart, tns_chart_corner(chart, k)));
}

bool tns_hypotheses_agree(const tns_wanted *wanted, const tns_hypothesis *a,
                          const tns_hypothesis *b)
{
    tns_point p[4], q[4];
    const tns_chart *chart = &wanted->charts[a->chart];
    if (a->chart != b->chart)
        return false;
    corners_of(wanted, a, p);
    corners_of(wanted, b, q);
    double pitch = hypot(p[1].x - p[0].x, p[1].y - p[0].y) / (chart->columns - 1), worst = 0;
    for (int k = 0; k < 4; k++)
        worst = fmax(worst, hypot(p[k].x - q[k].x, p[k].y - q[k].y));
    return worst < 0.6 * pitch;
}

static bool is_middle_in(const tns_wanted *wanted, const tns_hypothesis *a, const tns_hypothesis *b)
{
    tns_point p[4];
    const tns_chart *chart = &wanted->charts[b->chart];
    tns_point last = tns_chart_place(chart, chart->count - 1);
    tns_homography back = tns_homography_inverse(&b->map);
    corners_of(wanted, a, p);
    tns_point middle = {(p[0].x + p[1].x + p[2].x + p[3].x) / 4,
                        (p[0].y + p[1].y + p[2].y + p[3].y) / 4};
    tns_point at = tns_homography_apply(&back, middle);
    return at.x > -0.6 && at.y > -0.6 && at.x < last.x + 0.6 && at.y < last.y + 0.6;
}

bool tns_hypotheses_overlap(const tns_wanted *wanted, const tns_hypothesis *a,
                            const tns_hypothesis *b)
{
    return is_middle_in(wanted, a, b) || is_middle_in(wanted, b, a);
}

bool tns_hypothesis_is_within(const tns_wanted *wanted, const tns_hypothesis *a,
                              const tns_hypothesis *b)
{
    tns_point p[4];
    const tns_chart *chart = &wanted->charts[b->chart];
    tns_point last = tns_chart_place(chart, chart->count - 1);
    tns_homography back = tns_homography_inverse(&b->map);
    corners_of(wanted, a, p);
    for (int k = 0; k < 4; k++) {
        tns_point at = tns_homography_apply(&back, p[k]);
        if (!(at.x > -0.5 && at.y > -0.5 && at.x < last.x + 0.5 && at.y < last.y + 0.5))
            return false;
    }
    return true;
}

void tns_hypotheses_remove(tns_hypotheses *list, int i)
{
    memmove(&list->item[i], &list->item[i + 1], (size_t)(list->count - i - 1) * sizeof *list->item);
    list->count--;
}

/* In its place by score, unless the same stands there with a better one. */
static void insert(const tns_wanted *wanted, const tns_hypothesis *h, tns_hypotheses *list)
{
    for (int i = 0; i < list->count; i++)
        if (tns_hypotheses_agree(wanted, h, &list->item[i])) {
            if (list->item[i].score >= h->score)
                return;
            tns_hypotheses_remove(list, i);
            break;
        }
    if (list->count == TNS_HYPOTHESES_MAX) {
        if (list->item[list->count - 1].score >= h->score)
            return;
        list->count--;
    }
    int at = list->count++;
    for (; at > 0 && list->item[at - 1].score < h->score; at--)
        list->item[at] = list->item[at - 1];
    list->item[at] = *h;
}

typedef struct tried {
    window window;
    double plain;
    int nodes;
} tried;

static void keep_tried(tried *list, int *count, const tried *t)
{
    if (*count == TRIED && list[TRIED - 1].plain >= t->plain)
        return;
    int at = *count < TRIED ? (*count)++ : TRIED - 1;
    for (; at > 0 && list[at - 1].plain < t->plain; at--)
        list[at] = list[at - 1];
    list[at] = *t;
}

static void try_window(board *b, const tns_wanted *wanted, int chart, const window *w, tried *list,
                       int *count)
{
    const tns_chart *c = &wanted->charts[chart];
    tns_log_colors seen[WAYS];
    bool is_seen[TNS_CHART_PATCHES_MAX];
    tried t = {.window = *w, .nodes = nodes_in(b, c, w)};
    if (t.nodes < NODES_LEAST * c->count || see(b, c, w, seen, is_seen) < INSIDE_LEAST * c->count)
        return;
    for (int k = 0; k < WAYS; k++)
        t.plain =
            fmax(t.plain, tns_colors_plain(wanted->reference[chart], seen[k], is_seen, c->count));
    if (t.plain > PLAIN_LEAST)
        keep_tried(list, count, &t);
}

/* Parts of a pitch that patches are off the first patch's lattice: a chart in halves has two. */
static int anchors_of(const tns_chart *chart, tns_point *anchor)
{
    int n = 0;
    for (int i = 0; i < chart->count && n < ANCHORS; i++) {
        tns_point p = tns_chart_place(chart, i);
        tns_point f = {p.x - floor(p.x + 1e-6), p.y - floor(p.y + 1e-6)};
        bool known = false;
        for (int k = 0; k < n; k++)
            known = known || hypot(anchor[k].x - f.x, anchor[k].y - f.y) < 0.02;
        if (!known)
            anchor[n++] = f;
    }
    return n;
}

/* Every place of the chart over the lattice that takes in enough nodes, one way round. */
static void try_places(board *b, const tns_wanted *wanted, int chart, const int way[4], tried *list,
                       int *count)
{
    const tns_chart *c = &wanted->charts[chart];
    tns_point anchor[ANCHORS];
    int anchors = anchors_of(c, anchor), reach = (c->rows > c->columns ? c->rows : c->columns) + 15;
    reach = reach < SPAN - 1 ? reach : SPAN - 1;
    for (int k = 0; k < anchors; k++)
        for (int row = -reach; row <= reach; row++)
            for (int column = -reach; column <= reach; column++) {
                window w = {0, 0, {way[0], way[1]}, {way[2], way[3]}};
                tns_point off = on_lattice(&w, anchor[k]);
                w.x = column - off.x;
                w.y = row - off.y;
                try_window(b, wanted, chart, &w, list, count);
            }
}

void tns_hypothesis_score(const tns_image *image, const tns_wanted *wanted, tns_hypothesis *h)
{
    const tns_chart *chart = &wanted->charts[h->chart];
    tns_log_colors seen;
    double light[TNS_CHART_PATCHES_MAX][3];
    bool is_seen[TNS_CHART_PATCHES_MAX];
    for (int i = 0; i < chart->count; i++) {
        spot s = look_at(image, &h->map, tns_chart_place(chart, i));
        is_seen[i] = s.is_inside;
        memcpy(light[i], s.light, sizeof s.light);
    }
    tns_balance balance = tns_balance_of_all((const double(*)[3])light, chart->count);
    h->cast = tns_balance_cast(&balance);
    h->match.score = -1;
    for (int k = 0; k < WAYS; k++) {
        tns_color_match match;
        for (int i = 0; i < chart->count; i++)
            log_of(light[i], k == BALANCED ? &balance : NULL, seen[i]);
        tns_colors_match(wanted->reference[h->chart], seen, is_seen, chart->count, &match);
        if (match.score > h->match.score)
            h->match = match;
    }
    h->score = h->match.score;
}

static void try_chart(board *b, const tns_wanted *wanted, int chart, tns_hypotheses *out)
{
    static const int ways[8][4] = {{1, 0, 0, 1},  {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0},
                                   {-1, 0, 0, 1}, {0, 1, 1, 0},  {1, 0, 0, -1},  {0, -1, -1, 0}};
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        tried list[TRIED];
        int count = 0;
        for (int k = 0; k < 4; k++)
            try_places(b, wanted, chart, ways[4 * mirrored + k], list, &count);
        for (int i = 0; i < count; i++) {
            tns_hypothesis h = {.chart = chart,
                                .map = map_of(b, &list[i].window),
                                .is_mirrored = mirrored,
                                .nodes = list[i].nodes};
            tns_hypothesis_score(b->image, wanted, &h);
            insert(wanted, &h, out);
        }
    }
}

void tns_hypotheses_add(const tns_image *image, const tns_wanted *wanted,
                        const tns_lattice *lattice, const tns_homography *map, tns_hypotheses *out)
{
    board *b = calloc(1, sizeof *b);
    if (!b)
        return;
    b->image = image;
    b->lattice = lattice;
    b->map = *map;
    count_nodes(b);
    balance_board(b);
    for (int i = 0; i < wanted->count; i++)
        try_chart(b, wanted, i, out);
    for (int i = 0; i < b->sheets; i++)
        free(b->sheet[i]);
    free(b);
}
