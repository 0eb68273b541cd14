"""Score the finding of goals: the product's own JSON against gold, counted by the independent scorer of tests/evals."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coach.build import Built
from coach.cli.plan import as_json
from coach.errors import UserError
from coach.evals.score import Score
from coach.llm.wire import Limits
from coach.plan.extract import extract
from coach.plan.refine import merged, refine
from coach.schema.plan import Extraction

SCORER = "score_extraction.py"
TARGETS = {
    "f1": 0.92, "verbatim": 1.0, "deadline_accuracy": 0.95, "measure_accuracy": 0.85, "missing_precision": 0.85,
    "missing_recall": 0.85, "supports": 0.85, "start_date": 1.0, "end_date": 1.0, "is_plan": 1.0, "signature": 1.0,
}  # fmt: skip
PATIENCE = 120.0  # seconds for one document: more than the page gives, because quality is measured here
CEILINGS = {"not_goals_listed": "false goals: not goals", "invented_deadlines": "false deadlines"}


Read = Callable[[bytes, str], Extraction]


def plans(built: Built, folder: Path, *, by_words: bool = False) -> Score:
    """One folder of documents with gold. `by_words`: without the linear models, as when the embedder is not there."""
    scores = None if by_words else built.brain.search().index.scores
    return _scored(folder, folder.name + ("_words" if by_words else ""), lambda data, name: extract(data, name, scores))


def refined(built: Built, folder: Path, *, alone: bool = False) -> Score:
    """The same with the model in use; a document that it does not finish in time counts as nothing added.

    `alone`: it is asked once for the whole document and only its goals count, none of structure's; dates, people and measures are
    read by code all the same. Takes up to two minutes a document, so it is run by hand.
    """
    known, prompts = built.brain.client(), built.coach.prompts
    if known is None:
        raise UserError(f"{folder.name}_model needs a language model: set COACH_LLM=embedded or an address.")
    client = known.with_limits(Limits(first_token_local=PATIENCE, first_token_remote=PATIENCE, stall=PATIENCE, total=PATIENCE))
    scores = built.brain.search().index.scores
    faults: list[str] = []

    def read(data: bytes, name: str) -> Extraction:
        found = extract(data, name, scores)
        if alone and found.plan is not None:
            found = found.model_copy(update={"plan": found.plan.model_copy(update={"goals": ()})})
        refinement = refine(found, client, prompts, scores, whole=alone or None, seconds=PATIENCE)
        if refinement.fault:
            faults.append(f"{name}: {refinement.fault}")
        return merged(found, refinement)

    score = _scored(folder, f"{folder.name}_{'alone' if alone else 'model'}", read)
    return score.model_copy(update={"figures": score.figures | {"not finished": float(len(faults))}, "misses": (*faults, *score.misses)})


def compared(built: Built, folder: Path) -> list[Score]:
    """Structure, structure with the model's refinement, and the model alone, asked once for the whole document."""
    return [plans(built, folder), refined(built, folder), refined(built, folder, alone=True)]


def _scored(folder: Path, name: str, read: Read) -> Score:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.gold.json"))]
    with tempfile.TemporaryDirectory() as place:
        for gold in golds:
            began = time.monotonic()
            found = read((folder / gold["file"]).read_bytes(), gold["file"])
            print(f"{name} {gold['id']}: {len(found.plan.goals) if found.plan else 0} goals, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
            Path(place, f"{gold['id']}.json").write_text(json.dumps(as_json(found)), encoding="utf-8")
        command = [sys.executable, str(folder.parent / SCORER), str(folder), place, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    if done.returncode:
        raise UserError("The scorer did not run. It needs the packages of requirements-test.lock: " + done.stderr.strip()[-200:])
    result = json.loads(done.stdout)
    overall = result["overall"]
    figures = {name: float(overall[name]) for name in TARGETS if overall.get(name) is not None}
    figures |= {label: float(overall[name]) for name, label in CEILINGS.items()}
    targets = {name: TARGETS[name] for name in figures if name in TARGETS} | dict.fromkeys(CEILINGS.values(), 0.0)
    misses = [f"{name}: {line}" for name, document in result["documents"].items() for line in document["details"]]
    return Score(name=name, items=int(overall["gold_goals"]), figures=figures, targets=targets, misses=tuple(misses))
