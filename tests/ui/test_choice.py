"""Where answers are computed: consent, and a key that stays with its host."""

import pytest
from pydantic import SecretStr

from coach.errors import UserError
from coach.llm.endpoint import at
from coach.schema.redaction import Preview, Sent
from coach.ui import choice
from coach.ui.choice import Wanted
from tests.ui.fakes import settings_for


@pytest.fixture
def before(tmp_path):
    return settings_for(tmp_path).model_copy(
        update={"llm": "https://a.example/v1", "llm_key": SecretStr("sk-a")}
    )


def test_a_remote_host_needs_the_box_ticked():
    wanted = Wanted("endpoint", "https://a.example/v1")
    with pytest.raises(UserError, match="a.example"):
        choice.confirmed(wanted)
    choice.confirmed(Wanted("endpoint", "https://a.example/v1", agreed=True))
    choice.confirmed(Wanted("endpoint", "http://127.0.0.1:11434/v1"))
    choice.confirmed(Wanted("none"))


@pytest.mark.parametrize(
    "url", ["", "none", "file:///etc/passwd", "http://a.example/v1", "https://u:p@a.example", "x"]
)
def test_a_wrong_address_is_a_sentence_without_variable_names(before, url):
    with pytest.raises(UserError) as caught:
        choice.settled(Wanted("endpoint", url), before)
    assert "COACH_" not in str(caught.value)
    assert "COACH_" not in choice.sentence(Wanted("endpoint", url))


def test_the_key_is_kept_for_its_own_address_only(before):
    assert (
        choice.settled(Wanted("endpoint", "https://a.example/v1"), before).llm_key.get_secret_value()
        == "sk-a"
    )
    assert choice.settled(Wanted("endpoint", "https://b.example/v1"), before).llm_key is None
    assert choice.settled(Wanted("none"), before).llm_key is None


def test_a_found_key_is_used_for_its_own_address(before):
    found = [at("https://api.openai.com/v1", key=SecretStr("sk-env"))]
    after = choice.settled(Wanted("endpoint", "https://api.openai.com/v1"), before, found)
    assert after.llm_key.get_secret_value() == "sk-env"
    assert "sk-env" not in choice.offered(found)


def test_the_sentence_names_the_host():
    assert "a.example" in choice.sentence(Wanted("endpoint", "https://a.example/v1"))
    assert "Nothing you write is sent" in choice.sentence(Wanted("embedded"))


def test_what_is_in_use_is_shown_without_the_key(before):
    assert choice.current(before) == Wanted("endpoint", "https://a.example/v1", "")


def test_what_is_hidden_is_said_and_kept(before):
    assert choice.HIDDEN in choice.sentence(Wanted("endpoint", "https://a.example/v1"))
    assert choice.NOT_HIDDEN in choice.sentence(Wanted("endpoint", "https://a.example/v1", redact=False))
    after = choice.settled(Wanted("none", redact=False, words=" Bluefen \n\nJ-B\nBluefen"), before)
    assert (after.redact, after.hidden_words) == (False, ("Bluefen", "J-B"))
    assert choice.current(after) == Wanted("none", redact=False, words="Bluefen\nJ-B")


def test_too_much_to_hide_is_a_sentence(before):
    with pytest.raises(UserError, match="200 words"):
        choice.settled(Wanted("none", words="x" * 101), before)


@pytest.mark.parametrize(
    ("preview", "said", "shown"),
    [
        (None, False, ("", choice.FIRST_WRITE)),
        (None, True, ("", choice.STAYS_HERE)),
        (Preview(host="a", messages=(), stands_for={}), True, ("", choice.NOTHING_SENT)),
        (Preview(host="a", messages=(Sent(role="system", content="A"), Sent(role="user", content="B")), stands_for={}), True, ("A\n\nB", "")),
    ],
)
def test_the_text_that_would_go_or_why_there_is_none(preview, said, shown):
    assert choice.would_send(preview, said) == shown
