from coach.llm.breaker import Breaker


def test_opens_after_five_failures_in_a_minute_and_probes_once():
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for second in range(5):
        assert breaker.wait() == 0
        now[0] = second
        breaker.failure()
    assert breaker.wait() == 30
    now[0] = 4 + 29
    assert breaker.wait() == 1
    now[0] = 4 + 30
    assert breaker.wait() == 0  # the probe
    assert breaker.wait() > 0  # nobody else meanwhile
    breaker.failure()
    assert breaker.wait() == 30
    now[0] += 30
    assert breaker.wait() == 0
    breaker.success()
    assert breaker.wait() == 0 and breaker.wait() == 0


def test_old_failures_are_forgotten():
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(20):
        breaker.failure()
        now[0] += 16
    assert breaker.wait() == 0


def test_a_stopped_probe_is_given_back():
    now = [0.0]
    breaker = Breaker(failures=1, clock=lambda: now[0])
    breaker.failure()
    now[0] = 30
    assert breaker.wait() == 0
    breaker.undecided()
    assert breaker.wait() == 0
