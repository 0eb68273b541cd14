"""Law, health, money: no verdict, somebody to ask, and a number only where it was checked."""

import re
from datetime import date, timedelta

import pytest

from coach.schema.enums import Route
from coach.tools import boundary
from tests.fakes import a_turn

TODAY = date(2026, 12, 1)


def reply(library, text: str, topic: str | None, today: date = TODAY, **known: str) -> list:
    turn = a_turn(library, text, route=Route.BOUNDARY, topic=topic, known=known, today=today)
    return boundary.moves(turn)


def said(moves) -> str:
    return "\n".join(move.text for move in moves)


def everything(library) -> list[str]:
    return [card.id for card in library.boundaries]


def pytest_generate_tests(metafunc):
    if "topic" in metafunc.fixturenames:
        from coach.library import load
        from coach.locations import ROOT

        metafunc.parametrize("topic", everything(load(ROOT / "knowledge")))


@pytest.mark.parametrize("region", [None, "us", "uk", "in", "other"])
def test_every_topic_has_a_reply_that_cites_its_card_and_asks_one_thing(library, topic, region):
    moves = reply(library, "can they do that to me?", topic, **({"region": region} if region else {}))
    (shown,) = [move.text for move in moves if move.card == topic]
    body = library.by_id[topic].body
    assert shown.startswith("I can't judge") or not body.startswith("I can't judge")
    dropped = [sentence for sentence in re.split(r"(?<=[.])\s+", body) if sentence not in shown]
    assert all(re.match(r"In (the US|the UK|Ireland|Australia)\b", sentence) for sentence in dropped), dropped
    assert len(shown.split()) >= 40, "what is left can stand alone"
    own = {"us": "In the US", "uk": "In the UK"}.get(region, "nowhere")
    assert not any(own in sentence for sentence in dropped), "their own country is left standing"
    assert sum(move.kind == "ask" for move in moves) <= 1


def test_no_verdict_is_ever_given(library, topic):
    text = said(reply(library, "is this illegal?", topic, region="us"))
    assert not re.search(
        r"\b(?:this|that|it) is (?:il)?legal\b|you have a (?:strong )?case|you will win|they broke the law",
        text,
        re.IGNORECASE,
    )


def test_somebody_to_ask_is_named_for_the_region(library):
    def named(region: str) -> str:
        (text,) = [
            move.text
            for move in reply(library, "i think it is my age", "discrimination", region=region)
            if move.text.startswith("You could ask")
        ]
        return text

    assert "EEOC" in named("us") and "Acas" not in named("us")
    assert "Acas" in named("uk") and "EEOC" not in named("uk")


@pytest.mark.parametrize("name", ["immigration", "signing", "recording"])
@pytest.mark.parametrize("region", ["us", "nz"])
def test_where_no_body_of_the_region_is_on_file_the_general_adviser_is_named(library, name, region):
    topic = library.by_id[name].topic
    own = [body for body in library.bodies if body.topic == topic and body.region == region]
    anywhere = [body for body in library.bodies if body.topic == topic and body.region == "any"]
    text = said(reply(library, "can they do that?", name, region=region))
    assert anywhere and (own or anywhere)[0].body.split(" ", 1)[1] in text


def test_the_region_is_asked_where_it_matters_and_is_not_known(library):
    turn = a_turn(library, "can i sue them?", route=Route.BOUNDARY, topic="suing")
    moves = boundary.moves(turn)
    assert turn.asked == ["region"] and moves[-1].text in library.lines["ask"]["region"]["lines"]
    known = a_turn(library, "can i sue them?", route=Route.BOUNDARY, topic="suing", known={"region": "us"})
    boundary.moves(known)
    assert "region" not in known.asked


def test_a_checked_time_limit_is_shown_with_its_number_and_date(library):
    text = said(reply(library, "i was treated worse because of my age", "discrimination", region="us"))
    assert "180 calendar days" in text and "looked up 22 November 2026" in text


def test_an_old_time_limit_loses_its_number_and_keeps_the_body(library):
    newest = max(limit.checked for limit in library.time_limits if limit.checked)
    text = said(
        reply(
            library,
            "i was treated worse because of my age",
            "discrimination",
            newest + timedelta(days=181),
            region="us",
        )
    )
    assert "180 calendar days" not in text and "looked up" not in text
    assert "EEOC" in text and library.lines["boundary"]["clock_unconfirmed"] in text


def test_no_number_is_shown_while_the_region_is_unknown(library):
    text = said(reply(library, "i was treated worse because of my age", "discrimination"))
    assert "180 calendar days" not in text and "looked up" not in text


def test_unchecked_numbers_are_never_shown(library):
    for limit in library.time_limits:
        if limit.number and limit.checked is None:
            for card in library.boundaries:
                if card.topic in limit.topics:
                    region = {"region": limit.region} if limit.region != "de" else {"region": "other"}
                    assert limit.number not in said(
                        reply(library, "how long do i have?", card.id, **region)
                    ), limit.id


def test_the_card_is_given_once(library):
    first = a_turn(library, "can i sue?", route=Route.BOUNDARY, topic="suing")
    boundary.moves(first)
    again = a_turn(
        library,
        "but can i sue?",
        route=Route.BOUNDARY,
        topic="suing",
        shown=tuple(first.picker.used),
        history=("can i sue?",),
    )
    moves = boundary.moves(again)
    assert library.by_id["suing"].body not in [move.text for move in moves]
    assert set(library.lines["boundary"]["again"]) & {move.text for move in moves}


def test_signing_is_neither_advised_nor_advised_against(library):
    text = said(reply(library, "should i sign it?", "signing", region="us")).lower()
    assert not re.search(
        r"\byou should (?:not )?sign\b|\bdo(?: not|n't) sign\b(?! anything you)|\bjust sign\b", text
    )
