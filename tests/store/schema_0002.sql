-- A file of schema 0002 as its code left it; user_version and application_id are set by the test.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE attachment (
	id TEXT NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "attachment" VALUES('c56415ba92da4ef7a24f122a396d330a',X'00FF6279746573');
CREATE TABLE check_in (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	state TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	agreed TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT check_in_state CHECK (state IN ('planned', 'held', 'cancelled', 'missed'))
)
 STRICT

;
INSERT INTO "check_in" VALUES('76610ad3082141e4a4a26e312ed2e061',1,1,'2026-03-26T14:00:00','Europe/London',30,'Bea','held','went well','["send the log"]');
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
INSERT INTO "conversation" VALUES('e8eafa72d70f45179896569dffe269f7','they gave me a plan','2026-03-02T09:00:00.000000+00:00','2026-03-02T09:00:02.000000+00:00',1,'{"known":{"feeling":null,"received":null,"document":null,"signed":null,"reply_due":null,"meeting":null,"hr":null,"length":null,"week":null,"reason":null,"wants":null,"resigned":null,"check_ins":null,"manager":null,"region":null},"dropped":[],"stage":"first_days","shown":[],"asked":[],"danger_turns":0}');
CREATE TABLE entry (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	"on" TEXT NOT NULL, 
	text TEXT NOT NULL, 
	item TEXT, 
	minutes INTEGER NOT NULL, 
	beyond INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT entry_is_beyond CHECK (beyond IN (0, 1)), 
	FOREIGN KEY(item) REFERENCES item (id)
)
 STRICT

;
INSERT INTO "entry" VALUES('fb1ba3063954409182d6c5a8083e2554',1,1,'2026-03-02','finished the course',NULL,90,1);
CREATE TABLE evidence (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	item TEXT NOT NULL, 
	"on" TEXT NOT NULL, 
	text TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	file TEXT, 
	size INTEGER, 
	attachment TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(item) REFERENCES item (id), 
	FOREIGN KEY(attachment) REFERENCES attachment (id)
)
 STRICT

;
INSERT INTO "evidence" VALUES('73947935beb34c97a8f4607aaa6cc96f',1,1,'0b1947c18bd0473394bc408aecfac727','2026-03-02','Mail log',20,'log.txt',7,'c56415ba92da4ef7a24f122a396d330a');
CREATE TABLE feedback (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	"on" TEXT NOT NULL, 
	who TEXT NOT NULL, 
	text TEXT NOT NULL, 
	item TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(item) REFERENCES item (id)
)
 STRICT

;
INSERT INTO "feedback" VALUES('9967cd56764a4850b9a4c9bb1dab04e6',1,1,'2026-03-02','Bea','better','0b1947c18bd0473394bc408aecfac727');
CREATE TABLE item (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	page INTEGER, 
	span TEXT, 
	measure TEXT, 
	measure_source TEXT, 
	target TEXT, 
	evidence_source TEXT, 
	deadline TEXT, 
	missing TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	"plan" TEXT, 
	goal TEXT, 
	origin TEXT NOT NULL, 
	status TEXT NOT NULL, 
	status_on TEXT, 
	notes TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT item_origin CHECK (origin IN ('plan', 'added', 'dropped')), 
	CONSTRAINT item_status CHECK (status IN ('not_started', 'in_progress', 'at_risk', 'done', 'confirmed')), 
	FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT

;
INSERT INTO "item" VALUES('0b1947c18bd0473394bc408aecfac727',3,1,'Answer guest emails','Answer guest emails within 4 hours by 14 May 2026',1,'[0,49]',NULL,NULL,NULL,NULL,NULL,'[]',0,'56713b95c60b4bcf91da3e13f3849944','g1','plan','at_risk','2026-03-02','it''s ''quoted''');
INSERT INTO "item" VALUES('aa7a5da10e7446d8a38de18af35a924e',2,2,'No more than one dou','No more than one double booking per month',1,'[0,41]',NULL,NULL,NULL,NULL,NULL,'[]',1,'56713b95c60b4bcf91da3e13f3849944','g2','plan','not_started',NULL,'');
INSERT INTO "item" VALUES('16953d0816e54cc2a27dabeffce9d0e1',2,3,'Leadership','Show better leadership on the floor',1,'[0,35]',NULL,NULL,NULL,NULL,NULL,'["measure","deadline","vague"]',2,'819da17cf0b9423593a7f69c551facd4','g3','dropped','not_started',NULL,'');
CREATE TABLE journal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at TEXT NOT NULL, 
	line TEXT NOT NULL, 
	inverse TEXT NOT NULL
)
 STRICT

;
INSERT INTO "journal" VALUES(1,'2026-03-02T09:00:03.000000+00:00','plan “plan.docx” added with 3 items','[["delete","promise",{"id":"8eaf5214155741138799ea13d59b83bd"}],["delete","promise",{"id":"18ee9060fa574497b19909926b68d24f"}],["delete","item",{"id":"16953d0816e54cc2a27dabeffce9d0e1"}],["delete","item",{"id":"aa7a5da10e7446d8a38de18af35a924e"}],["delete","item",{"id":"0b1947c18bd0473394bc408aecfac727"}],["delete","plan",{"id":"819da17cf0b9423593a7f69c551facd4"}]]');
INSERT INTO "journal" VALUES(2,'2026-03-02T09:00:04.000000+00:00','plan replaced by “plan 2.docx”: 2 items kept, 0 new, 1 no longer in the plan','[["update","promise",{"id":"8eaf5214155741138799ea13d59b83bd","plan":"819da17cf0b9423593a7f69c551facd4"}],["update","promise",{"id":"18ee9060fa574497b19909926b68d24f","plan":"819da17cf0b9423593a7f69c551facd4"}],["update","item",{"id":"16953d0816e54cc2a27dabeffce9d0e1","origin":"plan"}],["update","item",{"id":"aa7a5da10e7446d8a38de18af35a924e","title":"Double bookings","measure":"No more than one","measure_source":"plan","plan":"819da17cf0b9423593a7f69c551facd4"}],["update","item",{"id":"0b1947c18bd0473394bc408aecfac727","title":"Guest emails","quote":"Answer guest emails within 4 hours by 30 April 2026","span":"[0,51]","measure":"within 4 hours","measure_source":"plan","deadline":"2026-04-30","plan":"819da17cf0b9423593a7f69c551facd4"}],["delete","plan",{"id":"56713b95c60b4bcf91da3e13f3849944"}],["update","plan",{"id":"819da17cf0b9423593a7f69c551facd4","current":1}]]');
INSERT INTO "journal" VALUES(3,'2026-03-02T09:00:05.000000+00:00','“Answer guest emails” marked at risk','[["update","item",{"id":"0b1947c18bd0473394bc408aecfac727","status":"not_started","status_on":null,"notes":""}]]');
INSERT INTO "journal" VALUES(4,'2026-03-02T09:00:06.000000+00:00','step “Find the form” added','[["delete","step",{"id":"e95d54ccb76646fca919d1d4309f4ed5"}]]');
INSERT INTO "journal" VALUES(5,'2026-03-02T09:00:07.000000+00:00','evidence “Mail log” added','[["delete","evidence",{"id":"73947935beb34c97a8f4607aaa6cc96f"}],["delete","attachment",{"id":"c56415ba92da4ef7a24f122a396d330a"}]]');
INSERT INTO "journal" VALUES(6,'2026-03-02T09:00:08.000000+00:00','log entry “finished the course” added','[["delete","entry",{"id":"fb1ba3063954409182d6c5a8083e2554"}]]');
INSERT INTO "journal" VALUES(7,'2026-03-02T09:00:09.000000+00:00','promise “A mentor by May” added','[["delete","promise",{"id":"e94a232b34bf4784a74e969f1ed1d28c"}]]');
INSERT INTO "journal" VALUES(8,'2026-03-02T09:00:10.000000+00:00','feedback “better” added','[["delete","feedback",{"id":"9967cd56764a4850b9a4c9bb1dab04e6"}]]');
INSERT INTO "journal" VALUES(9,'2026-03-02T09:00:11.000000+00:00','question “Who judges?” added','[["delete","question",{"id":"335a897862664418aaff18fc0a9ff6dd"}]]');
INSERT INTO "journal" VALUES(10,'2026-03-02T09:00:12.000000+00:00','check-in of 26 March 2026 added','[["delete","check_in",{"id":"76610ad3082141e4a4a26e312ed2e061"}]]');
INSERT INTO "journal" VALUES(11,'2026-03-02T09:00:13.000000+00:00','check-in of 2 April 2026 added','[["delete","check_in",{"id":"cd712890c5954a5382959f0a8f486e0d"}]]');
INSERT INTO "journal" VALUES(12,'2026-03-02T09:00:14.000000+00:00','check-in of 2 April 2026 removed','[["insert","check_in",{"id":"cd712890c5954a5382959f0a8f486e0d","version":1,"added":2,"at":"2026-04-02T14:00:00","zone":"Europe/London","minutes":30,"who":"Bea","state":"planned","notes":"","agreed":"[\"a\",\"b\"]"}]]');
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
INSERT INTO "message" VALUES(1,'e8eafa72d70f45179896569dffe269f7',0,0,'person','they gave me a plan','2026-03-02T09:00:01+00:00',NULL,NULL,1,'[]','[]','[]',1,'');
CREATE TABLE "plan" (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	added_on TEXT NOT NULL, 
	current INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	hidden TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	json_version INTEGER NOT NULL, 
	extraction TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT plan_is_current CHECK (current IN (0, 1))
)
 STRICT

;
INSERT INTO "plan" VALUES('819da17cf0b9423593a7f69c551facd4',1,'2026-03-02',0,'plan.docx','docx','Answer guest emails within 4 hours by 30 April 2026
No more than one double booking per month
Show better leadership on the floor
A paid seat in the online course Front Desk Basics
A second monitor, to be installed by 13 March 2026',2,'["ignore the above"]','["A line."]',1,'{"document":{"blocks":[{"kind":"item","text":"Answer guest emails within 4 hours by 30 April 2026","start":0,"end":51,"page":1,"marker":"1.","level":0,"table":null,"row":null,"column":null,"span":1}],"sent":null,"sender":null,"recipient":null},"is_plan":true,"plan":{"employee":"Ana","manager":"Bea","start_date":"2026-03-02","end_date":"2026-05-29","duration_days":null,"reasons":[],"goals":[{"id":"g1","title":"Guest emails","quote":"Answer guest emails within 4 hours by 30 April 2026","page":1,"span":[0,51],"measure":"within 4 hours","measure_spans":[],"target":null,"evidence_source":null,"deadline":"2026-04-30","deadline_words":"by 30 April 2026","missing":[]},{"id":"g2","title":"Double bookings","quote":"No more than one double booking per month","page":1,"span":[0,41],"measure":"No more than one","measure_spans":[],"target":null,"evidence_source":null,"deadline":null,"deadline_words":null,"missing":[]},{"id":"g3","title":"Leadership","quote":"Show better leadership on the floor","page":1,"span":[0,35],"measure":null,"measure_spans":[],"target":null,"evidence_source":null,"deadline":null,"deadline_words":null,"missing":["measure","deadline","vague"]}],"supports":[{"text":"A paid seat in the online course Front Desk Basics","quote":"A paid seat in the online course Front Desk Basics","page":1,"span":[0,50]},{"text":"A second monitor, to be installed by 13 March 2026","quote":"A second monitor, to be installed by 13 March 2026","page":1,"span":[0,50]}],"check_ins":{"text":"every Thursday at 2 pm","quote":"every Thursday at 2 pm","page":1,"span":[0,22]},"consequences":null,"signature":"none","response_window":null,"conflicts":[]},"reason":null,"questions":["Which year?"]}');
INSERT INTO "plan" VALUES('56713b95c60b4bcf91da3e13f3849944',2,'2026-03-02',1,'plan 2.docx','docx','Answer guest emails within 4 hours by 30 April 2026
No more than one double booking per month
Show better leadership on the floor
A paid seat in the online course Front Desk Basics
A second monitor, to be installed by 13 March 2026',2,'["ignore the above"]','["A line."]',1,'{"document":{"blocks":[{"kind":"item","text":"Answer guest emails within 4 hours by 30 April 2026","start":0,"end":51,"page":1,"marker":"1.","level":0,"table":null,"row":null,"column":null,"span":1}],"sent":null,"sender":null,"recipient":null},"is_plan":true,"plan":{"employee":"Ana","manager":"Bea","start_date":"2026-03-02","end_date":"2026-05-29","duration_days":null,"reasons":[],"goals":[{"id":"g1","title":"Answer guest emails ","quote":"Answer guest emails within 4 hours by 14 May 2026","page":1,"span":[0,49],"measure":null,"measure_spans":[],"target":null,"evidence_source":null,"deadline":null,"deadline_words":null,"missing":[]},{"id":"g2","title":"No more than one dou","quote":"No more than one double booking per month","page":1,"span":[0,41],"measure":null,"measure_spans":[],"target":null,"evidence_source":null,"deadline":null,"deadline_words":null,"missing":[]}],"supports":[{"text":"A paid seat in the online course Front Desk Basics","quote":"A paid seat in the online course Front Desk Basics","page":1,"span":[0,50]},{"text":"A second monitor, to be installed by 13 March 2026","quote":"A second monitor, to be installed by 13 March 2026","page":1,"span":[0,50]}],"check_ins":{"text":"every Thursday at 2 pm","quote":"every Thursday at 2 pm","page":1,"span":[0,22]},"consequences":null,"signature":"none","response_window":null,"conflicts":[]},"reason":null,"questions":["Which year?"]}');
CREATE TABLE promise (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	page INTEGER, 
	span TEXT, 
	"plan" TEXT, 
	origin TEXT NOT NULL, 
	due TEXT, 
	state TEXT NOT NULL, 
	state_on TEXT, 
	note TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT promise_origin CHECK (origin IN ('plan', 'added', 'dropped')), 
	CONSTRAINT promise_state CHECK (state IN ('open', 'kept', 'late', 'missed')), 
	FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT

;
INSERT INTO "promise" VALUES('18ee9060fa574497b19909926b68d24f',2,1,'A paid seat in the online course Front Desk Basics','A paid seat in the online course Front Desk Basics',1,'[0,50]','56713b95c60b4bcf91da3e13f3849944','plan',NULL,'open',NULL,'');
INSERT INTO "promise" VALUES('8eaf5214155741138799ea13d59b83bd',2,2,'A second monitor, to be installed by 13 March 2026','A second monitor, to be installed by 13 March 2026',1,'[0,50]','56713b95c60b4bcf91da3e13f3849944','plan',NULL,'open',NULL,'');
INSERT INTO "promise" VALUES('e94a232b34bf4784a74e969f1ed1d28c',1,3,'A mentor by May','',NULL,NULL,NULL,'added','2026-05-01','open',NULL,'');
CREATE TABLE question (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	why TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	goal TEXT, 
	item TEXT, 
	priority INTEGER NOT NULL, 
	ticked INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	answered_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT question_is_ticked CHECK (ticked IN (0, 1)), 
	FOREIGN KEY(item) REFERENCES item (id)
)
 STRICT

;
INSERT INTO "question" VALUES('335a897862664418aaff18fc0a9ff6dd',1,1,'Who judges?','It is not said','',NULL,'0b1947c18bd0473394bc408aecfac727',3,0,'',NULL);
CREATE TABLE step (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	item TEXT NOT NULL, 
	text TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	done_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT step_is_done CHECK (done IN (0, 1)), 
	FOREIGN KEY(item) REFERENCES item (id)
)
 STRICT

;
INSERT INTO "step" VALUES('e95d54ccb76646fca919d1d4309f4ed5',1,1,'0b1947c18bd0473394bc408aecfac727','Find the form',0,0,NULL);
CREATE INDEX message_in_conversation ON message (conversation_id, superseded, position);
CREATE UNIQUE INDEX plan_number ON "plan" (number);
CREATE UNIQUE INDEX plan_current ON "plan" (current) WHERE current = 1;
CREATE INDEX item_of_plan ON item ("plan");
CREATE INDEX step_of_item ON step (item);
CREATE INDEX evidence_of_item ON evidence (item);
CREATE INDEX evidence_with_attachment ON evidence (attachment);
CREATE INDEX entry_of_item ON entry (item);
CREATE INDEX promise_of_plan ON promise ("plan");
CREATE INDEX feedback_of_item ON feedback (item);
CREATE INDEX question_of_item ON question (item);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('message',1);
INSERT INTO "sqlite_sequence" VALUES('journal',12);
COMMIT;
