"""Start the child, feed it, wait, and end it with all that it started. Knows nothing of formats."""

import base64
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

from coach.locations import ROOT

SECONDS = 30
SLOW_SECONDS = 90
TICK = 0.1  # seconds between two looks at whether the person still waits
NEEDED = ("PATH", "SYSTEMROOT", "WINDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
COMMAND = (sys.executable, "-E", "-s", "-X", "utf8", "-m", "coach.plan.reading.child")


def run(
    data: bytes,
    name: str,
    *,
    stop: threading.Event | None = None,
    command=COMMAND,
    seconds: float = SECONDS,
    slow_seconds: float = SLOW_SECONDS,
) -> dict:
    """The child's answer: {"document"} or {"fault"}. Once `stop` is set the child is ended, whatever it does."""
    own = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x08000200}
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [*command, base64.b64encode(name.encode("utf-8", "replace")).decode()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in NEEDED if name in os.environ} | {"OMP_THREAD_LIMIT": "1"},
        **own,
    )
    lines: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=feed, args=(child, data), daemon=True).start()
    threading.Thread(target=listen, args=(child, lines), daemon=True).start()
    try:
        answer = wait(lines, seconds, slow_seconds, stop or threading.Event())
    finally:
        end(child)
    if answer.get("fault") == "failed" and os.name == "posix" and child.returncode == -signal.SIGXCPU:
        return {"fault": "too_slow"}
    return answer


def wait(
    lines: "queue.Queue[bytes | None]", seconds: float, slow_seconds: float, stop: threading.Event
) -> dict:
    """The last line before the child is silent, or a fault."""
    began = time.monotonic()
    while True:
        left = began + seconds - time.monotonic()
        try:
            line = lines.get(timeout=min(max(0.0, left), TICK))
        except queue.Empty:
            if stop.is_set() or left <= 0:
                return {"fault": "stopped" if stop.is_set() else "too_slow"}
            continue
        if line is None:
            return {"fault": "failed"}
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return {"fault": "failed"}
        if not isinstance(said, dict) or not said.get("slow"):
            return said if isinstance(said, dict) else {"fault": "failed"}
        seconds = slow_seconds


def feed(child: subprocess.Popen, data: bytes) -> None:
    """Write the file to the child; a child that died early is found out by the listener."""
    try:
        child.stdin.write(data)
        child.stdin.close()
    except OSError:
        return


def listen(child: subprocess.Popen, lines: "queue.Queue[bytes | None]") -> None:
    """Put every line of the child into the queue, and None at its end."""
    try:
        for line in child.stdout:
            lines.put(line)
    except (OSError, ValueError, MemoryError):
        pass
    lines.put(None)


def end(child: subprocess.Popen) -> None:
    """End the child's whole group while its number is still its own, then collect it."""
    try:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except OSError:
        pass
    child.wait()
