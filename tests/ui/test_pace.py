"""So many at once, and then so many a second, whatever the clock does."""

from hypothesis import given
from hypothesis import strategies as st

from coach.ui.pace import Pace


def test_some_at_once_and_then_one_by_one():
    now = [0.0]
    pace = Pace(3, 0.5, lambda: now[0])
    assert [pace.take() for _ in range(4)] == [True, True, True, False] and pace.empty
    now[0] = 1.9
    assert not pace.take()
    now[0] = 2.1
    assert pace.take() and not pace.take()
    now[0] = 1000.0
    assert [pace.take() for _ in range(4)] == [True, True, True, False]


@given(st.lists(st.floats(min_value=-1000, max_value=1000), max_size=50))
def test_a_clock_that_jumps_gives_no_more_than_its_time(steps):
    now, given_out, forward = [0.0], 0, 0.0
    pace = Pace(5, 1.0, lambda: now[0])
    for step in steps:
        now[0] += step
        forward += max(0.0, step)
        given_out += pace.take()
    assert given_out <= 5 + forward
