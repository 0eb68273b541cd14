"""The record as a document: the plan in its own words, and all that the person noted with it. Pure; adds nothing."""

from collections.abc import Iterator
from datetime import date

from coach.binder import noted
from coach.binder.noted import facts
from coach.checklist.words import day
from coach.schema.binder import BinderBook, Kept
from coach.schema.checklist import Checklist, Item, Origin, PlanVersion
from coach.schema.documents import Block, Bullets, Heading, Paper, Paragraph, Quotation, Task
from coach.schema.plan import Quote, Signature

Words = dict[str, str]


def record(kept: Kept, book: BinderBook, on: date, *, talks: bool = False) -> Paper:
    """Everything that is kept as it stood on a day; the conversations only where `talks` says so."""
    say, checklist = book.words, kept.checklist
    names = {plan.id: plan.extraction.document.name for plan in kept.plans}
    blocks = [
        *_plans(kept.plans, say), *_goals(checklist, names, say), *noted.promises(checklist, names, say),
        *noted.log(checklist, say), *noted.feedback(checklist, say), *noted.check_ins(checklist, say),
        *noted.questions(checklist, say), *noted.drafts(checklist, say), *noted.rehearsals(checklist, say),
        *(noted.talks(kept.talks, say) if talks else ()),
    ]  # fmt: skip
    first = Paragraph(text=say["intro"] if blocks else say["empty"], quiet=True)
    subtitle = say["subtitle"].format(day=day(on))
    return Paper(title=say["title"], subtitle=subtitle, page=say["page"], blocks=(first, *blocks))


def _plans(plans: tuple[PlanVersion, ...], say: Words) -> Iterator[Block]:
    current = next((plan for plan in plans if plan.current), None)
    if current is None or current.extraction.plan is None:
        return
    plan, file = current.extraction.plan, current.extraction.document.name
    means = {Signature.RECEIPT: say["signing_receipt"], Signature.AGREEMENT: say["signing_agreement"]}
    yield Heading(text=say["plan"])
    yield from facts(
        (say["file"], file), (say["added"], day(current.added_on)), (say["employee"], plan.employee),
        (say["manager"], plan.manager), (say["starts"], plan.start_date and day(plan.start_date)),
        (say["ends"], plan.end_date and day(plan.end_date)), (say["signing"], means.get(plan.signature)),
    )  # fmt: skip
    for name, quotes in (
        ("reasons", plan.reasons), ("check_ins_quote", (plan.check_ins,)), ("consequences", (plan.consequences,)),
        ("response_window", (plan.response_window,)), ("conflicts", plan.conflicts),
    ):  # fmt: skip
        if any(quotes):
            yield Heading(text=say[name], level=2)
            yield from (_quoted(quote, file, say) for quote in quotes if quote)
    if earlier := [other for other in plans if not other.current]:
        yield Heading(text=say["earlier"], level=2)
        yield Bullets(
            lines=tuple(
                say["version"].format(file=other.extraction.document.name, day=day(other.added_on))
                for other in earlier
            )
        )


def _quoted(quote: Quote, file: str, say: Words) -> Quotation:
    return Quotation(text=quote.quote, source=say["source"].format(file=file, page=quote.page))


def _goals(checklist: Checklist, names: dict[str, str], say: Words) -> Iterator[Block]:
    if checklist.items:
        yield Heading(text=say["goals"])
    for number, item in enumerate(checklist.items, start=1):
        yield from _goal(item, number, names.get(item.plan or "", ""), say)


def _goal(item: Item, number: int, file: str, say: Words) -> Iterator[Block]:
    gone = f" ({say['dropped']})" if item.origin is Origin.DROPPED else ""
    yield Heading(text=f"{number}. {item.title}{gone}", level=2)
    if item.quote.strip():
        where = say["source"].format(file=file, page=item.page or 1) if file else ""
        yield Quotation(text=item.quote, source=where)
    status = item.status.value.replace("_", " ")
    measure = item.measure
    if measure and item.measure_source and item.origin is not Origin.ADDED:
        measure = say["agreed"].format(measure=measure, source=item.measure_source)
    yield from facts(
        (say["status"], say["since"].format(status=status, day=day(item.status_on)) if item.status_on else status),
        (say["deadline"], item.deadline and day(item.deadline)), (say["measure"], measure), (say["target"], item.target),
        (say["judged_by"], item.evidence_source), (say["open"], ", ".join(item.missing)),
    )  # fmt: skip
    if item.notes.strip():
        yield Paragraph(label=say["notes"], text=item.notes)
    if item.steps:
        yield Heading(text=say["steps"], level=3)
        for step in item.steps:
            when = f" ({day(step.done_on)})" if step.done_on else ""
            yield Task(text=f"{step.text}{when}", ticked=step.done)
    yield Heading(text=say["evidence"], level=3)
    if not item.evidence:
        yield Paragraph(text=say["nothing_yet"], quiet=True)
        return
    lines = []
    for shown in item.evidence:
        more = [say["minutes"].format(count=shown.minutes)] if shown.minutes else []
        more += [say["kept_file"].format(name=shown.file)] if shown.file else []
        lines.append(f"{day(shown.on)}: {shown.text}" + (f" ({', '.join(more)})" if more else ""))
    yield Bullets(lines=tuple(lines))
