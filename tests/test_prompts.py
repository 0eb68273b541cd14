"""Prompt files: strict to load, strict to fill, and never read as templates a second time."""

import pytest

from coach.errors import KnowledgeError
from coach.locations import ROOT
from coach.prompts import Prompt, load

FOLDER = ROOT / "prompts"
GOOD = "---\nname: hello\npurpose: To greet.\nvariables: [who]\nversion: 1\n---\nHello {{who}}, {{ who }}.\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.md")))
def test_every_prompt_of_the_repository_loads_and_renders(name):
    prompt = load(FOLDER, name)
    text = prompt.render(**{variable: f"<{variable}>" for variable in prompt.variables})
    assert "{{" not in text and all(f"<{variable}>" in text for variable in prompt.variables)
    assert prompt.purpose and prompt.version >= 1


def test_every_slot_is_filled_once_and_values_are_not_templates(tmp_path):
    (tmp_path / "hello.md").write_text(GOOD, encoding="utf-8")
    assert (
        load(tmp_path, "hello").render(who="{{who}} {{other}} \\1")
        == "Hello {{who}} {{other}} \\1, {{who}} {{other}} \\1."
    )


@pytest.mark.parametrize("values", [{}, {"who": "a", "what": "b"}, {"what": "b"}])
def test_a_missing_or_unknown_value_is_named(tmp_path, values):
    (tmp_path / "hello.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"prompts/hello\.md: missing or unknown variable: wh"):
        load(tmp_path, "hello").render(**values)


BROKEN = [
    pytest.param(GOOD.replace("name: hello", "name: other"), "field name", id="name-unlike-the-file"),
    pytest.param(GOOD.replace("[who]", "[who, what]"), "field variables", id="variable-without-slot"),
    pytest.param(GOOD.replace("[who]", "[]"), "field variables", id="slot-without-variable"),
    pytest.param(GOOD.replace("purpose: To greet.\n", ""), "purpose", id="no-purpose"),
    pytest.param(GOOD.replace("version: 1", "version: new"), "version", id="version-no-number"),
    pytest.param(GOOD.replace("version: 1", "version: 1\nmood: good"), "mood", id="unknown-field"),
    pytest.param("Hello {{who}}", "hello.md", id="no-front-matter"),
    pytest.param(GOOD.replace("[who]", "[who"), "hello.md", id="broken-front-matter"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_mistake_names_file_and_field(tmp_path, content, told):
    (tmp_path / "hello.md").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path, "hello")
    assert "prompts/hello.md" in str(error.value) and told in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match=r"prompts/none\.md is missing"):
        load(tmp_path, "none")


def test_a_prompt_cannot_be_changed():
    prompt = Prompt(name="a", purpose="b", variables=(), version=1, text="c")
    with pytest.raises(ValueError, match="frozen"):
        prompt.text = "d"
