"""Settings: which source wins, what is refused, and that a key is never shown."""

import json
import os
import stat
import subprocess
import sys

import pytest

from coach import settings
from coach.errors import SettingsError
from coach.locations import ROOT
from coach.settings import DROPPED_ENVIRONMENT, QUIET_ENVIRONMENT, check_llm, load, quiet, save_choice

KEY = "sk-never-show-this"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """No .env of the repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COACH_CACHE", str(tmp_path / "cache"))


def test_without_anything_the_embedded_model_on_this_computer(tmp_path):
    found = load()
    assert (found.llm, found.host, found.port, found.llm_key, found.remote_host) == (
        "auto",
        "127.0.0.1",
        7860,
        None,
        None,
    )
    assert found.locations.home == tmp_path / "home" and found.locations.cache == tmp_path / "cache"
    assert not list(tmp_path.iterdir()), "loading creates nothing"


def test_the_environment_is_read(monkeypatch, tmp_path):
    for name, value in {
        "LLM": "https://models.example/v1/", "LLM_MODEL": "big", "LLM_KEY": KEY, "STRENGTH": "small", "PORT": "9000",
        "OPEN_BROWSER": "false", "MODEL_PATH": str(tmp_path / "own.gguf"),
    }.items():  # fmt: skip
        monkeypatch.setenv(f"COACH_{name}", value)
    found = load()
    assert (found.llm, found.llm_model, found.strength, found.port) == (
        "https://models.example/v1",
        "big",
        "small",
        9000,
    )
    assert found.llm_key.get_secret_value() == KEY and found.open_browser is False
    assert found.model_path == tmp_path / "own.gguf" and found.remote_host == "models.example"


def test_dot_env_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("COACH_LLM=none\nCOACH_PORT=8001\nOTHER=1\n", encoding="utf-8")
    assert (load().llm, load().port) == ("none", 8001)
    monkeypatch.setenv("COACH_LLM", "embedded")
    assert (load().llm, load().port) == ("embedded", 8001)


def test_the_saved_choice_is_the_weakest_and_what_is_given_the_strongest(monkeypatch):
    save_choice(load(llm="https://saved.example/v1", llm_model="m"))
    assert load().llm == "https://saved.example/v1" and load().llm_model == "m"
    monkeypatch.setenv("COACH_LLM", "none")
    assert load().llm == "none"
    assert load(llm="embedded").llm == "embedded"
    assert load(llm=None).llm == "none"


@pytest.mark.parametrize(("llm", "kept"), [("https://other.example/v1", False), ("embedded", False), ("https://saved.example/v1/", True)])
def test_a_key_goes_to_no_endpoint_but_the_one_it_was_saved_with(monkeypatch, llm, kept):
    save_choice(load(llm="https://saved.example/v1", llm_model="m", llm_key=KEY, strength="small", hidden_words=("Bo",)))
    monkeypatch.setenv("COACH_LLM", llm)
    loaded = load()
    assert (loaded.llm_key is not None, loaded.llm_model == "m", loaded.strength == "small") == (kept, kept, kept)
    assert loaded.hidden_words == ("Bo",)
    monkeypatch.setenv("COACH_LLM_KEY", "sk-own")
    assert load().llm_key.get_secret_value() == "sk-own"


def test_the_saved_choice_is_for_its_owner_only(tmp_path):
    save_choice(load(llm="https://saved.example/v1", llm_key=KEY))
    path = tmp_path / "home" / "settings.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert load().llm_key.get_secret_value() == KEY
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"port": 1, "host": "0.0.0.0"}'],
    ids=["empty", "cut", "bytes", "other"],
)
def test_a_damaged_or_foreign_saved_choice_never_stops_the_start(tmp_path, content):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.json").write_bytes(content)
    found = load()
    assert (found.llm, found.port, found.host) == ("auto", 7860, "127.0.0.1")


SHAPES = {
    "list": b"[]", "text": b'"x"', "null": b"null", "number": b"5", "number-for-llm": b'{"llm": 5}', "no-address": b'{"llm": "gibberish"}',
    "foreign-host": b'{"llm": "http://example.com/v1"}', "strength": b'{"strength": "huge"}',
}  # fmt: skip


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES.keys())
def test_a_saved_choice_of_another_shape_never_stops_the_start(tmp_path, content):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.json").write_bytes(content)
    assert load().llm == "auto"


@pytest.mark.parametrize(
    "value",
    [
        "auto",
        "embedded",
        "none",
        "https://host/v1",
        "http://127.0.0.1:11434/v1",
        "http://localhost:1234/v1",
        "http://[::1]:80/v1",
    ],
)
def test_a_good_address_is_taken(value):
    assert check_llm(f" {value} ") == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("http://example.com/v1", "https"),
        ("http://192.168.1.5:8000/v1", "https"),
        ("http://127.0.0.1.evil.example/v1", "https"),
        ("http://localhost.evil.example", "https"),
        ("https://user:pass@host/v1", "COACH_LLM_KEY"),
        ("http://127.0.0.1@evil.example/v1", "COACH_LLM_KEY"),
        ("ftp://host/v1", "auto, embedded, none"),
        ("file:///etc/passwd", "auto, embedded, none"),
        ("https://", "auto, embedded, none"),
        ("host/v1", "auto, embedded, none"),
        ("javascript:alert(1)", "auto, embedded, none"),
        ("", "auto, embedded, none"),
        ("NONE", "auto, embedded, none"),
    ],
)
def test_a_wrong_address_is_refused_in_one_sentence(monkeypatch, value, told):
    with pytest.raises(SettingsError) as error:
        check_llm(value)
    assert "COACH_LLM" in str(error.value) and told in str(error.value)
    assert "pass@" not in str(error.value)
    monkeypatch.setenv("COACH_LLM", value)
    with pytest.raises(SettingsError):
        load()


@pytest.mark.parametrize("value", ["https://[::1", "http://[bad]/v1", "https://host:port/v1"])
def test_an_address_that_cannot_even_be_split_is_a_settings_error(value):
    with pytest.raises(SettingsError):
        check_llm(value)


@pytest.mark.parametrize(
    ("name", "value"), [("COACH_PORT", "abc"), ("COACH_STRENGTH", "huge"), ("COACH_OPEN_BROWSER", "perhaps")]
)
def test_a_wrong_value_names_its_setting(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load()


def test_the_key_is_never_shown(monkeypatch):
    monkeypatch.setenv("COACH_LLM_KEY", KEY)
    found = load()
    assert (
        KEY not in repr(found)
        and KEY not in str(found)
        and KEY not in found.model_dump_json()
        and KEY not in f"{found.model_dump()}"
    )


@pytest.mark.parametrize(
    ("llm", "host"),
    [
        ("https://a.example/v1", "a.example"),
        ("http://127.0.0.1:1/v1", None),
        ("none", None),
        ("auto", None),
        ("embedded", None),
    ],
)
def test_what_leaves_this_computer_is_named(llm, host):
    assert load(llm=llm).remote_host == host


def test_quiet_switches_off_what_calls_out():
    environment = {
        "GRADIO_SHARE": "True",
        "HF_TOKEN": "secret",
        "LANGSMITH_API_KEY": "secret",
        "PATH": "/bin",
    }
    quiet(environment)
    assert {name: environment[name] for name in QUIET_ENVIRONMENT} == QUIET_ENVIRONMENT
    assert not set(environment) & set(DROPPED_ENVIRONMENT)
    assert environment["PATH"] == "/bin"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GRADIO_ANALYTICS_ENABLED", "False"),
        ("ANONYMIZED_TELEMETRY", "False"),
        ("LANGSMITH_TRACING", "false"),
        ("LANGCHAIN_TRACING_V2", "false"),
        ("HF_HUB_OFFLINE", "1"),
        ("GRADIO_SHARE", "False"),
    ],
)
def test_the_switches_that_matter_are_among_them(name, value):
    environment: dict[str, str] = {}
    quiet(environment)
    assert environment[name] == value


def test_a_page_that_others_can_program_is_refused():
    with pytest.raises(SettingsError, match="GRADIO_VIBE_MODE"):
        quiet({"GRADIO_VIBE_MODE": "1"})
    quiet({"GRADIO_VIBE_MODE": ""})


def test_reading_settings_leaves_the_environment_alone():
    code = "import os; before = dict(os.environ); from coach import settings; settings.load(); assert dict(os.environ) == before"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
        ).returncode
        == 0
    )


def test_saving_without_a_key_stores_none(tmp_path):
    save_choice(load(llm="none"))
    assert json.loads((tmp_path / "home" / "settings.json").read_text()) == {"llm": "none"}
    assert settings.load().llm == "none"


def test_what_is_hidden_is_kept_and_a_damaged_list_hides_all_the_same(tmp_path):
    assert load().redact and load().hidden_words == ()
    save_choice(load(redact=False, hidden_words=("Bluefen", "J-B")))
    assert (load().redact, load().hidden_words) == (False, ("Bluefen", "J-B"))
    load().locations.saved_settings.write_text('{"redact": "no", "hidden_words": "Bluefen"}', encoding="utf-8")
    assert (load().redact, load().hidden_words) == (True, ())
