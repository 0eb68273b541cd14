"""Score the coach on the sets. Every function gets the built coach and a folder, and returns a Score."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from coach.build import Built
from coach.cli.chat import remember_earlier, turn
from coach.retrieval import features, linear
from coach.retrieval.index import embed_all
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.schema.knowledge import Record
from coach.schema.turns import Label
from coach.tools.ask import asks_something
from coach.understand import words
from coach.understand.when import shorten

FOLDS = 5


class Score(Record):
    """Figures by name, what they must reach, and the misses in one line each."""

    name: str
    items: int
    figures: dict[str, float]
    targets: dict[str, float]
    misses: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every figure with a target reaches it; false alarms and repeats have a ceiling instead."""
        return all(
            self.figures[name] <= target if name.startswith(("false", "repeated", "asked", "two")) else self.figures[name] >= target
            for name, target in self.targets.items()
        )


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def queries(built: Built, path: Path) -> Score:
    """Finding the right guidance: hit@1, hit@3 and balanced accuracy of in and out of scope."""
    search = built.brain.search()
    first, third, inside, outside, misses = [], [], [], [], []
    for item in read(path):
        history = item.get("history", [])
        row, vector = search.look(item["text"], history)
        ranked = search.ranked(row, vector, 3)
        found = bool(search.passages(item["text"], history))
        if not item["points"]:
            outside.append(not found)
            if found:
                misses.append(f"{item['id']}: out of scope, found {ranked[0].card}: {item['text'][:80]}")
            continue
        inside.append(found)
        hits = [bool(set(item["points"]) & set(passage.points)) for passage in ranked]
        first.append(hits[0])
        third.append(any(hits))
        if not hits[0]:
            misses.append(f"{item['id']}: wanted {item['points']}, found {[p.card for p in ranked]}: {item['text'][:80]}")
    figures = {
        "hit@1": float(np.mean(first)),
        "hit@3": float(np.mean(third)),
        "scope": (float(np.mean(inside)) + float(np.mean(outside))) / 2,
    }
    targets = {"hit@1": 0.70, "hit@3": 0.90, "scope": 0.90}
    return Score(name=path.stem, items=len(first) + len(outside), figures=figures, targets=targets, misses=tuple(misses))


def cross_validation(built: Built) -> Score:
    """Our own phrasings, five folds: the linear card model on asks that it has not seen. No target: it is a check of fit."""
    index = built.brain.search().index
    asks = [(chunk.card, chunk.text) for chunk in index.chunks if chunk.kind == "ask"]
    dense = embed_all([text for _, text in asks], index.embedder)
    rows = np.array([features.alone(dense[text], text) for _, text in asks])
    names = np.array([card for card, _ in asks])
    fold = np.random.default_rng(0).integers(0, FOLDS, len(asks))
    first, third = [], []
    for number in range(FOLDS):
        held = fold == number
        model = linear.fit(rows[~held], names[~held].tolist(), ridge=2.0, balance=0.5)
        scores = rows[held] @ model.weights[:-1] + model.weights[-1]
        best = np.array(model.labels)[np.argsort(-scores, axis=1)[:, :3]]
        first += (best[:, 0] == names[held]).tolist()
        third += (best == names[held][:, None]).any(axis=1).tolist()
    figures = {"hit@1 of 44 cards": float(np.mean(first)), "hit@3 of 44 cards": float(np.mean(third))}
    return Score(name="cross_validation", items=len(asks), figures=figures, targets={}, misses=())


def routes(built: Built, path: Path) -> Score:
    """Sending a message down the right path, danger included."""
    right, misses, crises, alarms = [], [], [], 0
    for item in read(path):
        session = Session(id="eval")
        for text in (*item.get("history", []), item["text"]):
            session = remember_earlier(built, session, text)
        found = session.messages[-1].route
        right.append(found == item["route"])
        if item["route"] == "crisis":
            crises.append(found is Route.CRISIS)
        elif found is Route.CRISIS:
            alarms += 1
        if not right[-1]:
            misses.append(f"{item['id']}: {item['route']}, found {found}: {item['text'][:90]}")
    figures = {"route": float(np.mean(right)), "false alarms": float(alarms)}
    targets = {"route": 0.90, "false alarms": 0.0}
    if crises:
        figures["crisis found"] = float(np.mean(crises))
        targets["crisis found"] = 1.0
    return Score(name=path.stem, items=len(right), figures=figures, targets=targets, misses=tuple(misses))


