"""The composed reply of the coach: hears first, says nothing twice, asks one thing it does not know."""

import pytest

from coach import citations
from coach.guardrails.check import sentences
from coach.schema.conversation import Session
from coach.schema.enums import Stage
from coach.tools import answer
from coach.tools.answer import LEAD
from coach.tools.ask import NEEDS, asks_something
from tests.conftest import NOW
from tests.fakes import FakeBrain, a_turn, make_coach

TALKS = {
    "first-hours": [
        "they put me on a pip an hour ago", "i feel so ashamed", "i have it in writing", "the meeting is on thursday",
        "no i havent signed", "what should i do before thursday?", "ok", "and what do i say to my team?", "what else",
    ],
    "asks-only": ["how often should i meet my manager?"] * 7,
    "tells-only": ["ok", "yes", "i guess", "not sure", "maybe", "hm", "fine", "right", "i see", "ok then", "yes", "no"],
    "jumps": [
        "what is a performance improvement plan?", "should i stay or go?", "what do i do in check-ins?", "i am in week 3",
        "she cancelled again", "i want to keep my job", "i work in the uk", "what about the end of the plan?",
    ],
}  # fmt: skip


def talk(library, search, texts) -> list[tuple[Session, Session, str]]:
    """Session before, session after and reply of each turn."""
    coach = make_coach(library, FakeBrain(search), None, lambda: NOW)
    session, turns = Session(id="talk"), []
    for text in texts:
        *_, finished = coach.reply(session, text)
        turns.append((session, finished.session, finished.session.messages[-1]))
        session = finished.session
    return turns


@pytest.fixture(scope="module", params=TALKS.values(), ids=TALKS.keys())
def turns(request, library, search):
    return talk(library, search, request.param)


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if not part.startswith("**Words you can use")]


def test_no_card_comes_twice(library, turns):
    bodies = {card.id: card.body for card in library.cards}
    given = [name for _, _, reply in turns for name, body in bodies.items() if body in reply.text]
    assert len(given) == len(set(given)), given


def test_there_are_never_two_questions(turns):
    for _, _, reply in turns:
        assert sum(asks_something(part) for part in paragraphs(reply.text)) <= 1, reply.text


def test_nothing_known_is_asked_and_nothing_is_asked_twice(turns):
    asked = []
    for _, after, _ in turns:
        new = [name.removeprefix("!") for name in after.asked if name.startswith("!")]
        assert not [name for name in new if name in after.known.values()]
        asked += new
    assert len(asked) == len(set(asked)), asked


def test_every_reply_says_something_and_every_marker_resolves(turns):
    for _, _, reply in turns:
        assert reply.text.strip()
        assert citations.unresolved(reply.text, reply.citations) == []


def test_no_long_sentence_is_said_twice(turns):
    said: set[str] = set()
    for _, _, reply in turns:
        new = {sentence for sentence in sentences(reply.text) if len(sentence.split()) > 7}
        assert not new & said
        said |= new


OWNERSHIP = (
    "before-you-answer",
    "defending-backfires",
    "own-your-part",
    "owning-is-not-agreeing",
    "you-did-not-know",
)


@pytest.mark.parametrize("found", OWNERSHIP)
def test_nobody_is_pushed_to_own_anything_in_the_first_message(library, found):
    turn = a_turn(
        library,
        "they put me on a plan today and say it is my fault, what do i do?",
        cards=(found, "take-a-moment"),
    )
    given = [move.card for move in answer.moves(turn) if move.card]
    assert given and all(library.by_id[name].topic != "ownership" for name in given)


def test_ownership_comes_later_when_it_fits(library):
    turn = a_turn(
        library, "how do i own my part without agreeing to everything in the plan?", cards=("own-your-part",),
        stage=Stage.RESPOND, history=("they put me on a plan last week",),
    )  # fmt: skip
    assert "own-your-part" in [move.card for move in answer.moves(turn)]


def test_a_reply_opens_with_what_was_heard(library):
    turn = a_turn(
        library,
        "i am so angry about all of this, nobody ever said a word to me before, what now do i say?",
        cards=("take-a-moment",),
    )
    first = answer.moves(turn)[0]
    assert first.kind == "reflect" and not asks_something(first.text)


