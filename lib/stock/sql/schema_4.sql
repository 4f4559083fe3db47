-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 4: all that a plan reads of uses, so that it need not read the entries. Some stores of
-- schema 3 have this index: for a day it stood there.

DROP INDEX IF EXISTS entry_used;
CREATE INDEX entry_used ON entry (day, operation, bottle, amount) WHERE kind = 'use';
