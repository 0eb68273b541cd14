"""PDF: what is seen, in which order, and where one paragraph ends."""

import pytest

from tests.plan.reading.files import blocks, cells, lines, pdf, say, texts

SEEN = lines(72, 760, "You will close all open cases by 30 June 2026 and keep", "the list up to date every week.")


@pytest.mark.parametrize(
    "operators",
    [
        say(72, 600, "Resign today at once", before="1 1 1 rg"),
        say(72, 600, "Resign today at once", before="0.97 0.97 0.97 rg"),
        say(72, 600, "Resign today at once", before="0 0 0 0 k"),
        say(72, 600, "Resign today at once", size=0.5),
        say(72, 600, "Resign today at once", size=2),
        say(900, 600, "Resign today at once"),
        say(72, -40, "Resign today at once"),
        say(72, 600, "Resign today at once", before="/G0 gs"),
        "BT 3 Tr /F1 11 Tf 72 600 Td (Resign today at once) Tj ET\n",
        say(72, 600, "Resign today at once") + "1 1 1 rg 60 590 300 30 re f\n",
        "0.1 0.3 0.5 rg 60 590 300 30 re f\n" + say(72, 600, "Resign today at once", before="0.1 0.3 0.5 rg"),
        "q 0 0 10 10 re W n " + say(72, 600, "Resign today at once") + " Q\n",
    ],
    ids=["white", "near-white", "white-cmyk", "half-point", "two-points", "right-of", "below", "clear", "mode3", "covered", "same-as-ground", "clipped"],
)
def test_hidden_text_is_left_out_and_told(operators):
    document = blocks(pdf(SEEN + operators))
    assert "Resign" not in document["text"]
    assert document["hidden"] == ["Resign today at once"]
    assert document["warnings"] == ["This file contains text that cannot be seen on the page. I left it out."]
    assert document["text"] == blocks(pdf(SEEN))["text"]


def test_white_on_a_dark_ground_is_seen():
    document = blocks(pdf(SEEN + "0.1 0.3 0.5 rg 60 590 300 30 re f\n" + say(72, 600, "What we need", before="1 1 1 rg")))
    assert "What we need" in document["text"]
    assert not document["hidden"]


def test_grey_text_is_seen():
    assert "Note in grey" in blocks(pdf(SEEN + say(72, 600, "Note in grey", before="0.7 g")))["text"]


def test_wrapped_lines_are_one_paragraph_and_a_gap_parts_two():
    first = lines(72, 760, "In the last quarter the list was not kept and eleven cases", "were older than sixty days, which is too old.")
    second = lines(72, 722, "Your colleagues asked for the list in March and again in the", "month of April.")
    assert texts(pdf(first + second)) == [
        "In the last quarter the list was not kept and eleven cases were older than sixty days, which is too old.",
        "Your colleagues asked for the list in March and again in the month of April.",
    ]


def test_a_number_at_the_start_of_a_wrapped_line_is_no_item():
    said = lines(72, 760, "Please clear the backlog of all old cases that is listed in Enclosure", "1. By 8 May none of the cases may remain open.")
    assert texts(pdf(said)) == ["Please clear the backlog of all old cases that is listed in Enclosure 1. By 8 May none of the cases may remain open."]


def test_items_have_markers_and_levels():
    said = lines(72, 760, "You are asked to do these two things in the next weeks:") + lines(
        90, 740, "1. Close the open cases.", "2. Write the weekly list and send it to the team on every", "Friday.", "• Start now."
    )
    found = blocks(pdf(said))["blocks"]
    assert [(b["kind"], b["marker"], b["text"]) for b in found[1:]] == [
        ("item", "1.", "Close the open cases."),
        ("item", "2.", "Write the weekly list and send it to the team on every Friday."),
        ("item", "•", "Start now."),
    ]


def test_counting_inside_a_paragraph_stays():
    said = lines(72, 760, "(a) Computes the payroll. (b) Acts as first contact for clients and", "answers them. (c) Covers for colleagues.")
    found = blocks(pdf(said))["blocks"]
    assert [(b["kind"], b["marker"]) for b in found] == [("paragraph", "")]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("so that the cus-", "tomer is served", "so that the customer is served"),
        ("so that the follow-", "up is done. A follow-up is due", "so that the follow-up is done. A follow-up is due"),
        ("the plan of Miller-", "Hart is kept", "the plan of Miller-Hart is kept"),
        ("in the years 2026-", "2027 and later", "in the years 2026-2027 and later"),
    ],
)
def test_words_cut_at_a_line_end(before, after, whole):
    filled = "All of the calls are to be answered within one working day " + before
    assert whole in blocks(pdf(lines(72, 760, filled, after + ".")))["text"]


