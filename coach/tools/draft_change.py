"""A draft that was just shown, changed as the person asks: shorter, softer, a fact more or less, another name. Pure.

Nothing is added but what they say, their facts are kept, and what could not be done is said.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from coach.schema.drafts import BLANK, DraftBook, MarkBook
from coach.tools.draft_check import calm, marks
from coach.tools.draft_letter import Message, joined, pieces
from coach.tools.plan import day
from coach.understand.when import WHEN, shorten

_I = re.IGNORECASE
_N = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LIMIT = re.compile(r"\b(?P<n>\d|one|two|three|four|five|six) (?P<what>lines?|sentences?)\b", _I)
_SHORTER = re.compile(r"\b(?:too (?:long|wordy|much)|shorter|cut it (?:down|to)|trim|less wordy|(?:lines?|sentences?)(?: max)?$)", _I)
_SOFTER = re.compile(r"\b(?:softer|gentler|warmer|nicer|kinder|friendlier|calmer|more (?:polite(?:ly)?|friendly|softly)|less (?:direct|harsh|blunt)|too (?:harsh|hard|blunt|cold|direct))\b", _I)
_FORMAL = re.compile(r"\b(?:more formal(?:ly)?|less casual|too casual)\b", _I)
_CASUAL = re.compile(r"\b(?:less formal|not so formal|more casual|too (?:formal|stiff)|less stiff|for slack|for teams|for whats ?app|as a (?:text|chat))\b", _I)
_OUT = re.compile(r"\b(?:take (?:out|away)|remove|delete|drop|cut|leave out|without)\s+(?:(?:the|that|this)\s+)?(?:(?:part|bit|line|sentence|point|thing|stuff)s?\s+)?(?:(?:about|with|on|of|where)\s+)?(?:the\s+|my\s+)?(?P<what>[^.!?\n]{2,60})", _I)
_ADD = re.compile(r"^(?P<lead>.*?)\b(?:add|mention|include|put in|insert|say|tell (?:him|her|them))[:,]?\s+(?:in\s+|also\s+)?(?:(?:something|a (?:line|sentence|point)) (?:about|on|that)\s+)?(?:(?:the fact )?that\s+)?(?P<what>\S[^\n]*)$", _I | re.DOTALL)
_ADDS = re.compile(r"\b(?:add|mention|include|put in|insert)\b", _I)
_SIGN = re.compile(r"\b(?:sign(?: it)?(?: off)?(?: as| with)?|my name is|from)\s+(?P<name>[A-Za-z\u00c0-\u024f][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*)?)\W*$", _I)
_TO = re.compile(r"\b(?:address(?: it)? to|it'?s (?:to|for)|goes to|(?:the|his|her|manager'?s?|boss'?s?) name is|my (?:manager|boss|lead|supervisor) is)\s+(?P<name>(?!(?:slack|teams|whats|an?|the|my|our|work|chat|e-?mail|text|her|him|them)\b)[A-Za-z\u00c0-\u024f][\w'\u2019-]*(?: (?-i:[A-Z])[\w'\u2019-]*)?)", _I)
_CHAT = re.compile(r"\bfor (?:slack|teams|whats ?app|chat|a text)\b|\bas a (?:text|chat)\b", _I)
_SWAP = re.compile(r"\b(?:change|replace|swap)\s+[\"\u201c']?(?P<old>[^\"\u201d'\n]{2,60}?)[\"\u201d']?\s+(?:to|with|for|by|into)\s+[\"\u201c']?(?P<new>[^\"\u201d'\n]{1,80}?)[\"\u201d']?\W*$", _I)
_SHORT_FORMS = (("I'd like", "I would like"), ("I'd", "I would"), ("I'm", "I am"), ("I'll", "I will"), ("I've", "I have"), ("don't", "do not"), ("doesn't", "does not"), ("didn't", "did not"), ("can't", "cannot"), ("isn't", "is not"), ("it's", "it is"), ("It's", "It is"), ("hasn't", "has not"), ("haven't", "have not"), ("won't", "will not"), ("Thanks for", "Thank you for"))  # fmt: skip
_TYPED = ((r"\bi\b", "I"), (r"\bim\b", "I'm"), (r"\bive\b", "I've"), (r"\bi'(?=[a-z])", "I'"), (r"\bid\b(?= like)", "I'd"), (r"\bcant\b", "can't"), (r"\bdont\b", "don't"), (r"\bdidnt\b", "didn't"), (r"\bwasnt\b", "wasn't"), (r"\bhavent\b", "haven't"), (r"\bur\b", "your"), (r"\bu\b", "you"))  # fmt: skip
_TO_THEM = ((r"\b(?:he|she)(?:'s| is| was)\b(?! not ready)", "you were"), (r"\b(?:he|she) has\b", "you have"), (r"\b(?:he|she)\b", "you"), (r"\bhis\b", "your"), (r"\bhim\b", "you"))
_COMMON = set(["about", "that", "this", "with", "part", "the", "and", "line", "sentence", "please", "from", "where", "when", "what", "thing", "whole"])
_DAY_BLANK = re.compile(r"\[(?:day|date|the day you got it|date of the meeting)\]")
_ONLY_DAY = re.compile(rf"^\W*(?:by|before|until) (?:{WHEN}|\w+)\W*$", _I)
_TIMES = "[day and time] or [day and time]"
Note = tuple[str, dict[str, str]]  # name of a curated line, and its words


def changed(
    shown: Message, asked: str, *, told: str, question: str, today: date, book: DraftBook, checks: MarkBook, thanks: str, until: str
) -> tuple[Message, list[Note]] | None:
    """The message after the change, with what is to be said about it; None where the person asked for nothing that is known here.

    `told` is all that the person has written, `question` what the coach asked under the draft, `thanks` a warm last sentence, `until` a wish with a day in it.
    """
    message, notes = shown, []
    steps: tuple[tuple[re.Pattern[str], Callable[[Message], tuple[Message, list[Note]]]], ...] = (
        (_SWAP, lambda one: _swap(one, asked)),
        (_SIGN, lambda one: (replace(one, name=_named(_SIGN.search(asked)["name"])), [])),
        (_TO, lambda one: (replace(one, greeting=f"{one.greeting.split()[0]} {_named(_TO.search(asked)['name'])},"), [])),
    )
    for pattern, step in steps:
        if pattern.search(asked):
            message, more = step(message)
            return message, more
    known = False
    if (out := _OUT.search(asked)) and not _LIMIT.search(out[0]):
        message, more = _without(message, out["what"])
        known, notes = True, notes + more
    add = None if known else _ADD.search(asked)
    if add and not _SHORTER.search(asked):
        message, known = _with(message, add["what"], until), True
    if _FORMAL.search(asked):
        message, known = _formal(message), True
    if _CASUAL.search(asked):
        message, known = _casual(message), True
        message = replace(message, close="", body=(" ".join(message.body),)) if _CHAT.search(asked) and "\n" not in "".join(message.body) else message
    if _SOFTER.search(asked):
        message, more = _softer(message, checks, thanks)
        known, notes = True, notes + more
    if _SHORTER.search(asked) or _LIMIT.search(asked):
        message, more = _shorter(message, _LIMIT.search(asked), told)
        known, notes = True, notes + more
        if add and _ADDS.search(asked):
            message = _with(message, add["what"], until)  # last, so that getting shorter does not take it out again
    if not known and question:
        filled = _answered(message, asked, question, today, book)
        return (filled, []) if filled else None
    return (message, notes) if known else None


def _named(name: str) -> str:
    return name if name[:1].isupper() else name.title()


def _swap(message: Message, asked: str) -> tuple[Message, list[Note]]:
    match = _SWAP.search(asked)
    old, new = match["old"].strip(), match["new"].strip()
    if old.lower() not in message.text.lower():
        return message, [("not_there", {"words": old})]
    put = lambda text: re.sub(re.escape(old), lambda _: new, text, flags=_I)  # noqa: E731
    return replace(message, subject=put(message.subject), greeting=put(message.greeting), body=tuple(map(put, message.body)), name=put(message.name)), []


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W_]{3,}", text.lower())} - {word[:5] for word in _COMMON}


def _without(message: Message, what: str) -> tuple[Message, list[Note]]:
    """Without the sentences that speak of it; the subject goes with them where it names it."""
    wanted = _stems(what)
    body, found = [], False
    for paragraph in message.body:
        kept = [piece for piece in pieces(paragraph) if not (wanted and wanted & _stems(piece))]
        found = found or len(kept) < len(pieces(paragraph))
        if kept and not (len(kept) == 1 and kept[0].endswith(":") and len(pieces(paragraph)) > 1):
            body.append(joined(kept))
    if not found:
        return message, [("not_there", {"words": what.strip()})]
    if not body:
        return message, [("all_gone", {"words": what.strip()})]
    return replace(message, body=tuple(body)), []


def said(what: str) -> str:
    """The person's words as a sentence of the message: their spelling of "I", and the reader as "you"."""
    text = " ".join(what.split()).strip(" .,;")
    for find, put in (*_TYPED, *_TO_THEM):
        text = re.sub(find, put, text, flags=_I if find.startswith(r"\b(") else 0)
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", "!")) else ".")


