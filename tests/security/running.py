"""The real app in a process of its own, and a small client that speaks to it as the page does. Also run as a program: the
whole way once, inside a network namespace, with what the kernel counted as output."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PLAN = """Performance Improvement Plan

Employee: Ana Ruiz
Manager: Bo Lind
This plan runs from 1 April 2026 to 30 June 2026.

Goals

1. Close every open ticket within two days by 30 June 2026.
2. Answer the phone within three rings, in 95 of 100 calls.

Bo will give you a half-day of training in the first week. You and Bo will meet every Monday at 9 am.
If these goals are not met, your employment may be terminated.
"""
NOISY = {  # every switch that could make a library call out
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "k",
    "LANGCHAIN_API_KEY": "k",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.1:4317",
    "ANONYMIZED_TELEMETRY": "True",
    "HF_TOKEN": "k",
    "HF_HUB_OFFLINE": "0",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "GRADIO_SHARE": "True",
    "OPENAI_API_KEY": "k",
}


def environment(home: Path, cache: Path, **more: str) -> dict[str, str]:
    """Its own folders, no model, no browser."""
    own = {"COACH_HOME": str(home), "COACH_CACHE": str(cache), "COACH_LLM": "none", "COACH_OPEN_BROWSER": "false"}
    return {**os.environ, **own, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **more}


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class App:
    """A running app.py and a guest of it. What it prints is collected in `printed`."""

    def __init__(self, home: Path, cache: Path, log: Path, **more: str) -> None:
        self.port, self.log = free_port(), log
        self.home = f"http://127.0.0.1:{self.port}"
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
                env=environment(home, cache, COACH_PORT=str(self.port), **more),
            )  # fmt: skip
        self.client = httpx.Client(base_url=self.home, trust_env=False, timeout=120, limits=httpx.Limits(max_keepalive_connections=0), headers={"origin": self.home})
        while "token=" not in self.printed:
            if self.process.poll() is not None:
                raise RuntimeError(self.printed)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
        start = next(word for word in self.printed.split() if "token=" in word)
        self.client.get(start)

    @property
    def printed(self) -> str:
        """Everything on stdout and stderr so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as the system would; its exit code."""
        self.process.send_signal(how)
        self.client.close()
        return self.process.wait(30)

    def post(self, path: str, **asked) -> dict:
        """One request of the page's own."""
        return self.client.post(path, json=asked).json()

    def read_plan(self, text: str = PLAN, name: str = "plan.txt") -> dict:
        """Send a plan as the page does."""
        body = json.dumps({"name": name}).encode() + b"\n" + text.encode()
        return self.client.post("/plan/read", content=body, headers={"content-type": "application/octet-stream"}).json()

    def chat(self, text: str, until: str = "process_completed") -> str:
        """One message through the queue; everything the page was sent back."""
        config = self.client.get("/config").json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "box")
        event = next(one for one in config["dependencies"] if [box, "submit"] in [list(target) for target in one["targets"]])
        session = os.urandom(5).hex()
        asked = {"data": [text, None, None], "fn_index": event["id"], "session_hash": session, "trigger_id": box, "event_data": None}
        self.client.post("/gradio_api/queue/join", json=asked).raise_for_status()
        seen = []
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as answer:
            for line in answer.iter_lines():
                seen.append(line)
                if until in line:
                    break
        return "\n".join(seen)


def whole_way(folder: Path, cache: Path, **more: str) -> dict:
    """Page, upload, chat, rehearsal, exports, command line. Values say what came of each."""
    done: dict = {}
    app = App(folder / "home", cache, folder / "log", **more)
    try:
        done["page"] = app.client.get("/").status_code
        draft = app.read_plan()
        done["plan"] = app.post("/plan/review", draft=draft["draft"], do="confirm").get("view")
        done["chat"] = "process_completed" in app.chat("they put me on a plan today, what do i do tonight?")
        fields = {"scenario": "first_meeting", "persona": "cold", "difficulty": "guarded", "feedback": "each"}
        done["rehearsal"] = app.post("/practice/act", do="start", fields=fields).get("mode")
        done["exports"] = [app.client.get(path).status_code for path in ("/plan/export/ics", "/plan/export/json", "/meetings/export/binder-docx")]
    finally:
        done["exit"] = app.end()
    plan = folder / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    for command in (
        ["ask", "how often should i check in", "--json"],
        ["extract", str(plan), "--no-model"],
        ["rehearse", "--scenario", "first_meeting", "--persona", "cold", "--difficulty", "guarded", "--json"],
        ["export", "data", "--format", "zip", "--out", str(folder / "data.zip")],
    ):
        ran = subprocess.run(
            [sys.executable, "-m", "coach", *command], cwd=ROOT, env=environment(folder / "home", cache, **more),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        done[command[0]] = ran.returncode or ran.stderr[-300:] if ran.returncode else 0
    return done


def counted() -> dict[str, int]:
    """What the kernel of this namespace could not send anywhere."""
    found = {}
    for name, table in (("v4", "/proc/net/snmp"), ("v6", "/proc/net/snmp6")):
        for line in Path(table).read_text(encoding="utf-8").splitlines():
            if name == "v6" and line.startswith(("Ip6OutNoRoutes", "Udp6NoPorts")):
                key, value = line.split()
                found[key] = int(value)
            elif name == "v4" and line.startswith(("Ip:", "Udp:")) and line.split()[1].isdigit():
                kind = line.split(":")[0]
                heads = next(one for one in Path(table).read_text(encoding="utf-8").splitlines() if one.startswith(kind)).split()
                for wanted in ("OutNoRoutes", "NoPorts"):
                    if wanted in heads:
                        found[kind + wanted] = int(line.split()[heads.index(wanted)])
    return found


def main() -> None:
    """Inside the namespace: the whole way, then what was counted, then a connection on purpose and what that counts."""
    with tempfile.TemporaryDirectory() as folder:
        done = whole_way(Path(folder), Path(sys.argv[1]), **NOISY)
    quiet = counted()
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as outside, contextlib.suppress(OSError):
            outside.settimeout(1)
            outside.connect(("192.0.2.1", 443))
    print(json.dumps({"done": done, "quiet": quiet, "on_purpose": counted()}))


if __name__ == "__main__":
    main()
