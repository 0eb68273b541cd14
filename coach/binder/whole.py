"""Whether all that was read from an archive fits together, before it is stored. Pure; mends nothing."""

import re
from collections import Counter
from collections.abc import Iterable

from coach.checklist.ics import moment
from coach.errors import UserError
from coach.schema.binder import Kept
from coach.schema.checklist import LARGEST_FILE

_ID = re.compile(r"[0-9a-f]{32}")
LARGEST_NUMBER = 2**63 - 1  # what a column holds


def check(kept: Kept) -> None:
    """UserError, naming the part, where an id comes twice or is missing, or something refers to what is not there."""
    lists, items = kept.checklist, kept.checklist.items
    steps = [step for item in items for step in item.steps]
    evidence = [shown for item in items for shown in item.evidence]
    tracked = {name: getattr(lists, name) for name in type(lists).model_fields if name != "plan"}
    for name, records in {**tracked, "steps": steps, "evidence": evidence}.items():
        _unique((record.id for record in records), name)
        _numbers(records, name)
    _unique((talk.session.id for talk in kept.talks), "talks")
    _unique((plan.id for plan in kept.plans), "plans")
    ids = (*(talk.session.id for talk in kept.talks), *(plan.id for plan in kept.plans))
    _that(all(_ID.fullmatch(id) for id in ids), "ids")
    _unique((str(plan.number) for plan in kept.plans), "plans")
    _that(lists.plan is None and sum(plan.current for plan in kept.plans) == min(1, len(kept.plans)), "plans")
    _that(all(abs(plan.number) <= LARGEST_NUMBER for plan in kept.plans), "plans")
    plans, known = {plan.id for plan in kept.plans}, {item.id for item in items}
    _that(all(part.plan in plans for part in (*items, *lists.promises) if part.plan is not None), "plans")
    _that(all(part.item == item.id for item in items for part in (*item.steps, *item.evidence)), "items")
    about = (*lists.log, *lists.feedback, *lists.questions)
    _that(all(record.item in known for record in about if record.item is not None), "items")
    named = {shown.attachment: shown.size for shown in evidence if shown.attachment is not None}
    _that(named.keys() == kept.files.keys(), "files")
    _that(
        all(len(data) == named[id] and 0 < len(data) <= LARGEST_FILE for id, data in kept.files.items()),
        "files",
    )
    for meeting in lists.check_ins:
        moment(meeting.at, meeting.zone)
    for talk in kept.talks:
        messages = (*talk.session.messages, *(aside.message for aside in talk.aside))
        _that(all(message.id is None for message in messages), "talks")


def _unique(ids: Iterable[str], name: str) -> None:
    _that(all(id and count == 1 for id, count in Counter(ids).items()), name)


def _numbers(records: Iterable, name: str) -> None:
    for record in records:
        values = [
            part
            for value in vars(record).values()
            for part in (value if isinstance(value, tuple) else (value,))
        ]
        _that(all(abs(value) <= LARGEST_NUMBER for value in values if isinstance(value, int)), name)


def _that(holds: bool, name: str) -> None:
    if not holds:
        raise UserError(f"This archive cannot be imported: its {name} do not fit together.")
