"""Situations with a reply of their own are recognised, and ordinary questions are not taken for them."""

import pytest

from coach.schema.conversation import Known
from coach.understand import facts, situation

REPLIES = [
    ("the meeting is in ten minutes what do i say", "meeting_in_minutes"),
    ("i handed in my notice yesterday", "already_resigned"),
    ("she wants me to sign it now", "pressed_to_sign_now"),
    ("i can't breathe", "panic_now"),
    ("i just want to vent", "vent_only"),
    ("no advice please, just listen", "vent_only"),
    ("what are the odds that people survive this", "odds"),
    ("am i passing?", "am_i_passing"),
    ("be honest, is it my fault", "fault_or_bullying"),
    ("i'm about to post it all on linkedin, linkedin post is ready", "angry_post"),
    ("what do i do tonight", "what_tonight"),
    ("thanks", "thanks"),
    ("ok thank you so much", "thanks"),
    ("hello", "greeting"),
    ("hi, good morning", "greeting"),
    ("ok what next?", "ok_what_next"),
    ("mi jefe me ha puesto en un plan y no s\u00e9 qu\u00e9 hacer con el trabajo", "spanish"),
    ("je suis dans un plan et mon chef ne dit pas quoi faire", "french"),
    ("ich habe einen plan und mein chef ist nicht da was soll ich", "german"),
    ("\u6211\u7684\u7ecf\u7406\u628a\u6211\u653e\u5728\u4e00\u4e2a\u8ba1\u5212\u91cc", "other_language"),
]


def reply(text: str) -> str | None:
    found = facts.find(text, Known(), None)
    return situation.reply(text, found, facts.merge(Known(), found))


@pytest.mark.parametrize(("text", "name"), REPLIES, ids=[f"{name}: {text[:30]}" for text, name in REPLIES])
def test_a_situation_is_recognised(text, name):
    assert reply(text) == name


@pytest.mark.parametrize("text", [case[0] for case in REPLIES])
def test_every_situation_has_its_words(library, text):
    texts = library.lines["situations"][reply(text)]
    variants = [line for lines in texts.values() for line in lines] if isinstance(texts, dict) else texts
    assert len(variants) >= 2 and all(line.strip() for line in variants)


@pytest.mark.parametrize(
    "text",
    [
        "how often should i meet my manager",
        "they say my tone is wrong but gave no examples",
        "thanks to my manager I am on a plan, what do I do about the goals?",
        "the meeting is on thursday",
        "i want to keep my job",
        "I signed it last week, was that a mistake",
        "que",
    ],
)
def test_an_ordinary_message_is_no_special_situation(text):
    assert reply(text) is None


OPENINGS = [
    ("i already signed it", "signed_already"),
    ("she cancelled our check-in again", "cancelled_check_ins"),
    ("i have been avoiding her since", "avoiding_manager"),
    ("they told me in front of the team, so humiliating", "embarrassed"),
    ("i want out, i want to leave", "leaving"),
    ("they only told me over the phone", "verbal_only"),
    ("good news, the meeting went well", "good_news"),
    ("i am drowning, too much work", "load"),
]


@pytest.mark.parametrize(("text", "name"), OPENINGS, ids=[name for _, name in OPENINGS])
def test_an_opening_fits_what_was_told(library, text, name):
    assert situation.opening(text, facts.find(text, Known(), None), 1) == name
    assert library.lines["reflect"]["situation"][name]


@pytest.mark.parametrize(
    "text",
    [
        "the plan is on my desk and I read it",
        "they say my work is late and I am not sure",
        "no que no",
        "El Paso is where I work",
        "",
    ],
)
def test_english_is_not_taken_for_another_language(text):
    assert situation.language(text) is None
