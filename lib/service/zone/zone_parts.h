/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a zone is answered with. */
#ifndef SERVICE_ZONE_ZONE_PARTS_H
#define SERVICE_ZONE_ZONE_PARTS_H

#include <tonsure/skin_records.h>

/* What a reading is to be in a question; each names the option that a person uses. */
typedef enum tns_role {
    TNS_ROLE_DOT,
    TNS_ROLE_SKIN,
    TNS_ROLE_AREA,
    TNS_ROLE_BARE,
    TNS_ROLE_HEALED /* the skin that ink heals into */
} tns_role;

/*
 * False, with the cure, where a reading says that it is of something else. One that does not say
 * becomes what the role wants, and sets the role's bit in *unsaid.
 */
bool tns_role_take(tns_role role, tns_reading *reading, unsigned *unsaid, tns_error *err);

/*
 * What ink looks like in healed skin is a dot's color: false, with the way out, for an area and for
 * bare skin; ink and hair are noted.
 */
bool tns_role_check_healed(const tns_reading *target, tns_warnings *warnings, tns_error *err);

/*
 * A target and a skin that were not read alike differ by the surface's reflection, 2.8 % of the
 * light: false, with the cure, where one has it and the other has not; noted where one does not
 * say.
 */
bool tns_role_check_specular(tns_specular target, tns_specular skin, tns_warnings *warnings,
                             tns_error *err);

/* One sentence about all that did not say. */
void tns_role_warn(unsigned unsaid, tns_warnings *warnings);

/* The sentence for a specialist, and what went wrong. */
void tns_zone_sentence(const tns_zone_record *record, char *text, size_t size);
void tns_zone_failure(const tns_zone_record *record, tns_error *out);

#endif