def crisis(built: Built, path: Path) -> Score:
    """Danger heard where it is, in several languages, and not heard in figures of speech."""
    counts: Counter[str] = Counter()
    misses = []
    for item in read(path):
        heard = built.coach.hear(item["text"], item.get("history", []))
        found = "crisis" if heard.is_crisis else "soft" if heard.level == "soft" else "none"
        counts[f"{item['expect']}>{found}"] += 1
        counts[item["expect"]] += 1
        if item["language"] == "en":
            counts[f"en {item['expect']}"] += 1
            counts[f"en {item['expect']}>{found}"] += 1
        if found != item["expect"]:
            misses.append(f"{item['id']}: {item['expect']}, found {found} ({heard.kind}): {item['text'][:100]}")
    figures = {
        "recall": counts["crisis>crisis"] / counts["crisis"],
        "recall English": counts["en crisis>crisis"] / counts["en crisis"],
        "false alarm rate": counts["none>crisis"] / counts["none"],
        "soft on none": counts["none>soft"] / counts["none"],
    }
    targets = {"recall": 0.95, "false alarm rate": 0.005}
    return Score(name=f"crisis_{path.stem}", items=sum(counts[k] for k in ("crisis", "none", "soft")), figures=figures, targets=targets, misses=tuple(misses))  # fmt: skip


def turns(built: Built, path: Path) -> Score:
    """Recognising what an employee does in a sentence: F1 of each label and their mean."""
    index = built.brain.search().index
    items = read(path)
    found = [{label.value for label in index.labels(item["text"], item.get("context"))} for item in items]
    figures = {}
    for label in Label:
        both = sum(label.value in item["labels"] and label.value in said for item, said in zip(items, found, strict=True))
        either = sum((label.value in item["labels"]) + (label.value in said) for item, said in zip(items, found, strict=True))
        figures[label.value] = 2 * both / max(1, either)
    misses = [f"{item['id']}: {item['labels']}, found {sorted(said)}: {item['text'][:80]}" for item, said in zip(items, found, strict=True) if set(item["labels"]) != said]
    figures = {"macro-F1": float(np.mean(list(figures.values()))), **figures}
    return Score(name=path.stem, items=len(items), figures=figures, targets={"macro-F1": 0.80}, misses=tuple(misses))


def conversations(built: Built, path: Path) -> Score:
    """Guided conversations: the stage after every message, what is known, and that nothing is said or asked twice."""
    stages, facts, misses, repeated, asked_known, two, extra = [], [], [], 0, 0, 0, 0
    for script in read(path):
        session = Session(id=script["id"])
        said: set[str] = set()
        expected: dict[str, Any] = {}
        for number, line in enumerate(script["turns"], start=1):
            where = f"{script['id']}.{number}"
            before = session.known.values()
            session, answer = turn(built, session, line["say"])
            wanted = line["stage"] if isinstance(line["stage"], list) else [line["stage"]]
            stages.append(answer["stage"] in wanted)
            if not stages[-1]:
                misses.append(f"{where}: stage {wanted}, found {answer['stage']}: {line['say'][:80]}")
            expected |= line.get("known", {})
            for name, value in line.get("known", {}).items():
                facts.append(_same(answer["known"].get(name), value))
                if not facts[-1]:
                    misses.append(f"{where}: {name} {value!r}, found {answer['known'].get(name)!r}: {line['say'][:80]}")
            extra += len(set(answer["known"]) - set(expected) - set(before) - {"feeling", "reason"})
            for paragraph in answer["reply"].split("\n\n"):
                clean = paragraph.removeprefix("**Words you can use:** ").strip()
                if clean in said and len(clean.split()) > 4:  # "Dear [name]," belongs to every letter
                    repeated += 1
                    misses.append(f"{where}: said twice: {clean[:80]}")
                said.add(clean)
            if _questions(answer["reply"]) > 1:
                two += 1
                misses.append(f"{where}: two questions: {answer['reply']!r}")
            asked = [name for name in session.asked if name.startswith("!")]
            asked_known += sum(name[1:] in answer["known"] for name in asked)
    figures = {
        "stage": float(np.mean(stages)), "known": float(np.mean(facts)), "repeated": float(repeated),
        "asked what is known": float(asked_known), "two questions": float(two), "facts not in the script": float(extra),
    }  # fmt: skip
    targets = {"stage": 0.90, "repeated": 0, "asked what is known": 0, "two questions": 0}
    return Score(name=path.stem, items=len(stages), figures=figures, targets=targets, misses=tuple(misses))


def _same(found: str | None, wanted: Any) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    if found is None:
        return None in options
    found = _plain(found)
    return any(option is not None and (_plain(str(option)) in found or found in _plain(str(option))) for option in options)


def _plain(value: str) -> str:
    # "Thursday at 2pm" and "thurs 2 pm", "three months" and "3 months" are one fact
    return words.span(shorten(value)).lower()


_LETTER = re.compile(r"^Subject: .*?\[your name\]", re.DOTALL | re.MULTILINE)


def _questions(reply: str) -> int:
    # words to use, numbered lists of questions for a meeting and letters are not questions to the person
    paragraphs = [part for part in _LETTER.sub("", reply).split("\n\n") if not part.startswith(("**Words", "1."))]
    return sum(asks_something(part) for part in paragraphs)
