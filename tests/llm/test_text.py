import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.llm.text import RepetitionGuard, ThinkFilter, json_object, neutralise

MARKS = [
    *("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<｜User｜>"),
    *("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "</s>", "<s>", "</system>", "<SYSTEM>"),
    *("<think>", "</think>", "<start_of_turn>", "<end_of_turn>", "<tool_call>"),
]


@pytest.mark.parametrize("mark", MARKS)
def test_marks_lose_their_power_and_stay_readable(mark):
    result = neutralise(f"a{mark}b")
    assert mark not in result
    assert result.replace(" ", "") == f"a{mark}b"


@pytest.mark.parametrize(
    "text", ["1 < 2 > 0", "[1] a | b", "<b>bold</b>", "I said <so> & [went]", "|> pipe <|"]
)
def test_ordinary_text_is_untouched(text):
    assert neutralise(text) == text


@given(
    st.lists(st.one_of(st.sampled_from([*MARKS, "<", "|", ">", "<|", "|>", "[", "/"]), st.text(max_size=4)))
)
def test_no_mark_survives_any_mixture(pieces):
    once = neutralise("".join(pieces))
    assert neutralise(once) == once
    assert not any(mark in once for mark in MARKS)


@given(st.data())
def test_thoughts_vanish_however_the_stream_is_cut(data):
    text = "Hi <think>secret</think>there <b>you</b>"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1))))
    thoughts = ThinkFilter()
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert "".join([*map(thoughts.feed, pieces), thoughts.finish()]) == "Hi there <b>you</b>"
    assert not thoughts.leaked


def test_repetition():
    guard = RepetitionGuard()
    line = "one two three four five six seven eight "
    assert [guard.feed(line) for _ in range(4)] == [False, False, False, True]
    assert not RepetitionGuard().feed(" ".join(str(number) for number in range(2000)))
    assert RepetitionGuard().feed("ha" * 1500)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('x {"a": {"b": "}"}} y {"c": 1}', '{"a": {"b": "}"}}'),
        ('{"a": "\\"}"}', '{"a": "\\"}"}'),
        ("none", "none"),
        ('{"a": 1', '{"a": 1'),
    ],
)
def test_first_balanced_object(text, found):
    assert json_object(text) == found
