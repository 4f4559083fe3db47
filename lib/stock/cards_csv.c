/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "stock/cards_csv.h"
#include "stock/chain.h"
#include "stock/ledger.h"
#include "stock/seal.h"

/* Of a card's row all between `what` and `text` is empty. */
enum column { CLIENT, WHAT, VISIT, SITE, DAYS, RECORDED, PHOTO, PHOTO_PATH, SALT, TEXT, COLUMNS };

static const char *const columns[COLUMNS] = {"client",   "what",  "visit",      "site", "days",
                                             "recorded", "photo", "photo_path", "salt", "text"};

/* ---- writing ---- */

static void put_hash(FILE *to, bool there, const unsigned char hash[TNS_HASH_SIZE])
{
    char text[TNS_HASH_TEXT];
    tns_hash_write(hash, text);
    fputs(there ? text : "", to);
    fputc(',', to);
}

/* The salt (NULL = none) is what the ledger's digest of the card was made with. */
static void put_words(FILE *to, int64_t client, const char *what, const unsigned char *salt,
                      const char *text)
{
    static const unsigned char none[TNS_HASH_SIZE];
    tns_csv_put_number(to, client, ',');
    tns_csv_put_text(to, what, ',');
    fputs(",,,,,,", to);
    put_hash(to, salt != NULL, salt ? salt : none);
    tns_csv_put_text(to, text, '\n');
}

static void put_reading(FILE *to, int64_t client, const tns_site_reading *r)
{
    tns_csv_put_number(to, client, ',');
    tns_csv_put_text(to, "reading", ',');
    tns_csv_put_number(to, r->visit, ',');
    tns_csv_put_text(to, r->site, ',');
    tns_csv_put_number(to, r->days, ',');
    tns_csv_put_number(to, r->recorded, ',');
    put_hash(to, r->has_photo, r->photo);
    put_hash(to, r->has_photo, r->photo_path);
    fputc(',', to);
    tns_csv_put_text(to, r->record, '\n');
}

static bool write_client(tns_db *db, FILE *to, tns_client *client, tns_stock_copied *out,
                         tns_error *err)
{
    tns_seal seal;
    tns_site_reading_list readings = {0};
    if (!tns_client_card_find(db, client, err) || !tns_client_seal_find(db, client->id, &seal, err))
        return false;
    if (client->has_card)
        put_words(to, client->id, "card", seal.has_salt ? seal.salt : NULL, client->card.name);
    for (size_t i = 0; i < client->card.allergy_count; i++)
        put_words(to, client->id, "allergy", NULL, client->card.allergies[i]);
    bool done = tns_reading_collect(db, client->id, 0, &readings, err);
    for (size_t i = 0; done && i < readings.count; i++)
        put_reading(to, client->id, &readings.readings[i]);
    out->cards += client->has_card;
    out->readings += (int64_t)readings.count;
    tns_site_reading_list_finish(&readings);
    return done;
}

bool tns_cards_write(tns_db *db, FILE *to, tns_stock_copied *out, tns_error *err)
{
    tns_client_list clients = {0};
    for (int i = 0; i < COLUMNS; i++)
        fprintf(to, "%s%c", columns[i], i + 1 < COLUMNS ? ',' : '\n');
    bool done = tns_client_rows(db, false, &clients, err);
    for (size_t i = 0; done && i < clients.count; i++)
        done = write_client(db, to, &clients.clients[i], out, err);
    tns_client_list_finish(&clients);
    return done;
}

/* ---- reading ---- */

typedef struct taking {
    tns_db *db;
    const tns_csv *csv;
    size_t row;
    tns_client client;           /* whose rows these are; id 0 = none yet */
    bool has_card;               /* its card is being read, and not yet kept */
    bool is_here;                /* the store had a card of this client before */
    tns_client_card here;        /* which, being the newer one, stays */
    tns_site_reading_list known; /* the readings that the store had */
    int64_t passed_over;         /* cards that told nothing which those here do not */
    bool has_salt;
    unsigned char salt[TNS_HASH_SIZE];
    tns_stock_copied *out;
} taking;

static const char *field(const taking *t, enum column column)
{
    return t->csv->rows[t->row].field[column];
}

