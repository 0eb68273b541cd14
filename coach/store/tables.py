"""The tables as they are today. Every change needs a revision in migrations/ that leads here; tests compare.

Only INTEGER, TEXT and BLOB, so that the tables can be STRICT. Columns marked JSON hold text that rows.py and plan_rows.py
write. The entries of `journal` name columns: a revision that takes one away or changes its meaning empties it; a new
column has a default, so that rows of older entries can come back.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created_at", Text, nullable=False),  # UTC, always the same width: sorts as text
    Column("updated_at", Text, nullable=False),
    Column("version", Integer, nullable=False),  # of the JSON in this row
    Column("state", Text, nullable=False),  # JSON: every field of Session but id, title and messages
    sqlite_strict=True,
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("superseded", Integer, nullable=False),  # 0: live; n: put aside by the n-th edit
    Column("position", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),  # ISO 8601 as given, with its own offset
    Column("route", Text),
    Column("stage", Text),
    Column("version", Integer, nullable=False),  # of the JSON in this row
    Column("citations", Text, nullable=False),  # JSON
    Column("quick_replies", Text, nullable=False),  # JSON
    Column("notices", Text, nullable=False),  # JSON
    Column("composed", Integer, nullable=False),
    Column("endpoint", Text, nullable=False),
    CheckConstraint("author IN ('person', 'coach')", name="message_author"),
    CheckConstraint("composed IN (0, 1)", name="message_composed"),
    Index("message_in_conversation", "conversation_id", "superseded", "position"),
    sqlite_autoincrement=True,  # an id that an old tab still holds never comes to mean another message
    sqlite_strict=True,
)

plan = Table(
    "plan",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("added_on", Text, nullable=False),  # a day, as everywhere below: YYYY-MM-DD
    Column("current", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("hidden", Text, nullable=False),  # JSON
    Column("warnings", Text, nullable=False),  # JSON
    Column("json_version", Integer, nullable=False),  # of the JSON in this row
    Column(
        "extraction", Text, nullable=False
    ),  # JSON: every field of Extraction but those of the document above
    CheckConstraint("current IN (0, 1)", name="plan_is_current"),
    Index("plan_number", "number", unique=True),
    Index("plan_current", "current", unique=True, sqlite_where=text("current = 1")),  # at most one
    sqlite_strict=True,
)

# In all tables below `version` counts the changes of a row; it never goes back, not even when a change is taken back.
# `added` counts up in the order in which rows were added. No foreign key cascades: what hangs on a row is removed row by row, through the journal.

item = Table(
    "item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("page", Integer),
    Column("span", Text),  # JSON
    Column("measure", Text),
    Column("measure_source", Text),
    Column("target", Text),
    Column("evidence_source", Text),
    Column("deadline", Text),
    Column("missing", Text, nullable=False),  # JSON
    Column("position", Integer, nullable=False),
    Column("plan", Text, ForeignKey("plan.id")),
    Column("goal", Text),  # id of the goal in that plan
    Column("origin", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_on", Text),
    Column("notes", Text, nullable=False),
    CheckConstraint("origin IN ('plan', 'added', 'dropped')", name="item_origin"),
    CheckConstraint(
        "status IN ('not_started', 'in_progress', 'at_risk', 'done', 'confirmed')", name="item_status"
    ),
    Index("item_of_plan", "plan"),
    sqlite_strict=True,
)

step = Table(
    "step",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("item", Text, ForeignKey("item.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("done_on", Text),
    CheckConstraint("done IN (0, 1)", name="step_is_done"),
    Index("step_of_item", "item"),
    sqlite_strict=True,
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Text, primary_key=True),
    Column(
        "data", LargeBinary, nullable=False
    ),  # kept while its evidence, or a journal entry about that, is there
    sqlite_strict=True,
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("item", Text, ForeignKey("item.id"), nullable=False),
    Column("on", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("file", Text),
    Column("size", Integer),
    Column("attachment", Text, ForeignKey("attachment.id")),
    Index("evidence_of_item", "item"),
    Index("evidence_with_attachment", "attachment"),
    sqlite_strict=True,
)

entry = Table(
    "entry",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("on", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("item", Text, ForeignKey("item.id")),
    Column("minutes", Integer, nullable=False),
    Column("beyond", Integer, nullable=False),
    CheckConstraint("beyond IN (0, 1)", name="entry_is_beyond"),
    Index("entry_of_item", "item"),
    sqlite_strict=True,
)

promise = Table(
    "promise",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("page", Integer),
    Column("span", Text),  # JSON
    Column("plan", Text, ForeignKey("plan.id")),
    Column("origin", Text, nullable=False),
    Column("due", Text),
    Column("state", Text, nullable=False),
    Column("state_on", Text),
    Column("note", Text, nullable=False),
    CheckConstraint("origin IN ('plan', 'added', 'dropped')", name="promise_origin"),
    CheckConstraint("state IN ('open', 'kept', 'late', 'missed')", name="promise_state"),
    Index("promise_of_plan", "plan"),
    sqlite_strict=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("on", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("item", Text, ForeignKey("item.id")),
    Index("feedback_of_item", "item"),
    sqlite_strict=True,
)

check_in = Table(
    "check_in",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("at", Text, nullable=False),  # local time, without an offset
    Column("zone", Text, nullable=False),  # its IANA name
    Column("minutes", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("agreed", Text, nullable=False),  # JSON
    Column(
        "kind",
        Text,
        CheckConstraint("kind IN ('first', 'check_in', 'midpoint', 'final')", name="check_in_kind"),
        nullable=False,
        server_default="check_in",
    ),
    CheckConstraint("state IN ('planned', 'held', 'cancelled', 'missed')", name="check_in_state"),
    sqlite_strict=True,
)

question = Table(
    "question",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("goal", Text),
    Column("item", Text, ForeignKey("item.id")),
    Column("priority", Integer, nullable=False),
    Column("ticked", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_on", Text),
    CheckConstraint("ticked IN (0, 1)", name="question_is_ticked"),
    Index("question_of_item", "item"),
    sqlite_strict=True,
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("on", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    CheckConstraint("sent IN (0, 1)", name="draft_is_sent"),
    sqlite_strict=True,
)

rehearsal = Table(
    "rehearsal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("at", Text, nullable=False),  # UTC, whole seconds: sorts as text
    Column("scenario", Text, nullable=False),
    Column("persona", Text, nullable=False),
    Column("difficulty", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("before", Integer),
    Column("after", Integer),
    Column("focus", Text, nullable=False),
    Column("result", Text, nullable=False),  # the text of a JSON object, or empty
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # UTC, always the same width
    Column("line", Text, nullable=False),  # what the change did
    Column("inverse", Text, nullable=False),  # JSON: what takes it back, in order
    sqlite_autoincrement=True,  # the number that a page shows never comes to mean another change
    sqlite_strict=True,
)
