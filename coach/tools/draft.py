"""Words to send: a message from a skeleton of moves and the person's own facts. Pure and deterministic.

What nobody knows stands in [brackets] and is asked for in the notes; nothing is made up, nothing is sent.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coach.schema.checklist import Checklist
from coach.schema.conversation import Known
from coach.schema.drafts import SLOT, DraftBook, DraftKind, Letter, Step, Wording
from coach.schema.plan import Plan
from coach.tools.draft_facts import Entry, Facts, found, given

WORDS = 160  # from here on a message is long
ASKED_FOR = {"request", "ask", "examples"}
_ENDS = ".?!\u201d"


def draft(
    kind: DraftKind, facts: Mapping[str, Any], plan: Plan | None, known: Known, checklist: Checklist | None, today: date, book: DraftBook,
    variant: int = 0,
) -> Letter:  # fmt: skip
    """The message with everything that is known in its place. `variant` chooses among wordings that fit equally well.

    What the person hands over in `facts` stands before what is on file. Raises UserError where `facts` is no object.
    """
    mine, odd = given(kind, facts, set(book.blanks))
    on_file = found(kind, plan, known, checklist, today)
    if kind is DraftKind.SUPPORT and ASKED_FOR & set(mine):
        on_file = {name: value for name, value in on_file.items() if name not in ("support", "promised_for")}  # they ask for something else
    writer = _Writer(on_file | mine, book, variant)
    skeleton = book.kinds[kind]
    subject = writer.say(Step.model_construct(wordings=skeleton.subject)) if skeleton.subject else ""
    parts = [book.words["subject"].replace("{subject}", subject.rstrip("."))] if subject else []
    parts += filter(None, (writer.paragraph([book.moves[name] for name in names]) for names in skeleton.paragraphs))
    text = "\n\n".join(parts)
    asked = [book.asks[slot] for slot in writer.open if slot in book.asks]
    unused = [(name, _shown(value)) for name, value in mine.items() if name not in writer.used] + odd
    notes = [*dict.fromkeys(asked), *skeleton.notes]
    notes += [book.words["no_evidence"].replace("{value}", said) for said in writer.unshown]
    if unused:
        notes.append(book.words["unused"].replace("{values}", "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in unused)))
    return Letter(text=text, notes=(*notes, book.words["long"]) if len(text.split()) > WORDS else tuple(notes))


class _Writer:
    """Fills moves with facts, and remembers what was used, what was open and what nothing shows yet."""

    def __init__(self, facts: Facts, book: DraftBook, variant: int) -> None:
        self._facts, self._book, self._variant = facts, book, variant
        self.used: set[str] = set()
        self.open: list[str] = []
        self.unshown: list[str] = []

    def paragraph(self, steps: list[Step]) -> str:
        """The moves of one paragraph: sentences in a row, entries of a list each on a line of their own."""
        text = ""
        for step in steps:
            said = self._list(step) if step.each else self.say(step)
            if said:
                gap = "\n" if step.each or text.endswith(":") else " "
                text += (gap if text else "") + said
        return text

    def say(self, step: Step) -> str:
        """One wording of the move, or "" where none fits."""
        values = {name: _shown(value) for name, value in self._facts.items()}
        return self._wording(step, values, self._variant)

    def _list(self, step: Step) -> str:
        entries = self._facts.get(step.each or "", [])
        entries = entries if isinstance(entries, list) else [{step.each or "": entries}]
        if entries:
            self.used.add(step.each or "")
        lines = []
        for number, entry in enumerate(entries or [{}], start=1):
            if line := self._wording(step, entry | {"n": str(number)}, 0):
                lines.append(line)
                if step.each == "progress" and "done" in entry and "evidence" not in entry:
                    self.unshown.append(entry["done"])
        return "\n".join(lines)

    def _wording(self, step: Step, values: Entry, variant: int) -> str:
        fitting = [one for one in step.wordings if all(name in values for name in one.needs) and not any(name in values for name in one.unless)]
        if not fitting:
            return ""
        best = max(len(one.needs) for one in fitting)
        fitting = [one for one in fitting if len(one.needs) == best]
        return self._fill(fitting[variant % len(fitting)], values)

    def _fill(self, wording: Wording, values: Entry) -> str:
        for slot in SLOT.findall(wording.text):
            if slot in values:
                self.used.add(slot)
            elif slot not in self.open:
                self.open.append(slot)
        blanks = self._book.blanks
        text = _fill_once(wording.text, {slot: values.get(slot, blanks[slot]) for slot in SLOT.findall(wording.text)})
        return _one_stop(wording.text, text)


def _fill_once(template: str, values: Entry) -> str:
    # what is put in is no template
    return SLOT.sub(lambda match: values.get(match[1], match[0]), template)


def _one_stop(template: str, text: str) -> str:
    """Without a second full stop where the person's own words end with one."""
    return text[:-1] if template.endswith("}.") and len(text) > 1 and text[-2] in _ENDS else text


def _shown(value: str | list[Entry]) -> str:
    if isinstance(value, str):
        return value
    lines = ["; ".join(part for name, part in entry.items() if name != "n") for entry in value]
    return ", ".join(lines)
