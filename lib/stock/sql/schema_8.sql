-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 8: what a product's label states, where somebody entered it; products that were retired,
-- whose article numbers are free for others.

ALTER TABLE product ADD COLUMN states TEXT NOT NULL DEFAULT ''
    CHECK (states IN ('', 'mixture', 'nothing'));
ALTER TABLE product ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1));

DROP INDEX product_gtin;
CREATE UNIQUE INDEX product_gtin ON product (gtin) WHERE gtin <> '' AND retired = 0;
