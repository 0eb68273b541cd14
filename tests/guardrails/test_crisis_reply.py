"""The crisis reply is short, warm, different each time, and always holds a way to reach a person."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import KnowledgeError
from coach.guardrails.crisis_reply import WORD_LIMIT, back_to_the_plan, compose, load_replies
from coach.guardrails.danger import Danger, detect
from coach.guardrails.phrases import FOLDER
from coach.schema.enums import Region
from coach.schema.knowledge import Helpline

HELPLINES = tuple(
    Helpline.model_validate(line)
    for line in yaml.safe_load((FOLDER.parent / "facts" / "helplines.yaml").read_text(encoding="utf-8"))
)
KINDS = ["suicide", "self_harm", "harm_others", "abuse", "third_party", "medical_emergency"]
ANSWERS = ["yes", "no", "leave_me_alone", "silence"]
REGIONS = [None, *Region]
DANGERS = [
    Danger(kind=kind, level=level, quote="I can't see any way through this", reason="test")
    for kind in KINDS
    for level in ("indirect", "high", "imminent")
]
BANNED = re.compile(
    r"!|promise|diagnos|disorder|therapist|goal|rebuttal|performance|you should not feel|you're not going to|"
    r"contact HR|mg\b|pills|rope|\bgun\b|knife|I am human|as an AI",
    re.IGNORECASE,
)


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: f"{danger.kind}-{danger.level}")
@pytest.mark.parametrize("region", REGIONS)
def test_shape(danger: Danger, region: Region | None) -> None:
    before = ""
    for turn in range(5):
        text = compose(danger, region=region, helplines=HELPLINES, crisis_turns_before=turn)
        assert len(text.split()) <= WORD_LIMIT
        assert text.count("?") == 1
        assert text.endswith("?") or danger.kind == "abuse"
        assert not BANNED.search(text), text
        assert re.search(r"\d{3}|findahelpline\.com", text)
        assert "{" not in text
        assert text != before
        before = text


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_get_their_own_words(answer: str) -> None:
    danger = Danger(kind="suicide", level="high", quote=answer, reason=f"answer: {answer}")
    texts = [
        compose(danger, region=None, helplines=HELPLINES, crisis_turns_before=turn, answer=answer)
        for turn in range(1, 4)
    ]
    assert len(set(texts)) == 3
    plain = compose(
        danger.model_copy(update={"reason": "x"}), region=None, helplines=HELPLINES, crisis_turns_before=1
    )
    assert plain not in texts
    for text in texts:
        assert text.count("?") == 1
        assert len(text.split()) <= WORD_LIMIT
        assert not BANNED.search(text)


def test_country_lines() -> None:
    danger = detect("I want to kill myself")
    for region, number, foreign in [
        ("us", "988", "116 123"),
        ("ca", "988", "116 123"),
        ("uk", "116 123", "988"),
        ("ie", "116 123", "988"),
        ("au", "13 11 14", "988"),
        ("nz", "1737", "988"),
        ("in", "14416", "988"),
        ("other", "findahelpline.com", "988"),
    ]:
        for turn in range(3):
            text = compose(danger, region=region, helplines=HELPLINES, crisis_turns_before=turn)
            assert number in text
            assert foreign not in text


def test_unknown_country_gets_the_general_form() -> None:
    text = compose(detect("I want to kill myself"), region=None, helplines=HELPLINES)
    for number in (
        "112",
        "911",
        "999",
        "US or Canada 988",
        "116 123",
        "13 11 14",
        "1737",
        "findahelpline.com",
    ):
        assert number in text


def test_without_data_there_is_still_a_way() -> None:
    text = compose(detect("I want to kill myself"), region="us", helplines=())
    assert "911" in text
    assert "findahelpline.com" in text


def test_it_names_what_was_heard_and_asks_directly() -> None:
    text = compose(
        detect("if I fail this PIP there is no point in being here anymore"), region="uk", helplines=HELPLINES
    )
    assert "there is no point in being here anymore" in text
    assert "suicide" in text


def test_markup_and_unnamed_methods_are_not_said_back() -> None:
    text = compose(detect("I want to kill myself ![x](http://e.x/?q=1)"), region=None, helplines=HELPLINES)
    assert "http" not in text
    text = compose(detect("how many sleeping tablets are dangerous"), region=None, helplines=HELPLINES)
    assert not re.search("tablet|pill|dose|how many", text)


NAMED = [
    ("I've counted my tablets", "counted or put aside pills", "distance between you and the pills"),
    ("I have the pills here, tonight after the review meeting", "pills within your reach", "lock them away"),
    ("I bought a rope", "a rope", "leave the room where the rope is"),
    (
        "there's a gun in the drawer, I want it all to end for me, I want to die",
        "a gun",
        "get away from the gun",
    ),
    ("I'm standing on the bridge", "the bridge", "stay well away from the bridge"),
    ("I'm on the roof of the building, I want to jump", "the roof", "stay well away from the roof"),
    ("I go to the train line after work and stand there, I want to die", "the train line", "well away"),
    ("I've written goodbye letters to my kids", "written or said a goodbye", "living person"),
    ("I recorded goodbye messages for my family", "written or said a goodbye", "living person"),
    ("I've given my guitar and records away, I want to die", "given things away", "let somebody take it"),
    ("I'm going to end it on Friday after the review", "a time in mind (Friday)", "about that time"),
    ("I want to kill myself tonight", "a time in mind (tonight)", "about that time"),
    ("I just took 40 tablets", "can harm your body", "even if you feel all right"),
]


@pytest.mark.parametrize(("message", "heard", "away"), NAMED)
@pytest.mark.parametrize("region", [None, "us", "ie"])
def test_it_names_what_they_named_and_asks_for_distance(
    message: str, heard: str, away: str, region: str | None
) -> None:
    danger = detect(message)
    assert danger.level == "imminent"
    for turn in range(3):
        text = compose(danger, region=region, helplines=HELPLINES, crisis_turns_before=turn)
        number = text.index({None: "112", "us": "911", "ie": "112 or 999"}[region])
        assert heard in text.split("\n\n")[0]
        assert away in text
        assert number < text.index(away)
        assert re.search("be with|near you|with you|come to you|a person", text[number:])
        assert len(text.split()) <= WORD_LIMIT
        assert text.count("?") == 1 and text.endswith("?")
        assert not re.search(r"!|promise|goal|plan\b", text)


def test_two_things_are_named_and_a_thought_of_place_is_no_emergency_yet() -> None:
    text = compose(
        detect("I counted my pills and wrote letters to my kids"), region="uk", helplines=HELPLINES
    )
    assert "pills and that you have written" in text
    danger = detect("I keep thinking about the train tracks")
    assert (danger.level, danger.named[0].prepared) == ("indirect", False)
    assert "the tracks on your mind" in compose(danger, region="uk", helplines=HELPLINES)


@pytest.mark.parametrize("message", ["I don't own a gun but I want to die", "I want to kill myself"])
def test_nothing_is_named_that_is_not_there(message: str) -> None:
    assert detect(message).named == ()


def test_pills_named_before_are_still_named_after_a_yes() -> None:
    danger = detect("yes", ["I've counted my tablets"])
    assert "pills" in compose(danger, region="uk", helplines=HELPLINES, crisis_turns_before=1, answer="yes")


@pytest.mark.parametrize("message", ["my husband hit me last night", "my boss shoved me against the wall"])
@pytest.mark.parametrize(("region", "number"), [(None, "112, 911 or 999"), ("uk", "999"), ("us", "911")])
def test_violence_asks_about_safety_before_anything_else(
    message: str, region: str | None, number: str
) -> None:
    for turn in range(3):
        first = compose(detect(message), region=region, helplines=HELPLINES, crisis_turns_before=turn).split(
            "\n\n"
        )[0]
        assert re.match(r"(?:Before anything else: a|A)re you safe", first)
        assert number in first


def test_are_you_safe_yes_and_no_get_different_words() -> None:
    def reply(message: str) -> str:
        return compose(
            detect(message, ["my husband hit me"]), region="uk", helplines=HELPLINES, crisis_turns_before=1
        )

    assert "that comes first" in reply("yes")
    assert reply("no").index("999") < reply("no").index("door")
    assert reply("no") == reply("I'm not safe")


def test_a_third_person_is_asked_directly_and_not_left_alone() -> None:
    for turn in range(3):
        text = compose(
            detect("my coworker said she wants to die"),
            region="uk",
            helplines=HELPLINES,
            crisis_turns_before=turn,
        )
        assert re.search("ask (?:them )?(?:in plain words|directly)", text, re.IGNORECASE)
        assert re.search("stay (?:with them|until help)", text)
        assert re.search("call", text) and re.search("you may call|takes calls from you", text, re.IGNORECASE)
        assert "999" in text and "116 123" in text


def test_own_texts_for_the_other_kinds() -> None:
    def reply(message: str) -> str:
        return compose(detect(message), region="uk", helplines=HELPLINES).lower()

    assert "wound" in reply("I cut myself after every one-to-one")
    assert "weapon" in reply("I'm going to bring a gun to the meeting")
    assert "not your fault" in reply("my partner hits me when I talk about work")
    assert "are they safe" in reply("my coworker said she wants to die")
    assert "999" in reply("I have chest pain and can't breathe")


@pytest.mark.parametrize("language", sorted(load_replies().languages))
def test_other_languages_get_their_own_words_too(language: str) -> None:
    danger = Danger(kind="suicide", level="high", quote="…", language=language, reason="x")
    texts = [compose(danger, region=None, helplines=HELPLINES, crisis_turns_before=turn) for turn in range(3)]
    for text in texts:
        assert "findahelpline.com" in text
        assert all(number in text.split("\n\n")[0] for number in ("112", "911", "999"))
        assert len(text.split()) <= WORD_LIMIT
        assert "?" in text
    assert texts[0] != texts[1] != texts[2]


def test_back_to_the_plan() -> None:
    lines = [back_to_the_plan(turn) for turn in range(3)]
    assert len(set(lines)) == 3
    assert all("help" in line.lower() and "!" not in line and "\n" not in line for line in lines)


def test_every_text_has_three_variants() -> None:
    replies = load_replies()
    assert set(KINDS) <= set(replies.texts)
    assert all(len(variants) >= 3 for variants in (*replies.texts.values(), *replies.answers.values()))
    assert set(replies.answers) == set(ANSWERS)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "replies.yaml").write_text("texts: {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"replies\.yaml"):
        load_replies(tmp_path)


@settings(max_examples=200, deadline=None)
@given(
    danger=st.builds(
        Danger,
        kind=st.sampled_from(KINDS),
        level=st.sampled_from(["soft", "indirect", "high", "imminent"]),
        quote=st.text(max_size=200),
        language=st.sampled_from(["en", "es", "ja", "xx"]),
        reason=st.sampled_from(["direct", "answer: yes", "answer: no"]),
    ),
    region=st.sampled_from([*REGIONS, "nowhere"]),
    turn=st.integers(-1, 50),
    answer=st.sampled_from([None, *ANSWERS]),
)
def test_never_raises_and_stays_short(danger: Danger, region: object, turn: int, answer: object) -> None:
    text = compose(danger, region=region, helplines=HELPLINES, crisis_turns_before=turn, answer=answer)
    assert "?" in text
    assert len(text.split()) <= WORD_LIMIT
    assert "!" not in text
