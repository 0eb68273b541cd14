"""Finding the guidance that fits, and nothing where none does."""

import pytest

from coach.retrieval.index import open_index
from coach.retrieval.search import Search

FINDS = {
    "how often should i meet my manager during the plan": "check-in-often",
    "what on earth is a performance improvement plan": "what-a-plan-is",
    "should i keep a record of everything i finish": "keep-a-record",
    "they never gave me a single example of what i did wrong": "ask-for-examples",
    "they only told me on the phone, should i ask for it in writing": "get-it-in-writing",
    "should i start looking for other jobs at the same time": "look-at-other-roles",
    "hr will be sitting in the meeting, why are they there": "hr-in-the-room",
    "what do i tell my coworkers": "what-to-tell-colleagues",
}


@pytest.mark.parametrize(("text", "card"), FINDS.items(), ids=FINDS.values())
def test_the_card_that_answers_is_among_the_first_three(search, text, card):
    assert card in [passage.card for passage in search.passages(text)]


@pytest.mark.parametrize(
    "text",
    [
        "what is a good recipe for onion soup",
        "how do i pip install numpy on windows",
        "who won the cricket yesterday",
        "write me a poem about the sea",
        "is it illegal to fire me while i am pregnant",
    ],
)
def test_out_of_scope_finds_nothing(search, text):
    assert search.passages(text) == []


def test_a_follow_up_is_read_with_what_came_before(search):
    history = ["should i have regular check-ins with my manager while the plan is running"]
    assert "check-in-often" in [passage.card for passage in search.passages("and how often?", history)]


def test_boundary_cards_are_never_found(search, library):
    boundaries = {card.id for card in library.boundaries}
    texts = [ask for card in library.boundaries for ask in card.asks[:3]]
    found = {passage.card for text in texts for passage in search.ranked(*search.look(text, []), 44)}
    assert found and not found & boundaries


def test_each_boundary_card_is_chosen_for_its_own_words(search, library):
    asks = [(card.id, ask) for card in library.boundaries for ask in card.asks[:5]]
    right = sum(max(scores := search.topics(ask), key=scores.__getitem__) == name for name, ask in asks)
    assert right / len(asks) > 0.9


def test_passages_are_whole_cards_in_order_and_each_once(search, library):
    passages = search.ranked(*search.look("what should i do in a check-in", []), 10)
    assert len({passage.card for passage in passages}) == 10
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)
    assert all(passage.text == library.by_id[passage.card].body for passage in passages)
    assert all(passage.points == library.by_id[passage.card].points for passage in passages)


def test_count_is_kept(search):
    assert len(search.passages("how often should i meet my manager", count=1)) == 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "\U0001f622", "\u4f60\u597d", "a" * 8000],
    ids=["empty", "space", "mark", "emoji", "chinese", "long"],
)
def test_any_text_can_be_searched(search, text):
    assert isinstance(search.passages(text), list)


def test_search_works_with_words_alone(library, places):
    lexical = Search(library, open_index(places.index, library, None))
    hits = sum(card in [passage.card for passage in lexical.passages(text)] for text, card in FINDS.items())
    assert hits >= len(FINDS) - 2
    assert lexical.passages("what is a good recipe for onion soup") == []
