-- SPDX-License-Identifier: GPL-3.0-or-later
-- A store of schema 2, by sqlite3: that of schema_1.sql, brought up and gone on with; never to be changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE allergy (
    client INTEGER NOT NULL REFERENCES card (client),
    place INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (client, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "allergy" VALUES(1,1,'nickel');
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
INSERT INTO "bottle" VALUES(1,1,20758,20777,'',12000,40000,13380);
INSERT INTO "bottle" VALUES(2,1,20758,NULL,'fridge',12000,40000,15000);
INSERT INTO "bottle" VALUES(3,2,20779,NULL,'',0,40000,10000);
INSERT INTO "bottle" VALUES(4,3,20779,NULL,'',0,40000,20);
CREATE TABLE card (
    client INTEGER PRIMARY KEY REFERENCES client (id),
    name TEXT NOT NULL
) STRICT;
INSERT INTO "card" VALUES(1,'N. N.');
CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL,
    erased INTEGER
) STRICT;
INSERT INTO "client" VALUES(1,20780,NULL);
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
INSERT INTO "entry" VALUES(1,1,1795382379,1795382379,20779,'ann','product','deep-black',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "carbon-black", "unit": "ul", "pao_months": 12, "supplier": "Inks, Ltd", "pack": 15000, "cost_cents": 2850, "lead_days": 9, "density_mg_ml": 1050}',X'E7F86034ECC789FB1C847863723F092390FD98549C044A631D8CBF028F45E19B');
INSERT INTO "entry" VALUES(2,2,1795382380,1795382380,20779,'ann','product','water',NULL,NULL,0,'',NULL,'{"kind": "diluent", "pigment": "", "unit": "ul", "pao_months": 1, "supplier": "", "pack": 0, "cost_cents": 0, "lead_days": 0, "density_mg_ml": 1000}',X'E39A49FB38DB94DBA107FC7E93546B3F262174B8BE7F1003A914363D08D9BD1B');
INSERT INTO "entry" VALUES(3,3,1795382380,1795382380,20779,'ann','product','needles-3rl',NULL,NULL,0,'',NULL,'{"kind": "consumable", "pigment": "", "unit": "pc", "pao_months": 0, "supplier": "", "pack": 20, "cost_cents": 0, "lead_days": 0, "density_mg_ml": 1000}',X'E4CF3E7D1A094C2E7E290424C4052092C3AAFD64BCB372DBBBA2D6089E66CB64');
INSERT INTO "entry" VALUES(4,4,1793534400,1795382380,20758,'ann','lot','',1,NULL,0,'',NULL,'{"product": "deep-black", "name": "A77", "internal": false, "expires": "2128-05-01", "sterile": false}',X'9051C99B09E627B3BE6082D9D7282DE5F29D5E78F34D9CAC5ECEE01107E387C4');
INSERT INTO "entry" VALUES(5,4,1793534400,1795382380,20758,'ann','receive','',NULL,1,15000,'',NULL,'{"lot": 1, "received": "2026-11-01", "place": "", "tare_mg": 12000, "drop_nl": 40000}',X'1BA55531D8B9B1F24196738193D5E604CB4781A2F25FC9339F2877DC506FEFDD');
INSERT INTO "entry" VALUES(6,4,1793534400,1795382380,20758,'ann','receive','',NULL,2,15000,'',NULL,'{"lot": 1, "received": "2026-11-01", "place": "", "tare_mg": 12000, "drop_nl": 40000}',X'A4387FBA83755341A4D83B1C2B390F61D7BAA5D75C0C041995EA840C076D2F2C');
INSERT INTO "entry" VALUES(7,7,1795176000,1795382380,20777,'ann','open','',NULL,1,0,'',NULL,'{"opened": "2026-11-20", "was": ""}',X'A6EF7CBA1FBB031B525D1D1AE3D696984C91A0C8CA65C0ABAE6B434466B9D387');
INSERT INTO "entry" VALUES(8,7,1795176000,1795382380,20777,'ann','use','',NULL,1,-150,'',NULL,'',X'C2CE0BF36AC32387C2D924863B0225428DBD9BF416DFF4C5AF26D7A5051826D2');
INSERT INTO "entry" VALUES(9,9,1795382381,1795382381,20779,'bob','count','',NULL,1,-1269,'stock-taking',NULL,'',X'B765A575B3826C42C5B547D6AD983CED07C79C418F4A4A85360D54A6CAEE3A38');
INSERT INTO "entry" VALUES(10,10,1795382381,1795382381,20779,'bob','move','',NULL,2,0,'',NULL,'{"place": "fridge", "was": ""}',X'C183004076B9E124B893B960D878B11717FE7AAE6D3C7B28367A1C3AD5C500C3');
INSERT INTO "entry" VALUES(11,11,1795382382,1795382382,20779,'ann','lot','',2,NULL,0,'',NULL,'{"product": "water", "name": "W1", "internal": false, "expires": "2127-01-31", "sterile": true}',X'BA9528B0F908FFA9F85155DB8572B454F464B958505ADA41D60926D32C3AFA3D');
INSERT INTO "entry" VALUES(12,11,1795382382,1795382382,20779,'ann','receive','',NULL,3,10000,'',NULL,'{"lot": 2, "received": "2026-11-22", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'7ED9A9A12F935C4AFB43A8A40C7AA4ACBE568F71248AA8FBB12836EF219E6232');
INSERT INTO "entry" VALUES(13,13,1795382382,1795382382,20779,'ann','lot','',3,NULL,0,'',NULL,'{"product": "needles-3rl", "name": "INT-13", "internal": true, "expires": "", "sterile": false}',X'1E9FC638F94758347686184A68019FB1531AA7AB7EED525893B3AAB41B312B03');
INSERT INTO "entry" VALUES(14,13,1795382382,1795382382,20779,'ann','receive','',NULL,4,20,'',NULL,'{"lot": 3, "received": "2026-11-22", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'B3AED28FFF8CD9C708C5B985388702A71A95AEF76AE869696F70F02B05294D22');
INSERT INTO "entry" VALUES(15,15,1795382382,1795382382,20779,'ann','waste','',NULL,1,-120,'patch-test',NULL,'',X'AB31E20541A313FDED2C060885C239388F06AFA447AA7E2CC4D06B1782B8C276');
INSERT INTO "entry" VALUES(16,16,1795382382,1795382382,20779,'ann','use','',NULL,1,-1000,'',NULL,'',X'7E3D4E4A365C5ED2CCF03B778184D1F423C68132F234E6F69F802B9B6EC10E5C');
INSERT INTO "entry" VALUES(17,17,1795382382,1795382382,20779,'ann','undo','',NULL,1,1000,'typed twice, "so"',16,'',X'52E9F706D2D27B50B5010FC3CEB631C7F85F63E03638A3DAF80E8C8EF3D56B46');
INSERT INTO "entry" VALUES(18,18,1795382383,1795382383,20779,'ann','waste','',NULL,1,-81,'spill',NULL,'',X'A4A2D9ED7B896818553396D85522421AC3DEE60DC78B67088699970DCC49CA44');
INSERT INTO "entry" VALUES(19,19,1795382383,1795382383,20779,'ann','quarantine','',2,NULL,0,'seal broken',NULL,'{"quarantined": true}',X'9279694B46F73A715D1C2F223EC78495D021F0E55E0B8CECBF4999904283C43E');
INSERT INTO "entry" VALUES(20,20,1795382384,1795382384,20779,'ann','recall','',3,NULL,0,'the maker''s letter',NULL,'{"recalled": true}',X'13237D99DD59FF9E3D8FB935D2229C1B0CA5C0367D9A581EACF98B93239D80BA');
INSERT INTO "entry" VALUES(21,21,1795393410,1795393410,20780,'ann','product','warm-brown',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "red-iron-oxide", "unit": "ul", "pao_months": 12, "supplier": "Ink & Co", "pack": 10000, "cost_cents": 1900, "lead_days": 5, "density_mg_ml": 1000}',X'3CED409CA9738B4889548907F41D1F198A53F2E87F4541CBB23275523AC27AC2');
INSERT INTO "entry" VALUES(22,21,1795393410,1795393410,20780,'ann','ingredient','warm-brown',NULL,NULL,0,'',NULL,'{"place": 1, "name": "", "cas": "", "color_index": "CI 77491"}',X'EE09AB88C5982A93A4605C5819DC51F097EEC3A8B988687743E0CBB1DFA9F28A');
INSERT INTO "entry" VALUES(23,21,1795393410,1795393410,20780,'ann','ingredient','warm-brown',NULL,NULL,0,'',NULL,'{"place": 2, "name": "glycerol", "cas": "56-81-5", "color_index": ""}',X'CD15D41458B7F79A005F86BEBA684AC683609C634A5A6B5849A25011BD84B92C');
INSERT INTO "entry" VALUES(24,24,1795393410,1795393410,20780,'ann','client','',NULL,NULL,0,'',NULL,'{"client": 1}',X'C372A0A497B601CDB04F66AB1F38BC9D925F1B9C14D8D257B3EFA36890AD4CB0');
INSERT INTO "entry" VALUES(25,25,1795393410,1795393410,20780,'ann','visit','',NULL,NULL,0,'',NULL,'{"visit": 1, "client": 1, "day": "2027-03-23", "kind": "s1", "area_mm2": 12000, "pot_ul": 0, "recipe": "carbon-black=3,diluent=42", "state": "booked", "was": "cancelled"}',X'EFA068B73374440E4A876F8F08EE18026D13D0F9B2C74209F53D16D855941EB2');
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO "head" VALUES(1,25,X'EFA068B73374440E4A876F8F08EE18026D13D0F9B2C74209F53D16D855941EB2');
CREATE TABLE ingredient (
    product TEXT NOT NULL REFERENCES product (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    cas TEXT NOT NULL,
    color_index TEXT NOT NULL,
    PRIMARY KEY (product, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "ingredient" VALUES('warm-brown',1,'','','CI 77491');
INSERT INTO "ingredient" VALUES('warm-brown',2,'glycerol','56-81-5','');
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
INSERT INTO "lot" VALUES(1,'deep-black','A77',0,57829,0,0,0);
INSERT INTO "lot" VALUES(2,'water','W1',0,57373,1,1,0);
INSERT INTO "lot" VALUES(3,'needles-3rl','INT-13',1,NULL,0,0,1);
CREATE TABLE part (
    pot INTEGER NOT NULL REFERENCES pot (id),
    bottle INTEGER NOT NULL REFERENCES bottle (id),
    ul INTEGER NOT NULL CHECK (ul >= 0),
    cost INTEGER NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (pot, bottle)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "product" VALUES('deep-black','pigment','carbon-black','ul',12,'Inks, Ltd',15000,2850,9,1050);
INSERT INTO "product" VALUES('water','diluent','','ul',1,'',0,0,0,1000);
INSERT INTO "product" VALUES('needles-3rl','consumable','','pc',0,'',20,0,0,1000);
INSERT INTO "product" VALUES('warm-brown','pigment','red-iron-oxide','ul',12,'Ink & Co',10000,1900,5,1000);
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
INSERT INTO "visit" VALUES(1,1,20900,'s1',12000,0,'carbon-black=3,diluent=42','booked',NULL,NULL);
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
CREATE INDEX visit_client ON visit (client);
CREATE INDEX visit_day ON visit (day);
CREATE INDEX pot_visit ON pot (visit);
CREATE INDEX part_bottle ON part (bottle);
CREATE INDEX reading_visit ON reading (visit);
COMMIT;
PRAGMA application_id = 1414419282;
PRAGMA user_version = 2;
