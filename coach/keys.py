"""The key of what is kept: made, wrapped under a passphrase and unwrapped, and small texts sealed with it. Reads and writes no file.

The key is 32 random bytes and never changes with the passphrase, so that copies of an earlier day stay readable. The passphrase
only wraps it: Argon2id makes each guess slow, AES-GCM tells a right one from a wrong one and notices every changed bit.
cryptography is imported late: it takes a tenth of a second that a folder without a passphrase need not wait.
"""

import base64
import json
import secrets
import unicodedata
from typing import Any

from pydantic import SecretStr

from coach.schema.keys import Costs, KeyFile

COSTS = Costs(iterations=4, memory_kib=128 * 1024, lanes=2)
SHORTEST, LONGEST = 8, 1024


def fresh() -> SecretStr:
    """A new key, as 64 hexadecimal digits."""
    return SecretStr(secrets.token_hex(32))


def wrap(key: SecretStr, passphrase: SecretStr, costs: Costs = COSTS) -> KeyFile:
    """The key under a passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    under = AESGCM(_stretched(passphrase, salt, costs))
    wrapped = under.encrypt(nonce, bytes.fromhex(key.get_secret_value()), _said(costs))
    return KeyFile(costs=costs, salt=salt.hex(), nonce=nonce.hex(), wrapped=wrapped.hex())


def unwrap(file: KeyFile, passphrase: SecretStr) -> SecretStr | None:
    """The key; None where the passphrase is another one or the file was changed. Nobody can tell which."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    under = AESGCM(_stretched(passphrase, bytes.fromhex(file.salt), file.costs))
    try:
        key = under.decrypt(bytes.fromhex(file.nonce), bytes.fromhex(file.wrapped), _said(file.costs))
    except InvalidTag:
        return None
    return SecretStr(key.hex())


def seal(key: SecretStr, values: dict[str, Any]) -> str:
    """A few values as one unreadable text."""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _for_texts(key).encrypt(nonce, json.dumps(values).encode(), None)).decode()


def unseal(key: SecretStr, sealed: str) -> dict[str, Any]:
    """Those values; none where the text was changed or is another key's."""
    from cryptography.exceptions import InvalidTag

    try:
        data = base64.b64decode(sealed, validate=True)
        values = json.loads(_for_texts(key).decrypt(data[:12], data[12:], None))
    except (ValueError, InvalidTag):
        return {}
    return values if isinstance(values, dict) else {}


def _stretched(passphrase: SecretStr, salt: bytes, costs: Costs) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # one letter can be typed in two ways, by keyboard: é as one sign or as e with an accent
    text = unicodedata.normalize("NFC", passphrase.get_secret_value()).encode("utf-8", "surrogatepass")
    made = Argon2id(salt=salt, length=32, iterations=costs.iterations, lanes=costs.lanes, memory_cost=costs.memory_kib)
    return made.derive(text)


def _for_texts(key: SecretStr) -> Any:
    """A key of their own, so that no key serves two purposes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pip-coach settings")
    return AESGCM(derive.derive(bytes.fromhex(key.get_secret_value())))


def _said(costs: Costs) -> bytes:
    return f"pip-coach key 1 {costs.iterations} {costs.memory_kib} {costs.lanes}".encode()
