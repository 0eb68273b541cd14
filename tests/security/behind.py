"""As a host runs it: PostgreSQL, two processes of the program, and nginx with https and deploy/nginx.conf in front."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from coach.store.accounts import Accounts
from coach.store.server import Server
from tests.postgres import Postgres, running
from tests.security.running import ROOT, environment, free_port
from tests.ui.hosted import WORD, quick, sign_in

NAME = "coach.example.org"


def certificate(folder: Path) -> None:
    """One that nobody trusts, for an hour."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(minutes=1), now + timedelta(hours=4))
    (folder / "certificate.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))


class Process:
    """One app.py."""

    def __init__(self, folder: Path, cache: Path, number: int, **more: str) -> None:
        self.port, self.log = free_port(), folder / f"log-{number}"
        own = environment(folder / "home", cache, COACH_ACCOUNTS="1", COACH_PORT=str(self.port), **more)
        with self.log.open("wb") as out:
            self.process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=own)

    def wait(self) -> None:
        """Until it is ready to answer with guidance."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=10) as client:
            while True:
                assert self.process.poll() is None, self.printed
                with contextlib.suppress(httpx.TransportError):
                    if client.get("/ready").status_code == 200:
                        return
                time.sleep(0.1)

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def numbers(self) -> dict[str, float]:
        """What /metrics says."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=10) as client:
            lines = [line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


class Behind:
    """All of it. `nobody` is a browser that did not sign in, `guest` one of a person."""

    def __init__(self, folder: Path, cache: Path, postgres: Postgres, count: int = 2, **more: str) -> None:
        self.folder, self.cache, self.port = folder, cache, free_port()
        self.home = f"https://{NAME}:{self.port}"
        self.more = {
            "COACH_PUBLIC_ORIGIN": self.home, "COACH_DATABASE": postgres.address("coach_app").get_secret_value(),
            "COACH_DATABASE_OWNER": postgres.address("coach_owner").get_secret_value(), **more,
        }  # fmt: skip
        made = subprocess.run(
            ["bash", ROOT / "deploy" / "database.sh"], capture_output=True, check=False,
            env={**os.environ, "PGHOST": str(postgres.folder), "OWNER_PASSWORD": "it's one", "APP_PASSWORD": "another"},
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        self.server = Server.open(postgres.address("coach_app"), postgres.address("coach_owner"))
        self.accounts = Accounts(self.server.engine, lambda: datetime.now(UTC))
        self.processes = [Process(folder, cache, number, **self.more) for number in range(count)]
        for process in self.processes:
            process.wait()
        self.nginx = self._nginx()

    def _nginx(self) -> subprocess.Popen:
        certificate(self.folder)
        servers = "\n".join(f"    server 127.0.0.1:{process.port};" for process in self.processes)
        conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for before, after in (
            ("    server app:7860;", servers), ("443 ssl", f"127.0.0.1:{self.port} ssl"), ("/etc/nginx/", f"{self.folder}/"),
        ):  # fmt: skip
            assert before in conf
            conf = conf.replace(before, after)
        places = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        path = self.folder / "nginx.conf"
        path.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log stderr warn; {'user root;' if os.geteuid() == 0 else ''}"
            f"events {{ worker_connections 2048; }}\nhttp {{ {places}\n{conf}\n}}\n",
            encoding="utf-8",
        )
        program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
        with (self.folder / "nginx.log").open("wb") as out:
            process = subprocess.Popen([program, "-e", "stderr", "-c", str(path)], stdout=out, stderr=subprocess.STDOUT)
        while True:
            assert process.poll() is None, (self.folder / "nginx.log").read_text(encoding="utf-8")
            with contextlib.suppress(httpx.TransportError), self.nobody() as client:
                client.get("/away")
                return process
            time.sleep(0.05)

    def nobody(self, **headers: str) -> httpx.Client:
        own = {"origin": self.home, "host": f"{NAME}:{self.port}", **headers}
        return httpx.Client(base_url=f"https://127.0.0.1:{self.port}", headers=own, trust_env=False, timeout=120, verify=False)

    def add(self, *names: str) -> None:
        for name in names:
            self.accounts.add(name, quick().hash(WORD))

    def guest(self, name: str) -> httpx.Client:
        with self.nobody() as door:
            answer = sign_in(door, name)
        assert answer.status_code == 303 and answer.headers["location"] == "/", answer.text
        return self.nobody(cookie=answer.headers["set-cookie"].split(";")[0])

    def stop(self) -> None:
        self.nginx.terminate()
        for process in self.processes:
            if process.process.poll() is None:
                process.end()
        self.nginx.wait(20)
        self.server.close()


@contextlib.contextmanager
def behind(folder: Path, cache: Path, count: int = 2, **more: str) -> Iterator[Behind]:
    """Everything, ended afterwards. Fails under CI where nginx is not installed."""
    if shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", "")) is None:
        pytest.fail("nginx is not installed.") if os.environ.get("CI") else pytest.skip("Left out: nginx is not installed.")
    with running("max_connections=100", made=False) as postgres:
        made = Behind(folder, cache, postgres, count, **more)
        try:
            yield made
        finally:
            made.stop()
