"""`passphrase` and the question at the start, in a real terminal: what is asked, what is shown, what is never echoed."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from coach import passphrase
from coach.cli.main import main
from coach.locations import ROOT, Locations
from coach.schema.keys import Costs
from coach.settings import Settings
from tests.security.running import App, environment, free_port
from tests.security.test_wipe import WORD, fill, traces

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
WORDS = "four words in a row"
CHEAP = Costs(iterations=1, memory_kib=64, lanes=1)


class Terminal:
    """A program with a terminal of its own, and somebody who types there."""

    def __init__(self, arguments: list[str], own: dict[str, str]) -> None:
        self.shown, self.code = "", None
        self.child, self.file = pty.fork()
        if not self.child:
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *arguments], own)  # noqa: S606

    def wait_for(self, text: str, times: int = 1) -> None:
        until = time.monotonic() + 120
        while self.shown.count(text) < times:
            assert time.monotonic() < until and self._read(), f"{text!r} did not come: {self.shown[-600:]}"

    def type(self, line: str) -> None:
        os.write(self.file, f"{line}\n".encode())

    def answer(self, *pairs: tuple[str, str]) -> None:
        """For each: wait until the question stands there, then type."""
        seen: dict[str, int] = {}
        for question, line in pairs:
            seen[question] = seen.get(question, 0) + 1
            self.wait_for(question, seen[question])
            self.type(line)

    def insist(self, key: str) -> None:
        """Press it every few seconds until the program has closed its terminal, as a person would."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            while select.select([self.file], [], [], 3)[0]:
                if not self._read():
                    return
            os.write(self.file, key.encode())

    def end(self) -> tuple[int, str]:
        while self._read():
            pass
        until = time.monotonic() + 30
        while not (ended := os.waitpid(self.child, os.WNOHANG))[0]:
            if time.monotonic() > until:
                os.kill(self.child, signal.SIGKILL)  # a failed test, not one that waits for ever
            time.sleep(0.05)
        self.code = os.waitstatus_to_exitcode(ended[1])
        os.close(self.file)
        return self.code, self.shown

    def _read(self) -> bool:
        if not select.select([self.file], [], [], 120)[0]:
            return False
        try:
            data = os.read(self.file, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)


@pytest.fixture
def own(tmp_path) -> dict[str, str]:
    return environment(tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def locked(tmp_path) -> Locations:
    chosen = Settings(locations=Locations(home=tmp_path / "home", cache=tmp_path / "cache"))
    fill(chosen.locations.home)
    passphrase.put_on(chosen, SecretStr(WORDS), CHEAP)
    return chosen.locations


@pytest.fixture
def here(tmp_path, monkeypatch, capsys):
    """A command in this process, without a terminal: code, standard output, standard error."""
    for name, value in environment(tmp_path / "home", tmp_path / "cache").items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, words: str = "") -> tuple[int, str, str]:
        monkeypatch.setenv("COACH_PASSPHRASE", words)
        code = main([*arguments])
        return (code, *capsys.readouterr())

    return run


def coach(*arguments: str) -> list[str]:
    return ["-m", "coach", *arguments]


def ran(own: dict[str, str], *arguments: str, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *coach(*arguments)], cwd=ROOT, env={**own, **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def test_set_change_and_remove(tmp_path, own):
    fill(tmp_path / "home")
    terminal = Terminal(coach("passphrase", "set"), own)
    terminal.answer(("New passphrase: ", WORDS), ("The same once more: ", WORDS))
    code, shown = terminal.end()
    assert code == 0 and "that is final. Nobody can bring your words back" in shown and "is now locked" in shown
    assert shown.index("that is final") < shown.index("New passphrase"), "said before it is too late"
    assert WORDS not in shown and traces(tmp_path / "home") == []
    assert json.loads(ran(own, "passphrase", "status", "--json").stdout) == {"locked": True, "available": True}
    terminal = Terminal(coach("passphrase", "change"), own)
    terminal.answer(("Passphrase: ", "not this"), ("Passphrase: ", WORDS), ("New passphrase: ", "other words here"), ("The same once more: ", "other words here"))
    code, shown = terminal.end()
    assert code == 0 and shown.count("That does not open it.") == 1 and "other words" not in shown
    assert ran(own, "passphrase", "remove", COACH_PASSPHRASE=WORDS).stderr == "That does not open it.\n"
    terminal = Terminal(coach("passphrase", "remove"), own)
    terminal.answer(("Passphrase: ", "other words here"))
    code, shown = terminal.end()
    assert code == 0 and "not locked any more" in shown
    assert traces(tmp_path / "home")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("short", None, "at least 8 characters"), ("long enough", "long enouhg", "were not the same"), ("x" * 1025, None, "up to 1024"), ("", None, "at least 8")],
)
def test_a_slip_changes_nothing(own, tmp_path, first, second, said):
    terminal = Terminal(coach("passphrase", "set"), own)
    terminal.answer(("New passphrase: ", first), *([("The same once more: ", second)] if second else []))
    code, shown = terminal.end()
    assert code == 2 and said in shown and "Traceback" not in shown
    assert not (tmp_path / "home" / "coach.key").exists()


