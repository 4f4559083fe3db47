-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 7: what was used of each product, week by week, and since when there was any of it, so that
-- a plan reads some ten thousand rows, where there may be a million uses.

DROP INDEX IF EXISTS entry_used;

ALTER TABLE product ADD COLUMN came INTEGER;
UPDATE product SET came = (SELECT min(b.received) FROM bottle b JOIN lot l ON l.id = b.lot
    WHERE l.product = product.id);

-- By the Monday a week begins with; 1970-01-05 was one. Operations: one pot is one, whatever bottles
-- it took. What was taken back leaves its row, though nothing may be in it.
CREATE TABLE used (
    monday INTEGER NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    amount INTEGER NOT NULL,
    operations INTEGER NOT NULL,
    PRIMARY KEY (monday, product)
) STRICT, WITHOUT ROWID;

INSERT INTO used (monday, product, amount, operations)
    SELECT e.day - (e.day + 3) % 7, l.product,
        sum(CASE WHEN u.id IS NULL THEN -e.amount ELSE 0 END),
        count(DISTINCT CASE WHEN u.id IS NULL THEN e.operation END)
    FROM entry e JOIN bottle b ON b.id = e.bottle JOIN lot l ON l.id = b.lot
    LEFT JOIN entry u ON u.undoes = e.id
    WHERE e.kind = 'use' GROUP BY 1, 2;