def _with(message: Message, what: str, until: str) -> Message:
    whens = [shorten(match[0]) for match in re.finditer(rf"(?<!\w){WHEN}(?!\w)", what, _I)]
    whole = "\n\n".join(message.body)
    if whens and _TIMES in whole:
        times = re.search(rf"(?<!\w){WHEN}(?:\s*(?:,|or|and|/)\s*{WHEN})*(?!\w)", what, _I)[0]
        times = " or ".join(shorten(part) for part in re.split(r"\s*(?:,|\bor\b|\band\b|/)\s*", times) if part.strip())
        return replace(message, body=tuple(part.replace(_TIMES, times) for part in message.body))
    if whens and re.search(r"\b(?:by|on|before)\b", what, _I) and len(_DAY_BLANK.findall(whole)) >= 1 and "[day]" in whole:
        return replace(message, body=tuple(part.replace("[day]", whens[-1]) for part in message.body))
    if _ONLY_DAY.match(what):
        what = until.replace("{words}", f"{what.split()[0].lower()} {whens[-1]}" if whens else what)
    body = list(message.body)
    if any("\n- " in f"\n{part}" for part in body):
        at = max(at for at, part in enumerate(body) if "\n- " in f"\n{part}")
        body[at] += f"\n- {said(what).rstrip('.')}"
    else:
        first, *rest = pieces(body[0])
        body[0] = joined([first, said(what), *rest])
    return replace(message, body=tuple(body))


