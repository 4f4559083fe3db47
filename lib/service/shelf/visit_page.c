/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit on a page. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tonsure/records.h>

#include "base/text.h"
#include "service/shelf/cells.h"
#include "service/shelf/gather.h"

enum { TABLES = 4, FACTS = 12, MIXED = 2, FOLLOW_UPS = 3 };

static const tns_cell_table tables[TABLES] = {
    {"Readings",
     5,
     {"Where", "Of what", "Color: L*, a*, b*", "Light", "Known to \xc2\xb1"},
     {22, 16, 26, 12, 24}},
    {"Pots",
     7,
     {"Pot", "Mixed", "Discard by", "Amount", "Left over", "Cost", "Waste cost"},
     {9, 20, 20, -13, -14, -11, -13}},
    {"What was mixed",
     7,
     {"Pot", "Of", "Product", "Bottle", "Lot", "Amount", "Cost"},
     {7, 20, 20, 9, 19, -14, -11}},
    {"Follow-ups",
     5,
     {"Days after", "Where", "Of what", "Color: L*, a*, b*", "Light"},
     {13, 23, 18, 30, 16}},
};

typedef struct page {
    tns_cells cells;
    size_t begin[TABLES + 1];
    size_t fact_count;
    const char *facts[FACTS][2];
    char allergies[TNS_ALLERGIES_TEXT];
} page;

/* ---- readings ---- */

static const char *what_words(tns_what what)
{
    static const char *const words[] = {"", "a dot", "an area", "skin", "a strand", "ink"};
    return words[what];
}

/* What is on the card may have been written by another program. */
static bool read_reading(const tns_site_reading *r, tns_reading *out)
{
    tns_error ignored;
    return r->record && tns_reading_parse(r->record, strlen(r->record), "reading", out, &ignored) &&
           out->has_color;
}

static void put_color(tns_cells *c, bool known, const tns_reading *reading)
{
    const tns_color *color = &reading->color;
    char *text = tns_cell_next(c), *light = tns_cell_next(c);
    if (!known) {
        tns_text_format(text, TNS_CELL_TEXT, "not to be read");
        return;
    }
    tns_text_format(text, TNS_CELL_TEXT, "%.1f, %.1f, %.1f", color->lab.L, color->lab.a,
                    color->lab.b);
    tns_text_format(light, TNS_CELL_TEXT, "%s, %d\xc2\xb0", color->illuminant,
                    (int)color->observer);
}

static void put_reading(tns_cells *c, const tns_site_reading *r)
{
    tns_reading reading;
    bool known = read_reading(r, &reading);
    const tns_uncertainty *u = &reading.uncertainty;
    tns_cell_text(c, r->site);
    tns_cell_text(c, known ? what_words(reading.what) : "");
    put_color(c, known, &reading);
    char *bars = tns_cell_next(c);
    if (known && reading.has_uncertainty)
        tns_text_format(bars, TNS_CELL_TEXT, "%.1f, %.1f, %.1f", u->L, u->a, u->b);
}

static void put_follow_up(tns_cells *c, const tns_site_reading *r)
{
    tns_reading reading;
    bool known = read_reading(r, &reading);
    tns_cell_number(c, r->days);
    tns_cell_text(c, r->site);
    tns_cell_text(c, known ? what_words(reading.what) : "");
    put_color(c, known, &reading);
}

static void put_readings(tns_cells *c, const tns_site_reading_list *list, bool follow_ups)
{
    for (size_t i = 0; i < list->count; i++)
        if ((list->readings[i].days > 0) == follow_ups)
            (follow_ups ? put_follow_up : put_reading)(c, &list->readings[i]);
}

/* ---- pots ---- */

/* As calendar and clock on the wall have it. */
static void put_time(tns_cells *c, int64_t seconds)
{
    struct tm local = {0};
    time_t time = (time_t)seconds;
    char *text = tns_cell_next(c);
    if (localtime_r(&time, &local))
        strftime(text, TNS_CELL_TEXT, "%Y-%m-%d %H:%M", &local);
}

/* To the nearest hundredth; nothing where none is stated. */
static void put_cost(tns_cells *c, int64_t millicents)
{
    if (millicents)
        tns_cell_money(c, (millicents + 500) / 1000);
    else
        tns_cell_text(c, "");
}

static void put_pot(tns_cells *c, const tns_pot *pot)
{
    bool closed = pot->state == TNS_POT_CLOSED;
    tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "P%" PRId64, pot->id);
    put_time(c, pot->mixed);
    put_time(c, pot->discard_by);
    tns_cell_amount(c, pot->ul, false);
    if (closed)
        tns_cell_amount(c, pot->left_ul, false);
    else
        tns_cell_text(c, "not told yet");
    put_cost(c, pot->cost_millicents);
    put_cost(c, closed ? tns_pot_waste_cents(pot) * 1000 : 0);
}

static void put_part(tns_cells *c, const tns_pot *pot, const tns_pot_taken *taken)
{
    tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "P%" PRId64, pot->id);
    tns_cell_text(c, taken->pigment[0] ? taken->pigment : "diluent");
    tns_cell_text(c, taken->product);
    tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "B%" PRId64, taken->bottle);
    tns_cell_text(c, taken->lot);
    tns_cell_amount(c, taken->ul, false);
    put_cost(c, taken->cost_millicents);
}

/* ---- facts ---- */

/* Of a text that stays. */
static void put_fact(page *p, const char *name, const char *text)
{
    p->facts[p->fact_count][0] = name;
    p->facts[p->fact_count++][1] = text;
}

/* Of the cell that was filled last. */
static void add_fact(page *p, const char *name)
{
    put_fact(p, name, p->cells.texts[p->cells.used - 1]);
}

