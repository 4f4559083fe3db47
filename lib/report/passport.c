/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ink passport. The statements are those of Commission Regulation (EU) 2020/2081, which is
 * entry 75 of REACH's Annex XVII, in force for inks and permanent make-up since 4 January 2022.
 */
#include <string.h>

#include "base/text.h"
#include "report/document.h"

/* Without it on the label such a mixture must not be used. */
static const char statement[] = "Mixture for use in tattoos or permanent make-up";
static const char nickel[] = "Contains nickel. Can cause allergic reactions.";
static const char chromium[] = "Contains chromium (VI). Can cause allergic reactions.";

static const char *or_else(const char *text, const char *otherwise)
{
    return text && text[0] ? text : otherwise;
}

/* ---- what the QR holds ---- */

static void put(char *out, const char *line)
{
    if (strlen(out) + strlen(line) < TNS_PASSPORT_CODE)
        strcat(out, line);
}

/* What no longer fits is left out, whole lines at a time. */
void tns_passport_code(const tns_passport *p, char out[TNS_PASSPORT_CODE])
{
    char line[300], day[TNS_DAY_TEXT];
    tns_day_write(p->day, day);
    tns_text_format(out, TNS_PASSPORT_CODE, "TONSURE:%.15s\nInk passport %.15s %s\n", p->visit,
                    p->client, day);
    for (size_t i = 0; i < p->part_count; i++) {
        const tns_passport_part *part = &p->parts[i];
        bool entered = part->color_index[0];
        const char *index = entered ? part->color_index : or_else(part->known_index, "");
        tns_text_format(line, sizeof line, "%.60s, lot %.48s%s%.80s%s\n", part->product, part->lot,
                        index[0] ? ", CI " : "", index, !entered && index[0] ? "*" : "");
        put(out, line);
    }
}

/* ---- what the labels say ---- */

static bool was_listed(const tns_passport *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->parts[k].product, p->parts[i].product) == 0)
            return true;
    return false;
}

/* The inks of which it was entered that their label has the statement; has it not; neither. */
static size_t list_inks(const tns_passport *p, tns_label_word word, char *out, size_t size)
{
    size_t count = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->part_count; i++) {
        size_t used = strlen(out);
        if (p->parts[i].diluent || p->parts[i].statement != word || was_listed(p, i))
            continue;
        tns_text_format(out + used, size - used, "%s%s", count++ ? ", " : "", p->parts[i].product);
    }
    return count;
}

static bool lacks_statement(const tns_passport *p, char *out, size_t size)
{
    char inks[1000];
    if (!list_inks(p, TNS_LABEL_WITHOUT, inks, sizeof inks))
        return false;
    tns_text_format(out, size,
                    "The label of %s does not say \"%s\". Such an ink must not be used in the "
                    "European Union.",
                    inks, statement);
    return true;
}

static void add_stated(tns_document *d, const tns_passport *p)
{
    char inks[1000], lacking[TNS_PASSPORT_WARNING];
    if (list_inks(p, TNS_LABEL_NAMES, inks, sizeof inks))
        tns_document_addf(d, TNS_BLOCK_TEXT, "%s: %s.", inks, statement);
    if (lacks_statement(p, lacking, sizeof lacking))
        tns_document_add(d, TNS_BLOCK_WARNING, lacking);
    if (list_inks(p, TNS_LABEL_UNREAD, inks, sizeof inks))
        tns_document_addf(d, TNS_BLOCK_NOTE,
                          "Of %s nobody entered whether the label says \"%s\". An ink whose label "
                          "does not must not be used in the European Union.",
                          inks, statement);
}

static bool any_names(const tns_passport *p, bool metal_is_nickel)
{
    for (size_t i = 0; i < p->part_count; i++)
        if ((metal_is_nickel ? p->parts[i].nickel : p->parts[i].chromium) == TNS_LABEL_NAMES)
            return true;
    return false;
}

/* Of these products nothing can be said. */
static size_t list_unread(const tns_passport *p, char *out, size_t size)
{
    size_t count = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->part_count; i++) {
        size_t used = strlen(out);
        const tns_passport_part *part = &p->parts[i];
        bool unread = part->nickel == TNS_LABEL_UNREAD || part->chromium == TNS_LABEL_UNREAD;
        if (unread && !was_listed(p, i))
            tns_text_format(out + used, size - used, "%s%s", count++ ? ", " : "", part->product);
    }
    return count;
}

