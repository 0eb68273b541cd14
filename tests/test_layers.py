"""Imports go one way, only coach/ui knows gradio, and importing the coach does nothing."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.locations import ROOT

COACH = ROOT / "coach"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(COACH.rglob("*.py"))
}
# Top layer first: a module may import from its own layer and from those below it.
LAYERS = (
    ("coach.__main__", "coach.ui", "coach.cli", "coach.start"),
    ("coach.evals",),
    ("coach.build",),
    ("coach.coach", "coach.brain", "coach.own_brain", "coach.preview", "coach.hiding", "coach.accounts", "coach.passphrase"),
    ("coach.seams",),
    ("coach.tools", "coach.guardrails", "coach.understand"),
    ("coach.plan", "coach.retrieval", "coach.llm", "coach.store", "coach.meetings", "coach.rehearsal"),
    ("coach.checklist", "coach.documents", "coach.binder", "coach.redaction"),
    ("coach.hosted_words",),
    ("coach.library", "coach.manager_book", "coach.name_book", "coach.prompts", "coach.settings", "coach.keys", "coach.key_file", "coach.packages", "coach.package_clients", "coach.locations", "coach.hosting", "coach.citations"),
    ("coach.schema", "coach.errors"),
)  # fmt: skip
ALLOWED = {
    ("coach.evals.score", "coach.cli.chat"): "conversations are scored through the promised JSON of `ask`",
    ("coach.evals.score", "coach.cli.label"): "turns are scored with the labeller of `label`",
    ("coach.evals.plans", "coach.cli.plan"): "plans are scored through the promised JSON of `extract`",
    ("coach.evals.speed", "coach.cli.chat"): "what a person waits for is measured through the same door",
}


def layer(module: str) -> int:
    return next(
        number
        for number, names in enumerate(LAYERS)
        if any(module == n or module.startswith(n + ".") for n in names)
    )


def imported(path: Path) -> set[str]:
    """Full names of what a module imports anywhere, functions included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {
                f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in MODULES else node.module
                for a in node.names
            }
    return names


@pytest.mark.parametrize("module", [name for name in MODULES if name != "coach"])
def test_imports_go_down(module):
    wrong = [
        name
        for name in imported(MODULES[module])
        if name.startswith("coach.") and layer(name) < layer(module) and (module, name) not in ALLOWED
    ]
    assert not wrong, f"{module} imports from a layer above it: {wrong}"


def test_relative_imports_are_not_used():
    for module, path in MODULES.items():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), module


@pytest.mark.parametrize("library", ["gradio", "fastapi", "uvicorn"])
def test_only_the_page_knows_the_web_libraries(library):
    users = [
        module for module, path in MODULES.items() if any(n.split(".")[0] == library for n in imported(path))
    ]
    assert users and all(module.startswith("coach.ui") for module in users), users


def test_only_the_store_knows_the_database():
    users = [
        module
        for module, path in MODULES.items()
        if {n.split(".")[0] for n in imported(path)} & {"sqlalchemy", "alembic"}
    ]
    assert users and all(module.startswith("coach.store") for module in users), users


def test_only_the_retrieval_knows_chroma():
    users = [
        module
        for module, path in MODULES.items()
        if {n.split(".")[0] for n in imported(path)} & {"chromadb", "langchain_chroma"}
    ]
    assert users and all(module.startswith("coach.retrieval") for module in users), users


def test_importing_every_module_creates_no_files_and_opens_nothing(tmp_path):
    """One fresh interpreter: home, cache, temporary and working folder all stay empty."""
    folders = {name: tmp_path / name for name in ("home", "cache", "user", "temp", "work")}
    for folder in folders.values():
        folder.mkdir()
    modules = [
        name
        for name in MODULES
        if name not in ("coach.__main__", "coach.store.migrations.env") and ".migrations." not in name
    ]
    program = (
        "import socket, sys, importlib\n"
        "from coach import settings; import os; settings.quiet(os.environ)\n"
        "def connect(*args): raise SystemExit('a module opened a connection')\n"
        "socket.socket.connect = connect\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COACH_")},
        "COACH_HOME": str(folders["home"]), "COACH_CACHE": str(folders["cache"]), "HOME": str(folders["user"]),
        "XDG_CACHE_HOME": str(folders["user"]), "XDG_DATA_HOME": str(folders["user"]), "TMPDIR": str(folders["temp"]),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "MPLCONFIGDIR": str(folders["user"]),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folders["work"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""
    written = [str(path.relative_to(tmp_path)) for folder in folders.values() for path in folder.rglob("*")]
    assert written == []
