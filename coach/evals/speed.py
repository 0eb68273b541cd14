"""Time what a person waits for. Warm, one turn at a time; figures in seconds unless the name says otherwise."""

import statistics
import time
import uuid
from pathlib import Path

from coach.build import Built
from coach.cli.chat import turn
from coach.evals.score import read
from coach.schema.conversation import Session
from coach.tools import phrase

TURNS = 8
TOKENS = 48
PAIRS = 3


def measure(built: Built, sets: Path) -> dict[str, float]:
    """Search, first composed text, first token and tokens per second, the last two against the bare server."""
    texts = [item["text"] for item in read(sets / "routes_blind.jsonl")][: TURNS * 2]
    search = built.brain.search()
    search.passages(texts[0])
    figures = {"query p50": _median(lambda text: search.passages(text), texts)}
    firsts, wholes, phrased = [], [], 0
    for text in texts[:TURNS]:
        _, answer = turn(built, Session(id=uuid.uuid4().hex), text)
        firsts.append(answer["first_text_seconds"])
        wholes.append(answer["seconds"])
        phrased += not answer["composed"]
    figures |= {
        "first composed text p50": statistics.median(firsts),
        "first composed text worst": max(firsts),
        "whole turn p50": statistics.median(wholes),
        "turns phrased by the model, share": phrased / TURNS,
    }
    client = built.brain.client()
    return figures if client is None else figures | _model(built, client, texts)


def _median(action, texts: list[str]) -> float:
    times = []
    for text in texts:
        began = time.perf_counter()
        action(text)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _model(built: Built, client, texts: list[str]) -> dict[str, float]:
    import openai

    prompt = built.coach.prompts["opening"]
    firsts = []
    for text in [text for text in texts if len(phrase.statements(text).split()) >= phrase.FEWEST_WORDS][:8]:
        began = time.perf_counter()
        for _ in client.stream(phrase.as_turns(prompt, phrase.statements(text)), max_tokens=8):
            firsts.append(time.perf_counter() - began)
            break
    endpoint = client.endpoint
    bare = openai.OpenAI(base_url=endpoint.base_url, api_key=endpoint.key.get_secret_value() or "none", max_retries=0)
    ask = [{"role": "user", "content": "Write a plain paragraph of at least two hundred words about keeping a diary."}]

    def through_client() -> float:
        began, count = None, 0
        for _ in client.stream(ask, max_tokens=TOKENS * 2):
            began = began or time.perf_counter()
            count += 1
            if count > TOKENS:
                break
        return (count - 1) / (time.perf_counter() - began)

    def through_bare() -> float:
        began, count = None, 0
        with bare.chat.completions.create(
            model=endpoint.model or "local", messages=ask, max_tokens=TOKENS * 2, stream=True, temperature=0
        ) as stream:
            for _ in stream:
                began = began or time.perf_counter()
                count += 1
                if count > TOKENS:
                    break
        return (count - 1) / (time.perf_counter() - began)

    through_client(), through_bare()
    pairs = [(through_client(), through_bare()) for _ in range(PAIRS)]
    return {
        "first token p50": statistics.median(firsts),
        "tokens per second, client": statistics.median(ours for ours, _ in pairs),
        "tokens per second, bare": statistics.median(theirs for _, theirs in pairs),
        "ratio client to bare, median of pairs": statistics.median(ours / theirs for ours, theirs in pairs),
    }
