"""Asking for the passphrase: how often, from where, and that nothing of it stays behind."""

import os
import pickle

import pytest
from pydantic import SecretStr

from coach import build as build_module
from coach import keys, passphrase, settings
from coach.errors import StoreError, UserError
from coach.locations import Locations
from coach.schema.keys import Costs
from coach.settings import Settings

CHEAP = Costs(iterations=1, memory_kib=64, lanes=1)
WORDS = "four words in a row"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


@pytest.fixture
def locked(tmp_path) -> Locations:
    chosen = settings.load()
    passphrase.put_on(chosen, SecretStr(WORDS), CHEAP)
    return chosen.locations


class Person:
    """Types these lines, one at each question."""

    def __init__(self, *lines: str | None) -> None:
        self.lines, self.asked = list(lines), []

    def __call__(self, prompt: str) -> str | None:
        self.asked.append(prompt)
        return self.lines.pop(0)


def test_without_a_passphrase_nobody_is_asked():
    chosen = settings.load()
    assert passphrase.unlock(chosen, Person()) is chosen


@pytest.mark.parametrize("before", [[], ["wrong"], ["wrong", ""]])
def test_three_tries(locked, before, capsys):
    person = Person(*before, WORDS)
    opened = passphrase.unlock(settings.load(), person)
    assert opened.key and person.asked == ["Passphrase: "] * (len(before) + 1)
    assert capsys.readouterr().err == "That does not open it.\n" * len(before)
    assert passphrase.unlock(opened, Person()) is opened, "it is asked once"


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"\x00" * 400])
def test_a_wrong_passphrase_and_a_damaged_file_are_told_with_the_same_words(locked, damage, capsys):
    if damage is not None:
        locked.key_file.write_bytes(damage)
        locked.key_copy.write_bytes(damage)
    person = Person("a", "b", "c", "d")
    with pytest.raises(UserError) as caught:
        passphrase.unlock(settings.load(), person)
    assert f"{caught.value}" == "That does not open it." and person.lines == ["d"]
    assert capsys.readouterr().err == "That does not open it.\n" * 2


def test_without_a_terminal_one_line_says_what_to_do(locked):
    with pytest.raises(UserError, match=r"^What is kept here is locked.*COACH_PASSPHRASE\.$"):
        passphrase.unlock(settings.load(), Person(None))
    with pytest.raises(UserError, match="COACH_PASSPHRASE"):
        passphrase.unlock(settings.load())  # pytest has taken the streams away


def test_the_environment_gives_it_once_and_no_child_gets_it(locked, monkeypatch):
    monkeypatch.setenv("COACH_PASSPHRASE", WORDS)
    chosen = settings.load()
    assert "COACH_PASSPHRASE" not in os.environ
    opened = passphrase.unlock(chosen, Person())
    assert opened.key and opened.passphrase is None
    monkeypatch.setenv("COACH_PASSPHRASE", "wrong")
    with pytest.raises(UserError, match=r"^That does not open it\.$"):
        passphrase.unlock(settings.load(), Person())


def test_the_start_command_gives_it_to_the_app_and_not_to_pip(monkeypatch):
    from coach import start

    seen = {}
    monkeypatch.setenv("COACH_PASSPHRASE", WORDS)
    monkeypatch.setattr(start, "_install", lambda lock: seen.setdefault("pip", os.environ.get("COACH_PASSPHRASE")) or "python")
    monkeypatch.setattr(start.subprocess, "call", lambda command, cwd, env: seen.setdefault("app", env.get("COACH_PASSPHRASE")) and 0)
    assert start.main([]) == 0
    assert seen == {"pip": None, "app": WORDS}


def test_a_file_dot_env_is_no_place_for_it(locked, tmp_path):
    (tmp_path / ".env").write_text(f"COACH_PASSPHRASE={WORDS}\n", encoding="utf-8")
    assert settings.load().passphrase is None


def test_nothing_shows_it(locked, monkeypatch):
    monkeypatch.setenv("COACH_PASSPHRASE", WORDS)
    chosen = settings.load()
    opened = passphrase.unlock(chosen)
    shown = f"{chosen!r}{chosen}{opened!r}{opened}{opened.model_dump()}{opened.model_dump_json()}"
    assert WORDS not in shown and opened.key.get_secret_value() not in shown
    assert opened.key.get_secret_value() not in "".join(path.read_text("latin-1") for path in locked.home.rglob("*") if path.is_file())
    assert WORDS.encode() not in pickle.dumps(opened)


