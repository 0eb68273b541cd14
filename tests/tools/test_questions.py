"""The question list: every gap of the fixture plans is asked about, nothing clear is, and the words can be said aloud."""

import dataclasses
import json
import re
import uuid
from datetime import date

import pytest
import yaml
from markdown_it import MarkdownIt
from pydantic import ValidationError

from coach.checklist.items import agreed, from_plan
from coach.documents import markdown
from coach.errors import UserError
from coach.locations import ROOT
from coach.plan.extract import extract
from coach.schema.checklist import Checklist, Item, Origin, PlanVersion, Question
from coach.schema.conversation import Known
from coach.schema.enums import Route
from coach.schema.plan import Block, Document, Extraction, Goal, Missing, Plan, Quote, Signature
from coach.schema.questions import SLOT, QuestionBook
from coach.tools import meeting_questions
from coach.tools import question_words as words
from coach.tools.questions import FIRST, GAPS, LEAST, other_way, questions, review, to_track, unanswered
from coach.tools.questions_export import to_paper
from coach.tools.standing import standing
from tests.fakes import a_turn

TODAY = date(2026, 3, 1)
PLANS = ROOT / "tests" / "evals" / "plans"
GOLDS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PLANS.glob("*.gold.json"))]
FIVE = {"why": 0, "conflict": 1, "attachment": 1, "goals": 1, "vague": 1, "measure": 2, "timeframe": 3, "deadline": 3, "consequences": 4}  # fmt: skip
HOSTILE = "![x](https://evil.example/a.png) <script>alert(1)</script> [y](javascript:z) | *b* `c` www.evil.example # h"
FORBIDDEN = re.compile(r"\b(?:illegal|unlawful|unfair|discriminat\w*|lawyer|sue|odds|chances? of|percent of people|your fault|you failed|you never|you always)\b", re.IGNORECASE)  # fmt: skip


