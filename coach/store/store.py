"""The one door to what the person wrote. Every change is one transaction: saved as a whole or not at all."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import DataError, IntegrityError

from coach.errors import StoreError, UserError
from coach.schema.binder import Kept
from coach.schema.conversation import Message, Session
from coach.schema.enums import Route
from coach.store import copying, migrate, rows
from coach.store import engine as sqlite
from coach.store.backup import Backups
from coach.store.plan_store import PlanStore
from coach.store.presence import Presence
from coach.store.rows import Summary
from coach.store.server import Server
from coach.store.tables import conversation, message
from coach.store.upkeep import OfFile, OfServer, Upkeep

ELSEWHERE = 300  # messages of other conversations that are looked at
GONE = "This conversation no longer exists. Start a new one."
NOT_EMPTY = (
    "There is something here already, so nothing was imported. It is replaced only where you say so "
    "(on the command line with --replace), and a copy is made first."
)
NOT_WHOLE = "This archive cannot be imported: its parts do not fit together. Nothing was changed."


class Store:
    """One person's conversations, in a SQLite file or on a server; the tracked checklist in `plans`.

    Safe to share between threads, and between processes.
    When two windows save the same conversation the last one is on top; what the other one wrote is
    kept as a superseded branch, never lost.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime], upkeep: Upkeep) -> None:
        self._engine = engine
        self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")
        self._clock = clock
        self._upkeep = upkeep
        self.plans = PlanStore(self._reading, self._writing, self._erasing, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Callable[[], datetime],
        backups: Path | None = None,
        key: SecretStr | None = None,
    ) -> "Store":
        """Open the file for its owner only, made where it is missing; StoreError says why that cannot be.

        `backups` is the folder of its daily copies; without it none are made. `key` is that of a file under a passphrase.
        """
        with sqlite.plainly():
            path = path.absolute()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            migrate.refuse_unknown(path, key)
            presence, engine = Presence(path.parent), None
            try:
                presence.wait_for_whoever_is_alone()
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
                path.chmod(0o600)
                engine = sqlite.connect(path, key)
                sqlite.check_whole(engine)
                migrate.upgrade(engine)
                copies = Backups(backups, clock, key) if backups else None
                if copies:
                    copies.finish()
                store = cls(engine, clock, OfFile(engine, path, copies, presence))
            except BaseException:
                if engine:
                    engine.dispose()
                presence.leave()
                raise
        with suppress(StoreError):  # another process is at work; the mark stays
            store._upkeep.finish_erasing()
        return store

    @classmethod
    def on(cls, server: Server, person: str, clock: Callable[[], datetime]) -> "Store":
        """What one person has on a server, by the id of their account. Reads nothing yet."""
        return cls(server.of(person), clock, OfServer())

    def close(self) -> None:
        """Let go of it."""
        self._upkeep.close()

    def other_process(self) -> bool:
        """Whether it is open a second time, where that is worth telling."""
        return self._upkeep.other_process()

    def list_conversations(self) -> list[Summary]:
        """All conversations, the one that changed last first."""
        columns = (conversation.c.id, conversation.c.title, conversation.c.updated_at)
        newest_first = (conversation.c.updated_at.desc(), conversation.c.created_at.desc(), conversation.c.id)
        with self._reading() as connection:
            found = connection.execute(select(*columns).order_by(*newest_first)).mappings().all()
        return [Summary.model_validate(dict(row)) for row in found]

    def create(self) -> Session:
        """A new, empty conversation."""
        session = Session(id=uuid.uuid4().hex)
        now = rows.stamp(self._clock())
        with self._writing() as connection:
            times = {"created_at": now, "updated_at": now}
            values = {"id": session.id, "title": "", **times, **rows.state_values(session)}
            connection.execute(insert(conversation).values(values))
        return session

    def load(self, id: str) -> Session:
        """The conversation as it stands, without superseded messages; UserError where there is none."""
        with self._reading() as connection:
            found = select(conversation).where(conversation.c.id == id)
            row = connection.execute(found).mappings().one_or_none()
            live = select(message).where(message.c.conversation_id == id, message.c.superseded == 0)
            messages = connection.execute(live.order_by(message.c.position)).mappings().all()
        if row is None:
            raise UserError(GONE)
        return rows.session(row, messages)

    def save(self, session: Session) -> Session:
        """Make the stored conversation equal to `session` and return it with the ids of its messages.

        Messages that the session no longer has are put aside, not deleted. A conversation that was deleted
        meanwhile stays deleted: UserError. The title is only set where there is none; `rename` changes it.
        """
        with self._writing() as connection:
            title = connection.scalar(select(conversation.c.title).where(conversation.c.id == session.id))
            if title is None:
                raise UserError(GONE)
            title = title or rows.tidy(session.title, rows.NAME_LENGTH) or rows.default_title(session)
            messages = self._save_messages(connection, session)
            values = {"title": title, "updated_at": rows.stamp(self._clock()), **rows.state_values(session)}
            connection.execute(update(conversation).where(conversation.c.id == session.id).values(values))
        return session.model_copy(update={"title": title, "messages": messages})

    def elsewhere(self, id: str) -> tuple[Message, ...]:
        """What was said last in the other conversations, oldest first; nothing where none of them speaks of danger."""
        others = (message.c.conversation_id != id, message.c.superseded == 0)
        danger = select(message.c.id).where(*others, message.c.route == Route.CRISIS.value).limit(1)
        last = select(message).where(*others).order_by(message.c.id.desc()).limit(ELSEWHERE)
        with self._reading() as connection:
            found = connection.execute(last).mappings().all() if connection.scalar(danger) is not None else []
        return rows.spoken(found)

    def rename(self, id: str, title: str) -> None:
        """Give the conversation another title. Its place in the list stays."""
        name = rows.tidy(title, rows.NAME_LENGTH)
        if not name:
            raise UserError("Give the conversation a name of at least one letter.")
        with self._writing() as connection:
            change = update(conversation).where(conversation.c.id == id).values(title=name)
            if not connection.execute(change).rowcount:
                raise UserError(GONE)

    def delete(self, id: str) -> None:
        """Delete the conversation with its branches and erase its words from the files. Twice is no error."""
        self._erasing(
            lambda connection: connection.execute(delete_from(conversation).where(conversation.c.id == id)),
            True,
        )

    def take_out(self) -> Kept:
        """All that is kept, as it is at one moment."""
        with self._reading() as connection:
            return copying.take_out(connection)

    def bring_in(self, kept: Kept, *, replace: bool = False) -> str | None:
        """Store all of it, or nothing where anything is wrong; the name of the copy that was made of what it replaced."""
        with self._reading() as connection:
            empty = copying.is_empty(connection)
        if not empty and not replace:
            raise UserError(NOT_EMPTY)
        name = None if empty else self._upkeep.copy_before_import()
        with self._writing() as connection:
            if not replace and not copying.is_empty(connection):
                raise UserError(NOT_EMPTY)
            if replace:
                copying.remove_all(connection)
            try:
                copying.put_in(connection, kept)
            except (IntegrityError, DataError, OverflowError):
                raise UserError(NOT_WHOLE) from None
        return name

    def erase(self) -> None:
        """Delete everything that is kept, in the copies as well, and erase its words from the disk."""
        self._erasing(copying.remove_all, False)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.plainly(), self._engine.begin() as connection:
            yield connection

    def _erasing(self, action: Callable[[Connection], None], in_copies: bool) -> None:
        """Delete, and erase the words. `in_copies`: the copies keep the rest; otherwise they go as well."""
        self._upkeep.begin_erasing(action, in_copies)
        with sqlite.plainly(), self._writer.begin() as connection:
            action(connection)
        self._upkeep.finish_erasing()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._copy_of_today()
        with sqlite.plainly(), self._writer.begin() as connection:
            yield connection

    def _copy_of_today(self) -> None:
        if self._upkeep.due():
            with self._reading() as connection:
                empty = copying.is_empty(connection)
            if not empty:
                self._upkeep.copy()

    @staticmethod
    def _save_messages(connection: Connection, session: Session) -> tuple[Message, ...]:
        own = message.c.conversation_id == session.id
        stored = {row["id"]: dict(row) for row in connection.execute(select(message).where(own)).mappings()}
        branch = 1 + max((row["superseded"] for row in stored.values()), default=0)
        saved = []
        for position, line in enumerate(session.messages):
            values = rows.message_values(line, position)
            if line.id is None:
                added = connection.execute(insert(message).values(conversation_id=session.id, **values))
                line = line.model_copy(update={"id": added.inserted_primary_key[0]})
            else:
                before = stored.pop(line.id, None)
                if before is None:
                    raise StoreError("A message does not belong to this conversation. Nothing was saved.")
                if any(before[name] != value for name, value in values.items()):
                    connection.execute(update(message).where(message.c.id == line.id).values(values))
            saved.append(line)
        aside = [id for id, row in stored.items() if not row["superseded"]]
        if aside:
            connection.execute(update(message).where(message.c.id.in_(aside)).values(superseded=branch))
        return tuple(saved)