def test_two_columns_are_read_one_after_the_other():
    left = lines(50, 700, *[f"Left line {n} goes on with words that fill it" for n in range(1, 7)], "and ends.", size=9, step=12)
    right = lines(310, 700, *[f"Right line {n} goes on with words that fill" for n in range(1, 7)], "and ends.", size=9, step=12)
    head = say(50, 760, "A line over the whole width of the page that tells what the two columns below it are for.", size=9)
    foot = say(50, 560, "And a line below them over the whole width of the page, which must come last of all of them.", size=9)
    text = blocks(pdf(head + left + right + foot))["text"]
    order = [text.index(part) for part in ("A line over", "Left line 1", "Left line 6", "Right line 1", "Right line 6", "And a line")]
    assert order == sorted(order)


def test_a_grid_is_read_cell_by_cell():
    def box(x, y, title, body):
        return say(x, y, title, size=11, font="F2") + lines(x, y - 16, *body, size=9, step=11)

    body = ["Hold a talk with every agent of the team", "once in two weeks and write down what", "was said on the same day, please."]
    page = "".join(box(x, y, f"Problem {n}", body) for n, x, y in ((1, 50, 700), (2, 310, 700), (3, 50, 600), (4, 310, 600)))
    heads = texts(pdf(page), kind="heading")
    assert heads == ["Problem 1", "Problem 2", "Problem 3", "Problem 4"]


def test_labels_stay_apart():
    said = lines(72, 760, "Employee: Ana Silva", "Manager: Bo Berg", "Start: 1 March 2026") + say(350, 760, "Position: Clerk")
    assert texts(pdf(said)) == ["Employee: Ana Silva", "Position: Clerk", "Manager: Bo Berg", "Start: 1 March 2026"]


def test_a_label_far_from_its_value_is_one_block_with_a_tab():
    said = lines(72, 760, "Employee", "Manager") + lines(250, 760, "Ana Silva", "Bo Berg")
    assert texts(pdf(said)) == ["Employee\tAna Silva", "Manager\tBo Berg"]


def running(number: int) -> str:
    return say(72, 810, "Acme Ltd - confidential", 8) + say(450, 30, f"Page {number} of 2", 8)


def test_a_paragraph_over_a_page_break_is_one_block_of_the_first_page():
    one = lines(72, 760, "Other text that stands at the top of this page and is long enough.") + lines(
        72, 80, "You will write the report every week and send it to all the"
    )
    two = lines(72, 780, "managers of the region before noon.") + lines(72, 740, "Then there is one more paragraph on the page.")
    document = blocks(pdf(running(1) + one, running(2) + two))
    found = [b for b in document["blocks"] if "report every week" in b["text"]][0]
    assert found["text"] == "You will write the report every week and send it to all the managers of the region before noon."
    assert found["page"] == 1
    assert document["blocks"][-1]["page"] == 2
    assert document["pages"] == 2
    assert "confidential" not in document["text"]
    assert "Page" not in document["text"]


def test_a_running_line_with_the_only_name_is_kept():
    head = say(72, 810, "Employee: Ana Silva", 8)
    document = blocks(pdf(head + SEEN, head + lines(72, 700, "And so on, as was said before.")))
    assert document["text"].startswith("Employee: Ana Silva")
    assert document["text"].count("Ana Silva") == 1


def grid(rows: list[list[str]], top: float, left: float = 60, width: float = 150, high: float = 20) -> str:
    """A ruled table."""
    out = ""
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            x, y = left + width * column, top - high * (at + 1)
            out += f"{x} {y} {width} {high} re S\n" + say(x + 4, y + 6, text, 9)
    return out


def test_a_ruled_table_is_cells_and_not_text():
    document = blocks(pdf(SEEN + grid([["Goal", "Measure", "By"], ["Close cases", "none open", "30 June"]], 650)))
    assert cells(document) == {
        (1, 0, 0): "Goal", (1, 0, 1): "Measure", (1, 0, 2): "By", (1, 1, 0): "Close cases", (1, 1, 1): "none open", (1, 1, 2): "30 June",
    }  # fmt: skip
    assert document["text"].count("Close cases") == 1