/* "none", where that was told; "not known here", where there is no card. */
static void put_allergies(page *p, const tns_client *client)
{
    tns_list_allergies(client, p->allergies);
    put_fact(p, "Allergies told",
             !client->has_card ? "not known here"
             : p->allergies[0] ? p->allergies
                               : "none");
}

static void put_client(page *p, const tns_client *client)
{
    char *text = tns_cell_next(&p->cells);
    tns_text_format(text, TNS_CELL_TEXT, "C%" PRId64 "%s%s%s", client->id,
                    client->card.name[0] ? ", " : "", client->card.name,
                    client->erased ? ", erased" : "");
    add_fact(p, "Client");
    put_allergies(p, client);
}

static void put_planned(page *p, const tns_visit *visit)
{
    if (visit->area_mm2) {
        tns_text_format(tns_cell_next(&p->cells), TNS_CELL_TEXT, "%.6g cm\xc2\xb2",
                        (double)visit->area_mm2 / 100);
        add_fact(p, "Area");
    }
    put_fact(p, "Recipe booked", visit->recipe);
    if (visit->pot_ul) {
        tns_cell_amount(&p->cells, visit->pot_ul, false);
        add_fact(p, "Pot booked");
    }
}

/* "0.40 ml, worth 0.38", and of how many nobody told. */
static void put_left(page *p, const tns_visit_sums *sums)
{
    char worth[32], *text = tns_cell_next(&p->cells);
    tns_text_format(text, TNS_CELL_TEXT, "%.3f ml, worth %s%s", (double)sums->left_ul / 1000,
                    tns_text_cents(sums->waste_cents, worth),
                    sums->open_pots ? "; of what is not closed nobody told yet" : "");
    add_fact(p, "Left over, thrown away");
}

static void put_facts(page *p, const tns_visit_file *file, const char *clinic)
{
    tns_visit_sums sums = tns_visit_add_up(&file->pots);
    put_client(p, &file->client);
    put_fact(p, "Session", tns_visit_kind_words(file->visit.kind));
    put_fact(p, "State", tns_visit_state_name(file->visit.state));
    put_fact(p, "Clinic", clinic ? clinic : "");
    put_planned(p, &file->visit);
    if (file->pots.count == 0)
        return;
    tns_cell_amount(&p->cells, sums.ul, false);
    add_fact(p, "Mixed");
    tns_cell_money(&p->cells, sums.cost_cents);
    add_fact(p, sums.unpriced ? "Cost, as far as known" : "Cost");
    put_left(p, &sums);
}

/* ---- the page ---- */

static bool begin(page *p, const tns_visit_file *file, tns_error *err)
{
    size_t parts = 0;
    for (size_t i = 0; i < file->pots.count; i++)
        parts += file->pots.pots[i].part_count;
    return tns_cells_begin(
        &p->cells, (file->pots.count + parts + file->readings.count) * TNS_CELL_COLUMNS + FACTS,
        err);
}

static void fill(page *p, const tns_visit_file *file, const char *clinic)
{
    tns_cells *c = &p->cells;
    put_readings(c, &file->readings, false);
    p->begin[1] = c->used;
    for (size_t i = 0; i < file->pots.count; i++)
        put_pot(c, &file->pots.pots[i]);
    p->begin[MIXED] = c->used;
    for (size_t i = 0; i < file->pots.count; i++)
        for (size_t k = 0; k < file->pots.pots[i].part_count; k++)
            put_part(c, &file->pots.pots[i], &file->pots.pots[i].parts[k]);
    p->begin[FOLLOW_UPS] = c->used;
    put_readings(c, &file->readings, true);
    p->begin[TABLES] = c->used;
    put_facts(p, file, clinic);
}

static bool write_page(const tns_visit_file *file, const page *p, const tns_paper_request *request,
                       const char *path, tns_error *err)
{
    char title[48], under[160], day[TNS_DAY_TEXT], printed[TNS_DAY_TEXT];
    tns_figures_table filled[TABLES];
    static const char note[] = "Costs are those of the day a pot was mixed. What went into the "
                               "skin, for the client to keep, "
                               "is on the ink passport.";
    const char *const notes[] = {note};
    const char **warnings = calloc(file->warning_count + 1, sizeof *warnings);
    if (!warnings)
        return tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
    for (size_t i = 0; i < file->warning_count; i++)
        warnings[i] = file->warnings[i].text;
    for (int i = 0; i < TABLES; i++)
        filled[i] = tns_cells_as_table(&p->cells, &tables[i], p->begin[i], p->begin[i + 1]);
    tns_day_write(file->visit.day, day);
    tns_day_write(tns_day_today(request->context), printed);
    tns_text_format(title, sizeof title, "Visit V%" PRId64, file->visit.id);
    tns_text_format(under, sizeof under, "Booked for %s; printed on %s", day, printed);
    const tns_figures figures = {.over = "Visit report",
                                 .title = title,
                                 .under = under,
                                 .fact_count = p->fact_count,
                                 .facts = (const char *const(*)[2])p->facts,
                                 .table_count = TABLES,
                                 .tables = filled,
                                 .warning_count = file->warning_count,
                                 .warnings = warnings,
                                 .note_count = 1,
                                 .notes = notes};
    bool done = tns_figures_save(&figures, path, request->dry_run, err);
    free(warnings);
    return done;
}

bool tns_service_visit_save(const tns_visit_file *file, const tns_paper_request *request,
                            const char *path, tns_error *err)
{
    page p = {.fact_count = 0};
    bool done = begin(&p, file, err);
    if (done) {
        fill(&p, file, request->clinic);
        done = write_page(file, &p, request, path, err);
    }
    tns_cells_finish(&p.cells);
    return done;
}
