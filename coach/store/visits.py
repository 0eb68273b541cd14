"""Who is signed in: stays that end after half an hour without a sign of the person, and in any case after twelve hours.

A stay is known by a secret of 256 bits that only the browser has; the file holds its SHA-256. Knows no cookies.
"""

import hashlib
import secrets
from contextlib import suppress

from sqlalchemy import delete, func, insert, or_, select, update

from coach.errors import StoreError
from coach.schema.accounts import Visit
from coach.store.accounts import Accounts, account, visit

IDLE, LONGEST = 30 * 60, 12 * 60 * 60  # seconds
EACH = 60  # seconds between two notes that somebody is still here
MOST = 10  # browsers of one person; the one that was quiet longest is signed out


class Visits:
    """Begins, finds and ends stays. Safe to share between threads and processes."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def begin(self, account_id: str, password: str) -> str | None:
        """A fresh secret; None where the account is gone or has another password than the one that was compared."""
        secret, now = secrets.token_urlsafe(32), self._now()
        with self._accounts.writing() as connection:
            same = (account.c.id == account_id) & (account.c.password == password)
            if not connection.execute(update(account).where(same).values(seen=now)).rowcount:
                return None
            connection.execute(delete(visit).where(_over(now)))
            others = select(visit.c.digest).where(visit.c.account_id == account_id).order_by(visit.c.seen.desc()).offset(MOST - 1)
            connection.execute(delete(visit).where(visit.c.digest.in_(others)))
            connection.execute(insert(visit).values(digest=digest_of(secret), account_id=account_id, made=now, seen=now))
        return secret

    def find(self, secret: str, *, active: bool = True) -> Visit | None:
        """Whose stay this is, if it is not over. `active` marks a sign of the person; a page that only waits gives none."""
        now = self._now()
        with self._accounts.reading() as connection:
            wanted = select(visit.c.account_id, account.c.name, visit.c.digest, visit.c.seen).join(account)
            row = connection.execute(wanted.where(visit.c.digest == digest_of(secret), ~_over(now))).one_or_none()
        if row is None:
            return None
        if active and now - row.seen >= EACH:
            with suppress(StoreError), self._accounts.writing() as connection:
                connection.execute(update(visit).where(visit.c.digest == row.digest).values(seen=now))
        return Visit(person=row.account_id, name=row.name, digest=row.digest)

    def alive(self) -> set[bytes]:
        """The digests of all stays that are not over; the others are deleted."""
        with self._accounts.writing() as connection:
            connection.execute(delete(visit).where(_over(self._now())))
            return set(connection.scalars(select(visit.c.digest)))

    def count(self) -> int:
        """How many stays are not over."""
        with self._accounts.reading() as connection:
            return connection.execute(select(func.count()).select_from(visit).where(~_over(self._now()))).scalar_one()

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._accounts.writing() as connection:
            connection.execute(delete(visit).where(visit.c.digest == digest_of(secret)))

    def _now(self) -> int:
        return int(self._accounts.clock().timestamp())


def digest_of(secret: str) -> bytes:
    """What is kept in place of a secret. It has 256 bits, so that one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _over(now: int):
    """A stay that is over; one that begins in the future was made before the clock was set back."""
    return or_(visit.c.seen <= now - IDLE, visit.c.made <= now - LONGEST)