def test_a_new_fact_is_acknowledged(library):
    turn = a_turn(library, "the meeting is on thursday", history=("hello",), stage=Stage.FIRST_MEETING)
    assert "Thursday" in answer.moves(turn)[0].text


def test_a_correction_is_acknowledged_as_one(library):
    turn = a_turn(
        library,
        "the meeting moved to friday",
        known={"meeting": "Thursday"},
        history=("a", "b"),
        stage=Stage.FIRST_MEETING,
    )
    assert answer.moves(turn)[0].text in library.lines["heard"]["corrected"]


def test_what_the_guidance_does_not_cover_is_said_plainly(library):
    turn = a_turn(
        library,
        "will my pension grow if the stock market falls?",
        in_scope=False,
        history=("x",),
        stage=Stage.WORK,
    )
    said = [move.text for move in answer.moves(turn)]
    assert set(said) & set(library.lines["no_card"]["lines"])
    assert not [move for move in answer.moves(turn) if move.card]


def test_when_every_fitting_card_was_given_none_is_repeated(library):
    first = a_turn(
        library,
        "how often should i meet my manager?",
        cards=("check-in-often",),
        stage=Stage.CHECK_INS,
        history=("x",),
    )
    given = answer.moves(first)
    assert "check-in-often" in [move.card for move in given]
    again = a_turn(
        library, "how often should i meet my manager?", cards=("check-in-often",), stage=Stage.CHECK_INS, history=("x", "y"),
        shown=tuple(first.picker.used),
    )  # fmt: skip
    assert library.by_id["check-in-often"].body not in [move.text for move in answer.moves(again)]


@pytest.mark.parametrize("stage", Stage)
def test_a_person_who_only_tells_is_led_on_in_every_stage(library, stage):
    turn = a_turn(library, "ok", stage=stage, history=("they put me on a plan",))
    moves = answer.moves(turn)
    assert moves and any(move.text for move in moves)


@pytest.mark.parametrize(
    "stage", [Stage.UNDERSTAND, Stage.RESPOND, Stage.FIRST_MEETING, Stage.WORK, Stage.CHECK_INS]
)
def test_the_question_is_what_the_stage_lacks_most(library, stage):
    turn = a_turn(library, "i have been thinking about it", stage=stage, history=("they put me on a plan",))
    answer.moves(turn)
    assert turn.asked == [NEEDS[stage][0]] and turn.quick_replies


def test_who_resigned_is_not_asked_for_a_meeting_or_a_signature(library):
    turn = a_turn(
        library, "so what now for me", stage=Stage.RESPOND, known={"resigned": "yes"}, history=("i resigned",)
    )
    answer.moves(turn)
    assert not set(turn.asked) & {"signed", "meeting", "reply_due", "document"}


def test_every_card_that_leads_exists(library):
    named = (
        {name for names in LEAD.values() for name in names}
        | set(answer.LEAD_FOR.values())
        | set(answer.SITUATION_CARD.values())
    )
    assert named <= set(library.by_id)
    assert set(answer.SITUATION_BOUNDARY.values()) <= {card.id for card in library.boundaries}


@pytest.mark.parametrize(
    "text", ["the meeting is in ten minutes", "i just need to vent", "thanks", "i can't breathe"]
)
def test_some_moments_are_not_for_questions(library, text):
    moves = answer.moves(a_turn(library, text))
    assert moves and not [move for move in moves if move.kind == "ask"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("HR will be in the meeting", "hr_yes"), ("They keep getting cancelled", "check_ins_cancelled"), ("I work in the UK", "region_uk"), ("they emailed it to me", "document_written")],
)
def test_a_fact_that_is_told_gets_the_step_it_calls_for(library, text, key):
    moves = answer.moves(a_turn(library, text, history=("they put me on a plan",)))
    assert moves[0].text in [line.replace("{value}", "") for line in library.lines["told"][key]]
    assert sum(move.kind == "ask" for move in moves) == 1


def test_a_fact_told_twice_is_not_explained_twice(library):
    moves = answer.moves(a_turn(library, "HR will be in the meeting", history=("a",), known={"hr": "yes"}))
    assert moves[0].text not in library.lines["told"]["hr_yes"]
