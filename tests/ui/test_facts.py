"""What has been understood: every field has a label, and corrections follow the closed lists."""

import pytest

from coach.errors import UserError
from coach.schema.conversation import Fact, Known, Session
from coach.ui import facts

SESSION = Session(
    id="s", known=Known(meeting=Fact(value="Thursday 2pm", quote="x"), signed=Fact(value="asked"))
)


def test_every_fact_has_a_label():
    assert set(facts.LABELS) == set(Known.model_fields)


def test_plain_labels():
    shown = facts.panel(SESSION)
    assert "Meeting:" in shown and "Thursday 2pm" in shown and "they have asked" in shown


def test_values_are_escaped():
    shown = facts.panel(facts.change(SESSION, "meeting", '"><img src=x>'))
    assert "<img" not in shown


def test_a_correction_counts_as_said_on_the_page():
    session = facts.change(facts.remove(SESSION, "meeting"), "meeting", " Friday\n 10am ")
    assert session.known.meeting == Fact(value="Friday 10am", quote="")
    assert session.dropped == ()


def test_a_closed_list_stays_closed():
    with pytest.raises(UserError):
        facts.change(SESSION, "signed", "maybe")
    with pytest.raises(UserError):
        facts.change(SESSION, "password", "x")
    with pytest.raises(UserError):
        facts.remove(SESSION, "values")


def test_an_empty_correction_removes():
    session = facts.change(SESSION, "meeting", "  ")
    assert session.known.meeting is None and session.dropped == ("meeting",)
