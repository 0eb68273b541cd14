"""What the person writes stands in the store and nowhere else: not in logs, not in temporary files, not in what is taken along."""

import getpass
import io
import socket
import subprocess
import sys
import zipfile

import pytest

from tests.security.running import PLAN, ROOT, App, environment
from tests.security.test_wipe import WORD, fill, traces


@pytest.fixture(scope="module")
def run(places, tmp_path_factory):
    """One run of the app with the word in everything that can go wrong; the folder afterwards."""
    folder = tmp_path_factory.mktemp("traces")
    (folder / "temporary").mkdir()
    app = App(folder / "home", places.cache, folder / "log", TMPDIR=str(folder / "temporary"))
    try:
        app.chat(f"my manager {WORD} put me on a plan today")
        app.chat(f"{WORD} " * 4000)
        app.read_plan(PLAN.replace("Ana Ruiz", WORD), f"{WORD}.pdf")
        app.read_plan(f"%PDF-1.7 {WORD}", f"{WORD}.pdf")
        app.post("/plan/act", do=WORD, id=WORD)
        app.post("/plan/act", do="add", kind="entry", fields={"on": WORD, "text": WORD})
        app.client.post("/plan/act", content=f"{{{WORD}", headers={"content-type": "application/json"})
        app.client.get(f"/{WORD}?{WORD}={WORD}")
        app.client.post("/gradio_api/queue/join", json={"data": [WORD], "fn_index": 9999, "session_hash": WORD})
        app.client.post("/meetings/import", content=b'{"replace": false}\n' + WORD.encode(), headers={"content-type": "application/octet-stream"})
        assert traces(folder / "temporary") == []
    finally:
        app.end()
    return folder


def test_what_the_app_prints_holds_no_word(run):
    printed = (run / "log").read_text(encoding="utf-8")
    assert WORD not in printed and WORD.lower() not in printed.lower()


def test_an_upload_leaves_no_file(run, places):
    assert list((run / "temporary").rglob(f"*{WORD}*")) == [] and traces(run / "temporary") == []
    assert traces(places.uploads) == [] if places.uploads.exists() else True


def test_only_the_store_holds_it(run):
    assert all(name.startswith(("coach.db", "backups/")) for name in traces(run / "home"))


@pytest.mark.parametrize("arguments", [["ask", WORD * 3000], ["extract", f"/nowhere/{WORD}"], ["draft", WORD], ["import", f"/nowhere/{WORD}"]])
def test_an_error_on_the_command_line_is_no_traceback(places, tmp_path, arguments):
    ran = subprocess.run(
        [sys.executable, "-m", "coach", *arguments], cwd=ROOT, env=environment(tmp_path / "home", places.cache),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and "Traceback" not in ran.stderr and len(ran.stderr) < 500


@pytest.mark.parametrize("form", ["zip", "docx", "pdf"])
def test_exports_name_no_folder_and_no_account(tmp_path, form):
    fill(tmp_path / "home")
    what = "data" if form == "zip" else "binder"
    out = tmp_path / f"out.{form}"
    own = environment(tmp_path / "home", tmp_path / "cache")
    subprocess.run([sys.executable, "-m", "coach", "export", what, "--format", form, "--out", str(out)], cwd=ROOT, env=own, check=True, capture_output=True)
    data = out.read_bytes()
    if form != "pdf":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) + name.encode() for name in package.namelist())
    names = [name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 5]  # a short one stands in any file by chance
    for told in (str(tmp_path), str(ROOT), f"/home/{getpass.getuser()}", f"/{getpass.getuser()}/", *names):
        assert told.encode() not in data, told
