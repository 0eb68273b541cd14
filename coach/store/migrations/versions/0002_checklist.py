"""The plan and its tracked checklist. A released revision is never edited: it repeats the tables on purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("hidden", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.Column("json_version", sa.Integer, nullable=False),
        sa.Column("extraction", sa.Text, nullable=False),
        sa.CheckConstraint("current IN (0, 1)", name="plan_is_current"),
        sqlite_strict=True,
    )
    op.create_index("plan_number", "plan", ["number"], unique=True)
    op.create_index("plan_current", "plan", ["current"], unique=True, sqlite_where=sa.text("current = 1"))
    op.create_table(
        "item",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("span", sa.Text),
        sa.Column("measure", sa.Text),
        sa.Column("measure_source", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("evidence_source", sa.Text),
        sa.Column("deadline", sa.Text),
        sa.Column("missing", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("plan", sa.Text, sa.ForeignKey("plan.id")),
        sa.Column("goal", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("status_on", sa.Text),
        sa.Column("notes", sa.Text, nullable=False),
        sa.CheckConstraint("origin IN ('plan', 'added', 'dropped')", name="item_origin"),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'at_risk', 'done', 'confirmed')", name="item_status"
        ),
        sqlite_strict=True,
    )
    op.create_index("item_of_plan", "item", ["plan"])
    op.create_table(
        "step",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, sa.ForeignKey("item.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("done_on", sa.Text),
        sa.CheckConstraint("done IN (0, 1)", name="step_is_done"),
        sqlite_strict=True,
    )
    op.create_index("step_of_item", "step", ["item"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, sa.ForeignKey("item.id"), nullable=False),
        sa.Column("on", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("file", sa.Text),
        sa.Column("size", sa.Integer),
        sa.Column("attachment", sa.Text, sa.ForeignKey("attachment.id")),
        sqlite_strict=True,
    )
    op.create_index("evidence_of_item", "evidence", ["item"])
    op.create_index("evidence_with_attachment", "evidence", ["attachment"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("on", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("item", sa.Text, sa.ForeignKey("item.id")),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("beyond", sa.Integer, nullable=False),
        sa.CheckConstraint("beyond IN (0, 1)", name="entry_is_beyond"),
        sqlite_strict=True,
    )
    op.create_index("entry_of_item", "entry", ["item"])
    op.create_table(
        "promise",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("span", sa.Text),
        sa.Column("plan", sa.Text, sa.ForeignKey("plan.id")),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_on", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.CheckConstraint("origin IN ('plan', 'added', 'dropped')", name="promise_origin"),
        sa.CheckConstraint("state IN ('open', 'kept', 'late', 'missed')", name="promise_state"),
        sqlite_strict=True,
    )
    op.create_index("promise_of_plan", "promise", ["plan"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("on", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("item", sa.Text, sa.ForeignKey("item.id")),
        sqlite_strict=True,
    )
    op.create_index("feedback_of_item", "feedback", ["item"])
    op.create_table(
        "check_in",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled', 'missed')", name="check_in_state"),
        sqlite_strict=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("goal", sa.Text),
        sa.Column("item", sa.Text, sa.ForeignKey("item.id")),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("ticked", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_on", sa.Text),
        sa.CheckConstraint("ticked IN (0, 1)", name="question_is_ticked"),
        sqlite_strict=True,
    )
    op.create_index("question_of_item", "question", ["item"])
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("inverse", sa.Text, nullable=False),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
