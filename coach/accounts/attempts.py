"""Tries to sign in, counted in the database for all program processes. The counting of one process is coach/accounts/tries.py.

Holds no name and no address, only what they hash to; what is older than the time that counts is deleted.
"""

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

from coach.accounts.tries import OF_ADDRESS, OF_NAME, WHILE, keys
from coach.store.accounts import Accounts

MOST = {"name": OF_NAME, "address": OF_ADDRESS}
attempt = Table(
    "attempt", MetaData(),
    Column("id", BigInteger, primary_key=True), Column("kind", Text, nullable=False), Column("digest", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),
)  # fmt: skip


class Attempts:
    """Counts as Tries does, by the clock of the accounts. One transaction each, one after the other."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def take(self, name: str, address: str) -> float:
        """Count one try; seconds to wait where there were too many already, which is then not counted."""
        now, counted = self._accounts.clock().timestamp(), keys(name, address)
        with self._accounts.writing() as connection:
            # a clock that was set back must not keep anybody out for longer
            connection.execute(delete(attempt).where(or_(attempt.c.at <= now - WHILE, attempt.c.at > now)))
            waits = []
            for kind, digest in counted:
                count, first = connection.execute(select(func.count(), func.min(attempt.c.at)).where(_same(kind, digest))).one()
                if count >= MOST[kind]:
                    waits.append(first + WHILE - now)
            if waits:
                return max(waits)
            connection.execute(insert(attempt), [{"kind": kind, "digest": digest, "at": now} for kind, digest in counted])
        return 0.0

    def forgive(self, name: str, address: str) -> None:
        """It was the right password: the name's tries are forgotten, and one of the address's."""
        of_name, of_address = keys(name, address)
        last = select(func.max(attempt.c.id)).where(_same(*of_address)).scalar_subquery()
        with self._accounts.writing() as connection:
            connection.execute(delete(attempt).where(or_(_same(*of_name), attempt.c.id == last)))


def _same(kind: str, digest: bytes):
    return (attempt.c.kind == kind) & (attempt.c.digest == digest)
