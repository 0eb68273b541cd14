"""E-mails: the newest message, from whichever part has it, and who wrote when."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.plan.reading.files import blocks, cells, eml, texts

NEW = "Eli,\n\nFor the next two weeks you call back every customer on the same day. I look at the call log on Friday.\n\nMona"
WHEN = datetime(2026, 4, 13, 23, 30, tzinfo=timezone(-timedelta(hours=4)))


def test_headers():
    found = blocks(eml(NEW, when=WHEN))
    assert (found["kind"], found["sent"], found["sender"], found["recipient"]) == ("email", "2026-04-13", "Mona Lead", "Eli Doe")
    assert found["blocks"][0]["text"] == "Plan"
    assert found["blocks"][0]["kind"] == "heading"


def test_coded_names_and_missing_ones():
    found = blocks(eml(NEW, sender="Radim Šebek-Kolář <r@example.org>", to="eli@example.org"))
    assert (found["sender"], found["recipient"], found["sent"]) == ("Radim Šebek-Kolář", None, None)


@pytest.mark.parametrize(
    "older",
    [
        "On Wed, Mar 4, 2026 at 5:47 PM Mona Lead <mona@example.org> wrote:\n> Clear the box by Friday.\n> Mona",
        "On Wed, Mar 4, 2026 at 5:47 PM Mona Lead <mona-with-a-long-name@example.org>\nwrote:\n\n> Clear the box by Friday.",
        "-----Original Message-----\nFrom: Mona\nSent: 4 March 2026\nSubject: box\n\nClear the box by Friday.",
        "________________________________\nFrom: Mona\nSent: 4 March 2026\n\nClear the box by Friday.",
        "From: Mona Lead\nSent: Wednesday, 4 March 2026 17:20\nTo: Eli\nSubject: box\n\nClear the box by Friday.",
        "> Clear the box by Friday.",
    ],
)
def test_older_messages_are_left_out(older):
    found = blocks(eml(f"{NEW}\n\n{older}", when=WHEN))
    assert "Clear the box" not in found["text"]
    assert "same day" in found["text"]


TABLE = (
    "<html><body><p>Dear Eli,</p><p>this mail is the plan, and it says who does what in the next weeks.</p><table><tr><th>Who</th><th>What</th></tr>"
    "<tr><td>You</td><td>Call back every customer on the same day.</td></tr></table>{}</body></html>"
)


@pytest.mark.parametrize(
    "older",
    [
        "<blockquote><p>Clear the box by Friday.</p></blockquote>",
        '<div class="gmail_quote">On Monday Mona wrote:<div>Clear the box by Friday.</div></div>',
        "<div><p><b>From:</b> Mona<br><b>Sent:</b> 4 March 2026<br><b>Subject:</b> box</p><p>Clear the box by Friday.</p></div>",
        "<p>-----Original Message-----</p><p>Clear the box by Friday.</p>",
    ],
)
def test_the_web_part_where_the_plain_one_is_empty_talk(older):
    found = blocks(eml("Please open this message in another program.", TABLE.format(older), WHEN))
    assert cells(found)[(1, 1, 1)] == "Call back every customer on the same day."
    assert "Clear the box" not in found["text"]
    assert "another program" not in found["text"]


def test_the_plain_part_where_both_say_the_same():
    assert "Eli," in texts(eml(NEW, f"<p>{NEW}</p><p style='color:white'>Resign</p>", WHEN))
    assert blocks(eml(NEW, f"<p>{NEW}</p>", WHEN))["text"].count("same day") == 1


def test_a_forwarded_plan_is_read_with_its_own_head():
    told = " ".join(["You call back every customer on the same day and write down what was said."] * 8)
    older = f"---------- Forwarded message ---------\nFrom: Mona Lead <mona@example.org>\nDate: Mon, 13 Apr 2026 11:42:10 -0400\nSubject: Plan\nTo: Eli Doe <eli@example.org>\n\n{told}"
    found = blocks(eml(f"FYI\n\n{older}", when=datetime(2026, 5, 1, tzinfo=UTC), sender="Eli Doe <e@home.example>", to="Eli Doe <e@home.example>"))
    assert "same day" in found["text"]
    assert (found["sender"], found["sent"]) == ("Mona Lead", "2026-04-13")
    assert found["warnings"] == ["The plan seems to stand in a forwarded message, so I read that."]


def test_an_attached_file_is_named():
    data = eml("See the plan.", when=WHEN)
    boundary = b'Content-Type: multipart/mixed; boundary="zz"\n'
    head, body = data.split(b"\n\n", 1)
    head = b"\n".join(line for line in head.split(b"\n") if not line.startswith((b"Content-", b"MIME")))
    data = head + b"\nMIME-Version: 1.0\n" + boundary + b"\n--zz\nContent-Type: text/plain\n\n" + body + (
        b'\n--zz\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="pip.pdf"\n\nJVBERg==\n--zz--\n'
    )
    assert blocks(data)["warnings"] == ["This e-mail has a file attached (pip.pdf). If the plan is in it, save it and give me that file."]