def fold(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def book(library) -> QuestionBook:
    return library.questions


@pytest.fixture(scope="module")
def extracted():
    """Every document of the development set that is a plan, without the linear models."""
    found = {}
    for gold in GOLDS:
        try:
            extraction = extract((PLANS / gold["file"]).read_bytes(), gold["file"])
        except UserError:
            continue  # a scan, where no program for reading it is there
        if extraction.plan is not None:
            found[gold["id"]] = extraction
    return found


def asked(extraction, book):
    return questions(extraction.plan, Known(), today=TODAY, book=book, read=extraction)


def of_gold(plan, goal):
    quote = fold(goal["anchor"])
    return next((one for one in plan.goals if quote in fold(one.quote) or fold(one.quote) in quote), None)


PLAN_IDS = [gold["id"] for gold in GOLDS if gold["is_plan"]]


@pytest.mark.parametrize("gold", [gold for gold in GOLDS if gold["is_plan"]], ids=PLAN_IDS)
def test_every_gold_gap_is_asked_about_and_nothing_else_of_a_goal(gold, extracted, book):
    if gold["id"] not in extracted:
        pytest.skip("not readable here")
    found = asked(extracted[gold["id"]], book)
    for goal in gold["goals"]:
        own = of_gold(extracted[gold["id"]].plan, goal)
        assert own is not None, goal["anchor"]
        about = [one for one in found if one.goal_id == own.id]
        topics = sorted(topic for one in about for topic in (one.topic, *one.also) if topic in ("vague", "measure", "deadline"))
        assert topics == sorted(goal["missing"]) and len(about) <= 2, (own.quote, topics)
    if gold["conflicts"]:
        assert sum(one.topic == "conflict" for one in found) >= len(gold["conflicts"])
    else:
        assert not [one for one in found if one.topic == "conflict"]
    topics = {one.topic for one in found}
    assert not (gold["start_date"] and gold["end_date"] and "timeframe" in topics)
    unset = extracted[gold["id"]].plan.check_ins and "to be decided" in extracted[gold["id"]].plan.check_ins.text
    assert not (gold["check_ins"] and "check_ins" in topics and not unset)
    assert not (gold["signature"] != "none" and "signature" in topics)
    assert len(found) >= LEAST


@pytest.mark.parametrize("name", PLAN_IDS)
def test_questions_can_be_said_aloud(name, extracted, book):
    if name not in extracted:
        pytest.skip("not readable here")
    plan = extracted[name].plan
    kinds = [review(kind, plan, Known(), today=date(2026, 4, 20), book=book) for kind in ("check_in", "midpoint", "final")]
    for found in (asked(extracted[name], book), *kinds):
        assert len({one.text for one in found}) == len(found)
        assert [one.priority for one in found] == list(range(1, len(found) + 1))
        for one in found:
            assert one.text.endswith("?") and len(one.text.split()) < 30 and "!" not in one.text, one.text
            assert not any(SLOT.search(text) for text in (one.text, one.why, one.wording, one.short)), one
            assert one.why and one.short and one.topic in book.topics
            assert other_way(one, book) != one.text
    for one in asked(extracted[name], book):
        if one.goal_id:
            (goal,) = [goal for goal in plan.goals if goal.id == one.goal_id]
            quoted = dict(one.slots)["goal"]
            assert f"\u201c{quoted}\u201d" in one.text and quoted in words.fold(goal.quote) and len(quoted.split()) <= words.LONGEST_NOT


@pytest.mark.parametrize("name", PLAN_IDS)
def test_the_five_that_matter_come_first(name, extracted, book):
    if name not in extracted:
        pytest.skip("not readable here")
    found = asked(extracted[name], book)
    open_ones = {FIVE[one.topic] for one in found if one.topic in FIVE}
    # one each of the five things, as far as open, in this order (a gap of a goal may come later again)
    assert [FIVE[one.topic] for one in found[: len(open_ones)]] == sorted(open_ones), [one.topic for one in found]


def test_the_same_plan_gives_the_same_list(extracted, book):
    assert asked(extracted["d09"], book) == asked(extracted["d09"], book)


CLEAR = Goal(id="g1", title="Reply to every ticket", quote="You must reply to every ticket within one day.", span=(0, 45), measure="95 % of tickets, from the weekly report", measure_spans=((46, 80),), deadline=date(2026, 4, 2))  # fmt: skip
VAGUE = Goal(id="g2", title="Improve communication", quote="Improve communication.", span=(100, 122), missing=(Missing.MEASURE, Missing.VAGUE))  # fmt: skip


def a_quote(text, start=1000):
    return Quote(text=text, quote=text, span=(start, start + len(text)))


def a_plan(**changes) -> Plan:
    fields = dict(
        employee="Ana", manager="Bea", start_date=date(2026, 3, 2), end_date=date(2026, 5, 29), goals=(CLEAR,),
        reasons=(a_quote("On 3 February 2026 nine tickets were open for a week."),),
        supports=(a_quote("Training on the ticket system on 4 March 2026."),), check_ins=a_quote("We meet every Monday at 9."),
        consequences=a_quote("If any of the goals is not met, a written warning follows."), signature=Signature.RECEIPT,
        response_window=a_quote("You may reply in writing until 9 March 2026."),
    )  # fmt: skip
    return Plan(**fields | changes)


def topics_of(plan, book, known=None, read=None):
    return [one.topic for one in questions(plan, known or Known(), today=TODAY, book=book, read=read)]


def a_reading(*lines, reason=None) -> Extraction:
    """A document of one paragraph for each line."""
    text, blocks = "\n".join(lines), []
    for line in lines:
        start = blocks[-1].end + 1 if blocks else 0
        blocks.append(Block(kind="paragraph", text=line, start=start, end=start + len(line)))
    return Extraction(document=Document(name="plan.txt", kind="text", text=text, blocks=tuple(blocks)), is_plan=True, reason=reason)


def test_a_clear_plan_is_asked_only_what_no_plan_says(book):
    assert set(topics_of(a_plan(), book)) <= {"judge", "evidence", "outcome", "focus", "obstacle", "strength"}


def test_a_vague_goal_is_quoted_with_its_day(book):
    found = questions(a_plan(goals=(CLEAR, VAGUE)), Known(), today=TODAY, book=book)
    (vague,) = [one for one in found if one.topic == "vague"]
    assert vague.text == "The plan says \u201cImprove communication\u201d: what would you see me doing differently by 29 May?"
    assert vague.goal_id == "g2"


@pytest.mark.parametrize(
    ("changes", "topic", "said"),
    [
        ({"reasons": ()}, "why", "led to this plan"),
        ({"reasons": (a_quote("Some people say that you are not a team player."),)}, "why", "\u201cSome people say that you are not a team player\u201d"),
        ({"goals": ()}, "goals", "What are the goals"),
        ({"goals": (), "consequences": a_quote("If you fail to meet the goals in Appendix A, a warning follows.")}, "attachment", "\u201cAppendix A\u201d"),
        ({"end_date": None}, "timeframe", "last day"),
        ({"start_date": None}, "timeframe", "From which day"),
        ({"start_date": None, "end_date": None}, "timeframe", "first and the last day"),
        ({"consequences": None}, "consequences", "either way"),
        ({"consequences": a_quote("Further action may be taken.")}, "consequences", "\u201cFurther action may be taken\u201d"),
        ({"consequences": a_quote("If the plan is not met, you may be dismissed."), "goals": (CLEAR, VAGUE)}, "consequences", "all the goals but one"),
        ({"consequences": a_quote("If the plan is not met, you may be dismissed.")}, "consequences", "partly met"),
        ({"supports": ()}, "support", "What help"),
        ({"supports": (a_quote("You will be given access to the reporting tool."),)}, "support", "offers access to the reporting tool"),
        ({"check_ins": None}, "check_ins", "How often"),
        ({"check_ins": a_quote("There will be regular meetings as needed.")}, "check_ins", "\u201cregular meetings"),
        ({"signature": Signature.NONE}, "signature", "received the plan or that I agree"),
        ({"response_window": None}, "response_window", "written comments"),
        ({"goals": (CLEAR.model_copy(update={"deadline": date(2026, 6, 30)}),)}, "conflict", "due on 30 June, but the plan ends on 29 May"),
    ],
)  # fmt: skip
def test_each_open_matter_has_one_question(changes, topic, said, book):
    found = [one for one in questions(a_plan(**changes), Known(), today=TODAY, book=book) if one.topic == topic]
    assert len(found) == 1 and said in found[0].text, [one.text for one in found]


# what a plan says in its document, although the reading found nothing there, is not asked


@pytest.mark.parametrize(
    ("changes", "line", "topic"),
    [
        ({"response_window": None}, "Employee's comments (return to the practice manager by 13 March 2026)", "response_window"),
        ({"response_window": None}, "The teacher may attach a written response within ten school days.", "response_window"),
        ({"response_window": None}, "If I have got anything wrong please reply by Friday.", "response_window"),
        ({"response_window": None}, "Remarks of the employee: I was never shown the new sheet.", "response_window"),
        ({"reasons": ()}, "On 5 January 2026 and again on 2 February 2026, patients called back because nobody had answered.", "why"),
        ({"reasons": ()}, "As we discussed, the Company is concerned about the accuracy of your calculations.", "why"),
        ({"supports": ()}, "The zone lead, Rosa Quintero, will walk the irrigation map with you once.", "support"),
        ({"consequences": None}, "If this doesn't work out we'll have to let you go.", None),
        ({"signature": Signature.NONE}, "I acknowledge that a copy of the plan was handed to me.", "signature"),
    ],
)  # fmt: skip
def test_what_the_document_says_is_not_asked(changes, line, topic, book):
    plan = a_plan(**changes)
    before, after = (questions(plan, Known(), today=TODAY, book=book, read=read) for read in (None, a_reading(line)))
    if topic is None:
        assert [one.pattern for one in before if one.topic == "consequences"] == ["consequences_missing"]
        assert [one.pattern for one in after if one.topic == "consequences"] == ["consequences_partly"]
    else:
        assert topic in {one.topic for one in before} and topic not in {one.topic for one in after}


@pytest.mark.parametrize(
    ("changes", "line", "topic"),
    [
        ({"response_window": None}, "The reply shall issue within 48 hours in nine cases out of ten.", "response_window"),
        ({"response_window": None}, "Its duties may be renegotiated in writing until 9 October 2026.", "response_window"),
        ({"reasons": ()}, "The plan was issued on 5 January 2026.", "why"),
        ({"supports": ()}, "Your supervisor will talk with you about your progress.", "support"),
        ({"consequences": None}, "You got a written warning in January.", "consequences"),
        ({"signature": Signature.NONE}, "Send the signed plan to HR before the 7th of the month.", "signature"),
    ],
)  # fmt: skip
def test_other_lines_answer_nothing(changes, line, topic, book):
    assert topic in topics_of(a_plan(**changes), book, read=a_reading(line))


def test_room_for_comments_without_a_day_is_asked_for_the_day(book):
    found = questions(a_plan(response_window=None), Known(), today=TODAY, book=book, read=a_reading("You can add your own comments."))
    assert [one.pattern for one in found if one.topic == "response_window"] == ["response_until"]


# a plan that is clear still leaves details open, and they are asked with its own words


@pytest.mark.parametrize(
    ("changes", "line", "pattern", "said"),
    [
        ({"consequences": a_quote("Failure to meet and sustain the goals may lead to dismissal.")}, "", "lasting", "\u201cmeet and sustain\u201d"),
        ({"consequences": a_quote("Failure to sustain them for six months may lead to dismissal.")}, "", "lasting", None),
        ({}, "The plan can be ended early or extended once.", "early_end", "\u201ccan be ended early or extended once\u201d"),
        ({}, "Plan extended to ____ by ____", "early_end", None),
        ({"goals": (CLEAR.model_copy(update={"measure": "daily check, there must be no gaps", "deadline": None}),)}, "", "slip", "\u201cno gaps\u201d"),
        ({"goals": (CLEAR.model_copy(update={"measure": "no late fee; one is tolerated", "deadline": None}),)}, "", "slip", None),
        ({"goals": (CLEAR.model_copy(update={"measure": "All 14 with the stamp of the distributor"}),)}, "", "other_part", "the distributor"),
        ({"goals": (CLEAR.model_copy(update={"measure": "checked and approved by your manager"}),)}, "", "other_part", None),
        ({"goals": (CLEAR.model_copy(update={"measure": "48 of 50 runs in the GPS log"}),)}, "", "record", "\u201cGPS log\u201d"),
        ({"goals": (CLEAR.model_copy(update={"measure": "48 of 50 runs in the GPS log"}),)}, "Your lead brings the figures of the log.", "record", None),
        ({}, "", "closing", "closed"),
        ({}, "If the goals are met, the plan is closed.", "closing", None),
    ],
)  # fmt: skip
def test_an_open_detail_is_asked_and_a_told_one_is_not(changes, line, pattern, said, book):
    texts = [one.text for one in questions(a_plan(**changes), Known(), today=TODAY, book=book, read=a_reading(line)) if one.pattern == pattern]
    assert (len(texts) == 1 and said in texts[0]) if said else not texts, texts


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("The complaints desk gives you a one-hour briefing and a checklist.", "that the complaints desk gives me a one-hour briefing and a checklist"),
        ("Bea will show you the reporting tool so that you can use it.", "that you will show me the reporting tool so that I can use it"),
        ("I have booked you a seat in the course.", "that you have booked me a seat in the course"),
        ("You will be enrolled in the online course.", "that I will be enrolled in the online course"),
        ("A paid seat in the online course Dental Claims Basics", "offers a paid seat in the online course Dental Claims Basics"),
        ("Access to the online course will be provided.", "offers access to the online course"),
        ("Arrange shadowing at the law library", "says \u201cArrange shadowing at the law library\u201d"),
        ("Two coaching sessions so that the teacher can visit colleagues", "says \u201cTwo coaching sessions so that the teacher can visit colleagues\u201d"),
    ],
)  # fmt: skip
def test_a_promise_is_said_by_the_one_who_was_promised(promise, said, book):
    (asked,) = [one for one in questions(a_plan(supports=(a_quote(promise),)), Known(), today=TODAY, book=book) if one.topic == "support"]
    assert said in asked.text and asked.text.endswith("?")


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("Keep the recorded stock of hall C equal to the physical stock", "Keep the recorded stock of hall C equal to the physical stock"),
        ("Do not release any folder to a ward unless it is first written in the tracer book.", "Do not release any folder to a ward unless it is first written in the tracer book"),
        ("Ms. Dinardo will be more approachable to newer colleagues.", "be more approachable to newer colleagues"),
        ("tests first. nothing of yours gets merged without tests for the new paths", "tests first"),
        ("Record heart rate, breathing and temperature every five minutes on the monitoring sheet of each patient", "Record heart rate"),
        ("and please, own your work more. I shouldn't have to chase.", "own your work more"),
    ],
)  # fmt: skip
def test_a_goal_is_quoted_where_its_sense_holds(goal, said):
    assert words.goal_words(CLEAR.model_copy(update={"quote": goal})) == said


