"""Tries to sign in, counted in the database for all program processes. What is counted, and how many are too many, is said elsewhere.

Holds no name and no address, only what they hash to; what is older than the time that counts is deleted.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
)

from coach.store.accounts import Accounts

Counted = tuple[str, bytes]  # a kind, and the hash of what is counted
attempt = Table(
    "attempt", MetaData(),
    Column("id", BigInteger, primary_key=True), Column("kind", Text, nullable=False), Column("digest", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),
)  # fmt: skip


class Attempts:
    """Counts by the clock of the accounts. One transaction each, one after the other."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def take(self, counted: Sequence[Counted], most: Mapping[str, int], seconds: float) -> float:
        """Count one try; seconds to wait where there were `most` of a kind within `seconds`, which is then not counted."""
        now = self._accounts.clock().timestamp()
        with self._accounts.writing() as connection:
            # a clock that was set back must not keep anybody out for longer
            connection.execute(delete(attempt).where(or_(attempt.c.at <= now - seconds, attempt.c.at > now)))
            waits = []
            for kind, digest in counted:
                count, first = connection.execute(select(func.count(), func.min(attempt.c.at)).where(_same(kind, digest))).one()
                if count >= most[kind]:
                    waits.append(first + seconds - now)
            if waits:
                return max(waits)
            connection.execute(insert(attempt), [{"kind": kind, "digest": digest, "at": now} for kind, digest in counted])
        return 0.0

    def forgive(self, all_of: Counted, one_of: Counted) -> None:
        """Forget every try of the one, and the last of the other."""
        last = select(func.max(attempt.c.id)).where(_same(*one_of)).scalar_subquery()
        with self._accounts.writing() as connection:
            connection.execute(delete(attempt).where(or_(_same(*all_of), attempt.c.id == last)))


def _same(kind: str, digest: bytes):
    return (attempt.c.kind == kind) & (attempt.c.digest == digest)
