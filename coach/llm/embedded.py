"""The model that comes with the program: starts and stops llama.cpp's server in a child process.

Does not fetch or verify weights (see `coach.llm.weights`) and does not ask anything.
"""

import contextlib
import json
import os
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from coach.errors import SettingsError
from coach.llm.endpoint import Endpoint
from coach.schema.enums import Strength

CONTEXT_TOKENS = 4096
NEEDED_BYTES = 2_000_000_000
START_SECONDS = 120
STOP_SECONDS = 3
CHILD = Path(__file__).with_name("embedded_process.py")
ENOUGH = "Choose another endpoint, or none."

_FAULTS = {
    "missing": f"The package xllamacpp, which runs the language model here, is not installed. {ENOUGH}",
    "load": f"The language model file could not be loaded. {ENOUGH}",
}


class EmbeddedServer:
    """At most one running server. Thread-safe: callers that come during a start wait for it.

    `read` returns the text of a system file or raises OSError; tests pass their own.
    """

    def __init__(self, read: Callable[[str], str] | None = None) -> None:
        self._read = read or _read
        self._lock = threading.Lock()
        self._child: subprocess.Popen | None = None
        self._endpoint: Endpoint | None = None
        self._path: Path | None = None

    def start(self, model_path: Path) -> Endpoint:
        """Return the running server's endpoint; start it where it does not run or has died (3 s or more).

        Raises SettingsError with one plain sentence where this computer cannot run it.
        """
        with self._lock:
            if self._endpoint and self._path == model_path and self._child and self._child.poll() is None:
                return self._endpoint
            self._stop()
            self._check_computer()
            self._endpoint = self._start(model_path)
            self._path = model_path
            return self._endpoint

    @property
    def running(self) -> bool:
        """Whether a started server is still alive; does not wait."""
        child = self._child
        return self._endpoint is not None and child is not None and child.poll() is None

    def stop(self) -> None:
        """End the server and free its memory. Harmless when it does not run."""
        with self._lock:
            self._stop()

    def _start(self, model_path: Path) -> Endpoint:
        key = secrets.token_urlsafe(32)
        order = {
            "model_path": str(model_path),
            "key": key,
            "threads": self.threads(),
            "context": CONTEXT_TOKENS,
        }
        # -P keeps coach/llm itself off the import path. The order goes through a pipe: arguments are public.
        self._child = subprocess.Popen(  # noqa: S603 - our own file, no shell
            [sys.executable, "-P", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        with contextlib.suppress(OSError):
            self._child.stdin.write(json.dumps(order) + "\n")
            self._child.stdin.flush()
        answer = self._answer(self._child)
        if "address" not in answer:
            self._stop()
            raise SettingsError(
                _FAULTS.get(answer.get("fault"), f"The language model did not start. {ENOUGH}")
            )
        return Endpoint(
            name="On this computer",
            base_url=answer["address"] + "/v1",
            model="coach",
            key=SecretStr(key),
            strength=Strength.SMALL,
            remote=False,
            context=CONTEXT_TOKENS,
        )

    def _answer(self, child: subprocess.Popen) -> dict:
        """The child's one line; {} where it hangs or died, as of a missing processor instruction."""
        lines: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=lambda: lines.put(child.stdout.readline()), daemon=True).start()
        try:
            return json.loads(lines.get(timeout=START_SECONDS))
        except (queue.Empty, ValueError):
            return {}

    def _stop(self) -> None:
        child, self._child, self._endpoint, self._path = self._child, None, None, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            child.stdin.close()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()

    def _check_computer(self) -> None:
        """Say beforehand what would end in a crash; where the system does not tell (no /proc), just try."""
        flags = [line for line in self._lines("/proc/cpuinfo") if line.startswith("flags")]
        if flags and "avx2" not in flags[0].split():
            raise SettingsError(f"This processor is too old for the language model: it has no AVX2. {ENOUGH}")
        free = self._free_bytes()
        if free is not None and free < NEEDED_BYTES:
            raise SettingsError(
                f"The language model needs about {NEEDED_BYTES // 1_000_000} MB of memory "
                f"and {free // 1_000_000} MB are free. Close other programs. {ENOUGH}"
            )

    def _free_bytes(self) -> int | None:
        free = [
            int(s.split()[1]) * 1024 for s in self._lines("/proc/meminfo") if s.startswith("MemAvailable:")
        ]
        with contextlib.suppress(ValueError, IndexError):  # a container's own limit, where there is one
            limit = int(self._lines("/sys/fs/cgroup/memory.max")[0])
            free.append(limit - int(self._lines("/sys/fs/cgroup/memory.current")[0]))
        return min(free, default=None)

    def threads(self) -> int:
        """Physical cores that this process may use: two threads on one core only get in each other's way."""
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        package, cores = "", set()
        for line in self._lines("/proc/cpuinfo"):
            name, _, value = line.partition(":")
            if name.strip() == "physical id":
                package = value.strip()
            elif name.strip() == "core id":
                cores.add((package, value.strip()))
        return max(1, min(usable, len(cores) or usable))

    def _lines(self, path: str) -> list[str]:
        try:
            return self._read(path).splitlines()
        except OSError:
            return []


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")