def test_two_figures_are_quoted_side_by_side_and_two_phases_are_no_conflict(book):
    line = a_quote("The house rule asks for a reply to 98 % of tickets within one day.")
    (found,) = [one for one in questions(a_plan(conflicts=(line,)), Known(), today=TODAY, book=book) if one.topic == "conflict"]
    assert "\u201c95 %\u201d" in found.text and "\u201c98 %\u201d" in found.text and found.goal_id == "g1"
    first = CLEAR.model_copy(update={"id": "g1", "quote": "Bring open tickets down.", "measure": "ticket report: 9 % or less"})
    later = first.model_copy(update={"id": "g2", "span": (200, 220), "measure": "ticket report: 6 % or less", "measure_spans": ((300, 330),), "deadline": date(2026, 5, 1)})  # fmt: skip
    phases = a_plan(goals=(first, later), conflicts=(a_quote("ticket report: 6 % or less", 300),))
    assert "conflict" not in topics_of(phases, book)


def test_the_note_of_the_reading_names_what_is_not_there(book):
    note = "The goals are not in this file. It says: \u201cThe goals are on the attached sheet.\u201d Ask for that part and add it."
    (found,) = [one for one in questions(a_plan(goals=()), Known(), today=TODAY, book=book, read=a_reading(reason=note)) if one.topic == "attachment"]
    assert "\u201cattached sheet\u201d" in found.text


