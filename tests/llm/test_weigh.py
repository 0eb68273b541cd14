"""How likely one word or another is as an answer: from log-probabilities where an endpoint tells them, else from what it says."""

import json
import math
import threading

import pytest

from coach import errors
from coach.llm.answer import shares
from tests.llm.stub_server import HOLD, event, head, say, status

ASKED = [{"role": "user", "content": "Is it?"}]


def told(word: str, **likely: float) -> list:
    tops = [{"token": name, "logprob": math.log(share), "bytes": None} for name, share in likely.items()]
    choice = {
        "index": 0, "delta": {"content": word}, "finish_reason": None,
        "logprobs": {"content": [{"token": word, "logprob": tops[0]["logprob"], "bytes": None, "top_logprobs": tops}]},
    }  # fmt: skip
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub", "choices": [choice]}
    return [head(), f"data: {json.dumps(data)}\n\n".encode(), event(finish="stop"), b"data: [DONE]\n\n"]


def weigh(client, **options):
    return client.weigh(ASKED, ("yes", "no"), **options)


def test_likelihoods_are_scaled_to_one(server, client):
    server.scenes = [told("Yes", Yes=0.5, yes=0.1, no=0.2, maybe=0.2)]
    found = weigh(client)
    assert found == pytest.approx({"yes": 0.75, "no": 0.25})
    assert server.requests[0].body["logprobs"] is True


@pytest.mark.parametrize(("said", "yes"), [("No.", 0.0), (" yes", 1.0), ("Perhaps", 0.0)])
def test_without_likelihoods_the_word_counts(server, client, said, yes):
    server.scenes = [say(said)]
    assert weigh(client)["yes"] == yes


def test_an_answer_that_would_go_on_is_enough(server, client):
    server.scenes = [say("yes", " because", finish="length")]
    assert weigh(client)["yes"] == 1.0


def test_a_stop_is_no_answer(server, client):
    server.scenes = [[head(), HOLD]]
    stop = threading.Event()
    stop.set()
    with pytest.raises(errors.EndpointCut):
        weigh(client, stop_event=stop)


def test_a_fault_is_told(server, client):
    server.scenes = [status(401)]
    with pytest.raises(errors.EndpointRefused):
        weigh(client)


@pytest.mark.parametrize("odd", [[], [{}], [{"top_logprobs": []}], [{"top_logprobs": [{"token": "x", "logprob": 9.0}]}], [{"top_logprobs": [{}]}]])
def test_odd_log_probabilities_fall_back_to_the_word(odd):
    assert shares("no", odd, ("yes", "no")) == {"yes": 0.0, "no": 1.0}
