"""A danger that was spoken of stays open in a new conversation and after a restart, until the person says that they are safe."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from coach.errors import StoreError
from coach.guardrails.crisis_reply import load_replies
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.store import Store
from coach.ui.desk import Desk
from tests.fakes import FakeBrain, make_coach

DANGER = "i want to kill myself"
WORK = "how do i prepare for the meeting on thursday"
OPEN = load_replies().not_forgotten
BACK = load_replies().back_to_the_plan


class House:
    """The store on the disk and the coach on top of it; `restart` is a new process as far as either can tell."""

    def __init__(self, folder, library, search) -> None:
        self._folder, self._library, self._search = folder, library, search
        self._minutes = 0
        self.restart()

    def restart(self) -> None:
        if self._minutes:
            self.store.close()
        self.store = Store.open(self._folder / "coach.db", self.now)
        self.coach = make_coach(self._library, FakeBrain(self._search), self.store, self.now)

    def now(self) -> datetime:
        self._minutes += 1
        return datetime(2026, 12, 1, 9, 30, tzinfo=UTC) + timedelta(minutes=self._minutes)

    def say(self, text: str, session: Session | None = None) -> Session:
        *_, last = self.coach.reply(session or self.store.create(), text)
        return last.session


@pytest.fixture
def house(tmp_path, library, search):
    made = House(tmp_path, library, search)
    yield made
    made.store.close()


def reply(session: Session) -> str:
    return session.messages[-1].text


def is_open(session: Session) -> bool:
    return any(line in reply(session) for line in OPEN)


def gentle(house, session: Session) -> bool:
    return any(line in reply(session) for line in house.coach.library.lines["gentle"]["lines"])


def test_a_new_conversation_does_not_forget_it(house):
    house.say(DANGER)
    fresh = house.say(WORK)
    assert fresh.messages[-1].route is not Route.CRISIS
    assert is_open(fresh) and gentle(house, fresh)
    assert not is_open(house.say("and what do i bring", fresh)), "said once, not in each reply"


def test_nor_does_a_restart(house):
    house.say(DANGER)
    house.restart()
    assert is_open(house.say(WORK))


def test_without_danger_before_it_a_new_conversation_is_like_any_other(house):
    house.say("this deadline is killing me")
    fresh = house.say(WORK)
    assert not is_open(fresh) and not gentle(house, fresh)


@pytest.mark.parametrize("safe", ["I'm safe now, thank you", "No, I'm safe now, can we go back to goal 2"])
def test_until_they_say_that_they_are_safe_wherever_they_say_it(house, safe):
    house.say(DANGER)
    said = house.say(safe)
    assert any(line in reply(said) for line in BACK)
    house.restart()
    assert not is_open(house.say(WORK))


def test_what_follows_in_another_conversation_is_graver_for_it(house):
    alone = house.say("ok. it's decided.")
    assert alone.messages[-1].route is not Route.CRISIS
    house.say(DANGER)
    assert house.say("ok. it's decided.").messages[-1].route is Route.CRISIS


def test_a_bare_no_in_a_new_conversation_answers_no_question_of_the_old_one(house):
    house.say(DANGER)
    house.say("no")
    assert is_open(house.say(WORK))


def test_coming_back_to_an_older_conversation_does_not_forget_it_either(house):
    older = house.say("they want me to sign it by friday")
    house.say(DANGER)
    assert is_open(house.say(WORK, older))


def test_a_deleted_conversation_is_forgotten_with_all_it_held(house):
    house.store.delete(house.say(DANGER).id)
    assert not is_open(house.say(WORK))


def test_danger_is_answered_even_where_the_other_conversations_cannot_be_read(house, monkeypatch):
    def broken(id):
        raise StoreError("The disk is gone.")

    monkeypatch.setattr(house.store, "elsewhere", broken)
    assert house.say(DANGER).messages[-1].route is Route.CRISIS


def test_the_page_shows_it_in_a_new_conversation(house):
    desk = Desk(SimpleNamespace(coach=house.coach, store=house.store))
    *_, shown = desk.send(DANGER, "", None)
    assert shown["conversation"]
    assert desk.start()["conversation"] == ""
    *_, shown = desk.send(WORK, "", None)
    assert "help is one click away" in shown["log"].lower() or "help lines are one click away" in shown["log"].lower()
