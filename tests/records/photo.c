/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "records/broken.h"
#include "records/photo_again.h"
#include "records/same.h"
#include "support/testing.h"

static const char EXAMPLE[] = "docs/schema/examples/photo-1.json";

START_TEST(the_examples_of_photos_and_charts_are_read_and_written_byte_for_byte)
{
    examples_same_again(photo_records, sizeof photo_records / sizeof *photo_records);
}
END_TEST

/* Patches without a prediction, a region without a color, a fit without skin patches. */
static tns_photo rare_photo(void)
{
    tns_photo photo = {.image = {.width = 640, .height = 480, .format = "png", .profile = "P3"}};
    photo.patches = calloc(1, sizeof *photo.patches);
    photo.regions = calloc(1, sizeof *photo.regions);
    ck_assert(photo.patches && photo.regions);
    photo.patch_count = photo.region_count = 1;
    photo.patches[0] = (tns_photo_patch){.name = "red", .rgb = {1.25, 0, -0.5}, .reason = "torn"};
    photo.patches[0].reference = (tns_lab){40, 50, 30};
    photo.regions[0] =
        (tns_photo_region){.region = {.name = "crown", .box = {0, 7, 1, 479}}, .specular = 0.25};
    return photo;
}

static void same_photo(const char *label, const tns_photo *photo, const tns_error *failure)
{
    char *text = tns_photo_write(photo, failure);
    same_again(label, text, again_photo);
    free(text);
}

START_TEST(a_photo_refused_or_without_chart_is_read_back)
{
    tns_error refused = {TNS_ERROR_CHART_REFUSED, "p.jpg: chart: two whites"};
    tns_photo photo = rare_photo();
    same_photo("no chart", &photo, NULL);

    photo.chart = (tns_photo_chart){.status = TNS_CHART_REFUSED, .reason = "two whites"};
    same_photo("refused", &photo, &refused);

    photo.chart = (tns_photo_chart){.status = TNS_CHART_FOUND, .kind = "mini24"};
    photo.has_fit = photo.patches[0].has_lab = true;
    photo.patches[0].lab = (tns_lab){-3.5, 200, 12}; /* a prediction may leave what is real */
    photo.fit = (tns_photo_fit){
        .model = "3x3", .skin_de00 = NAN, .tone = 1, .shoulder = 0.0625, .slope = {-0.5, 0}};
    same_photo("no skin patches", &photo, NULL);
    photo.fit.member_count = 2;
    photo.fit.members[0] = (tns_photo_member){"3x3", 0.25};
    photo.fit.members[1] = (tns_photo_member){"rp2", 0.75};
    same_photo("two members", &photo, NULL);
    tns_photo_finish(&photo);
}
END_TEST

START_TEST(follicles_are_read_back_with_and_without_scale_and_color)
{
    tns_follicle_hair hairs[] = {{.end = {{10.5, 20}, {14, 31.5}}, .width_px = 4, .unit = 1},
                                 {.end = {{50, 60}, {50, 60}}, .width_px = 3.5}};
    tns_follicle_unit units[] = {{.x = 48, .y = 58, .width = 5, .height = 4.5},
                                 {.x = 8, .y = 18, .width = 9, .height = 16}};
    tns_photo photo = rare_photo();
    tns_follicles *f = &photo.follicles;
    photo.has_follicles = true;
    *f = (tns_follicles){.x = 5, .width = 320, .height = 200, .area_px = 64000.5};
    same_photo("none", &photo, NULL);
    f->hair = hairs;
    f->unit = units;
    f->count = f->units = 2;
    f->counted = 1;
    f->diameter_px = 3.75;
    f->coverage = 0.0625;
    same_photo("without scale", &photo, NULL);
    f->mm_per_px = 0.0035;
    f->density_per_cm2 = 12.5;
    f->density_ci95[0] = 0.25;
    f->density_ci95[1] = 70;
    f->hairs_per_cm2 = 25;
    f->length_px = 16;
    tns_warn(&f->warnings, "a doubt");
    same_photo("with scale", &photo, NULL);
    f->hair = NULL; /* they are not its own */
    f->unit = NULL;
    tns_photo_finish(&photo);
}
END_TEST

/* The example uses all of its patches; the first is made one that is not, in as many bytes. */
static void leave_one_out(char *text)
{
    static const char is[] = "\"used\": true,\n      \"reason\": null";
    static const char shall_be[] = "\"used\": false,\n     \"reason\": \"ab\"";
    char *at = strstr(text, is);
    ck_assert(at && sizeof is == sizeof shall_be);
    memcpy(at, shall_be, sizeof shall_be - 1);
}