static bool fault(const taking *t, enum column column, const char *expected, tns_error *err)
{
    char found[44];
    tns_text_format(found, sizeof found, "%.40s", field(t, column));
    tns_text_tidy(found);
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: expected %s, found \"%s\"",
                         t->csv->name, t->csv->rows[t->row].line, columns[column], expected, found);
}

static bool get_number(const taking *t, enum column column, int64_t least, int64_t *out,
                       tns_error *err)
{
    const char *text = field(t, column), *digits = text + (*text == '-');
    size_t count = strspn(digits, "0123456789");
    bool plain = count > 0 && count <= 18 && digits[count] == '\0';
    *out = plain ? strtoll(text, NULL, 10) : 0;
    return (plain && *out >= least) || fault(t, column, "a whole number", err);
}

static bool get_hash(const taking *t, enum column column, unsigned char out[TNS_HASH_SIZE],
                     tns_error *err)
{
    return tns_hash_parse(field(t, column), out) || fault(t, column, "64 hexadecimal digits", err);
}

static bool get_text(const taking *t, enum column column, char *out, size_t size, tns_error *err)
{
    tns_error why;
    return tns_stock_name(columns[column], field(t, column), out, size, &why) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s", t->csv->name,
                         t->csv->rows[t->row].line, why.text);
}

/* A card that is here stays; of an allergy that it has not whoever restores must hear. */
static void pass_over(taking *t)
{
    tns_client_card both = t->here;
    const tns_client_card *card = &t->client.card;
    for (size_t i = 0; i < card->allergy_count; i++)
        tns_client_card_add_allergy(&both, card->allergies[i], NULL);
    size_t more = both.allergy_count - t->here.allergy_count;
    t->passed_over += more == 0;
    if (more > 0)
        tns_warn(&t->out->warnings,
                 "C%" PRId64 " has a newer card here, which stays: %zu of the other's allergies "
                 "%s not on it: \"%.60s\"%s (client change --allergy)",
                 t->client.id, more, more == 1 ? "is" : "are",
                 both.allergies[t->here.allergy_count], more > 1 ? " .." : "");
}

static bool keep_card(taking *t, tns_error *err)
{
    bool due = t->has_card;
    t->has_card = false;
    if (due && t->is_here)
        pass_over(t);
    if (!due || t->is_here)
        return true;
    t->out->cards++;
    return tns_client_card_put(t->db, t->client.id, &t->client.card, t->has_salt ? t->salt : NULL,
                               err);
}

static bool find_what_is_here(taking *t, tns_error *err)
{
    if (!tns_client_card_find(t->db, &t->client, err))
        return false;
    t->is_here = t->client.has_card;
    t->here = t->client.card;
    t->client.has_card = false;
    t->client.card = (tns_client_card){0};
    tns_site_reading_list_finish(&t->known);
    return tns_reading_collect(t->db, t->client.id, 0, &t->known, err);
}

static bool begin_client(taking *t, int64_t id, tns_error *err)
{
    bool found;
    if (id < t->client.id)
        return fault(t, CLIENT, "each client in one place, by their numbers", err);
    if (!keep_card(t, err) || !tns_client_row(t->db, id, &t->client, &found, err))
        return false;
    if (!found || t->client.erased != TNS_NO_DAY)
        return fault(t, CLIENT, found ? "one who was not erased" : "a client of the ledger", err);
    return find_what_is_here(t, err);
}

static bool take_card(taking *t, tns_error *err)
{
    tns_client_card *card = &t->client.card;
    if (t->has_card || t->client.has_card)
        return fault(t, WHAT, "one card a client", err);
    t->has_card = t->client.has_card = true;
    t->has_salt = field(t, SALT)[0] != '\0';
    if (t->has_salt && !get_hash(t, SALT, t->salt, err))
        return false;
    return !field(t, TEXT)[0] || get_text(t, TEXT, card->name, sizeof card->name, err);
}

static bool take_allergy(taking *t, tns_error *err)
{
    tns_client_card *card = &t->client.card;
    if (!t->has_card || card->allergy_count == TNS_ALLERGIES_MAX)
        return fault(t, WHAT, t->has_card ? "no more allergies" : "the client's card first", err);
    return get_text(t, TEXT, card->allergies[card->allergy_count++], TNS_ALLERGY_SIZE, err);
}

