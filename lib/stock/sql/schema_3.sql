-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 3: the article number of a product; what is on hand of a lot, kept beside its bottles, so
-- that what there is of all products is read off a few thousand rows; suppliers' terms; orders.

ALTER TABLE product ADD COLUMN gtin TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX product_gtin ON product (gtin) WHERE gtin <> '';

ALTER TABLE lot ADD COLUMN on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0);
UPDATE lot SET on_hand =
    (SELECT coalesce(sum(b.on_hand), 0) FROM bottle b WHERE b.lot = lot.id);

-- To find the few entries that are of a lot or of a product, and those bottles that were open long.
CREATE INDEX entry_lot ON entry (lot) WHERE lot IS NOT NULL;
CREATE INDEX entry_product ON entry (product) WHERE product <> '';
CREATE INDEX bottle_opened ON bottle (opened) WHERE opened IS NOT NULL AND on_hand > 0;

-- Of a product by a supplier. Packs are whole packs of the product; the spread of the lead time is
-- its standard deviation, in tenths of a day.
CREATE TABLE terms (
    product TEXT NOT NULL REFERENCES product (id),
    supplier TEXT NOT NULL,
    least_packs INTEGER NOT NULL CHECK (least_packs > 0),
    step_packs INTEGER NOT NULL CHECK (step_packs > 0),
    lead_days INTEGER NOT NULL CHECK (lead_days >= 0),
    spread_tenths INTEGER NOT NULL CHECK (spread_tenths >= 0),
    PRIMARY KEY (product, supplier)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
    product TEXT NOT NULL,
    supplier TEXT NOT NULL,
    packs INTEGER NOT NULL CHECK (packs > 0),
    cents INTEGER NOT NULL CHECK (cents > 0),
    PRIMARY KEY (product, supplier, packs),
    FOREIGN KEY (product, supplier) REFERENCES terms (product, supplier)
) STRICT, WITHOUT ROWID;

CREATE TABLE purchase (
    id INTEGER PRIMARY KEY,
    supplier TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'sent', 'cancelled')),
    day INTEGER NOT NULL,
    sent INTEGER,
    expected INTEGER
) STRICT;

CREATE TABLE purchase_line (
    purchase INTEGER NOT NULL REFERENCES purchase (id),
    place INTEGER NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    packs INTEGER NOT NULL CHECK (packs > 0),
    pack INTEGER NOT NULL CHECK (pack >= 0),
    cost_cents INTEGER NOT NULL CHECK (cost_cents >= 0),
    received INTEGER NOT NULL CHECK (received >= 0),
    reason TEXT NOT NULL,
    PRIMARY KEY (purchase, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX purchase_line_product ON purchase_line (product);