def test_what_the_person_told_counts(book):
    bare = a_plan(check_ins=None, signature=Signature.NONE, response_window=None)
    told = Known(**{name: {"value": value} for name, value in {"check_ins": "weekly", "signed": "yes", "reply_due": "Friday"}.items()})
    assert {"check_ins", "signature", "response_window"} <= set(topics_of(bare, book))
    assert not {"check_ins", "signature", "response_window"} & set(topics_of(bare, book, told))


def test_without_a_plan_the_list_comes_from_what_is_known(book):
    plain = questions(None, Known(), today=TODAY, book=book)
    assert [one.topic for one in plain[:5]] == ["why", "goals", "measure", "timeframe", "consequences"]
    told = {"region": "uk", "document": "written", "check_ins": "cancelled", "week": "week 3", "length": "60 days", "reason": "attendance", "hr": "yes", "signed": "yes"}  # fmt: skip
    found = questions(None, Known(**{name: {"value": value} for name, value in told.items()}), today=TODAY, book=book)
    assert {"companion", "hr", "progress"} <= {one.topic for one in found} and not {"written", "signature"} & {one.topic for one in found}
    assert "late starts" in found[2].text and "How long" not in found[3].text
    assert "written" in {one.topic for one in questions(None, Known(document={"value": "verbal"}), today=TODAY, book=book)}
    for one in (*plain, *found):
        assert one.text.endswith("?") and not SLOT.search(one.text) and one.goal_id is None


