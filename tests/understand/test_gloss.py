"""A message in Spanish is read well enough to be answered, and nothing it said is lost."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.schema.conversation import Known, Message, Session
from coach.schema.enums import Route
from coach.understand import facts, situation
from coach.understand.gloss import gloss
from coach.understand.message import understand

FIRST = "Hola, hoy me han puesto en un plan de mejora y no sé qué hacer"


def read(library, search, text: str, *before: str):
    session = Session(id="t", messages=tuple(Message(author="person", text=said, at=datetime(2026, 12, 1, tzinfo=UTC)) for said in before))
    return understand(session, text, list(before), library=library, search=search, today=date(2026, 12, 1), endpoint="", home="")


def test_longer_phrases_win_and_unknown_words_and_marks_stay(library):
    phrases = library.glossaries["spanish"]
    assert gloss("¿Qué preguntas llevo el jueves, Zoraida?", phrases) == "what questions llevo on thursday, zoraida?"


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert isinstance(gloss(text, {"plan de mejora": "improvement plan"}), str)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (FIRST, "received", "today"),
        ("Tengo mucho miedo de perder el trabajo", "feeling", "scared"),
        ("Sí, me dieron un documento de tres páginas", "document", "written"),
        ("Dura 60 días", "length", "60 days"),
        ("La reunión es el jueves a las 10, con recursos humanos", "meeting", "Thursday 10"),
        ("La reunión es el jueves a las 10, con recursos humanos", "hr", "yes"),
        ("No, todavía no he firmado nada", "signed", "no"),
    ],
)
def test_what_was_told_is_known(library, search, text, field, value):
    turn = read(library, search, text, FIRST)
    assert getattr(turn.known, field).value.lower() == value.lower()
    assert turn.words == text


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("¿Qué preguntas debería llevar a la reunión?", Route.QUESTIONS),
        ("¿puedo grabar la reunión?", Route.BOUNDARY),
        ("Gracias, me siento un poco más tranquila", Route.COACH),
        ("escríbeme un correo para mi jefe", Route.COACH),  # a letter needs more than a gloss
    ],
)
def test_a_question_finds_its_way(library, search, text, route):
    assert read(library, search, text, FIRST, "La reunión es el jueves a las 10, con recursos humanos").route is route


def test_the_first_message_is_answered_in_its_language(library, search):
    turn = read(library, search, "¿puedo grabar la reunión con mi jefe y con recursos humanos?")
    assert turn.route is Route.COACH and turn.language == "spanish"


@pytest.mark.parametrize("between", ["¿puedo grabar?", "Madrid", "👍"])
def test_a_short_message_in_between_does_not_end_a_language(between):
    assert situation.language("me siento tranquila", [FIRST, between]) == "spanish"


def test_english_afterwards_is_english_again():
    assert situation.language("ok then", [FIRST, "now I write in English to my coach"]) is None


def test_facts_are_found_in_the_gloss(library):
    assert "meeting" in facts.find(gloss("la reunión es mañana", library.glossaries["spanish"]), Known(), None)