static void add_metals(tns_document *d, const tns_passport *p)
{
    char unread[1000];
    bool has_nickel = any_names(p, true), has_chromium = any_names(p, false);
    if (has_nickel)
        tns_document_add(d, TNS_BLOCK_WARNING, nickel);
    if (has_chromium)
        tns_document_add(d, TNS_BLOCK_WARNING, chromium);
    if (list_unread(p, unread, sizeof unread))
        tns_document_addf(d, TNS_BLOCK_NOTE,
                          "Of %s nobody entered what is in it: whether it has nickel or chromium "
                          "(VI) is not known here.",
                          unread);
    else if (!has_nickel && !has_chromium)
        tns_document_add(d, TNS_BLOCK_NOTE,
                         "No ingredient that was entered names nickel or chromium (VI).");
}

/* Whether an earlier part, of another pot mostly, is of the same lot. */
static bool was_told(const tns_passport *p, size_t at)
{
    bool told = false;
    for (size_t i = 0; i < at; i++)
        told = told || (strcmp(p->parts[i].product, p->parts[at].product) == 0 &&
                        strcmp(p->parts[i].lot, p->parts[at].lot) == 0);
    return told;
}

static bool is_unsterile(const tns_passport *p, size_t at, char *out, size_t size)
{
    const tns_passport_part *part = &p->parts[at];
    if (!part->diluent || part->sterile || was_told(p, at))
        return false;
    tns_text_format(out, size, "%s, lot %s, did not come as sterile.", part->product, part->lot);
    return true;
}

static void add_statements(tns_document *d, const tns_passport *p)
{
    char text[TNS_PASSPORT_WARNING];
    if (p->part_count == 0)
        return;
    tns_document_add(d, TNS_BLOCK_HEADING, "As the labels have it");
    add_stated(d, p);
    add_metals(d, p);
    for (size_t i = 0; i < p->part_count; i++)
        if (is_unsterile(p, i, text, sizeof text))
            tns_document_add(d, TNS_BLOCK_WARNING, text);
}

size_t tns_passport_label_warnings(const tns_passport *p, char (*out)[TNS_PASSPORT_WARNING])
{
    size_t count = lacks_statement(p, out[0], sizeof out[0]);
    for (int is_nickel = 1; is_nickel >= 0; is_nickel--)
        if (any_names(p, is_nickel))
            tns_text_copy(out[count++], TNS_PASSPORT_WARNING, is_nickel ? nickel : chromium);
    for (size_t i = 0; i < p->part_count; i++)
        count += is_unsterile(p, i, out[count], sizeof out[count]);
    return count;
}

/* ---- the page ---- */

/* What is mixed is not all laid into the skin. */
static void add_amounts(tns_document *d, const tns_passport *p)
{
    int64_t mixed = 0;
    char left[80] = "", open[80] = "", when[80] = "", day[TNS_DAY_TEXT];
    tns_day_write(p->day, day);
    for (size_t i = 0; i < p->part_count; i++)
        mixed += p->parts[i].ul;
    if (p->left_ul > 0)
        tns_text_format(left, sizeof left, ", of which %.3f ml were left and thrown away",
                        (double)p->left_ul / 1000);
    if (p->open_pots > 0)
        tns_text_format(open, sizeof open, "; of %zu pot%s nobody said yet what was left",
                        p->open_pots, p->open_pots == 1 ? "" : "s");
    if (p->is_open && p->day > p->printed)
        tns_text_format(when, sizeof when, "The visit is still to come, on %s. ", day);
    else if (p->is_open)
        tns_text_format(when, sizeof when, "The visit is not closed yet. ");
    tns_document_addf(d, TNS_BLOCK_NOTE, "%sAmounts are what was mixed%s: %.3f ml%s%s.", when,
                      p->is_open ? " so far" : "", (double)mixed / 1000, left, open);
}

static bool has_known_index(const tns_passport_part *part)
{
    return !part->color_index[0] && or_else(part->known_index, "")[0];
}

/* As the label has it; else, with a star, as the palette has the pigment. */
static const char *index_of(const tns_passport_part *part, char *out, size_t size)
{
    if (!has_known_index(part))
        return or_else(part->color_index, part->diluent ? "-" : "not entered");
    tns_text_format(out, size, "%.199s *", part->known_index);
    return out;
}

static void add_part(tns_document *d, const tns_passport_part *part)
{
    char day[TNS_DAY_TEXT], amount[32], product[200], lot[100], index[210];
    tns_day_write(part->expires, day);
    tns_text_format(amount, sizeof amount, "%.3f ml", (double)part->ul / 1000);
    tns_text_format(product, sizeof product, "%.100s%s%.60s", part->product,
                    part->supplier[0] ? ", " : "", part->supplier);
    tns_text_format(lot, sizeof lot, "%.48s%s", part->lot,
                    part->internal_lot ? " (the clinic's own: the maker gave none)" : "");
    const char *const cells[] = {
        part->pot, product, lot, or_else(day, "not stated"), index_of(part, index, sizeof index),
        amount};
    tns_document_row(d, 6, cells);
}

