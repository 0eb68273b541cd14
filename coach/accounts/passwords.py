"""Passwords: how long at least, hashed with argon2id, compared in the same time whether the name exists or not. Keeps nothing."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coach.errors import UserError

SHORTEST, LONGEST = 12, 200
AT_ONCE = 2  # each takes 64 MB while it is computed
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
GROUPS, GROUP = 5, 4  # 99 bits


class Passwords:
    """Hashes and compares. Thread-safe; at most `AT_ONCE` at a time, so that a crowd at the door cannot take the memory."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # argon2id with the second choice of RFC 9106
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """What is kept in place of a password; UserError where it is too short or too long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise UserError(f"A password has {SHORTEST} to {LONGEST} letters. A few words in a row are easy to remember.")
        with self._places:
            return self._hasher.hash(_one_way(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; `kept` is None where there is no such name, which takes just as long."""
        with self._places:
            try:
                return self._hasher.verify(kept or self._nobody, _one_way(password[: LONGEST + 1])) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False


def made_up() -> str:
    """A password that nobody guesses and that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def _one_way(password: str) -> bytes:
    """The same password typed on another keyboard gives the same bytes."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