def test_ten_gaps_of_one_kind_do_not_sound_alike(book):
    goals = tuple(VAGUE.model_copy(update={"id": f"g{n}", "quote": f"Show more {word}.", "span": (n * 50, n * 50 + 20)}) for n, word in enumerate(["drive", "care", "energy", "focus", "pride", "grip", "calm", "order", "warmth", "pace"], 1))  # fmt: skip
    found = [one for one in questions(a_plan(goals=goals), Known(), today=TODAY, book=book) if one.topic in GAPS]
    for topic in ("vague", "measure"):
        texts = [re.sub("\u201c.*?\u201d", "", one.text) for one in found if one.topic == topic]
        assert len(texts) == 10 and len(set(texts)) == 10
    alike = questions(a_plan(goals=tuple(goal.model_copy(update={"quote": "Be better."}) for goal in goals)), Known(), today=TODAY, book=book)
    assert len({one.text for one in alike}) == len(alike)


def test_a_meeting_closes_a_gap(book):
    plan = a_plan(goals=(CLEAR, VAGUE))
    checklist = tracked(plan)
    vague = checklist.items[1]
    after = checklist.model_copy(update={"items": (checklist.items[0], vague.model_copy(update=agreed(vague, "two updates a week", TODAY)))})
    assert "vague" in topics_of(standing(checklist), book)
    assert not {"vague", "measure"} & set(topics_of(standing(after), book))
    dropped = checklist.model_copy(update={"items": (checklist.items[0], vague.model_copy(update={"origin": Origin.DROPPED}))})
    assert [goal.id for goal in standing(dropped).goals] == ["g1"]
    added = checklist.model_copy(update={"items": (*checklist.items, Item(id="a" * 32, title="Keep the van clean"))})
    assert ("measure", "a" * 32) in {(one.topic, one.goal_id) for one in questions(standing(added), Known(), today=TODAY, book=book)}


