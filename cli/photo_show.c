/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "photo.h"

static void print_region(const cli *c, const tns_photo_region *region)
{
    if (region->reading.has_color)
        cli_print_reading(c, region->region.name, &region->reading);
    else
        printf("%-10s linear RGB %.4f %.4f %.4f, no color without a chart\n", region->region.name,
               region->rgb[0], region->rgb[1], region->rgb[2]);
}

void cli_photo_print(const cli *c, const char *path, const tns_photo *photo)
{
    static const char *const statuses[] = {"not asked for", "found", "at the corners given",
                                           "refused"};
    printf("%-10s %s: %d x %d %s, %s\n", "Photo", path, photo->image.width, photo->image.height,
           photo->image.format, photo->image.profile[0] ? photo->image.profile : "no profile");
    printf("%-10s %s%s%s", "Chart", photo->chart.kind, photo->chart.kind[0] ? ", " : "",
           statuses[photo->chart.status]);
    if (photo->chart.has_order_score)
        printf(", color order %.2f", photo->chart.order_score);
    printf("%s%s\n", photo->chart.reason[0] ? ": " : "", photo->chart.reason);
    if (photo->has_fit)
        printf("%-10s dE00 %.1f mean, %.1f at 95 %%, %.1f on the skin patches\n"
               "           (each patch left out in turn)\n",
               "Accuracy", photo->fit.loo_mean, photo->fit.loo_p95, photo->fit.skin_de00);
    for (size_t i = 0; i < photo->region_count; i++)
        print_region(c, &photo->regions[i]);
    cli_print_warnings(&photo->warnings);
}