START_TEST(of_a_photo_every_kind_of_field_is_read)
{
    size_t length;
    char *text = project_file(EXAMPLE, &length);
    tns_photo p;
    tns_error err = {0};
    leave_one_out(text);
    ck_assert_msg(tns_photo_parse(text, length, "p.json", &p, NULL, &err), "%s", err.text);
    ck_assert_int_eq(p.image.width, 1600);
    ck_assert_str_eq(p.image.format, "jpeg");
    ck_assert_int_eq(p.chart.status, TNS_CHART_GIVEN);
    ck_assert_int_eq(p.chart.edition, TNS_EDITION_AFTER_2014);
    CHECK_NEAR("corners[2].y", p.chart.corners[2].y, 1086.23, 0);
    ck_assert_uint_eq(p.patch_count, 24);
    ck_assert_str_eq(p.patches[23].name, "black 2");
    CHECK_NEAR("patches[0].reference.b", p.patches[0].reference.b, 14.92, 0);
    ck_assert(!p.patches[0].used && strcmp(p.patches[0].reason, "ab") == 0);
    ck_assert(p.patches[1].used && !p.patches[1].reason[0]);
    ck_assert(p.has_fit && p.fit.loo_max > p.fit.loo_mean && p.fit.matrix[2][2] > 0);
    ck_assert_uint_eq(p.fit.member_count, TNS_PHOTO_MEMBERS);
    ck_assert_str_eq(p.fit.members[2].model, "rp3");
    CHECK_NEAR("weights",
               p.fit.members[0].weight + p.fit.members[1].weight + p.fit.members[2].weight, 1,
               1e-3);
    ck_assert(p.fit.shoulder != 0); /* without it the fit's figures do not give its colors */
    ck_assert_uint_eq(p.region_count, 4);
    ck_assert_int_eq(p.regions[1].region.box.height, 170);
    ck_assert(p.regions[1].reading.has_between_visits && p.regions[1].has_ita);
    ck_assert_int_eq(p.regions[2].region.shape, TNS_SHAPE_POLYGON);
    ck_assert_uint_eq(p.regions[2].region.point_count, 4);
    ck_assert_str_eq(p.regions[3].region.place, "patch:neutral-5");
    CHECK_NEAR("patches[0].outline[0].x", p.patches[0].outline[0].x, 996, 4);
    ck_assert_uint_eq(p.warnings.count, 1);
    tns_photo_finish(&p);
    free(text);
}
END_TEST

static bool read_photo(const char *text, size_t length, tns_error *err)
{
    tns_photo photo;
    bool done = tns_photo_parse(text, length, "r.json", &photo, NULL, err);
    ck_assert(done || (!photo.patches && !photo.regions));
    tns_photo_finish(&photo);
    return done;
}

