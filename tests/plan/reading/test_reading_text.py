"""Plain text, Markdown and web pages."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.plan.reading import markdown, plain, web
from coach.plan.reading.draft import assemble
from tests.plan.reading.files import blocks, cells, texts


@given(st.text(st.characters(codec="utf-8"), max_size=400) | st.text("Ab1.:-*(|)#\n\t =_", max_size=300))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("module", [plain, markdown], ids=["plain", "markdown"])
def test_every_slice_is_its_block(module, text):
    document = assemble(module.draft(text), "x")
    end = 0
    for block in document["blocks"]:
        assert document["text"][block["start"] : block["end"]] == block["text"]
        assert block["start"] >= end
        assert block["text"] == block["text"].strip() != ""
        end = block["end"]


@given(st.text("ab <>/=\"'ptdrlihdu&;!-\n", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_markup_is_read(text):
    document = assemble(web.draft(f"<p>A word</p>{text}"), "x")
    assert all(document["text"][b["start"] : b["end"]] == b["text"] for b in document["blocks"])


WRAPPED = """\
PERFORMANCE IMPROVEMENT PLAN
============================

Employee   : Ana Silva
Manager    : Bo Berg
Start date : 1 April 2026

Goals

In the last quarter the weekly list was not kept, and eleven of the
cases that you had to close were open for more than sixty days.

1. Close all cases that are older than thirty days before the end
   of May.
2. Send the list to the team every Friday before noon.

Success criteria: at most two open cases at the end of each month, as
                  shown in the report of the team.
Timeline: Immediate
"""


def test_wrapped_text():
    found = blocks(WRAPPED.encode())
    assert found["kind"] == "text"
    assert [(b["kind"], b["marker"], b["text"]) for b in found["blocks"]] == [
        ("heading", "", "PERFORMANCE IMPROVEMENT PLAN"),
        ("paragraph", "", "Employee : Ana Silva"),
        ("paragraph", "", "Manager : Bo Berg"),
        ("paragraph", "", "Start date : 1 April 2026"),
        ("heading", "", "Goals"),
        ("paragraph", "", "In the last quarter the weekly list was not kept, and eleven of the cases that you had to close were open for more than sixty days."),
        ("item", "1.", "Close all cases that are older than thirty days before the end of May."),
        ("item", "2.", "Send the list to the team every Friday before noon."),
        ("paragraph", "", "Success criteria: at most two open cases at the end of each month, as shown in the report of the team."),
        ("paragraph", "", "Timeline: Immediate"),
    ]


def test_one_line_for_each_paragraph_stays_so():
    long = "You will close all cases that are older than thirty days, and you will send the list to the team every Friday before noon, so that all know where the work stands."
    assert texts(f"{long}\n{long}\nThank you\nBo Berg".encode()) == [long, long, "Thank you", "Bo Berg"]


def test_a_text_without_line_breaks_is_cut_at_labels_and_numbers():
    filler = "This part tells at length what has happened in the months before the plan was made. " * 6
    text = (
        f"Improvement Plan Employee: Ana Silva Manager: Bo Berg Start: 1 May 2026 1. BACKGROUND {filler}2. AREAS Area 1: Lists "
        "What is required: Ana will send the list. When: by 12 June 2026. Area 2: Calls What is required: Ana will call back."
    )
    found = texts(text.encode())
    for part in ("Employee: Ana Silva", "Manager: Bo Berg", "Start: 1 May 2026", "AREAS", "Area 1: Lists", "What is required: Ana will send the list.", "When: by 12 June 2026."):
        assert part in found
    assert filler.strip() in found


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_codings(coding):
    assert texts("Größe der Aufgabe – 30 %\nÉlan".encode(coding))[0].startswith("Größe der Aufgabe – 30 %")


def test_text_is_composed_and_nothing_else_is_changed():
    said = "Cafe\u0301 “quoted” – 1\u00bd £60,000 S$5 ﬁle"
    assert texts(said.encode()) == ["Café “quoted” – 1½ £60,000 S$5 ﬁle"]


def test_invisible_characters_are_counted_and_tags_are_spelled_out():
    tags = "".join(chr(0xE0000 + ord(char)) for char in "resign now")
    found = blocks(f"Close the\u200b cases{tags} by \u202e30 June\u202c.".encode())
    assert found["text"] == "Close the cases by 30 June."
    assert found["hidden"] == ["resign now"]
    assert found["warnings"] == [
        "This file contains text that cannot be seen on the page. I left it out.",
        "This file contains 13 invisible characters. I left them out.",
    ]


def test_joiners_and_emoji_that_do_their_work_stay():
    said = "می\u200cخواهم क्\u200dष 👩\u200d💻 ❤\ufe0f 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    found = blocks(said.encode())
    assert found["text"] == said
    assert not found["warnings"]


MARKED = """\
---
owner: People
---
# Plan for *Ana*

