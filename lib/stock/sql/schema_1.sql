-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 1 in SQLite's dialect. Amounts are whole microlitres or pieces, days are counted from
-- 1970-01-01, times are seconds from then in UTC.

-- The ledger. The three tables below it hold only what its entries say, and can be made from it.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL,
    time INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    day INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    product TEXT NOT NULL,
    lot INTEGER,
    bottle INTEGER,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    undoes INTEGER REFERENCES entry (id),
    sets TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX entry_bottle ON entry (bottle) WHERE bottle IS NOT NULL;
CREATE UNIQUE INDEX entry_undoes ON entry (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
BEGIN
    SELECT raise(ABORT, 'an entry of the ledger is never changed');
END;

CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry
BEGIN
    SELECT raise(ABORT, 'an entry of the ledger is never removed');
END;

-- The last entry once more, so that none can be cut off the end unnoticed.
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

INSERT INTO head (one, entry, hash) VALUES (1, 0, zeroblob(32));

CREATE TABLE product (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('pigment', 'diluent', 'consumable')),
    pigment TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('ul', 'pc')),
    pao_months INTEGER NOT NULL CHECK (pao_months >= 0),
    supplier TEXT NOT NULL,
    pack INTEGER NOT NULL CHECK (pack >= 0),
    cost_cents INTEGER NOT NULL CHECK (cost_cents >= 0),
    lead_days INTEGER NOT NULL CHECK (lead_days >= 0),
    density_mg_ml INTEGER NOT NULL CHECK (density_mg_ml > 0)
) STRICT;

CREATE TABLE lot (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    expires INTEGER,
    sterile INTEGER NOT NULL CHECK (sterile IN (0, 1)),
    quarantined INTEGER NOT NULL CHECK (quarantined IN (0, 1)),
    recalled INTEGER NOT NULL CHECK (recalled IN (0, 1)),
    UNIQUE (product, name)
) STRICT;

CREATE INDEX lot_name ON lot (name);

CREATE TABLE bottle (
    id INTEGER PRIMARY KEY,
    lot INTEGER NOT NULL REFERENCES lot (id),
    received INTEGER NOT NULL,
    opened INTEGER CHECK (opened >= received),
    place TEXT NOT NULL,
    tare_mg INTEGER NOT NULL CHECK (tare_mg >= 0),
    drop_nl INTEGER NOT NULL CHECK (drop_nl > 0),
    on_hand INTEGER NOT NULL CHECK (on_hand >= 0)
) STRICT;

CREATE INDEX bottle_lot ON bottle (lot);
CREATE INDEX bottle_stocked ON bottle (lot) WHERE on_hand > 0;
