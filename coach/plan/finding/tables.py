"""Tables taken apart into statements: columns with a header, pairs of label and value, grids, rows that are headings."""

import re

from coach.plan.finding import sentences
from coach.plan.finding.prose import paragraph
from coach.plan.finding.roles import NUMBERED, Role, label
from coach.plan.finding.walk import KEY, Walk, lines
from coach.schema.plan import Block, Document

_I = re.IGNORECASE


def table(walk: Walk, cells: list[Block]) -> None:
    """All cells of one table, in whatever way it is laid out."""
    rows: dict[int, list[Block]] = {}
    for cell in cells:
        rows.setdefault(cell.row or 0, []).append(cell)
    ordered = [sorted(rows[row], key=lambda cell: cell.column or 0) for row in sorted(rows)]
    name = f"t{cells[0].table}"
    if all(len(row) == 1 for row in ordered):
        kept = (walk.role, walk.title, walk.parents, walk.number)
        for row in ordered:
            walk.paragraph += 1
            if len(row[0].text.split()) < 14 and label(row[0].text) and not row[0].text.rstrip().endswith("."):
                walk.heading(row[0].text, 9)
            else:
                paragraph(walk, row[0])
        walk.pending = None
        walk.role, walk.title, walk.parents, walk.number = kept
        walk.section += 1
        return
    head = [label(cell.text) if len(cell.text.split()) < 16 else None for cell in ordered[0]]
    # an empty corner or a short column of numbers does not make a header less of one
    named = sum(role not in (None, Role.DETAIL) and not cell.text.rstrip().endswith(":") for role, cell in zip(head, ordered[0], strict=True))
    first_column = [label(row[0].text) if len(row[0].text.split()) < 9 else None for row in ordered]
    keyed = sum(role is not None or row[0].text.rstrip().endswith(":") for role, row in zip(first_column, ordered, strict=True))
    inner = [cell for row in ordered for cell in row if (found := KEY.match(cell.text)) and ":" in found[0][: found.end("key") + 2] and found["value"]]
    if 2 * len(inner) >= sum(len(row) for row in ordered):
        for cell in (cell for row in ordered for cell in row):
            walk.paragraph += 1
            paragraph(walk, cell)
            walk.pending = None
        return
    widths = [len(row) for row in ordered]
    if widths.count(2) >= 2 and max(widths) == 2 and 1 in widths and all(len(row[0].text.split()) < 11 for row in ordered if len(row) == 2):
        kept = (walk.role, walk.title, walk.parents, walk.number)
        _pairs(walk, ordered, name)
        walk.pending = None
        walk.role, walk.title, walk.parents, walk.number = kept
        walk.section += 1
        return
    if len(ordered[0]) == 2 and len(ordered) > 1 and not named and all(len(row[0].text.split()) < 7 and not row[0].text.rstrip().endswith(".") for row in ordered):
        keyed = len(ordered)
    if all(len(row) in (2, 4) for row in ordered) and named < 2 and _short_names(ordered):
        _pairs(walk, ordered, name)
        walk.pending = None
        return
    pairs = len(ordered[0]) in (2, 4) and keyed >= max(1, 0.6 * len(ordered)) and not (named >= 2 and len(ordered) > 1 and _is_header(ordered))
    if len(ordered) > 1 and len(ordered[0]) > 2 and keyed >= 0.6 * (len(ordered) - 1) and sum(role is not None for role in first_column[1:]) >= 3:
        _grid(walk, ordered, first_column, name)
    elif pairs:
        _pairs(walk, ordered, name)
    elif named >= 2 or (named and len(ordered[0]) >= 2 and _is_header(ordered)):
        _columns(walk, ordered, head, name)
    elif walk.role is Role.GOAL and all(len(row) == 2 for row in ordered):
        for row in ordered:
            walk.add(row[1], row[1].start, row[1].end, label(row[0].text) or Role.MEASURE, "cell", key=row[0].text.strip(" :"))
    else:
        for row in ordered:
            for cell in row:
                walk.paragraph += 1
                paragraph(walk, cell)
            walk.pending = None
    walk.pending = None


