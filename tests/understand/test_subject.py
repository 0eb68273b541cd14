"""A subject that the person names is the subject; otherwise the nearest boundary card is."""

import pytest

from coach.understand import subject


class Nearest:
    """Stands in for the search: it would say something else."""

    def __init__(self, **scores):
        self._scores = {"resigning": 0.4} | {name.replace("_", "-"): score for name, score in scores.items()}

    def topics(self, text):
        return self._scores


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("should i take severance or fight it", "severance"),
        ("I'm on a skilled worker visa", "immigration"),
        ("told them i'm pregnant in march, plan in april", "pregnancy-and-family"),
        ("is it ok to record the meeting", "recording"),
        ("should i stop my antidepressants", "health"),
        ("can my shop steward come in with me", "union"),
        ("should i quit before they fire me", "resigning"),
        ("i have a good record of attendance", "resigning"),
    ],
)
def test_a_named_subject_decides(text, card):
    assert subject.find(text, Nearest()) == card


@pytest.mark.parametrize(
    ("score", "text", "card"),
    [
        (0.42, "my girl is 5, can they just sack me in six weeks", "resigning"),
        (0.42, "told them about the baby, plan the week after", "pregnancy-and-family"),
        (0.55, "31 weeks and they put me on one of these", "pregnancy-and-family"),
    ],
)
def test_a_subject_nobody_spoke_of_is_not_put_into_their_mouth(score, text, card):
    assert subject.find(text, Nearest(pregnancy_and_family=score)) == card


def test_where_nothing_else_is_near_it_is_no_boundary():
    assert subject.find("can they just sack me in six weeks", Nearest(pregnancy_and_family=0.42, resigning=0.1)) is None