START_TEST(every_broken_photo_is_refused_with_its_place_and_leaves_nothing)
{
    static const broken rows[] = {
        {"no image", "image", NULL, TNS_ERROR_FORMAT, "image: expected an object, found nothing"},
        {"no width", "width", NULL, TNS_ERROR_FORMAT, "image.width: expected a number"},
        {"a width of 0", "width", "0", TNS_ERROR_RANGE, "image.width:"},
        {"a GIF", "format", "\"gif\"", TNS_ERROR_FORMAT,
         "image.format: expected jpeg, png, tiff, heic or raw, found \"gif\""},
        {"a profile of a number", "profile", "7", TNS_ERROR_FORMAT,
         "image.profile: expected a text"},
        {"no chart", "chart", NULL, TNS_ERROR_FORMAT, "chart: expected an object"},
        {"an unknown status", "status", "\"guessed\"", TNS_ERROR_FORMAT,
         "chart.status: expected none, found, given or refused"},
        {"an unknown edition", "edition", "\"2014\"", TNS_ERROR_FORMAT,
         "chart.edition: expected auto"},
        {"three corners", "corners[", "[[1, 2], [3, 4], [5, 6]]", TNS_ERROR_FORMAT,
         "chart.corners: expected 4 rows, found 3"},
        {"a corner of three", "corners[", "[[1, 2, 3], [], [], []]", TNS_ERROR_FORMAT,
         "chart.corners[0]: expected 2 numbers, found 3"},
        {"a corner of text", "corners[", "[\"left\", [], [], []]", TNS_ERROR_FORMAT,
         "chart.corners[0]: expected an array"},
        {"an order score of 2", "order_score", "2", TNS_ERROR_RANGE,
         "chart.order_score: expected -1 to 1"},
        {"patches of text", "patches[", "\"\"", TNS_ERROR_FORMAT,
         "patches: expected an array, found a text"},
        {"a patch of nothing", "patches[", "[null]", TNS_ERROR_FORMAT,
         "patches[0]: expected an object"},
        {"no patch name", "name", NULL, TNS_ERROR_FORMAT, "patches[0].name: expected a text"},
        {"a patch name too long", "name", "\"the darkest skin of them all\"", TNS_ERROR_FORMAT,
         "patches[0].name: expected at most 23 bytes, found 28"},
        {"two primaries", "rgb[", "[0, 1]", TNS_ERROR_FORMAT,
         "patches[0].rgb: expected 3 numbers, found 2"},
        {"a lab without de00", "de00", NULL, TNS_ERROR_FORMAT,
         "patches[0].de00: expected a number"},
        {"a patch under D65", "illuminant", "\"D65\"", TNS_ERROR_FORMAT,
         "patches[0].lab: expected D50/2, found D65/2"},
        {"no reference", "reference", NULL, TNS_ERROR_FORMAT,
         "patches[0].reference: expected an object"},
        {"no used", "used", NULL, TNS_ERROR_FORMAT,
         "patches[0].used: expected true or false, found nothing"},
        {"no model", "model", NULL, TNS_ERROR_FORMAT, "fit.model: expected a text"},
        {"members of a number", "members[", "1", TNS_ERROR_FORMAT,
         "fit.members: expected an array, found a number"},
        {"a member of nothing", "members[", "[null]", TNS_ERROR_FORMAT,
         "fit.members[0].model: expected a text"},
        {"a member that weighs more than all", "weight", "1.5", TNS_ERROR_RANGE,
         "fit.members[0].weight: expected 0 to"},
        {"no leave-one-out", "loo_de00", NULL, TNS_ERROR_FORMAT,
         "fit.loo_de00: expected an object"},
        {"a mean below 0", "mean", "-1", TNS_ERROR_RANGE, "fit.loo_de00.mean: expected 0 to"},
        {"a slope of one", "slope[", "[1]", TNS_ERROR_FORMAT,
         "fit.slope: expected 2 numbers, found 1"},
        {"a matrix of numbers", "matrix[", "[1, 2, 3]", TNS_ERROR_FORMAT,
         "fit.matrix[0]: expected an array, found a number"},
        {"no regions", "regions", NULL, TNS_ERROR_FORMAT, "regions: expected an array"},
        {"half a pixel", "box[", "[470.5, 610, 240, 180]", TNS_ERROR_FORMAT,
         "regions[0].box: expected whole pixels"},
        {"a box of no width", "box[", "[470, 610, 0, 180]", TNS_ERROR_FORMAT,
         "regions[0].box: expected whole pixels"},
        {"a box left of the image", "box[", "[-1, 610, 240, 180]", TNS_ERROR_RANGE,
         "regions[0].box[0]: expected 0 to"},
        {"a line", "polygon[", "[[1, 2], [3, 4]]", TNS_ERROR_FORMAT,
         "regions[2].polygon: expected 3 points or more, found 2"},
        {"a point of three", "polygon[", "[[1, 2], [3, 4], [5, 6, 7]]", TNS_ERROR_FORMAT,
         "regions[2].polygon[2]: expected 2 numbers, found 3"},
        {"half of it trimmed away", "trim", "0.6", TNS_ERROR_RANGE,
         "regions[0].statistics.trim: expected 0 to 0.5"},
        {"a mixture of a word", "mixture{", "\"both\"", TNS_ERROR_FORMAT,
         "regions[0].statistics.mixture: expected an object"},
        {"an angle of 200", "degrees", "200", TNS_ERROR_RANGE,
         "regions[1].ita.degrees: expected -180 to 180"},
        {"an outline of three", "outline[", "[[1, 2], [3, 4], [5, 6]]", TNS_ERROR_FORMAT,
         "patches[0].outline: expected 4 rows, found 3"},
        {"a share above 1", "clipped", "1.5", TNS_ERROR_RANGE,
         "regions[0].clipped: expected 0 to 1, found 1.5"},
        {"a region's reading of another kind", "reading{", "{\"schema\": \"tonsure/palette/1\"}",
         TNS_ERROR_UNSUPPORTED, "regions[0].reading.schema: expected \"tonsure/reading/1\""},
        {"a broken uncertainty", "k", "\"2\"", TNS_ERROR_FORMAT,
         "patches[0].uncertainty.k: expected a number"},
        {"an error without code", "schema", "\"tonsure/photo/1\", \"error\": {\"text\": \"\"}",
         TNS_ERROR_FORMAT, "error.code: expected a text"},
    };
    refuse_broken(EXAMPLE, "tonsure/photo/1", read_photo, rows, sizeof rows / sizeof *rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo");
    TCase *tc = tcase_create("photo");
    tcase_add_test(tc, the_examples_of_photos_and_charts_are_read_and_written_byte_for_byte);
    tcase_add_test(tc, a_photo_refused_or_without_chart_is_read_back);
    tcase_add_test(tc, follicles_are_read_back_with_and_without_scale_and_color);
    tcase_add_test(tc, of_a_photo_every_kind_of_field_is_read);
    tcase_add_test(tc, every_broken_photo_is_refused_with_its_place_and_leaves_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