def test_a_key_of_an_endpoint_and_hidden_words_need_it_too(locked, monkeypatch):
    opened = passphrase.unlock(settings.load(), Person(WORDS))
    settings.save_choice(opened.model_copy(update={"llm": "https://api.example.org/v1", "llm_key": SecretStr("sk-1"), "hidden_words": ("Bodil Quist",)}))
    written = locked.saved_settings.read_text(encoding="utf-8")
    assert "sk-1" not in written and "Bodil Quist" not in written and "api.example.org" in written
    chosen = settings.load()
    assert chosen.llm_key is None and chosen.hidden_words == ()
    again = passphrase.unlock(chosen, Person(WORDS))
    assert again.llm_key.get_secret_value() == "sk-1" and again.hidden_words == ("Bodil Quist",)
    monkeypatch.setenv("COACH_LLM_KEY", "sk-2")
    assert passphrase.unlock(settings.load(), Person(WORDS)).llm_key.get_secret_value() == "sk-2", "the environment wins"


def test_a_sealed_key_goes_to_no_endpoint_but_its_own(locked, monkeypatch):
    opened = passphrase.unlock(settings.load(), Person(WORDS))
    settings.save_choice(opened.model_copy(update={"llm": "https://api.example.org/v1", "llm_key": SecretStr("sk-1"), "hidden_words": ("Bo",)}))
    monkeypatch.setenv("COACH_LLM", "https://other.example.org/v1")
    other = passphrase.unlock(settings.load(), Person(WORDS))
    assert other.llm_key is None and other.hidden_words == ("Bo",)
    monkeypatch.delenv("COACH_LLM")
    assert passphrase.unlock(settings.load(), Person(WORDS)).llm_key.get_secret_value() == "sk-1"


def test_a_command_that_needs_nothing_kept_does_not_ask(locked, monkeypatch):
    monkeypatch.setattr(passphrase, "ask", lambda prompt: pytest.fail("asked"))
    build_module.build(settings.load(llm="none"), keep=False).close()


def test_a_command_that_sends_elsewhere_asks_for_what_to_hide(locked):
    opened = passphrase.unlock(settings.load(), Person(WORDS))
    settings.save_choice(opened.model_copy(update={"llm": "https://api.example.org/v1", "hidden_words": ("Bo",)}))
    with pytest.raises(UserError, match="COACH_PASSPHRASE"):
        build_module.build(settings.load(), keep=False)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b'{"hidden_words": "Bo", "sealed": 7}'])
def test_a_damaged_saved_choice_stops_neither_locking_nor_opening(content, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.json").write_bytes(content)
    passphrase.put_on(settings.load(), SecretStr(WORDS), CHEAP)
    opened = passphrase.unlock(settings.load(), Person(WORDS))
    passphrase.take_off(opened)
    assert settings.load().llm == "auto"


def test_a_folder_that_cannot_be_read_is_one_sentence(locked, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("coach.key_file.read", denied)
    with pytest.raises(StoreError, match=r"^The data folder cannot be opened\."):
        passphrase.unlock(settings.load(), Person())


def test_keys_are_not_made_for_nothing(monkeypatch):
    """A folder without a passphrase starts without the cipher library."""
    monkeypatch.setattr(keys, "unwrap", lambda *_: pytest.fail("used"))
    assert passphrase.unlock(Settings(locations=settings.load().locations)).key is None


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"\x00" * 400])
@pytest.mark.parametrize("which", ["key_file", "key_copy"])
def test_either_file_of_the_key_is_enough_and_makes_the_other_anew(locked, which, damage):
    path, whole = getattr(locked, which), locked.key_file.read_bytes()
    path.unlink() if damage is None else path.write_bytes(damage)
    assert passphrase.unlock(settings.load(), Person(WORDS)).key
    assert locked.key_file.read_bytes() == locked.key_copy.read_bytes() == whole
    assert path.stat().st_mode & 0o777 == 0o600


def test_after_a_change_neither_file_opens_with_the_old_words(locked):
    passphrase.change(passphrase.unlock(settings.load(), Person(WORDS)), SecretStr("other words in a row"), CHEAP)
    for gone in (locked.key_file, locked.key_copy):
        whole = gone.read_bytes()
        gone.unlink()
        with pytest.raises(UserError):
            passphrase.unlock(settings.load(), Person(WORDS, WORDS, WORDS))
        assert passphrase.unlock(settings.load(), Person("other words in a row")).key and gone.read_bytes() == whole


def test_once_it_is_taken_off_no_key_is_left(locked):
    passphrase.take_off(passphrase.unlock(settings.load(), Person(WORDS)))
    assert not locked.key_file.exists() and not locked.key_copy.exists() and not passphrase.is_set(locked)


def test_a_lost_key_file_is_no_open_door(locked):
    locked.key_file.unlink()
    with pytest.raises(UserError, match="set already"):
        passphrase.put_on(settings.load(), SecretStr("other words in a row"), CHEAP)
