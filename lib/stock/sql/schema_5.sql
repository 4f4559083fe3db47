-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 5: no card is changed unseen. Of each the ledger has a digest, salted with what stands on
-- the card alone and goes with it.

ALTER TABLE client ADD COLUMN card BLOB CHECK (length(card) = 32);
ALTER TABLE card ADD COLUMN salt BLOB CHECK (length(salt) = 32);