static bool check_record(const taking *t, tns_error *err)
{
    char schema[32] = "";
    const char *text = field(t, TEXT);
    size_t length = strlen(text);
    tns_json *json =
        length < TNS_READING_TEXT_MAX ? tns_json_parse(text, length, t->csv->name, NULL) : NULL;
    const tns_json_at root = tns_json_root(json, t->csv->name);
    bool sound = json && tns_json_expect_object(&root, NULL) &&
                 tns_json_get_text(&root, "schema", schema, sizeof schema, NULL) &&
                 strcmp(schema, "tonsure/reading/1") == 0;
    tns_json_destroy(json);
    return sound || fault(t, TEXT, "a record of tonsure/reading/1", err);
}

static bool get_photo(const taking *t, tns_site_reading *r, tns_error *err)
{
    r->has_photo = field(t, PHOTO)[0] || field(t, PHOTO_PATH)[0];
    return !r->has_photo ||
           (get_hash(t, PHOTO, r->photo, err) && get_hash(t, PHOTO_PATH, r->photo_path, err));
}

/* The table may be taken twice: no reading is then. */
static bool is_known(const taking *t, const tns_site_reading *r)
{
    for (size_t i = 0; i < t->known.count; i++) {
        const tns_site_reading *k = &t->known.readings[i];
        if (k->visit == r->visit && k->days == r->days && k->recorded == r->recorded &&
            strcmp(k->site, r->site) == 0 && strcmp(k->record, r->record) == 0)
            return true;
    }
    return false;
}

static bool take_reading(taking *t, tns_error *err)
{
    int64_t days, id;
    tns_visit visit;
    tns_site_reading r = {.record = field(t, TEXT)};
    if (!get_number(t, VISIT, 1, &r.visit, err) || !get_number(t, DAYS, 0, &days, err) ||
        !get_number(t, RECORDED, INT64_MIN, &r.recorded, err) ||
        !get_text(t, SITE, r.site, sizeof r.site, err) || !get_photo(t, &r, err) ||
        !check_record(t, err))
        return false;
    if (!tns_expect_visit(t->db, r.visit, &visit, NULL) || visit.client != t->client.id)
        return fault(t, VISIT, "a visit of this client", err);
    if (days > 36500)
        return fault(t, DAYS, "at most 36500", err);
    r.days = (int)days;
    if (is_known(t, &r))
        return true;
    t->out->readings++;
    return tns_reading_insert(t->db, &r, &id, err);
}

static bool take_row(taking *t, tns_error *err)
{
    int64_t id;
    const tns_csv_row *row = &t->csv->rows[t->row];
    if (row->count != COLUMNS)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %d fields, found %zu",
                             t->csv->name, row->line, (int)COLUMNS, row->count);
    if (!get_number(t, CLIENT, 1, &id, err) || (id != t->client.id && !begin_client(t, id, err)))
        return false;
    const char *what = field(t, WHAT);
    return strcmp(what, "card") == 0      ? take_card(t, err)
           : strcmp(what, "allergy") == 0 ? take_allergy(t, err)
           : strcmp(what, "reading") == 0 ? take_reading(t, err)
                                          : fault(t, WHAT, "card, allergy or reading", err);
}

bool tns_cards_take(tns_db *db, const tns_csv *csv, tns_stock_copied *out, tns_error *err)
{
    taking t = {.db = db, .csv = csv, .out = out};
    for (size_t i = 0; i < COLUMNS; i++)
        if (csv->count == 0 || i >= csv->rows[0].count ||
            !tns_text_same(csv->rows[0].field[i], columns[i]))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: not an export of clients' cards: expected column %zu to be "
                                 "\"%s\"",
                                 csv->name, i + 1, columns[i]);
    bool done = true;
    int64_t missing;
    for (t.row = 1; done && t.row < csv->count; t.row++)
        done = take_row(&t, err);
    done = done && keep_card(&t, err) && tns_seals_check(db, &missing, err);
    if (t.passed_over)
        tns_warn(&out->warnings, "%" PRId64 " %s here already: passed over", t.passed_over,
                 t.passed_over == 1 ? "card is" : "cards are");
    tns_site_reading_list_finish(&t.known);
    return done;
}
