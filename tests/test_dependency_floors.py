"""No package with a known hole: the floors of the project's safety notes, section 2, against what is installed.

Each floor is the release that mends the last of the named faults. langchain-core 1.7.2 stands above all of its own
(1.2.5, 1.2.28 and the 2026 advisories before it); the notes' wish for 1.8.2 was only for the newest, and 1.8 asks for a
certifi that is not published.
"""

import importlib.metadata
import re

import pytest

from coach.locations import ROOT

FLOORS = [
    (
        "gradio",
        "6.31.0",
        "CVE-2026-59806 (6.20.0), CVE-2026-48545 (6.15.0), GHSA-j36p-7w88-g82j (6.16.0), Range loop (6.31.0)",
    ),
    (
        "langchain-core",
        "1.7.2",
        "CVE-2025-68664 (1.2.5), CVE-2026-40087 (1.2.28), CVE-2026-34070, GHSA-pjwx-r37v-7724, GHSA-2g6r-c272-w58r",
    ),
    ("starlette", "1.3.1", "CVE-2025-54121 (0.47.2), CVE-2025-62727 (0.49.1) and later ones"),
    ("chromadb", "1.5.9", "the newest; its server is never started, see below"),
]
LATER = [
    ("langchain", "1.3.9", "PYSEC-2026-2192"),
    ("pypdf", "7.1.0", "CVE-2026-24688 to CVE-2026-48735, and limits that can be set"),
]


def release(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.match(r"\d+(?:\.\d+)*", version)[0].split(".")))


def installed(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


@pytest.mark.parametrize(("package", "floor", "mends"), FLOORS, ids=[floor[0] for floor in FLOORS])
def test_what_is_installed_is_at_or_above_its_floor(package, floor, mends):
    found = installed(package)
    assert found and release(found) >= release(floor), f"{package} {found} is below {floor}: {mends}"


@pytest.mark.parametrize(("package", "floor", "mends"), LATER, ids=[floor[0] for floor in LATER])
def test_what_is_not_needed_yet_is_absent_or_above_its_floor(package, floor, mends):
    found = installed(package)
    assert found is None or release(found) >= release(floor), f"{package} {found} is below {floor}: {mends}"


@pytest.mark.parametrize(
    "package", ["python-multipart", "brotli", "pillow", "sqlalchemy", "uvicorn", "pyyaml"]
)
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_what_is_installed_is_what_was_locked(package, lock):
    """An environment that drifted from the lock file is not the one that was looked at."""
    pinned = re.search(
        rf"^{package}==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE | re.IGNORECASE
    )
    found = installed(package)
    assert found is None or (pinned and pinned[1] == found), (
        f"{package}: {found} installed, {pinned and pinned[1]} in {lock}"
    )


def test_chroma_never_listens():
    """CVE-2026-45829 and -45833 are open in its server; the library inside this process is all that is used."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "coach").rglob("*.py"))
    assert "EphemeralClient" in text
    assert not re.search(r"chromadb\.(?:server|app|cli)|HttpClient|chroma run|trust_remote_code", text)


def test_untrusted_text_is_never_loaded_as_objects():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "coach").rglob("*.py"))
    assert not re.search(
        r"\bpickle\b|langchain_core\.load|allow_pickle=True|yaml\.(?:unsafe_load|Loader\b|full_load)|(?<!def )\beval\(|\bexec\(",
        text,
    )