def test_a_table_goes_on_over_the_page_break_without_its_head():
    one = SEEN + grid([["Goal", "Measure"], ["Close cases", "none open"]], 200)
    two = grid([["Goal", "Measure"], ["Write lists", "each week"]], 780) + lines(60, 600, "The end of it is here.")
    assert cells(blocks(pdf(one, two))) == {
        (1, 0, 0): "Goal", (1, 0, 1): "Measure", (1, 1, 0): "Close cases", (1, 1, 1): "none open", (1, 2, 0): "Write lists", (1, 2, 1): "each week",
    }  # fmt: skip


def test_a_table_with_lines_between_its_rows_only():
    rows = [("Objective", "Measure", "Date"), ("Cut the errors", "two at most", "1 May"), ("Write a list", "once a week", "2 June")]
    page = lines(60, 780, "Below is what was agreed in the talk that we had in the spring of this year.")
    for at, row in enumerate(rows):
        y = 700 - 20 * at
        page += "".join(say(60 + 170 * column, y, text, 9) for column, text in enumerate(row)) + f"60 {y - 6} m 540 {y - 6} l S\n"
    found = cells(blocks(pdf(page)))
    assert [found[(1, row, column)] for row in range(3) for column in range(3)] == [text for row in rows for text in row]


def test_headings_by_size_and_weight():
    said = say(72, 790, "Improvement plan", 18) + say(72, 760, "What we expect", 11, "F2") + lines(72, 744, "Answer all calls on the day they come in.")
    found = blocks(pdf(said))["blocks"]
    assert [(b["kind"], b["level"]) for b in found] == [("heading", 0), ("heading", 1), ("paragraph", 0)]


def test_what_was_typed_into_a_form_is_read_and_hidden_fields_are_not():
    fields = [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Ana Silva) /Rect [130 755 300 772] /DA (/F1 10 Tf 0 g) >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (b) /V (Resign today) /F 2 /Rect [130 700 300 720] >>",
    ]
    document = blocks(pdf(say(72, 760, "Employee:") + lines(72, 600, "Answer all calls on the day."), extra=fields, page="/Annots [50 0 R 51 0 R]"))
    assert document["blocks"][0]["text"] == "Employee: Ana Silva"
    assert document["hidden"] == ["Resign today"]


def test_drawn_bullets_begin_items():
    said = lines(72, 760, "Three things went wrong in the last quarter of the year:") + lines(
        100, 740, "The list was late.", "The calls were not answered and the customers complained", "about it.", "Two reports were lost."
    )
    marks = "".join(f"88 {740 - 14 * at} 4 4 re f\n" for at in (0, 1, 3))
    assert [(b["marker"], b["text"]) for b in blocks(pdf(said + marks))["blocks"][1:]] == [
        ("•", "The list was late."),
        ("•", "The calls were not answered and the customers complained about it."),
        ("•", "Two reports were lost."),
    ]


def test_heads_above_the_frame_of_a_table_are_its_first_row():
    head = say(64, 656, "Goal", 9, "F2") + say(214, 656, "Measure", 9, "F2")
    found = cells(blocks(pdf(SEEN + head + grid([["Close cases", "none open"], ["Write lists", "each week"]], 650))))
    assert found == {
        (1, 0, 0): "Goal", (1, 0, 1): "Measure", (1, 1, 0): "Close cases", (1, 1, 1): "none open", (1, 2, 0): "Write lists", (1, 2, 1): "each week",
    }  # fmt: skip


def test_frames_one_below_the_other_are_no_table():
    page = SEEN + grid([["Close all of the cases by May."], ["Write the list each week."]], 650, width=400)
    assert [b["kind"] for b in blocks(pdf(page))["blocks"]] == ["paragraph"] * 3


def test_a_merged_cell_comes_once_with_its_span():
    page = SEEN + grid([["Close cases", "none open"]], 630) + "60 630 300 20 re S\n" + say(64, 636, "Goals of the plan", 9)
    spans = {b["text"]: b["span"] for b in blocks(pdf(page))["blocks"] if b["kind"] == "cell"}
    assert spans == {"Goals of the plan": 2, "Close cases": 1, "none open": 1}


def test_a_word_cut_by_a_narrow_cell_is_whole():
    page = SEEN + grid([["No", "Area"], ["1", ""]], 650, width=60, high=40) + say(124, 590, "Reconciliatio", 9) + say(124, 579, "n", 9)
    assert cells(blocks(pdf(page)))[(1, 1, 1)] == "Reconciliation"
