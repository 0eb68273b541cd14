"""Drafts, rehearsals, and what a check-in is for. A released revision is never edited: it repeats the tables on purpose.

The journal stays: its entries about check-ins know no `kind`, and rows that come back take the default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create both tables and add the column in place, so that no row is moved."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("on", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.CheckConstraint("sent IN (0, 1)", name="draft_is_sent"),
        sqlite_strict=True,
    )
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("persona", sa.Text, nullable=False),
        sa.Column("difficulty", sa.Text, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("before", sa.Integer),
        sa.Column("after", sa.Integer),
        sa.Column("focus", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    # Alembic adds no check along with a column; SQLite does
    op.execute(
        "ALTER TABLE check_in ADD COLUMN kind TEXT DEFAULT 'check_in' NOT NULL "
        "CONSTRAINT check_in_kind CHECK (kind IN ('first', 'check_in', 'midpoint', 'final'))"
    )
