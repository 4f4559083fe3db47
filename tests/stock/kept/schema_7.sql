-- SPDX-License-Identifier: GPL-3.0-or-later
-- A store of schema 7, by sqlite3: that of schema_6.sql, brought up and gone on with; never to be changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE allergy (
    client INTEGER NOT NULL REFERENCES card (client),
    place INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (client, place)
) STRICT, WITHOUT ROWID;
INSERT INTO allergy VALUES(1,1,'nickel');
INSERT INTO allergy VALUES(1,2,'1333-86-4');
INSERT INTO allergy VALUES(1,3,'latex');
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
INSERT INTO bottle VALUES(5,4,20780,20780,'',0,40000,9700);
INSERT INTO bottle VALUES(6,5,20780,20780,'',0,40000,2200);
INSERT INTO bottle VALUES(7,5,20780,NULL,'',0,40000,5000);
INSERT INTO bottle VALUES(8,6,20780,20780,'',0,40000,8000);
INSERT INTO bottle VALUES(9,7,20780,20780,'',0,40000,4000);
INSERT INTO bottle VALUES(10,7,20780,NULL,'',0,40000,5000);
INSERT INTO bottle VALUES(11,7,20780,NULL,'',0,40000,5000);
INSERT INTO bottle VALUES(12,8,20779,NULL,'',0,40000,5000);
CREATE TABLE card (
    client INTEGER PRIMARY KEY REFERENCES client (id),
    name TEXT NOT NULL
, salt BLOB CHECK (length(salt) = 32)) STRICT;
INSERT INTO card VALUES(1,'N. N.',X'c20d0dbe4decd60e9b5f73dde19ad2c203b7be4e6997bb156fd22334097384c7');
CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL,
    erased INTEGER
