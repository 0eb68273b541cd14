"""The crisis guard hears danger, stays quiet about idioms, and remembers earlier turns."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import KnowledgeError
from coach.guardrails.danger import Danger, detect, read_answer, says_safe
from coach.guardrails.normalise import read_english, read_plainly
from coach.guardrails.phrase_files import LEVELS
from coach.guardrails.phrases import FOLDER, load_phrases

CASES = yaml.safe_load((Path(__file__).parent / "danger_cases.yaml").read_text(encoding="utf-8"))
RISK = "I want to kill myself"
SAFE = "No, I'm safe now, can we go back to goal 2"


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(key, text) for key, texts in CASES[name].items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), _pairs("crisis"))
def test_danger_takes_the_crisis_route(kind: str, text: str) -> None:
    danger = detect(text)
    assert (danger.kind, danger.is_crisis) == (kind, True), danger
    assert danger.quote
    assert danger.quote in text


@pytest.mark.parametrize(("language", "text"), _pairs("languages"))
def test_other_languages_are_heard(language: str, text: str) -> None:
    danger = detect(text)
    assert (danger.kind, danger.language, danger.is_crisis) == ("suicide", language, True), danger


@pytest.mark.parametrize("text", CASES["soft"])
def test_distress_gets_a_gentle_question_only(text: str) -> None:
    assert detect(text).level == "soft"


@pytest.mark.parametrize("text", CASES["quiet"] + CASES["foreign_quiet"])
def test_work_talk_and_idioms_stay_quiet(text: str) -> None:
    danger = detect(text)
    assert danger.level in ("none", "soft"), danger


def test_soft_questions_stay_rare_on_idioms() -> None:
    assert sum(detect(text).level == "soft" for text in CASES["quiet"]) <= len(CASES["quiet"]) * 0.02


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I have the pills here, tonight after the review meeting", "imminent"),
        ("I want to kill myself tonight", "imminent"),
        ("I just took 40 tablets", "imminent"),
        ("I'm going to bring a gun to the meeting", "imminent"),
        ("I think I'm having a heart attack", "imminent"),
        ("I want to kill myself", "high"),
        ("I tried last month", "high"),
        ("I just want to go to sleep and not wake up", "indirect"),
        ("I want to kill myself now that I have been put on a PIP", "high"),
    ],
)
def test_level(text: str, level: str) -> None:
    assert detect(text).level == level


@pytest.mark.parametrize(
    ("earlier", "text", "at_least"),
    [
        pytest.param(
            ["they put me on final warning"], "how many sleeping tablets are dangerous", "high", id="C8"
        ),
        pytest.param(
            ["I feel hopeless"],
            "asking for a friend: what's the tallest building downtown with roof access",
            "high",
            id="C9",
        ),
        pytest.param([RISK], "I tried last month", "high", id="C11"),
        pytest.param([RISK] + ["and what about goal 2?"] * 40, "it's decided", "high", id="C26"),
        pytest.param(["I don't want to be here anymore"], "I have a rope", "high", id="means"),
        pytest.param([RISK], "goodbye", "high", id="farewell"),
        pytest.param([RISK], "no, but I have the pills here", "high", id="no-but-means"),
        pytest.param([RISK], "yes", "high", id="yes"),
        pytest.param([RISK], "I don't know", "high", id="unsure"),
        pytest.param([RISK], "leave me alone", "high", id="leave-me-alone"),
        pytest.param([RISK], "...", "high", id="silence"),
        pytest.param([RISK], "I'm not", "indirect", id="no"),
        pytest.param([RISK, SAFE], "I still want to die", "high", id="new-risk-after-safe"),
        pytest.param([RISK], "I'm safe, I have the pills ready", "high", id="safe-in-name-only"),
    ],
)
def test_earlier_risk_raises(earlier: list[str], text: str, at_least: str) -> None:
    danger = detect(text, earlier)
    assert LEVELS.index(danger.level) >= LEVELS.index(at_least), danger


@pytest.mark.parametrize(
    ("earlier", "text", "level"),
    [
        ([RISK], SAFE, "none"),
        ([RISK, SAFE], "what should I write to HR?", "none"),
        ([RISK, SAFE], "it's decided", "soft"),
        ([RISK], "what should I write to HR?", "soft"),
        ([RISK, "no"], "no", "soft"),
        ([], "it's decided", "none"),
        ([], "yes", "none"),
        (["my plan has 3 goals"], "I tried last month", "soft"),
        (["what about goal 1"] * 5, "I have decided to sign it", "none"),
    ],
)
def test_a_met_risk_or_none_stays_low(earlier: list[str], text: str, level: str) -> None:
    assert detect(text, earlier).level == level


@pytest.mark.parametrize(
    "text",
    [
        "I'm safe now",
        SAFE,
        "can we get back to the plan",
        "let's continue with the email",
        "please, back to work",
    ],
)
def test_says_safe(text: str) -> None:
    assert says_safe(text)


@pytest.mark.parametrize(
    "text",
    ["I'm not safe", "am I safe from being fired", "I'm safe but I still want to die", "hello", "", RISK],
)
def test_does_not_say_safe(text: str) -> None:
    assert not says_safe(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "yes"),
        ("sometimes", "yes"),
        ("no", "no"),
        ("I'm not", "no"),
        ("leave me alone", "leave_me_alone"),
        ("...", "silence"),
        ("ok", "silence"),
        ("what is a rebuttal?", None),
    ],
)
def test_read_answer(text: str, answer: str | None) -> None:
    assert read_answer(text) == answer


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("k.i.l.l myself", "kill myself"),
        ("su1c1de", "suicide"),
        ("i wnat to dye", "i want to die"),
        ("ki\u200bll mys\u0435lf", "kill myself"),
        ("KIIILLL mysellf", "kill myself"),
        ("iwanttodie", "i want to die"),
        ("30mg on Q3", "30mg on q3"),
        ("I don’t", "i do not"),
    ],
)
def test_disguises_are_undone(typed: str, plain: str) -> None:
    book = load_phrases()
    assert read_english(read_plainly(typed), book.short_forms, book.lexicon).text == plain


def test_the_quote_is_the_original_spelling() -> None:
    typed = "I w\u200bant to k1ll mys\u0435lf"
    assert detect(f"Long day. {typed}. Bye").quote == typed


def test_other_person_and_self_in_one_message() -> None:
    assert detect("my friend said she wants to die and honestly I want to kill myself too").kind == "suicide"


def test_danger_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Danger().kind = "suicide"  # type: ignore[misc]


def test_a_broken_phrase_file_is_named(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "idioms.yaml").write_text("idioms: ['(']\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"idioms\.yaml"):
        load_phrases(tmp_path)


def test_an_unknown_sign_is_named(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    families = tmp_path / "families.yaml"
    text = families.read_text(encoding="utf-8").replace("signs: [calm, way]", "signs: [calm, nothing]")
    families.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="calm-way: unknown sign 'nothing'"):
        load_phrases(tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=60), max_size=3))
def test_never_raises_and_is_deterministic(text: str, earlier: list[str]) -> None:
    danger = detect(text, earlier)
    assert danger == detect(text, earlier)
    assert len(danger.quote) <= 220
    says_safe(text)
    read_answer(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_every_character_keeps_its_place(text: str) -> None:
    plain = read_plainly(text)
    book = load_phrases()
    english = read_english(plain, book.short_forms, book.lexicon)
    for view in (plain, english):
        assert len(view.text) == len(view.spans)
        assert all(0 <= start < end <= len(text) for start, end in view.spans)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,\n", max_size=80))
def test_noise_around_it_does_not_hide_it(noise: str) -> None:
    assert detect(f"{noise}. I want to kill myself. {noise}").is_crisis


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "e\u0301" * 50_000, "\u0301" * 100_000, "k." * 50_000, "i want to " * 20_000],
    ids=["letters", "accents", "marks", "dots", "wants"],
)
def test_floods_are_survived(text: str) -> None:
    detect(text)


QUIET_ALARM = "it will all be quiet soon"


def test_danger_that_no_rule_heard_is_carried_on() -> None:
    assert detect("yes", [QUIET_ALARM]).level == "none"
    assert detect("yes", [QUIET_ALARM], alarmed=[True]).is_crisis
    assert detect("they want it by friday", [QUIET_ALARM], alarmed=[True]).level == "soft"


def test_danger_that_no_rule_heard_is_over_after_one_plain_no() -> None:
    assert not detect("no", [QUIET_ALARM], alarmed=[True]).is_crisis
    assert detect("they want it by friday", [QUIET_ALARM, "no"], alarmed=[True, False]).level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "what the hell? no. i threw a spoon in a sink. i'm not gonna hurt anybody",
        "its the job. i'm not suicidal, i'm pissed off",
        "No, I'm not. You misunderstood. I only meant I lied to my sister",
        "yes. safe. give me one line to say to him",
    ],
)
def test_whoever_says_that_they_were_misread_is_believed(text: str) -> None:
    heard = detect(text, [QUIET_ALARM], alarmed=[True])
    assert heard.level == "none"
    assert heard.is_over
    assert detect("what do i say tomorrow", [QUIET_ALARM, text], alarmed=[True, False]).level == "none"


def test_a_denial_does_not_hide_new_danger() -> None:
    assert detect("no. i have the pills here", [QUIET_ALARM], alarmed=[True]).is_crisis