def test_a_command_asks_three_times_and_says_one_thing(locked, own):
    terminal = Terminal(coach("export", "data", "--format", "json"), own)
    terminal.answer(*[("Passphrase: ", f"wrong {number}") for number in range(3)])
    code, shown = terminal.end()
    assert code == 2 and re.sub(r"Passphrase: \n", "", shown) == "That does not open it.\n" * 3


@pytest.mark.parametrize("leave", ["\x03", "\x04"])
def test_leaving_at_the_question_is_quiet(locked, own, leave):
    terminal = Terminal(coach("passphrase", "remove"), own)
    for time_asked in range(1, 4 if leave == "\x04" else 2):
        terminal.wait_for("Passphrase: ", time_asked)
        os.write(terminal.file, leave.encode())
    if leave == "\x03":
        terminal.insist(leave)  # an interrupt just before the program waits is only seen with the next key
    code, shown = terminal.end()
    assert code == (130 if leave == "\x03" else 2) and "Traceback" not in shown


@pytest.mark.parametrize(
    "command",
    [["export", "data", "--format", "json"], ["export", "questions"], ["checklist", "--json"], ["check-in"], ["questions"], ["draft", "recap"], ["restore", "latest"], ["checklist", "--log", "done"], ["checklist", "--undo"]],
    ids=" ".join,
)
def test_every_command_that_reads_what_is_kept_works_with_it_and_not_without(locked, here, command):
    code, out, told = here(*command)
    assert (code, out) == (2, "")
    assert told.startswith("What is kept here is locked with a passphrase,") and told.count("\n") == 1
    assert here(*command, words="wrong") == (2, "", "That does not open it.\n")
    assert traces(locked.home) == []
    code, out, told = here(*command, words=WORDS)
    assert code == 0 and out and WORDS not in out + told, told
    assert traces(locked.home) == []


def test_what_is_taken_along_comes_back_in_a_locked_folder(locked, here, tmp_path):
    archive = tmp_path / "data.zip"
    assert here("export", "data", "--format", "zip", "--out", str(archive), words=WORDS)[0] == 0
    assert here("import", str(archive), "--replace", words=WORDS)[0] == 0
    assert traces(locked.home) == []
    copies = json.loads(here("restore", "--json")[1])["copies"]
    before = next(copy["name"] for copy in copies if "before-import" in copy["name"])
    assert here("restore", before, words=WORDS)[0] == 0
    assert WORD in here("export", "data", "--format", "json", words=WORDS)[1] and traces(locked.home) == []


def test_deleting_everything_needs_no_passphrase(locked, here):
    code, out, _ = here("wipe", "--yes")
    assert code == 0 and "The passphrase is gone with it" in out and not locked.home.exists()
    assert "not locked" in here("passphrase", "status")[1]
    assert here("checklist")[0] == 0


def test_what_cannot_be_done_is_one_line(locked, here, monkeypatch, tmp_path):
    for action, said in (("set", "A passphrase is set already"), ("nonsense", "passphrase takes one of: status, set, change, remove."), ("change", "no terminal")):
        code, _, told = here("passphrase", action)
        assert code == 2 and said in told and told.count("\n") == 1
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "other"))
    for action, said in (("remove", "No passphrase is set."), ("change", "No passphrase is set."), ("set", "typed in a terminal")):
        code, _, told = here("passphrase", action)
        assert code == 2 and said in told.splitlines()[-1]
    assert not (tmp_path / "other" / "coach.key").exists()


def test_the_app_asks_before_it_starts(places, locked, tmp_path):
    own = environment(locked.home, places.cache, COACH_PORT=str(free_port()))
    terminal = Terminal(["app.py"], own)
    terminal.answer(("Passphrase: ", "wrong"), ("Passphrase: ", WORDS))
    terminal.wait_for("PIP Coach is ready")
    other = ran(own, "passphrase", "remove", COACH_PASSPHRASE=WORDS)
    assert other.returncode == 2 and other.stderr == "PIP Coach is running. Close it first, then try again.\n"
    os.kill(terminal.child, signal.SIGTERM)
    code, shown = terminal.end()
    assert code == 0 and WORDS not in shown and "Traceback" not in shown and traces(locked.home) == []


def test_the_app_works_with_it_and_leaves_no_plain_byte(places, locked, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    app = App(locked.home, places.cache, tmp_path / "log", COACH_PASSPHRASE=WORDS, TMPDIR=str(temporary))
    try:
        assert "What you keep here is locked with your passphrase." in app.client.get("/config").text
        app.chat(f"my manager {WORD} put me on a plan today, what do i do tonight?")
        app.post("/plan/act", do="add", kind="entry", fields={"on": "2026-12-01", "text": WORD})
        assert WORD in app.client.get("/plan/export/json").text, "otherwise this proves nothing"
        assert traces(locked.home, temporary) == []
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(app.process.pid)], capture_output=True, text=True, check=False).stdout.split()
        assert all(WORDS.encode() not in Path(f"/proc/{child}/environ").read_bytes() for child in children)
        app.post("/meetings/act", do="erase-all")
    finally:
        app.end()
    assert traces(locked.home, temporary) == [] and locked.key_file.exists() and WORDS not in app.printed
