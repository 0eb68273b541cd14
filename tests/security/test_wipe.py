"""After everything is deleted no planted word is left in any file: data, copies, cache, temporary folder, browser."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach.schema.checklist import Draft, Entry, Evidence, Feedback, Item, Question
from coach.schema.conversation import Message
from coach.schema.drafts import DraftKind
from coach.settings import Settings
from coach.store import Store
from tests.checklist.samples import extraction
from tests.security.running import PLAN, ROOT, App, environment

WORD = "Zebrafink"
ON = date(2026, 3, 2)


def traces(*folders: Path) -> list[str]:
    """Files that hold the word, in any of the forms in which it could be kept."""
    forms = [WORD.encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be")] + [WORD.lower().encode(), WORD.encode().hex().encode()]
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                if WORD in path.name or any(form in data for form in forms):
                    found.append(str(path.relative_to(folder)))
    return found


def fill(home: Path) -> None:
    """The word in every kind of record, on two days, so that there are copies; some of it changed and removed again."""
    for day in (1, 2, 3):
        store = Store.open(home / "coach.db", lambda day=day: datetime(2026, 3, day, 9, tzinfo=UTC), home / "backups")
        said = tuple(Message(author="person", text=f"{WORD} {n} " * 200, at=datetime(2026, 3, day, tzinfo=UTC)) for n in range(4))
        session = store.save(store.create().model_copy(update={"messages": said}))
        store.save(session.model_copy(update={"messages": said[:1]}))
        plans = store.plans
        if day == 1:
            plans.confirm(extraction(WORD), ON)
        item = plans.add(Item(title=WORD, notes=WORD))
        plans.change(item, notes="nothing")
        plans.attach(Evidence(item=item.id, on=ON, text=WORD), f"{WORD}.txt", WORD.encode() * 5000)
        for record in (
            Entry(on=ON, text=WORD),
            Feedback(on=ON, who=WORD, text=WORD),
            Question(text=WORD, why=WORD, topic="goal", priority=1),
            Draft(kind=next(iter(DraftKind)), on=ON, title=WORD, text=WORD),
        ):
            plans.add(record)
        plans.remove(plans.add(Entry(on=ON, text=f"{WORD} removed")))
        store.close()
    assert traces(home) and len(list((home / "backups").iterdir())) >= 2


def test_the_command_line_leaves_no_word(tmp_path):
    home, cache, temporary = (tmp_path / name for name in ("home", "cache", "temporary"))
    temporary.mkdir()
    fill(home)
    (cache / "uploads").mkdir(parents=True)
    (cache / "uploads" / "left.txt").write_text(WORD, encoding="utf-8")
    own = environment(home, cache, TMPDIR=str(temporary))
    ran = subprocess.run([sys.executable, "-m", "coach", "wipe", "--yes"], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    assert WORD not in ran.stdout + ran.stderr
    assert traces(home, cache, temporary) == [] and not home.exists()


@pytest.mark.parametrize("closed", [False, True], ids=["while-it-runs", "after-it-ended"])
def test_the_page_leaves_no_word(places, tmp_path, closed):
    """Typed, uploaded, rehearsed and exported through the running app, then deleted with the page's own button."""
    home, cache, temporary = (tmp_path / name for name in ("home", "cache", "temporary"))
    temporary.mkdir()
    cache.mkdir()
    for name in ("embedder", "index"):
        (cache / name).symlink_to(places.cache / name, target_is_directory=True)
    app = App(home, cache, tmp_path / "log", TMPDIR=str(temporary))
    try:
        app.chat(f"my manager {WORD} put me on a plan today, what do i do tonight?")
        draft = app.read_plan(PLAN.replace("Ana Ruiz", f"Ana {WORD}").replace("Close every", f"Close every {WORD}"), f"{WORD}.txt")
        app.post("/plan/review", draft=draft["draft"], do="confirm")
        app.post("/plan/act", do="add", kind="entry", fields={"on": "2026-12-01", "text": WORD})
        app.post("/practice/act", do="start", fields={"scenario": "first_meeting", "persona": "cold", "difficulty": "hard", "feedback": "each"})
        app.post("/practice/act", do="say", text=f"What does {WORD} want from me?")
        assert app.client.get("/meetings/export/data-zip").status_code == 200
        assert traces(home), "otherwise this proves nothing"
        app.post("/meetings/act", do="erase-all")
        if not closed:
            assert traces(home, cache, temporary) == []
    finally:
        app.end()
    assert traces(home, cache, temporary) == [] and WORD not in app.printed


def test_settings_can_be_wiped_too(tmp_path):
    from coach import settings
    from coach.locations import Locations

    places = Locations(home=tmp_path / "home", cache=tmp_path / "cache")
    settings.save_choice(Settings(locations=places, llm="https://api.example.org/v1", llm_key=f"sk-{WORD}"))
    assert traces(tmp_path)
    own = environment(places.home, places.cache)
    subprocess.run([sys.executable, "-m", "coach", "wipe", "--yes"], cwd=ROOT, env=own, capture_output=True, check=True)
    assert traces(tmp_path) == [] and list(tmp_path.iterdir()) == []
