-- SPDX-License-Identifier: GPL-3.0-or-later
-- A store of schema 1, by sqlite3's .dump: never to be changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO entry VALUES(1,1,1795382379,1795382379,20779,'ann','product','deep-black',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "carbon-black", "unit": "ul", "pao_months": 12, "supplier": "Inks, Ltd", "pack": 15000, "cost_cents": 2850, "lead_days": 9, "density_mg_ml": 1050}',X'e7f86034ecc789fb1c847863723f092390fd98549c044a631d8cbf028f45e19b');
INSERT INTO entry VALUES(2,2,1795382380,1795382380,20779,'ann','product','water',NULL,NULL,0,'',NULL,'{"kind": "diluent", "pigment": "", "unit": "ul", "pao_months": 1, "supplier": "", "pack": 0, "cost_cents": 0, "lead_days": 0, "density_mg_ml": 1000}',X'e39a49fb38db94dba107fc7e93546b3f262174b8be7f1003a914363d08d9bd1b');
INSERT INTO entry VALUES(3,3,1795382380,1795382380,20779,'ann','product','needles-3rl',NULL,NULL,0,'',NULL,'{"kind": "consumable", "pigment": "", "unit": "pc", "pao_months": 0, "supplier": "", "pack": 20, "cost_cents": 0, "lead_days": 0, "density_mg_ml": 1000}',X'e4cf3e7d1a094c2e7e290424c4052092c3aafd64bcb372dbbba2d6089e66cb64');
INSERT INTO entry VALUES(4,4,1793534400,1795382380,20758,'ann','lot','',1,NULL,0,'',NULL,'{"product": "deep-black", "name": "A77", "internal": false, "expires": "2128-05-01", "sterile": false}',X'9051c99b09e627b3be6082d9d7282de5f29d5e78f34d9cac5ecee01107e387c4');
INSERT INTO entry VALUES(5,4,1793534400,1795382380,20758,'ann','receive','',NULL,1,15000,'',NULL,'{"lot": 1, "received": "2026-11-01", "place": "", "tare_mg": 12000, "drop_nl": 40000}',X'1ba55531d8b9b1f24196738193d5e604cb4781a2f25fc9339f2877dc506fefdd');
INSERT INTO entry VALUES(6,4,1793534400,1795382380,20758,'ann','receive','',NULL,2,15000,'',NULL,'{"lot": 1, "received": "2026-11-01", "place": "", "tare_mg": 12000, "drop_nl": 40000}',X'a4387fba83755341a4d83b1c2b390f61d7baa5d75c0c041995ea840c076d2f2c');
INSERT INTO entry VALUES(7,7,1795176000,1795382380,20777,'ann','open','',NULL,1,0,'',NULL,'{"opened": "2026-11-20", "was": ""}',X'a6ef7cba1fbb031b525d1d1ae3d696984c91a0c8ca65c0abae6b434466b9d387');
INSERT INTO entry VALUES(8,7,1795176000,1795382380,20777,'ann','use','',NULL,1,-150,'',NULL,'',X'c2ce0bf36ac32387c2d924863b0225428dbd9bf416dff4c5af26d7a5051826d2');
INSERT INTO entry VALUES(9,9,1795382381,1795382381,20779,'bob','count','',NULL,1,-1269,'stock-taking',NULL,'',X'b765a575b3826c42c5b547d6ad983ced07c79c418f4a4a85360d54a6caee3a38');
INSERT INTO entry VALUES(10,10,1795382381,1795382381,20779,'bob','move','',NULL,2,0,'',NULL,'{"place": "fridge", "was": ""}',X'c183004076b9e124b893b960d878b11717fe7aae6d3c7b28367a1c3ad5c500c3');
INSERT INTO entry VALUES(11,11,1795382382,1795382382,20779,'ann','lot','',2,NULL,0,'',NULL,'{"product": "water", "name": "W1", "internal": false, "expires": "2127-01-31", "sterile": true}',X'ba9528b0f908ffa9f85155db8572b454f464b958505ada41d60926d32c3afa3d');
INSERT INTO entry VALUES(12,11,1795382382,1795382382,20779,'ann','receive','',NULL,3,10000,'',NULL,'{"lot": 2, "received": "2026-11-22", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'7ed9a9a12f935c4afb43a8a40c7aa4acbe568f71248aa8fbb12836ef219e6232');
INSERT INTO entry VALUES(13,13,1795382382,1795382382,20779,'ann','lot','',3,NULL,0,'',NULL,'{"product": "needles-3rl", "name": "INT-13", "internal": true, "expires": "", "sterile": false}',X'1e9fc638f94758347686184a68019fb1531aa7ab7eed525893b3aab41b312b03');
INSERT INTO entry VALUES(14,13,1795382382,1795382382,20779,'ann','receive','',NULL,4,20,'',NULL,'{"lot": 3, "received": "2026-11-22", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'b3aed28fff8cd9c708c5b985388702a71a95aef76ae869696f70f02b05294d22');
INSERT INTO entry VALUES(15,15,1795382382,1795382382,20779,'ann','waste','',NULL,1,-120,'patch-test',NULL,'',X'ab31e20541a313fded2c060885c239388f06afa447aa7e2cc4d06b1782b8c276');
INSERT INTO entry VALUES(16,16,1795382382,1795382382,20779,'ann','use','',NULL,1,-1000,'',NULL,'',X'7e3d4e4a365c5ed2ccf03b778184d1f423c68132f234e6f69f802b9b6ec10e5c');
INSERT INTO entry VALUES(17,17,1795382382,1795382382,20779,'ann','undo','',NULL,1,1000,'typed twice, "so"',16,'',X'52e9f706d2d27b50b5010fc3ceb631c7f85f63e03638a3daf80e8c8ef3d56b46');
INSERT INTO entry VALUES(18,18,1795382383,1795382383,20779,'ann','waste','',NULL,1,-81,'spill',NULL,'',X'a4a2d9ed7b896818553396d85522421ac3dee60dc78b67088699970dcc49ca44');
INSERT INTO entry VALUES(19,19,1795382383,1795382383,20779,'ann','quarantine','',2,NULL,0,'seal broken',NULL,'{"quarantined": true}',X'9279694b46f73a715d1c2f223ec78495d021f0e55e0b8cecbf4999904283c43e');
INSERT INTO entry VALUES(20,20,1795382384,1795382384,20779,'ann','recall','',3,NULL,0,'the maker''s letter',NULL,'{"recalled": true}',X'13237d99dd59ff9e3d8fb935d2229c1b0ca5c0367d9a581eacf98b93239d80ba');
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO head VALUES(1,20,X'13237d99dd59ff9e3d8fb935d2229c1b0ca5c0367d9a581eacf98b93239d80ba');
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
INSERT INTO product VALUES('deep-black','pigment','carbon-black','ul',12,'Inks, Ltd',15000,2850,9,1050);
INSERT INTO product VALUES('water','diluent','','ul',1,'',0,0,0,1000);
INSERT INTO product VALUES('needles-3rl','consumable','','pc',0,'',20,0,0,1000);
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
INSERT INTO lot VALUES(1,'deep-black','A77',0,57829,0,0,0);
INSERT INTO lot VALUES(2,'water','W1',0,57373,1,1,0);
INSERT INTO lot VALUES(3,'needles-3rl','INT-13',1,NULL,0,0,1);
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
INSERT INTO bottle VALUES(1,1,20758,20777,'',12000,40000,13380);
INSERT INTO bottle VALUES(2,1,20758,NULL,'fridge',12000,40000,15000);
INSERT INTO bottle VALUES(3,2,20779,NULL,'',0,40000,10000);
INSERT INTO bottle VALUES(4,3,20779,NULL,'',0,40000,20);
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
CREATE INDEX lot_name ON lot (name);
CREATE INDEX bottle_lot ON bottle (lot);
CREATE INDEX bottle_stocked ON bottle (lot) WHERE on_hand > 0;
COMMIT;
PRAGMA application_id = 1414419282;
PRAGMA user_version = 1;