def _formal(message: Message) -> Message:
    def stiff(text: str) -> str:
        for short, long in _SHORT_FORMS:
            text = re.sub(rf"\b{re.escape(short)}\b", long, text)
        return text

    name = message.greeting.split(" ", 1)[1] if not message.greeting.startswith("Good ") else message.greeting.split(" ", 2)[2]
    body = message.body if message.close else ("\n".join(message.body),)
    return replace(message, greeting=f"Dear {name}", body=tuple(map(stiff, body)), subject=stiff(message.subject), close="Yours sincerely")


def _casual(message: Message) -> Message:
    name = message.greeting.split(" ", 1)[1] if not message.greeting.startswith("Good ") else message.greeting.split(" ", 2)[2]
    relaxed = [re.sub(r"\bI would\b", "I'd", re.sub(r"\bI am\b", "I'm", part)) for part in message.body]
    return replace(message, greeting=f"Hi {name}", body=tuple(relaxed), subject="", close="Thanks" if message.close else "")


def _softer(message: Message, checks: MarkBook, thanks: str) -> tuple[Message, list[Note]]:
    found = [() if BLANK.search(part) else marks(part, checks) for part in message.body]
    body = [calm(part, hits) if hits else part for part, hits in zip(message.body, found, strict=True)]
    gentle = [re.sub(r"\bCould you\b", "Would you be able to", part) for part in body]
    if gentle == list(message.body) or not any(found):
        gentle[-1] = gentle[-1] if thanks in gentle[-1] else f"{gentle[-1]} {thanks}"
    return replace(message, body=tuple(gentle)), [] if any(found) else [("no_hard_word", {})]