, card BLOB CHECK (length(card) = 32)) STRICT;
INSERT INTO client VALUES(1,20780,NULL,X'2085a5083ac10bd501a51c43d74517802e1da1b1740089f01439e5bb9de6a4da');
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
INSERT INTO entry VALUES(21,21,1795393410,1795393410,20780,'ann','product','warm-brown',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "red-iron-oxide", "unit": "ul", "pao_months": 12, "supplier": "Ink & Co", "pack": 10000, "cost_cents": 1900, "lead_days": 5, "density_mg_ml": 1000}',X'3ced409ca9738b4889548907f41d1f198a53f2e87f4541cbb23275523ac27ac2');
INSERT INTO entry VALUES(22,21,1795393410,1795393410,20780,'ann','ingredient','warm-brown',NULL,NULL,0,'',NULL,'{"place": 1, "name": "", "cas": "", "color_index": "CI 77491"}',X'ee09ab88c5982a93a4605c5819dc51f097eec3a8b988687743e0cbb1dfa9f28a');
INSERT INTO entry VALUES(23,21,1795393410,1795393410,20780,'ann','ingredient','warm-brown',NULL,NULL,0,'',NULL,'{"place": 2, "name": "glycerol", "cas": "56-81-5", "color_index": ""}',X'cd15d41458b7f79a005f86beba684ac683609c634a5a6b5849a25011bd84b92c');
INSERT INTO entry VALUES(24,24,1795393410,1795393410,20780,'ann','client','',NULL,NULL,0,'',NULL,'{"client": 1}',X'c372a0a497b601cdb04f66ab1f38bc9d925f1b9c14d8d257b3efa36890ad4cb0');
INSERT INTO entry VALUES(25,25,1795393410,1795393410,20780,'ann','visit','',NULL,NULL,0,'',NULL,'{"visit": 1, "client": 1, "day": "2027-03-23", "kind": "s1", "area_mm2": 12000, "pot_ul": 0, "recipe": "carbon-black=3,diluent=42", "state": "booked", "was": "cancelled"}',X'efa068b73374440e4a876f8f08ee18026d13d0f9b2c74209f53d16d855941eb2');
INSERT INTO entry VALUES(26,26,1795400300,1795400300,20780,'ann','lot','',4,NULL,0,'',NULL,'{"product": "warm-brown", "name": "B12", "internal": false, "expires": "2128-01-31", "sterile": false}',X'75a91d99c24a0c9353e2ea8fb628da9b4b79af72082ab11616cb91aaeed2515d');
INSERT INTO entry VALUES(27,26,1795400300,1795400300,20780,'ann','receive','',NULL,5,10000,'',NULL,'{"lot": 4, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'c5ef8bcc9ec569c75b558fb05959529c41d87d94318834f5f9db81f4d6f872f9');
INSERT INTO entry VALUES(28,28,1795400300,1795400300,20780,'ann','lot','',5,NULL,0,'',NULL,'{"product": "water", "name": "W2", "internal": false, "expires": "2127-06-30", "sterile": true}',X'764218ce959cc1f5b10b08cb9255532f95aed668594979b1fb54effcb173b8f8');
INSERT INTO entry VALUES(29,28,1795400300,1795400300,20780,'ann','receive','',NULL,6,5000,'',NULL,'{"lot": 5, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'd5d2d49c24f9652b52f92399010063d7eeb525ac80687e699a6e85f927d12d45');
INSERT INTO entry VALUES(30,28,1795400300,1795400300,20780,'ann','receive','',NULL,7,5000,'',NULL,'{"lot": 5, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'97e85f7fdcb76260a80b4bb7e72b18fd58bc3ffb400d8591ff7e5731bfe81216');
INSERT INTO entry VALUES(31,31,1795400301,1795400301,20780,'ann','product','warm-brown',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "red-iron-oxide", "unit": "ul", "pao_months": 12, "supplier": "Ink & Co", "pack": 10000, "cost_cents": 1900, "lead_days": 5, "density_mg_ml": 1000, "gtin": "09501101530003"}',X'7b4ec241d18c222f3449e3eb7afebef06a4e70b1e90d37ac4efff30419fd6a32');
INSERT INTO entry VALUES(32,32,1795400301,1795400301,20780,'ann','terms','warm-brown',NULL,NULL,0,'',NULL,'{"terms": "Ink & Co", "least_packs": 2, "step_packs": 2, "lead_days": 5, "spread_tenths": 15, "prices": [[2, 1900], [6, 1700]]}',X'0f7ca329ee9d62391806d1b96fec3dedb762448158914a5306e9fc95c929537f');
INSERT INTO entry VALUES(33,33,1795400301,1795400301,20780,'ann','order','',NULL,NULL,0,'',NULL,'{"order": 1, "supplier": "Ink & Co", "now": {"state": "proposed", "sent": "", "expected": ""}, "was": {"state": "cancelled", "sent": "", "expected": ""}}',X'756ca6266e989b0e73e7ece0ab63e13d7382e66bfb40356092608b99563cb5b4');
INSERT INTO entry VALUES(34,33,1795400301,1795400301,20780,'ann','order','warm-brown',NULL,NULL,0,'',NULL,'{"order": 1, "place": 1, "packs": 4, "pack": 10000, "cost_cents": 1900}',X'763c313e33a2d7075c0b4699ac25e1397ae64820b4719203c9e6bb3022db01a6');
INSERT INTO entry VALUES(35,35,1795400302,1795400302,20780,'ann','order','',NULL,NULL,0,'',NULL,'{"order": 1, "now": {"state": "sent", "sent": "2026-11-23", "expected": "2026-11-28"}, "was": {"state": "proposed", "sent": "", "expected": ""}}',X'da3975f8b4758c8e481610878aa0d8018ac23013deb793e287c4059662a57e62');
INSERT INTO entry VALUES(36,36,1795400302,1795400302,20780,'ann','lot','',6,NULL,0,'',NULL,'{"product": "warm-brown", "name": "B13", "internal": false, "expires": "2128-03-31", "sterile": false}',X'087191b46dd74af533c0991940a8c15a514cf66f97aad4bf2f8ab30148a72c28');
INSERT INTO entry VALUES(37,36,1795400302,1795400302,20780,'ann','receive','',NULL,8,10000,'',NULL,'{"lot": 6, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'9ede4ed6fc5a2285633defc7fbdf8c7202ac4bf4812dd3a2ed3c515c058cfcfb');
INSERT INTO entry VALUES(38,36,1795400302,1795400302,20780,'ann','order','warm-brown',NULL,NULL,0,'',NULL,'{"order": 1, "place": 1, "received": 1}',X'5a6f0849fc2bb377629dd565d9d4dfd49fd23170205ff3e41a618d5fa32952d6');
INSERT INTO entry VALUES(39,39,1795400303,1795400303,20780,'ann','visit','',NULL,NULL,0,'',NULL,'{"visit": 1, "state": "open", "was": "booked"}',X'ea23ba03237434b5199f024273ceec7e077bd7628e234bf074d1a06951d53f98');
INSERT INTO entry VALUES(40,39,1795400303,1795400303,20780,'ann','pot','',NULL,NULL,0,'nobody told what is in the water',NULL,'{"pot": 1, "visit": 1, "discard_by": 1795414703, "recipe": "red-iron-oxide=3,diluent=42", "state": "mixed", "was": "undone", "left_ul": 0}',X'2cc33ae05d59a48de24719cc1900cd770fa816013edbf7f70f1d658cb3fc53d9');
INSERT INTO entry VALUES(41,39,1795400303,1795400303,20780,'ann','open','',NULL,5,0,'',NULL,'{"opened": "2026-11-23", "was": ""}',X'75d8dcac2a630be7b19f5b1c805c067ff7f125d699de712a827e25b539e39f0f');
INSERT INTO entry VALUES(42,39,1795400303,1795400303,20780,'ann','use','',NULL,5,-200,'',NULL,'{"pot": 1, "cost": 38000}',X'69063a9d162f811ecff49303f70022c1941882e8fee604029094f8ac40fd4919');
INSERT INTO entry VALUES(43,39,1795400303,1795400303,20780,'ann','open','',NULL,6,0,'',NULL,'{"opened": "2026-11-23", "was": ""}',X'ad00f828b1613f3e4fb4a53982fb6a8a9b56501248cab4546e84b80b3f1f2c2c');
INSERT INTO entry VALUES(44,39,1795400303,1795400303,20780,'ann','use','',NULL,6,-2800,'',NULL,'{"pot": 1, "cost": 0}',X'c1dc950c4fb608340bcb07520d64e0d2f460263821caa078540345188ccd6b67');
INSERT INTO entry VALUES(45,45,1795400303,1795400303,20780,'ann','pot','',NULL,NULL,0,'',NULL,'{"pot": 1, "state": "closed", "was": "mixed", "left_ul": 400}',X'891190b085b791244f946aa0107d3bda7cccf1d161f4aa61b253869aaf572c60');
INSERT INTO entry VALUES(46,46,1795400304,1795400304,20780,'ann','visit','',NULL,NULL,0,'',NULL,'{"visit": 1, "state": "closed", "was": "open"}',X'b673a389c393f5bed93a37e442495124f3a810607a21222761d84c7ab0e42e08');
INSERT INTO entry VALUES(47,47,1795403298,1795403298,20780,'ann','card','',NULL,NULL,0,'',NULL,'{"client": 1, "allergies": 3, "digest": "2085a5083ac10bd501a51c43d74517802e1da1b1740089f01439e5bb9de6a4da"}',X'e108ef5af747c0caf00c8bf36157a328e5db078b2f31004ab3d437f8a952f7f6');
INSERT INTO entry VALUES(48,48,1795405660,1795405660,20780,'ann','product','ampoule',NULL,NULL,0,'',NULL,'{"kind": "diluent", "pigment": "", "unit": "ul", "pao_months": 0, "single_use": true, "supplier": "", "pack": 5000, "cost_cents": 80, "lead_days": 0, "density_mg_ml": 1000}',X'8746e08447d74127fc80fcde95764ce8735c4812f57abe9bea1ff66fb95a29d6');
INSERT INTO entry VALUES(49,49,1795405660,1795405660,20780,'ann','use','',NULL,5,-9800,'',NULL,'',X'448dd7b6a7bbb3e5787f60f10e4b38f33f82e6d0e0126d3dfe8a8ff84c8c6895');
INSERT INTO entry VALUES(50,49,1795405660,1795405660,20780,'ann','open','',NULL,8,0,'',NULL,'{"opened": "2026-11-23", "was": ""}',X'3cf0060655473108eadedeb83ef2790f78cc952b0020f979b304cf19a6445535');
INSERT INTO entry VALUES(51,49,1795405660,1795405660,20780,'ann','use','',NULL,8,-5200,'',NULL,'',X'973d7f819f4ab3b9ff9a1fc8b90dd13891d6bc247f1415b807aa0ea784604ffd');
INSERT INTO entry VALUES(52,52,1795405661,1795405661,20780,'ann','use','',NULL,8,-2000,'',NULL,'',X'dcef4e4d1e82ec2d2c1056d352829610c9c3f3e73227672f6abc4d5bab721e63');
INSERT INTO entry VALUES(53,53,1795262400,1795405661,20778,'ann','count','',NULL,1,500,'it was gone when entry 9 counted what was left',NULL,'',X'02e5b2f8521520c7b1e9dfb04a469eca8d8c0adb0ae80749eb5a55e4a3e21eec');
INSERT INTO entry VALUES(54,53,1795262400,1795405661,20778,'ann','use','',NULL,1,-500,'',NULL,'',X'ee25a457454ac3fe649c7cbc4e3295278ab382f2f19be3c5b13f6937845b6cf1');
INSERT INTO entry VALUES(55,55,1795405708,1795405708,20780,'ann','lot','',7,NULL,0,'',NULL,'{"product": "ampoule", "name": "Q9", "internal": false, "expires": "2127-08-31", "sterile": true}',X'ee32f2f702adc5f6562de87fdc3e66626ff3095a7668dba46e6c6b31c5e9db84');
INSERT INTO entry VALUES(56,55,1795405708,1795405708,20780,'ann','receive','',NULL,9,5000,'',NULL,'{"lot": 7, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'0041a569ad470bc7f755bd7cc58532b526c8c22bc6d96ae1ac9b98089fb7ce08');
INSERT INTO entry VALUES(57,55,1795405708,1795405708,20780,'ann','receive','',NULL,10,5000,'',NULL,'{"lot": 7, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'83f06b301e699ef2af0e535992c62d7fc5a235ffea97d9ceccd160db1f9b9d1c');
INSERT INTO entry VALUES(58,55,1795405708,1795405708,20780,'ann','receive','',NULL,11,5000,'',NULL,'{"lot": 7, "received": "2026-11-23", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'e4b3415c909b3b335a446c3703bff8594dccc04df9442cef59ce0a1b7057947f');
INSERT INTO entry VALUES(59,59,1795405708,1795405708,20780,'ann','undo','',NULL,8,5200,'of the other shade',51,'',X'72117a3d927dde00f290602cf69f6d1f9ca68fe6be03c79882dca9db0fe6cb6e');
INSERT INTO entry VALUES(60,59,1795405708,1795405708,20780,'ann','undo','',NULL,5,9800,'of the other shade',49,'',X'edfe874f352e5e559d464bd3189bdf9ead26fa2614470c21da6c18f98335fb20');
INSERT INTO entry VALUES(61,61,1795405708,1795405708,20780,'ann','open','',NULL,9,0,'',NULL,'{"opened": "2026-11-23", "was": ""}',X'1148e1bb1816b40805638836e7a351eda39512140d852a826b83791406b98b20');
INSERT INTO entry VALUES(62,61,1795405708,1795405708,20780,'ann','use','',NULL,9,-1000,'',NULL,'',X'1d85c08fb2705b553b617635161a2878c946e10c4466dfc01d4727cdf2dbf1ff');
INSERT INTO entry VALUES(63,63,1795262400,1795405709,20778,'ann','count','',NULL,1,200,'it was gone when entry 9 counted what was left',NULL,'',X'd52d4c0a099f38668474a9353178cb30e2f267bee30d6bccbe8eb20f43a09d4d');
INSERT INTO entry VALUES(64,63,1795262400,1795405709,20778,'ann','use','',NULL,1,-200,'',NULL,'',X'0602a21916844b54bd28c2a3d5d868fbd500a2fc2b5d4cb3069b4677ba1a07df');
INSERT INTO entry VALUES(65,65,1795405709,1795405709,20780,'ann','undo','',NULL,1,200,'not that day',64,'',X'125e67096240f80e62ba358dd160a72e266368cbea4a36f8c2710c0d7f1d7896');
INSERT INTO entry VALUES(66,65,1795405709,1795405709,20780,'ann','undo','',NULL,1,-200,'not that day',63,'',X'18b3b83b52452142347fa720505c7f0350a7e2f0f595648ee1a3437184f0b34d');
INSERT INTO entry VALUES(67,67,1795348800,1795414713,20779,'root','lot','',8,NULL,0,'',NULL,'{"product": "ampoule", "name": "AM1", "internal": false, "expires": "2128-01-31", "sterile": true}',X'35c1eeb2ee3c170cb3140a9c5705e6ab83455fc665b2f60ab108268ceca27aed');
INSERT INTO entry VALUES(68,67,1795348800,1795414713,20779,'root','receive','',NULL,12,5000,'',NULL,'{"lot": 8, "received": "2026-11-22", "place": "", "tare_mg": 0, "drop_nl": 40000}',X'd736d61ff534a05911ef73debf8b97ee5851cba22af9968ebce35446e03a1dfc');
INSERT INTO entry VALUES(69,69,1795414713,1795414713,20780,'root','use','',NULL,5,-100,'',NULL,'',X'ab0e4af0739877e48f35de7cef5be2b47b00c496379a5b178b2da0b1c566fdf7');
INSERT INTO entry VALUES(70,70,1795414713,1795414713,20780,'root','product','tattoo-black',NULL,NULL,0,'',NULL,'{"kind": "pigment", "pigment": "carbon-black", "unit": "ul", "pao_months": 12, "supplier": "", "pack": 15000, "cost_cents": 0, "lead_days": 0, "density_mg_ml": 1000, "gtin": "06291041500213"}',X'45a63f6a3cbec6756c77c65b4805c33853439b4c6223898d7a6b44268bab6f50');
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO head VALUES(1,70,X'45a63f6a3cbec6756c77c65b4805c33853439b4c6223898d7a6b44268bab6f50');
CREATE TABLE ingredient (
    product TEXT NOT NULL REFERENCES product (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    cas TEXT NOT NULL,
    color_index TEXT NOT NULL,
    PRIMARY KEY (product, place)
) STRICT, WITHOUT ROWID;
INSERT INTO ingredient VALUES('warm-brown',1,'','','CI 77491');
INSERT INTO ingredient VALUES('warm-brown',2,'glycerol','56-81-5','');
CREATE TABLE lot (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    expires INTEGER,
    sterile INTEGER NOT NULL CHECK (sterile IN (0, 1)),
    quarantined INTEGER NOT NULL CHECK (quarantined IN (0, 1)),
    recalled INTEGER NOT NULL CHECK (recalled IN (0, 1)), on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    UNIQUE (product, name)
) STRICT;
INSERT INTO lot VALUES(1,'deep-black','A77',0,57829,0,0,0,28380);
INSERT INTO lot VALUES(2,'water','W1',0,57373,1,1,0,10000);
INSERT INTO lot VALUES(3,'needles-3rl','INT-13',1,NULL,0,0,1,20);
INSERT INTO lot VALUES(4,'warm-brown','B12',0,57738,0,0,0,9700);
INSERT INTO lot VALUES(5,'water','W2',0,57523,1,0,0,7200);
INSERT INTO lot VALUES(6,'warm-brown','B13',0,57798,0,0,0,8000);
INSERT INTO lot VALUES(7,'ampoule','Q9',0,57585,1,0,0,14000);
INSERT INTO lot VALUES(8,'ampoule','AM1',0,57738,1,0,0,5000);
CREATE TABLE part (
    pot INTEGER NOT NULL REFERENCES pot (id),
    bottle INTEGER NOT NULL REFERENCES bottle (id),
    ul INTEGER NOT NULL CHECK (ul >= 0),
    cost INTEGER NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (pot, bottle)
) STRICT, WITHOUT ROWID;
INSERT INTO part VALUES(1,5,200,38000);
INSERT INTO part VALUES(1,6,2800,0);
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
INSERT INTO pot VALUES(1,1,1795400303,20780,1795414703,'red-iron-oxide=3,diluent=42','closed',400);
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
, gtin TEXT NOT NULL DEFAULT '', single_use INTEGER NOT NULL DEFAULT 0 CHECK (single_use IN (0, 1)), came INTEGER) STRICT;
INSERT INTO product VALUES('deep-black','pigment','carbon-black','ul',12,'Inks, Ltd',15000,2850,9,1050,'',0,20758);
INSERT INTO product VALUES('water','diluent','','ul',1,'',0,0,0,1000,'',0,20779);
INSERT INTO product VALUES('needles-3rl','consumable','','pc',0,'',20,0,0,1000,'',0,20779);
INSERT INTO product VALUES('warm-brown','pigment','red-iron-oxide','ul',12,'Ink & Co',10000,1900,5,1000,'09501101530003',0,20780);
INSERT INTO product VALUES('ampoule','diluent','','ul',0,'',5000,80,0,1000,'',1,20779);
INSERT INTO product VALUES('tattoo-black','pigment','carbon-black','ul',12,'',15000,0,0,1000,'06291041500213',0,NULL);
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
INSERT INTO visit VALUES(1,1,20900,'s1',12000,0,'carbon-black=3,diluent=42','closed',1795400303,1795400304);
CREATE TABLE terms (
    product TEXT NOT NULL REFERENCES product (id),
    supplier TEXT NOT NULL,
    least_packs INTEGER NOT NULL CHECK (least_packs > 0),
    step_packs INTEGER NOT NULL CHECK (step_packs > 0),
    lead_days INTEGER NOT NULL CHECK (lead_days >= 0),
    spread_tenths INTEGER NOT NULL CHECK (spread_tenths >= 0),
    PRIMARY KEY (product, supplier)
) STRICT, WITHOUT ROWID;
INSERT INTO terms VALUES('warm-brown','Ink & Co',2,2,5,15);
CREATE TABLE price (
    product TEXT NOT NULL,
    supplier TEXT NOT NULL,
    packs INTEGER NOT NULL CHECK (packs > 0),
    cents INTEGER NOT NULL CHECK (cents > 0),
    PRIMARY KEY (product, supplier, packs),
    FOREIGN KEY (product, supplier) REFERENCES terms (product, supplier)
) STRICT, WITHOUT ROWID;
INSERT INTO price VALUES('warm-brown','Ink & Co',2,1900);
INSERT INTO price VALUES('warm-brown','Ink & Co',6,1700);
CREATE TABLE purchase (
    id INTEGER PRIMARY KEY,
    supplier TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'sent', 'cancelled')),
    day INTEGER NOT NULL,
    sent INTEGER,
    expected INTEGER
) STRICT;
INSERT INTO purchase VALUES(1,'Ink & Co','sent',20780,20780,20785);
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
INSERT INTO purchase_line VALUES(1,1,'warm-brown',4,10000,1900,1,'');
CREATE TABLE used (
    monday INTEGER NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    amount INTEGER NOT NULL,
    operations INTEGER NOT NULL,
    PRIMARY KEY (monday, product)
) STRICT, WITHOUT ROWID;
INSERT INTO used VALUES(20773,'deep-black',650,2);
INSERT INTO used VALUES(20780,'ampoule',1000,1);
INSERT INTO used VALUES(20780,'warm-brown',2300,3);
INSERT INTO used VALUES(20780,'water',2800,1);
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
CREATE UNIQUE INDEX product_gtin ON product (gtin) WHERE gtin <> '';
CREATE INDEX entry_lot ON entry (lot) WHERE lot IS NOT NULL;
CREATE INDEX entry_product ON entry (product) WHERE product <> '';
CREATE INDEX bottle_opened ON bottle (opened) WHERE opened IS NOT NULL AND on_hand > 0;
CREATE INDEX purchase_line_product ON purchase_line (product);
COMMIT;
PRAGMA application_id = 1414419282;
PRAGMA user_version = 7;