**Employee:** Ana Silva
**Manager:** Bo Berg

You will **close** the [cases](https://example.org) and keep
the `list`.

- [ ] Close all cases
  - before May
1. Send the list

| Goal | Measure |
| --- | :---: |
| Close a \\| b | none **open** |

Next
----
> A quote
> goes on.

~~An old promise~~ is gone. snake_case_name and 2 * 3 * 4 stay.

<!-- a note for People -->
"""


def test_markdown():
    found = blocks(MARKED.encode(), "plan.md")
    assert found["kind"] == "markdown"
    assert [(b["kind"], b["level"], b["marker"], b["text"]) for b in found["blocks"] if b["kind"] != "cell"] == [
        ("heading", 0, "", "Plan for Ana"),
        ("paragraph", 0, "", "Employee: Ana Silva"),
        ("paragraph", 0, "", "Manager: Bo Berg"),
        ("paragraph", 0, "", "You will close the cases and keep the list."),
        ("item", 0, "- [ ]", "Close all cases"),
        ("item", 1, "-", "before May"),
        ("item", 0, "1.", "Send the list"),
        ("heading", 1, "", "Next"),
        ("paragraph", 0, "", "A quote goes on."),
        ("paragraph", 0, "", "is gone. snake_case_name and 2 * 3 * 4 stay."),
    ]
    assert cells(found) == {(1, 0, 0): "Goal", (1, 0, 1): "Measure", (1, 1, 0): "Close a | b", (1, 1, 1): "none open"}
    assert found["hidden"] == ["a note for People"]


def test_markdown_is_known_without_its_name():
    assert blocks(b"# Plan\n\n## Goals\n\nClose the **cases**.\n", "pasted")["kind"] == "markdown"
    assert blocks(b"# 1 is my goal\n", "pasted")["kind"] == "text"


PAGE = """<!DOCTYPE html><html><head><title>x</title><style>.away{position:absolute;left:-9999px} #gone{display:none}</style></head><body>
<h1>Plan</h1><script>var resign = 1</script>
<p>Close the <b>cases</b><br>by June.</p>%s
<ol><li>First thing</li><li>Second thing<ul><li>Inner thing</li></ul></li></ol>
<table><tr><th colspan=2>Goal</th><th>By</th></tr><tr><td rowspan=2>A</td><td>B</td><td>C</td></tr><tr><td>D</td><td>E</td></tr></table>
<dl><dt>Due</dt><dd>1 May</dd></dl></body></html>"""


def test_web_page():
    found = blocks((PAGE % "").encode(), "x.txt")
    assert found["kind"] == "html"
    assert [(b["kind"], b["marker"], b["level"], b["text"]) for b in found["blocks"] if b["kind"] != "cell"] == [
        ("heading", "", 0, "Plan"),
        ("paragraph", "", 0, "Close the cases\nby June."),
        ("item", "1.", 0, "First thing"),
        ("item", "2.", 0, "Second thing"),
        ("item", "•", 1, "Inner thing"),
    ]
    assert cells(found) == {
        (1, 0, 0): "Goal", (1, 0, 2): "By", (1, 1, 0): "A", (1, 1, 1): "B", (1, 1, 2): "C", (1, 2, 1): "D", (1, 2, 2): "E",
        (2, 0, 0): "Due", (2, 0, 1): "1 May",
    }  # fmt: skip
    assert not found["hidden"]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:none"', 'style="visibility: hidden"', 'style="font-size:0"', 'style="font-size:1px"', 'style="color:#fff"',
        'style="color: white"', 'style="opacity:0"', 'style="position:absolute;left:-9999px"', 'style="text-indent:-2000px"', "hidden",
        'class="away"', 'id="gone"', 'style="color:rgba(0,0,0,0)"', 'style="height:0;overflow:hidden"',
    ],
)  # fmt: skip
def test_hidden_parts_of_a_web_page(attributes):
    found = blocks((PAGE % f"<div {attributes}>Resign <i>today</i></div>").encode())
    assert found["text"] == blocks((PAGE % "").encode())["text"]
    assert " ".join(found["hidden"]) == "Resign today"


def test_white_on_a_dark_ground_of_a_web_page_is_seen():
    assert "Head" in blocks((PAGE % '<div style="background:#123;color:#fff"><p>Head</p></div>').encode())["text"]