def _shorter(message: Message, limit: re.Match[str] | None, told: str) -> tuple[Message, list[Note]]:
    """The request and the person's own facts stay; what only goes round them goes."""
    most = (_N.get(limit["n"].lower()) or int(limit["n"])) if limit else 4
    words = _stems(told)
    parts = [piece for paragraph in message.body for piece in pieces(paragraph)]
    need = [part for part in parts if part.startswith("- ") or part.endswith("?") or part.endswith(":") or BLANK.search(part) or len(words & _stems(part)) > 1] or parts[:1]
    notes: list[Note] = []
    if limit and limit["what"].lower().startswith("sentence"):
        need = _sentences(need)
        best = sorted(range(len(need)), key=lambda at: (-len(words & _stems(need[at])), not need[at].endswith("?"), at))[:most]
        notes = [("too_short", {"count": str(most)})] if any(words & _stems(part) for at, part in enumerate(need) if at not in best) else []
        need = [part for at, part in enumerate(need) if at in best]
    line = joined(need)
    if "\n" in line and len(line.split("\n")) > max(1, most - 3):
        entries = "; ".join(part.removeprefix("- ").rstrip(".") for part in need if part.startswith("- "))
        rest = [part for part in need if not part.startswith("- ")]
        head = next((part for part in rest if part.endswith(":")), "")
        line = " ".join([*([f"{head} {entries}."] if head else [f"{entries}."]), *[part for part in rest if part != head]])
    short = replace(message, body=(line,), subject=message.subject if message.close and not limit else "")
    if limit and short.close and most < 4:
        short = replace(short, close="", name=short.name)
    return short, notes


def _sentences(parts: list[str]) -> list[str]:
    """With a list and its head in one sentence."""
    found: list[str] = []
    for part in parts:
        if part.startswith("- ") and found and (found[-1].endswith(":") or found[-1].endswith(";")):
            found[-1] += f" {part.removeprefix('- ').rstrip('.')};"
        else:
            found.append(part)
    return [f"{part[:-1]}." if part.endswith(";") else part for part in found]


def _answered(message: Message, answer: str, question: str, today: date, book: DraftBook) -> Message | None:
    """With the answer to what the coach asked in its place."""
    slot = next((slot for slot, ask in book.asks.items() if ask == question), None)
    if slot is None or book.blanks.get(slot, "") not in message.text:
        return None
    when = re.search(rf"(?<!\w){WHEN}(?!\w)", answer, _I)
    put = " ".join(answer.split()).strip(" .")
    for find, words in _TYPED:
        put = re.sub(find, words, put)
    if slot in ("received", "meeting_date", "cancelled") and when:
        past = {"today": today, "yesterday": today - timedelta(days=1)}.get(answer.strip(" .").lower().removeprefix("on "))
        put = day(past) if past else shorten(when[0])
    elif slot == "received" and "yesterday" in answer.lower():
        put = day(today - timedelta(days=1))
    elif slot in ("times", "deadline") and when:
        put = " or ".join(shorten(part) for part in re.split(r"\s*(?:,|\bor\b|/)\s*", put) if part)
    elif slot in ("manager", "employee", "colleague"):
        put = _named(put.split()[-1])
    blank = book.blanks[slot]
    fill = lambda text: text.replace(blank, put)  # noqa: E731
    if slot == "employee":
        return replace(message, name=fill(message.name))
    return replace(message, subject=fill(message.subject), greeting=fill(message.greeting), body=tuple(map(fill, message.body)))