static void add_parts(tns_document *d, const tns_passport *p)
{
    static const char *const heads[] = {"Pot",          "Product",     "Batch (lot)",
                                        "Label's date", "Color Index", "Amount"};
    static const int width[] = {7, 26, 20, 14, 17, -13};
    tns_document_add(d, TNS_BLOCK_HEADING, "What was mixed");
    if (p->part_count == 0)
        tns_document_add(d, TNS_BLOCK_TEXT, "No pot was mixed for this visit.");
    else
        tns_document_table(d, 6, heads, width);
    for (size_t i = 0; i < p->part_count; i++)
        add_part(d, &p->parts[i]);
    if (p->part_count > 0)
        add_amounts(d, p);
    for (size_t i = 0; i < p->part_count; i++)
        if (has_known_index(&p->parts[i])) {
            tns_document_add(
                d, TNS_BLOCK_NOTE,
                "* Not entered from the label: of the pigment, as the palette has it.");
            return;
        }
}

static void add_contents(tns_document *d, const tns_passport_part *part)
{
    char text[1800];
    bool known = !part->ingredients[0] && or_else(part->known_ingredients, "")[0];
    tns_text_format(text, sizeof text, "not entered: see the label of the bottle%s%s",
                    known ? "; of the pigment the palette has: " : "",
                    known ? part->known_ingredients : "");
    tns_document_fact(d, part->product, or_else(part->ingredients, text));
}

static void add_ingredients(tns_document *d, const tns_passport *p)
{
    if (p->part_count > 0)
        tns_document_add(d, TNS_BLOCK_HEADING, "Ingredients");
    for (size_t i = 0; i < p->part_count; i++)
        if (!was_listed(p, i))
            add_contents(d, &p->parts[i]);
}

static void add_warnings(tns_document *d, const tns_passport *p)
{
    if (p->warning_count == 0)
        return;
    tns_document_add(d, TNS_BLOCK_HEADING, "To be known");
    for (size_t i = 0; i < p->warning_count; i++)
        tns_document_add(d, TNS_BLOCK_WARNING, p->warnings[i]);
}

static void add_visit(tns_document *d, const tns_passport *p)
{
    char day[TNS_DAY_TEXT], client[160];
    tns_day_write(p->day, day);
    tns_text_format(client, sizeof client, "%.20s%s%.100s", p->client, p->name[0] ? ", " : "",
                    p->name);
    tns_document_fact(d, "Client", client);
    tns_document_fact(d, "Day", day);
    tns_document_fact(d, "Session", p->kind);
    tns_document_fact(d, "Where", p->sites);
    tns_document_fact(d, "Done by", p->actor);
    tns_document_fact(d, "Clinic", p->clinic);
    tns_document_fact(d, "Allergies told",
                      p->allergies ? or_else(p->allergies, "none") : "not known here");
}

static void add_notes(tns_document *d, const tns_passport *p)
{
    char day[TNS_DAY_TEXT];
    tns_day_write(p->printed, day);
    tns_document_add(d, TNS_BLOCK_HEADING, "About this sheet");
    tns_document_addf(d, TNS_BLOCK_NOTE,
                      "Printed on %s. It repeats what was entered from the labels of the bottles; "
                      "where they differ, the label holds. The statements are the wording of "
                      "Commission Regulation (EU) 2020/2081 (REACH, Annex XVII, entry 75). That "
                      "the products, or this sheet, meet that or any other law is not said here.",
                      day);
    tns_document_add(d, TNS_BLOCK_NOTE,
                     "Keep it. If the skin itches, swells or reddens later, or before a scan by "
                     "magnetic resonance or a removal by laser, show it to the doctor.");
}

bool tns_passport_write(const tns_passport *p, tns_document_format format, tns_document_bytes *out,
                        tns_error *err)
{
    tns_document d;
    char code[TNS_PASSPORT_CODE], under[120], day[TNS_DAY_TEXT];
    *out = (tns_document_bytes){0};
    tns_day_write(p->day, day);
    tns_text_format(under, sizeof under, "Visit %.20s of %s", p->visit, day);
    tns_passport_code(p, code);
    tns_document_begin(&d, or_else(p->clinic, "Scalp micropigmentation"), "Ink passport", under);
    if (!tns_qr_make(code, false, &d.qr, err)) {
        tns_document_finish(&d);
        return false;
    }
    add_visit(&d, p);
    add_parts(&d, p);
    add_ingredients(&d, p);
    add_statements(&d, p);
    add_warnings(&d, p);
    add_notes(&d, p);
    return tns_document_write(&d, format, out, err);
}
