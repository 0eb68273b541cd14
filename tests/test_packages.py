"""Fetching pinned wheels with a package client that is played; no network."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach import package_clients, packages
from coach.errors import DownloadError, SettingsError
from coach.llm import weights
from coach.locations import Locations, find
from coach.settings import Settings

TRAP = "raise SystemExit('a wheel was imported')"
INDEX = "https://user:secret@index.example/simple"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, package: str, files: dict[str, bytes]) -> packages.Wheel:
    module = package.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{module}/__init__.py", TRAP)
        for name, data in files.items():
            archive.writestr(f"{module}/data/{name}", data)
    members = [
        {"name": name, "path": f"{module}/data/{name}", "bytes": len(data), "sha256": sha256(data)}
        for name, data in files.items()
    ]
    return packages.Wheel(
        package=package,
        version="1.0",
        file=path.name,
        bytes=path.stat().st_size,
        sha256=sha256(path.read_bytes()),
        members=members,
    )


class FakeClient:
    """Plays `subprocess.run` of pip or uv from a folder of wheels; `faults` come first, one per call."""

    def __init__(self, shelf: Path, unpacks: bool = False) -> None:
        self.shelf, self.unpacks = shelf, unpacks
        self.faults: list = []
        self.asked: list[str] = []
        self.commands: list[list[str]] = []

    def __call__(self, command, cwd, **options):
        self.commands.append(command)
        requirement = (cwd / "requirements.txt").read_text()
        package = requirement.partition("==")[0]
        self.asked.append(package)
        if self.faults and (fault := self.faults.pop(0)):
            if isinstance(fault, BaseException):
                raise fault
            return SimpleNamespace(returncode=1, stdout=f"Looking in {INDEX}", stderr=fault)
        name = f"{package.replace('-', '_')}-1.0-py3-none-any.whl"
        if self.unpacks:
            zipfile.ZipFile(self.shelf / name).extractall(cwd)
        else:
            (cwd / name).write_bytes((self.shelf / name).read_bytes())
        return SimpleNamespace(returncode=0, stdout="", stderr="")


PARTS = [bytes([number]) * (3000 + number) for number in range(4)]


@pytest.fixture
def places(tmp_path):
    return Locations(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def bundle(shelf):
    wheels = [make_wheel(shelf, f"part-{n}", {f"part{n}.bin": data}) for n, data in enumerate(PARTS)]
    whole = b"".join(PARTS)
    return packages.Bundle(title="t", licence="l", bytes=len(whole), sha256=sha256(whole), wheels=wheels)


@pytest.fixture
def client(shelf, monkeypatch):
    monkeypatch.setattr(package_clients, "commands", lambda wanted, folder: [["the-client"]])
    return FakeClient(shelf)


@pytest.fixture
def fetch(places, client, bundle):
    def run(**options):
        return packages.fetch_weights(places, client, bundle=bundle, **options)

    return run


@pytest.mark.parametrize("unpacks", [False, True], ids=["pip", "uv"])
def test_parts_are_joined_in_order(fetch, places, client, unpacks):
    client.unpacks = unpacks
    seen = []
    path = fetch(progress=lambda done, total: seen.append((done, total)))
    assert path == places.weights
    assert path.read_bytes() == b"".join(PARTS)
    assert seen == [(sum(map(len, PARTS[:n])), 12006) for n in range(5)]
    assert list((places.cache / "parts").iterdir()) == []
    assert client.asked == ["part-0", "part-1", "part-2", "part-3"]
    fetch()
    assert len(client.asked) == 4  # nothing is fetched twice


@pytest.mark.parametrize("break_at", [0, 1, 3])
def test_a_break_is_resumed_at_its_part(fetch, client, break_at):
    client.faults = [None] * break_at + ["connection lost"]
    with pytest.raises(DownloadError, match="Check the connection"):
        fetch()
    client.asked.clear()
    assert fetch().read_bytes() == b"".join(PARTS)
    assert client.asked == [f"part-{n}" for n in range(break_at, 4)]


def test_a_kill_in_the_middle_of_a_part_is_resumed(fetch, places, client):
    partial = places.weights.with_name("coach.gguf.partial")
    partial.parent.mkdir(parents=True)
    partial.write_bytes(PARTS[0] + PARTS[1] + PARTS[2][:77])
    assert fetch().read_bytes() == b"".join(PARTS)
    assert client.asked == ["part-2", "part-3"]
    assert not partial.exists()


def test_zeros_of_a_power_cut_are_fetched_again(fetch, places, client):
    partial = places.weights.with_name("coach.gguf.partial")
    partial.parent.mkdir(parents=True)
    partial.write_bytes(PARTS[0] + bytes(len(PARTS[1])) + PARTS[2])
    fetch()
    assert client.asked == ["part-1", "part-2", "part-3"]


def test_a_damaged_joined_file_is_mended(fetch, places, client):
    path = fetch()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    client.asked.clear()
    assert fetch().read_bytes() == b"".join(PARTS)
    assert client.asked == ["part-3"]


def test_a_wrong_wheel_is_refused(fetch, places, client, shelf):
    make_wheel(shelf, "part-1", {"part1.bin": b"evil"})
    with pytest.raises(DownloadError, match="part-1 did not match its checksum"):
        fetch()
    assert not places.weights.exists()
    assert list((places.cache / "parts").iterdir()) == []


@pytest.mark.parametrize("data", [b"evil", b"e" * 9999, b""])
def test_a_wrong_member_is_refused(fetch, client, shelf, data):
    client.unpacks = True
    make_wheel(shelf, "part-1", {"part1.bin": data})
    with pytest.raises(DownloadError, match="part1.bin did not match its checksum"):
        fetch()
    make_wheel(shelf, "part-1", {"part1.bin": PARTS[1]})
    assert fetch().read_bytes() == b"".join(PARTS)


def test_a_wheel_without_its_member(fetch, client, shelf):
    client.unpacks = True
    make_wheel(shelf, "part-0", {"other": b""})
    with pytest.raises(DownloadError, match="does not hold what it should"):
        fetch()


def test_a_wrong_whole_is_deleted(places, client, bundle):
    wrong = bundle.model_copy(update={"sha256": "0" * 64})
    with pytest.raises(DownloadError, match="after joining"):
        packages.fetch_weights(places, client, bundle=wrong)
    assert [path.name for path in places.weights.parent.iterdir()] == ["fetching.lock"]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "did not match its checksum"),
        ("cause: Hash mismatch for `part-0`", "did not match its checksum"),
        ("ERROR: No matching distribution found for part-0", "does not offer"),
        ("OSError: [Errno 28] No space left on device", "became full"),
        (f"ProxyError({INDEX})", "Check the connection"),
    ],
)
def test_faults_of_the_client_are_one_sentence_without_addresses(fetch, client, output, words):
    client.faults = [output]
    with pytest.raises(DownloadError, match=words) as caught:
        fetch()
    assert "\n" not in str(caught.value) and "index" not in str(caught.value).replace("package index", "")


@pytest.mark.parametrize("fault", [subprocess.TimeoutExpired("x", 1), FileNotFoundError("x")])
def test_a_client_that_hangs_or_is_missing(fetch, client, fault):
    client.faults = [fault]
    with pytest.raises(DownloadError, match="did not finish"):
        fetch()


def test_the_next_client_is_tried(fetch, client, monkeypatch):
    monkeypatch.setattr(package_clients, "commands", lambda wanted, folder: [["first"], ["second"]])
    client.faults = ["broken"]
    fetch()
    assert client.commands[:2] == [["first"], ["second"]]


def test_no_client_at_all(fetch, monkeypatch):
    monkeypatch.setattr(package_clients, "commands", lambda wanted, folder: [])
    with pytest.raises(DownloadError, match="neither pip nor uv"):
        fetch()


def test_full_disk_is_told_before_anything_is_fetched(fetch, client, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1_000_000))
    with pytest.raises(DownloadError, match=r"50 MB are needed in .* and 1 MB are free"):
        fetch()
    assert client.asked == []


def test_two_at_once(fetch, places):
    places.weights.parent.mkdir(parents=True)
    lock = places.weights.parent / "fetching.lock"
    with package_clients.only_one(lock), pytest.raises(DownloadError, match="already"):
        fetch()
    fetch()


def test_folder_that_cannot_be_written(fetch, places):
    places.cache.parent.mkdir(parents=True, exist_ok=True)
    places.cache.write_text("a file stands where the folder should be")
    with pytest.raises(DownloadError, match="Cannot write in"):
        fetch()


def test_embedder_files(places, client, shelf):
    files = {"model.safetensors": b"m" * 999, "tokenizer.json": b"{}", "config.json": b"{1}"}
    wheel = make_wheel(shelf, "embedder", files)
    bundle = packages.Bundle(title="t", licence="l", bytes=1004, sha256=None, wheels=[wheel])
    folder = packages.fetch_embedder(places, client, bundle=bundle)
    assert {name: (folder / name).read_bytes() for name in files} == files
    packages.fetch_embedder(places, client, bundle=bundle)
    assert client.asked == ["embedder"]
    (folder / "config.json").write_bytes(b"{2}")
    packages.fetch_embedder(places, client, bundle=bundle)
    assert (folder / "config.json").read_bytes() == b"{1}"
    assert client.asked == ["embedder"] * 2


def test_verify(tmp_path):
    path = tmp_path / "file"
    assert not packages.verify(path, sha256(b"a"))
    path.write_bytes(b"a")
    assert packages.verify(path, sha256(b"a"))
    assert not packages.verify(path, sha256(b"b"))


def test_verify_once_reads_again_only_after_a_change(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"a")
    assert packages.verify_once(path, sha256(b"a"))
    with monkeypatch.context() as patch:
        patch.setattr(packages, "verify", lambda *_: pytest.fail("read again"))
        assert packages.verify_once(path, sha256(b"a"))
    (tmp_path / "file.verified").write_text("{broken")
    assert packages.verify_once(path, sha256(b"a"))
    path.write_bytes(b"bb")
    assert not packages.verify_once(path, sha256(b"a"))
    assert not (tmp_path / "file.verified").exists()


def test_commands_name_no_index(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: "/bin/uv")
    found = package_clients.commands(tmp_path / "r.txt", tmp_path)
    assert ["/bin/uv", "pip", "install"] in [command[:3] for command in found]
    for command in found:
        assert "--require-hashes" in command and "--no-deps" in command and ":all:" in command
        assert not [
            word for word in command if word.startswith(("--index", "--extra", "--find", "-i", "-f", "http"))
        ]
        assert command[0] in (sys.executable, "/bin/uv")


@pytest.mark.parametrize("pins", [packages.WEIGHTS, packages.EMBEDDER])
def test_pins_are_complete(pins):
    bundle = packages.load_bundle(pins)
    members = [member for wheel in bundle.wheels for member in wheel.members]
    assert sum(member.bytes for member in members) == bundle.bytes
    hashes = [wheel.sha256 for wheel in bundle.wheels] + [member.sha256 for member in members]
    assert len(set(hashes)) == len(hashes) and all(len(value) == 64 for value in hashes)


def test_pinned_weights_are_the_publishers():
    bundle = packages.load_bundle(packages.WEIGHTS)
    assert (bundle.bytes, len(bundle.wheels)) == (1_117_320_768, 22)
    assert bundle.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


def test_status_and_remove(places, fetch, client, bundle, monkeypatch, tmp_path):
    pins = tmp_path / "weights.json"
    pins.write_text(json.dumps(bundle.model_dump(mode="json")))
    monkeypatch.setattr(packages, "WEIGHTS", pins)
    settings = Settings(locations=places)
    assert weights.status(places, settings).state == "missing"
    with pytest.raises(DownloadError, match="model pull"):
        weights.usable(places, settings)
    client.faults = [None, "lost"]
    with pytest.raises(DownloadError):
        weights.pull(places, client)
    partial = weights.status(places, settings)
    assert (partial.state, partial.bytes, partial.total) == ("partial", len(PARTS[0]), 12006)
    weights.pull(places, client)
    assert weights.status(places, settings).state == "ready"
    assert weights.usable(places, settings) == places.weights
    places.weights.write_bytes(b"x" * 12006)
    with pytest.raises(DownloadError, match="damaged"):
        weights.usable(places, settings)
    assert not places.weights.exists()
    weights.pull(places, client)
    assert weights.remove(places) > 12006
    assert weights.status(places, settings).state == "missing"


def test_custom_model(tmp_path):
    places = find(str(tmp_path), str(tmp_path))
    path = tmp_path / "mine.gguf"
    settings = Settings(locations=places, model_path=path)
    with pytest.raises(SettingsError, match="cannot be read"):
        weights.usable(places, settings)
    path.write_bytes(b"MZ??")
    with pytest.raises(SettingsError, match="must name a GGUF file"):
        weights.usable(places, settings)
    path.write_bytes(b"GGUF")
    assert weights.usable(places, settings) == path
    assert weights.status(places, settings).state == "custom"
    weights.remove(places)
    assert path.exists()
