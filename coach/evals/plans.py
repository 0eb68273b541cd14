"""Score the finding of goals: the product's own JSON against gold, counted by the independent scorer of tests/evals."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from coach.build import Built
from coach.cli.plan import as_json
from coach.errors import UserError
from coach.evals.score import Score
from coach.plan.extract import extract

SCORER = "score_extraction.py"
TARGETS = {
    "f1": 0.92, "verbatim": 1.0, "deadline_accuracy": 0.95, "measure_accuracy": 0.85, "missing_precision": 0.85,
    "missing_recall": 0.85, "supports": 0.85, "start_date": 1.0, "end_date": 1.0, "is_plan": 1.0, "signature": 1.0,
}  # fmt: skip
CEILINGS = {"not_goals_listed": "false goals: not goals", "invented_deadlines": "false deadlines"}


def plans(built: Built, folder: Path, *, by_words: bool = False) -> Score:
    """One folder of documents with gold. `by_words`: without the linear models, as when the embedder is not there."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.gold.json"))]
    scores = None if by_words else built.brain.search().index.scores
    with tempfile.TemporaryDirectory() as place:
        for gold in golds:
            found = extract((folder / gold["file"]).read_bytes(), gold["file"], scores)
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
    name = folder.name + ("_words" if by_words else "")
    return Score(name=name, items=int(overall["gold_goals"]), figures=figures, targets=targets, misses=tuple(misses))
