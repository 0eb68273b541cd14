"""The tables as they are today. Every change needs a revision in migrations/ that leads here; tests compare.

Only INTEGER and TEXT, so that the tables can be STRICT. Columns marked JSON hold text that rows.py writes.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text

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
