"""knowledge/ as a whole: complete, well formed, and a mistake in it is named by file and field."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach import library as library_module
from coach.errors import KnowledgeError
from coach.library import REVIEW_DAYS, TimeLimit, load
from coach.locations import ROOT
from coach.schema.enums import Region, Route, Stage

KNOWLEDGE = ROOT / "knowledge"
POINTS = {f"A{n:02}" for n in range(1, 33)} | {f"B{n:02}" for n in range(1, 23)}
GUIDANCE = sorted(path.stem for path in (KNOWLEDGE / "cards").glob("*.md"))
BOUNDARIES = sorted(path.stem for path in (KNOWLEDGE / "boundaries").glob("*.md"))


def test_every_point_of_the_guidance_is_carried(library):
    carried = {point for card in library.cards for point in card.points}
    assert carried == POINTS


def test_boundary_cards_stay_apart_from_guidance(library):
    assert sorted(card.id for card in library.boundaries) == BOUNDARIES
    assert all(card.boundary for card in library.boundaries)
    assert not any(card.boundary for card in library.cards)


@pytest.mark.parametrize("name", GUIDANCE + BOUNDARIES)
def test_card_keeps_to_its_form(library, name):
    card = library.by_id[name]
    assert len(card.asks) >= 15
    assert 50 <= len(card.body.split()) <= 110
    assert len(card.points) <= 4
    for question in card.next_questions:
        assert question.count("?") == 1 and question.endswith("?"), question
    said = [card.title, card.body, *card.words_you_can_use, *card.next_questions]
    assert not any("!" in text for text in said)
    assert all(text.strip() for text in said)
    assert all(source.who and source.where for source in card.sources)


@pytest.mark.parametrize("name", GUIDANCE)
def test_guidance_never_judges_law_or_promises(library, name):
    body = library.by_id[name].body
    assert not re.search(
        r"\b(?:illegal|guarantee|you will (?:pass|keep your job)|wrongful)\b", body, re.IGNORECASE
    )


def test_no_ask_is_given_twice_by_one_card(library):
    for card in library.by_id.values():
        lowered = [ask.lower() for ask in card.asks]
        assert len(lowered) == len(set(lowered)), (
            card.id,
            {ask for ask in lowered if lowered.count(ask) > 1},
        )


def test_every_route_but_crisis_has_examples(library):
    assert {example.route for example in library.examples} == set(Route) - {Route.CRISIS}


def test_every_stage_has_examples_and_words(library):
    assert {example.stage for example in library.stages} == {*Stage, None}
    for stage in Stage:
        words = library.lines["stages"][stage.value]
        assert words["label"] and words["about"] and len(words["first_step"]) >= 3
        assert len(library.lines["ask"]["open"][stage.value]) >= 2


@pytest.mark.parametrize(
    ("region", "number", "emergency"),
    [
        ("us", "988", "911"),
        ("ca", "988", "911"),
        ("uk", "116 123", "999"),
        ("ie", "116 123", "112"),
        ("au", "13 11 14", "000"),
        ("nz", "1737", "111"),
        ("in", "14416", "112"),
    ],
)
def test_help_line_of_each_region(library, region, number, emergency):
    (line,) = [line for line in library.helplines if line.region == region]
    assert line.call == number
    assert emergency in line.emergency
    assert line.link


def test_every_help_line_names_its_source_and_the_day_of_its_review(library):
    for line in library.helplines:
        assert line.source and line.reviewed and line.reviewed >= date(2026, 11, 22), line.name
        assert line.checked is None or line.checked <= line.reviewed


def test_every_region_has_a_help_line_and_elsewhere_points_to_the_directory(library):
    assert {line.region for line in library.helplines} == set(Region)
    (elsewhere,) = [line for line in library.helplines if line.region is Region.OTHER]
    assert elsewhere.call is None and elsewhere.link == "findahelpline.com"


def test_time_limits_hold_their_number_in_one_place(library):
    for limit in library.time_limits:
        assert not re.search(r"\d", limit.text), f"{limit.id}: the number belongs into `number`"
        assert limit.body
        assert limit.region in {*Region, "de"}


@pytest.mark.parametrize(
    "topic", ["discrimination", "retaliation", "severance", "suing", "accommodation", "pay_and_bonus"]
)
@pytest.mark.parametrize("region", ["us", "uk", "ie", "ca", "au", "nz", "in", "other", "any"])
def test_somebody_to_ask_is_named_everywhere(library, topic, region):
    assert [body for body in library.bodies if body.topic == topic and body.region == region]


TODAY = date(2026, 12, 1)
LIMIT = TimeLimit(
    id="x",
    topics=("suing",),
    region="us",
    body="The Agency",
    link="agency.example",
    text="To bring a charge.",
    number="180 days",
)


@pytest.mark.parametrize(
    ("checked", "shown"),
    [
        pytest.param(TODAY, True, id="checked-today"),
        pytest.param(TODAY - timedelta(days=REVIEW_DAYS), True, id="on-the-last-day"),
        pytest.param(TODAY - timedelta(days=REVIEW_DAYS + 1), False, id="one-day-too-old"),
        pytest.param(None, False, id="never-checked"),
    ],
)
def test_an_old_time_limit_loses_its_number(checked, shown):
    assert LIMIT.model_copy(update={"checked": checked}).may_show(TODAY) is shown


def test_a_time_limit_without_a_number_shows_none():
    assert not LIMIT.model_copy(update={"checked": TODAY, "number": None}).may_show(TODAY)


def test_a_time_limit_says_who_says_so_and_when_it_was_looked_up():
    said = LIMIT.model_copy(update={"checked": TODAY}).sentence()
    assert (
        said == "To bring a charge: The Agency says: 180 days (looked up 01 December 2026, agency.example)."
    )
    doubtful = LIMIT.model_copy(update={"checked": TODAY, "confirm": True}).sentence()
    assert "not confirmed, so check with The Agency first" in doubtful


@pytest.fixture
def copy(tmp_path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CARD = "cards/check-in-often.md"
BROKEN = [
    pytest.param(CARD, "topic: check_ins\n", "", ["check-in-often.md", "topic"], id="card-without-topic"),
    pytest.param(
        CARD, "stage: check_ins", "stage: later", ["check-in-often.md", "stage"], id="card-of-unknown-stage"
    ),
    pytest.param(
        CARD, "points: [A20]", "points: []", ["check-in-often.md", "points"], id="guidance-without-a-point"
    ),
    pytest.param(
        CARD,
        "points: [A20]",
        "points: [A1, A2, A3, A4, A5]",
        ["check-in-often.md", "points"],
        id="too-many-points",
    ),
    pytest.param(
        CARD, "id: check-in-often", "id: Check In", ["check-in-often.md", "id"], id="id-with-spaces"
    ),
    pytest.param(
        CARD, "id: check-in-often", "id: check-ins", ["check-in-often.md", "id"], id="id-unlike-the-file"
    ),
    pytest.param(
        CARD, "reviewed: 2026-11-22", "reviewed: soon", ["check-in-often.md", "reviewed"], id="no-date"
    ),
    pytest.param(
        CARD, "reviewed:", "colour: red\nreviewed:", ["check-in-often.md", "colour"], id="unknown-field"
    ),
    pytest.param(
        CARD, "title: ", "title: [", ["check-in-often.md", "front matter"], id="broken-front-matter"
    ),
    pytest.param(CARD, "---\n", "", ["check-in-often.md", "front matter"], id="no-front-matter"),
    pytest.param(
        CARD, "## Next questions", "## Questions", ["check-in-often.md", "sections"], id="section-misnamed"
    ),
    pytest.param(
        CARD,
        "Ask for more contact",
        "word " * 60 + "Ask for more contact",
        ["check-in-often.md", "body"],
        id="body-too-long",
    ),
    pytest.param(
        "facts/helplines.yaml",
        "region: us",
        "region: mars",
        ["helplines.yaml", "region"],
        id="unknown-region",
    ),
    pytest.param(
        "facts/helplines.yaml",
        "link: 988lifeline.org, ",
        "",
        ["helplines.yaml", "link"],
        id="help-line-without-link",
    ),
    pytest.param(
        "facts/time_limits.yaml",
        "  region: us\n",
        "",
        ["time_limits.yaml", "region"],
        id="time-limit-without-region",
    ),
    pytest.param(
        "facts/bodies.yaml",
        "topic: signing",
        "tpoic: signing",
        ["bodies.yaml", "topic"],
        id="body-with-a-typo",
    ),
    pytest.param(
        "routes/about.yaml", "route: about", "route: abuot", ["about.yaml", "abuot"], id="unknown-route"
    ),
    pytest.param(
        "routes/about.yaml",
        "examples:",
        "exmaples:",
        ["about.yaml", "examples"],
        id="routes-without-examples",
    ),
    pytest.param(
        "stages/work.yaml", "stage: work", "stage: wrok", ["work.yaml", "wrok"], id="stage-misspelt"
    ),
    pytest.param(
        "lines/notices.yaml", "model_away:", "- model_away:", ["notices.yaml"], id="lines-that-are-no-yaml"
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), BROKEN)
def test_a_mistake_names_file_and_field(copy, name, old, new, told):
    edit(copy / name, old, new)
    with pytest.raises(KnowledgeError) as error:
        load(copy)
    assert all(word in str(error.value) for word in told), error.value


def test_a_card_with_too_few_asks_is_named(copy):
    (copy / "asks" / "check-in-often.txt").unlink()
    path = copy / CARD
    head, asks = path.read_text(encoding="utf-8").split("## How people ask\n")
    path.write_text(
        head + "## How people ask\n" + "\n".join(asks.strip().splitlines()[:14]) + "\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"check-in-often\.md: field asks"):
        load(copy)


def test_two_cards_of_one_name_are_refused(copy):
    shutil.copy(copy / CARD, copy / "boundaries" / "check-in-often.md")
    with pytest.raises(KnowledgeError, match="field id: check-in-often is used twice"):
        load(copy)


def test_asks_for_a_card_that_is_not_there_are_refused(copy):
    (copy / "asks" / "no-such-card.txt").write_text("hello\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"no-such-card\.txt"):
        load(copy)


@pytest.mark.parametrize("name", ["facts/time_limits.yaml", "facts/helplines.yaml"])
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(KnowledgeError, match=re.escape(Path(name).name)):
        load(copy)


@pytest.mark.parametrize("folder", ["cards", "boundaries", "routes", "stages", "lines", "danger"])
def test_an_empty_folder_is_named(copy, folder):
    shutil.rmtree(copy / folder)
    with pytest.raises(KnowledgeError, match=folder):
        load(copy)


def test_a_file_in_another_encoding_is_named(copy):
    (copy / CARD).write_bytes("caf\u00e9".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"check-in-often\.md"):
        load(copy)


def test_the_stamp_changes_with_what_is_searched_and_not_with_what_is_only_said(copy, library):
    with (copy / "lines" / "notices.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert library_module.load(copy).stamp == library.stamp
    with (copy / "asks" / "check-in-often.txt").open("a", encoding="utf-8") as file:
        file.write("one more way to ask\n")
    assert library_module.load(copy).stamp != library.stamp
