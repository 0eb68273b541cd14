"""The embedded server on computers that cannot run it; nothing native is loaded."""

import sys
import textwrap

import pytest

from coach.errors import SettingsError
from coach.llm import embedded
from coach.llm.embedded import EmbeddedServer

CPU = "processor: 0\nphysical id: 0\ncore id: 0\nflags : fpu avx avx2\n" * 2
MEMORY = "MemTotal: 9000000 kB\nMemAvailable: 8000000 kB\n"


def computer(**files):
    known = {"/proc/cpuinfo": CPU, "/proc/meminfo": MEMORY, **files}

    def read(path):
        if path not in known:
            raise FileNotFoundError(path)
        return known[path]

    return EmbeddedServer(read)


def child(tmp_path, monkeypatch, code):
    path = tmp_path / "child.py"
    path.write_text(textwrap.dedent(code))
    monkeypatch.setattr(embedded, "CHILD", path)


def test_old_processor(tmp_path):
    server = computer(**{"/proc/cpuinfo": CPU.replace(" avx2", "")})
    with pytest.raises(SettingsError, match="AVX2"):
        server.start(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {"/proc/meminfo": "MemAvailable: 900000 kB\n"},
        {"/sys/fs/cgroup/memory.max": "1000000000\n", "/sys/fs/cgroup/memory.current": "9\n"},
    ],
    ids=["computer", "container"],
)
def test_too_little_memory(tmp_path, files):
    with pytest.raises(SettingsError, match="needs about 2000 MB of memory and 9.. MB are free"):
        computer(**files).start(tmp_path)


def test_container_without_a_limit():
    server = computer(**{"/sys/fs/cgroup/memory.max": "max\n", "/sys/fs/cgroup/memory.current": "9\n"})
    server._check_computer()
    assert server.threads() == 1


def test_a_system_that_tells_nothing():
    def read(path):
        raise OSError

    EmbeddedServer(read)._check_computer()
    assert EmbeddedServer(read).threads() >= 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('print(\'{"fault": "missing"}\')', "xllamacpp"),
        ('print(\'{"fault": "load"}\')', "could not be loaded"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "did not start"),
        ("print('nonsense')", "did not start"),
        ("raise SystemExit", "did not start"),
    ],
)
def test_a_child_that_fails(tmp_path, monkeypatch, code, words):
    child(tmp_path, monkeypatch, code)
    with pytest.raises(SettingsError, match=words) as caught:
        computer().start(tmp_path)
    assert str(caught.value).endswith("Choose another endpoint, or none.")


def test_a_child_that_hangs(tmp_path, monkeypatch):
    child(tmp_path, monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(embedded, "START_SECONDS", 0.3)
    monkeypatch.setattr(embedded, "STOP_SECONDS", 0.3)
    with pytest.raises(SettingsError, match="did not start"):
        computer().start(tmp_path)


def test_orders_go_through_the_pipe_and_the_child_ends_with_us(tmp_path, monkeypatch):
    child(
        tmp_path,
        monkeypatch,
        """
        import json, sys
        order = json.loads(sys.stdin.readline())
        assert order["key"] not in str(sys.argv) and order["context"] == 4096
        print(json.dumps({"address": "http://127.0.0.1:1"}), flush=True)
        sys.stdin.read()
        """,
    )
    server = computer()
    endpoint = server.start(tmp_path)
    assert (endpoint.base_url, endpoint.strength, endpoint.remote) == (
        "http://127.0.0.1:1/v1",
        "small",
        False,
    )
    assert len(endpoint.key.get_secret_value()) > 30
    assert server.start(tmp_path) is endpoint
    process = server._child
    server.stop()
    assert process.returncode == 0
    assert not server.running
    server.stop()


def test_without_the_package(tmp_path, monkeypatch):
    """The real child, on a Python that has no xllamacpp: `-S` leaves the installed packages out."""
    start = embedded.subprocess.Popen
    monkeypatch.setattr(
        embedded.subprocess, "Popen", lambda command, **o: start([sys.executable, "-S", *command[1:]], **o)
    )
    with pytest.raises(
        SettingsError, match="xllamacpp, which runs the language model here, is not installed"
    ):
        computer().start(tmp_path)


def test_a_file_that_is_no_model(tmp_path):
    pytest.importorskip("xllamacpp")
    path = tmp_path / "bad.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 100)
    with pytest.raises(SettingsError, match="could not be loaded|did not start"):
        computer().start(path)
