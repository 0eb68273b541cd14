"""All that is kept, out of one transaction and into another. Opens none; whether it fits together is checked before."""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select

from coach.schema.binder import Aside, Kept, Talk
from coach.schema.checklist import Item, Tracked
from coach.schema.conversation import Message
from coach.store import plan_queries as queries
from coach.store import plan_rows, rows, tables
from coach.store.plan_rows import TABLES


def take_out(connection: Connection) -> Kept:
    """Everything but empty conversations and what could be taken back."""
    named = select(tables.evidence.c.attachment).where(tables.evidence.c.attachment.is_not(None))
    files = connection.execute(select(tables.attachment).where(tables.attachment.c.id.in_(named))).mappings()
    return Kept(
        talks=tuple(talk for talk in _talks(connection) if talk.session.messages or talk.aside),
        plans=tuple(queries.versions(connection)),
        checklist=queries.everything(connection).model_copy(update={"plan": None}),
        files={row["id"]: row["data"] for row in files},
    )


def put_in(connection: Connection, kept: Kept) -> None:
    """Store all of it. The tables hold nothing of it yet."""
    for talk in kept.talks:
        _put_talk(connection, talk)
    for plan in sorted(kept.plans, key=lambda plan: plan.number):
        own = {
            "id": plan.id,
            "number": plan.number,
            "added_on": plan.added_on.isoformat(),
            "current": int(plan.current),
        }
        connection.execute(insert(tables.plan).values({**own, **plan_rows.plan_values(plan.extraction)}))
    for id, data in kept.files.items():
        connection.execute(insert(tables.attachment).values(id=id, data=data))
    for added, record in enumerate(_records(kept), start=1):
        connection.execute(insert(TABLES[type(record)]).values({**plan_rows.values(record), "added": added}))


def is_empty(connection: Connection) -> bool:
    """Whether nothing is kept. A conversation in which nothing was said yet does not count."""
    used = (tables.message, tables.plan, *TABLES.values())
    return all(connection.scalar(select(table.c.id).limit(1)) is None for table in used)


def remove_all(connection: Connection) -> None:
    """Delete everything."""
    queries.remove_all(connection)
    connection.execute(delete(tables.conversation))


def _records(kept: Kept) -> Iterator[Tracked]:
    """Every record, each after what it refers to; the order within a kind is the order in which it was kept."""
    for name in type(kept.checklist).model_fields:
        for record in getattr(kept.checklist, name) or ():
            yield record
            if isinstance(record, Item):
                yield from (*record.steps, *record.evidence)


def _talks(connection: Connection) -> Iterator[Talk]:
    table, line = tables.conversation, tables.message
    for row in connection.execute(select(table).order_by(table.c.created_at, table.c.id)).mappings().all():
        own = select(line).where(line.c.conversation_id == row["id"])
        found = (
            connection.execute(own.order_by(line.c.superseded, line.c.position, line.c.id)).mappings().all()
        )
        session = rows.session(row, [message for message in found if not message["superseded"]])
        session = session.model_copy(update={"messages": tuple(map(_without_id, session.messages))})
        aside = tuple(
            Aside(
                branch=message["superseded"],
                position=message["position"],
                message=_without_id(rows.message(message)),
            )
            for message in found
            if message["superseded"]
        )
        yield Talk(session=session, created_at=row["created_at"], updated_at=row["updated_at"], aside=aside)


def _without_id(message: Message) -> Message:
    return message.model_copy(update={"id": None})


def _put_talk(connection: Connection, talk: Talk) -> None:
    session = talk.session
    times = {"created_at": rows.stamp(talk.created_at), "updated_at": rows.stamp(talk.updated_at)}
    own = {"id": session.id, "title": session.title, **times, **rows.state_values(session)}
    connection.execute(insert(tables.conversation).values(own))
    live = [(0, position, message) for position, message in enumerate(session.messages)]
    aside = [(one.branch, one.position, one.message) for one in talk.aside]
    for branch, position, message in (*live, *aside):
        values = {
            **rows.message_values(message, position),
            "superseded": branch,
            "conversation_id": session.id,
        }
        connection.execute(insert(tables.message).values(values))
