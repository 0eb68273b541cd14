"""A second look at a text: what is marked stands in it, the calmer words add nothing, and calm sentences are left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import library as library_module
from coach.evals.drafts import drafts
from coach.evals.score import read
from coach.locations import ROOT
from coach.schema.drafts import SLOT, MarkKind
from coach.schema.plan import Goal, Plan
from coach.tools.draft_check import calm, marks
from coach.tools.draft_clauses import clauses

SETS = ROOT / "tests" / "evals"
CASES = [
    ("It was all my fault, every bit of it.", MarkKind.BLANKET_ADMISSION),
    ("You lied about the meeting on 3 May.", MarkKind.ACCUSATION),
    ("Nobody here ever gets told anything.", MarkKind.ABSOLUTE),
    ("You will hear from my lawyer.", MarkKind.THREAT),
    ("You only did this to get rid of me.", MarkKind.MOTIVE),
    ("The whole plan is ridiculous.", MarkKind.FEELING_AS_FACT),
    ("My password is Tiger77, so you can look.", MarkKind.CONFIDENTIAL),
    ("Several of the dates in it are wrong.", MarkKind.MISSING_FACT),
    ("I am so, so sorry, please forgive me.", MarkKind.OVER_APOLOGY),
]
texts = st.lists(st.sampled_from([case[0] for case in CASES] + ["Could we meet on 4 May?", "I was late on the 3rd, that was my mistake.", "\n\n", "<b>x</b> {y}", "YOU IGNORED ME!!!"]), max_size=5).map(" ".join)


@pytest.mark.parametrize(("text", "kind"), CASES, ids=[case[1].value for case in CASES])
def test_each_kind_is_marked_with_a_reason_and_calmer_words(library, text, kind):
    found = [mark for mark in marks(text, library.marks) if mark.kind is kind]
    assert found and found[0].why and found[0].calmer and found[0].calmer != found[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "I was eleven minutes late on the 4th, that was my mistake.",
        "The plan says \u201cyou never return calls\u201d. The log shows 14 calls on 3 May.",
        "My union representative will join me on Tuesday.",
        "Sorry, I meant the 14th, not the 15th.",
        "I feel worried about the timing, since the audit is in week 3.",
        "I don't agree with the second point, because I was on leave from 3 to 7 August.",
        "Always happy to help.",
        "",
        "?",
    ],
)
def test_calm_sentences_are_left_alone(library, text):
    assert marks(text, library.marks) == () and calm(text, ()) == text


@pytest.fixture(scope="module")
def book(library):
    return library.marks


RUDE = (
    "You are a gutless wanker.", "he is a gutless wanker", "You can shove your plan.", "shove your plan", "You lot are a joke.", "Screw you and your plan.",
    "You people are clowns.", "My manager is an idiot.", "the team are clowns", "My boss Dana is two-faced.", "Go to hell.",
)  # fmt: skip


@pytest.mark.parametrize("text", RUDE)
def test_an_insult_is_marked_and_its_reason_is_its_own(book, text):
    found = [mark for mark in marks(text, book) if mark.kind is MarkKind.ACCUSATION]
    assert found and found[0].why != book.kinds[MarkKind.ACCUSATION].why and found[0].calmer


@pytest.mark.parametrize("text", ["She is not stupid.", "Please stick to the plan.", "I'll stick the plan on the wall.", "The rat trap in unit 4 is open."])
def test_what_only_sounds_like_one_is_left_alone(book, text):
    assert marks(text, book) == ()


learned = st.sampled_from([sentence.text for sentence in library_module.load(ROOT / "knowledge").marked])


@settings(max_examples=60, deadline=None)
@given(text=texts | st.lists(learned | st.sampled_from(RUDE), min_size=1, max_size=3).map(" ".join))
def test_its_own_calmer_wording_is_never_marked_again(book, text):
    for mark in marks(text, book):
        assert marks(mark.calmer, book) == (), (mark.quote, mark.calmer)


def test_every_wording_in_the_book_passes_the_check(book):
    slots = {"text": "The rota was short", "facts": "On 3 May: ", "thing": "the rota of 3 May", "rest": ""}
    wordings = [book.plain, book.softened, *(kind.calmer for kind in book.kinds.values())]
    wordings += [rule.calmer for kind in book.kinds.values() for rule in kind.rules if rule.calmer]
    for wording in wordings:
        said = SLOT.sub(lambda match: slots.get(match[1], match[0]), wording)
        assert marks(said[:1].upper() + said[1:], book) == (), said


def test_a_blank_of_the_persons_own_is_marked_and_one_of_ours_is_not(book):
    assert [mark.kind for mark in marks("I spoke to [name] on 3 May.", book)] == [MarkKind.MISSING_FACT]
    assert marks("I see this differently, and I would like to talk about [which point].", book) == ()


@settings(max_examples=80, deadline=None)
@given(text=texts | st.text(max_size=200))
def test_quotes_are_exact_and_nothing_is_added(book, text):
    found = marks(text, book)
    known = f"{text} {[(kind.calmer, kind.rules) for kind in book.kinds.values()]} {book.softer}".lower()
    for mark in found:
        assert mark.quote == text[mark.span[0] : mark.span[1]] and mark.quote in text
        assert all(number in text for number in re.findall(r"\d+", mark.calmer))
        assert all(word.lower() in known for word in re.findall(r"\b[A-Z][a-z]+", mark.calmer))
    for number in re.findall(r"\d+", calm(text, found)):
        assert number in text


@given(text=st.text(max_size=300))
def test_clauses_are_parts_of_the_text_in_order(text):
    found = clauses(text)
    assert all(clause.of(text).strip() == clause.of(text) != "" for clause in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_the_facts_survive_the_heat(library):
    text = "As I have told you SEVERAL TIMES the booking tool was DOWN on the 6th and 7th which you would know if you ever read the channel"
    assert calm(text, marks(text, library.marks)) == "The booking tool was down on the 6th and 7th"
    text = "Because of YOUR late sign-off on 6 May I sent it 8 May"
    assert calm(text, marks(text, library.marks)) == "After the sign-off on 6 May I sent it 8 May"


def test_words_of_the_plan_are_not_the_persons(library):
    text = "Goal 2 is that I am always on time for the daily meeting and everyone knows it."
    goal = Goal(id="g1", title="x", quote="The employee is always on time for the daily meeting and everyone knows it", span=(0, 1))
    assert marks(text, library.marks)
    assert marks(text, library.marks, Plan(goals=(goal,))) == ()


def test_an_ear_is_asked_where_no_rule_fits(library):
    class Ear:
        def kinds(self, text):
            return (MarkKind.THREAT,) if "volcano" in text else ()

    (mark,) = marks("The volcano wakes up soon enough. I wrote on 3 May.", library.marks, None, Ear())
    assert mark.kind is MarkKind.THREAT and mark.quote == "The volcano wakes up soon enough"


@pytest.mark.parametrize("by_words", [True, False], ids=["rules only", "with the models"])
def test_the_labelled_passages_keep_their_figures(built, by_words):
    score = drafts(built, SETS / "draft_passages.jsonl", by_words=by_words)
    assert score.items >= 100
    assert score.figures["precision"] >= 0.9 and score.figures["recall"] >= 0.9 and score.figures["false alarms"] <= 0.04, "\n".join(score.misses)


def test_the_set_is_sound():
    for name in ("draft_passages", "draft_passages_blind", "draft_passages_hard"):
        items = read(SETS / f"{name}.jsonl")
        assert len({item["id"] for item in items}) == len(items)
        assert 0.4 <= sum(not item["marks"] for item in items) / len(items) <= 0.6
        for item in items:
            assert all(one["quote"] in item["text"] and one["kind"] in list(MarkKind) for one in item["marks"])


def test_no_passage_was_learned_from(library):
    learned = {sentence.text.strip(" .").lower() for sentence in library.marked}
    for name in ("draft_passages", "draft_passages_blind", "draft_passages_hard"):
        text = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").lower()
        assert not [one for one in learned if len(one) > 25 and one in text]