def test_a_ticked_question_is_not_asked_again(book):
    checklist = tracked(a_plan(goals=(CLEAR, VAGUE)))
    found = questions(standing(checklist), Known(), today=TODAY, book=book)
    kept = to_track(next(one for one in found if one.topic == "vague"), checklist)
    assert isinstance(kept, Question) and kept.goal == "g2" and kept.item == checklist.items[1].id
    left = unanswered(found, checklist.model_copy(update={"questions": (kept.model_copy(update={"answer": "two updates"}),)}))
    assert "vague" not in {one.topic for one in left} and len(left) == len(found) - 1


# ---- the words themselves


def test_the_curated_words_keep_to_the_house(book):
    for name, pattern in book.patterns.items():
        assert pattern.topic in book.topics, name
        assert len(set(pattern.texts)) == len(pattern.texts) >= 4
        for text in (*pattern.texts, *pattern.why, *pattern.wording, pattern.short):
            assert "!" not in text and "\u2014" not in text and not FORBIDDEN.search(text), text
    for name in ("vague", "measure", "deadline"):
        assert len(book.patterns[name].texts) >= 10
    names = {name for group in book.sets.values() for name in group} - {"gap", "why", "counts", "accomplish", "timeframe", "consequences"}
    assert names <= set(book.patterns)


@pytest.mark.parametrize("text", ["Improve {nothing}?", "Why", "Why! Why?", " ".join(["word"] * 30) + "?"])
def test_a_text_that_cannot_be_asked_is_refused(text):
    raw = yaml.safe_load((ROOT / "knowledge" / "questions.yaml").read_text(encoding="utf-8"))
    raw["patterns"]["vague"]["texts"].append(text)
    with pytest.raises(ValidationError):
        QuestionBook.model_validate(raw)


# ---- hostile text


def test_hostile_text_stays_words(book):
    goal = VAGUE.model_copy(update={"quote": f"Improve {HOSTILE}", "title": HOSTILE})
    plan = a_plan(goals=(goal, VAGUE.model_copy(update={"id": "g3", "quote": "1. <b>Be</b> {by} **better**\n# now"})), supports=(a_quote(f"Access to {HOSTILE}"),), reasons=(a_quote(f"You seem {HOSTILE}"),))  # fmt: skip
    found = questions(plan, Known(), today=TODAY, book=book)
    shown = markdown.write(to_paper(found, book, name=HOSTILE))
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(shown)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    assert {child.type for child in inline} <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "softbreak"}
    assert not [token for token in tokens if token.type in ("html_block", "table_open", "fence", "code_block")]
    assert [token.content for token in tokens if token.type == "heading_open" and token.tag not in ("h1", "h2")] == []
    assert "https://" not in shown and "www." not in shown
    plain = "".join(child.content for child in inline)
    assert "{by}" in "".join(one.text for one in found) and "{by}" in plain, "what a plan says is no template"
    assert all(len(one.text.split()) < 30 for one in found)


def test_markdown_holds_the_whole_list(extracted, book):
    found = asked(extracted["d09"], book)
    shown = markdown.write(to_paper(found, book, name="d09.txt"))
    numbers = [int(match) for match in re.findall(r"^(\d+)\. \[ \] \*\*", shown, re.MULTILINE)]
    assert numbers == list(range(1, len(found) + 1))
    assert shown.startswith("# ") and shown.count("## ") == 2
    assert book.words["none"][0] in markdown.write(to_paper((), book))


# ---- the chat


def tracked(plan, reason=None, **more) -> Checklist:
    items, promises = from_plan(plan, "1" * 32, lambda: uuid.uuid4().hex)
    extraction = Extraction(document=Document(name="plan.txt", kind="text", text=""), is_plan=True, plan=plan, reason=reason)
    version = PlanVersion(id="1" * 32, number=1, added_on=TODAY, current=True, extraction=extraction)
    return Checklist(plan=version, items=items, promises=promises, **more)


