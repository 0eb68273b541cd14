"""The crisis guard on longer lists: our own positives and negatives, and the blind routes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.guardrails import reading
from coach.guardrails.danger import detect

HERE = Path(__file__).parent
ROUTES = HERE.parent / "evals" / "routes_blind.jsonl"


def _lines(name: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def test_nearly_all_danger_is_heard() -> None:
    lines = list(_lines("danger_positives.txt"))
    missed = [text for _, text in lines if not detect(text).is_crisis]
    assert len(lines) >= 150
    assert len(missed) <= 0.05 * len(lines), missed


@pytest.mark.parametrize(
    "language", ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ru", "tr", "ar", "hi", "zh", "tl"]
)
def test_every_language_is_heard(language: str) -> None:
    lines = [text for section, text in _lines("danger_positives.txt") if section.endswith(f" {language}")]
    heard = [text for text in lines if detect(text).is_crisis]
    assert len(heard) >= 0.8 * len(lines) > 0


def test_work_talk_raises_no_alarm_and_few_questions() -> None:
    lines = [text for _, text in _lines("danger_negatives.txt")]
    levels = {text: detect(text) for text in lines}
    assert len(lines) >= 250
    assert [heard for heard in levels.values() if heard.is_crisis] == []
    assert sum(heard.level == "soft" for heard in levels.values()) <= 0.03 * len(lines)


def test_the_blind_routes_raise_no_alarm() -> None:
    items = [json.loads(line) for line in ROUTES.read_text(encoding="utf-8").splitlines()]
    alarms = [
        item["text"]
        for item in items
        if item["route"] != "crisis" and detect(item["text"], item["history"]).is_crisis
    ]
    assert alarms == []


def test_small_signs_add_up_over_the_last_messages() -> None:
    earlier = ["my dad did it at 42"]
    text = "maybe it runs in the family and I should stop fighting it"
    assert not detect(text).is_crisis
    assert detect(text, earlier).is_crisis
    assert not detect("so what do I write to HR about goal 2?", earlier).is_crisis


def test_history_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    history = [f"message number {number} about goal 2" for number in range(60)]
    detect("hello", history)
    read: list[str] = []
    read_plainly = reading.read_plainly
    monkeypatch.setattr(reading, "read_plainly", lambda text: (read.append(text), read_plainly(text))[1])
    detect("a new message", [*history, "hello"])
    assert read == ["a new message"]
