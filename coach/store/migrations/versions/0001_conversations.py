"""Conversations and their messages. A released revision is never edited: it repeats the tables on purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "conversation_id", sa.Text, sa.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("superseded", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("route", sa.Text),
        sa.Column("stage", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("citations", sa.Text, nullable=False),
        sa.Column("quick_replies", sa.Text, nullable=False),
        sa.Column("notices", sa.Text, nullable=False),
        sa.Column("composed", sa.Integer, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.CheckConstraint("author IN ('person', 'coach')", name="message_author"),
        sa.CheckConstraint("composed IN (0, 1)", name="message_composed"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("message_in_conversation", "message", ["conversation_id", "superseded", "position"])