def _short_names(rows: list[list[Block]]) -> bool:
    """Whether every other cell, from the first, reads like the name of a field."""
    names = [cell.text for row in rows for cell in row[::2]]
    values = [cell.text for row in rows for cell in row[1::2]]
    like = sum(len(text.split()) < 5 and not re.search(r"\d|[.;]$", text) for text in names)
    return like >= 0.9 * len(names) and len(set(names)) == len(names) and sum(len(text) for text in values) > 0.8 * sum(len(text) for text in names)


def _is_header(rows: list[list[Block]]) -> bool:
    words = [len(cell.text.split()) for cell in rows[0]]
    below = [len(cell.text.split()) for row in rows[1:] for cell in row]
    return max(words) < 16 and not any(re.search(r"\d{2,}", cell.text) for cell in rows[0]) and sum(words) / len(words) <= (sum(below) / len(below) if below else 0) + 2  # fmt: skip


def _columns(walk: Walk, rows: list[list[Block]], head: list[Role | None], name: str) -> None:
    by_column = {cell.column: (role, cell.text) for cell, role in zip(rows[0], head, strict=True)}
    if not any(unit.role is Role.GOAL and unit.source in ("item", "cell", "label") for unit in walk.units):
        by_column = _scorecard(by_column)
    goals = [column for column, (role, _) in by_column.items() if role is Role.GOAL]
    for column in goals[1:]:
        if re.match(r"\W*what (?:success|good)\b", by_column[column][1], _I):
            by_column[column] = (Role.MEASURE, by_column[column][1])  # beside a column of goals it says how they are judged
    numbers = {column for column, (role, text) in by_column.items() if role is Role.GOAL and re.fullmatch(r"\W*(?:goal|objective|expectation|item|area)?\s*(?:no\.?|#|number|ref)?\W*", text, _I)}
    who = next((column for column, (_, text) in by_column.items() if re.fullmatch(r"\W*(?:who|owner|responsible(?: person)?|by whom|person|lead|action by)\W*", text, _I)), None)
    for row in rows[1:]:
        walk.paragraph += 1
        others = who is not None and any(cell.column == who and not _is_employee(cell.text, walk.document) for cell in row)
        if len(row) == 1 and len(by_column) > 1:
            if (marked := re.match(r"(\d{1,2})[.)]\s+\S", row[0].text)) and len(row[0].text.split()) < 9:
                walk.number = marked[1]  # "2. Supplier claims" above the rows that belong to it
            else:
                paragraph(walk, row[0])
            walk.pending = None
            continue
        if re.match(r"\W*(?:sub|grand )?total\b", row[0].text, _I):
            continue
        group, number = f"{name}r{row[0].row}", None
        for cell in row:
            role, key = by_column.get(cell.column, (None, ""))
            if cell.column == who:
                continue
            if walk.role in (Role.ADVICE, Role.ACTIVITY) and role is Role.GOAL:
                role = Role.ACTIVITY
            if others:
                role = Role.SUPPORT if role is Role.GOAL else Role.MANAGER
            plain = re.fullmatch(r"\W*(?:(?:goal|objective|expectation|item)\s*)?(?P<n>\d{1,2}(?:\.\d{1,2})?|[A-F])\W*", cell.text, _I)
            if plain and (cell.column in numbers or cell.column == 0):
                number = plain["n"]
                continue
            _cell(walk, cell, role, key, group, number)


_KPI = re.compile(r"\W*(?:kpis?|metrics?|measures?|indicators?|key (?:figure|result)s?|what (?:we|i) measure)\W*$", _I)
_LEVEL = re.compile(r"\W*(?:your )?(?:targets?|must be|should be|needs? to be|goal|aim|required(?: level)?|expected(?: level)?|to reach|where you need to be|minimum|by the end)\W*$", _I)
_NOW = re.compile(r"\W*(?:weight(?:ing)?|baseline|current\w*|now|today|actual|previous|so far|where you are|status|last \d+ \w+|last (?:month|quarter|year))\b", _I)


def _scorecard(columns: dict[int, tuple[Role | None, str]]) -> dict[int, tuple[Role | None, str]]:
    # "Metric | Now | Must be": with no column of goals, what is measured is the goal, and its level the measure
    named = next((column for column, (_, text) in columns.items() if _KPI.match(text)), None)
    level = next((column for column, (_, text) in columns.items() if _LEVEL.match(text)), None)
    if named is None or level is None or any(role is Role.GOAL and column != level for column, (role, _) in columns.items()):
        return columns
    roles = {named: Role.GOAL, level: Role.MEASURE} | {column: Role.DETAIL for column, (_, text) in columns.items() if _NOW.match(text)}
    return {column: (roles.get(column, role), text) for column, (role, text) in columns.items()}


