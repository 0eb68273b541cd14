"""The key and its wrapping: what opens it, what does not, and that it is never shown."""

import json
import unicodedata

import pytest
from pydantic import SecretStr, ValidationError

from coach import key_file, keys
from coach.schema.keys import Costs, KeyFile

CHEAP = Costs(iterations=1, memory_kib=64, lanes=1)
WORDS = SecretStr("four words in a row")


@pytest.fixture
def key() -> SecretStr:
    return keys.fresh()


def test_what_was_wrapped_is_unwrapped_by_the_same_words_only(key):
    file = keys.wrap(key, WORDS, CHEAP)
    assert keys.unwrap(file, WORDS) == key
    for other in ("", "four words in a ro", "Four words in a row", "four words in a row "):
        assert keys.unwrap(file, SecretStr(other)) is None


def test_every_key_salt_and_nonce_is_new(key):
    files = [keys.wrap(key, WORDS, CHEAP) for _ in range(20)]
    assert len({file.salt for file in files}) == len({file.nonce for file in files}) == 20
    assert len({keys.fresh().get_secret_value() for _ in range(20)}) == 20
    assert len(bytes.fromhex(key.get_secret_value())) == 32


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
def test_one_changed_digit_opens_nothing(key, field):
    file = keys.wrap(key, WORDS, CHEAP)
    for at in range(len(getattr(file, field))):
        old = getattr(file, field)
        changed = old[:at] + ("0" if old[at] != "0" else "1") + old[at + 1 :]
        assert keys.unwrap(file.model_copy(update={field: changed}), WORDS) is None


def test_changed_costs_open_nothing(key):
    file = keys.wrap(key, WORDS, CHEAP)
    assert keys.unwrap(file.model_copy(update={"costs": Costs(iterations=2, memory_kib=64, lanes=1)}), WORDS) is None


def test_the_costs_that_the_program_uses_are_high_and_stand_in_the_file(key):
    assert keys.COSTS.memory_kib >= 64 * 1024 and keys.COSTS.iterations >= 3
    assert keys.wrap(key, WORDS).costs == keys.COSTS


@pytest.mark.parametrize("costs", [{"iterations": 10**9}, {"memory_kib": 10**9}, {"lanes": 10**9}, {"iterations": 0}])
def test_costs_that_would_stop_the_computer_are_no_key_file(key, tmp_path, costs):
    values = json.loads(keys.wrap(key, WORDS, CHEAP).model_dump_json())
    values["costs"] |= costs
    with pytest.raises(ValidationError):
        KeyFile.model_validate(values)
    (tmp_path / "coach.key").write_text(json.dumps(values), encoding="utf-8")
    assert key_file.read(tmp_path / "coach.key") is None


def test_a_letter_typed_in_two_ways_is_one(key):
    whole, parts = (unicodedata.normalize(form, "café über alles") for form in ("NFC", "NFD"))
    assert whole != parts
    assert keys.unwrap(keys.wrap(key, SecretStr(whole), CHEAP), SecretStr(parts)) == key


def test_half_a_character_is_a_wrong_passphrase_and_no_error(key):
    assert keys.unwrap(keys.wrap(key, WORDS, CHEAP), SecretStr("\ud800" * 8)) is None


def test_sealed_values_come_back_under_their_key_only(key):
    values = {"llm_key": "sk-1", "hidden_words": ["Zebrafink", "Über"]}
    sealed = keys.seal(key, values)
    assert keys.unseal(key, sealed) == values and "Zebra" not in sealed
    assert keys.seal(key, values) != sealed
    assert keys.unseal(keys.fresh(), sealed) == {}
    for broken in ("", "x", "%%%", sealed[:-8], "A" + sealed[1:] if sealed[0] != "A" else "B" + sealed[1:]):
        assert keys.unseal(key, broken) == {}


def test_nothing_shows_the_key_or_the_words(key):
    file = keys.wrap(key, WORDS, CHEAP)
    shown = f"{key} {key!r} {WORDS!r} {file!r} {file.model_dump_json()}"
    assert key.get_secret_value() not in shown and "four words" not in shown


def test_the_file_is_written_as_a_whole_for_its_owner_only(key, tmp_path, monkeypatch):
    path = tmp_path / "coach.key"
    first = keys.wrap(key, WORDS, CHEAP)
    key_file.write(path, first)
    assert key_file.read(path) == first and path.stat().st_mode & 0o777 == 0o600

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        key_file.write(path, keys.wrap(keys.fresh(), WORDS, CHEAP))
    assert key_file.read(path) == first and [entry.name for entry in tmp_path.iterdir()] == ["coach.key"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"version": 2}'])
def test_a_damaged_file_is_none(tmp_path, content):
    (tmp_path / "coach.key").write_bytes(content)
    assert key_file.read(tmp_path / "coach.key") is None
