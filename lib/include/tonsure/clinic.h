/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clients, visits and pots as people speak of them: "C12", "120cm2", "4h", "carbon=3,diluent=42";
 * and their use cases, as in service.h. A word that is not understood is TNS_ERROR_USAGE.
 */
#ifndef TONSURE_CLINIC_H
#define TONSURE_CLINIC_H

#include <tonsure/pot.h>
#include <tonsure/service.h>

TNS_BEGIN_DECLS

/* Warns of a product's pigment that the palette has not, with what is near it: no match finds it.
 */
TNS_API void tns_service_doubt_pigment(const tns_palette *palette, const char *pigment,
                                       tns_warnings *warnings);

/* "C12" or "12"; "V31"; "P5". */
TNS_API bool tns_service_client(const char *text, int64_t *out, tns_error *err);
TNS_API bool tns_service_visit(const char *text, int64_t *out, tns_error *err);
TNS_API bool tns_service_pot(const char *text, int64_t *out, tns_error *err);

/* "120", "12.5cm2": square centimeters, to the nearest square millimeter at most. */
TNS_API bool tns_service_area(const char *text, int64_t *mm2, tns_error *err);

/* "3", "2.5", "3ml" in microliters, above none. */
TNS_API bool tns_service_ml(const char *text, int64_t *ul, tns_error *err);

/* "4h", "90min". */
TNS_API bool tns_service_minutes(const char *text, int *out, tns_error *err);

/* Hashes a photo's bytes and its absolute path into a reading; the photo stays where it is. */
TNS_API bool tns_service_photo(const char *path, tns_site_reading *out, tns_error *err);

/*
 * A recipe as it is to be booked, "carbon=3,diluent=42", of what a person gives: that, or a match's
 * record as below. A file is read now, and only its parts stay.
 */
TNS_API bool tns_service_recipe(const char *recipe, const tns_palette *palette, int rank,
                                char out[TNS_RECIPE_TEXT_SIZE], tns_error *err);

/* As a person asks for a pot. */
typedef struct tns_pot_wish {
    const tns_palette *palette; /* borrowed: what is in its pigments; NULL = nothing is known */
    int64_t visit;
    /* Proportions by volume, "carbon=3,diluent=42"; a match's record, FILE.json, of which the
       recipe of that rank is taken; NULL = the visit's own. */
    const char *recipe;
    int rank;            /* 0 = 1 */
    int64_t ul;          /* 0 = the visit's own, else 3 ml */
    int discard_minutes; /* 0 = TNS_DISCARD_MINUTES */
    /* What all parts are whole multiples of: "drops", a syringe's "0.05ml"; NULL = a microliter */
    const char *unit;
    int64_t drop_nl;    /* of a drop; 0 = of the bottle that is taken first */
    tns_pot_list *made; /* as of a tns_pot_order */
} tns_pot_wish;

/*
 * tns_pot_make() with what the wish comes to; a part of less than the unit is refused. Warns of a
 * part of less than a drop where there is no unit, of a match that is made larger or smaller, and
 * tells what the rounding to the unit does to a match's color, or to the shares of other recipes.
 */
TNS_API bool tns_service_mix(tns_stock *stock, const tns_pot_wish *wish, const tns_stock_act *act,
                             tns_stock_change *out, tns_error *err);

/*
 * What of a palette is on the shelf, good on a day (none = today), and safe for a client (0 = for
 * anybody), to match with; enough for a pot of so many ml (0 = 3). tns_stocked_destroy() it.
 */
TNS_API tns_stocked *tns_service_stocked(tns_stock *stock, const tns_palette *palette,
                                         int64_t client, tns_day on, double pot_ml, tns_error *err);
/* NULL is taken. */
TNS_API void tns_stocked_destroy(tns_stocked *stocked);

TNS_END_DECLS

#endif