@pytest.fixture(scope="module")
def vague_plan(extracted):
    return tracked(extracted["d09"].plan)


def say(library, checklist, text):
    turn = dataclasses.replace(a_turn(library, text, route=Route.QUESTIONS), today=TODAY)
    return [move.text for move in meeting_questions.moves(turn, checklist)]


def rows(said):
    return [line for text in said for line in text.splitlines() if re.match(r"\d+\. ", line)]


def test_without_a_plan_the_general_texts_answer(library):
    assert say(library, None, "what should I ask") == []
    assert say(library, Checklist(), "what should I ask") == []


def test_the_first_five_and_one_offer(library, vague_plan):
    said = say(library, vague_plan, "what should i ask in the first meeting")
    assert len(rows(said)) == FIRST and said[-1].count("?") == 1 and re.search(r"\b12\b", said[-1])
    more = say(library, vague_plan, "what else should i be asking")
    assert rows(more)[0].startswith("6. ") and not set(rows(more)) & set(rows(said))
    assert len(rows(say(library, vague_plan, "make me a list i can print"))) == 17


@pytest.mark.parametrize(
    ("text", "number"),
    [("5 questions max, i need them on my phone", 5), ("Short list please. going in at 2", 5), ("top three to ask Mr Haddad", 3), ("can you trim that list down to three", 3), ("whats the one question i must not forget", 1)],
)  # fmt: skip
def test_as_many_as_were_asked_for(library, vague_plan, text, number):
    found = rows(say(library, vague_plan, text))
    assert len(found) == number
    if "phone" in text or "Short" in text:
        assert all(len(row.split()) <= 18 for row in found)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("what should I be asking about goal 3", "Put the steps to reproduce"),
        ("Help me prepare what to ask my line manager re: objective 2", "Take more ownership"),
        ('How can I ask my manager what "more proactive" means without sounding snarky', "Communicate proactively"),
        ("questions about what \"ownership\" would look like to her", "Take more ownership"),
    ],
)  # fmt: skip
def test_one_goal_gets_two_wordings_and_a_line_to_offer(library, vague_plan, text, has):
    said = say(library, vague_plan, text)
    found = rows(said)
    assert len(found) == 2 and all(has in row for row in found) and found[0][3:] != found[1][3:]
    assert any("[" in text for text in said[2:3])


def test_a_clear_goal_is_said_to_be_clear(library):
    said = say(library, tracked(a_plan()), "what do I ask about goal 1")
    assert "95 % of tickets" in said[0] and len(rows(said)) == 2


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("is there a polite way of asking what happens if i miss by a little", "further action will be taken"),
        ("four questions on support", "Business Communication Basics"),
        ("what do I ask about who signs it off", "Who decides"),
        ("how do i ask about the missing deadline when we sit down", "By which day"),
        ("got my midpoint review thursday, what should I find out", "where do you see me"),
        ("final meeting is friday. what do i need to ask before it's over", "one at a time"),
        ("ask list for the check in with Dave tmrw", "where do you see me"),
        ("what do i bring to the check in tomorrow", "where do you see me"),
        ("okay i have 15 mins with HR, prioritise", "last day of the plan"),
    ],
)  # fmt: skip
def test_a_subject_or_a_review(library, vague_plan, text, has):
    said = say(library, vague_plan, text)
    assert any(has in row for row in [*rows(said), said[0]]), said
    assert 2 <= len(rows(said)) <= 6


def test_a_word_like_meeting_names_no_goal(library):
    held = CLEAR.model_copy(update={"quote": "Bring more energy to leadership meetings.", "missing": (Missing.VAGUE,)})
    said = say(library, tracked(a_plan(goals=(held, VAGUE))), "can you give me questions for my review meetings")
    assert len(rows(said)) > 2


def test_asking_about_the_end_begins_with_the_will_to_meet_it(library, extracted):
    said = say(library, tracked(extracted["d05"].plan), "how do i ask what happens if it goes wrong without sounding like im planning to fail")
    assert len(rows(said)) >= 2 and any("I mean to meet" in text for text in said)


def test_the_figure_in_the_message_finds_the_conflict(library, extracted):
    said = say(library, tracked(extracted["d02"].plan), "how can i question the 98% thing without them thinking im refusing")
    assert all("98 %" in row and "97.5 %" in row for row in rows(said)) and len(rows(said)) == 2
