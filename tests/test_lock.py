"""The lock files: everything pinned, everything hashed, and no index of ours forced on anybody."""

import re
import tomllib

import pytest

from coach.locations import ROOT

LOCKS = ["requirements.lock", "requirements-hosting.lock", "requirements-test.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = PROJECT["project"]["dependencies"]
HOSTING = PROJECT["dependency-groups"]["hosting"]
TESTING = [each for each in PROJECT["dependency-groups"]["test"] if isinstance(each, str)] + HOSTING


def entries(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Name, version and hashes of every requirement."""
    joined = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[str, list[str]]] = {}
    for line in joined.splitlines():
        line = line.split(" #")[0].strip()
        if line and not line.startswith("#"):
            match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
            assert match, f"{lock}: not pinned: {line[:80]}"
            found[normal(match[1])] = (match[2], re.findall(r"--hash=sha256:([0-9a-f]{64})(?!\S)", line))
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    return normal(re.match(r"[A-Za-z0-9._-]+", requirement)[0])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_has_its_hashes(lock):
    assert len(entries(lock)) > (2 if "hosting" in lock else 50)
    assert [name for name, (_, hashes) in entries(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_index_host_or_address_is_named(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(
        r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|^-[if]\b|git\+|file:| @ ",
        text,
        re.MULTILINE,
    )


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [("requirements.lock", each) for each in DIRECT]
    + [("requirements-hosting.lock", each) for each in HOSTING]
    + [("requirements-test.lock", each) for each in DIRECT + TESTING],
    ids=lambda value: value.split("=")[0].split(";")[0],
)
def test_every_direct_dependency_is_pinned_as_the_project_says(lock, requirement):
    pinned = entries(lock)[name_of(requirement)][0]
    if exact := re.search(r"==\s*([^\s;,]+)", requirement.split(";")[0]):
        assert pinned == exact[1]
    if least := re.search(r">=\s*([0-9.]+)", requirement.split(";")[0]):
        assert tuple(map(int, re.findall(r"\d+", pinned)))[:3] >= tuple(map(int, least[1].split(".")))


def test_both_files_agree():
    run, test = entries("requirements.lock"), entries("requirements-test.lock")
    assert set(run) <= set(test)
    assert {name: run[name][0] for name in run} == {name: test[name][0] for name in run}


def test_the_model_runner_has_a_wheel_for_each_machine():
    _, hashes = entries("requirements.lock")["xllamacpp"]
    assert len(hashes) >= 4 and len(set(hashes)) == len(hashes)


def test_torch_is_not_dragged_in():
    assert not {"torch", "transformers", "sentence-transformers", "tensorflow"} & set(
        entries("requirements.lock")
    )
