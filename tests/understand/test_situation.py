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
    ("so what do i do?", "what_tonight"),
    ("i don't know what to do", "what_tonight"),
    ("thanks", "thanks"),
    ("that's lovely and short, I'll use that. Thank you", "thanks"),
    ("that last answer was more useful than the first. thank you", "thanks"),
    ("thats not what i asked", "missed"),
    ("what message? i didnt write any", "missed"),
    ("yes or no, do i send it", "send_or_not"),
    ("what do i say first when i walk in", "first_words"),
    ("what if i cry", "tears"),
    ("give me something for when he cuts me off", "cut_off"),
    ("i'm gonna tell him to shove it tomorrow", "lose_temper"),
    ("give me one line to say to him so i don't blow up", "one_line"),
    ("i'm hanging on by a thread", "by_a_thread"),
    ("thinking of walking out today, hand my keys in", "walk_out"),
    ("what evidence should i be keeping", "evidence"),
    ("how do i tell my wife", "tell_family"),
    ("im still shaking and its nearly 11, how do i get to sleep", "sleep"),
    ("can it still be turned round honestly? do ppl survive these", "odds"),
    ("what will they ask me on friday?", "they_ask"),
    ("should i say sorry on friday", "say_sorry"),
    ("what if my mind just goes blank", "go_blank"),
    ("what will HR do in this?", "what_hr_does"),
    ("so what do i log after the real call", "what_to_log"),
    ("dark?? lol no im fine. anyway thanks, gonna ask her tmrw", "thanks"),
    ("what should I bring to it", "bring"),
    ("what should I focus on for the observation on Tuesday?", "watched"),
    ("do you think I'm going to keep my job?", "keep_job"),
    ("how do I rebook without sounding like I'm moaning?", "rebook"),
    ("what do i actually say on monday", "first_words"),
    ("what if i cry in front of them", "tears"),
    ("got put on a pip 2 weeks ago, not sure where to even start", "start_under_way"),
    ("where do i even start", "what_tonight"),
    ("i have a drink before every meeting", "drink"),
    ("i'm 16 and my boss put me on a pip", "young"),
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


@pytest.mark.parametrize(
    "text",
    [
        "can you write a thank you note for my boss",
        "thats not what i asked tho. i asked which of the 4 goals are vague",
        "That's not what I asked, there was no meeting to recap. Is it better to ask for severance now or after week two?",
        "I'm 17 weeks in",
        "should I send it to hr in writing",
    ],
)
def test_a_question_of_its_own_is_not_taken_for_a_moment(text):
    assert situation.reply(text, facts.find(text, Known(), None), Known()) not in ("thanks", "missed", "young", "send_or_not")
