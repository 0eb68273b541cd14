-- A file of schema 0001 as the released code left it; user_version and application_id are set by the test.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE conversation (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "conversation" VALUES('9000d47aa4484123a8535a9c137eb797','I was put on a plan','2026-03-02T09:00:00.000000+00:00','2026-03-02T09:00:05.000000+00:00',1,'{"known":{"feeling":null,"received":null,"document":null,"signed":null,"reply_due":null,"meeting":null,"hr":null,"length":null,"week":null,"reason":null,"wants":null,"resigned":null,"check_ins":null,"manager":{"value":"Bea","quote":"my manager Bea"},"region":null},"dropped":[],"stage":"first_days","shown":[],"asked":[],"danger_turns":1}');
INSERT INTO "conversation" VALUES('30e9a41ab4a84a29aa1d6cd605b5537d','Meeting on Thursday','2026-03-02T09:00:06.000000+00:00','2026-03-02T09:00:08.000000+00:00',1,'{"known":{"feeling":null,"received":null,"document":null,"signed":null,"reply_due":null,"meeting":null,"hr":null,"length":null,"week":null,"reason":null,"wants":null,"resigned":null,"check_ins":null,"manager":null,"region":null},"dropped":[],"stage":"first_days","shown":[],"asked":[],"danger_turns":0}');
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation_id TEXT NOT NULL, 
	superseded INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT NOT NULL, 
	route TEXT, 
	stage TEXT, 
	version INTEGER NOT NULL, 
	citations TEXT NOT NULL, 
	quick_replies TEXT NOT NULL, 
	notices TEXT NOT NULL, 
	composed INTEGER NOT NULL, 
	endpoint TEXT NOT NULL, 
	CONSTRAINT message_author CHECK (author IN ('person', 'coach')), 
	CONSTRAINT message_composed CHECK (composed IN (0, 1)), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "message" VALUES(1,'9000d47aa4484123a8535a9c137eb797',0,0,'person','I was put on a plan today; it''s Über-strict','2026-03-02T09:00:01+00:00',NULL,NULL,1,'[]','[]','[]',1,'');
INSERT INTO "message" VALUES(2,'9000d47aa4484123a8535a9c137eb797',1,1,'coach','That is a lot. [1]','2026-03-02T09:00:02+00:00','coach','first_days',1,'[{"n":1,"card":"first-hours","title":"The first hours","source":"Seed","points":["breathe"]}]','["What now?"]','["Saved."]',1,'embedded');
INSERT INTO "message" VALUES(3,'9000d47aa4484123a8535a9c137eb797',0,1,'person','edited ''twice''
and again','2026-03-02T09:00:04+00:00',NULL,NULL,1,'[]','[]','[]',1,'');
INSERT INTO "message" VALUES(4,'30e9a41ab4a84a29aa1d6cd605b5537d',0,0,'person','second','2026-03-02T09:00:07+00:00',NULL,NULL,1,'[]','[]','[]',1,'');
CREATE INDEX message_in_conversation ON message (conversation_id, superseded, position);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('message',5);
COMMIT;