def _is_employee(text: str, document: Document) -> bool:
    named = re.search(r"(?:employee|name|dear|to)\b[^:\n]{0,12}[:,]?\s+(?P<n>[A-Z][\w-]+)", document.text)
    labelled = re.search(r"^\W*(?i:employee|name|member of staff|staff member|team member|colleague)\b[^:\n]{0,12}:\W+(?P<n>[A-Z][\w-]+(?: [A-Z][\w-]+)+)", document.text, re.M)
    if labelled and re.fullmatch(r"\W*[A-Z]{2,3}\W*", text):
        return re.sub(r"\W", "", text) == "".join(word[0] for word in labelled["n"].split())
    return bool(re.search(r"\b(?:you|employee|staff member|team member)\b", text, _I)) or (named is not None and named["n"] in text) or (document.recipient or "\0").split()[0] in text


def _cell(walk: Walk, cell: Block, role: Role | None, key: str, group: str, number: str | None) -> None:
    own, own_key = role, key
    for start, end in lines(cell):
        text = walk.document.text[start:end]
        found = KEY.match(text)
        if found and ":" in text[: found.end("key") + 2] and found["value"] and len(found["key"].split()) < 6 and not NUMBERED.match(text) and (mark := label(found["key"])) and (mark is not Role.DETAIL or role is None):
            own, own_key = mark, found["key"]
            start += found.start("value")
        walk.add(cell, start, end, own, "cell", group=group, number=number, key=own_key)


def _pairs(walk: Walk, rows: list[list[Block]], name: str) -> None:
    number = walk.number
    for row in rows:
        if len(row) == 1:
            walk.paragraph += 1
            if row[0].column == 0 and row[0].span == 1 and any(cell.span > 1 for other in rows for cell in other):
                continue  # a field that was left empty
            if len(row[0].text.split()) < 14 and not row[0].text.rstrip().endswith(".") and (label(row[0].text) or NUMBERED.match(row[0].text)):
                walk.heading(row[0].text, 9)
                number = walk.number
            elif not re.search(r"[\u2610\u2611\u2612]|\[ ?\]|_{3,}", row[0].text):
                paragraph(walk, row[0])
            continue
        for position in range(0, len(row) - 1, 2):
            walk.paragraph += 1
            key, value = row[position], row[position + 1]
            numbered = NUMBERED.match(key.text.strip())
            if numbered:
                number = numbered["n"]
            after_goal = walk.role is Role.GOAL and bool(walk.units) and walk.units[-1].section == walk.section and not numbered
            role = label(key.text) or (Role.MEASURE if after_goal else walk.role)
            group = f"n{number}" if number else f"{name}"
            points = sentences.enumerated(value.text) if "\n" in value.text else []
            if role is Role.GOAL and not points and _several(value):
                for start, end in lines(value):
                    walk.add(value, start, end, role, "cell", group=group, number=number, key=key.text.strip(" :"))
                continue
            for marker, start, end in points:
                walk.add(value, value.start + start, value.start + end, role, "cell", number=marker.strip("()."), key=key.text.strip(" :"))
            if not points:
                walk.add(value, value.start, value.end, role, "cell", group=group, number=number, key=key.text.strip(" :"))


def _several(cell: Block) -> bool:
    # a cell of whole sentences, one to a line
    said = [line.strip() for line in cell.text.split("\n") if line.strip()]
    return len(said) > 1 and all(line[:1].isupper() and line.endswith((".", ";")) and len(line.split()) > 3 for line in said)


def _grid(walk: Walk, rows: list[list[Block]], labels: list[Role | None], name: str) -> None:
    # labels down the side, one goal in each column
    for role, row in zip(labels, rows, strict=True):
        for cell in row[1:]:
            walk.paragraph += 1
            walk.add(cell, cell.start, cell.end, role or walk.role, "cell", group=f"{name}c{cell.column}", key=row[0].text.strip(" :"))
