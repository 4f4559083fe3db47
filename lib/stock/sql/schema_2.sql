-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 2: what is in products; clients, visits and pots, which the ledger's entries make like the
-- tables of schema 1; and the clients' cards, which they do not.

CREATE TABLE ingredient (
    product TEXT NOT NULL REFERENCES product (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    cas TEXT NOT NULL,
    color_index TEXT NOT NULL,
    PRIMARY KEY (product, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL,
    erased INTEGER
) STRICT;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES client (id),
    day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('s1', 's2', 's3', 'touch-up')),
    area_mm2 INTEGER NOT NULL CHECK (area_mm2 >= 0),
    pot_ul INTEGER NOT NULL CHECK (pot_ul >= 0),
    recipe TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('booked', 'open', 'closed', 'cancelled')),
    opened INTEGER,
    closed INTEGER
) STRICT;

CREATE INDEX visit_client ON visit (client);
CREATE INDEX visit_day ON visit (day);

CREATE TABLE pot (
    id INTEGER PRIMARY KEY,
    visit INTEGER NOT NULL REFERENCES visit (id),
    mixed INTEGER NOT NULL,
    day INTEGER NOT NULL,
    discard_by INTEGER NOT NULL,
    recipe TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('mixed', 'closed', 'undone')),
    left_ul INTEGER NOT NULL CHECK (left_ul >= 0)
) STRICT;

CREATE INDEX pot_visit ON pot (visit);

-- Costs are in thousandths of a hundredth of the currency.
CREATE TABLE part (
    pot INTEGER NOT NULL REFERENCES pot (id),
    bottle INTEGER NOT NULL REFERENCES bottle (id),
    ul INTEGER NOT NULL CHECK (ul >= 0),
    cost INTEGER NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (pot, bottle)
) STRICT, WITHOUT ROWID;

CREATE INDEX part_bottle ON part (bottle);

-- What may have to be forgotten. No entry of the ledger tells of it.
CREATE TABLE card (
    client INTEGER PRIMARY KEY REFERENCES client (id),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE allergy (
    client INTEGER NOT NULL REFERENCES card (client),
    place INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (client, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    visit INTEGER NOT NULL REFERENCES visit (id),
    site TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days >= 0),
    recorded INTEGER NOT NULL,
    photo BLOB CHECK (length(photo) = 32),
    photo_path BLOB CHECK (length(photo_path) = 32),
    record TEXT NOT NULL
) STRICT;

CREATE INDEX reading_visit ON reading (visit);
