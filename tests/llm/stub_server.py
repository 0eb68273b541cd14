"""A real HTTP server on loopback that plays a written scene, byte by byte; faults are data."""

import contextlib
import json
import socket
import struct
import threading
import time
from typing import NamedTuple

HOLD = "hold"  # keep the connection open until the client leaves, and note when it did
RESET = "reset"  # break the connection off hard


class Request(NamedTuple):
    path: str
    headers: dict[str, str]
    body: dict


def head(status: int = 200, kind: str = "text/event-stream", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Played", f"Content-Type: {kind}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def event(delta: dict | None = None, finish: str | None = None, **extra) -> bytes:
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub", "choices": [choice]}
    return f"data: {json.dumps({**data, **extra})}\n\n".encode()


def say(*texts: str, finish: str | None = "stop", done: bool = True) -> list:
    """The scene of an ordinary answer."""
    steps = [head(), event({"role": "assistant", "content": ""})]
    steps += [event({"content": text}) for text in texts]
    if finish:
        steps.append(event(finish=finish))
    if done:
        steps.append(b"data: [DONE]\n\n")
    return steps


def status(code: int, message: str = "no", **headers: str) -> list:
    return [head(code, "application/json", **headers), json.dumps({"error": {"message": message}}).encode()]


class StubServer:
    """Plays one scene per connection; the last one again and again."""

    def __init__(self) -> None:
        self.scenes: list[list] = [say("Hello.")]
        self.requests: list[Request] = []
        self.left_at: float | None = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the accepting thread
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            scene = self.scenes.pop(0) if len(self.scenes) > 1 else self.scenes[0]
            threading.Thread(target=self._play, args=(connection, scene), daemon=True).start()

    def _play(self, connection: socket.socket, scene: list) -> None:
        with connection:
            try:
                self._read(connection)
                for step in scene:
                    self._step(connection, step)
            except OSError:
                self.left_at = self.left_at or time.monotonic()

    def _step(self, connection: socket.socket, step) -> None:
        if isinstance(step, bytes):
            connection.sendall(step)
        elif isinstance(step, int | float):
            time.sleep(step)
        elif step == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        elif step == HOLD:
            connection.settimeout(10)
            while connection.recv(1000):
                pass
            self.left_at = time.monotonic()

    def _read(self, connection: socket.socket) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            if not (block := connection.recv(65536)):
                return
            received += block
            if received.startswith(b"\x16"):  # a TLS greeting
                return
        top, _, body = received.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        self.requests.append(Request(first.split()[1], headers, json.loads(body) if body else {}))
