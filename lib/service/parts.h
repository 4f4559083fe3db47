/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several use cases share. */
#ifndef SERVICE_PARTS_H
#define SERVICE_PARTS_H

#include <tonsure/service.h>

enum { TNS_PATH_SIZE = 1024 };

#define TNS_DEFAULT_PALETTE "generic-smp"

/* What stands for the palette in force: the argument, the environment, the config file. */
bool tns_palette_chosen(const char *asked, char *name, size_t size, tns_error *err);

/* A file, not a name: it has a '/' or ends in ".json". */
bool tns_is_palette_path(const char *name);

/* What the config file says of a key; `value` stays where it says nothing. A broken config file is
   an error, a missing one none. */
bool tns_setting(const char *key, char *value, size_t size, tns_error *err);

/* tns_palette_save(), or of a dry run whether it could be. */
bool tns_palette_keep(const tns_palette *palette, const char *path, bool dry_run, tns_error *err);

/* The folder of the user's own palettes; false when neither HOME nor XDG_DATA_HOME is set. */
bool tns_user_palettes(char out[TNS_PATH_SIZE]);

/* A file of the user's own data, $XDG_DATA_HOME/tonsure/NAME; false as above. */
bool tns_user_data(const char *name, char out[TNS_PATH_SIZE]);

/* The modelled pigment that has a Colour Index ("CI 77266", "77266") alone, for one of several is a
   mixture; NULL when there is none. */
const tns_pigment *tns_pigment_modelled(const tns_palette *palette, const char *color_index);

/* How a fit is asked for, as numbers; `name` is left NULL. Borrows the order's texts. */
bool tns_fit_options_parse(const tns_fit_order *order, tns_fit_options *out, tns_error *err);

/* The same, where nothing else is asked for as a palette has it: surface, gloss, units. */
bool tns_fit_options_like(const tns_fit_order *order, const tns_palette *known,
                          tns_fit_options *out, tns_error *err);

/* The palette's name by its file: "clinic/shelf.json" -> "shelf". */
void tns_fit_palette_name(const char *path, char *name, size_t size);

/* Where a changed palette goes: the file named, or the user's own of that name. */
bool tns_palette_own_path(const char *name, char *out, size_t size, tns_error *err);
/* Whether a file written there will be the first to stand in for the shipped palette of that name;
 * and the warning, once it is written. */
bool tns_palette_will_shadow(const char *name, const char *path);
void tns_palette_warn_of_shadow(const char *name, tns_warnings *warnings);

/* The color that looks alike under another viewing. */
bool tns_service_adapt(const tns_color *color, const tns_viewing *to, tns_adaptation adaptation,
                       tns_color *out, tns_error *err);

/*
 * What a bare color's uncertainty grows by, in quadrature, on its way to another viewing: through
 * an estimated spectrum, whose prior is named, or adapted, NULL.
 */
tns_uncertainty tns_moving_cost(const tns_color *from, const tns_viewing *to, const char *prior);

/*
 * "a, b,c" one by one: copies the next name without the blanks around it, moves *list behind it;
 * false at the end. A comma between parentheses is part of a name: "Iron(II,III) oxide".
 */
bool tns_next_name(const char **list, char *name, size_t size);

/* That the spectrum of "the target" or "the backing" is an estimate; what holds for both, the
   target first, is one sentence. */
void tns_warn_of_estimate(tns_warnings *warnings, const char *what, const char *prior);

/* What is doubtful in a reading, as warnings about what it stands for ("the backing"); what was
   said of the target already is then said of both. */
void tns_warn_of_reading(tns_warnings *warnings, const char *what, const tns_reading *reading);

/* Viewings from "D65,A,F11"; *count of at most `room`. */
bool tns_viewings_parse(const char *list, tns_viewing *out, size_t room, size_t *count,
                        tns_error *err);

/* "carbon=3,white=20" as palette->count amounts (all others 0); `has_diluent` says whether one of
   the named is a diluent. */
bool tns_recipe_parse(const tns_palette *palette, const char *recipe, double *amounts,
                      bool *has_diluent, tns_error *err);

/* One unit by the palette's basis, a unit's size apart: a drop and an ml are volumes, a gram is a
   mass. */
double tns_unit_by_basis(const tns_palette *palette, const tns_pigment *pigment,
                         tns_unit_kind unit);

/* Turns a recipe's amounts in "drops", "ml" or "0.05ml", "g" or "0.01g" into proportions by the
   palette's basis; NULL = they are that already. */
bool tns_recipe_to_basis(const tns_palette *palette, const char *unit, double *amounts,
                         tns_error *err);

