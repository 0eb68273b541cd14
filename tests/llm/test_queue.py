import threading
import time

import pytest

from coach.errors import EndpointBusy
from coach.llm.queue import FairQueue


class Caller(threading.Thread):
    """Takes one turn in the background and writes down when it had it."""

    def __init__(self, line, name, order, stop=None):
        super().__init__(daemon=True)
        self.line, self.caller, self.order, self.stop = line, name, order, stop
        self.ahead, self.error = [], None
        self.start()

    def run(self):
        try:
            with self.line.turn(self.caller[0], self.ahead.append, self.stop):
                self.order.append(self.caller)
        except EndpointBusy as error:
            self.error = error


def waiting(line, names, order, **options):
    callers = []
    for name in names:
        callers.append(Caller(line, name, order, **options))
        deadline = time.monotonic() + 3
        while not callers[-1].ahead and time.monotonic() < deadline:
            time.sleep(0.005)
    return callers


def test_conversations_take_turns_and_keep_their_own_order():
    line, order = FairQueue(), []
    with line.turn("x"):
        callers = waiting(line, ["a1", "a2", "a3", "b1", "c1", "b2"], order)
        assert [caller.ahead[0] for caller in callers] == [1, 2, 3, 2, 3, 5]
    for caller in callers:
        caller.join(3)
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_free_model_is_taken_at_once():
    told = []
    with FairQueue().turn("a", told.append):
        assert told == []


def test_full_queue_is_told_at_once():
    line = FairQueue(size=2)
    with line.turn("x"):
        waiting(line, ["a1", "b1"], [])
        with pytest.raises(EndpointBusy, match="Too many"), line.turn("c"):
            pass


def test_stop_leaves_the_line():
    line, order, stop = FairQueue(), [], threading.Event()
    with line.turn("x"):
        (left,) = waiting(line, ["a1"], order, stop=stop)
        (stays,) = waiting(line, ["b1"], order)
        assert stays.ahead == [2]
        stop.set()
        left.join(3)
        assert "Stopped" in str(left.error)
        deadline = time.monotonic() + 3
        while stays.ahead == [2] and time.monotonic() < deadline:
            time.sleep(0.005)
        assert stays.ahead == [2, 1]
    stays.join(3)
    assert order == ["b1"]


def test_an_error_gives_the_turn_back():
    line = FairQueue()
    with pytest.raises(ZeroDivisionError), line.turn("a"):
        raise ZeroDivisionError
    with line.turn("b"):
        pass


def test_many_callers_never_overlap():
    line, busy, worst = FairQueue(size=100), [0], [0]

    def work(name):
        for _ in range(20):
            with line.turn(name):
                busy[0] += 1
                worst[0] = max(worst[0], busy[0])
                busy[0] -= 1

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert worst == [1]
