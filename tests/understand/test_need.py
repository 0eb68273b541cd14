"""A concrete need is found by what people say, and is none where nothing is sure."""

import pytest

from coach.retrieval.index import NO_NEED
from coach.understand import need


class Scores:
    """An index that scores every text alike."""

    embedder = object()

    def __init__(self, **scores):
        self._scores = {NO_NEED: 0.1, "cried": 0.05} | scores

    def scores(self, model, text):
        assert model == "need"
        return self._scores


def found(text, index=None):
    return need.find(text, text, index or Scores())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how do i show them the 78 is wrong", "dispute_figure"),
        ("should i sign it if the numbers are wrong??", "dispute_figure"),
        ("they say my rate is 78. the scanners were down. how do i prove that monday", "dispute_figure"),
        ("what do i say about the 95% goal, we're a nurse short", "target_and_conditions"),
        ("does two out of three ever count as a pass?", "one_goal_missed"),
        ("how do i present the 118 out of 180", "report_result"),
        ("give me the script for the check-in, word for word?", "check_in_script"),
        ("the target was 28, and now after 3 weeks my manager says it's 25. can he just change it?", "goal_changed"),
        ("one complaint is the wrong driver. how do i get that took off?", "blamed_for_others"),
        ("How do I ask about the mentor without complaining?", "help_not_given"),
        ("can the plan be extended if I'm close?", "ask_extension"),
        ("am i getting sacked or not", "can_they_sack"),
        ("what happens if I miss one and hit the other?", "one_goal_missed"),
        ("if i miss the target can they just sack me", "can_they_sack"),
    ],
)
def test_what_is_named_in_plain_words(text, name):
    assert found(text) == name


@pytest.mark.parametrize("text", ["the numbers are wrong", "we were two nurses short all week and the goal is 95%"])
def test_who_only_tells_is_not_given_an_answer_by_rule(text):
    assert found(text) is None


def test_the_surest_need_counts_only_where_it_is_ahead():
    assert found("a long enough message about something", Scores(froze=0.4)) == "froze"
    assert found("a long enough message about something", Scores(froze=0.4, cried=0.38)) is None
    assert found("a long enough message about something", Scores(froze=0.15)) is None
    assert found("a long enough message about something", Scores(**{NO_NEED: 0.9})) is None


def test_a_few_words_hold_no_need():
    assert found("ok and then?", Scores(froze=0.9)) is None


def test_an_answer_to_the_coachs_own_question_belongs_to_its_need(library):
    some = library.needs["dispute_figure"]
    assert need.asked_about(library.needs, f"Something before. {some.next[0]}") == "dispute_figure"
    assert need.asked_about(library.needs, "Where do things stand?") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("havent cried, havent shouted, just working till ten. thats ok isnt it", "cried"),
        ("i didn't send it in the end, what should i do with it", "sent_angry"),
        ("was thinking of asking for someone from HR to sit with us, is that ok", "hr_invited"),
    ],
)
def test_what_they_say_they_did_not_do_is_no_need(text, name):
    assert found(text, Scores(**{name: 0.9})) is None
    assert found("so what do i do about all of this now then", Scores(**{name: 0.9})) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I want to meet the plan and negotiate a package. Where would you start?", "exit_terms"),
        ("what should I have in hand before I ask for a package?", "exit_terms"),
        ("they offered me a package, should i ask for more severance?", None),
        ("what do i bring to the lawyer on tuesday?", "lawyer_consult"),
        ("should i get a lawyer?", None),
    ],
)
def test_terms_and_advisers_are_named(text, name):
    assert need.named(text) == name