/* A solved recipe's shares of the liquid, diluent included, as such amounts; what it has none of
   stays as it is. */
void tns_recipe_amounts(const tns_recipe *recipe, double *amounts);

/* "30" or "exactly:20"; NULL = the default. */
bool tns_drops_parse(const char *text, tns_match_request *out, tns_error *err);

/* "drops", "0.05ml", "0.01g"; NULL = drops. */
bool tns_unit_parse(const char *text, tns_unit *out, tns_error *err);

/* As many weights as illuminants; NULL = the usual ones, the first lamp alone when `estimated`. */
bool tns_weights_parse(const char *text, bool estimated, size_t count, double *out, tns_error *err);

/*
 * Fills in, by their index, the pigments that a list of words (NULL = none) means: ids, names, a
 * Colour Index, a CAS number, an ingredient. One that means none fails with what is near it; with
 * `absent` (may be NULL) one that is near nothing, or that is a sound number, is noted there
 * instead: an allergen that no bottle holds is no mistake.
 */
bool tns_pigments_mark(const tns_palette *palette, const char *option, const char *list,
                       tns_left_out *marked, tns_warnings *absent, tns_error *err);

/*
 * Those that `without` marked and `only` (NULL = all) does not leave out anyway, additives apart,
 * which no recipe has; *out has room for as many as the palette. How many they are.
 */
size_t tns_left_out_list(const tns_palette *palette, const tns_left_out *only,
                         const tns_left_out *without, tns_left_out *out);

/* Pigments that stay though something was left out for what it holds, and theirs is not known. */
void tns_warn_of_silent(tns_warnings *warnings, const tns_palette *palette,
                        const tns_left_out *without, const int *pigments, size_t count);

/*
 * The fewest units of each pigment of the palette, to free(): "2" for all, "carbon-black=3" for
 * what the name means, which goes before; 0 where nothing is said.
 */
int *tns_least_units_parse(const tns_palette *palette, const char *list, tns_error *err);

/* A copy whose pigments, to free(), have drops as a list such as "carbon-black=0.05" (ml) says. */
bool tns_palette_with_drops(const tns_palette *palette, const char *list, tns_palette *out,
                            tns_error *err);

/* "; near it: a, b": ids, and unless `ids_only` indices and ingredients too; "" when none is. */
void tns_near_names(const tns_palette *palette, const char *word, bool ids_only, char *text,
                    size_t size);
/* The same of the pigments that a word means, "Titandioxid" of titanium-dioxide; else of ids. */
void tns_pigments_meant(const tns_palette *palette, const char *word, char *text, size_t size);

/*
 * What a film's backing and target are estimated with: skin, unless they say what they are. Both by
 * the same, or the one's error would pass for a difference of color. (A color that no skin has is
 * left to LHTSS.)
 */
tns_prior tns_prior_with_film(const tns_reading *reading);

/*
 * What stands behind "healed:": the terms, and the skin found for the reading. A reading that is no
 * skin is TNS_ERROR_RANGE.
 */
bool tns_healed_parse(const char *text, const tns_palette *palette, tns_healing_terms *terms,
                      tns_skin_fit *skin, tns_warnings *warnings, tns_error *err);

/* A surface as typed that is read only when it has healed: no pot is. */
bool tns_surface_is_healed(const char *text);

/* The prior of a target on a surface as typed: with the film on one, by the reading else. */
tns_prior tns_prior_on(const char *surface, const tns_reading *reading);

/* The reading's spectrum; for a color no surface has, that of the nearest one, with a warning. */
bool tns_reachable_spectrum(const tns_reading *reading, tns_prior prior, tns_spectrum *out,
                            tns_warnings *warnings, tns_error *err);

/*
 * What a reading states of its error, with what a color without a measured spectrum loses on its
 * way to the viewing: LL, La, Lb, aa, ab, bb of one standard deviation. False: nothing is known.
 */
bool tns_reading_covariance(const tns_reading *reading, const tns_spectrum *spectrum,
                            const tns_viewing *viewing, double out[6]);

/*
 * Appraises the answer's match with what is known of its target's error. `target` = the color
 * wanted, under the request's first viewing; NULL = that of the request's spectrum.
 */
bool tns_answer_appraise(const tns_match_answer *answer, const tns_lab *target,
                         const tns_context *context, tns_match *match, tns_error *err);

/* The sentence for a specialist. */
void tns_answer_sentence(const tns_match_answer *answer, char *text, size_t size);
void tns_correct_sentence(const tns_correct_answer *answer, char *text, size_t size);

#endif
