import pytest

from coach import name_book
from coach.locations import ROOT
from coach.redaction.known import listed
from coach.redaction.redactor import Redactor
from tests.llm.stub_server import StubServer


@pytest.fixture(scope="session")
def book():
    return name_book.load(ROOT / "knowledge" / "redaction")


@pytest.fixture
def redactor(book):
    """A redactor for a person who listed nothing, or what the test gives."""

    def made(*words: str, note: str = "") -> Redactor:
        known = listed(words, book)
        return Redactor(book, lambda: known, note)

    return made


@pytest.fixture(scope="session")
def server():
    stub = StubServer()
    yield stub
    stub.close()
