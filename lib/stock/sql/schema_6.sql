-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 6: what is for one visit alone once it is opened, such as an ampoule.

ALTER TABLE product ADD COLUMN single_use INTEGER NOT NULL DEFAULT 0 CHECK (single_use IN (0, 1));
